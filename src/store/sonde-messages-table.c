/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-messages-table.h"

#include "sonde-attachments-table.h"
#include "sonde-journal-table.h"
#include "sonde-statement.h"
#include "sonde-summaries-table.h"
#include "sonde-tool-calls-column.h"

enum {
  COLUMN_ID,
  COLUMN_CONVERSATION_ID,
  COLUMN_PARENT_ID,
  COLUMN_ROLE,
  COLUMN_CONTENT,
  COLUMN_REASONING,
  COLUMN_STATE,
  COLUMN_FAILURE_KIND,
  COLUMN_FAILURE_HTTP_STATUS,
  COLUMN_FAILURE_DETAIL,
  COLUMN_FAILURE_TRACE_ID,
  COLUMN_FINISH_REASON,
  COLUMN_USAGE_PROMPT_TOKENS,
  COLUMN_USAGE_COMPLETION_TOKENS,
  COLUMN_USAGE_TOTAL_TOKENS,
  COLUMN_USAGE_CACHE_HIT_TOKENS,
  COLUMN_USAGE_CACHE_MISS_TOKENS,
  COLUMN_USAGE_REASONING_TOKENS,
  COLUMN_MODEL_ID,
  COLUMN_THINKING,
  COLUMN_CREATED_AT,
  COLUMN_THINKING_STARTED_AT,
  COLUMN_THINKING_DURATION,
  COLUMN_NAME,
  COLUMN_TOOL_CALL_ID,
  COLUMN_TOOL_CALLS,
  COLUMN_TITLE,
  COLUMN_EXTRA,
  COLUMN_LOGPROBS,
  COLUMN_SYSTEM_FINGERPRINT,
  COLUMN_TRACE_ID,
  COLUMN_PARAMETERS,
  COLUMN_RATE_CURRENCY,
  COLUMN_RATE_HIT,
  COLUMN_RATE_MISS,
  COLUMN_RATE_OUTPUT,
  COLUMN_FIRST_TOKEN_MS,
  COLUMN_DURATION_MS,
  COLUMN_DELETED_AT,
  COLUMN_COPIED,
};

#define COLUMNS_BEFORE_TEXTS "id, conversation_id, parent_id, role, "
#define COLUMNS_AFTER_TEXTS                                                                        \
  ", state, failure_kind, failure_http_status, failure_detail, failure_trace_id, finish_reason, "  \
  "usage_prompt_tokens, usage_completion_tokens, usage_total_tokens, usage_cache_hit_tokens, "     \
  "usage_cache_miss_tokens, usage_reasoning_tokens, model_id, thinking, created_at, "              \
  "thinking_started_at, thinking_duration, name, tool_call_id, tool_calls, title, extra, "         \
  "logprobs, system_fingerprint, trace_id, parameters, rate_currency, rate_hit, rate_miss, "       \
  "rate_output, first_token_ms, duration_ms, deleted_at, copied"

#define WHOLE_CONTENT   SONDE_JOURNAL_JOINED ("content")
#define WHOLE_REASONING SONDE_JOURNAL_JOINED ("reasoning")

/* By SondeMessageState. */
static const char *const state_names[] = {
  [SONDE_MESSAGE_COMPLETE] = "complete", [SONDE_MESSAGE_STREAMING] = "streaming",
  [SONDE_MESSAGE_STOPPED] = "stopped",   [SONDE_MESSAGE_INTERRUPTED] = "interrupted",
  [SONDE_MESSAGE_FAILED] = "failed",
};

static SondeMessageState
state_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++) {
    if (g_strcmp0 (name, state_names[i]) == 0)
      return (SondeMessageState) i;
  }

  return SONDE_MESSAGE_INTERRUPTED;
}

static GString *
copy_text (SondeMessage *message, SondeTextKind kind)
{
  const char *text = sonde_message_get_text (message, kind);

  if (text == NULL)
    return NULL;

  return g_string_new_len (text, (gssize) sonde_message_get_text_length (message, kind));
}

static void
free_text (GString *text)
{
  if (text != NULL)
    g_string_free (text, TRUE);
}

/**
 * sonde_message_row_new:
 * @conversation_id: the conversation it belongs to
 * @message: a message
 *
 * Returns: (transfer full): what is to be stored of it as it stands
 */
