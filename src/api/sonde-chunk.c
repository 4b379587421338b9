/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-chunk.h"

#include <string.h>

#include "sonde-api-error.h"
#include "sonde-json-slice.h"
#include "sonde-json.h"
#include "sonde-json-object.h"

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

static void
extra_free (gpointer data)
{
  SondeExtra *extra = data;

  g_free (extra->name);
  g_free (extra->json);
  g_free (extra);
}

/* The arguments: mostly a string, but some servers give the object itself. @function is the
 * source text of the object. */
static char *
dup_arguments (JsonObject *object, SondeJsonSlice function)
{
  const char *text = sonde_json_get_string (object, "arguments");
  JsonNode *node = json_object_get_member (object, "arguments");

  if (text != NULL || node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup (text);

  return sonde_json_slice_enter (&function, "arguments") ? sonde_json_slice_dup (&function) : NULL;
}

static SondeToolCallDelta *
decode_function (JsonObject *function, SondeJsonSlice slice)
{
  SondeToolCallDelta *delta = g_new0 (SondeToolCallDelta, 1);

  if (function != NULL) {
    delta->name = g_strdup (sonde_json_get_string (function, "name"));
    delta->arguments = dup_arguments (function, slice);
  }

  return delta;
}

static void
decode_tool_calls (SondeChunk *self, JsonObject *message, gboolean whole, SondeJsonSlice slice)
{
  JsonObject *legacy = sonde_json_get_object (message, "function_call");
  JsonArray *array = sonde_json_get_array (message, "tool_calls");
  SondeJsonSlice calls = slice;

  if (array == NULL && legacy == NULL)
    return;
  self->tool_calls = g_ptr_array_new_with_free_func (tool_call_delta_free);

  if (legacy != NULL && sonde_json_slice_enter (&slice, "function_call")) {
    SondeToolCallDelta *delta = decode_function (legacy, slice);

    delta->legacy = TRUE;
    g_ptr_array_add (self->tool_calls, delta);
  }
  if (array == NULL || !sonde_json_slice_enter (&calls, "tool_calls"))
    return;

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    JsonObject *call;
    JsonObject *function;
    SondeToolCallDelta *delta;
    SondeJsonSlice call_slice = calls;
    gint64 index;

    if (!JSON_NODE_HOLDS_OBJECT (node))
      continue;

    call = json_node_get_object (node);
    function = sonde_json_get_object (call, "function");
    index = sonde_json_get_count (call, "index");
    if (index < 0 || index >= SONDE_TOOL_CALL_NO_INDEX)
      index = whole ? i : SONDE_TOOL_CALL_NO_INDEX;

    if (function != NULL && sonde_json_get_string (function, "arguments") == NULL)
      (void) (sonde_json_slice_enter_element (&call_slice, i) &&
              sonde_json_slice_enter (&call_slice, "function"));
    delta = decode_function (function, call_slice);
    delta->index = (guint) index;
    delta->id = g_strdup (sonde_json_get_string (call, "id"));
    g_ptr_array_add (self->tool_calls, delta);
  }
}

static char *
dup_source (SondeJsonSlice slice, const char *name)
{
  return sonde_json_slice_enter (&slice, name) ? sonde_json_slice_dup (&slice) : NULL;
}

/* @slice is the source text of the choice. */
static void
decode_logprobs (SondeChunk *self, JsonObject *choice, SondeJsonSlice slice)
{
  JsonObject *object = sonde_json_get_object (choice, "logprobs");
  JsonArray *content = object != NULL ? sonde_json_get_array (object, "content") : NULL;
  JsonArray *reasoning = object != NULL ? sonde_json_get_array (object, "reasoning_content") : NULL;

  if (content != NULL)
    self->logprobs = sonde_token_logprobs_decode (content);
  if (reasoning != NULL)
    self->reasoning_logprobs = sonde_token_logprobs_decode (reasoning);
  if (object == NULL || !sonde_json_slice_enter (&slice, "logprobs"))
    return;
  if (content != NULL)
    self->logprobs_json = dup_source (slice, "content");
  if (reasoning != NULL)
    self->reasoning_logprobs_json = dup_source (slice, "reasoning_content");
}

