#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the first start without a key to a conversation that is kept, with a real keyring."""

import os
import re

import tap
from desktop import DesktopTest, wait_for
from keyring import Keyring

KEY = 'sk-e2e-0123456789abcdef'


class FirstConversation(DesktopTest):
    def setUp(self):
        super().setUp()
        self.keyring = Keyring()
        self.keyring.unlock()
        self.addCleanup(self.keyring.clear)

    def start_with_service(self, *arguments):
        return self.start('--base-url', self.service.base_url, *arguments)

    def assert_key_is_nowhere(self):
        """The key is in the keyring and in the requests, and in no other place."""
        self.assertEqual(self.home.files_with(KEY), [])
        self.assertNotIn(KEY, self.home.output())
        for node in self.chat.root.walk():
            self.assertNotIn(KEY, node.name + node.description + node.text)
        for pid in [self.chat.process.pid, *self.chat.children()]:
            for file in ('environ', 'cmdline'):
                with open(f'/proc/{pid}/{file}', 'rb') as content:
                    self.assertNotIn(KEY.encode(), content.read(), f'{file} of {pid}')

    def test_add_a_key_and_ask(self):
        chat = self.start_with_service()
        self.assertEqual(chat.conversations(), [])

        # A key that the service refuses is said to be wrong, and is not kept.
        chat.add_key('sk-wrong-0123456789')
        self.assertIn('does not accept this key', chat.root.wait('alert').name)
        self.assertEqual(self.keyring.secrets(), [])

        # Nor can the key be read through the accessibility tree while it is being typed.
        entry = chat.type_key(KEY)
        self.assert_key_is_nowhere()
        self.assertEqual(entry.text, '•' * len(KEY))
        chat.root.wait('toggle button', 'Show Key').click()
        self.assert_key_is_nowhere()
        chat.root.find('button', 'Add Key').click()
        chat.wait_composer()
        wait_for(lambda: self.keyring.secrets() == [KEY], 'the key to be in the keyring')
        self.assert_key_is_nowhere()

        chat.ask('Why is the sky blue?\n#demo reasoning=120 tokens=80 rate=40')
        reasoning = chat.wait_thinking()
        self.assertNotIn('expanded', reasoning.states)
        reasoning.click()
        wait_for(lambda: 'expanded' in reasoning.states, 'the reasoning to open')
        self.assertTrue(chat.root.find('button', 'Stop'), 'the answer has ended too early for this test')
        turn = chat.wait_answer()
        self.assertEqual(turn.alert, '')
        self.assertRegex(turn.reasoning.name, r'^Reasoning.*Thought for \d+ s')
        self.assertIn('expanded', turn.reasoning.states)
        both = turn.text
        turn.reasoning.click()
        wait_for(lambda: 'expanded' not in chat.last_turn().reasoning.states, 'the reasoning to close')
        answer = chat.last_turn().text
        self.assertTrue(answer)
        self.assertLess(len(answer), len(both))
        self.assertTrue(both.endswith(answer), 'the reasoning stands above the answer')
        self.assertEqual(chat.conversations(), ['Why is the sky blue?'])
        self.assertEqual([turn.who for turn in chat.turns()], ['You', 'DeepSeek V4 Flash'])
        self.assert_key_is_nowhere()

        # All of it is there after a restart, and the key need not be given again.
        self.end(chat)
        chat = self.start_with_service()
        chat.open('Why is the sky blue?')
        self.assertEqual(chat.last_turn().text, answer)
        chat.ask('And at sunset?\n#demo rate=0')
        self.assertEqual(chat.wait_answer().alert, '')
        self.assertEqual(len(chat.turns()), 4)
        self.assert_key_is_nowhere()

    def test_switch_to_pro_and_max(self):
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        chat.ask('First\n#demo rate=0 tokens=30 reasoning=10')
        chat.wait_answer()
        sent = self.service.last_request()
        self.assertIn(sent['model'], ('deepseek-v4-flash', 'deepseek-flash'))
        self.assertEqual(sent['thinking'], {'type': 'enabled'})

        chat.choose_model('DeepSeek V4 Pro')
        chat.choose_thinking('Max')
        chat.ask('Second\n#demo rate=0 tokens=30 reasoning=10')
        chat.wait_answer()
        self.assertEqual([turn.who for turn in chat.turns()],
                         ['You', 'DeepSeek V4 Flash', 'You', 'DeepSeek V4 Pro'])
        sent = self.service.last_request()
        self.assertEqual(sent['model'], 'deepseek-v4-pro')
        self.assertEqual(sent['reasoning_effort'], 'max')
        self.assertEqual([message['role'] for message in sent['messages']], ['user', 'assistant', 'user'])

        chat.choose_thinking('Off')
        chat.ask('Third\n#demo rate=0')
        turn = chat.wait_answer()
        self.assertIsNone(turn.reasoning)
        sent = self.service.last_request()
        self.assertEqual(sent['thinking'], {'type': 'disabled'})
        self.assertNotIn('reasoning_effort', sent)
        # A key of the environment is used and never stored.
        self.assertEqual(self.keyring.secrets(), [])
        self.assertEqual(self.home.files_with(KEY), [])

    def test_the_demo_service_needs_no_key(self):
        chat = self.start()
        chat.root.wait('button', 'Try the Demo Service').click()
        chat.ask('Hello')
        turn = chat.wait_answer()
        self.assertEqual(turn.alert, '')
        self.assertTrue(turn.text)
        self.assertEqual(self.keyring.secrets(), [])


if __name__ == '__main__':
    tap.main()
