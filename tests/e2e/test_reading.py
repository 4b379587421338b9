#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding, selecting and copying by the keyboard alone."""

import subprocess

import tap
from desktop import Announcements, DesktopTest, wait_for

KEY = 'sk-e2e-0123456789abcdef'


def clipboard(target='UTF8_STRING'):
    return subprocess.run(['xclip', '-selection', 'clipboard', '-out', '-target', target],
                          capture_output=True, text=True, check=False, timeout=10).stdout


def has_status(chat, text):
    return any(text == node.text for node in chat.root.find_all('status bar'))


class Reading(DesktopTest):
    def start_with_code(self):
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        chat.ask('Show me some code.\n#demo doc=code rate=0')
        chat.wait_answer()
        return chat

    def test_find_select_and_copy(self):
        chat = self.start_with_code()
        chat.press('ctrl+f')
        entry = chat.root.wait('entry', 'Find in Conversation', 'focused')
        chat.type('show me some')
        # The reasoning has the words again, closed as it is.
        wait_for(lambda: has_status(chat, '1 of 2'), 'the match')
        # Closing leaves the match selected, and the keyboard in its text.
        chat.press('Escape')
        wait_for(lambda: 'focused' not in entry.states, 'the text to have the keyboard')
        chat.press('ctrl+c')
        wait_for(lambda: clipboard() == 'Show me some', 'the match in the clipboard')
        chat.press('shift+End', 'ctrl+c')
        wait_for(lambda: clipboard() == 'Show me some code.', 'the line in the clipboard')

        # The message first, then all of the conversation, in every format.
        chat.press('ctrl+a', 'ctrl+c')
        wait_for(lambda: clipboard().startswith('Show me some code.\n#demo'), 'the question')
        chat.press('ctrl+a', 'ctrl+c')
        wait_for(lambda: len(clipboard()) > 200, 'the conversation')
        self.assertIn('```', clipboard('text/markdown'))
        self.assertIn('<pre>', clipboard('text/html'))
        self.assertNotIn('```', clipboard())

    def test_a_finished_answer_is_announced_once(self):
        with Announcements() as announcements:
            chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
            chat.ask('Hello\n#demo doc=welcome rate=0 reasoning=0')
            chat.wait_answer()
            wait_for(lambda: announcements.of(chat), 'the announcement')
            # What was there before is not told again.
            chat.ask('And another\n#demo tokens=20 rate=0 reasoning=0')
            chat.wait_answer()
            chat.new_conversation()
            chat.open(chat.conversations()[0])
            spoken = wait_for(lambda: len(heard := announcements.of(chat)) > 1 and heard, 'the other one')
        self.assertEqual(len(spoken), 2, spoken)
        for text in spoken:
            self.assertTrue(text.startswith('DeepSeek V4 Flash: '), text)
        self.assertIn('talking to the demo service', spoken[0])

    def test_find_tells_when_there_is_nothing(self):
        chat = self.start_with_code()
        chat.press('ctrl+f')
        chat.root.wait('entry', 'Find in Conversation', 'focused')
        chat.type('nowhere at all')
        wait_for(lambda: has_status(chat, 'No results'), 'the news')


if __name__ == '__main__':
    tap.main()
