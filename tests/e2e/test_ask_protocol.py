#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sonde ask` as the protocol's test bench: what it sends, and what it makes of what comes."""

import json
import os
import subprocess
import unittest

import tap
from homes import DemoService, Home

KEY = 'sk-0123456789abcdef'
SECONDS = 60
TURNS = 50
DEEPSEEK = 'https://api.deepseek.com/chat/completions'
BETA = 'https://api.deepseek.com/beta/chat/completions'
TOOL = {'type': 'function', 'function': {
    'name': 'get_weather',
    'parameters': {'type': 'object', 'properties': {'location': {'type': 'string'}},
                   'required': ['location'], 'additionalProperties': False}}}
STREAMED = {'stream': True, 'stream_options': {'include_usage': True}}
THINKING = {'thinking': {'type': 'enabled'}, 'reasoning_effort': 'high'}
QUIET = {'thinking': {'type': 'disabled'}}
FLASH = 'deepseek-v4-flash'


def user(text):
    return {'role': 'user', 'content': text}


class Protocol(unittest.TestCase):
    def setUp(self):
        self.home = Home()
        self.addCleanup(self.home.remove)
        for name in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS'):
            self.home.env.pop(name, None)

    def write(self, name, value):
        path = os.path.join(self.home.folder, name)
        with open(path, 'w', encoding='utf-8') as out:
            out.write(value if isinstance(value, str) else json.dumps(value))
        return path

    def ask(self, *arguments, key=None):
        env = {**self.home.env, 'DEEPSEEK_API_KEY': key} if key else self.home.env
        done = subprocess.run([self.home.program, 'ask', *arguments], env=env, capture_output=True,
                              text=True, timeout=SECONDS, check=False)
        self.assertNotIn(KEY, done.stdout + done.stderr)
        return done


