/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Notes that stand for the older part of a conversation: what is sent then, to the byte, what
 * stays, and how all of it is taken back. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "sonde-chat-context.h"
#include "sonde-context-meter.h"
#include "sonde-cost.h"
#include "sonde-demo-service.h"
#include "sonde-memory-keyring.h"
#include "sonde-test.h"
#include "sonde-usage-entry.h"

#define QUIET "\n#demo doc=prose tokens=20 reasoning=4 rate=0"

typedef struct {
  char *folder;
  char *log_path;
  SondeDemoService *service;
  SondeKeyring *keyring;
  SondeClock *clock;
  SondeSettings *settings;
  SondeChatContext *context;
  SondeLibrary *library;
  SondeConversation *conversation;
  SondeSession *session;
} Fixture;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
start (Fixture *fixture)
{
  SondeChatOptions options = {
    .data_dir = fixture->folder,
    .cache_dir = fixture->folder,
    .base_url = sonde_demo_service_get_base_url (fixture->service),
    .settings = fixture->settings,
    .keyring = fixture->keyring,
    .clock = fixture->clock,
  };
  SondeAccount *account;

  fixture->context = sonde_chat_context_new (&options);
  fixture->library = sonde_chat_context_get_library (fixture->context);
  sonde_chat_context_start (fixture->context);
  account = sonde_chat_context_get_account (fixture->context);
  sonde_test_wait (sonde_account_get_state (account) != SONDE_ACCOUNT_LOADING);
  sonde_test_wait (sonde_library_get_state (fixture->library) == SONDE_LIBRARY_READY);
}

static void
shut_down (Fixture *fixture)
{
  gboolean done = FALSE;

  g_clear_object (&fixture->conversation);
  sonde_chat_context_shutdown_async (fixture->context, done_cb, &done);
  sonde_test_wait (done);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->context);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  gboolean done = FALSE;

  fixture->folder = g_dir_make_tmp ("sonde-summary-XXXXXX", NULL);
  fixture->log_path = g_build_filename (fixture->folder, "log", NULL);
  fixture->service = sonde_demo_service_new ();
  sonde_demo_service_set_log_path (fixture->service, fixture->log_path);
  g_assert_true (sonde_demo_service_start (fixture->service, 0, NULL));
  fixture->keyring = sonde_memory_keyring_new ();
  fixture->settings = sonde_settings_new ();
  sonde_settings_set_titles (fixture->settings, "off");
  fixture->clock = sonde_clock_new_manual (G_GINT64_CONSTANT (1764064800000000));
  start (fixture);
  sonde_account_set_key_async (sonde_chat_context_get_account (fixture->context), "sk-test", TRUE,
                               NULL, done_cb, &done);
  sonde_test_wait (done);
  fixture->conversation = sonde_library_create (fixture->library);
  sonde_conversation_set_model_id (fixture->conversation, "deepseek-v4-pro");
  sonde_conversation_set_system_prompt (fixture->conversation, "Be brief.");
  fixture->session = sonde_library_get_session (fixture->library, fixture->conversation);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  shut_down (fixture);
  g_clear_object (&fixture->clock);
  g_object_set (fixture->settings, "budget", "", NULL);
  g_clear_object (&fixture->settings);
  sonde_demo_service_stop (fixture->service);
  g_clear_object (&fixture->service);
  g_clear_object (&fixture->keyring);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->log_path);
  g_free (fixture->folder);
}

static void
restart (Fixture *fixture)
{
  shut_down (fixture);
  start (fixture);
  sonde_test_wait (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)) == 1);
  fixture->conversation = g_list_model_get_item (G_LIST_MODEL (fixture->library), 0);
  sonde_library_open (fixture->library, fixture->conversation);
  sonde_test_wait (sonde_conversation_get_loaded (fixture->conversation));
  fixture->session = sonde_library_get_session (fixture->library, fixture->conversation);
}

static guint
get_n (Fixture *fixture)
{
  return g_list_model_get_n_items (sonde_conversation_get_messages (fixture->conversation));
}

static SondeMessage *
message_at (Fixture *fixture, guint position)
{
  g_autoptr (SondeMessage) message =
    g_list_model_get_item (sonde_conversation_get_messages (fixture->conversation), position);

  g_assert_nonnull (message);
  return message; /* the conversation keeps it */
}

