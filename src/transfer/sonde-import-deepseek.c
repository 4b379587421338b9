/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the web page of DeepSeek exports (Settings, Data, Export data): a zip with a
 * `conversations.json`, an array of conversations. Each has `id`, `title`, `inserted_at`,
 * `updated_at` and `mapping`, a tree from the node `root`: `id`, `parent`, `children`
 * and `message`, whose `fragments` are of the types REQUEST (the question), THINK and
 * RESPONSE, and of several for its search. */

#include "sonde-import-batch.h"

static SondeRole
read_role (JsonObject *message)
{
  const char *role = sonde_json_get_string (message, "role");

  return role != NULL && g_ascii_strcasecmp (role, "user") == 0 ? SONDE_ROLE_USER
                                                                : SONDE_ROLE_ASSISTANT;
}

static void
read_fragment (SondeImportTree *tree, SondeImportNode *node, JsonObject *fragment)
{
  const char *type = fragment != NULL ? sonde_json_get_string (fragment, "type") : NULL;
  const char *content = type != NULL ? sonde_json_get_string (fragment, "content") : NULL;

  if (g_strcmp0 (type, "THINK") == 0) {
    sonde_import_node_add_text (node, SONDE_TEXT_REASONING, content);
  } else if (g_strcmp0 (type, "REQUEST") == 0) {
    node->role = SONDE_ROLE_USER;
    sonde_import_node_add_text (node, SONDE_TEXT_CONTENT, content);
  } else if (g_strcmp0 (type, "RESPONSE") == 0) {
    sonde_import_node_add_text (node, SONDE_TEXT_CONTENT, content);
  } else {
    sonde_import_tree_omit (tree);
  }
}

static void
read_message (SondeImportTree *tree, SondeImportNode *node, JsonObject *message)
{
  JsonArray *fragments = sonde_json_get_array (message, "fragments");
  JsonArray *files = sonde_json_get_array (message, "files");

  node->role = read_role (message);
  node->created_at = sonde_import_json_get_time (message, "inserted_at", G_USEC_PER_SEC);
  if (fragments != NULL) {
    for (guint i = 0; i < json_array_get_length (fragments); i++)
      read_fragment (tree, node, sonde_import_json_get_element (fragments, i));
  } else {
    sonde_import_node_add_text (node, SONDE_TEXT_CONTENT,
                                sonde_json_get_string (message, "content"));
    sonde_import_node_add_text (node, SONDE_TEXT_REASONING,
                                sonde_json_get_string (message, "reasoning_content"));
  }
  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    sonde_import_tree_omit (tree);

  if (node->texts[SONDE_TEXT_CONTENT] == NULL && node->texts[SONDE_TEXT_REASONING] == NULL)
    return;
  node->kind = SONDE_IMPORT_NODE_MESSAGE;
  if (node->role == SONDE_ROLE_ASSISTANT) {
    node->model_id = g_strdup (sonde_json_get_string (message, "model"));
    if (node->texts[SONDE_TEXT_REASONING] != NULL)
      node->thinking = SONDE_THINKING_HIGH;
    if (node->texts[SONDE_TEXT_CONTENT] == NULL)
      node->state = SONDE_MESSAGE_INTERRUPTED;
  }
}

/**
 * sonde_import_deepseek:
 * @batch: where to put it
 * @object: a conversation
 */
void
sonde_import_deepseek (SondeImportBatch *batch, JsonObject *object)
{
  g_autoptr (SondeImportTree) tree = sonde_import_tree_new ();
  JsonObject *mapping = sonde_json_get_object (object, "mapping");
  const char *id = sonde_json_get_string (object, "id");
  g_autofree char *origin = id != NULL ? g_strconcat ("deepseek:", id, NULL) : NULL;
  SondeImportHead head = {
    .title = sonde_json_get_string (object, "title"),
    .origin = origin,
    .created_at = sonde_import_json_get_time (object, "inserted_at", G_USEC_PER_SEC),
    .updated_at = sonde_import_json_get_time (object, "updated_at", G_USEC_PER_SEC),
  };

  sonde_import_tree_add_mapping (tree, mapping, read_message);
  sonde_import_batch_add (batch, tree, &head);
}
