/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What ChatGPT exports (Settings, Data controls, Export data): a zip with a
 * `conversations.json`, or several numbered ones; each an array of conversations. Each
 * has `id` or `conversation_id`, `title`, `create_time`, `update_time` (seconds),
 * `current_node`, `is_archived` and `mapping`, a tree: `parent`, `children` and `message`.
 * A message has `author.role`, `recipient`, `content` by `content_type`, and `metadata`. */

#include "sonde-import-batch.h"

#include <string.h>

/* Marks of a citation: private characters around a name that means nothing elsewhere. */
#define CITATION_START "\xee\x88\x80"
#define CITATION_END   "\xee\x88\x81"

static void
add_text (SondeImportNode *node, const char *text)
{
  g_autoptr (GString) clean = g_string_new (NULL);

  for (;;) {
    const char *start = strstr (text, CITATION_START);
    const char *end = start != NULL ? strstr (start, CITATION_END) : NULL;

    if (end == NULL)
      break;
    g_string_append_len (clean, text, start - text);
    text = end + strlen (CITATION_END);
  }
  g_string_append (clean, text);
  if (clean->len > 0)
    sonde_import_node_add_text (node, SONDE_TEXT_CONTENT, clean->str);
}

static void
read_parts (SondeImportTree *tree, SondeImportNode *node, JsonObject *content)
{
  JsonArray *parts = sonde_json_get_array (content, "parts");

  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++) {
    const char *text = sonde_import_json_get_text_element (parts, i);

    if (text == NULL) {
      JsonObject *part = sonde_import_json_get_element (parts, i);

      /* A part of speech has what was said beside the sound. */
      text = part != NULL ? sonde_json_get_string (part, "text") : NULL;
    }
    if (text != NULL)
      add_text (node, text);
    else
      sonde_import_tree_omit (tree);
  }
}

static void
read_thoughts (SondeImportNode *node, JsonObject *content)
{
  JsonArray *thoughts = sonde_json_get_array (content, "thoughts");

  for (guint i = 0; thoughts != NULL && i < json_array_get_length (thoughts); i++) {
    JsonObject *thought = sonde_import_json_get_element (thoughts, i);
    const char *summary = thought != NULL ? sonde_json_get_string (thought, "summary") : NULL;

    if (summary != NULL && *summary != '\0') {
      g_autofree char *heading = g_strdup_printf ("**%s**", summary);

      sonde_import_node_add_text (node, SONDE_TEXT_REASONING, heading);
    }
    if (thought != NULL)
      sonde_import_node_add_text (node, SONDE_TEXT_REASONING,
                                  sonde_json_get_string (thought, "content"));
  }
}

static void
read_code (SondeImportNode *node, JsonObject *content)
{
  const char *language = sonde_json_get_string (content, "language");
  const char *text = sonde_json_get_string (content, "text");

  if (text != NULL && *text != '\0') {
    g_autofree char *block = g_strdup_printf (
      "```%s\n%s\n```", g_strcmp0 (language, "unknown") == 0 || language == NULL ? "" : language,
      text);

    sonde_import_node_add_text (node, SONDE_TEXT_CONTENT, block);
  }
}

static void
read_metadata (SondeImportTree *tree, SondeImportNode *node, JsonObject *metadata)
{
  JsonArray *attachments = sonde_json_get_array (metadata, "attachments");
  JsonObject *finish = sonde_json_get_object (metadata, "finish_details");
  const char *type = finish != NULL ? sonde_json_get_string (finish, "type") : NULL;

  for (guint i = 0; attachments != NULL && i < json_array_get_length (attachments); i++)
    sonde_import_tree_omit (tree);
  if (node->role == SONDE_ROLE_ASSISTANT) {
    node->model_id = g_strdup (sonde_json_get_string (metadata, "model_slug"));
    if (g_strcmp0 (type, "interrupted") == 0)
      node->state = SONDE_MESSAGE_STOPPED;
    else if (g_strcmp0 (type, "max_tokens") == 0)
      node->finish_reason = g_strdup ("length");
    else if (g_strcmp0 (type, "stop") == 0)
      node->finish_reason = g_strdup ("stop");
  }
}

static void
read_message (SondeImportTree *tree, SondeImportNode *node, JsonObject *message)
{
  JsonObject *author = sonde_json_get_object (message, "author");
  JsonObject *content = sonde_json_get_object (message, "content");
  JsonObject *metadata = sonde_json_get_object (message, "metadata");
  const char *recipient = sonde_json_get_string (message, "recipient");
  const char *type = content != NULL ? sonde_json_get_string (content, "content_type") : NULL;

  if (content == NULL || author == NULL ||
      !sonde_role_from_string (sonde_json_get_string (author, "role"), &node->role)) {
    node->kind = SONDE_IMPORT_NODE_OMITTED;
    return;
  }
  /* Instructions of the account, and what the page itself says to the model. */
  if (g_strcmp0 (type, "user_editable_context") == 0 || g_strcmp0 (type, "reasoning_recap") == 0 ||
      (metadata != NULL &&
       sonde_import_json_get_boolean (metadata, "is_visually_hidden_from_conversation")))
    return;

  node->created_at = sonde_import_json_get_time (message, "create_time", G_USEC_PER_SEC);
  if (g_strcmp0 (type, "thoughts") == 0) {
    read_thoughts (node, content);
    node->kind = SONDE_IMPORT_NODE_THOUGHTS;
    return;
  }
  if (node->role == SONDE_ROLE_TOOL || (recipient != NULL && strcmp (recipient, "all") != 0)) {
    node->kind = SONDE_IMPORT_NODE_OMITTED;
    return;
  }

  if (g_strcmp0 (type, "code") == 0)
    read_code (node, content);
  else
    read_parts (tree, node, content);
  if (metadata != NULL)
    read_metadata (tree, node, metadata);
  if (node->texts[SONDE_TEXT_CONTENT] != NULL)
    node->kind =
      node->role == SONDE_ROLE_SYSTEM ? SONDE_IMPORT_NODE_SYSTEM : SONDE_IMPORT_NODE_MESSAGE;
}

/**
 * sonde_import_chatgpt:
 * @batch: where to put it
 * @object: a conversation
 */
void
sonde_import_chatgpt (SondeImportBatch *batch, JsonObject *object)
{
  g_autoptr (SondeImportTree) tree = sonde_import_tree_new ();
  JsonObject *mapping = sonde_json_get_object (object, "mapping");
  const char *id = sonde_json_get_string (object, "conversation_id");
  g_autofree char *origin = NULL;
  SondeImportHead head = {
    .title = sonde_json_get_string (object, "title"),
    .created_at = sonde_import_json_get_time (object, "create_time", G_USEC_PER_SEC),
    .updated_at = sonde_import_json_get_time (object, "update_time", G_USEC_PER_SEC),
    .archived = sonde_import_json_get_boolean (object, "is_archived"),
    .pinned = sonde_import_json_get_boolean (object, "is_starred"),
  };

  if (id == NULL)
    id = sonde_json_get_string (object, "id");
  if (id != NULL)
    head.origin = origin = g_strconcat ("chatgpt:", id, NULL);

  sonde_import_tree_add_mapping (tree, mapping, read_message);
  sonde_import_tree_set_leaf (tree, sonde_json_get_string (object, "current_node"));
  sonde_import_batch_add (batch, tree, &head);
}
