/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-sse-stream.h"

#include <string.h>

#include "sonde-api-error.h"

#define BUFFER_SIZE   16384
#define DRAIN_TIMEOUT 1000 /* ms */

typedef enum {
  FORM_UNKNOWN,
  FORM_EVENTS,
  FORM_DOCUMENT,
} Form;

/**
 * SondeSseStream:
 *
 * Reads the body of a response and gives its events as they come.
 *
 * A body that is one JSON or HTML document is given as one event with the whole
 * document as it came, when it has come; white space before it counts as keep-alives
 * (contract.md section 5.2). It is known by its first byte and not by its content
 * type, which is wrong too often (section 7.1).
 */
struct _SondeSseStream {
  GObject parent_instance;

  GInputStream *base;
  Form form;
  SondeSseParser *parser;
  GString *document;
  guint64 received;
  char buffer[BUFFER_SIZE];
};

typedef struct {
  SondeStallTimer *timer;
  SondeSseStreamFunc func;
  gpointer func_data;
  gboolean at_end;
} Run;

G_DEFINE_FINAL_TYPE (SondeSseStream, sonde_sse_stream, G_TYPE_OBJECT)

static void
sonde_sse_stream_finalize (GObject *object)
{
  SondeSseStream *self = SONDE_SSE_STREAM (object);

  g_object_unref (self->base);
  sonde_sse_parser_free (self->parser);
  g_string_free (self->document, TRUE);

  G_OBJECT_CLASS (sonde_sse_stream_parent_class)->finalize (object);
}

static void
sonde_sse_stream_class_init (SondeSseStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_sse_stream_finalize;
}

static void
sonde_sse_stream_init (SondeSseStream *self)
{
  self->parser = sonde_sse_parser_new ();
  self->document = g_string_new (NULL);
}

static void
drained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeStallTimer) timer = user_data;

  /* Nothing hangs on it: at the end the connection is kept, else it is not. */
  g_input_stream_skip_finish (G_INPUT_STREAM (source), result, NULL);
  g_input_stream_close_async (G_INPUT_STREAM (source), G_PRIORITY_LOW, NULL, NULL, NULL);
}

/* HTTP keeps a connection only when the body was read to its very end, which is
 * a few bytes behind the last event: reads on for a moment. */
static void
drain (SondeSseStream *self, GMainContext *context)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  SondeStallTimer *timer = sonde_stall_timer_new (context, cancellable);

  sonde_stall_timer_arm (timer, DRAIN_TIMEOUT);
  g_input_stream_skip_async (self->base, BUFFER_SIZE, G_PRIORITY_LOW, cancellable, drained_cb,
                             timer);
}

/* Hands an event to the caller; FALSE: the task has returned. */
static gboolean
give (GTask *task, const SondeSseEvent *event)
{
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (!run->func (event, run->func_data, &error)) {
    if (error != NULL) {
      g_task_return_error (task, error);
    } else {
      drain (g_task_get_source_object (task), g_task_get_context (task));
      g_task_return_boolean (task, TRUE);
    }
    return FALSE;
  }

  return !g_task_return_error_if_cancelled (task);
}

static gboolean
give_events (GTask *task)
{
  SondeSseStream *self = g_task_get_source_object (task);
  SondeSseEvent event;
  GError *error = NULL;

  while (sonde_sse_parser_next (self->parser, &event, &error))
    if (!give (task, &event))
      return FALSE;

  if (error != NULL) {
    g_task_return_error (task, error);
    return FALSE;
  }

  return TRUE;
}

/* FALSE: the task has returned. */
static gboolean
receive (GTask *task, const char *bytes, gsize length)
{
  SondeSseStream *self = g_task_get_source_object (task);

  if (self->form == FORM_UNKNOWN) {
    const SondeSseEvent keep_alive = { .data = NULL };
    gsize blank = 0;

    while (blank < length && g_ascii_isspace (bytes[blank]))
      blank++;
    bytes += blank;
    length -= blank;
    if (length > 0)
      self->form = strchr ("{[<", bytes[0]) != NULL ? FORM_DOCUMENT : FORM_EVENTS;
    if (blank > 0 && !give (task, &keep_alive))
      return FALSE;
  }

  if (self->form == FORM_EVENTS) {
    sonde_sse_parser_push (self->parser, bytes, length);
    return give_events (task);
  }

  if (self->document->len + length > SONDE_SSE_MAX_LINE) {
    g_task_return_error (task, sonde_api_error_new (SONDE_FAILURE_PROTOCOL, 0, NULL, -1,
                                                    "The answer has more than 16 MiB"));
    return FALSE;
  }
  g_string_append_len (self->document, bytes, (gssize) length);

  return TRUE;
}

