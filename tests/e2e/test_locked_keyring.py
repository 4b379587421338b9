#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A locked keyring: the window is there at once, says so, and has a way on."""

import re

import tap
from desktop import DesktopTest, wait_for
from keyring import Keyring

KEY = 'sk-e2e-0123456789abcdef'


class LockedKeyring(DesktopTest):
    def setUp(self):
        super().setUp()
        self.keyring = Keyring()
        self.keyring.unlock()
        self.addCleanup(self.keyring.clear)
        self.addCleanup(self.keyring.unlock)

    def start_with_service(self):
        return self.start('--base-url', self.service.base_url)

    def test_unlock_and_go_on(self):
        chat = self.start_with_service()
        chat.add_key(KEY)
        chat.wait_composer()
        wait_for(lambda: self.keyring.secrets() == [KEY], 'the key to be in the keyring')
        self.end(chat)

        self.keyring.lock()
        chat = self.start_with_service()
        chat.wait_words(re.compile('Keyring Is Locked'))
        self.keyring.unlock()
        chat.root.wait('button', 'Unlock…').click()
        chat.wait_composer()
        chat.ask('Hello\n#demo rate=0')
        self.assertEqual(chat.wait_answer().alert, '')

    def test_key_for_this_session_only(self):
        # A locked keyring says that it holds no key yet, and can take none.
        self.keyring.lock()
        chat = self.start_with_service()
        chat.add_key(KEY)
        chat.root.wait('button', 'Keep for This Session').click()
        chat.wait_composer()
        chat.ask('Hello\n#demo rate=0')
        self.assertEqual(chat.wait_answer().alert, '')
        self.assertEqual(self.home.files_with(KEY), [])
        self.end(chat)
        self.keyring.unlock()
        self.assertEqual(self.keyring.secrets(), [])


if __name__ == '__main__':
    tap.main()
