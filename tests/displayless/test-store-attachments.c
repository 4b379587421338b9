/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Files with messages and drafts: each content once, for as long as somebody has it. */

#include "sonde-database.h"
#include "store-fixture.h"

static const guchar pixels[] = { 0x89, 'P', 'N', 'G', 0, 1, 2, 3 };

static GPtrArray *
make_files (void)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) image = g_bytes_new_static (pixels, sizeof pixels);

  g_ptr_array_add (files, sonde_attachment_new_text ("z.txt", "text/plain", 99, "一二三", -1));
  g_ptr_array_add (files, sonde_attachment_new_image ("a.png", "image/png", image));
  g_ptr_array_add (files, sonde_attachment_new_text ("copy.md", "text/markdown", 9, "一二三", -1));

  return files;
}

static void
assert_files (GPtrArray *files)
{
  SondeAttachment *file;

  g_assert_nonnull (files);
  g_assert_cmpuint (files->len, ==, 3);
  file = g_ptr_array_index (files, 0);
  g_assert_cmpstr (sonde_attachment_get_name (file), ==, "z.txt");
  g_assert_cmpstr (sonde_attachment_get_text (file, NULL), ==, "一二三");
  g_assert_cmpint (sonde_attachment_get_size (file), ==, 99);
  g_assert_cmpint (sonde_attachment_get_tokens (file), ==, 2);
  file = g_ptr_array_index (files, 1);
  g_assert_cmpstr (sonde_attachment_get_media_type (file), ==, "image/png");
  g_assert_true (sonde_attachment_is_image (file));
  g_assert_cmpmem (g_bytes_get_data (sonde_attachment_get_content (file), NULL),
                   g_bytes_get_size (sonde_attachment_get_content (file)), pixels, sizeof pixels);
  file = g_ptr_array_index (files, 2);
  g_assert_cmpstr (sonde_attachment_get_name (file), ==, "copy.md");
  g_assert_cmpstr (sonde_attachment_get_media_type (file), ==, "text/markdown");
  /* What is the same is in memory once. */
  g_assert_true (sonde_attachment_get_content (file) ==
                 sonde_attachment_get_content (g_ptr_array_index (files, 0)));
}

static gint64
count (Fixture *fixture, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s", table);
  g_autoptr (SondeDatabase) database =
    sonde_database_open (fixture->path, SQLITE_OPEN_READWRITE, NULL);
  gint64 n = -1;

  g_assert_true (sonde_database_get_integer (database, sql, &n, NULL));

  return n;
}

static void
flush_ok (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  flush_store (fixture->store, &error);
  g_assert_no_error (error);
}

static GPtrArray *
load_draft (Fixture *fixture, gint64 conversation_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *files;

  sonde_store_load_draft_async (fixture->store, conversation_id, NULL, result_cb, &result);
  files = sonde_store_load_draft_finish (fixture->store, wait_for (&result), &error);
  g_assert_no_error (error);

  return files;
}

static GPtrArray *
load_tail (Fixture *fixture, SondeConversation *conversation)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *messages;

  sonde_store_load_tail_async (fixture->store, conversation, 1, NULL, result_cb, &result);
  messages = sonde_store_load_tail_finish (fixture->store, wait_for (&result), &error);
  g_assert_no_error (error);

  return messages;
}

static SondeMessage *
save_question (Fixture *fixture, SondeConversation *conversation, GPtrArray *files)
{
  SondeMessage *message = new_message (fixture->store, 0, SONDE_ROLE_USER, "What is it?");

  sonde_message_set_attachments (message, files);
  sonde_store_save_message (fixture->store, sonde_conversation_get_id (conversation), message);

  return message;
}

