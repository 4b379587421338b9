/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One request and its answer: waiting, refusals, and every way in which it can
 * break, as errors of one domain. */

#include "sonde-exchange.h"

#include <string.h>

#include "sonde-api-error.h"
#include "sonde-sse-stream.h"
#include "sonde-stall-timer.h"
#include "sonde-wipe.h"

#define MIN_KEY_PART 4 /* bytes of a key that are too many to be shown */

typedef struct {
  SoupMessage *message;
  GBytes *body;
  char *key;
  guint connect_timeout;
  guint stall_timeout;
  gboolean document;
  SondeExchangeFunc func;
  gpointer func_data;

  gboolean connected;
  gboolean answered; /* its headers have come */
  gboolean http2;
  GCancellable *user_cancellable;
  gulong cancelled_id;
  GCancellable *cancellable; /* also cancelled by the timer */
  GCancellable *send_cancellable;
  SondeStallTimer *timer;
  SondeSseStream *stream;
  GBytes *refusal; /* the body of a status that is not a good one */
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *self = data;

  g_signal_handlers_disconnect_by_data (self->message, self);
  if (self->user_cancellable != NULL)
    g_cancellable_disconnect (self->user_cancellable, self->cancelled_id);
  g_clear_object (&self->user_cancellable);
  g_signal_handlers_disconnect_by_data (self->cancellable, self);
  g_object_unref (self->cancellable);
  g_object_unref (self->send_cancellable);
  sonde_stall_timer_free (self->timer);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->refusal, g_bytes_unref);
  g_object_unref (self->message);
  g_clear_pointer (&self->body, g_bytes_unref);
  sonde_wipe_free (self->key);
  g_free (self);
}

static const char *
get_header (Exchange *self, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (self->message), name);
}

static const char *
get_trace_id (Exchange *self)
{
  static const char *const names[] = { "x-ds-trace-id", "x-request-id", "x-deepseek-request-id" };
  const char *trace_id = NULL;

  for (gsize i = 0; trace_id == NULL && i < G_N_ELEMENTS (names); i++)
    trace_id = get_header (self, names[i]);

  return trace_id;
}

/* The Retry-After header in seconds, as a number or a date; -1: none. */
static gint64
get_retry_after (Exchange *self)
{
  const char *text = get_header (self, "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds;

  if (text == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &seconds, NULL))
    return (gint64) seconds;

  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return -1;
  now = g_date_time_new_now_utc ();

  return MAX (g_date_time_difference (date, now) / G_TIME_SPAN_SECOND, 0);
}

/* Servers are known to repeat the key that they refuse. Where the text was cut for its
 * length, it can end inside the key. */
static char *
mask_key (Exchange *self, const char *text, gsize length)
{
  GString *masked = g_string_new_len (text, (gssize) length);
  gboolean cut = length >= strlen ("…") && g_str_has_suffix (masked->str, "…");
  gsize end = masked->len - (cut ? strlen ("…") : 0);
  gsize key_length;

  if (self->key == NULL || *self->key == '\0')
    return g_string_free_and_steal (masked);

  key_length = strlen (self->key);
  for (gsize part = MIN (key_length - 1, end); cut && part >= MIN_KEY_PART; part--)
    if (memcmp (masked->str + end - part, self->key, part) == 0) {
      g_string_overwrite_len (masked, end - part, "…", (gssize) strlen ("…"));
      g_string_truncate (masked, end - part + strlen ("…"));
      break;
    }
  g_string_replace (masked, self->key, "***", 0);

  return g_string_free_and_steal (masked);
}

static GError *
new_refusal (Exchange *self)
{
  guint status = soup_message_get_status (self->message);
  g_autofree char *text = NULL;
  g_autofree char *unmasked = NULL;
  g_autoptr (GBytes) body = NULL;
  GError *error;

  if (self->refusal != NULL)
    text =
      mask_key (self, g_bytes_get_data (self->refusal, NULL), g_bytes_get_size (self->refusal));
  else if (SOUP_STATUS_IS_REDIRECTION (status) && get_header (self, "Location") != NULL)
    text = g_strdup_printf ("The server points to %s", get_header (self, "Location"));
  if (text != NULL)
    body = g_bytes_new_static (text, strlen (text));

  error = sonde_api_error_new_from_body (status, soup_message_get_reason_phrase (self->message),
                                         get_trace_id (self), get_retry_after (self), body);
  if (status == SOUP_STATUS_UNAUTHORIZED && self->key == NULL)
    error->code = SONDE_FAILURE_NO_KEY;
  /* Once more, since JSON can have hidden it behind escapes. */
  unmasked = error->message;
  error->message = mask_key (self, unmasked, strlen (unmasked));

  return error;
}

