/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Versions of turns, copies of conversations, and what is deleted: in the program's own
 * objects, with the demo service, and through the store to the next start. */

#include <glib/gstdio.h>
#include <string.h>

#include "sonde-chat-context.h"
#include "sonde-memory-keyring.h"
#include "sonde-test.h"

#define SCRIPT "\n#demo doc=prose tokens=8 reasoning=4 rate=0"

typedef struct {
  char *folder;
  SondeKeyring *keyring;
  SondeSettings *settings;
  SondeClock *clock;
  SondeChatContext *context;
  SondeLibrary *library;
} Fixture;

static void
models_updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  sonde_chat_context_update_models_finish (SONDE_CHAT_CONTEXT (source), result, NULL);
  *(gboolean *) user_data = TRUE;
}

static void
start_context (Fixture *fixture)
{
  gboolean updated = FALSE;
  SondeChatOptions options = {
    .data_dir = fixture->folder,
    .demo = TRUE,
    .keyring = fixture->keyring,
    .settings = fixture->settings,
    .clock = fixture->clock,
  };

  fixture->context = sonde_chat_context_new (&options);
  fixture->library = sonde_chat_context_get_library (fixture->context);
  sonde_chat_context_start (fixture->context);
  sonde_test_wait (sonde_library_get_state (fixture->library) == SONDE_LIBRARY_READY);
  /* Nothing is on its way when a short test ends. */
  sonde_chat_context_update_models_async (fixture->context, models_updated_cb, &updated);
  sonde_test_wait (updated);
}

