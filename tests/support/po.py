# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a gettext catalogue or template, for the checks that look into one."""

import ast
import dataclasses
import re

LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)? ?(".*")')


@dataclasses.dataclass
class Entry:
    """A text, and what is said in its place: one text, or one for each plural form."""

    source: str = ''
    plural: str = ''
    context: str | None = None
    texts: list[str] = dataclasses.field(default_factory=list)
    flags: set[str] = dataclasses.field(default_factory=set)

    @property
    def is_fuzzy(self):
        return 'fuzzy' in self.flags

    @property
    def is_format(self):
        return 'c-format' in self.flags


def read_entry(block):
    fields = {}
    entry = Entry()
    for line in block.splitlines():
        if line.startswith('#,'):
            entry.flags.update(flag.strip() for flag in line[2:].split(','))
        elif match := LINE.fullmatch(line):
            keyword = match[1] or keyword
            fields[keyword] = fields.get(keyword, '') + ast.literal_eval(match[2])
    entry.source = fields.get('msgid')
    entry.plural = fields.get('msgid_plural', '')
    entry.context = fields.get('msgctxt')
    entry.texts = [text for keyword, text in fields.items() if keyword.startswith('msgstr')]
    return entry


def read(path):
    """The entries of a file by context and text, without those that are no longer used."""
    with open(path, encoding='utf-8') as file:
        entries = [read_entry(block) for block in re.split(r'\n\s*\n', file.read())]
    return {(entry.context, entry.source): entry for entry in entries if entry.source is not None}
