#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The small window for one question."""

import os
import subprocess

import tap
from desktop import ARTEFACTS, DesktopTest, wait_for

KEY = 'sk-e2e-0123456789abcdef'
SHORT = '#demo doc=prose reasoning=0 tokens=20 rate=0'
LONG = '#demo doc=prose reasoning=0 tokens=4000 rate=60'


def clipboard():
    return subprocess.run(['xclip', '-o', '-selection', 'clipboard'], capture_output=True, text=True,
                          check=False).stdout


class Quick(DesktopTest):
    def start_quick(self, *arguments):
        return self.start('--base-url', self.service.base_url, '--quick', *arguments,
                          DEEPSEEK_API_KEY=KEY)

    def start_window(self):
        return self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)

    def picture(self, chat, name):
        if ARTEFACTS:
            os.makedirs(ARTEFACTS, exist_ok=True)
            chat.settle()
            chat.screenshot(os.path.join(ARTEFACTS, f'quick-{name}.png'))

    def test_ask_copy_and_forget(self):
        chat = self.start_quick()
        self.picture(chat, 'empty')
        chat.ask(f'What is it?\n{SHORT}')
        answer = chat.wait_answer()
        self.assertEqual(answer.alert, '')
        self.picture(chat, 'answer')
        chat.press('ctrl+shift+c')
        wait_for(clipboard, 'the answer on the clipboard')
        self.assertIn(answer.text.strip()[:40], clipboard())
        chat.press('Escape')
        self.assertEqual(chat.wait_end(), 0)

        # Nothing of it is left.
        self.assertEqual(self.home.files_with('What is it?'), [])
        chat = self.start_window()
        self.assertEqual(chat.conversations(), [])

    def test_escape_stops_first(self):
        chat = self.start_quick()
        chat.ask(f'At length\n{LONG}')
        chat.wait_streaming()
        chat.press('Escape')
        chat.wait_answer()
        self.assertTrue(chat.find_window())
        chat.press('Escape')
        self.assertEqual(chat.wait_end(), 0)

    def test_goes_on_in_the_window(self):
        chat = self.start_quick()
        chat.ask(f'Go on\n{LONG}')
        chat.wait_streaming()
        chat.root.wait('button', 'Open in Window').click()
        wait_for(lambda: chat.selected() == 'Go on', 'the conversation in the window')
        chat.root.wait('button', 'Stop').click()
        chat.wait_answer()
        self.end(chat)

        chat = self.start_window()
        chat.open('Go on')
        self.assertTrue(chat.last_turn().text)

    def test_what_is_written_goes_along(self):
        chat = self.start_quick()
        chat.type('Half a question')
        chat.press('ctrl+o')
        wait_for(lambda: chat.root.find('button', 'New Conversation'), 'the window')
        self.assertEqual(chat.message.text, 'Half a question')

    def test_inserts_what_is_selected(self):
        chat = self.start_quick()
        subprocess.run(['xclip', '-i', '-selection', 'primary'], input='the selected words', text=True,
                       check=True)
        chat.type('Translate:')
        chat.press('ctrl+shift+v')
        wait_for(lambda: chat.message.text == 'Translate:\n\nthe selected words', 'the selection')

    def test_beside_the_window(self):
        chat = self.start_window()
        subprocess.run([self.home.program, '--quick'], env=self.home.env, check=True)
        wait_for(lambda: len(chat.root.find_all('text', 'Message')) == 2, 'two windows')


if __name__ == '__main__':
    tap.main()
