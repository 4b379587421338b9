#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sonde ask`, where there is no display."""

import os
import subprocess
import unittest

import tap
from homes import DemoService, Home

KEY = 'sk-0123456789abcdef'
SECONDS = 60


class Ask(unittest.TestCase):
    def setUp(self):
        self.home = Home()
        self.addCleanup(self.home.remove)
        self.service = DemoService()
        self.addCleanup(self.service.close)
        for name in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS'):
            self.home.env.pop(name, None)

    def command(self, *arguments):
        return [self.home.program, 'ask', '--base-url', self.service.base_url, *arguments]

    def ask(self, *arguments, key=KEY, **options):
        env = {**self.home.env, 'DEEPSEEK_API_KEY': key} if key else self.home.env
        done = subprocess.run(self.command(*arguments), env=env, capture_output=True, text=True,
                              timeout=SECONDS, check=False, **options)
        self.assertNotIn(KEY, done.stdout + done.stderr)
        return done

    def test_files(self):
        path = os.path.join(self.home.folder, 'notes.txt')
        with open(path, 'w', encoding='latin-1') as file:
            file.write('Flußtiefe')
        done = self.ask('--dry-run', '--file', path, '-f', path, '-', input='How deep?')
        self.assertEqual(done.returncode, 0, done.stderr)
        file = '[file name]: notes.txt\\n[file content begin]\\nFlußtiefe\\n[file content end]\\n'
        self.assertIn(f'"content":"{file}{file}How deep?"', done.stdout)
        for bad, words in ((path + '.gone', 'No such file'), (self.home.folder, 'It is a folder')):
            done = self.ask('--dry-run', '--file', bad, 'Hello')
            self.assertEqual((done.returncode, done.stdout), (2, ''))
            self.assertIn(words, done.stderr)
        with open(path, 'wb') as file:
            file.write(b'GIF89a')
        done = self.ask('--file', path, 'Hello')
        self.assertEqual(done.returncode, 2)
        self.assertIn('takes images', done.stderr)

    def test_prints_the_answer_and_nothing_else(self):
        done = self.ask('Hello')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(len(done.stdout), 20)
        self.assertTrue(done.stdout.endswith('\n'))
        self.assertEqual(done.stderr, '')

    def test_prints_as_it_comes(self):
        with subprocess.Popen(self.command('Hello\n#demo rate=20 tokens=10000 reasoning=0'),
                              env={**self.home.env, 'DEEPSEEK_API_KEY': KEY},
                              stdout=subprocess.PIPE) as process:
            self.assertTrue(os.read(process.stdout.fileno(), 1))
            self.assertIsNone(process.poll())
            process.kill()

    def test_shows_reasoning_on_standard_error(self):
        done = self.ask('--show-reasoning', 'Hello\n#demo reasoning=30 rate=0')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(len(done.stderr.split()), 10)
        self.assertNotIn(done.stderr.strip()[:40], done.stdout)

    def test_shows_usage_on_standard_error(self):
        done = self.ask('--usage', 'Hello\n#demo tokens=30 reasoning=10 rate=0')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, r'Tokens: \d+')
        self.assertNotIn('Tokens:', done.stdout)

    def test_reads_standard_input(self):
        done = self.ask('-', input='Hello from a pipe\n#demo rate=0')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(done.stdout.strip())
        self.assertIn('Hello from a pipe', self.service.last_question())

    def test_chooses_model_and_thinking(self):
        for level, thinking, effort in (('off', 'disabled', None), ('high', 'enabled', 'high'),
                                        ('max', 'enabled', 'max')):
            with self.subTest(level):
                done = self.ask('--model', 'deepseek-v4-pro', '--thinking', level, 'Hello\n#demo rate=0')
                self.assertEqual(done.returncode, 0, done.stderr)
                sent = self.service.last_request()
                self.assertEqual(sent['model'], 'deepseek-v4-pro')
                self.assertEqual(sent['thinking'], {'type': thinking})
                self.assertEqual(sent.get('reasoning_effort'), effort)

    def test_refused_requests_are_errors(self):
        for fault, words in (('status=402', 'balance'), ('status=400', 'request'),
                             ('status=429', 'too many'), ('status=500', 'service'),
                             ('status=503', 'overloaded')):
            with self.subTest(fault):
                done = self.ask(f'Hello\n#demo {fault}')
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertEqual(done.stdout, '')
                self.assertIn(words, done.stderr.lower())

    def test_a_refused_key_is_an_error(self):
        done = self.ask('Hello', key='sk-wrong-0123456789')
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn('key', done.stderr)
        self.assertNotIn('sk-wrong-0123456789', done.stderr)

    def test_no_key_is_an_error_that_says_what_to_do(self):
        done = self.ask('Hello', key=None)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn('DEEPSEEK_API_KEY', done.stderr)

    def test_no_service_is_an_error(self):
        self.service.process.kill()
        self.service.process.wait()
        done = self.ask('Hello')
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn('cannot be reached', done.stderr)

    def test_a_cut_answer_is_kept(self):
        done = self.ask('Hello\n#demo reasoning=0 cut=2000 rate=0')
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertTrue(done.stdout.strip())
        self.assertIn('ended before', done.stderr)

    def test_an_answer_at_the_limit_is_cut_short(self):
        done = self.ask('Hello\n#demo finish=length rate=0')
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertTrue(done.stdout.strip())

    def test_wrong_usage(self):
        for arguments in ((), ('--no-such-option', 'Hello'), ('--thinking', 'hard', 'Hello'),
                          ('Hello', 'you'), ('',)):
            with self.subTest(arguments):
                done = self.ask(*arguments)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertEqual(done.stdout, '')
                self.assertTrue(done.stderr)

    def test_keeps_nothing(self):
        self.ask('A question to be forgotten\n#demo rate=0')
        self.assertEqual(self.home.files_with('A question to be forgotten'), [])
        self.assertEqual(self.home.files_with(KEY), [])


if __name__ == '__main__':
    tap.main()
