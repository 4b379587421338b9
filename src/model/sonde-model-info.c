/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-model-info.h"

/**
 * SondeModelInfo:
 *
 * What is known of a model: its id, its name for people and what it can do
 * (contract.md section 2). A model of which nothing is known takes the effort
 * levels high and max. The id names the family for good; the wire id is what the
 * service calls it at present (contract.md section 11).
 */
struct _SondeModelInfo {
  GObject parent_instance;

  char *id;
  char *wire_id;
  char *display_name;
  char *subtitle;
  char **other_ids; /* what else its family goes by, or NULL */
  gint64 context_window;
  gint64 max_output_tokens;
  gboolean takes_images;
  guint thinking_levels; /* a bit for each SondeThinking */
  GArray *prices;
};

enum { PROP_ID = 1, PROP_DISPLAY_NAME, PROP_SUBTITLE, PROP_THINKING_LEVELS, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeModelInfo, sonde_model_info, G_TYPE_OBJECT)

static const struct {
  const char *id;
  const char *display_name;
} builtin[] = {
  { "deepseek-v4-flash", "DeepSeek V4 Flash" },
  { "deepseek-v4-pro", "DeepSeek V4 Pro" },
};

/* Retired on 2026-07-24 (contract.md section 2.1): both were Flash. */
static const struct {
  const char *id;
  const char *current_id;
  SondeThinking thinking;
} aliases[] = {
  { "deepseek-chat", "deepseek-v4-flash", SONDE_THINKING_OFF },
  { "deepseek-reasoner", "deepseek-v4-flash", SONDE_THINKING_HIGH },
};