static void
shut_down_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  sonde_chat_context_shutdown_finish (SONDE_CHAT_CONTEXT (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
end_context (Fixture *fixture)
{
  gboolean done = FALSE;

  sonde_chat_context_shutdown_async (fixture->context, shut_down_cb, &done);
  sonde_test_wait (done);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->context);
}

static void
restart (Fixture *fixture)
{
  end_context (fixture);
  start_context (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("sonde-branches-XXXXXX", NULL);
  fixture->keyring = sonde_memory_keyring_new ();
  fixture->clock = sonde_clock_new ();
  start_context (fixture);
}

static void
set_up_settings (Fixture *fixture, gconstpointer data)
{
  fixture->settings = sonde_settings_new ();
  set_up (fixture, data);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  end_context (fixture);
  g_clear_object (&fixture->settings);
  g_clear_object (&fixture->clock);
  g_clear_object (&fixture->keyring);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static guint
count (SondeConversation *conversation)
{
  return g_list_model_get_n_items (sonde_conversation_get_messages (conversation));
}

static SondeMessage *
message_at (SondeConversation *conversation, guint position)
{
  g_autoptr (SondeMessage) message =
    g_list_model_get_item (sonde_conversation_get_messages (conversation), position);

  g_assert_nonnull (message);
  return message; /* the conversation keeps it */
}

static const char *
content_of (SondeMessage *message)
{
  return sonde_message_get_text (message, SONDE_TEXT_CONTENT);
}

static void
wait_for (SondeSession *session)
{
  sonde_test_wait (!sonde_session_get_busy (session));
}

static SondeSession *
ask (Fixture *fixture, SondeConversation *conversation, const char *question)
{
  SondeSession *session = sonde_library_get_session (fixture->library, conversation);
  g_autofree char *text = g_strconcat (question, SCRIPT, NULL);

  g_assert_true (sonde_session_send (session, text));
  wait_for (session);
  return session;
}

static SondeConversation *
conversation_at (Fixture *fixture, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->library), position);
}

static SondeConversation *
open_at (Fixture *fixture, guint position)
{
  SondeConversation *conversation = conversation_at (fixture, position);

  g_assert_nonnull (conversation);
  sonde_library_open (fixture->library, conversation);
  sonde_test_wait (sonde_conversation_get_loaded (conversation));
  return conversation;
}

static void
assert_version (SondeMessage *message, guint version, guint n)
{
  g_assert_cmpuint (sonde_message_get_version (message), ==, version);
  g_assert_cmpuint (sonde_message_get_n_versions (message), ==, n);
}

/* Nothing is overwritten, and the chosen path is the one after the next start. */
static void
test_versions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) again = NULL;
  g_autoptr (SondeMessage) first = NULL;
  g_autoptr (SondeMessage) second_question = NULL;
  SondeSession *session = ask (fixture, conversation, "one");

  ask (fixture, conversation, "two");
  g_assert_cmpuint (count (conversation), ==, 4);
  first = g_object_ref (message_at (conversation, 1));
  second_question = g_object_ref (message_at (conversation, 2));
  assert_version (first, 1, 1);

  g_assert_true (sonde_session_retry_message (session, first, "deepseek-v4-pro"));
  g_assert_false (sonde_session_retry_message (session, first, NULL));
  wait_for (session);
  g_assert_cmpuint (count (conversation), ==, 2);
  assert_version (message_at (conversation, 1), 2, 2);
  assert_version (first, 1, 2);
  g_assert_cmpstr (sonde_message_get_model_id (message_at (conversation, 1)), ==,
                   "deepseek-v4-pro");
  g_assert_cmpstr (sonde_conversation_get_model_id (conversation), ==, "deepseek-v4-flash");

  /* With a version comes what followed it. */
  g_assert_false (sonde_session_choose_version (session, message_at (conversation, 1), 1));
  g_assert_true (sonde_session_choose_version (session, message_at (conversation, 1), -1));
  g_assert_cmpuint (count (conversation), ==, 4);
  g_assert_true (message_at (conversation, 1) == first);
  g_assert_true (message_at (conversation, 2) == second_question);
  g_assert_false (sonde_session_choose_version (session, first, -1));

  g_assert_false (sonde_session_edit (session, second_question, " \n"));
  g_assert_true (sonde_session_edit (session, second_question, "deux" SCRIPT));
  wait_for (session);
  g_assert_cmpuint (count (conversation), ==, 4);
  g_assert_true (g_str_has_prefix (content_of (message_at (conversation, 2)), "deux"));
  assert_version (message_at (conversation, 2), 2, 2);
  assert_version (second_question, 1, 2);
  g_assert_true (g_str_has_prefix (content_of (second_question), "two"));
  g_assert_true (sonde_session_choose_version (session, message_at (conversation, 2), -1));
  g_assert_true (message_at (conversation, 2) == second_question);

  restart (fixture);
  again = open_at (fixture, 0);
  g_assert_cmpuint (count (again), ==, 4);
  g_assert_true (g_str_has_prefix (content_of (message_at (again, 2)), "two"));
  assert_version (message_at (again, 1), 1, 2);
  assert_version (message_at (again, 2), 1, 2);
  session = sonde_library_get_session (fixture->library, again);
  g_assert_true (sonde_session_choose_version (session, message_at (again, 2), 1));
  g_assert_true (g_str_has_prefix (content_of (message_at (again, 2)), "deux"));
}

/* What was found is shown, on whatever version it is, and before all is loaded, too. */
static void
test_show_message (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) again = NULL;
  SondeSession *session = ask (fixture, conversation, "one");
  gint64 hidden, followed;

  ask (fixture, conversation, "two");
  followed = sonde_message_get_id (message_at (conversation, 1));
  hidden = sonde_message_get_id (message_at (conversation, 3));
  g_assert_true (sonde_session_edit (session, message_at (conversation, 0), "un" SCRIPT));
  sonde_session_show_message (session, hidden);
  wait_for (session);
  g_assert_cmpuint (count (conversation), ==, 2);

  restart (fixture);
  again = conversation_at (fixture, 0);
  sonde_library_open (fixture->library, again);
  session = sonde_library_get_session (fixture->library, again);
  g_assert_false (sonde_conversation_get_loaded (again));
  sonde_session_show_message (session, followed);
  sonde_test_wait (sonde_conversation_get_loaded (again));
  g_assert_cmpuint (count (again), ==, 4);
  g_assert_cmpint (sonde_message_get_id (message_at (again, 1)), ==, followed);
  g_assert_cmpint (sonde_message_get_id (message_at (again, 3)), ==, hidden);

  /* What is deleted stays so. */
  g_assert_true (sonde_session_delete_message (session, message_at (again, 1)));
  sonde_session_show_message (session, followed);
  g_assert_cmpuint (count (again), ==, 3);
  sonde_session_show_message (session, 4711);
  g_assert_cmpuint (count (again), ==, 3);
}

