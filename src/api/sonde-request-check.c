/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the service would refuse, or do otherwise than asked, is said before anything is
 * sent: "messages contract first" (contract.md sections 3, 4 and 11). */

#include <stdarg.h>
#include <string.h>

#include "sonde-json.h"
#include "sonde-request-private.h"

#define MAX_BODY      (48 * 1024 * 1024)
#define MAX_TOOLS     128
#define MAX_TOOL_NAME 64
#define MAX_STOPS     16
#define MAX_LOGPROBS  20
#define MAX_USER_ID   512

static const struct {
  const char *name;
  double min;
  double max;
} numbers[N_NUMBERS] = {
  [NUMBER_TEMPERATURE] = { "temperature", 0, 2 },
  [NUMBER_TOP_P] = { "top_p", 0, 1 },
  [NUMBER_FREQUENCY_PENALTY] = { "frequency_penalty", -2, 2 },
  [NUMBER_PRESENCE_PENALTY] = { "presence_penalty", -2, 2 },
};

/* Sets the error that a request is not sent for. */
gboolean
sonde_request_refuse (GError **error, SondeRequestError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (SONDE_REQUEST_ERROR, (int) code, format, args);
  va_end (args);

  return FALSE;
}

static gboolean
check_values (SondeRequest *self, GError **error)
{
  if (*self->model_id == '\0')
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_RANGE, "model: Choose a model");
  if (self->max_tokens_set && self->max_tokens < 1)
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_RANGE,
                                 "max_tokens: Choose a number from 1 on");
  for (guint i = 0; i < N_NUMBERS; i++)
    if (self->numbers_set[i] &&
        !(self->numbers[i] >= numbers[i].min && self->numbers[i] <= numbers[i].max))
      return sonde_request_refuse (error, SONDE_REQUEST_ERROR_RANGE,
                                   "%s: Choose a number from %g to %g", numbers[i].name,
                                   numbers[i].min, numbers[i].max);
  if (self->user_id != NULL && (*self->user_id == '\0' || strlen (self->user_id) > MAX_USER_ID))
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_RANGE,
                                 "user_id: Make it 1 to %d bytes long", MAX_USER_ID);

  if (self->top_logprobs < -1 || self->top_logprobs > MAX_LOGPROBS)
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_LOGPROBS,
                                 "top_logprobs: Choose a number from 0 to %d", MAX_LOGPROBS);
  if (self->top_logprobs >= 0 && !self->logprobs)
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_LOGPROBS,
                                 "top_logprobs: Turn logprobs on as well, or leave it out");

  if (self->stop != NULL) {
    guint n = g_strv_length (self->stop);

    if (n < 1 || n > MAX_STOPS)
      return sonde_request_refuse (error, SONDE_REQUEST_ERROR_STOP,
                                   "stop: Give 1 to %d texts, not %u", MAX_STOPS, n);
    for (guint i = 0; i < n; i++)
      if (*self->stop[i] == '\0')
        return sonde_request_refuse (error, SONDE_REQUEST_ERROR_STOP,
                                     "stop[%u]: Remove the empty text", i);
  }

  return TRUE;
}

static gboolean
check_tool_name (const char *name)
{
  gsize length = name != NULL ? strlen (name) : 0;

  return length >= 1 && length <= MAX_TOOL_NAME &&
         strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") == length;
}

static gboolean
get_strict (JsonObject *function)
{
  JsonNode *node = json_object_get_member (function, "strict");

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/* The tools; NULL without an error: there are none. */
static JsonArray *
parse_tools (SondeRequest *self, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;
  JsonNode *root;

  if (self->tools == NULL)
    return NULL;

  parser = json_parser_new ();
  json_parser_set_strict (parser, TRUE);
  if (!g_utf8_validate (self->tools, -1, NULL)) {
    sonde_request_refuse (error, SONDE_REQUEST_ERROR_SYNTAX, "tools: Write them in UTF-8");
    return NULL;
  }
  if (!json_parser_load_from_data (parser, self->tools, -1, &local_error)) {
    sonde_request_refuse (error, SONDE_REQUEST_ERROR_SYNTAX, "tools: They are no JSON: %s",
                          local_error->message);
    return NULL;
  }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root)) {
    sonde_request_refuse (error, SONDE_REQUEST_ERROR_SYNTAX,
                          "tools: They must be a JSON array, [ … ]");
    return NULL;
  }

  return json_array_ref (json_node_get_array (root));
}

