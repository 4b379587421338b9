/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-costs-page.h"

#include <glib/gi18n.h>

#include "sonde-cost.h"

/**
 * SondeCostsPage:
 *
 * The currency of costs, what a month may cost, and the table of the rates.
 */
struct _SondeCostsPage {
  AdwPreferencesPage parent_instance;

  AdwComboRow *currency;
  GtkEditable *budget;
  AdwActionRow *rates;
  GtkWidget *reset;

  SondeChatContext *context;
};

G_DEFINE_FINAL_TYPE (SondeCostsPage, sonde_costs_page, ADW_TYPE_PREFERENCES_PAGE)

static const char *const currencies[] = { "USD", "CNY" };

static SondeSettings *
get_settings (SondeCostsPage *self)
{
  return sonde_chat_context_get_settings (self->context);
}

static void
currency_cb (SondeCostsPage *self)
{
  guint selected = adw_combo_row_get_selected (self->currency);

  if (self->context != NULL && selected < G_N_ELEMENTS (currencies))
    g_object_set (get_settings (self), "currency", currencies[selected], NULL);
}

/* Nothing is no limit; what is no amount is not taken over. A comma is a point. */
static void
budget_cb (SondeCostsPage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->budget)));
  gboolean valid;

  if (self->context == NULL)
    return;
  g_strdelimit (text, ",", '.');
  valid = *text == '\0' || sonde_cost_parse (text) >= 0;
  if (valid)
    gtk_widget_remove_css_class (GTK_WIDGET (self->budget), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->budget), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->budget), GTK_ACCESSIBLE_STATE_INVALID,
                               valid ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  if (valid)
    g_object_set (get_settings (self), "budget", text, NULL);
}

static void
update_rates (SondeCostsPage *self)
{
  SondeRateFile *file = sonde_chat_context_get_rates (self->context);
  const char *problem = sonde_rate_file_get_problem (file);
  const char *as_of = sonde_rate_file_get_as_of (file);
  g_autofree char *text = NULL;

  if (problem != NULL)
    text = g_strdup_printf (_ ("Your table cannot be read: %s"), problem);
  else if (sonde_rate_file_get_own (file))
    /* Translators: %s is a date */
    text = g_strdup_printf (_ ("Your own, from the one of %s"), as_of != NULL ? as_of : "?");
  else
    /* Translators: %s is a date */
    text = g_strdup_printf (_ ("As of %s"), as_of != NULL ? as_of : "?");
  adw_action_row_set_subtitle (self->rates, text);
  gtk_widget_set_visible (self->reset, sonde_rate_file_get_own (file));
}

static void
say (SondeCostsPage *self, const char *text)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  if (dialog != NULL)
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
  else
    g_object_unref (toast);
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeCostsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    say (self, error->message);
}

static void
edit_cb (SondeCostsPage *self)
{
  g_autoptr (GError) error = NULL;
  GFile *file = sonde_rate_file_edit (sonde_chat_context_get_rates (self->context), &error);
  g_autoptr (GtkFileLauncher) launcher = NULL;

  if (file == NULL) {
    say (self, error->message);
    return;
  }
  launcher = gtk_file_launcher_new (file);
  gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                            launched_cb, g_object_ref (self));
}

static void
reset_cb (SondeCostsPage *self)
{
  g_autoptr (GError) error = NULL;

  if (!sonde_rate_file_reset (sonde_chat_context_get_rates (self->context), &error))
    say (self, error->message);
}

static GtkWidget *
add_button (AdwActionRow *row, const char *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (row, button);

  return button;
}

static void
make_rows (SondeCostsPage *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  const char *const names[] = { _ ("US Dollar"), _ ("Chinese Yuan"), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);
  GtkWidget *edit;

  adw_preferences_group_set_description (
    group, _ ("Costs are estimates from the tokens that the service counts. Each answer keeps the "
              "rates of its hour."));
  self->currency = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->currency), _ ("Currency"));
  adw_combo_row_set_model (self->currency, G_LIST_MODEL (model));
  adw_preferences_group_add (group, GTK_WIDGET (self->currency));

  self->budget = GTK_EDITABLE (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->budget),
                                 _ ("Budget of a Month, Empty for None"));
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->budget), GTK_INPUT_PURPOSE_NUMBER);
  adw_preferences_group_add (group, GTK_WIDGET (self->budget));

  self->rates = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->rates), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rates), _ ("Table of Rates"));
  self->reset = add_button (self->rates, _ ("_Reset"));
  edit = add_button (self->rates, _ ("_Edit…"));
  g_signal_connect_object (self->reset, "clicked", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edit, "clicked", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, GTK_WIDGET (self->rates));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);
}

static void
sonde_costs_page_dispose (GObject *object)
{
  SondeCostsPage *self = SONDE_COSTS_PAGE (object);

  g_clear_object (&self->context);

  G_OBJECT_CLASS (sonde_costs_page_parent_class)->dispose (object);
}

static void
sonde_costs_page_class_init (SondeCostsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sonde_costs_page_dispose;
}

static void
sonde_costs_page_init (SondeCostsPage *self)
{
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _ ("_Costs"));
  adw_preferences_page_set_use_underline (ADW_PREFERENCES_PAGE (self), TRUE);
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (self), "costs");
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "sonde-usage-symbolic");
  make_rows (self);
}

/**
 * sonde_costs_page_new:
 * @context: the services, with settings
 *
 * Returns: (transfer floating): a page of the preferences
 */
GtkWidget *
sonde_costs_page_new (SondeChatContext *context)
{
  SondeCostsPage *self = g_object_new (SONDE_TYPE_COSTS_PAGE, NULL);
  SondeSettings *settings = sonde_chat_context_get_settings (context);
  SondeRateFile *rates = sonde_chat_context_get_rates (context);

  adw_combo_row_set_selected (self->currency,
                              g_str_equal (sonde_settings_get_currency (settings), "CNY") ? 1 : 0);
  gtk_editable_set_text (self->budget, sonde_settings_get_budget (settings));
  self->context = g_object_ref (context);
  g_signal_connect_object (self->currency, "notify::selected", G_CALLBACK (currency_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->budget, "changed", G_CALLBACK (budget_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rates, "notify", G_CALLBACK (update_rates), self, G_CONNECT_SWAPPED);
  update_rates (self);

  return GTK_WIDGET (self);
}
