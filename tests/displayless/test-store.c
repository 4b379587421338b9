/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-database.h"
#include "store-fixture.h"

/* --- what is stored ----------------------------------------------------------- */

static void
test_conversation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) saved =
    sonde_conversation_new (sonde_store_allocate_id (fixture->store), 1234567890123456);
  g_autoptr (GPtrArray) conversations = NULL;
  SondeConversation *loaded;

  sonde_conversation_set_title (saved, "Steuern, 税, ضرائب");
  sonde_conversation_set_updated_at (saved, 1234567890999999);
  sonde_conversation_set_model_id (saved, "deepseek-v4-pro");
  sonde_conversation_set_thinking (saved, SONDE_THINKING_MAX);
  sonde_conversation_set_pinned (saved, TRUE);
  sonde_conversation_set_unread (saved, TRUE);
  sonde_conversation_set_leaf_id (saved, 17);
  sonde_conversation_set_draft (saved, "what was I\nsaying");
  sonde_store_save_conversation (fixture->store, saved);
  /* What comes after the call does not reach the disk. */
  sonde_conversation_set_title (saved, "later");
  reopen (fixture);

  conversations = list (fixture->store);
  g_assert_cmpuint (conversations->len, ==, 1);
  loaded = g_ptr_array_index (conversations, 0);
  g_assert_cmpint (sonde_conversation_get_id (loaded), ==, sonde_conversation_get_id (saved));
  g_assert_cmpint (sonde_conversation_get_created_at (loaded), ==, 1234567890123456);
  g_assert_cmpint (sonde_conversation_get_updated_at (loaded), ==, 1234567890999999);
  g_assert_cmpstr (sonde_conversation_get_title (loaded), ==, "Steuern, 税, ضرائب");
  g_assert_cmpstr (sonde_conversation_get_model_id (loaded), ==, "deepseek-v4-pro");
  g_assert_cmpint (sonde_conversation_get_thinking (loaded), ==, SONDE_THINKING_MAX);
  g_assert_true (sonde_conversation_get_pinned (loaded));
  g_assert_true (sonde_conversation_get_unread (loaded));
  g_assert_false (sonde_conversation_get_streaming (loaded));
  g_assert_false (sonde_conversation_get_loaded (loaded));
  g_assert_cmpint (sonde_conversation_get_leaf_id (loaded), ==, 17);
  g_assert_cmpstr (sonde_conversation_get_draft (loaded), ==, "what was I\nsaying");
}

static void
assert_usage (const SondeUsage *usage, const SondeUsage *expected)
{
  if (expected == NULL) {
    g_assert_null (usage);
    return;
  }

  g_assert_nonnull (usage);
  g_assert_cmpmem (usage, sizeof *usage, expected, sizeof *expected);
}

static void
assert_failure (const SondeFailure *failure, const SondeFailure *expected)
{
  if (expected == NULL) {
    g_assert_null (failure);
    return;
  }

  g_assert_nonnull (failure);
  g_assert_cmpint (failure->kind, ==, expected->kind);
  g_assert_cmpuint (failure->http_status, ==, expected->http_status);
  g_assert_cmpstr (failure->detail, ==, expected->detail);
  g_assert_cmpstr (failure->trace_id, ==, expected->trace_id);
}

