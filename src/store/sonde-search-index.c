/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-search-index.h"

#include "sonde-statement.h"

/* A message's place in the index is the millisecond that it was said in: newest
 * first is then the order of the index itself, also for what was imported. Where the
 * place is taken, it gets another one near it, then farther away. */
#define PLACE(offset)                                                                              \
  "INSERT INTO search_rows (place, message_id) SELECT new.created_at / " SONDE_SEARCH_PLACE_UNIT   \
  " + " offset ", new.id "                                                                         \
  "WHERE NOT EXISTS (SELECT 1 FROM search_rows WHERE message_id = new.id) AND NOT EXISTS "         \
  "(SELECT 1 FROM search_rows WHERE place = new.created_at / " SONDE_SEARCH_PLACE_UNIT             \
  " + " offset ");"

#define FIND_PLACE                                                                                 \
  PLACE ("0")                                                                                      \
  PLACE ("1 + new.id % 16")                                                                        \
  PLACE ("17 + new.id % 4099")                                                                     \
  PLACE ("4116 + new.id % 1048573")                                                                \
  PLACE ("1052689 + new.id")

#define INSERT_ENTRY                                                                               \
  "INSERT INTO search_entries (id, created_at, content, reasoning) "                               \
  "VALUES (new.id, new.created_at, new.content, new.reasoning);"

/* An index without texts must be told what it is to forget. */
#define DELETE_ENTRY                                                                               \
  "INSERT INTO search_index (search_index, rowid, content, reasoning, names) "                     \
  "SELECT 'delete', place, old.content, old.reasoning, names FROM search_rows "                    \
  "WHERE message_id = old.id;"

#define RENEW_NAMES(id_of_message)                                                                 \
  "INSERT INTO search_index (search_index, rowid, content, reasoning, names) "                     \
  "SELECT 'delete', place, content, reasoning, names FROM search_rows "                            \
  "JOIN messages ON id = message_id WHERE message_id = " id_of_message ";"                         \
  "INSERT INTO search_entries (id, created_at, content, reasoning) "                               \
  "SELECT id, created_at, content, reasoning FROM messages WHERE id = " id_of_message " AND "      \
  "EXISTS (SELECT 1 FROM search_rows WHERE message_id = id);"

#define INSERT_TITLE                                                                               \
  "INSERT INTO search_titles (rowid, title) SELECT new.id, new.title WHERE new.title IS NOT NULL;"

#define DELETE_TITLE                                                                               \
  "INSERT INTO search_titles (search_titles, rowid, title) "                                       \
  "SELECT 'delete', old.id, old.title WHERE old.title IS NOT NULL;"

/* The index has no copy of the texts. Triggers keep it in step, so that it changes in
 * the transaction that stores a text and whoever stores it. While a message is
 * streaming its row does not change: it is indexed once, at its end; what a continued
 * answer had before stays in the index until then.
 *
 * `secure-delete` takes deleted words out of the index at once.
 *
 * What was there before is indexed later and little by little: `search_backlog` has the
 * number that the rest is below. Titles are few and go at once. */
/* clang-format off */
const char sonde_search_index_schema[] =
  "CREATE TABLE search_rows ("
  "  place INTEGER PRIMARY KEY,"
  "  message_id INTEGER NOT NULL UNIQUE,"
  "  names TEXT"
  ") STRICT;"
  "CREATE VIRTUAL TABLE search_index USING fts5 (content, reasoning, names, tokenize = 'sonde', "
  "  content = '', columnsize = 0);"
  "INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);"
  "CREATE VIRTUAL TABLE search_titles USING fts5 (title, tokenize = 'sonde', content = '', "
  "  columnsize = 0);"
  "INSERT INTO search_titles (search_titles, rank) VALUES ('secure-delete', 1);"
  "CREATE TABLE search_backlog (below INTEGER NOT NULL) STRICT;"
  "INSERT INTO search_backlog SELECT ifnull (max (id), -1) + 1 FROM messages;"

  "CREATE VIEW search_entries AS SELECT id, created_at, content, reasoning FROM messages;"
  "CREATE TRIGGER search_entry_inserted INSTEAD OF INSERT ON search_entries BEGIN "
  FIND_PLACE
  "  UPDATE search_rows SET names = (SELECT group_concat (name, char (10) ORDER BY position) "
  "    FROM message_attachments WHERE message_id = new.id) WHERE message_id = new.id;"
  "  INSERT INTO search_index (rowid, content, reasoning, names) "
  "    SELECT place, new.content, new.reasoning, names FROM search_rows WHERE message_id = new.id;"
  "END;"
  "CREATE TRIGGER search_message_inserted AFTER INSERT ON messages "
  "WHEN new.state <> 'streaming' BEGIN "
  INSERT_ENTRY
  "END;"
  "CREATE TRIGGER search_message_updated AFTER UPDATE OF content, reasoning, state ON messages "
  "WHEN new.state <> 'streaming' AND (new.content IS NOT old.content OR "
  "  new.reasoning IS NOT old.reasoning OR "
  "  NOT EXISTS (SELECT 1 FROM search_rows WHERE message_id = new.id)) BEGIN "
  DELETE_ENTRY INSERT_ENTRY
  "END;"
  "CREATE TRIGGER search_message_deleted AFTER DELETE ON messages BEGIN "
  DELETE_ENTRY
  "  DELETE FROM search_rows WHERE message_id = old.id;"
  "END;"
  "CREATE TRIGGER search_attachment_inserted AFTER INSERT ON message_attachments BEGIN "
  RENEW_NAMES ("new.message_id")
  "END;"
  "CREATE TRIGGER search_attachment_deleted AFTER DELETE ON message_attachments BEGIN "
  RENEW_NAMES ("old.message_id")
  "END;"

  "CREATE TRIGGER search_title_inserted AFTER INSERT ON conversations BEGIN "
  INSERT_TITLE
  "END;"
  "CREATE TRIGGER search_title_updated AFTER UPDATE OF title ON conversations "
  "WHEN new.title IS NOT old.title BEGIN "
  DELETE_TITLE INSERT_TITLE
  "END;"
  "CREATE TRIGGER search_title_deleted AFTER DELETE ON conversations BEGIN "
  DELETE_TITLE
  "END;"
  "INSERT INTO search_titles (rowid, title) "
  "  SELECT id, title FROM conversations WHERE title IS NOT NULL;";
