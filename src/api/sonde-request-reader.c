/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Messages as somebody wrote them in JSON (contract.md section 4). */

#include <string.h>

#include "sonde-json.h"
#include "sonde-request-private.h"

static gboolean
is_absent (JsonObject *object, const char *name)
{
  return !json_object_has_member (object, name) || json_object_get_null_member (object, name);
}

static gboolean
read_string (JsonObject *object, const char *name, guint index, char **text, GError **error)
{
  if (is_absent (object, name))
    return TRUE;
  g_set_str (text, sonde_json_get_string (object, name));
  if (*text == NULL)
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_SYNTAX,
                                 "messages[%u].%s: It must be a text", index, name);

  return TRUE;
}

/* A text, or parts that are all text: those are sent as one, which every model takes. */
static gboolean
read_content (JsonObject *object, guint index, char **content, GError **error)
{
  JsonArray *parts = sonde_json_get_array (object, "content");
  g_autoptr (GString) text = NULL;

  if (parts == NULL)
    return read_string (object, "content", index, content, error);

  text = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (parts); i++) {
    JsonNode *node = json_array_get_element (parts, i);
    const char *part = JSON_NODE_HOLDS_OBJECT (node)
                         ? sonde_json_get_string (json_node_get_object (node), "text")
                         : NULL;

    if (part == NULL)
      return sonde_request_refuse (error, SONDE_REQUEST_ERROR_MESSAGES,
                                   "messages[%u].content[%u]: Only parts with a text can be sent",
                                   index, i);
    g_string_append (text, part);
  }
  g_set_str (content, text->str);

  return TRUE;
}

static SondeToolCall *
read_call (JsonObject *function, const char *id, gboolean legacy)
{
  return sonde_tool_call_new (id, sonde_json_get_string (function, "name"),
                              sonde_json_get_string (function, "arguments"), legacy);
}

static gboolean
read_calls (JsonObject *object, guint index, SondeRequestMessage *message, GError **error)
{
  JsonObject *legacy = sonde_json_get_object (object, "function_call");
  JsonArray *calls = sonde_json_get_array (object, "tool_calls");

  if (calls == NULL && !is_absent (object, "tool_calls"))
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_SYNTAX,
                                 "messages[%u].tool_calls: It must be an array", index);
  if (calls == NULL && legacy == NULL)
    return TRUE;

  message->tool_calls = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_tool_call_free);
  for (guint i = 0; calls != NULL && i < json_array_get_length (calls); i++) {
    JsonNode *node = json_array_get_element (calls, i);
    JsonObject *call = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    JsonObject *function = call != NULL ? sonde_json_get_object (call, "function") : NULL;

    if (function == NULL)
      return sonde_request_refuse (
        error, SONDE_REQUEST_ERROR_SYNTAX,
        "messages[%u].tool_calls[%u]: Write it as {\"id\":…,\"type\":\"function\","
        "\"function\":{…}}",
        index, i);
    g_ptr_array_add (message->tool_calls,
                     read_call (function, sonde_json_get_string (call, "id"), FALSE));
  }
  if (legacy != NULL)
    g_ptr_array_add (message->tool_calls, read_call (legacy, NULL, TRUE));

  return TRUE;
}

static gboolean
read_message (SondeRequest *self, JsonNode *node, guint index, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *role_name = object != NULL ? sonde_json_get_string (object, "role") : NULL;
  gboolean function = g_strcmp0 (role_name, "function") == 0;
  SondeRole role = SONDE_ROLE_TOOL;
  SondeRequestMessage *message;

  if (object == NULL)
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_SYNTAX,
                                 "messages[%u]: It must be an object, {…}", index);
  if (role_name == NULL || (!function && !sonde_role_from_string (role_name, &role)))
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_MESSAGES,
                                 "messages[%u].role: It must be system, user, assistant or tool",
                                 index);

  message = sonde_request_append (self, role);
  message->function = function;
  if (!read_content (object, index, &message->content, error) ||
      !read_string (object, "name", index, &message->name, error))
    return FALSE;
  if (role != SONDE_ROLE_ASSISTANT && message->content == NULL)
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_MESSAGES,
                                 "messages[%u].content: It must be a text", index);
  if (role == SONDE_ROLE_TOOL)
    return read_string (object, "tool_call_id", index, &message->tool_call_id, error);
  if (role != SONDE_ROLE_ASSISTANT)
    return TRUE;

  message->prefix = json_object_get_boolean_member_with_default (object, "prefix", FALSE);

  return read_string (object, "reasoning_content", index, &message->reasoning, error) &&
         read_calls (object, index, message, error);
}

/**
 * sonde_request_add_messages_json:
 * @self: a request
 * @json: a JSON array of messages in the service's own shapes
 * @error: return location for an error of [const@REQUEST_ERROR], after which the request is
 *   of no use
 *
 * The texts are sent as they are; other fields are left out.
 *
 * Returns: whether they could be read
 */
gboolean
sonde_request_add_messages_json (SondeRequest *self, const char *json, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *array;

  g_return_val_if_fail (SONDE_IS_REQUEST (self), FALSE);
  g_return_val_if_fail (json != NULL, FALSE);

  root = sonde_json_parse (json, strlen (json), &local_error);
  if (root == NULL)
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_SYNTAX,
                                 "messages: They are no JSON: %s", local_error->message);
  if (!JSON_NODE_HOLDS_ARRAY (root))
    return sonde_request_refuse (error, SONDE_REQUEST_ERROR_SYNTAX,
                                 "messages: They must be a JSON array, [ … ]");

  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_message (self, json_array_get_element (array, i), i, error))
      return FALSE;

  return TRUE;
}