class DryRun(Protocol):
    def dry_run(self, *arguments, key=None):
        """The first line, the headers and the body of a request, and the words beside it."""
        done = self.ask('--dry-run', *arguments, key=key)
        self.assertEqual(done.returncode, 0, done.stderr)
        head, body = done.stdout.split('\n\n', 1)
        first, *headers = head.split('\n')
        return first, headers, body, done.stderr

    def body(self, *arguments):
        return json.loads(self.dry_run(*arguments)[2])

    def test_a_first_turn(self):
        first, headers, body, words = self.dry_run('Hello')
        self.assertEqual(first, f'POST {DEEPSEEK}')
        self.assertEqual(headers, ['Authorization: Bearer ****', 'Content-Type: application/json',
                                   'Accept: text/event-stream'])
        self.assertEqual(json.loads(body),
                         {'model': FLASH, **THINKING, **STREAMED, 'messages': [user('Hello')]})
        self.assertEqual(words, '')

    def test_the_key_is_masked(self):
        self.assertIn('Authorization: Bearer ****', self.dry_run('Hello', key=KEY)[1])

    def test_thinking(self):
        for level, fields in (('off', QUIET), ('high', THINKING),
                              ('max', {**THINKING, 'reasoning_effort': 'max'})):
            with self.subTest(level):
                self.assertEqual(self.body('--thinking', level, '--model', 'deepseek-v4-pro', 'Hello'),
                                 {'model': 'deepseek-v4-pro', **fields, **STREAMED,
                                  'messages': [user('Hello')]})

    def test_a_tool_turn_with_reasoning(self):
        said = [user('The weather?'),
                {'role': 'assistant', 'content': '', 'reasoning_content': 'I ask.', 'tool_calls': [
                    {'id': 'c1', 'type': 'function',
                     'function': {'name': 'get_weather', 'arguments': '{"location": 1.10}'}}]},
                {'role': 'tool', 'content': '24 °C', 'tool_call_id': 'c1'}]
        for reasoning in ('I ask.', ''):
            with self.subTest(reasoning):
                said[1]['reasoning_content'] = reasoning
                self.assertEqual(self.body('--conversation', self.write('said', said),
                                           '--tools', self.write('tools', [TOOL])),
                                 {'model': FLASH, **THINKING, 'tools': [TOOL], **STREAMED,
                                  'messages': said})

    def test_a_prefix(self):
        first, _, body, _ = self.dry_run('--prefix', 'Once', 'A tale')
        self.assertEqual(first, f'POST {BETA}')
        self.assertEqual(json.loads(body)['messages'],
                         [user('A tale'), {'role': 'assistant', 'content': 'Once', 'prefix': True}])

    def test_strict_tools(self):
        first, _, body, _ = self.dry_run('--tools', self.write('tools', [TOOL, TOOL | {'function': {
            **TOOL['function'], 'name': 'other', 'strict': True}}]), '--strict', 'The weather?')
        self.assertEqual(first, f'POST {BETA}')
        strict = {**TOOL['function'], 'strict': True}
        self.assertEqual([tool['function'] for tool in json.loads(body)['tools']],
                         [strict, {**strict, 'name': 'other'}])

    def test_tools_are_sent_to_the_byte(self):
        tools = '[ {"type":"function","function":{"name":"f","parameters":{"x":1.10,"y":1e3}}} ]'
        self.assertIn(tools, self.dry_run('--tools', self.write('tools', tools), 'Go')[2])
        strict = tools.replace('{"x":1.10,"y":1e3}', '{"type":"object","properties":{},'
                               '"required":[],"additionalProperties":false}')
        self.assertIn(strict.replace('{"name"', '{"strict":true,"name"'),
                      self.dry_run('--tools', self.write('tools', strict), '--strict', 'Go')[2])

    def test_json_output(self):
        self.assertEqual(self.body('--json', '--system', 'Answer in JSON.', 'Hello'),
                         {'model': FLASH, **THINKING, 'response_format': {'type': 'json_object'},
                          **STREAMED, 'messages': [{'role': 'system', 'content': 'Answer in JSON.'},
                                                   user('Hello')]})

    def test_every_other_field(self):
        self.assertEqual(
            self.body('--thinking', 'off', '--max-tokens', '100', '--temperature', '0.7', '--top-p',
                      '0.9', '--frequency-penalty', '-1.5', '--presence-penalty', '2', '--stop', 'a',
                      '--stop', 'b', '--logprobs', '3', '--no-stream', 'Hello'),
            {'model': FLASH, **QUIET, 'max_tokens': 100, 'temperature': 0.7, 'top_p': 0.9,
             'frequency_penalty': -1.5, 'presence_penalty': 2, 'stop': ['a', 'b'], 'logprobs': True,
             'top_logprobs': 3, 'stream': False, 'messages': [user('Hello')]})

    def test_no_more_than_the_model_gives_is_asked_for(self):
        _, _, body, words = self.dry_run('--max-tokens', '500000', 'Hello')
        self.assertEqual(json.loads(body)['max_tokens'], 393216)
        self.assertIn('393216', words)
        _, _, body, words = self.dry_run('--model', 'another', '--max-tokens', '500000', 'Hello')
        self.assertEqual(json.loads(body)['max_tokens'], 500000)

    def test_numbers_without_effect_are_not_sent(self):
        _, _, body, words = self.dry_run('--temperature', '1', 'Hello')
        self.assertNotIn('temperature', body)
        self.assertIn('not sent', words)

    def test_retired_names(self):
        for name, fields in (('deepseek-chat', QUIET), ('deepseek-reasoner', THINKING)):
            with self.subTest(name):
                _, _, body, words = self.dry_run('--model', name, 'Hello')
                self.assertEqual(json.loads(body), {'model': FLASH, **fields, **STREAMED,
                                                    'messages': [user('Hello')]})
                self.assertIn(name, words)
                self.assertIn(FLASH, words)

    def test_the_beginning_stays_the_same(self):
        said, before = [], None
        for turn in range(TURNS):
            said.append(user(f'Question {turn} — ünï'))
            body = self.dry_run('--conversation', self.write('said', said))[2].rstrip('\n')
            self.assertTrue(body.endswith(']}'))
            if before is not None:
                self.assertTrue(body.startswith(before.removesuffix(']}') + ','), turn)
            before = body
            said.append({'role': 'assistant', 'content': f'Answer {turn}',
                         'reasoning_content': '' if turn % 3 == 0 else f'Thought {turn}'})

    def test_what_would_be_refused_is_wrong_usage(self):
        tools = self.write('tools', [TOOL])
        bad_tools = self.write('bad', [{'type': 'function', 'function': {
            'name': 'f', 'parameters': {'type': 'object', 'properties': {'a': {'type': 'string'}},
                                        'required': [], 'additionalProperties': False}}}])
        unanswered = self.write('said', [user('a'), {'role': 'assistant', 'content': '', 'tool_calls': [
            {'id': 'c', 'type': 'function', 'function': {'name': 'f', 'arguments': '{}'}}]}])
        for arguments, word in (
                (['--max-tokens', '0'], 'max_tokens'),
                (['--max-tokens', 'many'], 'max-tokens'),
                (['--temperature', '2.1', '--thinking', 'off'], 'temperature'),
                (['--temperature', 'warm'], 'temperature'),
                (['--temperature', 'nan', '--thinking', 'off'], 'temperature'),
                (['--top-p', '1.5', '--thinking', 'off'], 'top_p'),
                (['--frequency-penalty', '3', '--thinking', 'off'], 'frequency_penalty'),
                (['--presence-penalty', '-3', '--thinking', 'off'], 'presence_penalty'),
                (['--logprobs', '21'], 'logprobs'),
                (['--stop', ''], 'stop'),
                (['--stop', 'x'] * 17, 'stop'),
                (['--json'], 'json'),
                (['--strict'], '--tools'),
                (['--retries', '6'], 'retries'),
                (['--stall-timeout', '0'], 'stall-timeout'),
                (['--tools', bad_tools, '--strict'], 'required'),
                (['--tools', os.path.join(self.home.folder, 'none')], 'none'),
                (['--tools', self.write('text', 'no JSON')], 'tools'),
                (['--conversation', tools], 'messages'),
                (['--conversation', unanswered], 'c')):
            with self.subTest(arguments):
                done = self.ask('--dry-run', *arguments, 'Hello')
                self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                self.assertEqual(done.stdout, '')
                self.assertIn(word, done.stderr)

    def test_a_refusal_is_put_into_words(self):
        done = self.ask('--dry-run', '--stop', '', 'Hello')
        self.assertIn('There can be 1 to 16 stop texts', done.stderr)


