/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-usage-table.h"

#include "sonde-statement.h"
#include "sonde-usage-entry.h"

#define DAY(created_at) "ifnull (date (" created_at " / 1000000, 'unixepoch', 'localtime'), '')"

/* What a server did not count is nothing, and what it does not say of its cache was not in it. */
#define MISS(prefix)                                                                               \
  "iif (" prefix "usage_cache_miss_tokens < 0, MAX (" prefix "usage_prompt_tokens - MAX (" prefix  \
  "usage_cache_hit_tokens, 0), 0), " prefix "usage_cache_miss_tokens)"

/* Adds what `old` used, where @condition holds. */
#define SPEND(kind, condition)                                                                     \
  "INSERT INTO spending SELECT " DAY (                                                             \
    "old.created_at") ", ifnull (old.model_id, ''), " kind ", "                                    \
                      "ifnull (old.rate_currency, ''), ifnull (old.rate_hit, 0), ifnull "          \
                      "(old.rate_miss, 0), "                                                       \
                      "ifnull (old.rate_output, 0), 1, MAX (old.usage_prompt_tokens, 0), "         \
                      "MAX (old.usage_completion_tokens, 0), MAX (old.usage_cache_hit_tokens, "    \
                      "0), " MISS (                                                                \
                        "old.") ", "                                                               \
                                "MAX (old.usage_reasoning_tokens, 0) " condition                   \
                                " ON CONFLICT DO UPDATE SET "                                      \
                                "requests = requests + 1, prompt = prompt + excluded.prompt, "     \
                                "completion = completion + excluded.completion, hit = hit + "      \
                                "excluded.hit, "                                                   \
                                "miss = miss + excluded.miss, reasoning = reasoning + "            \
                                "excluded.reasoning;"

/* What was spent outlives what was said: figures by day, model and rate, and no word of it.
 * Triggers keep them, so that they are there whoever deletes, and in the same transaction. What
 * a message cost that is deleted from its conversation stays with that.
 *
 * What a copy of a message used was not paid for a second time: it does not count (`copied`).
 *
 * The index has all that the sums are made of, so that no text is read for them. */
const char sonde_spending_schema[] =
  "CREATE TABLE spending ("
  "  day TEXT NOT NULL,"
  "  model_id TEXT NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  currency TEXT NOT NULL,"
  "  rate_hit REAL NOT NULL,"
  "  rate_miss REAL NOT NULL,"
  "  rate_output REAL NOT NULL,"
  "  requests INTEGER NOT NULL,"
  "  prompt INTEGER NOT NULL,"
  "  completion INTEGER NOT NULL,"
  "  hit INTEGER NOT NULL,"
  "  miss INTEGER NOT NULL,"
  "  reasoning INTEGER NOT NULL,"
  "  PRIMARY KEY (day, model_id, kind, currency, rate_hit, rate_miss, rate_output)"
  ") STRICT, WITHOUT ROWID;"
  "ALTER TABLE messages ADD COLUMN copied INTEGER NOT NULL DEFAULT 0;"
  "UPDATE messages SET copied = 1 WHERE conversation_id IN "
  "  (SELECT id FROM conversations WHERE import_id <> 0);"
  "CREATE INDEX messages_by_usage ON messages (created_at, model_id, conversation_id, "
  "  rate_currency, rate_hit, rate_miss, rate_output, usage_prompt_tokens, "
  "  usage_completion_tokens, usage_cache_hit_tokens, usage_cache_miss_tokens, "
  "  usage_reasoning_tokens) WHERE usage_prompt_tokens IS NOT NULL AND copied = 0;"
  "CREATE TRIGGER spending_message_deleted AFTER DELETE ON messages "
  "WHEN old.usage_prompt_tokens IS NOT NULL AND old.copied = 0 AND "
  "  NOT EXISTS (SELECT 1 FROM conversations WHERE id = old.conversation_id) BEGIN "
  "  " SPEND (
    "'answer'",
    "WHERE true") ""
                  "END;"
                  "CREATE TRIGGER spending_message_left AFTER DELETE ON messages "
                  "WHEN old.usage_prompt_tokens IS NOT NULL AND old.copied = 0 AND "
                  "  EXISTS (SELECT 1 FROM conversations WHERE id = old.conversation_id) BEGIN "
                  "  INSERT INTO charges VALUES (old.id, old.conversation_id, 'answer', "
                  "old.model_id, "
                  "    old.created_at, old.usage_prompt_tokens, old.usage_completion_tokens, "
                  "    old.usage_total_tokens, old.usage_cache_hit_tokens, "
                  "old.usage_cache_miss_tokens, "
                  "    old.usage_reasoning_tokens, old.rate_currency, old.rate_hit, old.rate_miss, "
                  "    old.rate_output);"
                  "END;"
                  "CREATE TRIGGER spending_charge_deleted AFTER DELETE ON charges BEGIN "
                  "  " SPEND ("old.purpose", "WHERE true") ""
                                                           "END;";