static JsonObject *
get_function (JsonArray *tools, guint index)
{
  JsonNode *node = json_array_get_element (tools, index);

  return JSON_NODE_HOLDS_OBJECT (node)
           ? sonde_json_get_object (json_node_get_object (node), "function")
           : NULL;
}

static gboolean
has_strict (JsonArray *tools)
{
  for (guint i = 0; i < json_array_get_length (tools); i++) {
    JsonObject *function = get_function (tools, i);

    if (function != NULL && get_strict (function))
      return TRUE;
  }

  return FALSE;
}

static gboolean
check_tool (JsonArray *tools, guint index, gboolean strict, GHashTable *names, GError **error)
{
  JsonObject *function = get_function (tools, index);
  JsonNode *parameters;
  JsonObject *tool;
  const char *name;

  tool = function != NULL ? json_array_get_object_element (tools, index) : NULL;
  if (tool == NULL || g_strcmp0 (sonde_json_get_string (tool, "type"), "function") != 0)
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_TOOLS,
                                 "tools[%u]: Write it as {\"type\":\"function\",\"function\":{…}}",
                                 index);

  name = sonde_json_get_string (function, "name");
  if (!check_tool_name (name))
    return sonde_request_refuse (
      error, SONDE_REQUEST_ERROR_TOOLS,
      "tools[%u].function.name: Use 1 to %d letters without accents, digits, “_” "
      "and “-”",
      index, MAX_TOOL_NAME);
  if (!g_hash_table_add (names, (gpointer) name))
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_TOOLS,
                                 "tools[%u].function.name: “%s” is there twice, rename one", index,
                                 name);

  parameters = json_object_get_member (function, "parameters");
  if (parameters != NULL && !JSON_NODE_HOLDS_OBJECT (parameters))
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_TOOLS,
                                 "tools[%u].function.parameters: It must be a schema, {…}", index);
  if (strict && !get_strict (function))
    return sonde_request_refuse (
      error, SONDE_REQUEST_ERROR_TOOLS,
      "tools[%u].function.strict: Set it to true: either all functions are strict "
      "or none",
      index);
  if (strict && parameters != NULL) {
    g_autofree char *path = g_strdup_printf ("tools[%u].function.parameters", index);

    return sonde_request_check_strict (parameters, path, error);
  }

  return TRUE;
}

static gboolean
check_tools (SondeRequest *self, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonArray) tools = parse_tools (self, &local_error);
  guint n = tools != NULL ? json_array_get_length (tools) : 0;
  gboolean strict;

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (tools != NULL && (n < 1 || n > MAX_TOOLS))
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_TOOLS,
                                 "tools: Give 1 to %d tools, not %u", MAX_TOOLS, n);

  strict = n > 0 && has_strict (tools);
  if (strict && !self->capabilities.strict)
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_TOOLS,
                                 "tools: This server knows no strict tools, remove “strict”");
  for (guint i = 0; i < n; i++)
    if (!check_tool (tools, i, strict, names, error))
      return FALSE;

  if (self->tool_choice == SONDE_TOOL_CHOICE_DEFAULT || self->tool_choice == SONDE_TOOL_CHOICE_NONE)
    return TRUE;
  if (n == 0)
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_TOOL_CHOICE,
                                 "tool_choice: Give tools to choose from as well");
  if (self->tool_choice == SONDE_TOOL_CHOICE_AUTO)
    return TRUE;
  if (sonde_request_get_thinks (self))
    return sonde_request_refuse (
      error, SONDE_REQUEST_ERROR_TOOL_CHOICE,
      "tool_choice: Turn thinking off, or let the model choose: a thinking model "
      "cannot be made to call a tool");
  if (self->tool_choice == SONDE_TOOL_CHOICE_NAMED &&
      !g_hash_table_contains (names, self->tool_choice_name))
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_TOOL_CHOICE,
                                 "tool_choice: No tool is called “%s”", self->tool_choice_name);

  return TRUE;
}

