/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sonde's own format: docs/format.md. Keys that are not known are passed over. */

#include <string.h>

#include "sonde-import-batch.h"
#include "sonde-tool-call.h"

static const char *const usage_names[] = {
  "prompt_tokens",    "completion_tokens", "total_tokens",
  "cache_hit_tokens", "cache_miss_tokens", "reasoning_tokens",
};

static int
read_enum (GType type, const char *nick, int fallback)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  const GEnumValue *value = nick != NULL ? g_enum_get_value_by_nick (klass, nick) : NULL;

  return value != NULL ? value->value : fallback;
}

static SondeUsage *
read_usage (JsonObject *object)
{
  g_autoptr (SondeUsage) usage = sonde_usage_new ();
  gint64 *const counts[] = {
    &usage->prompt_tokens,    &usage->completion_tokens, &usage->total_tokens,
    &usage->cache_hit_tokens, &usage->cache_miss_tokens, &usage->reasoning_tokens,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    *counts[i] = sonde_import_json_get_integer (object, usage_names[i], -1);

  return g_steal_pointer (&usage);
}

static SondeFailure *
read_failure (JsonObject *object)
{
  int kind = read_enum (SONDE_TYPE_FAILURE_KIND, sonde_json_get_string (object, "kind"),
                        SONDE_FAILURE_PROTOCOL);
  gint64 status = sonde_import_json_get_integer (object, "http_status", 0);

  return sonde_failure_new ((SondeFailureKind) kind, status < 1000 ? (guint) status : 0,
                            sonde_json_get_string (object, "detail"),
                            sonde_json_get_string (object, "trace_id"));
}

static GPtrArray *
read_tool_calls (JsonArray *array)
{
  GPtrArray *calls;

  if (array == NULL)
    return NULL;

  calls = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_tool_call_free);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *call = sonde_import_json_get_element (array, i);
    const char *name = call != NULL ? sonde_json_get_string (call, "name") : NULL;
    const char *arguments = call != NULL ? sonde_json_get_string (call, "arguments") : NULL;

    if (name != NULL)
      g_ptr_array_add (calls, sonde_tool_call_new (sonde_json_get_string (call, "id"), name,
                                                   arguments != NULL ? arguments : "",
                                                   sonde_import_json_get_boolean (call, "legacy")));
  }

  return calls;
}

/* A member that holds JSON as a text, where it is JSON of that kind. */
static char *
dup_json (JsonObject *object, const char *name, JsonNodeType type)
{
  const char *text = sonde_json_get_string (object, name);
  g_autoptr (JsonNode) node = text != NULL ? sonde_json_parse (text, strlen (text), NULL) : NULL;

  return node != NULL && json_node_get_node_type (node) == type ? g_strdup (text) : NULL;
}

/* What is kept beside the texts, or NULL where there is nothing of it. */
static SondeMessageDetails *
read_details (JsonObject *object)
{
  static const char *const names[] = {
    "name",       "tool_call_id", "tool_calls",         "title",
    "extra",      "logprobs",     "system_fingerprint", "trace_id",
    "parameters", "rate",         "first_token_ms",     "duration_ms",
  };
  JsonObject *rate = sonde_json_get_object (object, "rate");
  SondeMessageDetails *details;
  gboolean any = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    any |= json_object_has_member (object, names[i]);
  if (!any)
    return NULL;

  details = sonde_message_details_new ();
  details->name = g_strdup (sonde_json_get_string (object, "name"));
  details->tool_call_id = g_strdup (sonde_json_get_string (object, "tool_call_id"));
  details->tool_calls = read_tool_calls (sonde_json_get_array (object, "tool_calls"));
  details->title = g_strdup (sonde_json_get_string (object, "title"));
  details->extra = dup_json (object, "extra", JSON_NODE_OBJECT);
  details->logprobs = dup_json (object, "logprobs", JSON_NODE_OBJECT);
  details->system_fingerprint = g_strdup (sonde_json_get_string (object, "system_fingerprint"));
  details->trace_id = g_strdup (sonde_json_get_string (object, "trace_id"));
  details->parameters = dup_json (object, "parameters", JSON_NODE_OBJECT);
  if (rate != NULL) {
    details->currency = g_strdup (sonde_json_get_string (rate, "currency"));
    details->rates.hit = sonde_import_json_get_number (rate, "hit");
    details->rates.miss = sonde_import_json_get_number (rate, "miss");
    details->rates.output = sonde_import_json_get_number (rate, "output");
  }
  details->first_token_delay = sonde_import_json_get_integer (object, "first_token_ms", -1);
  details->duration = sonde_import_json_get_integer (object, "duration_ms", -1);

  return details;
}

