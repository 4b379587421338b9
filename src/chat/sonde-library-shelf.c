/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where conversations come from and where they go: new ones, copies, folders, the trash. */

#include "sonde-library-private.h"

#define TRASH_TIME (30LL * 24 * 60 * 60 * G_USEC_PER_SEC) /* us */

static gint64
now (SondeLibrary *self)
{
  return sonde_clock_get_real_time (self->services->clock);
}

static void
prepare (SondeLibrary *self, SondeConversation *conversation)
{
  g_autoptr (GPtrArray) no_messages = g_ptr_array_new ();
  const char *model_id = NULL;
  SondeThinking thinking = SONDE_THINKING_HIGH;

  if (self->settings != NULL) {
    model_id = sonde_settings_get_model_id (self->settings);
    sonde_thinking_from_string (sonde_settings_get_thinking (self->settings), &thinking);
  }

  sonde_conversation_set_model_id (
    conversation, model_id != NULL && *model_id != '\0' ? model_id : "deepseek-v4-flash");
  sonde_conversation_set_thinking (conversation, thinking);
  sonde_conversation_set_messages (conversation, no_messages);
}

/**
 * sonde_library_create:
 * @self: a library
 *
 * Returns: (transfer full): a new conversation with the model and the thinking of
 *   the settings; it joins the store with its first draft or question, and the list with
 *   its first question
 */
SondeConversation *
sonde_library_create (SondeLibrary *self)
{
  SondeConversation *conversation;

  g_return_val_if_fail (SONDE_IS_LIBRARY (self), NULL);

  conversation = sonde_conversation_new (0, now (self));
  prepare (self, conversation);
  sonde_library_watch (self, conversation);

  return conversation;
}

/**
 * sonde_library_create_temporary:
 * @self: a library
 *
 * Returns: (transfer full): a new conversation that never comes to the disk, and is not in
 *   the list
 */
SondeConversation *
sonde_library_create_temporary (SondeLibrary *self)
{
  SondeConversation *conversation;

  g_return_val_if_fail (SONDE_IS_LIBRARY (self), NULL);

  conversation = sonde_conversation_new_temporary (now (self));
  prepare (self, conversation);

  return conversation;
}

static SondeConversation *
copy_head (SondeLibrary *self, SondeConversation *source)
{
  SondeConversation *copy;

  if (sonde_conversation_get_temporary (source))
    copy = sonde_conversation_new_temporary (now (self));
  else
    copy = sonde_conversation_new (0, now (self));
  sonde_conversation_set_id (copy, sonde_store_allocate_id (self->services->store));
  sonde_conversation_set_title (copy, sonde_conversation_get_title (source));
  sonde_conversation_set_title_manual (copy, sonde_conversation_get_title_manual (source));
  sonde_conversation_set_model_id (copy, sonde_conversation_get_model_id (source));
  sonde_conversation_set_thinking (copy, sonde_conversation_get_thinking (source));
  sonde_conversation_set_json_output (copy, sonde_conversation_get_json_output (source));
  sonde_conversation_set_system_prompt (copy, sonde_conversation_get_system_prompt (source));
  sonde_conversation_set_parameters (copy, sonde_conversation_get_parameters (source));
  sonde_conversation_set_spelling (copy, sonde_conversation_get_spelling (source));
  sonde_conversation_set_folder_id (copy, sonde_conversation_get_folder_id (source));

  return copy;
}

/* Copies @messages, each of which comes behind its parent, and makes the copy of @leaf the
 * end of the chosen path. One whose parent is left out follows what that one followed. */
static void
copy_messages (SondeLibrary *self,
               SondeConversation *copy,
               SondeMessageTree *tree,
               GPtrArray *messages,
               SondeMessage *leaf)
{
  g_autoptr (GHashTable) copies = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  SondeMessage *last;

  for (guint i = 0; i < messages->len; i++) {
    SondeMessage *message = g_ptr_array_index (messages, i);
    SondeMessage *parent = sonde_message_tree_get_parent (tree, message);
    SondeMessage *parent_copy = parent != NULL ? g_hash_table_lookup (copies, parent) : NULL;
    SondeMessage *message_copy =
      sonde_message_copy (message, sonde_store_allocate_id (self->services->store),
                          parent_copy != NULL ? sonde_message_get_id (parent_copy) : 0);

    g_hash_table_insert (copies, message, message_copy);
    g_ptr_array_add (all, message_copy);
  }

  last = leaf != NULL ? g_hash_table_lookup (copies, leaf) : NULL;
  sonde_conversation_set_leaf_id (copy, last != NULL ? sonde_message_get_id (last) : 0);
  sonde_conversation_set_tree (copy, all);
  if (sonde_conversation_get_temporary (copy))
    return;

  sonde_store_save_conversation (self->services->store, copy);
  for (guint i = 0; i < all->len; i++)
    sonde_store_save_message (self->services->store, sonde_conversation_get_id (copy),
                              g_ptr_array_index (all, i));
  sonde_library_watch (self, copy);
  sonde_library_place (self, copy);
}

