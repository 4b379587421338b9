#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job in the Flatpak's sandbox: with the portals, without them, without a network."""

import os
import re
import subprocess
import unittest

import tap
from desktop import RUNNING, DemoService, wait_for
from keyring import Keyring
from sandbox import APP_ID, Portal, SandboxHome, start_sandboxed

KEY = 'sk-sandbox-0123456789abcdef'
ARTEFACTS = os.environ['SONDE_TEST_ARTEFACTS']

# What the manifest asks for, and nothing that a portal does.
PERMISSIONS = {
    'shared': {'network', 'ipc'},
    'sockets': {'wayland', 'fallback-x11'},
    'devices': {'dri'},
}


class Sandbox(unittest.TestCase):
    def setUp(self):
        self.home = SandboxHome()
        self.addCleanup(self.home.remove)
        self.service = DemoService()
        self.addCleanup(self.service.close)
        self.chat = None

    def start(self, *arguments, options=(), **env):
        self.chat = start_sandboxed(self.home, *arguments, options=options, **env)
        self.addCleanup(self.end, self.chat)
        return self.chat

    def end(self, chat):
        if chat in RUNNING:
            self.assertEqual(chat.close(), 0, self.home.output())

    def picture(self, name):
        os.makedirs(ARTEFACTS, exist_ok=True)
        path = os.path.join(ARTEFACTS, f'{name}.png')
        self.chat.settle()
        self.chat.screenshot(path)
        tap.note(path)

    def explain(self):
        tree = self.chat.root.dump() if self.chat and self.chat in RUNNING and self.chat.root else ''
        if tree:
            self.picture(self.id().removeprefix('__main__.'))
        return f'{tree}\nlog of the program:\n{self.home.output()[-4000:]}'


class Permissions(unittest.TestCase):
    def test_permissions(self):
        shown = subprocess.run(['flatpak', 'info', '--user', '--show-permissions', APP_ID],
                               capture_output=True, check=True, text=True).stdout
        found = {}
        section = None
        for line in filter(None, shown.splitlines()):
            if line.startswith('['):
                section = line
                continue
            key, _, values = line.partition('=')
            self.assertEqual(section, '[Context]', shown)
            found[key] = set(filter(None, values.split(';')))
        # Flatpak lists X11 beside its being a fallback.
        found['sockets'].discard('x11')
        self.assertEqual(found, PERMISSIONS, shown)


class WithPortals(Sandbox):
    def setUp(self):
        super().setUp()
        self.keyring = Keyring()
        self.keyring.unlock()
        portal = Portal()
        self.addCleanup(portal.stop)

    def test_first_conversation(self):
        chat = self.start('--base-url', self.service.base_url)
        self.picture('first-start')
        chat.add_key('sk-wrong-0123456789')
        self.assertIn('does not accept this key', chat.root.wait('alert').name)
        chat.add_key(KEY)
        chat.wait_composer()

        chat.ask('Why is the sky blue?\n#demo reasoning=120 tokens=80 rate=40')
        reasoning = chat.wait_thinking()
        reasoning.click()
        wait_for(lambda: 'expanded' in reasoning.states, 'the reasoning to open')
        turn = chat.wait_answer()
        self.assertEqual(turn.alert, '')
        self.assertRegex(turn.reasoning.name, r'^Reasoning.*Thought for \d+ s')
        turn.reasoning.click()
        wait_for(lambda: 'expanded' not in chat.last_turn().reasoning.states, 'the reasoning to close')
        answer = chat.last_turn().text
        self.assertTrue(answer)
        self.picture('answer')

        # The keyring has the sandbox's secret, not the key; the key is in the file that the
        # secret opens, and so in no file as text.
        self.assertEqual(len(self.keyring.secrets()), 1)
        self.assertNotIn(KEY, self.keyring.secrets())
        self.assertEqual(self.home.files_with(KEY), [])
        self.assertNotIn(KEY, self.home.output())

        self.end(chat)
        chat = self.start('--base-url', self.service.base_url)
        chat.open('Why is the sky blue?')
        self.assertEqual(chat.last_turn().text, answer)
        chat.choose_model('DeepSeek V4 Pro')
        chat.choose_thinking('Max')
        chat.ask('And at sunset?\n#demo rate=0')
        self.assertEqual(chat.wait_answer().alert, '')
        self.assertEqual(len(chat.turns()), 4)
        self.assertEqual(self.service.last_request()['reasoning_effort'], 'max')

    def test_without_network(self):
        chat = self.start('--base-url', 'https://service.example', options=['--unshare=network'],
                          DEEPSEEK_API_KEY=KEY)
        chat.ask('Is anybody there?')
        alert = chat.root.wait('alert', re.compile('^The network is not available'))
        words = [label.name for label in alert.find_all('label')]
        self.assertIn('The sandbox that Sonde runs in has no network.\n'
                      'This call is not available inside the sandbox', words)
        self.picture('no-network')
        # What waits for a network can be given up, and the program goes on.
        alert.wait('button', 'Cancel').click()
        chat.wait_answer()


class WithoutPortals(Sandbox):
    def test_the_key_is_not_kept(self):
        chat = self.start('--base-url', self.service.base_url)
        self.picture('no-portal')
        chat.add_session_key(KEY)
        chat.ask('Hello\n#demo rate=0')
        self.assertEqual(chat.wait_answer().alert, '')
        self.assertEqual(self.home.files_with(KEY), [])


if __name__ == '__main__':
    tap.main()
