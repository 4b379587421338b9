/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-client.h"

#include <string.h>

#include <libsoup/soup.h>

#include "sonde-api-error.h"
#include "sonde-endpoint.h"
#include "sonde-exchange.h"
#include "sonde-json-slice.h"
#include "sonde-listing.h"
#include "sonde-service-info.h"
#include "sonde-think-splitter.h"
#include "sonde-wipe.h"

#define MAX_CONNECTIONS 64
#define IDLE_TIMEOUT    50     /* s, below what servers and routers grant */
#define CONNECT_TIMEOUT 30000  /* ms, contract.md section 5.2 */
#define STALL_TIMEOUT   120000 /* ms, contract.md section 5.2 */

/**
 * SondeClient:
 *
 * Asks one root of the chat API (contract.md section 1).
 *
 * Errors are of [const@API_ERROR], or %G_IO_ERROR_CANCELLED. None of them, and no log,
 * ever has the key.
 */
struct _SondeClient {
  GObject parent_instance;

  SoupSession *session;
  char *base_url;
  char *key;
  SondeCapabilities capabilities;
  guint connect_timeout;
  guint stall_timeout;
  gboolean stall_is_error;
};

G_DEFINE_FINAL_TYPE (SondeClient, sonde_client, G_TYPE_OBJECT)

/* A chat completion on its way, with what the verdict of section 5.3 depends on. */
typedef struct {
  SondeClientFunc on_event;
  gpointer event_data;
  GDestroyNotify event_data_destroy;
  gboolean stall_is_error;
  gboolean document; /* asked for whole */
  gboolean any_data;
  gboolean any_answer;
  char *finish_reason;
  SondeThinkSplitter *splitter; /* where the root needs it */
} Completion;

/* What /models or /user/balance has answered. */
typedef struct {
  GPtrArray *rows;
  gboolean balance;
  gboolean is_available;
} Listing;

static void
completion_free (gpointer data)
{
  Completion *self = data;

  if (self->event_data_destroy != NULL)
    self->event_data_destroy (self->event_data);
  g_free (self->finish_reason);
  g_clear_pointer (&self->splitter, sonde_think_splitter_free);
  g_free (self);
}