static void
receive_end (GTask *task)
{
  SondeSseStream *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  if (self->form == FORM_EVENTS) {
    sonde_sse_parser_end (self->parser);
    if (!give_events (task))
      return;
  } else if (self->document->len > 0) {
    const SondeSseEvent event = { .data = self->document->str,
                                  .length = self->document->len,
                                  .unfinished = TRUE };

    if (!give (task, &event))
      return;
  }

  run->at_end = TRUE;
  g_task_return_boolean (task, TRUE);
}

static void read_more (GTask *task);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SondeSseStream *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  gssize length;

  length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);
  if (length < 0) {
    g_task_return_error (task, error);
  } else if (length == 0) {
    receive_end (task);
  } else {
    self->received += (guint64) length;
    if (run->timer != NULL)
      sonde_stall_timer_touch (run->timer);
    if (receive (task, self->buffer, (gsize) length))
      read_more (g_steal_pointer (&task));
  }
}

static void
read_more (GTask *task)
{
  SondeSseStream *self = g_task_get_source_object (task);

  g_input_stream_read_async (self->base, self->buffer, BUFFER_SIZE, G_PRIORITY_DEFAULT,
                             g_task_get_cancellable (task), read_cb, task);
}

/**
 * sonde_sse_stream_new:
 * @base: the body of a response
 * @document: whether it is known to be one document, whatever it begins with
 *
 * Returns: (transfer full): a stream of events
 */
SondeSseStream *
sonde_sse_stream_new (GInputStream *base, gboolean document)
{
  SondeSseStream *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (base), NULL);

  self = g_object_new (SONDE_TYPE_SSE_STREAM, NULL);
  self->base = g_object_ref (base);
  self->form = document ? FORM_DOCUMENT : FORM_UNKNOWN;

  return self;
}

/**
 * sonde_sse_stream_get_received:
 * @self: a stream
 *
 * Returns: how many bytes have come
 */
guint64
sonde_sse_stream_get_received (SondeSseStream *self)
{
  g_return_val_if_fail (SONDE_IS_SSE_STREAM (self), 0);

  return self->received;
}

/**
 * sonde_sse_stream_run_async:
 * @self: a stream that has not run yet
 * @timer: (nullable): a timer that every byte puts off; must live until @callback
 * @func: (scope notified): gets the events, in the current thread-default context
 * @func_data: for @func
 * @cancellable: (nullable): stops it at once; also from within @func
 * @callback: (scope async): called at the end
 * @user_data: for @callback
 *
 * Reads until the end of the body or until @func has enough.
 */
void
sonde_sse_stream_run_async (SondeSseStream *self,
                            SondeStallTimer *timer,
                            SondeSseStreamFunc func,
                            gpointer func_data,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task;
  Run *run;

  g_return_if_fail (SONDE_IS_SSE_STREAM (self));
  g_return_if_fail (func != NULL);

  run = g_new0 (Run, 1);
  run->timer = timer;
  run->func = func;
  run->func_data = func_data;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_sse_stream_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, run, g_free);
  read_more (task);
}

/**
 * sonde_sse_stream_run_finish:
 * @self: a stream
 * @result: the result
 * @at_end: (out): whether the body has ended; %FALSE: the caller's function had enough
 * @error: return location for the base stream's error, that of the caller's function, or a
 *   %SONDE_FAILURE_PROTOCOL of [const@API_ERROR]
 *
 * Returns: whether all went well
 */
gboolean
sonde_sse_stream_run_finish (SondeSseStream *self,
                             GAsyncResult *result,
                             gboolean *at_end,
                             GError **error)
{
  Run *run;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  run = g_task_get_task_data (G_TASK (result));
  *at_end = run->at_end;

  return g_task_propagate_boolean (G_TASK (result), error);
}
