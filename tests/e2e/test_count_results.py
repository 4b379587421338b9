#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The count of the suite hides nothing."""

import json
import os
import subprocess
import tempfile
import unittest

import tap

COUNT = os.path.join(os.path.dirname(tap.__file__), 'count-results')


class CountResults(unittest.TestCase):
    def count(self, *tests):
        """Returns the exit status and the last line for such a log."""
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, 'meson-logs'))
            with open(os.path.join(folder, 'meson-logs', 'testlog.json'), 'w', encoding='utf-8') as log:
                for result, output in tests:
                    log.write(json.dumps({'name': 'it', 'result': result, 'stdout': output}) + '\n')
            done = subprocess.run([COUNT, folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()[-1]

    def test_counts_every_point(self):
        self.assertEqual(self.count(('OK', '1..2\nok 1 /a\n    not ok 1 inner\nok 2 /b\n'), ('OK', 'no TAP')),
                         (0, '3 passed, 0 failed, 0 skipped'))

    def test_counts_skips(self):
        self.assertEqual(self.count(('OK', '1..2\nok 1 /a # SKIP no daemon\nok 2 /b\n'), ('SKIP', '')),
                         (0, '1 passed, 0 failed, 2 skipped'))

    def test_counts_failures_once(self):
        self.assertEqual(self.count(('FAIL', '1..2\nok 1 /a\nnot ok 2 /b - ERROR: no\nBail out!\n')),
                         (1, '1 passed, 1 failed, 0 skipped'))

    def test_a_crash_is_a_failure(self):
        self.assertEqual(self.count(('ERROR', '1..3\nok 1 /a\n')), (1, '1 passed, 1 failed, 0 skipped'))
        self.assertEqual(self.count(('FAIL', '1..1\nok 1 /a\n')), (1, '1 passed, 1 failed, 0 skipped'))

    def test_a_time_out_is_a_failure(self):
        self.assertEqual(self.count(('TIMEOUT', '')), (1, '0 passed, 1 failed, 0 skipped'))

    def test_a_known_defect_does_not_pass(self):
        self.assertEqual(self.count(('OK', '1..2\nnot ok 1 /a # TODO later\nok 2 /b')),
                         (0, '1 passed, 0 failed, 1 skipped'))

    def test_nothing_is_a_failure(self):
        self.assertEqual(self.count(), (1, '0 passed, 1 failed, 0 skipped'))


if __name__ == '__main__':
    tap.main()