static void
sonde_model_info_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeModelInfo *self = SONDE_MODEL_INFO (object);

  switch (id) {
  case PROP_ID:
    g_value_set_string (value, self->id);
    break;
  case PROP_DISPLAY_NAME:
    g_value_set_string (value, self->display_name);
    break;
  case PROP_SUBTITLE:
    g_value_set_string (value, self->subtitle);
    break;
  case PROP_THINKING_LEVELS:
    g_value_set_uint (value, self->thinking_levels);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_model_info_finalize (GObject *object)
{
  SondeModelInfo *self = SONDE_MODEL_INFO (object);

  g_free (self->id);
  g_free (self->wire_id);
  g_free (self->display_name);
  g_free (self->subtitle);
  g_strfreev (self->other_ids);
  g_array_unref (self->prices);

  G_OBJECT_CLASS (sonde_model_info_parent_class)->finalize (object);
}

static void
sonde_model_info_class_init (SondeModelInfoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sonde_model_info_get_property;
  object_class->finalize = sonde_model_info_finalize;

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DISPLAY_NAME] = g_param_spec_string ("display-name", NULL, NULL, NULL,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] =
    g_param_spec_string ("subtitle", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * SondeModelInfo:thinking-levels:
   *
   * The levels that the model takes: a bit for each SondeThinking.
   */
  properties[PROP_THINKING_LEVELS] = g_param_spec_uint (
    "thinking-levels", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_model_info_init (SondeModelInfo *self)
{
  self->thinking_levels =
    1u << SONDE_THINKING_OFF | 1u << SONDE_THINKING_HIGH | 1u << SONDE_THINKING_MAX;
  self->prices = g_array_new (FALSE, FALSE, sizeof (SondePrice));
}

/**
 * sonde_model_info_new:
 * @id: its id
 * @display_name: (nullable): the name for people; the id where there is none
 *
 * Returns: (transfer full): a model of which nothing more is known
 */
SondeModelInfo *
sonde_model_info_new (const char *id, const char *display_name)
{
  SondeModelInfo *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (SONDE_TYPE_MODEL_INFO, NULL);
  self->id = g_strdup (id);
  self->display_name = g_strdup (display_name != NULL ? display_name : id);

  return self;
}

/**
 * sonde_model_info_new_builtin:
 * @id: an id
 *
 * Returns: (transfer full): the model @id, under its name for people where Sonde has one
 */
SondeModelInfo *
sonde_model_info_new_builtin (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (builtin); i++)
    if (g_strcmp0 (builtin[i].id, id) == 0)
      return sonde_model_info_new (id, builtin[i].display_name);

  return sonde_model_info_new (id, NULL);
}

/**
 * sonde_model_info_get_id:
 * @self: a model
 *
 * Returns: its id, as settings and conversations keep it
 */
const char *
sonde_model_info_get_id (SondeModelInfo *self)
{
  g_return_val_if_fail (SONDE_IS_MODEL_INFO (self), NULL);

  return self->id;
}

/**
 * sonde_model_info_get_wire_id:
 * @self: a model
 *
 * Returns: the id that requests carry
 */
const char *
sonde_model_info_get_wire_id (SondeModelInfo *self)
{
  g_return_val_if_fail (SONDE_IS_MODEL_INFO (self), NULL);

  return self->wire_id != NULL ? self->wire_id : self->id;
}

/**
 * sonde_model_info_set_wire_id:
 * @self: a model
 * @wire_id: (nullable): the id that requests carry; %NULL for the model's own
 */
void
sonde_model_info_set_wire_id (SondeModelInfo *self, const char *wire_id)
{
  g_return_if_fail (SONDE_IS_MODEL_INFO (self));

  g_set_str (&self->wire_id, wire_id);
}

/**
 * sonde_model_info_get_display_name:
 * @self: a model
 *
 * Returns: its name for people
 */
const char *
sonde_model_info_get_display_name (SondeModelInfo *self)
{
  g_return_val_if_fail (SONDE_IS_MODEL_INFO (self), NULL);

  return self->display_name;
}

/**
 * sonde_model_info_get_subtitle:
 * @self: a model
 *
 * Returns: (nullable): the name that the server gives it
 */
const char *
sonde_model_info_get_subtitle (SondeModelInfo *self)
{
  g_return_val_if_fail (SONDE_IS_MODEL_INFO (self), NULL);

  return self->subtitle;
}

/**
 * sonde_model_info_set_subtitle:
 * @self: a model
 * @subtitle: (nullable): the name that the server gives it
 */
void
sonde_model_info_set_subtitle (SondeModelInfo *self, const char *subtitle)
{
  g_return_if_fail (SONDE_IS_MODEL_INFO (self));

  if (g_set_str (&self->subtitle, subtitle))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

/**
 * sonde_model_info_get_context_window:
 * @self: a model
 *
 * Returns: its context window in tokens, or 0 where it is not known
 */
gint64
sonde_model_info_get_context_window (SondeModelInfo *self)
{
  g_return_val_if_fail (SONDE_IS_MODEL_INFO (self), 0);

  return self->context_window;
}

/**
 * sonde_model_info_set_context_window:
 * @self: a model
 * @tokens: its context window, or 0
 */
void
sonde_model_info_set_context_window (SondeModelInfo *self, gint64 tokens)
{
  g_return_if_fail (SONDE_IS_MODEL_INFO (self));

  self->context_window = tokens;
}

/**
 * sonde_model_info_get_max_output_tokens:
 * @self: a model
 *
 * Returns: how many tokens an answer has at most, reasoning included, or 0 where it is not known
 */
gint64
sonde_model_info_get_max_output_tokens (SondeModelInfo *self)
{
  g_return_val_if_fail (SONDE_IS_MODEL_INFO (self), 0);

  return self->max_output_tokens;
}

/**
 * sonde_model_info_set_max_output_tokens:
 * @self: a model
 * @tokens: how many tokens an answer has at most, or 0
 */
void
sonde_model_info_set_max_output_tokens (SondeModelInfo *self, gint64 tokens)
{
  g_return_if_fail (SONDE_IS_MODEL_INFO (self));

  self->max_output_tokens = tokens;
}

/**
 * sonde_model_info_get_takes_images:
 * @self: a model
 *
 * Returns: whether a question may have images with it, as far as is known
 */
gboolean
sonde_model_info_get_takes_images (SondeModelInfo *self)
{
  g_return_val_if_fail (SONDE_IS_MODEL_INFO (self), FALSE);

  return self->takes_images;
}

/**
 * sonde_model_info_set_takes_images:
 * @self: a model
 * @takes_images: whether a question may have images with it
 */
void
sonde_model_info_set_takes_images (SondeModelInfo *self, gboolean takes_images)
{
  g_return_if_fail (SONDE_IS_MODEL_INFO (self));

  self->takes_images = takes_images;
}

/**
 * sonde_model_info_set_other_ids:
 * @self: a model
 * @ids: (nullable) (array zero-terminated=1): what else its family goes by on the wire
 */
void
sonde_model_info_set_other_ids (SondeModelInfo *self, const char *const *ids)
{
  g_return_if_fail (SONDE_IS_MODEL_INFO (self));

  g_strfreev (self->other_ids);
  self->other_ids = g_strdupv ((char **) ids);
}

/**
 * sonde_model_info_has_id:
 * @self: a model
 * @id: (nullable): an id
 *
 * Returns: whether @id is one of the ids of the model's family
 */
gboolean
sonde_model_info_has_id (SondeModelInfo *self, const char *id)
{
  g_return_val_if_fail (SONDE_IS_MODEL_INFO (self), FALSE);

  return g_strcmp0 (self->id, id) == 0 ||
         (id != NULL && self->other_ids != NULL &&
          g_strv_contains ((const char *const *) self->other_ids, id));
}

/**
 * sonde_model_info_add_price:
 * @self: a model
 * @price: what its tokens cost for a time
 */
void
sonde_model_info_add_price (SondeModelInfo *self, const SondePrice *price)
{
  g_return_if_fail (SONDE_IS_MODEL_INFO (self));
  g_return_if_fail (price != NULL);

  g_array_append_vals (self->prices, price, 1);
}

/**
 * sonde_model_info_copy_prices:
 * @self: a model
 * @other: a model whose prices it gets
 */
void
sonde_model_info_copy_prices (SondeModelInfo *self, SondeModelInfo *other)
{
  g_return_if_fail (SONDE_IS_MODEL_INFO (self));
  g_return_if_fail (SONDE_IS_MODEL_INFO (other));

  g_array_set_size (self->prices, 0);
  g_array_append_vals (self->prices, other->prices->data, other->prices->len);
}

/**
 * sonde_model_info_find_price:
 * @self: a model
 * @currency: `USD` or `CNY`
 * @time: microseconds since 1970 in UTC
 *
 * Returns: (transfer none) (nullable): what its tokens cost then, or %NULL where it is not known
 */
const SondePrice *
sonde_model_info_find_price (SondeModelInfo *self, const char *currency, gint64 time)
{
  g_return_val_if_fail (SONDE_IS_MODEL_INFO (self), NULL);

  for (guint i = 0; i < self->prices->len; i++) {
    const SondePrice *price = &g_array_index (self->prices, SondePrice, i);

    if (g_str_equal (price->currency, currency) && sonde_price_is_valid_at (price, time))
      return price;
  }

  return NULL;
}

/**
 * sonde_model_info_supports_thinking:
 * @self: a model
 * @thinking: a level
 *
 * Returns: whether the model can be asked to think at that level
 */
gboolean
sonde_model_info_supports_thinking (SondeModelInfo *self, SondeThinking thinking)
{
  g_return_val_if_fail (SONDE_IS_MODEL_INFO (self), FALSE);

  return (self->thinking_levels & 1u << thinking) != 0;
}

/**
 * sonde_model_info_set_supports_thinking:
 * @self: a model
 * @thinking: a level
 * @supported: whether the model takes it
 */
void
sonde_model_info_set_supports_thinking (SondeModelInfo *self,
                                        SondeThinking thinking,
                                        gboolean supported)
{
  g_return_if_fail (SONDE_IS_MODEL_INFO (self));

  if (sonde_model_info_supports_thinking (self, thinking) == !!supported)
    return;

  self->thinking_levels ^= 1u << thinking;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THINKING_LEVELS]);
}

/**
 * sonde_model_info_map_thinking:
 * @self: a model
 * @thinking: a level that somebody asked for
 *
 * Levels are mapped and never refused (contract.md section 11).
 *
 * Returns: @thinking, or the nearest level above, else below, that the model takes
 */
SondeThinking
sonde_model_info_map_thinking (SondeModelInfo *self, SondeThinking thinking)
{
  g_return_val_if_fail (SONDE_IS_MODEL_INFO (self), thinking);

  for (int level = (int) thinking; level <= SONDE_THINKING_MAX; level++)
    if (sonde_model_info_supports_thinking (self, (SondeThinking) level))
      return (SondeThinking) level;
  for (int level = (int) thinking; level > SONDE_THINKING_OFF; level--)
    if (sonde_model_info_supports_thinking (self, (SondeThinking) level))
      return (SondeThinking) level;

  return SONDE_THINKING_OFF;
}

/**
 * sonde_model_info_resolve_alias:
 * @id: (nullable): the id of a model
 * @thinking: (out) (optional): how hard it thought by that name; set for an alias only
 *
 * Returns: (nullable): the id that took the place of the retired @id, or %NULL where
 *   @id is not retired
 */
const char *
sonde_model_info_resolve_alias (const char *id, SondeThinking *thinking)
{
  for (gsize i = 0; i < G_N_ELEMENTS (aliases); i++) {
    if (g_strcmp0 (aliases[i].id, id) == 0) {
      if (thinking != NULL)
        *thinking = aliases[i].thinking;
      return aliases[i].current_id;
    }
  }

  return NULL;
}
