/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-conversation-private.h"

static GListStore *
get_messages (SondeConversation *self)
{
  if (self->messages == NULL)
    self->messages = g_list_store_new (SONDE_TYPE_MESSAGE);

  return self->messages;
}

static SondeMessageTree *
get_tree (SondeConversation *self)
{
  if (self->tree == NULL)
    self->tree = sonde_message_tree_new ();

  return self->tree;
}

static guint
get_n_messages (SondeConversation *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_messages (self)));
}
/**
 * sonde_conversation_get_messages:
 * @self: a conversation
 *
 * Returns: (transfer none): the messages of the chosen path, as a list of SondeMessage
 */
GListModel *
sonde_conversation_get_messages (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), NULL);

  return G_LIST_MODEL (get_messages (self));
}

/**
 * sonde_conversation_set_messages:
 * @self: a conversation
 * @path: (element-type SondeMessage): all its messages, which are one path, the first one first
 *
 * Fills the conversation; it is loaded from then on.
 */
void
sonde_conversation_set_messages (SondeConversation *self, GPtrArray *path)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  for (guint i = 0; i < path->len; i++)
    sonde_message_tree_add (get_tree (self), g_ptr_array_index (path, i));
  g_list_store_splice (get_messages (self), 0, get_n_messages (self), path->pdata, path->len);
  sonde_conversation_set_loaded (self, TRUE);
}

/**
 * sonde_conversation_set_tail:
 * @self: a conversation that is not loaded
 * @tail: (element-type SondeMessage): the last messages of the chosen path
 *
 * Shows the end of a conversation while the rest is on its way.
 */
void
sonde_conversation_set_tail (SondeConversation *self, GPtrArray *tail)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));
  g_return_if_fail (!self->loaded);

  for (guint i = 0; i < tail->len; i++)
    sonde_message_tree_add (get_tree (self), g_ptr_array_index (tail, i));
  g_list_store_splice (get_messages (self), 0, get_n_messages (self), tail->pdata, tail->len);
}

static void
number_versions (SondeConversation *self, GPtrArray *path, guint first)
{
  for (guint i = first; i < path->len; i++)
    sonde_message_tree_number_versions (self->tree, g_ptr_array_index (path, i));
}

/* How many messages of the path are on the list already, at its end, and up to its end. */
static guint
count_common_end (SondeConversation *self, GPtrArray *path)
{
  guint n = get_n_messages (self);
  guint common = 0;

  while (common < n && common < path->len) {
    g_autoptr (SondeMessage) message =
      g_list_model_get_item (G_LIST_MODEL (self->messages), n - 1 - common);

    if (message != g_ptr_array_index (path, path->len - 1 - common))
      break;
    common++;
  }

  return common;
}

/**
 * sonde_conversation_set_tree:
 * @self: a conversation
 * @messages: (element-type SondeMessage): all its messages in any order
 *
 * Fills the conversation from the store; it is loaded from then on. What the tail has shown
 * stays; what comes before it is put before it at once. The newest message ends the path
 * where the one that was chosen is not there.
 */
void
sonde_conversation_set_tree (SondeConversation *self, GPtrArray *messages)
{
  g_autoptr (GPtrArray) path = NULL;
  SondeMessageTree *tree;
  SondeMessage *leaf;
  guint common;

  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  tree = get_tree (self);
  for (guint i = 0; i < messages->len; i++)
    sonde_message_tree_add (tree, g_ptr_array_index (messages, i));
  leaf = sonde_message_tree_find (tree, self->leaf_id);
  if (leaf == NULL)
    leaf = sonde_message_tree_get_newest (tree);
  path = sonde_message_tree_get_path (tree, leaf);

  number_versions (self, path, 0);
  common = count_common_end (self, path);
  g_list_store_splice (get_messages (self), 0, get_n_messages (self) - common, path->pdata,
                       path->len - common);
  sonde_conversation_set_loaded (self, TRUE);
}

/**
 * sonde_conversation_unload:
 * @self: a conversation that is stored
 *
 * Lets go of its messages; it is not loaded from then on.
 */