static void
ask (Fixture *fixture, const char *question)
{
  g_autofree char *text =
    strstr (question, "#demo") != NULL ? g_strdup (question) : g_strconcat (question, QUIET, NULL);

  sonde_clock_advance (fixture->clock, G_TIME_SPAN_SECOND);
  g_assert_true (sonde_session_send (fixture->session, text));
  sonde_test_wait (!sonde_session_get_busy (fixture->session));
  g_assert_cmpint (sonde_message_get_state (message_at (fixture, get_n (fixture) - 1)), ==,
                   SONDE_MESSAGE_COMPLETE);
}

static void
summarise (Fixture *fixture)
{
  sonde_clock_advance (fixture->clock, G_TIME_SPAN_SECOND);
  g_assert_true (sonde_session_summarise (fixture->session));
  g_assert_true (sonde_session_get_summarising (fixture->session));
  sonde_test_wait (!sonde_session_get_summarising (fixture->session));
}

/* The body of the last chat request. */
static char *
read_body (Fixture *fixture)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  char *body = NULL;

  g_assert_true (g_file_get_contents (fixture->log_path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
    JsonObject *line = node != NULL ? json_node_get_object (node) : NULL;

    if (line != NULL && g_str_equal (json_object_get_string_member (line, "event"), "request") &&
        g_str_has_suffix (json_object_get_string_member (line, "path"), "completions")) {
      g_free (body);
      body = g_strdup (json_object_get_string_member (line, "body"));
    }
  }
  g_assert_nonnull (body);

  return body;
}

static SondeSummaryState
state_at (Fixture *fixture, guint position)
{
  const SondeSummary *summary = sonde_message_get_summary (message_at (fixture, position));

  g_assert_nonnull (summary);
  return summary->state;
}

/* Six turns, the first four of which are summarised. */
static void
test_request (Fixture *fixture, gconstpointer data)
{
  static const char *const questions[] = { "one?", "two?", "three?", "four?", "five?", "six?" };
  g_autofree char *request = NULL;
  g_autofree char *before = NULL;
  const char *note;

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++) {
    g_assert_cmpint (sonde_session_can_summarise (fixture->session), ==, i >= 2);
    ask (fixture, questions[i]);
  }
  g_assert_false (sonde_session_has_summary (fixture->session));
  summarise (fixture);

  /* Flash is asked, without thinking, with instructions of its own, for what was said. */
  request = read_body (fixture);
  g_assert_nonnull (strstr (request, "\"model\":\"deepseek-flash\""));
  g_assert_nonnull (strstr (request, "\"thinking\":{\"type\":\"disabled\"}"));
  g_assert_null (strstr (request, "Be brief."));
  g_assert_nonnull (strstr (request, "[User]\\none?"));
  g_assert_nonnull (strstr (request, "[User]\\nfour?"));
  g_assert_null (strstr (request, "five?"));
  g_assert_null (strstr (request, "reasoning_content"));

  /* The note belongs to the answer of the fourth turn; nothing else has changed. */
  g_assert_cmpuint (get_n (fixture), ==, 12);
  g_assert_cmpint (state_at (fixture, 7), ==, SONDE_SUMMARY_USED);
  g_assert_true (sonde_session_has_summary (fixture->session));
  note = sonde_message_get_used_summary (message_at (fixture, 7));
  g_assert_cmpstr (note, ==,
                   "This summary was written beforehand. The user asked: one?; two?; three?; "
                   "four?.");

  /* What is sent is the note and what comes after it, and each turn begins with the last one. */
  for (guint i = 0; i < 4; i++) {
    g_autofree char *question = g_strdup_printf ("after %u?", i);
    g_autofree char *body = NULL;

    if (i == 2)
      restart (fixture);
    ask (fixture, question);
    body = read_body (fixture);
    g_assert_nonnull (
      strstr (body, "{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\","
                    "\"content\":\"[summary of the earlier conversation]\\nThis summary was "
                    "written beforehand. The user asked: one?; two?; three?; four?.\\n[end of "
                    "the summary]\\n\\nfive?\\n"));
    g_assert_null (strstr (body, "\"content\":\"one?"));
    g_assert_nonnull (strstr (body, "\"content\":\"six?"));
    if (before != NULL) {
      /* What follows the messages does not change either. */
      char *end = strstr (before, "],\"");

      if (end == NULL)
        end = strrchr (before, ']');
      *end = '\0';
      g_assert_true (g_str_has_prefix (body, before));
    }
    g_free (before);
    before = g_steal_pointer (&body);
  }
}

