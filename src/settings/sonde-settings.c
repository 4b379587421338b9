/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-settings.h"

/* The properties hold the values, so that they work without the schema too; with
 * it, each is bound to the key of its name. Their defaults are the schema's. */
struct _SondeSettings {
  GObject parent_instance;

  GSettings *settings; /* NULL where the schema is not installed */
  char *last_version;
  char *model_id;
  char *thinking;
  char *service_id;
  SondeServiceList *services;
  gboolean use_demo;
  char *titles;
  gboolean enter_sends;
  gboolean check_spelling;
  gboolean notifications;
  gboolean run_in_background;
  int window_width;
  int window_height;
  gboolean window_maximized;
  gboolean show_sidebar;
  double zoom;
  char *code_scheme;
  char *density;
  char *folded_folders;
  char *currency;
  char *budget;
  char *default_preset;
  char *hidden_presets;
};

enum {
  PROP_LAST_VERSION = 1,
  PROP_MODEL_ID,
  PROP_THINKING,
  PROP_SERVICE_ID,
  PROP_USE_DEMO,
  PROP_TITLES,
  PROP_ENTER_SENDS,
  PROP_CHECK_SPELLING,
  PROP_NOTIFICATIONS,
  PROP_RUN_IN_BACKGROUND,
  PROP_WINDOW_WIDTH,
  PROP_WINDOW_HEIGHT,
  PROP_WINDOW_MAXIMIZED,
  PROP_SHOW_SIDEBAR,
  PROP_ZOOM,
  PROP_CODE_SCHEME,
  PROP_DENSITY,
  PROP_FOLDED_FOLDERS,
  PROP_CURRENCY,
  PROP_BUDGET,
  PROP_DEFAULT_PRESET,
  PROP_HIDDEN_PRESETS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeSettings, sonde_settings, G_TYPE_OBJECT)

static void
notify (SondeSettings *self, guint id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_boolean (SondeSettings *self, guint id, gboolean *field, gboolean value)
{
  value = !!value;
  if (*field == value)
    return;

  *field = value;
  notify (self, id);
}

static void
set_int (SondeSettings *self, guint id, int *field, int value)
{
  if (*field == value)
    return;

  *field = value;
  notify (self, id);
}

static void
bind_keys (SondeSettings *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, APP_ID, TRUE) : NULL;

  if (schema == NULL) {
    g_message ("The settings schema %s is not installed: changes last until the program ends",
               APP_ID);
    return;
  }

  self->settings = g_settings_new_full (schema, NULL, NULL);
  for (guint id = 1; id < N_PROPS; id++) {
    const char *name = g_param_spec_get_name (properties[id]);

    /* An older schema may be installed beside a program that was not. */
    if (g_settings_schema_has_key (schema, name))
      g_settings_bind (self->settings, name, self, name, G_SETTINGS_BIND_DEFAULT);
  }
}

