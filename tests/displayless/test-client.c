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

  g_string_append_c (call->log, "OKCS"[event]);
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
  { "end-inside-a-line", SAY ("Hel") "data: {\"choi", WIRE_CLOSE, SONDE_FAILURE_CUT, "", "Hel",
    NULL },
  { "end-inside-garbage", SAY ("Hel") "data: oops", WIRE_CLOSE, SONDE_FAILURE_CUT, "", "Hel",
    NULL },
  { "end-inside-an-event", SAY ("Hello") "data: {\"choices\":[{\"finish_reason\":\"stop\"}]}",
    WIRE_CLOSE, NO_ERROR, "", "Hello", NULL },
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

#define REFUSAL(status, headers, body)                                                             \
  "HTTP/1.1 " status "\r\nConnection: close\r\nx-ds-trace-id: trace-2\r\n" headers "\r\n" body

static const struct {
  const char *answer;
  int kind;
  guint status;
  gint64 retry_after;
  const char *detail;
} refusals[] = {
  { REFUSAL ("401 Unauthorized", "", "Authentication Fails (governor)"), SONDE_FAILURE_UNAUTHORIZED,
    401, -1, "Authentication Fails (governor)" },
  { REFUSAL ("402 Payment Required",
             "Content-Type: application/octet-stream\r\n",
             "{\"error\":{\"message\":\"Insufficient Balance\"}}"),
    SONDE_FAILURE_BALANCE, 402, -1, "Insufficient Balance" },
  { REFUSAL ("429 Slow Down", "Retry-After: 17\r\n", ""), SONDE_FAILURE_RATE_LIMIT, 429, 17,
    "429 Slow Down" },
  { REFUSAL ("429 Slow Down", "Retry-After: Fri, 01 Jan 2021 00:00:00 GMT\r\n", ""),
    SONDE_FAILURE_RATE_LIMIT, 429, 0, "429 Slow Down" },
  { REFUSAL ("503 Overloaded", "Retry-After: soon\r\n", ""), SONDE_FAILURE_OVERLOADED, 503, -1,
    "503 Overloaded" },
  { REFUSAL ("500 Oops", "Content-Length: 100\r\n", "short"), SONDE_FAILURE_SERVER, 500, -1,
    "short" },
  { REFUSAL ("401 No", "", "data: Bearer " KEY " is wrong"), SONDE_FAILURE_UNAUTHORIZED, 401, -1,
    "data: Bearer *** is wrong" },
  { REFUSAL ("302 Found", "Location: http://127.0.0.1:9/login\r\n", ""), SONDE_FAILURE_ENDPOINT,
    302, -1, "http://127.0.0.1:9/login" },
  { REFUSAL ("307 Moved", "Location: /elsewhere\r\n", ""), SONDE_FAILURE_ENDPOINT, 307, -1,
    "/elsewhere" },
};

static void
test_refusals (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autoptr (WireFixture) fixture = wire_fixture_new ();
    g_autoptr (Call) call = call_new ();

    wire_fixture_add (fixture, refusals[i].answer, -1, WIRE_CLOSE);
    complete (call, fixture, TRUE);
    assert_kind (call->error, refusals[i].kind);
    g_assert_cmpuint (sonde_api_error_get_http_status (call->error), ==, refusals[i].status);
    g_assert_cmpstr (sonde_api_error_get_trace_id (call->error), ==, "trace-2");
    g_assert_cmpint (sonde_api_error_get_retry_after (call->error), ==, refusals[i].retry_after);
    g_assert_nonnull (strstr (call->error->message, refusals[i].detail));
    g_assert_cmpstr (call->log->str, ==, "");
    g_assert_cmpuint (wire_fixture_get_n_requests (fixture), ==, 1);
  }
}

/* Answers that are not quite HTTP, or not what was asked for. */
static const struct {
  const char *answer;
  int kind;
} oddities[] = {
  { "", SONDE_FAILURE_NETWORK },
  { "HTTP/1.1 200 OK\r\nContent-T", SONDE_FAILURE_PROTOCOL },
  { "SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n", SONDE_FAILURE_PROTOCOL },
  { "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n\x1f\x8b",
    SONDE_FAILURE_PROTOCOL },
  { "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n" SAY ("Hel"),
    SONDE_FAILURE_CUT },
  { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ndata:\r\n", SONDE_FAILURE_CUT },
};

static void
test_oddities (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (oddities); i++) {
    g_autoptr (WireFixture) fixture = wire_fixture_new ();
    g_autoptr (Call) call = call_new ();

    wire_fixture_add (fixture, oddities[i].answer, -1, WIRE_CLOSE);
    complete (call, fixture, TRUE);
    assert_kind (call->error, oddities[i].kind);
  }
}

static gboolean
has_line (const char *request, const char *line)
{
  g_auto (GStrv) lines = g_strsplit (request, "\r\n", -1);

  return g_strv_contains ((const char *const *) lines, line);
}