/* A path that leaves before the note is sent whole. */
static void
test_branches (Fixture *fixture, gconstpointer data)
{
  g_autofree char *forked = NULL;
  g_autofree char *back = NULL;

  for (guint i = 0; i < 4; i++)
    ask (fixture, i == 0 ? "one?" : "more?");
  summarise (fixture);
  g_assert_cmpint (state_at (fixture, 3), ==, SONDE_SUMMARY_USED);

  g_assert_true (sonde_session_edit (fixture->session, message_at (fixture, 2), "other?" QUIET));
  sonde_test_wait (!sonde_session_get_busy (fixture->session));
  forked = read_body (fixture);
  g_assert_nonnull (strstr (forked, "\"content\":\"one?"));
  g_assert_null (strstr (forked, "[summary"));
  g_assert_false (sonde_session_has_summary (fixture->session));

  g_assert_true (sonde_session_choose_version (fixture->session, message_at (fixture, 2), -1));
  g_assert_true (sonde_session_has_summary (fixture->session));
  ask (fixture, "again?");
  back = read_body (fixture);
  g_assert_null (strstr (back, "\"content\":\"one?"));
  g_assert_nonnull (strstr (back, "[summary of the earlier conversation]"));
}

static void
test_edit_and_undo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *edited = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *again = NULL;

  for (guint i = 0; i < 4; i++)
    ask (fixture, i == 0 ? "one?" : "more?");
  summarise (fixture);

  g_assert_false (sonde_session_edit_summary (fixture->session, message_at (fixture, 3), " \n"));
  g_assert_true (sonde_session_edit_summary (fixture->session, message_at (fixture, 3),
                                             "  My \"own\" words.\n"));
  ask (fixture, "next?");
  edited = read_body (fixture);
  g_assert_nonnull (
    strstr (edited, "[summary of the earlier conversation]\\nMy \\\"own\\\" words.\\n[end of the"));

  g_assert_true (sonde_session_send_whole_history (fixture->session));
  g_assert_false (sonde_session_send_whole_history (fixture->session));
  g_assert_cmpint (state_at (fixture, 3), ==, SONDE_SUMMARY_UNUSED);
  ask (fixture, "next?");
  whole = read_body (fixture);
  g_assert_nonnull (strstr (whole, "\"content\":\"one?"));
  g_assert_null (strstr (whole, "[summary"));

  g_assert_true (sonde_session_undo_whole_history (fixture->session));
  g_assert_false (sonde_session_undo_whole_history (fixture->session));
  ask (fixture, "next?");
  again = read_body (fixture);
  g_assert_nonnull (strstr (again, "My \\\"own\\\" words."));
  restart (fixture);
  g_assert_cmpstr (sonde_message_get_used_summary (message_at (fixture, 3)), ==,
                   "My \"own\" words.");
}

/* The next note is made of the last one and what came after it. */
static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autofree char *request = NULL;

  for (guint i = 0; i < 4; i++)
    ask (fixture, "early?");
  summarise (fixture);
  for (guint i = 0; i < 2; i++)
    ask (fixture, "late?");
  summarise (fixture);
  request = read_body (fixture);
  g_assert_nonnull (strstr (request, "[Summary of what was before]\\nThis summary was written"));
  g_assert_cmpint (state_at (fixture, 3), ==, SONDE_SUMMARY_USED);
  g_assert_cmpint (state_at (fixture, 7), ==, SONDE_SUMMARY_USED);
  g_assert_true (g_str_has_suffix (sonde_message_get_used_summary (message_at (fixture, 7)),
                                   "; and more before that."));
  g_assert_true (sonde_session_send_whole_history (fixture->session));
  g_assert_cmpint (state_at (fixture, 3), ==, SONDE_SUMMARY_UNUSED);
  g_assert_cmpint (state_at (fixture, 7), ==, SONDE_SUMMARY_UNUSED);
}

