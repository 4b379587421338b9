/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-ask.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "sonde-account-private.h"
#include "sonde-api-error.h"
#include "sonde-chat-context.h"
#include "sonde-model-list.h"

typedef enum {
  EXIT_COMPLETE = 0,
  EXIT_ERROR = 1,
  EXIT_USAGE = 2,
  EXIT_CUT_SHORT = 3,
} ExitStatus;

/* One question on the command line, from the options to the exit status. */
typedef struct {
  char *model;
  char *thinking;
  char *base_url;
  gboolean show_reasoning;
  gboolean show_usage;
  char **rest;

  GMainLoop *loop;
  SondeChatContext *context;
  char *prompt;
  gboolean asked;
  gboolean got_text;
  gboolean in_reasoning;
  char last_char;
  char *finish_reason;
  SondeUsage *usage;
  ExitStatus status;
} Ask;

static void
ask_clear (Ask *self)
{
  g_free (self->model);
  g_free (self->thinking);
  g_free (self->base_url);
  g_strfreev (self->rest);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_object (&self->context);
  g_free (self->prompt);
  g_free (self->finish_reason);
  g_clear_pointer (&self->usage, sonde_usage_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ask, ask_clear)

static void
quit (Ask *self, ExitStatus status)
{
  self->status = status;
  g_main_loop_quit (self->loop);
}

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
    return _ ("Too many requests at once. Wait a moment and ask again.");
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
report_failure (const GError *error)
{
  g_autoptr (SondeFailure) failure = sonde_api_error_to_failure (error);

  g_printerr ("sonde: %s\n", describe (failure->kind));
  if (failure->detail != NULL && *failure->detail != '\0')
    g_printerr ("sonde: %s\n", failure->detail);
  if (failure->trace_id != NULL)
    g_printerr ("sonde: %s %s\n", _ ("Request:"), failure->trace_id);
}

static void
report_usage (const SondeUsage *usage)
{
  g_printerr (_ ("Tokens: %ld in the question (%ld from the cache), %ld in the answer "
                 "(%ld of reasoning)\n"),
              (long) MAX (0, usage->prompt_tokens), (long) MAX (0, usage->cache_hit_tokens),
              (long) MAX (0, usage->completion_tokens), (long) MAX (0, usage->reasoning_tokens));
}

static void
client_event_cb (SondeClientEvent event, const SondeChunk *chunk, gpointer user_data)
{
  Ask *self = user_data;

  if (event != SONDE_CLIENT_CHUNK)
    return;

  if (self->show_reasoning && chunk->reasoning != NULL && *chunk->reasoning != '\0') {
    self->in_reasoning = TRUE;
    fputs (chunk->reasoning, stderr);
    fflush (stderr);
  }
  if (chunk->content != NULL && *chunk->content != '\0') {
    if (self->in_reasoning)
      fputs ("\n\n", stderr);
    self->in_reasoning = FALSE;
    self->got_text = TRUE;
    self->last_char = chunk->content[strlen (chunk->content) - 1];
    fputs (chunk->content, stdout);
    fflush (stdout);
  }
  if (chunk->finish_reason != NULL)
    g_set_str (&self->finish_reason, chunk->finish_reason);
  if (chunk->usage != NULL) {
    g_clear_pointer (&self->usage, sonde_usage_free);
    self->usage = sonde_usage_copy (chunk->usage);
  }
}

static void
complete_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ask *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean whole = sonde_client_complete_finish (SONDE_CLIENT (source), result, &error);

  if (self->in_reasoning)
    fputc ('\n', stderr);
  if (self->got_text && self->last_char != '\n')
    fputc ('\n', stdout);
  fflush (stdout);
  if (self->show_usage && self->usage != NULL)
    report_usage (self->usage);

  if (!whole) {
    report_failure (error);
    quit (self, self->got_text ? EXIT_CUT_SHORT : EXIT_ERROR);
  } else if (g_strcmp0 (self->finish_reason, "stop") == 0 ||
             g_strcmp0 (self->finish_reason, "tool_calls") == 0) {
    quit (self, EXIT_COMPLETE);
  } else {
    g_printerr (_ ("sonde: The answer was cut short: %s\n"), self->finish_reason);
    quit (self, EXIT_CUT_SHORT);
  }
}

static void
send_question (Ask *self, SondeClient *client)
{
  SondeModelList *models = SONDE_MODEL_LIST (sonde_chat_context_get_models (self->context));
  SondeModelInfo *known = sonde_model_list_find (models, self->model);
  g_autoptr (SondeRequest) request = NULL;
  SondeThinking thinking = SONDE_THINKING_HIGH;

  sonde_thinking_from_string (self->thinking, &thinking);
  if (known != NULL)
    thinking = sonde_model_info_map_thinking (known, thinking);

  request = sonde_request_new (self->model);
  sonde_request_set_stream (request, TRUE);
  sonde_request_set_thinking (request, thinking);
  sonde_request_add_message (request, SONDE_ROLE_USER, self->prompt, NULL);
  sonde_client_complete_async (client, request, client_event_cb, self, NULL, NULL, complete_cb,
                               self);
}

