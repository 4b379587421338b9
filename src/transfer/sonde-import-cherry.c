/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A backup of Cherry Studio, up to its version 5: a zip with a `data.json`, one object.
 * `indexedDB.topics` are the conversations: `id` and `messages`; a message has `role`,
 * `askId` (the question that it answers), `createdAt`, `status`, `model`, `usage` and
 * `blocks`: the names of its parts in `indexedDB.message_blocks`, which comes later in
 * the file (before version 4 it had `content` and `reasoning_content` itself). Titles
 * and assistants are in `localStorage`, as JSON in a string in JSON in a string.
 *
 * Topics and blocks wait in a spool until the file is read; what is in memory of each is
 * its name and its place. Keys for services are in the settings, and stay in the file. */

#include "sonde-import-cherry.h"

#include <string.h>

#include "sonde-import-spool.h"

#define MAX_SPOOLED 2000000 /* topics and blocks */
#define MILLISECOND 1000

typedef struct {
  goffset offset;
  gsize length;
} Place;

typedef struct {
  char *title;
  GRefString *assistant; /* nullable: it is the folder */
  GRefString *prompt;    /* nullable */
  gint64 created_at;
  gint64 updated_at;
  gboolean pinned;
} Topic;

struct _SondeImportCherry {
  gsize max_size; /* of what one conversation is made of */
  SondeImportSpool *spool;
  GArray *topics;     /* Place */
  GHashTable *blocks; /* id -> Place */
  GHashTable *heads;  /* topic id -> Topic */
  guint n_done;       /* topics */
};

static void
topic_free (gpointer data)
{
  Topic *self = data;

  g_free (self->title);
  g_clear_pointer (&self->assistant, g_ref_string_release);
  g_clear_pointer (&self->prompt, g_ref_string_release);
  g_free (self);
}

static gboolean
spool (SondeImportCherry *self, const GString *text, Place *place, GError **error)
{
  if (self->topics->len + g_hash_table_size (self->blocks) >= MAX_SPOOLED) {
    g_set_error_literal (error, SONDE_TRANSFER_ERROR, SONDE_TRANSFER_ERROR_TOO_LARGE,
                         "The backup holds too many messages");
    return FALSE;
  }

  place->length = text->len;
  return sonde_import_spool_append (self->spool, text->str, text->len, &place->offset, error);
}

/* Reads the object at @place. Returns NULL without an error where there is none. */
static JsonNode *
fetch (SondeImportCherry *self, const Place *place, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) node = NULL;

  bytes = sonde_import_spool_read (self->spool, place->offset, place->length, error);
  if (bytes == NULL)
    return NULL;
  node = sonde_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  return g_steal_pointer (&node);
}

static void
read_block (SondeImportTree *tree, SondeImportNode *node, JsonObject *block)
{
  const char *type = sonde_json_get_string (block, "type");
  const char *content = sonde_json_get_string (block, "content");

  if (g_strcmp0 (type, "main_text") == 0 || g_strcmp0 (type, "code") == 0) {
    sonde_import_node_add_text (node, SONDE_TEXT_CONTENT, content);
  } else if (g_strcmp0 (type, "thinking") == 0) {
    sonde_import_node_add_text (node, SONDE_TEXT_REASONING, content);
    node->thinking_duration = sonde_import_json_get_integer (block, "thinking_millsec", -1);
  } else if (g_strcmp0 (type, "unknown") != 0) {
    sonde_import_tree_omit (tree);
  }
}

/* Reads the parts of a message. @left is what its conversation may still take. */
static gboolean
read_blocks (SondeImportCherry *self,
             SondeImportTree *tree,
             SondeImportNode *node,
             JsonArray *blocks,
             gsize *left,
             GError **error)
{
  for (guint i = 0; i < json_array_get_length (blocks); i++) {
    const char *id = sonde_import_json_get_text_element (blocks, i);
    const Place *place = id != NULL ? g_hash_table_lookup (self->blocks, id) : NULL;
    g_autoptr (JsonNode) block = NULL;
    g_autoptr (GError) local_error = NULL;

    if (place == NULL) {
      sonde_import_tree_omit (tree);
      continue;
    }
    if (place->length > *left) {
      *left = 0;
      return TRUE;
    }
    *left -= place->length;
    block = fetch (self, place, &local_error);
    if (local_error != NULL) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    if (block != NULL)
      read_block (tree, node, json_node_get_object (block));
    else
      sonde_import_tree_omit (tree);
  }

  return TRUE;
}

