/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-migrations.h"

#include "sonde-attachments-table.h"
#include "sonde-backups.h"
#include "sonde-search-index.h"
#include "sonde-summaries-table.h"
#include "sonde-usage-table.h"

/* Step N leads from `user_version` N to N + 1. A step that was released is never
 * changed; what it lacks is a new step, and a fixture of the schema before it goes
 * to tests/data.
 *
 * Roles, thinking, states and text kinds are stored by name, so that the enums may
 * be reordered; kinds of failures by number, which their enum promises to keep.
 * Times are microseconds since 1970-01-01 UTC, `thinking_duration` milliseconds.
 * `usage_*` are all NULL where the answer carried no usage.
 *
 * `leaf_id` is no foreign key: the conversation is stored before its messages are. A
 * message is not deleted from under its answers (no action on `parent_id`); with its
 * conversation all go at once. The journal is a table of its own, so that one more
 * piece costs the same however long the answer is. */
static const char *const released_steps[] = {
  "CREATE TABLE conversations ("
  "  id INTEGER PRIMARY KEY,"
  "  title TEXT,"
  "  created_at INTEGER NOT NULL,"
  "  updated_at INTEGER NOT NULL,"
  "  model_id TEXT,"
  "  thinking TEXT NOT NULL,"
  "  pinned INTEGER NOT NULL,"
  "  unread INTEGER NOT NULL,"
  "  leaf_id INTEGER NOT NULL,"
  "  draft TEXT"
  ") STRICT;"
  "CREATE TABLE messages ("
  "  id INTEGER PRIMARY KEY,"
  "  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,"
  "  parent_id INTEGER REFERENCES messages (id),"
  "  role TEXT NOT NULL,"
  "  content TEXT NOT NULL,"
  "  reasoning TEXT,"
  "  state TEXT NOT NULL,"
  "  failure_kind INTEGER,"
  "  failure_http_status INTEGER,"
  "  failure_detail TEXT,"
  "  failure_trace_id TEXT,"
  "  finish_reason TEXT,"
  "  usage_prompt_tokens INTEGER,"
  "  usage_completion_tokens INTEGER,"
  "  usage_total_tokens INTEGER,"
  "  usage_cache_hit_tokens INTEGER,"
  "  usage_cache_miss_tokens INTEGER,"
  "  usage_reasoning_tokens INTEGER,"
  "  model_id TEXT,"
  "  thinking TEXT NOT NULL,"
  "  created_at INTEGER NOT NULL,"
  "  thinking_started_at INTEGER NOT NULL,"
  "  thinking_duration INTEGER NOT NULL"
  ") STRICT;"
  "CREATE INDEX messages_by_conversation ON messages (conversation_id);"
  "CREATE INDEX messages_by_parent ON messages (parent_id);"
  "CREATE INDEX messages_streaming ON messages (id) WHERE state = 'streaming';"
  "CREATE TABLE journal ("
  "  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,"
  "  seq INTEGER NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  text TEXT NOT NULL,"
  "  PRIMARY KEY (message_id, seq)"
  ") STRICT, WITHOUT ROWID;",

  /* What parts of the protocol a message has beside its texts, folders and the trash,
   * attachments, and imports.
   *
   * `extra`, `logprobs`, `parameters` and the arguments in `tool_calls` are raw text as it
   * came; `rate_*` are prices of a million tokens. A deleted message stays until the next
   * start, so that it can be had back. `folder_id` is no foreign key: a conversation outlives
   * its folder. What an import writes is hidden as long as `imports` has its number, so that
   * it appears, or is given up, in one step however much it is. Attachments are kept once
   * for all who have them, by the hash of their bytes. `charges` are requests that are no
   * messages, as those for titles. */
  "ALTER TABLE messages ADD COLUMN name TEXT;"
  "ALTER TABLE messages ADD COLUMN tool_call_id TEXT;"
  "ALTER TABLE messages ADD COLUMN tool_calls TEXT;"
  "ALTER TABLE messages ADD COLUMN title TEXT;"
  "ALTER TABLE messages ADD COLUMN extra TEXT;"
  "ALTER TABLE messages ADD COLUMN logprobs TEXT;"
  "ALTER TABLE messages ADD COLUMN system_fingerprint TEXT;"
  "ALTER TABLE messages ADD COLUMN trace_id TEXT;"
  "ALTER TABLE messages ADD COLUMN parameters TEXT;"
  "ALTER TABLE messages ADD COLUMN rate_currency TEXT;"
  "ALTER TABLE messages ADD COLUMN rate_hit REAL;"
  "ALTER TABLE messages ADD COLUMN rate_miss REAL;"
  "ALTER TABLE messages ADD COLUMN rate_output REAL;"
  "ALTER TABLE messages ADD COLUMN first_token_ms INTEGER NOT NULL DEFAULT -1;"
  "ALTER TABLE messages ADD COLUMN duration_ms INTEGER NOT NULL DEFAULT -1;"
  "ALTER TABLE messages ADD COLUMN deleted_at INTEGER NOT NULL DEFAULT 0;"
  "CREATE INDEX messages_deleted ON messages (id) WHERE deleted_at <> 0;"
  "ALTER TABLE conversations ADD COLUMN folder_id INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE conversations ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE conversations ADD COLUMN trashed_at INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE conversations ADD COLUMN title_manual INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE conversations ADD COLUMN json_output INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE conversations ADD COLUMN system_prompt TEXT;"
  "ALTER TABLE conversations ADD COLUMN parameters TEXT;"
  "ALTER TABLE conversations ADD COLUMN origin TEXT;"
  "ALTER TABLE conversations ADD COLUMN import_id INTEGER NOT NULL DEFAULT 0;"
  "CREATE INDEX conversations_by_update ON conversations (updated_at DESC, id DESC);"
  "CREATE INDEX conversations_by_import ON conversations (import_id) WHERE import_id <> 0;"
  "CREATE TABLE imports (id INTEGER PRIMARY KEY) STRICT;"
  "CREATE TABLE folders ("
  "  id INTEGER PRIMARY KEY,"
  "  name TEXT NOT NULL,"
  "  position INTEGER NOT NULL"
  ") STRICT;"
  "CREATE TABLE attachments ("
  "  id INTEGER PRIMARY KEY,"
  "  sha256 TEXT NOT NULL UNIQUE,"
  "  media_type TEXT NOT NULL,"
  "  size INTEGER NOT NULL,"
  "  text TEXT,"
  "  data BLOB NOT NULL"
  ") STRICT;"
  "CREATE TABLE message_attachments ("
  "  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,"
  "  position INTEGER NOT NULL,"
  "  attachment_id INTEGER NOT NULL REFERENCES attachments (id),"
  "  name TEXT NOT NULL,"
  "  PRIMARY KEY (message_id, position)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX message_attachments_by_attachment ON message_attachments (attachment_id);"
  "CREATE TABLE draft_attachments ("
  "  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,"
  "  position INTEGER NOT NULL,"
  "  attachment_id INTEGER NOT NULL REFERENCES attachments (id),"
  "  name TEXT NOT NULL,"
  "  PRIMARY KEY (conversation_id, position)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX draft_attachments_by_attachment ON draft_attachments (attachment_id);"
  "CREATE TABLE charges ("
  "  id INTEGER PRIMARY KEY,"
  "  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,"
  "  purpose TEXT NOT NULL,"
  "  model_id TEXT,"
  "  created_at INTEGER NOT NULL,"
  "  usage_prompt_tokens INTEGER NOT NULL,"
  "  usage_completion_tokens INTEGER NOT NULL,"
  "  usage_total_tokens INTEGER NOT NULL,"
  "  usage_cache_hit_tokens INTEGER NOT NULL,"
  "  usage_cache_miss_tokens INTEGER NOT NULL,"
  "  usage_reasoning_tokens INTEGER NOT NULL,"
  "  rate_currency TEXT,"
  "  rate_hit REAL,"
  "  rate_miss REAL,"
  "  rate_output REAL"
  ") STRICT;"
  "CREATE INDEX charges_by_conversation ON charges (conversation_id);",
  sonde_search_index_schema,
  sonde_backups_schema,
  sonde_attachments_schema,
  sonde_summaries_schema,
  sonde_spending_schema,

  /* The language that a conversation's questions are checked in. */
  "ALTER TABLE conversations ADD COLUMN spelling TEXT;",
  NULL,
};