/* Returns an error of our domain, with the trace id, for whatever went wrong. */
static void
return_failure (GTask *task, SondeFailureKind kind, const char *detail)
{
  Exchange *self = g_task_get_task_data (task);
  g_autofree char *masked = mask_key (self, detail, strlen (detail));

  g_task_return_error (task, sonde_api_error_new (kind, 0, get_trace_id (self), -1, masked));
}

static void
return_broken (GTask *task, const GError *error)
{
  Exchange *self = g_task_get_task_data (task);
  gboolean began = self->stream != NULL && sonde_sse_stream_get_received (self->stream) > 0;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                     "The request was cancelled");
  else if (sonde_stall_timer_has_expired (self->timer) && self->connected)
    return_failure (task, SONDE_FAILURE_STALLED, "The server has gone silent");
  else if (sonde_stall_timer_has_expired (self->timer))
    return_failure (task, SONDE_FAILURE_NETWORK, "The server cannot be reached: no connection");
  else if (error->domain == SONDE_API_ERROR)
    return_failure (task, (SondeFailureKind) error->code, error->message);
  else if (error->domain == SOUP_SESSION_ERROR)
    return_failure (task, SONDE_FAILURE_PROTOCOL, error->message);
  else
    return_failure (task, began ? SONDE_FAILURE_CUT : SONDE_FAILURE_NETWORK, error->message);
}

static void
cancelled_cb (GCancellable *user_cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* Between the headers and send_cb(), libsoup up to 3.6 uses memory that it has freed when
 * it is cancelled: there send_cb() looks by itself. */
static void
cancel_sending_cb (Exchange *self)
{
  if (!self->answered)
    g_cancellable_cancel (self->send_cancellable);
}

static gboolean
stalled_cb (gpointer user_data)
{
  Exchange *self = user_data;

  return self->func (SONDE_EXCHANGE_STALLED, NULL, self->func_data, NULL);
}

static void
starting_cb (Exchange *self)
{
  self->connected = TRUE;
  self->answered = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    cancel_sending_cb (self);
  self->http2 = soup_message_get_http_version (self->message) == SOUP_HTTP_2_0;
  sonde_stall_timer_set_func (self->timer, stalled_cb, self);
  sonde_stall_timer_arm (self->timer, self->stall_timeout);
}

static void
got_headers_cb (Exchange *self)
{
  self->answered = TRUE;
}

static void
wrote_cb (Exchange *self)
{
  sonde_stall_timer_touch (self->timer);
}

static gboolean
event_cb (const SondeSseEvent *event, gpointer user_data, GError **error)
{
  Exchange *self = user_data;

  return self->func (event->data != NULL ? SONDE_EXCHANGE_DATA : SONDE_EXCHANGE_KEEP_ALIVE,
                     event->data != NULL ? event : NULL, self->func_data, error);
}

static gboolean
refusal_event_cb (const SondeSseEvent *event, gpointer user_data, GError **error)
{
  Exchange *self = user_data;

  self->refusal = g_bytes_new (event->data, event->length);

  return TRUE;
}

static void
body_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean at_end;

  if (sonde_sse_stream_run_finish (self->stream, result, &at_end, &error) && at_end)
    self->func (SONDE_EXCHANGE_END, NULL, self->func_data, &error);

  if (error != NULL)
    return_broken (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
refusal_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean at_end;

  /* The status is what counts: its words may be missing. */
  sonde_sse_stream_run_finish (self->stream, result, &at_end, &error);
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return_broken (task, error);
  else
    g_task_return_error (task, new_refusal (self));
}

static void send_message (SoupSession *session, GTask *task);

/* Some servers' edges reset streams of HTTP/2 that HTTP/1.1 gets through (contract.md
 * section 10, row 27). Nothing has been answered yet, so nothing is asked twice. */
static gboolean
may_fall_back (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  return self->http2 && !soup_message_get_force_http1 (self->message) &&
         !g_cancellable_is_cancelled (self->cancellable);
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *self = g_task_get_task_data (task);
  GCancellable *cancellable = self->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) body = NULL;
  const char *encoding;
  gboolean good;

  body = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (body == NULL && may_fall_back (task)) {
    g_debug ("HTTP/2 broke before the answer: %s", error->message);
    soup_message_set_force_http1 (self->message, TRUE);
    send_message (SOUP_SESSION (source), g_steal_pointer (&task));
    return;
  }
  if (body == NULL || g_cancellable_is_cancelled (cancellable)) {
    return_broken (task, error);
    return;
  }

  sonde_stall_timer_touch (self->timer);
  good = SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (self->message));
  encoding = get_header (self, "Content-Encoding");
  if (good && encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0) {
    return_failure (task, SONDE_FAILURE_PROTOCOL, "The answer is compressed, unasked");
    return;
  }
  if (good && !self->func (SONDE_EXCHANGE_OPENED, NULL, self->func_data, &error)) {
    if (error != NULL)
      return_broken (task, error);
    else
      g_task_return_boolean (task, TRUE);
    return;
  }

  /* For the words of a refusal nobody waits. */
  if (!good)
    sonde_stall_timer_set_func (self->timer, NULL, NULL);
  self->stream = sonde_sse_stream_new (body, self->document || !good);
  sonde_sse_stream_run_async (self->stream, self->timer, good ? event_cb : refusal_event_cb, self,
                              cancellable, good ? body_cb : refusal_cb, g_steal_pointer (&task));
}

