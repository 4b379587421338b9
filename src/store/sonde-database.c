/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-database.h"

#include <errno.h>

#include "sonde-search-module.h"
#include "sonde-statement.h"

G_DEFINE_QUARK (sonde - store - error - quark, sonde_store_error)

/**
 * sonde_store_error_from_errno:
 * @number: the system's error
 *
 * Returns: the SondeStoreError that says what the person can do about it
 */
int
sonde_store_error_from_errno (int number)
{
  switch (number) {
  case ENOSPC:
  case EDQUOT:
  case EFBIG:
    return SONDE_STORE_ERROR_FULL;
  case EACCES:
  case EPERM:
  case EROFS:
    return SONDE_STORE_ERROR_READ_ONLY;
  default:
    return SONDE_STORE_ERROR_FAILED;
  }
}

static int
error_from_sqlite (sqlite3 *handle, int code)
{
  switch (code) {
  case SQLITE_FULL:
    return SONDE_STORE_ERROR_FULL;
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return SONDE_STORE_ERROR_READ_ONLY;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return SONDE_STORE_ERROR_BUSY;
  case SQLITE_CANTOPEN:
  case SQLITE_IOERR:
    return sonde_store_error_from_errno (sqlite3_system_errno (handle));
  default:
    return SONDE_STORE_ERROR_FAILED;
  }
}

/**
 * sonde_database_set_error:
 * @self: a database whose last call failed
 * @error: where to say so
 *
 * Takes over SQLite's words and remembers its code.
 */
void
sonde_database_set_error (SondeDatabase *self, GError **error)
{
  self->code = sqlite3_errcode (self->handle) & 0xff;
  g_set_error_literal (error, SONDE_STORE_ERROR, error_from_sqlite (self->handle, self->code),
                       sqlite3_errmsg (self->handle));
}

/**
 * sonde_database_open:
 * @name: (type filename): a path, or a `file:` URI with `SQLITE_OPEN_URI`
 * @flags: the flags of `sqlite3_open_v2()`
 * @error: a SONDE_STORE_ERROR
 *
 * Opens the file; SQLite does not read it before the first statement.
 *
 * Returns: (transfer full) (nullable): a connection
 */
SondeDatabase *
sonde_database_open (const char *name, int flags, GError **error)
{
  g_autoptr (SondeDatabase) self = g_new0 (SondeDatabase, 1);
  int code;

  self->statements =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) sonde_statement_free);
  code = sqlite3_open_v2 (name, &self->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK) {
    sonde_database_set_error (self, error);
    return NULL;
  }
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, SONDE_DATABASE_BUSY_TIMEOUT);
  /* Newer versions of SQLite read the file here. What is no database fails again at the first
   * statement, where it is asked for. */
  if (sonde_search_module_register (self->handle) != SQLITE_OK) {
    sonde_database_set_error (self, error);
    if (!sonde_database_get_damaged (self))
      return NULL;
    g_clear_error (error);
  }

  return g_steal_pointer (&self);
}

/**
 * sonde_database_forget_pages:
 * @self: a database
 *
 * Lets go of the pages of the file that are kept for the next read. Worth it after a read of
 * much that is not read again; a query that is in progress keeps what it needs.
 */
void
sonde_database_forget_pages (SondeDatabase *self)
{
  sqlite3_db_release_memory (self->handle);
}

/**
 * sonde_database_close:
 * @self: (transfer full): a database
 *
 * Returns: whether SQLite closed it without complaint
 */
gboolean
sonde_database_close (SondeDatabase *self)
{
  int code;

  g_hash_table_unref (self->statements);
  code = sqlite3_close (self->handle);
  g_free (self);

  return code == SQLITE_OK;
}

/**
 * sonde_database_execute:
 * @self: a database
 * @sql: statements whose rows nobody needs
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether all of them were done
 */
gboolean
sonde_database_execute (SondeDatabase *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  sonde_database_set_error (self, error);
  return FALSE;
}

/**
 * sonde_database_get_integer:
 * @self: a database
 * @sql: a statement whose first row begins with a number
 * @value: (out): the number
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether there was one
 */
gboolean
sonde_database_get_integer (SondeDatabase *self, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (self, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  if (!sonde_statement_next (statement, &local_error)) {
    if (local_error == NULL)
      g_set_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED, "No row from %s", sql);
    else
      g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  *value = sonde_statement_get_int64 (statement, 0);
  return TRUE;
}

/**
 * sonde_database_roll_back:
 * @self: a database
 *
 * Takes back an open transaction; some failures have done so already.
 */
void
sonde_database_roll_back (SondeDatabase *self)
{
  if (!sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

/**
 * sonde_database_get_damaged:
 * @self: a database
 *
 * Returns: whether the last failure says that the file is no sound database
 */
gboolean
sonde_database_get_damaged (SondeDatabase *self)
{
  return self->code == SQLITE_CORRUPT || self->code == SQLITE_NOTADB;
}

/**
 * sonde_database_get_refused:
 * @self: a database
 *
 * Returns: whether the last failure lies in what was to be written, so that trying again is no use
 */
gboolean
sonde_database_get_refused (SondeDatabase *self)
{
  return self->code == SQLITE_CONSTRAINT || self->code == SQLITE_TOOBIG ||
         self->code == SQLITE_MISMATCH;
}
