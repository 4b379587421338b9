/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The tree of a conversation as another program wrote it: nodes that name each other,
 * in any order, perhaps in a circle, and with more between the messages than Sonde has
 * a place for. */

#include "sonde-import-tree.h"

/* A node of thoughts lends them to every answer behind it: so many bytes of copies at most. */
#define MAX_CARRIED (64 * 1024 * 1024)

struct _SondeImportTree {
  GPtrArray *nodes;  /* SondeImportNode */
  GHashTable *index; /* key -> node */
  char *leaf;
  guint n_omitted;
  gboolean circular; /* the build found nodes that only a circle leads to */
};

/* A node on its way into the tree. */
typedef struct {
  SondeImportNode *node;
  gint64 parent_id;
  GString *carried; /* reasoning that no answer has taken; owned by the walk */
} Step;

typedef struct {
  SondeImportTree *tree;
  SondeTransferRecord *record;
  SondeTransferAllocateFunc allocate;
  gpointer user_data;
  GArray *steps;
  GHashTable *children; /* node -> GPtrArray of nodes */
  GPtrArray *carried;
  gsize n_carried; /* bytes */
  guint n_visited;
  gint64 leaf_id;
} Walk;

static void
text_free (GString *text)
{
  if (text != NULL)
    g_string_free (text, TRUE);
}

static void
node_free (gpointer data)
{
  SondeImportNode *self = data;

  g_free (self->key);
  g_free (self->parent);
  text_free (self->texts[SONDE_TEXT_CONTENT]);
  text_free (self->texts[SONDE_TEXT_REASONING]);
  g_clear_pointer (&self->failure, sonde_failure_free);
  g_clear_pointer (&self->usage, sonde_usage_free);
  g_clear_pointer (&self->details, sonde_message_details_free);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->summary, sonde_summary_free);
  g_free (self->finish_reason);
  g_free (self->model_id);
  g_free (self);
}

/**
 * sonde_import_node_add_text:
 * @self: a node
 * @kind: which of its texts
 * @text: (nullable): a paragraph of it
 *
 * Adds to a text that other programs keep in pieces.
 */
void
sonde_import_node_add_text (SondeImportNode *self, SondeTextKind kind, const char *text)
{
  if (text == NULL)
    return;

  if (self->texts[kind] == NULL)
    self->texts[kind] = g_string_new (text);
  else if (*text != '\0')
    g_string_append_printf (self->texts[kind], "%s%s", self->texts[kind]->len > 0 ? "\n\n" : "",
                            text);
}

/**
 * sonde_import_tree_new:
 *
 * Returns: (transfer full): a tree with no nodes
 */
