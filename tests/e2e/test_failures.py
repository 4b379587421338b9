#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that goes wrong is said in the transcript, keeps what is there, and can be tried again."""

import re

import tap
from desktop import DesktopTest, wait_for

KEY = 'sk-e2e-0123456789abcdef'
QUESTION = 'A question that fails'


class Failures(DesktopTest):
    def start_with_service(self, *arguments, key=KEY):
        return self.start('--base-url', self.service.base_url, *arguments, DEEPSEEK_API_KEY=key)

    def fail(self, fault, words, *arguments, key=KEY, text=False, cancel=False):
        """Asks for a failure; returns the answer that failed.

        The failure says `words`, and leaves the question, the earlier answer and,
        with `text`, what had come of the answer. With `cancel` it is one that is
        tried again by itself, until that is cancelled.
        """
        chat = self.start_with_service(*arguments, key=key)
        if key == KEY:
            chat.ask('A question that is answered\n#demo rate=0 reasoning=0 tokens=30')
            earlier = chat.wait_answer().text
        chat.ask(f'{QUESTION}\n#demo {fault}')
        if cancel:
            wait_for(lambda: self.cancelled(chat), 'the answer to be cancelled')
        turn = chat.wait_answer()
        self.assertRegex(turn.alert, re.compile(words, re.IGNORECASE))
        self.assertNotIn(key, turn.alert)
        self.assertEqual(bool(turn.text), text, turn.text)
        turns = chat.turns()
        self.assertIn(QUESTION, turns[-2].text)
        if key == KEY:
            self.assertEqual(turns[1].text, earlier)
        self.assertTrue(turn.node.find('button', 'Retry'), 'Retry is offered')
        return turn

    def cancelled(self, chat):
        """The first waits may be so short that the button is gone before it is pressed."""
        button = chat.root.find('button', 'Cancel')
        if button and 'sensitive' in button.states:
            button.click()
        return chat.root.find('button', 'Send')

    def assert_kept(self, turn):
        """The failure is still there after a restart."""
        text, alert = turn.text, turn.alert
        self.end(self.chat)
        chat = self.start_with_service()
        chat.open(chat.conversations()[0])
        self.assertEqual((chat.last_turn().text, chat.last_turn().alert), (text, alert))
        self.assertTrue(chat.last_turn().node.find('button', 'Retry'), 'Retry is offered')

    def test_wrong_key(self):
        self.fail('rate=0', 'key', key='sk-wrong-0123456789')

    def test_balance(self):
        self.assert_kept(self.fail('status=402', 'balance'))

    def test_rate_limit(self):
        self.fail('status=429', 'too many|busy|limit|wait', cancel=True)

    def test_server_error(self):
        self.fail('status=500', 'service|server', cancel=True)

    def test_overloaded(self):
        self.fail('status=503', 'overloaded|busy', cancel=True)

    def test_unknown_model(self):
        turn = self.fail('status=model_not_found', 'does not know this model')
        turn.node.wait('button', 'Choose a Model').click()
        combo = self.chat.root.wait('combo box', 'Model')
        wait_for(lambda: combo.find('list item', state='focused'), 'the list of models to have the keyboard')
        self.chat.press('Home')
        self.chat.tab_to(combo.find('list item', 'DeepSeek V4 Pro'), key='Down')
        self.chat.press('Return')
        wait_for(lambda: 'Pro' in combo.description, 'another model')

    def test_conversation_too_long(self):
        turn = self.fail('status=context_length_exceeded', 'longer than the model can read')
        turn.node.wait('button', 'New Conversation').click()
        wait_for(lambda: not self.chat.root.find('article'), 'an empty conversation')

    def test_cut_connection(self):
        turn = self.fail('reasoning=0 tokens=200 cut=6000 rate=0', 'connection|ended|cut|finished', text=True)
        self.assert_kept(turn)

    def test_stalled_stream(self):
        chat = self.start_with_service('--stall-timeout', '2')
        chat.ask(f'{QUESTION}\n#demo reasoning=0 tokens=200 stall=20 rate=0')
        chat.root.wait('button', 'Keep Waiting').click()
        wait_for(lambda: not chat.root.find('button', 'Keep Waiting'), 'the notice to go')
        chat.root.wait('button', 'Keep Waiting')
        self.assertTrue(chat.last_turn().text)
        chat.root.wait('button', 'Stop').click()
        turn = chat.wait_answer()
        self.assertTrue(turn.text)
        self.assertTrue(turn.node.find('button', 'Retry'), 'Retry is offered')
        self.assertTrue(turn.node.find('button', 'Continue'), 'Continue is offered')

    def test_no_service(self):
        chat = self.start_with_service()
        chat.ask('Before\n#demo rate=0')
        chat.wait_answer()
        self.service.process.kill()
        self.service.process.wait()
        chat.ask(QUESTION)
        chat.root.wait('button', 'Cancel').click()
        turn = chat.wait_answer()
        self.assertRegex(turn.alert, re.compile('reach|network|connect', re.IGNORECASE))
        self.assertTrue(turn.node.find('button', 'Retry'))

    def test_retry_after_a_failure(self):
        # The service fails once, then answers.
        turn = self.fail('fail=1 status=402 rate=0', 'balance')
        turn.node.wait('button', 'Retry').click()
        wait_for(lambda: self.chat.last_turn().text, 'the second answer')
        turn = self.chat.wait_answer()
        self.assertEqual(turn.alert, '')
        self.assertEqual(len(self.chat.turns()), 4)

    def test_tries_again_by_itself(self):
        chat = self.start_with_service()
        chat.ask(f'{QUESTION}\n#demo fail=2 status=503 rate=0 tokens=30')
        chat.root.wait('button', 'Try Now').click()
        turn = chat.wait_answer()
        self.assertEqual(turn.alert, '')
        self.assertTrue(turn.text)
        self.assertEqual(len(chat.turns()), 2)

    def test_continues_a_cut_answer(self):
        turn = self.fail('reasoning=0 tokens=200 cut=6000 rate=0 fail=1', 'connection|cut', text=True)
        beginning = turn.text
        turn.node.wait('button', 'Continue').click()
        wait_for(lambda: not self.chat.last_turn().alert, 'the answer to go on')
        turn = self.chat.wait_answer()
        self.assertTrue(turn.text.startswith(beginning[:40]))
        self.assertGreater(len(turn.text), len(beginning))
        self.assertEqual(len(self.chat.turns()), 4)

    def test_stop_keeps_the_text(self):
        chat = self.start_with_service()
        chat.ask('Tell me a long story\n#demo reasoning=0 tokens=4000 rate=40')
        wait_for(lambda: len(chat.last_turn().text) > 100, 'some of the answer')
        seen = chat.last_turn().text
        chat.root.wait('button', 'Stop').click()
        turn = chat.wait_answer()
        self.assertTrue(turn.text.startswith(seen[:100]))
        self.assertTrue(turn.node.find('button', 'Retry'), 'Retry is offered')
        kept = turn.text
        self.end(chat)
        chat = self.start_with_service()
        chat.open('Tell me a long story')
        self.assertEqual(chat.last_turn().text, kept)


if __name__ == '__main__':
    tap.main()
