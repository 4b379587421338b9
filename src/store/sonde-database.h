/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sqlite3.h>

#include "sonde-store.h"

G_BEGIN_DECLS

/* How long a lock of another program is waited for. */
#define SONDE_DATABASE_BUSY_TIMEOUT 1000 /* ms */

/**
 * SondeDatabase:
 * @handle: SQLite's own connection
 * @statements: the prepared statements, by their SQL
 * @code: SQLite's primary result code of the last failure, or `SQLITE_OK`
 *
 * One connection, used by one thread at a time.
 */
typedef struct {
  sqlite3 *handle;
  GHashTable *statements;
  int code;
} SondeDatabase;

SondeDatabase *sonde_database_open (const char *name, int flags, GError **error);
gboolean sonde_database_close (SondeDatabase *self);
gboolean sonde_database_execute (SondeDatabase *self, const char *sql, GError **error);
gboolean
sonde_database_get_integer (SondeDatabase *self, const char *sql, gint64 *value, GError **error);
void sonde_database_roll_back (SondeDatabase *self);
void sonde_database_forget_pages (SondeDatabase *self);
gboolean sonde_database_get_damaged (SondeDatabase *self);
gboolean sonde_database_get_refused (SondeDatabase *self);
void sonde_database_set_error (SondeDatabase *self, GError **error);
int sonde_store_error_from_errno (int number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDatabase, sonde_database_close)

G_END_DECLS
