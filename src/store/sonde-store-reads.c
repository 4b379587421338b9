/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-store-private.h"

static gpointer
finish_list (SondeStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sonde_store_list_conversations_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the list
 * @user_data: for @callback
 *
 * Reads all conversations that have a message or a draft, as they are after
 * everything that was queued before.
 */
void
sonde_store_list_conversations_async (SondeStore *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  sonde_store_list_some_async (self, NULL, 0, cancellable, callback, user_data);
}

/**
 * sonde_store_list_conversations_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type SondeConversation) (nullable): the conversations,
 *   none of them loaded, the latest said first
 */
GPtrArray *
sonde_store_list_conversations_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sonde_store_list_some_async:
 * @self: a store
 * @behind: (nullable): the last conversation that is known; %NULL to begin
 * @limit: how many to read at most, or 0 for all that are left
 * @cancellable: (nullable): a cancellable
 * @callback: called with the list
 * @user_data: for @callback
 *
 * Reads a part of what [method@Store.list_conversations_async] reads whole.
 */
void
sonde_store_list_some_async (SondeStore *self,
                             SondeConversation *behind,
                             guint limit,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  SondeOperation *operation;

  g_return_if_fail (SONDE_IS_STORE (self));

  operation = sonde_operation_new (
    SONDE_OPERATION_LIST_CONVERSATIONS,
    sonde_store_new_task (self, sonde_store_list_some_async, cancellable, callback, user_data), 0);
  operation->before_time = behind != NULL ? sonde_conversation_get_updated_at (behind) : G_MAXINT64;
  operation->before_id = behind != NULL ? sonde_conversation_get_id (behind) : G_MAXINT64;
  operation->limit = limit;
  sonde_store_push_asking (self, operation);
}

/**
 * sonde_store_list_some_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type SondeConversation) (nullable): the conversations,
 *   none of them loaded, the latest said first
 */
GPtrArray *
sonde_store_list_some_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  return finish_list (self, result, error);
}

/**
 * sonde_store_list_folders_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the list
 * @user_data: for @callback
 */
void
sonde_store_list_folders_async (SondeStore *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (SONDE_IS_STORE (self));

  sonde_store_ask (
    self, SONDE_OPERATION_LIST_FOLDERS, 0,
    sonde_store_new_task (self, sonde_store_list_folders_async, cancellable, callback, user_data));
}

/**
 * sonde_store_list_folders_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type SondeFolder) (nullable): the folders by their positions
 */
GPtrArray *
sonde_store_list_folders_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  return finish_list (self, result, error);
}

/**
 * sonde_store_list_usage_async:
 * @self: a store
 * @since: microseconds since 1970: what is older does not count
 * @cancellable: (nullable): a cancellable
 * @callback: called with what was used
 * @user_data: for @callback
 */
void
sonde_store_list_usage_async (SondeStore *self,
                              gint64 since,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (SONDE_IS_STORE (self));

  sonde_store_ask (
    self, SONDE_OPERATION_LIST_USAGE, since,
    sonde_store_new_task (self, sonde_store_list_usage_async, cancellable, callback, user_data));
}

/**
 * sonde_store_list_usage_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type SondeUsageEntry) (nullable): what was used, by day
 */
GPtrArray *
sonde_store_list_usage_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  return finish_list (self, result, error);
}

/**
 * sonde_store_load_tail_async:
 * @self: a store
 * @conversation: a conversation
 * @n: how many messages
 * @cancellable: (nullable): a cancellable
 * @callback: called with the messages
 * @user_data: for @callback
 *
 * Reads the last @n messages of the chosen path, which costs the same however long it is.
 */