static SondeUsage *
read_usage (JsonObject *object)
{
  g_autoptr (SondeUsage) usage = sonde_usage_new ();

  usage->prompt_tokens = sonde_import_json_get_integer (object, "prompt_tokens", -1);
  usage->completion_tokens = sonde_import_json_get_integer (object, "completion_tokens", -1);
  usage->total_tokens = sonde_import_json_get_integer (object, "total_tokens", -1);

  return g_steal_pointer (&usage);
}

static void
read_answer (SondeImportNode *node, JsonObject *message)
{
  JsonObject *model = sonde_json_get_object (message, "model");
  JsonObject *usage = sonde_json_get_object (message, "usage");
  const char *status = sonde_json_get_string (message, "status");
  const char *model_id = model != NULL ? sonde_json_get_string (model, "id") : NULL;

  if (model_id == NULL)
    model_id = sonde_json_get_string (message, "modelId");
  node->model_id = g_strdup (model_id);
  node->usage = usage != NULL ? read_usage (usage) : NULL;
  if (node->texts[SONDE_TEXT_REASONING] != NULL)
    node->thinking = SONDE_THINKING_HIGH;
  if (g_strcmp0 (status, "paused") == 0)
    node->state = SONDE_MESSAGE_STOPPED;
  else if (status != NULL && g_strcmp0 (status, "success") != 0)
    node->state = SONDE_MESSAGE_INTERRUPTED;
}

static gboolean
read_message (SondeImportCherry *self,
              SondeImportTree *tree,
              SondeImportNode *node,
              JsonObject *message,
              gsize *left,
              GError **error)
{
  JsonArray *blocks = sonde_json_get_array (message, "blocks");

  node->created_at = sonde_import_json_get_time (message, "createdAt", MILLISECOND);
  if (blocks != NULL) {
    if (!read_blocks (self, tree, node, blocks, left, error))
      return FALSE;
  } else {
    sonde_import_node_add_text (node, SONDE_TEXT_CONTENT,
                                sonde_json_get_string (message, "content"));
    sonde_import_node_add_text (node, SONDE_TEXT_REASONING,
                                sonde_json_get_string (message, "reasoning_content"));
  }
  if (node->texts[SONDE_TEXT_CONTENT] == NULL && node->texts[SONDE_TEXT_REASONING] == NULL)
    return TRUE;

  node->kind =
    node->role == SONDE_ROLE_SYSTEM ? SONDE_IMPORT_NODE_SYSTEM : SONDE_IMPORT_NODE_MESSAGE;
  if (node->role == SONDE_ROLE_ASSISTANT)
    read_answer (node, message);

  return TRUE;
}

/* Adds the messages of a topic. Several answers of one question are its versions; the
 * next question stands behind the one that was picked, or else behind the last one. */
static gboolean
read_messages (SondeImportCherry *self,
               SondeImportTree *tree,
               JsonArray *messages,
               gsize *left,
               GError **error)
{
  const char *last = NULL; /* what the next message stands behind */
  const char *question = NULL;
  gboolean picked = FALSE;

  for (guint i = 0; i < json_array_get_length (messages) && *left > 0; i++) {
    JsonObject *message = sonde_import_json_get_element (messages, i);
    const char *id = message != NULL ? sonde_json_get_string (message, "id") : NULL;
    SondeImportNode *node;
    SondeRole role;

    if (id == NULL || !sonde_role_from_string (sonde_json_get_string (message, "role"), &role)) {
      sonde_import_tree_omit (tree);
      continue;
    }
    if (g_strcmp0 (sonde_json_get_string (message, "type"), "clear") == 0)
      continue;

    if (role == SONDE_ROLE_ASSISTANT && question != NULL &&
        g_strcmp0 (sonde_json_get_string (message, "askId"), question) == 0) {
      node = sonde_import_tree_add (tree, id, question);
    } else {
      node = sonde_import_tree_add (tree, id, last);
      picked = FALSE;
    }
    if (node == NULL)
      continue;

    node->role = role;
    if (!read_message (self, tree, node, message, left, error))
      return FALSE;
    if (role == SONDE_ROLE_USER)
      question = node->key;
    if (!picked)
      last = node->key;
    picked = picked || sonde_import_json_get_boolean (message, "foldSelected");
  }
  sonde_import_tree_set_leaf (tree, last);

  return TRUE;
}

