#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Conversations into files and back: the real windows, by the keyboard."""

import json
import os
import re

import tap
from desktop import RUNNING, Atspi, DesktopTest, wait_for

KEY = 'sk-e2e-0123456789abcdef'
OPTIONS = '\n#demo reasoning=12 tokens=30 rate=0'
ARTEFACTS = os.environ.get('SONDE_TEST_ARTEFACTS', '.')
# So many that it takes a while.
MANY = 10_000


class Transfer(DesktopTest):
    def start_with(self, *questions):
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        for question in questions:
            chat.new_conversation()
            chat.ask(question + OPTIONS)
            chat.wait_answer()
        return chat

    def end(self, chat):
        """GTK 4.18 does not free what its window for files lists for a path that is typed: no look for leaks."""
        if chat in RUNNING:
            chat.kill()

    def path(self, name):
        folder = os.path.join(self.home.folder, 'files')
        os.makedirs(folder, exist_ok=True)
        return os.path.join(folder, name)

    def write(self, name, text):
        with open(self.path(name), 'w', encoding='utf-8') as out:
            out.write(text)
        return self.path(name)

    def write_many(self):
        """An export of another program with many conversations in it."""
        return self.write('conversations.json', json.dumps([
            {'title': f'Letter {number}', 'create_time': 1700000000 + number, 'current_node': 'b',
             'conversation_id': f'c{number}',
             'mapping': {
                 'a': {'id': 'a', 'parent': None, 'children': ['b'], 'message': {
                     'author': {'role': 'user'}, 'create_time': 1700000000 + number,
                     'content': {'content_type': 'text', 'parts': [f'What is in letter {number}?']}}},
                 'b': {'id': 'b', 'parent': 'a', 'children': [], 'message': {
                     'author': {'role': 'assistant'}, 'create_time': 1700000001 + number,
                     'content': {'content_type': 'text', 'parts': [f'Nothing new in number {number}.']}}}}}
            for number in range(MANY)]))

    def import_file(self, path):
        """Chooses a file to import and returns the dialog that says what is in it."""
        self.chat.main_menu('_Import…')
        self.chat.choose_file(path)
        return self.chat.root.wait('dialog', 'Import')

    def wait_words(self, dialog, *words):
        def says():
            said = [node.text or node.name for node in dialog.walk()]
            return all(word in said for word in words)
        wait_for(says, f'the dialog to say {words}')

    def close_dialog(self, dialog, button='Close'):
        dialog.wait('button', button, 'sensitive').click()
        self.chat.root.wait_gone('dialog', 'Import')

    def export(self, chat, path, format_name):
        dialog = chat.root.wait('dialog', 'Export')
        combo = dialog.wait('combo box', 'Format')
        chat.tab_to(combo)
        for _ in range(4):
            if combo.find('label', format_name):
                break
            chat.press('space')
            chosen = wait_for(lambda: combo.find('list item', state='focused'), 'the formats')
            chat.press('Down')
            wait_for(lambda: 'focused' not in chosen.states, 'the next format')
            chat.press('Return')
        dialog.wait('button', 'Export…', 'sensitive').click()
        chat.choose_file(path)
        chat.root.wait_gone('dialog', 'Export')
        wait_for(lambda: os.path.exists(path), 'the file')

    def delete_for_ever(self, chat, title):
        chat.row_menu(title, '_Delete')
        chat.main_menu('Show _Trash')
        wait_for(lambda: chat.conversations() == [title], 'the trash')
        chat.root.wait('button', 'Empty Trash…').click()
        chat.root.wait('button', 'Delete for Ever').click()
        wait_for(lambda: not chat.conversations(), 'the trash to be empty')
        chat.root.wait('button', 'Back').click()

    def screenshot(self, name):
        os.makedirs(ARTEFACTS, exist_ok=True)
        self.chat.settle()
        self.chat.screenshot(os.path.join(ARTEFACTS, f'transfer-{name}.png'))

    def test_there_and_back(self):
        chat = self.start_with('What is a sounding line?', 'Something else')
        chat.open('What is a sounding line?')
        before = chat.print_transcript()
        path = self.path('line.json')
        chat.row_menu('What is a sounding line?', '_Export…')
        self.export(chat, path, 'JSON')
        chat.wait_words(re.compile('Exported as “line.json”'))
        with open(path, encoding='utf-8') as exported:
            self.assertNotIn(KEY, exported.read())

        # It is here already.
        dialog = self.import_file(path)
        self.wait_words(dialog, 'There is nothing new in this file.', 'Here Already')
        self.assertIsNone(dialog.find('button', 'Import', 'showing'))
        self.close_dialog(dialog)

        self.delete_for_ever(chat, 'What is a sounding line?')
        wait_for(lambda: chat.conversations() == ['Something else'], 'the other one alone')
        dialog = self.import_file(path)
        self.wait_words(dialog, '1 conversation can be imported.', 'Sonde', 'line.json')
        self.screenshot('preview')
        dialog.wait('button', 'Import').click()
        self.wait_words(dialog, '1 conversation was imported.')
        self.screenshot('report')
        self.close_dialog(dialog)
        chat.open('What is a sounding line?')
        wait_for(lambda: chat.print_transcript() == before, 'every word of it')

    def test_no_file(self):
        chat = self.start_with('Alpha')
        chat.main_menu('_Import…')
        chat.choose_no_file()
        self.assertIsNone(chat.root.find('dialog', 'Import'))
        self.assertEqual(chat.conversations(), ['Alpha'])
        self.assertEqual(chat.close(), 0)

    def test_bad_files(self):
        self.start_with('Alpha')
        for name, text, words in (
                ('poem.json', '{"roses": "red"}', 'The file holds no conversations that Sonde understands.'),
                ('torn.json', '[{"title": "A", "mapping": {"a": {"id"', 'The file is damaged, or it ends too early.')):
            dialog = self.import_file(self.write(name, text))
            alert = dialog.wait(('alert', 'notification'), state='showing')
            self.wait_words(alert, 'Nothing Was Imported', words)
            self.screenshot(f'failed-{name.partition(".")[0]}')
            self.close_dialog(dialog)
            self.assertEqual(self.chat.conversations(), ['Alpha'])

    def test_cancel(self):
        chat = self.start_with('Alpha')
        path = self.write_many()
        dialog = self.import_file(path)
        self.wait_words(dialog, f'{MANY} conversations can be imported.', 'ChatGPT')
        dialog.wait('button', 'Import').click()
        bar = dialog.wait('progress bar', 'Importing…', 'showing')
        wait_for(lambda: Atspi.Value.get_current_value(bar.accessible) > 0, 'the bar to move')
        self.close_dialog(dialog, 'Cancel')
        self.assertEqual(chat.conversations(), ['Alpha'])

        # Nothing of it is left: all of it is new again.
        dialog = self.import_file(path)
        self.wait_words(dialog, f'{MANY} conversations can be imported.')
        self.close_dialog(dialog, 'Cancel')


if __name__ == '__main__':
    tap.main()
