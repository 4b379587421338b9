/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-sse-stream.h"

#include <string.h>

#include <glib-unix.h>
#include <gio/gunixinputstream.h>

#include "sonde-api-error.h"
#include "sonde-test.h"

/* A stream on a pipe, and what came out of it: data in brackets, K: keep-alive. */
typedef struct {
  int write_fd;
  SondeSseStream *stream;
  GCancellable *cancellable;
  SondeStallTimer *timer;
  GString *events;
  const char *stop_at;
  const char *fail_at;
  const char *cancel_at;
  gboolean at_end;
  gboolean done;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GError) error = NULL;
  int fds[2];

  g_unix_open_pipe (fds, O_CLOEXEC, &error);
  g_assert_no_error (error);
  fixture->write_fd = fds[1];
  input = g_unix_input_stream_new (fds[0], TRUE);
  fixture->stream = sonde_sse_stream_new (input, GPOINTER_TO_INT (data));
  fixture->cancellable = g_cancellable_new ();
  fixture->timer = sonde_stall_timer_new (NULL, fixture->cancellable);
  fixture->events = g_string_new (NULL);
}

static void
hang_up (Fixture *fixture)
{
  if (fixture->write_fd >= 0)
    g_close (fixture->write_fd, NULL);
  fixture->write_fd = -1;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hang_up (fixture);
  g_assert_true (fixture->done);
  sonde_stall_timer_free (fixture->timer);
  g_object_unref (fixture->cancellable);
  g_assert_finalize_object (fixture->stream);
  g_string_free (fixture->events, TRUE);
  g_clear_error (&fixture->error);
}

static void
push (Fixture *fixture, const char *text)
{
  g_assert_cmpint (write (fixture->write_fd, text, strlen (text)), ==, (gssize) strlen (text));
}

static gboolean
event_cb (const SondeSseEvent *event, gpointer user_data, GError **error)
{
  Fixture *fixture = user_data;

  g_assert_false (fixture->done);
  if (event->data == NULL)
    g_string_append_c (fixture->events, 'K');
  else
    g_string_append_printf (fixture->events, "[%s]", event->data);

  if (g_strcmp0 (event->data, fixture->cancel_at) == 0)
    g_cancellable_cancel (fixture->cancellable);
  if (g_strcmp0 (event->data, fixture->fail_at) == 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "Enough");
    return FALSE;
  }

  return g_strcmp0 (event->data, fixture->stop_at) != 0;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_false (fixture->done);
  sonde_sse_stream_run_finish (SONDE_SSE_STREAM (source), result, &fixture->at_end,
                               &fixture->error);
  fixture->done = TRUE;
}

static void
start (Fixture *fixture)
{
  if (fixture->stop_at == NULL)
    fixture->stop_at = "[STOP]";
  if (fixture->fail_at == NULL)
    fixture->fail_at = "[FAIL]";
  if (fixture->cancel_at == NULL)
    fixture->cancel_at = "[CANCEL]";
  sonde_sse_stream_run_async (fixture->stream, fixture->timer, event_cb, fixture,
                              fixture->cancellable, done_cb, fixture);
}

static void
wait_for (Fixture *fixture, const char *events)
{
  sonde_test_wait (g_str_equal (fixture->events->str, events));
}

static void
test_events (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  push (fixture, "\n: keep-alive\n\ndata: a\n");
  wait_for (fixture, "KK");
  push (fixture, "\ndata: b\n\ndata: c");
  wait_for (fixture, "KK[a][b]");
  g_assert_false (fixture->done);
  hang_up (fixture);
  sonde_test_wait (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->at_end);
  g_assert_cmpstr (fixture->events->str, ==, "KK[a][b][c]");
  g_assert_cmpuint (sonde_sse_stream_get_received (fixture->stream), ==, 40);
}

static void
test_document (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  push (fixture, "\n\r\n");
  wait_for (fixture, "K");
  push (fixture, " {\"a\":\n");
  wait_for (fixture, "KK");
  push (fixture, "\ndata: 1}\n");
  hang_up (fixture);
  sonde_test_wait (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->events->str, ==, "KK[{\"a\":\n\ndata: 1}\n]");
}

/* Known to be a document, it does not have to look like one. */
static void
test_plain_document (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  push (fixture, "data: a\n\n");
  hang_up (fixture);
  sonde_test_wait (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->events->str, ==, "[data: a\n\n]");
}

static void
test_white_space (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  push (fixture, " \r\n\n");
  hang_up (fixture);
  sonde_test_wait (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->at_end);
  g_assert_cmpstr (fixture->events->str, ==, "K");
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  fixture->stop_at = "b";
  start (fixture);
  push (fixture, "data: a\n\ndata: b\n\ndata: c\n\n");
  sonde_test_wait (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_false (fixture->at_end);
  g_assert_cmpstr (fixture->events->str, ==, "[a][b]");
}

static void
test_fail (Fixture *fixture, gconstpointer data)
{
  fixture->fail_at = "b";
  start (fixture);
  push (fixture, "data: a\n\ndata: b\n\ndata: c\n\n");
  sonde_test_wait (fixture->done);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_cmpstr (fixture->events->str, ==, "[a][b]");
}

static void
test_cancel_inside (Fixture *fixture, gconstpointer data)
{
  fixture->cancel_at = "b";
  start (fixture);
  push (fixture, "data: a\n\ndata: b\n\ndata: c\n\n");
  sonde_test_wait (fixture->done);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (fixture->events->str, ==, "[a][b]");
}

static void
test_cancel_outside (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  push (fixture, "data: a\n\n");
  wait_for (fixture, "[a]");
  g_cancellable_cancel (fixture->cancellable);
  sonde_test_wait (fixture->done);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (sonde_stall_timer_has_expired (fixture->timer));
}

static void
test_stall (Fixture *fixture, gconstpointer data)
{
  sonde_stall_timer_arm (fixture->timer, 20);
  start (fixture);
  push (fixture, "data: a\n\n");
  sonde_test_wait (fixture->done);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (sonde_stall_timer_has_expired (fixture->timer));
  g_assert_cmpstr (fixture->events->str, ==, "[a]");
}

static gboolean
push_comment_cb (gpointer user_data)
{
  push (user_data, ":");

  return G_SOURCE_CONTINUE;
}

static gboolean
later_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Every byte puts the stall off, also of a line that is not over. */
static void
test_no_stall (Fixture *fixture, gconstpointer data)
{
  guint source = g_timeout_add (20, push_comment_cb, fixture);
  gboolean later = FALSE;

  sonde_stall_timer_arm (fixture->timer, 2000);
  g_timeout_add (2500, later_cb, &later);
  start (fixture);
  sonde_test_wait (later);
  g_assert_false (fixture->done);
  g_source_remove (source);
  hang_up (fixture);
  sonde_test_wait (fixture->done);
  g_assert_no_error (fixture->error);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    gboolean document;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/sse-stream/events", FALSE, test_events },
    { "/sse-stream/document", FALSE, test_document },
    { "/sse-stream/plain-document", TRUE, test_plain_document },
    { "/sse-stream/white-space", FALSE, test_white_space },
    { "/sse-stream/stop", FALSE, test_stop },
    { "/sse-stream/fail", FALSE, test_fail },
    { "/sse-stream/cancel-inside", FALSE, test_cancel_inside },
    { "/sse-stream/cancel-outside", FALSE, test_cancel_outside },
    { "/sse-stream/stall", FALSE, test_stall },
    { "/sse-stream/no-stall", FALSE, test_no_stall },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, GINT_TO_POINTER (tests[i].document), set_up, tests[i].test,
                tear_down);

  return g_test_run ();
}
