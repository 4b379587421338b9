/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-usage-table.h"

#include "sonde-statement.h"
#include "sonde-usage-entry.h"

/* What answers used and what other requests used, by day, model, conversation and rate, so
 * that the cost of a row is exact. What a server did not count is nothing, and what it does
 * not say of its cache was not in it. Deleted answers were paid for as well. */
#define COLUMNS                                                                                    \
  "created_at, model_id, conversation_id, rate_currency AS currency, rate_hit, rate_miss, "        \
  "rate_output, MAX (usage_prompt_tokens, 0) AS prompt, "                                          \
  "MAX (usage_completion_tokens, 0) AS completion, MAX (usage_cache_hit_tokens, 0) AS hit, "       \
  "CASE WHEN usage_cache_miss_tokens < 0 "                                                         \
  "THEN MAX (usage_prompt_tokens - MAX (usage_cache_hit_tokens, 0), 0) "                           \
  "ELSE usage_cache_miss_tokens END AS miss, MAX (usage_reasoning_tokens, 0) AS reasoning "

#define QUERY                                                                                      \
  "SELECT date (created_at / 1000000, 'unixepoch', 'localtime') AS day, model_id, "                \
  "conversation_id, currency, rate_hit, rate_miss, rate_output, count (*), sum (prompt), "         \
  "sum (completion), sum (hit), sum (miss), sum (reasoning) FROM ("                                \
  "SELECT " COLUMNS "FROM messages "                                                               \
  "WHERE usage_prompt_tokens IS NOT NULL AND created_at >= ?1 "                                    \
  "AND conversation_id NOT IN (SELECT id FROM conversations WHERE import_id <> 0) "                \
  "UNION ALL SELECT " COLUMNS "FROM charges WHERE created_at >= ?1) "                              \
  "GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 3, 2"

/**
 * sonde_usage_table_list:
 * @database: a database
 * @since: microseconds since 1970: what is older does not count
 * @error: a SONDE_STORE_ERROR
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
  while (sonde_statement_next (statement, &local_error)) {
    const char *day = sonde_statement_get_string (statement, 0);
    SondeUsageEntry *entry = sonde_usage_entry_new (day != NULL ? day : "");

    entry->model_id = g_strdup (sonde_statement_get_string (statement, 1));
    entry->conversation_id = sonde_statement_get_int64 (statement, 2);
    entry->currency = g_strdup (sonde_statement_get_string (statement, 3));
    entry->rates.hit = sonde_statement_get_double (statement, 4);
    entry->rates.miss = sonde_statement_get_double (statement, 5);
    entry->rates.output = sonde_statement_get_double (statement, 6);
    entry->n_answers = sonde_statement_get_int64 (statement, 7);
    entry->usage.prompt_tokens = sonde_statement_get_int64 (statement, 8);
    entry->usage.completion_tokens = sonde_statement_get_int64 (statement, 9);
    entry->usage.total_tokens = entry->usage.prompt_tokens + entry->usage.completion_tokens;
    entry->usage.cache_hit_tokens = sonde_statement_get_int64 (statement, 10);
    entry->usage.cache_miss_tokens = sonde_statement_get_int64 (statement, 11);
    entry->usage.reasoning_tokens = sonde_statement_get_int64 (statement, 12);
    g_ptr_array_add (entries, entry);
  }
  if (local_error != NULL) {
    g_propagate_error (error, local_error);
    return NULL;
  }

  return g_steal_pointer (&entries);
}
