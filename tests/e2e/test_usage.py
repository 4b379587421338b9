#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What answers used and cost, under each and together, is what the service has in its books."""

import contextlib
import re
import sqlite3
from decimal import Decimal

import tap
from desktop import DesktopTest, wait_for

# DeepSeek V4 Flash for a million tokens: hit, miss, output (contract.md section 2.4).
OFF_PEAK = (Decimal('0.003'), Decimal('0.15'), Decimal('0.60'))


class Usage(DesktopTest):
    def bills(self):
        return [event for event in self.service.log() if event['event'] == 'bill']

    def books(self):
        """What the service would charge off-peak; at the peak it is twice that."""
        return sum(rate * bill[what] for bill in self.bills()
                   for rate, what in zip(OFF_PEAK, ('hit', 'miss', 'output'))) / 1_000_000

    def ask(self, question):
        self.chat.ask(f'{question}\n#demo rate=0 tokens=120 reasoning=30')
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


if __name__ == '__main__':
    tap.main()
