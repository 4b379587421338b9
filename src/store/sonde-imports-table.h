/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-database.h"

G_BEGIN_DECLS

gboolean sonde_imports_table_begin (SondeDatabase *database, gint64 id, GError **error);
gboolean sonde_imports_table_end (SondeDatabase *database, gint64 id, GError **error);
gboolean sonde_imports_table_remove_some (SondeDatabase *database,
                                          gint64 id,
                                          gboolean *left,
                                          GError **error);
GArray *sonde_imports_table_list (SondeDatabase *database, GError **error);

G_END_DECLS
