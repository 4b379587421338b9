#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is set for a conversation reaches the service, and is there after a restart."""

import tap
from desktop import DesktopTest, wait_for

ENTRY = ('text', 'entry')


class Details(DesktopTest):
    def start_demo(self):
        self.chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY='sk-test')
        return self.chat

    def open_details(self):
        self.chat.root.wait('button', 'Details').click()
        return self.chat.root.wait(ENTRY, 'System Prompt')

    def ask(self, question):
        self.chat.ask(f'{question}\n#demo rate=0 tokens=20 reasoning=5')
        self.assertEqual(self.chat.wait_answer().alert, '')
        return self.service.last_request()

    def set_number(self, title, text):
        self.chat.root.wait(ENTRY, title).set_text(text)

    def test_all_reaches_the_request_and_stays(self):
        chat = self.start_demo()
        chat.choose_thinking('Off')
        prompt = self.open_details()
        wait_for(lambda: 'focused' in prompt.states, 'the system prompt to have the keyboard')
        chat.type('Answer in verse.')
        self.set_number('Maximum Tokens', '500')
        self.set_number('Temperature', '0.3')
        self.set_number('Presence Penalty', '1.5')
        chat.press('ctrl+l')
        body = self.ask('Verse?')
        self.assertEqual(body['messages'][0], {'role': 'system', 'content': 'Answer in verse.'})
        self.assertEqual(body['max_tokens'], 500)
        self.assertEqual(body['temperature'], 0.3)
        self.assertEqual(body['presence_penalty'], 1.5)
        self.assertEqual(body['thinking'], {'type': 'disabled'})
        self.assertNotIn('top_p', body)

        self.end(chat)
        chat = self.start_demo()
        chat.open('Verse?')
        wait_for(lambda: self.open_details().text == 'Answer in verse.', 'the system prompt')
        self.assertEqual(chat.root.wait(ENTRY, 'Temperature').text, '0.3')
        chat.press('ctrl+l')
        body = self.ask('And again?')
        self.assertEqual(body['messages'][0]['content'], 'Answer in verse.')
        self.assertEqual(body['temperature'], 0.3)

        # Reset All: the next request has none of it.
        chat.tab_to(chat.root.wait(('button', 'list item'), 'Reset All'))
        chat.press('Return')
        wait_for(lambda: chat.root.wait(ENTRY, 'Temperature').text == '', 'the values to go')
        chat.press('ctrl+l')
        body = self.ask('And now?')
        self.assertEqual(body['messages'][0]['role'], 'user')
        self.assertEqual(body['reasoning_effort'], 'high')
        for name in ('max_tokens', 'temperature', 'presence_penalty'):
            self.assertNotIn(name, body)

    def test_says_what_is_ignored(self):
        chat = self.start_demo()
        self.open_details()
        chat.root.wait('label', 'Default: 1 · 0 to 2\nIgnored while the model thinks')
        chat.choose_thinking('Off')
        chat.root.wait('label', 'Default: 1 · 0 to 2')
        # Narrow, it has no button, lies over the conversation, and goes with Escape.
        chat.resize(360, 720)
        chat.root.wait_gone(ENTRY, 'System Prompt')
        chat.press('alt+Return')
        chat.root.wait(ENTRY, 'System Prompt')
        chat.press('Escape')
        chat.root.wait_gone(ENTRY, 'System Prompt')


if __name__ == '__main__':
    tap.main()
