/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-database.h"

G_BEGIN_DECLS

/* The step of the schema that makes the index; see sonde-search-index.c. */
extern const char sonde_search_index_schema[];

/* Microseconds of a place in the index. */
#define SONDE_SEARCH_PLACE_UNIT "1000"

gboolean sonde_search_index_build (SondeDatabase *database,
                                   guint n_messages,
                                   gboolean *done,
                                   GError **error);
gboolean
sonde_search_index_get_progress (SondeDatabase *database, double *progress, GError **error);
gboolean
sonde_search_index_merge (SondeDatabase *database, guint n_pages, gboolean *done, GError **error);

G_END_DECLS
