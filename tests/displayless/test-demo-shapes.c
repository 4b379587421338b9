/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the simulated service says beyond its own plain shape, and over TLS. */

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "sonde-demo-service.h"
#include "sonde-test.h"
#include "tls-fixture.h"

#define CHAT     "/chat/completions"
#define BETA     "/beta/chat/completions"
#define PATIENCE 30 /* seconds for one read */
#define QUIET    ",\"thinking\":{\"type\":\"disabled\"}"
#define TOOLS                                                                                      \
  ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":"      \
  "{\"type\":\"object\",\"properties\":{\"location\":{\"type\":\"string\"}},"                      \
  "\"required\":[\"location\"]}}}]"

typedef struct {
  SondeDemoService *service;
  SoupSession *session;
} Fixture;

static void
start (Fixture *self, GTlsCertificate *certificate)
{
  g_autoptr (GError) error = NULL;

  self->service = sonde_demo_service_new ();
  sonde_demo_service_set_certificate (self->service, certificate);
  sonde_demo_service_start (self->service, 0, &error);
  g_assert_no_error (error);
  self->session = soup_session_new ();
  soup_session_set_timeout (self->session, PATIENCE);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  start (self, NULL);
}

static void
set_up_tls (Fixture *self, gconstpointer data)
{
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GTlsCertificate) certificate = sonde_test_load_certificate (&database);

  start (self, certificate);
  soup_session_set_tls_database (self->session, database);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  soup_session_abort (self->session);
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->service);
}

/* A POST of @body; its members after the model. */
static SoupMessage *
new_message (Fixture *self, const char *path, const char *members)
{
  g_autofree char *url = g_strconcat (sonde_demo_service_get_base_url (self->service), path, NULL);
  g_autofree char *body = g_strdup_printf ("{\"model\":\"deepseek-v4-flash\",%s}", members);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  SoupMessage *message = soup_message_new ("POST", url);

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               "Bearer sk-test-0123");
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);

  return message;
}

