/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-library.h"

G_BEGIN_DECLS

/* Properties: "library" (SondeLibrary, nullable), "content" (GtkWidget), "active"
 * (boolean). Action for its content: search.active (boolean state). Signals: "opened"
 * (SondeSearchHit), "closed". */
#define SONDE_TYPE_SEARCH_PANE (sonde_search_pane_get_type ())
G_DECLARE_FINAL_TYPE (SondeSearchPane, sonde_search_pane, SONDE, SEARCH_PANE, AdwBin)

void sonde_search_pane_set_active (SondeSearchPane *self, gboolean active);
gboolean sonde_search_pane_get_active (SondeSearchPane *self);
void sonde_search_pane_search (SondeSearchPane *self, const char *text);

G_END_DECLS
