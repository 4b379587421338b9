# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Handles the real keyring daemon that `with-keyring` started, as its owner would."""

from gi.repository import Gio, GLib

PASSWORD = b'password'  # the one that with-keyring gave
SERVICE = 'org.freedesktop.Secret.Service'
# Unlocks without a prompt: there is nobody here to type into one.
INTERNAL = 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface'


class Keyring:
    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.collection, = self.call(SERVICE, 'ReadAlias', '(s)', 'default')

    def call(self, interface, method, signature=None, *arguments):
        parameters = GLib.Variant(signature, arguments) if signature else None
        return self.bus.call_sync('org.freedesktop.secrets', '/org/freedesktop/secrets', interface,
                                  method, parameters, None, Gio.DBusCallFlags.NONE, 20_000, None)

    def session(self):
        return self.call(SERVICE, 'OpenSession', '(sv)', 'plain', GLib.Variant('s', ''))[1]

    def lock(self):
        self.call(SERVICE, 'Lock', '(ao)', [self.collection])

    def unlock(self):
        secret = (self.session(), b'', PASSWORD, 'text/plain')
        self.call(INTERNAL, 'UnlockWithMasterPassword', '(o(oayays))', self.collection, secret)

    def secrets(self):
        """Every secret in the keyring, as text."""
        unlocked, locked = self.call(SERVICE, 'SearchItems', '(a{ss})', {})
        found, = self.call(SERVICE, 'GetSecrets', '(aoo)', [*unlocked, *locked], self.session())
        return [bytes(secret[2]).decode(errors='replace') for secret in found.values()]

    def clear(self):
        unlocked, locked = self.call(SERVICE, 'SearchItems', '(a{ss})', {})
        for path in [*unlocked, *locked]:
            self.bus.call_sync('org.freedesktop.secrets', path, 'org.freedesktop.Secret.Item', 'Delete',
                               None, None, Gio.DBusCallFlags.NONE, 20_000, None)
