/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Money, to the last digit: the rates of every hour, and what a conversation cost against the
 * books of the service that answered it. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "sonde-chat-context.h"
#include "sonde-cost.h"
#include "sonde-demo-service.h"
#include "sonde-memory-keyring.h"
#include "sonde-test.h"

#define TURNS 50

/* An amount in words of the data file, as a test of the arithmetic that shares none of it. */
static gint64
microns (const char *decimal)
{
  g_auto (GStrv) parts = g_strsplit (decimal, ".", 2);
  g_autofree char *fraction = g_strndup (g_strv_length (parts) > 1 ? parts[1] : "", 6);
  g_autofree char *padded =
    g_strdup_printf ("%s%.*s", fraction, 6 - (int) strlen (fraction), "000000");

  return g_ascii_strtoll (parts[0], NULL, 10) * 1000000 + g_ascii_strtoll (padded, NULL, 10);
}

static void
test_strings (void)
{
  static const struct {
    const char *exact;
    const char *cents;
    const char *people;
  } cases[] = {
    { "0", "0.00", "$0.00" },
    { "0.000000003", "0.00", "$0.000000" },
    { "0.000003625", "0.00", "$0.000004" },
    { "0.00123", "0.00", "$0.0012" },
    { "0.005", "0.01", "$0.0050" },
    { "0.0499", "0.05", "$0.050" },
    { "0.125", "0.13", "$0.13" },
    { "12.3456", "12.35", "$12.35" },
    { "9223371.99", "9223371.99", "$9223371.99" },
  };
  static const char *const wrong[] = { "",    ".", "1.2.3",           "-1",
                                       "1e3", "x", "0.1234567890123", "99999999999999999999" };
  g_autofree char *yuan = sonde_cost_format (SONDE_COST_UNIT * 3 / 2, "CNY");
  g_autofree char *other = sonde_cost_format (SONDE_COST_UNIT, "EUR");
  g_autofree char *less = sonde_cost_to_string (-SONDE_COST_UNIT / 4, -1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint64 cost = sonde_cost_parse (cases[i].exact);
    g_autofree char *exact = sonde_cost_to_string (cost, -1);
    g_autofree char *cents = sonde_cost_to_string (cost, 2);
    g_autofree char *people = sonde_cost_format (cost, "USD");

    g_assert_cmpstr (exact, ==, cases[i].exact);
    g_assert_cmpstr (cents, ==, cases[i].cents);
    g_assert_cmpstr (people, ==, cases[i].people);
  }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpint (sonde_cost_parse (wrong[i]), ==, -1);
  g_assert_cmpint (sonde_cost_parse ("110.00"), ==, 110 * SONDE_COST_UNIT);
  g_assert_cmpstr (yuan, ==, "¥1.50");
  g_assert_cmpstr (other, ==, "1.00\u00a0EUR");
  g_assert_cmpstr (less, ==, "-0.25");
}

static void
test_usage (void)
{
  static const struct {
    SondeUsage usage; /* prompt, completion, total, hit, miss, reasoning */
    gint64 cost;      /* at 1, 10 and 100; -1: not known */
    gint64 answer;
    gboolean consistent;
  } cases[] = {
    { { 100, 20, 120, 60, 40, 5 }, 60 + 400 + 2000, 15, TRUE },
    { { 100, 20, 120, 60, -1, -1 }, 60 + 400 + 2000, 20, TRUE },
    { { 100, 20, 120, -1, -1, 20 }, 1000 + 2000, 0, TRUE },
    { { 100, 20, 120, 60, 41, 5 }, 60 + 410 + 2000, 15, FALSE },
    { { 100, 20, 120, 60, 40, 21 }, 60 + 400 + 2000, 0, FALSE },
    { { -1, 20, -1, -1, -1, -1 }, -1, 20, TRUE },
    { { 100, -1, -1, 60, 40, -1 }, -1, -1, TRUE },
  };
  const SondeRates rates = { .hit = 0.000001, .miss = 0.00001, .output = 0.0001 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint64 cost = -1;

    g_assert_cmpint (sonde_cost_compute (&cases[i].usage, &rates, &cost), ==, cases[i].cost >= 0);
    g_assert_cmpint (cost, ==, cases[i].cost);
    g_assert_cmpint (sonde_usage_get_answer_tokens (&cases[i].usage), ==, cases[i].answer);
    g_assert_cmpint (sonde_usage_is_consistent (&cases[i].usage), ==, cases[i].consistent);
  }
}

static gint64
utc (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  return g_date_time_to_unix_usec (time);
}

