/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-charges-table.h"

#include "sonde-statement.h"
#include "sonde-usage-table.h"

enum {
  COLUMN_ID,
  COLUMN_CONVERSATION_ID,
  COLUMN_PURPOSE,
  COLUMN_MODEL_ID,
  COLUMN_CREATED_AT,
  COLUMN_USAGE_PROMPT_TOKENS,
  COLUMN_USAGE_COMPLETION_TOKENS,
  COLUMN_USAGE_TOTAL_TOKENS,
  COLUMN_USAGE_CACHE_HIT_TOKENS,
  COLUMN_USAGE_CACHE_MISS_TOKENS,
  COLUMN_USAGE_REASONING_TOKENS,
  COLUMN_RATE_CURRENCY,
  COLUMN_RATE_HIT,
  COLUMN_RATE_MISS,
  COLUMN_RATE_OUTPUT,
};

/**
 * sonde_charges_table_add:
 * @database: a database
 * @purpose: what was asked for, as `title`
 * @row: the answer, with its usage; its texts are not kept
 * @error: a SONDE_STORE_ERROR
 *
 * Stores what a request used that is no message of its conversation.
 *
 * Returns: whether it was done
 */
gboolean
sonde_charges_table_add (SondeDatabase *database,
                         const char *purpose,
                         const SondeMessageRow *row,
                         GError **error)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    "INSERT INTO charges (id, conversation_id, purpose, model_id, created_at, "
    "usage_prompt_tokens, usage_completion_tokens, usage_total_tokens, usage_cache_hit_tokens, "
    "usage_cache_miss_tokens, usage_reasoning_tokens, rate_currency, rate_hit, rate_miss, "
    "rate_output) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15 "
    "WHERE EXISTS (SELECT 1 FROM conversations WHERE id = ?2) "
    "ON CONFLICT (id) DO NOTHING",
    error);
  const SondeUsage *usage = row->usage;
  const SondeMessageDetails *details = row->details;

  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_int64 (statement, 1 + COLUMN_ID, row->id);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_CONVERSATION_ID, row->conversation_id);
  sonde_statement_bind_string (statement, 1 + COLUMN_PURPOSE, purpose);
  sonde_statement_bind_string (statement, 1 + COLUMN_MODEL_ID, row->model_id);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_CREATED_AT, row->created_at);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_USAGE_PROMPT_TOKENS, usage->prompt_tokens);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_USAGE_COMPLETION_TOKENS,
                              usage->completion_tokens);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_USAGE_TOTAL_TOKENS, usage->total_tokens);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_USAGE_CACHE_HIT_TOKENS,
                              usage->cache_hit_tokens);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_USAGE_CACHE_MISS_TOKENS,
                              usage->cache_miss_tokens);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_USAGE_REASONING_TOKENS,
                              usage->reasoning_tokens);
  if (details != NULL && details->currency != NULL) {
    sonde_statement_bind_string (statement, 1 + COLUMN_RATE_CURRENCY, details->currency);
    sonde_statement_bind_double (statement, 1 + COLUMN_RATE_HIT, details->rates.hit);
    sonde_statement_bind_double (statement, 1 + COLUMN_RATE_MISS, details->rates.miss);
    sonde_statement_bind_double (statement, 1 + COLUMN_RATE_OUTPUT, details->rates.output);
  }

  return sonde_statement_run (statement, error) &&
         sonde_usage_table_spend (database, purpose, row, error);
}
