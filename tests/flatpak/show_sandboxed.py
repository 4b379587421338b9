#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `./dev flatpak` does where there is no display: opens the window in its sandbox,
asks the demo service one question, prints the transcript and saves a screenshot."""

import os
import sys

from sandbox import Portal, SandboxHome, start_sandboxed

QUESTION = 'What can you show me?'
SECONDS = 40


def main():
    folder = os.environ['SONDE_TEST_ARTEFACTS']
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, 'screenshot.png')
    portal = Portal()
    home = SandboxHome()
    try:
        chat = start_sandboxed(home, '--demo', '--prompt', QUESTION)
        turn = chat.wait_answer(SECONDS)
        chat.settle()
        chat.screenshot(path)
        print(chat.print_transcript())
        if turn.alert or not turn.text or chat.close() != 0:
            raise AssertionError(turn.alert or 'no answer, or a bad end')
    except AssertionError as error:
        print(f'{error}\n{home.output()}', file=sys.stderr)
        return 1
    finally:
        portal.stop()
        home.remove()
    print(f'Screenshot: {path}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
