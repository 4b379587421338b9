/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The parameters of a conversation as a JSON object with the service's own names. What is not
 * known here stays in it. Nothing is in it that was not set. */

#include "sonde-parameter.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "sonde-account-private.h"

#define DEFAULT_MAX_OUTPUT 393216 /* of DeepSeek's models (contract.md section 2.1) */

static const struct {
  const char *name;
  SondeParameterRange range;
} parameters_known[SONDE_N_PARAMETERS] = {
  [SONDE_PARAMETER_MAX_TOKENS] = { "max_tokens", { 1, DEFAULT_MAX_OUTPUT, DEFAULT_MAX_OUTPUT, 0 } },
  [SONDE_PARAMETER_STOP] = { "stop", { 0, SONDE_MAX_STOPS, 0, 0 } },
  [SONDE_PARAMETER_TEMPERATURE] = { "temperature", { 0, 2, 1, 2 } },
  [SONDE_PARAMETER_TOP_P] = { "top_p", { 0, 1, 1, 2 } },
  [SONDE_PARAMETER_FREQUENCY_PENALTY] = { "frequency_penalty", { -2, 2, 0, 2 } },
  [SONDE_PARAMETER_PRESENCE_PENALTY] = { "presence_penalty", { -2, 2, 0, 2 } },
  [SONDE_PARAMETER_LOGPROBS] = { "logprobs", { 0, 1, 0, 0 } },
  [SONDE_PARAMETER_TOP_LOGPROBS] = { "top_logprobs", { 0, 20, 0, 0 } },
};

/* What there is of it, or an empty object. */
static JsonNode *
parse (const char *parameters)
{
  g_autoptr (JsonNode) root = parameters != NULL ? json_from_string (parameters, NULL) : NULL;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return g_steal_pointer (&root);

  g_clear_pointer (&root, json_node_unref);
  root = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (root, json_object_new ());

  return g_steal_pointer (&root);
}

static JsonNode *
find (JsonNode *root, SondeParameter which)
{
  return json_object_get_member (json_node_get_object (root), parameters_known[which].name);
}

static char *
print (JsonNode *root)
{
  if (json_object_get_size (json_node_get_object (root)) == 0)
    return NULL;

  return json_to_string (root, FALSE);
}

static char *
replace (const char *parameters, SondeParameter which, JsonNode *value)
{
  g_autoptr (JsonNode) root = parse (parameters);

  json_object_set_member (json_node_get_object (root), parameters_known[which].name, value);

  return print (root);
}

/**
 * sonde_parameter_get_name:
 * @self: a parameter
 *
 * Returns: what the service calls it
 */
const char *
sonde_parameter_get_name (SondeParameter self)
{
  return parameters_known[self].name;
}

/**
 * sonde_parameter_get_range:
 * @self: a parameter
 * @model: (nullable): the model
 *
 * Returns: the numbers that it takes with @model
 */
SondeParameterRange
sonde_parameter_get_range (SondeParameter self, SondeModelInfo *model)
{
  SondeParameterRange range = parameters_known[self].range;
  gint64 max_output = model != NULL ? sonde_model_info_get_max_output_tokens (model) : 0;

  if (self == SONDE_PARAMETER_MAX_TOKENS && max_output > 0)
    range.max = range.fallback = (double) max_output;

  return range;
}

static gboolean
is_deepseek (SondeServiceInfo *service)
{
  return sonde_service_info_is_deepseek (service) ||
         g_str_equal (sonde_service_info_get_id (service), SONDE_DEMO_ID);
}

/**
 * sonde_parameter_get_note:
 * @self: a parameter
 * @parameters: (nullable): a JSON object
 * @model: (nullable): the model
 * @thinking: the conversation's level
 * @service: (nullable): the service; %NULL for DeepSeek's
 *
 * Returns: why it would not do what it says if it were set
 */