/* The name of the message that the member @name numbers, or NULL. */
static char *
dup_key (JsonObject *object, const char *name)
{
  gint64 id = sonde_import_json_get_integer (object, name, 0);

  return id > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, id) : NULL;
}

static SondeAttachment *
read_attachment (JsonObject *object)
{
  const char *name = sonde_json_get_string (object, "name");
  const char *media_type = sonde_json_get_string (object, "media_type");
  const char *text = sonde_json_get_string (object, "text");
  const char *data = sonde_json_get_string (object, "data");

  if (name == NULL || (text == NULL && data == NULL))
    return NULL;
  if (text == NULL) {
    gsize length;
    guchar *bytes = g_base64_decode (data, &length);
    g_autoptr (GBytes) image = g_bytes_new_take (bytes, length);

    /* It is written into the address of an image. */
    if (media_type == NULL || !g_str_has_prefix (media_type, "image/") ||
        strpbrk (media_type, " ,;\"<>") != NULL)
      return NULL;
    return sonde_attachment_new_image (name, media_type, image);
  }

  return sonde_attachment_new_text (name, media_type != NULL ? media_type : "text/plain",
                                    MAX (0, sonde_import_json_get_integer (object, "size", 0)),
                                    text, -1);
}

static GPtrArray *
read_attachments (JsonArray *array)
{
  GPtrArray *attachments = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *object = sonde_import_json_get_element (array, i);
    SondeAttachment *attachment = object != NULL ? read_attachment (object) : NULL;

    if (attachment != NULL)
      g_ptr_array_add (attachments, attachment);
  }

  return attachments;
}

/* A note without a word would stand for nothing. */
static SondeSummary *
read_summary (JsonObject *object)
{
  const char *text = object != NULL ? sonde_json_get_string (object, "text") : NULL;

  if (text == NULL || *text == '\0')
    return NULL;

  return sonde_summary_new (sonde_import_json_get_boolean (object, "used") ? SONDE_SUMMARY_USED
                                                                           : SONDE_SUMMARY_UNUSED,
                            text, sonde_import_json_get_time (object, "changed_at", 1));
}

static void
read_message (SondeImportTree *tree, JsonObject *object)
{
  g_autofree char *key = dup_key (object, "id");
  g_autofree char *parent = dup_key (object, "parent");
  JsonObject *usage = sonde_json_get_object (object, "usage");
  JsonObject *failure = sonde_json_get_object (object, "failure");
  SondeImportNode *node;
  SondeRole role;

  if (key == NULL || !sonde_role_from_string (sonde_json_get_string (object, "role"), &role)) {
    sonde_import_tree_omit (tree);
    return;
  }
  node = sonde_import_tree_add (tree, key, parent);
  if (node == NULL)
    return;

  node->kind = SONDE_IMPORT_NODE_MESSAGE;
  node->role = role;
  node->created_at = sonde_import_json_get_time (object, "created_at", 1);
  sonde_import_node_add_text (node, SONDE_TEXT_CONTENT, sonde_json_get_string (object, "content"));
  sonde_import_node_add_text (node, SONDE_TEXT_REASONING,
                              sonde_json_get_string (object, "reasoning"));
  node->state = (SondeMessageState) read_enum (
    SONDE_TYPE_MESSAGE_STATE, sonde_json_get_string (object, "state"), SONDE_MESSAGE_COMPLETE);
  if (node->state == SONDE_MESSAGE_STREAMING)
    node->state = SONDE_MESSAGE_INTERRUPTED;
  node->failure = failure != NULL ? read_failure (failure) : NULL;
  node->finish_reason = g_strdup (sonde_json_get_string (object, "finish_reason"));
  node->usage = usage != NULL ? read_usage (usage) : NULL;
  node->model_id = g_strdup (sonde_json_get_string (object, "model"));
  node->thinking = (SondeThinking) read_enum (
    SONDE_TYPE_THINKING, sonde_json_get_string (object, "thinking"), SONDE_THINKING_OFF);
  node->thinking_started_at = sonde_import_json_get_time (object, "thinking_started_at", 1);
  node->thinking_duration = sonde_import_json_get_integer (object, "thinking_ms", -1);
  node->details = read_details (object);
  node->attachments = read_attachments (sonde_json_get_array (object, "attachments"));
  node->summary = read_summary (sonde_json_get_object (object, "summary"));
}