static void
copy_whole (SondeLibrary *self, SondeConversation *copy, SondeConversation *source)
{
  SondeMessageTree *tree = sonde_conversation_get_tree (source);
  g_autoptr (GPtrArray) all = sonde_message_tree_get_all (tree);

  for (guint i = all->len; i > 0; i--)
    if (sonde_message_get_deleted_at (g_ptr_array_index (all, i - 1)) != 0)
      g_ptr_array_remove_index (all, i - 1);
  copy_messages (self, copy, tree, all, sonde_conversation_get_last (source));
}

typedef struct {
  SondeLibrary *library;
  SondeConversation *copy;
} Duplication;

static void
source_loaded_cb (SondeConversation *source, GParamSpec *pspec, gpointer user_data)
{
  Duplication *duplication = user_data;

  copy_whole (duplication->library, duplication->copy, source);
  g_signal_handlers_disconnect_by_func (source, source_loaded_cb, duplication);
}

static void
duplication_free (gpointer data, GClosure *closure)
{
  Duplication *duplication = data;

  g_object_unref (duplication->library);
  g_object_unref (duplication->copy);
  g_free (duplication);
}

/**
 * sonde_library_duplicate:
 * @self: a library
 * @conversation: a conversation of the list
 *
 * Returns: (transfer full): a conversation with the same messages in all their versions; it
 *   is empty and not loaded as long as @conversation is not loaded either
 */
SondeConversation *
sonde_library_duplicate (SondeLibrary *self, SondeConversation *conversation)
{
  SondeConversation *copy;

  g_return_val_if_fail (SONDE_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (SONDE_IS_CONVERSATION (conversation), NULL);

  copy = copy_head (self, conversation);
  if (sonde_conversation_get_loaded (conversation)) {
    copy_whole (self, copy, conversation);
  } else {
    Duplication *duplication = g_new (Duplication, 1);

    duplication->library = g_object_ref (self);
    duplication->copy = g_object_ref (copy);
    g_signal_connect_data (conversation, "notify::loaded", G_CALLBACK (source_loaded_cb),
                           duplication, duplication_free, G_CONNECT_DEFAULT);
    sonde_library_load (self, conversation);
  }

  return copy;
}

/**
 * sonde_library_fork:
 * @self: a library
 * @conversation: a loaded conversation
 * @message: a message of it
 *
 * Returns: (transfer full): a conversation that begins with all that was said up to @message
 */
SondeConversation *
sonde_library_fork (SondeLibrary *self, SondeConversation *conversation, SondeMessage *message)
{
  SondeMessageTree *tree;
  g_autoptr (GPtrArray) path = NULL;
  SondeConversation *copy;

  g_return_val_if_fail (SONDE_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (SONDE_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (SONDE_IS_MESSAGE (message), NULL);

  tree = sonde_conversation_get_tree (conversation);
  path = sonde_message_tree_get_path (tree, message);
  copy = copy_head (self, conversation);
  copy_messages (self, copy, tree, path, message);

  return copy;
}

/**
 * sonde_library_get_folders:
 * @self: a library
 *
 * Returns: (transfer none): the folders by their positions, as a list of SondeFolder
 */
GListModel *
sonde_library_get_folders (SondeLibrary *self)
{
  g_return_val_if_fail (SONDE_IS_LIBRARY (self), NULL);

  return G_LIST_MODEL (self->folders);
}

/* Behind the others, and in the store. */
void
sonde_library_add_folder (SondeLibrary *self, SondeFolder *folder)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->folders));

  sonde_folder_set_position (folder, (int) n);
  sonde_store_save_folder (self->services->store, folder);
  g_list_store_append (self->folders, folder);
}

/**
 * sonde_library_create_folder:
 * @self: a library
 * @name: its name
 *
 * Returns: (transfer none): a new folder, behind the others
 */