SondeImportTree *
sonde_import_tree_new (void)
{
  SondeImportTree *self = g_new0 (SondeImportTree, 1);

  self->nodes = g_ptr_array_new_with_free_func (node_free);
  self->index = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

/**
 * sonde_import_tree_free:
 * @self: (transfer full): a tree
 */
void
sonde_import_tree_free (SondeImportTree *self)
{
  g_hash_table_unref (self->index);
  g_ptr_array_unref (self->nodes);
  g_free (self->leaf);
  g_free (self);
}

/**
 * sonde_import_tree_add:
 * @self: a tree
 * @key: the node's name
 * @parent: (nullable): its parent's
 *
 * Returns: (transfer none) (nullable): a link to fill; %NULL where there is a node of that
 *   name, and the second one counts as left out
 */
SondeImportNode *
sonde_import_tree_add (SondeImportTree *self, const char *key, const char *parent)
{
  SondeImportNode *node;

  if (g_hash_table_contains (self->index, key)) {
    self->n_omitted++;
    return NULL;
  }

  node = g_new0 (SondeImportNode, 1);
  node->key = g_strdup (key);
  node->parent = g_strdup (parent);
  node->order = G_MAXUINT;
  node->thinking_duration = -1;
  g_ptr_array_add (self->nodes, node);
  g_hash_table_insert (self->index, node->key, node);

  return node;
}

/* Ties a child to the node that says it is its parent, where it does not name one itself. */
static void
adopt (SondeImportTree *self, const char *parent, const char *child, guint order)
{
  SondeImportNode *node = g_hash_table_lookup (self->index, child);

  if (node == NULL)
    return;
  if (node->parent == NULL)
    node->parent = g_strdup (parent);
  if (g_str_equal (node->parent, parent))
    node->order = order;
}

/**
 * sonde_import_tree_add_mapping:
 * @self: a tree with no nodes
 * @mapping: (nullable): nodes by their names: `parent`, `children` and `message` each
 * @read: fills a node from its message
 *
 * Adds the nodes of the tree that DeepSeek and ChatGPT export alike.
 */
void
sonde_import_tree_add_mapping (SondeImportTree *self, JsonObject *mapping, SondeImportReadFunc read)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (mapping == NULL)
    return;

  json_object_iter_init_ordered (&iter, mapping);
  while (json_object_iter_next_ordered (&iter, &key, &value)) {
    JsonObject *object = JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;
    JsonObject *message;
    SondeImportNode *node;

    if (object == NULL) {
      self->n_omitted++;
      continue;
    }
    node = sonde_import_tree_add (self, key, sonde_json_get_string (object, "parent"));
    message = sonde_json_get_object (object, "message");
    if (node != NULL && message != NULL)
      read (self, node, message);
  }

  json_object_iter_init_ordered (&iter, mapping);
  while (json_object_iter_next_ordered (&iter, &key, &value)) {
    JsonArray *children = JSON_NODE_HOLDS_OBJECT (value)
                            ? sonde_json_get_array (json_node_get_object (value), "children")
                            : NULL;

    for (guint i = 0; children != NULL && i < json_array_get_length (children); i++) {
      const char *child = sonde_import_json_get_text_element (children, i);

      if (child != NULL)
        adopt (self, key, child, i);
    }
  }
}

/**
 * sonde_import_tree_place_children:
 * @self: a tree
 * @parent: the name of a node
 * @order: the place of the children that it has now
 */
void
sonde_import_tree_place_children (SondeImportTree *self, const char *parent, guint order)
{
  for (guint i = 0; i < self->nodes->len; i++) {
    SondeImportNode *node = g_ptr_array_index (self->nodes, i);

    if (g_strcmp0 (node->parent, parent) == 0)
      node->order = order;
  }
}

/**
 * sonde_import_tree_get_key:
 * @self: a tree
 * @index: how many nodes were added before it
 *
 * Returns: (nullable): the name of the node, or %NULL where there are no more
 */
const char *
sonde_import_tree_get_key (SondeImportTree *self, guint index)
{
  if (index >= self->nodes->len)
    return NULL;

  return ((SondeImportNode *) g_ptr_array_index (self->nodes, index))->key;
}

/**
 * sonde_import_tree_get_times:
 * @self: a tree
 * @earliest: (out): when the first message was written, or 0
 * @latest: (out): when the last one was, or 0
 */
void
sonde_import_tree_get_times (SondeImportTree *self, gint64 *earliest, gint64 *latest)
{
  *earliest = 0;
  *latest = 0;
  for (guint i = 0; i < self->nodes->len; i++) {
    const SondeImportNode *node = g_ptr_array_index (self->nodes, i);

    if (node->kind == SONDE_IMPORT_NODE_MESSAGE && node->created_at > 0) {
      *earliest = *earliest > 0 ? MIN (*earliest, node->created_at) : node->created_at;
      *latest = MAX (*latest, node->created_at);
    }
  }
}

/**
 * sonde_import_tree_set_leaf:
 * @self: a tree
 * @key: (nullable): the name of the node that the chosen path ends at
 *
 * Without one, the path takes the last child everywhere.
 */
void
sonde_import_tree_set_leaf (SondeImportTree *self, const char *key)
{
  g_set_str (&self->leaf, key);
}

/**
 * sonde_import_tree_omit:
 * @self: a tree
 *
 * Counts something that Sonde has no place for.
 */
void
sonde_import_tree_omit (SondeImportTree *self)
{
  self->n_omitted++;
}

static gint
compare_order (gconstpointer a, gconstpointer b)
{
  const SondeImportNode *first = *(SondeImportNode *const *) a;
  const SondeImportNode *second = *(SondeImportNode *const *) b;

  return first->order < second->order ? -1 : first->order > second->order;
}

