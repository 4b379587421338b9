/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-library-private.h"

/* Going back to a backup: a part of SondeLibrary. */

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *backups = sonde_store_list_backups_finish (SONDE_STORE (source), result, &error);

  if (backups != NULL)
    g_task_return_pointer (task, backups, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * sonde_library_list_backups_async:
 * @self: a library
 * @cancellable: (nullable): ends it
 * @callback: called with the list
 * @user_data: for @callback
 *
 * Looks into the backups.
 */
void
sonde_library_list_backups_async (SondeLibrary *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SONDE_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_library_list_backups_async);
  sonde_store_list_backups_async (sonde_library_get_store (self), cancellable, listed_cb, task);
}

/**
 * sonde_library_list_backups_finish:
 * @self: a library
 * @result: the result
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type SondeBackup) (nullable): the backups, the newest first
 */
GPtrArray *
sonde_library_list_backups_finish (SondeLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (sonde_store_prepare_restore_finish (SONDE_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sonde_library_prepare_restore_async:
 * @self: a library
 * @backup: what to go back to
 * @cancellable: (nullable): ends it
 * @callback: called when the rest can be done at once
 * @user_data: for @callback
 *
 * Does what takes its time, while one can go on working.
 */
void
sonde_library_prepare_restore_async (SondeLibrary *self,
                                     SondeBackup *backup,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SONDE_IS_LIBRARY (self));
  g_return_if_fail (SONDE_IS_BACKUP (backup));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_library_prepare_restore_async);
  sonde_store_prepare_restore_async (sonde_library_get_store (self), backup, cancellable,
                                     prepared_cb, task);
}

/**
 * sonde_library_prepare_restore_finish:
 * @self: a library
 * @result: the result
 * @error: why it cannot be restored
 *
 * Returns: whether the backup is sound, and ready
 */
gboolean
sonde_library_prepare_restore_finish (SondeLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sonde_library_restore_backup:
 * @self: a library that was shut down, for which a backup was prepared
 * @error: why it was not done
 *
 * Goes back to the backup; what there was is moved aside, never deleted. A new library
 * then shows it.
 *
 * Returns: (transfer full) (nullable) (type filename): where what there was is now
 */
char *
sonde_library_restore_backup (SondeLibrary *self, GError **error)
{
  g_return_val_if_fail (SONDE_IS_LIBRARY (self), NULL);

  return sonde_store_restore (sonde_library_get_store (self), error);
}
