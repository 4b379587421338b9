#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program is killed, or has several answers on their way."""

import time

import tap
from desktop import DesktopTest, wait_for

KEY = 'sk-e2e-0123456789abcdef'
LONG = 'doc=prose reasoning=0 tokens=4000 rate=40'
# What came before that is never lost; a quarter of a second is the promise, the rest is the way to here.
SAFE_SECONDS = 0.4


class Crash(DesktopTest):
    def start_with_service(self):
        return self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)

    def test_killed_in_the_middle_of_an_answer(self):
        chat = self.start_with_service()
        chat.ask('Tell me a long story\n#demo ' + LONG)
        wait_for(lambda: len(chat.last_turn().text) > 300, 'some of the answer')
        seen = chat.last_turn().text
        chat.kill()
        safe = self.service.content_sent(until=time.time() - SAFE_SECONDS)

        chat = self.start_with_service()
        self.assertEqual(chat.conversations(), ['Tell me a long story'])
        chat.open('Tell me a long story')
        turn = chat.last_turn()
        self.assertTrue(turn.text.startswith(seen[:100]))
        # What the service counts is Markdown: a blank line between paragraphs is not read aloud.
        self.assertGreater(len(turn.text.encode()), 0.97 * safe)
        self.assertIn('closed before this answer was finished', turn.alert)
        self.assertFalse(chat.root.find('button', 'Stop'))
        turn.node.wait('button', 'Retry').click()
        wait_for(lambda: chat.root.find('button', 'Stop'), 'the answer to come again')
        wait_for(lambda: len(chat.last_turn().text) > 100, 'some of the second answer')
        self.assertEqual(len(chat.turns()), 2)
        chat.root.wait('button', 'Stop').click()
        chat.wait_answer()

    def test_killed_while_thinking(self):
        chat = self.start_with_service()
        chat.ask('Think long\n#demo reasoning=4000 rate=60')
        chat.wait_thinking().click()
        wait_for(lambda: len(chat.last_turn().text) > 200, 'some reasoning')
        seen = chat.last_turn().text
        chat.kill()
        chat = self.start_with_service()
        chat.open('Think long')
        turn = chat.last_turn()
        self.assertIn('closed before this answer was finished', turn.alert)
        if 'expanded' not in turn.reasoning.states:
            turn.reasoning.click()
        wait_for(lambda: chat.last_turn().text.startswith(seen[:100]), 'the reasoning that had come')

    def test_two_answers_at_once(self):
        chat = self.start_with_service()
        chat.ask('The first\n#demo ' + LONG)
        chat.wait_streaming()
        chat.new_conversation()
        chat.ask('The second\n#demo ' + LONG)
        wait_for(lambda: len(chat.last_turn().text) > 50, 'the second answer to begin')
        # Switching away has stopped nothing.
        chat.open('The first')
        length = len(chat.last_turn().text)
        wait_for(lambda: len(chat.last_turn().text) > length + 100, 'the first answer to go on')
        self.assertTrue(chat.root.find('button', 'Stop'))
        chat.root.find('button', 'Stop').click()
        chat.wait_answer()
        chat.open('The second')
        length = len(chat.last_turn().text)
        wait_for(lambda: len(chat.last_turn().text) > length + 100, 'the second answer to go on')
        chat.root.wait('button', 'Stop').click()
        chat.wait_answer()
        self.assertEqual(set(chat.conversations()), {'The first', 'The second'})

    def test_closing_keeps_what_had_come(self):
        chat = self.start_with_service()
        chat.ask('Tell me a long story\n#demo ' + LONG)
        wait_for(lambda: len(chat.last_turn().text) > 200, 'some of the answer')
        seen = chat.last_turn().text
        self.end(chat)
        chat = self.start_with_service()
        chat.open('Tell me a long story')
        self.assertTrue(chat.last_turn().text.startswith(seen))
        self.assertTrue(chat.last_turn().node.find('button', 'Retry'))


if __name__ == '__main__':
    tap.main()
