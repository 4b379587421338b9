/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-session-private.h"

#include "sonde-account-private.h"
#include "sonde-api-error.h"
#include "sonde-client.h"
#include "sonde-parameters.h"
#include "sonde-retry.h"

#define DETAILS_DELAY 200 /* ms until the tool calls that have come are stored */
#define TITLE_LENGTH  60  /* characters of the first question that make the title */

/* What a model is told where prefix completion is not to be had; not shown, not stored. */
#define CONTINUE_PROMPT                                                                            \
  "Continue your last answer exactly where it stopped. Do not repeat any of it and do not "        \
  "comment on it."

/**
 * SondeSession:
 *
 * What goes on in one conversation: a question is sent, an answer streams in, it
 * ends. Every text goes to the model and to the store in the same call; text that
 * has come is never taken back.
 *
 * What fails before the first delta is tried again by itself (contract.md section
 * 7.2); what fails later is left to the person, since asking again costs again.
 */
enum { PROP_CONVERSATION = 1, PROP_BUSY, PROP_SUMMARISING, N_PROPS };

enum { FINISHED, SUMMARISED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeSession, sonde_session, G_TYPE_OBJECT)

static gint64
now (SondeSession *self)
{
  return sonde_clock_get_real_time (self->services->clock);
}

/* A temporary conversation never comes to the disk. */
static gboolean
is_kept (SondeSession *self)
{
  return !sonde_conversation_get_temporary (self->conversation);
}

void
sonde_session_save_message (SondeSession *self, SondeMessage *message)
{
  if (is_kept (self))
    sonde_store_save_message (self->services->store, sonde_conversation_get_id (self->conversation),
                              message);
}

static void
save_conversation (SondeSession *self)
{
  sonde_conversation_set_updated_at (self->conversation, now (self));
  if (is_kept (self))
    sonde_store_save_conversation (self->services->store, self->conversation);
}

static char *
make_title (const char *text)
{
  g_autofree char *line = g_strstrip (g_strndup (text, strcspn (text, "\n")));
  char *end;

  if (g_utf8_strlen (line, -1) <= TITLE_LENGTH)
    return g_steal_pointer (&line);

  end = g_utf8_offset_to_pointer (line, TITLE_LENGTH);
  for (char *space = end; space > line; space = g_utf8_find_prev_char (line, space))
    if (g_unichar_isspace (g_utf8_get_char (space))) {
      end = space;
      break;
    }
  *end = '\0';

  return g_strconcat (line, "…", NULL);
}

static void
end_thinking (SondeSession *self)
{
  gint64 started = sonde_message_get_thinking_started_at (self->answer);

  if (started > 0 && sonde_message_get_thinking_duration (self->answer) < 0)
    sonde_message_set_thinking_duration (self->answer, MAX (0, now (self) - started) / 1000);
}

static void
append (SondeSession *self, SondeTextKind kind, const char *text)
{
  sonde_message_append_text (self->answer, kind, text, -1);
  if (is_kept (self))
    sonde_store_append_text (self->services->store, sonde_message_get_id (self->answer), kind, text,
                             strlen (text));
}

static void
take_details (SondeSession *self)
{
  g_clear_handle_id (&self->details_source, g_source_remove);
  sonde_message_set_details (self->answer, sonde_details_builder_finish (self->details));
}

static void
details_cb (gpointer user_data)
{
  SondeSession *self = user_data;

  self->details_source = 0;
  take_details (self);
  sonde_session_save_message (self, self->answer);
}

static void
note_first_delta (SondeSession *self)
{
  SondeMessageDetails *details = sonde_details_builder_get (self->details);

  self->got_delta = TRUE;
  if (details->first_token_delay < 0)
    details->first_token_delay = MAX (0, now (self) - self->asked_at) / 1000;
}

