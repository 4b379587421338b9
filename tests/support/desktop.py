# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program from outside, as a person with a screen reader would.

What it sees is the accessibility tree, what it does is keys and the actions of
that tree. Runs inside `with-display`. Nothing here sleeps and hopes: every wait
is for a condition and ends with a failure that says what was waited for.
"""

import ctypes
import os
import re
import subprocess
import sys
import time
import unittest

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

from homes import DemoService, Home  # noqa: E402

# GTK has no cache for others to fill; the library asks every program for one, and warns.
GLib.log_set_handler('dbind', GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None)

# Long enough for a sanitized build on a busy machine; never reached when all is well.
PATIENCE = 40
POLL = 0.05

# What GTK draws around a window where no compositor is, in pixels.
FRAME = 5

HERE = os.path.dirname(os.path.abspath(__file__))
ARTEFACTS = os.environ.get('SONDE_TEST_ARTEFACTS')


# Where the pointer is out of the way: as far off as the display allows.
CORNER = ('100000', '100000')

MENU_ITEMS = ('menu item', 'check menu item', 'radio menu item')

# The programs that are supposed to run: a wait ends when one of them does.
RUNNING = []


class TimedOut(AssertionError):
    """A condition did not come true in time."""


def wait_for(condition, what, seconds=PATIENCE):
    """Returns the first true value of `condition()`.

    A program may rebuild its tree while it is being read; what fails for that
    reason is not there yet.
    """
    deadline = time.monotonic() + seconds
    while True:
        for program in RUNNING:
            program.check()
        try:
            value = condition()
        except GLib.Error:
            value = None
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimedOut(f'waited {seconds} s for {what}')
        time.sleep(POLL)


def need_display(size='1280x900', keyring=False):
    """Starts the calling script anew on a display of its own, unless it is on one."""
    if 'SONDE_WITH_DISPLAY' not in os.environ:
        command = [os.path.join(HERE, 'with-display'), '--size', size]
        if keyring:
            command.append(os.path.join(HERE, 'with-keyring'))
        os.execv(command[0], [*command, sys.executable, *sys.argv])


# --- the accessibility tree ---------------------------------------------------


class Node:
    """One node of the accessibility tree, always read anew."""

    def __init__(self, accessible):
        self.accessible = accessible

    @property
    def role(self):
        return self.accessible.get_role_name()

    @property
    def name(self):
        return self.accessible.get_name() or ''

    @property
    def description(self):
        return self.accessible.get_description() or ''

    @property
    def states(self):
        return {state.value_nick for state in self.accessible.get_state_set().get_states()}

    @property
    def text(self):
        """What the node itself says: its text, or nothing where it has none."""
        if not self.accessible.is_text():
            return ''
        return Atspi.Text.get_text(self.accessible, 0, Atspi.Text.get_character_count(self.accessible))

    @property
    def children(self):
        accessible = self.accessible
        found = (accessible.get_child_at_index(i) for i in range(accessible.get_child_count()))
        return [Node(child) for child in found if child]

    def walk(self):
        """This node and everything below it, in reading order."""
        yield self
        for child in self.children:
            try:
                yield from child.walk()
            except GLib.Error:
                continue  # it went away while its siblings were read

    def matches(self, role=None, name=None, state=None):
        """`name` is a string or a compiled expression; a role may be one of several."""
        if role and self.role not in ((role,) if isinstance(role, str) else role):
            return False
        if isinstance(name, re.Pattern):
            if not name.search(self.name):
                return False
        elif name is not None and self.name != name:
            return False
        return state is None or state in self.states

    def find_all(self, role=None, name=None, state=None):
        return [node for node in self.walk() if node.matches(role, name, state)]

    def find(self, role=None, name=None, state=None):
        return next((node for node in self.walk() if node.matches(role, name, state)), None)

    def wait(self, role=None, name=None, state=None, seconds=PATIENCE):
        wanted = name.pattern if isinstance(name, re.Pattern) else name
        return wait_for(lambda: self.find(role, name, state),
                        f'{role or "node"} "{wanted}"' + (f' that is {state}' if state else ''), seconds)

    def wait_gone(self, role=None, name=None, seconds=PATIENCE):
        wait_for(lambda: not self.find(role, name), f'{role or "node"} "{name}" to go', seconds)

    def click(self):
        """Does what a click does."""
        wait_for(lambda: 'sensitive' in self.states, f'"{self.name}" to be sensitive')
        # The first action of a button is its click. GTK leaks a list of the others that it is asked for.
        if self.role not in ('button', 'toggle button', 'radio button'):
            raise AssertionError(f'a {self.role} is not clicked but reached by the keyboard')
        Atspi.Action.do_action(self.accessible, 0)

    def set_text(self, text):
        if not Atspi.EditableText.set_text_contents(self.accessible, text):
            raise AssertionError(f'{self.role} "{self.name}" does not take text')

    def dump(self, indent=0):
        """The tree below this node, for people."""
        try:
            states = self.states - {'sensitive', 'showing', 'visible', 'enabled'}
            words = [self.role, repr(self.name), f'({self.description})' if self.description else '',
                     f'[{" ".join(sorted(states))}]' if states else '']
            if self.text and self.text != self.name:
                words.append(repr(self.text))
            lines = ['  ' * indent + ' '.join(word for word in words if word)]
            return '\n'.join(lines + [child.dump(indent + 1) for child in self.children])
        except GLib.Error as error:
            return '  ' * indent + f'({error.message})'


class Turn:
    """One article of the transcript."""

    def __init__(self, node):
        self.node = node
        self.who = node.name
        self.reasoning = node.find('button', re.compile('^Reasoning'))
        alert = node.find(('alert', 'notification'))
        self.alert = ' '.join(read_aloud(alert)) if alert else ''
        self.text = '\n'.join(read_aloud(node))


def read_aloud(node):
    """The texts below a node, without those of buttons and alerts within it."""
    texts = []
    for child in node.children:
        if child.role in ('button', 'toggle button', 'alert', 'notification'):
            continue
        if child.text.strip():
            texts.append(child.text.strip())
        else:
            texts.extend(read_aloud(child))
    return texts


class Announcements:
    """What programs tell a screen reader to say, while the block runs.

    Those count that start in it: a program learns late of who listens.
    """

    def __enter__(self):
        self.heard = []
        self.listener = Atspi.EventListener.new(self.hear)
        self.listener.register('object:announcement')
        return self

    def __exit__(self, *_):
        self.listener.deregister('object:announcement')

    def hear(self, event):
        self.heard.append((event.source.get_process_id(), event.any_data))

    def of(self, program):
        """The words of one program, in the order in which they came."""
        while GLib.MainContext.default().iteration(False):
            pass
        return [text for pid, text in self.heard if pid == program.process.pid]


# --- programs -----------------------------------------------------------------


class Program:
    """The running program and its window."""

    def __init__(self, argv, env, log_path):
        self.log = open(log_path, 'ab')
        self.process = subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log)
        RUNNING.append(self)
        self.root = None
        self.window_id = None

    def check(self):
        if self.process.poll() is not None:
            raise AssertionError(f'the program ended with {self.process.returncode}')

    def wait_window(self):
        """Returns when the window is there and has the keyboard."""
        self.root = wait_for(self.find_root, 'the program in the accessibility tree')
        frame = self.root.wait(('frame', 'window'), state='showing')
        self.window_id = wait_for(self.find_window, 'the window on the display')
        # There is no window manager to give it the keyboard; the pointer is out of the way.
        xdotool('mousemove', *CORNER, 'windowfocus', self.window_id)
        wait_for(lambda: 'active' in frame.states, 'the window to be active')
        return self

    def find_root(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and child.get_process_id() == self.process.pid:
                # The cache follows the program's signals, and lags behind the program.
                child.set_cache_mask(Atspi.Cache.NONE)
                return Node(child)
        return None

    def children(self):
        """The processes that the program has started."""
        folder = f'/proc/{self.process.pid}/task'
        found = []
        for task in os.listdir(folder):
            with open(f'{folder}/{task}/children', encoding='utf-8') as children:
                found += [int(pid) for pid in children.read().split()]
        return found

    def find_window(self):
        ids = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)],
                             capture_output=True, text=True, check=False).stdout.split()
        return ids[0] if ids else None

    def press(self, *keys):
        """Presses keys, each named as xdotool names it: `Return`, `ctrl+n`."""
        xdotool('key', '--delay', '20', *keys)

    def type(self, text):
        """Types text; a new line is Shift+Return, since Return sends."""
        for number, line in enumerate(text.split('\n')):
            if number:
                self.press('shift+Return')
            xdotool('type', '--delay', '8', line)

    def focused(self):
        return self.root.find(state='focused')

    def tab_to(self, *nodes, key='Tab', backwards=False):
        """Moves the focus with that key alone to the first of these nodes that is on the way."""
        seen = []
        for _ in range(60):
            for node in nodes:
                if 'focused' in node.states:
                    return node
            before = self.focused()
            seen.append(f'{before.role} "{before.name}"' if before else 'nothing')
            self.press(f'shift+{key}' if backwards else key)
        raise AssertionError(f'{key} does not reach {nodes[0].role} "{nodes[0].name}", only {seen}')

    def scroll_up(self):
        """Turns the wheel over the middle of the window until the top is reached."""
        xdotool('mousemove', '--window', self.window_id, '--polar', '0', '100')
        xdotool('click', '--repeat', '60', '--delay', '5', '4')
        xdotool('mousemove', *CORNER)

    def resize(self, width, height):
        """Gives the contents of the window that size."""
        width += 2 * FRAME
        height += 2 * FRAME
        xdotool('windowsize', '--sync', self.window_id, str(width), str(height))
        frame = self.root.find(('frame', 'window'))
        wait_for(lambda: frame.accessible.get_extents(Atspi.CoordType.WINDOW).width == width,
                 f'the window to be {width} wide')

    def settle(self):
        """Returns when two pictures of the window, a moment apart, are the same, or soon anyway."""
        pictures = [b'', b'-']

        def picture_again():
            pictures[:] = [pictures[1], subprocess.run(
                ['import', '-window', self.window_id, 'rgb:-'], capture_output=True, check=True).stdout]
            return pictures[0] == pictures[1]

        try:
            wait_for(picture_again, 'the window to be still', seconds=2)
        except TimedOut:
            pass  # it streams, or a cursor blinks

    def screenshot(self, path):
        """Saves the window without the frame that it draws where no compositor is."""
        subprocess.run(['import', '-window', self.window_id, path], check=True)
        subprocess.run(['mogrify', '-shave', f'{FRAME}x{FRAME}', '+repage', path], check=True)

    def kill(self):
        """As a power cut would: nothing of the program runs any more."""
        self.process.kill()
        self.wait_end()

    def close(self):
        """Quits by the keyboard and returns the exit status."""
        try:
            if self.process.poll() is None:
                self.press('ctrl+q')
            return self.wait_end()
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            self.kill()
            return self.process.returncode

    def wait_end(self):
        if self in RUNNING:
            RUNNING.remove(self)
        self.log.close()
        return self.process.wait(PATIENCE)


def xdotool(*arguments):
    subprocess.run(['xdotool', *arguments], check=True, stdout=subprocess.DEVNULL)


def scale_text(factor):
    """What the desktop's settings do for larger text, for the programs that start from now on."""
    resources = f'Xft.dpi:\t{int(96 * factor)}\n'.encode()
    xlib = ctypes.CDLL('libX11.so.6')
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    xlib.XDefaultRootWindow.restype = xlib.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(xlib.XOpenDisplay(None))
    root = ctypes.c_ulong(xlib.XDefaultRootWindow(display))
    name = ctypes.c_ulong(xlib.XInternAtom(display, b'RESOURCE_MANAGER', False))
    text = ctypes.c_ulong(xlib.XInternAtom(display, b'STRING', False))
    # 8 bits a unit, in the place of what is there (0).
    xlib.XChangeProperty(display, root, name, text, 8, 0, resources, len(resources))
    xlib.XCloseDisplay(display)


