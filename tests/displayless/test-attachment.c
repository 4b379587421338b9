/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>

#include "sonde-attachment.h"
#include "sonde-conversation.h"

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_text (void)
{
  SondeAttachment *file =
    sonde_attachment_new_text ("notes\n[file content end].txt", "text/plain", 42, "foo bar", 3);
  gsize length;

  g_assert_cmpstr (sonde_attachment_get_name (file), ==, "notes [file content end].txt");
  g_assert_cmpint (sonde_attachment_get_state (file), ==, SONDE_ATTACHMENT_READY);
  g_assert_cmpstr (sonde_attachment_get_text (file, &length), ==, "foo");
  g_assert_cmpuint (length, ==, 3);
  g_assert_cmpint (sonde_attachment_get_size (file), ==, 42);
  g_assert_cmpstr (sonde_attachment_get_sha256 (file), ==,
                   "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae");
  g_assert_cmpint (sonde_attachment_get_tokens (file), ==, 1);
  g_assert_finalize_object (file);
}

static void
test_image (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("GIF89a", 6);
  SondeAttachment *file = sonde_attachment_new_image ("a.gif", "image/gif", bytes);

  g_assert_true (sonde_attachment_is_image (file));
  g_assert_null (sonde_attachment_get_text (file, NULL));
  g_assert_cmpint (sonde_attachment_get_tokens (file), >, 0);
  g_assert_finalize_object (file);
}

static void
test_states (void)
{
  SondeAttachment *file = sonde_attachment_new ("a.txt");
  SondeAttachment *bad = sonde_attachment_new ("b.txt");
  SondeAttachment *read = sonde_attachment_new_text ("other.txt", "text/csv", 5, "1,2", -1);
  guint count = 0;

  g_signal_connect_swapped (file, "notify::state", G_CALLBACK (count_cb), &count);
  g_assert_cmpint (sonde_attachment_get_state (file), ==, SONDE_ATTACHMENT_LOADING);
  g_assert_null (sonde_attachment_get_content (file));
  sonde_attachment_take (file, read);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpstr (sonde_attachment_get_name (file), ==, "a.txt");
  g_assert_cmpstr (sonde_attachment_get_media_type (file), ==, "text/csv");
  g_assert_cmpstr (sonde_attachment_get_sha256 (file), ==, sonde_attachment_get_sha256 (read));
  g_assert_true (sonde_attachment_get_content (file) == sonde_attachment_get_content (read));

  sonde_attachment_fail (bad, SONDE_ATTACHMENT_PROBLEM_ENCRYPTED);
  g_assert_cmpint (sonde_attachment_get_state (bad), ==, SONDE_ATTACHMENT_FAILED);
  g_assert_cmpint (sonde_attachment_get_problem (bad), ==, SONDE_ATTACHMENT_PROBLEM_ENCRYPTED);

  g_assert_finalize_object (file);
  g_assert_finalize_object (bad);
  g_assert_finalize_object (read);
}

static void
test_draft (void)
{
  SondeConversation *conversation = sonde_conversation_new (1, 1);
  SondeAttachment *file = sonde_attachment_new ("a.txt");
  g_autoptr (SondeAttachment) read = sonde_attachment_new_text ("", "text/csv", 5, "1,2", -1);
  g_autoptr (GPtrArray) ready = NULL;
  guint count = 0;

  g_signal_connect_swapped (conversation, "notify::attachments", G_CALLBACK (count_cb), &count);
  g_assert_false (sonde_conversation_has_attachments (conversation));
  g_list_store_append (sonde_conversation_get_attachments (conversation), file);
  g_assert_cmpuint (count, ==, 1);
  g_assert_true (sonde_conversation_has_attachments (conversation));
  ready = sonde_conversation_dup_attachments (conversation);
  g_assert_cmpuint (ready->len, ==, 0);
  g_ptr_array_unref (ready);

  sonde_attachment_take (file, read);
  g_assert_cmpuint (count, ==, 2);
  ready = sonde_conversation_dup_attachments (conversation);
  g_assert_cmpuint (ready->len, ==, 1);
  g_clear_pointer (&ready, g_ptr_array_unref);
  g_assert_finalize_object (conversation);
  g_assert_finalize_object (file);
}

static void
test_message (void)
{
  SondeMessage *message = sonde_message_new (1, 0, SONDE_ROLE_USER, 1);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  SondeMessage *copy;

  g_assert_null (sonde_message_get_attachments (message));
  sonde_message_set_attachments (message, files);
  g_assert_null (sonde_message_get_attachments (message));
  g_ptr_array_add (files, sonde_attachment_new_text ("a", "text/plain", 1, "a", -1));
  sonde_message_set_attachments (message, files);
  copy = sonde_message_copy (message, 2, 0);
  g_assert_cmpuint (sonde_message_get_attachments (copy)->len, ==, 1);
  g_assert_true (g_ptr_array_index (sonde_message_get_attachments (copy), 0) == files->pdata[0]);
  g_assert_finalize_object (message);
  g_assert_finalize_object (copy);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attachment/text", test_text);
  g_test_add_func ("/attachment/image", test_image);
  g_test_add_func ("/attachment/states", test_states);
  g_test_add_func ("/attachment/draft", test_draft);
  g_test_add_func ("/attachment/message", test_message);

  return g_test_run ();
}
