/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-library-private.h"

/* Searching in all conversations: a part of SondeLibrary. */

static gint64
get_time (GHashTable *times, SondeSearchHit *hit)
{
  SondeConversation *conversation = sonde_search_hit_get_conversation (hit);

  return *(gint64 *) g_hash_table_lookup (times, conversation);
}

/* Conversations by the newest that was found in them; in each the title, then the
 * messages, the newest first. */
static int
compare_hits (gconstpointer a, gconstpointer b, gpointer user_data)
{
  SondeSearchHit *x = *(SondeSearchHit *const *) a, *y = *(SondeSearchHit *const *) b;
  gint64 conversation_x = sonde_search_hit_get_conversation_id (x);
  gint64 conversation_y = sonde_search_hit_get_conversation_id (y);
  gint64 time_x = get_time (user_data, x), time_y = get_time (user_data, y);

  if (time_x != time_y)
    return time_x < time_y ? 1 : -1;
  if (conversation_x != conversation_y)
    return conversation_x < conversation_y ? 1 : -1;

  time_x = sonde_search_hit_get_message_id (x) == 0 ? G_MAXINT64 : sonde_search_hit_get_time (x);
  time_y = sonde_search_hit_get_message_id (y) == 0 ? G_MAXINT64 : sonde_search_hit_get_time (y);

  return (time_x < time_y) - (time_x > time_y);
}

/* Gives the hits their conversations. One that is not in the list is about to be there, or
 * is being deleted: it is left out. */
static void
resolve (SondeLibrary *self, GPtrArray *hits)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self));
  guint n_found = 0;

  for (guint i = 0; i < hits->len; i++) {
    gint64 id = sonde_search_hit_get_conversation_id (g_ptr_array_index (hits, i));

    if (!g_hash_table_contains (wanted, &id))
      g_hash_table_insert (wanted, g_memdup2 (&id, sizeof id), NULL);
  }
  for (guint i = 0; i < n && n_found < g_hash_table_size (wanted); i++) {
    g_autoptr (SondeConversation) conversation = g_list_model_get_item (G_LIST_MODEL (self), i);
    gint64 id = sonde_conversation_get_id (conversation);

    if (g_hash_table_contains (wanted, &id)) {
      g_hash_table_insert (wanted, g_memdup2 (&id, sizeof id), conversation);
      n_found++;
    }
  }
  for (guint i = hits->len; i > 0; i--) {
    SondeSearchHit *hit = g_ptr_array_index (hits, i - 1);
    gint64 id = sonde_search_hit_get_conversation_id (hit);
    SondeConversation *conversation = g_hash_table_lookup (wanted, &id);

    if (conversation != NULL)
      sonde_search_hit_set_conversation (hit, conversation);
    else
      g_ptr_array_remove_index (hits, i - 1);
  }
}

static void
group (GPtrArray *hits)
{
  g_autoptr (GHashTable) times = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  for (guint i = 0; i < hits->len; i++) {
    SondeSearchHit *hit = g_ptr_array_index (hits, i);
    gint64 time = sonde_search_hit_get_time (hit);
    SondeConversation *conversation = sonde_search_hit_get_conversation (hit);
    gint64 *known = g_hash_table_lookup (times, conversation);

    if (known == NULL)
      g_hash_table_insert (times, conversation, g_memdup2 (&time, sizeof time));
    else
      *known = MAX (*known, time);
  }
  g_ptr_array_sort_with_data (hits, compare_hits, times);
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *hits = sonde_store_search_finish (SONDE_STORE (source), result, &error);

  if (hits == NULL) {
    g_task_return_error (task, error);
    return;
  }

  resolve (g_task_get_source_object (task), hits);
  group (hits);
  g_task_return_pointer (task, hits, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * sonde_library_search_async:
 * @self: a library
 * @query: what somebody typed: words, “phrases”, -words and filters like `model:pro`
 * @limit: how many messages to find at most
 * @cancellable: (nullable): ends the search at once
 * @callback: called with what was found
 * @user_data: for @callback
 *
 * Searches titles, messages and reasoning. There is no wrong query.
 */
void
sonde_library_search_async (SondeLibrary *self,
                            const char *query,
                            guint limit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SONDE_IS_LIBRARY (self));
  g_return_if_fail (query != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_library_search_async);
  sonde_store_search_async (sonde_library_get_store (self), query, limit, cancellable, searched_cb,
                            task);
}

/**
 * sonde_library_search_finish:
 * @self: a library
 * @result: the result
 * @error: a SONDE_STORE_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type SondeSearchHit) (nullable): what was found, by
 *   conversation, the newest first
 */
GPtrArray *
sonde_library_search_finish (SondeLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sonde_library_get_index_progress:
 * @self: a library
 *
 * Returns: how much of what was said can be found, 0 to 1; less than 1 while what an older
 *   version stored is being indexed
 */
double
sonde_library_get_index_progress (SondeLibrary *self)
{
  g_return_val_if_fail (SONDE_IS_LIBRARY (self), 1);

  return sonde_store_get_index_progress (sonde_library_get_store (self));
}
