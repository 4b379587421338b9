/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a service sends: JSON objects, or a breach of the protocol. */

#include "sonde-json-object.h"

#include "sonde-api-error.h"
#include "sonde-json.h"

/**
 * sonde_json_object_parse:
 * @text: (array length=length): an object
 * @length: its length in bytes
 * @what: what it is, for the error
 * @error: return location for a %SONDE_FAILURE_PROTOCOL of [const@API_ERROR]
 *
 * Returns: (transfer full): a node that holds the object
 */
JsonNode *
sonde_json_object_parse (const char *text, gsize length, const char *what, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) root = sonde_json_parse (text, length, &local_error);
  g_autofree char *detail = NULL;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return g_steal_pointer (&root);

  if (root != NULL)
    detail = g_strdup_printf ("%s is not a JSON object", what);
  g_propagate_error (error, sonde_api_error_new (SONDE_FAILURE_PROTOCOL, 0, NULL, -1,
                                                 detail != NULL ? detail : local_error->message));

  return NULL;
}