/* What requests used, by day, kind, model, conversation and rate, so that the cost of a row is
 * exact. Deleted answers were paid for as well. */
#define COLUMNS                                                                                    \
  "model_id, conversation_id, rate_currency, rate_hit, rate_miss, rate_output, count (*), "        \
  "sum (MAX (usage_prompt_tokens, 0)), sum (MAX (usage_completion_tokens, 0)), "                   \
  "sum (MAX (usage_cache_hit_tokens, 0)), sum (" MISS ("") "), "                                   \
                                                           "sum (MAX (usage_reasoning_tokens, 0))"

#define QUERY                                                                                      \
  "SELECT " DAY (                                                                                  \
    "created_at") " AS day, 'answer' AS kind, " COLUMNS " FROM messages "                          \
                  "WHERE usage_prompt_tokens IS NOT NULL AND copied = 0 AND created_at >= ?1 "     \
                  "GROUP BY 1, 3, 4, 5, 6, 7, 8 "                                                  \
                  "UNION ALL SELECT " DAY (                                                        \
                    "created_at") ", purpose, " COLUMNS " FROM charges "                           \
                                  "WHERE created_at >= ?1 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 "        \
                                  "UNION ALL SELECT day, kind, nullif (model_id, ''), 0, nullif "  \
                                  "(currency, ''), rate_hit, "                                     \
                                  "rate_miss, rate_output, requests, prompt, completion, hit, "    \
                                  "miss, reasoning FROM spending "                                 \
                                  "WHERE day >= " DAY ("?1") " ORDER BY 1, 4, 3, 2"

/**
 * sonde_usage_table_spend:
 * @database: a database
 * @kind: what was asked for
 * @row: the answer, with its usage
 * @error: a SONDE_STORE_ERROR
 *
 * Adds what a request used whose conversation was deleted meanwhile; otherwise does nothing.
 *
 * Returns: whether it was done
 */
gboolean
sonde_usage_table_spend (SondeDatabase *database,
                         const char *kind,
                         const SondeMessageRow *row,
                         GError **error)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    SPEND ("old.kind",
           "FROM (SELECT ?2 AS kind, ?3 AS created_at, ?4 AS model_id, ?5 AS usage_prompt_tokens, "
           "?6 AS usage_completion_tokens, ?7 AS usage_cache_hit_tokens, "
           "?8 AS usage_cache_miss_tokens, ?9 AS usage_reasoning_tokens, ?10 AS rate_currency, "
           "?11 AS rate_hit, ?12 AS rate_miss, ?13 AS rate_output) AS old "
           "WHERE NOT EXISTS (SELECT 1 FROM conversations WHERE id = ?1)"),
    error);
  const SondeUsage *usage = row->usage;
  const SondeMessageDetails *details = row->details;

  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_int64 (statement, 1, row->conversation_id);
  sonde_statement_bind_string (statement, 2, kind);
  sonde_statement_bind_int64 (statement, 3, row->created_at);
  sonde_statement_bind_string (statement, 4, row->model_id);
  sonde_statement_bind_int64 (statement, 5, usage->prompt_tokens);
  sonde_statement_bind_int64 (statement, 6, usage->completion_tokens);
  sonde_statement_bind_int64 (statement, 7, usage->cache_hit_tokens);
  sonde_statement_bind_int64 (statement, 8, usage->cache_miss_tokens);
  sonde_statement_bind_int64 (statement, 9, usage->reasoning_tokens);
  if (details != NULL && details->currency != NULL) {
    sonde_statement_bind_string (statement, 10, details->currency);
    sonde_statement_bind_double (statement, 11, details->rates.hit);
    sonde_statement_bind_double (statement, 12, details->rates.miss);
    sonde_statement_bind_double (statement, 13, details->rates.output);
  }

  return sonde_statement_run (statement, error);
}