static char *
post (Fixture *self, const char *path, const char *members, guint *status)
{
  g_autoptr (SoupMessage) message = new_message (self, path, members);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read (self->session, message, NULL, &error);

  g_assert_no_error (error);
  *status = soup_message_get_status (message);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static char *
ask (Fixture *self, gboolean stream, const char *question, const char *more)
{
  g_autofree char *members =
    g_strdup_printf ("\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s",
                     stream ? "true" : "false", question, more);
  guint status;
  char *body = post (self, CHAT, members, &status);

  g_assert_cmpuint (status, ==, 200);

  return body;
}

/* Each of @texts, in this order. */
static void
assert_has (const char *body, const char *const *texts)
{
  for (guint i = 0; texts[i] != NULL; i++) {
    const char *found = strstr (body, texts[i]);

    if (found == NULL)
      g_error ("No %s (any more) in %s", texts[i], body);
    body = found + strlen (texts[i]);
  }
}

static void
test_shapes (Fixture *self, gconstpointer data)
{
  static const struct {
    gboolean stream;
    const char *question;
    const char *more;
    const char *texts[8];
    const char *absent;
  } cases[] = {
    { TRUE,
      "#demo shape=reasoning doc=prose rate=0 tokens=1 reasoning=1",
      "",
      { "\"content\":null,\"reasoning\":\"The\"", "\"content\":\"The\",\"reasoning\":null" },
      "reasoning_content\":" },
    { FALSE,
      "#demo shape=reasoning doc=prose tokens=1 reasoning=1",
      "",
      { "\"content\":\"The\",\"reasoning\":\"The\"" },
      "reasoning_content\":" },
    { TRUE,
      "#demo shape=parts doc=prose rate=0 tokens=1 reasoning=1",
      "",
      { "\"content\":null,\"reasoning_content\":\"The\"",
        "\"content\":[{\"type\":\"text\",\"text\":\"The\"}],\"reasoning_content\":null" },
      "\"content\":\"" },
    { FALSE,
      "#demo shape=parts doc=prose tokens=1",
      QUIET,
      { "\"content\":[{\"type\":\"text\",\"text\":\"The\"}]}" },
      "\"content\":\"" },
    { TRUE,
      "#demo shape=think doc=prose rate=0 tokens=1 reasoning=2",
      "",
      { "\"content\":\"<think>\"", "\"content\":\"The\"", "\"content\":\" user\"",
        "\"content\":\"</think>\\n\"", "\"content\":\"The\"", "\"finish_reason\":\"stop\"" },
      "reasoning_content\":" },
    { FALSE,
      "#demo shape=think doc=prose tokens=1 reasoning=2",
      "",
      { "\"content\":\"<think>The user</think>\\nThe\"" },
      "reasoning_content\":" },
    { TRUE,
      "#demo shape=function_call tool=get_weather rate=0",
      QUIET TOOLS,
      { "\"delta\":{\"function_call\":{\"name\":\"get_weather\",\"arguments\":\"\"}}",
        "\"delta\":{\"function_call\":{\"arguments\":\"{\"}}",
        "\"finish_reason\":\"function_call\"" },
      "tool_calls" },
    { FALSE,
      "#demo shape=function_call tool=get_weather",
      QUIET TOOLS,
      { "\"function_call\":{\"name\":\"get_weather\",\"arguments\":\"{\\\"location\\\": "
        "\\\"Hangzhou\\\"}\"}",
        "\"finish_reason\":\"function_call\"" },
      "tool_calls" },
    { TRUE,
      "Why is the sea salty?\\n#demo doc=prose rate=0 tokens=1",
      QUIET ",\"title\":{\"enabled\":true}",
      { "\"content\":\"The\"},\"logprobs\"",
        "\"content\":\"\",\"title\":\"Why is the sea salty?\"},\"logprobs\":null,"
        "\"finish_reason\":\"stop\"" } },
    { FALSE,
      "Why is the sea salty?\\n#demo doc=prose tokens=1",
      QUIET ",\"title\":{\"enabled\":true}",
      { "\"content\":\"The\",\"title\":\"Why is the sea salty?\"}" } },
    { TRUE,
      "#demo doc=prose rate=0 tokens=1 reasoning=1",
      ",\"logprobs\":true,\"top_logprobs\":2",
      { "\"content\":null,\"reasoning_content\":\"The\"},\"logprobs\":{\"content\":null,"
        "\"reasoning_content\":[{\"token\":\"The\",\"logprob\":-0.093834,\"bytes\":[84,104,101],"
        "\"top_logprobs\":[{\"token\":\"The\",\"logprob\":-0.093834,\"bytes\":[84,104,101]},"
        "{\"token\":\" b\",\"logprob\":-1.093834,\"bytes\":[32,98]}]}]}",
        "\"content\":\"The\",\"reasoning_content\":null},\"logprobs\":{\"content\":[{\"token\":"
        "\"The\"" } },
    { FALSE,
      "#demo doc=prose tokens=2",
      QUIET ",\"logprobs\":true",
      { "\"logprobs\":{\"content\":[{\"token\":\"The\",\"logprob\":-0.093834,\"bytes\":"
        "[84,104,101],\"top_logprobs\":[]},{\"token\":\" soundin\"" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *body = ask (self, cases[i].stream, cases[i].question, cases[i].more);

    assert_has (body, cases[i].texts);
    if (cases[i].absent != NULL)
      g_assert_null (strstr (body, cases[i].absent));
  }
}

/* The other half of the old shape: the call goes back, and its output with the role "function". */
static void
test_function_answer (Fixture *self, gconstpointer data)
{
#define ANSWERED(line)                                                                             \
  "\"messages\":[{\"role\":\"user\",\"content\":\"" line "\"},{\"role\":\"assistant\","            \
  "\"content\":null,\"function_call\":{\"name\":\"get_weather\",\"arguments\":\"{}\"}},"           \
  "{\"role\":\"function\",\"name\":\"get_weather\",\"content\":\"24 degrees\"}]" QUIET
  guint status;
  g_autofree char *legacy =
    post (self, CHAT, ANSWERED ("#demo shape=function_call rate=0"), &status);
  g_autofree char *own = NULL;

  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (legacy, "24 degrees"));
  own = post (self, CHAT, ANSWERED ("Hello"), &status);
  g_assert_cmpuint (status, ==, 400);
}

/* Content and reasoning go on where the prefix ends. */
static void
test_prefix (Fixture *self, gconstpointer data)
{
#define CONTINUE(thought, said)                                                                    \
  "\"messages\":[{\"role\":\"user\",\"content\":\"#demo doc=prose tokens=4 reasoning=4 seed=1\"}," \
  "{\"role\":\"assistant\",\"prefix\":true,\"content\":\"" said                                    \
  "\",\"reasoning_content\":\"" thought "\"}]"
  static const struct {
    const char *members;
    const char *expected;
  } cases[] = {
    { CONTINUE ("", ""),
      "\"content\":\"The sounding line\",\"reasoning_content\":\"The user writes:" },
    { CONTINUE ("The user", ""),
      "\"content\":\"The sounding line\",\"reasoning_content\":\" writes:" },
    { CONTINUE ("The user", "The soundin"), "\"content\":\"g line\",\"reasoning_content\":\"\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint status;
    g_autofree char *body = post (self, BETA, cases[i].members, &status);

    g_assert_cmpuint (status, ==, 200);
    assert_has (body, (const char *[]) { cases[i].expected, NULL });
  }
}

#define STRICT(parameters, strict)                                                                 \
  "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":" strict ",\"parameters\":"      \
  "{\"type\":\"object\"," parameters "}}}"
#define GOOD "\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"]"
#define NESTED                                                                                     \
  "\"properties\":{\"a\":{\"type\":\"object\",\"properties\":{\"b\":{}}}},\"required\":[\"a\"]"
#define WITH_TOOLS(tools)                                                                          \
  "\"messages\":[{\"role\":\"user\",\"content\":\"#demo doc=empty\"}],\"tools\":[" tools "]"
#define HELLO "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]"

static void
test_refusals (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *path;
    const char *members;
    guint status;
    const char *text;
  } cases[] = {
    { BETA, WITH_TOOLS (STRICT (GOOD, "true")), 200, "chat.completion" },
    { BETA, WITH_TOOLS (STRICT ("\"properties\":{\"a\":{}}", "true")), 400,
      "'parameters.a' is not" },
    { BETA, WITH_TOOLS (STRICT (NESTED, "true")), 400, "'parameters.a.b' is not" },
    { BETA, WITH_TOOLS (STRICT (NESTED, "false")), 200, "chat.completion" },
    { BETA, WITH_TOOLS (STRICT (GOOD, "true") "," STRICT (GOOD, "false")), 400,
      "all functions must be strict" },
    { CHAT, WITH_TOOLS (STRICT (NESTED, "true")), 200, "chat.completion" },
    { CHAT, HELLO ",\"top_logprobs\":3", 400, "logprobs must be true" },
    { CHAT, HELLO ",\"logprobs\":true,\"top_logprobs\":21", 400,
      "range of top_logprobs is [0, 20]" },
    { CHAT, HELLO ",\"logprobs\":3", 400, "logprobs: invalid type: integer, expected a boolean" },
    { CHAT,
      "\"messages\":[{\"role\":\"user\",\"content\":\"#demo status=context_length_exceeded\"}]",
      400, "\"code\":\"context_length_exceeded\"" },
    { CHAT, "\"messages\":[{\"role\":\"user\",\"content\":\"#demo status=model_not_found\"}]", 404,
      "\"code\":\"model_not_found\"" },
    { CHAT, "\"messages\":[{\"role\":\"user\",\"content\":\"#demo shape=round\"}]", 400,
      "does not know" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint status;
    g_autofree char *body = post (self, cases[i].path, cases[i].members, &status);

    assert_has (body, (const char *[]) { cases[i].text, NULL });
    g_assert_cmpuint (status, ==, cases[i].status);
  }
}

/* --- over TLS ------------------------------------------------------------------------------ */

static void
test_http2 (Fixture *self, gconstpointer data)
{
  g_autoptr (SoupMessage) message = new_message (
    self, CHAT,
    "\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"#demo doc=prose rate=500 "
    "tokens=50 keepalive=2 every=1\"}]" QUIET);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read (self->session, message, NULL, &error);
  g_autofree char *body = NULL;

  g_assert_no_error (error);
  g_assert_true (
    g_str_has_prefix (sonde_demo_service_get_base_url (self->service), "https://127.0.0.1:"));
  g_assert_cmpuint (soup_message_get_http_version (message), ==, SOUP_HTTP_2_0);
  body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  assert_has (body, (const char *[]) { ": keep-alive\n\n: keep-alive\n\n", "\"content\":\"The\"",
                                       "\"finish_reason\":\"stop\"", "data: [DONE]\n\n", NULL });
}

static void
test_http1_over_tls (Fixture *self, gconstpointer data)
{
  g_autoptr (SoupMessage) message = new_message (
    self, CHAT, "\"messages\":[{\"role\":\"user\",\"content\":\"#demo doc=prose tokens=1\"}]");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  soup_message_set_force_http1 (message, TRUE);
  bytes = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_http_version (message), ==, SOUP_HTTP_1_1);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
}

/* The faults that end a connection, and a client that leaves, as without TLS. */
static void
test_broken (Fixture *self, gconstpointer data)
{
  static const char *const lines[] = { "rate=0 tokens=5 reset=1", "rate=0 tokens=500 cut=400" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *members =
      g_strdup_printf ("\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":"
                       "\"#demo doc=prose %s fail=1\"}]" QUIET,
                       lines[i]);
    g_autoptr (SoupMessage) first = new_message (self, CHAT, members);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = soup_session_send_and_read (self->session, first, NULL, &error);
    g_autofree char *body = NULL;
    guint status;

    g_assert_nonnull (error);
    g_assert_null (bytes);
    body = post (self, CHAT, members, &status);
    g_assert_cmpuint (status, ==, 200);
    g_assert_true (g_str_has_suffix (body, "data: [DONE]\n\n"));
  }
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GInputStream **stream = data;
  g_autoptr (GError) error = NULL;

  *stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
}

static void
test_leave (Fixture *self, gconstpointer data)
{
  g_autoptr (SoupMessage) message =
    new_message (self, CHAT,
                 "\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"#demo rate=1000 "
                 "doc=prose tokens=20000\"}]" QUIET);
  GInputStream *stream = NULL;
  g_autofree char *body = NULL;

  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, NULL, sent_cb, &stream);
  sonde_test_wait (stream != NULL);
  g_object_unref (stream);
  soup_session_abort (self->session);
  body = ask (self, TRUE, "#demo doc=prose tokens=1 rate=0", QUIET);
  g_assert_true (g_str_has_suffix (body, "data: [DONE]\n\n"));
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
    gboolean tls;
  } tests[] = {
    { "/demo-shapes/shapes", test_shapes, FALSE },
    { "/demo-shapes/function-answer", test_function_answer, FALSE },
    { "/demo-shapes/prefix", test_prefix, FALSE },
    { "/demo-shapes/refusals", test_refusals, FALSE },
    { "/demo-shapes/broken", test_broken, FALSE },
    { "/demo-shapes/tls/http2", test_http2, TRUE },
    { "/demo-shapes/tls/http1", test_http1_over_tls, TRUE },
    { "/demo-shapes/tls/broken", test_broken, TRUE },
    { "/demo-shapes/tls/leave", test_leave, TRUE },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, tests[i].tls ? set_up_tls : set_up, tests[i].test,
                tear_down);

  return g_test_run ();
}
