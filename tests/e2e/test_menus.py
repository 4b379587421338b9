#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the menus say to a screen reader, and that their items do what they say."""

import tap
from desktop import MENU_ITEMS, DesktopTest, wait_for

KEY = 'sk-e2e-0123456789abcdef'
SCRIPT = '\n#demo rate=0 reasoning=0 tokens=30'


class Menus(DesktopTest):
    def start_with(self, *questions):
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        for question in questions:
            chat.ask(question + SCRIPT)
            chat.wait_answer()
        self.wait_turns(2 * len(questions))
        return chat

    def wait_turns(self, n):
        return wait_for(lambda: len(turns := self.chat.turns()) == n and turns, f'{n} turns')

    def read_menu(self):
        """The names of the items of the menu that is open; it is closed again."""
        wait_for(lambda: (focus := self.chat.focused()) and focus.role in MENU_ITEMS,
                 'a menu to have the keyboard')
        names = [item.name for item in self.chat.root.find_all(MENU_ITEMS, state='showing')]
        self.chat.press('Escape')
        wait_for(lambda: not self.chat.root.find(MENU_ITEMS, state='showing'), 'the menu to close')
        return names

    def test_every_item_has_a_name(self):
        chat = self.start_with('One')
        chat.press('F10')
        names = self.read_menu()
        self.assertIn('Preferences', names)
        self.assertNotIn('', names)

        chat.focus_row('One')
        chat.press('Menu')
        names = self.read_menu()
        self.assertIn('Rename', names)
        self.assertNotIn('', names)

        more = chat.last_turn().node.wait('button', 'More')
        more.wait('toggle button').click()
        self.assertEqual(self.read_menu(), ['Fork from Here', 'Delete'])

    def test_delete_a_turn_and_have_it_back(self):
        chat = self.start_with('One', 'Two')
        chat.turn_menu(1, 'Delete')
        self.wait_turns(3)
        chat.root.wait('button', 'Undo').click()
        self.wait_turns(4)

    def test_fork(self):
        chat = self.start_with('One', 'Two')
        chat.turn_menu(1, 'Fork from Here')
        self.wait_turns(2)
        wait_for(lambda: len(chat.conversations()) == 2, 'the copy to be in the list')

    def open_conversation_menu(self):
        menu = self.chat.root.wait('button', 'Conversation Menu')
        menu.wait('toggle button').click()

    def read_print_window(self):
        """What is in the window that asks how to print; it is closed again."""
        window = self.chat.root.wait('dialog', 'Print', 'active')
        names = {node.name for node in window.walk()}
        self.chat.press('Escape')
        self.chat.wait_file_window_gone(window)
        return names

    def test_print(self):
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        chat.wait_composer()
        self.open_conversation_menu()
        item = chat.root.wait(MENU_ITEMS, 'Print…', 'showing')
        self.assertNotIn('sensitive', item.states)
        chat.press('Escape')
        wait_for(lambda: not chat.root.find(MENU_ITEMS, state='showing'), 'the menu to close')

        chat.ask('One' + SCRIPT)
        chat.wait_answer()
        chat.press('ctrl+p')
        self.assertIn('Print to File', self.read_print_window())
        self.open_conversation_menu()
        chat.choose_in_menu('Print…')
        self.assertIn('Print to File', self.read_print_window())


if __name__ == '__main__':
    tap.main()
