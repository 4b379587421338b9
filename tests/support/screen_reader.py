# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person who does not see is told: where the keyboard goes, and what is announced."""

import os
import re

from gi.repository import Atspi, GLib

from desktop import Announcements, Node, wait_for

# States that are said, and those whose absence is said as well, by role.
SAID = ('checked', 'pressed', 'expanded', 'selected', 'required', 'read-only')
SAID_IF_NOT = {'check box': ('checked', 'not checked'), 'switch': ('checked', 'not checked'),
               'radio button': ('checked', 'not checked'), 'toggle button': ('pressed', 'not pressed')}

# What can have the keyboard and is nothing of its own to a person.
SILENT = ('panel', 'grouping', 'list', 'filler', 'scroll pane', 'frame', 'window')


def describe(node):
    """One line for a node: its name, what it is, how it is, what belongs to it."""
    role, states = node.role, node.states
    words = [node.name or node.text, role]
    if role in SAID_IF_NOT:
        state, absent = SAID_IF_NOT[role]
        words.append(state if state in states else absent)
    words += [state for state in SAID if state in states and state not in words]
    if 'expandable' in states and 'expanded' not in states:
        words.append('collapsed')
    if 'sensitive' not in states:
        words.append('unavailable')
    words.append(node.description)
    return ', '.join(word for word in words if word)


class ScreenReader(Announcements):
    """Writes down, in order, what is said while the block runs."""

    EVENTS = ('object:announcement', 'object:state-changed:focused')

    def __enter__(self):
        super().__enter__()
        self.listener.register('object:state-changed:focused')
        self.read = 0
        return self

    def __exit__(self, *problem):
        self.listener.deregister('object:state-changed:focused')
        super().__exit__(*problem)

    def hear(self, event):
        try:
            if event.type == 'object:announcement':
                super().hear(event)
            elif event.detail1:
                self.heard.append((event.source.get_process_id(), describe(Node(event.source))))
        except GLib.Error:
            pass  # it had the keyboard and went away with it

    def unread(self, program):
        return self.of(program)[self.read:]

    def expect(self, program, *wanted):
        """Waits until all of this was said, in this order, since the last time; a string or an expression each."""
        def all_said():
            position = self.read
            said = self.of(program)
            for line in wanted:
                matches = line.search if isinstance(line, re.Pattern) else line.__eq__
                position = next((n for n in range(position, len(said)) if matches(said[n])), -1) + 1
                if not position:
                    return None
            return position
        try:
            self.read = wait_for(all_said, f'{wanted} to be said')
        except AssertionError as problem:
            raise AssertionError(f'{problem}; said was {self.unread(program)}') from problem


def nameless(root):
    """What can be reached or pressed below a node and has no name for a person who does not see."""
    found = []
    for node in root.walk():
        if 'focusable' not in node.states or 'showing' not in node.states:
            continue
        if node.role not in SILENT and not node.name and not node.text:
            found.append(node)
    return found