void
sonde_conversation_unload (SondeConversation *self)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  g_list_store_remove_all (get_messages (self));
  g_clear_pointer (&self->tree, sonde_message_tree_free);
  sonde_conversation_set_loaded (self, FALSE);
}

/**
 * sonde_conversation_get_tree:
 * @self: a loaded conversation
 *
 * Returns: (transfer none): all its messages, those of other versions too
 */
SondeMessageTree *
sonde_conversation_get_tree (SondeConversation *self)
{
  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), NULL);

  return get_tree (self);
}

/**
 * sonde_conversation_get_last:
 * @self: a conversation
 *
 * Returns: (transfer none) (nullable): the last message of the chosen path
 */
SondeMessage *
sonde_conversation_get_last (SondeConversation *self)
{
  g_autoptr (SondeMessage) last = NULL;
  guint n;

  g_return_val_if_fail (SONDE_IS_CONVERSATION (self), NULL);

  n = get_n_messages (self);
  if (n > 0)
    last = g_list_model_get_item (G_LIST_MODEL (self->messages), n - 1);

  return last;
}

/**
 * sonde_conversation_choose:
 * @self: a loaded conversation
 * @leaf: (nullable): the last message of the path to choose, new or known
 *
 * Shows the path that ends in @leaf. What the paths have in common is left alone.
 */
void
sonde_conversation_choose (SondeConversation *self, SondeMessage *leaf)
{
  g_autoptr (GPtrArray) path = NULL;
  guint n, common = 0;

  g_return_if_fail (SONDE_IS_CONVERSATION (self));

  if (leaf != NULL)
    sonde_message_tree_add (get_tree (self), leaf);
  path = sonde_message_tree_get_path (get_tree (self), leaf);
  n = get_n_messages (self);
  while (common < n && common < path->len) {
    g_autoptr (SondeMessage) message =
      g_list_model_get_item (G_LIST_MODEL (self->messages), common);

    if (message != g_ptr_array_index (path, common))
      break;
    common++;
  }

  number_versions (self, path, common);
  sonde_conversation_set_leaf_id (
    self, path->len > 0 ? sonde_message_get_id (g_ptr_array_index (path, path->len - 1)) : 0);
  if (common < n || common < path->len)
    g_list_store_splice (self->messages, common, n - common, path->pdata + common,
                         path->len - common);
}

/**
 * sonde_conversation_append:
 * @self: a conversation
 * @message: the message that comes behind the last one
 */
void
sonde_conversation_append (SondeConversation *self, SondeMessage *message)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));
  g_return_if_fail (SONDE_IS_MESSAGE (message));

  sonde_message_tree_add (get_tree (self), message);
  sonde_message_tree_number_versions (self->tree, message);
  g_list_store_append (get_messages (self), message);
  sonde_conversation_set_leaf_id (self, sonde_message_get_id (message));
}

/**
 * sonde_conversation_set_summary:
 * @self: a conversation
 * @message: a message of it
 * @summary: (nullable): the note that stands for all up to @message
 */
void
sonde_conversation_set_summary (SondeConversation *self,
                                SondeMessage *message,
                                const SondeSummary *summary)
{
  g_return_if_fail (SONDE_IS_CONVERSATION (self));
  g_return_if_fail (SONDE_IS_MESSAGE (message));

  sonde_message_set_summary (message, summary);
  sonde_conversation_emit_summary_changed (self, message);
}

/**
 * sonde_conversation_remove:
 * @self: a loaded conversation
 * @message: a message of the chosen path that was deleted
 *
 * Takes @message alone off the path: what follows it follows the one before it.
 */
void
sonde_conversation_remove (SondeConversation *self, SondeMessage *message)
{
  SondeMessage *last;
  guint position;

  g_return_if_fail (SONDE_IS_CONVERSATION (self));
  g_return_if_fail (SONDE_IS_MESSAGE (message));

  if (!g_list_store_find (get_messages (self), message, &position))
    return;

  g_list_store_remove (self->messages, position);
  last = sonde_conversation_get_last (self);
  sonde_conversation_set_leaf_id (self, last != NULL ? sonde_message_get_id (last) : 0);
}
