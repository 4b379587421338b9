/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-journal-table.h"

#include "sonde-statement.h"

static const char *
kind_name (SondeTextKind kind)
{
  switch (kind) {
  case SONDE_TEXT_CONTENT:
    return "content";
  case SONDE_TEXT_REASONING:
    return "reasoning";
  }

  g_return_val_if_reached (NULL);
}

/**
 * sonde_journal_table_append:
 * @database: a database
 * @message_id: a message
 * @kind: which of its texts grew
 * @text: by what; empty text makes an absent text an empty one
 * @error: a SONDE_STORE_ERROR
 *
 * Nothing happens where the message is not there any more, or is not streaming.
 *
 * Returns: whether it was done
 */
gboolean
sonde_journal_table_append (SondeDatabase *database,
                            gint64 message_id,
                            SondeTextKind kind,
                            const GString *text,
                            GError **error)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    "INSERT INTO journal (message_id, seq, kind, text) "
    "SELECT id, (SELECT ifnull (max (seq), 0) + 1 FROM journal WHERE message_id = ?1), ?2, ?3 "
    "FROM messages WHERE id = ?1 AND state = 'streaming'",
    error);

  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_int64 (statement, 1, message_id);
  sonde_statement_bind_string (statement, 2, kind_name (kind));
  sonde_statement_bind_text (statement, 3, text);

  return sonde_statement_run (statement, error);
}

/**
 * sonde_journal_table_delete:
 * @database: a database
 * @message_id: a message whose own row has its whole text
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether the message has no journal any more
 */
gboolean
sonde_journal_table_delete (SondeDatabase *database, gint64 message_id, GError **error)
{
  g_autoptr (SondeStatement) statement =
    sonde_statement_get (database, "DELETE FROM journal WHERE message_id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_int64 (statement, 1, message_id);

  return sonde_statement_run (statement, error);
}

/**
 * sonde_journal_table_clear:
 * @database: a database none of whose messages is streaming
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether the journal is empty
 */
gboolean
sonde_journal_table_clear (SondeDatabase *database, GError **error)
{
  return sonde_database_execute (database, "DELETE FROM journal", error);
}
