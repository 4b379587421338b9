/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-parameters.h"

#include <json-glib/json-glib.h>

static gboolean
get_number (JsonObject *object, const char *name, double *number)
{
  JsonNode *node = json_object_get_member (object, name);
  GType type =
    node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;

  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return FALSE;

  *number = json_node_get_double (node);
  return TRUE;
}

static void
apply_numbers (JsonObject *object, SondeRequest *request)
{
  static const struct {
    const char *name;
    void (*set) (SondeRequest *request, double number);
  } numbers[] = {
    { "temperature", sonde_request_set_temperature },
    { "top_p", sonde_request_set_top_p },
    { "frequency_penalty", sonde_request_set_frequency_penalty },
    { "presence_penalty", sonde_request_set_presence_penalty },
  };
  double number;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (get_number (object, numbers[i].name, &number))
      numbers[i].set (request, number);
  if (get_number (object, "max_tokens", &number))
    sonde_request_set_max_tokens (request, (gint64) number);
  /* Without log probabilities the service refuses a number of alternatives. */
  if (json_object_get_boolean_member_with_default (object, "logprobs", FALSE)) {
    sonde_request_set_logprobs (request, TRUE);
    if (get_number (object, "top_logprobs", &number))
      sonde_request_set_top_logprobs (request, (int) number);
  }
}

static void
apply_stop (JsonObject *object, SondeRequest *request)
{
  JsonNode *node = json_object_get_member (object, "stop");
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) stop = NULL;
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;

  array = json_node_get_array (node);
  builder = g_strv_builder_new ();
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
      g_strv_builder_add (builder, json_node_get_string (element));
  }
  stop = g_strv_builder_end (builder);
  if (stop[0] != NULL)
    sonde_request_set_stop (request, (const char *const *) stop);
}

/**
 * sonde_parameters_apply:
 * @parameters: (nullable): a JSON object with the service's own names (contract.md section 3)
 * @request: a request
 *
 * Sets on @request what is in @parameters. What is of another type than it should be, or not
 * known, is left out.
 */
void
sonde_parameters_apply (const char *parameters, SondeRequest *request)
{
  g_autoptr (JsonNode) root = parameters != NULL ? json_from_string (parameters, NULL) : NULL;
  JsonObject *object;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;

  object = json_node_get_object (root);
  apply_numbers (object, request);
  apply_stop (object, request);
}
