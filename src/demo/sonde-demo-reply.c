/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-demo-reply.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "sonde-demo-text.h"
#include "sonde-demo-writer.h"

#define BATCH (16 * 1024)

typedef enum {
  PHASE_KEEPALIVE,
  PHASE_OPENING,
  PHASE_REASONING,
  PHASE_CONTENT,
  PHASE_HUGE,
  PHASE_CALLS,
  PHASE_FINISH,
  PHASE_USAGE,
  PHASE_DONE,
  PHASE_WHOLE, /* the body of an answer that is not streamed */
  PHASE_END,
  PHASE_STALLED,
} Phase;

/**
 * SondeDemoReply:
 *
 * An answer on its way out. It is written piece by piece as the script's clock
 * says, from a source of the service's own main context, and only when the client
 * has taken what was sent before; a client that leaves is noticed at once.
 */
struct _SondeDemoReply {
  GObject parent_instance;

  SoupServerMessage *message;
  SondeDemoWriter writer;
  SondeDemoLog *log;
  guint number;

  GSource *clock;
  GSource *watch;
  gulong headers_handler;
  gulong wrote_handler;
  gulong finished_handler;

  gboolean at_once; /* libsoup's server has HTTP/2 for complete bodies only: no pace */
  Phase phase;
  gint64 due;
  gboolean wrote_headers;
  guint unwritten;
  guint keepalives;
  guint deltas;
  gboolean garbage_sent;
  gsize reasoning_bytes;
  gsize content_bytes;
  guint call;
  gsize call_bytes;
  gboolean call_opened;
  gsize body_bytes;
};

enum { DONE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeDemoReply, sonde_demo_reply, G_TYPE_OBJECT)

/* --- what comes next ----------------------------------------------------------------------- */

static void
produce_keepalive (SondeDemoReply *self, GString *out)
{
  if (self->keepalives >= (guint) self->writer.script->keepalive) {
    if (self->writer.script->blank)
      g_string_append (out, "\n\n");
    self->phase = self->writer.script->blank     ? PHASE_END
                  : self->writer.request->stream ? PHASE_OPENING
                                                 : PHASE_WHOLE;
    return;
  }
  g_string_append (out, self->writer.request->stream ? ": keep-alive\n\n" : "\n");
  self->keepalives++;
  self->due += self->writer.script->every * 1000;
}

static void
produce_opening (SondeDemoReply *self, GString *out)
{
  sonde_demo_writer_begin_delta (&self->writer, out);
  g_string_append (out, "\"role\":\"assistant\",");
  sonde_demo_writer_append_text (&self->writer, out,
                                 self->writer.answer->reasoning != NULL ? NULL : "", "", -1);
  sonde_demo_writer_end_delta (&self->writer, out, NULL, NULL, 0);
  self->phase = PHASE_REASONING;
}

static void
produce_reasoning (SondeDemoReply *self, GString *out)
{
  const char *text = self->writer.answer->reasoning != NULL
                       ? self->writer.answer->reasoning + self->reasoning_bytes
                       : "";
  const gsize length = sonde_demo_text_next_token (text);

  if (self->writer.script->shape == SONDE_DEMO_SHAPE_THINK &&
      self->writer.answer->reasoning != NULL && (self->reasoning_bytes == 0 || length == 0))
    sonde_demo_writer_append_delta (&self->writer, out, length > 0 ? "<think>" : "</think>\n", NULL,
                                    -1);
  if (length == 0) {
    self->phase = PHASE_CONTENT;
    return;
  }
  sonde_demo_writer_append_delta (&self->writer, out, NULL, text, (gssize) length);
  self->reasoning_bytes += length;
}