static gboolean
is_extra (const char *name, JsonNode *node)
{
  static const char *const known[] = { "role",      "content",    "reasoning_content",
                                       "reasoning", "tool_calls", "function_call",
                                       "title",     NULL };

  return !g_strv_contains (known, name) && !JSON_NODE_HOLDS_NULL (node);
}

/* Whether something of @message is taken from its source text, which few chunks have. */
static gboolean
needs_source (JsonObject *message)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (sonde_json_get_array (message, "tool_calls") != NULL ||
      sonde_json_get_object (message, "function_call") != NULL)
    return TRUE;
  json_object_iter_init (&iter, message);
  while (json_object_iter_next (&iter, &name, &node))
    if (is_extra (name, node))
      return TRUE;

  return FALSE;
}

static void
decode_extras (SondeChunk *self, JsonObject *message, SondeJsonSlice slice)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, message);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    SondeJsonSlice value = slice;
    SondeExtra *extra;

    if (!is_extra (name, node) || !sonde_json_slice_enter (&value, name))
      continue;

    extra = g_new0 (SondeExtra, 1);
    extra->name = g_strdup (name);
    extra->json = sonde_json_slice_dup (&value);
    if (self->extras == NULL)
      self->extras = g_ptr_array_new_with_free_func (extra_free);
    g_ptr_array_add (self->extras, extra);
  }
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
find_choice (JsonObject *root, guint *index)
{
  JsonArray *choices = sonde_json_get_array (root, "choices");

  for (guint i = 0; choices != NULL && i < json_array_get_length (choices); i++) {
    JsonNode *node = json_array_get_element (choices, i);

    if (JSON_NODE_HOLDS_OBJECT (node)) {
      *index = i;
      return json_node_get_object (node);
    }
  }

  return NULL;
}

/* @slice is the source text of the whole chunk, and @index that of the choice. */
static void
decode_choice (SondeChunk *self, JsonObject *choice, guint index, SondeJsonSlice slice)
{
  JsonObject *delta = sonde_json_get_object (choice, "delta");
  gboolean whole = delta == NULL;

  self->finish_reason = g_strdup (sonde_json_get_string (choice, "finish_reason"));
  if (sonde_json_get_object (choice, "logprobs") != NULL) {
    SondeJsonSlice choice_slice = slice;

    if (sonde_json_slice_enter (&choice_slice, "choices") &&
        sonde_json_slice_enter_element (&choice_slice, index))
      decode_logprobs (self, choice, choice_slice);
  }

  if (whole)
    delta = sonde_json_get_object (choice, "message");
  if (delta == NULL)
    return;

  self->content = dup_text (delta, "content");
  self->reasoning = dup_text (delta, "reasoning_content");
  if (self->reasoning == NULL)
    self->reasoning = dup_text (delta, "reasoning");
  self->title = g_strdup (sonde_json_get_string (delta, "title"));
  if (needs_source (delta) && sonde_json_slice_enter (&slice, "choices") &&
      sonde_json_slice_enter_element (&slice, index) &&
      sonde_json_slice_enter (&slice, whole ? "message" : "delta")) {
    decode_tool_calls (self, delta, whole, slice);
    decode_extras (self, delta, slice);
  }
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
  SondeJsonSlice slice;
  guint index;

  g_return_val_if_fail (json != NULL, NULL);

  slice.text = json;
  slice.length = length >= 0 ? (gsize) length : strlen (json);
  if (slice.length >= 3 && memcmp (slice.text, "\xef\xbb\xbf", 3) == 0) {
    slice.text += 3;
    slice.length -= 3;
  }
  node = sonde_json_object_parse (slice.text, slice.length, "A chunk", error);
  if (node == NULL)
    return NULL;

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
  choice = find_choice (root, &index);
  if (choice != NULL)
    decode_choice (self, choice, index, slice);
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
  g_free (self->title);
  g_clear_pointer (&self->logprobs, g_ptr_array_unref);
  g_clear_pointer (&self->reasoning_logprobs, g_ptr_array_unref);
  g_free (self->logprobs_json);
  g_free (self->reasoning_logprobs_json);
  g_clear_pointer (&self->extras, g_ptr_array_unref);
  g_free (self);
}
