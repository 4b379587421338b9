/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-demo-request.h"

#include <string.h>

#include "sonde-demo-json.h"
#include "sonde-demo-strict.h"

#define MAX_TOKENS   393216
#define MAX_USER_ID  512
#define MAX_TOOLS    128
#define MAX_STOPS    16
#define MAX_LOGPROBS 20
#define TARGET_ERROR "Failed to deserialize the JSON body into the target type: "

typedef struct {
  SondeDemoRequest *request;
  JsonObject *root;
  SondeDemoJson *positions;
  SondeDemoRefusal *refusal;
  gboolean beta;
  gboolean flash;
  gboolean strict; /* one of the tools is */
  gboolean legacy; /* the question asks for an answer in the shape of seed 001 */
} Check;

/* The names that the service takes, and the name that it answers with (contract.md section 2.1). */
static const struct {
  const char *name;
  const char *answers_as;
  gboolean flash; /* which alone sees images and makes titles */
} models[] = {
  { "deepseek-flash", "deepseek-flash", TRUE },
  { "deepseek-v4-flash", "deepseek-v4-flash", TRUE },
  { "deepseek-v4-flash-vision-exp", "deepseek-v4-flash-vision-exp", TRUE },
  { "deepseek-v4-pro", "deepseek-v4-pro", FALSE },
  { "deepseek-chat", "deepseek-v4-flash", FALSE },
  { "deepseek-reasoner", "deepseek-v4-flash", FALSE },
};

/* --- refusing; all of these return FALSE so that a check can return them ------------------- */

static gboolean
refuse (Check *check, const char *message)
{
  check->refusal = sonde_demo_refusal_new_invalid (message);
  return FALSE;
}

G_GNUC_PRINTF (3, 4)
static gboolean
refuse_at (Check *check, const char *path, const char *format, ...)
{
  g_autofree char *place = sonde_demo_json_dup_position (check->positions, path);
  g_autofree char *what = NULL;
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  message =
    g_strdup_printf (TARGET_ERROR "%s%s%s at %s", path, *path != '\0' ? ": " : "", what, place);
  check->refusal =
    sonde_demo_refusal_new_error (400, "application/json", "invalid_request_error", message);

  return FALSE;
}

/* --- reading ------------------------------------------------------------------------------- */

static const char *
type_words (JsonNode *node)
{
  GType type;

  if (JSON_NODE_HOLDS_NULL (node))
    return "null";
  if (JSON_NODE_HOLDS_OBJECT (node))
    return "map";
  if (JSON_NODE_HOLDS_ARRAY (node))
    return "sequence";
  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return "string";
  if (type == G_TYPE_BOOLEAN)
    return "boolean";
  return type == G_TYPE_DOUBLE ? "floating point" : "integer";
}

