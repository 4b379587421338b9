/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-database.h"

G_BEGIN_DECLS

int sonde_database_file_lock (const char *path, GError **error);
SondeDatabase *sonde_database_file_open (const char *path,
                                         gint64 *highest_id,
                                         char **set_aside_path,
                                         GError **error);
char *sonde_database_file_set_aside (const char *path, const char *reason, GError **error);
SondeDatabase *sonde_database_file_open_reader (const char *path, GError **error);

G_END_DECLS