/* Puts @nodes on the stack so that the first one comes off first. */
static void
push (Walk *walk, GPtrArray *nodes, gint64 parent_id, GString *carried)
{
  g_ptr_array_sort (nodes, compare_order);
  for (guint i = nodes->len; i > 0; i--) {
    Step step = { g_ptr_array_index (nodes, i - 1), parent_id, carried };

    g_array_append_val (walk->steps, step);
  }
}

static gboolean
may_copy (Walk *walk, gsize length)
{
  walk->n_carried += length;
  return walk->n_carried <= MAX_CARRIED;
}

static SondeMessage *
add_message (Walk *walk, const SondeImportNode *node, SondeRole role, gint64 parent_id)
{
  SondeMessage *message =
    sonde_message_new (walk->allocate (walk->user_data), parent_id, role, node->created_at);

  sonde_message_set_model_id (message, node->model_id);
  sonde_message_set_thinking (message, node->thinking);
  sonde_message_set_thinking_started_at (message, node->thinking_started_at);
  sonde_message_set_thinking_duration (message, node->thinking_duration);
  g_ptr_array_add (walk->record->messages, message);
  walk->leaf_id = sonde_message_get_id (message);

  return message;
}

/* Makes an answer of reasoning that nothing followed. Returns its id. */
static gint64
add_carried (Walk *walk, const SondeImportNode *node, gint64 parent_id, const GString *carried)
{
  SondeMessage *message = add_message (walk, node, SONDE_ROLE_ASSISTANT, parent_id);

  sonde_message_set_text (message, SONDE_TEXT_REASONING, carried->str);
  sonde_message_set_thinking (message, SONDE_THINKING_HIGH);
  sonde_message_set_state (message, SONDE_MESSAGE_INTERRUPTED);

  return sonde_message_get_id (message);
}

/* Makes a message of @node. Returns its id. */
static gint64
add_node (Walk *walk, const SondeImportNode *node, gint64 parent_id, const GString *carried)
{
  SondeMessage *message = add_message (walk, node, node->role, parent_id);
  const GString *reasoning = node->texts[SONDE_TEXT_REASONING];

  if (node->texts[SONDE_TEXT_CONTENT] != NULL)
    sonde_message_set_text (message, SONDE_TEXT_CONTENT, node->texts[SONDE_TEXT_CONTENT]->str);
  if (carried != NULL) {
    sonde_message_set_text (message, SONDE_TEXT_REASONING, carried->str);
    sonde_message_set_thinking (message, SONDE_THINKING_HIGH);
    if (reasoning != NULL) {
      sonde_message_append_text (message, SONDE_TEXT_REASONING, "\n\n", 2);
      sonde_message_append_text (message, SONDE_TEXT_REASONING, reasoning->str,
                                 (gssize) reasoning->len);
    }
  } else if (reasoning != NULL) {
    sonde_message_set_text (message, SONDE_TEXT_REASONING, reasoning->str);
  }
  sonde_message_set_state (message, node->state);
  sonde_message_set_failure (message, node->failure);
  sonde_message_set_finish_reason (message, node->finish_reason);
  sonde_message_set_usage (message, node->usage);
  if (node->details != NULL)
    sonde_message_set_details (message, node->details);
  sonde_message_set_attachments (message, node->attachments);
  sonde_message_set_summary (message, node->summary);

  return sonde_message_get_id (message);
}

/* What is carried on behind @node, which is thoughts. */
static GString *
carry (Walk *walk, GString *carried, const SondeImportNode *node)
{
  const GString *own = node->texts[SONDE_TEXT_REASONING];
  GString *text;

  if (own == NULL)
    return carried;
  if (!may_copy (walk, own->len + (carried != NULL ? carried->len : 0))) {
    walk->tree->n_omitted++;
    return carried;
  }

  text = g_string_new (carried != NULL ? carried->str : NULL);
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", own->str);
  g_ptr_array_add (walk->carried, text);

  return text;
}

