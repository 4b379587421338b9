# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs unittest test cases and reports them as TAP, as Meson wants them."""

import sys
import traceback
import unittest


def note(text):
    """Prints a diagnostic that is no test point."""
    for line in str(text).splitlines():
        print(f'# {line}', flush=True)


class TapResult(unittest.TestResult):
    """Prints one test point for each test as it ends.

    A test case may have a method `explain`, called while everything that a
    failed test started is still there.
    """

    def startTest(self, test):
        super().startTest(test)
        self.problems = []

    def stopTest(self, test):
        super().stopTest(test)
        verdict = 'not ok' if self.problems else 'ok'
        print(f'{verdict} {self.testsRun} - {test.id().removeprefix("__main__.")}', flush=True)
        for problem in self.problems:
            note(problem)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err:
            self.problems.append(f'in {subtest}')
            self.record(test, err)

    def record(self, test, error):
        self.problems.append(''.join(traceback.format_exception(*error)))
        if hasattr(test, 'explain'):
            self.problems.append(test.explain())

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.record(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self.record(test, err)


def main():
    """Runs the tests of the calling script, or those named on its command line."""
    suite = unittest.TestProgram(module='__main__', exit=False, testRunner=TapRunner())
    sys.exit(0 if suite.result.wasSuccessful() else 1)


class TapRunner:
    def run(self, suite):
        print('TAP version 14')
        print(f'1..{suite.countTestCases()}', flush=True)
        result = TapResult()
        suite.run(result)
        return result
