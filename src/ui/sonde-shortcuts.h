/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SondeShortcutWhen:
 * @SONDE_SHORTCUT_ALWAYS: whatever is set
 * @SONDE_SHORTCUT_ENTER_SENDS: where Enter sends the message
 * @SONDE_SHORTCUT_ENTER_BREAKS: where Enter breaks the line
 *
 * When keys do what the table says.
 */
typedef enum {
  SONDE_SHORTCUT_ALWAYS,
  SONDE_SHORTCUT_ENTER_SENDS,
  SONDE_SHORTCUT_ENTER_BREAKS,
} SondeShortcutWhen;

/**
 * SondeShortcut:
 * @group: (nullable): the heading of the group that begins here
 * @title: what it does
 * @action: (nullable): the action; %NULL for keys that a widget sees to itself
 * @accelerators: the keys, %NULL behind the last
 * @when: when they do it
 *
 * A row of the one table of keys.
 */
typedef struct {
  const char *group;
  const char *title;
  const char *action;
  const char *accelerators[3];
  SondeShortcutWhen when;
} SondeShortcut;

const SondeShortcut *sonde_shortcuts_get (gsize *n_shortcuts);

G_END_DECLS
