/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-thinking-selector.h"

#include <glib/gi18n.h>

/**
 * SondeThinkingSelector:
 *
 * One toggle for every level that the model lists (contract.md section 11). Where the
 * level that is set is not among them, the one is shown that will be asked for instead.
 */
struct _SondeThinkingSelector {
  AdwBin parent_instance;

  AdwToggleGroup *group;
  SondeModelInfo *model;
  SondeThinking thinking;
  gboolean updating;
};

enum { PROP_MODEL = 1, PROP_THINKING, N_PROPS };
enum { CHOSEN, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeThinkingSelector, sonde_thinking_selector, ADW_TYPE_BIN)

static const struct {
  SondeThinking thinking;
  const char *label;
  const char *tooltip;
} levels[] = {
  { SONDE_THINKING_OFF, NC_ ("thinking", "Off"), N_ ("Answer at once, without thinking") },
  { SONDE_THINKING_LOW, NC_ ("thinking", "Low"), N_ ("Think briefly before answering") },
  { SONDE_THINKING_HIGH, NC_ ("thinking", "High"), N_ ("Think before answering") },
  { SONDE_THINKING_MAX, NC_ ("thinking", "Max"), N_ ("Think as long as it takes") },
};

static void
show_thinking (SondeThinkingSelector *self)
{
  SondeThinking shown = self->thinking;

  if (self->model != NULL)
    shown = sonde_model_info_map_thinking (self->model, shown);

  self->updating = TRUE;
  adw_toggle_group_set_active_name (self->group, sonde_thinking_to_string (shown));
  self->updating = FALSE;
}

static void
fill_group (SondeThinkingSelector *self)
{
  self->updating = TRUE;
  adw_toggle_group_remove_all (self->group);
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++) {
    AdwToggle *toggle;

    if (self->model != NULL &&
        !sonde_model_info_supports_thinking (self->model, levels[i].thinking))
      continue;

    toggle = adw_toggle_new ();
    adw_toggle_set_name (toggle, sonde_thinking_to_string (levels[i].thinking));
    adw_toggle_set_label (toggle, g_dpgettext2 (NULL, "thinking", levels[i].label));
    adw_toggle_set_tooltip (toggle, _ (levels[i].tooltip));
    adw_toggle_group_add (self->group, toggle);
  }
  self->updating = FALSE;
  show_thinking (self);
}

static void
active_changed_cb (SondeThinkingSelector *self)
{
  const char *name = adw_toggle_group_get_active_name (self->group);
  SondeThinking thinking;

  if (self->updating || name == NULL || !sonde_thinking_from_string (name, &thinking))
    return;

  sonde_thinking_selector_set_thinking (self, thinking);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
sonde_thinking_selector_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeThinkingSelector *self = SONDE_THINKING_SELECTOR (object);

  switch (id) {
  case PROP_MODEL:
    g_value_set_object (value, self->model);
    break;
  case PROP_THINKING:
    g_value_set_enum (value, (int) self->thinking);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_thinking_selector_set_property (GObject *object,
                                      guint id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  SondeThinkingSelector *self = SONDE_THINKING_SELECTOR (object);

  switch (id) {
  case PROP_MODEL:
    sonde_thinking_selector_set_model (self, g_value_get_object (value));
    break;
  case PROP_THINKING:
    sonde_thinking_selector_set_thinking (self, (SondeThinking) g_value_get_enum (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_thinking_selector_dispose (GObject *object)
{
  SondeThinkingSelector *self = SONDE_THINKING_SELECTOR (object);

  g_clear_object (&self->model);

  G_OBJECT_CLASS (sonde_thinking_selector_parent_class)->dispose (object);
}

static void
sonde_thinking_selector_class_init (SondeThinkingSelectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_thinking_selector_get_property;
  object_class->set_property = sonde_thinking_selector_set_property;
  object_class->dispose = sonde_thinking_selector_dispose;

  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, SONDE_TYPE_MODEL_INFO, flags);
  properties[PROP_THINKING] =
    g_param_spec_enum ("thinking", NULL, NULL, SONDE_TYPE_THINKING, SONDE_THINKING_OFF, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeThinkingSelector::chosen:
   * @self: the selector
   *
   * Somebody chose another level; [property@ThinkingSelector:thinking] has it already.
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_thinking_selector_init (SondeThinkingSelector *self)
{
  self->group = ADW_TOGGLE_GROUP (adw_toggle_group_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->group), "round");
  gtk_widget_add_css_class (GTK_WIDGET (self->group), "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->group), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Thinking"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
  fill_group (self);
  g_signal_connect_swapped (self->group, "notify::active-name", G_CALLBACK (active_changed_cb),
                            self);
}

/**
 * sonde_thinking_selector_new:
 *
 * Returns: (transfer floating): a selector without a model, at Off
 */
GtkWidget *
sonde_thinking_selector_new (void)
{
  return g_object_new (SONDE_TYPE_THINKING_SELECTOR, NULL);
}

/**
 * sonde_thinking_selector_get_model:
 * @self: a selector
 *
 * Returns: (transfer none) (nullable): the model whose levels are shown
 */
SondeModelInfo *
sonde_thinking_selector_get_model (SondeThinkingSelector *self)
{
  g_return_val_if_fail (SONDE_IS_THINKING_SELECTOR (self), NULL);

  return self->model;
}

/**
 * sonde_thinking_selector_set_model:
 * @self: a selector
 * @model: (nullable): the model whose levels are shown; the level stays as it is
 */
void
sonde_thinking_selector_set_model (SondeThinkingSelector *self, SondeModelInfo *model)
{
  g_return_if_fail (SONDE_IS_THINKING_SELECTOR (self));
  g_return_if_fail (model == NULL || SONDE_IS_MODEL_INFO (model));

  if (self->model == model)
    return;

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, fill_group, self);
  g_set_object (&self->model, model);
  if (model != NULL)
    g_signal_connect_object (model, "notify::thinking-levels", G_CALLBACK (fill_group), self,
                             G_CONNECT_SWAPPED);
  fill_group (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

/**
 * sonde_thinking_selector_get_thinking:
 * @self: a selector
 *
 * Returns: the level that is set
 */
SondeThinking
sonde_thinking_selector_get_thinking (SondeThinkingSelector *self)
{
  g_return_val_if_fail (SONDE_IS_THINKING_SELECTOR (self), SONDE_THINKING_OFF);

  return self->thinking;
}

/**
 * sonde_thinking_selector_set_thinking:
 * @self: a selector
 * @thinking: the level; it need not be one that the model lists
 */
void
sonde_thinking_selector_set_thinking (SondeThinkingSelector *self, SondeThinking thinking)
{
  g_return_if_fail (SONDE_IS_THINKING_SELECTOR (self));

  if (self->thinking == thinking)
    return;

  self->thinking = thinking;
  show_thinking (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THINKING]);
}

/**
 * sonde_thinking_selector_get_name:
 * @thinking: a level
 *
 * Returns: what it is called
 */
const char *
sonde_thinking_selector_get_name (SondeThinking thinking)
{
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (levels[i].thinking == thinking)
      return g_dpgettext2 (NULL, "thinking", levels[i].label);

  return "";
}