static void
test_request (void)
{
  for (int stream = 0; stream <= 1; stream++) {
    g_autoptr (WireFixture) fixture = wire_fixture_new ();
    g_autoptr (Call) call = call_new ();
    const char *request;
    const char *body;

    wire_fixture_add_stream (fixture, SAY ("Hello") FINISH ("stop") DONE, WIRE_CLOSE);
    complete (call, fixture, stream);
    request = wire_fixture_get_request (fixture, 0);
    g_assert_true (g_str_has_prefix (request, "POST /chat/completions HTTP/1.1\r\n"));
    g_assert_true (has_line (request, "Authorization: Bearer " KEY));
    g_assert_true (has_line (request, "Content-Type: application/json"));
    g_assert_true (
      has_line (request, stream ? "Accept: text/event-stream" : "Accept: application/json"));
    g_assert_nonnull (strstr (request, "\r\nUser-Agent: Sonde/"));
    g_assert_null (strstr (request, "Accept-Encoding"));
    body = strstr (request, "\r\n\r\n") + 4;
    g_assert_true (g_str_has_prefix (body, "{\"model\":\"deepseek-v4-flash\","));
    g_assert_true (g_str_has_suffix (body, "[{\"role\":\"user\",\"content\":\"Hi\"}]}"));
  }
}

/* Where a request goes: /beta is the client's own choice (contract.md section 1). */
static void
test_beta (void)
{
  static const char *const bases[] = { "https://a.example", "https://a.example/v1",
                                       "https://a.example/beta/" };
  SondeCapabilities elsewhere = SONDE_CAPABILITIES_DEEPSEEK;

  elsewhere.beta = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (bases); i++) {
    g_autoptr (SondeClient) client = sonde_client_new (bases[i], NULL);
    g_autoptr (SondeRequest) request = sonde_request_new ("m");
    g_autofree char *plain =
      g_strconcat (sonde_client_get_base_url (client), "/chat/completions", NULL);
    g_autofree char *first = sonde_client_get_request_url (client, request);
    g_autofree char *second = NULL;
    g_autofree char *third = NULL;

    g_assert_cmpstr (first, ==, plain);
    sonde_request_add_prefix (request, "Once", NULL);
    second = sonde_client_get_request_url (client, request);
    g_assert_cmpstr (second, ==, "https://a.example/beta/chat/completions");
    sonde_client_set_capabilities (client, &elsewhere);
    third = sonde_client_get_request_url (client, request);
    g_assert_cmpstr (third, ==, plain);
  }
}

/* Where the root leaves the reasoning in the content, and only there, it is taken out. */
static void
test_think (void)
{
  static const struct {
    const char *body;
    int kind;
    const char *reasoning;
    const char *content;
  } answers[] = {
    { SAY ("<thi") SAY ("nk>Hm</th") SAY ("ink>\\n\\nHello") FINISH ("stop") DONE, NO_ERROR, "Hm",
      "Hello" },
    { SAY ("<think>Hm</th"), SONDE_FAILURE_CUT, "Hm</th", "" },
    { SAY ("<thi") FINISH ("stop") DONE, NO_ERROR, "", "<thi" },
    { SAY ("<thi") "data: {oops\n\n", SONDE_FAILURE_PROTOCOL, "", "<thi" },
  };
  SondeCapabilities capabilities = SONDE_CAPABILITIES_DEEPSEEK;

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (answers); i++) {
    gsize row = i / 2;
    g_autoptr (WireFixture) fixture = wire_fixture_new ();
    g_autoptr (SondeClient) client = new_client (fixture);
    g_autoptr (Call) call = call_new ();

    capabilities.split_think = i % 2 == 0;
    sonde_client_set_capabilities (client, &capabilities);
    wire_fixture_add_stream (fixture, answers[row].body, WIRE_CLOSE);
    start (call, client, TRUE);
    sonde_test_wait (call->done);
    assert_kind (call->error, answers[row].kind);
    g_assert_cmpstr (call->reasoning->str, ==, i % 2 == 0 ? answers[row].reasoning : "");
    if (i % 2 == 0)
      g_assert_cmpstr (call->content->str, ==, answers[row].content);
    else
      g_assert_true (g_str_has_prefix (call->content->str, "<thi"));
  }
}

/* A whole answer that is cut, as far as that can be told, is not against the protocol. */
static void
test_whole_cut (void)
{
  static const char whole[] =
    "{\"choices\":[{\"message\":{\"content\":\"He{l\\\"lo\"},\"finish_reason\":\"stop\"}]}";

  for (gsize cut = 1; cut <= strlen (whole); cut += 7) {
    g_autofree char *part = g_strndup (whole, cut);
    g_autofree char *answer = g_strconcat (JSON_HEAD, part, NULL);
    g_autoptr (WireFixture) fixture = wire_fixture_new ();
    g_autoptr (Call) call = call_new ();

    wire_fixture_add (fixture, answer, -1, WIRE_CLOSE);
    complete (call, fixture, FALSE);
    assert_kind (call->error, cut < strlen (whole) ? SONDE_FAILURE_CUT : NO_ERROR);
  }
}