/* An answer that the person writes anew is a version of it that nobody is asked for; and the
 * model goes on from one. */
static void
test_answers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) again = NULL;
  g_autoptr (SondeMessage) first = NULL;
  SondeSession *session = ask (fixture, conversation, "one");
  const char *text;

  first = g_object_ref (message_at (conversation, 1));
  g_assert_false (sonde_session_edit (session, first, " \n"));
  g_assert_true (sonde_session_edit (session, first, "Deep."));
  g_assert_false (sonde_session_get_busy (session));
  g_assert_cmpstr (content_of (message_at (conversation, 1)), ==, "Deep.");
  g_assert_cmpint (sonde_message_get_state (message_at (conversation, 1)), ==,
                   SONDE_MESSAGE_COMPLETE);
  assert_version (message_at (conversation, 1), 2, 2);
  assert_version (first, 1, 2);

  g_assert_false (sonde_session_go_on (session, message_at (conversation, 0), "No answer"));
  g_assert_false (sonde_session_go_on (session, first, ""));
  g_assert_true (sonde_session_go_on (session, first, "Still"));
  wait_for (session);
  assert_version (message_at (conversation, 1), 3, 3);
  text = content_of (message_at (conversation, 1));
  g_assert_true (g_str_has_prefix (text, "Still"));
  g_assert_cmpuint (strlen (text), >, strlen ("Still"));

  restart (fixture);
  again = open_at (fixture, 0);
  g_assert_true (g_str_has_prefix (content_of (message_at (again, 1)), "Still"));
}

/* One message goes alone, one version with all that followed it; both come back. */
static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) again = NULL;
  g_autoptr (SondeMessage) kept = NULL;
  SondeSession *session = ask (fixture, conversation, "one");

  ask (fixture, conversation, "two");
  kept = g_object_ref (message_at (conversation, 2));

  g_assert_false (sonde_session_undo_delete (session));
  g_assert_true (sonde_session_delete_message (session, message_at (conversation, 1)));
  g_assert_cmpuint (count (conversation), ==, 3);
  g_assert_true (message_at (conversation, 1) == kept);
  g_assert_true (sonde_session_undo_delete (session));
  g_assert_cmpuint (count (conversation), ==, 4);
  g_assert_false (sonde_session_undo_delete (session));

  g_assert_true (sonde_session_edit (session, kept, "deux" SCRIPT));
  wait_for (session);
  g_assert_true (sonde_session_delete_message (session, message_at (conversation, 2)));
  g_assert_cmpuint (count (conversation), ==, 4);
  g_assert_true (message_at (conversation, 2) == kept);
  assert_version (kept, 1, 1);
  g_assert_true (sonde_session_undo_delete (session));
  assert_version (message_at (conversation, 2), 2, 2);
  g_assert_true (g_str_has_prefix (content_of (message_at (conversation, 2)), "deux"));

  /* The last message is the end of the path no more. */
  g_assert_true (sonde_session_delete_message (session, message_at (conversation, 2)));
  g_assert_true (sonde_session_delete_message (session, message_at (conversation, 3)));
  g_assert_cmpuint (count (conversation), ==, 3);
  g_assert_true (sonde_session_delete_message (session, message_at (conversation, 0)));
  g_assert_cmpuint (count (conversation), ==, 2);

  restart (fixture);
  again = open_at (fixture, 0);
  g_assert_cmpuint (count (again), ==, 2);
  g_assert_cmpint (sonde_message_get_parent_id (message_at (again, 0)), ==, 0);
  g_assert_true (g_str_has_prefix (content_of (message_at (again, 1)), "two"));
  assert_version (message_at (again, 1), 1, 1);
}

