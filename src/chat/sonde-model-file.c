/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Models as JSON: the file that comes with the program (contract.md sections 2.1, 2.2
 * and 2.4), and the lists of services that are kept on disk. Every member but `id`
 * may be missing. */

#include "sonde-model-file.h"

#include <gio/gio.h>

#include "sonde-chat-resources.h"
#include "sonde-json.h"

#define BUILTIN_PATH "/io/github/sondechat/Sonde/chat/models.json"

static gint64
read_tokens (JsonObject *object, const char *name)
{
  return MAX (0, sonde_json_get_count (object, name));
}

static gint64
read_time (JsonObject *object, const char *name, gint64 fallback)
{
  const char *text = sonde_json_get_string (object, name);
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return time != NULL ? g_date_time_to_unix_usec (time) : fallback;
}

static gboolean
read_rates (JsonObject *object, const char *name, SondeRates *rates)
{
  JsonArray *array = sonde_json_get_array (object, name);

  if (array == NULL || json_array_get_length (array) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!JSON_NODE_HOLDS_VALUE (json_array_get_element (array, i)))
      return FALSE;

  rates->hit = json_array_get_double_element (array, 0);
  rates->miss = json_array_get_double_element (array, 1);
  rates->output = json_array_get_double_element (array, 2);
  return TRUE;
}

static void
read_price (SondeModelInfo *model, JsonObject *object)
{
  const char *currency = sonde_json_get_string (object, "currency");
  const char *peak = sonde_json_get_string (object, "peak");
  SondePrice price = { 0 };

  if (currency == NULL || !read_rates (object, "low", &price.low))
    return;

  g_strlcpy (price.currency, currency, sizeof (price.currency));
  price.since = read_time (object, "since", G_MININT64);
  price.until = read_time (object, "until", G_MAXINT64);
  if (read_rates (object, "high", &price.high))
    price.peak = g_strcmp0 (peak, "daily") == 0 ? SONDE_PEAK_DAILY : SONDE_PEAK_WEEKDAYS;
  sonde_model_info_add_price (model, &price);
}

static GStrv
read_strings (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      g_strv_builder_add (builder, json_node_get_string (node));
  }

  return g_strv_builder_end (builder);
}

static SondeModelInfo *
read_model (const char *id, JsonObject *object)
{
  SondeModelInfo *model = sonde_model_info_new_builtin (id);
  JsonArray *efforts = sonde_json_get_array (object, "efforts");
  JsonArray *other_ids = sonde_json_get_array (object, "other-ids");
  JsonArray *prices = sonde_json_get_array (object, "prices");

  sonde_model_info_set_subtitle (model, sonde_json_get_string (object, "name"));
  sonde_model_info_set_context_window (model, read_tokens (object, "context-window"));
  sonde_model_info_set_max_output_tokens (model, read_tokens (object, "max-output"));
  sonde_model_info_set_takes_images (
    model, json_object_get_boolean_member_with_default (object, "images", FALSE));
  if (other_ids != NULL) {
    g_auto (GStrv) ids = read_strings (other_ids);

    sonde_model_info_set_other_ids (model, (const char *const *) ids);
  }
  if (efforts != NULL) {
    g_auto (GStrv) names = read_strings (efforts);

    for (int level = SONDE_THINKING_LOW; level <= SONDE_THINKING_MAX; level++)
      sonde_model_info_set_supports_thinking (
        model, (SondeThinking) level,
        g_strv_contains ((const char *const *) names,
                         sonde_thinking_to_string ((SondeThinking) level)));
  }
  for (guint i = 0; prices != NULL && i < json_array_get_length (prices); i++) {
    JsonNode *node = json_array_get_element (prices, i);

    if (JSON_NODE_HOLDS_OBJECT (node))
      read_price (model, json_node_get_object (node));
  }

  return model;
}

static void
write_model (JsonBuilder *builder, SondeModelInfo *model)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, sonde_model_info_get_id (model));
  if (sonde_model_info_get_subtitle (model) != NULL) {
    json_builder_set_member_name (builder, "name");
    json_builder_add_string_value (builder, sonde_model_info_get_subtitle (model));
  }
  if (sonde_model_info_get_context_window (model) > 0) {
    json_builder_set_member_name (builder, "context-window");
    json_builder_add_int_value (builder, sonde_model_info_get_context_window (model));
  }
  if (sonde_model_info_get_max_output_tokens (model) > 0) {
    json_builder_set_member_name (builder, "max-output");
    json_builder_add_int_value (builder, sonde_model_info_get_max_output_tokens (model));
  }
  if (sonde_model_info_get_takes_images (model)) {
    json_builder_set_member_name (builder, "images");
    json_builder_add_boolean_value (builder, TRUE);
  }
  json_builder_set_member_name (builder, "efforts");
  json_builder_begin_array (builder);
  for (int level = SONDE_THINKING_LOW; level <= SONDE_THINKING_MAX; level++)
    if (sonde_model_info_supports_thinking (model, (SondeThinking) level))
      json_builder_add_string_value (builder, sonde_thinking_to_string ((SondeThinking) level));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/**
 * sonde_model_file_get_builtin:
 *
 * Returns: (transfer full): the file that comes with the program
 */
GBytes *
sonde_model_file_get_builtin (void)
{
  return g_resource_lookup_data (sonde_chat_get_resource (), BUILTIN_PATH,
                                 G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/**
 * sonde_model_file_read_builtin:
 *
 * Returns: (transfer full) (element-type SondeModelInfo): the models that Sonde knows by itself
 */
GPtrArray *
sonde_model_file_read_builtin (void)
{
  g_autoptr (GBytes) bytes = sonde_model_file_get_builtin ();
  g_autoptr (GError) error = NULL;
  GPtrArray *models =
    sonde_model_file_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);

  g_assert_no_error (error); /* it is part of the program */

  return models;
}

/**
 * sonde_model_file_read:
 * @json: (array length=length): models as [func@model_file_write] writes them
 * @length: its length in bytes
 * @error: return location for an error of the JSON
 *
 * Returns: (transfer full) (nullable) (element-type SondeModelInfo): the models
 */
GPtrArray *
sonde_model_file_read (const char *json, gsize length, GError **error)
{
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) root = sonde_json_parse (json, length, error);
  JsonArray *array = NULL;

  if (root == NULL)
    return NULL;

  if (JSON_NODE_HOLDS_OBJECT (root))
    array = sonde_json_get_array (json_node_get_object (root), "models");
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    const char *id = NULL;

    if (JSON_NODE_HOLDS_OBJECT (node))
      id = sonde_json_get_string (json_node_get_object (node), "id");
    if (id != NULL && *id != '\0')
      g_ptr_array_add (models, read_model (id, json_node_get_object (node)));
  }

  return g_steal_pointer (&models);
}

/**
 * sonde_model_file_write:
 * @models: (element-type SondeModelInfo): what a service lists
 *
 * Returns: (transfer full): JSON without prices and other ids, which no service lists
 */
char *
sonde_model_file_write (GPtrArray *models)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (models != NULL, NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "models");
  json_builder_begin_array (builder);
  for (guint i = 0; i < models->len; i++)
    write_model (builder, g_ptr_array_index (models, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, TRUE);
}