static void
test_message (Fixture *fixture, gconstpointer data)
{
  const struct {
    SondeRole role;
    const char *content;
    const char *reasoning;
    SondeMessageState state;
    SondeFailure *failure;
    const char *finish_reason;
    SondeUsage *usage;
    const char *model_id;
    SondeThinking thinking;
    gint64 thinking_started_at;
    gint64 thinking_duration;
  } rows[] = {
    { SONDE_ROLE_SYSTEM, "Be brief.", .thinking_duration = -1 },
    { SONDE_ROLE_USER, "", .thinking_duration = -1 },
    { SONDE_ROLE_ASSISTANT, "no reasoning", NULL, .thinking_duration = -1 },
    { SONDE_ROLE_ASSISTANT, "empty reasoning", "", .thinking_duration = 0 },
    { SONDE_ROLE_ASSISTANT, "Die Antwort: 42 — 答案", "hm\n", SONDE_MESSAGE_COMPLETE, NULL, "stop",
      &(SondeUsage) { 11, 22, 33, 4, 7, 15 }, "deepseek-v4-flash", SONDE_THINKING_HIGH, 1234567,
      12000 },
    { SONDE_ROLE_ASSISTANT, "usage of which nothing is known", NULL, SONDE_MESSAGE_STOPPED, NULL,
      NULL, &(SondeUsage) { -1, -1, -1, -1, -1, -1 }, .thinking_duration = -1 },
    { SONDE_ROLE_ASSISTANT, "half", NULL, SONDE_MESSAGE_FAILED,
      &(SondeFailure) { SONDE_FAILURE_RATE_LIMIT, 429, (char *) "slow down", (char *) "t-1" },
      .thinking = SONDE_THINKING_LOW, .thinking_duration = -1 },
    { SONDE_ROLE_ASSISTANT, "cut", NULL, SONDE_MESSAGE_INTERRUPTED,
      &(SondeFailure) { SONDE_FAILURE_NO_KEY, 0, NULL, NULL }, .thinking_duration = -1 },
    { SONDE_ROLE_TOOL, "{}", .thinking_duration = -1 },
  };
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  gint64 conversation_id = sonde_conversation_get_id (conversation);
  g_autoptr (GPtrArray) messages = NULL;
  gint64 parent_id = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (SondeMessage) message =
      new_message (fixture->store, parent_id, rows[i].role, rows[i].content);

    sonde_message_set_text (message, SONDE_TEXT_REASONING, rows[i].reasoning);
    sonde_message_set_state (message, rows[i].state);
    sonde_message_set_failure (message, rows[i].failure);
    sonde_message_set_finish_reason (message, rows[i].finish_reason);
    sonde_message_set_usage (message, rows[i].usage);
    sonde_message_set_model_id (message, rows[i].model_id);
    sonde_message_set_thinking (message, rows[i].thinking);
    sonde_message_set_thinking_started_at (message, rows[i].thinking_started_at);
    sonde_message_set_thinking_duration (message, rows[i].thinking_duration);
    sonde_store_save_message (fixture->store, conversation_id, message);
    parent_id = sonde_message_get_id (message);
  }
  reopen (fixture);

  messages = load (fixture->store, conversation_id);
  g_assert_cmpuint (messages->len, ==, G_N_ELEMENTS (rows));
  parent_id = 0;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    SondeMessage *message = g_ptr_array_index (messages, i);

    g_assert_cmpint (sonde_message_get_parent_id (message), ==, parent_id);
    g_assert_cmpint (sonde_message_get_created_at (message), ==, 2000);
    g_assert_cmpint (sonde_message_get_role (message), ==, rows[i].role);
    g_assert_cmpstr (content (message), ==, rows[i].content);
    g_assert_cmpstr (reasoning (message), ==, rows[i].reasoning);
    g_assert_cmpint (sonde_message_get_state (message), ==, rows[i].state);
    assert_failure (sonde_message_get_failure (message), rows[i].failure);
    g_assert_cmpstr (sonde_message_get_finish_reason (message), ==, rows[i].finish_reason);
    assert_usage (sonde_message_get_usage (message), rows[i].usage);
    g_assert_cmpstr (sonde_message_get_model_id (message), ==, rows[i].model_id);
    g_assert_cmpint (sonde_message_get_thinking (message), ==, rows[i].thinking);
    g_assert_cmpint (sonde_message_get_thinking_started_at (message), ==,
                     rows[i].thinking_started_at);
    g_assert_cmpint (sonde_message_get_thinking_duration (message), ==, rows[i].thinking_duration);
    parent_id = sonde_message_get_id (message);
  }
}

