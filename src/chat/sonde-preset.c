/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-preset.h"

struct _SondePreset {
  GObject parent_instance;

  char *id;
  char *name;
  char *icon;
  char *system_prompt;
  char *parameters;
  char *model_id;
  char *thinking;
  gboolean json_output;
};

enum {
  PROP_ID = 1,
  PROP_NAME,
  PROP_ICON,
  PROP_SYSTEM_PROMPT,
  PROP_PARAMETERS,
  PROP_MODEL_ID,
  PROP_THINKING,
  PROP_JSON_OUTPUT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondePreset, sonde_preset, G_TYPE_OBJECT)

static void
sonde_preset_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondePreset *self = SONDE_PRESET (object);

  switch (id) {
  case PROP_ID:
    g_value_set_string (value, self->id);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_ICON:
    g_value_set_string (value, self->icon);
    break;
  case PROP_SYSTEM_PROMPT:
    g_value_set_string (value, self->system_prompt);
    break;
  case PROP_PARAMETERS:
    g_value_set_string (value, self->parameters);
    break;
  case PROP_MODEL_ID:
    g_value_set_string (value, self->model_id);
    break;
  case PROP_THINKING:
    g_value_set_string (value, self->thinking);
    break;
  case PROP_JSON_OUTPUT:
    g_value_set_boolean (value, self->json_output);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static char **
get_field (SondePreset *self, guint id)
{
  switch (id) {
  case PROP_ID:
    return &self->id;
  case PROP_NAME:
    return &self->name;
  case PROP_ICON:
    return &self->icon;
  case PROP_SYSTEM_PROMPT:
    return &self->system_prompt;
  case PROP_PARAMETERS:
    return &self->parameters;
  case PROP_MODEL_ID:
    return &self->model_id;
  case PROP_THINKING:
    return &self->thinking;
  default:
    return NULL;
  }
}

static void
sonde_preset_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondePreset *self = SONDE_PRESET (object);
  char **field = get_field (self, id);

  if (field != NULL) {
    const char *text = g_value_get_string (value);

    /* Nothing and an empty text are the same. */
    if (g_set_str (field, text != NULL && *text != '\0' ? text : NULL))
      g_object_notify_by_pspec (object, pspec);
  } else if (id == PROP_JSON_OUTPUT) {
    if (self->json_output != g_value_get_boolean (value)) {
      self->json_output = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
    }
  } else {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_preset_finalize (GObject *object)
{
  SondePreset *self = SONDE_PRESET (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->icon);
  g_free (self->system_prompt);
  g_free (self->parameters);
  g_free (self->model_id);
  g_free (self->thinking);

  G_OBJECT_CLASS (sonde_preset_parent_class)->finalize (object);
}

static void
sonde_preset_class_init (SondePresetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_preset_get_property;
  object_class->set_property = sonde_preset_set_property;
  object_class->finalize = sonde_preset_finalize;

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, flags);
  properties[PROP_SYSTEM_PROMPT] = g_param_spec_string ("system-prompt", NULL, NULL, NULL, flags);
  properties[PROP_PARAMETERS] = g_param_spec_string ("parameters", NULL, NULL, NULL, flags);
  properties[PROP_MODEL_ID] = g_param_spec_string ("model-id", NULL, NULL, NULL, flags);
  properties[PROP_THINKING] = g_param_spec_string ("thinking", NULL, NULL, NULL, flags);
  properties[PROP_JSON_OUTPUT] = g_param_spec_boolean ("json-output", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_preset_init (SondePreset *self)
{
}

/**
 * sonde_preset_new:
 * @id: what names it for good
 * @name: its name for people
 *
 * Returns: (transfer full): a preset that sets nothing
 */
SondePreset *
sonde_preset_new (const char *id, const char *name)
{
  g_return_val_if_fail (id != NULL && *id != '\0', NULL);

  return g_object_new (SONDE_TYPE_PRESET, "id", id, "name", name, NULL);
}

/**
 * sonde_preset_new_from_conversation:
 * @id: what names it for good
 * @name: its name for people
 * @conversation: a conversation
 *
 * Returns: (transfer full): what @conversation is set to
 */
SondePreset *
sonde_preset_new_from_conversation (const char *id,
                                    const char *name,
                                    SondeConversation *conversation)
{
  SondePreset *self = sonde_preset_new (id, name);

  g_object_set (self, "system-prompt", sonde_conversation_get_system_prompt (conversation),
                "parameters", sonde_conversation_get_parameters (conversation), "model-id",
                sonde_conversation_get_model_id (conversation), "thinking",
                sonde_thinking_to_string (sonde_conversation_get_thinking (conversation)),
                "json-output", sonde_conversation_get_json_output (conversation), NULL);

  return self;
}

/**
 * sonde_preset_get_id:
 * @self: a preset
 *
 * Returns: what names it for good
 */
const char *
sonde_preset_get_id (SondePreset *self)
{
  g_return_val_if_fail (SONDE_IS_PRESET (self), NULL);

  return self->id;
}

/**
 * sonde_preset_get_name:
 * @self: a preset
 *
 * Returns: (nullable): its name for people; of one that comes with the program the English one
 */
const char *
sonde_preset_get_name (SondePreset *self)
{
  g_return_val_if_fail (SONDE_IS_PRESET (self), NULL);

  return self->name;
}

/**
 * sonde_preset_get_icon:
 * @self: a preset
 *
 * Returns: (nullable): a character that stands for it
 */
const char *
sonde_preset_get_icon (SondePreset *self)
{
  g_return_val_if_fail (SONDE_IS_PRESET (self), NULL);

  return self->icon;
}

/**
 * sonde_preset_get_system_prompt:
 * @self: a preset
 *
 * Returns: (nullable): its system prompt
 */
const char *
sonde_preset_get_system_prompt (SondePreset *self)
{
  g_return_val_if_fail (SONDE_IS_PRESET (self), NULL);

  return self->system_prompt;
}

/**
 * sonde_preset_get_parameters:
 * @self: a preset
 *
 * Returns: (nullable): its parameters, a JSON object
 */
const char *
sonde_preset_get_parameters (SondePreset *self)
{
  g_return_val_if_fail (SONDE_IS_PRESET (self), NULL);

  return self->parameters;
}

/**
 * sonde_preset_get_model_id:
 * @self: a preset
 *
 * Returns: (nullable): the model that is asked; %NULL where it says nothing of it
 */
const char *
sonde_preset_get_model_id (SondePreset *self)
{
  g_return_val_if_fail (SONDE_IS_PRESET (self), NULL);

  return self->model_id;
}

/**
 * sonde_preset_get_thinking:
 * @self: a preset
 *
 * Returns: (nullable): how hard the model thinks, as [func@Thinking.to_string] says it; %NULL
 *   where it says nothing of it
 */
const char *
sonde_preset_get_thinking (SondePreset *self)
{
  g_return_val_if_fail (SONDE_IS_PRESET (self), NULL);

  return self->thinking;
}

/**
 * sonde_preset_get_json_output:
 * @self: a preset
 *
 * Returns: whether answers are JSON objects
 */
gboolean
sonde_preset_get_json_output (SondePreset *self)
{
  g_return_val_if_fail (SONDE_IS_PRESET (self), FALSE);

  return self->json_output;
}

/**
 * sonde_preset_copy:
 * @self: a preset
 * @id: what names the other one for good
 * @name: its name for people
 *
 * Returns: (transfer full): a preset that sets the same
 */
SondePreset *
sonde_preset_copy (SondePreset *self, const char *id, const char *name)
{
  g_return_val_if_fail (SONDE_IS_PRESET (self), NULL);

  return g_object_new (SONDE_TYPE_PRESET, "id", id, "name", name, "icon", self->icon,
                       "system-prompt", self->system_prompt, "parameters", self->parameters,
                       "model-id", self->model_id, "thinking", self->thinking, "json-output",
                       self->json_output, NULL);
}

/**
 * sonde_preset_equal:
 * @self: a preset
 * @other: another one
 *
 * Returns: whether both are called the same and set the same
 */
gboolean
sonde_preset_equal (SondePreset *self, SondePreset *other)
{
  g_return_val_if_fail (SONDE_IS_PRESET (self), FALSE);
  g_return_val_if_fail (SONDE_IS_PRESET (other), FALSE);

  return g_strcmp0 (self->name, other->name) == 0 && g_strcmp0 (self->icon, other->icon) == 0 &&
         g_strcmp0 (self->system_prompt, other->system_prompt) == 0 &&
         g_strcmp0 (self->parameters, other->parameters) == 0 &&
         g_strcmp0 (self->model_id, other->model_id) == 0 &&
         g_strcmp0 (self->thinking, other->thinking) == 0 &&
         self->json_output == other->json_output;
}

/**
 * sonde_preset_apply:
 * @self: a preset
 * @conversation: a conversation
 *
 * Sets @conversation to what the preset says; what it does not say goes back to its default,
 * but the model and how hard it thinks, which stay.
 */
void
sonde_preset_apply (SondePreset *self, SondeConversation *conversation)
{
  SondeThinking thinking;

  g_return_if_fail (SONDE_IS_PRESET (self));
  g_return_if_fail (SONDE_IS_CONVERSATION (conversation));

  g_object_freeze_notify (G_OBJECT (conversation));
  sonde_conversation_set_system_prompt (conversation, self->system_prompt);
  sonde_conversation_set_parameters (conversation, self->parameters);
  sonde_conversation_set_json_output (conversation, self->json_output);
  if (self->model_id != NULL)
    sonde_conversation_set_model_id (conversation, self->model_id);
  if (self->thinking != NULL && sonde_thinking_from_string (self->thinking, &thinking))
    sonde_conversation_set_thinking (conversation, thinking);
  g_object_thaw_notify (G_OBJECT (conversation));
}
