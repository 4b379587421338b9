#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What answers used and cost is what the service has in its books, and what fills the context is summarised."""

import contextlib
import re
import sqlite3
from decimal import Decimal

import tap
from desktop import DesktopTest, read_aloud, wait_for

# DeepSeek V4 Flash for a million tokens: hit, miss, output (contract.md section 2.4).
OFF_PEAK = (Decimal('0.003'), Decimal('0.15'), Decimal('0.60'))


class Usage(DesktopTest):
    def bills(self):
        return [event for event in self.service.log() if event['event'] == 'bill']

    def books(self):
        """What the service would charge off-peak; at the peak it is twice that."""
        return sum(rate * bill[what] for bill in self.bills()
                   for rate, what in zip(OFF_PEAK, ('hit', 'miss', 'output'))) / 1_000_000

    def ask(self, question, script='rate=0 tokens=120 reasoning=30'):
        self.chat.ask(f'{question}\n#demo {script}')
        self.assertEqual(self.chat.wait_answer().alert, '')

    def test_figures(self):
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY='sk-test')
        self.ask('One')
        # The request for the title is paid for as well.
        wait_for(lambda: len(self.bills()) == 2, 'the title to be written')

        # Under the answer, on demand: reasoning is a part of the 150 tokens and not added.
        chat.root.wait('toggle button', 'Usage').click()
        chat.root.wait('label', 'Reasoning and answer')
        labels = [node.name for node in chat.root.find_all('label')]
        for title, value in (('Reasoning and answer', '150'), ('Reasoning', '30'), ('Answer', '120'),
                             ('Model', 'DeepSeek V4 Flash'), ('Ended with', 'stop')):
            self.assertEqual(labels[labels.index(title) + 1], value, title)
        chat.press('Escape')
        chat.root.wait_gone('label', 'Reasoning and answer')

        # Beside Send: what would be sent, and what the hour costs.
        chat.root.wait('toggle button', 'Context').click()
        chat.root.wait('label', 'Together')
        chat.wait_words(re.compile('^(Peak|Off-peak) rates until '))
        chat.wait_words(re.compile('DeepSeek V4 Flash takes 1048576 tokens'))
        chat.press('Escape')
        chat.root.wait_gone('label', 'Together')

        # Together, as a table too.
        chat.press('ctrl+u')
        table = chat.root.wait(name='Usage', role=('table', 'tree table'))
        wait_for(lambda: [node for node in table.walk() if node.name.startswith('$')], 'the cost')
        chat.root.wait('label', '110.00 CNY')
        chat.press('Escape')
        chat.root.wait_gone('dialog')
        self.end(chat)

        # To the last digit; at the peak every rate is twice as high.
        cost = Decimal(0)
        with contextlib.closing(sqlite3.connect(self.home.database())) as database:
            for table in ('messages', 'charges'):
                for hit, miss, output, *rates in database.execute(
                        'SELECT usage_cache_hit_tokens, usage_cache_miss_tokens, usage_completion_tokens,'
                        f' rate_hit, rate_miss, rate_output FROM {table}'
                        ' WHERE usage_prompt_tokens IS NOT NULL').fetchall():
                    cost += sum(count * Decimal(str(rate))
                                for count, rate in zip((hit, miss, output), rates)) / 1_000_000
        self.assertIn(cost, (self.books(), 2 * self.books()))


    def sent(self):
        """What was sent of the conversation with the last question."""
        return [message['content'] for message in self.service.last_request()['messages']]

    def conversation_menu(self, *items):
        self.chat.root.wait('button', 'Conversation Menu').wait('toggle button').click()
        self.chat.choose_in_menu(*items)

    def test_summary(self):
        note = 'Summary of the messages above'
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY='sk-test')

        def ask(question, script='rate=0 tokens=12 reasoning=2'):
            chat.ask(f'{question}\n#demo {script}')
            self.assertEqual(chat.wait_answer().alert, '')

        # What is quoted steers the service: it writes the summary slowly, so that it can be stopped.
        ask('One')
        ask('Two', 'rate=2 tokens=2 reasoning=1')
        ask('Three')
        ask('Four')
        self.conversation_menu('Summarise Older Messages')
        chat.root.wait(name='Summarising the messages above…').wait('button', 'Stop').click()
        chat.root.wait_gone(name='Summarising the messages above…')
        self.assertIsNone(chat.root.find(name=note))

        # From the ring's window; the messages stay, and the note is what is sent.
        ask('Five')
        chat.root.wait('toggle button', 'Context').click()
        chat.wait_words(re.compile('DeepSeek V4 Flash reads ≈ [0-9]+ tokens for it: ≈ [$]'))
        chat.root.wait('button', 'Summarise Older Messages').click()
        chat.root.wait_gone('label', 'Together')
        chat.root.wait('label', 'Older messages are summarised')
        written = 'The user asked: One; Two; Three.'
        self.assertIn(written, ' '.join(read_aloud(chat.root.wait(name=note))))
        ask('Six')
        sent = self.sent()
        self.assertTrue(sent[0].startswith('[summary of the earlier conversation]\n'), sent[0])
        self.assertIn(written, sent[0])
        self.assertIn('Four', sent[0])
        self.assertFalse([text for text in sent[1:] if 'One' in text])
        chat.root.wait('toggle button', 'Context').click()
        chat.root.wait('label', 'Summary')
        chat.press('Escape')
        chat.root.wait_gone('label', 'Together')

        # Written anew in a window of its own.
        chat.root.wait(name=note).wait('button', 'Edit Summary…').click()
        chat.root.wait('dialog').wait('text', 'Summary').set_text('All about numbers.')
        chat.press('Escape')
        chat.root.wait_gone('dialog')
        wait_for(lambda: 'All about numbers.' in read_aloud(chat.root.wait(name=note)), 'the new words')

        # Taken back, and had again.
        self.conversation_menu('Send the Whole History Again')
        chat.root.wait('label', 'The whole history is sent again')
        chat.root.wait('button', 'Undo').click()
        chat.root.wait(name=note)

        # Where the service says that it is too much.
        chat.ask('Eight\n#demo status=context fail=1 tokens=20 reasoning=4')
        chat.root.wait('alert').wait('button', 'Summarise Older Messages').click()
        chat.wait_words(re.compile('and more before that'))
        self.assertIn('All about numbers.', self.sent()[1])
        chat.root.wait('alert').wait('button', 'Retry').click()
        self.assertEqual(chat.wait_answer().alert, '')
        sent = self.sent()
        self.assertIn('and more before that', sent[0])
        self.assertFalse([text for text in sent[1:] if 'Five' in text])

        # Taken back for good.
        self.conversation_menu('Send the Whole History Again')
        chat.root.wait_gone(name=note)
        ask('Nine')
        self.assertTrue(self.sent()[0].startswith('One'))


if __name__ == '__main__':
    tap.main()