static void
test_tree (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  g_autoptr (SondeConversation) other = save_conversation (fixture->store, "d", 1);
  gint64 conversation_id = sonde_conversation_get_id (conversation);
  gint64 other_id = sonde_conversation_get_id (other);
  g_autoptr (SondeMessage) question = new_message (fixture->store, 0, SONDE_ROLE_USER, "?");
  gint64 question_id = sonde_message_get_id (question);
  g_autoptr (SondeMessage) first =
    new_message (fixture->store, question_id, SONDE_ROLE_ASSISTANT, "1");
  g_autoptr (SondeMessage) second =
    new_message (fixture->store, question_id, SONDE_ROLE_ASSISTANT, "2");
  g_autoptr (SondeMessage) elsewhere = new_message (fixture->store, 0, SONDE_ROLE_USER, "x");
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GPtrArray) others = NULL;

  sonde_store_save_message (fixture->store, conversation_id, question);
  sonde_store_save_message (fixture->store, conversation_id, second);
  sonde_store_save_message (fixture->store, conversation_id, first);
  sonde_store_save_message (fixture->store, other_id, elsewhere);

  /* Every version is there, by number; a read sees what was queued before it. */
  messages = load (fixture->store, conversation_id);
  g_assert_cmpuint (messages->len, ==, 3);
  g_assert_cmpstr (content (g_ptr_array_index (messages, 0)), ==, "?");
  g_assert_cmpstr (content (g_ptr_array_index (messages, 1)), ==, "1");
  g_assert_cmpstr (content (g_ptr_array_index (messages, 2)), ==, "2");
  for (guint i = 1; i < 3; i++)
    g_assert_cmpint (sonde_message_get_parent_id (g_ptr_array_index (messages, i)), ==,
                     question_id);

  others = load (fixture->store, other_id);
  g_assert_cmpuint (others->len, ==, 1);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) old = save_conversation (fixture->store, "old", 10);
  g_autoptr (SondeConversation) draft = save_conversation (fixture->store, "draft", 20);
  g_autoptr (SondeConversation) empty = save_conversation (fixture->store, "empty", 25);
  g_autoptr (SondeConversation) recent = save_conversation (fixture->store, "recent", 30);
  g_autoptr (SondeMessage) one = new_message (fixture->store, 0, SONDE_ROLE_USER, "1");
  g_autoptr (SondeMessage) two = new_message (fixture->store, 0, SONDE_ROLE_USER, "2");
  static const char *const expected[] = { "recent", "draft", "old" };
  static const char *const expected_later[] = { "old", "recent", "draft" };
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GPtrArray) later = NULL;

  sonde_conversation_set_draft (draft, "not sent");
  sonde_store_save_conversation (fixture->store, draft);
  sonde_conversation_set_draft (empty, "");
  sonde_store_save_conversation (fixture->store, empty);
  sonde_store_save_message (fixture->store, sonde_conversation_get_id (old), one);
  sonde_store_save_message (fixture->store, sonde_conversation_get_id (recent), two);
  conversations = list (fixture->store);
  g_assert_cmpuint (conversations->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < conversations->len; i++)
    g_assert_cmpstr (sonde_conversation_get_title (g_ptr_array_index (conversations, i)), ==,
                     expected[i]);

  sonde_conversation_set_updated_at (old, 40);
  sonde_store_save_conversation (fixture->store, old);
  later = list (fixture->store);
  g_assert_cmpuint (later->len, ==, G_N_ELEMENTS (expected_later));
  for (guint i = 0; i < later->len; i++)
    g_assert_cmpstr (sonde_conversation_get_title (g_ptr_array_index (later, i)), ==,
                     expected_later[i]);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  gint64 conversation_id = sonde_conversation_get_id (conversation);
  g_autoptr (SondeMessage) question = new_message (fixture->store, 0, SONDE_ROLE_USER, "?");
  g_autoptr (SondeMessage) answer =
    new_message (fixture->store, sonde_message_get_id (question), SONDE_ROLE_ASSISTANT, "");
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;

  sonde_store_save_message (fixture->store, conversation_id, question);
  sonde_message_set_state (answer, SONDE_MESSAGE_STREAMING);
  sonde_store_save_message (fixture->store, conversation_id, answer);
  append (fixture->store, answer, SONDE_TEXT_CONTENT, "still ");
  g_assert_true (flush_store (fixture->store, &error));
  sonde_store_delete_conversation (fixture->store, conversation_id);

  /* The session does not know yet. */
  append (fixture->store, answer, SONDE_TEXT_CONTENT, "coming");
  sonde_message_set_state (answer, SONDE_MESSAGE_COMPLETE);
  sonde_store_save_message (fixture->store, conversation_id, answer);
  sonde_conversation_set_draft (conversation, "and more");
  sonde_store_save_conversation (fixture->store, conversation);
  flush_store (fixture->store, &error);
  g_assert_no_error (error);

  messages = load (fixture->store, conversation_id);
  g_assert_cmpuint (messages->len, ==, 0);
  conversations = list (fixture->store);
  g_assert_cmpuint (conversations->len, ==, 0);
}