static void
take_chunk (SondeSession *self, const SondeChunk *chunk)
{
  if ((chunk->reasoning != NULL && *chunk->reasoning != '\0') ||
      (chunk->content != NULL && *chunk->content != '\0') || chunk->tool_calls != NULL)
    note_first_delta (self);
  if (sonde_details_builder_take (self->details, chunk) && self->details_source == 0)
    self->details_source = g_timeout_add_once (DETAILS_DELAY, details_cb, self);
  if (chunk->reasoning != NULL) {
    if (*chunk->reasoning != '\0') {
      if (sonde_message_get_thinking_started_at (self->answer) == 0)
        sonde_message_set_thinking_started_at (self->answer, now (self));
      sonde_message_set_phase (self->answer, SONDE_PHASE_THINKING);
    }
    append (self, SONDE_TEXT_REASONING, chunk->reasoning);
  }
  if (chunk->content != NULL && *chunk->content != '\0') {
    end_thinking (self);
    sonde_message_set_phase (self->answer, SONDE_PHASE_ANSWERING);
    append (self, SONDE_TEXT_CONTENT, chunk->content);
  }
  if (chunk->finish_reason != NULL)
    sonde_message_set_finish_reason (self->answer, chunk->finish_reason);
  if (chunk->usage != NULL)
    sonde_message_set_usage (self->answer, chunk->usage);
}

static void
client_event_cb (SondeClientEvent event, const SondeChunk *chunk, gpointer user_data)
{
  SondeSession *self = user_data;

  if (self->answer == NULL)
    return;
  if (event != SONDE_CLIENT_STALLED &&
      sonde_message_get_phase (self->answer) == SONDE_PHASE_STALLED)
    sonde_message_set_phase (self->answer, self->phase_before_stall);

  switch (event) {
  case SONDE_CLIENT_OPENED:
    break;
  case SONDE_CLIENT_KEEP_ALIVE:
    if (sonde_message_get_phase (self->answer) == SONDE_PHASE_CONNECTING)
      sonde_message_set_phase (self->answer, SONDE_PHASE_QUEUED);
    break;
  case SONDE_CLIENT_CHUNK:
    take_chunk (self, chunk);
    break;
  case SONDE_CLIENT_STALLED:
    if (sonde_message_get_phase (self->answer) != SONDE_PHASE_STALLED)
      self->phase_before_stall = sonde_message_get_phase (self->answer);
    sonde_message_set_phase (self->answer, SONDE_PHASE_STALLED);
    break;
  }
}

static void
note_end (SondeSession *self)
{
  SondeMessageDetails *details = sonde_details_builder_get (self->details);

  details->duration = MAX (0, details->duration) +
                      (self->asked_at > 0 ? MAX (0, now (self) - self->asked_at) / 1000 : 0);
  take_details (self);
  if (details->title != NULL && !sonde_conversation_get_title_manual (self->conversation))
    sonde_conversation_set_title (self->conversation, details->title);
}

