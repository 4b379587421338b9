/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire-fixture.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

/**
 * WireFixture:
 *
 * A server on loopback that answers each request with the next of the answers it was
 * given, byte for byte, whatever the request is. Connections are accepted in the
 * default main context and served by threads of their own, which wake that context
 * when a count changes.
 */
struct _WireFixture {
  GSocketService *service;
  guint16 port;
  GCancellable *cancellable;

  GMutex mutex;
  GCond changed;
  gboolean may_reset;
  GQueue answers;
  GPtrArray *requests;
  gsize portion;
  guint connections;
  guint serving;
  guint hang_ups;
};

typedef struct {
  char *bytes;
  gsize length;
  WireEnd end;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->bytes);
  g_free (answer);
}

/* The length of the request at the beginning of @text; 0: it is not all there. */
static gsize
measure_request (const char *text, gsize available)
{
  static const char name[] = "\r\nContent-Length: ";
  const char *end = strstr (text, "\r\n\r\n");
  const char *header = strstr (text, name);
  gsize length;

  if (end == NULL)
    return 0;
  length = (gsize) (end + 4 - text);
  if (header != NULL && header < end)
    length += (gsize) g_ascii_strtoull (header + strlen (name), NULL, 10);

  return available >= length ? length : 0;
}

static char *
read_request (WireFixture *self, GInputStream *input)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];

  while (measure_request (text->str, text->len) == 0) {
    gssize length = g_input_stream_read (input, buffer, sizeof buffer, self->cancellable, NULL);

    if (length <= 0)
      return NULL;
    g_string_append_len (text, buffer, length);
  }

  return g_strdup (text->str);
}

static gboolean
send_answer (WireFixture *self, const Answer *answer, GOutputStream *output)
{
  gsize portion = self->portion > 0 ? self->portion : G_MAXSIZE;

  for (gsize sent = 0; sent < answer->length; sent += MIN (portion, answer->length - sent))
    if (!g_output_stream_write_all (output, answer->bytes + sent,
                                    MIN (portion, answer->length - sent), NULL, self->cancellable,
                                    NULL))
      return FALSE;

  return TRUE;
}

static void
wait_for_reset (WireFixture *self)
{
  g_mutex_lock (&self->mutex);
  while (!self->may_reset)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static gboolean
serve_cb (GThreadedSocketService *service,
          GSocketConnection *connection,
          GObject *source,
          gpointer user_data)
{
  WireFixture *self = user_data;
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GSocket *socket = g_socket_connection_get_socket (connection);
  gboolean hung_up = FALSE;
  WireEnd end = WIRE_KEEP;

  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  g_mutex_lock (&self->mutex);
  self->connections++;
  self->serving++;
  g_mutex_unlock (&self->mutex);

  while (end == WIRE_KEEP && !hung_up) {
    char *request = read_request (self, input);
    Answer *answer;

    hung_up = request == NULL;
    if (hung_up)
      break;

    g_mutex_lock (&self->mutex);
    g_ptr_array_add (self->requests, request);
    answer = g_queue_pop_head (&self->answers);
    g_mutex_unlock (&self->mutex);
    g_main_context_wakeup (NULL);
    g_assert_nonnull (answer);

    hung_up = !send_answer (self, answer, output);
    while (!hung_up && answer->end == WIRE_PAUSE) {
      wait_for_reset (self);
      answer_free (answer);
      g_mutex_lock (&self->mutex);
      answer = g_queue_pop_head (&self->answers);
      g_mutex_unlock (&self->mutex);
      g_assert_nonnull (answer);
      hung_up = !send_answer (self, answer, output);
    }
    end = answer->end;
    answer_free (answer);
  }

  if (end == WIRE_HOLD && !hung_up) {
    char byte;

    hung_up = g_input_stream_read (input, &byte, 1, self->cancellable, NULL) <= 0;
  }
  if (end == WIRE_RESET) {
    const struct linger linger = { .l_onoff = 1, .l_linger = 0 };

    wait_for_reset (self);
    g_assert_cmpint (
      setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger), ==, 0);
  }
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  g_mutex_lock (&self->mutex);
  self->hang_ups += hung_up ? 1 : 0;
  self->serving--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_main_context_wakeup (NULL);

  return TRUE;
}