/* A server that repeats the key, right where the text is cut or anywhere else. */
static void
test_key_at_the_cut (void)
{
  static const char key[] = "not-like-other-keys-0123456789";

  for (gsize filling = 1960; filling <= 2001; filling++) {
    g_autofree char *before = g_strnfill (filling, 'a');
    g_autofree char *body = g_strdup_printf ("data: {\"error\":{\"message\":\"%s%s%s%s\"}}\n\n",
                                             before, key, key, before);
    g_autoptr (WireFixture) fixture = wire_fixture_new ();
    g_autoptr (SondeClient) client = new_client (fixture);
    g_autoptr (Call) call = call_new ();

    sonde_client_set_key (client, key);
    wire_fixture_add_stream (fixture, body, WIRE_CLOSE);
    start (call, client, TRUE);
    sonde_test_wait (call->done);
    assert_kind (call->error, SONDE_FAILURE_STREAM);
    g_assert_cmpuint (strlen (call->error->message), <=, 2000);
    g_assert_null (strstr (call->error->message, "not-"));
  }
}

/* What the service would refuse is not sent. */
static void
test_unsound (void)
{
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  g_autoptr (SondeClient) client = new_client (fixture);
  g_autoptr (SondeRequest) request = sonde_request_new ("m");
  g_autoptr (Call) call = call_new ();

  sonde_client_complete_async (client, request, event_cb, call, destroy_cb, NULL, completed_cb,
                               call);
  sonde_test_wait (call->done && call->destroyed);
  g_assert_error (call->error, SONDE_REQUEST_ERROR, SONDE_REQUEST_ERROR_MESSAGES);
  g_assert_cmpuint (wire_fixture_get_n_connections (fixture), ==, 0);
}

static void
test_without_key (void)
{
  static const char *const keys[] = { NULL, "", " \n" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (WireFixture) fixture = wire_fixture_new ();
    g_autoptr (SondeClient) client = new_client (fixture);
    g_autoptr (Call) call = call_new ();

    sonde_client_set_key (client, keys[i]);
    wire_fixture_add (fixture, refusals[0].answer, -1, WIRE_CLOSE);
    start (call, client, TRUE);
    sonde_test_wait (call->done);
    assert_kind (call->error, SONDE_FAILURE_NO_KEY);
    g_assert_null (strstr (wire_fixture_get_request (fixture, 0), "Authorization"));
  }
}

static void
test_impossible_key (void)
{
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  g_autoptr (SondeClient) client = new_client (fixture);
  g_autoptr (Call) call = call_new ();

  sonde_client_set_key (client, "sk-1234\r\nHost: elsewhere");
  start (call, client, TRUE);
  sonde_test_wait (call->done);
  assert_kind (call->error, SONDE_FAILURE_UNAUTHORIZED);
  g_assert_null (strstr (call->error->message, "1234"));
  g_assert_cmpuint (wire_fixture_get_n_requests (fixture), ==, 0);
}

/* A key of any shape, wherever a server puts it. */
static void
test_key_in_answer (void)
{
  static const char *const answers[] = {
    REFUSAL ("401 No", "", "odd+key/of=another-root is wrong"),
    REFUSAL ("401 No", "", "{\"error\":{\"message\":\"odd+key\\/of=another-root is wrong\"}}"),
    JSON_HEAD "{\"error\":\"odd+key/of=another-root is wrong\"}",
    REFUSAL ("302 No", "Location: /?key=odd+key/of=another-root\r\n", ""),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (WireFixture) fixture = wire_fixture_new ();
    g_autoptr (SondeClient) client = new_client (fixture);
    g_autoptr (Call) call = call_new ();

    sonde_client_set_key (client, "odd+key/of=another-root");
    wire_fixture_add (fixture, answers[i], -1, WIRE_CLOSE);
    start (call, client, TRUE);
    sonde_test_wait (call->done);
    g_assert_nonnull (strstr (call->error->message, "***"));
    g_assert_null (strstr (call->error->message, "another-root"));
  }
}

static void
test_cookies (void)
{
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  g_autoptr (SondeClient) client = new_client (fixture);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (Call) call = call_new ();

    wire_fixture_add (fixture, REFUSAL ("503 Later", "Set-Cookie: HWWAFSESTIME=1; path=/\r\n", ""),
                      -1, WIRE_CLOSE);
    start (call, client, TRUE);
    sonde_test_wait (call->done);
    g_assert_null (strstr (wire_fixture_get_request (fixture, i), "Cookie"));
  }
}

/* The end of the body comes behind [DONE], and the connection serves the next turn,
 * unless the server has closed it meanwhile. */
