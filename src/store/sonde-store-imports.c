/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-store-private.h"

/**
 * sonde_store_begin_import:
 * @self: a store
 *
 * Begins an import. What is added to it is hidden until it is committed; it is removed where
 * it is rolled back, and at the next start where neither was done.
 *
 * Returns: the import's number
 */
gint64
sonde_store_begin_import (SondeStore *self)
{
  gint64 import_id;

  g_return_val_if_fail (SONDE_IS_STORE (self), 0);

  import_id = sonde_store_allocate_id (self);
  if (sonde_store_get_open_writer (self) != NULL)
    sonde_writer_push (sonde_store_get_open_writer (self),
                       sonde_operation_new (SONDE_OPERATION_BEGIN_IMPORT, NULL, import_id));

  return import_id;
}

/**
 * sonde_store_add_to_import_async:
 * @self: a store
 * @import_id: an import
 * @conversation: a conversation with a number, stored as it stands now, with the files of its draft
 * @messages: (element-type SondeMessage): all its messages, each behind its parent
 * @callback: called when all of it is written
 * @user_data: for @callback
 *
 * Writes a conversation bit by bit, so that other writes wait no longer than 50 ms. Who waits
 * for the answer before he adds the next one has no more in memory than that.
 */
void
sonde_store_add_to_import_async (SondeStore *self,
                                 gint64 import_id,
                                 SondeConversation *conversation,
                                 GPtrArray *messages,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (SONDE_IS_STORE (self));
  g_return_if_fail (SONDE_IS_CONVERSATION (conversation));
  g_return_if_fail (messages != NULL);

  sonde_store_push_asking (
    self, sonde_operation_new_add_to_import (
            sonde_store_new_task (self, sonde_store_add_to_import_async, NULL, callback, user_data),
            import_id, conversation, messages));
}

/**
 * sonde_store_add_to_import_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether it is written
 */
gboolean
sonde_store_add_to_import_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sonde_store_commit_import_async:
 * @self: a store
 * @import_id: an import
 * @callback: called when it is committed
 * @user_data: for @callback
 *
 * Shows all that was added to the import, in one step.
 */
void
sonde_store_commit_import_async (SondeStore *self,
                                 gint64 import_id,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (SONDE_IS_STORE (self));

  sonde_store_ask (
    self, SONDE_OPERATION_COMMIT_IMPORT, import_id,
    sonde_store_new_task (self, sonde_store_commit_import_async, NULL, callback, user_data));
}

/**
 * sonde_store_commit_import_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether it is committed
 */
gboolean
sonde_store_commit_import_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sonde_store_roll_back_import_async:
 * @self: a store
 * @import_id: an import
 * @callback: called when nothing of it is left
 * @user_data: for @callback
 *
 * Removes all that was added to the import, bit by bit.
 */
void
sonde_store_roll_back_import_async (SondeStore *self,
                                    gint64 import_id,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (SONDE_IS_STORE (self));

  sonde_store_ask (
    self, SONDE_OPERATION_ROLL_BACK_IMPORT, import_id,
    sonde_store_new_task (self, sonde_store_roll_back_import_async, NULL, callback, user_data));
}

/**
 * sonde_store_roll_back_import_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether nothing of it is left
 */
gboolean
sonde_store_roll_back_import_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
