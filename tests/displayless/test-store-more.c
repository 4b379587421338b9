/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is stored beside the texts, lists and conversations in parts, and imports. */

#include <string.h>

#include "sonde-statement.h"
#include "sonde-tool-call.h"
#include "sonde-upkeep.h"
#include "store-fixture.h"

static gint64
count_rows (const char *path, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeDatabase) database = sonde_database_open (path, SQLITE_OPEN_READONLY, &error);
  gint64 value = -1;

  g_assert_no_error (error);
  sonde_database_get_integer (database, sql, &value, &error);
  g_assert_no_error (error);

  return value;
}

#define ARGUMENTS "{\"a\" :\t1.50, \"ü\\u00fc\": \"\\\\ \\\"x\\\"\\n\"} trailing"

/* Raw texts come back to the byte. */
static void
test_details (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  gint64 conversation_id = sonde_conversation_get_id (conversation);
  g_autoptr (SondeMessage) answer = new_message (fixture->store, 0, SONDE_ROLE_ASSISTANT, "");
  g_autoptr (SondeMessage) legacy = new_message (fixture->store, 0, SONDE_ROLE_ASSISTANT, "");
  g_autoptr (SondeMessage) result = new_message (fixture->store, 0, SONDE_ROLE_TOOL, "");
  g_autoptr (SondeMessage) plain = new_message (fixture->store, 0, SONDE_ROLE_USER, "plain");
  g_autoptr (SondeMessageDetails) details = sonde_message_details_new ();
  g_autoptr (SondeMessageDetails) legacy_details = sonde_message_details_new ();
  g_autoptr (SondeMessageDetails) result_details = sonde_message_details_new ();
  g_autoptr (GPtrArray) messages = NULL;
  const SondeMessageDetails *read;
  const SondeToolCall *call;

  details->tool_calls = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_tool_call_free);
  g_ptr_array_add (details->tool_calls, sonde_tool_call_new ("call_1", "f", ARGUMENTS, FALSE));
  g_ptr_array_add (details->tool_calls, sonde_tool_call_new (NULL, "g", "", FALSE));
  details->extra = g_strdup ("{\"x\":1.0,\"y\":[ ]}");
  details->logprobs = g_strdup ("{\"content\":[{\"logprob\":-0.10000000000000001}]}");
  details->title = g_strdup ("Titel");
  details->system_fingerprint = g_strdup ("fp");
  details->trace_id = g_strdup ("trace");
  details->parameters = g_strdup ("{\"top_p\":0.5}");
  details->currency = g_strdup ("USD");
  details->rates = (SondeRates) { .hit = 0.028, .miss = 0.28, .output = 0.42 };
  details->first_token_delay = 321;
  details->duration = 4321;
  sonde_message_set_details (answer, details);
  legacy_details->tool_calls =
    g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_tool_call_free);
  g_ptr_array_add (legacy_details->tool_calls, sonde_tool_call_new (NULL, "h", "{}", TRUE));
  sonde_message_set_details (legacy, legacy_details);
  result_details->tool_call_id = g_strdup ("call_1");
  result_details->name = g_strdup ("f");
  sonde_message_set_details (result, result_details);
  sonde_store_save_message (fixture->store, conversation_id, answer);
  sonde_store_save_message (fixture->store, conversation_id, legacy);
  sonde_store_save_message (fixture->store, conversation_id, result);
  sonde_store_save_message (fixture->store, conversation_id, plain);

  messages = load (fixture->store, conversation_id);
  read = sonde_message_get_details (g_ptr_array_index (messages, 0));
  g_assert_nonnull (read);
  g_assert_cmpuint (read->tool_calls->len, ==, 2);
  call = g_ptr_array_index (read->tool_calls, 0);
  g_assert_cmpstr (call->id, ==, "call_1");
  g_assert_cmpstr (call->name, ==, "f");
  g_assert_cmpstr (call->arguments, ==, ARGUMENTS);
  g_assert_false (call->legacy);
  call = g_ptr_array_index (read->tool_calls, 1);
  g_assert_null (call->id);
  g_assert_cmpstr (call->arguments, ==, "");
  g_assert_cmpstr (read->extra, ==, details->extra);
  g_assert_cmpstr (read->logprobs, ==, details->logprobs);
  g_assert_cmpstr (read->title, ==, "Titel");
  g_assert_cmpstr (read->system_fingerprint, ==, "fp");
  g_assert_cmpstr (read->trace_id, ==, "trace");
  g_assert_cmpstr (read->parameters, ==, details->parameters);
  g_assert_cmpstr (read->currency, ==, "USD");
  g_assert_cmpfloat_with_epsilon (read->rates.hit, 0.028, 1e-12);
  g_assert_cmpfloat_with_epsilon (read->rates.miss, 0.28, 1e-12);
  g_assert_cmpfloat_with_epsilon (read->rates.output, 0.42, 1e-12);
  g_assert_cmpint (read->first_token_delay, ==, 321);
  g_assert_cmpint (read->duration, ==, 4321);
  read = sonde_message_get_details (g_ptr_array_index (messages, 1));
  call = g_ptr_array_index (read->tool_calls, 0);
  g_assert_true (call->legacy);
  g_assert_cmpstr (call->name, ==, "h");
  g_assert_null (read->currency);
  g_assert_cmpint (read->duration, ==, -1);
  read = sonde_message_get_details (g_ptr_array_index (messages, 2));
  g_assert_cmpstr (read->tool_call_id, ==, "call_1");
  g_assert_cmpstr (read->name, ==, "f");
  g_assert_null (sonde_message_get_details (g_ptr_array_index (messages, 3)));
}

