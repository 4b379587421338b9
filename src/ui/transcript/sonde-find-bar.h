/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-selection.h"
#include "sonde-turn-column.h"

G_BEGIN_DECLS

#define SONDE_TYPE_FIND_BAR (sonde_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (SondeFindBar, sonde_find_bar, SONDE, FIND_BAR, GtkWidget)

void
sonde_find_bar_set_view (SondeFindBar *self, SondeSelection *selection, SondeTurnColumn *column);
void sonde_find_bar_open (SondeFindBar *self);
void sonde_find_bar_close (SondeFindBar *self);
void sonde_find_bar_mark (SondeFindBar *self, gint64 message_id, const char *const *words);
gboolean sonde_find_bar_unmark (SondeFindBar *self);

G_END_DECLS