/* What was not on the screen for long is not in memory, but for what streams, and comes again. */
static void
test_unloading (Fixture *fixture, gconstpointer data)
{
  SondeConversation *conversations[7];
  SondeSession *streaming = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (conversations); i++) {
    conversations[i] = sonde_library_create (fixture->library);
    sonde_library_open (fixture->library, conversations[i]);
    if (i == 1) {
      streaming = sonde_library_get_session (fixture->library, conversations[i]);
      g_assert_true (sonde_session_send (streaming, "long\n#demo tokens=4000 rate=20"));
    } else {
      ask (fixture, conversations[i], i == 0 ? "first" : "another");
    }
  }
  sonde_test_wait (!sonde_conversation_get_loaded (conversations[0]));
  g_assert_cmpuint (count (conversations[0]), ==, 0);
  g_assert_true (sonde_conversation_get_loaded (conversations[1]));
  g_assert_true (sonde_session_get_busy (streaming));
  for (guint i = 2; i < G_N_ELEMENTS (conversations); i++)
    g_assert_true (sonde_conversation_get_loaded (conversations[i]));

  sonde_library_open (fixture->library, conversations[0]);
  sonde_test_wait (sonde_conversation_get_loaded (conversations[0]));
  g_assert_cmpuint (count (conversations[0]), ==, 2);
  g_assert_true (g_str_has_prefix (content_of (message_at (conversations[0], 0)), "first"));
  ask (fixture, conversations[0], "and on");
  g_assert_cmpuint (count (conversations[0]), ==, 4);

  sonde_session_stop (streaming);
  wait_for (streaming);
  for (guint i = 0; i < G_N_ELEMENTS (conversations); i++)
    g_object_unref (conversations[i]);
}

static void
test_copies (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) fork = NULL;
  g_autoptr (SondeConversation) whole = NULL;
  g_autoptr (SondeConversation) stored = NULL;
  g_autoptr (SondeConversation) copy_of_stored = NULL;
  SondeSession *session = ask (fixture, conversation, "one");

  ask (fixture, conversation, "two");
  g_assert_true (sonde_session_retry (session));
  wait_for (session);

  fork = sonde_library_fork (fixture->library, conversation, message_at (conversation, 1));
  g_assert_cmpuint (count (fork), ==, 2);
  g_assert_cmpstr (content_of (message_at (fork, 1)), ==,
                   content_of (message_at (conversation, 1)));
  g_assert_true (message_at (fork, 1) != message_at (conversation, 1));
  whole = sonde_library_duplicate (fixture->library, conversation);
  g_assert_cmpuint (count (whole), ==, 4);
  assert_version (message_at (whole, 3), 2, 2);
  g_assert_cmpuint (count (conversation), ==, 4);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 3);

  /* A copy is a conversation of its own. */
  ask (fixture, fork, "three");
  g_assert_cmpuint (count (fork), ==, 4);
  g_assert_cmpuint (count (conversation), ==, 4);

  restart (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 3);
  stored = conversation_at (fixture, 1);
  g_assert_false (sonde_conversation_get_loaded (stored));
  copy_of_stored = sonde_library_duplicate (fixture->library, stored);
  sonde_test_wait (sonde_conversation_get_loaded (copy_of_stored));
  g_assert_cmpuint (count (copy_of_stored), ==, 4);
  assert_version (message_at (copy_of_stored, 3), 2, 2);
}

static gboolean
folder_has (const char *folder, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *contents = NULL;
    gsize length;

    if (g_file_get_contents (path, &contents, &length, NULL) &&
        memmem (contents, length, text, strlen (text)) != NULL)
      return TRUE;
  }

  return FALSE;
}