static GPtrArray *
list_some (SondeStore *store, SondeConversation *behind, guint limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *conversations;

  sonde_store_list_some_async (store, behind, limit, NULL, result_cb, &result);
  conversations = sonde_store_list_some_finish (store, wait_for (&result), &error);
  g_assert_no_error (error);

  return conversations;
}

static const char *
title_at (GPtrArray *conversations, guint index)
{
  return sonde_conversation_get_title (g_ptr_array_index (conversations, index));
}

/* The parts are the whole, also where several were said at the same time. */
static void
test_list_some (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) behind = NULL;
  g_autoptr (GString) titles = g_string_new (NULL);

  for (gint64 i = 0; i < 5; i++) {
    g_autofree char *title = g_strdup_printf ("%d", (int) i);
    g_autoptr (SondeConversation) conversation =
      save_conversation (fixture->store, title, 10 + i / 3);

    sonde_conversation_set_draft (conversation, "d");
    sonde_store_save_conversation (fixture->store, conversation);
  }

  for (;;) {
    g_autoptr (GPtrArray) some = list_some (fixture->store, behind, 2);

    for (guint i = 0; i < some->len; i++)
      g_string_append (titles, title_at (some, i));
    if (some->len < 2)
      break;
    g_set_object (&behind, g_ptr_array_index (some, some->len - 1));
  }
  g_assert_cmpstr (titles->str, ==, "43210");
}

static GPtrArray *
load_tail (SondeStore *store, SondeConversation *conversation, guint n)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *messages;

  sonde_store_load_tail_async (store, conversation, n, NULL, result_cb, &result);
  messages = sonde_store_load_tail_finish (store, wait_for (&result), &error);
  g_assert_no_error (error);

  return messages;
}