SondeMessageRow *
sonde_message_row_new (gint64 conversation_id, SondeMessage *message)
{
  SondeMessageRow *self = g_new0 (SondeMessageRow, 1);
  const SondeFailure *failure = sonde_message_get_failure (message);
  const SondeUsage *usage = sonde_message_get_usage (message);
  const SondeMessageDetails *details = sonde_message_get_details (message);
  const SondeSummary *summary = sonde_message_get_summary (message);

  self->id = sonde_message_get_id (message);
  self->conversation_id = conversation_id;
  self->parent_id = sonde_message_get_parent_id (message);
  self->role = sonde_message_get_role (message);
  self->texts[SONDE_TEXT_CONTENT] = copy_text (message, SONDE_TEXT_CONTENT);
  self->texts[SONDE_TEXT_REASONING] = copy_text (message, SONDE_TEXT_REASONING);
  self->state = sonde_message_get_state (message);
  self->failure = failure != NULL ? sonde_failure_copy (failure) : NULL;
  self->finish_reason = g_strdup (sonde_message_get_finish_reason (message));
  self->usage = usage != NULL ? sonde_usage_copy (usage) : NULL;
  self->model_id = g_strdup (sonde_message_get_model_id (message));
  self->thinking = sonde_message_get_thinking (message);
  self->created_at = sonde_message_get_created_at (message);
  self->thinking_started_at = sonde_message_get_thinking_started_at (message);
  self->thinking_duration = sonde_message_get_thinking_duration (message);
  self->details = details != NULL ? sonde_message_details_copy (details) : NULL;
  self->attachments = sonde_attachment_rows_new (sonde_message_get_attachments (message));
  self->summary = summary != NULL ? sonde_summary_copy (summary) : NULL;
  self->copied = sonde_message_get_copied (message);
  self->deleted_at = sonde_message_get_deleted_at (message);

  return self;
}

/**
 * sonde_message_row_to_object:
 * @self: a row
 *
 * Returns: (transfer full): the message
 */
SondeMessage *
sonde_message_row_to_object (const SondeMessageRow *self)
{
  SondeMessage *message =
    sonde_message_new (self->id, self->parent_id, self->role, self->created_at);

  for (guint kind = 0; kind < G_N_ELEMENTS (self->texts); kind++) {
    const GString *text = self->texts[kind];

    if (text != NULL)
      sonde_message_append_text (message, (SondeTextKind) kind, text->str, (gssize) text->len);
  }
  sonde_message_set_state (message, self->state);
  sonde_message_set_failure (message, self->failure);
  sonde_message_set_finish_reason (message, self->finish_reason);
  sonde_message_set_usage (message, self->usage);
  sonde_message_set_model_id (message, self->model_id);
  sonde_message_set_thinking (message, self->thinking);
  sonde_message_set_thinking_started_at (message, self->thinking_started_at);
  sonde_message_set_thinking_duration (message, self->thinking_duration);
  if (self->details != NULL)
    sonde_message_set_details (message, self->details);
  sonde_message_set_copied (message, self->copied);
  sonde_message_set_deleted_at (message, self->deleted_at);

  return message;
}

/**
 * sonde_message_row_free:
 * @self: (transfer full): a row
 */
void
sonde_message_row_free (SondeMessageRow *self)
{
  free_text (self->texts[SONDE_TEXT_CONTENT]);
  free_text (self->texts[SONDE_TEXT_REASONING]);
  g_clear_pointer (&self->failure, sonde_failure_free);
  g_free (self->finish_reason);
  g_clear_pointer (&self->usage, sonde_usage_free);
  g_free (self->model_id);
  g_clear_pointer (&self->details, sonde_message_details_free);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->summary, sonde_summary_free);
  g_free (self);
}

static SondeFailure *
read_failure (SondeStatement *statement)
{
  if (sonde_statement_is_null (statement, COLUMN_FAILURE_KIND))
    return NULL;

  return sonde_failure_new (
    (SondeFailureKind) sonde_statement_get_int64 (statement, COLUMN_FAILURE_KIND),
    (guint) sonde_statement_get_int64 (statement, COLUMN_FAILURE_HTTP_STATUS),
    sonde_statement_get_string (statement, COLUMN_FAILURE_DETAIL),
    sonde_statement_get_string (statement, COLUMN_FAILURE_TRACE_ID));
}

