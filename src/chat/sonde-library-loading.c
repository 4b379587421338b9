/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The way from the store into the list, and of a conversation's messages: what is on the
 * screen comes first. */

#include "sonde-library-private.h"
#include "sonde-memory.h"

/* What is read first: what a window of 2,160 pixels shows. The rest comes while it is shown. */
#define N_FIRST_CONVERSATIONS 64
#define N_FIRST_MESSAGES      30

/* How many conversations join the list at once, so that no frame waits for them. */
#define N_AT_ONCE 1000

#define SWEEP_INTERVAL (24 * 60 * 60) /* s */

static gboolean
sweep_cb (gpointer user_data)
{
  sonde_library_sweep_trash (user_data);

  return G_SOURCE_CONTINUE;
}

static void
end_listing (SondeLibrary *self)
{
  sonde_library_sweep_trash (self);
  self->sweep_source = g_timeout_add_seconds (SWEEP_INTERVAL, sweep_cb, self);
  sonde_memory_give_back ();
}

/* What comes from the store is older than all that is in the list. */
static void
list_behind (SondeLibrary *self, gpointer *conversations, guint n)
{
  for (guint i = 0; i < n; i++)
    sonde_library_watch (self, conversations[i]);
  g_list_store_splice (self->conversations,
                       g_list_model_get_n_items (G_LIST_MODEL (self->conversations)), 0,
                       conversations, n);
}

static gboolean
list_more_cb (gpointer user_data)
{
  SondeLibrary *self = user_data;
  guint n = MIN (N_AT_ONCE, self->rest->len - self->n_listed);

  list_behind (self, self->rest->pdata + self->n_listed, n);
  self->n_listed += n;
  if (self->n_listed < self->rest->len)
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->rest, g_ptr_array_unref);
  self->list_source = 0;
  end_listing (self);

  return G_SOURCE_REMOVE;
}

static void
rest_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeLibrary) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rest = sonde_store_list_some_finish (SONDE_STORE (source), result, &error);

  self->listing = FALSE;
  if (self->conversations == NULL)
    return;
  if (rest == NULL) {
    sonde_library_tell_problem (self, error);
    return;
  }
  if (self->deleting) {
    for (guint i = 0; i < rest->len; i++)
      sonde_store_delete_conversation (self->services->store,
                                       sonde_conversation_get_id (g_ptr_array_index (rest, i)));
    g_ptr_array_set_size (rest, 0);
  }

  self->rest = g_steal_pointer (&rest);
  self->list_source = g_idle_add (list_more_cb, self);
}

static void
first_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeLibrary) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) first = sonde_store_list_some_finish (SONDE_STORE (source), result, &error);

  if (self->conversations == NULL)
    return;
  if (first == NULL) {
    sonde_library_fail (self, error);
    return;
  }

  list_behind (self, first->pdata, first->len);
  if (first->len == N_FIRST_CONVERSATIONS) {
    self->listing = TRUE;
    sonde_store_list_some_async (SONDE_STORE (source), g_ptr_array_index (first, first->len - 1), 0,
                                 NULL, rest_listed_cb, g_object_ref (self));
  } else {
    end_listing (self);
  }
  sonde_library_begin (self, SONDE_LIBRARY_READY);
}

static void
folders_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeLibrary) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) folders =
    sonde_store_list_folders_finish (SONDE_STORE (source), result, &error);

  if (self->folders != NULL && folders != NULL)
    g_list_store_splice (self->folders, 0, 0, folders->pdata, folders->len);
}

/**
 * sonde_library_delete_all:
 * @self: a library that is ready
 *
 * Deletes all conversations for ever, those of the archive and of the trash and those that are
 * not listed yet too, and all folders.
 */
void
sonde_library_delete_all (SondeLibrary *self)
{
  GListModel *conversations = G_LIST_MODEL (self);
  GListModel *folders = sonde_library_get_folders (self);

  g_return_if_fail (SONDE_IS_LIBRARY (self));

  self->deleting = self->listing;
  while (self->rest != NULL) {
    g_clear_handle_id (&self->list_source, g_source_remove);
    list_more_cb (self);
  }
  /* From the end, where a list is the shortest to take from. */
  for (guint i = g_list_model_get_n_items (conversations); i > 0; i--) {
    g_autoptr (SondeConversation) conversation = g_list_model_get_item (conversations, i - 1);

    sonde_library_delete_for_ever (self, conversation);
  }
  for (guint i = g_list_model_get_n_items (folders); i > 0; i--) {
    g_autoptr (SondeFolder) folder = g_list_model_get_item (folders, i - 1);

    sonde_library_delete_folder (self, folder);
  }
}

/* The folders, the first conversations, and then the others. */
void
sonde_library_list (SondeLibrary *self)
{
  SondeStore *store = self->services->store;

  sonde_store_list_folders_async (store, NULL, folders_listed_cb, g_object_ref (self));
  sonde_store_list_some_async (store, NULL, N_FIRST_CONVERSATIONS, NULL, first_listed_cb,
                               g_object_ref (self));
}

typedef struct {
  SondeLibrary *library;
  SondeConversation *conversation;
} Loading;

static Loading *
loading_new (SondeLibrary *library, SondeConversation *conversation)
{
  Loading *self = g_new (Loading, 1);

  self->library = g_object_ref (library);
  self->conversation = g_object_ref (conversation);

  return self;
}

static void
loading_free (Loading *self)
{
  g_object_unref (self->library);
  g_object_unref (self->conversation);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loading, loading_free)

static void
tail_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Loading) loading = user_data;
  g_autoptr (GPtrArray) tail = sonde_store_load_tail_finish (SONDE_STORE (source), result, NULL);

  /* What fails here fails below as well, and is told there. */
  if (tail != NULL && !sonde_conversation_get_loaded (loading->conversation))
    sonde_conversation_set_tail (loading->conversation, tail);
}

static void
messages_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Loading) loading = user_data;
  SondeLibrary *self = loading->library;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages =
    sonde_store_load_messages_finish (SONDE_STORE (source), result, &error);

  if (self->loading != NULL)
    g_hash_table_remove (self->loading, loading->conversation);
  if (messages == NULL)
    sonde_library_tell_problem (self, error);
  else if (!sonde_conversation_get_loaded (loading->conversation))
    sonde_conversation_set_tree (loading->conversation, messages);
}

/* What was attached meanwhile comes behind it. */
static void
draft_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Loading) loading = user_data;
  g_autoptr (GPtrArray) files = sonde_store_load_draft_finish (SONDE_STORE (source), result, NULL);

  if (files != NULL && files->len > 0)
    g_list_store_splice (sonde_conversation_get_attachments (loading->conversation), 0, 0,
                         files->pdata, files->len);
}

/* Its end first, which is what is on the screen. */
void
sonde_library_load (SondeLibrary *self, SondeConversation *conversation)
{
  SondeStore *store = self->services->store;

  if (sonde_conversation_get_loaded (conversation) ||
      !g_hash_table_add (self->loading, g_object_ref (conversation)))
    return;

  sonde_store_load_tail_async (store, conversation, N_FIRST_MESSAGES, NULL, tail_loaded_cb,
                               loading_new (self, conversation));
  sonde_store_load_draft_async (store, sonde_conversation_get_id (conversation), NULL,
                                draft_loaded_cb, loading_new (self, conversation));
  sonde_store_load_messages_async (store, sonde_conversation_get_id (conversation), NULL,
                                   messages_loaded_cb, loading_new (self, conversation));
}
