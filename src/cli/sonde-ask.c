/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-ask.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdio.h>

#include "sonde-account-private.h"
#include "sonde-api-error.h"
#include "sonde-ask-options.h"
#include "sonde-ask-output.h"
#include "sonde-ask-request.h"
#include "sonde-chat-context.h"
#include "sonde-model-list.h"
#include "sonde-retry.h"

#define DEFAULT_BASE_URL "https://api.deepseek.com"

typedef enum {
  EXIT_COMPLETE = 0,
  EXIT_ERROR = 1,
  EXIT_USAGE = 2,
  EXIT_CUT_SHORT = 3,
} ExitStatus;

/* One question on the command line, from the options to the exit status. */
typedef struct {
  SondeAskOptions options;
  SondeAskOutput output;

  GMainLoop *loop;
  SondeChatContext *context;
  SondeClient *client;
  SondeRequest *request;
  GRand *random;
  guint attempt;
  gboolean asked;
  ExitStatus status;
} Ask;

static void
ask_clear (Ask *self)
{
  sonde_ask_options_clear (&self->options);
  sonde_ask_output_clear (&self->output);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_object (&self->client);
  g_clear_object (&self->request);
  g_clear_object (&self->context);
  g_clear_pointer (&self->random, g_rand_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ask, ask_clear)

static void
quit (Ask *self, ExitStatus status)
{
  self->status = status;
  g_main_loop_quit (self->loop);
}

/* What is wrong with a request, in a sentence; the error says where, in the protocol's words. */
static const char *
describe_refusal (SondeRequestError code)
{
  switch (code) {
  case SONDE_REQUEST_ERROR_SYNTAX:
    return _ ("What was given is not JSON of the right shape.");
  case SONDE_REQUEST_ERROR_RANGE:
    return _ ("A value is out of its range.");
  case SONDE_REQUEST_ERROR_MESSAGES:
    return _ ("The messages are not as the service takes them.");
  case SONDE_REQUEST_ERROR_EMPTY_ASSISTANT:
    return _ ("An answer in the conversation has neither text nor tool calls.");
  case SONDE_REQUEST_ERROR_TOOL_MESSAGES:
    return _ ("Each tool call needs its result right behind it.");
  case SONDE_REQUEST_ERROR_PREFIX:
    return _ ("The service cannot go on with this beginning.");
  case SONDE_REQUEST_ERROR_JSON_WORD:
    return _ ("For JSON output, the word “json” has to be in the question or the system prompt.");
  case SONDE_REQUEST_ERROR_TOOLS:
    return _ ("A tool is not defined as the service takes it.");
  case SONDE_REQUEST_ERROR_SCHEMA:
    return _ ("The parameters of a strict tool go beyond what the service supports.");
  case SONDE_REQUEST_ERROR_TOOL_CHOICE:
    return _ ("This choice of a tool is not possible.");
  case SONDE_REQUEST_ERROR_LOGPROBS:
    return _ ("Log probabilities are given for 0 to 20 alternatives.");
  case SONDE_REQUEST_ERROR_STOP:
    return _ ("There can be 1 to 16 stop texts, none of them empty.");
  case SONDE_REQUEST_ERROR_SIZE:
    return _ ("The request is larger than the service takes.");
  }

  g_assert_not_reached ();
}

static ExitStatus
refuse (const GError *error)
{
  if (error->domain == SONDE_REQUEST_ERROR)
    g_printerr ("sonde: %s\n", describe_refusal ((SondeRequestError) error->code));
  g_printerr ("sonde: %s\n", error->message);
  g_printerr (_ ("Try “sonde ask --help”.\n"));

  return EXIT_USAGE;
}

/* --- sending ------------------------------------------------------------------------------- */

static void send_request (Ask *self);

static void
client_event_cb (SondeClientEvent event, const SondeChunk *chunk, gpointer user_data)
{
  Ask *self = user_data;

  sonde_ask_output_take (&self->output, event, chunk);
}

static gboolean
send_again_cb (gpointer user_data)
{
  send_request (user_data);

  return G_SOURCE_REMOVE;
}

/* Once the answer has begun, another try would print, and cost, it twice. */
static gboolean
try_again (Ask *self, const GError *error)
{
  const guint retries = (guint) self->options.retries;
  gint64 delay;

  if (self->output.got_any || self->attempt >= retries)
    return FALSE;
  delay = sonde_retry_get_delay (self->attempt + 1, error, self->random);
  if (delay < 0)
    return FALSE;

  self->attempt++;
  sonde_ask_output_retry (&self->output, self->attempt, retries, delay);
  g_timeout_add ((guint) delay, send_again_cb, self);

  return TRUE;
}

static void
complete_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ask *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean whole = sonde_client_complete_finish (SONDE_CLIENT (source), result, &error);
  static const char *const complete[] = { "stop", "tool_calls", "function_call", NULL };

  if (!whole && try_again (self, error))
    return;

  sonde_ask_output_end (&self->output, self->options.show_usage);
  if (!whole) {
    sonde_ask_output_fail (&self->output, error);
    quit (self, self->output.got_text ? EXIT_CUT_SHORT : EXIT_ERROR);
  } else if (self->output.finish_reason != NULL &&
             g_strv_contains (complete, self->output.finish_reason)) {
    quit (self, EXIT_COMPLETE);
  } else {
    g_printerr (_ ("sonde: The answer was cut short: %s\n"), self->output.finish_reason);
    quit (self, EXIT_CUT_SHORT);
  }
}

