/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-model-dropdown.h"

#include <glib/gi18n.h>

/**
 * SondeModelDropdown:
 *
 * The models by their names for people, each with the server's own name below it. A
 * model that is set and not in the list, because the service no longer lists it or
 * is not reached yet, is shown too and never swapped for another. Behind the models
 * stand two ways to more of them.
 */
struct _SondeModelDropdown {
  AdwBin parent_instance;

  GtkDropDown *dropdown;

  GListModel *models;
  GListStore *shown; /* the models, the one that is set where it is missing, and the two below */
  SondeModelInfo *other;   /* no model: any id can be typed */
  SondeModelInfo *refresh; /* no model: the service is asked again */
  char *model_id;
  SondeModelInfo *model;
  gboolean updating;
};

enum { PROP_MODELS = 1, PROP_MODEL_ID, PROP_MODEL, N_PROPS };
enum { CHOSEN, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeModelDropdown, sonde_model_dropdown, ADW_TYPE_BIN)

static void
set_model (SondeModelDropdown *self, SondeModelInfo *model)
{
  if (!g_set_object (&self->model, model))
    return;

  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self->dropdown), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
    model != NULL ? sonde_model_info_get_display_name (model) : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

static void
show_models (SondeModelDropdown *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = self->models != NULL ? g_list_model_get_n_items (self->models) : 0;
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < n; i++) {
    SondeModelInfo *model = g_list_model_get_item (self->models, i);

    g_ptr_array_add (items, model);
    if (sonde_model_info_has_id (model, self->model_id))
      selected = i;
  }
  if (selected == GTK_INVALID_LIST_POSITION && self->model_id != NULL) {
    selected = items->len;
    g_ptr_array_add (items, sonde_model_info_new_builtin (self->model_id));
  }
  g_ptr_array_add (items, g_object_ref (self->other));
  g_ptr_array_add (items, g_object_ref (self->refresh));

  self->updating = TRUE;
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)),
                       items->pdata, items->len);
  gtk_drop_down_set_selected (self->dropdown, selected);
  self->updating = FALSE;

  set_model (self, selected != GTK_INVALID_LIST_POSITION ? items->pdata[selected] : NULL);
}

static guint
find_position (SondeModelDropdown *self)
{
  guint position;

  return self->model != NULL && g_list_store_find (self->shown, self->model, &position)
           ? position
           : GTK_INVALID_LIST_POSITION;
}

