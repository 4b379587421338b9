/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What Chatbox exports (Settings, General, Data backup): one object with a member
 * `session:ID` for each conversation; versions before 1.9 had an array `chat-sessions`.
 * A session has `id`, `name`, `messages`, the path that is shown; `threads`, what was
 * said before "new thread"; and `messageForksHash`: for the message before a fork its
 * `lists` of messages, of which the one at `position` is on the path and empty here.
 * A message has `role`, `contentParts` by `type` (before: `content`), `model`,
 * `timestamp` (milliseconds) and `usage`. */

#include "sonde-import-batch.h"

#include <string.h>

#define MILLISECOND 1000

static void
read_parts (SondeImportTree *tree, SondeImportNode *node, JsonArray *parts)
{
  for (guint i = 0; i < json_array_get_length (parts); i++) {
    JsonObject *part = sonde_import_json_get_element (parts, i);
    const char *type = part != NULL ? sonde_json_get_string (part, "type") : NULL;

    if (g_strcmp0 (type, "text") == 0) {
      sonde_import_node_add_text (node, SONDE_TEXT_CONTENT, sonde_json_get_string (part, "text"));
    } else if (g_strcmp0 (type, "reasoning") == 0) {
      sonde_import_node_add_text (node, SONDE_TEXT_REASONING, sonde_json_get_string (part, "text"));
      node->thinking_started_at = sonde_import_json_get_time (part, "startTime", MILLISECOND);
      node->thinking_duration = sonde_import_json_get_integer (part, "duration", -1);
    } else {
      sonde_import_tree_omit (tree);
    }
  }
}

static SondeUsage *
read_usage (JsonObject *object)
{
  g_autoptr (SondeUsage) usage = sonde_usage_new ();

  usage->prompt_tokens = sonde_import_json_get_integer (object, "inputTokens", -1);
  usage->completion_tokens = sonde_import_json_get_integer (object, "outputTokens", -1);
  usage->total_tokens = sonde_import_json_get_integer (object, "totalTokens", -1);
  usage->reasoning_tokens = sonde_import_json_get_integer (object, "reasoningTokens", -1);
  usage->cache_hit_tokens = sonde_import_json_get_integer (object, "cachedInputTokens", -1);

  return g_steal_pointer (&usage);
}

static void
read_message (SondeImportTree *tree, SondeImportNode *node, JsonObject *message)
{
  JsonArray *parts = sonde_json_get_array (message, "contentParts");
  JsonArray *files = sonde_json_get_array (message, "files");
  JsonObject *usage = sonde_json_get_object (message, "usage");

  if (!sonde_role_from_string (sonde_json_get_string (message, "role"), &node->role) ||
      node->role == SONDE_ROLE_TOOL) {
    node->kind = SONDE_IMPORT_NODE_OMITTED;
    return;
  }

  node->created_at = sonde_import_json_get_time (message, "timestamp", MILLISECOND);
  if (parts != NULL)
    read_parts (tree, node, parts);
  else
    sonde_import_node_add_text (node, SONDE_TEXT_CONTENT,
                                sonde_json_get_string (message, "content"));
  if (node->texts[SONDE_TEXT_REASONING] == NULL)
    sonde_import_node_add_text (node, SONDE_TEXT_REASONING,
                                sonde_json_get_string (message, "reasoningContent"));
  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    sonde_import_tree_omit (tree);
  if (node->texts[SONDE_TEXT_CONTENT] == NULL && node->texts[SONDE_TEXT_REASONING] == NULL)
    return;

  node->kind =
    node->role == SONDE_ROLE_SYSTEM ? SONDE_IMPORT_NODE_SYSTEM : SONDE_IMPORT_NODE_MESSAGE;
  if (node->role == SONDE_ROLE_ASSISTANT) {
    node->model_id = g_strdup (sonde_json_get_string (message, "model"));
    node->finish_reason = g_strdup (sonde_json_get_string (message, "finishReason"));
    node->usage = usage != NULL ? read_usage (usage) : NULL;
    if (node->texts[SONDE_TEXT_REASONING] != NULL)
      node->thinking = SONDE_THINKING_HIGH;
    if (sonde_import_json_get_boolean (message, "generating") ||
        sonde_json_get_string (message, "error") != NULL)
      node->state = SONDE_MESSAGE_INTERRUPTED;
  }
}