SondeFolder *
sonde_library_create_folder (SondeLibrary *self, const char *name)
{
  g_autoptr (SondeFolder) folder = NULL;

  g_return_val_if_fail (SONDE_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  folder = sonde_folder_new (sonde_store_allocate_id (self->services->store), name, 0);
  sonde_library_add_folder (self, folder);

  return folder;
}

/**
 * sonde_library_rename_folder:
 * @self: a library
 * @folder: a folder
 * @name: its name from now on
 */
void
sonde_library_rename_folder (SondeLibrary *self, SondeFolder *folder, const char *name)
{
  g_return_if_fail (SONDE_IS_LIBRARY (self));
  g_return_if_fail (SONDE_IS_FOLDER (folder));

  sonde_folder_set_name (folder, name);
  sonde_store_save_folder (self->services->store, folder);
}

/**
 * sonde_library_delete_folder:
 * @self: a library
 * @folder: a folder
 *
 * Deletes the folder; the conversations in it stay, and are in none.
 */
void
sonde_library_delete_folder (SondeLibrary *self, SondeFolder *folder)
{
  GListModel *conversations;
  gint64 id;
  guint position;

  g_return_if_fail (SONDE_IS_LIBRARY (self));
  g_return_if_fail (SONDE_IS_FOLDER (folder));

  id = sonde_folder_get_id (folder);
  conversations = G_LIST_MODEL (self->conversations);
  for (guint i = 0; i < g_list_model_get_n_items (conversations); i++) {
    g_autoptr (SondeConversation) conversation = g_list_model_get_item (conversations, i);

    if (sonde_conversation_get_folder_id (conversation) == id)
      sonde_conversation_set_folder_id (conversation, 0);
  }
  sonde_store_delete_folder (self->services->store, id);
  if (g_list_store_find (self->folders, folder, &position))
    g_list_store_remove (self->folders, position);
}

/**
 * sonde_library_trash:
 * @self: a library
 * @conversation: a conversation
 *
 * Puts it into the trash, where it stays for 30 days. An answer on its way is stopped.
 */
void
sonde_library_trash (SondeLibrary *self, SondeConversation *conversation)
{
  SondeSession *session;

  g_return_if_fail (SONDE_IS_LIBRARY (self));
  g_return_if_fail (SONDE_IS_CONVERSATION (conversation));

  session = g_hash_table_lookup (self->sessions, conversation);
  if (session != NULL)
    sonde_session_stop (session);
  sonde_conversation_set_trashed_at (conversation, now (self));
}

/**
 * sonde_library_restore:
 * @self: a library
 * @conversation: a conversation that is in the trash
 *
 * Takes it out of the trash.
 */
void
sonde_library_restore (SondeLibrary *self, SondeConversation *conversation)
{
  g_return_if_fail (SONDE_IS_LIBRARY (self));
  g_return_if_fail (SONDE_IS_CONVERSATION (conversation));

  sonde_conversation_set_trashed_at (conversation, 0);
}

/**
 * sonde_library_delete_for_ever:
 * @self: a library
 * @conversation: a conversation
 *
 * Takes it off the list and overwrites it on the disk.
 */
void
sonde_library_delete_for_ever (SondeLibrary *self, SondeConversation *conversation)
{
  SondeSession *session;
  g_autoptr (SondeConversation) kept = NULL;

  g_return_if_fail (SONDE_IS_LIBRARY (self));
  g_return_if_fail (SONDE_IS_CONVERSATION (conversation));

  kept = g_object_ref (conversation);
  session = g_hash_table_lookup (self->sessions, conversation);
  if (session != NULL)
    sonde_session_stop (session);
  sonde_library_remove (self, conversation);
  /* What is still set on it by whoever shows it would store it again. */
  sonde_conversation_set_observer (conversation, NULL);
  g_hash_table_remove (self->unsaved, conversation);
  g_hash_table_remove (self->unsaved_drafts, conversation);
  if (sonde_conversation_get_id (conversation) != 0)
    sonde_store_delete_conversation (self->services->store,
                                     sonde_conversation_get_id (conversation));
}

/* Deletes what has been in the trash for long enough. */
void
sonde_library_sweep_trash (SondeLibrary *self)
{
  GListModel *conversations = G_LIST_MODEL (self->conversations);
  gint64 before = now (self) - TRASH_TIME;

  for (guint i = g_list_model_get_n_items (conversations); i > 0; i--) {
    g_autoptr (SondeConversation) conversation = g_list_model_get_item (conversations, i - 1);
    gint64 trashed_at = sonde_conversation_get_trashed_at (conversation);

    if (trashed_at != 0 && trashed_at < before)
      sonde_library_delete_for_ever (self, conversation);
  }
}
