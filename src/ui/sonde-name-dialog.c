/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-name-dialog.h"

#include <glib/gi18n.h>

#define ENTER "enter"

typedef struct {
  AdwAlertDialog *dialog;
  GtkEditable *entry;
  SondeNameFunc callback;
  gpointer user_data;
  GDestroyNotify destroy;
} Asking;

static void
asking_free (gpointer data, GClosure *closure)
{
  Asking *asking = data;

  if (asking->destroy != NULL)
    asking->destroy (asking->user_data);
  g_free (asking);
}

static char *
dup_name (Asking *asking)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (asking->entry)));
}

static void
changed_cb (Asking *asking)
{
  g_autofree char *name = dup_name (asking);

  adw_alert_dialog_set_response_enabled (asking->dialog, ENTER, *name != '\0');
}

static void
response_cb (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  Asking *asking = data;
  g_autofree char *name = dup_name (asking);

  if (g_str_equal (response, ENTER) && *name != '\0')
    asking->callback (name, asking->user_data);
}

/**
 * sonde_name_dialog_ask:
 * @parent: what it is asked over
 * @heading: what is asked
 * @button_label: the label of the button that agrees, with its mnemonic
 * @name: (nullable): what is in the entry to begin with
 * @callback: (scope notified) (closure user_data) (destroy destroy): called with the name;
 *   not called where nobody enters one
 * @user_data: for @callback
 * @destroy: (nullable): frees @user_data
 *
 * Asks for a name: of a folder, of a conversation.
 */
void
sonde_name_dialog_ask (GtkWidget *parent,
                       const char *heading,
                       const char *button_label,
                       const char *name,
                       SondeNameFunc callback,
                       gpointer user_data,
                       GDestroyNotify destroy)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, NULL));
  GtkWidget *entry = gtk_entry_new ();
  Asking *asking = g_new (Asking, 1);

  *asking = (Asking) {
    .dialog = dialog,
    .entry = GTK_EDITABLE (entry),
    .callback = callback,
    .user_data = user_data,
    .destroy = destroy,
  };

  gtk_entry_set_max_length (GTK_ENTRY (entry), 200);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"),
                                  -1);
  gtk_editable_set_text (asking->entry, name != NULL ? name : "");
  adw_alert_dialog_set_extra_child (dialog, entry);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), ENTER, button_label, NULL);
  adw_alert_dialog_set_response_appearance (dialog, ENTER, ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, ENTER);
  adw_alert_dialog_set_close_response (dialog, "cancel");

  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), asking, asking_free,
                         G_CONNECT_DEFAULT);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), asking);
  changed_cb (asking);

  adw_dialog_set_focus (ADW_DIALOG (dialog), entry);
  adw_dialog_present (ADW_DIALOG (dialog), parent);
}
