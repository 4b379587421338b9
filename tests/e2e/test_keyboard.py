#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole conversation by the keyboard alone."""

import tap
from desktop import DesktopTest, wait_for

KEY = 'sk-e2e-0123456789abcdef'


class Keyboard(DesktopTest):
    def start_with_service(self):
        return self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)

    def test_a_conversation(self):
        chat = self.start_with_service()
        # The composer has the keyboard from the start; Enter sends, Shift+Enter does not.
        wait_for(lambda: 'focused' in chat.message.states, 'the composer to have the keyboard')
        chat.type('What is a sonde?\n#demo reasoning=60 tokens=60 rate=0')
        self.assertEqual(len(chat.message.text.splitlines()), 2)
        chat.press('Return')
        turn = wait_for(chat.last_turn, 'the answer')
        turn = chat.wait_answer()
        self.assertEqual(turn.alert, '')
        self.assertEqual(chat.message.text, '')
        self.assertIn('focused', chat.message.states, 'the composer keeps the keyboard')

        # The reasoning opens and closes with Enter and with Space.
        reasoning = chat.tab_to(turn.reasoning)
        for key, opened in (('Return', True), ('space', False)):
            chat.press(key)
            wait_for(lambda: ('expanded' in reasoning.states) == opened, f'{key} to turn the reasoning')

        # Thinking is chosen with the arrows and Space.
        chat.tab_to(chat.root.wait('radio button', 'High'))
        chat.press('Right', 'space')
        wait_for(lambda: 'checked' in chat.root.wait('radio button', 'Max').states, 'Max to be chosen')

        # A new conversation, and back to the first one by the sidebar.
        chat.press('ctrl+n')
        wait_for(lambda: not chat.root.find('article'), 'an empty conversation')
        wait_for(lambda: 'focused' in chat.message.states, 'the composer to have the keyboard')
        chat.type('Another\n#demo tokens=60 rate=0')
        chat.press('Return')
        wait_for(lambda: chat.last_turn(), 'the answer')
        chat.wait_answer()
        rows = chat.root.wait('list', 'Conversations').find_all('list item')
        self.assertEqual([row.name for row in rows], ['Another', 'What is a sonde?'])
        chat.tab_to(*rows)
        chat.tab_to(rows[0], key='Up')
        chat.press('Down', 'Return')
        wait_for(lambda: (turns := chat.turns()) and 'What is a sonde?' in turns[0].text,
                 'the first conversation')

    def test_escape_stops_an_answer(self):
        chat = self.start_with_service()
        chat.type('Tell me a long story\n#demo reasoning=0 tokens=4000 rate=40')
        chat.press('Return')
        chat.wait_streaming()
        chat.press('Escape')
        turn = chat.wait_answer()
        self.assertTrue(turn.text)
        self.assertTrue(turn.node.find('button', 'Retry'))

    def test_narrow_and_wide_again(self):
        chat = self.start_with_service()
        chat.ask('Hello\n#demo rate=0')
        chat.wait_answer()
        for width, height in ((360, 720), (1100, 760), (500, 400), (1200, 800)):
            chat.resize(width, height)
            wait_for(lambda: chat.message, 'the composer')
        self.assertTrue(chat.last_turn().text)

    def test_f9_folds_the_sidebar(self):
        chat = self.start_with_service()
        chat.root.wait('button', 'New Conversation')
        before = bool(chat.root.find('button', 'Main Menu'))
        chat.press('F9')
        wait_for(lambda: bool(chat.root.find('button', 'Main Menu')) != before, 'the sidebar to fold')
        chat.press('F9')
        wait_for(lambda: bool(chat.root.find('button', 'Main Menu')) == before, 'the sidebar to come back')


if __name__ == '__main__':
    tap.main()
