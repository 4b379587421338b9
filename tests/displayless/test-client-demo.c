/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The client against the simulated service: the whole way of an answer. */

#include "sonde-client.h"

#include <string.h>

#include "sonde-api-error.h"
#include "sonde-demo-service.h"
#include "sonde-model-info.h"
#include "sonde-test.h"
#include "tls-fixture.h"

typedef struct {
  SondeDemoService *service;
  GTlsDatabase *database; /* where it speaks TLS */
  SondeClient *client;
  GCancellable *cancellable;
  gboolean opened;
  guint keep_alives;
  guint chunks;
  GString *reasoning;
  GString *content;
  char *finish_reason;
  SondeUsage *usage;
  gboolean done;
  gboolean is_available;
  GPtrArray *rows;
  GError *error;
} Fixture;

/* One without connections. */
static void
renew_client (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->client);
  fixture->client = sonde_client_new (sonde_demo_service_get_base_url (fixture->service), &error);
  g_assert_no_error (error);
  sonde_client_set_key (fixture->client, "sk-demo-0123456789");
  if (fixture->database != NULL)
    sonde_client_set_tls_database (fixture->client, fixture->database);
}

static void
set_up_service (Fixture *fixture, GTlsCertificate *certificate)
{
  g_autoptr (GError) error = NULL;

  fixture->service = sonde_demo_service_new ();
  sonde_demo_service_set_certificate (fixture->service, certificate);
  sonde_demo_service_start (fixture->service, 0, &error);
  g_assert_no_error (error);
  renew_client (fixture);
  fixture->cancellable = g_cancellable_new ();
  fixture->reasoning = g_string_new (NULL);
  fixture->content = g_string_new (NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_service (fixture, NULL);
}

/* With TLS there is HTTP/2. */
static void
set_up_tls (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) certificate = sonde_test_load_certificate (&fixture->database);

  set_up_service (fixture, certificate);
}

static void
forget (Fixture *fixture)
{
  g_string_truncate (fixture->reasoning, 0);
  g_string_truncate (fixture->content, 0);
  g_clear_pointer (&fixture->finish_reason, g_free);
  g_clear_pointer (&fixture->usage, sonde_usage_free);
  g_clear_pointer (&fixture->rows, g_ptr_array_unref);
  g_clear_error (&fixture->error);
  fixture->opened = FALSE;
  fixture->done = FALSE;
  fixture->keep_alives = 0;
  fixture->chunks = 0;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  forget (fixture);
  g_assert_finalize_object (fixture->client);
  sonde_demo_service_stop (fixture->service);
  g_assert_finalize_object (fixture->service);
  g_object_unref (fixture->cancellable);
  g_clear_object (&fixture->database);
  g_string_free (fixture->reasoning, TRUE);
  g_string_free (fixture->content, TRUE);
}

static void
event_cb (SondeClientEvent event, const SondeChunk *chunk, gpointer user_data)
{
  Fixture *fixture = user_data;

  switch (event) {
  case SONDE_CLIENT_OPENED:
    g_assert_false (fixture->opened);
    fixture->opened = TRUE;
    break;
  case SONDE_CLIENT_KEEP_ALIVE:
    fixture->keep_alives++;
    break;
  case SONDE_CLIENT_CHUNK:
    fixture->chunks++;
    if (chunk->reasoning != NULL)
      g_string_append (fixture->reasoning, chunk->reasoning);
    if (chunk->content != NULL)
      g_string_append (fixture->content, chunk->content);
    if (chunk->finish_reason != NULL)
      g_set_str (&fixture->finish_reason, chunk->finish_reason);
    if (chunk->usage != NULL) {
      g_clear_pointer (&fixture->usage, sonde_usage_free);
      fixture->usage = sonde_usage_copy (chunk->usage);
    }
    break;
  case SONDE_CLIENT_STALLED:
    g_assert_not_reached ();
  }
}