static void
sonde_settings_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeSettings *self = SONDE_SETTINGS (object);

  switch (id) {
  case PROP_MODEL_ID:
    g_value_set_string (value, self->model_id);
    break;
  case PROP_LAST_VERSION:
    g_value_set_string (value, self->last_version);
    break;
  case PROP_THINKING:
    g_value_set_string (value, self->thinking);
    break;
  case PROP_SERVICE_ID:
    g_value_set_string (value, self->service_id);
    break;
  case PROP_USE_DEMO:
    g_value_set_boolean (value, self->use_demo);
    break;
  case PROP_TITLES:
    g_value_set_string (value, self->titles);
    break;
  case PROP_ENTER_SENDS:
    g_value_set_boolean (value, self->enter_sends);
    break;
  case PROP_CHECK_SPELLING:
    g_value_set_boolean (value, self->check_spelling);
    break;
  case PROP_NOTIFICATIONS:
    g_value_set_boolean (value, self->notifications);
    break;
  case PROP_RUN_IN_BACKGROUND:
    g_value_set_boolean (value, self->run_in_background);
    break;
  case PROP_WINDOW_WIDTH:
    g_value_set_int (value, self->window_width);
    break;
  case PROP_WINDOW_HEIGHT:
    g_value_set_int (value, self->window_height);
    break;
  case PROP_WINDOW_MAXIMIZED:
    g_value_set_boolean (value, self->window_maximized);
    break;
  case PROP_SHOW_SIDEBAR:
    g_value_set_boolean (value, self->show_sidebar);
    break;
  case PROP_ZOOM:
    g_value_set_double (value, self->zoom);
    break;
  case PROP_CODE_SCHEME:
    g_value_set_string (value, self->code_scheme);
    break;
  case PROP_DENSITY:
    g_value_set_string (value, self->density);
    break;
  case PROP_FOLDED_FOLDERS:
    g_value_set_string (value, self->folded_folders);
    break;
  case PROP_CURRENCY:
    g_value_set_string (value, self->currency);
    break;
  case PROP_BUDGET:
    g_value_set_string (value, self->budget);
    break;
  case PROP_DEFAULT_PRESET:
    g_value_set_string (value, self->default_preset);
    break;
  case PROP_HIDDEN_PRESETS:
    g_value_set_string (value, self->hidden_presets);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_settings_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeSettings *self = SONDE_SETTINGS (object);

  switch (id) {
  case PROP_MODEL_ID:
    sonde_settings_set_model_id (self, g_value_get_string (value));
    break;
  case PROP_LAST_VERSION:
    if (g_set_str (&self->last_version, g_value_get_string (value)))
      notify (self, id);
    break;
  case PROP_THINKING:
    sonde_settings_set_thinking (self, g_value_get_string (value));
    break;
  case PROP_SERVICE_ID:
    sonde_settings_set_service_id (self, g_value_get_string (value));
    break;
  case PROP_USE_DEMO:
    sonde_settings_set_use_demo (self, g_value_get_boolean (value));
    break;
  case PROP_TITLES:
    sonde_settings_set_titles (self, g_value_get_string (value));
    break;
  case PROP_ENTER_SENDS:
    sonde_settings_set_enter_sends (self, g_value_get_boolean (value));
    break;
  case PROP_CHECK_SPELLING:
    set_boolean (self, id, &self->check_spelling, g_value_get_boolean (value));
    break;
  case PROP_NOTIFICATIONS:
    set_boolean (self, id, &self->notifications, g_value_get_boolean (value));
    break;
  case PROP_RUN_IN_BACKGROUND:
    set_boolean (self, id, &self->run_in_background, g_value_get_boolean (value));
    break;
  case PROP_WINDOW_WIDTH:
    set_int (self, id, &self->window_width, g_value_get_int (value));
    break;
  case PROP_WINDOW_HEIGHT:
    set_int (self, id, &self->window_height, g_value_get_int (value));
    break;
  case PROP_WINDOW_MAXIMIZED:
    set_boolean (self, id, &self->window_maximized, g_value_get_boolean (value));
    break;
  case PROP_SHOW_SIDEBAR:
    set_boolean (self, id, &self->show_sidebar, g_value_get_boolean (value));
    break;
  case PROP_ZOOM:
    if (self->zoom < g_value_get_double (value) || self->zoom > g_value_get_double (value)) {
      self->zoom = g_value_get_double (value);
      notify (self, id);
    }
    break;
  case PROP_CODE_SCHEME:
    if (g_set_str (&self->code_scheme, g_value_get_string (value)))
      notify (self, id);
    break;
  case PROP_DENSITY:
    if (g_set_str (&self->density, g_value_get_string (value)))
      notify (self, id);
    break;
  case PROP_FOLDED_FOLDERS:
    if (g_set_str (&self->folded_folders, g_value_get_string (value)))
      notify (self, id);
    break;
  case PROP_CURRENCY:
    if (g_set_str (&self->currency, g_value_get_string (value)))
      notify (self, id);
    break;
  case PROP_BUDGET:
    if (g_set_str (&self->budget, g_value_get_string (value)))
      notify (self, id);
    break;
  case PROP_DEFAULT_PRESET:
    if (g_set_str (&self->default_preset, g_value_get_string (value)))
      notify (self, id);
    break;
  case PROP_HIDDEN_PRESETS:
    if (g_set_str (&self->hidden_presets, g_value_get_string (value)))
      notify (self, id);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_settings_finalize (GObject *object)
{
  SondeSettings *self = SONDE_SETTINGS (object);

  g_clear_object (&self->services);
  g_clear_object (&self->settings);
  g_free (self->last_version);
  g_free (self->model_id);
  g_free (self->thinking);
  g_free (self->service_id);
  g_free (self->titles);
  g_free (self->code_scheme);
  g_free (self->density);
  g_free (self->folded_folders);
  g_free (self->currency);
  g_free (self->budget);
  g_free (self->default_preset);
  g_free (self->hidden_presets);

  G_OBJECT_CLASS (sonde_settings_parent_class)->finalize (object);
}

static void
sonde_settings_class_init (SondeSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  /* A window that has no size yet says -1: brought into range, without a complaint. */
  const GParamFlags size_flags = flags | G_PARAM_LAX_VALIDATION;

  object_class->get_property = sonde_settings_get_property;
  object_class->set_property = sonde_settings_set_property;
  object_class->finalize = sonde_settings_finalize;

  properties[PROP_MODEL_ID] =
    g_param_spec_string ("model-id", NULL, NULL, "deepseek-v4-flash", flags);
  properties[PROP_LAST_VERSION] = g_param_spec_string ("last-version", NULL, NULL, "", flags);
  properties[PROP_THINKING] = g_param_spec_string ("thinking", NULL, NULL, "high", flags);
  properties[PROP_SERVICE_ID] =
    g_param_spec_string ("service-id", NULL, NULL, SONDE_DEEPSEEK_ID, flags);
  properties[PROP_USE_DEMO] = g_param_spec_boolean ("use-demo", NULL, NULL, FALSE, flags);
  properties[PROP_TITLES] = g_param_spec_string ("titles", NULL, NULL, "automatic", flags);
  properties[PROP_ENTER_SENDS] = g_param_spec_boolean ("enter-sends", NULL, NULL, TRUE, flags);
  properties[PROP_CHECK_SPELLING] =
    g_param_spec_boolean ("check-spelling", NULL, NULL, TRUE, flags);
  properties[PROP_NOTIFICATIONS] = g_param_spec_boolean ("notifications", NULL, NULL, TRUE, flags);
  properties[PROP_RUN_IN_BACKGROUND] =
    g_param_spec_boolean ("run-in-background", NULL, NULL, TRUE, flags);
  properties[PROP_WINDOW_WIDTH] =
    g_param_spec_int ("window-width", NULL, NULL, 1, G_MAXINT16, 1100, size_flags);
  properties[PROP_WINDOW_HEIGHT] =
    g_param_spec_int ("window-height", NULL, NULL, 1, G_MAXINT16, 760, size_flags);
  properties[PROP_WINDOW_MAXIMIZED] =
    g_param_spec_boolean ("window-maximized", NULL, NULL, FALSE, flags);
  properties[PROP_SHOW_SIDEBAR] = g_param_spec_boolean ("show-sidebar", NULL, NULL, TRUE, flags);
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 0.5, 3, 1, flags);
  properties[PROP_CODE_SCHEME] = g_param_spec_string ("code-scheme", NULL, NULL, "", flags);
  properties[PROP_DENSITY] = g_param_spec_string ("density", NULL, NULL, "comfortable", flags);
  properties[PROP_FOLDED_FOLDERS] = g_param_spec_string ("folded-folders", NULL, NULL, "", flags);
  properties[PROP_CURRENCY] = g_param_spec_string ("currency", NULL, NULL, "USD", flags);
  properties[PROP_BUDGET] = g_param_spec_string ("budget", NULL, NULL, "", flags);
  properties[PROP_DEFAULT_PRESET] = g_param_spec_string ("default-preset", NULL, NULL, "", flags);
  properties[PROP_HIDDEN_PRESETS] = g_param_spec_string ("hidden-presets", NULL, NULL, "", flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_settings_init (SondeSettings *self)
{
  for (guint id = 1; id < N_PROPS; id++)
    g_object_set_property (G_OBJECT (self), g_param_spec_get_name (properties[id]),
                           g_param_spec_get_default_value (properties[id]));
  bind_keys (self);
  self->services = sonde_service_list_new (self->settings);
}

/**
 * sonde_settings_new:
 *
 * Without the installed schema the settings have their defaults and are not kept.
 *
 * Returns: (transfer full): the program's settings
 */
SondeSettings *
sonde_settings_new (void)
{
  return g_object_new (SONDE_TYPE_SETTINGS, NULL);
}

/**
 * sonde_settings_get_last_version:
 * @self: the settings
 *
 * Returns: the version of Sonde that had a window last, or "" before the first one
 */
const char *
sonde_settings_get_last_version (SondeSettings *self)
{
  g_return_val_if_fail (SONDE_IS_SETTINGS (self), NULL);

  return self->last_version != NULL ? self->last_version : "";
}

/**
 * sonde_settings_get_model_id:
 * @self: the settings
 *
 * Returns: the id of the model for new conversations
 */
const char *
sonde_settings_get_model_id (SondeSettings *self)
{
  g_return_val_if_fail (SONDE_IS_SETTINGS (self), NULL);

  return self->model_id;
}

/**
 * sonde_settings_set_model_id:
 * @self: the settings
 * @model_id: the id of the model for new conversations
 */
void
sonde_settings_set_model_id (SondeSettings *self, const char *model_id)
{
  g_return_if_fail (SONDE_IS_SETTINGS (self));
  g_return_if_fail (model_id != NULL);

  if (g_set_str (&self->model_id, model_id))
    notify (self, PROP_MODEL_ID);
}

/**
 * sonde_settings_get_thinking:
 * @self: the settings
 *
 * Returns: `off`, `low`, `high` or `max`, for new conversations
 */
const char *
sonde_settings_get_thinking (SondeSettings *self)
{
  g_return_val_if_fail (SONDE_IS_SETTINGS (self), NULL);

  return self->thinking;
}

/**
 * sonde_settings_set_thinking:
 * @self: the settings
 * @thinking: `off`, `low`, `high` or `max`, for new conversations
 */
void
sonde_settings_set_thinking (SondeSettings *self, const char *thinking)
{
  static const char *const levels[] = { "off", "low", "high", "max", NULL };

  g_return_if_fail (SONDE_IS_SETTINGS (self));
  g_return_if_fail (thinking != NULL && g_strv_contains (levels, thinking));

  if (g_set_str (&self->thinking, thinking))
    notify (self, PROP_THINKING);
}

/**
 * sonde_settings_get_service_id:
 * @self: the settings
 *
 * Returns: the id of the service that is asked; it need not be in the list
 */
const char *
sonde_settings_get_service_id (SondeSettings *self)
{
  g_return_val_if_fail (SONDE_IS_SETTINGS (self), NULL);

  return self->service_id;
}

/**
 * sonde_settings_set_service_id:
 * @self: the settings
 * @service_id: the id of the service that is asked
 */
void
sonde_settings_set_service_id (SondeSettings *self, const char *service_id)
{
  g_return_if_fail (SONDE_IS_SETTINGS (self));
  g_return_if_fail (service_id != NULL);

  if (g_set_str (&self->service_id, service_id))
    notify (self, PROP_SERVICE_ID);
}

/**
 * sonde_settings_get_services:
 * @self: the settings
 *
 * Returns: (transfer none): the services that can be talked to
 */
SondeServiceList *
sonde_settings_get_services (SondeSettings *self)
{
  g_return_val_if_fail (SONDE_IS_SETTINGS (self), NULL);

  return self->services;
}

/**
 * sonde_settings_get_service:
 * @self: the settings
 *
 * Returns: (transfer none): the service that is asked: the one that was chosen, else
 *   the first of the list
 */
SondeServiceInfo *
sonde_settings_get_service (SondeSettings *self)
{
  SondeServiceInfo *service;

  g_return_val_if_fail (SONDE_IS_SETTINGS (self), NULL);

  service = sonde_service_list_find (self->services, self->service_id);
  return service != NULL ? service : sonde_service_list_get (self->services, 0);
}

/**
 * sonde_settings_get_use_demo:
 * @self: the settings
 *
 * Returns: whether answers come from the demo service
 */
gboolean
sonde_settings_get_use_demo (SondeSettings *self)
{
  g_return_val_if_fail (SONDE_IS_SETTINGS (self), FALSE);

  return self->use_demo;
}

/**
 * sonde_settings_set_use_demo:
 * @self: the settings
 * @use_demo: whether answers come from the demo service
 */
void
sonde_settings_set_use_demo (SondeSettings *self, gboolean use_demo)
{
  g_return_if_fail (SONDE_IS_SETTINGS (self));

  set_boolean (self, PROP_USE_DEMO, &self->use_demo, use_demo);
}

/**
 * sonde_settings_get_titles:
 * @self: the settings
 *
 * Returns: how conversations get their titles: `automatic`, `first-words` or `off`
 */
const char *
sonde_settings_get_titles (SondeSettings *self)
{
  g_return_val_if_fail (SONDE_IS_SETTINGS (self), NULL);

  return self->titles;
}

/**
 * sonde_settings_set_titles:
 * @self: the settings
 * @titles: how conversations get their titles: `automatic`, `first-words` or `off`
 */
void
sonde_settings_set_titles (SondeSettings *self, const char *titles)
{
  static const char *const ways[] = { "automatic", "first-words", "off", NULL };

  g_return_if_fail (SONDE_IS_SETTINGS (self));
  g_return_if_fail (titles != NULL && g_strv_contains (ways, titles));

  if (g_set_str (&self->titles, titles))
    notify (self, PROP_TITLES);
}

/**
 * sonde_settings_get_enter_sends:
 * @self: the settings
 *
 * Returns: whether Enter sends and Shift+Enter breaks the line, or the other way round
 */
gboolean
sonde_settings_get_enter_sends (SondeSettings *self)
{
  g_return_val_if_fail (SONDE_IS_SETTINGS (self), TRUE);

  return self->enter_sends;
}

/**
 * sonde_settings_set_enter_sends:
 * @self: the settings
 * @enter_sends: whether Enter sends and Shift+Enter breaks the line
 */
void
sonde_settings_set_enter_sends (SondeSettings *self, gboolean enter_sends)
{
  g_return_if_fail (SONDE_IS_SETTINGS (self));

  set_boolean (self, PROP_ENTER_SENDS, &self->enter_sends, enter_sends);
}

/**
 * sonde_settings_get_notifications:
 * @self: settings
 *
 * Returns: whether the desktop is told of answers that end while nobody looks
 */
gboolean
sonde_settings_get_notifications (SondeSettings *self)
{
  g_return_val_if_fail (SONDE_IS_SETTINGS (self), FALSE);

  return self->notifications;
}

/**
 * sonde_settings_get_run_in_background:
 * @self: settings
 *
 * Returns: whether answers that are on their way go on when the window is closed
 */
gboolean
sonde_settings_get_run_in_background (SondeSettings *self)
{
  g_return_val_if_fail (SONDE_IS_SETTINGS (self), FALSE);

  return self->run_in_background;
}

/**
 * sonde_settings_get_currency:
 * @self: the settings
 *
 * Returns: `USD` or `CNY`: what costs are reckoned in
 */
const char *
sonde_settings_get_currency (SondeSettings *self)
{
  g_return_val_if_fail (SONDE_IS_SETTINGS (self), "USD");

  return self->currency;
}

/**
 * sonde_settings_get_budget:
 * @self: the settings
 *
 * Returns: what a month may cost in [property@Settings:currency], as a decimal; empty for no limit
 */
const char *
sonde_settings_get_budget (SondeSettings *self)
{
  g_return_val_if_fail (SONDE_IS_SETTINGS (self), "");

  return self->budget;
}

/**
 * sonde_settings_get_default_preset:
 * @self: the settings
 *
 * Returns: the id of the preset of new conversations; empty for none
 */
const char *
sonde_settings_get_default_preset (SondeSettings *self)
{
  g_return_val_if_fail (SONDE_IS_SETTINGS (self), "");

  return self->default_preset;
}
