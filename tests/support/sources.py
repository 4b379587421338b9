# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the project's own files, for the checks that read them."""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Packages of others, what Python leaves behind, and texts that tests read.
NOT_OURS = {'node_modules', '__pycache__', 'data', 'corpus'}


def find(folder, *patterns):
    """The files of a folder and its subfolders, sorted, as paths from the root."""
    found = []
    for path in sorted((ROOT / folder).rglob('*')):
        inside = path.relative_to(ROOT / folder)
        if path.is_file() and not NOT_OURS.intersection(inside.parts[:-1]):
            if any(path.match(pattern) for pattern in patterns):
                found.append(path.relative_to(ROOT))
    return found


def report(problems, advice):
    """Ends the check: 0 without problems, else 1 with each of them and what to do."""
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(f'{len(problems)} found. {advice}')