/* Where the limit cuts the answer, its last token shares the chunk of the finish reason. */
static void
produce_content (SondeDemoReply *self, GString *out)
{
  const char *text = self->writer.answer->content + self->content_bytes;
  const gsize length = sonde_demo_text_next_token (text);

  if (length == 0) {
    self->phase = PHASE_HUGE;
    return;
  }
  if (text[length] == '\0' && g_str_equal (self->writer.answer->finish, "length")) {
    self->phase = PHASE_FINISH;
    return;
  }
  sonde_demo_writer_append_delta (&self->writer, out, text, NULL, (gssize) length);
  self->content_bytes += length;
}

static void
produce_huge (SondeDemoReply *self, GString *out)
{
  if (self->writer.answer->huge != NULL &&
      self->content_bytes == strlen (self->writer.answer->content)) {
    sonde_demo_writer_append_delta (&self->writer, out, self->writer.answer->huge, NULL, -1);
    self->content_bytes += strlen (self->writer.answer->huge);
  }
  self->phase = PHASE_CALLS;
}

static void
produce_call (SondeDemoReply *self, GString *out)
{
  const gboolean legacy = self->writer.script->shape == SONDE_DEMO_SHAPE_FUNCTION_CALL;
  const SondeDemoCall *call;
  gsize length;

  if (self->call == self->writer.answer->calls->len) {
    self->phase = PHASE_FINISH;
    return;
  }
  call = g_ptr_array_index (self->writer.answer->calls, self->call);
  length = sonde_demo_text_next_token (call->arguments + self->call_bytes);
  if (self->call_opened && length == 0) {
    self->call++;
    self->call_opened = FALSE;
    self->call_bytes = 0;
    return;
  }

  sonde_demo_writer_begin_delta (&self->writer, out);
  if (self->call_opened) {
    g_string_append (out, legacy ? "\"function_call\":{\"arguments\":" : "\"tool_calls\":[");
    if (!legacy)
      g_string_append_printf (out, "{\"index\":%u,\"function\":{\"arguments\":", self->call);
    sonde_demo_text_append_json (out, call->arguments + self->call_bytes, (gssize) length);
    g_string_append (out, legacy ? "}" : "}}]");
    self->call_bytes += length;
  } else if (legacy) {
    sonde_demo_writer_append_function_call (call, out, "");
  } else {
    g_string_append (out, "\"tool_calls\":[");
    sonde_demo_writer_append_call (call, self->call, out, "");
    g_string_append_c (out, ']');
  }
  self->call_opened = TRUE;
  sonde_demo_writer_end_delta (&self->writer, out, NULL, NULL, 0);
}

static void
produce_finish (SondeDemoReply *self, GString *out)
{
  /* Beyond the content when there is a huge delta. */
  const char *rest = self->content_bytes < strlen (self->writer.answer->content)
                       ? self->writer.answer->content + self->content_bytes
                       : "";

  self->phase = PHASE_USAGE;
  if (g_str_equal (self->writer.answer->finish, "none"))
    return;
  sonde_demo_writer_begin_delta (&self->writer, out);
  sonde_demo_writer_append_text (&self->writer, out, rest, NULL, -1);
  sonde_demo_writer_end_last_delta (&self->writer, out, rest,
                                    self->writer.usage == SONDE_DEMO_USAGE_FINISH);
  self->content_bytes += strlen (rest);
}

static void
produce_usage (SondeDemoReply *self, GString *out)
{
  self->phase = PHASE_DONE;
  if (self->writer.usage != SONDE_DEMO_USAGE_SEPARATE || !self->writer.request->include_usage)
    return;
  sonde_demo_writer_begin_chunk (&self->writer, out);
  g_string_append (out, "],\"usage\":");
  sonde_demo_writer_append_usage (&self->writer, out);
  g_string_append (out, "}\n\n");
}