/* --- the journal -------------------------------------------------------------- */

static gint64
count (const char *path, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeDatabase) database = sonde_database_open (path, SQLITE_OPEN_READONLY, &error);
  gint64 value = -1;

  g_assert_no_error (error);
  sonde_database_get_integer (database, sql, &value, &error);
  g_assert_no_error (error);

  return value;
}

static void
test_streaming (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  gint64 conversation_id = sonde_conversation_get_id (conversation);
  g_autoptr (SondeMessage) answer = new_message (fixture->store, 0, SONDE_ROLE_ASSISTANT, "");
  g_autoptr (SondeMessage) other = new_message (fixture->store, 0, SONDE_ROLE_ASSISTANT, "un, ");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  sonde_message_set_state (answer, SONDE_MESSAGE_STREAMING);
  sonde_store_save_message (fixture->store, conversation_id, answer);
  sonde_message_set_state (other, SONDE_MESSAGE_STREAMING);
  sonde_store_save_message (fixture->store, conversation_id, other);
  sonde_message_set_text (other, SONDE_TEXT_CONTENT, "not taken");
  sonde_message_set_text (other, SONDE_TEXT_REASONING, "nor this");
  sonde_store_save_message (fixture->store, conversation_id, other);
  append (fixture->store, answer, SONDE_TEXT_REASONING, "let ");
  append (fixture->store, other, SONDE_TEXT_CONTENT, "de");
  append (fixture->store, answer, SONDE_TEXT_REASONING, "me ");
  append (fixture->store, answer, SONDE_TEXT_CONTENT, "for");
  append (fixture->store, other, SONDE_TEXT_CONTENT, "ux");
  append (fixture->store, answer, SONDE_TEXT_REASONING, "think");
  append (fixture->store, answer, SONDE_TEXT_CONTENT, "ty-");
  /* A streaming message that is stored again keeps the text that came. */
  sonde_message_set_thinking_started_at (answer, 77);
  sonde_store_save_message (fixture->store, conversation_id, answer);
  append (fixture->store, answer, SONDE_TEXT_CONTENT, "two");

  before = load (fixture->store, conversation_id);
  g_assert_cmpuint (before->len, ==, 2);
  g_assert_cmpstr (reasoning (g_ptr_array_index (before, 0)), ==, "let me think");
  g_assert_cmpstr (content (g_ptr_array_index (before, 0)), ==, "forty-two");
  g_assert_cmpint (sonde_message_get_state (g_ptr_array_index (before, 0)), ==,
                   SONDE_MESSAGE_STREAMING);
  g_assert_cmpint (sonde_message_get_thinking_started_at (g_ptr_array_index (before, 0)), ==, 77);
  g_assert_cmpstr (content (g_ptr_array_index (before, 1)), ==, "un, deux");
  g_assert_null (reasoning (g_ptr_array_index (before, 1)));

  /* The finished message is the truth, not the journal. */
  sonde_message_set_text (answer, SONDE_TEXT_CONTENT, "42");
  sonde_message_set_text (answer, SONDE_TEXT_REASONING, "thought");
  sonde_message_set_state (answer, SONDE_MESSAGE_STOPPED);
  sonde_store_save_message (fixture->store, conversation_id, answer);
  append (fixture->store, answer, SONDE_TEXT_CONTENT, "too late");
  flush_store (fixture->store, &error);
  g_assert_no_error (error);
  sql = g_strdup_printf ("SELECT count (*) FROM journal WHERE message_id = %" G_GINT64_FORMAT,
                         sonde_message_get_id (answer));
  g_assert_cmpint (count (fixture->path, sql), ==, 0);
  after = load (fixture->store, conversation_id);
  g_assert_cmpstr (content (g_ptr_array_index (after, 0)), ==, "42");
  g_assert_cmpstr (reasoning (g_ptr_array_index (after, 0)), ==, "thought");
  g_assert_cmpint (sonde_message_get_state (g_ptr_array_index (after, 0)), ==,
                   SONDE_MESSAGE_STOPPED);
}

