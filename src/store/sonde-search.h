/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-database.h"
#include "sonde-search-hit.h"
#include "sonde-search-query.h"

G_BEGIN_DECLS

char *sonde_search_make_sql (const SondeSearchQuery *query, gboolean matched);
GPtrArray *
sonde_search_run (SondeDatabase *database, const char *text, guint limit, GError **error);

G_END_DECLS