/* Nothing is lost where it fails or is stopped. */
static void
test_failing (Fixture *fixture, gconstpointer data)
{
  const SondeSummary *summary;

  ask (fixture, "one?" QUIET);
  for (guint i = 0; i < 2; i++)
    ask (fixture, "more?");
  /* What steers the service is in what is quoted: its first such request fails. */
  sonde_message_set_text (message_at (fixture, 0), SONDE_TEXT_CONTENT,
                          "one?\n#demo status=503 fail=1 rate=0");
  summarise (fixture);
  summary = sonde_message_get_summary (message_at (fixture, 1));
  g_assert_cmpint (summary->state, ==, SONDE_SUMMARY_FAILED);
  g_assert_cmpint (summary->failure->kind, ==, SONDE_FAILURE_OVERLOADED);
  g_assert_cmpuint (summary->failure->http_status, ==, 503);
  g_assert_false (sonde_session_has_summary (fixture->session));
  g_assert_true (sonde_session_retry_summary (fixture->session, message_at (fixture, 1)));
  g_assert_cmpint (state_at (fixture, 1), ==, SONDE_SUMMARY_RUNNING);
  g_assert_false (sonde_session_retry_summary (fixture->session, message_at (fixture, 1)));
  sonde_test_wait (!sonde_session_get_summarising (fixture->session));
  g_assert_cmpint (state_at (fixture, 1), ==, SONDE_SUMMARY_USED);
}

static void
test_stopping (Fixture *fixture, gconstpointer data)
{
  g_autofree char *body = NULL;

  for (guint i = 0; i < 3; i++)
    ask (fixture, "more?");
  sonde_message_set_text (message_at (fixture, 0), SONDE_TEXT_CONTENT,
                          "one?\n#demo stall=3 rate=0");
  g_assert_true (sonde_session_summarise (fixture->session));
  g_assert_false (sonde_session_can_summarise (fixture->session));
  g_assert_cmpint (state_at (fixture, 1), ==, SONDE_SUMMARY_RUNNING);
  sonde_session_stop_summary (fixture->session);
  g_assert_false (sonde_session_get_summarising (fixture->session));
  g_assert_null (sonde_message_get_summary (message_at (fixture, 1)));
  ask (fixture, "go on?");
  body = read_body (fixture);
  g_assert_null (strstr (body, "[summary"));

  /* One that was taken back is there as it was. */
  sonde_message_set_text (message_at (fixture, 0), SONDE_TEXT_CONTENT, "one?");
  sonde_message_set_text (message_at (fixture, 2), SONDE_TEXT_CONTENT, "two?");
  summarise (fixture);
  g_assert_true (sonde_session_send_whole_history (fixture->session));
  sonde_message_set_text (message_at (fixture, 0), SONDE_TEXT_CONTENT,
                          "one?\n#demo stall=3 rate=0");
  g_assert_true (sonde_session_summarise (fixture->session));
  g_assert_cmpint (state_at (fixture, 3), ==, SONDE_SUMMARY_RUNNING);
  sonde_session_stop_summary (fixture->session);
  g_assert_cmpint (state_at (fixture, 3), ==, SONDE_SUMMARY_UNUSED);

  /* The end of the program does not wait for it. */
  g_assert_true (sonde_session_summarise (fixture->session));
}

/* Without a key it says so. */
static void
test_no_key (Fixture *fixture, gconstpointer data)
{
  gboolean done = FALSE;

  for (guint i = 0; i < 3; i++)
    ask (fixture, "more?");
  sonde_account_clear_key_async (sonde_chat_context_get_account (fixture->context), NULL, done_cb,
                                 &done);
  sonde_test_wait (done);
  summarise (fixture);
  g_assert_cmpint (state_at (fixture, 1), ==, SONDE_SUMMARY_FAILED);
  g_assert_cmpint (sonde_message_get_summary (message_at (fixture, 1))->failure->kind, ==,
                   SONDE_FAILURE_NO_KEY);
  sonde_session_dismiss_summary (fixture->session, message_at (fixture, 1));
  g_assert_null (sonde_message_get_summary (message_at (fixture, 1)));
}

