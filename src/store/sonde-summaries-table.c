/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-summaries-table.h"

#include "sonde-statement.h"

/* The notes that stand for what was said up to a message; one that was taken back stays, so
 * that it is known from when on what was counted holds again. They go with their message. */
const char sonde_summaries_schema[] =
  "CREATE TABLE summaries ("
  "  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,"
  "  text TEXT NOT NULL,"
  "  used INTEGER NOT NULL,"
  "  changed_at INTEGER NOT NULL"
  ") STRICT;";

enum { COLUMN_MESSAGE_ID, COLUMN_TEXT, COLUMN_USED, COLUMN_CHANGED_AT };

/**
 * sonde_summaries_table_save:
 * @database: a database
 * @message_id: a message that is stored
 * @summary: (nullable): its note; one that is not written yet is left out
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether it was done
 */
gboolean
sonde_summaries_table_save (SondeDatabase *database,
                            gint64 message_id,
                            const SondeSummary *summary,
                            GError **error)
{
  g_autoptr (SondeStatement) statement = NULL;

  if (!sonde_summary_is_kept (summary))
    return TRUE;

  statement = sonde_statement_get (
    database,
    "INSERT INTO summaries (message_id, text, used, changed_at) VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (message_id) DO UPDATE SET text = ?2, used = ?3, changed_at = ?4",
    error);
  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_int64 (statement, 1 + COLUMN_MESSAGE_ID, message_id);
  sonde_statement_bind_string (statement, 1 + COLUMN_TEXT, summary->text);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_USED, summary->state == SONDE_SUMMARY_USED);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_CHANGED_AT, summary->changed_at);

  return sonde_statement_run (statement, error);
}

static void
free_summary (gpointer summary)
{
  sonde_summary_free (summary);
}

/**
 * sonde_summaries_table_load:
 * @database: a database
 * @conversation_id: a conversation
 * @first_id: the first of its messages to look at
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type gint64 SondeSummary): by the numbers of the
 *   messages that have one, their notes
 */
GHashTable *
sonde_summaries_table_load (SondeDatabase *database,
                            gint64 conversation_id,
                            gint64 first_id,
                            GError **error)
{
  g_autoptr (GHashTable) summaries =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_summary);
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    "SELECT message_id, text, used, changed_at FROM summaries CROSS JOIN messages "
    "ON id = message_id WHERE message_id >= ?2 AND conversation_id = ?1",
    error);
  GError *local_error = NULL;

  if (statement == NULL)
    return NULL;
  sonde_statement_bind_int64 (statement, 1, conversation_id);
  sonde_statement_bind_int64 (statement, 2, first_id);
  while (sonde_statement_next (statement, &local_error)) {
    gint64 id = sonde_statement_get_int64 (statement, COLUMN_MESSAGE_ID);

    g_hash_table_insert (
      summaries, g_memdup2 (&id, sizeof id),
      sonde_summary_new (sonde_statement_get_int64 (statement, COLUMN_USED) != 0
                           ? SONDE_SUMMARY_USED
                           : SONDE_SUMMARY_UNUSED,
                         sonde_statement_get_string (statement, COLUMN_TEXT),
                         sonde_statement_get_int64 (statement, COLUMN_CHANGED_AT)));
  }
  if (local_error != NULL) {
    g_propagate_error (error, local_error);
    return NULL;
  }

  return g_steal_pointer (&summaries);
}