static SondeUsage *
read_usage (SondeStatement *statement)
{
  SondeUsage *usage;

  if (sonde_statement_is_null (statement, COLUMN_USAGE_PROMPT_TOKENS))
    return NULL;

  usage = sonde_usage_new ();
  usage->prompt_tokens = sonde_statement_get_int64 (statement, COLUMN_USAGE_PROMPT_TOKENS);
  usage->completion_tokens = sonde_statement_get_int64 (statement, COLUMN_USAGE_COMPLETION_TOKENS);
  usage->total_tokens = sonde_statement_get_int64 (statement, COLUMN_USAGE_TOTAL_TOKENS);
  usage->cache_hit_tokens = sonde_statement_get_int64 (statement, COLUMN_USAGE_CACHE_HIT_TOKENS);
  usage->cache_miss_tokens = sonde_statement_get_int64 (statement, COLUMN_USAGE_CACHE_MISS_TOKENS);
  usage->reasoning_tokens = sonde_statement_get_int64 (statement, COLUMN_USAGE_REASONING_TOKENS);

  return usage;
}

static gboolean
has_details (SondeStatement *statement)
{
  for (int column = COLUMN_NAME; column <= COLUMN_RATE_CURRENCY; column++)
    if (!sonde_statement_is_null (statement, column))
      return TRUE;

  return sonde_statement_get_int64 (statement, COLUMN_FIRST_TOKEN_MS) >= 0 ||
         sonde_statement_get_int64 (statement, COLUMN_DURATION_MS) >= 0;
}

static SondeMessageDetails *
read_details (SondeDatabase *database, SondeStatement *statement)
{
  SondeMessageDetails *details;

  if (!has_details (statement))
    return NULL;

  details = sonde_message_details_new ();
  details->name = g_strdup (sonde_statement_get_string (statement, COLUMN_NAME));
  details->tool_call_id = g_strdup (sonde_statement_get_string (statement, COLUMN_TOOL_CALL_ID));
  details->title = g_strdup (sonde_statement_get_string (statement, COLUMN_TITLE));
  details->extra = g_strdup (sonde_statement_get_string (statement, COLUMN_EXTRA));
  details->logprobs = g_strdup (sonde_statement_get_string (statement, COLUMN_LOGPROBS));
  details->system_fingerprint =
    g_strdup (sonde_statement_get_string (statement, COLUMN_SYSTEM_FINGERPRINT));
  details->trace_id = g_strdup (sonde_statement_get_string (statement, COLUMN_TRACE_ID));
  details->parameters = g_strdup (sonde_statement_get_string (statement, COLUMN_PARAMETERS));
  if (!sonde_statement_is_null (statement, COLUMN_TOOL_CALLS))
    details->tool_calls = sonde_tool_calls_column_read (
      database, sonde_statement_get_string (statement, COLUMN_TOOL_CALLS));
  details->currency = g_strdup (sonde_statement_get_string (statement, COLUMN_RATE_CURRENCY));
  details->rates.hit = sonde_statement_get_double (statement, COLUMN_RATE_HIT);
  details->rates.miss = sonde_statement_get_double (statement, COLUMN_RATE_MISS);
  details->rates.output = sonde_statement_get_double (statement, COLUMN_RATE_OUTPUT);
  details->first_token_delay = sonde_statement_get_int64 (statement, COLUMN_FIRST_TOKEN_MS);
  details->duration = sonde_statement_get_int64 (statement, COLUMN_DURATION_MS);

  return details;
}