/* The end of the chosen path, not the newest messages. */
static void
test_tail (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  gint64 conversation_id = sonde_conversation_get_id (conversation);
  gint64 parent_id = 0;
  g_autoptr (GPtrArray) tail = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (SondeMessage) other = NULL;

  for (guint i = 0; i < 6; i++) {
    g_autofree char *text = g_strdup_printf ("%u", i);
    g_autoptr (SondeMessage) message =
      new_message (fixture->store, parent_id, SONDE_ROLE_USER, text);

    sonde_store_save_message (fixture->store, conversation_id, message);
    parent_id = sonde_message_get_id (message);
    if (i == 3)
      sonde_conversation_set_leaf_id (conversation, parent_id);
  }
  other = new_message (fixture->store, 0, SONDE_ROLE_USER, "other");
  sonde_store_save_message (fixture->store, conversation_id, other);

  tail = load_tail (fixture->store, conversation, 3);
  g_assert_cmpuint (tail->len, ==, 3);
  g_assert_cmpstr (content (g_ptr_array_index (tail, 0)), ==, "1");
  g_assert_cmpstr (content (g_ptr_array_index (tail, 2)), ==, "3");
  sonde_conversation_set_leaf_id (conversation, 99999);
  none = load_tail (fixture->store, conversation, 3);
  g_assert_cmpuint (none->len, ==, 0);
}

/* What was deleted in an earlier run goes, and a run of them is passed over. */
static void
test_purge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  gint64 conversation_id = sonde_conversation_get_id (conversation);
  g_autoptr (GPtrArray) saved = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  gint64 parent_id = 0;

  for (guint i = 0; i < 5; i++) {
    g_autofree char *text = g_strdup_printf ("%u", i);
    SondeMessage *message = new_message (fixture->store, parent_id, SONDE_ROLE_USER, text);

    if (i == 1 || i == 2 || i == 4)
      sonde_message_set_deleted_at (message, 7);
    sonde_store_save_message (fixture->store, conversation_id, message);
    parent_id = sonde_message_get_id (message);
    g_ptr_array_add (saved, message);
  }
  before = load (fixture->store, conversation_id);
  g_assert_cmpuint (before->len, ==, 5);
  g_assert_cmpint (sonde_message_get_deleted_at (g_ptr_array_index (before, 1)), ==, 7);

  reopen (fixture);
  after = load (fixture->store, conversation_id);
  g_assert_cmpuint (after->len, ==, 2);
  g_assert_cmpstr (content (g_ptr_array_index (after, 1)), ==, "3");
  g_assert_cmpint (sonde_message_get_parent_id (g_ptr_array_index (after, 1)), ==,
                   sonde_message_get_id (g_ptr_array_index (saved, 0)));
}

/* What is deleted makes the file smaller, a little at a time. */
static void
test_vacuum (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  g_autofree char *text = g_strnfill (2 * 1024 * 1024, 'x');
  g_autoptr (SondeMessage) message = new_message (fixture->store, 0, SONDE_ROLE_USER, text);
  g_autoptr (SondeDatabase) database = NULL;
  SondeUpkeep *upkeep;
  gint64 before, between, after, n_free;
  guint n_steps = 0;

  sonde_store_save_message (fixture->store, sonde_conversation_get_id (conversation), message);
  close_ok (fixture);
  database = sonde_database_open (fixture->path, SQLITE_OPEN_READWRITE, NULL);
  g_assert_true (sonde_database_get_integer (database, "PRAGMA page_count", &before, NULL));
  g_assert_true (sonde_database_execute (database, "DELETE FROM messages", NULL));

  upkeep = sonde_upkeep_new (database);
  g_assert_true (sonde_database_get_integer (database, "PRAGMA page_count", &between, NULL));
  g_assert_cmpint (between, ==, before);
  while (sonde_upkeep_get_deadline (upkeep) != G_MAXINT64) {
    sonde_upkeep_step (upkeep, database);
    n_steps++;
  }
  sonde_upkeep_free (upkeep);

  g_assert_true (sonde_database_get_integer (database, "PRAGMA page_count", &after, NULL));
  g_assert_true (sonde_database_get_integer (database, "PRAGMA freelist_count", &n_free, NULL));
  g_assert_cmpint (n_free, ==, 0);
  g_assert_cmpint (after, <, before / 2);
  g_assert_cmpuint (n_steps, >, 4);
  g_clear_pointer (&database, sonde_database_close);
  open_ok (fixture);
}