static void
send_request (Ask *self)
{
  /* Nobody is there to be asked whether to wait on. */
  sonde_client_set_stall_is_error (self->client, TRUE);
  sonde_client_complete_async (self->client, self->request, client_event_cb, self, NULL, NULL,
                               complete_cb, self);
}

static void
account_state_changed_cb (SondeAccount *account, GParamSpec *pspec, Ask *self)
{
  g_autoptr (GError) error = NULL;

  if (self->asked || sonde_account_get_state (account) == SONDE_ACCOUNT_LOADING)
    return;

  self->asked = TRUE;
  if (sonde_account_get_state (account) == SONDE_ACCOUNT_READY) {
    send_request (self);
    return;
  }

  error =
    sonde_api_error_new (SONDE_FAILURE_NO_KEY, 0, NULL, -1, sonde_account_get_problem (account));
  sonde_ask_output_fail (&self->output, error);
  quit (self, EXIT_ERROR);
}

/* --- preparing ----------------------------------------------------------------------------- */

static void
limit_length (Ask *self, SondeModelInfo *model)
{
  const gint64 limit = sonde_model_info_get_max_output_tokens (model);

  sonde_request_set_max_output (self->request, limit);
  if (self->options.max_tokens_set && limit > 0 && self->options.max_tokens > limit)
    /* Translators: %s is a model, %ld a number of tokens */
    g_printerr (ngettext ("sonde: %s writes %ld token at most; that is asked for\n",
                          "sonde: %s writes %ld tokens at most; that is asked for\n",
                          (gulong) limit),
                sonde_model_info_get_display_name (model), (long) limit);
}

/* Whether all of the files can be sent to a model of which no more is known. */
static gboolean
check_files (Ask *self, SondeModelInfo *model, GError **error)
{
  GPtrArray *files = self->options.files;

  for (guint i = 0; files != NULL && i < files->len; i++) {
    SondeAttachment *file = g_ptr_array_index (files, i);

    if (sonde_attachment_is_image (file) &&
        (model == NULL || !sonde_model_info_get_takes_images (model))) {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* Translators: a file, and the id of a model */
                   _ ("%s is an image, and it is not known that %s takes images"),
                   sonde_attachment_get_name (file), self->options.model);
      return FALSE;
    }
  }

  return TRUE;
}

/* The request, checked: what the service would refuse is wrong usage. */
static GBytes *
prepare (Ask *self, GError **error)
{
  SondeModelList *models = SONDE_MODEL_LIST (sonde_chat_context_get_models (self->context));
  SondeModelInfo *known = sonde_model_list_find (models, self->options.model);

  if (!check_files (self, known, error))
    return NULL;
  if (known != NULL)
    self->options.thinking = sonde_model_info_map_thinking (known, self->options.thinking);
  if (self->options.thinking != SONDE_THINKING_OFF) {
    for (gsize i = 0; i < SONDE_ASK_N_NUMBERS; i++)
      if (self->options.numbers_set[i]) {
        g_printerr (_ ("sonde: Temperature, top-p and penalties have no effect while the model "
                       "thinks, and are not sent\n"));
        break;
      }
  }
  self->request = sonde_ask_request_new (&self->options, error);
  if (self->request == NULL)
    return NULL;
  if (known != NULL)
    limit_length (self, known);
  sonde_request_set_capabilities (self->request, sonde_client_get_capabilities (self->client));

  return sonde_request_to_body (self->request, error);
}

static void
print_request (Ask *self, GBytes *body)
{
  g_autofree char *url = sonde_client_get_request_url (self->client, self->request);

  g_print ("POST %s\n", url);
  g_print ("Authorization: Bearer ****\n");
  g_print ("Content-Type: application/json\n");
  g_print ("Accept: %s\n\n",
           sonde_request_get_stream (self->request) ? "text/event-stream" : "application/json");
  fwrite (g_bytes_get_data (body, NULL), 1, g_bytes_get_size (body), stdout);
  fputc ('\n', stdout);
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
  g_autoptr (GBytes) body = NULL;
  SondeChatOptions options = { 0 };
  SondeAccount *account;

  if (!sonde_ask_options_parse (&self.options, argc, argv, &error))
    return refuse (error);

  self.output.show_reasoning = self.options.show_reasoning;
  self.output.raw = self.options.raw;
  self.random = g_rand_new ();
  options.base_url = self.options.base_url != NULL ? self.options.base_url : DEFAULT_BASE_URL;
  options.stall_timeout = (guint) self.options.stall_timeout * 1000;
  self.loop = g_main_loop_new (NULL, FALSE);
  self.context = sonde_chat_context_new (&options);
  account = sonde_chat_context_get_account (self.context);
  self.client = sonde_client_new (options.base_url, &error);
  if (self.client == NULL) {
    sonde_ask_output_fail (&self.output, error);
    return EXIT_ERROR;
  }
  body = prepare (&self, &error);
  if (body == NULL)
    return refuse (error);
  if (self.options.dry_run) {
    print_request (&self, body);
    return EXIT_COMPLETE;
  }

  /* The account's own client has the key, which is only now asked for. */
  sonde_chat_context_connect (self.context);
  g_set_object (&self.client, sonde_account_get_client (account, NULL));
  g_signal_connect (account, "notify::state", G_CALLBACK (account_state_changed_cb), &self);
  account_state_changed_cb (account, NULL, &self);
  if (self.status == EXIT_COMPLETE)
    g_main_loop_run (self.loop);
  g_signal_handlers_disconnect_by_data (account, &self);

  return self.status;
}