/* What holds at an hour, and when that changes. 2026-11-23 is a Monday. */
static void
test_peaks (void)
{
  static const struct {
    const char *time;
    gboolean peak;
    const char *change;
  } cases[] = {
    { "2026-11-23T00:59:59Z", FALSE, "2026-11-23T01:00:00Z" },
    { "2026-11-23T01:00:00Z", TRUE, "2026-11-23T04:00:00Z" },
    { "2026-11-23T03:59:59Z", TRUE, "2026-11-23T04:00:00Z" },
    { "2026-11-23T04:00:00Z", FALSE, "2026-11-23T06:00:00Z" },
    { "2026-11-23T06:00:00Z", TRUE, "2026-11-23T10:00:00Z" },
    { "2026-11-23T10:00:00Z", FALSE, "2026-11-24T01:00:00Z" },
    { "2026-11-27T09:59:59Z", TRUE, "2026-11-27T10:00:00Z" },
    { "2026-11-27T10:00:00Z", FALSE, "2026-11-30T01:00:00Z" },
    { "2026-11-28T02:00:00Z", FALSE, "2026-11-30T01:00:00Z" },
  };
  SondePrice price = {
    .currency = "USD", .since = 0, .until = G_MAXINT64, .peak = SONDE_PEAK_WEEKDAYS
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpint (sonde_price_is_peak (&price, utc (cases[i].time)), ==, cases[i].peak);
    g_assert_cmpint (sonde_price_find_change (&price, utc (cases[i].time)), ==,
                     utc (cases[i].change));
  }
  price.until = utc ("2026-11-28T00:00:00Z");
  g_assert_cmpint (sonde_price_find_change (&price, utc ("2026-11-27T10:00:00Z")), ==, price.until);
  price.peak = SONDE_PEAK_NONE;
  price.until = G_MAXINT64;
  g_assert_cmpint (sonde_price_find_change (&price, utc ("2026-11-27T10:00:00Z")), ==, G_MAXINT64);
}

typedef struct {
  char *folder;
  char *log_path;
  SondeDemoService *service;
  SondeKeyring *keyring;
  SondeClock *clock;
  SondeSettings *settings;
  SondeChatContext *context;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("sonde-cost-XXXXXX", NULL);
  fixture->log_path = g_build_filename (fixture->folder, "log", NULL);
  fixture->service = sonde_demo_service_new ();
  sonde_demo_service_set_log_path (fixture->service, fixture->log_path);
  g_assert_true (sonde_demo_service_start (fixture->service, 0, NULL));
  fixture->keyring = sonde_memory_keyring_new ();
  fixture->settings = sonde_settings_new ();
  sonde_settings_set_titles (fixture->settings, "off");
}

static void
start (Fixture *fixture, const char *time, const char *currency)
{
  SondeChatOptions options = {
    .data_dir = fixture->folder,
    .cache_dir = fixture->folder,
    .base_url = sonde_demo_service_get_base_url (fixture->service),
    .settings = fixture->settings,
    .keyring = fixture->keyring,
  };
  SondeAccount *account;

  g_object_set (fixture->settings, "currency", currency, NULL);
  fixture->clock = sonde_clock_new_manual (utc (time));
  options.clock = fixture->clock;
  fixture->context = sonde_chat_context_new (&options);
  sonde_chat_context_start (fixture->context);
  account = sonde_chat_context_get_account (fixture->context);
  sonde_test_wait (sonde_account_get_state (account) != SONDE_ACCOUNT_LOADING);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
shut_down (Fixture *fixture)
{
  gboolean done = FALSE;

  sonde_chat_context_shutdown_async (fixture->context, done_cb, &done);
  sonde_test_wait (done);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->context);
  g_clear_object (&fixture->clock);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->settings, "currency", "USD", NULL);
  g_clear_object (&fixture->settings);
  sonde_demo_service_stop (fixture->service);
  g_clear_object (&fixture->service);
  g_clear_object (&fixture->keyring);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->log_path);
  g_free (fixture->folder);
}

static void
add_key (Fixture *fixture)
{
  gboolean done = FALSE;

  sonde_account_set_key_async (sonde_chat_context_get_account (fixture->context), "sk-test", TRUE,
                               NULL, done_cb, &done);
  sonde_test_wait (done);
}

static void
ask (Fixture *fixture, SondeConversation *conversation, int number)
{
  SondeSession *session =
    sonde_library_get_session (sonde_chat_context_get_library (fixture->context), conversation);
  g_autofree char *question = g_strdup_printf ("Question %d\n#demo rate=0 tokens=%d reasoning=%d",
                                               number, 30 + number % 7, 11 + number % 5);

  g_assert_true (sonde_session_send (session, question));
  sonde_test_wait (!sonde_session_get_busy (session));
}