static void
finish (SondeSession *self, SondeMessageState state, const SondeFailure *failure)
{
  g_autoptr (SondeMessage) answer = NULL;

  end_thinking (self);
  note_end (self);
  if (failure != NULL)
    sonde_message_set_failure (self->answer, failure);
  sonde_message_set_retry_at (self->answer, 0);
  sonde_message_set_phase (self->answer, SONDE_PHASE_NONE);
  sonde_message_set_state (self->answer, state);
  sonde_session_save_message (self, self->answer);

  answer = g_steal_pointer (&self->answer);
  g_clear_pointer (&self->details, sonde_details_builder_free);
  g_clear_object (&self->cancellable);
  self->continuing = FALSE;
  self->without_prefix = FALSE;
  sonde_conversation_set_streaming (self->conversation, FALSE);
  save_conversation (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  g_signal_emit (self, signals[FINISHED], 0, answer);

  if (self->retry_when_stopped) {
    self->retry_when_stopped = FALSE;
    sonde_session_retry (self);
  }
}

static void
finish_with_error (SondeSession *self, const GError *error)
{
  g_autoptr (SondeFailure) failure = NULL;

  if (error == NULL) {
    finish (self, SONDE_MESSAGE_COMPLETE, NULL);
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    finish (self, self->interrupted ? SONDE_MESSAGE_INTERRUPTED : SONDE_MESSAGE_STOPPED, NULL);
  } else {
    failure = sonde_api_error_to_failure (error);
    finish (self, SONDE_MESSAGE_FAILED, failure);
  }
}

static void ask_when_ready (SondeSession *self);

static void
stop_waiting_to_retry (SondeSession *self)
{
  g_clear_handle_id (&self->waiting_to_retry, g_source_remove);
  g_clear_signal_handler (&self->waiting_for_network, self->services->network);
}

static gboolean
is_waiting_to_retry (SondeSession *self)
{
  return self->waiting_to_retry != 0 || self->waiting_for_network != 0;
}

static void
try_again (SondeSession *self)
{
  stop_waiting_to_retry (self);
  sonde_message_set_retry_at (self->answer, 0);
  sonde_message_set_failure (self->answer, NULL);
  sonde_message_set_phase (self->answer, SONDE_PHASE_CONNECTING);
  ask_when_ready (self);
}

static void
retry_cb (gpointer user_data)
{
  SondeSession *self = user_data;

  self->waiting_to_retry = 0;
  try_again (self);
}

static void
network_changed_cb (SondeSession *self)
{
  if (sonde_network_get_state (self->services->network) == SONDE_NETWORK_UP)
    try_again (self);
}

/* Whether @failure comes from there being no network. Where a captive portal answers in the
 * place of the service, it says anything. */
static gboolean
is_offline (SondeSession *self, const SondeFailure *failure)
{
  switch (sonde_network_get_state (self->services->network)) {
  case SONDE_NETWORK_UP:
    return FALSE;
  case SONDE_NETWORK_DOWN:
    return failure->kind == SONDE_FAILURE_NETWORK;
  case SONDE_NETWORK_SIGN_IN:
    return failure->kind == SONDE_FAILURE_NETWORK || failure->kind == SONDE_FAILURE_ENDPOINT ||
           failure->kind == SONDE_FAILURE_EMPTY || failure->kind == SONDE_FAILURE_PROTOCOL;
  }

  return FALSE;
}

static void
wait_for_network (SondeSession *self, const SondeFailure *failure)
{
  sonde_message_set_failure (self->answer, failure);
  sonde_message_set_phase (self->answer, SONDE_PHASE_OFFLINE);
  self->waiting_for_network =
    g_signal_connect_object (self->services->network, "notify::state",
                             G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
}

/* Returns: whether the service is asked again by itself. */
static gboolean
schedule_retry (SondeSession *self, const GError *error)
{
  g_autoptr (SondeFailure) failure = NULL;
  gint64 delay;

  if (error == NULL || self->got_delta || g_cancellable_is_cancelled (self->cancellable))
    return FALSE;

  failure = sonde_api_error_to_failure (error);
  if (is_offline (self, failure)) {
    wait_for_network (self, failure);
    return TRUE;
  }
  if (!sonde_retry_applies (error))
    return FALSE;

  sonde_message_set_tries (self->answer, sonde_message_get_tries (self->answer) + 1);
  delay = sonde_retry_get_delay (sonde_message_get_tries (self->answer), error, self->random);
  if (delay < 0)
    return FALSE;

  sonde_message_set_failure (self->answer, failure);
  sonde_message_set_retry_at (self->answer, now (self) + delay * 1000);
  sonde_message_set_phase (self->answer, SONDE_PHASE_RETRYING);
  self->waiting_to_retry = g_timeout_add_once ((guint) delay, retry_cb, self);

  return TRUE;
}

/* A root without prefix completion refuses it: then it is asked in words. */
static gboolean
lacks_prefix (SondeSession *self, const GError *error)
{
  return self->continuing && !self->without_prefix && !self->got_delta &&
         (g_error_matches (error, SONDE_REQUEST_ERROR, SONDE_REQUEST_ERROR_PREFIX) ||
          g_error_matches (error, SONDE_API_ERROR, SONDE_FAILURE_INVALID_REQUEST) ||
          g_error_matches (error, SONDE_API_ERROR, SONDE_FAILURE_ENDPOINT));
}

static void
complete_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeSession) self = user_data;
  g_autoptr (GError) error = NULL;

  sonde_client_complete_finish (SONDE_CLIENT (source), result, &error);
  if (lacks_prefix (self, error)) {
    self->without_prefix = TRUE;
    try_again (self);
  } else if (!schedule_retry (self, error)) {
    finish_with_error (self, error);
  }
}

/* What there is of the answer goes along, to be gone on from (contract.md section
 * 4, rule 7). */
