/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The part of JSON Schema that strict tools may use (contract.md section 3.1). */

#include "sonde-json.h"
#include "sonde-request-private.h"

typedef enum {
  KIND_NONE,
  KIND_OBJECT,
  KIND_STRING,
  KIND_NUMBER,
  KIND_BOOLEAN,
  KIND_ARRAY,
} SchemaKind;

static const char *const everywhere[] = { "type", "description", "title", "enum", "anyOf",
                                          "$ref", "$def",        "$defs", NULL };
static const char *const of_objects[] = { "properties", "required", "additionalProperties", NULL };
static const char *const of_strings[] = { "pattern", "format", NULL };
static const char *const of_numbers[] = {
  "const",      "default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
  "multipleOf", NULL
};
static const char *const of_arrays[] = { "items", NULL };
static const char *const of_booleans[] = { NULL };
static const char *const formats[] = { "email", "hostname", "ipv4", "ipv6", "uuid", NULL };

static const struct {
  const char *type;
  SchemaKind kind;
  const char *const *keywords;
} kinds[] = {
  { "object", KIND_OBJECT, of_objects },    { "string", KIND_STRING, of_strings },
  { "number", KIND_NUMBER, of_numbers },    { "integer", KIND_NUMBER, of_numbers },
  { "boolean", KIND_BOOLEAN, of_booleans }, { "array", KIND_ARRAY, of_arrays },
};

static gboolean check_schema (JsonNode *node, const char *path, GError **error);

static gboolean
refuse (GError **error, const char *path, const char *what)
{
  return sonde_request_refuse (error, SONDE_REQUEST_ERROR_SCHEMA, "%s: %s", path, what);
}

/* A schema for each member of an object. */
static gboolean
check_members (JsonObject *schema, const char *name, const char *path, GError **error)
{
  g_autofree char *member_path = g_strdup_printf ("%s.%s", path, name);
  JsonObject *members = sonde_json_get_object (schema, name);
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  if (!json_object_has_member (schema, name))
    return TRUE;
  if (members == NULL)
    return refuse (error, member_path, "It must be an object");

  json_object_iter_init_ordered (&iter, members);
  while (json_object_iter_next_ordered (&iter, &key, &node)) {
    g_autofree char *key_path = g_strdup_printf ("%s.%s", member_path, key);

    if (!check_schema (node, key_path, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
is_listed (JsonArray *array, const char *text)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
        g_str_equal (json_node_get_string (node), text))
      return TRUE;
  }

  return FALSE;
}

static gboolean
check_object (JsonObject *schema, const char *path, GError **error)
{
  g_autofree char *additional_path = g_strconcat (path, ".additionalProperties", NULL);
  g_autofree char *required_path = g_strconcat (path, ".required", NULL);
  JsonNode *additional = json_object_get_member (schema, "additionalProperties");
  JsonObject *properties = sonde_json_get_object (schema, "properties");
  JsonArray *required = sonde_json_get_array (schema, "required");
  g_autoptr (GList) names = properties != NULL ? json_object_get_members (properties) : NULL;

  if (additional == NULL || !JSON_NODE_HOLDS_VALUE (additional) ||
      json_node_get_value_type (additional) != G_TYPE_BOOLEAN || json_node_get_boolean (additional))
    return refuse (error, additional_path, "Set it to false, as strict tools need");
  for (GList *name = names; name != NULL; name = name->next) {
    g_autofree char *what = NULL;

    if (is_listed (required, name->data))
      continue;
    what = g_strdup_printf ("Add “%s”, since strict tools need every property in it",
                            (const char *) name->data);
    return refuse (error, required_path, what);
  }

  return check_members (schema, "properties", path, error);
}

static gboolean
check_string (JsonObject *schema, const char *path, GError **error)
{
  g_autofree char *format_path = g_strconcat (path, ".format", NULL);
  const char *format = sonde_json_get_string (schema, "format");

  if (!json_object_has_member (schema, "format") ||
      (format != NULL && g_strv_contains (formats, format)))
    return TRUE;

  return refuse (error, format_path,
                 "Strict tools know the formats email, hostname, ipv4, ipv6 and uuid");
}

static gboolean
check_any_of (JsonObject *schema, const char *path, GError **error)
{
  g_autofree char *list_path = g_strconcat (path, ".anyOf", NULL);
  JsonArray *choices = sonde_json_get_array (schema, "anyOf");

  if (!json_object_has_member (schema, "anyOf"))
    return TRUE;
  if (choices == NULL || json_array_get_length (choices) == 0)
    return refuse (error, list_path, "It must be a list of schemas");
  for (guint i = 0; i < json_array_get_length (choices); i++) {
    g_autofree char *choice_path = g_strdup_printf ("%s[%u]", list_path, i);

    if (!check_schema (json_array_get_element (choices, i), choice_path, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
check_keywords (JsonObject *schema, const char *const *keywords, const char *path, GError **error)
{
  JsonObjectIter iter;
  const char *key;

  json_object_iter_init_ordered (&iter, schema);
  while (json_object_iter_next_ordered (&iter, &key, NULL)) {
    g_autofree char *key_path = g_strdup_printf ("%s.%s", path, key);

    if (!g_strv_contains (everywhere, key) && !g_strv_contains (keywords, key))
      return refuse (error, key_path, "Remove it: strict tools do not support it");
  }

  return TRUE;
}

static gboolean
check_schema (JsonNode *node, const char *path, GError **error)
{
  g_autofree char *type_path = g_strconcat (path, ".type", NULL);
  const char *const *keywords = of_booleans;
  SchemaKind kind = KIND_NONE;
  JsonObject *schema;
  const char *type;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, path, "It must be a schema, which is an object");
  schema = json_node_get_object (node);

  type = sonde_json_get_string (schema, "type");
  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].type, type)) {
      kind = kinds[i].kind;
      keywords = kinds[i].keywords;
    }
  if (kind == KIND_NONE &&
      (json_object_has_member (schema, "type") ||
       !(json_object_has_member (schema, "anyOf") || json_object_has_member (schema, "$ref") ||
         json_object_has_member (schema, "enum"))))
    return refuse (error, type_path,
                   "It must be object, string, number, integer, boolean or array");

  if (!check_keywords (schema, keywords, path, error) || !check_any_of (schema, path, error) ||
      !check_members (schema, "$def", path, error) || !check_members (schema, "$defs", path, error))
    return FALSE;
  if (kind == KIND_OBJECT)
    return check_object (schema, path, error);
  if (kind == KIND_STRING)
    return check_string (schema, path, error);
  if (kind == KIND_ARRAY && json_object_has_member (schema, "items")) {
    g_autofree char *items_path = g_strconcat (path, ".items", NULL);

    return check_schema (json_object_get_member (schema, "items"), items_path, error);
  }

  return TRUE;
}

/* Whether a strict tool may have @parameters, whose place is @path. */
gboolean
sonde_request_check_strict (JsonNode *parameters, const char *path, GError **error)
{
  JsonObject *schema =
    JSON_NODE_HOLDS_OBJECT (parameters) ? json_node_get_object (parameters) : NULL;

  if (schema != NULL && g_strcmp0 (sonde_json_get_string (schema, "type"), "object") != 0) {
    g_autofree char *type_path = g_strconcat (path, ".type", NULL);

    return refuse (error, type_path, "The parameters of a function must be an object");
  }

  return check_schema (parameters, path, error);
}