/* clang-format on */

/* The number of the message that is the last of the next @n_messages, going down. */
static gboolean
find_batch (SondeDatabase *database, guint n_messages, gint64 *below, gint64 *from, GError **error)
{
  g_autoptr (SondeStatement) statement = NULL;
  GError *local_error = NULL;

  if (!sonde_database_get_integer (database, "SELECT below FROM search_backlog", below, error))
    return FALSE;
  *from = 0;
  if (*below <= 0)
    return TRUE;

  statement = sonde_statement_get (
    database, "SELECT id FROM messages WHERE id < ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2", error);
  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_int64 (statement, 1, *below);
  sonde_statement_bind_int64 (statement, 2, n_messages - 1);
  if (sonde_statement_next (statement, &local_error))
    *from = sonde_statement_get_int64 (statement, 0);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
index_batch (SondeDatabase *database, gint64 from, gint64 below, GError **error)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    "INSERT INTO search_entries (id, created_at, content, reasoning) "
    "SELECT id, created_at, content, reasoning FROM messages "
    "WHERE id >= ?1 AND id < ?2 AND state <> 'streaming' AND "
    "NOT EXISTS (SELECT 1 FROM search_rows WHERE message_id = id) ORDER BY created_at",
    error);

  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_int64 (statement, 1, from);
  sonde_statement_bind_int64 (statement, 2, below);

  return sonde_statement_run (statement, error);
}

static gboolean
set_backlog (SondeDatabase *database, gint64 below, GError **error)
{
  g_autoptr (SondeStatement) statement =
    sonde_statement_get (database, "UPDATE search_backlog SET below = ?1", error);

  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_int64 (statement, 1, below);

  return sonde_statement_run (statement, error);
}

/**
 * sonde_search_index_build:
 * @database: a database
 * @n_messages: how many messages to index at most
 * @done: (out): whether nothing is left
 * @error: a SONDE_STORE_ERROR
 *
 * Indexes the next messages that were there before the index was, the newest first, in
 * a transaction of its own.
 *
 * Returns: whether it was done
 */
gboolean
sonde_search_index_build (SondeDatabase *database, guint n_messages, gboolean *done, GError **error)
{
  gint64 below, from;

  *done = FALSE;
  if (!find_batch (database, n_messages, &below, &from, error))
    return FALSE;
  if (below <= 0) {
    *done = TRUE;
    return TRUE;
  }

  if (sonde_database_execute (database, "BEGIN IMMEDIATE", error) &&
      index_batch (database, from, below, error) && set_backlog (database, from, error) &&
      sonde_database_execute (database, "COMMIT", error)) {
    *done = from <= 0;
    return TRUE;
  }

  sonde_database_roll_back (database);
  return FALSE;
}

/**
 * sonde_search_index_get_progress:
 * @database: a database
 * @progress: (out): how much of the messages is indexed, 0 to 1
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether it could be read
 */
gboolean
sonde_search_index_get_progress (SondeDatabase *database, double *progress, GError **error)
{
  gint64 below, highest;

  if (!sonde_database_get_integer (database, "SELECT below FROM search_backlog", &below, error) ||
      !sonde_database_get_integer (database, "SELECT ifnull (max (id), 0) + 1 FROM messages",
                                   &highest, error))
    return FALSE;

  *progress = below <= 0 ? 1 : 1 - (double) below / (double) MAX (highest, below);
  return TRUE;
}

/**
 * sonde_search_index_merge:
 * @database: a database
 * @n_pages: how many pages to write at most, about
 * @done: (out): whether there is nothing left to merge
 * @error: a SONDE_STORE_ERROR
 *
 * Merges pieces of the index, so that searching stays fast.
 *
 * Returns: whether it was done
 */
gboolean
sonde_search_index_merge (SondeDatabase *database, guint n_pages, gboolean *done, GError **error)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database, "INSERT INTO search_index (search_index, rank) VALUES ('merge', ?1)", error);
  int before = sqlite3_total_changes (database->handle);

  *done = FALSE;
  if (statement == NULL)
    return FALSE;
  /* A negative number would begin to merge what need not be: this finishes what is due. */
  sonde_statement_bind_int64 (statement, 1, n_pages);
  if (!sonde_statement_run (statement, error))
    return FALSE;

  *done = sqlite3_total_changes (database->handle) - before < 2;
  return TRUE;
}
