/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-demo-strict.h"

#define DEEPEST 64

static JsonObject *
object_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
is_required (JsonObject *schema, const char *name)
{
  JsonNode *node = json_object_get_member (schema, "required");

  for (guint i = 0; node != NULL && JSON_NODE_HOLDS_ARRAY (node) &&
                    i < json_array_get_length (json_node_get_array (node));
       i++) {
    JsonNode *word = json_array_get_element (json_node_get_array (node), i);

    if (json_node_get_value_type (word) == G_TYPE_STRING &&
        g_str_equal (json_node_get_string (word), name))
      return TRUE;
  }

  return FALSE;
}

/* The path of the first property that is not required, or NULL. */
static char *
find_optional (JsonObject *schema, const char *path, guint depth)
{
  JsonObject *properties = object_member (schema, "properties");
  JsonObject *items = object_member (schema, "items");
  g_autoptr (GList) names = properties != NULL ? json_object_get_members (properties) : NULL;

  if (depth == 0)
    return NULL;
  for (GList *l = names; l != NULL; l = l->next) {
    g_autofree char *place = g_strdup_printf ("%s.%s", path, (const char *) l->data);
    JsonObject *property = object_member (properties, l->data);
    char *found = NULL;

    if (!is_required (schema, l->data))
      return g_steal_pointer (&place);
    if (property != NULL)
      found = find_optional (property, place, depth - 1);
    if (found != NULL)
      return found;
  }

  return items != NULL ? find_optional (items, path, depth - 1) : NULL;
}

/**
 * sonde_demo_strict_dup_mistake:
 * @function: a strict function of a request to the beta base
 *
 * What the service was seen to enforce of contract.md section 3.1: every property is required.
 * It lets the rest of that section pass, and so does this.
 *
 * Returns: (transfer full) (nullable): what is wrong, or %NULL
 */
char *
sonde_demo_strict_dup_mistake (JsonObject *function)
{
  JsonObject *parameters = object_member (function, "parameters");
  g_autofree char *path =
    parameters != NULL ? find_optional (parameters, "parameters", DEEPEST) : NULL;

  if (path == NULL)
    return NULL;

  return g_strdup_printf ("Invalid schema for function '%s': in strict mode every property must be "
                          "in 'required', '%s' is not",
                          json_object_get_string_member (function, "name"), path);
}