class Chat(Program):
    """Sonde, by the names in its interface."""

    @property
    def message(self):
        return self.root.wait('text', 'Message')

    @property
    def transcript(self):
        return self.root.wait('log', 'Transcript')

    def turns(self):
        """The turns that are seen or near; the tree has no others."""
        return [Turn(node) for node in self.transcript.find_all('article')]

    def last_turn(self):
        turns = self.turns()
        return turns[-1] if turns else None

    def conversations(self):
        """The titles in the sidebar."""
        listed = self.root.find('list', 'Conversations')
        return [row.name for row in listed.find_all('list item')] if listed else []

    def type_key(self, key):
        """Types an API key where one is asked for, and returns the entry."""
        entry = (self.root.find('dialog') or self.root).wait('text', 'API Key')
        self.tab_to(entry)
        self.press('ctrl+a', 'BackSpace')
        self.type(key)
        wait_for(lambda: len(entry.text) == len(key), 'the key to be typed')
        return entry

    def add_key(self, key, button='Add Key'):
        """Enters an API key where one is asked for."""
        self.type_key(key)
        self.root.wait('button', button, 'sensitive').click()

    def add_session_key(self, key):
        """Enters a key that no keyring is to keep, from the page that says what is wrong with it."""
        self.root.wait('button', 'Enter Key for This Session…').click()
        self.add_key(key, 'Use for This Session')

    def wait_composer(self):
        self.root.wait('text', 'Message')

    def open(self, title):
        """Opens a conversation of the sidebar by the keyboard, and waits for what is in it."""
        self.root.wait('list', 'Conversations').wait('list item', title)
        while (before := self.selected()) != title:
            titles = [None, *self.conversations()]
            down = titles.index(before) < titles.index(title)
            self.press('ctrl+Next' if down else 'ctrl+Prior')
            wait_for(lambda: self.selected() != before, 'the selection to move')
        wait_for(self.turns, f'the conversation "{title}"')

    def focus_row(self, name):
        """Moves the focus to a row of the sidebar without opening it."""
        listed = self.root.wait('list', 'Conversations')
        row = listed.wait('list item', name)
        while not (current := listed.find('list item', state='focused')):
            self.press('F6')
        names = self.conversations()
        step = 'Down' if names.index(current.name) < names.index(name) else 'Up'
        self.tab_to(row, key=f'ctrl+{step}')
        return row

    def choose_in_menu(self, *items):
        """Walks the menu that is open, and the menus within it, with the arrows and Return.

        Each item is named as it is read; the underline of a label may be there as well. Whatever opened
        the menu, this is the way to do something with it: `press('Menu')`, the click of a menu's button.
        """
        for label in items:
            item = self.root.wait(MENU_ITEMS, label.replace('_', ''), 'showing')
            wait_for(lambda: (focus := self.focused()) and focus.role in MENU_ITEMS,
                     'a menu to have the keyboard')
            self.tab_to(item, key='Down')
            self.press('Return')

    def turn_menu(self, position, *items):
        """Does something with a turn by the menu below it; `position` is its index in `turns()`."""
        more = self.turns()[position].node.wait('button', 'More')
        more.wait('toggle button').click()
        self.choose_in_menu(*items)

    def row_menu(self, row, *items):
        """Does something with a row of the sidebar by its menu."""
        self.focus_row(row)
        self.press('Menu')
        self.choose_in_menu(*items)

    def main_menu(self, *items):
        self.root.wait('button', 'Main Menu')
        self.press('F10')
        self.choose_in_menu(*items)

    def choose_file(self, path):
        """Gives the window that asks for a file this one, by its path and the keyboard."""
        window = self.root.wait('dialog', state='active')
        # Where a file is saved its name has the keyboard; in the list of files a path begins with its first letter.
        focus = wait_for(lambda: window.find(state='focused'), 'the window to have the keyboard')
        if focus.role != 'text':
            self.press('slash')
        entry = wait_for(lambda: window.find('text', state='focused'), 'the path to have the keyboard')
        entry.set_text(path)
        wait_for(lambda: entry.text == path, 'the path to be in its entry')
        self.press('Return')
        self.wait_file_window_gone(window)

    def choose_no_file(self):
        """Closes the window that asks for a file."""
        window = self.root.wait('dialog', state='active')
        self.press('Escape')
        self.wait_file_window_gone(window)

    def wait_file_window_gone(self, window):
        wait_for(lambda: 'active' not in window.states, 'the window that asks for a file to go')
        # A window manager would do that.
        xdotool('windowfocus', self.window_id)
        frame = self.root.find(('frame', 'window'))
        wait_for(lambda: 'active' in frame.states, 'the window to be active again')

    def selected(self):
        """The title of the conversation that is open."""
        listed = self.root.find('list', 'Conversations')
        row = listed and listed.find('list item', state='selected')
        return row and row.name

    def ask(self, question):
        """Puts a question into the composer and sends it."""
        message = self.message
        message.set_text(question)
        wait_for(lambda: message.text == question, 'the question to be in the composer')
        self.root.wait('button', 'Send', 'sensitive').click()
        wait_for(lambda: not message.text, 'the composer to be empty again')
        wait_for(self.last_turn, 'the question to be in the transcript')

    def wait_answer(self, seconds=PATIENCE):
        """Waits until no answer is on its way, and returns the last turn."""
        self.root.wait('button', 'Send', seconds=seconds)
        return self.last_turn()

    def new_conversation(self):
        self.root.wait('button', 'New Conversation').click()
        wait_for(lambda: not self.root.find('article'), 'an empty conversation')

    def wait_words(self, pattern):
        """Returns the first node that says something like this."""
        def says():
            return next((node for node in self.root.walk()
                         if pattern.search(node.name) or pattern.search(node.text)), None)
        return wait_for(says, f'words like "{pattern.pattern}"')

    def wait_streaming(self):
        """Returns when some text of the answer is there and more is to come."""
        wait_for(lambda: self.root.find('button', 'Stop') and self.last_turn().text, 'an answer to begin')

    def wait_thinking(self):
        """Returns the disclosure of the reasoning that is on its way."""
        return wait_for(lambda: (turn := self.last_turn()) and turn.reasoning, 'reasoning')

    def wait_text(self, text, seconds=PATIENCE):
        return wait_for(lambda: (turn := self.last_turn()) and text in turn.text and turn,
                        f'"{text}" in the last turn', seconds)

    def choose_model(self, name):
        combo = self.root.wait('combo box', 'Model')
        combo.wait('toggle button').click()
        item = combo.wait('list item', name)
        wait_for(lambda: combo.find('list item', state='focused'), 'the list of models to have the keyboard')
        self.press('Home')
        self.tab_to(item, key='Down')
        self.press('Return')
        wait_for(lambda: name in combo.description, f'the model to be {name}')

    def choose_thinking(self, name):
        group = self.root.wait(name='Thinking')
        level = group.wait('radio button', name)
        level.click()
        wait_for(lambda: 'checked' in level.states, f'thinking to be {name}')

    def print_transcript(self):
        lines = []
        for turn in self.turns():
            lines.append(turn.who)
            if turn.reasoning:
                lines.append(f'  [{turn.reasoning.name}]')
            lines += [f'  {line}' for line in turn.text.splitlines()]
            if turn.alert:
                lines.append(f'  ! {turn.alert}')
            lines.append('')
        return '\n'.join(lines)


