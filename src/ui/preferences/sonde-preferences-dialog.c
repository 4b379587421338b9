/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-preferences-dialog.h"

#include <glib/gi18n.h>

#include "sonde-costs-page.h"
#include "sonde-general-page.h"
#include "sonde-service-page.h"
#include "sonde-storage-page.h"

#define DEMO_ID "demo" /* no id of a service: those are made by this program */

/**
 * SondePreferencesDialog:
 *
 * The services that can be talked to, which of them answers, and the pages of everything
 * else that can be chosen. Every choice holds at once.
 */
struct _SondePreferencesDialog {
  AdwPreferencesDialog parent_instance;

  GtkListBox *services;

  SondeChatContext *context;
  GSimpleAction *current; /* the id of the service that answers, or DEMO_ID */
};

enum { PROP_CONTEXT = 1, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondePreferencesDialog, sonde_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static SondeSettings *
get_settings (SondePreferencesDialog *self)
{
  return sonde_chat_context_get_settings (self->context);
}

static void
update_current (SondePreferencesDialog *self)
{
  const char *id = sonde_chat_context_get_demo (self->context)
                     ? DEMO_ID
                     : sonde_service_info_get_id (sonde_settings_get_service (get_settings (self)));

  g_simple_action_set_state (self->current, g_variant_new_string (id));
}

static void
use_service (SondePreferencesDialog *self, const char *id)
{
  sonde_settings_set_service_id (get_settings (self), id);
  sonde_chat_context_set_demo (self->context, FALSE);
}

static void
toast (SondePreferencesDialog *self, const char *text)
{
  AdwToast *new_toast = adw_toast_new (text);

  adw_toast_set_use_markup (new_toast, FALSE);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (self), new_toast);
}

/* The keyboard was in the page that goes. */
static void
leave_page (SondePreferencesDialog *self, const char *text)
{
  adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (self));
  gtk_widget_child_focus (GTK_WIDGET (self->services), GTK_DIR_TAB_FORWARD);
  toast (self, text);
}

static void
saved_cb (SondePreferencesDialog *self, const char *id, const char *text, SondeServicePage *page)
{
  if (sonde_service_page_get_service (page) == NULL)
    use_service (self, id);
  /* The key may be another one, where the service is not. */
  else if (g_strcmp0 (sonde_settings_get_service_id (get_settings (self)), id) == 0 &&
           !sonde_chat_context_get_demo (self->context))
    sonde_account_load (sonde_chat_context_get_account (self->context), FALSE);
  update_current (self);
  leave_page (self, text);
}

static void
removed_cb (SondePreferencesDialog *self, const char *text)
{
  SondeServiceInfo *service = sonde_settings_get_service (get_settings (self));

  sonde_settings_set_service_id (get_settings (self), sonde_service_info_get_id (service));
  update_current (self);
  leave_page (self, text);
}

static void
show_page (SondePreferencesDialog *self, SondeServiceInfo *service)
{
  SondeServicePage *page = sonde_service_page_new (self->context, service);

  g_signal_connect_object (page, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), ADW_NAVIGATION_PAGE (page));
}

static void
add_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_page (user_data, NULL);
}

static void
edit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SondePreferencesDialog *self = user_data;
  SondeServiceInfo *service = sonde_service_list_find (
    sonde_settings_get_services (get_settings (self)), g_variant_get_string (parameter, NULL));

  if (service != NULL)
    show_page (self, service);
}

static void
current_changed_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  SondePreferencesDialog *self = user_data;
  const char *id = g_variant_get_string (value, NULL);

  if (g_str_equal (id, DEMO_ID))
    sonde_chat_context_set_demo (self->context, TRUE);
  else
    use_service (self, id);
  update_current (self);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  SondeServiceInfo *service = item;
  const char *id = sonde_service_info_get_id (service);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *next = gtk_image_new_from_icon_name ("go-next-symbolic");
  /* Translators: %s is the name of a service, like “DeepSeek” */
  g_autofree char *label = g_strdup_printf (_ ("Use %s"), sonde_service_info_get_name (service));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sonde_service_info_get_name (service));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), sonde_service_info_get_base_url (service));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "service.edit");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (check), "service.current");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (check), "s", id);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), next);

  return row;
}

static void
sonde_preferences_dialog_constructed (GObject *object)
{
  SondePreferencesDialog *self = SONDE_PREFERENCES_DIALOG (object);
  const GActionEntry entries[] = {
    { .name = "add", .activate = add_cb },
    { .name = "edit", .activate = edit_cb, .parameter_type = "s" },
    { .name = "current", .parameter_type = "s", .state = "''", .change_state = current_changed_cb },
  };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  G_OBJECT_CLASS (sonde_preferences_dialog_parent_class)->constructed (object);

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  self->current = G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (actions), "current"));
  g_object_ref (self->current);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "service", G_ACTION_GROUP (actions));
  update_current (self);

  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self),
                              ADW_PREFERENCES_PAGE (sonde_general_page_new (get_settings (self))));
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self),
                              ADW_PREFERENCES_PAGE (sonde_costs_page_new (self->context)));
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self),
                              ADW_PREFERENCES_PAGE (sonde_storage_page_new (self->context)));
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self),
                              ADW_PREFERENCES_PAGE (sonde_privacy_page_new ()));
  gtk_list_box_bind_model (self->services,
                           G_LIST_MODEL (sonde_settings_get_services (get_settings (self))),
                           create_row, NULL, NULL);
  g_signal_connect_object (get_settings (self), "notify::service-id", G_CALLBACK (update_current),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "notify::demo", G_CALLBACK (update_current), self,
                           G_CONNECT_SWAPPED);
}

static void
sonde_preferences_dialog_set_property (GObject *object,
                                       guint id,
                                       const GValue *value,
                                       GParamSpec *pspec)
{
  SondePreferencesDialog *self = SONDE_PREFERENCES_DIALOG (object);

  switch (id) {
  case PROP_CONTEXT:
    self->context = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_preferences_dialog_dispose (GObject *object)
{
  SondePreferencesDialog *self = SONDE_PREFERENCES_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_PREFERENCES_DIALOG);
  g_clear_object (&self->current);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (sonde_preferences_dialog_parent_class)->dispose (object);
}

static void
sonde_preferences_dialog_class_init (SondePreferencesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = sonde_preferences_dialog_constructed;
  object_class->set_property = sonde_preferences_dialog_set_property;
  object_class->dispose = sonde_preferences_dialog_dispose;

  properties[PROP_CONTEXT] =
    g_param_spec_object ("context", NULL, NULL, SONDE_TYPE_CHAT_CONTEXT,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/preferences/sonde-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SondePreferencesDialog, services);
}

static void
sonde_preferences_dialog_init (SondePreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sonde_preferences_dialog_new:
 * @context: the services, with settings
 *
 * Returns: (transfer floating): a dialog that is not shown yet
 */
SondePreferencesDialog *
sonde_preferences_dialog_new (SondeChatContext *context)
{
  g_return_val_if_fail (SONDE_IS_CHAT_CONTEXT (context), NULL);

  return g_object_new (SONDE_TYPE_PREFERENCES_DIALOG, "context", context, NULL);
}