class Answers(Protocol):
    def setUp(self):
        super().setUp()
        self.service = DemoService()
        self.addCleanup(self.service.close)

    def ask_demo(self, *arguments):
        return self.ask('--base-url', self.service.base_url, *arguments, key=KEY)

    def sent(self):
        with open(self.service.log_path, encoding='utf-8') as log:
            return [event for event in map(json.loads, log) if event['event'] == 'request']

    def events(self, done):
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_what_is_shown_is_what_is_sent(self):
        arguments = ['--base-url', self.service.base_url, '--prefix', 'The', '--max-tokens', '50',
                     'Go on\n#demo doc=prose rate=0 seed=1 tokens=5']
        shown = self.ask('--dry-run', *arguments).stdout
        done = self.ask(*arguments, key=KEY)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, ' sounding line is\n')
        request = self.sent()[-1]
        self.assertEqual(shown.split('\n')[0], f"POST {self.service.base_url}{request['path']}")
        self.assertEqual(shown.split('\n\n', 1)[1], request['body'] + '\n')

    def test_nothing_is_sent_by_a_dry_run(self):
        self.assertEqual(self.ask_demo('--dry-run', 'Hello').returncode, 0)
        self.assertEqual(self.sent(), [])

    def test_calls_are_printed(self):
        for how in ([], ['--no-stream']):
            for shape in ('own', 'function_call'):
                with self.subTest((how, shape)):
                    done = self.ask_demo('--tools', self.write('tools', [TOOL]), *how,
                                         f'The weather?\n#demo rate=0 shape={shape}')
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(done.stdout, 'get_weather({"location": "Hangzhou"})\n')

    def test_raw_events(self):
        done = self.ask_demo('--raw', 'Hello\n#demo doc=prose tokens=2 reasoning=1 rate=0 keepalive=1 every=1')
        self.assertEqual(done.returncode, 0, done.stderr)
        events = self.events(done)
        self.assertEqual([event['event'] for event in events],
                         ['opened', 'keep-alive'] + ['chunk'] * 5)
        self.assertEqual(''.join(event.get('content', '') for event in events), 'The soundin')
        self.assertEqual(''.join(event.get('reasoning', '') for event in events), 'The')
        self.assertEqual(events[-1]['finish_reason'], 'stop')
        self.assertEqual(events[-1]['usage']['reasoning_tokens'], 1)

    def test_raw_probabilities(self):
        done = self.ask_demo('--raw', '--no-stream', '--logprobs', '2', '--thinking', 'off',
                             'Say "\n#demo doc=prose tokens=1')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.events(done)[-1]['logprobs'],
                         [{'token': 'The', 'logprob': -0.093834, 'alternatives': [
                             {'token': 'The', 'logprob': -0.093834},
                             {'token': ' b', 'logprob': -1.093834}]}])

    def test_raw_failure(self):
        done = self.ask_demo('--raw', 'Hello\n#demo status=402')
        self.assertEqual(done.returncode, 1)
        self.assertEqual(self.events(done)[-1]['status'], 402)

    def test_it_tries_again(self):
        done = self.ask_demo('--retries', '1', 'Hello\n#demo fail=1 tokens=3 rate=0')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('1 of 1', done.stderr)
        self.assertEqual(len(self.sent()), 2)
        self.assertEqual(self.sent()[0]['body'], self.sent()[1]['body'])

    def test_it_does_not_try_again(self):
        for arguments, line, status in (([], 'fail=1', 1),
                                        (['--retries', '1'], 'status=400', 1),
                                        (['--retries', '1'], 'cut=3000 tokens=99 reasoning=0 rate=0', 3),
                                        (['--retries', '1'], 'error=2 reasoning=9 rate=0', 1)):
            with self.subTest(line):
                before = len(self.sent()) if os.path.getsize(self.service.log_path) else 0
                done = self.ask_demo(*arguments, f'Hello\n#demo {line}')
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertEqual(len(self.sent()), before + 1)

    def test_a_silent_service(self):
        done = self.ask_demo('--stall-timeout', '1', 'Hello\n#demo reasoning=0 stall=1 rate=0')
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertTrue(done.stdout.strip())
        self.assertIn('nothing for too long', done.stderr)


if __name__ == '__main__':
    tap.main()
