#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding again what was said, in English and in Chinese, by the keyboard."""

import os

import tap
from desktop import DesktopTest, wait_for

KEY = 'sk-e2e-0123456789abcdef'
OPTIONS = '\n#demo reasoning=0 tokens=30 rate=0'
ARTEFACTS = os.environ.get('SONDE_TEST_ARTEFACTS', '.')


class Search(DesktopTest):
    def start_with(self, *questions):
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        for question in questions:
            chat.press('ctrl+n')
            wait_for(lambda: not chat.root.find('article'), 'an empty conversation')
            chat.ask(question + OPTIONS)
            chat.wait_answer()
        return chat

    def results(self, chat):
        found = chat.root.find('list', 'Search Results')
        return [row.name for row in found.find_all('list item')] if found else []

    def entry(self, chat):
        return wait_for(lambda: next((node for node in chat.root.walk()
                                      if node.name == 'Search Conversations'
                                      and 'editable' in node.states), None), 'the search entry')

    def search(self, chat, text, expected):
        self.entry(chat).set_text(text)
        wait_for(lambda: [title for title in expected if self.is_found(chat, title)] == expected and
                 all(row.startswith(tuple(expected)) for row in self.results(chat)),
                 f'{expected} to be found alone')

    def is_found(self, chat, title):
        return any(row.startswith(title) for row in self.results(chat))

    def screenshot(self, chat, name):
        os.makedirs(ARTEFACTS, exist_ok=True)
        chat.settle()
        chat.screenshot(os.path.join(ARTEFACTS, f'search-{name}.png'))

    def test_english_and_chinese(self):
        chat = self.start_with('Which bicycle is deductible?', '全文搜索引擎怎么工作？')
        chat.press('ctrl+k')
        wait_for(lambda: 'focused' in self.entry(chat).states, 'the entry to have the keyboard')
        self.search(chat, 'BICYC', ['Which bicycle is deductible?'])
        self.search(chat, '搜索', ['全文搜索引擎怎么工作？'])
        self.search(chat, '擎', ['全文搜索引擎怎么工作？'])
        self.screenshot(chat, 'chinese')
        self.search(chat, '"is deductible"', ['Which bicycle is deductible?'])
        self.search(chat, 'deductible before:2020', [])
        wait_for(lambda: 'showing' in chat.root.wait(name='No Results').states, 'the empty page')
        self.search(chat, 'deductible after:2020', ['Which bicycle is deductible?'])
        self.search(chat, 'deductible -bicycle', [])
        self.search(chat, 'deductible model:nosuch', [])
        self.screenshot(chat, 'none')

    def test_keyboard(self):
        chat = self.start_with('The first kangaroo', 'The second kangaroo', 'Something else')
        chat.press('ctrl+k')
        wait_for(lambda: 'focused' in self.entry(chat).states, 'the entry to have the keyboard')
        chat.type('kangaroo')
        wait_for(lambda: len(self.results(chat)) == 6, 'all that is said of it')
        self.screenshot(chat, 'two')
        # The title, the answer and the question of the newer one come first.
        chat.press('Down', 'Down', 'Down', 'Return')
        wait_for(lambda: (turns := chat.turns()) and 'The first kangaroo' in turns[0].text,
                 'the first conversation')
        self.assertIn('focused', self.entry(chat).states, 'the entry keeps the keyboard')
        chat.press('Up', 'Return')
        wait_for(lambda: (turns := chat.turns()) and 'The second kangaroo' in turns[0].text,
                 'the second conversation')
        chat.press('Escape')
        wait_for(lambda: chat.conversations, 'the list')
        wait_for(lambda: 'focused' in chat.message.states, 'the composer to have the keyboard')

    def test_narrow(self):
        chat = self.start_with('The first kangaroo', 'Something else')
        chat.resize(360, 720)
        chat.press('ctrl+k')
        wait_for(lambda: 'focused' in self.entry(chat).states, 'the entry to have the keyboard')
        self.search(chat, 'kanga', ['The first kangaroo'])
        self.screenshot(chat, 'narrow')
        chat.press('Return')
        wait_for(lambda: (turns := chat.turns()) and 'The first kangaroo' in turns[0].text,
                 'the conversation')
        wait_for(lambda: not chat.root.find('list', 'Search Results') or
                 'showing' not in chat.root.find('list', 'Search Results').states,
                 'the sidebar to make room')

    def test_toggle(self):
        chat = self.start_with('The first kangaroo')
        toggle = next(node for node in chat.root.find_all('toggle button', 'Search Conversations')
                      if 'showing' in node.states)
        toggle.click()
        wait_for(lambda: 'focused' in self.entry(chat).states, 'the entry to have the keyboard')
        chat.root.wait('toggle button', 'Search Filters').click()
        wait_for(lambda: [node for node in chat.root.walk() if node.name.startswith('has:code')],
                 'the filters')
        chat.press('Escape')
        self.entry(chat)


if __name__ == '__main__':
    tap.main()
