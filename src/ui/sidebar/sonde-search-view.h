/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-library.h"

G_BEGIN_DECLS

/* Properties: "library" (SondeLibrary, nullable). Signals: "opened" (SondeSearchHit). */
#define SONDE_TYPE_SEARCH_VIEW (sonde_search_view_get_type ())
G_DECLARE_FINAL_TYPE (SondeSearchView, sonde_search_view, SONDE, SEARCH_VIEW, AdwBin)

SondeSearchView *sonde_search_view_new (SondeLibrary *library);
void sonde_search_view_set_text (SondeSearchView *self, const char *text);

G_END_DECLS