void
sonde_store_load_tail_async (SondeStore *self,
                             SondeConversation *conversation,
                             guint n,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  SondeOperation *operation;

  g_return_if_fail (SONDE_IS_STORE (self));
  g_return_if_fail (SONDE_IS_CONVERSATION (conversation));

  operation = sonde_operation_new (
    SONDE_OPERATION_LOAD_TAIL,
    sonde_store_new_task (self, sonde_store_load_tail_async, cancellable, callback, user_data),
    sonde_conversation_get_id (conversation));
  operation->before_id = sonde_conversation_get_leaf_id (conversation);
  operation->limit = n;
  sonde_store_push_asking (self, operation);
}

/**
 * sonde_store_load_tail_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type SondeMessage) (nullable): the messages, the first one
 *   first; none where the chosen path has no end
 */
GPtrArray *
sonde_store_load_tail_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  return finish_list (self, result, error);
}

/**
 * sonde_store_load_messages_async:
 * @self: a store
 * @conversation_id: a conversation
 * @cancellable: (nullable): a cancellable
 * @callback: called with the messages
 * @user_data: for @callback
 *
 * Reads the whole tree of messages of a conversation, as it is after everything that
 * was queued before.
 */
void
sonde_store_load_messages_async (SondeStore *self,
                                 gint64 conversation_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SONDE_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_store_load_messages_async);
  sonde_store_ask (self, SONDE_OPERATION_LOAD_MESSAGES, conversation_id, task);
}

/**
 * sonde_store_load_messages_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type SondeMessage) (nullable): the messages, by their numbers
 */
GPtrArray *
sonde_store_load_messages_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sonde_store_load_draft_async:
 * @self: a store
 * @conversation_id: a conversation
 * @cancellable: (nullable): a cancellable
 * @callback: called with the files
 * @user_data: for @callback
 *
 * Reads the files of a draft; its text is in the conversation.
 */
void
sonde_store_load_draft_async (SondeStore *self,
                              gint64 conversation_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (SONDE_IS_STORE (self));

  sonde_store_ask (
    self, SONDE_OPERATION_LOAD_DRAFT, conversation_id,
    sonde_store_new_task (self, sonde_store_load_draft_async, cancellable, callback, user_data));
}

/**
 * sonde_store_load_draft_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type SondeAttachment) (nullable): the files in their order
 */
GPtrArray *
sonde_store_load_draft_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  return finish_list (self, result, error);
}

/**
 * sonde_store_search_async:
 * @self: a store
 * @text: what somebody typed: words, phrases, filters
 * @limit: how many messages to find at most
 * @cancellable: (nullable): ends the search at once, also while it runs
 * @callback: called with what was found
 * @user_data: for @callback
 *
 * Searches what is stored, in a thread of its own: nothing else waits for it.
 */
void
sonde_store_search_async (SondeStore *self,
                          const char *text,
                          guint limit,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SONDE_IS_STORE (self));
  g_return_if_fail (text != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_store_search_async);
  if (sonde_store_get_open_writer (self) != NULL)
    sonde_writer_search (sonde_store_get_open_writer (self),
                         sonde_operation_new_search (g_steal_pointer (&task), text, limit));
  else
    g_task_return_new_error_literal (task, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED,
                                     "The store is not open");
}

/**
 * sonde_store_search_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type SondeSearchHit) (nullable): titles, the latest
 *   conversation first, then messages, the newest first
 */
GPtrArray *
sonde_store_search_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
/**
 * sonde_store_list_import_async:
 * @self: a store
 * @import_id: an import that is committed
 * @callback: called with the list
 * @user_data: for @callback
 *
 * Reads the conversations that came with an import.
 */
void
sonde_store_list_import_async (SondeStore *self,
                               gint64 import_id,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (SONDE_IS_STORE (self));

  sonde_store_ask (
    self, SONDE_OPERATION_LIST_IMPORT, import_id,
    sonde_store_new_task (self, sonde_store_list_import_async, NULL, callback, user_data));
}

/**
 * sonde_store_list_import_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type SondeConversation) (nullable): the conversations,
 *   none of them loaded, the latest said first
 */
GPtrArray *
sonde_store_list_import_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  return finish_list (self, result, error);
}
