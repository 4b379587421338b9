#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's search and the desktop file's action, over D-Bus as the desktop does it."""

import os
import subprocess

import tap
from desktop import DesktopTest, wait_for
from gi.repository import Gio, GLib
from homes import BUILD_DIR

KEY = 'sk-e2e-0123456789abcdef'
APP_ID = 'io.github.sondechat.Sonde'
PROVIDER = f'{APP_ID}.SearchProvider'
PATH = '/io/github/sondechat/Sonde'

QUESTIONS = ('Which boats are small?', 'What is the speed of light?', '水在什么温度下沸腾？')


class SearchProvider(DesktopTest):
    def setUp(self):
        super().setUp()
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def start_provider(self):
        program = os.path.join(BUILD_DIR, 'src', 'search-provider', 'sonde-search-provider')
        with open(self.home.log_path, 'ab') as log:
            process = subprocess.Popen([program], env=self.home.env, stdout=log, stderr=log)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        subprocess.run(['gdbus', 'wait', '--session', '--timeout', '30', PROVIDER], check=True)

    def call(self, method, signature, *arguments):
        answer = self.bus.call_sync(PROVIDER, f'{PATH}/SearchProvider', 'org.gnome.Shell.SearchProvider2',
                                    method, GLib.Variant(signature, arguments), None,
                                    Gio.DBusCallFlags.NONE, 20_000, None)
        return answer.unpack()

    def find(self, *terms):
        """What is found, as the desktop shows it: names and descriptions."""
        ids, = self.call('GetInitialResultSet', '(as)', terms)
        metas, = self.call('GetResultMetas', '(as)', ids)
        self.assertEqual([meta['id'] for meta in metas], ids)
        self.assertTrue(all(meta['gicon'] == APP_ID for meta in metas))
        return [(meta['name'], meta.get('description')) for meta in metas]

    def activate(self, action, *parameters):
        self.bus.call_sync(APP_ID, PATH, 'org.freedesktop.Application', 'ActivateAction',
                           GLib.Variant('(sava{sv})', (action, parameters, {})), None,
                           Gio.DBusCallFlags.NONE, 20_000, None)

    def test_find_and_open(self):
        self.start_provider()
        self.assertEqual(self.find('boats'), [], 'there is no database yet')

        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        for question in QUESTIONS:
            chat.new_conversation()
            chat.ask(f'{question}\n#demo rate=0 tokens=30 reasoning=10')
            chat.wait_answer()
        wait_for(lambda: self.find('boats'), 'the conversation to be stored')

        # A title, a part of one, several words, Chinese; each conversation once.
        self.assertEqual(self.find('boats'), [('Which boats are small?', None)])
        self.assertEqual(self.find('boa'), [('Which boats are small?', None)])
        self.assertEqual(self.find('light', 'speed'), [('What is the speed of light?', None)])
        self.assertEqual(self.find('沸腾'), [('水在什么温度下沸腾？', None)])
        self.assertEqual(self.find('温度', '沸腾'), [('水在什么温度下沸腾？', None)])
        self.assertEqual(self.find('nowhere'), [])
        # In no title: the conversation with what was said, in one line.
        found = self.find('demo', 'tokens')
        self.assertEqual({name for name, _ in found}, set(QUESTIONS))
        for name, description in found:
            self.assertIn('#demo', description)
            self.assertNotIn('\n', description)

        # What is found among what was found before, and what was found and is opened.
        ids, = self.call('GetInitialResultSet', '(as)', ['sp'])
        ids, = self.call('GetSubsearchResultSet', '(asas)', ids, ['speed'])
        self.assertEqual(len(ids), 1)
        self.call('ActivateResult', '(sasu)', ids[0], ['speed'], 0)
        wait_for(lambda: chat.selected() == 'What is the speed of light?', 'what was found to be open')
        # What is no result of ours does no harm.
        self.call('ActivateResult', '(sasu)', '1-2-3', ['speed'], 0)
        self.call('ActivateResult', '(sasu)', 'x', ['speed'], 0)
        self.assertEqual(self.call('GetResultMetas', '(as)', ['x', '999999999-0']), ([],))

    def test_go_on_in_the_window(self):
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        chat.ask('A question about boats\n#demo rate=0')
        chat.wait_answer()
        self.start_provider()
        self.call('LaunchSearch', '(asu)', ['about', 'boats'], 0)
        entry = wait_for(lambda: next((node for node in chat.root.walk()
                                       if node.name == 'Search Conversations'
                                       and 'editable' in node.states), None), 'the search entry')
        wait_for(lambda: entry.text == 'about boats', 'the words in the entry')
        chat.root.wait('list', 'Search Results').wait('list item')

    def test_new_conversation(self):
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        chat.ask('First\n#demo rate=0')
        chat.wait_answer()
        self.activate('new-conversation')
        wait_for(lambda: not chat.root.find('article'), 'an empty conversation')

    def test_open_at_the_start(self):
        chat = self.start('--base-url', self.service.base_url, DEEPSEEK_API_KEY=KEY)
        chat.ask('First\n#demo rate=0')
        chat.wait_answer()
        self.start_provider()
        ids, = wait_for(lambda: (found := self.call('GetInitialResultSet', '(as)', ['First']))[0] and found,
                        'the conversation to be stored')
        self.end(chat)
        self.assertEqual(self.find('First'), [('First', None)], 'also when Sonde does not run')

        chat = self.start('--base-url', self.service.base_url, '--new-conversation', DEEPSEEK_API_KEY=KEY)
        self.call('ActivateResult', '(sasu)', ids[0], ['First'], 0)
        wait_for(lambda: chat.selected() == 'First', 'what was found to be open')


if __name__ == '__main__':
    tap.main()