/* The faults that wait for a certain delta. Returns whether the answer goes on. */
static gboolean
produce_fault (SondeDemoReply *self, GString *out)
{
  const SondeDemoScript *script = self->writer.script;

  if (script->garbage == (gint64) self->deltas && !self->garbage_sent) {
    g_string_append (out, "data: {\"choices\":[{\"delta\":{\"content\":\n\n");
    self->garbage_sent = TRUE;
  }
  if (script->error == (gint64) self->deltas) {
    g_string_append (out, "data: {\"error\":{\"message\":\"The demo service broke off as asked\","
                          "\"type\":\"internal_error\",\"param\":null,\"code\":\"internal_error\"}}"
                          "\n\n");
    self->phase = PHASE_END;
    return FALSE;
  }
  if (script->stall == (gint64) self->deltas) {
    self->phase = PHASE_STALLED;
    return FALSE;
  }

  return TRUE;
}

static void
produce_delta (SondeDemoReply *self, GString *out)
{
  gsize before;

  if (!produce_fault (self, out))
    return;

  before = out->len;
  if (self->phase == PHASE_REASONING)
    produce_reasoning (self, out);
  else if (self->phase == PHASE_CONTENT)
    produce_content (self, out);
  else if (self->phase == PHASE_HUGE)
    produce_huge (self, out);
  else
    produce_call (self, out);
  if (out->len > before) {
    self->deltas++;
    self->due += self->writer.script->interval;
  }
}

static void
produce (SondeDemoReply *self, GString *out)
{
  switch (self->phase) {
  case PHASE_KEEPALIVE:
    produce_keepalive (self, out);
    break;
  case PHASE_OPENING:
    produce_opening (self, out);
    break;
  case PHASE_REASONING:
  case PHASE_CONTENT:
  case PHASE_HUGE:
  case PHASE_CALLS:
    produce_delta (self, out);
    break;
  case PHASE_FINISH:
    /* A fault may wait behind the last delta. */
    if (produce_fault (self, out))
      produce_finish (self, out);
    break;
  case PHASE_USAGE:
    produce_usage (self, out);
    break;
  case PHASE_DONE:
    if (self->writer.script->done)
      g_string_append (out, "data: [DONE]\n\n");
    self->phase = PHASE_END;
    break;
  case PHASE_WHOLE:
    if (self->writer.script->stall >= 0) {
      self->phase = PHASE_STALLED;
      break;
    }
    sonde_demo_writer_append_whole (&self->writer, out);
    self->phase = PHASE_END;
    break;
  case PHASE_END:
  case PHASE_STALLED:
    break;
  default:
    g_assert_not_reached ();
  }
}

/* --- the wire ------------------------------------------------------------------------------ */

static gboolean
is_cut (SondeDemoReply *self)
{
  return self->writer.script->cut >= 0 && self->body_bytes >= (gsize) self->writer.script->cut;
}

static void
disconnect_message (SondeDemoReply *self)
{
  g_clear_signal_handler (&self->headers_handler, self->message);
  g_clear_signal_handler (&self->wrote_handler, self->message);
  g_clear_signal_handler (&self->finished_handler, self->message);
}

static void
finish (SondeDemoReply *self)
{
  const gboolean complete = self->phase == PHASE_END && self->unwritten == 0 && !is_cut (self);

  if (self->clock == NULL)
    return;

  disconnect_message (self);
  g_source_destroy (self->clock);
  g_clear_pointer (&self->clock, g_source_unref);
  if (self->watch != NULL)
    g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
  if (complete)
    sonde_demo_log_bill (self->log, self->number, self->writer.request->model,
                         self->writer.cached_tokens,
                         self->writer.prompt_tokens - self->writer.cached_tokens,
                         self->writer.answer->completion_tokens);
  sonde_demo_log_end (self->log, self->number, complete ? "finished" : "closed");
  g_signal_emit (self, signals[DONE], 0);
}

