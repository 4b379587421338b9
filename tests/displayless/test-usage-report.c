/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was used, added up: from the database to the rows of a report. */

#include "sonde-cost.h"
#include "sonde-store.h"
#include "sonde-test.h"
#include "sonde-usage-entry.h"

#define DAY        G_TIME_SPAN_DAY
#define FIRST_TIME G_GINT64_CONSTANT (1764064800000000) /* 2025-11-25 10:00 UTC */

static SondeUsageEntry *
make_entry (const char *day,
            const char *model_id,
            gint64 conversation_id,
            const char *currency,
            gint64 miss)
{
  SondeUsageEntry *entry = sonde_usage_entry_new (day);

  entry->model_id = g_strdup (model_id);
  entry->conversation_id = conversation_id;
  entry->currency = g_strdup (currency);
  entry->rates = (SondeRates) { .hit = 1, .miss = 2, .output = 3 };
  entry->n_requests = 1;
  entry->usage = (SondeUsage) { miss + 100, 10, miss + 110, 100, miss, 5 };

  return entry;
}

static GPtrArray *
make_entries (void)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_usage_entry_free);

  g_ptr_array_add (entries, make_entry ("2026-10-31", "flash", 1, "USD", 100));
  g_ptr_array_add (entries, make_entry ("2026-11-01", "flash", 1, "USD", 200)); /* a Sunday */
  g_ptr_array_add (entries, make_entry ("2026-11-02", "pro", 2, "USD", 300));
  g_ptr_array_add (entries, make_entry ("2026-11-02", "pro", 2, "CNY", 400));
  g_ptr_array_add (entries, make_entry ("2026-11-03", NULL, 3, NULL, 500));

  return entries;
}

static void
test_report (void)
{
  static const struct {
    SondeUsagePeriod period;
    SondeUsageGrouping grouping;
    const char *rows; /* key and tokens that missed the cache */
  } cases[] = {
    { SONDE_USAGE_DAY, SONDE_USAGE_BY_TIME,
      "2026-10-31=100 2026-11-01=200 2026-11-02=700 2026-11-03=500 " },
    { SONDE_USAGE_WEEK, SONDE_USAGE_BY_TIME, "2026-10-26=300 2026-11-02=1200 " },
    { SONDE_USAGE_MONTH, SONDE_USAGE_BY_TIME, "2026-10-01=100 2026-11-01=1400 " },
    { SONDE_USAGE_DAY, SONDE_USAGE_BY_MODEL, "pro=700 flash=300 =500 " },
    { SONDE_USAGE_DAY, SONDE_USAGE_BY_CONVERSATION, "2=700 1=300 3=500 " },
  };
  g_autoptr (GPtrArray) entries = make_entries ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) rows =
      sonde_usage_report_new (entries, cases[i].period, cases[i].grouping);
    g_autoptr (GString) text = g_string_new (NULL);

    for (guint k = 0; k < rows->len; k++) {
      const SondeUsageRow *row = g_ptr_array_index (rows, k);

      g_string_append_printf (text, "%s=%" G_GINT64_FORMAT " ", row->key,
                              row->usage.cache_miss_tokens);
    }
    g_assert_cmpstr (text->str, ==, cases[i].rows);
  }
}

static void
test_money (void)
{
  g_autoptr (GPtrArray) entries = make_entries ();
  g_autoptr (GPtrArray) rows =
    sonde_usage_report_new (entries, SONDE_USAGE_DAY, SONDE_USAGE_BY_TIME);
  const SondeUsageRow *two = g_ptr_array_index (rows, 2);
  const SondeUsageRow *three = g_ptr_array_index (rows, 3);

  g_assert_cmpint (two->usd, ==, (100 + 600 + 30) * 1000000);
  g_assert_cmpint (two->cny, ==, (100 + 800 + 30) * 1000000);
  g_assert_cmpint (two->n_unpriced, ==, 0);
  g_assert_cmpint (sonde_usage_row_get_cache_share (two), ==, 200 * 100 / 900);
  g_assert_cmpint (three->usd + three->cny, ==, 0);
  g_assert_cmpint (three->n_unpriced, ==, 1);
  g_assert_cmpint (sonde_usage_report_sum (entries, "USD", NULL), ==,
                   (3 * 130 + 2 * 600) * 1000000);
  g_assert_cmpint (sonde_usage_report_sum (entries, "USD", "2026-11-01"), ==,
                   (2 * 130 + 2 * 500) * 1000000);
  g_assert_cmpint (sonde_usage_report_sum (entries, "CNY", "2026-11-01"), ==, 930 * 1000000);
}

