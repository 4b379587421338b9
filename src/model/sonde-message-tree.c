/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-message-tree.h"

struct _SondeMessageTree {
  GHashTable *messages; /* (element-type gint64 SondeMessage): by their numbers */
  GHashTable *children; /* (element-type gint64 GPtrArray): by the parent's number, 0: first ones */
  SondeMessage *newest;
};

static gint64 *
dup_id (gint64 id)
{
  return g_memdup2 (&id, sizeof id);
}

static gboolean
is_deleted (SondeMessage *message)
{
  return sonde_message_get_deleted_at (message) != 0;
}

static int
compare_by_id (gconstpointer a, gconstpointer b)
{
  gint64 id_a = sonde_message_get_id (*(SondeMessage *const *) a);
  gint64 id_b = sonde_message_get_id (*(SondeMessage *const *) b);

  return (id_a > id_b) - (id_a < id_b);
}

static GPtrArray *
lookup_children (SondeMessageTree *self, gint64 parent_id)
{
  return g_hash_table_lookup (self->children, &parent_id);
}

/* What follows a message, or what begins the conversation (0): a deleted child stands for
 * its own children. */
static GPtrArray *
get_children (SondeMessageTree *self, gint64 parent_id)
{
  GPtrArray *children = g_ptr_array_new ();
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  GPtrArray *direct = lookup_children (self, parent_id);

  if (direct != NULL)
    g_ptr_array_extend (open, direct, NULL, NULL);
  while (open->len > 0) {
    SondeMessage *child = g_ptr_array_steal_index (open, open->len - 1);

    if (!is_deleted (child)) {
      g_ptr_array_add (children, child);
      continue;
    }
    direct = lookup_children (self, sonde_message_get_id (child));
    if (direct != NULL)
      g_ptr_array_extend (open, direct, NULL, NULL);
  }
  g_ptr_array_sort (children, compare_by_id);

  return children;
}

/**
 * sonde_message_tree_new:
 *
 * Returns: (transfer full): a tree without messages
 */
SondeMessageTree *
sonde_message_tree_new (void)
{
  SondeMessageTree *self = g_new0 (SondeMessageTree, 1);

  self->messages = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->children =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  return self;
}

/**
 * sonde_message_tree_free:
 * @self: (transfer full): a tree
 */
void
sonde_message_tree_free (SondeMessageTree *self)
{
  g_hash_table_unref (self->children);
  g_hash_table_unref (self->messages);
  g_free (self);
}

/**
 * sonde_message_tree_add:
 * @self: a tree
 * @message: a message; nothing happens where one with its number is there
 */
void
sonde_message_tree_add (SondeMessageTree *self, SondeMessage *message)
{
  gint64 id = sonde_message_get_id (message);
  gint64 parent_id = sonde_message_get_parent_id (message);
  GPtrArray *siblings;

  if (g_hash_table_contains (self->messages, &id))
    return;

  g_hash_table_insert (self->messages, dup_id (id), g_object_ref (message));
  siblings = lookup_children (self, parent_id);
  if (siblings == NULL) {
    siblings = g_ptr_array_new ();
    g_hash_table_insert (self->children, dup_id (parent_id), siblings);
  }
  g_ptr_array_add (siblings, message);
  if (self->newest == NULL || sonde_message_get_id (self->newest) < id)
    self->newest = message;
}

/**
 * sonde_message_tree_find:
 * @self: a tree
 * @id: the number of a message
 *
 * Returns: (transfer none) (nullable): the message
 */
SondeMessage *
sonde_message_tree_find (SondeMessageTree *self, gint64 id)
{
  return g_hash_table_lookup (self->messages, &id);
}

/**
 * sonde_message_tree_get_parent:
 * @self: a tree
 * @message: a message in it
 *
 * Returns: (transfer none) (nullable): the nearest one before it that was not deleted
 */
SondeMessage *
sonde_message_tree_get_parent (SondeMessageTree *self, SondeMessage *message)
{
  /* Numbers grow along a path: one that does not is no parent, and a circle ends. */
  do {
    gint64 id = sonde_message_get_id (message);

    message = sonde_message_tree_find (self, sonde_message_get_parent_id (message));
    if (message != NULL && sonde_message_get_id (message) >= id)
      return NULL;
  } while (message != NULL && is_deleted (message));

  return message;
}

/**
 * sonde_message_tree_get_newest:
 * @self: a tree
 *
 * Returns: (transfer none) (nullable): the message with the highest number that was not deleted
 */