static gboolean
read_topic (SondeImportCherry *self, SondeImportBatch *batch, JsonObject *object, GError **error)
{
  g_autoptr (SondeImportTree) tree = sonde_import_tree_new ();
  JsonArray *messages = sonde_json_get_array (object, "messages");
  const char *id = sonde_json_get_string (object, "id");
  const Topic *topic = id != NULL ? g_hash_table_lookup (self->heads, id) : NULL;
  g_autofree char *origin = id != NULL ? g_strconcat ("cherry:", id, NULL) : NULL;
  SondeImportHead head = { .origin = origin };
  SondeTransferRecord *record;
  gsize left = self->max_size;

  if (topic != NULL) {
    head.title = topic->title;
    head.created_at = topic->created_at;
    head.updated_at = topic->updated_at;
    head.folder = topic->assistant;
    head.pinned = topic->pinned;
  }
  if (messages != NULL && !read_messages (self, tree, messages, &left, error))
    return FALSE;
  if (left == 0) {
    sonde_import_report_add_skip (batch->report, SONDE_IMPORT_SKIP_TOO_LARGE, head.title);
    return TRUE;
  }

  record = sonde_import_batch_add (batch, tree, &head);
  if (record != NULL && record->system_prompt == NULL && topic != NULL && topic->prompt != NULL)
    record->system_prompt = g_strdup (topic->prompt);

  return TRUE;
}

/**
 * sonde_import_cherry_new:
 * @max_size: the most bytes that one conversation may be made of
 * @error: return location for an error of %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): what gathers a backup
 */
SondeImportCherry *
sonde_import_cherry_new (gsize max_size, GError **error)
{
  SondeImportSpool *spool = sonde_import_spool_new (error);
  SondeImportCherry *self;

  if (spool == NULL)
    return NULL;

  self = g_new0 (SondeImportCherry, 1);
  self->max_size = max_size;
  self->spool = spool;
  self->topics = g_array_new (FALSE, FALSE, sizeof (Place));
  self->blocks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, topic_free);

  return self;
}

/**
 * sonde_import_cherry_free:
 * @self: (transfer full): a backup
 */
void
sonde_import_cherry_free (SondeImportCherry *self)
{
  g_hash_table_unref (self->heads);
  g_hash_table_unref (self->blocks);
  g_array_unref (self->topics);
  sonde_import_spool_free (self->spool);
  g_free (self);
}

/**
 * sonde_import_cherry_add_topic:
 * @self: a backup
 * @text: an element of its topics, or a row of the table that version 1 had
 * @error: return location for an error of [const@TRANSFER_ERROR] or of GIO
 *
 * Returns: whether it is kept
 */
gboolean
sonde_import_cherry_add_topic (SondeImportCherry *self, const GString *text, GError **error)
{
  Place place;

  if (!spool (self, text, &place, error))
    return FALSE;

  g_array_append_val (self->topics, place);
  return TRUE;
}

/**
 * sonde_import_cherry_add_block:
 * @self: a backup
 * @text: an element of its blocks
 * @error: return location for an error of [const@TRANSFER_ERROR] or of GIO
 *
 * Returns: whether it is kept, or of no use
 */
gboolean
sonde_import_cherry_add_block (SondeImportCherry *self, const GString *text, GError **error)
{
  g_autoptr (JsonNode) node = sonde_json_parse (text->str, text->len, NULL);
  const char *id = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                     ? sonde_json_get_string (json_node_get_object (node), "id")
                     : NULL;
  g_autofree Place *place = g_new (Place, 1);

  if (id == NULL)
    return TRUE;
  if (!spool (self, text, place, error))
    return FALSE;

  g_hash_table_replace (self->blocks, g_strdup (id), g_steal_pointer (&place));
  return TRUE;
}

