/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-side-request.h"

#include "sonde-account-private.h"
#include "sonde-api-error.h"
#include "sonde-client.h"

#define FLASH "deepseek-v4-flash"

/* The services that it needs are held: they may end before the answer comes. */
typedef struct {
  SondeStore *store;
  SondeClock *clock;
  SondeConversation *conversation;
  char *purpose;
  char *model_id;
  SondeMessageDetails *rates; /* those of the hour */
  GString *text;
  SondeUsage *usage;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_object_unref (self->store);
  g_object_unref (self->clock);
  g_object_unref (self->conversation);
  g_free (self->purpose);
  g_free (self->model_id);
  sonde_message_details_free (self->rates);
  g_string_free (self->text, TRUE);
  g_clear_pointer (&self->usage, sonde_usage_free);
  g_free (self);
}

static void
event_cb (SondeClientEvent event, const SondeChunk *chunk, gpointer user_data)
{
  Asking *self = g_task_get_task_data (user_data);

  if (event != SONDE_CLIENT_CHUNK)
    return;
  if (chunk->content != NULL)
    g_string_append (self->text, chunk->content);
  if (chunk->usage != NULL) {
    g_clear_pointer (&self->usage, sonde_usage_free);
    self->usage = sonde_usage_copy (chunk->usage);
  }
}

/* What it cost counts for the conversation, also where it failed. */
static void
keep_charge (Asking *self)
{
  g_autoptr (SondeMessage) answer = NULL;

  if (self->usage == NULL || sonde_conversation_get_temporary (self->conversation))
    return;

  answer = sonde_message_new (sonde_store_allocate_id (self->store), 0, SONDE_ROLE_ASSISTANT,
                              sonde_clock_get_real_time (self->clock));
  sonde_message_set_details (answer, self->rates);
  sonde_message_set_model_id (answer, self->model_id);
  sonde_message_set_usage (answer, self->usage);
  sonde_store_add_charge (self->store, sonde_conversation_get_id (self->conversation),
                          self->purpose, answer);
}

static void
complete_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!sonde_client_complete_finish (SONDE_CLIENT (source), result, &error)) {
    keep_charge (self);
    g_task_return_error (task, error);
    return;
  }

  keep_charge (self);
  g_task_return_pointer (task, g_strdup (self->text->str), g_free);
}

/**
 * sonde_side_request_find_model:
 * @services: the services
 * @model_id: (nullable): a model of the service
 *
 * Returns: (transfer none) (nullable): the small model, or the one with @model_id where the
 *   service has none
 */
SondeModelInfo *
sonde_side_request_find_model (const SondeServices *services, const char *model_id)
{
  SondeModelInfo *model = sonde_model_list_find (services->models, FLASH);

  return model != NULL || model_id == NULL ? model
                                           : sonde_model_list_find (services->models, model_id);
}

/**
 * sonde_side_request_ask_async:
 * @services: the services
 * @conversation: the conversation that it is about, and that it is charged to
 * @request: what to ask
 * @cancellable: (nullable): ends it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks the small model, once and without thinking. What it uses is kept with the conversation,
 * at the rates of this hour.
 */
void
sonde_side_request_ask_async (const SondeServices *services,
                              SondeConversation *conversation,
                              const SondeSideRequest *request,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SondeModelInfo *model = sonde_side_request_find_model (services, request->model_id);
  Asking *self = g_new0 (Asking, 1);
  g_autoptr (SondeRequest) body = NULL;
  SondeClient *client;
  GError *error = NULL;

  g_task_set_source_tag (task, sonde_side_request_ask_async);
  g_task_set_task_data (task, self, asking_free);
  self->store = g_object_ref (services->store);
  self->clock = g_object_ref (services->clock);
  self->conversation = g_object_ref (conversation);
  self->purpose = g_strdup (request->purpose);
  self->model_id = g_strdup (model != NULL ? sonde_model_info_get_id (model) : request->model_id);
  self->rates = sonde_message_details_new ();
  sonde_session_note_rates (services, model, self->rates);
  self->text = g_string_new (NULL);

  client = sonde_account_get_client (services->account, &error);
  if (client == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (sonde_account_get_state (services->account) != SONDE_ACCOUNT_READY) {
    g_task_return_new_error_literal (task, SONDE_API_ERROR, SONDE_FAILURE_NO_KEY, "");
    return;
  }

  body =
    sonde_request_new (model != NULL ? sonde_model_info_get_wire_id (model) : request->model_id);
  if (model != NULL)
    sonde_request_set_max_output (body, sonde_model_info_get_max_output_tokens (model));
  sonde_request_set_thinking (body, SONDE_THINKING_OFF);
  sonde_request_set_stream (body, request->stream);
  sonde_request_set_max_tokens (body, request->max_tokens);
  sonde_request_add_message (body, SONDE_ROLE_SYSTEM, request->instructions, NULL);
  sonde_request_add_message (body, SONDE_ROLE_USER, request->text, NULL);
  sonde_client_complete_async (client, body, event_cb, g_object_ref (task), g_object_unref,
                               cancellable, complete_cb, g_object_ref (task));
}

/**
 * sonde_side_request_ask_finish:
 * @result: the result
 * @error: as that of the client
 *
 * Returns: (transfer full) (nullable): what was answered
 */
char *
sonde_side_request_ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
