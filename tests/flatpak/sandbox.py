# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the installed Flatpak as desktop.py drives the program of the build directory.

Runs on the machine itself, inside `with-display with-keyring`; the demo service
runs where the build runs. `./dev flatpak` says which Flatpak it is.
"""

import os
import subprocess

from gi.repository import Atspi

from desktop import RUNNING, Chat, Node
from homes import Home

# The library of the machine may be older than the one that desktop.py is written for.
if not hasattr(Atspi.Accessible, 'is_text'):
    Atspi.Accessible.is_text = lambda self: self.get_text_iface() is not None
    Node.role = property(lambda self: self.accessible.get_role_name().replace('push button', 'button'))

APP_ID = os.environ['SONDE_FLATPAK_ID']
PORTAL = 'org.freedesktop.portal.Desktop'


class Portal:
    """The desktop's portals; secrets are the keyring's that `with-keyring` started."""

    def __init__(self):
        self.processes = []
        self.start('xdg-permission-store', 'org.freedesktop.impl.portal.PermissionStore')
        self.start('xdg-desktop-portal', PORTAL)

    def start(self, program, name):
        env = {**os.environ, 'XDG_CURRENT_DESKTOP': 'GNOME'}
        env.pop('G_DEBUG', None)
        self.processes.append(subprocess.Popen([f'/usr/libexec/{program}'], env=env,
                                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        subprocess.run(['gdbus', 'wait', '--session', '--timeout', '30', name], check=True)

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
            process.wait()


class SandboxHome(Home):
    """A home whose Sonde keeps its things where Flatpak puts them."""

    def __init__(self):
        super().__init__()
        self.program = 'flatpak'
        for name in ('GSETTINGS_SCHEMA_DIR', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME',
                     'XDG_STATE_HOME', 'ADW_DISABLE_PORTAL'):
            self.env.pop(name, None)
        # GTK warns of each portal that is not there, and nothing is wrong with that.
        self.env['G_DEBUG'] = 'fatal-criticals'
        config = os.path.join(self.folder, '.var', 'app', APP_ID, 'config', 'gtk-4.0')
        os.makedirs(config)
        os.rename(os.path.join(self.folder, 'config', 'gtk-4.0', 'settings.ini'),
                  os.path.join(config, 'settings.ini'))


class SandboxedChat(Chat):
    """Whoever asks the buses for the program's number is told the number of Flatpak's proxy."""

    def find_root(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and child.get_name().lower().startswith(('sonde', APP_ID.lower())):
                child.set_cache_mask(Atspi.Cache.NONE)
                return Node(child)
        return None

    def find_window(self):
        ids = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', '.'],
                             capture_output=True, text=True, check=False).stdout.split()
        return ids[0] if ids else None

    def kill(self):
        subprocess.run(['flatpak', 'kill', APP_ID], check=False, stderr=subprocess.DEVNULL)
        self.process.kill()
        self.wait_end()


def start_sandboxed(home, *arguments, options=(), **env):
    """Starts Sonde in its sandbox, with options of `flatpak run` if need be."""
    argv = ['flatpak', 'run', '--user', *options, APP_ID, *arguments]
    chat = SandboxedChat(argv, {**home.env, **env}, home.log_path)
    try:
        return chat.wait_window()
    except BaseException:
        if chat in RUNNING:
            chat.kill()
        raise
