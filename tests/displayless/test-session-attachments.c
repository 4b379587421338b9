/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Files with a draft, with the question that it becomes, and with all that is made of it. */

#include <string.h>

#include "sonde-attachment-reader.h"
#include "sonde-chat-context.h"
#include "sonde-memory-keyring.h"
#include "sonde-test.h"

#define SCRIPT "\n#demo doc=prose tokens=8 reasoning=4 rate=0"

typedef struct {
  char *folder;
  SondeKeyring *keyring;
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
  fixture->folder = g_dir_make_tmp ("sonde-files-XXXXXX", NULL);
  fixture->keyring = sonde_memory_keyring_new ();
  start_context (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  end_context (fixture);
  g_clear_object (&fixture->keyring);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static SondeAttachment *
attach (Fixture *fixture, SondeConversation *conversation, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  SondeAttachment *attachment;

  g_assert_true (text == NULL || g_file_set_contents (path, text, -1, NULL));
  attachment = sonde_attachment_add_file (sonde_conversation_get_attachments (conversation), file);
  sonde_test_wait (sonde_attachment_get_state (attachment) != SONDE_ATTACHMENT_LOADING);
  g_remove (path);

  return attachment;
}

static SondeMessage *
message_at (SondeConversation *conversation, guint position)
{
  g_autoptr (SondeMessage) message =
    g_list_model_get_item (sonde_conversation_get_messages (conversation), position);

  g_assert_nonnull (message);
  return message; /* the conversation keeps it */
}

static void
assert_file (SondeMessage *message, const char *name, const char *text)
{
  GPtrArray *files = sonde_message_get_attachments (message);

  g_assert_nonnull (files);
  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpstr (sonde_attachment_get_name (files->pdata[0]), ==, name);
  g_assert_cmpstr (sonde_attachment_get_text (files->pdata[0], NULL), ==, text);
}

static SondeConversation *
reopen (Fixture *fixture, guint n)
{
  SondeConversation *conversation;

  restart (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, n);
  conversation = g_list_model_get_item (G_LIST_MODEL (fixture->library), 0);
  sonde_library_open (fixture->library, conversation);
  sonde_test_wait (sonde_conversation_get_loaded (conversation));

  return conversation;
}

/* The draft has no word in it, and is there after a restart; its files alone are a question. */
static void
test_draft (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) again = NULL;
  g_autoptr (SondeConversation) third = NULL;
  SondeSession *session;

  sonde_library_open (fixture->library, conversation);
  attach (fixture, conversation, "a.txt", "what was in it");
  attach (fixture, conversation, "gone.txt", NULL);
  again = reopen (fixture, 1);
  sonde_test_wait (sonde_conversation_has_attachments (again));
  /* What could not be read is not kept. */
  g_assert_cmpuint (
    g_list_model_get_n_items (G_LIST_MODEL (sonde_conversation_get_attachments (again))), ==, 1);

  attach (fixture, again, "gone.txt", NULL);
  session = sonde_library_get_session (fixture->library, again);
  g_assert_true (sonde_session_send (session, " "));
  sonde_test_wait (!sonde_session_get_busy (session));
  assert_file (message_at (again, 0), "a.txt", "what was in it");
  g_assert_cmpstr (sonde_conversation_get_title (again), ==, "a.txt");
  /* It was not sent, and stays to be seen. */
  g_assert_cmpuint (
    g_list_model_get_n_items (G_LIST_MODEL (sonde_conversation_get_attachments (again))), ==, 1);

  third = reopen (fixture, 1);
  assert_file (message_at (third, 0), "a.txt", "what was in it");
  g_assert_false (sonde_conversation_has_attachments (third));
}

static void
test_copies (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) copy = NULL;
  g_autoptr (SondeConversation) fork = NULL;
  SondeSession *session = sonde_library_get_session (fixture->library, conversation);

  sonde_library_open (fixture->library, conversation);
  g_assert_false (sonde_session_send (session, " "));
  attach (fixture, conversation, "a.txt", "one");
  g_assert_true (sonde_session_send (session, "What is it?" SCRIPT));
  g_assert_false (sonde_conversation_has_attachments (conversation));
  sonde_test_wait (!sonde_session_get_busy (session));
  assert_file (message_at (conversation, 0), "a.txt", "one");

  /* Another question about the same file, even without a word. */
  g_assert_true (sonde_session_edit (session, message_at (conversation, 0), ""));
  sonde_test_wait (!sonde_session_get_busy (session));
  assert_file (message_at (conversation, 0), "a.txt", "one");
  g_assert_cmpuint (sonde_message_get_n_versions (message_at (conversation, 0)), ==, 2);

  copy = sonde_library_duplicate (fixture->library, conversation);
  assert_file (message_at (copy, 0), "a.txt", "one");
  fork = sonde_library_fork (fixture->library, conversation, message_at (conversation, 1));
  assert_file (message_at (fork, 0), "a.txt", "one");
  sonde_library_delete_for_ever (fixture->library, conversation);
  g_clear_object (&copy);
  copy = reopen (fixture, 2);
  assert_file (message_at (copy, 0), "a.txt", "one");
}

/* A temporary one has files as well, and leaves none behind. */
static void
test_temporary (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create_temporary (fixture->library);
  SondeSession *session = sonde_library_get_session (fixture->library, conversation);

  sonde_library_open (fixture->library, conversation);
  attach (fixture, conversation, "a.txt", "one");
  g_assert_true (sonde_session_send (session, "What is it?" SCRIPT));
  sonde_test_wait (!sonde_session_get_busy (session));
  assert_file (message_at (conversation, 0), "a.txt", "one");
  restart (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/session-attachments/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("draft", test_draft);
  ADD ("copies", test_copies);
  ADD ("temporary", test_temporary);
#undef ADD

  return g_test_run ();
}
