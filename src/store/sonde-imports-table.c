/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The imports that are not finished: what they wrote is hidden until they are. */

#include "sonde-imports-table.h"

#include "sonde-attachments-table.h"
#include "sonde-statement.h"

/* How many messages are removed in one go: a conversation may have a great many. */
#define N_MESSAGES 50

static gboolean
run (SondeDatabase *database, const char *sql, gint64 id, GError **error)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (database, sql, error);

  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_int64 (statement, 1, id);

  return sonde_statement_run (statement, error);
}

/**
 * sonde_imports_table_begin:
 * @database: a database
 * @id: the number of a new import
 * @error: a SONDE_STORE_ERROR
 *
 * Conversations with this import's number are hidden from now on.
 *
 * Returns: whether it was done
 */
gboolean
sonde_imports_table_begin (SondeDatabase *database, gint64 id, GError **error)
{
  return run (database, "INSERT INTO imports (id) VALUES (?1) ON CONFLICT (id) DO NOTHING", id,
              error);
}

/**
 * sonde_imports_table_end:
 * @database: a database
 * @id: an import
 * @error: a SONDE_STORE_ERROR
 *
 * What the import has written is there from now on.
 *
 * Returns: whether it was done
 */
gboolean
sonde_imports_table_end (SondeDatabase *database, gint64 id, GError **error)
{
  return run (database, "DELETE FROM imports WHERE id = ?1", id, error);
}

/**
 * sonde_imports_table_remove_some:
 * @database: a database
 * @id: an import that is given up
 * @left: (out): whether there is more to remove
 * @error: a SONDE_STORE_ERROR
 *
 * Removes a small part of what the import has written, and at last the import.
 *
 * Returns: whether it was done
 */
gboolean
sonde_imports_table_remove_some (SondeDatabase *database, gint64 id, gboolean *left, GError **error)
{
  g_autoptr (SondeStatement) find =
    sonde_statement_get (database,
                         "SELECT id FROM conversations WHERE import_id = ?1 AND import_id <> 0 "
                         "LIMIT 1",
                         error);
  g_autoptr (SondeStatement) messages = sonde_statement_get (
    database,
    "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE conversation_id = ?1 "
    "ORDER BY id DESC LIMIT " G_STRINGIFY (N_MESSAGES) ")",
    error);
  g_autoptr (GError) local_error = NULL;
  gint64 conversation_id;

  *left = FALSE;
  if (find == NULL || messages == NULL)
    return FALSE;
  sonde_statement_bind_int64 (find, 1, id);
  if (!sonde_statement_next (find, &local_error)) {
    if (local_error == NULL)
      return sonde_attachments_table_clean (database, error) &&
             sonde_imports_table_end (database, id, error);
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  *left = TRUE;
  conversation_id = sonde_statement_get_int64 (find, 0);
  sonde_statement_bind_int64 (messages, 1, conversation_id);
  if (!sonde_statement_run (messages, error))
    return FALSE;
  if (sqlite3_changes (database->handle) == N_MESSAGES)
    return TRUE;

  return run (database, "DELETE FROM conversations WHERE id = ?1", conversation_id, error);
}

/**
 * sonde_imports_table_list:
 * @database: a database
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the imports that are not finished
 */
GArray *
sonde_imports_table_list (SondeDatabase *database, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (SondeStatement) statement =
    sonde_statement_get (database, "SELECT id FROM imports", error);
  GError *local_error = NULL;

  if (statement == NULL)
    return NULL;
  while (sonde_statement_next (statement, &local_error)) {
    gint64 id = sonde_statement_get_int64 (statement, 0);

    g_array_append_val (ids, id);
  }
  if (local_error != NULL) {
    g_propagate_error (error, local_error);
    return NULL;
  }

  return g_steal_pointer (&ids);
}