/**
 * sonde_import_sonde:
 * @batch: where to put it
 * @object: a conversation of docs/format.md
 */
void
sonde_import_sonde (SondeImportBatch *batch, JsonObject *object)
{
  g_autoptr (SondeImportTree) tree = sonde_import_tree_new ();
  g_autofree char *leaf = dup_key (object, "leaf");
  g_autoptr (GPtrArray) draft_attachments =
    read_attachments (sonde_json_get_array (object, "draft_attachments"));
  g_autofree char *parameters = NULL;
  const char *draft = sonde_json_get_string (object, "draft");
  JsonArray *messages = sonde_json_get_array (object, "messages");
  SondeTransferRecord *record;
  SondeImportHead head = {
    .title = sonde_json_get_string (object, "title"),
    .origin = sonde_json_get_string (object, "origin"),
    .created_at = sonde_import_json_get_time (object, "created_at", 1),
    .updated_at = sonde_import_json_get_time (object, "updated_at", 1),
    .folder = sonde_json_get_string (object, "folder"),
    .archived = sonde_import_json_get_boolean (object, "archived"),
    .pinned = sonde_import_json_get_boolean (object, "pinned"),
    .has_draft = (draft != NULL && *draft != '\0') || draft_attachments->len > 0,
  };

  for (guint i = 0; messages != NULL && i < json_array_get_length (messages); i++) {
    JsonObject *message = sonde_import_json_get_element (messages, i);

    if (message != NULL)
      read_message (tree, message);
    else
      sonde_import_tree_omit (tree);
  }
  sonde_import_tree_set_leaf (tree, leaf);

  record = sonde_import_batch_add (batch, tree, &head);
  if (record == NULL)
    return;

  sonde_conversation_set_title (record->conversation, head.title);
  sonde_conversation_set_title_manual (record->conversation,
                                       sonde_import_json_get_boolean (object, "title_manual"));
  sonde_conversation_set_json_output (record->conversation,
                                      sonde_import_json_get_boolean (object, "json_output"));
  parameters = dup_json (object, "parameters", JSON_NODE_OBJECT);
  sonde_conversation_set_parameters (record->conversation, parameters);
  sonde_conversation_set_spelling (record->conversation,
                                   sonde_json_get_string (object, "spelling"));
  sonde_conversation_set_trashed_at (record->conversation,
                                     sonde_import_json_get_time (object, "trashed_at", 1));
  sonde_conversation_set_model_id (record->conversation, sonde_json_get_string (object, "model"));
  sonde_conversation_set_thinking (
    record->conversation,
    (SondeThinking) read_enum (SONDE_TYPE_THINKING, sonde_json_get_string (object, "thinking"),
                               SONDE_THINKING_OFF));
  sonde_conversation_set_unread (record->conversation,
                                 sonde_import_json_get_boolean (object, "unread"));
  sonde_conversation_set_draft (record->conversation, draft);
  if (draft_attachments->len > 0)
    g_list_store_splice (sonde_conversation_get_attachments (record->conversation), 0, 0,
                         draft_attachments->pdata, draft_attachments->len);
  record->system_prompt = g_strdup (sonde_json_get_string (object, "system_prompt"));
}