static SondeMessageRow *
read_row (SondeDatabase *database, SondeStatement *statement)
{
  SondeMessageRow *row = g_new0 (SondeMessageRow, 1);

  row->id = sonde_statement_get_int64 (statement, COLUMN_ID);
  row->conversation_id = sonde_statement_get_int64 (statement, COLUMN_CONVERSATION_ID);
  row->parent_id = sonde_statement_get_int64 (statement, COLUMN_PARENT_ID);
  sonde_role_from_string (sonde_statement_get_string (statement, COLUMN_ROLE), &row->role);
  row->texts[SONDE_TEXT_CONTENT] = sonde_statement_dup_text (statement, COLUMN_CONTENT);
  row->texts[SONDE_TEXT_REASONING] = sonde_statement_dup_text (statement, COLUMN_REASONING);
  row->state = state_from_name (sonde_statement_get_string (statement, COLUMN_STATE));
  row->failure = read_failure (statement);
  row->finish_reason = g_strdup (sonde_statement_get_string (statement, COLUMN_FINISH_REASON));
  row->usage = read_usage (statement);
  row->model_id = g_strdup (sonde_statement_get_string (statement, COLUMN_MODEL_ID));
  sonde_thinking_from_string (sonde_statement_get_string (statement, COLUMN_THINKING),
                              &row->thinking);
  row->created_at = sonde_statement_get_int64 (statement, COLUMN_CREATED_AT);
  row->thinking_started_at = sonde_statement_get_int64 (statement, COLUMN_THINKING_STARTED_AT);
  row->thinking_duration = sonde_statement_get_int64 (statement, COLUMN_THINKING_DURATION);
  row->details = read_details (database, statement);
  row->deleted_at = sonde_statement_get_int64 (statement, COLUMN_DELETED_AT);
  row->copied = sonde_statement_get_int64 (statement, COLUMN_COPIED) != 0;

  return row;
}

static void
bind_failure (SondeStatement *statement, const SondeFailure *failure)
{
  if (failure == NULL)
    return;

  sonde_statement_bind_int64 (statement, 1 + COLUMN_FAILURE_KIND, (gint64) failure->kind);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_FAILURE_HTTP_STATUS, failure->http_status);
  sonde_statement_bind_string (statement, 1 + COLUMN_FAILURE_DETAIL, failure->detail);
  sonde_statement_bind_string (statement, 1 + COLUMN_FAILURE_TRACE_ID, failure->trace_id);
}

static void
bind_usage (SondeStatement *statement, const SondeUsage *usage)
{
  if (usage == NULL)
    return;

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
}

static void
bind_details (SondeStatement *statement, const SondeMessageDetails *details, const char *tool_calls)
{
  sonde_statement_bind_int64 (statement, 1 + COLUMN_FIRST_TOKEN_MS,
                              details != NULL ? details->first_token_delay : -1);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_DURATION_MS,
                              details != NULL ? details->duration : -1);
  if (details == NULL)
    return;

  sonde_statement_bind_string (statement, 1 + COLUMN_NAME, details->name);
  sonde_statement_bind_string (statement, 1 + COLUMN_TOOL_CALL_ID, details->tool_call_id);
  sonde_statement_bind_string (statement, 1 + COLUMN_TITLE, details->title);
  sonde_statement_bind_string (statement, 1 + COLUMN_EXTRA, details->extra);
  sonde_statement_bind_string (statement, 1 + COLUMN_LOGPROBS, details->logprobs);
  sonde_statement_bind_string (statement, 1 + COLUMN_SYSTEM_FINGERPRINT,
                               details->system_fingerprint);
  sonde_statement_bind_string (statement, 1 + COLUMN_TRACE_ID, details->trace_id);
  sonde_statement_bind_string (statement, 1 + COLUMN_PARAMETERS, details->parameters);
  sonde_statement_bind_string (statement, 1 + COLUMN_TOOL_CALLS, tool_calls);
  if (details->currency == NULL)
    return;

  sonde_statement_bind_string (statement, 1 + COLUMN_RATE_CURRENCY, details->currency);
  sonde_statement_bind_double (statement, 1 + COLUMN_RATE_HIT, details->rates.hit);
  sonde_statement_bind_double (statement, 1 + COLUMN_RATE_MISS, details->rates.miss);
  sonde_statement_bind_double (statement, 1 + COLUMN_RATE_OUTPUT, details->rates.output);
}

/**
 * sonde_messages_table_save:
 * @database: a database
 * @row: what to store
 * @error: a SONDE_STORE_ERROR
 *
 * Stores a new message, or what changed of one that is there. The stored text of a
 * message that is streaming is left alone: it grows in the journal. Any other
 * message is stored whole, and its journal ends. To be called in a transaction.
 *
 * Returns: whether it was done
 */