static void
take_step (Walk *walk, const Step *step)
{
  SondeImportNode *node = step->node;
  GPtrArray *children = g_hash_table_lookup (walk->children, node->key);
  gint64 parent_id = step->parent_id;
  GString *carried = step->carried;

  walk->n_visited++;
  if (carried != NULL && node->kind == SONDE_IMPORT_NODE_MESSAGE &&
      !may_copy (walk, carried->len)) {
    walk->tree->n_omitted++;
    carried = NULL;
  }
  switch (node->kind) {
  case SONDE_IMPORT_NODE_MESSAGE:
    if (carried != NULL && node->role != SONDE_ROLE_ASSISTANT)
      parent_id = add_carried (walk, node, parent_id, g_steal_pointer (&carried));
    parent_id = add_node (walk, node, parent_id, carried);
    carried = NULL;
    break;
  case SONDE_IMPORT_NODE_THOUGHTS:
    carried = carry (walk, carried, node);
    break;
  case SONDE_IMPORT_NODE_SYSTEM:
    if (walk->record->system_prompt == NULL && node->texts[SONDE_TEXT_CONTENT] != NULL)
      walk->record->system_prompt = g_strdup (node->texts[SONDE_TEXT_CONTENT]->str);
    else
      walk->tree->n_omitted++;
    break;
  case SONDE_IMPORT_NODE_OMITTED:
    walk->tree->n_omitted++;
    break;
  case SONDE_IMPORT_NODE_LINK:
    break;
  }

  if (children != NULL)
    push (walk, children, parent_id, carried);
  else if (carried != NULL)
    parent_id = add_carried (walk, node, parent_id, carried);
  if (g_strcmp0 (walk->tree->leaf, node->key) == 0)
    sonde_conversation_set_leaf_id (walk->record->conversation, parent_id);
}

static void
array_free (gpointer array)
{
  g_ptr_array_unref (array);
}

static void
carried_free (gpointer text)
{
  g_string_free (text, TRUE);
}

/**
 * sonde_import_tree_build:
 * @self: a tree
 * @record: what to fill: its messages, its leaf, its system prompt
 * @allocate: the number of the next message
 * @user_data: what to hand to @allocate
 *
 * Puts the messages of the tree into the record, each behind its parent. What stands
 * between two messages falls away; nodes that only a circle leads to are left out.
 *
 * Returns: how many parts were left out
 */
guint
sonde_import_tree_build (SondeImportTree *self,
                         SondeTransferRecord *record,
                         SondeTransferAllocateFunc allocate,
                         gpointer user_data)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_autoptr (GPtrArray) roots = g_ptr_array_new ();
  g_autoptr (GHashTable) children =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, array_free);
  g_autoptr (GPtrArray) carried = g_ptr_array_new_with_free_func (carried_free);
  Walk walk = {
    .tree = self,
    .record = record,
    .allocate = allocate,
    .user_data = user_data,
    .steps = steps,
    .children = children,
    .carried = carried,
  };

  for (guint i = 0; i < self->nodes->len; i++) {
    SondeImportNode *node = g_ptr_array_index (self->nodes, i);
    GPtrArray *siblings = roots;

    if (node->parent != NULL && g_hash_table_contains (self->index, node->parent)) {
      siblings = g_hash_table_lookup (children, node->parent);
      if (siblings == NULL) {
        siblings = g_ptr_array_new ();
        g_hash_table_insert (children, node->parent, siblings);
      }
    }
    g_ptr_array_add (siblings, node);
  }

  push (&walk, roots, 0, NULL);
  while (steps->len > 0) {
    Step step = g_array_index (steps, Step, steps->len - 1);

    g_array_set_size (steps, steps->len - 1);
    take_step (&walk, &step);
  }

  if (sonde_conversation_get_leaf_id (record->conversation) == 0)
    sonde_conversation_set_leaf_id (record->conversation, walk.leaf_id);

  self->circular = walk.n_visited < self->nodes->len;

  return self->n_omitted + (self->nodes->len - walk.n_visited);
}

/**
 * sonde_import_tree_is_circular:
 * @self: a tree that was built
 *
 * Returns: whether nodes were left out because only a circle leads to them
 */
gboolean
sonde_import_tree_is_circular (SondeImportTree *self)
{
  return self->circular;
}