/* What the program makes of the conversation. */
static gint64
sum_up (SondeConversation *conversation)
{
  GListModel *messages = sonde_conversation_get_messages (conversation);
  gint64 sum = 0;

  for (guint i = 0; i < g_list_model_get_n_items (messages); i++) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (messages, i);
    const SondeUsage *usage = sonde_message_get_usage (message);
    const SondeMessageDetails *details = sonde_message_get_details (message);
    gint64 cost;

    if (sonde_message_get_role (message) != SONDE_ROLE_ASSISTANT)
      continue;
    g_assert_nonnull (usage);
    g_assert_true (sonde_usage_is_consistent (usage));
    g_assert_nonnull (details->currency);
    g_assert_true (sonde_cost_compute (usage, &details->rates, &cost));
    sum += cost;
  }

  return sum;
}

static guint
count_bills (Fixture *fixture)
{
  g_autofree char *text = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (fixture->log_path, &text, NULL, NULL));
  for (const char *bill = text; (bill = strstr (bill, "\"bill\"")) != NULL; bill++)
    n++;

  return n;
}

/* The service's own books, at rates that are written down here once more (contract.md section
 * 2.4). The first @n_first answers had the rates of @first, the others those of @rest. */
static gint64
read_books (Fixture *fixture, guint n_first, const char *const *first, const char *const *rest)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;
  gint64 sum = 0;

  /* A bill is written when the last byte is out. */
  sonde_test_wait (count_bills (fixture) == TURNS);
  g_assert_true (g_file_get_contents (fixture->log_path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
    JsonObject *line = node != NULL ? json_node_get_object (node) : NULL;
    const char *const *rates = n < n_first ? first : rest;

    if (line == NULL || g_strcmp0 (json_object_get_string_member (line, "event"), "bill") != 0)
      continue;
    sum += json_object_get_int_member (line, "hit") * microns (rates[0]) +
           json_object_get_int_member (line, "miss") * microns (rates[1]) +
           json_object_get_int_member (line, "output") * microns (rates[2]);
    n++;
  }
  g_assert_cmpuint (n, ==, TURNS);

  return sum;
}

/* Fifty turns; the peak begins in the middle of them, and the program is started anew. */
static void
test_fifty_turns (Fixture *fixture, gconstpointer data)
{
  const gboolean yuan = GPOINTER_TO_INT (data);
  static const char *const low[][3] = { { "0.003", "0.15", "0.60" }, { "0.02", "1", "4" } };
  static const char *const high[][3] = { { "0.006", "0.30", "1.20" }, { "0.04", "2", "8" } };
  g_autoptr (SondeConversation) conversation = NULL;
  SondeLibrary *library;
  g_autofree char *exact = NULL;
  g_autofree char *books = NULL;
  gint64 id;

  start (fixture, "2026-11-23T05:59:59Z", yuan ? "CNY" : "USD");
  add_key (fixture);
  conversation = sonde_library_create (sonde_chat_context_get_library (fixture->context));
  for (int i = 0; i < TURNS; i++) {
    if (i == TURNS / 2)
      sonde_clock_advance (fixture->clock, G_TIME_SPAN_SECOND);
    ask (fixture, conversation, i);
  }
  exact = sonde_cost_to_string (sum_up (conversation), -1);
  books = sonde_cost_to_string (read_books (fixture, TURNS / 2, low[yuan], high[yuan]), -1);
  g_test_message ("%s", exact);
  g_assert_cmpstr (exact, ==, books);
  id = sonde_conversation_get_id (conversation);
  g_clear_object (&conversation);
  shut_down (fixture);

  /* Old records keep their rates, in whatever currency and at whatever hour they are read. */
  start (fixture, "2026-11-29T12:00:00Z", yuan ? "USD" : "CNY");
  library = sonde_chat_context_get_library (fixture->context);
  sonde_test_wait (g_list_model_get_n_items (G_LIST_MODEL (library)) == 1);
  conversation = g_list_model_get_item (G_LIST_MODEL (library), 0);
  g_assert_cmpint (sonde_conversation_get_id (conversation), ==, id);
  sonde_library_open (library, conversation);
  sonde_test_wait (sonde_conversation_get_loaded (conversation));
  g_free (exact);
  exact = sonde_cost_to_string (sum_up (conversation), -1);
  g_assert_cmpstr (exact, ==, books);
  g_clear_object (&conversation);
  shut_down (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cost/strings", test_strings);
  g_test_add_func ("/cost/usage", test_usage);
  g_test_add_func ("/cost/peaks", test_peaks);
  g_test_add ("/cost/fifty-turns/usd", Fixture, GINT_TO_POINTER (FALSE), set_up, test_fifty_turns,
              tear_down);
  g_test_add ("/cost/fifty-turns/cny", Fixture, GINT_TO_POINTER (TRUE), set_up, test_fifty_turns,
              tear_down);

  return g_test_run ();
}