/* Adds @messages one behind the other, the first one behind @parent, at the place
 * @order among its children. The last one is where the path ends, if @chosen. */
static void
add_list (SondeImportTree *tree,
          JsonArray *messages,
          const char *parent,
          guint order,
          gboolean chosen)
{
  for (guint i = 0; i < json_array_get_length (messages); i++) {
    JsonObject *message = sonde_import_json_get_element (messages, i);
    const char *id = message != NULL ? sonde_json_get_string (message, "id") : NULL;
    SondeImportNode *node = id != NULL ? sonde_import_tree_add (tree, id, parent) : NULL;

    if (node == NULL) {
      if (id == NULL)
        sonde_import_tree_omit (tree);
      continue;
    }
    node->order = order;
    order = G_MAXUINT;
    read_message (tree, node, message);
    parent = node->key;
    if (chosen)
      sonde_import_tree_set_leaf (tree, node->key);
  }
}

/* Adds the lists that fork off behind any message of the tree, and of those again. */
static void
add_forks (SondeImportTree *tree, JsonObject *forks)
{
  const char *key;

  for (guint i = 0; (key = sonde_import_tree_get_key (tree, i)) != NULL; i++) {
    JsonObject *fork = sonde_json_get_object (forks, key);
    JsonArray *lists = fork != NULL ? sonde_json_get_array (fork, "lists") : NULL;

    if (lists == NULL)
      continue;
    sonde_import_tree_place_children (
      tree, key, (guint) CLAMP (sonde_import_json_get_integer (fork, "position", 0), 0, G_MAXINT));
    for (guint j = 0; j < json_array_get_length (lists); j++) {
      JsonObject *list = sonde_import_json_get_element (lists, j);
      JsonArray *messages = list != NULL ? sonde_json_get_array (list, "messages") : NULL;

      if (messages != NULL)
        add_list (tree, messages, key, j, FALSE);
    }
  }
}

static void
add_path (SondeImportBatch *batch,
          JsonObject *session,
          JsonArray *messages,
          const SondeImportHead *head)
{
  g_autoptr (SondeImportTree) tree = sonde_import_tree_new ();
  JsonObject *forks = sonde_json_get_object (session, "messageForksHash");

  add_list (tree, messages, NULL, G_MAXUINT, TRUE);
  if (forks != NULL)
    add_forks (tree, forks);
  sonde_import_batch_add (batch, tree, head);
}

/**
 * sonde_import_chatbox:
 * @batch: where to put it
 * @object: a session; each of its threads becomes a conversation
 */
void
sonde_import_chatbox (SondeImportBatch *batch, JsonObject *object)
{
  const char *id = sonde_json_get_string (object, "id");
  const char *name = sonde_json_get_string (object, "name");
  const char *thread_name = sonde_json_get_string (object, "threadName");
  g_autofree char *origin = id != NULL ? g_strconcat ("chatbox:", id, NULL) : NULL;
  JsonArray *threads = sonde_json_get_array (object, "threads");
  JsonArray *messages = sonde_json_get_array (object, "messages");
  SondeImportHead head = {
    .title = thread_name != NULL && *thread_name != '\0' ? thread_name : name,
    .origin = origin,
    .pinned = sonde_import_json_get_boolean (object, "starred"),
  };

  for (guint i = 0; threads != NULL && i < json_array_get_length (threads); i++) {
    JsonObject *thread = sonde_import_json_get_element (threads, i);
    JsonArray *list = thread != NULL ? sonde_json_get_array (thread, "messages") : NULL;
    const char *thread_id = thread != NULL ? sonde_json_get_string (thread, "id") : NULL;
    g_autofree char *thread_origin = NULL;
    SondeImportHead thread_head = { 0 };

    if (list == NULL)
      continue;
    thread_head.title = sonde_json_get_string (thread, "name");
    thread_head.created_at = sonde_import_json_get_time (thread, "createdAt", MILLISECOND);
    if (origin != NULL && thread_id != NULL)
      thread_head.origin = thread_origin = g_strconcat (origin, "/", thread_id, NULL);
    add_path (batch, object, list, &thread_head);
  }

  if (messages != NULL)
    add_path (batch, object, messages, &head);
  else
    sonde_import_report_add_skip (batch->report, SONDE_IMPORT_SKIP_UNKNOWN, name);
}