/* The ring follows: the note and what comes after it are what would be sent. */
static void
test_context (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeContextMeter) meter = sonde_context_meter_new ();
  SondeContextParts before, after, counted, whole;
  const SondeUsage *usage;

  sonde_context_meter_set_conversation (meter, fixture->conversation);
  ask (fixture, "one?\n#demo doc=prose tokens=900 reasoning=4 rate=0");
  for (guint i = 0; i < 3; i++)
    ask (fixture, "more?");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sonde_context_meter_get_parts (meter, &before);
  g_assert_cmpint (before.summary, ==, 0);
  g_assert_cmpint (before.total, >, 900);
  g_assert_cmpint (sonde_session_estimate_summary (fixture->session, NULL), >, 500);

  summarise (fixture);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sonde_context_meter_get_parts (meter, &after);
  g_assert_cmpint (after.summary, >, 10);
  g_assert_cmpint (after.total, <, 400);

  /* What is counted with the note is exact. */
  ask (fixture, "more?");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sonde_context_meter_get_parts (meter, &counted);
  usage = sonde_message_get_usage (message_at (fixture, get_n (fixture) - 1));
  g_assert_cmpint (counted.total, ==, usage->prompt_tokens + sonde_usage_get_answer_tokens (usage));
  g_assert_cmpint (counted.total, <, 500);

  /* And does not hold any more when all is sent again. */
  sonde_clock_advance (fixture->clock, G_TIME_SPAN_SECOND);
  sonde_session_send_whole_history (fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sonde_context_meter_get_parts (meter, &whole);
  g_assert_cmpint (whole.summary, ==, 0);
  g_assert_cmpint (whole.total, >, 900);
  sonde_context_meter_set_conversation (meter, NULL);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GPtrArray **) user_data =
    sonde_library_list_usage_finish (SONDE_LIBRARY (source), result, NULL);
}

static gint64
sum_bills (Fixture *fixture)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gint64 sum = 0;

  g_assert_true (g_file_get_contents (fixture->log_path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
    JsonObject *line = node != NULL ? json_node_get_object (node) : NULL;

    if (line != NULL && g_str_equal (json_object_get_string_member (line, "event"), "bill"))
      sum += json_object_get_int_member (line, "hit") + json_object_get_int_member (line, "miss") +
             json_object_get_int_member (line, "output");
  }

  return sum;
}

static gint64
sum_usage (Fixture *fixture)
{
  GPtrArray *entries = NULL;
  gint64 sum = 0;

  sonde_library_list_usage_async (fixture->library, 0, NULL, listed_cb, &entries);
  sonde_test_wait (entries != NULL);
  for (guint i = 0; i < entries->len; i++)
    sum += ((const SondeUsageEntry *) g_ptr_array_index (entries, i))->usage.total_tokens;
  g_ptr_array_unref (entries);

  return sum;
}

/* Answers, the title and the note together are what the service has counted, at once in the
 * budget, and for ever in the list. */
static void
test_charges (Fixture *fixture, gconstpointer data)
{
  SondeBudget *budget;
  gint64 spent, before;
  gint64 total;

  g_object_set (fixture->settings, "budget", "5", NULL);
  budget = sonde_chat_context_get_budget (fixture->context);
  sonde_test_wait (sonde_budget_get_state (budget) == SONDE_BUDGET_KEPT);
  sonde_settings_set_titles (fixture->settings, "automatic");
  ask (fixture, "one?");
  sonde_test_wait (sum_usage (fixture) == sum_bills (fixture));
  for (guint i = 0; i < 3; i++)
    ask (fixture, "more?");
  before = sonde_budget_get_spent (budget);
  summarise (fixture);
  sonde_test_wait (sum_usage (fixture) == sum_bills (fixture));
  total = sum_usage (fixture);
  spent = sonde_budget_get_spent (budget);
  g_assert_cmpint (spent, >, before);

  sonde_library_delete_for_ever (fixture->library, fixture->conversation);
  g_assert_cmpint (sum_usage (fixture), ==, total);
  /* Asked for again, the month has cost the same. */
  g_object_set (fixture->settings, "budget", "6", NULL);
  sonde_test_wait (sonde_budget_get_state (budget) == SONDE_BUDGET_KEPT);
  g_assert_cmpint (sonde_budget_get_spent (budget), ==, spent);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test)                                                                            \
  g_test_add ("/session-summary/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("request", test_request);
  ADD ("branches", test_branches);
  ADD ("edit-and-undo", test_edit_and_undo);
  ADD ("twice", test_twice);
  ADD ("failing", test_failing);
  ADD ("stopping", test_stopping);
  ADD ("no-key", test_no_key);
  ADD ("context", test_context);
  ADD ("charges", test_charges);
#undef ADD

  return g_test_run ();
}