static void
test_connection_is_kept (void)
{
  static const WireEnd ends[] = { WIRE_KEEP, WIRE_KEEP, WIRE_CLOSE, WIRE_KEEP };
  static const guint connections[] = { 1, 1, 1, 2 };
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  SondeClient *client = new_client (fixture);
  const char *body = SAY ("Hello") FINISH ("stop") DONE;
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                                             "\r\n%" G_GSIZE_MODIFIER "x\r\n%s\r\n0\r\n\r\n",
                                             strlen (body), body);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autoptr (Call) call = call_new ();

    wire_fixture_add (fixture, answer, -1, ends[i]);
    start (call, client, TRUE);
    sonde_test_wait (call->done);
    g_assert_no_error (call->error);
    g_assert_cmpstr (call->content->str, ==, "Hello");
    g_assert_cmpuint (wire_fixture_get_n_connections (fixture), ==, connections[i]);
    if (ends[i] == WIRE_CLOSE)
      sonde_test_wait (wire_fixture_get_n_serving (fixture) == 0);
    /* What is behind the event is read in the background. */
    while (g_main_context_iteration (NULL, FALSE))
      continue;
  }
  g_assert_finalize_object (client);
}

/* A turn whose kept connection breaks is not sent again behind the person's back. */
static void
test_not_sent_twice (void)
{
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  g_autoptr (SondeClient) client = new_client (fixture);
  const char *body = SAY ("Hello") FINISH ("stop") DONE;
  g_autofree char *answer = g_strdup_printf (
    "HTTP/1.1 200 OK\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", strlen (body), body);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (Call) call = call_new ();

    wire_fixture_add (fixture, i == 0 ? answer : "", -1, i == 0 ? WIRE_KEEP : WIRE_CLOSE);
    start (call, client, TRUE);
    sonde_test_wait (call->done);
    assert_kind (call->error, i == 0 ? NO_ERROR : SONDE_FAILURE_NETWORK);
    g_assert_cmpuint (wire_fixture_get_n_connections (fixture), ==, 1);
    g_assert_cmpuint (wire_fixture_get_n_requests (fixture), ==, i + 1);
    while (g_main_context_iteration (NULL, FALSE))
      continue;
  }
}

#define COMPLETION                                                                                 \
  "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\"," \
  "\"content\":\"Hello\",\"reasoning_content\":\"Hm\"},\"finish_reason\":\"stop\"}],"              \
  "\"usage\":{\"total_tokens\":3}}"