def start_sonde(home, *arguments, **env):
    """Starts Sonde for the person who lives in `home`; its window is there on return."""
    chat = Chat([home.program, *arguments], {**home.env, **env}, home.log_path)
    try:
        return chat.wait_window()
    except BaseException:
        chat.kill()
        raise


class DesktopTest(unittest.TestCase):
    """A test with a home and a demo service of its own."""

    def setUp(self):
        self.home = Home()
        self.addCleanup(self.home.remove)
        self.service = DemoService()
        self.addCleanup(self.service.close)
        self.chat = None

    def start(self, *arguments, **env):
        self.chat = start_sonde(self.home, *arguments, **env)
        self.addCleanup(self.end, self.chat)
        return self.chat

    def end(self, chat):
        """Sonde must end well unless the test ended it."""
        if chat in RUNNING:
            self.assertEqual(chat.close(), 0, self.home.output())

    def explain(self):
        """What the person would have seen when the test failed."""
        lines = []
        if self.chat and self.chat.process.poll() is None and self.chat.root:
            if ARTEFACTS:
                os.makedirs(ARTEFACTS, exist_ok=True)
                path = os.path.join(ARTEFACTS, f'{self.id().removeprefix("__main__.")}.png')
                subprocess.run(['import', '-window', 'root', path], check=False)
                lines.append(f'screenshot: {path}')
            lines.append(self.chat.root.dump())
        lines.append(f'log of the program:\n{self.home.output()[-4000:]}')
        return '\n'.join(lines)