/* Not a byte of a temporary conversation comes to the disk, nor of its copies. */
static void
test_temporary (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create_temporary (fixture->library);
  g_autoptr (SondeConversation) usual = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) fork = NULL;
  SondeSession *session;

  sonde_library_open (fixture->library, conversation);
  sonde_conversation_set_draft (conversation, "secretword in a draft");
  session = ask (fixture, conversation, "secretword in a question");
  g_assert_cmpuint (count (conversation), ==, 2);
  g_assert_true (
    sonde_session_edit (session, message_at (conversation, 0), "secretword again" SCRIPT));
  wait_for (session);
  g_assert_true (sonde_session_delete_message (session, message_at (conversation, 1)));
  fork = sonde_library_fork (fixture->library, conversation, message_at (conversation, 0));
  g_assert_true (sonde_conversation_get_temporary (fork));
  sonde_conversation_set_title (conversation, "secretword");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 0);

  ask (fixture, usual, "usualword");
  end_context (fixture);
  g_assert_false (folder_has (fixture->folder, "secretword"));
  g_assert_true (folder_has (fixture->folder, "usualword"));
  start_context (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 1);
}

/* What is set is stored; a draft alone makes a conversation that is there after a start. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) draft = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) empty = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) first = NULL;
  g_autoptr (SondeConversation) second = NULL;
  SondeFolder *folder = sonde_library_create_folder (fixture->library, "Work");
  SondeFolder *gone = sonde_library_create_folder (fixture->library, "Gone");
  g_autoptr (SondeFolder) listed = NULL;

  ask (fixture, conversation, "one");
  sonde_conversation_set_folder_id (conversation, sonde_folder_get_id (folder));
  sonde_conversation_set_archived (conversation, TRUE);
  sonde_conversation_set_title (conversation, "By hand");
  sonde_conversation_set_title_manual (conversation, TRUE);
  sonde_conversation_set_json_output (conversation, TRUE);
  sonde_conversation_set_system_prompt (conversation, "Be brief.");
  sonde_conversation_set_parameters (conversation, "{\"top_p\":0.5}");
  sonde_conversation_set_spelling (conversation, "de_DE");
  sonde_conversation_set_pinned (conversation, TRUE);
  sonde_library_rename_folder (fixture->library, folder, "Arbeit");

  sonde_library_open (fixture->library, draft);
  sonde_conversation_set_draft (draft, "not sent");
  sonde_conversation_set_folder_id (draft, sonde_folder_get_id (gone));
  sonde_conversation_set_thinking (draft, SONDE_THINKING_MAX);
  sonde_test_wait (sonde_conversation_get_id (draft) != 0);
  /* No row comes up while it is being written. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 1);
  sonde_library_open (fixture->library, empty);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 2);
  sonde_library_delete_folder (fixture->library, gone);
  g_assert_cmpint (sonde_conversation_get_folder_id (draft), ==, 0);

  restart (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 2);
  first = conversation_at (fixture, 0);
  second = conversation_at (fixture, 1);
  if (sonde_conversation_get_draft (first) != NULL) {
    SondeConversation *other = g_steal_pointer (&first);

    first = g_steal_pointer (&second);
    second = other;
  }
  g_assert_cmpstr (sonde_conversation_get_title (first), ==, "By hand");
  g_assert_true (sonde_conversation_get_title_manual (first));
  g_assert_true (sonde_conversation_get_archived (first));
  g_assert_true (sonde_conversation_get_json_output (first));
  g_assert_true (sonde_conversation_get_pinned (first));
  g_assert_cmpstr (sonde_conversation_get_system_prompt (first), ==, "Be brief.");
  g_assert_cmpstr (sonde_conversation_get_parameters (first), ==, "{\"top_p\":0.5}");
  g_assert_cmpstr (sonde_conversation_get_spelling (first), ==, "de_DE");
  g_assert_cmpstr (sonde_conversation_get_draft (second), ==, "not sent");
  g_assert_cmpint (sonde_conversation_get_thinking (second), ==, SONDE_THINKING_MAX);
  g_assert_cmpint (sonde_conversation_get_folder_id (second), ==, 0);
  sonde_test_wait (g_list_model_get_n_items (sonde_library_get_folders (fixture->library)) == 1);
  listed = g_list_model_get_item (sonde_library_get_folders (fixture->library), 0);
  g_assert_cmpstr (sonde_folder_get_name (listed), ==, "Arbeit");
  g_assert_cmpint (sonde_folder_get_id (listed), ==, sonde_conversation_get_folder_id (first));
}

/* The trash is undone by restoring, empties after 30 days, and for ever means it. */
static void
test_trash (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) restored = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) old = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) for_ever = sonde_library_create (fixture->library);
  gint64 now = g_get_real_time ();

  ask (fixture, restored, "restoredword");
  ask (fixture, old, "oldword");
  ask (fixture, for_ever, "foreverword");
  sonde_library_trash (fixture->library, restored);
  g_assert_cmpint (sonde_conversation_get_trashed_at (restored), >=, now);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 3);
  sonde_library_restore (fixture->library, restored);
  g_assert_cmpint (sonde_conversation_get_trashed_at (restored), ==, 0);
  sonde_conversation_set_trashed_at (old, now - 31LL * 24 * 60 * 60 * G_USEC_PER_SEC);
  sonde_library_delete_for_ever (fixture->library, for_ever);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 2);

  restart (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 1);
  end_context (fixture);
  g_assert_false (folder_has (fixture->folder, "foreverword"));
  g_assert_false (folder_has (fixture->folder, "oldword"));
  g_assert_true (folder_has (fixture->folder, "restoredword"));
  start_context (fixture);
}