/* A whole answer, asked for or not, under any content type, behind blank lines. */
static void
test_whole (void)
{
  static const struct {
    const char *answer;
    int kind;
  } answers[] = {
    { JSON_HEAD COMPLETION, NO_ERROR },
    { JSON_HEAD "\n\n\r\n" COMPLETION "\n", NO_ERROR },
    { "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\n" COMPLETION, NO_ERROR },
    { JSON_HEAD "\n\n", SONDE_FAILURE_EMPTY },
    { JSON_HEAD "{\"choices\":[{\"message\":{\"content\":\"\"},\"finish_reason\":\"stop\"}]}",
      SONDE_FAILURE_EMPTY },
    { JSON_HEAD "{\"error\":{\"message\":\"No\"}}", SONDE_FAILURE_STREAM },
    { JSON_HEAD "{\"choices\":[{\"mess", SONDE_FAILURE_CUT },
    { JSON_HEAD "{\"choices\":oops}", SONDE_FAILURE_PROTOCOL },
    { JSON_HEAD "<html>", SONDE_FAILURE_ENDPOINT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    for (int stream = 0; stream <= 1; stream++) {
      g_autoptr (WireFixture) fixture = wire_fixture_new ();
      g_autoptr (Call) call = call_new ();

      wire_fixture_add (fixture, answers[i].answer, -1, WIRE_CLOSE);
      complete (call, fixture, stream);
      assert_kind (call->error, answers[i].kind);
      if (call->error == NULL) {
        g_assert_cmpstr (call->reasoning->str, ==, "Hm");
        g_assert_cmpstr (call->content->str, ==, "Hello");
      }
    }
  }
}

static void
test_huge_line (void)
{
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  g_autoptr (Call) call = call_new ();
  g_autofree char *line = g_strnfill (17 * 1024 * 1024, 'x');
  g_autofree char *body = g_strconcat (SAY ("Hel"), "data: ", line, NULL);

  wire_fixture_add_stream (fixture, body, WIRE_HOLD);
  complete (call, fixture, TRUE);
  assert_kind (call->error, SONDE_FAILURE_PROTOCOL);
  g_assert_nonnull (strstr (call->error->message, "16 MiB"));
  g_assert_cmpstr (call->content->str, ==, "Hel");
}

static void
test_unreachable (void)
{
  g_autofree char *base_url = NULL;
  g_autoptr (SondeClient) client = NULL;
  g_autoptr (Call) call = call_new ();
  WireFixture *fixture = wire_fixture_new ();

  base_url = wire_fixture_get_base_url (fixture);
  wire_fixture_free (fixture);
  client = sonde_client_new (base_url, NULL);
  start (call, client, TRUE);
  sonde_test_wait (call->done);
  assert_kind (call->error, SONDE_FAILURE_NETWORK);
  g_assert_cmpstr (call->log->str, ==, "");
}

/* Somebody takes the connection and never says hello: it does not stand. */
static void
test_no_handshake (void)
{
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  g_autofree char *address = wire_fixture_get_base_url (fixture);
  g_autofree char *base_url = g_strconcat ("https", address + strlen ("http"), NULL);
  g_autoptr (SondeClient) client = sonde_client_new (base_url, NULL);
  g_autoptr (Call) call = call_new ();

  sonde_client_set_connect_timeout (client, 50);
  start (call, client, TRUE);
  sonde_test_wait (call->done);
  assert_kind (call->error, SONDE_FAILURE_NETWORK);
  g_assert_cmpstr (call->log->str, ==, "");
}

static void
assert_cancelled (Call *call, WireFixture *fixture)
{
  sonde_test_wait (call->done);
  g_assert_error (call->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  sonde_test_wait (wire_fixture_get_n_hang_ups (fixture) ==
                   wire_fixture_get_n_connections (fixture));
}

/* Stop ends it at once, at any moment, and the server is told by the connection. */
static void
test_cancel (void)
{
  static const struct {
    const char *answer;
    const char *log;
  } moments[] = {
    { "", "" },
    { "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", "O" },
    { "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n: keep-alive\n\n", "OK" },
    { "HTTP/1.1 200 OK\r\n\r\n" THINK ("Hm") SAY ("Hel") "data: {", "OCC" },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1b\r\ndata: "
      "{\"choices\":[null]}\n\n\n\r\n",
      "OCK" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++) {
    g_autoptr (WireFixture) fixture = wire_fixture_new ();
    SondeClient *client = new_client (fixture);
    g_autoptr (Call) call = call_new ();

    wire_fixture_add (fixture, moments[i].answer, -1, WIRE_HOLD);
    start (call, client, TRUE);
    sonde_test_wait (wire_fixture_get_n_requests (fixture) == 1 &&
                     g_str_equal (call->log->str, moments[i].log));
    g_assert_false (call->done);
    g_cancellable_cancel (call->cancellable);
    assert_cancelled (call, fixture);
    g_assert_cmpstr (call->log->str, ==, moments[i].log);
    sonde_test_wait (call->destroyed);
    g_assert_finalize_object (client);
  }
}

static void
test_cancel_inside (void)
{
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  g_autoptr (Call) call = call_new ();

  call->cancel_at = "Hel";
  wire_fixture_add_stream (fixture, SAY ("Hel") SAY ("lo") FINISH ("stop") DONE, WIRE_HOLD);
  complete (call, fixture, TRUE);
  assert_cancelled (call, fixture);
  g_assert_cmpstr (call->content->str, ==, "Hel");
}

static void
test_cancel_before (void)
{
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  g_autoptr (Call) call = call_new ();

  g_cancellable_cancel (call->cancellable);
  complete (call, fixture, TRUE);
  g_assert_error (call->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (wire_fixture_get_n_requests (fixture), ==, 0);
}

static void
test_stall (void)
{
  static const struct {
    const char *answer;
    const char *content;
    int kind;
  } stalls[] = {
    { "", "", SONDE_FAILURE_STALLED },
    { "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", "", SONDE_FAILURE_STALLED },
    { "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" SAY ("Hel"), "Hel", SONDE_FAILURE_STALLED },
    { "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" SAY ("Hello") FINISH ("stop"), "Hello",
      NO_ERROR },
    { "HTTP/1.1 500 Oops\r\nContent-Length: 7\r\n\r\nOo", "", SONDE_FAILURE_SERVER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (stalls); i++) {
    g_autoptr (WireFixture) fixture = wire_fixture_new ();
    g_autoptr (SondeClient) client = new_client (fixture);
    g_autoptr (Call) call = call_new ();

    sonde_client_set_stall_timeout (client, 200);
    sonde_client_set_stall_is_error (client, TRUE);
    wire_fixture_add (fixture, stalls[i].answer, -1, WIRE_HOLD);
    start (call, client, TRUE);
    sonde_test_wait (call->done);
    assert_kind (call->error, stalls[i].kind);
    g_assert_cmpstr (call->content->str, ==, stalls[i].content);
    sonde_test_wait (wire_fixture_get_n_hang_ups (fixture) == 1);
  }
}

/* Where somebody is there to decide, a stall is said, again and again, and the answer goes on. */
static void
test_stall_goes_on (void)
{
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  g_autoptr (SondeClient) client = new_client (fixture);
  g_autoptr (Call) call = call_new ();
  g_autoptr (Call) cancelled = call_new ();

  sonde_client_set_stall_timeout (client, 50);
  wire_fixture_add_stream (fixture, SAY ("Hel"), WIRE_PAUSE);
  wire_fixture_add (fixture, SAY ("lo") FINISH ("stop") DONE, -1, WIRE_CLOSE);
  start (call, client, TRUE);
  sonde_test_wait (g_str_has_suffix (call->log->str, "CSS")); /* told again and again */
  wire_fixture_reset (fixture);
  sonde_test_wait (call->done);
  g_assert_no_error (call->error);
  g_assert_cmpstr (call->content->str, ==, "Hello");
  g_assert_true (g_str_has_suffix (call->log->str, "SCC"));

  /* Before the status line, too. */
  wire_fixture_add (fixture, "", -1, WIRE_HOLD);
  start (cancelled, client, TRUE);
  sonde_test_wait (g_str_has_prefix (cancelled->log->str, "S"));
  g_cancellable_cancel (cancelled->cancellable);
  sonde_test_wait (cancelled->done);
  g_assert_error (cancelled->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* More answers at once than libsoup allows of itself. */
static void
test_many_at_once (void)
{
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  SondeClient *client = new_client (fixture);
  Call *calls[40];

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++) {
    calls[i] = call_new ();
    wire_fixture_add_stream (fixture, SAY ("Hel"), WIRE_HOLD);
    start (calls[i], client, TRUE);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    sonde_test_wait (g_str_equal (calls[i]->content->str, "Hel"));
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_cancellable_cancel (calls[i]->cancellable);
    sonde_test_wait (calls[i]->done && calls[i]->destroyed);
    call_free (calls[i]);
  }
  g_assert_finalize_object (client);
}

static const struct {
  const char *typed;
  const char *normalized; /* NULL: refused */
} base_urls[] = {
  { "https://api.deepseek.com", "https://api.deepseek.com" },
  { "https://api.deepseek.com/", "https://api.deepseek.com" },
  { " https://api.deepseek.com/v1/ \n", "https://api.deepseek.com/v1" },
  { "https://api.deepseek.com/beta", "https://api.deepseek.com/beta" },
  { "https://example.org:8443/a/b//", "https://example.org:8443/a/b" },
  { "https://api.deepseek.com/v1/chat/completions", "https://api.deepseek.com/v1" },
  { "HTTPS://api.deepseek.com", "https://api.deepseek.com" },
  { "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
  { "http://localhost:8080/v1", "http://localhost:8080/v1" },
  { "http://[::1]:8080/", "http://[::1]:8080" },
  { "http://api.deepseek.com", NULL },
  { "http://10.0.0.1", NULL },
  { "http://localhost.example.org", NULL },
  { "https://user:secret@api.deepseek.com", NULL },
  { "https://api.deepseek.com/?a=b", NULL },
  { "https://api.deepseek.com/#x", NULL },
  { "ftp://127.0.0.1", NULL },
  { "https:///v1", NULL },
  { "api.deepseek.com", NULL },
  { "localhost:8080", NULL },
  { "", NULL },
};

static void
test_base_urls (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (base_urls); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (SondeClient) client = sonde_client_new (base_urls[i].typed, &error);

    if (base_urls[i].normalized != NULL) {
      g_assert_no_error (error);
      g_assert_cmpstr (sonde_client_get_base_url (client), ==, base_urls[i].normalized);
    } else {
      g_assert_null (client);
      assert_kind (error, SONDE_FAILURE_ENDPOINT);
      g_assert_null (strstr (error->message, "secret"));
    }
  }
}

static void
models_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  call->rows = sonde_client_list_models_finish (SONDE_CLIENT (source), result, &call->error);
  g_assert_true ((call->rows != NULL) == (call->error == NULL));
  call->done = TRUE;
}

static void
balance_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  call->success = sonde_client_get_balance_finish (SONDE_CLIENT (source), result,
                                                   &call->is_available, &call->rows, &call->error);
  g_assert_true (call->success == (call->error == NULL));
  call->done = TRUE;
}

static void
list (Call *call, WireFixture *fixture, const char *path, gboolean balance, const char *answer)
{
  g_autofree char *root = wire_fixture_get_base_url (fixture);
  g_autofree char *base_url = g_strconcat (root, path, NULL);
  SondeClient *client = sonde_client_new (base_url, NULL);

  sonde_client_set_key (client, KEY);
  wire_fixture_add (fixture, answer, -1, WIRE_CLOSE);
  if (balance)
    sonde_client_get_balance_async (client, call->cancellable, balance_cb, call);
  else
    sonde_client_list_models_async (client, call->cancellable, models_cb, call);
  sonde_test_wait (call->done);
  g_assert_finalize_object (client);
}

/* Behind the finish reason nobody waits, and for a list neither. */
static void
test_stall_ends (void)
{
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  g_autoptr (SondeClient) client = new_client (fixture);
  g_autoptr (Call) call = call_new ();
  g_autoptr (Call) models = call_new ();

  sonde_client_set_stall_timeout (client, 50);
  wire_fixture_add_stream (fixture, SAY ("Hello") FINISH ("stop"), WIRE_HOLD);
  start (call, client, TRUE);
  sonde_test_wait (call->done);
  g_assert_no_error (call->error);

  wire_fixture_add (fixture, JSON_HEAD "{", -1, WIRE_HOLD);
  sonde_client_list_models_async (client, NULL, models_cb, models);
  sonde_test_wait (models->done);
  assert_kind (models->error, SONDE_FAILURE_STALLED);
}

static void
test_old_models (void)
{
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  g_autoptr (Call) call = call_new ();
  SondeModelInfo *model;

  list (call, fixture, "", FALSE,
        JSON_HEAD "{\"object\":\"list\",\"data\":[{\"id\":\"deepseek-v4-flash\",\"object\":"
                  "\"model\",\"owned_by\":\"deepseek\"},{\"id\":\"deepseek-v4-pro\",\"object\":"
                  "\"model\",\"owned_by\":\"deepseek\"}]}");
  g_assert_no_error (call->error);
  g_assert_cmpuint (call->rows->len, ==, 2);
  model = g_ptr_array_index (call->rows, 1);
  g_assert_cmpstr (sonde_model_info_get_id (model), ==, "deepseek-v4-pro");
  g_assert_cmpstr (sonde_model_info_get_display_name (model), ==, "DeepSeek V4 Pro");
  g_assert_null (sonde_model_info_get_subtitle (model));
  g_assert_cmpint (sonde_model_info_get_context_window (model), ==, 0);
  g_assert_false (sonde_model_info_supports_thinking (model, SONDE_THINKING_LOW));
  g_assert_true (sonde_model_info_supports_thinking (model, SONDE_THINKING_MAX));
}

static void
test_new_models (void)
{
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  g_autoptr (Call) call = call_new ();
  SondeModelInfo *model;

  list (call, fixture, "", FALSE,
        JSON_HEAD
        "{\"object\":\"list\",\"data\":[{\"id\":\"some-model\",\"name\":\"Some Model\","
        "\"context_window\":4096,\"max_output_tokens\":10,\"input_modalities\":[\"text\"],"
        "\"effort\":{\"supported_levels\":[\"low\",\"xhigh\",7,\"odd\"],"
        "\"default_level\":\"high\"}},7,null,{},{\"id\":7},{\"id\":\"\"},"
        "{\"id\":\"other\",\"name\":[],\"context_window\":\"x\",\"effort\":"
        "{\"supported_levels\":[]}},{\"id\":\"third\",\"effort\":7}]}");
  g_assert_no_error (call->error);
  g_assert_cmpuint (call->rows->len, ==, 3);
  model = g_ptr_array_index (call->rows, 0);
  g_assert_cmpstr (sonde_model_info_get_id (model), ==, "some-model");
  g_assert_cmpstr (sonde_model_info_get_subtitle (model), ==, "Some Model");
  g_assert_cmpint (sonde_model_info_get_context_window (model), ==, 4096);
  g_assert_true (sonde_model_info_supports_thinking (model, SONDE_THINKING_OFF));
  g_assert_true (sonde_model_info_supports_thinking (model, SONDE_THINKING_LOW));
  g_assert_true (sonde_model_info_supports_thinking (model, SONDE_THINKING_HIGH));
  g_assert_false (sonde_model_info_supports_thinking (model, SONDE_THINKING_MAX));
  model = g_ptr_array_index (call->rows, 1);
  g_assert_null (sonde_model_info_get_subtitle (model));
  g_assert_cmpint (sonde_model_info_get_context_window (model), ==, 0);
  g_assert_true (sonde_model_info_supports_thinking (model, SONDE_THINKING_MAX));
}

static void
test_models_elsewhere (void)
{
  static const struct {
    const char *base_path;
    gboolean balance;
    const char *request;
  } paths[] = {
    { "", FALSE, "GET /models " },           { "/v1", FALSE, "GET /v1/models " },
    { "/beta", FALSE, "GET /models " },      { "/api/v1/", FALSE, "GET /api/v1/models " },
    { "", TRUE, "GET /user/balance " },      { "/v1", TRUE, "GET /user/balance " },
    { "/beta", TRUE, "GET /user/balance " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (WireFixture) fixture = wire_fixture_new ();
    g_autoptr (Call) call = call_new ();

    list (call, fixture, paths[i].base_path, paths[i].balance, JSON_HEAD "{\"data\":[]}");
    g_assert_no_error (call->error);
    g_assert_cmpuint (call->rows->len, ==, 0);
    g_assert_true (g_str_has_prefix (wire_fixture_get_request (fixture, 0), paths[i].request));
    g_assert_true (has_line (wire_fixture_get_request (fixture, 0), "Authorization: Bearer " KEY));
  }
}

static void
test_listing_errors (void)
{
  static const struct {
    const char *answer;
    gboolean balance;
    int kind;
  } answers[] = {
    { REFUSAL ("401 No", "", ""), FALSE, SONDE_FAILURE_UNAUTHORIZED },
    { REFUSAL ("404 No", "", ""), FALSE, SONDE_FAILURE_ENDPOINT },
    { JSON_HEAD "", FALSE, SONDE_FAILURE_EMPTY },
    { JSON_HEAD "<html>", FALSE, SONDE_FAILURE_ENDPOINT },
    { JSON_HEAD "{", FALSE, SONDE_FAILURE_PROTOCOL },
    { JSON_HEAD "{}", FALSE, SONDE_FAILURE_PROTOCOL },
    { JSON_HEAD "[]", FALSE, SONDE_FAILURE_PROTOCOL },
    { JSON_HEAD "{\"data\":{}}", FALSE, SONDE_FAILURE_PROTOCOL },
    { REFUSAL ("401 No", "", ""), TRUE, SONDE_FAILURE_UNAUTHORIZED },
    { REFUSAL ("500 No", "", ""), TRUE, SONDE_FAILURE_SERVER },
    { REFUSAL ("404 No", "", ""), TRUE, NO_ERROR },
    { REFUSAL ("405 No", "", ""), TRUE, NO_ERROR },
    { JSON_HEAD "{}", TRUE, NO_ERROR },
    { JSON_HEAD "[]", TRUE, SONDE_FAILURE_PROTOCOL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (WireFixture) fixture = wire_fixture_new ();
    g_autoptr (Call) call = call_new ();

    list (call, fixture, "", answers[i].balance, answers[i].answer);
    assert_kind (call->error, answers[i].kind);
    if (call->error == NULL) {
      g_assert_cmpuint (call->rows->len, ==, 0);
      g_assert_true (call->is_available);
    }
  }
}

static void
test_balance (void)
{
  g_autoptr (WireFixture) fixture = wire_fixture_new ();
  g_autoptr (Call) call = call_new ();
  SondeBalance *balance;

  list (call, fixture, "", TRUE,
        JSON_HEAD "{\"is_available\":false,\"balance_infos\":[{\"currency\":\"CNY\","
                  "\"total_balance\":\"110.00\",\"granted_balance\":\"10.00\","
                  "\"topped_up_balance\":\"100.00\"},7,{\"currency\":\"EUR\"},"
                  "{\"currency\":\"USD\",\"total_balance\":\"0.10\"}]}");
  g_assert_no_error (call->error);
  g_assert_false (call->is_available);
  g_assert_cmpuint (call->rows->len, ==, 2);
  balance = g_ptr_array_index (call->rows, 0);
  g_assert_cmpstr (balance->currency, ==, "CNY");
  g_assert_cmpstr (balance->total, ==, "110.00");
  balance = g_ptr_array_index (call->rows, 1);
  g_assert_cmpstr (balance->total, ==, "0.10");
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
  g_test_add_func ("/client/refusals", test_refusals);
  g_test_add_func ("/client/oddities", test_oddities);
  g_test_add_func ("/client/request", test_request);
  g_test_add_func ("/client/think", test_think);
  g_test_add_func ("/client/whole-cut", test_whole_cut);
  g_test_add_func ("/client/key-at-the-cut", test_key_at_the_cut);
  g_test_add_func ("/client/beta", test_beta);
  g_test_add_func ("/client/unsound", test_unsound);
  g_test_add_func ("/client/without-key", test_without_key);
  g_test_add_func ("/client/impossible-key", test_impossible_key);
  g_test_add_func ("/client/key-in-answer", test_key_in_answer);
  g_test_add_func ("/client/cookies", test_cookies);
  g_test_add_func ("/client/connection-is-kept", test_connection_is_kept);
  g_test_add_func ("/client/not-sent-twice", test_not_sent_twice);
  g_test_add_func ("/client/whole", test_whole);
  g_test_add_func ("/client/huge-line", test_huge_line);
  g_test_add_func ("/client/unreachable", test_unreachable);
  g_test_add_func ("/client/no-handshake", test_no_handshake);
  g_test_add_func ("/client/cancel", test_cancel);
  g_test_add_func ("/client/cancel-inside", test_cancel_inside);
  g_test_add_func ("/client/cancel-before", test_cancel_before);
  g_test_add_func ("/client/stall", test_stall);
  g_test_add_func ("/client/stall-goes-on", test_stall_goes_on);
  g_test_add_func ("/client/stall-ends", test_stall_ends);
  g_test_add_func ("/client/many-at-once", test_many_at_once);
  g_test_add_func ("/client/base-urls", test_base_urls);
  g_test_add_func ("/client/old-models", test_old_models);
  g_test_add_func ("/client/new-models", test_new_models);
  g_test_add_func ("/client/models-elsewhere", test_models_elsewhere);
  g_test_add_func ("/client/listing-errors", test_listing_errors);
  g_test_add_func ("/client/balance", test_balance);

  return g_test_run ();
}
