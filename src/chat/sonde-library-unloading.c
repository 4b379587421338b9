/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is kept of conversations that are not on the screen: a part of SondeLibrary. */

#include "sonde-library-private.h"
#include "sonde-memory.h"

/* Who goes back and forth between a few does not wait. */
#define N_KEPT 4

/* Whether all that the conversation has is in the store, and nothing goes on in it. */
static gboolean
can_unload (SondeLibrary *self, SondeConversation *conversation)
{
  SondeSession *session = g_hash_table_lookup (self->sessions, conversation);

  return conversation != self->current && sonde_conversation_get_loaded (conversation) &&
         !sonde_conversation_get_temporary (conversation) &&
         !sonde_conversation_get_streaming (conversation) &&
         sonde_conversation_get_leaf_id (conversation) != 0 &&
         (session == NULL ||
          (!sonde_session_get_busy (session) && !sonde_session_get_summarising (session)));
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeLibrary) self = user_data;

  /* What could not be written is only here. */
  if (!sonde_store_flush_finish (SONDE_STORE (source), result, NULL) || self->left == NULL)
    return;

  for (guint i = self->left->len; i > N_KEPT; i--) {
    g_autoptr (SondeConversation) conversation = g_object_ref (self->left->pdata[i - 1]);

    if (!can_unload (self, conversation))
      continue;
    g_ptr_array_remove_index (self->left, i - 1);
    g_hash_table_remove (self->sessions, conversation);
    sonde_conversation_unload (conversation);
  }
  sonde_memory_give_back ();
}

/**
 * sonde_library_keep_some:
 * @self: a library
 * @left: (nullable): the conversation that was on the screen
 *
 * Lets go of the messages of those conversations that were on the screen long ago. What
 * streams stays, and what was not stored.
 */
void
sonde_library_keep_some (SondeLibrary *self, SondeConversation *left)
{
  if (self->current != NULL)
    g_ptr_array_remove (self->left, self->current);
  if (left != NULL && left != self->current) {
    g_ptr_array_remove (self->left, left);
    g_ptr_array_insert (self->left, 0, g_object_ref (left));
  }
  if (self->left->len > N_KEPT)
    sonde_store_flush_async (self->services->store, flushed_cb, g_object_ref (self));
}
