/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-client.h"

#include <string.h>

#include "sonde-api-error.h"
#include "sonde-model-info.h"
#include "sonde-test.h"
#include "wire-fixture.h"

#define KEY "sk-test-0123456789abcdef"

#define CHUNK(delta)                                                                               \
  "data: {\"choices\":[{\"index\":0,\"delta\":" delta ",\"finish_reason\":null}]}\n\n"
#define FINISH(reason)                                                                             \
  "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" reason "\"}]}\n\n"
#define THINK(text) CHUNK ("{\"content\":null,\"reasoning_content\":\"" text "\"}")
#define SAY(text)   CHUNK ("{\"content\":\"" text "\",\"reasoning_content\":null}")
#define DONE        "data: [DONE]\n\n"
#define JSON_HEAD   "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
#define NO_ERROR    -1

/* One call of the client, and all that came of it. */
typedef struct {
  GString *log;
  GString *reasoning;
  GString *content;
  GCancellable *cancellable;
  const char *cancel_at; /* cancels when the content is this */
  gboolean destroyed;
  gboolean done;
  gboolean success;
  GPtrArray *rows;
  gboolean is_available;
  GError *error;
} Call;

static Call *
call_new (void)
{
  Call *call = g_new0 (Call, 1);

  call->log = g_string_new (NULL);
  call->reasoning = g_string_new (NULL);
  call->content = g_string_new (NULL);
  call->cancellable = g_cancellable_new ();

  return call;
}

static void
call_free (Call *call)
{
  g_string_free (call->log, TRUE);
  g_string_free (call->reasoning, TRUE);
  g_string_free (call->content, TRUE);
  g_object_unref (call->cancellable);
  g_clear_pointer (&call->rows, g_ptr_array_unref);
  g_clear_error (&call->error);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
event_cb (SondeClientEvent event, const SondeChunk *chunk, gpointer user_data)
{
  Call *call = user_data;

  g_assert_false (g_cancellable_is_cancelled (call->cancellable));
  g_assert_false (call->done);
  g_assert_true ((event == SONDE_CLIENT_CHUNK) == (chunk != NULL));

  g_string_append_c (call->log, "OKC"[event]);
  if (chunk == NULL)
    return;
  if (chunk->reasoning != NULL)
    g_string_append (call->reasoning, chunk->reasoning);
  if (chunk->content != NULL)
    g_string_append (call->content, chunk->content);
  if (g_strcmp0 (call->content->str, call->cancel_at) == 0)
    g_cancellable_cancel (call->cancellable);
}

static void
destroy_cb (gpointer user_data)
{
  Call *call = user_data;

  g_assert_false (call->destroyed);
  call->destroyed = TRUE;
}

static void
completed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  g_assert_false (call->done);
  call->success = sonde_client_complete_finish (SONDE_CLIENT (source), result, &call->error);
  g_assert_true (call->success == (call->error == NULL));
  call->done = TRUE;
}

static void
start (Call *call, SondeClient *client, gboolean stream)
{
  g_autoptr (SondeRequest) request = sonde_request_new ("deepseek-v4-flash");

  sonde_request_set_stream (request, stream);
  sonde_request_add_message (request, SONDE_ROLE_USER, "Hi", NULL);
  sonde_client_complete_async (client, request, event_cb, call, destroy_cb, call->cancellable,
                               completed_cb, call);
}

static SondeClient *
new_client (WireFixture *fixture)
{
  g_autofree char *base_url = wire_fixture_get_base_url (fixture);
  g_autoptr (GError) error = NULL;
  SondeClient *client = sonde_client_new (base_url, &error);

  g_assert_no_error (error);
  sonde_client_set_key (client, KEY);

  return client;
}

static void
complete (Call *call, WireFixture *fixture, gboolean stream)
{
  SondeClient *client = new_client (fixture);

  start (call, client, stream);
  sonde_test_wait (call->done && call->destroyed);
  g_assert_finalize_object (client);
}

static void
assert_kind (const GError *error, int kind)
{
  if (kind == NO_ERROR)
    g_assert_no_error (error);
  else
    g_assert_error (error, SONDE_API_ERROR, kind);
}

