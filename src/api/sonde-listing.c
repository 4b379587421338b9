/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The answers of `/models` and `/user/balance` (contract.md sections 2.2 and 2.3). */

#include "sonde-listing.h"

#include "sonde-api-error.h"
#include "sonde-client.h"
#include "sonde-json.h"
#include "sonde-json-object.h"
#include "sonde-model-info.h"

/* The words that servers have for levels, and what they mean here: contract.md section 3. */
static const struct {
  const char *name;
  SondeThinking thinking;
} levels[] = {
  { "minimal", SONDE_THINKING_LOW }, { "low", SONDE_THINKING_LOW },
  { "medium", SONDE_THINKING_HIGH }, { "high", SONDE_THINKING_HIGH },
  { "xhigh", SONDE_THINKING_HIGH },  { "max", SONDE_THINKING_MAX },
  { "ultra", SONDE_THINKING_MAX },
};

static JsonObject *
parse_object (const char *json, gsize length, JsonNode **root, GError **error)
{
  *root = sonde_json_object_parse (json, length, "The answer", error);

  return *root != NULL ? json_node_get_object (*root) : NULL;
}

static void
read_levels (SondeModelInfo *model, JsonArray *names)
{
  guint supported = 0;

  for (guint i = 0; i < json_array_get_length (names); i++) {
    JsonNode *node = json_array_get_element (names, i);
    const char *name = NULL;

    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      name = json_node_get_string (node);
    for (gsize j = 0; j < G_N_ELEMENTS (levels); j++)
      if (g_strcmp0 (name, levels[j].name) == 0)
        supported |= 1u << levels[j].thinking;
  }
  if (supported == 0)
    return;

  for (int level = SONDE_THINKING_LOW; level <= SONDE_THINKING_MAX; level++)
    sonde_model_info_set_supports_thinking (model, (SondeThinking) level,
                                            (supported & 1u << level) != 0);
}

static gboolean
contains (JsonArray *array, const char *text)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
        g_str_equal (json_node_get_string (node), text))
      return TRUE;
  }

  return FALSE;
}

static SondeModelInfo *
read_model (const char *id, JsonObject *object)
{
  SondeModelInfo *model = sonde_model_info_new_builtin (id);
  JsonObject *effort = sonde_json_get_object (object, "effort");
  JsonArray *names = effort != NULL ? sonde_json_get_array (effort, "supported_levels") : NULL;
  JsonArray *modalities = sonde_json_get_array (object, "input_modalities");
  gint64 context_window = sonde_json_get_count (object, "context_window");
  gint64 max_output_tokens = sonde_json_get_count (object, "max_output_tokens");

  sonde_model_info_set_subtitle (model, sonde_json_get_string (object, "name"));
  if (context_window > 0)
    sonde_model_info_set_context_window (model, context_window);
  if (max_output_tokens > 0)
    sonde_model_info_set_max_output_tokens (model, max_output_tokens);
  if (names != NULL)
    read_levels (model, names);
  sonde_model_info_set_takes_images (model, modalities != NULL && contains (modalities, "image"));

  return model;
}

/**
 * sonde_listing_read_models:
 * @json: (array length=length): the answer of `/models`, in its old or its new shape
 * @length: its length in bytes
 * @error: return location for a %SONDE_FAILURE_PROTOCOL of [const@API_ERROR]
 *
 * Returns: (transfer full) (element-type SondeModelInfo): the models in the server's order
 */
GPtrArray *
sonde_listing_read_models (const char *json, gsize length, GError **error)
{
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = parse_object (json, length, &root, error);
  JsonArray *data;

  if (object == NULL)
    return NULL;

  data = sonde_json_get_array (object, "data");
  if (data == NULL) {
    g_propagate_error (error, sonde_api_error_new (SONDE_FAILURE_PROTOCOL, 0, NULL, -1,
                                                   "The answer is not a list of models"));
    return NULL;
  }

  for (guint i = 0; i < json_array_get_length (data); i++) {
    JsonNode *node = json_array_get_element (data, i);
    const char *id = NULL;

    if (JSON_NODE_HOLDS_OBJECT (node))
      id = sonde_json_get_string (json_node_get_object (node), "id");
    if (id != NULL && *id != '\0')
      g_ptr_array_add (models, read_model (id, json_node_get_object (node)));
  }

  return g_steal_pointer (&models);
}

/**
 * sonde_listing_read_balance:
 * @json: (array length=length): the answer of `/user/balance`
 * @length: its length in bytes
 * @is_available: (out): whether there is enough to ask something
 * @error: return location for a %SONDE_FAILURE_PROTOCOL of [const@API_ERROR]
 *
 * Returns: (transfer full) (element-type SondeBalance): the balances
 */
GPtrArray *
sonde_listing_read_balance (const char *json, gsize length, gboolean *is_available, GError **error)
{
  g_autoptr (GPtrArray) balances =
    g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_balance_free);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = parse_object (json, length, &root, error);
  JsonArray *infos;

  if (object == NULL)
    return NULL;

  *is_available = json_object_get_boolean_member_with_default (object, "is_available", TRUE);
  infos = sonde_json_get_array (object, "balance_infos");
  for (guint i = 0; infos != NULL && i < json_array_get_length (infos); i++) {
    JsonNode *node = json_array_get_element (infos, i);
    const char *currency = NULL;
    const char *total = NULL;

    if (JSON_NODE_HOLDS_OBJECT (node)) {
      currency = sonde_json_get_string (json_node_get_object (node), "currency");
      total = sonde_json_get_string (json_node_get_object (node), "total_balance");
    }
    if (currency != NULL && total != NULL) {
      SondeBalance *balance = g_new0 (SondeBalance, 1);

      balance->currency = g_strdup (currency);
      balance->total = g_strdup (total);
      g_ptr_array_add (balances, balance);
    }
  }

  return g_steal_pointer (&balances);
}