SondeParameterNote
sonde_parameter_get_note (SondeParameter self,
                          const char *parameters,
                          SondeModelInfo *model,
                          SondeThinking thinking,
                          SondeServiceInfo *service)
{
  SondeServiceFlags flags =
    service != NULL ? sonde_service_info_get_flags (service) : SONDE_SERVICE_FLAGS_DEEPSEEK;
  gboolean thinks;
  double number;

  if (model != NULL)
    thinking = sonde_model_info_map_thinking (model, thinking);
  thinks = thinking != SONDE_THINKING_OFF && (flags & SONDE_SERVICE_THINKING) != 0;

  switch (self) {
  case SONDE_PARAMETER_MAX_TOKENS:
    return sonde_parameters_get_number (parameters, self, &number) &&
               number > sonde_parameter_get_range (self, model).max
             ? SONDE_PARAMETER_NOTE_CLAMPED
             : SONDE_PARAMETER_NOTE_NONE;
  case SONDE_PARAMETER_TEMPERATURE:
  case SONDE_PARAMETER_TOP_P:
    return thinks ? SONDE_PARAMETER_NOTE_THINKING : SONDE_PARAMETER_NOTE_NONE;
  case SONDE_PARAMETER_FREQUENCY_PENALTY:
  case SONDE_PARAMETER_PRESENCE_PENALTY:
    if ((flags & SONDE_SERVICE_PENALTIES) == 0)
      return SONDE_PARAMETER_NOTE_SERVICE;
    if (thinks)
      return SONDE_PARAMETER_NOTE_THINKING;
    return service == NULL || is_deepseek (service) ? SONDE_PARAMETER_NOTE_NO_EFFECT
                                                    : SONDE_PARAMETER_NOTE_NONE;
  case SONDE_PARAMETER_TOP_LOGPROBS:
    return sonde_parameters_get_flag (parameters, SONDE_PARAMETER_LOGPROBS)
             ? SONDE_PARAMETER_NOTE_NONE
             : SONDE_PARAMETER_NOTE_LOGPROBS;
  case SONDE_PARAMETER_STOP:
  case SONDE_PARAMETER_LOGPROBS:
    break;
  }

  return SONDE_PARAMETER_NOTE_NONE;
}

/**
 * sonde_parameters_get_number:
 * @parameters: (nullable): a JSON object
 * @which: a parameter
 * @number: (out): what it is set to
 *
 * Returns: whether it is set, and to a number
 */
gboolean
sonde_parameters_get_number (const char *parameters, SondeParameter which, double *number)
{
  g_autoptr (JsonNode) root = parse (parameters);
  JsonNode *node = find (root, which);
  GType type =
    node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;

  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return FALSE;

  *number = json_node_get_double (node);
  return TRUE;
}

/**
 * sonde_parameters_get_flag:
 * @parameters: (nullable): a JSON object
 * @which: a parameter
 *
 * Returns: whether it is on
 */
gboolean
sonde_parameters_get_flag (const char *parameters, SondeParameter which)
{
  g_autoptr (JsonNode) root = parse (parameters);
  JsonNode *node = find (root, which);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/**
 * sonde_parameters_get_strings:
 * @parameters: (nullable): a JSON object
 * @which: a parameter
 *
 * Returns: (transfer full): its texts; none where it is not set
 */
GStrv
sonde_parameters_get_strings (const char *parameters, SondeParameter which)
{
  g_autoptr (JsonNode) root = parse (parameters);
  JsonNode *node = find (root, which);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array =
    node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
      g_strv_builder_add (builder, json_node_get_string (element));
  }

  return g_strv_builder_end (builder);
}

/**
 * sonde_parameters_with_number:
 * @parameters: (nullable): a JSON object
 * @which: a parameter
 * @number: what to set it to
 *
 * Returns: (transfer full): @parameters with that
 */
char *
sonde_parameters_with_number (const char *parameters, SondeParameter which, double number)
{
  JsonNode *value = json_node_new (JSON_NODE_VALUE);

  if (parameters_known[which].range.digits == 0)
    json_node_set_int (value, (gint64) llround (number));
  else
    json_node_set_double (value, number);

  return replace (parameters, which, value);
}

/**
 * sonde_parameters_with_flag:
 * @parameters: (nullable): a JSON object
 * @which: a parameter
 * @flag: whether it is on
 *
 * Returns: (transfer full) (nullable): @parameters with that; what is off is left out
 */
char *
sonde_parameters_with_flag (const char *parameters, SondeParameter which, gboolean flag)
{
  JsonNode *value;

  if (!flag)
    return sonde_parameters_without (parameters, which);

  value = json_node_new (JSON_NODE_VALUE);
  json_node_set_boolean (value, TRUE);

  return replace (parameters, which, value);
}

/**
 * sonde_parameters_with_strings:
 * @parameters: (nullable): a JSON object
 * @which: a parameter
 * @strings: (array zero-terminated=1): its texts; empty ones are left out
 *
 * Returns: (transfer full) (nullable): @parameters with those
 */
char *
sonde_parameters_with_strings (const char *parameters,
                               SondeParameter which,
                               const char *const *strings)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *value;

  for (guint i = 0; strings[i] != NULL; i++)
    if (*strings[i] != '\0')
      json_array_add_string_element (array, strings[i]);
  if (json_array_get_length (array) == 0)
    return sonde_parameters_without (parameters, which);

  value = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (value, array);

  return replace (parameters, which, value);
}

/**
 * sonde_parameters_without:
 * @parameters: (nullable): a JSON object
 * @which: a parameter
 *
 * Returns: (transfer full) (nullable): @parameters with the default of @which, or %NULL where
 *   nothing is left that was set
 */
char *
sonde_parameters_without (const char *parameters, SondeParameter which)
{
  g_autoptr (JsonNode) root = parse (parameters);

  json_object_remove_member (json_node_get_object (root), parameters_known[which].name);

  return print (root);
}
