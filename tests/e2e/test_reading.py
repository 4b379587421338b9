#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding, selecting, copying, saving and following links, by the keyboard and by what is pressed."""

import os
import re
import subprocess

import tap
from desktop import Announcements, DesktopTest, wait_for

KEY = 'sk-e2e-0123456789abcdef'


def clipboard(target='UTF8_STRING'):
    return subprocess.run(['xclip', '-selection', 'clipboard', '-out', '-target', target],
                          capture_output=True, text=True, check=False, timeout=10).stdout


def content(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def has_status(chat, text):
    return any(text == node.text for node in chat.root.find_all('status bar'))


BROWSER = """[Desktop Entry]
Type=Application
Name=Browser
Exec=sh -c 'echo "$0" >> {path}' %u
MimeType=x-scheme-handler/https;
"""


class Reading(DesktopTest):
    def set_up_browser(self):
        """Gives this home a program that writes down what it is to open; returns where."""
        path = os.path.join(self.home.folder, 'opened')
        applications = os.path.join(self.home.folder, 'data', 'applications')
        os.makedirs(applications)
        with open(os.path.join(applications, 'browser.desktop'), 'w', encoding='utf-8') as out:
            out.write(BROWSER.format(path=path))
        with open(os.path.join(self.home.folder, 'config', 'mimeapps.list'), 'w', encoding='utf-8') as out:
            out.write('[Default Applications]\nx-scheme-handler/https=browser.desktop\n')
        return path

    def wait_opened(self, path, *links):
        wait_for(lambda: os.path.exists(path) and tuple(content(path).split()) == links, f'{links} to be opened')

    def start_with_code(self, **env):
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY, **env)
        chat.ask('Show me some code.\n#demo doc=code rate=0')
        chat.wait_answer()
        return chat

    def test_find_select_and_copy(self):
        chat = self.start_with_code()
        chat.press('ctrl+f')
        entry = chat.root.wait('entry', 'Find in Conversation', 'focused')
        chat.type('show me some')
        # The reasoning has the words again, closed as it is.
        wait_for(lambda: has_status(chat, '1 of 2'), 'the match')
        # Closing leaves the match selected, and the keyboard in its text.
        chat.press('Escape')
        wait_for(lambda: 'focused' not in entry.states, 'the text to have the keyboard')
        chat.press('ctrl+c')
        wait_for(lambda: clipboard() == 'Show me some', 'the match in the clipboard')
        chat.press('shift+End', 'ctrl+c')
        wait_for(lambda: clipboard() == 'Show me some code.', 'the line in the clipboard')

        # The message first, then all of the conversation, in every format.
        chat.press('ctrl+a', 'ctrl+c')
        wait_for(lambda: clipboard().startswith('Show me some code.\n#demo'), 'the question')
        chat.press('ctrl+a', 'ctrl+c')
        wait_for(lambda: len(clipboard()) > 200, 'the conversation')
        self.assertIn('```', clipboard('text/markdown'))
        self.assertIn('<pre>', clipboard('text/html'))
        self.assertNotIn('```', clipboard())

    def test_code_is_copied_wrapped_and_saved(self):
        # GTK forgets what it asked about each folder of a path when its window to save in goes.
        chat = self.start_with_code(ASAN_OPTIONS=os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0')
        block = chat.last_turn().node.wait('grouping', re.compile('^Code, '))
        code = block.find('paragraph').text
        self.assertIn('\n', code)
        block.wait('button', 'Copy Code').click()
        wait_for(lambda: clipboard() == code, 'the code in the clipboard')

        wrap = block.wait('toggle button', 'Wrap Lines')
        wrap.click()
        wait_for(lambda: 'pressed' in wrap.states, 'the lines to be broken')
        self.assertEqual(block.find('paragraph').text, code)

        # The same by the keyboard, and a file of it.
        chat.tab_to(wrap)
        chat.press('space')
        wait_for(lambda: 'pressed' not in wrap.states, 'the lines to be whole')
        path = os.path.join(self.home.folder, 'saved')
        chat.tab_to(block.wait('button', 'Save Code'))
        chat.press('Return')
        chat.choose_file(path)
        # It is there before it is whole.
        wait_for(lambda: os.path.exists(path) and content(path) == code.rstrip('\n') + '\n', 'the file')

    def test_links_say_where_they_lead_and_lead_there(self):
        opened = self.set_up_browser()
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        chat.ask('Everything that Markdown can do\n#demo doc=markdown rate=0 reasoning=0')
        chat.wait_answer()
        target = 'https://example.org/'
        link = chat.last_turn().node.wait('link', target)
        self.assertEqual(link.description, target)
        chat.tab_to(link, backwards=True)
        chat.press('Return')
        self.wait_opened(opened, target)
        chat.press('Menu')
        chat.choose_in_menu('Open Link')
        self.wait_opened(opened, target, target)
        chat.press('shift+F10')
        chat.choose_in_menu('Copy Link')
        wait_for(lambda: clipboard() == target, 'the link in the clipboard')

    def test_a_finished_answer_is_announced_once(self):
        with Announcements() as announcements:
            chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
            chat.ask('Hello\n#demo doc=welcome rate=0 reasoning=0')
            chat.wait_answer()
            wait_for(lambda: announcements.of(chat), 'the announcement')
            # What was there before is not told again.
            chat.ask('And another\n#demo tokens=20 rate=0 reasoning=0')
            chat.wait_answer()
            chat.new_conversation()
            chat.open(chat.conversations()[0])
            spoken = wait_for(lambda: len(heard := announcements.of(chat)) > 1 and heard, 'the other one')
        self.assertEqual(len(spoken), 2, spoken)
        for text in spoken:
            self.assertTrue(text.startswith('DeepSeek V4 Flash: '), text)
        self.assertIn('talking to the demo service', spoken[0])

    def test_find_tells_when_there_is_nothing(self):
        chat = self.start_with_code()
        chat.press('ctrl+f')
        chat.root.wait('entry', 'Find in Conversation', 'focused')
        chat.type('nowhere at all')
        wait_for(lambda: has_status(chat, 'No results'), 'the news')


if __name__ == '__main__':
    tap.main()
