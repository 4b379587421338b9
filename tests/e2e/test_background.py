#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that end while nobody is looking."""

import subprocess

import tap
from desktop import DesktopTest, wait_for
from notifications import Notifications

KEY = 'sk-e2e-0123456789abcdef'
LONG = 'doc=prose reasoning=0 tokens=4000 rate=60'
# Long enough to look away meanwhile.
SOME = 'doc=prose reasoning=0 tokens=600 rate=60'


class Background(DesktopTest):
    def setUp(self):
        super().setUp()
        self.desktop = Notifications()
        self.addCleanup(self.desktop.close)

    def start_with_service(self):
        return self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)

    def notification(self):
        return wait_for(lambda: next(iter(self.desktop.shown.values()), None), 'a notification')

    def close_window(self, chat):
        chat.root.wait('button', 'Close').click()
        wait_for(lambda: not chat.find_window(), 'the window to be closed')

    def test_another_conversation_is_open(self):
        chat = self.start_with_service()
        chat.ask(f'The first\n#demo {SOME}')
        chat.new_conversation()
        found = self.notification()
        self.assertEqual(found.title, 'The first')
        self.assertGreater(len(found.body), 20)
        self.desktop.invoke(found, 'Open')
        wait_for(lambda: chat.selected() == 'The first', 'the conversation to be open')
        wait_for(lambda: not self.desktop.shown, 'the notification to be taken back')

    def test_who_looks_is_not_told(self):
        chat = self.start_with_service()
        chat.ask('The first\n#demo doc=prose reasoning=0 tokens=20 rate=0')
        chat.wait_answer()
        chat.new_conversation()
        chat.ask('The second\n#demo status=500 retry-after=1000')
        wait_for(lambda: chat.last_turn().alert, 'the failure')
        self.assertEqual(self.desktop.last, 0)

    def test_a_failure_can_be_tried_again(self):
        chat = self.start_with_service()
        chat.ask(f'Fail\n#demo {LONG} cut=150000')
        chat.new_conversation()
        found = self.notification()
        self.assertEqual(found.body, 'The answer failed')
        self.desktop.invoke(found, 'Retry')
        wait_for(lambda: chat.selected() == 'Fail', 'the conversation to be open')
        chat.root.wait('button', 'Stop').click()
        chat.wait_answer()

    def test_an_answer_outlives_the_window(self):
        chat = self.start_with_service()
        chat.ask(f'Go on\n#demo {SOME}')
        chat.wait_streaming()
        self.close_window(chat)
        self.assertEqual(chat.wait_end(), 0)
        self.assertEqual(self.notification().title, 'Go on')
        chat = self.start_with_service()
        chat.open('Go on')
        self.assertFalse(chat.last_turn().alert)

    def test_the_window_comes_back_to_its_answer(self):
        chat = self.start_with_service()
        chat.ask(f'Go on\n#demo {LONG}')
        chat.wait_streaming()
        self.close_window(chat)
        # The second program hands over to the first.
        subprocess.run([self.home.program], env=self.home.env, check=True)
        chat.wait_window()
        chat.open('Go on')
        chat.root.wait('button', 'Stop').click()
        chat.wait_answer()

    def test_quitting_waits_for_nothing(self):
        chat = self.start_with_service()
        chat.ask(f'Go on\n#demo {LONG}')
        chat.wait_streaming()
        self.assertEqual(chat.close(), 0)


if __name__ == '__main__':
    tap.main()
