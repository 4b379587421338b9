/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-statement.h"

#include <string.h>

/**
 * SondeStatement:
 *
 * A prepared statement. The database keeps it for the next time it is asked for;
 * in between it holds no lock and no values.
 */
struct _SondeStatement {
  SondeDatabase *database;
  sqlite3_stmt *handle;
  gboolean bound; /* FALSE: SQLite refused a value */
};

/**
 * sonde_statement_get:
 * @database: a database
 * @sql: one statement, in memory that stays
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the statement, to be given back by
 *   [method@Statement.release]
 */
SondeStatement *
sonde_statement_get (SondeDatabase *database, const char *sql, GError **error)
{
  SondeStatement *self = g_hash_table_lookup (database->statements, sql);
  sqlite3_stmt *handle;

  if (self == NULL) {
    if (sqlite3_prepare_v3 (database->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL) !=
        SQLITE_OK) {
      sonde_database_set_error (database, error);
      return NULL;
    }
    self = g_new0 (SondeStatement, 1);
    self->database = database;
    self->handle = handle;
    g_hash_table_insert (database->statements, (gpointer) sql, self);
  }
  self->bound = TRUE;

  return self;
}

/**
 * sonde_statement_release:
 * @self: (transfer full): a statement
 *
 * Gives it back to its database.
 */
void
sonde_statement_release (SondeStatement *self)
{
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
}

/**
 * sonde_statement_free:
 * @self: (transfer full): a statement
 *
 * Ends it; for the database alone.
 */
void
sonde_statement_free (SondeStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self);
}

/**
 * sonde_statement_bind_null:
 * @self: a statement
 * @index: which value, from 1
 */
void
sonde_statement_bind_null (SondeStatement *self, int index)
{
  if (sqlite3_bind_null (self->handle, index) != SQLITE_OK)
    self->bound = FALSE;
}

/**
 * sonde_statement_bind_int64:
 * @self: a statement
 * @index: which value, from 1
 * @value: the value
 */
void
sonde_statement_bind_int64 (SondeStatement *self, int index, gint64 value)
{
  if (sqlite3_bind_int64 (self->handle, index, value) != SQLITE_OK)
    self->bound = FALSE;
}

/**
 * sonde_statement_bind_double:
 * @self: a statement
 * @index: which value, from 1
 * @value: the value
 */
void
sonde_statement_bind_double (SondeStatement *self, int index, double value)
{
  if (sqlite3_bind_double (self->handle, index, value) != SQLITE_OK)
    self->bound = FALSE;
}

/**
 * sonde_statement_bind_string:
 * @self: a statement
 * @index: which value, from 1
 * @string: (nullable): the value, UTF-8, which must stay until the statement is released
 */
void
sonde_statement_bind_string (SondeStatement *self, int index, const char *string)
{
  if (sqlite3_bind_text (self->handle, index, string, -1, SQLITE_STATIC) != SQLITE_OK)
    self->bound = FALSE;
}

/**
 * sonde_statement_bind_text:
 * @self: a statement
 * @index: which value, from 1
 * @text: (nullable): the value, UTF-8, which must stay until the statement is released
 */
void
sonde_statement_bind_text (SondeStatement *self, int index, const GString *text)
{
  if (text == NULL)
    sonde_statement_bind_null (self, index);
  else if (sqlite3_bind_text64 (self->handle, index, text->str, text->len, SQLITE_STATIC,
                                SQLITE_UTF8) != SQLITE_OK)
    self->bound = FALSE;
}

/**
 * sonde_statement_bind_utf8:
 * @self: a statement
 * @index: which value, from 1
 * @text: the value, UTF-8, which must stay until the statement is released
 */
void
sonde_statement_bind_utf8 (SondeStatement *self, int index, GBytes *text)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  if (sqlite3_bind_text64 (self->handle, index, data != NULL ? data : "", length, SQLITE_STATIC,
                           SQLITE_UTF8) != SQLITE_OK)
    self->bound = FALSE;
}

/**
 * sonde_statement_bind_blob:
 * @self: a statement
 * @index: which value, from 1
 * @blob: the value, which must stay until the statement is released
 */
void
sonde_statement_bind_blob (SondeStatement *self, int index, GBytes *blob)
{
  gsize length;
  const void *data = g_bytes_get_data (blob, &length);

  if (sqlite3_bind_blob64 (self->handle, index, data != NULL ? data : "", length, SQLITE_STATIC) !=
      SQLITE_OK)
    self->bound = FALSE;
}

/**
 * sonde_statement_next:
 * @self: a statement
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether there is another row; %FALSE without @error at the end
 */
gboolean
sonde_statement_next (SondeStatement *self, GError **error)
{
  int code;

  if (self->bound) {
    code = sqlite3_step (self->handle);
    if (code == SQLITE_ROW)
      return TRUE;
    if (code == SQLITE_DONE)
      return FALSE;
  }

  sonde_database_set_error (self->database, error);
  return FALSE;
}

/**
 * sonde_statement_run:
 * @self: a statement that gives no rows
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether it was done
 */
gboolean
sonde_statement_run (SondeStatement *self, GError **error)
{
  GError *local_error = NULL;

  while (sonde_statement_next (self, &local_error))
    continue;
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);
  return FALSE;
}

/**
 * sonde_statement_get_n_columns:
 * @self: a statement
 *
 * Returns: how many columns its rows have
 */
int
sonde_statement_get_n_columns (SondeStatement *self)
{
  return sqlite3_column_count (self->handle);
}

/**
 * sonde_statement_is_null:
 * @self: a statement at a row
 * @column: which column, from 0
 *
 * Returns: whether it has no value
 */
gboolean
sonde_statement_is_null (SondeStatement *self, int column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

/**
 * sonde_statement_get_int64:
 * @self: a statement at a row
 * @column: which column, from 0
 *
 * Returns: its value; 0 where it has none
 */
gint64
sonde_statement_get_int64 (SondeStatement *self, int column)
{
  return sqlite3_column_int64 (self->handle, column);
}

/**
 * sonde_statement_get_double:
 * @self: a statement at a row
 * @column: which column, from 0
 *
 * Returns: its value; 0 where it has none
 */
double
sonde_statement_get_double (SondeStatement *self, int column)
{
  return sqlite3_column_double (self->handle, column);
}

/**
 * sonde_statement_get_string:
 * @self: a statement at a row
 * @column: which column, from 0
 *
 * Returns: (nullable): its value, UTF-8, valid until the next row
 */
const char *
sonde_statement_get_string (SondeStatement *self, int column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

/**
 * sonde_statement_dup_text:
 * @self: a statement at a row
 * @column: which column, from 0
 *
 * Returns: (transfer full) (nullable): its value, UTF-8, to the last byte
 */
GString *
sonde_statement_dup_text (SondeStatement *self, int column)
{
  const char *text = sonde_statement_get_string (self, column);

  if (text == NULL)
    return NULL;

  return g_string_new_len (text, sqlite3_column_bytes (self->handle, column));
}

/**
 * sonde_statement_dup_bytes:
 * @self: a statement at a row
 * @column: which column, from 0
 *
 * Returns: (transfer full): its value to the last byte, a text or a blob; a zero byte follows it
 *   in memory
 */
GBytes *
sonde_statement_dup_bytes (SondeStatement *self, int column)
{
  const char *data = sqlite3_column_blob (self->handle, column);
  gsize length = (gsize) sqlite3_column_bytes (self->handle, column);
  char *copy = g_malloc (length + 1);

  if (length > 0)
    memcpy (copy, data, length);
  copy[length] = '\0';

  return g_bytes_new_take (copy, length);
}
