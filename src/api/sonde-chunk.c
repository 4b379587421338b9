/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-chunk.h"

#include <string.h>

#include "sonde-api-error.h"
#include "sonde-json.h"

static void
tool_call_delta_free (gpointer data)
{
  SondeToolCallDelta *delta = data;

  g_free (delta->id);
  g_free (delta->name);
  g_free (delta->arguments);
  g_free (delta);
}

/* A text, or the texts of an array of parts put together; NULL: neither. */
static char *
dup_text (JsonObject *object, const char *name)
{
  JsonArray *parts = sonde_json_get_array (object, name);
  GString *text;

  if (parts == NULL)
    return g_strdup (sonde_json_get_string (object, name));

  text = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (parts); i++) {
    JsonNode *part = json_array_get_element (parts, i);
    const char *part_text = NULL;

    if (JSON_NODE_HOLDS_OBJECT (part))
      part_text = sonde_json_get_string (json_node_get_object (part), "text");
    else if (JSON_NODE_HOLDS_VALUE (part) && json_node_get_value_type (part) == G_TYPE_STRING)
      part_text = json_node_get_string (part);
    if (part_text != NULL)
      g_string_append (text, part_text);
  }

  return g_string_free_and_steal (text);
}

static GPtrArray *
decode_tool_calls (JsonArray *array, gboolean whole)
{
  GPtrArray *deltas = g_ptr_array_new_with_free_func (tool_call_delta_free);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    JsonObject *call;
    JsonObject *function;
    SondeToolCallDelta *delta;
    gint64 index;

    if (!JSON_NODE_HOLDS_OBJECT (node))
      continue;

    call = json_node_get_object (node);
    function = sonde_json_get_object (call, "function");
    index = sonde_json_get_count (call, "index");
    if (index < 0 || index >= SONDE_TOOL_CALL_NO_INDEX)
      index = whole ? i : SONDE_TOOL_CALL_NO_INDEX;

    delta = g_new0 (SondeToolCallDelta, 1);
    delta->index = (guint) index;
    delta->id = g_strdup (sonde_json_get_string (call, "id"));
    if (function != NULL) {
      delta->name = g_strdup (sonde_json_get_string (function, "name"));
      delta->arguments = g_strdup (sonde_json_get_string (function, "arguments"));
    }
    g_ptr_array_add (deltas, delta);
  }

  return deltas;
}

static SondeUsage *
decode_usage (JsonObject *object)
{
  JsonObject *prompt_details = sonde_json_get_object (object, "prompt_tokens_details");
  JsonObject *details = sonde_json_get_object (object, "completion_tokens_details");
  SondeUsage *usage = sonde_usage_new ();

  usage->prompt_tokens = sonde_json_get_count (object, "prompt_tokens");
  usage->completion_tokens = sonde_json_get_count (object, "completion_tokens");
  usage->total_tokens = sonde_json_get_count (object, "total_tokens");
  usage->cache_hit_tokens = sonde_json_get_count (object, "prompt_cache_hit_tokens");
  usage->cache_miss_tokens = sonde_json_get_count (object, "prompt_cache_miss_tokens");
  if (details != NULL)
    usage->reasoning_tokens = sonde_json_get_count (details, "reasoning_tokens");

  /* Other servers give the cache's part in OpenAI's place only; the identities
   * are those of contract.md section 6. */
  if (usage->cache_hit_tokens < 0 && prompt_details != NULL)
    usage->cache_hit_tokens = sonde_json_get_count (prompt_details, "cached_tokens");
  if (usage->cache_miss_tokens < 0 && usage->cache_hit_tokens >= 0 &&
      usage->prompt_tokens >= usage->cache_hit_tokens)
    usage->cache_miss_tokens = usage->prompt_tokens - usage->cache_hit_tokens;

  return usage;
}

/* The first choice that is one; the client never asks for more. */
static JsonObject *
find_choice (JsonObject *root)
{
  JsonArray *choices = sonde_json_get_array (root, "choices");

  for (guint i = 0; choices != NULL && i < json_array_get_length (choices); i++) {
    JsonNode *node = json_array_get_element (choices, i);

    if (JSON_NODE_HOLDS_OBJECT (node))
      return json_node_get_object (node);
  }

  return NULL;
}

