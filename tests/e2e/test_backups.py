#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Going back to a backup from the menu."""

import os
import pathlib
import shutil
import sqlite3

import tap
from desktop import DesktopTest, wait_for

KEY = 'sk-e2e-0123456789abcdef'
OPTIONS = '\n#demo reasoning=0 tokens=30 rate=0'
ARTEFACTS = os.environ.get('SONDE_TEST_ARTEFACTS', '.')


class Backups(DesktopTest):
    def start_with_service(self):
        return self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)

    def ask(self, chat, question):
        chat.press('ctrl+n')
        wait_for(lambda: not chat.root.find('article'), 'an empty conversation')
        chat.ask(question + OPTIONS)
        chat.wait_answer()

    def find_folder(self):
        return next(pathlib.Path(self.home.folder).rglob('sonde.db')).parent

    def back_up(self):
        """What the program does a while after its start, done at once by hand."""
        folder = self.find_folder()
        (folder / 'backups').mkdir(mode=0o700, exist_ok=True)
        shutil.copy(folder / 'sonde.db', folder / 'backups' / 'sonde-20260503-101112.db')
        return folder

    def open_dialog(self, chat):
        chat.press('F10')
        chat.settle()
        chat.press('r')
        return chat.root.wait(name='Restore Backup')

    def screenshot(self, chat, name):
        os.makedirs(ARTEFACTS, exist_ok=True)
        chat.settle()
        chat.screenshot(os.path.join(ARTEFACTS, f'backups-{name}.png'))

    def test_restore(self):
        chat = self.start_with_service()
        self.ask(chat, 'The first question')
        self.assertEqual(chat.close(), 0)
        folder = self.back_up()

        chat = self.start_with_service()
        self.ask(chat, 'The second question')
        wait_for(lambda: len(chat.conversations()) == 2, 'both conversations')
        self.open_dialog(chat)
        restore = chat.root.wait('button', 'Restore…')
        self.screenshot(chat, 'list')
        restore.click()
        confirm = chat.root.wait('button', 'Restore')
        self.screenshot(chat, 'question')
        confirm.click()
        wait_for(lambda: (window := chat.find_window()) and chat.conversations() == ['The first question'],
                 'the conversations of the backup')

        # What was there before is kept.
        aside = next(path for path in folder.glob('sonde.db.replaced-*') if not path.name.endswith(('-wal', '-shm')))
        with sqlite3.connect(aside) as database:
            titles = [row[0] for row in database.execute('SELECT title FROM conversations')]
        self.assertIn('The second question', titles)

    def test_none(self):
        chat = self.start_with_service()
        self.open_dialog(chat)
        chat.root.wait(name='No Backups Yet')
        chat.press('Escape')


if __name__ == '__main__':
    tap.main()