/* The member, or NULL when it is absent or null. */
static JsonNode *
lookup (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static const char *
lookup_string (JsonObject *object, const char *name)
{
  JsonNode *node = lookup (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static gboolean
lookup_true (JsonObject *object, const char *name)
{
  JsonNode *node = lookup (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}

static gboolean
check_type (Check *check, JsonObject *object, const char *name, GType type, const char *expected)
{
  JsonNode *node = lookup (object, name);
  const GType actual = node != NULL ? json_node_get_value_type (node) : type;

  if (actual == type || (type == G_TYPE_DOUBLE && actual == G_TYPE_INT64))
    return TRUE;

  return refuse_at (check, name, "invalid type: %s, expected %s", type_words (node), expected);
}

/**
 * sonde_demo_request_dup_text:
 * @message: a message of a request
 *
 * Returns: (transfer full): its content; the text parts of it when it is in parts
 */
char *
sonde_demo_request_dup_text (JsonObject *message)
{
  JsonNode *content = lookup (message, "content");
  g_autoptr (GString) text = g_string_new (NULL);

  if (content != NULL && JSON_NODE_HOLDS_ARRAY (content)) {
    JsonArray *parts = json_node_get_array (content);

    for (guint i = 0; i < json_array_get_length (parts); i++) {
      const char *part = lookup_string (json_array_get_object_element (parts, i), "text");

      if (part != NULL)
        g_string_append (text, part);
    }
  } else if (content != NULL) {
    g_string_append (text, json_node_get_string (content));
  }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* --- the messages -------------------------------------------------------------------------- */

static gboolean
check_parts (Check *check, const char *path, JsonArray *parts, gboolean images)
{
  for (guint i = 0; i < json_array_get_length (parts); i++) {
    JsonNode *part = json_array_get_element (parts, i);
    const char *type =
      JSON_NODE_HOLDS_OBJECT (part) ? lookup_string (json_node_get_object (part), "type") : NULL;

    if (type == NULL)
      return refuse_at (check, path, "missing field `type`");
    if (g_str_equal (type, "text")) {
      if (lookup_string (json_node_get_object (part), "text") == NULL)
        return refuse_at (check, path, "missing field `text`");
    } else if (!images) {
      return refuse_at (check, path, "unknown variant `%s`, expected `text`", type);
    } else if (!g_str_equal (type, "image_url") && !g_str_equal (type, "file")) {
      return refuse_at (check, path,
                        "unknown variant `%s`, expected one of `text`, `image_url`, `file`", type);
    }
  }

  return TRUE;
}

static gboolean
check_content (Check *check, const char *path, JsonObject *message, const char *role)
{
  JsonNode *content = json_object_get_member (message, "content");
  const gboolean images = check->flash && g_str_equal (role, "user");

  if (content == NULL)
    return refuse_at (check, path, "missing field `content`");
  if (JSON_NODE_HOLDS_NULL (content)) {
    if (!g_str_equal (role, "assistant"))
      return refuse_at (check, path, "invalid type: null, expected a string");
    if (lookup (message, "tool_calls") == NULL &&
        !(check->legacy && lookup (message, "function_call") != NULL))
      return refuse (check, "Invalid assistant message: content or tool_calls must be set");
    return TRUE;
  }
  if (JSON_NODE_HOLDS_ARRAY (content))
    return check_parts (check, path, json_node_get_array (content), images);
  if (json_node_get_value_type (content) != G_TYPE_STRING)
    return refuse_at (check, path, "invalid type: %s, expected a string", type_words (content));

  return TRUE;
}

static gboolean
check_calls (Check *check, const char *path, JsonObject *message)
{
  JsonNode *calls = lookup (message, "tool_calls");

  if (calls == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (calls))
    return refuse_at (check, path, "invalid type: %s, expected a sequence", type_words (calls));

  for (guint i = 0; i < json_array_get_length (json_node_get_array (calls)); i++) {
    g_autofree char *place = g_strdup_printf ("%s.tool_calls[%u]", path, i);
    JsonNode *node = json_array_get_element (json_node_get_array (calls), i);
    JsonObject *call = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    JsonNode *function = call != NULL ? lookup (call, "function") : NULL;

    if (call == NULL || lookup_string (call, "id") == NULL)
      return refuse_at (check, place, "missing field `id`");
    if (lookup_string (call, "type") == NULL)
      return refuse_at (check, place, "missing field `type`");
    if (function == NULL || !JSON_NODE_HOLDS_OBJECT (function))
      return refuse_at (check, place, "missing field `function`");
    if (lookup_string (json_node_get_object (function), "name") == NULL)
      return refuse_at (check, place, "missing field `name`");
    if (lookup_string (json_node_get_object (function), "arguments") == NULL)
      return refuse_at (check, place, "missing field `arguments`");
  }

  return TRUE;
}

static gboolean
check_message (Check *check, guint i)
{
  static const char *const roles[] = { "system",          "user", "assistant", "tool",
                                       "latest_reminder", NULL };
  g_autofree char *path = g_strdup_printf ("messages[%u]", i);
  JsonNode *node = json_array_get_element (check->request->messages, i);
  JsonObject *message;
  const char *role;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse_at (check, path, "invalid type: %s, expected a map", type_words (node));
  message = json_node_get_object (node);
  role = lookup_string (message, "role");
  if (role == NULL)
    return refuse_at (check, path, "missing field `role`");
  if (!g_strv_contains (roles, role) && !(check->legacy && g_str_equal (role, "function"))) {
    g_autofree char *place = g_strdup_printf ("%s.role", path);

    return refuse_at (check, place,
                      "unknown variant `%s`, expected one of `system`, `user`, `assistant`, "
                      "`tool`, `latest_reminder`",
                      role);
  }
  if (!check_content (check, path, message, role) || !check_calls (check, path, message))
    return FALSE;
  if (g_str_equal (role, "tool") && lookup_string (message, "tool_call_id") == NULL)
    return refuse_at (check, path, "missing field `tool_call_id`");

  return TRUE;
}

/* Each call is answered at once and by its id (contract.md section 4, rule 3), and its
 * reasoning is there, if only as "" (rule 4). */
static gboolean
check_tool_turns (Check *check)
{
  SondeDemoRequest *request = check->request;
  g_autoptr (GHashTable) open = g_hash_table_new (g_str_hash, g_str_equal);
  const guint n = json_array_get_length (request->messages);

  for (guint i = 0; i <= n; i++) {
    JsonObject *message = i < n ? json_array_get_object_element (request->messages, i) : NULL;
    const char *role = message != NULL ? lookup_string (message, "role") : "";
    JsonNode *calls = message != NULL ? lookup (message, "tool_calls") : NULL;

    if (g_str_equal (role, "tool")) {
      if (!g_hash_table_remove (open, lookup_string (message, "tool_call_id")))
        return refuse (check, "Messages with role 'tool' must be a response to a preceding message "
                              "with 'tool_calls'");
      continue;
    }
    if (g_hash_table_size (open) > 0)
      return refuse (check, "An assistant message with 'tool_calls' must be followed by tool "
                            "messages responding to each 'tool_call_id'. (insufficient tool "
                            "messages following tool_calls message)");
    if (calls == NULL)
      continue;
    for (guint j = 0; j < json_array_get_length (json_node_get_array (calls)); j++) {
      JsonObject *call = json_array_get_object_element (json_node_get_array (calls), j);

      g_hash_table_add (open, (gpointer) lookup_string (call, "id"));
    }
    if (request->thinking && lookup_string (message, "reasoning_content") == NULL)
      return refuse (check,
                     "The reasoning_content in the thinking mode must be passed back to the API.");
  }

  return TRUE;
}

/* `functions` are no more; a script's `shape=function_call` brings them back for its conversation.
 */
static gboolean
is_legacy (JsonArray *messages)
{
  for (guint i = 0; i < json_array_get_length (messages); i++) {
    JsonNode *node = json_array_get_element (messages, i);
    const char *content =
      JSON_NODE_HOLDS_OBJECT (node) ? lookup_string (json_node_get_object (node), "content") : NULL;

    if (content != NULL && strstr (content, "shape=function_call") != NULL)
      return TRUE;
  }

  return FALSE;
}

static gboolean
read_messages (Check *check)
{
  SondeDemoRequest *request = check->request;
  const guint n = json_array_get_length (request->messages);
  JsonObject *last;
  const char *role;

  if (n == 0)
    return refuse (check, "Invalid messages: at least one message is required");
  check->legacy = is_legacy (request->messages);
  for (guint i = 0; i < n; i++) {
    JsonObject *message;

    if (!check_message (check, i))
      return FALSE;
    message = json_array_get_object_element (request->messages, i);
    if (g_str_equal (lookup_string (message, "role"), "user")) {
      g_free (request->question);
      request->question = sonde_demo_request_dup_text (message);
      request->turn++;
    }
  }
  if (request->question == NULL)
    request->question = g_strdup ("");

  last = json_array_get_object_element (request->messages, n - 1);
  role = lookup_string (last, "role");
  if (g_str_equal (role, "tool") || g_str_equal (role, "function"))
    request->tool_output = sonde_demo_request_dup_text (last);
  if (g_str_equal (role, "assistant") && lookup_true (last, "prefix")) {
    if (!check->beta)
      return refuse (check, "Chat prefix completion is available on the beta base only");
    request->prefix = sonde_demo_request_dup_text (last);
    request->prefix_reasoning = g_strdup (lookup_string (last, "reasoning_content"));
  }

  return check_tool_turns (check);
}

/* --- the other fields ---------------------------------------------------------------------- */

static gboolean
check_fields (Check *check)
{
  static const struct {
    const char *name;
    const char *expected;
  } required[] = { { "messages", "a sequence" }, { "model", "a string" } };
  JsonObject *root = check->root;

  for (gsize i = 0; i < G_N_ELEMENTS (required); i++)
    if (!json_object_has_member (root, required[i].name))
      return refuse_at (check, "", "missing field `%s`", required[i].name);
  for (gsize i = 0; i < G_N_ELEMENTS (required); i++)
    if (json_object_get_null_member (root, required[i].name))
      return refuse_at (check, required[i].name, "invalid type: null, expected %s",
                        required[i].expected);

  return check_type (check, root, "messages", JSON_TYPE_ARRAY, "a sequence") &&
         check_type (check, root, "model", G_TYPE_STRING, "a string") &&
         check_type (check, root, "thinking", JSON_TYPE_OBJECT, "a map") &&
         check_type (check, root, "reasoning_effort", G_TYPE_STRING, "a string") &&
         check_type (check, root, "max_tokens", G_TYPE_INT64, "u32") &&
         check_type (check, root, "temperature", G_TYPE_DOUBLE, "f32") &&
         check_type (check, root, "top_p", G_TYPE_DOUBLE, "f32") &&
         check_type (check, root, "stream", G_TYPE_BOOLEAN, "a boolean") &&
         check_type (check, root, "stream_options", JSON_TYPE_OBJECT, "a map") &&
         check_type (check, root, "response_format", JSON_TYPE_OBJECT, "a map") &&
         check_type (check, root, "tools", JSON_TYPE_ARRAY, "a sequence") &&
         check_type (check, root, "logprobs", G_TYPE_BOOLEAN, "a boolean") &&
         check_type (check, root, "top_logprobs", G_TYPE_INT64, "u32") &&
         check_type (check, root, "title", JSON_TYPE_OBJECT, "a map") &&
         check_type (check, root, "user_id", G_TYPE_STRING, "a string");
}

static gboolean
read_model (Check *check)
{
  const char *name = json_object_get_string_member (check->root, "model");
  g_autofree char *message = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++) {
    if (g_str_equal (models[i].name, name)) {
      check->request->model = models[i].answers_as;
      check->flash = models[i].flash;
      return TRUE;
    }
  }
  message = g_strdup_printf ("The supported API model names are deepseek-v4-pro or "
                             "deepseek-v4-flash, but you passed %s.",
                             name);

  return refuse (check, message);
}

/* Thinking is on unless it is switched off; the names of efforts are contract.md section 3. */
static gboolean
read_thinking (Check *check)
{
  JsonNode *thinking = lookup (check->root, "thinking");
  const char *effort = lookup_string (check->root, "reasoning_effort");

  check->request->thinking =
    !g_str_equal (json_object_get_string_member (check->root, "model"), "deepseek-chat");
  if (thinking != NULL) {
    const char *type = lookup_string (json_node_get_object (thinking), "type");

    if (type == NULL)
      return refuse_at (check, "thinking", "missing field `type`");
    check->request->thinking = g_str_equal (type, "enabled");
    if (!check->request->thinking && !g_str_equal (type, "disabled"))
      return refuse_at (check, "thinking.type",
                        "unknown variant `%s`, expected `enabled` or `disabled`", type);
  }

  check->request->effort = SONDE_DEMO_EFFORT_HIGH;
  if (effort == NULL)
    return TRUE;
  if (g_str_equal (effort, "low") || g_str_equal (effort, "minimal"))
    check->request->effort = SONDE_DEMO_EFFORT_LOW;
  else if (g_str_equal (effort, "max") || g_str_equal (effort, "ultra"))
    check->request->effort = SONDE_DEMO_EFFORT_MAX;
  else if (!g_str_equal (effort, "high") && !g_str_equal (effort, "medium") &&
           !g_str_equal (effort, "xhigh"))
    return refuse_at (check, "reasoning_effort",
                      "unknown variant `%s`, expected one of `low`, `high`, `max`", effort);

  return TRUE;
}

static gboolean
read_numbers (Check *check)
{
  JsonNode *temperature = lookup (check->root, "temperature");
  JsonNode *top_p = lookup (check->root, "top_p");
  JsonNode *max_tokens = lookup (check->root, "max_tokens");
  const char *user_id = lookup_string (check->root, "user_id");

  if (temperature != NULL &&
      !(json_node_get_double (temperature) >= 0.0 && json_node_get_double (temperature) <= 2.0))
    return refuse (check, "Invalid temperature value, the valid range of temperature is [0, 2]");
  if (top_p != NULL && !(json_node_get_double (top_p) > 0.0 && json_node_get_double (top_p) <= 1.0))
    return refuse (check, "Invalid top_p value, the valid range of top_p is (0, 1.0]");

  check->request->max_tokens = max_tokens != NULL ? json_node_get_int (max_tokens) : -1;
  if (max_tokens != NULL &&
      (check->request->max_tokens < 1 || check->request->max_tokens > MAX_TOKENS))
    return refuse (check, "Invalid max_tokens value, the valid range of max_tokens is "
                          "[1, " G_STRINGIFY (MAX_TOKENS) "]");
  if (user_id != NULL && strlen (user_id) > MAX_USER_ID) {
    g_autofree char *message =
      g_strdup_printf ("Invalid 'user_id': string too long. Expected a string with maximum length "
                       "%u, but got a string with length %" G_GSIZE_FORMAT " instead.",
                       MAX_USER_ID, strlen (user_id));

    return refuse (check, message);
  }

  return TRUE;
}

static gboolean
read_extras (Check *check)
{
  JsonNode *top_logprobs = lookup (check->root, "top_logprobs");
  JsonNode *title = lookup (check->root, "title");
  const gboolean logprobs = lookup_true (check->root, "logprobs");

  if (top_logprobs != NULL && !logprobs)
    return refuse (check, "Invalid top_logprobs value, logprobs must be true for it");
  if (top_logprobs != NULL &&
      (json_node_get_int (top_logprobs) < 0 || json_node_get_int (top_logprobs) > MAX_LOGPROBS))
    return refuse (check, "Invalid top_logprobs value, the valid range of top_logprobs is [0, 20]");
  check->request->top_logprobs = top_logprobs != NULL ? json_node_get_int (top_logprobs)
                                 : logprobs           ? 0
                                                      : -1;
  check->request->title =
    check->flash && title != NULL && lookup_true (json_node_get_object (title), "enabled");

  return TRUE;
}

static gboolean
read_stop (Check *check)
{
  JsonNode *stop = lookup (check->root, "stop");
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  if (stop != NULL && JSON_NODE_HOLDS_ARRAY (stop)) {
    JsonArray *array = json_node_get_array (stop);

    if (json_array_get_length (array) > MAX_STOPS)
      return refuse (check, "Invalid stop value, at most 16 sequences are supported");
    for (guint i = 0; i < json_array_get_length (array); i++) {
      JsonNode *word = json_array_get_element (array, i);

      if (json_node_get_value_type (word) != G_TYPE_STRING)
        return refuse_at (check, "stop", "invalid type: %s, expected a string", type_words (word));
      g_strv_builder_add (words, json_node_get_string (word));
    }
  } else if (stop != NULL) {
    if (json_node_get_value_type (stop) != G_TYPE_STRING)
      return refuse_at (check, "stop", "invalid type: %s, expected a string or a sequence",
                        type_words (stop));
    g_strv_builder_add (words, json_node_get_string (stop));
  }
  check->request->stop = g_strv_builder_end (words);

  return TRUE;
}

static gboolean
mentions_json (JsonArray *messages)
{
  for (guint i = 0; i < json_array_get_length (messages); i++) {
    g_autofree char *text =
      sonde_demo_request_dup_text (json_array_get_object_element (messages, i));
    g_autofree char *lower = g_ascii_strdown (text, -1);

    if (strstr (lower, "json") != NULL)
      return TRUE;
  }

  return FALSE;
}

static gboolean
read_format (Check *check)
{
  JsonNode *format = lookup (check->root, "response_format");
  JsonNode *options = lookup (check->root, "stream_options");
  const char *type;

  check->request->stream = lookup_true (check->root, "stream");
  check->request->include_usage =
    options != NULL && lookup_true (json_node_get_object (options), "include_usage");

  type = format != NULL ? lookup_string (json_node_get_object (format), "type") : "text";
  if (type == NULL)
    return refuse_at (check, "response_format", "missing field `type`");
  if (g_str_equal (type, "text"))
    return TRUE;
  if (!g_str_equal (type, "json_object"))
    return refuse (check, "This response_format type is unavailable now");
  if (!mentions_json (check->request->messages))
    return refuse (check, "Prompt must contain the word 'json' in some form to use "
                          "'response_format' of type 'json_object'.");
  check->request->json_output = TRUE;

  return TRUE;
}

static gboolean
check_tool (Check *check, guint i)
{
  g_autofree char *path = g_strdup_printf ("tools[%u]", i);
  JsonNode *node = json_array_get_element (check->request->tools, i);
  JsonObject *tool = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *type = tool != NULL ? lookup_string (tool, "type") : NULL;
  JsonNode *function;
  const char *name;

  if (type == NULL)
    return refuse_at (check, path, "missing field `type`");
  if (!g_str_equal (type, "function"))
    return refuse_at (check, path, "unknown variant `%s`, expected `function`", type);
  function = lookup (tool, "function");
  if (function == NULL || !JSON_NODE_HOLDS_OBJECT (function))
    return refuse_at (check, path, "missing field `function`");
  name = lookup_string (json_node_get_object (function), "name");
  if (name == NULL)
    return refuse_at (check, path, "missing field `name`");
  if (!g_regex_match_simple ("^[a-zA-Z0-9_-]{1,64}$", name, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT))
    return refuse (check, "Invalid tool name: it must match [a-zA-Z0-9_-]{1,64}");
  if (!check->beta)
    return TRUE;
  if (lookup_true (json_node_get_object (function), "strict")) {
    g_autofree char *mistake = sonde_demo_strict_dup_mistake (json_node_get_object (function));

    return mistake == NULL || refuse (check, mistake);
  }

  return !check->strict ||
         refuse (check, "Invalid tools: with strict mode, all functions must be strict");
}

static gboolean
is_strict (JsonArray *tools)
{
  for (guint i = 0; i < json_array_get_length (tools); i++) {
    JsonNode *tool = json_array_get_element (tools, i);
    JsonNode *function =
      JSON_NODE_HOLDS_OBJECT (tool) ? lookup (json_node_get_object (tool), "function") : NULL;

    if (function != NULL && JSON_NODE_HOLDS_OBJECT (function) &&
        lookup_true (json_node_get_object (function), "strict"))
      return TRUE;
  }

  return FALSE;
}

static gboolean
read_tools (Check *check)
{
  JsonNode *tools = lookup (check->root, "tools");
  JsonNode *choice = lookup (check->root, "tool_choice");
  const char *word = lookup_string (check->root, "tool_choice");

  if (tools == NULL || json_array_get_length (json_node_get_array (tools)) == 0)
    return TRUE;
  check->request->tools = json_node_get_array (tools);
  if (json_array_get_length (check->request->tools) > MAX_TOOLS)
    return refuse (check, "Invalid tools value, at most 128 tools are supported");
  check->strict = is_strict (check->request->tools);
  for (guint i = 0; i < json_array_get_length (check->request->tools); i++)
    if (!check_tool (check, i))
      return FALSE;

  if (choice == NULL || g_strcmp0 (word, "auto") == 0)
    return TRUE;
  if (g_strcmp0 (word, "none") == 0) {
    check->request->tools = NULL;
    return TRUE;
  }
  if (check->request->thinking)
    return refuse (check, "Thinking mode does not support this tool_choice");
  if (g_strcmp0 (word, "required") == 0) {
    check->request->forced_tool = g_strdup ("");
  } else if (JSON_NODE_HOLDS_OBJECT (choice)) {
    JsonNode *function = lookup (json_node_get_object (choice), "function");

    if (function != NULL && JSON_NODE_HOLDS_OBJECT (function))
      check->request->forced_tool =
        g_strdup (lookup_string (json_node_get_object (function), "name"));
  }
  if (check->request->forced_tool == NULL)
    return refuse_at (check, "tool_choice", "data did not match any variant of untagged enum");

  return TRUE;
}

/**
 * sonde_demo_request_parse:
 * @body: the bytes of the request
 * @length: how many
 * @beta: whether it came to the beta base
 * @refusal: (out) (transfer full) (nullable): the response when the service takes offence
 *
 * Checks a request to /chat/completions as the service does (contract.md sections 3, 4 and 7.1).
 *
 * Returns: (transfer full) (nullable): the request, or %NULL with @refusal set
 */
SondeDemoRequest *
sonde_demo_request_parse (const char *body, gsize length, gboolean beta, SondeDemoRefusal **refusal)
{
  g_autoptr (SondeDemoRequest) request = g_new0 (SondeDemoRequest, 1);
  g_autoptr (SondeDemoJson) positions = NULL;
  g_autofree char *mistake = NULL;
  Check check = { .request = request, .beta = beta };

  *refusal = NULL;
  positions = sonde_demo_json_check (body, length, &mistake);
  request->parser = json_parser_new ();
  if (positions == NULL ||
      !json_parser_load_from_data (request->parser, body, (gssize) length, NULL)) {
    g_autofree char *text = g_strdup_printf ("Failed to parse the request body as JSON: %s",
                                             mistake != NULL ? mistake : "expected value");

    /* The empty body alone has no content type. */
    *refusal =
      sonde_demo_refusal_new_text (400, length > 0 ? "application/octet-stream" : NULL, text);
    return NULL;
  }
  check.positions = positions;

  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (request->parser))) {
    refuse_at (&check, "", "invalid type: %s, expected struct ChatCompletionRequest",
               type_words (json_parser_get_root (request->parser)));
  } else {
    check.root = json_node_get_object (json_parser_get_root (request->parser));
    if (check_fields (&check)) {
      request->messages = json_object_get_array_member (check.root, "messages");
      if (read_model (&check) && read_thinking (&check) && read_numbers (&check) &&
          read_extras (&check) && read_stop (&check) && read_messages (&check) &&
          read_format (&check) && read_tools (&check))
        return g_steal_pointer (&request);
    }
  }
  *refusal = check.refusal;

  return NULL;
}

/**
 * sonde_demo_request_free:
 * @self: (transfer full): a request
 */
void
sonde_demo_request_free (SondeDemoRequest *self)
{
  g_clear_object (&self->parser);
  g_free (self->forced_tool);
  g_strfreev (self->stop);
  g_free (self->question);
  g_free (self->tool_output);
  g_free (self->prefix);
  g_free (self->prefix_reasoning);
  g_free (self);
}