static void
test_recover (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  gint64 conversation_id = sonde_conversation_get_id (conversation);
  static const struct {
    const char *stored;
    const char *content;
    const char *reasoning;
    const char *expected;
  } rows[] = {
    { "", NULL, NULL, "" },
    { "", "answer", NULL, "answer" },
    { "", NULL, "thought", "" },
    { "", "answer", "", "answer" },
    { "begun, ", "continued", "thought", "begun, continued" },
  };
  g_autoptr (GPtrArray) messages = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (SondeMessage) message =
      new_message (fixture->store, 0, SONDE_ROLE_ASSISTANT, rows[i].stored);

    sonde_message_set_state (message, SONDE_MESSAGE_STREAMING);
    sonde_store_save_message (fixture->store, conversation_id, message);
    if (rows[i].reasoning != NULL)
      append (fixture->store, message, SONDE_TEXT_REASONING, rows[i].reasoning);
    if (rows[i].content != NULL)
      append (fixture->store, message, SONDE_TEXT_CONTENT, rows[i].content);
  }

  /* The second time finds nothing left to join. */
  for (guint run = 0; run < 2; run++) {
    reopen (fixture);
    g_clear_pointer (&messages, g_ptr_array_unref);
    messages = load (fixture->store, conversation_id);
    g_assert_cmpuint (messages->len, ==, G_N_ELEMENTS (rows));
    for (guint i = 0; i < messages->len; i++) {
      SondeMessage *message = g_ptr_array_index (messages, i);

      g_assert_cmpint (sonde_message_get_state (message), ==, SONDE_MESSAGE_INTERRUPTED);
      g_assert_cmpstr (content (message), ==, rows[i].expected);
      g_assert_cmpstr (reasoning (message), ==, rows[i].reasoning);
    }
  }
}

static gboolean
is_journalled (const char *path)
{
  return count (path, "SELECT ifnull (sum (length (text)), 0) FROM journal") > 0;
}

static gboolean
poll_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Text reaches the disk by itself, by time or by length, and in few rows. */
static void
test_deadline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  g_autoptr (SondeMessage) answer = new_message (fixture->store, 0, SONDE_ROLE_ASSISTANT, "");
  g_autoptr (GError) error = NULL;
  guint id = g_timeout_add (5, poll_cb, NULL);

  sonde_message_set_state (answer, SONDE_MESSAGE_STREAMING);
  sonde_store_save_message (fixture->store, sonde_conversation_get_id (conversation), answer);
  flush_store (fixture->store, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 100; i++)
    append (fixture->store, answer, SONDE_TEXT_CONTENT, "x");
  sonde_test_wait (is_journalled (fixture->path));
  g_source_remove (id);
  g_assert_cmpint (count (fixture->path, "SELECT count (*) FROM journal"), <, 10);
}