static void
write_out (SondeDemoReply *self, GString *out)
{
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);
  gsize length = out->len;

  if (self->writer.script->cut >= 0)
    length = MIN (length, (gsize) self->writer.script->cut - self->body_bytes);
  if (self->writer.script->split) {
    for (gsize i = 0; i < length; i++)
      soup_message_body_append (body, SOUP_MEMORY_COPY, out->str + i, 1);
    self->unwritten += (guint) length;
  } else if (length > 0) {
    soup_message_body_append (body, SOUP_MEMORY_COPY, out->str, length);
    self->unwritten++;
  }
  self->body_bytes += length;
  if (length > 0)
    sonde_demo_log_sent (self->log, self->number, self->deltas, self->reasoning_bytes,
                         self->content_bytes, self->body_bytes);
}

static gboolean
clock_cb (gpointer data)
{
  g_autoptr (SondeDemoReply) self = g_object_ref (data);
  g_autoptr (GString) out = g_string_new (NULL);
  const gint64 now = g_get_monotonic_time ();

  g_source_set_ready_time (self->clock, -1);
  if (self->unwritten > 0)
    return G_SOURCE_CONTINUE; /* wrote_chunk_cb() sets the clock again */
  if (is_cut (self) && self->wrote_headers) {
    sonde_demo_reply_abort (self);
    return G_SOURCE_CONTINUE;
  }

  while (self->phase != PHASE_END && self->phase != PHASE_STALLED &&
         (self->at_once || (self->due <= now && out->len < BATCH)))
    produce (self, out);
  write_out (self, out);
  if (self->at_once && is_cut (self)) {
    sonde_demo_reply_abort (self);
    return G_SOURCE_CONTINUE;
  }
  if (self->at_once && self->phase == PHASE_STALLED)
    return G_SOURCE_CONTINUE; /* the headers would end the answer */
  if (self->phase == PHASE_END && !is_cut (self))
    soup_message_body_complete (soup_server_message_get_response_body (self->message));
  soup_server_message_unpause (self->message);
  if (self->unwritten == 0 && self->phase != PHASE_END && self->phase != PHASE_STALLED)
    g_source_set_ready_time (self->clock, self->due);

  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_clock (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

/* Nothing is done within these two but to set the clock: the message is being written. */
static void
wrote_headers_cb (SondeDemoReply *self)
{
  self->wrote_headers = TRUE;
  if (is_cut (self) && self->unwritten == 0)
    g_source_set_ready_time (self->clock, 0);
}

static void
wrote_chunk_cb (SondeDemoReply *self)
{
  self->unwritten--;
  if (self->unwritten > 0)
    return;
  if (is_cut (self))
    g_source_set_ready_time (self->clock, 0);
  else if (self->phase != PHASE_END && self->phase != PHASE_STALLED)
    g_source_set_ready_time (self->clock, self->due);
}

static void
finished_cb (SondeDemoReply *self)
{
  finish (self);
}

static gboolean
watch_cb (GSocket *socket, GIOCondition condition, gpointer data)
{
  SondeDemoReply *self = data;
  char byte;
  const gssize n = recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT);

  if (n > 0)
    return G_SOURCE_REMOVE; /* the next request of a client that does not wait */
  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  sonde_demo_reply_abort (self);

  return G_SOURCE_REMOVE;
}

static GSourceFuncs clock_funcs = { NULL, NULL, dispatch_clock, NULL, NULL, NULL };

static void
sonde_demo_reply_dispose (GObject *object)
{
  SondeDemoReply *self = SONDE_DEMO_REPLY (object);

  g_assert (self->clock == NULL);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (sonde_demo_reply_parent_class)->dispose (object);
}

static void
sonde_demo_reply_finalize (GObject *object)
{
  SondeDemoReply *self = SONDE_DEMO_REPLY (object);

  g_free (self->writer.id);
  sonde_demo_request_free (self->writer.request);
  sonde_demo_script_free (self->writer.script);
  sonde_demo_answer_free (self->writer.answer);

  G_OBJECT_CLASS (sonde_demo_reply_parent_class)->finalize (object);
}

static void
sonde_demo_reply_class_init (SondeDemoReplyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sonde_demo_reply_dispose;
  object_class->finalize = sonde_demo_reply_finalize;

  /**
   * SondeDemoReply::done:
   *
   * The answer has gone out, or nobody is there to take it.
   */
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
sonde_demo_reply_init (SondeDemoReply *self)
{
  self->writer.id = g_uuid_string_random ();
  self->writer.created = g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * sonde_demo_reply_new:
 * @message: the request on the wire
 * @request: (transfer full): what it asks
 * @script: (transfer full): how it is to be answered
 * @answer: (transfer full): the answer
 * @usage: where the usage goes; not unset
 * @prompt_tokens: how long the prompt is
 * @cached_tokens: how much of it was known
 *
 * Returns: (transfer full): a reply that has not begun
 */
SondeDemoReply *
sonde_demo_reply_new (SoupServerMessage *message,
                      SondeDemoRequest *request,
                      SondeDemoScript *script,
                      SondeDemoAnswer *answer,
                      SondeDemoUsage usage,
                      guint prompt_tokens,
                      guint cached_tokens)
{
  SondeDemoReply *self = g_object_new (SONDE_TYPE_DEMO_REPLY, NULL);

  self->message = g_object_ref (message);
  self->writer.request = request;
  self->writer.script = script;
  self->writer.answer = answer;
  self->writer.usage = usage;
  self->writer.prompt_tokens = prompt_tokens;
  self->writer.cached_tokens = cached_tokens;

  return self;
}

/**
 * sonde_demo_reply_start:
 * @self: a reply
 * @log: (nullable): where to write what goes out; it must outlive the reply
 * @number: which request it is in @log
 *
 * Begins to answer, in the thread-default main context.
 */
void
sonde_demo_reply_start (SondeDemoReply *self, SondeDemoLog *log, guint number)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  GMainContext *context = g_main_context_get_thread_default ();

  self->log = log;
  self->number = number;
  self->due = g_get_monotonic_time () + self->writer.script->first * 1000;
  self->at_once = soup_server_message_get_http_version (self->message) == SOUP_HTTP_2_0;

  soup_server_message_set_status (self->message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (
    headers, self->writer.request->stream ? "text/event-stream" : "application/json", NULL);
  soup_message_headers_append (headers, "Cache-Control", "no-cache");
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (self->message), FALSE);
  soup_server_message_pause (self->message);

  self->headers_handler =
    g_signal_connect_swapped (self->message, "wrote-headers", G_CALLBACK (wrote_headers_cb), self);
  self->wrote_handler =
    g_signal_connect_swapped (self->message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), self);
  self->finished_handler =
    g_signal_connect_swapped (self->message, "finished", G_CALLBACK (finished_cb), self);

  self->clock = g_source_new (&clock_funcs, sizeof (GSource));
  g_source_set_callback (self->clock, clock_cb, self, NULL);
  g_source_set_ready_time (self->clock, self->due);
  g_source_attach (self->clock, context);

  self->watch =
    g_socket_create_source (soup_server_message_get_socket (self->message), G_IO_IN, NULL);
  g_source_set_callback (self->watch, G_SOURCE_FUNC (watch_cb), self, NULL);
  g_source_attach (self->watch, context);
}

/**
 * sonde_demo_reply_abort:
 * @self: a reply
 *
 * Closes the connection where the answer stands.
 */
void
sonde_demo_reply_abort (SondeDemoReply *self)
{
  g_socket_shutdown (soup_server_message_get_socket (self->message), TRUE, TRUE, NULL);
  /* The server cleans up once it fails to write, so it gets something to write. It could be made to
   * hand over the connection, but warns then about a client that has left. */
  disconnect_message (self);
  soup_message_body_append (soup_server_message_get_response_body (self->message),
                            SOUP_MEMORY_STATIC, " ", 1);
  soup_server_message_unpause (self->message);
  finish (self);
}