static void
account_state_changed_cb (SondeAccount *account, GParamSpec *pspec, Ask *self)
{
  g_autoptr (GError) error = NULL;
  SondeClient *client;

  if (self->asked || sonde_account_get_state (account) == SONDE_ACCOUNT_LOADING)
    return;

  self->asked = TRUE;
  client = sonde_account_get_client (account, &error);
  if (client == NULL) {
    report_failure (error);
    quit (self, EXIT_ERROR);
  } else if (sonde_account_get_state (account) != SONDE_ACCOUNT_READY) {
    g_printerr ("sonde: %s\n", describe (SONDE_FAILURE_NO_KEY));
    if (sonde_account_get_problem (account) != NULL)
      g_printerr ("sonde: %s\n", sonde_account_get_problem (account));
    quit (self, EXIT_ERROR);
  } else {
    send_question (self, client);
  }
}

static char *
read_standard_input (GError **error)
{
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (fileno (stdin));
  g_autofree char *text = NULL;
  gsize length;

  if (g_io_channel_set_encoding (channel, NULL, error) != G_IO_STATUS_NORMAL ||
      g_io_channel_read_to_end (channel, &text, &length, error) != G_IO_STATUS_NORMAL)
    return NULL;

  return g_utf8_make_valid (text, (gssize) length);
}

static gboolean
parse (Ask *self, int argc, char *argv[], GError **error)
{
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_STRING, &self->model, N_ ("The model that answers"),
      N_ ("ID") },
    { "thinking", 't', 0, G_OPTION_ARG_STRING, &self->thinking,
      N_ ("How hard it thinks: off, low, high or max"), N_ ("LEVEL") },
    { "base-url", 0, 0, G_OPTION_ARG_STRING, &self->base_url, N_ ("The service to ask"),
      N_ ("URL") },
    { "show-reasoning", 0, 0, G_OPTION_ARG_NONE, &self->show_reasoning,
      N_ ("Print the reasoning to standard error"), NULL },
    { "usage", 0, 0, G_OPTION_ARG_NONE, &self->show_usage,
      N_ ("Print the tokens used to standard error"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->rest, NULL, N_ ("PROMPT|-") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  SondeThinking thinking;

  g_option_context_set_summary (
    options, _ ("Asks one question and prints the answer as it comes. With “-” the question is "
                "read from standard input. Exits with 0 when the answer is complete, 1 on an "
                "error, 2 on wrong usage, 3 when the answer was cut short."));
  g_option_context_set_translation_domain (options, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (options, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (options, &argc, &argv, error))
    return FALSE;

  if (self->rest == NULL || g_strv_length (self->rest) != 1) {
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                         _ ("Give exactly one question, in quotes, or “-”"));
    return FALSE;
  }
  if (self->thinking != NULL && !sonde_thinking_from_string (self->thinking, &thinking)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("--thinking takes off, low, high or max, not “%s”"), self->thinking);
    return FALSE;
  }
  if (self->model == NULL)
    self->model = g_strdup ("deepseek-v4-flash");

  self->prompt = g_str_equal (self->rest[0], "-") ? read_standard_input (error)
                                                  : g_utf8_make_valid (self->rest[0], -1);
  if (self->prompt != NULL && self->prompt[strspn (self->prompt, " \t\r\n")] == '\0') {
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _ ("The question is empty"));
    return FALSE;
  }

  return self->prompt != NULL;
}

/**
 * sonde_ask_run:
 * @argc: how many arguments, without the program's name
 * @argv: `ask` and its arguments
 *
 * `sonde ask`: needs no display and keeps nothing.
 *
 * Returns: 0 complete, 1 error, 2 usage, 3 cut short
 */
int
sonde_ask_run (int argc, char *argv[])
{
  g_auto (Ask) self = { 0 };
  g_autoptr (GError) error = NULL;
  SondeChatOptions options = { 0 };
  SondeAccount *account;

  if (!parse (&self, argc, argv, &error)) {
    g_printerr ("sonde: %s\n", error->message);
    g_printerr (_ ("Try “sonde ask --help”.\n"));
    return EXIT_USAGE;
  }

  options.base_url = self.base_url;
  self.loop = g_main_loop_new (NULL, FALSE);
  self.context = sonde_chat_context_new (&options);
  account = sonde_chat_context_get_account (self.context);
  g_signal_connect (account, "notify::state", G_CALLBACK (account_state_changed_cb), &self);
  sonde_chat_context_connect (self.context);
  account_state_changed_cb (account, NULL, &self);
  if (self.status == EXIT_COMPLETE)
    g_main_loop_run (self.loop);
  g_signal_handlers_disconnect_by_data (account, &self);

  return self.status;
}
