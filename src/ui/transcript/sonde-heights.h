/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SondeHeights SondeHeights;

SondeHeights *sonde_heights_new (void);
void sonde_heights_free (SondeHeights *self);
guint sonde_heights_get_n_items (const SondeHeights *self);
void sonde_heights_splice (SondeHeights *self, guint position, guint n_removed, guint n_added);
int sonde_heights_get (const SondeHeights *self, guint position);
void sonde_heights_set (SondeHeights *self, guint position, int height);
int sonde_heights_get_top (const SondeHeights *self, guint position);
int sonde_heights_get_total (const SondeHeights *self);
guint sonde_heights_find (const SondeHeights *self, int y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeHeights, sonde_heights_free)

G_END_DECLS
