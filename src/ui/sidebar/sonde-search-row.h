/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-search-hit.h"

G_BEGIN_DECLS

#define SONDE_TYPE_SEARCH_ROW (sonde_search_row_get_type ())
G_DECLARE_FINAL_TYPE (SondeSearchRow, sonde_search_row, SONDE, SEARCH_ROW, GtkBox)

void sonde_search_row_set_hit (SondeSearchRow *self, SondeSearchHit *hit, gboolean first);
char *sonde_search_row_make_label (SondeSearchHit *hit);

G_END_DECLS
