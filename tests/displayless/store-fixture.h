/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the tests of the store share: a store in a folder of its own, and its
 * asynchronous calls as calls that wait. */

#pragma once

#include "sonde-store.h"
#include "sonde-test.h"

typedef struct {
  char *base;
  char *folder;
  char *path;
  SondeStore *store;
} Fixture;

/* --- waiting ------------------------------------------------------------------ */

static inline void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  g_set_object (slot, result);
}

static inline GAsyncResult *
wait_for (GAsyncResult **slot)
{
  sonde_test_wait (*slot != NULL);
  return *slot;
}

static inline gboolean
open_store (SondeStore *store, char **set_aside_path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sonde_store_open_async (store, NULL, result_cb, &result);
  return sonde_store_open_finish (store, wait_for (&result), set_aside_path, error);
}

static inline gboolean
flush_store (SondeStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sonde_store_flush_async (store, result_cb, &result);
  return sonde_store_flush_finish (store, wait_for (&result), error);
}

static inline gboolean
close_store (SondeStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sonde_store_close_async (store, result_cb, &result);
  return sonde_store_close_finish (store, wait_for (&result), error);
}

static inline GPtrArray *
list (SondeStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *conversations;

  sonde_store_list_conversations_async (store, NULL, result_cb, &result);
  conversations = sonde_store_list_conversations_finish (store, wait_for (&result), &error);
  g_assert_no_error (error);

  return conversations;
}

static inline GPtrArray *
load (SondeStore *store, gint64 conversation_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *messages;

  sonde_store_load_messages_async (store, conversation_id, NULL, result_cb, &result);
  messages = sonde_store_load_messages_finish (store, wait_for (&result), &error);
  g_assert_no_error (error);

  return messages;
}

/* --- the fixture -------------------------------------------------------------- */

static inline void
open_ok (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *set_aside_path = NULL;

  open_store (fixture->store, &set_aside_path, &error);
  g_assert_no_error (error);
  g_assert_null (set_aside_path);
}

static inline void
close_ok (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (close_store (fixture->store, &error));
  g_assert_no_error (error);
}

static inline void
reopen (Fixture *fixture)
{
  close_ok (fixture);
  g_assert_finalize_object (fixture->store);
  fixture->store = sonde_store_new (fixture->path);
  open_ok (fixture);
}

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->base = g_dir_make_tmp ("sonde-test-store-XXXXXX", NULL);
  g_assert_nonnull (fixture->base);
  fixture->folder = g_build_filename (fixture->base, "sonde", NULL);
  fixture->path = g_build_filename (fixture->folder, "sonde.db", NULL);
  fixture->store = sonde_store_new (fixture->path);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_ok (fixture);
  g_assert_finalize_object (fixture->store);
  sonde_test_remove_tree (fixture->base);
  g_free (fixture->base);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static inline void
set_up_open (Fixture *fixture, gconstpointer data)
{
  set_up (fixture, data);
  open_ok (fixture);
}

static inline SondeConversation *
save_conversation (SondeStore *store, const char *title, gint64 updated_at)
{
  SondeConversation *conversation = sonde_conversation_new (sonde_store_allocate_id (store), 1000);

  sonde_conversation_set_title (conversation, title);
  sonde_conversation_set_updated_at (conversation, updated_at);
  sonde_store_save_conversation (store, conversation);

  return conversation;
}

static inline SondeMessage *
new_message (SondeStore *store, gint64 parent_id, SondeRole role, const char *content)
{
  SondeMessage *message =
    sonde_message_new (sonde_store_allocate_id (store), parent_id, role, 2000);

  sonde_message_set_text (message, SONDE_TEXT_CONTENT, content);

  return message;
}

static inline void
append (SondeStore *store, SondeMessage *message, SondeTextKind kind, const char *text)
{
  sonde_store_append_text (store, sonde_message_get_id (message), kind, text, strlen (text));
}

static inline const char *
content (SondeMessage *message)
{
  return sonde_message_get_text (message, SONDE_TEXT_CONTENT);
}

static inline const char *
reasoning (SondeMessage *message)
{
  return sonde_message_get_text (message, SONDE_TEXT_REASONING);
}
