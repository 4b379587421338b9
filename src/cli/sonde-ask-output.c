/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-ask-output.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "sonde-ask-raw.h"

/* What happened and what to do about it, in one line. */
static const char *
describe (SondeFailureKind kind)
{
  switch (kind) {
  case SONDE_FAILURE_NO_KEY:
    return _ ("There is no API key. Set DEEPSEEK_API_KEY, or add the key in Sonde’s window.");
  case SONDE_FAILURE_UNAUTHORIZED:
    return _ ("The API key was refused. Check DEEPSEEK_API_KEY or the key in Sonde’s window.");
  case SONDE_FAILURE_BALANCE:
    return _ (
      "The account’s balance is used up. Top it up at https://platform.deepseek.com/top_up.");
  case SONDE_FAILURE_INVALID_REQUEST:
    return _ ("The service does not accept the request.");
  case SONDE_FAILURE_CONTEXT_LENGTH:
    return _ ("The question is too long for the model.");
  case SONDE_FAILURE_MODEL_NOT_FOUND:
    return _ ("The service does not know this model. Choose another one with --model.");
  case SONDE_FAILURE_CONTENT_RISK:
    return _ ("The service refuses the content of the question.");
  case SONDE_FAILURE_TOO_LARGE:
    return _ ("The request is too large for the service.");
  case SONDE_FAILURE_ENDPOINT:
    return _ ("No chat service answers there. Check --base-url.");
  case SONDE_FAILURE_RATE_LIMIT:
    return _ ("Too many requests at once. Wait a moment, or ask fewer at once.");
  case SONDE_FAILURE_SERVER:
    return _ ("The service had an error of its own. Ask again.");
  case SONDE_FAILURE_OVERLOADED:
    return _ ("The service is overloaded. Wait a moment and ask again.");
  case SONDE_FAILURE_NETWORK:
    return _ ("The service cannot be reached. Check the network connection.");
  case SONDE_FAILURE_CUT:
    return _ ("The connection ended before the answer was finished.");
  case SONDE_FAILURE_STALLED:
    return _ ("The service has sent nothing for too long.");
  case SONDE_FAILURE_EMPTY:
    return _ ("The service answered with nothing. Ask again.");
  case SONDE_FAILURE_PROTOCOL:
    return _ ("The service sent something that is not an answer.");
  case SONDE_FAILURE_STREAM:
    return _ ("The service broke the answer off.");
  }

  g_assert_not_reached ();
}

static void
print_reasoning (SondeAskOutput *self, const char *text)
{
  if (!self->show_reasoning)
    return;

  self->in_reasoning = TRUE;
  fputs (text, stderr);
  fflush (stderr);
}

static void
print_content (SondeAskOutput *self, const char *text)
{
  if (self->in_reasoning)
    fputs ("\n\n", stderr);
  self->in_reasoning = FALSE;
  self->got_text = TRUE;
  self->last_char = text[strlen (text) - 1];
  fputs (text, stdout);
  fflush (stdout);
}

static void
keep (SondeAskOutput *self, const SondeChunk *chunk)
{
  if (self->calls == NULL)
    self->calls = sonde_tool_call_builder_new ();
  for (guint i = 0; chunk->tool_calls != NULL && i < chunk->tool_calls->len; i++)
    sonde_tool_call_builder_add (self->calls, g_ptr_array_index (chunk->tool_calls, i));
  if (chunk->finish_reason != NULL)
    g_set_str (&self->finish_reason, chunk->finish_reason);
  if (chunk->usage != NULL) {
    g_clear_pointer (&self->usage, sonde_usage_free);
    self->usage = sonde_usage_copy (chunk->usage);
  }
}

/**
 * sonde_ask_output_take:
 * @self: zeroed but for its switches
 * @event: what has happened
 * @chunk: (nullable): a chunk, with CHUNK
 *
 * Prints what there is to print of an event.
 */