static void
completed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  sonde_client_complete_finish (SONDE_CLIENT (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
start (Fixture *fixture, const char *question, SondeThinking thinking, gboolean stream)
{
  g_autoptr (SondeRequest) request = sonde_request_new ("deepseek-v4-flash");

  forget (fixture);
  sonde_request_set_thinking (request, thinking);
  sonde_request_set_stream (request, stream);
  sonde_request_add_message (request, SONDE_ROLE_USER, question, NULL);
  sonde_client_complete_async (fixture->client, request, event_cb, fixture, NULL,
                               fixture->cancellable, completed_cb, fixture);
}

/* A whole answer is the same streamed and not, thinking and not. */
static void
test_answers (Fixture *fixture, gconstpointer data)
{
  static const char *const scripts[] = {
    "#demo doc=prose rate=0 tokens=200 reasoning=50 seed=1",
    "#demo doc=chinese rate=0 tokens=200 reasoning=50 seed=1 usage=separate",
    "#demo doc=mixed rate=0 tokens=100 reasoning=20 seed=1 split=1",
    "#demo doc=rtl rate=0 tokens=100 reasoning=20 seed=1 keepalive=3 every=1",
    "#demo doc=prose rate=0 tokens=20 reasoning=5 seed=1 done=0",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++) {
    for (int thinking = SONDE_THINKING_OFF; thinking <= SONDE_THINKING_HIGH; thinking += 2) {
      g_autofree char *reasoning = NULL;
      g_autofree char *content = NULL;

      start (fixture, scripts[i], (SondeThinking) thinking, TRUE);
      sonde_test_wait (fixture->done);
      g_assert_no_error (fixture->error);
      g_assert_true (fixture->opened);
      g_assert_cmpuint (fixture->chunks, >, 10);
      g_assert_cmpint (fixture->reasoning->len > 0, ==, thinking != SONDE_THINKING_OFF);
      g_assert_cmpuint (fixture->content->len, >, 0);
      g_assert_cmpstr (fixture->finish_reason, ==, "stop");
      g_assert_nonnull (fixture->usage);
      g_assert_cmpint (fixture->usage->completion_tokens, >, 0);
      if (strstr (scripts[i], "keepalive") != NULL)
        g_assert_cmpuint (fixture->keep_alives, >=, 3);
      reasoning = g_strdup (fixture->reasoning->str);
      content = g_strdup (fixture->content->str);

      start (fixture, scripts[i], (SondeThinking) thinking, FALSE);
      sonde_test_wait (fixture->done);
      g_assert_no_error (fixture->error);
      g_assert_cmpuint (fixture->chunks, ==, 1);
      g_assert_cmpstr (fixture->reasoning->str, ==, reasoning);
      g_assert_cmpstr (fixture->content->str, ==, content);
    }
  }
}

static const struct {
  const char *script;
  int kind;
  guint status;
  gboolean text; /* whether some came before */
} faults[] = {
  { "status=400", SONDE_FAILURE_CONTENT_RISK, 400, FALSE },
  { "status=context", SONDE_FAILURE_CONTEXT_LENGTH, 400, FALSE },
  { "status=401", SONDE_FAILURE_UNAUTHORIZED, 401, FALSE },
  { "status=402", SONDE_FAILURE_BALANCE, 402, FALSE },
  { "status=404", SONDE_FAILURE_ENDPOINT, 404, FALSE },
  { "status=429 retry-after=3", SONDE_FAILURE_RATE_LIMIT, 429, FALSE },
  { "status=concurrency", SONDE_FAILURE_RATE_LIMIT, 429, FALSE },
  { "status=500", SONDE_FAILURE_SERVER, 500, FALSE },
  { "status=503", SONDE_FAILURE_OVERLOADED, 503, FALSE },
  { "html=1", SONDE_FAILURE_SERVER, 502, FALSE },
  { "blank=1", SONDE_FAILURE_EMPTY, 0, FALSE },
  { "doc=empty reasoning=0", SONDE_FAILURE_EMPTY, 0, FALSE },
  { "cut=4000", SONDE_FAILURE_CUT, 0, TRUE },
  { "cut=4001 split=1", SONDE_FAILURE_CUT, 0, TRUE },
  { "finish=none", SONDE_FAILURE_CUT, 0, TRUE },
  { "garbage=5", SONDE_FAILURE_PROTOCOL, 0, TRUE },
  { "error=5", SONDE_FAILURE_STREAM, 0, TRUE },
  { "stall=5", SONDE_FAILURE_STALLED, 0, TRUE },
};

static void
test_faults (Fixture *fixture, gconstpointer data)
{
  sonde_client_set_stall_timeout (fixture->client, 500);
  sonde_client_set_stall_is_error (fixture->client, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *question =
      g_strdup_printf ("#demo doc=prose rate=0 tokens=50 reasoning=2 seed=1 %s", faults[i].script);

    g_test_message ("%s", faults[i].script);
    start (fixture, question, SONDE_THINKING_HIGH, TRUE);
    sonde_test_wait (fixture->done);
    g_assert_error (fixture->error, SONDE_API_ERROR, faults[i].kind);
    g_assert_cmpuint (sonde_api_error_get_http_status (fixture->error), ==, faults[i].status);
    g_assert_nonnull (sonde_api_error_get_trace_id (fixture->error));
    g_assert_cmpint (fixture->content->len > 0, ==, faults[i].text);
    g_assert_cmpint (fixture->opened, ==, faults[i].status == 0);
    g_assert_cmpint (sonde_api_error_get_retry_after (fixture->error), ==,
                     strstr (faults[i].script, "retry-after") != NULL ? 3 : -1);
  }
}

/* What is received is the beginning of the whole answer, wherever it is cut. */
static void
test_cuts (Fixture *fixture, gconstpointer data)
{
  static const char question[] = "#demo doc=chinese rate=0 tokens=10 reasoning=2 seed=1";
  g_autofree char *whole = NULL;

  start (fixture, question, SONDE_THINKING_HIGH, TRUE);
  sonde_test_wait (fixture->done);
  whole = g_strdup (fixture->content->str);
  for (guint cut = 1; cut < 3000; cut += 211) {
    g_autofree char *cut_question = g_strdup_printf ("%s cut=%u", question, cut);

    start (fixture, cut_question, SONDE_THINKING_HIGH, TRUE);
    sonde_test_wait (fixture->done);
    g_assert_error (fixture->error, SONDE_API_ERROR, SONDE_FAILURE_CUT);
    g_assert_true (g_str_has_prefix (whole, fixture->content->str));
  }
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  start (fixture, "#demo doc=prose rate=100 tokens=100000 reasoning=0", SONDE_THINKING_OFF, TRUE);
  sonde_test_wait (fixture->content->len > 20);
  g_cancellable_cancel (fixture->cancellable);
  sonde_test_wait (fixture->done);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->content->len, >, 20);
}

static void
early_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint *n_waiting = user_data;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  rows = sonde_client_list_models_finish (SONDE_CLIENT (source), result, &error);
  if (rows == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *n_waiting -= 1;
}

/* Cancelled at every step of the main loop, from the start to the end: while the name is
 * looked up, while it connects, while TLS is agreed on, and after; each time the next one
 * is on its way already. */
static void
test_cancel_early (Fixture *fixture, gconstpointer data)
{
  for (guint steps = 0; steps < 40; steps++) {
    guint n_waiting = 0;

    renew_client (fixture);
    for (guint i = 0; i < 4; i++) {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      guint before = ++n_waiting;

      sonde_client_list_models_async (fixture->client, cancellable, early_cb, &n_waiting);
      for (guint j = 0; j < steps && n_waiting == before; j++)
        g_main_context_iteration (NULL, TRUE);
      if (i < 3)
        g_cancellable_cancel (cancellable);
    }
    sonde_test_wait (n_waiting == 0);
  }
}

/* A key that the service refuses, and none. */
static void
test_keys (Fixture *fixture, gconstpointer data)
{
  sonde_client_set_key (fixture->client, "sk-wrong-0123");
  start (fixture, "Hello", SONDE_THINKING_OFF, TRUE);
  sonde_test_wait (fixture->done);
  g_assert_error (fixture->error, SONDE_API_ERROR, SONDE_FAILURE_UNAUTHORIZED);
  g_assert_null (strstr (fixture->error->message, "wrong"));

  sonde_client_set_key (fixture->client, NULL);
  start (fixture, "Hello", SONDE_THINKING_OFF, TRUE);
  sonde_test_wait (fixture->done);
  g_assert_error (fixture->error, SONDE_API_ERROR, SONDE_FAILURE_NO_KEY);
}

static void
models_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->rows = sonde_client_list_models_finish (SONDE_CLIENT (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
test_models (Fixture *fixture, gconstpointer data)
{
  sonde_client_list_models_async (fixture->client, NULL, models_cb, fixture);
  sonde_test_wait (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->rows->len, >=, 2);
  g_assert_nonnull (sonde_model_info_get_subtitle (g_ptr_array_index (fixture->rows, 0)));
}

static void
balance_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  sonde_client_get_balance_finish (SONDE_CLIENT (source), result, &fixture->is_available,
                                   &fixture->rows, &fixture->error);
  fixture->done = TRUE;
}

static void
test_balance (Fixture *fixture, gconstpointer data)
{
  sonde_client_get_balance_async (fixture->client, NULL, balance_cb, fixture);
  sonde_test_wait (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->is_available);
  g_assert_cmpuint (fixture->rows->len, >=, 1);
}

/* A stream that is reset before the answer is asked for once more over HTTP/1.1, and once
 * only; one that is cut is not whole either way. */
static void
test_http2 (Fixture *fixture, gconstpointer data)
{
  start (fixture, "#demo doc=prose rate=0 tokens=5 reasoning=0 seed=1", SONDE_THINKING_OFF, TRUE);
  sonde_test_wait (fixture->done);
  g_assert_no_error (fixture->error);

  start (fixture, "#demo doc=prose rate=0 tokens=5 reasoning=0 seed=1 reset=1 fail=1",
         SONDE_THINKING_OFF, TRUE);
  sonde_test_wait (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->content->len, >, 0);

  start (fixture, "#demo doc=prose rate=0 tokens=5 reasoning=0 seed=1 reset=1 fail=2",
         SONDE_THINKING_OFF, TRUE);
  sonde_test_wait (fixture->done);
  g_assert_error (fixture->error, SONDE_API_ERROR, SONDE_FAILURE_NETWORK);

  start (fixture, "#demo doc=prose rate=0 tokens=500 reasoning=0 seed=1 cut=400",
         SONDE_THINKING_OFF, TRUE);
  sonde_test_wait (fixture->done);
  g_assert_error (fixture->error, SONDE_API_ERROR, SONDE_FAILURE_CUT);
}

/* A certificate that nobody has signed. */
static void
test_untrusted (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->database);
  renew_client (fixture);
  start (fixture, "#demo doc=prose rate=0 tokens=5", SONDE_THINKING_OFF, TRUE);
  sonde_test_wait (fixture->done);
  g_assert_error (fixture->error, SONDE_API_ERROR, SONDE_FAILURE_NETWORK);
  g_assert_false (fixture->opened);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/client-demo/answers", test_answers }, { "/client-demo/faults", test_faults },
    { "/client-demo/cuts", test_cuts },       { "/client-demo/cancel", test_cancel },
    { "/client-demo/keys", test_keys },       { "/client-demo/models", test_models },
    { "/client-demo/balance", test_balance }, { "/client-demo/cancel-early", test_cancel_early },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add ("/client-demo/cancel-early-tls", Fixture, NULL, set_up_tls, test_cancel_early,
              tear_down);
  g_test_add ("/client-demo/http2", Fixture, NULL, set_up_tls, test_http2, tear_down);
  g_test_add ("/client-demo/untrusted", Fixture, NULL, set_up_tls, test_untrusted, tear_down);

  return g_test_run ();
}