static void
add_beginning (SondeSession *self, SondeRequest *request)
{
  const char *content = sonde_message_get_text (self->answer, SONDE_TEXT_CONTENT);
  const char *reasoning = sonde_message_get_text (self->answer, SONDE_TEXT_REASONING);

  if (!self->without_prefix) {
    sonde_request_add_prefix (request, content, reasoning);
  } else {
    sonde_request_add_message (request, SONDE_ROLE_ASSISTANT, content, reasoning);
    sonde_request_add_message (request, SONDE_ROLE_USER, CONTINUE_PROMPT, NULL);
  }
}

static SondeRequest *
make_request (SondeSession *self)
{
  const char *model_id = sonde_message_get_model_id (self->answer);
  SondeModelInfo *model = sonde_model_list_find (self->services->models, model_id);
  SondeRequest *request =
    sonde_request_new (model != NULL ? sonde_model_info_get_wire_id (model) : model_id);
  GListModel *messages = sonde_conversation_get_messages (self->conversation);
  const char *system_prompt = sonde_conversation_get_system_prompt (self->conversation);
  guint n = g_list_model_get_n_items (messages);
  g_autoptr (GPtrArray) history = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = 0; i < n; i++) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (messages, i);

    if (message != self->answer)
      g_ptr_array_add (history, g_steal_pointer (&message));
  }
  if (model != NULL)
    sonde_request_set_max_output (request, sonde_model_info_get_max_output_tokens (model));
  sonde_request_set_images (request, model != NULL && sonde_model_info_get_takes_images (model));
  sonde_request_set_stream (request, TRUE);
  sonde_request_set_thinking (request, sonde_message_get_thinking (self->answer));
  sonde_parameters_apply (sonde_conversation_get_parameters (self->conversation), request);
  sonde_request_set_json_output (request, sonde_conversation_get_json_output (self->conversation));
  if (system_prompt != NULL && *system_prompt != '\0')
    sonde_request_add_message (request, SONDE_ROLE_SYSTEM, system_prompt, NULL);
  sonde_request_add_history (request, history);
  if (self->continuing)
    add_beginning (self, request);

  return request;
}