static void
test_message (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  g_autoptr (GPtrArray) files = make_files ();
  g_autoptr (SondeMessage) plain = new_message (fixture->store, 0, SONDE_ROLE_USER, "plain");
  g_autoptr (SondeMessage) message = save_question (fixture, conversation, files);
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GPtrArray) tail = NULL;

  sonde_store_save_message (fixture->store, sonde_conversation_get_id (conversation), plain);
  /* Saving it again changes nothing. */
  sonde_store_save_message (fixture->store, sonde_conversation_get_id (conversation), message);
  sonde_conversation_set_leaf_id (conversation, sonde_message_get_id (message));
  reopen (fixture);
  messages = load (fixture->store, sonde_conversation_get_id (conversation));
  g_assert_cmpuint (messages->len, ==, 2);
  g_assert_null (sonde_message_get_attachments (g_ptr_array_index (messages, 0)));
  assert_files (sonde_message_get_attachments (g_ptr_array_index (messages, 1)));
  tail = load_tail (fixture, conversation);
  g_assert_cmpuint (tail->len, ==, 1);
  assert_files (sonde_message_get_attachments (g_ptr_array_index (tail, 0)));
  g_assert_cmpint (count (fixture, "attachments"), ==, 2);
}

static void
test_draft (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, NULL, 1);
  gint64 id = sonde_conversation_get_id (conversation);
  g_autoptr (GPtrArray) files = make_files ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) loaded = NULL;

  sonde_store_save_draft (fixture->store, id, files);
  reopen (fixture);
  /* It has nothing but them. */
  listed = list (fixture->store);
  g_assert_cmpuint (listed->len, ==, 1);
  loaded = load_draft (fixture, id);
  assert_files (loaded);

  g_ptr_array_remove_index (files, 1);
  sonde_store_save_draft (fixture->store, id, files);
  flush_ok (fixture);
  g_assert_cmpint (count (fixture, "draft_attachments"), ==, 2);
  g_assert_cmpint (count (fixture, "attachments"), ==, 1);
  sonde_store_save_draft (fixture->store, id, none);
  flush_ok (fixture);
  g_assert_cmpint (count (fixture, "attachments"), ==, 0);
}

/* A content stays for as long as one of those who have it. */
static void
test_deletion (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) first = save_conversation (fixture->store, "c", 1);
  g_autoptr (SondeConversation) second = save_conversation (fixture->store, "d", 2);
  g_autoptr (SondeConversation) third = save_conversation (fixture->store, "e", 3);
  g_autoptr (GPtrArray) files = make_files ();
  g_autoptr (SondeMessage) message = save_question (fixture, first, files);
  g_autoptr (SondeMessage) other = save_question (fixture, second, files);

  sonde_store_save_draft (fixture->store, sonde_conversation_get_id (third), files);
  flush_ok (fixture);
  g_assert_cmpint (count (fixture, "attachments"), ==, 2);
  sonde_store_delete_conversation (fixture->store, sonde_conversation_get_id (first));
  sonde_store_delete_conversation (fixture->store, sonde_conversation_get_id (third));
  flush_ok (fixture);
  g_assert_cmpint (count (fixture, "attachments"), ==, 2);
  /* A session may write on. */
  sonde_store_save_draft (fixture->store, sonde_conversation_get_id (third), files);
  sonde_message_set_deleted_at (other, 5);
  sonde_store_save_message (fixture->store, sonde_conversation_get_id (second), other);
  reopen (fixture);
  g_assert_cmpint (count (fixture, "messages"), ==, 0);
  g_assert_cmpint (count (fixture, "draft_attachments"), ==, 0);
  g_assert_cmpint (count (fixture, "attachments"), ==, 0);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  static const char *const found[] = { "has:file", "copy.md", "what has:file", "z.txt -kangaroo" };
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "c", 1);
  g_autoptr (GPtrArray) files = make_files ();
  g_autoptr (SondeMessage) plain = new_message (fixture->store, 0, SONDE_ROLE_USER, "plain what");
  g_autoptr (SondeMessage) message = save_question (fixture, conversation, files);

  sonde_store_save_message (fixture->store, sonde_conversation_get_id (conversation), plain);
  flush_ok (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GPtrArray) hits = NULL;

    sonde_store_search_async (fixture->store, found[i], 50, NULL, result_cb, &result);
    hits = sonde_store_search_finish (fixture->store, wait_for (&result), NULL);
    g_assert_cmpuint (hits->len, ==, 1);
    g_assert_cmpint (sonde_search_hit_get_message_id (g_ptr_array_index (hits, 0)), ==,
                     sonde_message_get_id (message));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/store-attachments/" name, Fixture, NULL, set_up_open, function, tear_down)
  ADD ("message", test_message);
  ADD ("draft", test_draft);
  ADD ("deletion", test_deletion);
  ADD ("search", test_search);
#undef ADD

  return g_test_run ();
}