static gboolean
check_calls (const SondeRequestMessage *message, guint index, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < message->tool_calls->len; i++) {
    const SondeToolCall *call = g_ptr_array_index (message->tool_calls, i);

    if (call->name == NULL || *call->name == '\0')
      return sonde_request_refuse (error, SONDE_REQUEST_ERROR_TOOL_MESSAGES,
                                   "messages[%u].tool_calls[%u]: The function's name is "
                                   "missing",
                                   index, i);
    if (call->arguments == NULL)
      return sonde_request_refuse (error, SONDE_REQUEST_ERROR_TOOL_MESSAGES,
                                   "messages[%u].tool_calls[%u]: The arguments are missing", index,
                                   i);
    if (call->legacy && message->tool_calls->len > 1)
      return sonde_request_refuse (
        error, SONDE_REQUEST_ERROR_TOOL_MESSAGES,
        "messages[%u]: A function_call must be the only call of its message", index);
    if (call->legacy)
      continue;
    if (call->id == NULL || *call->id == '\0')
      return sonde_request_refuse (error, SONDE_REQUEST_ERROR_TOOL_MESSAGES,
                                   "messages[%u].tool_calls[%u]: The id is missing", index, i);
    if (!g_hash_table_add (ids, call->id))
      return sonde_request_refuse (error, SONDE_REQUEST_ERROR_TOOL_MESSAGES,
                                   "messages[%u].tool_calls[%u]: The id “%s” is there "
                                   "twice",
                                   index, i, call->id);
  }

  return TRUE;
}

static gboolean
answers (const SondeRequestMessage *result, const SondeToolCall *call)
{
  return result->function == call->legacy &&
         g_strcmp0 (call->legacy ? result->name : result->tool_call_id,
                    call->legacy ? call->name : call->id) == 0;
}

/* The results of the calls of one message follow it at once, one for each, in any order.
 * @index is that of the message, and then of the last result. */
static gboolean
check_results (SondeRequest *self, guint *index, GError **error)
{
  const SondeRequestMessage *message = g_ptr_array_index (self->messages, *index);
  guint n = message->tool_calls->len;

  for (guint i = 0; i < n; i++) {
    const SondeToolCall *call = g_ptr_array_index (message->tool_calls, i);
    guint found = 0;

    for (guint j = *index + 1; j <= *index + n && j < self->messages->len; j++) {
      const SondeRequestMessage *result = g_ptr_array_index (self->messages, j);

      if (result->role == SONDE_ROLE_TOOL && answers (result, call))
        found++;
    }
    if (found != 1)
      return sonde_request_refuse (
        error, SONDE_REQUEST_ERROR_TOOL_MESSAGES,
        "messages[%u]: Put exactly one result of the call “%s” right behind it", *index,
        call->legacy ? call->name : call->id);
  }
  *index += n;

  return TRUE;
}

static gboolean
check_prefix (SondeRequest *self, guint index, GError **error)
{
  if (!self->capabilities.prefix)
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_PREFIX,
                                 "messages[%u].prefix: This server cannot continue a message, ask "
                                 "it to go on instead",
                                 index);
  if (index + 1 < self->messages->len)
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_PREFIX,
                                 "messages[%u].prefix: Only the last message can be continued",
                                 index);

  return TRUE;
}

