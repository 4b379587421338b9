/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-library-private.h"

/* What all conversations used: a part of SondeLibrary. */

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *entries = sonde_store_list_usage_finish (SONDE_STORE (source), result, &error);

  if (entries != NULL)
    g_task_return_pointer (task, entries, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * sonde_library_list_usage_async:
 * @self: a library
 * @since: microseconds since 1970: what is older does not count
 * @cancellable: (nullable): a cancellable
 * @callback: called with what was used
 * @user_data: for @callback
 *
 * Adds up what was used, also by requests that are no messages.
 */
void
sonde_library_list_usage_async (SondeLibrary *self,
                                gint64 since,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SONDE_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_library_list_usage_async);
  sonde_store_list_usage_async (sonde_library_get_store (self), since, cancellable, listed_cb,
                                task);
}

/**
 * sonde_library_list_usage_finish:
 * @self: a library
 * @result: the result
 * @error: a SONDE_STORE_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type SondeUsageEntry) (nullable): what was used, by day
 */
GPtrArray *
sonde_library_list_usage_finish (SondeLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