static void
choose (SondeModelDropdown *self, const char *model_id)
{
  sonde_model_dropdown_set_model_id (self, model_id);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static char *
dup_text (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
other_changed_cb (GtkEditable *entry, AdwAlertDialog *dialog)
{
  g_autofree char *id = dup_text (entry);

  adw_alert_dialog_set_response_enabled (dialog, "use", *id != '\0');
}

static void
other_chosen_cb (SondeModelDropdown *self, const char *response, AdwAlertDialog *dialog)
{
  g_autofree char *id = dup_text (g_object_get_data (G_OBJECT (dialog), "entry"));
  const char *current_id = sonde_model_info_resolve_alias (id, NULL);

  choose (self, current_id != NULL ? current_id : id);
}

static void
ask_for_other (SondeModelDropdown *self)
{
  AdwDialog *dialog = adw_alert_dialog_new (
    _ ("Other Model"), _ ("Type the id of a model as the service’s manual has it."));
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *entry = adw_entry_row_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Model ID"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (list), entry);

  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), list);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "use",
                                  _ ("_Use"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "use",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (dialog), "use", FALSE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "use");
  adw_dialog_set_focus (dialog, entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (other_changed_cb), dialog,
                           G_CONNECT_DEFAULT);
  g_object_set_data (G_OBJECT (dialog), "entry", entry);
  g_signal_connect_object (dialog, "response::use", G_CALLBACK (other_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static gboolean
has_text (gpointer item, const char *text)
{
  return text != NULL && *text != '\0';
}

static void
selected_changed_cb (SondeModelDropdown *self)
{
  SondeModelInfo *model = gtk_drop_down_get_selected_item (self->dropdown);

  if (self->updating || model == NULL || model == self->model)
    return;

  if (model != self->other && model != self->refresh) {
    choose (self, sonde_model_info_get_id (model));
    return;
  }

  /* The model stays. */
  self->updating = TRUE;
  gtk_drop_down_set_selected (self->dropdown, find_position (self));
  self->updating = FALSE;
  if (model == self->other)
    ask_for_other (self);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.refresh-models", NULL);
}

static void
sonde_model_dropdown_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeModelDropdown *self = SONDE_MODEL_DROPDOWN (object);

  switch (id) {
  case PROP_MODELS:
    g_value_set_object (value, self->models);
    break;
  case PROP_MODEL_ID:
    g_value_set_string (value, self->model_id);
    break;
  case PROP_MODEL:
    g_value_set_object (value, self->model);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_model_dropdown_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  SondeModelDropdown *self = SONDE_MODEL_DROPDOWN (object);

  switch (id) {
  case PROP_MODELS:
    sonde_model_dropdown_set_models (self, g_value_get_object (value));
    break;
  case PROP_MODEL_ID:
    sonde_model_dropdown_set_model_id (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_model_dropdown_dispose (GObject *object)
{
  SondeModelDropdown *self = SONDE_MODEL_DROPDOWN (object);

  self->updating = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_MODEL_DROPDOWN);
  g_clear_object (&self->models);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (sonde_model_dropdown_parent_class)->dispose (object);
}

static void
sonde_model_dropdown_finalize (GObject *object)
{
  SondeModelDropdown *self = SONDE_MODEL_DROPDOWN (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->other);
  g_clear_object (&self->refresh);
  g_free (self->model_id);

  G_OBJECT_CLASS (sonde_model_dropdown_parent_class)->finalize (object);
}

static void
sonde_model_dropdown_class_init (SondeModelDropdownClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_model_dropdown_get_property;
  object_class->set_property = sonde_model_dropdown_set_property;
  object_class->dispose = sonde_model_dropdown_dispose;
  object_class->finalize = sonde_model_dropdown_finalize;

  properties[PROP_MODELS] = g_param_spec_object ("models", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_MODEL_ID] = g_param_spec_string ("model-id", NULL, NULL, NULL, flags);
  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, SONDE_TYPE_MODEL_INFO,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SondeModelDropdown::chosen:
   * @self: the choice
   *
   * Somebody chose another model; [property@ModelDropdown:model-id] has it already.
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (SONDE_TYPE_MODEL_INFO);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/sonde-model-dropdown.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeModelDropdown, dropdown);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, selected_changed_cb);
}

static void
sonde_model_dropdown_init (SondeModelDropdown *self)
{
  self->shown = g_list_store_new (SONDE_TYPE_MODEL_INFO);
  self->other = sonde_model_info_new ("other", _ ("Other Model…"));
  self->refresh = sonde_model_info_new ("refresh", _ ("Refresh Models"));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_model (self->dropdown, G_LIST_MODEL (self->shown));
}

/**
 * sonde_model_dropdown_new:
 *
 * Returns: (transfer floating): a choice of nothing
 */
GtkWidget *
sonde_model_dropdown_new (void)
{
  return g_object_new (SONDE_TYPE_MODEL_DROPDOWN, NULL);
}

/**
 * sonde_model_dropdown_set_models:
 * @self: a choice of the model
 * @models: (nullable): the models, as a list of SondeModelInfo that may grow
 */
void
sonde_model_dropdown_set_models (SondeModelDropdown *self, GListModel *models)
{
  g_return_if_fail (SONDE_IS_MODEL_DROPDOWN (self));
  g_return_if_fail (models == NULL || G_IS_LIST_MODEL (models));

  if (self->models == models)
    return;

  if (self->models != NULL)
    g_signal_handlers_disconnect_by_func (self->models, show_models, self);
  g_set_object (&self->models, models);
  if (models != NULL)
    g_signal_connect_object (models, "items-changed", G_CALLBACK (show_models), self,
                             G_CONNECT_SWAPPED);
  show_models (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODELS]);
}

/**
 * sonde_model_dropdown_get_model_id:
 * @self: a choice of the model
 *
 * Returns: (nullable): the id of the model that is shown
 */
const char *
sonde_model_dropdown_get_model_id (SondeModelDropdown *self)
{
  g_return_val_if_fail (SONDE_IS_MODEL_DROPDOWN (self), NULL);

  return self->model_id;
}

/**
 * sonde_model_dropdown_set_model_id:
 * @self: a choice of the model
 * @model_id: (nullable): the id of the model to show; it need not be in the list
 */
void
sonde_model_dropdown_set_model_id (SondeModelDropdown *self, const char *model_id)
{
  g_return_if_fail (SONDE_IS_MODEL_DROPDOWN (self));

  if (!g_set_str (&self->model_id, model_id))
    return;

  show_models (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL_ID]);
}

/**
 * sonde_model_dropdown_get_model:
 * @self: a choice of the model
 *
 * Returns: (transfer none) (nullable): the model that is shown
 */
SondeModelInfo *
sonde_model_dropdown_get_model (SondeModelDropdown *self)
{
  g_return_val_if_fail (SONDE_IS_MODEL_DROPDOWN (self), NULL);

  return self->model;
}

/**
 * sonde_model_dropdown_open:
 * @self: a dropdown
 *
 * Shows the list of models, as a click does; the keyboard goes there.
 */
void
sonde_model_dropdown_open (SondeModelDropdown *self)
{
  GtkWidget *button;

  g_return_if_fail (SONDE_IS_MODEL_DROPDOWN (self));

  /* GtkDropDown opens when its button is pressed, and has no other way. */
  button = gtk_widget_get_first_child (GTK_WIDGET (self->dropdown));
  if (GTK_IS_TOGGLE_BUTTON (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}