gboolean
sonde_messages_table_save (SondeDatabase *database, const SondeMessageRow *row, GError **error)
{
  g_autofree char *tool_calls = row->details != NULL && row->details->tool_calls != NULL
                                  ? sonde_tool_calls_column_write (row->details->tool_calls)
                                  : NULL;
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    "INSERT INTO messages (" COLUMNS_BEFORE_TEXTS "content, reasoning" COLUMNS_AFTER_TEXTS ") "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
    "?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, "
    "?37, ?38, ?39, ?40) "
    "ON CONFLICT (id) DO UPDATE SET "
    "content = iif (?7 = 'streaming', content, ?5), "
    "reasoning = iif (?7 = 'streaming', reasoning, ?6), "
    "state = ?7, failure_kind = ?8, failure_http_status = ?9, failure_detail = ?10, "
    "failure_trace_id = ?11, finish_reason = ?12, usage_prompt_tokens = ?13, "
    "usage_completion_tokens = ?14, usage_total_tokens = ?15, usage_cache_hit_tokens = ?16, "
    "usage_cache_miss_tokens = ?17, usage_reasoning_tokens = ?18, model_id = ?19, "
    "thinking = ?20, thinking_started_at = ?22, thinking_duration = ?23, "
    "name = ?24, tool_call_id = ?25, tool_calls = ?26, title = ?27, extra = ?28, logprobs = "
    "?29, system_fingerprint = ?30, trace_id = ?31, parameters = ?32, rate_currency = ?33, "
    "rate_hit = ?34, rate_miss = ?35, rate_output = ?36, first_token_ms = ?37, duration_ms = "
    "?38, deleted_at = ?39, copied = ?40",
    error);

  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_int64 (statement, 1 + COLUMN_ID, row->id);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_CONVERSATION_ID, row->conversation_id);
  if (row->parent_id != 0)
    sonde_statement_bind_int64 (statement, 1 + COLUMN_PARENT_ID, row->parent_id);
  sonde_statement_bind_string (statement, 1 + COLUMN_ROLE, sonde_role_to_string (row->role));
  sonde_statement_bind_text (statement, 1 + COLUMN_CONTENT, row->texts[SONDE_TEXT_CONTENT]);
  sonde_statement_bind_text (statement, 1 + COLUMN_REASONING, row->texts[SONDE_TEXT_REASONING]);
  sonde_statement_bind_string (statement, 1 + COLUMN_STATE, state_names[row->state]);
  bind_failure (statement, row->failure);
  sonde_statement_bind_string (statement, 1 + COLUMN_FINISH_REASON, row->finish_reason);
  bind_usage (statement, row->usage);
  sonde_statement_bind_string (statement, 1 + COLUMN_MODEL_ID, row->model_id);
  sonde_statement_bind_string (statement, 1 + COLUMN_THINKING,
                               sonde_thinking_to_string (row->thinking));
  sonde_statement_bind_int64 (statement, 1 + COLUMN_CREATED_AT, row->created_at);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_THINKING_STARTED_AT, row->thinking_started_at);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_THINKING_DURATION, row->thinking_duration);
  bind_details (statement, row->details, tool_calls);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_DELETED_AT, row->deleted_at);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_COPIED, row->copied);
  if (!sonde_statement_run (statement, error) ||
      !sonde_attachments_table_save_message (database, row->id, row->attachments, error) ||
      !sonde_summaries_table_save (database, row->id, row->summary, error))
    return FALSE;

  return row->state == SONDE_MESSAGE_STREAMING ||
         sonde_journal_table_delete (database, row->id, error);
}

static GPtrArray *
read_rows (SondeDatabase *database, SondeStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_message_row_free);
  GError *local_error = NULL;

  while (sonde_statement_next (statement, &local_error))
    g_ptr_array_add (rows, read_row (database, statement));
  if (local_error != NULL) {
    g_propagate_error (error, local_error);
    return NULL;
  }

  return g_steal_pointer (&rows);
}

/**
 * sonde_messages_table_load:
 * @database: a database
 * @conversation_id: a conversation
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type SondeMessageRow) (nullable): all its messages by
 *   their numbers; a streaming one with its journal
 */
