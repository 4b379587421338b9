/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The month's budget, and the table of rates that a person can change. */

#include "sonde-chat-context.h"
#include "sonde-cost.h"
#include "sonde-memory-keyring.h"
#include "sonde-test.h"

typedef struct {
  char *folder;
  SondeKeyring *keyring;
  SondeClock *clock;
  SondeSettings *settings;
  SondeChatContext *context;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 ("2026-11-28T12:00:00Z", NULL);

  fixture->folder = g_dir_make_tmp ("sonde-budget-XXXXXX", NULL);
  fixture->keyring = sonde_memory_keyring_new ();
  fixture->clock = sonde_clock_new_manual (g_date_time_to_unix_usec (time));
  fixture->settings = sonde_settings_new ();
  sonde_settings_set_titles (fixture->settings, "off");
}

static void
start (Fixture *fixture)
{
  SondeChatOptions options = {
    .data_dir = fixture->folder,
    .cache_dir = fixture->folder,
    .demo = TRUE,
    .settings = fixture->settings,
    .keyring = fixture->keyring,
    .clock = fixture->clock,
  };

  fixture->context = sonde_chat_context_new (&options);
  sonde_chat_context_start (fixture->context);
  sonde_test_wait (sonde_library_get_state (sonde_chat_context_get_library (fixture->context)) ==
                   SONDE_LIBRARY_READY);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
end (Fixture *fixture)
{
  gboolean done = FALSE;

  sonde_chat_context_shutdown_async (fixture->context, done_cb, &done);
  sonde_test_wait (done);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->context);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  end (fixture);
  g_object_set (fixture->settings, "budget", "", "currency", "USD", "titles", "automatic", NULL);
  g_clear_object (&fixture->settings);
  g_clear_object (&fixture->clock);
  g_clear_object (&fixture->keyring);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

/* 1,000 tokens cost 0.0006 dollars, and the prompt a little more. */
static SondeMessage *
ask (Fixture *fixture)
{
  SondeLibrary *library = sonde_chat_context_get_library (fixture->context);
  g_autoptr (SondeConversation) conversation = sonde_library_create (library);
  SondeSession *session = sonde_library_get_session (library, conversation);

  g_assert_true (sonde_session_send (session, "Why?\n#demo rate=0 tokens=1000"));
  sonde_test_wait (!sonde_session_get_busy (session));

  return sonde_conversation_get_last (conversation); /* the library keeps it */
}

static void
set_budget (Fixture *fixture, const char *budget)
{
  g_object_set (fixture->settings, "budget", budget, NULL);
}

static gboolean
is_in_state (Fixture *fixture, SondeBudgetState state)
{
  return sonde_budget_get_state (sonde_chat_context_get_budget (fixture->context)) == state;
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  SondeBudget *budget;
  g_autofree char *limit = NULL;
  guint n = 0;

  start (fixture);
  budget = sonde_chat_context_get_budget (fixture->context);
  g_signal_connect_swapped (budget, "changed", G_CALLBACK (count_cb), &n);
  ask (fixture);
  g_assert_true (is_in_state (fixture, SONDE_BUDGET_NONE));

  set_budget (fixture, "0.01");
  sonde_test_wait (is_in_state (fixture, SONDE_BUDGET_KEPT));
  g_assert_cmpint (sonde_budget_get_spent (budget), >, 600000 * 1000);
  /* What comes after that is added: 80 %, then all of it. */
  limit = sonde_cost_to_string (sonde_budget_get_spent (budget) * 7 / 2, -1);
  set_budget (fixture, limit);
  sonde_test_wait (is_in_state (fixture, SONDE_BUDGET_KEPT));
  ask (fixture);
  g_assert_true (is_in_state (fixture, SONDE_BUDGET_KEPT));
  ask (fixture);
  g_assert_true (is_in_state (fixture, SONDE_BUDGET_NEAR));
  ask (fixture);
  g_assert_true (is_in_state (fixture, SONDE_BUDGET_SPENT));
  g_assert_cmpuint (n, ==, 5);

  /* Other money is not reckoned with it, */
  g_object_set (fixture->settings, "currency", "CNY", NULL);
  sonde_test_wait (is_in_state (fixture, SONDE_BUDGET_KEPT));
  g_assert_cmpint (sonde_budget_get_spent (budget), ==, 0);
  g_object_set (fixture->settings, "currency", "USD", NULL);
  sonde_test_wait (is_in_state (fixture, SONDE_BUDGET_SPENT));
  /* and another month begins with nothing. */
  sonde_clock_advance (fixture->clock, 4 * G_TIME_SPAN_DAY);
  ask (fixture);
  sonde_test_wait (is_in_state (fixture, SONDE_BUDGET_KEPT));
  set_budget (fixture, "");
  g_assert_true (is_in_state (fixture, SONDE_BUDGET_NONE));
}

static double
get_rate (Fixture *fixture)
{
  g_autoptr (SondeModelInfo) model =
    g_list_model_get_item (sonde_chat_context_get_models (fixture->context), 0);
  gint64 now = sonde_clock_get_real_time (fixture->clock);
  const SondePrice *price = sonde_model_info_find_price (model, "USD", now);

  return price != NULL ? sonde_price_get_rates (price, now)->output : -1;
}

static gboolean
is_rate (Fixture *fixture, double rate)
{
  return ABS (get_rate (fixture) - rate) < 1e-9;
}

static void
write_rates (Fixture *fixture, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, "rates.json", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  g_assert_no_error (error);
}

#define OWN_RATES                                                                                  \
  "{\"as-of\": \"2026-12-01\", \"models\": [{\"id\": \"deepseek-v4-flash\", \"prices\": ["         \
  "{\"currency\": \"USD\", \"low\": [0.001, 0.1, %s]}]}]}"

/* A table of one's own is taken over as soon as it is saved; records keep their rates. */
static void
test_rates (Fixture *fixture, gconstpointer data)
{
  SondeRateFile *rates;
  SondeMessage *before;
  SondeMessage *after;

  start (fixture);
  rates = sonde_chat_context_get_rates (fixture->context);
  g_assert_cmpstr (sonde_rate_file_get_as_of (rates), ==, "2026-11-22");
  g_assert_true (is_rate (fixture, 0.6));
  before = ask (fixture);
  g_assert_nonnull (sonde_rate_file_edit (rates, NULL));
  sonde_test_wait (sonde_rate_file_get_own (rates));
  g_assert_true (is_rate (fixture, 0.6));
  {
    g_autofree char *text = g_strdup_printf (OWN_RATES, "0.5");

    write_rates (fixture, text);
  }
  sonde_test_wait (is_rate (fixture, 0.5));
  g_assert_cmpstr (sonde_rate_file_get_as_of (rates), ==, "2026-12-01");
  after = ask (fixture);
  g_assert_cmpfloat_with_epsilon (sonde_message_get_details (before)->rates.output, 0.6, 1e-9);
  g_assert_cmpfloat_with_epsilon (sonde_message_get_details (after)->rates.output, 0.5, 1e-9);

  /* One that cannot be read changes nothing. */
  write_rates (fixture, "{");
  sonde_test_wait (sonde_rate_file_get_problem (rates) != NULL);
  g_assert_true (is_rate (fixture, 0.5));
  g_assert_true (sonde_rate_file_reset (rates, NULL));
  g_assert_true (is_rate (fixture, 0.6));
  g_assert_false (sonde_rate_file_get_own (rates));
  g_assert_null (sonde_rate_file_get_problem (rates));
}

static void
test_rates_at_start (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strdup_printf (OWN_RATES, "0.7");

  write_rates (fixture, text);
  start (fixture);
  sonde_test_wait (is_rate (fixture, 0.7));
  g_assert_cmpint (sonde_chat_context_get_data_size (fixture->context), >, 4096);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/budget/states", Fixture, NULL, set_up, test_states, tear_down);
  g_test_add ("/budget/rates", Fixture, NULL, set_up, test_rates, tear_down);
  g_test_add ("/budget/rates-at-start", Fixture, NULL, set_up, test_rates_at_start, tear_down);

  return g_test_run ();
}