static void
add_heads (SondeImportCherry *self, JsonObject *assistant)
{
  JsonArray *topics = sonde_json_get_array (assistant, "topics");
  const char *name = sonde_json_get_string (assistant, "name");
  const char *prompt = sonde_json_get_string (assistant, "prompt");
  g_autoptr (GRefString) folder = NULL;
  g_autoptr (GRefString) text = NULL;

  /* The assistant that everybody has is no folder. */
  if (name != NULL && *name != '\0' &&
      g_strcmp0 (sonde_json_get_string (assistant, "id"), "default") != 0)
    folder = g_ref_string_new (name);
  if (prompt != NULL && *prompt != '\0')
    text = g_ref_string_new (prompt);

  for (guint i = 0; topics != NULL && i < json_array_get_length (topics); i++) {
    JsonObject *object = sonde_import_json_get_element (topics, i);
    const char *id = object != NULL ? sonde_json_get_string (object, "id") : NULL;
    Topic *topic;

    if (id == NULL)
      continue;
    topic = g_new0 (Topic, 1);
    topic->title = g_strdup (sonde_json_get_string (object, "name"));
    topic->assistant = folder != NULL ? g_ref_string_acquire (folder) : NULL;
    topic->prompt = text != NULL ? g_ref_string_acquire (text) : NULL;
    topic->created_at = sonde_import_json_get_time (object, "createdAt", MILLISECOND);
    topic->updated_at = sonde_import_json_get_time (object, "updatedAt", MILLISECOND);
    topic->pinned = sonde_import_json_get_boolean (object, "pinned");
    g_hash_table_replace (self->heads, g_strdup (id), topic);
  }
}

/* The JSON in the string @text. */
static JsonNode *
parse_string (const char *text)
{
  return text != NULL ? sonde_json_parse (text, strlen (text), NULL) : NULL;
}

/**
 * sonde_import_cherry_add_settings:
 * @self: a backup
 * @text: what it keeps of its settings, a string of JSON in JSON
 *
 * Takes the titles of the topics, and the assistants that they belong to, and nothing else.
 */
void
sonde_import_cherry_add_settings (SondeImportCherry *self, const GString *text)
{
  g_autoptr (JsonNode) outer = sonde_json_parse (text->str, text->len, NULL);
  g_autoptr (JsonNode) settings = NULL;
  g_autoptr (JsonNode) state = NULL;
  JsonArray *assistants;

  if (outer != NULL && JSON_NODE_HOLDS_VALUE (outer) &&
      json_node_get_value_type (outer) == G_TYPE_STRING)
    settings = parse_string (json_node_get_string (outer));
  if (settings != NULL && JSON_NODE_HOLDS_OBJECT (settings))
    state = parse_string (sonde_json_get_string (json_node_get_object (settings), "assistants"));
  if (state == NULL || !JSON_NODE_HOLDS_OBJECT (state))
    return;

  assistants = sonde_json_get_array (json_node_get_object (state), "assistants");
  for (guint i = 0; assistants != NULL && i < json_array_get_length (assistants); i++) {
    JsonObject *assistant = sonde_import_json_get_element (assistants, i);

    if (assistant != NULL)
      add_heads (self, assistant);
  }
}

/**
 * sonde_import_cherry_next:
 * @self: a backup that was read to its end
 * @batch: where to put it
 * @error: return location for an error of %G_IO_ERROR
 *
 * Decodes the next topic.
 *
 * Returns: whether there was one; where @error is set, it could not be read
 */
gboolean
sonde_import_cherry_next (SondeImportCherry *self, SondeImportBatch *batch, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) local_error = NULL;
  JsonObject *object;

  if (self->n_done >= self->topics->len)
    return FALSE;

  node = fetch (self, &g_array_index (self->topics, Place, self->n_done), &local_error);
  self->n_done++;
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (node == NULL) {
    sonde_import_report_add_skip (batch->report, SONDE_IMPORT_SKIP_DAMAGED, NULL);
    return TRUE;
  }

  object = json_node_get_object (node);
  if (json_object_has_member (object, "key")) {
    /* A row of version 1; there are others than topics among them. */
    const char *key = sonde_json_get_string (object, "key");

    object = key != NULL && g_str_has_prefix (key, "topic:")
               ? sonde_json_get_object (object, "value")
               : NULL;
  }

  return object == NULL || read_topic (self, batch, object, error);
}