static gboolean
check_messages (SondeRequest *self, GError **error)
{
  gboolean json_word = FALSE;

  if (self->messages->len == 0)
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_MESSAGES,
                                 "messages: Add at least one message");

  for (guint i = 0; i < self->messages->len; i++) {
    const SondeRequestMessage *message = g_ptr_array_index (self->messages, i);
    gboolean calls = message->tool_calls != NULL && message->tool_calls->len > 0;

    if (message->role == SONDE_ROLE_TOOL)
      return sonde_request_refuse (
        error, SONDE_REQUEST_ERROR_TOOL_MESSAGES,
        "messages[%u]: Put the tool's result right behind the call that it answers", i);
    if (message->prefix && !check_prefix (self, i, error))
      return FALSE;
    if (message->role == SONDE_ROLE_ASSISTANT && message->content == NULL &&
        message->reasoning == NULL && !calls)
      return sonde_request_refuse (
        error, SONDE_REQUEST_ERROR_EMPTY_ASSISTANT,
        "messages[%u]: Give the assistant's message a text or tool calls, or remove it", i);
    if (message->name != NULL && *message->name == '\0')
      return sonde_request_refuse (error, SONDE_REQUEST_ERROR_MESSAGES,
                                   "messages[%u].name: Remove the empty name", i);
    if (calls && message->prefix)
      return sonde_request_refuse (error, SONDE_REQUEST_ERROR_PREFIX,
                                   "messages[%u].prefix: A message with tool calls cannot be "
                                   "continued",
                                   i);
    if (calls && (!check_calls (message, i, error) || !check_results (self, &i, error)))
      return FALSE;
  }

  for (guint i = 0; self->json_output && !json_word && i < self->messages->len; i++) {
    const SondeRequestMessage *message = g_ptr_array_index (self->messages, i);
    g_autofree char *text = g_ascii_strdown (message->content != NULL ? message->content : "", -1);

    json_word = strstr (text, "json") != NULL;
  }
  if (self->json_output && !json_word)
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_JSON_WORD,
                                 "response_format: Use the word “json” in a message, and say "
                                 "what the object shall have");

  return TRUE;
}

/* Whether any tool is strict, as far as the tools can be read. */
gboolean
sonde_request_has_strict_tool (SondeRequest *self)
{
  g_autoptr (JsonArray) tools = parse_tools (self, NULL);

  return tools != NULL && has_strict (tools);
}

/**
 * sonde_request_check:
 * @self: a request
 * @error: return location for an error of [const@REQUEST_ERROR], which begins with the place
 *   (as in `messages[3].prefix`) and says what to change
 *
 * Returns: whether the service would take it, as far as that is known
 */
gboolean
sonde_request_check (SondeRequest *self, GError **error)
{
  g_return_val_if_fail (SONDE_IS_REQUEST (self), FALSE);

  return check_values (self, error) && check_tools (self, error) && check_messages (self, error);
}

/**
 * sonde_request_to_body:
 * @self: a request
 * @error: return location for an error of [const@REQUEST_ERROR]
 *
 * Returns: (transfer full): the body, UTF-8, checked
 */
GBytes *
sonde_request_to_body (SondeRequest *self, GError **error)
{
  g_autofree char *json = NULL;
  gsize length;

  g_return_val_if_fail (SONDE_IS_REQUEST (self), NULL);

  if (!sonde_request_check (self, error))
    return NULL;

  json = sonde_request_to_json (self);
  length = strlen (json);
  if (length > MAX_BODY) {
    sonde_request_refuse (error, SONDE_REQUEST_ERROR_SIZE,
                          "The conversation has %" G_GSIZE_FORMAT " MiB, and the service takes %d: "
                          "start a new one, or remove what is longest",
                          length / (1024 * 1024) + 1, MAX_BODY / (1024 * 1024));
    return NULL;
  }

  return g_bytes_new_take (g_steal_pointer (&json), length);
}
