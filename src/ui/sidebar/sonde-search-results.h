/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-library.h"

G_BEGIN_DECLS

/* Properties: "library" (SondeLibrary, nullable), "query" (string). Signals: "opened"
 * (SondeSearchHit). */
#define SONDE_TYPE_SEARCH_RESULTS (sonde_search_results_get_type ())
G_DECLARE_FINAL_TYPE (SondeSearchResults, sonde_search_results, SONDE, SEARCH_RESULTS, AdwBin)

void sonde_search_results_set_query (SondeSearchResults *self, const char *query);
void sonde_search_results_step (SondeSearchResults *self, int step);
void sonde_search_results_open_selected (SondeSearchResults *self);

G_END_DECLS
