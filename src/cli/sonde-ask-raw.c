/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The events of `sonde ask --raw`, a line of JSON each. */

#include "sonde-ask-raw.h"

#include <math.h>
#include <stdio.h>

static GString *
begin (const char *event)
{
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "{\"event\":\"%s\"", event);

  return line;
}

static void
end (GString *line)
{
  g_string_append_c (line, '}');
  puts (line->str);
  fflush (stdout);
}

static void
append_quoted (GString *line, const char *text)
{
  g_string_append_c (line, '"');
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '"' || *p == '\\')
      g_string_append_c (line, '\\');
    if ((guchar) *p < 0x20)
      g_string_append_printf (line, "\\u%04x", (guint) *p);
    else
      g_string_append_c (line, *p);
  }
  g_string_append_c (line, '"');
}

static void
add_name (GString *line, const char *name)
{
  if (line->str[line->len - 1] != '{')
    g_string_append_c (line, ',');
  append_quoted (line, name);
  g_string_append_c (line, ':');
}

static void
add_string (GString *line, const char *name, const char *value)
{
  if (value == NULL)
    return;

  add_name (line, name);
  append_quoted (line, value);
}

static void
add_count (GString *line, const char *name, gint64 value)
{
  if (value < 0)
    return;

  add_name (line, name);
  g_string_append_printf (line, "%" G_GINT64_FORMAT, value);
}

static void
add_calls (GString *line, GPtrArray *calls)
{
  if (calls == NULL)
    return;

  add_name (line, "tool_calls");
  g_string_append_c (line, '[');
  for (guint i = 0; i < calls->len; i++) {
    const SondeToolCallDelta *call = g_ptr_array_index (calls, i);

    g_string_append (line, i > 0 ? ",{" : "{");
    add_count (line, "index", call->index != SONDE_TOOL_CALL_NO_INDEX ? (gint64) call->index : -1);
    add_string (line, "id", call->id);
    add_string (line, "name", call->name);
    add_string (line, "arguments", call->arguments);
    if (call->legacy) {
      add_name (line, "legacy");
      g_string_append (line, "true");
    }
    g_string_append_c (line, '}');
  }
  g_string_append_c (line, ']');
}

static void
add_usage (GString *line, const SondeUsage *usage)
{
  if (usage == NULL)
    return;

  add_name (line, "usage");
  g_string_append_c (line, '{');
  add_count (line, "prompt_tokens", usage->prompt_tokens);
  add_count (line, "completion_tokens", usage->completion_tokens);
  add_count (line, "total_tokens", usage->total_tokens);
  add_count (line, "cache_hit_tokens", usage->cache_hit_tokens);
  add_count (line, "cache_miss_tokens", usage->cache_miss_tokens);
  add_count (line, "reasoning_tokens", usage->reasoning_tokens);
  g_string_append_c (line, '}');
}

static void
add_logprobs (GString *line, const char *name, GPtrArray *tokens)
{
  if (tokens == NULL)
    return;

  add_name (line, name);
  g_string_append_c (line, '[');
  for (guint i = 0; i < tokens->len; i++) {
    const SondeTokenLogprob *token = g_ptr_array_index (tokens, i);
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append (line, i > 0 ? ",{" : "{");
    add_string (line, "token", token->token);
    if (isfinite (token->logprob)) {
      add_name (line, "logprob");
      g_string_append (line, g_ascii_formatd (number, sizeof number, "%.9g", token->logprob));
    }
    add_logprobs (line, "alternatives", token->alternatives);
    g_string_append_c (line, '}');
  }
  g_string_append_c (line, ']');
}

/* What is not known here is printed as it came. */
static void
add_extras (GString *line, GPtrArray *extras)
{
  if (extras == NULL)
    return;

  g_string_append (line, ",\"extras\":{");
  for (guint i = 0; i < extras->len; i++) {
    const SondeExtra *extra = g_ptr_array_index (extras, i);
    g_autofree char *json = g_strdelimit (g_strdup (extra->json), "\r\n", ' ');

    add_name (line, extra->name);
    g_string_append (line, json);
  }
  g_string_append_c (line, '}');
}

/**
 * sonde_ask_raw_print_event:
 * @event: what has happened
 * @chunk: (nullable): a chunk, with CHUNK
 *
 * Prints an event; of a chunk, what was read of it.
 */
void
sonde_ask_raw_print_event (SondeClientEvent event, const SondeChunk *chunk)
{
  static const char *const names[] = {
    [SONDE_CLIENT_OPENED] = "opened",
    [SONDE_CLIENT_KEEP_ALIVE] = "keep-alive",
    [SONDE_CLIENT_CHUNK] = "chunk",
    [SONDE_CLIENT_STALLED] = "stalled",
  };
  g_autoptr (GString) line = begin (names[event]);

  if (chunk != NULL) {
    add_string (line, "id", chunk->id);
    add_string (line, "model", chunk->model);
    add_string (line, "system_fingerprint", chunk->system_fingerprint);
    add_string (line, "reasoning", chunk->reasoning);
    add_string (line, "content", chunk->content);
    add_calls (line, chunk->tool_calls);
    add_string (line, "finish_reason", chunk->finish_reason);
    add_usage (line, chunk->usage);
    add_string (line, "title", chunk->title);
    add_logprobs (line, "logprobs", chunk->logprobs);
    add_logprobs (line, "reasoning_logprobs", chunk->reasoning_logprobs);
    add_extras (line, chunk->extras);
  }
  end (line);
}

/**
 * sonde_ask_raw_print_retry:
 * @attempt: which try again comes, from 1
 * @delay: in how many milliseconds
 *
 * Prints that the request is sent again.
 */
void
sonde_ask_raw_print_retry (guint attempt, gint64 delay)
{
  g_autoptr (GString) line = begin ("retry");

  add_count (line, "attempt", attempt);
  add_count (line, "delay_ms", delay);
  end (line);
}

/**
 * sonde_ask_raw_print_failure:
 * @failure: why there is no answer, or no whole one
 *
 * Prints it.
 */
void
sonde_ask_raw_print_failure (const SondeFailure *failure)
{
  g_autoptr (GString) line = begin ("error");
  g_autofree char *kind = g_enum_to_string (SONDE_TYPE_FAILURE_KIND, (int) failure->kind);

  add_string (line, "kind", kind);
  add_count (line, "status", failure->http_status > 0 ? (gint64) failure->http_status : -1);
  add_string (line, "detail", failure->detail);
  add_string (line, "trace_id", failure->trace_id);
  end (line);
}
