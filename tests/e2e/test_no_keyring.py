#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""No keyring on the whole desktop: the window is there at once, and the key is kept for now."""

import re

import tap
from desktop import DesktopTest

KEY = 'sk-e2e-0123456789abcdef'


class NoKeyring(DesktopTest):
    def test_key_for_this_session_only(self):
        chat = self.start('--base-url', self.service.base_url)
        chat.wait_words(re.compile('Keyring Cannot Be Used'))
        chat.add_session_key(KEY)
        chat.wait_composer()
        chat.ask('Hello\n#demo rate=0')
        self.assertEqual(chat.wait_answer().alert, '')
        self.assertEqual(self.home.files_with(KEY), [])
        self.assertNotIn(KEY, self.home.output())
        self.end(chat)

        chat = self.start('--base-url', self.service.base_url)
        self.assertEqual(chat.conversations(), ['Hello'])
        chat.wait_words(re.compile('Keyring Cannot Be Used'))

    def test_quit_from_the_key_dialog(self):
        chat = self.start('--base-url', self.service.base_url)
        chat.root.wait('button', 'Enter Key for This Session…').click()
        chat.tab_to(chat.root.wait('text', 'API Key'))
        chat.settle()
        self.assertEqual(chat.close(), 0)

    def test_demo_service(self):
        chat = self.start()
        chat.root.wait('button', 'Try the Demo Service').click()
        chat.ask('Hello\n#demo rate=0')
        self.assertEqual(chat.wait_answer().alert, '')


if __name__ == '__main__':
    tap.main()