static gboolean
run_step (SondeDatabase *database, const char *step, gint64 version, GError **error)
{
  g_autofree char *set_version =
    g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, version);

  if (sonde_database_execute (database, "BEGIN IMMEDIATE", error) &&
      sonde_database_execute (database, step, error) &&
      sonde_database_execute (database, set_version, error) &&
      sonde_database_execute (database, "COMMIT", error))
    return TRUE;

  sonde_database_roll_back (database);
  return FALSE;
}

/**
 * sonde_migrations_run_steps:
 * @database: a database
 * @steps: (array zero-terminated=1): the steps from version 0 on
 * @error: a SONDE_STORE_ERROR
 *
 * Takes the steps that are still to take, each in a transaction of its own: where one
 * fails, the database stays as the one before it left it.
 *
 * Returns: whether the database is at the last version
 */
gboolean
sonde_migrations_run_steps (SondeDatabase *database, const char *const *steps, GError **error)
{
  gint64 version;

  if (!sonde_database_get_integer (database, "PRAGMA user_version", &version, error))
    return FALSE;
  for (gint64 last = g_strv_length ((char **) steps); version < last; version++) {
    if (!run_step (database, steps[version], version + 1, error))
      return FALSE;
  }

  return TRUE;
}

/**
 * sonde_migrations_get_version:
 *
 * Returns: the `user_version` that this program writes
 */
gint64
sonde_migrations_get_version (void)
{
  return G_N_ELEMENTS (released_steps) - 1;
}

/**
 * sonde_migrations_run:
 * @database: a database of this version or an older one
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether the database has this program's schema now
 */
gboolean
sonde_migrations_run (SondeDatabase *database, GError **error)
{
  return sonde_migrations_run_steps (database, released_steps, error);
}