/**
 * wire_fixture_new:
 *
 * Returns: (transfer full): a server that listens
 */
WireFixture *
wire_fixture_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  WireFixture *self = g_new0 (WireFixture, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->answers);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->cancellable = g_cancellable_new ();
  self->service = g_threaded_socket_service_new (64);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (self->service, "run", G_CALLBACK (serve_cb), self);

  return self;
}

/**
 * wire_fixture_free:
 * @self: (transfer full): a server; every answer must have been asked for
 */
void
wire_fixture_free (WireFixture *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->mutex);
  while (self->serving > 0)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);

  g_assert_cmpuint (self->answers.length, ==, 0);
  g_object_unref (self->service);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->requests);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

/**
 * wire_fixture_get_base_url:
 * @self: a server
 *
 * Returns: (transfer full): its root
 */
char *
wire_fixture_get_base_url (WireFixture *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

/**
 * wire_fixture_set_portion:
 * @self: a server that has not been asked yet
 * @bytes: how many bytes it sends at once, or 0 for all
 */
void
wire_fixture_set_portion (WireFixture *self, gsize bytes)
{
  self->portion = bytes;
}

/**
 * wire_fixture_add:
 * @self: a server
 * @answer: the whole answer, from the status line on
 * @length: its length in bytes, or -1 where it ends with a zero byte
 * @end: what happens then
 */
void
wire_fixture_add (WireFixture *self, const char *answer, gssize length, WireEnd end)
{
  Answer *copy = g_new0 (Answer, 1);

  copy->length = length >= 0 ? (gsize) length : strlen (answer);
  copy->bytes = g_memdup2 (answer, copy->length);
  copy->end = end;
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->answers, copy);
  g_mutex_unlock (&self->mutex);
}

/**
 * wire_fixture_add_stream:
 * @self: a server
 * @body: the body of a stream of events that ends with the connection
 * @end: what happens then
 */
void
wire_fixture_add_stream (WireFixture *self, const char *body, WireEnd end)
{
  g_autofree char *answer = g_strconcat ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                         "x-ds-trace-id: trace-1\r\nConnection: close\r\n\r\n",
                                         body, NULL);

  wire_fixture_add (self, answer, -1, end);
}

/**
 * wire_fixture_reset:
 * @self: a server
 *
 * Resets the connections that are to be reset, and goes on with those that pause.
 */
void
wire_fixture_reset (WireFixture *self)
{
  g_mutex_lock (&self->mutex);
  self->may_reset = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/**
 * wire_fixture_get_request:
 * @self: a server
 * @index: which request, from 0
 *
 * Returns: the request as it came, headers and body
 */
const char *
wire_fixture_get_request (WireFixture *self, guint index)
{
  const char *request;

  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (index, <, self->requests->len);
  request = g_ptr_array_index (self->requests, index);
  g_mutex_unlock (&self->mutex);

  return request;
}

static guint
get_count (WireFixture *self, const guint *count)
{
  guint value;

  g_mutex_lock (&self->mutex);
  value = *count;
  g_mutex_unlock (&self->mutex);

  return value;
}

/**
 * wire_fixture_get_n_requests:
 * @self: a server
 *
 * Returns: how many requests have come
 */
guint
wire_fixture_get_n_requests (WireFixture *self)
{
  return get_count (self, &self->requests->len);
}

/**
 * wire_fixture_get_n_connections:
 * @self: a server
 *
 * Returns: how many connections were opened
 */
guint
wire_fixture_get_n_connections (WireFixture *self)
{
  return get_count (self, &self->connections);
}

/**
 * wire_fixture_get_n_serving:
 * @self: a server
 *
 * Returns: how many connections are open
 */
guint
wire_fixture_get_n_serving (WireFixture *self)
{
  return get_count (self, &self->serving);
}

/**
 * wire_fixture_get_n_hang_ups:
 * @self: a server
 *
 * Returns: how many connections the client closed while they were served
 */
guint
wire_fixture_get_n_hang_ups (WireFixture *self)
{
  return get_count (self, &self->hang_ups);
}