typedef struct {
  char *folder;
  SondeStore *store;
} Fixture;

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (sonde_store_open_finish (SONDE_STORE (source), result, NULL, NULL));
  *(gboolean *) user_data = TRUE;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (sonde_store_close_finish (SONDE_STORE (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(GPtrArray **) user_data = sonde_store_list_usage_finish (SONDE_STORE (source), result, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  gboolean done = FALSE;

  fixture->folder = g_dir_make_tmp ("sonde-usage-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "sonde.db", NULL);
  fixture->store = sonde_store_new (path);
  sonde_store_open_async (fixture->store, NULL, opened_cb, &done);
  sonde_test_wait (done);
}

static void
restart (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "sonde.db", NULL);
  gboolean closed = FALSE, opened = FALSE;

  sonde_store_close_async (fixture->store, closed_cb, &closed);
  sonde_test_wait (closed);
  g_assert_finalize_object (fixture->store);
  fixture->store = sonde_store_new (path);
  sonde_store_open_async (fixture->store, NULL, opened_cb, &opened);
  sonde_test_wait (opened);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gboolean done = FALSE;

  sonde_store_close_async (fixture->store, closed_cb, &done);
  sonde_test_wait (done);
  g_assert_finalize_object (fixture->store);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static SondeMessage *
make_answer (gint64 id, gint64 time, const SondeUsage *usage, const char *currency)
{
  SondeMessage *answer = sonde_message_new (id, 0, SONDE_ROLE_ASSISTANT, time);
  g_autoptr (SondeMessageDetails) details = sonde_message_details_new ();

  details->currency = g_strdup (currency);
  details->rates = (SondeRates) { .hit = 0.003, .miss = 0.15, .output = 0.6 };
  sonde_message_set_details (answer, details);
  sonde_message_set_model_id (answer, "deepseek-v4-flash");
  sonde_message_set_usage (answer, usage);
  sonde_message_set_state (answer, SONDE_MESSAGE_COMPLETE);

  return answer;
}

static GPtrArray *
list (Fixture *fixture, gint64 since)
{
  GPtrArray *entries = NULL;

  sonde_store_list_usage_async (fixture->store, since, NULL, listed_cb, &entries);
  sonde_test_wait (entries != NULL);

  return entries;
}

static void
test_store (Fixture *fixture, gconstpointer data)
{
  const SondeUsage known = { 1000, 50, 1050, 600, 400, 20 };
  const SondeUsage unknown = { 1000, 50, 1050, -1, -1, -1 };
  g_autoptr (SondeConversation) conversation = sonde_conversation_new (1, FIRST_TIME);
  g_autoptr (SondeMessage) question = sonde_message_new (2, 0, SONDE_ROLE_USER, FIRST_TIME);
  g_autoptr (SondeMessage) first = make_answer (3, FIRST_TIME, &known, "USD");
  g_autoptr (SondeMessage) second = make_answer (4, FIRST_TIME + 1, &known, "USD");
  g_autoptr (SondeMessage) later = make_answer (5, FIRST_TIME + DAY, &unknown, "USD");
  g_autoptr (SondeMessage) free_answer = make_answer (6, FIRST_TIME + DAY, &known, NULL);
  g_autoptr (SondeMessage) title = make_answer (7, FIRST_TIME + DAY, &known, "USD");
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) some = NULL;
  const SondeUsageEntry *entry;

  sonde_store_save_conversation (fixture->store, conversation);
  sonde_store_save_message (fixture->store, 1, question);
  sonde_store_save_message (fixture->store, 1, first);
  sonde_store_save_message (fixture->store, 1, second);
  sonde_store_save_message (fixture->store, 1, later);
  sonde_store_save_message (fixture->store, 1, free_answer);
  sonde_store_add_charge (fixture->store, 1, "title", title);

  all = list (fixture, 0);
  g_assert_cmpuint (all->len, ==, 4);
  entry = g_ptr_array_index (all, 0);
  g_assert_cmpstr (entry->day, ==, "2025-11-25");
  g_assert_cmpstr (entry->model_id, ==, "deepseek-v4-flash");
  g_assert_cmpint (entry->conversation_id, ==, 1);
  g_assert_cmpint (entry->n_requests, ==, 2);
  g_assert_cmpint (entry->usage.cache_hit_tokens, ==, 1200);
  g_assert_cmpint (entry->usage.completion_tokens, ==, 100);
  g_assert_cmpint (entry->usage.reasoning_tokens, ==, 40);
  entry = g_ptr_array_index (all, 1);
  g_assert_null (entry->currency);
  /* What is not said of the cache was not in it. */
  entry = g_ptr_array_index (all, 2);
  g_assert_cmpstr (entry->day, ==, "2025-11-26");
  g_assert_cmpstr (entry->kind, ==, "answer");
  g_assert_cmpint (entry->usage.cache_hit_tokens, ==, 0);
  g_assert_cmpint (entry->usage.cache_miss_tokens, ==, 1000);
  /* The title's request counts as well. */
  entry = g_ptr_array_index (all, 3);
  g_assert_cmpstr (entry->kind, ==, "title");
  g_assert_cmpint (entry->n_requests, ==, 1);
  g_assert_cmpint (entry->usage.cache_hit_tokens, ==, 600);

  some = list (fixture, FIRST_TIME + DAY);
  g_assert_cmpuint (some->len, ==, 3);
  g_assert_cmpint (sonde_usage_report_sum (some, "USD", NULL), ==,
                   600 * 3000 + 1400 * 150000 + 100 * 600000);
}

/* The sums of all entries, as `kind conversation model currency requests hit/miss/output`. */
static char *
describe (Fixture *fixture)
{
  g_autoptr (GPtrArray) entries = list (fixture, 0);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++) {
    const SondeUsageEntry *entry = g_ptr_array_index (entries, i);

    g_string_append_printf (text,
                            "%s %s %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                            "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "\n",
                            entry->day, entry->kind, entry->conversation_id,
                            entry->currency != NULL ? entry->currency : "-", entry->n_requests,
                            entry->usage.cache_hit_tokens, entry->usage.cache_miss_tokens,
                            entry->usage.completion_tokens);
  }

  return g_string_free_and_steal (text);
}

static gint64
sum (Fixture *fixture)
{
  g_autoptr (GPtrArray) entries = list (fixture, 0);

  return sonde_usage_report_sum (entries, "USD", NULL);
}

/* What was spent is still known when all that was said is gone, and no more than that. */
static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  const SondeUsage known = { 1000, 50, 1050, 600, 400, 20 };
  g_autoptr (SondeConversation) conversation = sonde_conversation_new (1, FIRST_TIME);
  g_autoptr (SondeConversation) other = sonde_conversation_new (2, FIRST_TIME);
  g_autoptr (SondeMessage) first = make_answer (3, FIRST_TIME, &known, "USD");
  g_autoptr (SondeMessage) second = make_answer (4, FIRST_TIME + 1, &known, "USD");
  g_autoptr (SondeMessage) free_answer = make_answer (5, FIRST_TIME, &known, NULL);
  g_autoptr (SondeMessage) title = make_answer (6, FIRST_TIME + DAY, &known, "USD");
  g_autoptr (SondeMessage) third = make_answer (7, FIRST_TIME + DAY, &known, "USD");
  g_autofree char *all = NULL;
  g_autofree char *left = NULL;
  g_autofree char *none = NULL;
  gint64 before;

  sonde_store_save_conversation (fixture->store, conversation);
  sonde_store_save_conversation (fixture->store, other);
  sonde_store_save_message (fixture->store, 1, first);
  sonde_store_save_message (fixture->store, 1, second);
  sonde_store_save_message (fixture->store, 1, free_answer);
  sonde_store_add_charge (fixture->store, 1, "title", title);
  sonde_store_save_message (fixture->store, 2, third);
  all = describe (fixture);
  g_assert_cmpstr (all, ==,
                   "2025-11-25 answer 1 - 1 600/400/50\n"
                   "2025-11-25 answer 1 USD 2 1200/800/100\n"
                   "2025-11-26 title 1 USD 1 600/400/50\n"
                   "2025-11-26 answer 2 USD 1 600/400/50\n");
  before = sum (fixture);

  sonde_store_delete_conversation (fixture->store, 1);
  left = describe (fixture);
  g_assert_cmpstr (left, ==,
                   "2025-11-25 answer 0 - 1 600/400/50\n"
                   "2025-11-25 answer 0 USD 2 1200/800/100\n"
                   "2025-11-26 title 0 USD 1 600/400/50\n"
                   "2025-11-26 answer 2 USD 1 600/400/50\n");
  sonde_store_delete_conversation (fixture->store, 2);
  none = describe (fixture);
  g_assert_cmpstr (none, ==,
                   "2025-11-25 answer 0 - 1 600/400/50\n"
                   "2025-11-25 answer 0 USD 2 1200/800/100\n"
                   "2025-11-26 answer 0 USD 1 600/400/50\n"
                   "2025-11-26 title 0 USD 1 600/400/50\n");
  g_assert_cmpint (sum (fixture), ==, before);
}

/* A message that is deleted is gone at the next start: its conversation has paid for it. */
static void
test_deleted_message (Fixture *fixture, gconstpointer data)
{
  const SondeUsage known = { 1000, 50, 1050, 600, 400, 20 };
  g_autoptr (SondeConversation) conversation = sonde_conversation_new (1, FIRST_TIME);
  g_autoptr (SondeMessage) answer = make_answer (3, FIRST_TIME, &known, "USD");
  g_autoptr (SondeMessage) last = make_answer (4, FIRST_TIME, &known, "USD");
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;

  sonde_message_set_deleted_at (answer, FIRST_TIME + 5);
  sonde_store_save_conversation (fixture->store, conversation);
  sonde_store_save_message (fixture->store, 1, answer);
  sonde_store_save_message (fixture->store, 1, last);
  restart (fixture);
  text = describe (fixture);
  g_assert_cmpstr (text, ==,
                   "2025-11-25 answer 1 USD 1 600/400/50\n"
                   "2025-11-25 answer 1 USD 1 600/400/50\n");
  sonde_store_delete_conversation (fixture->store, 1);
  after = describe (fixture);
  g_assert_cmpstr (after, ==, "2025-11-25 answer 0 USD 2 1200/800/100\n");
}

/* What a copy of an answer used was paid for once, and is not spent when the copy goes. */
static void
test_copied (Fixture *fixture, gconstpointer data)
{
  const SondeUsage known = { 1000, 50, 1050, 600, 400, 20 };
  g_autoptr (SondeConversation) conversation = sonde_conversation_new (1, FIRST_TIME);
  g_autoptr (SondeConversation) duplicate = sonde_conversation_new (2, FIRST_TIME);
  g_autoptr (SondeMessage) answer = make_answer (3, FIRST_TIME, &known, "USD");
  g_autoptr (SondeMessage) copy = sonde_message_copy (answer, 4, 0);
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;

  sonde_store_save_conversation (fixture->store, conversation);
  sonde_store_save_message (fixture->store, 1, answer);
  sonde_store_save_conversation (fixture->store, duplicate);
  sonde_store_save_message (fixture->store, 2, copy);
  text = describe (fixture);
  g_assert_cmpstr (text, ==, "2025-11-25 answer 1 USD 1 600/400/50\n");
  sonde_store_delete_conversation (fixture->store, 2);
  after = describe (fixture);
  g_assert_cmpstr (after, ==, text);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usage-report/report", test_report);
  g_test_add_func ("/usage-report/money", test_money);
  g_test_add ("/usage-report/store", Fixture, NULL, set_up, test_store, tear_down);
  g_test_add ("/usage-report/deleted", Fixture, NULL, set_up, test_deleted, tear_down);
  g_test_add ("/usage-report/deleted-message", Fixture, NULL, set_up, test_deleted_message,
              tear_down);
  g_test_add ("/usage-report/copied", Fixture, NULL, set_up, test_copied, tear_down);

  return g_test_run ();
}
