#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Versions of turns and copies of conversations: nothing is overwritten, and what is deleted comes back."""

import tap
from desktop import DesktopTest, wait_for

KEY = 'sk-e2e-0123456789abcdef'
OPTIONS = '\n#demo reasoning=0 tokens=30 rate=0'


class Branches(DesktopTest):
    def start_with(self, *questions):
        """Asks all of it in one conversation."""
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        for question in questions:
            chat.ask(question + OPTIONS)
            chat.wait_answer()
        return chat

    def restart(self):
        self.end(self.chat)
        return self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)

    def questions(self):
        return [turn.text.partition('\n')[0] for turn in self.chat.turns() if turn.who == 'You']

    def wait_questions(self, *questions):
        wait_for(lambda: self.questions() == list(questions), f'the questions {questions}')

    def wait_version(self, position, version):
        def is_there():
            turns = self.chat.turns()
            return position < len(turns) and version in turns[position].text.split('\n')

        wait_for(is_there, f'version {version}')

    def press_in(self, position, name):
        self.chat.turns()[position].node.wait('button', name, 'sensitive').click()

    def edit(self, position, text):
        chat = self.chat
        self.press_in(position, 'Edit')
        entry = wait_for(lambda: (focus := chat.focused()) and focus.role == 'text' and focus.name != 'Message'
                         and focus, 'the editor to have the keyboard')
        entry.set_text(text + OPTIONS)
        chat.press('Return')
        wait_for(lambda: self.questions() and self.questions()[-1] == text, 'the other question')
        chat.wait_answer()

    def test_edit_and_versions(self):
        chat = self.start_with('Which rope?', 'And how long?')
        self.edit(0, 'Which chain?')
        self.wait_questions('Which chain?')
        self.wait_version(0, '2/2')
        self.press_in(0, 'Previous Version')
        self.wait_questions('Which rope?', 'And how long?')
        self.wait_version(0, '1/2')

        # The path that was chosen stays chosen.
        chat = self.restart()
        chat.open(chat.conversations()[0])
        self.wait_questions('Which rope?', 'And how long?')
        self.press_in(0, 'Next Version')
        self.wait_questions('Which chain?')

    def test_retry(self):
        chat = self.start_with('How deep is the sea?')
        self.press_in(1, 'Retry')
        self.wait_version(1, '2/2')
        chat.wait_answer()
        # With another model it is a version more, and the conversation keeps its own.
        self.chat.turns()[1].node.wait('button', 'Retry With Another Model').wait('toggle button').click()
        chat.choose_in_menu('DeepSeek V4 Pro')
        self.wait_version(1, '3/3')
        chat.wait_answer()
        self.assertEqual(chat.turns()[1].who, 'DeepSeek V4 Pro')
        self.assertEqual(chat.root.wait('combo box', 'Model').description, 'DeepSeek V4 Flash')
        self.press_in(1, 'Previous Version')
        self.wait_version(1, '2/3')
        self.assertEqual(chat.turns()[1].who, 'DeepSeek V4 Flash')

    def test_fork(self):
        chat = self.start_with('One', 'Two')
        chat.turn_menu(1, '_Fork from Here')
        self.wait_questions('One')
        wait_for(lambda: len(chat.conversations()) == 2, 'the copy in the list')
        chat.ask('Three' + OPTIONS)
        chat.wait_answer()
        self.wait_questions('One', 'Three')
        chat.press('ctrl+Next')
        self.wait_questions('One', 'Two')

    def test_duplicate(self):
        chat = self.start_with('One', 'Two')
        title = chat.conversations()[0]
        chat.row_menu(title, 'D_uplicate')
        wait_for(lambda: len(chat.conversations()) == 2, 'the copy in the list')
        self.wait_questions('One', 'Two')
        chat.focus_row(chat.conversations()[-1])
        chat.press('Delete')
        wait_for(lambda: len(chat.conversations()) == 1, 'the copy alone')
        chat = self.restart()
        chat.open(chat.conversations()[0])
        self.wait_questions('One', 'Two')

    def test_delete_and_undo(self):
        chat = self.start_with('One', 'Two')
        chat.turn_menu(0, '_Delete')
        self.wait_questions('Two')
        chat.root.wait('button', 'Undo').click()
        self.wait_questions('One', 'Two')

        # One of several versions goes with all that followed it.
        self.edit(0, 'Eins')
        self.wait_questions('Eins')
        chat.turn_menu(0, '_Delete')
        self.wait_questions('One', 'Two')
        chat.root.wait('button', 'Undo').click()
        self.wait_questions('Eins')
        chat.turn_menu(0, '_Delete')
        self.wait_questions('One', 'Two')
        chat = self.restart()
        chat.open(chat.conversations()[0])
        self.wait_questions('One', 'Two')
        self.assertIsNone(chat.turns()[0].node.find('button', 'Next Version', 'showing'))

    def test_search_finds_other_versions(self):
        chat = self.start_with('Where is the kangaroo?', 'And the wombat?')
        self.edit(0, 'Where is the koala?')
        self.wait_questions('Where is the koala?')
        chat.press('ctrl+k')
        entry = wait_for(lambda: (focus := chat.focused()) and focus.name == 'Search Conversations' and focus,
                         'the search to have the keyboard')
        entry.set_text('wombat')
        wait_for(lambda: (found := chat.root.find('list', 'Search Results')) and
                 [row for row in found.find_all('list item') if 'wombat' in row.name], 'what was said')
        chat.press('Return')
        self.wait_questions('Where is the kangaroo?', 'And the wombat?')


if __name__ == '__main__':
    tap.main()