static void
decode_choice (SondeChunk *self, JsonObject *choice)
{
  JsonObject *delta = sonde_json_get_object (choice, "delta");
  gboolean whole = delta == NULL;
  JsonArray *tool_calls;

  self->finish_reason = g_strdup (sonde_json_get_string (choice, "finish_reason"));

  if (whole)
    delta = sonde_json_get_object (choice, "message");
  if (delta == NULL)
    return;

  self->content = dup_text (delta, "content");
  self->reasoning = dup_text (delta, "reasoning_content");
  if (self->reasoning == NULL)
    self->reasoning = dup_text (delta, "reasoning");
  tool_calls = sonde_json_get_array (delta, "tool_calls");
  if (tool_calls != NULL)
    self->tool_calls = decode_tool_calls (tool_calls, whole);
}

/* The error that a good HTTP status can still carry: an object or a string. */
static GError *
decode_error (JsonObject *root)
{
  JsonObject *object = sonde_json_get_object (root, "error");
  const char *text = sonde_json_get_string (root, "error");

  if (object == NULL && text == NULL)
    return NULL;
  if (object != NULL)
    text = sonde_json_get_string (object, "message");
  if (object != NULL && text == NULL)
    text = sonde_json_get_string (object, "code");

  return sonde_api_error_new (SONDE_FAILURE_STREAM, 0, NULL, -1, text);
}

/**
 * sonde_chunk_decode:
 * @json: (array length=length): a `chat.completion.chunk` or a `chat.completion`
 * @length: its length in bytes, or -1 where it ends with a zero byte
 * @error: return location for an error of [const@API_ERROR]: %SONDE_FAILURE_STREAM where it
 *   is an error object, %SONDE_FAILURE_PROTOCOL where it is not a JSON object
 *
 * No field is required, and one of the wrong type counts as missing (contract.md
 * section 5.1). All texts are valid UTF-8, whatever came.
 *
 * Returns: (transfer full): the chunk
 */
SondeChunk *
sonde_chunk_decode (const char *json, gssize length, GError **error)
{
  g_autoptr (SondeChunk) self = NULL;
  g_autoptr (JsonNode) node = NULL;
  GError *stream_error;
  JsonObject *root;
  JsonObject *choice;
  JsonObject *usage;

  g_return_val_if_fail (json != NULL, NULL);

  node = sonde_json_parse (json, length >= 0 ? (gsize) length : strlen (json), error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    g_propagate_error (error, sonde_api_error_new (SONDE_FAILURE_PROTOCOL, 0, NULL, -1,
                                                   "A chunk is not a JSON object"));
    return NULL;
  }

  root = json_node_get_object (node);
  stream_error = decode_error (root);
  if (stream_error != NULL) {
    g_propagate_error (error, stream_error);
    return NULL;
  }

  self = g_new0 (SondeChunk, 1);
  self->id = g_strdup (sonde_json_get_string (root, "id"));
  self->model = g_strdup (sonde_json_get_string (root, "model"));
  self->system_fingerprint = g_strdup (sonde_json_get_string (root, "system_fingerprint"));
  choice = find_choice (root);
  if (choice != NULL)
    decode_choice (self, choice);
  usage = sonde_json_get_object (root, "usage");
  if (usage != NULL)
    self->usage = decode_usage (usage);

  return g_steal_pointer (&self);
}

/**
 * sonde_chunk_free:
 * @self: (transfer full): a chunk
 */
void
sonde_chunk_free (SondeChunk *self)
{
  g_free (self->id);
  g_free (self->model);
  g_free (self->system_fingerprint);
  g_free (self->reasoning);
  g_free (self->content);
  g_clear_pointer (&self->tool_calls, g_ptr_array_unref);
  g_free (self->finish_reason);
  g_clear_pointer (&self->usage, sonde_usage_free);
  g_free (self);
}