static void
test_ids (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  g_autoptr (SondeMessage) message = new_message (fixture->store, 0, SONDE_ROLE_USER, "m");

  g_assert_cmpint (sonde_conversation_get_id (conversation), ==, 1);
  g_assert_cmpint (sonde_message_get_id (message), ==, 2);
  sonde_store_save_message (fixture->store, 1, message);
  reopen (fixture);
  g_assert_cmpint (sonde_store_allocate_id (fixture->store), ==, 3);
  g_assert_cmpint (sonde_store_allocate_id (fixture->store), ==, 4);
}

static void
test_not_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  g_autoptr (SondeMessage) message = new_message (fixture->store, 0, SONDE_ROLE_USER, "m");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sonde_store_save_message (fixture->store, 1, message);
  append (fixture->store, message, SONDE_TEXT_CONTENT, "x");
  sonde_store_delete_conversation (fixture->store, 1);
  g_assert_false (flush_store (fixture->store, &error));
  g_assert_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED);
  g_clear_error (&error);
  sonde_store_list_conversations_async (fixture->store, NULL, result_cb, &result);
  g_assert_null (
    sonde_store_list_conversations_finish (fixture->store, wait_for (&result), &error));
  g_assert_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_clear_object (&result);
  sonde_store_load_messages_async (fixture->store, 1, NULL, result_cb, &result);
  g_assert_null (sonde_store_load_messages_finish (fixture->store, wait_for (&result), &error));
  g_assert_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
}

/* A store that is dropped without being closed has written everything. */
static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  g_autoptr (SondeMessage) message = new_message (fixture->store, 0, SONDE_ROLE_USER, "m");
  g_autoptr (GPtrArray) messages = NULL;

  sonde_store_save_message (fixture->store, 1, message);
  g_assert_finalize_object (fixture->store);
  fixture->store = sonde_store_new (fixture->path);
  open_ok (fixture);
  messages = load (fixture->store, 1);
  g_assert_cmpuint (messages->len, ==, 1);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sonde_store_load_messages_async (fixture->store, 1, cancellable, result_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (sonde_store_load_messages_finish (fixture->store, wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Closing while opening: both are answered, in this order or with the failure. */
static void
test_close_while_opening (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GError) error = NULL;
  gboolean fails = data != NULL;

  if (fails)
    g_file_set_contents (fixture->folder, "a file", -1, NULL);
  sonde_store_open_async (fixture->store, NULL, result_cb, &opened);
  sonde_store_close_async (fixture->store, result_cb, &closed);
  g_assert_true (sonde_store_open_finish (fixture->store, wait_for (&opened), NULL, &error) !=
                 fails);
  if (fails)
    g_assert_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (sonde_store_close_finish (fixture->store, wait_for (&closed), &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, up, test) g_test_add ("/store/" name, Fixture, NULL, up, test, tear_down)
  ADD ("conversation", set_up_open, test_conversation);
  ADD ("message", set_up_open, test_message);
  ADD ("tree", set_up_open, test_tree);
  ADD ("list", set_up_open, test_list);
  ADD ("delete", set_up_open, test_delete);
  ADD ("streaming", set_up_open, test_streaming);
  ADD ("recover", set_up_open, test_recover);
  ADD ("deadline", set_up_open, test_deadline);
  ADD ("ids", set_up_open, test_ids);
  ADD ("not-open", set_up, test_not_open);
  ADD ("dropped", set_up_open, test_dropped);
  ADD ("cancel", set_up_open, test_cancel);
  ADD ("close-while-opening", set_up, test_close_while_opening);
  g_test_add ("/store/close-while-failing-to-open", Fixture, "fails", set_up,
              test_close_while_opening, tear_down);

  return g_test_run ();
}
