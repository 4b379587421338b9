/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SondeShortcut:
 * @group: (nullable): the heading of the group that begins here
 * @title: what it does
 * @action: (nullable): the action; %NULL for keys that a widget sees to itself
 * @accelerators: the keys, %NULL behind the last
 *
 * A row of the one table of keys.
 */
typedef struct {
  const char *group;
  const char *title;
  const char *action;
  const char *accelerators[3];
} SondeShortcut;

const SondeShortcut *sonde_shortcuts_get (gsize *n_shortcuts);

G_END_DECLS