/* The title comes from a request of its own, once, and never over one by hand. */
static void
test_titles (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) by_hand = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) off = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) words = sonde_library_create (fixture->library);
  SondeSession *session;

  session = sonde_library_get_session (fixture->library, conversation);
  g_assert_true (sonde_session_send (session, "#demo doc=prose tokens=8 rate=0\nHow deep is it?"));
  g_assert_cmpstr (sonde_conversation_get_title (conversation), !=, "How deep is it?");
  wait_for (session);
  sonde_test_wait (g_strcmp0 (sonde_conversation_get_title (conversation), "How deep is it?") == 0);
  g_assert_false (sonde_conversation_get_title_manual (conversation));

  session = sonde_library_get_session (fixture->library, by_hand);
  g_assert_true (sonde_session_send (session, "#demo doc=prose tokens=8 rate=0\nHow deep is it?"));
  sonde_conversation_set_title (by_hand, "Mine");
  sonde_conversation_set_title_manual (by_hand, TRUE);
  wait_for (session);

  sonde_settings_set_titles (fixture->settings, "off");
  session = ask (fixture, off, "one");
  g_assert_null (sonde_conversation_get_title (off));
  sonde_settings_set_titles (fixture->settings, "first-words");
  ask (fixture, words, "one");
  g_assert_cmpstr (sonde_conversation_get_title (words), ==, "one");

  restart (fixture);
  g_assert_cmpstr (sonde_conversation_get_title (by_hand), ==, "Mine");
  g_assert_cmpstr (sonde_conversation_get_title (words), ==, "one");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, set_up, function)                                                                \
  g_test_add ("/branches/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("versions", set_up, test_versions);
  ADD ("show-message", set_up, test_show_message);
  ADD ("answers", set_up, test_answers);
  ADD ("delete", set_up, test_delete);
  ADD ("unloading", set_up, test_unloading);
  ADD ("copies", set_up, test_copies);
  ADD ("temporary", set_up, test_temporary);
  ADD ("kept", set_up, test_kept);
  ADD ("trash", set_up, test_trash);
  ADD ("titles", set_up_settings, test_titles);
#undef ADD

  return g_test_run ();
}