static void
ask (SondeSession *self)
{
  g_autoptr (SondeRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  SondeClient *client = sonde_account_get_client (self->services->account, &error);

  self->got_delta = FALSE;
  self->asked_at = now (self);
  if (client == NULL) {
    finish_with_error (self, error);
    return;
  }
  if (sonde_account_get_state (self->services->account) != SONDE_ACCOUNT_READY) {
    g_autoptr (SondeFailure) failure = sonde_failure_new (SONDE_FAILURE_NO_KEY, 0, NULL, NULL);

    finish (self, SONDE_MESSAGE_FAILED, failure);
    return;
  }

  request = make_request (self);
  sonde_client_complete_async (client, request, client_event_cb, g_object_ref (self),
                               g_object_unref, self->cancellable, complete_cb, g_object_ref (self));
}

static void
stop_waiting_for_key (SondeSession *self)
{
  if (self->waiting_for_key != 0)
    g_signal_handler_disconnect (self->services->account, self->waiting_for_key);
  self->waiting_for_key = 0;
}

static void
account_state_changed_cb (SondeSession *self)
{
  if (sonde_account_get_state (self->services->account) == SONDE_ACCOUNT_LOADING)
    return;

  stop_waiting_for_key (self);
  ask (self);
}

/* Asks at once, or as soon as the keyring has said whether there is a key. */
static void
ask_when_ready (SondeSession *self)
{
  if (sonde_account_get_state (self->services->account) == SONDE_ACCOUNT_LOADING)
    self->waiting_for_key =
      g_signal_connect_object (self->services->account, "notify::state",
                               G_CALLBACK (account_state_changed_cb), self, G_CONNECT_SWAPPED);
  else
    ask (self);
}

static SondeMessage *
make_message (SondeSession *self, gint64 parent_id, SondeRole role)
{
  return sonde_message_new (sonde_store_allocate_id (self->services->store), parent_id, role,
                            now (self));
}

/* The rates of this hour, which may change, are kept with what was asked for in it. */
void
sonde_session_note_rates (const SondeServices *services,
                          SondeModelInfo *model,
                          SondeMessageDetails *details)
{
  const gint64 time = sonde_clock_get_real_time (services->clock);
  const char *currency =
    services->settings != NULL ? sonde_settings_get_currency (services->settings) : "USD";
  const SondePrice *price =
    model != NULL ? sonde_model_info_find_price (model, currency, time) : NULL;

  /* In the currency that is wished for, or else in any that is known. */
  if (price == NULL && model != NULL)
    price = sonde_model_info_find_price (model, "USD", time);
  g_set_str (&details->currency, price != NULL ? price->currency : NULL);
  if (price != NULL)
    details->rates = *sonde_price_get_rates (price, time);
}

/* What the part of an answer cost that was there before it is continued: its usage gives way
 * to that of the rest. */
static void
keep_charge (SondeSession *self)
{
  g_autoptr (SondeMessage) part = NULL;

  if (!is_kept (self) || sonde_message_get_usage (self->answer) == NULL ||
      sonde_message_get_copied (self->answer))
    return;

  part = make_message (self, 0, SONDE_ROLE_ASSISTANT);
  sonde_message_set_model_id (part, sonde_message_get_model_id (self->answer));
  sonde_message_set_usage (part, sonde_message_get_usage (self->answer));
  sonde_message_set_details (part, sonde_message_get_details (self->answer));
  sonde_store_add_charge (self->services->store, sonde_conversation_get_id (self->conversation),
                          "continued", part);
}

/* What the service is asked with, and the form of the answer among it. */
static void
note_parameters (SondeSession *self)
{
  SondeMessageDetails *details = sonde_details_builder_get (self->details);
  const char *parameters = sonde_conversation_get_parameters (self->conversation);

  g_set_str (&details->parameters, parameters);
  if (sonde_conversation_get_json_output (self->conversation))
    sonde_message_details_add_json_output (details);
}

static void
begin_streaming (SondeSession *self)
{
  self->asked_at = 0;
  self->details = sonde_details_builder_new (sonde_message_get_details (self->answer));
  note_parameters (self);
  sonde_session_note_rates (
    self->services,
    sonde_model_list_find (self->services->models, sonde_message_get_model_id (self->answer)),
    sonde_details_builder_get (self->details));
  take_details (self);
  sonde_session_forget_deleted (self);
  self->cancellable = g_cancellable_new ();
  sonde_conversation_set_streaming (self->conversation, TRUE);
  sonde_session_save_message (self, self->answer);
  save_conversation (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  ask_when_ready (self);
}

/* Begins an answer to the message with the number @parent_id, as the end of the chosen path;
 * whatever else follows that message stays as another version. */
void
sonde_session_ask (SondeSession *self, gint64 parent_id, const char *model_id)
{
  SondeThinking thinking = sonde_conversation_get_thinking (self->conversation);
  SondeModelInfo *model;

  if (model_id == NULL)
    model_id = sonde_conversation_get_model_id (self->conversation);
  model = sonde_model_list_find (self->services->models, model_id);
  if (model != NULL)
    thinking = sonde_model_info_map_thinking (model, thinking);

  self->answer = make_message (self, parent_id, SONDE_ROLE_ASSISTANT);
  sonde_message_set_model_id (self->answer, model_id);
  sonde_message_set_thinking (self->answer, thinking);
  sonde_message_set_state (self->answer, SONDE_MESSAGE_STREAMING);
  sonde_message_set_phase (self->answer, SONDE_PHASE_CONNECTING);
  if (self->beginning != NULL) {
    g_autofree char *beginning = g_steal_pointer (&self->beginning);

    sonde_message_set_text (self->answer, SONDE_TEXT_CONTENT, beginning);
    self->continuing = TRUE;
  }
  sonde_conversation_choose (self->conversation, self->answer);
  begin_streaming (self);
}

/* Another version of @answer with another text, as the end of the chosen path. What it cost is
 * with the one that the model wrote. */
void
sonde_session_add_answer (SondeSession *self,
                          gint64 parent_id,
                          SondeMessage *answer,
                          const char *text)
{
  g_autoptr (SondeMessage) copy = make_message (self, parent_id, SONDE_ROLE_ASSISTANT);
  const SondeMessageDetails *details = sonde_message_get_details (answer);

  sonde_message_set_text (copy, SONDE_TEXT_CONTENT, text);
  sonde_message_set_text (copy, SONDE_TEXT_REASONING,
                          sonde_message_get_text (answer, SONDE_TEXT_REASONING));
  sonde_message_set_model_id (copy, sonde_message_get_model_id (answer));
  sonde_message_set_thinking (copy, sonde_message_get_thinking (answer));
  sonde_message_set_thinking_duration (copy, sonde_message_get_thinking_duration (answer));
  sonde_message_set_finish_reason (copy, "stop");
  if (details != NULL && details->parameters != NULL) {
    g_autoptr (SondeMessageDetails) kept = sonde_message_details_new ();

    kept->parameters = g_strdup (details->parameters);
    sonde_message_set_details (copy, kept);
  }
  sonde_session_forget_deleted (self);
  sonde_session_save_message (self, copy);
  sonde_conversation_choose (self->conversation, copy);
  save_conversation (self);
}

static gboolean
wants_title (SondeSession *self)
{
  SondeSettings *settings = self->services->settings;

  return settings == NULL || !g_str_equal (sonde_settings_get_titles (settings), "off");
}

static const char *
get_file_name (GPtrArray *attachments)
{
  return attachments->len > 0 ? sonde_attachment_get_name (g_ptr_array_index (attachments, 0)) : "";
}

/* The question, with its files, behind the message with the number @parent_id and the place
 * of its answer, once there are numbers for them. */
void
sonde_session_ask_question (SondeSession *self,
                            gint64 parent_id,
                            const char *text,
                            GPtrArray *attachments)
{
  g_autoptr (SondeMessage) question = NULL;

  if (sonde_conversation_get_id (self->conversation) == 0)
    sonde_conversation_set_id (self->conversation, sonde_store_allocate_id (self->services->store));
  if (sonde_conversation_get_title (self->conversation) == NULL && wants_title (self)) {
    g_autofree char *title = make_title (*text != '\0' ? text : get_file_name (attachments));

    sonde_conversation_set_title (self->conversation, title);
  }

  question = make_message (self, parent_id, SONDE_ROLE_USER);
  sonde_message_set_text (question, SONDE_TEXT_CONTENT, text);
  sonde_message_set_attachments (question, attachments);
  save_conversation (self);
  sonde_session_save_message (self, question);
  sonde_conversation_choose (self->conversation, question);
  sonde_session_ask (self, sonde_message_get_id (question), NULL);
}

static void
begin_turn (SondeSession *self, const char *text, GPtrArray *attachments)
{
  sonde_session_ask_question (self, sonde_conversation_get_leaf_id (self->conversation), text,
                              attachments);
}

static void
sonde_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeSession *self = SONDE_SESSION (object);

  switch (id) {
  case PROP_CONVERSATION:
    g_value_set_object (value, self->conversation);
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, sonde_session_get_busy (self));
    break;
  case PROP_SUMMARISING:
    g_value_set_boolean (value, sonde_session_get_summarising (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_session_dispose (GObject *object)
{
  SondeSession *self = SONDE_SESSION (object);

  stop_waiting_for_key (self);
  g_clear_handle_id (&self->waiting_to_retry, g_source_remove);
  g_clear_handle_id (&self->details_source, g_source_remove);
  g_clear_pointer (&self->details, sonde_details_builder_free);
  sonde_session_forget_deleted (self);
  g_clear_object (&self->summarising);
  g_clear_object (&self->summarised);
  g_clear_pointer (&self->summary_before, sonde_summary_free);
  g_clear_pointer (&self->unused, g_ptr_array_unref);
  g_clear_pointer (&self->random, g_rand_free);
  g_clear_pointer (&self->pending_question, g_free);
  g_clear_pointer (&self->beginning, g_free);
  g_clear_pointer (&self->pending_attachments, g_ptr_array_unref);
  g_clear_object (&self->answer);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->conversation);

  G_OBJECT_CLASS (sonde_session_parent_class)->dispose (object);
}

static void
sonde_session_class_init (SondeSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_session_get_property;
  object_class->dispose = sonde_session_dispose;

  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, SONDE_TYPE_CONVERSATION, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_SUMMARISING] = g_param_spec_boolean ("summarising", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeSession::finished:
   * @self: the session
   * @answer: a SondeMessage
   *
   * An answer has ended, in whatever state.
   */
  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, SONDE_TYPE_MESSAGE);

  /**
   * SondeSession::summarised:
   * @self: the session
   *
   * The older messages have a note, which is sent in their place from now on.
   */
  signals[SUMMARISED] = g_signal_new ("summarised", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_session_init (SondeSession *self)
{
  self->random = g_rand_new ();
}

void
sonde_session_notify_summarising (SondeSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARISING]);
}

void
sonde_session_emit_summarised (SondeSession *self)
{
  g_signal_emit (self, signals[SUMMARISED], 0);
}

/**
 * sonde_session_new:
 * @services: what it works with; outlives the session
 * @conversation: the conversation
 *
 * Returns: (transfer full): a session that does nothing yet
 */
SondeSession *
sonde_session_new (const SondeServices *services, SondeConversation *conversation)
{
  SondeSession *self = g_object_new (SONDE_TYPE_SESSION, NULL);

  self->services = services;
  self->conversation = g_object_ref (conversation);

  return self;
}

/**
 * sonde_session_start:
 * @self: a session
 *
 * Numbers for messages can be had from now on: a question that was sent before is
 * asked now.
 */
void
sonde_session_start (SondeSession *self)
{
  g_return_if_fail (SONDE_IS_SESSION (self));

  self->started = TRUE;
  if (self->pending_question != NULL) {
    g_autofree char *question = g_steal_pointer (&self->pending_question);
    g_autoptr (GPtrArray) attachments = g_steal_pointer (&self->pending_attachments);

    begin_turn (self, question, attachments);
  }
}

/**
 * sonde_session_interrupt:
 * @self: a session
 *
 * The program ends: the answer on its way is kept as interrupted.
 */
void
sonde_session_interrupt (SondeSession *self)
{
  g_return_if_fail (SONDE_IS_SESSION (self));

  self->interrupted = TRUE;
  sonde_session_stop_summary (self);
  sonde_session_stop (self);
}

/**
 * sonde_session_get_conversation:
 * @self: a session
 *
 * Returns: (transfer none): its conversation
 */
SondeConversation *
sonde_session_get_conversation (SondeSession *self)
{
  g_return_val_if_fail (SONDE_IS_SESSION (self), NULL);

  return self->conversation;
}

/**
 * sonde_session_get_busy:
 * @self: a session
 *
 * Returns: whether an answer is on its way
 */
gboolean
sonde_session_get_busy (SondeSession *self)
{
  g_return_val_if_fail (SONDE_IS_SESSION (self), FALSE);

  return self->answer != NULL || self->pending_question != NULL;
}

static void
remove_attachments (SondeSession *self, GPtrArray *attachments)
{
  for (guint i = 0; i < attachments->len; i++) {
    GListStore *list = sonde_conversation_get_attachments (self->conversation);
    guint position;

    if (g_list_store_find (list, g_ptr_array_index (attachments, i), &position))
      g_list_store_remove (list, position);
  }
}

/**
 * sonde_session_send:
 * @self: a session
 * @text: the question, UTF-8
 *
 * Puts the question, with the files of the draft that are ready, and an empty answer into the
 * conversation and asks the service. The draft has these files no more. Why an answer fails is
 * in the answer, never here.
 *
 * Returns: whether the question was taken; not while busy, while the conversation is being
 *   loaded, or when there is nothing in it: neither a file nor more than white space
 */
gboolean
sonde_session_send (SondeSession *self, const char *text)
{
  return sonde_session_send_begun (self, text, NULL);
}

/**
 * sonde_session_send_begun:
 * @self: a session
 * @text: the question, UTF-8
 * @beginning: (nullable): what the answer starts with
 *
 * As [method@Session.send]; the model goes on from @beginning, by prefix completion or in words
 * where the service lacks it.
 *
 * Returns: whether the question was taken
 */
gboolean
sonde_session_send_begun (SondeSession *self, const char *text, const char *beginning)
{
  g_autofree char *question = NULL;
  g_autoptr (GPtrArray) attachments = NULL;

  g_return_val_if_fail (SONDE_IS_SESSION (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  question = g_strchomp (g_utf8_make_valid (text, -1));
  attachments = sonde_conversation_dup_attachments (self->conversation);
  if (sonde_session_get_busy (self) || !sonde_conversation_get_loaded (self->conversation) ||
      (attachments->len == 0 && question[strspn (question, " \t\r\n")] == '\0'))
    return FALSE;

  g_set_str (&self->beginning, beginning);
  if (self->started) {
    begin_turn (self, question, attachments);
    remove_attachments (self, attachments);
  } else {
    remove_attachments (self, attachments);
    self->pending_question = g_steal_pointer (&question);
    self->pending_attachments = g_steal_pointer (&attachments);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  }

  return TRUE;
}

/**
 * sonde_session_retry:
 * @self: a session
 *
 * Asks for the last answer again, as another version of it; the one that is there
 * stays in the store. Where the last message is a question, it is asked. An answer
 * that has stalled is stopped first.
 *
 * Returns: whether there was something to ask for
 */
gboolean
sonde_session_retry (SondeSession *self)
{
  SondeMessage *last;

  g_return_val_if_fail (SONDE_IS_SESSION (self), FALSE);

  if (self->answer != NULL && sonde_message_get_phase (self->answer) == SONDE_PHASE_STALLED) {
    self->retry_when_stopped = TRUE;
    sonde_session_stop (self);
    return TRUE;
  }

  last = sonde_conversation_get_last (self->conversation);

  return last != NULL && sonde_session_retry_message (self, last, NULL);
}

/**
 * sonde_session_continue:
 * @self: a session
 *
 * Goes on with the last answer where it was cut, as the same message: by prefix
 * completion, or in words where the service lacks it.
 *
 * Returns: whether the last message is such an answer
 */
gboolean
sonde_session_continue (SondeSession *self)
{
  SondeMessage *last;

  g_return_val_if_fail (SONDE_IS_SESSION (self), FALSE);

  last = sonde_conversation_get_last (self->conversation);
  if (sonde_session_get_busy (self) || last == NULL || !sonde_message_can_continue (last) ||
      !sonde_conversation_get_loaded (self->conversation))
    return FALSE;

  self->answer = g_object_ref (last);
  self->continuing = TRUE;
  keep_charge (self);
  sonde_message_set_copied (self->answer, FALSE);
  sonde_message_set_usage (self->answer, NULL);
  sonde_message_set_failure (self->answer, NULL);
  sonde_message_set_finish_reason (self->answer, NULL);
  sonde_message_set_tries (self->answer, 0);
  sonde_message_set_phase (self->answer, SONDE_PHASE_CONNECTING);
  sonde_message_set_state (self->answer, SONDE_MESSAGE_STREAMING);
  begin_streaming (self);

  return TRUE;
}

/**
 * sonde_session_keep_waiting:
 * @self: a session
 *
 * Takes note that the answer has stalled, and waits on.
 */
void
sonde_session_keep_waiting (SondeSession *self)
{
  g_return_if_fail (SONDE_IS_SESSION (self));

  if (self->answer != NULL && sonde_message_get_phase (self->answer) == SONDE_PHASE_STALLED)
    sonde_message_set_phase (self->answer, self->phase_before_stall);
}

/**
 * sonde_session_try_now:
 * @self: a session
 *
 * Asks again at once where the session waits to do so.
 */
void
sonde_session_try_now (SondeSession *self)
{
  g_return_if_fail (SONDE_IS_SESSION (self));

  if (is_waiting_to_retry (self))
    try_again (self);
}

/**
 * sonde_session_stop:
 * @self: a session
 *
 * Stops the answer on its way, if there is one. What has come of it is kept.
 */
void
sonde_session_stop (SondeSession *self)
{
  g_return_if_fail (SONDE_IS_SESSION (self));

  if (is_waiting_to_retry (self) && !self->interrupted) {
    /* The person has seen why it failed, and does not want to wait: it has failed. */
    g_autoptr (SondeFailure) failure =
      sonde_failure_copy (sonde_message_get_failure (self->answer));

    stop_waiting_to_retry (self);
    finish (self, SONDE_MESSAGE_FAILED, failure);
  } else if (is_waiting_to_retry (self) || self->waiting_for_key != 0) {
    stop_waiting_to_retry (self);
    stop_waiting_for_key (self);
    finish (self, self->interrupted ? SONDE_MESSAGE_INTERRUPTED : SONDE_MESSAGE_STOPPED, NULL);
  } else {
    g_cancellable_cancel (self->cancellable);
  }
}
