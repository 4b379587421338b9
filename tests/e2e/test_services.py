#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""More than one service: added, chosen and asked, each with its own key."""

import re

import tap
from desktop import DesktopTest, wait_for
from homes import DemoService
from keyring import Keyring

KEYS = {'First': 'sk-first-0123456789', 'Second': 'sk-second-9876543210'}
ENTRY = ('text', 'entry')
CHECK = ('check box', 'radio button')


class Services(DesktopTest):
    def setUp(self):
        super().setUp()
        self.second = DemoService()
        self.addCleanup(self.second.close)
        self.keyring = Keyring()
        self.keyring.unlock()
        self.addCleanup(self.keyring.clear)

    def begin_account(self, name, address):
        """Opens the page of a new account and fills in what it is called and where it is."""
        chat = self.chat
        chat.press('ctrl+comma')
        chat.tab_to(chat.root.wait(('button', 'list item'), 'Add Account…'))
        chat.press('Return')
        for title, text in (('Name', name), ('Base URL', address)):
            chat.tab_to(chat.root.wait(ENTRY, title))
            chat.press('ctrl+a')
            chat.type(text)

    def add_account(self, name, address):
        chat = self.chat
        self.begin_account(name, address)
        chat.add_key(KEYS[name])
        chat.root.wait(CHECK, f'Use {name}', 'checked')
        self.close_preferences()

    def close_preferences(self):
        def press_and_look():
            self.chat.press('Escape')
            return not self.chat.root.find('dialog')
        wait_for(press_and_look, 'the preferences to close')

    def use(self, name):
        chat = self.chat
        chat.press('ctrl+comma')
        choice = chat.root.wait(CHECK, f'Use {name}')
        chat.tab_to(choice)
        chat.press('space')
        wait_for(lambda: 'checked' in choice.states, f'{name} to be chosen')
        self.close_preferences()

    def ask(self, question):
        self.chat.ask(f'{question}\n#demo rate=0 tokens=20 reasoning=5')
        turn = self.chat.wait_answer()
        self.assertEqual(turn.alert, '')
        self.assertTrue(turn.text)

    def test_add_choose_and_ask(self):
        chat = self.start()
        self.add_account('First', self.service.base_url)
        chat.wait_composer()
        self.ask('One')
        self.assertIn('One', self.service.last_question())

        self.add_account('Second', self.second.base_url + '/v1/')
        wait_for(lambda: sorted(self.keyring.secrets()) == sorted(KEYS.values()), 'both keys to be kept')
        self.ask('Two')
        self.assertIn('Two', self.second.last_question())
        self.assertIn('One', self.service.last_question())

        self.use('First')
        self.ask('Three')
        self.assertIn('Three', self.service.last_question())
        self.assertIn('Two', self.second.last_question())

        # The choice and the keys are still there after a restart.
        self.end(chat)
        chat = self.start()
        chat.open('One')
        self.use('Second')
        self.ask('Four')
        self.assertIn('Four', self.second.last_question())
        for key in KEYS.values():
            self.assertEqual(self.home.files_with(key), [])

    def test_plain_http_needs_consent(self):
        chat = self.start()
        self.begin_account('Far', 'http://llm.example/v1')
        chat.wait_words(re.compile('This address is not encrypted'))
        add = chat.root.find('button', 'Add')
        self.assertNotIn('sensitive', add.states)
        chat.tab_to(chat.root.wait(('switch', 'toggle button', 'list item', 'check box'),
                                   'Send Without Encryption'))
        chat.press('space')
        wait_for(lambda: 'sensitive' in chat.root.find('button', 'Add').states, 'the consent to be heeded')
        chat.root.find('button', 'Add').click()
        chat.root.wait(CHECK, 'Use Far', 'checked')


if __name__ == '__main__':
    tap.main()
