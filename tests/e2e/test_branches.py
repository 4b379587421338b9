#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Versions of turns: edited, asked for again, walked, copied, deleted and had back; after a restart too."""

import tap
from desktop import DesktopTest, wait_for

KEY = 'sk-e2e-0123456789abcdef'
MENU = ['Fork from Here', 'Delete']
SCRIPT = '\n#demo rate=0 reasoning=0 tokens=30'


class Branches(DesktopTest):
    def start_with_service(self):
        return self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)

    def wait_turns(self, n):
        return wait_for(lambda: len(turns := self.chat.turns()) == n and turns, f'{n} turns')

    def press_button(self, position, name):
        """Presses a button under a turn, by the keyboard's or the screen reader's way."""
        self.chat.turns()[position].node.wait('button', name, 'sensitive').click()

    def choose(self, position, item):
        """Chooses from the menu of a turn; the toolkit gives its items no names."""
        more = self.chat.turns()[position].node.wait('button', 'More')
        more.wait('toggle button').click()
        for wanted in range(MENU.index(item) + 1):
            if wanted > 0:
                self.chat.press('Down')
            wait_for(lambda: [node for node in more.find_all('menu item') if 'focused' in node.states]
                     == more.find_all('menu item')[wanted:wanted + 1], 'the item to have the keyboard')
        self.chat.press('Return')

    def answer(self, position):
        """What an answer says, without what is under it."""
        return self.chat.turns()[position].node.wait('paragraph').text

    def test_versions(self):
        chat = self.start_with_service()
        chat.ask('How deep is the sea?' + SCRIPT)
        chat.wait_answer()
        first = self.answer(1)
        chat.ask('And the lake?' + SCRIPT)
        chat.wait_answer()
        self.wait_turns(4)

        # Retry makes a version, and nothing is overwritten.
        self.press_button(1, 'Retry')
        self.wait_turns(2)
        chat.wait_answer()
        wait_for(lambda: chat.turns()[1].node.find('label', '2/2'), 'the second version of the answer')
        self.press_button(1, 'Previous Version')
        self.wait_turns(4)
        self.assertEqual(self.answer(1), first)
        self.press_button(1, 'Next Version')
        self.wait_turns(2)
        self.press_button(1, 'Previous Version')
        self.wait_turns(4)

        # An edited question is another version as well.
        self.press_button(2, 'Edit')
        editor = chat.root.wait('text', 'Edit Message')
        editor.set_text('And the river?' + SCRIPT)
        chat.root.wait('button', 'Save and Send', 'sensitive').click()
        wait_for(lambda: 'And the river?' in chat.turns()[2].text, 'the edited question')
        chat.wait_answer()
        self.press_button(2, 'Previous Version')
        wait_for(lambda: 'And the lake?' in chat.turns()[2].text, 'the first version of the question')

        # What was chosen is what a restart shows.
        self.end(chat)
        chat = self.start_with_service()
        chat.open(chat.conversations()[0])
        self.wait_turns(4)
        self.assertEqual(self.answer(1), first)
        self.assertIn('And the lake?', chat.turns()[2].text)

    def test_delete_and_undo(self):
        chat = self.start_with_service()
        chat.ask('One' + SCRIPT)
        chat.wait_answer()
        chat.ask('Two' + SCRIPT)
        chat.wait_answer()
        self.wait_turns(4)
        self.choose(1, 'Delete')
        self.wait_turns(3)
        chat.root.wait('button', 'Undo').click()
        self.wait_turns(4)
        self.choose(3, 'Delete')
        self.wait_turns(3)
        self.end(chat)
        chat = self.start_with_service()
        chat.open(chat.conversations()[0])
        self.wait_turns(3)

    def test_fork(self):
        chat = self.start_with_service()
        chat.ask('One' + SCRIPT)
        chat.wait_answer()
        chat.ask('Two' + SCRIPT)
        chat.wait_answer()
        self.wait_turns(4)
        self.choose(1, 'Fork from Here')
        self.wait_turns(2)
        wait_for(lambda: len(chat.conversations()) == 2, 'the copy to be in the list')
        chat.ask('Three' + SCRIPT)
        chat.wait_answer()
        self.wait_turns(4)


if __name__ == '__main__':
    tap.main()