/* The rows of contract.md section 5.3. */
static const struct {
  const char *name;
  const char *body;
  WireEnd end;
  int kind;
  const char *reasoning;
  const char *content;
  const char *detail; /* what the error's words have in them */
} verdicts[] = {
  { "done", ": keep-alive\n\n" THINK ("Hm") SAY ("Hello") FINISH ("stop") DONE, WIRE_CLOSE,
    NO_ERROR, "Hm", "Hello", NULL },
  { "done-held", SAY ("Hello") FINISH ("stop") DONE, WIRE_HOLD, NO_ERROR, "", "Hello", NULL },
  { "finish-then-end", SAY ("Hello") FINISH ("stop"), WIRE_CLOSE, NO_ERROR, "", "Hello", NULL },
  { "end-without-finish", THINK ("Hm") SAY ("Hel"), WIRE_CLOSE, SONDE_FAILURE_CUT, "Hm", "Hel",
    NULL },
  { "end-inside-a-line", SAY ("Hel") "data: {\"choi", WIRE_CLOSE, SONDE_FAILURE_PROTOCOL, "", "Hel",
    NULL },
  { "done-without-finish", SAY ("Hel") DONE, WIRE_CLOSE, SONDE_FAILURE_CUT, "", "Hel", NULL },
  { "stop-with-nothing", FINISH ("stop") DONE, WIRE_CLOSE, SONDE_FAILURE_EMPTY, "", "", NULL },
  { "stop-with-reasoning", THINK ("Hm") FINISH ("stop") DONE, WIRE_CLOSE, NO_ERROR, "Hm", "",
    NULL },
  { "length-with-nothing", FINISH ("length") DONE, WIRE_CLOSE, NO_ERROR, "", "", NULL },
  { "unknown-finish", SAY ("No") FINISH ("refusal") DONE, WIRE_CLOSE, NO_ERROR, "", "No", NULL },
  { "nothing", "", WIRE_CLOSE, SONDE_FAILURE_EMPTY, "", "", NULL },
  { "white-space", "\n\r\n \t\n\n", WIRE_CLOSE, SONDE_FAILURE_EMPTY, "", "", NULL },
  { "only-keep-alives", ": keep-alive\n\n: keep-alive\n\n", WIRE_CLOSE, SONDE_FAILURE_EMPTY, "", "",
    NULL },
  { "error-object", SAY ("Hel") "data: {\"error\":{\"message\":\"Out of nodes\",\"code\":1}}\n\n",
    WIRE_CLOSE, SONDE_FAILURE_STREAM, "", "Hel", "Out of nodes" },
  { "error-string", "data: {\"error\":\"Out of nodes\"}\n\n", WIRE_CLOSE, SONDE_FAILURE_STREAM, "",
    "", "Out of nodes" },
  { "garbage", SAY ("Hel") "data: {oops\n\n" SAY ("lo"), WIRE_CLOSE, SONDE_FAILURE_PROTOCOL, "",
    "Hel", NULL },
  { "after-done", SAY ("Hello") FINISH ("stop") DONE SAY (" again") "data: {oops\n\n", WIRE_CLOSE,
    NO_ERROR, "", "Hello", NULL },
  { "usage-apart",
    SAY ("Hello") FINISH ("stop") "data: {\"choices\":[],\"usage\":{\"total_tokens\":1}}\n\n" DONE,
    WIRE_CLOSE, NO_ERROR, "", "Hello", NULL },
  { "web-page", "<!DOCTYPE html><html><title>Log in</title></html>", WIRE_CLOSE,
    SONDE_FAILURE_ENDPOINT, "", "", "web page" },
};

static void
test_verdict (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  for (gsize portion = 0; portion <= 1; portion++) {
    g_autoptr (WireFixture) fixture = wire_fixture_new ();
    g_autoptr (Call) call = call_new ();

    wire_fixture_set_portion (fixture, portion);
    wire_fixture_add_stream (fixture, verdicts[i].body, verdicts[i].end);
    complete (call, fixture, TRUE);
    assert_kind (call->error, verdicts[i].kind);
    g_assert_cmpstr (call->reasoning->str, ==, verdicts[i].reasoning);
    g_assert_cmpstr (call->content->str, ==, verdicts[i].content);
    if (verdicts[i].detail != NULL)
      g_assert_nonnull (strstr (call->error->message, verdicts[i].detail));
    if (call->error != NULL)
      g_assert_cmpstr (sonde_api_error_get_trace_id (call->error), ==, "trace-1");
    g_assert_cmpint (call->log->str[0], ==, 'O');
  }
}

static const struct {
  const char *body;
  const char *log; /* when to reset */
  int kind;
} resets[] = {
  { "", "O", SONDE_FAILURE_NETWORK },
  { ": keep-alive\n\n", "OK", SONDE_FAILURE_CUT },
  { SAY ("Hel"), "OC", SONDE_FAILURE_CUT },
  { SAY ("Hello") FINISH ("stop"), "OCC", NO_ERROR },
};

static void
test_reset (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (resets); i++) {
    g_autoptr (WireFixture) fixture = wire_fixture_new ();
    g_autoptr (SondeClient) client = new_client (fixture);
    g_autoptr (Call) call = call_new ();

    wire_fixture_add_stream (fixture, resets[i].body, WIRE_RESET);
    start (call, client, TRUE);
    sonde_test_wait (g_str_equal (call->log->str, resets[i].log));
    g_assert_false (call->done);
    wire_fixture_reset (fixture);
    sonde_test_wait (call->done);
    assert_kind (call->error, resets[i].kind);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++) {
    g_autofree char *path = g_strconcat ("/client/verdict/", verdicts[i].name, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_verdict);
  }
  g_test_add_func ("/client/reset", test_reset);

  return g_test_run ();
}