static gboolean
folder_has (const char *folder, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *contents = NULL;
    gsize length;

    if (g_file_get_contents (path, &contents, &length, NULL) &&
        memmem (contents, length, text, strlen (text)) != NULL)
      return TRUE;
  }

  return FALSE;
}

/* What is deleted for ever is in no file any more, and that while the store is open. */
static void
test_for_ever (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "secretword", 1);
  gint64 conversation_id = sonde_conversation_get_id (conversation);
  g_autoptr (SondeMessage) message =
    new_message (fixture->store, 0, SONDE_ROLE_USER, "secretword again");
  g_autoptr (SondeMessage) answer = new_message (fixture->store, 0, SONDE_ROLE_ASSISTANT, "");
  g_autoptr (SondeMessage) paid =
    new_message (fixture->store, 0, SONDE_ROLE_ASSISTANT, "secretword that was paid for");
  g_autoptr (SondeSummary) summary =
    sonde_summary_new (SONDE_SUMMARY_USED, "It was about the secretword.", 1);
  const SondeUsage usage = { 1, 1, 2, 0, 1, 0 };
  g_autoptr (GError) error = NULL;

  sonde_message_set_summary (message, summary);
  sonde_store_save_message (fixture->store, conversation_id, message);
  sonde_message_set_state (answer, SONDE_MESSAGE_STREAMING);
  sonde_store_save_message (fixture->store, conversation_id, answer);
  append (fixture->store, answer, SONDE_TEXT_CONTENT, "secretword in the journal");
  sonde_message_set_usage (paid, &usage);
  sonde_store_save_message (fixture->store, conversation_id, paid);
  flush_store (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_true (folder_has (fixture->folder, "secretword"));

  sonde_store_delete_conversation (fixture->store, conversation_id);
  /* Whoever reads at that moment holds it up for a moment. */
  for (guint i = 0; i == 0 || folder_has (fixture->folder, "secretword"); i++) {
    g_assert_cmpuint (i, <, 1000);
    flush_store (fixture->store, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpint (count_rows (fixture->path, "SELECT sum (requests) FROM spending"), ==, 1);
}

/* What a note says, whether it is used and since when comes back; one that is not written yet
 * is not stored. */
static void
test_summaries (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  gint64 id = sonde_conversation_get_id (conversation);
  g_autoptr (SondeMessage) first = new_message (fixture->store, 0, SONDE_ROLE_ASSISTANT, "a");
  g_autoptr (SondeMessage) second =
    new_message (fixture->store, sonde_message_get_id (first), SONDE_ROLE_ASSISTANT, "b");
  g_autoptr (SondeSummary) used = sonde_summary_new (SONDE_SUMMARY_USED, "It was «a».", 5);
  g_autoptr (SondeSummary) unused = sonde_summary_new (SONDE_SUMMARY_UNUSED, "Not needed.", 6);
  g_autoptr (SondeSummary) running = sonde_summary_new (SONDE_SUMMARY_RUNNING, NULL, 7);
  const SondeSummary *read;

  sonde_message_set_summary (first, used);
  sonde_store_save_message (fixture->store, id, first);
  sonde_message_set_summary (second, running);
  sonde_store_save_message (fixture->store, id, second);
  {
    g_autoptr (GPtrArray) messages = load (fixture->store, id);

    read = sonde_message_get_summary (g_ptr_array_index (messages, 0));
    g_assert_cmpint (read->state, ==, SONDE_SUMMARY_USED);
    g_assert_cmpstr (read->text, ==, "It was «a».");
    g_assert_cmpint (read->changed_at, ==, 5);
    g_assert_null (sonde_message_get_summary (g_ptr_array_index (messages, 1)));
  }

  sonde_message_set_summary (first, unused);
  sonde_store_save_message (fixture->store, id, first);
  reopen (fixture);
  {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GPtrArray) tail = NULL;

    sonde_conversation_set_leaf_id (conversation, sonde_message_get_id (second));
    sonde_store_load_tail_async (fixture->store, conversation, 2, NULL, result_cb, &result);
    tail = sonde_store_load_tail_finish (fixture->store, wait_for (&result), NULL);
    read = sonde_message_get_summary (g_ptr_array_index (tail, 0));
    g_assert_cmpint (read->state, ==, SONDE_SUMMARY_UNUSED);
    g_assert_cmpstr (read->text, ==, "Not needed.");
    g_assert_null (sonde_message_get_used_summary (g_ptr_array_index (tail, 0)));
  }
}

static void
test_charges (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  g_autoptr (SondeMessage) answer = new_message (fixture->store, 0, SONDE_ROLE_ASSISTANT, "t");
  g_autoptr (SondeUsage) usage = sonde_usage_new ();
  g_autoptr (GError) error = NULL;

  usage->prompt_tokens = 50;
  usage->completion_tokens = 6;
  sonde_message_set_usage (answer, usage);
  sonde_store_add_charge (fixture->store, sonde_conversation_get_id (conversation), "title",
                          answer);
  sonde_store_add_charge (fixture->store, 12345, "title", answer);
  flush_store (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_rows (fixture->path, "SELECT sum (usage_prompt_tokens) FROM charges"), ==,
                   50);
  sonde_store_delete_conversation (fixture->store, sonde_conversation_get_id (conversation));
  flush_store (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_rows (fixture->path, "SELECT count (*) FROM charges"), ==, 0);
  /* Also the one whose conversation was gone already. */
  g_assert_cmpint (count_rows (fixture->path, "SELECT sum (prompt) FROM spending"), ==, 100);
}

static void
add_to_import (SondeStore *store, gint64 import_id, const char *title, guint n)
{
  g_autoptr (SondeConversation) conversation =
    sonde_conversation_new (sonde_store_allocate_id (store), 1000);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 parent_id = 0;

  sonde_conversation_set_title (conversation, title);
  for (guint i = 0; i < n; i++) {
    SondeMessage *message = new_message (store, parent_id, SONDE_ROLE_USER, "text");

    parent_id = sonde_message_get_id (message);
    g_ptr_array_add (messages, message);
  }
  sonde_store_add_to_import_async (store, import_id, conversation, messages, result_cb, &result);
  g_assert_true (sonde_store_add_to_import_finish (store, wait_for (&result), &error));
  g_assert_no_error (error);
}

static void
assert_listed (SondeStore *store, guint n)
{
  g_autoptr (GPtrArray) conversations = list (store);

  g_assert_cmpuint (conversations->len, ==, n);
}

/* Hidden until it is committed, then there at once. */
static void
test_import_commit (Fixture *fixture, gconstpointer data)
{
  gint64 import_id = sonde_store_begin_import (fixture->store);
  g_autoptr (GAsyncResult) committed = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;

  add_to_import (fixture->store, import_id, "first", 500);
  add_to_import (fixture->store, import_id, "second", 1);
  assert_listed (fixture->store, 0);
  sonde_store_commit_import_async (fixture->store, import_id, result_cb, &committed);
  g_assert_true (sonde_store_commit_import_finish (fixture->store, wait_for (&committed), &error));
  g_assert_no_error (error);
  assert_listed (fixture->store, 2);

  sonde_store_list_import_async (fixture->store, import_id, result_cb, &listed);
  conversations = sonde_store_list_import_finish (fixture->store, wait_for (&listed), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (conversations->len, ==, 2);
  g_clear_object (&committed);
  g_clear_object (&listed);
  reopen (fixture);
  assert_listed (fixture->store, 2);
  messages =
    load (fixture->store, sonde_conversation_get_id (g_ptr_array_index (conversations, 1)));
  g_assert_cmpuint (messages->len, ==, 500);
  g_assert_cmpint (sonde_store_allocate_id (fixture->store), >, import_id);
}

static void
test_import_roll_back (Fixture *fixture, gconstpointer data)
{
  gint64 import_id = sonde_store_begin_import (fixture->store);
  g_autoptr (SondeConversation) kept = save_conversation (fixture->store, "kept", 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  add_to_import (fixture->store, import_id, "first", 230);
  add_to_import (fixture->store, import_id, "second", 50);
  sonde_store_roll_back_import_async (fixture->store, import_id, result_cb, &result);
  g_assert_true (sonde_store_roll_back_import_finish (fixture->store, wait_for (&result), &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_rows (fixture->path, "SELECT count (*) FROM messages"), ==, 0);
  g_assert_cmpint (count_rows (fixture->path, "SELECT count (*) FROM conversations"), ==, 1);
  g_assert_cmpint (count_rows (fixture->path, "SELECT count (*) FROM imports"), ==, 0);
}

/* What the end of the program cut off is never seen, and goes at the next start. */
static void
test_import_left (Fixture *fixture, gconstpointer data)
{
  gint64 import_id = sonde_store_begin_import (fixture->store);
  g_autoptr (GError) error = NULL;

  add_to_import (fixture->store, import_id, "first", 230);
  reopen (fixture);
  assert_listed (fixture->store, 0);
  while (count_rows (fixture->path, "SELECT count (*) FROM imports") > 0) {
    flush_store (fixture->store, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpint (count_rows (fixture->path, "SELECT count (*) FROM messages"), ==, 0);
  g_assert_cmpint (count_rows (fixture->path, "SELECT count (*) FROM conversations"), ==, 0);
}

/* A streaming answer is journalled while an import goes on. */
static void
test_import_journal (Fixture *fixture, gconstpointer data)
{
  gint64 import_id = sonde_store_begin_import (fixture->store);
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  g_autoptr (SondeConversation) imported =
    sonde_conversation_new (sonde_store_allocate_id (fixture->store), 1000);
  g_autoptr (SondeMessage) answer = new_message (fixture->store, 0, SONDE_ROLE_ASSISTANT, "");
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sonde_message_set_state (answer, SONDE_MESSAGE_STREAMING);
  sonde_store_save_message (fixture->store, sonde_conversation_get_id (conversation), answer);
  for (guint i = 0; i < 20000; i++)
    g_ptr_array_add (messages, new_message (fixture->store, 0, SONDE_ROLE_USER, "some words"));
  sonde_store_add_to_import_async (fixture->store, import_id, imported, messages, result_cb,
                                   &result);
  append (fixture->store, answer, SONDE_TEXT_CONTENT, "now");
  flush_store (fixture->store, &error);
  g_assert_no_error (error);
  /* The one did not wait for the other, which is long. */
  g_assert_null (result);
  g_assert_cmpint (count_rows (fixture->path, "SELECT count (*) FROM journal"), ==, 1);
  wait_for (&result);
  g_assert_true (sonde_store_add_to_import_finish (fixture->store, result, &error));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/store-more/" name, Fixture, NULL, set_up_open, function, tear_down)
  ADD ("details", test_details);
  ADD ("list-some", test_list_some);
  ADD ("tail", test_tail);
  ADD ("purge", test_purge);
  ADD ("vacuum", test_vacuum);
  ADD ("for-ever", test_for_ever);
  ADD ("charges", test_charges);
  ADD ("summaries", test_summaries);
  ADD ("import-commit", test_import_commit);
  ADD ("import-roll-back", test_import_roll_back);
  ADD ("import-left", test_import_left);
  ADD ("import-journal", test_import_journal);
#undef ADD

  return g_test_run ();
}
