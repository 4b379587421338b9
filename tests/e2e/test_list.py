#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of conversations: pins, folders, the trash, several at once. By the keyboard."""

import tap
from desktop import DesktopTest, wait_for

KEY = 'sk-e2e-0123456789abcdef'


class List(DesktopTest):
    def start_with(self, *questions):
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        for question in questions:
            chat.new_conversation()
            chat.ask(f'{question}\n#demo tokens=20 reasoning=0 rate=0')
            chat.wait_answer()
        self.wait_rows(*reversed(questions))
        return chat

    def restart(self):
        self.end(self.chat)
        return self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)

    def wait_rows(self, *titles):
        wait_for(lambda: self.chat.conversations() == list(titles), f'the rows {titles}')

    def test_pin_and_rename(self):
        chat = self.start_with('Alpha', 'Beta')
        chat.row_menu('Alpha', '_Pin')
        self.wait_rows('Alpha', 'Beta')
        chat.focus_row('Beta')
        chat.press('F2')
        wait_for(lambda: (focus := chat.focused()) and focus.name == 'Title', 'the title to have the keyboard')
        chat.type('Gamma')
        chat.press('Return')
        self.wait_rows('Alpha', 'Gamma')

        chat = self.restart()
        self.wait_rows('Alpha', 'Gamma')
        chat.row_menu('Alpha', 'Un_pin')
        self.wait_rows('Gamma', 'Alpha')

    def test_folders(self):
        chat = self.start_with('Alpha', 'Beta')
        chat.row_menu('Alpha', '_Move to Folder', 'New _Folder…')
        wait_for(lambda: (focus := chat.focused()) and focus.role == 'text' and focus.name == 'Name',
                 'the name to have the keyboard')
        chat.type('Letters')
        chat.press('Return')
        self.wait_rows('Letters', 'Alpha', 'Beta')

        # Folded it stays, also after a restart.
        chat.focus_row('Letters')
        chat.press('Left')
        self.wait_rows('Letters', 'Beta')
        chat = self.restart()
        self.wait_rows('Letters', 'Beta')
        chat.focus_row('Letters')
        chat.press('Right')
        self.wait_rows('Letters', 'Alpha', 'Beta')

        # A folder is deleted, and what was in it is not.
        chat.focus_row('Letters')
        chat.press('Delete')
        chat.root.wait('button', 'Delete').click()
        self.wait_rows('Beta', 'Alpha')

    def test_delete_undo_and_restore(self):
        chat = self.start_with('Alpha', 'Beta')
        chat.focus_row('Alpha')
        chat.press('Delete')
        self.wait_rows('Beta')
        chat.root.wait('button', 'Undo').click()
        self.wait_rows('Beta', 'Alpha')

        chat.row_menu('Alpha', '_Delete')
        self.wait_rows('Beta')
        chat.main_menu('Show _Trash')
        self.wait_rows('Alpha')
        chat.row_menu('Alpha', '_Restore')
        self.wait_rows()
        chat.root.wait('button', 'Back').click()
        self.wait_rows('Beta', 'Alpha')

    def test_delete_for_ever(self):
        chat = self.start_with('Alpha', 'Beta')
        chat.row_menu('Alpha', '_Delete')
        chat.main_menu('Show _Trash')
        self.wait_rows('Alpha')
        chat.root.wait('button', 'Empty Trash…').click()
        chat.root.wait('button', 'Delete for Ever').click()
        self.wait_rows()
        chat.root.wait('button', 'Back').click()
        self.wait_rows('Beta')
        self.restart()
        self.wait_rows('Beta')

    def test_archive(self):
        chat = self.start_with('Alpha', 'Beta')
        chat.row_menu('Alpha', '_Archive')
        self.wait_rows('Beta')
        chat.root.wait('button', 'Undo').click()
        self.wait_rows('Beta', 'Alpha')

        # Out of the way it is still there, also after a restart, and comes back to its place.
        chat.row_menu('Alpha', '_Archive')
        self.wait_rows('Beta')
        chat = self.restart()
        self.wait_rows('Beta')
        chat.main_menu('Show Arc_hive')
        self.wait_rows('Alpha')
        chat.row_menu('Alpha', 'Un_archive')
        self.wait_rows()
        chat.root.wait('button', 'Back').click()
        self.wait_rows('Beta', 'Alpha')

    def test_undo_begins_with_the_last(self):
        chat = self.start_with('Alpha', 'Beta', 'Gamma')
        chat.row_menu('Alpha', '_Archive')
        chat.row_menu('Beta', '_Delete')
        self.wait_rows('Gamma')
        chat.root.wait('button', 'Undo').click()
        self.wait_rows('Gamma', 'Beta')
        chat.root.wait('button', 'Undo').click()
        self.wait_rows('Gamma', 'Beta', 'Alpha')

    def test_delete_all(self):
        chat = self.start_with('Alpha', 'Beta', 'Gamma')
        chat.row_menu('Alpha', '_Delete')
        chat.row_menu('Beta', '_Archive')
        self.wait_rows('Gamma')
        chat.main_menu('_Preferences')
        chat.root.wait('page tab', 'Storage')
        chat.press('alt+s')
        chat.tab_to(chat.root.wait('button', 'Delete All Conversations…'))
        chat.press('Return')
        chat.root.wait('button', 'Delete for Ever').click()
        self.wait_rows()
        chat = self.restart()
        self.wait_rows()
        for place in 'Show _Trash', 'Show Arc_hive':
            chat.main_menu(place)
            self.wait_rows()
            chat.root.wait('button', 'Back').click()

    def test_several_at_once(self):
        chat = self.start_with('Alpha', 'Beta', 'Gamma')
        chat.focus_row('Alpha')
        chat.press('ctrl+a')
        chat.root.wait(name='3 Selected')
        # Escape leaves it as it was.
        chat.press('Escape')
        chat.root.wait_gone(name='3 Selected')
        chat.row_menu('Alpha', '_Select')
        chat.root.wait(name='1 Selected')
        chat.focus_row('Beta')
        chat.press('ctrl+space')
        chat.root.wait(name='2 Selected')
        chat.root.wait('button', 'Archive', 'sensitive').click()
        self.wait_rows('Gamma')
        chat.main_menu('Show Arc_hive')
        self.wait_rows('Beta', 'Alpha')

    def test_temporary(self):
        chat = self.start_with('Alpha')
        chat.press('ctrl+shift+n')
        chat.root.wait(name='Temporary conversation: nothing of it is kept', state='showing')
        chat.ask('A secret plan\n#demo tokens=20 reasoning=0 rate=0')
        chat.wait_answer()
        self.wait_rows('Alpha')
        self.end(chat)
        self.assertEqual(self.home.files_with('A secret plan'), [])


if __name__ == '__main__':
    tap.main()
