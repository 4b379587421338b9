#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole main job by ear: keys alone, and nothing but what a screen reader says."""

import re

import tap
from desktop import DesktopTest, read_aloud, wait_for
from keyring import Keyring
from screen_reader import ScreenReader, nameless

KEY = 'sk-e2e-0123456789abcdef'


class ByEar(DesktopTest):
    def setUp(self):
        super().setUp()
        self.keyring = Keyring()
        self.keyring.unlock()
        self.addCleanup(self.keyring.clear)
        self.reader = self.enterContext(ScreenReader())

    def hear(self, *wanted):
        self.reader.expect(self.chat, *wanted)

    def go_to(self, wanted, key='Tab'):
        """Presses a key until this is what is said to have the keyboard."""
        for _ in range(60):
            said = len(self.reader.of(self.chat))
            self.chat.press(key)
            wait_for(lambda: len(self.reader.of(self.chat)) > said, f'a word after {key}')
            if wanted.search(self.reader.of(self.chat)[-1]):
                return
        raise AssertionError(f'{key} does not lead to {wanted.pattern}: {self.reader.unread(self.chat)}')

    def test_from_the_key_to_the_second_conversation(self):
        chat = self.start('--base-url', self.service.base_url)

        # A key that is refused is said to be, and the keyboard stays where it can be mended.
        self.go_to(re.compile('^Show Key, toggle button, not pressed$'))
        self.go_to(re.compile('^API Key, text$'), key='shift+Tab')
        chat.type('sk-wrong-0123456789')
        chat.press('Return')
        self.hear(re.compile('does not accept this key'))
        chat.press('ctrl+a')
        chat.type(KEY)
        chat.press('Return')
        self.hear('Message, text', re.compile('API key added'))
        self.assertFalse([line for line in self.reader.of(chat) if KEY in line])

        # The answer comes without being looked for, and the turns say who speaks.
        chat.type('What is a sonde?\n#demo doc=welcome reasoning=40 rate=0')
        chat.press('Return')
        self.hear(re.compile('^DeepSeek V4 Flash: You are talking to the demo service\n'))
        chat.press('alt+Up')
        self.hear('DeepSeek V4 Flash, article')
        self.go_to(re.compile(r'^Reasoning: Thought for \d+ s, button, collapsed$'))
        chat.press('Return')
        reasoning = chat.wait_thinking()
        wait_for(lambda: 'expanded' in reasoning.states, 'the reasoning to open')
        chat.press('alt+Up')
        self.hear('You, article')

        # The next one fails: that is said, and what can be done about it is near.
        chat.press('Escape')
        chat.message.set_text('And now?\n#demo status=402')
        self.go_to(re.compile('^Message, text$'), key='F6')
        chat.press('Return')
        self.hear(re.compile('^DeepSeek V4 Flash: The balance of this account is used up'))
        self.go_to(re.compile('^Retry, button$'), key='shift+Tab')
        self.go_to(re.compile('^API Key…, button$'), key='shift+Tab')

        # A new conversation and back again by the list.
        chat.press('ctrl+n')
        self.hear('Message, text')
        chat.type('Another\n#demo tokens=20 reasoning=0 rate=0')
        chat.press('Return')
        self.hear(re.compile('^DeepSeek V4 Flash: '))
        self.go_to(re.compile('^Another, list item, selected$'), key='F6')
        self.go_to(re.compile(r'^What is a sonde\?, list item'), key='Down')
        chat.press('Return')
        wait_for(lambda: chat.selected() == 'What is a sonde?', 'the first conversation')

    def test_an_answer_has_its_parts(self):
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        for number in range(3):
            chat.ask(f'Number {number}\n#demo doc=prose tokens=3000 rate=0 reasoning=0')
            chat.wait_answer()
        chat.ask('Everything that Markdown can do\n#demo doc=markdown rate=0 reasoning=0')
        answer = chat.wait_answer().node
        # What is far away is not there.
        wait_for(lambda: len(chat.turns()) < 4, 'the turns that are far away to go')

        # What is asked for here is looked for where it is near.
        chat.press('ctrl+l', 'alt+Up', 'alt+Up', 'alt+Down')
        title = answer.wait('heading', 'Everything that Markdown can do')
        self.assertEqual(title.accessible.get_attributes()['level'], '1')
        self.assertEqual(answer.wait('heading', 'Lists of every kind').accessible.get_attributes()['level'], '2')
        outer = answer.wait('list')
        inner = outer.find_all('list')[1]
        self.assertEqual([child.role for child in outer.children], ['list item', 'list item'])
        self.assertIn('with a thing inside it', read_aloud(inner))
        self.assertNotIn('A list of things', read_aloud(inner))

        table = answer.wait('table')
        rows = table.find_all('table row')
        self.assertEqual(len(rows), 5)
        self.assertEqual([(cell.role, cell.text) for cell in rows[0].children],
                         [('table cell', text) for text in ('Layer', 'From (m)', 'To (m)', 'Light')])
        self.assertEqual([(cell.role, cell.text) for cell in rows[3].children],
                         [('table cell', text) for text in ('Midnight', '1,000', '4,000', 'none')])

        chat.press('ctrl+End')
        quote = answer.wait('block quote')
        self.assertTrue(quote.find('block quote', state='showing') and quote.find('list'))
        code = answer.wait('grouping', 'Code, C')
        self.assertTrue(code.find('button', 'Copy Code'))
        self.assertIn('speed_of_sound', code.find('paragraph').text)

    def test_what_can_be_reached_has_a_name(self):
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        chat.ask('Show me some code.\n#demo doc=code rate=0')
        chat.wait_answer()

        def check(place):
            self.assertEqual([node.dump() for node in nameless(chat.root)], [], place)

        check('the conversation')
        chat.press('ctrl+f')
        chat.root.wait('entry', 'Find in Conversation', 'focused')
        check('finding')
        chat.press('Escape')
        chat.root.wait('button', 'Details').click()
        chat.root.wait('button', 'Reset All')
        check('the details')
        chat.press('ctrl+k')
        chat.root.wait('entry', 'Search Conversations', 'focused')
        check('searching')
        chat.press('Escape')
        for keys, role in (('ctrl+comma', 'dialog'), ('ctrl+question', 'dialog'), ('F1', 'dialog')):
            chat.press(keys)
            chat.root.wait(role)
            check(keys)
            chat.press('Escape')
            wait_for(lambda: not chat.root.find(role), f'{keys} to be closed')


if __name__ == '__main__':
    tap.main()