static void
listing_free (gpointer data)
{
  Listing *self = data;

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

static void
sonde_client_finalize (GObject *object)
{
  SondeClient *self = SONDE_CLIENT (object);

  g_object_unref (self->session);
  g_free (self->base_url);
  sonde_wipe_free (self->key);

  G_OBJECT_CLASS (sonde_client_parent_class)->finalize (object);
}

static void
sonde_client_class_init (SondeClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_client_finalize;
}

static void
sonde_client_init (SondeClient *self)
{
  self->capabilities = SONDE_CAPABILITIES_DEEPSEEK;
  self->connect_timeout = CONNECT_TIMEOUT;
  self->stall_timeout = STALL_TIMEOUT;
  self->session = soup_session_new_with_options (
    "timeout", 0, "idle-timeout", IDLE_TIMEOUT, "max-conns", MAX_CONNECTIONS, "max-conns-per-host",
    MAX_CONNECTIONS, "user-agent", "Sonde/" SONDE_VERSION, NULL);
  /* A compressed stream would come in lumps. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
}

/* A key with such characters was never given out, and cannot be put in a header. */
static gboolean
check_key (SondeClient *self, GTask *task)
{
  for (const char *at = self->key; at != NULL && *at != '\0'; at++) {
    if (!g_ascii_isgraph (*at)) {
      g_task_return_error (task, sonde_api_error_new (SONDE_FAILURE_UNAUTHORIZED, 0, NULL, -1,
                                                      "The key has characters that no key has"));
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
set_failure (GError **error, SondeFailureKind kind, const char *detail)
{
  g_propagate_error (error, sonde_api_error_new (kind, 0, NULL, -1, detail));

  return FALSE;
}

/* Moves what is reasoning out of the content of @chunk; at the end, also what was held back. */
static void
split_chunk (Completion *self, SondeChunk *chunk, gboolean end)
{
  g_autoptr (GString) reasoning = g_string_new (chunk->reasoning);
  g_autoptr (GString) content = g_string_new (NULL);

  if (chunk->content != NULL)
    sonde_think_splitter_push (self->splitter, chunk->content, reasoning, content);
  if (end)
    sonde_think_splitter_end (self->splitter, reasoning, content);
  if (chunk->reasoning != NULL || reasoning->len > 0)
    g_set_str (&chunk->reasoning, reasoning->str);
  if (chunk->content != NULL || content->len > 0)
    g_set_str (&chunk->content, content->str);
}

static void
give_chunk (Completion *self, const SondeChunk *chunk)
{
  if (is_set (chunk->content) || is_set (chunk->reasoning) ||
      (chunk->tool_calls != NULL && chunk->tool_calls->len > 0))
    self->any_answer = TRUE;
  self->on_event (SONDE_CLIENT_CHUNK, chunk, self->event_data);
}

/* What the splitter still holds back when nothing more will come. */
static void
give_rest (Completion *self)
{
  g_autoptr (SondeChunk) chunk = NULL;

  if (self->splitter == NULL)
    return;
  chunk = g_new0 (SondeChunk, 1);
  split_chunk (self, chunk, TRUE);
  if (is_set (chunk->content) || is_set (chunk->reasoning))
    give_chunk (self, chunk);
}

/* Whether what could not be read is the beginning of something that can. */
static gboolean
is_cut (Completion *self, const SondeSseEvent *data)
{
  const SondeJsonSlice slice = { .text = data->data, .length = data->length };

  return strchr ("{[", *data->data) != NULL ? sonde_json_slice_is_open (&slice) : !self->document;
}

static gboolean
receive_chunk (Completion *self, const SondeSseEvent *data, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SondeChunk) chunk =
    sonde_chunk_decode (data->data, (gssize) data->length, &local_error);

  /* Half a chunk is not against the protocol when the connection ended in it. */
  if (data->unfinished && g_error_matches (local_error, SONDE_API_ERROR, SONDE_FAILURE_PROTOCOL) &&
      is_cut (self, data))
    return TRUE;
  if (chunk == NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  if (chunk->finish_reason != NULL)
    g_set_str (&self->finish_reason, chunk->finish_reason);
  if (self->splitter != NULL)
    split_chunk (self, chunk, chunk->finish_reason != NULL);
  give_chunk (self, chunk);

  return TRUE;
}

/* How an answer stands whose end has come: contract.md section 5.3. */
static gboolean
judge (Completion *self, GError **error)
{
  if (!self->any_data)
    return set_failure (error, SONDE_FAILURE_EMPTY, "The server answered with nothing");
  if (self->finish_reason == NULL)
    return set_failure (error, SONDE_FAILURE_CUT,
                        "The connection ended before the answer was finished");
  if (!self->any_answer && g_str_equal (self->finish_reason, "stop"))
    return set_failure (error, SONDE_FAILURE_EMPTY, "The answer is empty");

  return TRUE;
}

static gboolean
receive_data (Completion *self, const SondeSseEvent *data, GError **error)
{
  if (data->length < 64) {
    g_autofree char *text = g_strstrip (g_strndup (data->data, data->length));

    if (*text == '\0') {
      self->on_event (SONDE_CLIENT_KEEP_ALIVE, NULL, self->event_data);
      return TRUE;
    }
    if (g_str_equal (text, "[DONE]")) {
      self->any_data = TRUE;
      judge (self, error);
      return FALSE;
    }
  }
  if (*data->data == '<')
    return set_failure (error, SONDE_FAILURE_ENDPOINT, "The server answered with a web page");

  self->any_data = TRUE;

  return receive_chunk (self, data, error);
}

static gboolean
completion_event_cb (SondeExchangeEvent event,
                     const SondeSseEvent *data,
                     gpointer user_data,
                     GError **error)
{
  Completion *self = user_data;

  switch (event) {
  case SONDE_EXCHANGE_OPENED:
    self->on_event (SONDE_CLIENT_OPENED, NULL, self->event_data);
    return TRUE;
  case SONDE_EXCHANGE_KEEP_ALIVE:
    self->on_event (SONDE_CLIENT_KEEP_ALIVE, NULL, self->event_data);
    return TRUE;
  case SONDE_EXCHANGE_DATA:
    return receive_data (self, data, error);
  case SONDE_EXCHANGE_STALLED:
    /* Behind the finish reason there is nothing to wait for. */
    if (self->stall_is_error || self->finish_reason != NULL)
      return FALSE;
    self->on_event (SONDE_CLIENT_STALLED, NULL, self->event_data);
    return TRUE;
  case SONDE_EXCHANGE_END:
    return judge (self, error);
  }

  g_return_val_if_reached (FALSE);
}

static void
completion_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Completion *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (sonde_exchange_run_finish (result, &error) ||
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    give_rest (self);

  /* What breaks after the finish reason does not make the text less whole. */
  if (self->finish_reason != NULL &&
      (g_error_matches (error, SONDE_API_ERROR, SONDE_FAILURE_CUT) ||
       g_error_matches (error, SONDE_API_ERROR, SONDE_FAILURE_STALLED))) {
    g_debug ("The stream broke behind its finish reason: %s", error->message);
    g_clear_error (&error);
    judge (self, &error);
  }

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
listing_event_cb (SondeExchangeEvent event,
                  const SondeSseEvent *data,
                  gpointer user_data,
                  GError **error)
{
  Listing *self = user_data;

  if (event == SONDE_EXCHANGE_END && self->rows == NULL)
    return set_failure (error, SONDE_FAILURE_EMPTY, "The server answered with nothing");
  if (event != SONDE_EXCHANGE_DATA)
    return event != SONDE_EXCHANGE_STALLED;
  if (*data->data == '<')
    return set_failure (error, SONDE_FAILURE_ENDPOINT, "The server answered with a web page");

  self->rows = self->balance
                 ? sonde_listing_read_balance (data->data, data->length, &self->is_available, error)
                 : sonde_listing_read_models (data->data, data->length, error);

  return self->rows != NULL;
}

/* A server that takes no money has no balance: contract.md section 2.3. */
static void
take_no_balance (Listing *self)
{
  self->is_available = TRUE;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_balance_free);
}

static void
listing_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Listing *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!sonde_exchange_run_finish (result, &error)) {
    guint status = sonde_api_error_get_http_status (error);

    if (!self->balance ||
        (status != SOUP_STATUS_NOT_FOUND && status != SOUP_STATUS_METHOD_NOT_ALLOWED)) {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
    take_no_balance (self);
  }

  g_task_return_boolean (task, TRUE);
}

static void
run_listing (SondeClient *self,
             gboolean balance,
             gpointer source_tag,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *root = sonde_endpoint_get_root (self->base_url, !balance);
  g_autofree char *url = g_strconcat (root, balance ? "/user/balance" : "/models", NULL);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, url);
  Listing *listing = g_new0 (Listing, 1);

  listing->balance = balance;
  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, listing, listing_free);
  if (!check_key (self, task))
    return;
  if (balance && !self->capabilities.balance) {
    take_no_balance (listing);
    g_task_return_boolean (task, TRUE);
    return;
  }

  soup_message_headers_append (soup_message_get_request_headers (message), "Accept",
                               "application/json");
  sonde_exchange_run_async (self->session, message, NULL, self->key, self->connect_timeout,
                            self->stall_timeout, TRUE, listing_event_cb, listing, cancellable,
                            listing_cb, g_steal_pointer (&task));
}

/**
 * sonde_balance_free:
 * @self: (transfer full): a balance
 */
void
sonde_balance_free (SondeBalance *self)
{
  g_free (self->currency);
  g_free (self->total);
  g_free (self);
}

/**
 * sonde_client_new:
 * @base_url: the root of the API, such as `https://api.deepseek.com`; with or without a
 *   slash at its end, `/v1` or `/beta`
 * @error: return location for a %SONDE_FAILURE_ENDPOINT of [const@API_ERROR]: it is not an
 *   `https` address, nor an `http` one on this machine
 *
 * Returns: (transfer full): a client without a key
 */
SondeClient *
sonde_client_new (const char *base_url, GError **error)
{
  return sonde_client_new_full (base_url, FALSE, error);
}

/**
 * sonde_client_new_full:
 * @base_url: as for [ctor@Client.new]
 * @allow_plain: whether somebody consented to plain `http` to another machine
 * @error: as for [ctor@Client.new]
 *
 * Returns: (transfer full): a client without a key
 */
SondeClient *
sonde_client_new_full (const char *base_url, gboolean allow_plain, GError **error)
{
  g_autofree char *normalized = NULL;
  SondeClient *self;

  g_return_val_if_fail (base_url != NULL, NULL);

  normalized = sonde_endpoint_normalize (base_url, allow_plain, error);
  if (normalized == NULL)
    return NULL;

  self = g_object_new (SONDE_TYPE_CLIENT, NULL);
  self->base_url = g_steal_pointer (&normalized);
  /* A proxy must not see what is meant for this machine. */
  if (sonde_service_info_is_loopback (self->base_url))
    soup_session_set_proxy_resolver (self->session, NULL);

  return self;
}

/**
 * sonde_client_get_base_url:
 * @self: a client
 *
 * Returns: the root of the API, without a slash at its end
 */
const char *
sonde_client_get_base_url (SondeClient *self)
{
  g_return_val_if_fail (SONDE_IS_CLIENT (self), NULL);

  return self->base_url;
}

/**
 * sonde_client_get_capabilities:
 * @self: a client
 *
 * Returns: what the root can do
 */
const SondeCapabilities *
sonde_client_get_capabilities (SondeClient *self)
{
  g_return_val_if_fail (SONDE_IS_CLIENT (self), NULL);

  return &self->capabilities;
}

/**
 * sonde_client_set_capabilities:
 * @self: a client
 * @capabilities: what the root can do; DeepSeek's are the default
 */
void
sonde_client_set_capabilities (SondeClient *self, const SondeCapabilities *capabilities)
{
  g_return_if_fail (SONDE_IS_CLIENT (self));
  g_return_if_fail (capabilities != NULL);

  self->capabilities = *capabilities;
}

/**
 * sonde_client_set_key:
 * @self: a client
 * @key: (nullable): the API key; %NULL or an empty one: requests are sent without
 */
void
sonde_client_set_key (SondeClient *self, const char *key)
{
  g_return_if_fail (SONDE_IS_CLIENT (self));

  sonde_wipe_free (self->key);
  self->key = key != NULL ? g_strstrip (g_strdup (key)) : NULL;
  if (!is_set (self->key))
    g_clear_pointer (&self->key, g_free);
}

/**
 * sonde_client_set_tls_database:
 * @self: a client
 * @database: (nullable): the certificates to trust instead of the system's
 */
void
sonde_client_set_tls_database (SondeClient *self, GTlsDatabase *database)
{
  g_return_if_fail (SONDE_IS_CLIENT (self));

  soup_session_set_tls_database (self->session, database);
}

/**
 * sonde_client_set_connect_timeout:
 * @self: a client
 * @milliseconds: how long it may take until a connection stands, encryption included
 *
 * It is 30 seconds otherwise. What takes longer fails with %SONDE_FAILURE_NETWORK.
 */
void
sonde_client_set_connect_timeout (SondeClient *self, guint milliseconds)
{
  g_return_if_fail (SONDE_IS_CLIENT (self));
  g_return_if_fail (milliseconds > 0);

  self->connect_timeout = milliseconds;
}

/**
 * sonde_client_set_stall_timeout:
 * @self: a client
 * @milliseconds: how long a request may pass without a byte, or 0 for as long as it likes
 *
 * Counts from when the connection stands; every byte, also of a keep-alive, starts it
 * anew (contract.md section 5.2). An answer is waited for none the less, see
 * [enum@ClientEvent] and [method@Client.set_stall_is_error]; everything else fails with
 * %SONDE_FAILURE_STALLED. Requests that are on their way keep theirs.
 */
void
sonde_client_set_stall_timeout (SondeClient *self, guint milliseconds)
{
  g_return_if_fail (SONDE_IS_CLIENT (self));

  self->stall_timeout = milliseconds;
}

/**
 * sonde_client_set_stall_is_error:
 * @self: a client
 * @stall_is_error: whether an answer that has stalled fails with %SONDE_FAILURE_STALLED, since
 *   nobody is there to decide; else (the default) it is said and waited on
 */
void
sonde_client_set_stall_is_error (SondeClient *self, gboolean stall_is_error)
{
  g_return_if_fail (SONDE_IS_CLIENT (self));

  self->stall_is_error = stall_is_error;
}

/**
 * sonde_client_get_request_url:
 * @self: a client
 * @request: what to ask
 *
 * Returns: (transfer full): where [method@Client.complete_async] sends @request: under
 *   `/beta` where only that knows what it asks for (contract.md section 1)
 */
char *
sonde_client_get_request_url (SondeClient *self, SondeRequest *request)
{
  g_autofree char *root = NULL;

  g_return_val_if_fail (SONDE_IS_CLIENT (self), NULL);
  g_return_val_if_fail (SONDE_IS_REQUEST (request), NULL);

  if (!self->capabilities.beta || !sonde_request_get_needs_beta (request))
    return g_strconcat (self->base_url, "/chat/completions", NULL);

  root = sonde_endpoint_get_root (self->base_url, FALSE);

  return g_strconcat (root, "/beta/chat/completions", NULL);
}

/**
 * sonde_client_complete_async:
 * @self: a client
 * @request: what to ask
 * @on_event: (scope notified): gets what comes
 * @event_data: for @on_event
 * @event_data_destroy: (nullable): frees @event_data after the last call
 * @cancellable: (nullable): ends it at once; also from within @on_event
 * @callback: (scope async): called at the end
 * @user_data: for @callback
 *
 * `POST /chat/completions`. A whole answer, asked for or not, comes as one chunk. The
 * request gets the client's capabilities and is checked; one that is not good is not sent.
 */
void
sonde_client_complete_async (SondeClient *self,
                             SondeRequest *request,
                             SondeClientFunc on_event,
                             gpointer event_data,
                             GDestroyNotify event_data_destroy,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *url = NULL;
  Completion *completion;
  GError *error = NULL;

  g_return_if_fail (SONDE_IS_CLIENT (self));
  g_return_if_fail (SONDE_IS_REQUEST (request));
  g_return_if_fail (on_event != NULL);

  completion = g_new0 (Completion, 1);
  completion->on_event = on_event;
  completion->event_data = event_data;
  completion->event_data_destroy = event_data_destroy;
  completion->stall_is_error = self->stall_is_error;
  completion->document = !sonde_request_get_stream (request);
  if (self->capabilities.split_think)
    completion->splitter = sonde_think_splitter_new ();

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_client_complete_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, completion, completion_free);
  if (!check_key (self, task))
    return;

  sonde_request_set_capabilities (request, &self->capabilities);
  body = sonde_request_to_body (request, &error);
  if (body == NULL) {
    g_task_return_error (task, error);
    return;
  }

  url = sonde_client_get_request_url (self, request);
  message = soup_message_new (SOUP_METHOD_POST, url);
  soup_message_headers_append (soup_message_get_request_headers (message), "Accept",
                               sonde_request_get_stream (request) ? "text/event-stream"
                                                                  : "application/json");
  sonde_exchange_run_async (self->session, message, body, self->key, self->connect_timeout,
                            self->stall_timeout, !sonde_request_get_stream (request),
                            completion_event_cb, completion, cancellable, completion_cb,
                            g_steal_pointer (&task));
}

/**
 * sonde_client_complete_finish:
 * @self: a client
 * @result: the result
 * @error: return location for an error of [const@API_ERROR] or [const@REQUEST_ERROR], or
 *   %G_IO_ERROR_CANCELLED; what came before it has been given
 *
 * Returns: whether the answer is whole (contract.md section 5.3)
 */
gboolean
sonde_client_complete_finish (SondeClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sonde_client_list_models_async:
 * @self: a client
 * @cancellable: (nullable): ends it at once
 * @callback: (scope async): called at the end
 * @user_data: for @callback
 *
 * `GET /models` (contract.md section 2.2).
 */
void
sonde_client_list_models_async (SondeClient *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (SONDE_IS_CLIENT (self));

  run_listing (self, FALSE, sonde_client_list_models_async, cancellable, callback, user_data);
}

/**
 * sonde_client_list_models_finish:
 * @self: a client
 * @result: the result
 * @error: return location for an error of [const@API_ERROR], or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type SondeModelInfo): the models in the server's order
 */
GPtrArray *
sonde_client_list_models_finish (SondeClient *self, GAsyncResult *result, GError **error)
{
  Listing *listing;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  listing = g_task_get_task_data (G_TASK (result));

  return g_steal_pointer (&listing->rows);
}

/**
 * sonde_client_get_balance_async:
 * @self: a client
 * @cancellable: (nullable): ends it at once
 * @callback: (scope async): called at the end
 * @user_data: for @callback
 *
 * `GET /user/balance` (contract.md section 2.3).
 */
void
sonde_client_get_balance_async (SondeClient *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (SONDE_IS_CLIENT (self));

  run_listing (self, TRUE, sonde_client_get_balance_async, cancellable, callback, user_data);
}

/**
 * sonde_client_get_balance_finish:
 * @self: a client
 * @result: the result
 * @is_available: (out) (optional): whether there is enough to ask something
 * @balances: (out) (optional) (transfer full) (element-type SondeBalance): the balances, one
 *   per currency; none where the server knows no such thing
 * @error: return location for an error of [const@API_ERROR], or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the server answered
 */
gboolean
sonde_client_get_balance_finish (SondeClient *self,
                                 GAsyncResult *result,
                                 gboolean *is_available,
                                 GPtrArray **balances,
                                 GError **error)
{
  Listing *listing;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  listing = g_task_get_task_data (G_TASK (result));
  if (is_available != NULL)
    *is_available = listing->is_available;
  if (balances != NULL)
    *balances = g_steal_pointer (&listing->rows);

  return TRUE;
}