GPtrArray *
sonde_messages_table_load (SondeDatabase *database, gint64 conversation_id, GError **error)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    "SELECT " COLUMNS_BEFORE_TEXTS WHOLE_CONTENT ", " WHOLE_REASONING COLUMNS_AFTER_TEXTS
    " FROM messages WHERE conversation_id = ?1 ORDER BY id",
    error);

  if (statement == NULL)
    return NULL;
  sonde_statement_bind_int64 (statement, 1, conversation_id);

  return read_rows (database, statement, error);
}

/**
 * sonde_messages_table_load_tail:
 * @database: a database
 * @conversation_id: a conversation
 * @leaf_id: the last message of its chosen path
 * @n: how many messages
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type SondeMessageRow) (nullable): the last @n messages of
 *   that path that were not deleted, the first one first; none where @leaf_id is not there
 */
GPtrArray *
sonde_messages_table_load_tail (SondeDatabase *database,
                                gint64 conversation_id,
                                gint64 leaf_id,
                                guint n,
                                GError **error)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    "WITH RECURSIVE path (path_id, path_parent) AS ("
    "SELECT id, parent_id FROM messages WHERE id = ?2 AND conversation_id = ?1 UNION ALL "
    "SELECT id, parent_id FROM messages, path WHERE id = path_parent AND id < path_id LIMIT ?3) "
    "SELECT " COLUMNS_BEFORE_TEXTS WHOLE_CONTENT ", " WHOLE_REASONING COLUMNS_AFTER_TEXTS
    " FROM path CROSS JOIN messages ON id = path_id WHERE deleted_at = 0 ORDER BY id",
    error);

  if (statement == NULL)
    return NULL;
  sonde_statement_bind_int64 (statement, 1, conversation_id);
  sonde_statement_bind_int64 (statement, 2, leaf_id);
  sonde_statement_bind_int64 (statement, 3, n);

  return read_rows (database, statement, error);
}

/* What the person deleted is passed over: what followed it follows the one before. One
 * after another, from the last to the first, so that runs of them are passed over too. */
static gboolean
unlink_deleted (SondeDatabase *database, gint64 id, GError **error)
{
  g_autoptr (SondeStatement) move =
    sonde_statement_get (database,
                         "UPDATE messages SET parent_id = (SELECT parent_id FROM messages WHERE "
                         "id = ?1) WHERE parent_id = ?1",
                         error);
  g_autoptr (SondeStatement) delete =
    sonde_statement_get (database, "DELETE FROM messages WHERE id = ?1", error);

  if (move == NULL || delete == NULL)
    return FALSE;
  sonde_statement_bind_int64 (move, 1, id);
  sonde_statement_bind_int64 (delete, 1, id);

  return sonde_statement_run (move, error) && sonde_statement_run (delete, error);
}

/**
 * sonde_messages_table_purge:
 * @database: a database that nobody else writes
 * @error: a SONDE_STORE_ERROR
 *
 * Removes the messages that were deleted in an earlier run. To be called in a transaction.
 *
 * Returns: whether it was done
 */
gboolean
sonde_messages_table_purge (SondeDatabase *database, GError **error)
{
  for (;;) {
    gint64 id;

    if (!sonde_database_get_integer (
          database, "SELECT ifnull (max (id), 0) FROM messages WHERE deleted_at <> 0", &id, error))
      return FALSE;
    if (id == 0)
      return sonde_attachments_table_clean (database, error);
    if (!unlink_deleted (database, id, error))
      return FALSE;
  }
}

/**
 * sonde_messages_table_interrupt:
 * @database: a database that nobody else writes
 * @error: a SONDE_STORE_ERROR
 *
 * Closes the messages that a program which is gone left streaming: they are
 * interrupted, with everything that reached the journal. To be called in a
 * transaction.
 *
 * Returns: whether it was done
 */
gboolean
sonde_messages_table_interrupt (SondeDatabase *database, GError **error)
{
  return sonde_database_execute (
           database,
           "UPDATE messages SET state = 'interrupted', content = " WHOLE_CONTENT
           ", reasoning = " WHOLE_REASONING " WHERE state = 'streaming'",
           error) &&
         sonde_journal_table_clear (database, error);
}