static void
send_message (SoupSession *session, GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  self->connected = FALSE;
  sonde_stall_timer_set_func (self->timer, NULL, NULL);
  if (self->body != NULL)
    soup_message_set_request_body_from_bytes (self->message, "application/json", self->body);
  sonde_stall_timer_arm (self->timer, self->connect_timeout);
  soup_session_send_async (session, self->message, G_PRIORITY_DEFAULT, self->send_cancellable,
                           send_cb, task);
}

/**
 * sonde_exchange_run_async:
 * @session: the session to send it in
 * @message: the request
 * @body: (nullable): what is sent in it, JSON
 * @key: (nullable): the key to authorize it with
 * @connect_timeout: how many milliseconds the connection may take
 * @stall_timeout: how many milliseconds may pass without a byte once it is connected, or 0
 * @document: whether the answer is one document, and not a stream of events
 * @func: (scope notified): gets what happens, in the current thread-default context
 * @func_data: for @func
 * @cancellable: (nullable): ends it at once; also from within @func
 * @callback: (scope async): called at the end
 * @user_data: for @callback
 *
 * There is no limit on the whole time (contract.md section 5.2).
 */
void
sonde_exchange_run_async (SoupSession *session,
                          SoupMessage *message,
                          GBytes *body,
                          const char *key,
                          guint connect_timeout,
                          guint stall_timeout,
                          gboolean document,
                          SondeExchangeFunc func,
                          gpointer func_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Exchange *self = g_new0 (Exchange, 1);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sonde_exchange_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, exchange_free);

  self->message = g_object_ref (message);
  self->body = body != NULL ? g_bytes_ref (body) : NULL;
  self->key = g_strdup (key);
  self->connect_timeout = connect_timeout;
  self->stall_timeout = stall_timeout;
  self->document = document;
  self->func = func;
  self->func_data = func_data;
  self->cancellable = g_cancellable_new ();
  self->send_cancellable = g_cancellable_new ();
  g_signal_connect_swapped (self->cancellable, "cancelled", G_CALLBACK (cancel_sending_cb), self);
  self->timer = sonde_stall_timer_new (g_task_get_context (task), self->cancellable);
  if (cancellable != NULL) {
    self->user_cancellable = g_object_ref (cancellable);
    self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                g_object_ref (self->cancellable), g_object_unref);
  }

  if (key != NULL) {
    char *authorization = g_strconcat ("Bearer ", key, NULL);

    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                  authorization);
    sonde_wipe_free (authorization);
  }
  /* A redirect would carry the key and the conversation to another place. Unless it is
   * called idempotent, a POST gets a connection of its own each time, and each turn
   * would wait for TLS again; sent twice it is not, for that the method counts. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_IDEMPOTENT);

  g_signal_connect_swapped (message, "starting", G_CALLBACK (starting_cb), self);
  g_signal_connect_swapped (message, "got-headers", G_CALLBACK (got_headers_cb), self);
  g_signal_connect_swapped (message, "wrote-body-data", G_CALLBACK (wrote_cb), self);
  send_message (session, task);
}

/**
 * sonde_exchange_run_finish:
 * @result: the result
 * @error: return location for an error of [const@API_ERROR], or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the exchange went through, and the caller's function was content
 */
gboolean
sonde_exchange_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