void
sonde_ask_output_take (SondeAskOutput *self, SondeClientEvent event, const SondeChunk *chunk)
{
  const gboolean reasons = chunk != NULL && chunk->reasoning != NULL && *chunk->reasoning != '\0';
  const gboolean answers = chunk != NULL && chunk->content != NULL && *chunk->content != '\0';

  self->got_any = self->got_any || reasons || answers ||
                  (chunk != NULL && chunk->tool_calls != NULL && chunk->tool_calls->len > 0);
  if (chunk != NULL)
    keep (self, chunk);

  if (self->raw) {
    sonde_ask_raw_print_event (event, chunk);
    self->got_text = self->got_text || answers;
    return;
  }
  if (reasons)
    print_reasoning (self, chunk->reasoning);
  if (answers)
    print_content (self, chunk->content);
}

/**
 * sonde_ask_output_retry:
 * @self: an output
 * @attempt: which try again comes, from 1
 * @retries: how many there may be
 * @delay: how long until then, in milliseconds
 *
 * Says that the same is tried again.
 */
void
sonde_ask_output_retry (SondeAskOutput *self, guint attempt, guint retries, gint64 delay)
{
  const double seconds = (double) delay / 1000;

  if (self->raw)
    sonde_ask_raw_print_retry (attempt, delay);
  else
    g_printerr (_ ("sonde: Trying again in %.1f s (%u of %u)\n"), seconds, attempt, retries);
}

static void
print_calls (SondeAskOutput *self)
{
  g_autoptr (GPtrArray) calls =
    self->calls != NULL ? sonde_tool_call_builder_get_calls (self->calls) : NULL;

  for (guint i = 0; calls != NULL && i < calls->len; i++) {
    const SondeToolCall *call = g_ptr_array_index (calls, i);

    if (self->got_text && self->last_char != '\n')
      fputc ('\n', stdout);
    fprintf (stdout, "%s(%s)\n", call->name, call->arguments);
    self->got_text = TRUE;
    self->last_char = '\n';
  }
}

/**
 * sonde_ask_output_end:
 * @self: an output
 * @show_usage: whether to say what the answer used
 *
 * Ends the last lines. Calls of tools are printed now that they are whole, one a line.
 */
void
sonde_ask_output_end (SondeAskOutput *self, gboolean show_usage)
{
  if (self->in_reasoning)
    fputc ('\n', stderr);
  if (!self->raw) {
    print_calls (self);
    if (self->got_text && self->last_char != '\n')
      fputc ('\n', stdout);
  }
  fflush (stdout);
  if (show_usage && self->usage != NULL)
    g_printerr (_ ("Tokens: %ld in the question (%ld from the cache), %ld in the answer "
                   "(%ld of reasoning)\n"),
                (long) MAX (0, self->usage->prompt_tokens),
                (long) MAX (0, self->usage->cache_hit_tokens),
                (long) MAX (0, self->usage->completion_tokens),
                (long) MAX (0, self->usage->reasoning_tokens));
}

/**
 * sonde_ask_output_fail:
 * @self: an output
 * @error: why there is no answer, or no whole one
 *
 * Says so, and what to do about it.
 */
void
sonde_ask_output_fail (SondeAskOutput *self, const GError *error)
{
  g_autoptr (SondeFailure) failure = sonde_api_error_to_failure (error);

  if (self->raw)
    sonde_ask_raw_print_failure (failure);
  g_printerr ("sonde: %s\n", describe (failure->kind));
  if (failure->detail != NULL && *failure->detail != '\0')
    g_printerr ("sonde: %s\n", failure->detail);
  if (failure->trace_id != NULL)
    g_printerr ("sonde: %s %s\n", _ ("Request:"), failure->trace_id);
}

/**
 * sonde_ask_output_clear:
 * @self: an output
 */
void
sonde_ask_output_clear (SondeAskOutput *self)
{
  g_clear_pointer (&self->finish_reason, g_free);
  g_clear_pointer (&self->usage, sonde_usage_free);
  g_clear_pointer (&self->calls, sonde_tool_call_builder_free);
}