enum {
  COLUMN_DAY,
  COLUMN_KIND,
  COLUMN_MODEL_ID,
  COLUMN_CONVERSATION_ID,
  COLUMN_CURRENCY,
  COLUMN_RATE_HIT,
  COLUMN_RATE_MISS,
  COLUMN_RATE_OUTPUT,
  COLUMN_REQUESTS,
  COLUMN_PROMPT,
  COLUMN_COMPLETION,
  COLUMN_HIT,
  COLUMN_MISS,
  COLUMN_REASONING,
};

static SondeUsageEntry *
read_entry (SondeStatement *statement)
{
  SondeUsageEntry *entry =
    sonde_usage_entry_new (sonde_statement_get_string (statement, COLUMN_DAY));

  entry->kind = g_strdup (sonde_statement_get_string (statement, COLUMN_KIND));
  entry->model_id = g_strdup (sonde_statement_get_string (statement, COLUMN_MODEL_ID));
  entry->conversation_id = sonde_statement_get_int64 (statement, COLUMN_CONVERSATION_ID);
  entry->currency = g_strdup (sonde_statement_get_string (statement, COLUMN_CURRENCY));
  entry->rates.hit = sonde_statement_get_double (statement, COLUMN_RATE_HIT);
  entry->rates.miss = sonde_statement_get_double (statement, COLUMN_RATE_MISS);
  entry->rates.output = sonde_statement_get_double (statement, COLUMN_RATE_OUTPUT);
  entry->n_requests = sonde_statement_get_int64 (statement, COLUMN_REQUESTS);
  entry->usage.prompt_tokens = sonde_statement_get_int64 (statement, COLUMN_PROMPT);
  entry->usage.completion_tokens = sonde_statement_get_int64 (statement, COLUMN_COMPLETION);
  entry->usage.total_tokens = entry->usage.prompt_tokens + entry->usage.completion_tokens;
  entry->usage.cache_hit_tokens = sonde_statement_get_int64 (statement, COLUMN_HIT);
  entry->usage.cache_miss_tokens = sonde_statement_get_int64 (statement, COLUMN_MISS);
  entry->usage.reasoning_tokens = sonde_statement_get_int64 (statement, COLUMN_REASONING);

  return entry;
}

/**
 * sonde_usage_table_list:
 * @database: a database
 * @since: microseconds since 1970: what is older does not count
 * @error: a SONDE_STORE_ERROR
 *
 * Of conversations that were deleted whole days count.
 *
 * Returns: (transfer full) (element-type SondeUsageEntry) (nullable): what was used, by day
 */
GPtrArray *
sonde_usage_table_list (SondeDatabase *database, gint64 since, GError **error)
{
  g_autoptr (GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_usage_entry_free);
  g_autoptr (SondeStatement) statement = sonde_statement_get (database, QUERY, error);
  GError *local_error = NULL;

  if (statement == NULL)
    return NULL;
  sonde_statement_bind_int64 (statement, 1, since);
  while (sonde_statement_next (statement, &local_error))
    g_ptr_array_add (entries, read_entry (statement));
  if (local_error != NULL) {
    g_propagate_error (error, local_error);
    return NULL;
  }

  return g_steal_pointer (&entries);
}