SondeMessage *
sonde_message_tree_get_newest (SondeMessageTree *self)
{
  g_autoptr (GPtrArray) all = NULL;

  if (self->newest == NULL || !is_deleted (self->newest))
    return self->newest;

  all = sonde_message_tree_get_all (self);
  for (guint i = all->len; i > 0; i--)
    if (!is_deleted (g_ptr_array_index (all, i - 1)))
      return g_ptr_array_index (all, i - 1);

  return NULL;
}

/**
 * sonde_message_tree_get_all:
 * @self: a tree
 *
 * Returns: (transfer container) (element-type SondeMessage): all messages, the deleted ones
 *   too, by their numbers
 */
GPtrArray *
sonde_message_tree_get_all (SondeMessageTree *self)
{
  GPtrArray *all = g_hash_table_get_values_as_ptr_array (self->messages);

  g_ptr_array_sort (all, compare_by_id);

  return all;
}

/**
 * sonde_message_tree_get_versions:
 * @self: a tree
 * @message: a message in it
 *
 * Returns: (transfer container) (element-type SondeMessage): the versions of it that were not
 *   deleted, the oldest first
 */
GPtrArray *
sonde_message_tree_get_versions (SondeMessageTree *self, SondeMessage *message)
{
  SondeMessage *parent = sonde_message_tree_get_parent (self, message);
  GPtrArray *versions = get_children (self, parent != NULL ? sonde_message_get_id (parent) : 0);
  SondeRole role = sonde_message_get_role (message);

  for (guint i = versions->len; i > 0; i--)
    if (sonde_message_get_role (g_ptr_array_index (versions, i - 1)) != role)
      g_ptr_array_remove_index (versions, i - 1);

  return versions;
}

/**
 * sonde_message_tree_get_below:
 * @self: a tree
 * @message: a message in it
 *
 * Returns: (transfer container) (element-type SondeMessage): it and all that follows it in
 *   any version and was not deleted; the message comes first
 */
GPtrArray *
sonde_message_tree_get_below (SondeMessageTree *self, SondeMessage *message)
{
  GPtrArray *below = g_ptr_array_new ();

  g_ptr_array_add (below, message);
  for (guint i = 0; i < below->len; i++) {
    gint64 id = sonde_message_get_id (g_ptr_array_index (below, i));
    g_autoptr (GPtrArray) children = get_children (self, id);

    g_ptr_array_extend (below, children, NULL, NULL);
  }

  return below;
}

/**
 * sonde_message_tree_get_path:
 * @self: a tree
 * @leaf: (nullable): the last message of the path
 *
 * Returns: (transfer container) (element-type SondeMessage): the messages from the first one
 *   to @leaf that were not deleted
 */
GPtrArray *
sonde_message_tree_get_path (SondeMessageTree *self, SondeMessage *leaf)
{
  GPtrArray *path = g_ptr_array_new ();

  if (leaf != NULL && is_deleted (leaf))
    leaf = sonde_message_tree_get_parent (self, leaf);
  for (; leaf != NULL; leaf = sonde_message_tree_get_parent (self, leaf))
    g_ptr_array_add (path, leaf);
  for (guint i = 0; i < path->len / 2; i++) {
    gpointer first = path->pdata[i];

    path->pdata[i] = path->pdata[path->len - 1 - i];
    path->pdata[path->len - 1 - i] = first;
  }

  return path;
}

/**
 * sonde_message_tree_find_leaf:
 * @self: a tree
 * @message: a message in it
 *
 * Returns: (transfer none): the newest message that follows it, or itself
 */
SondeMessage *
sonde_message_tree_find_leaf (SondeMessageTree *self, SondeMessage *message)
{
  g_autoptr (GPtrArray) below = sonde_message_tree_get_below (self, message);
  SondeMessage *newest = message;

  for (guint i = 0; i < below->len; i++) {
    SondeMessage *candidate = g_ptr_array_index (below, i);

    if (sonde_message_get_id (candidate) > sonde_message_get_id (newest))
      newest = candidate;
  }

  return newest;
}

/**
 * sonde_message_tree_number_versions:
 * @self: a tree
 * @message: a message in it
 *
 * Tells @message and its versions which of how many they are.
 */
void
sonde_message_tree_number_versions (SondeMessageTree *self, SondeMessage *message)
{
  g_autoptr (GPtrArray) versions = sonde_message_tree_get_versions (self, message);

  for (guint i = 0; i < versions->len; i++)
    sonde_message_set_versions (g_ptr_array_index (versions, i), i + 1, versions->len);
}
