/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-print-actions.h"

#include <glib/gi18n.h>

#include "sonde-print-operation.h"
#include "sonde-window-private.h"

/* What was chosen in the dialog is there again the next time: it is kept with the window. */
#define SETTINGS   "print-settings"
#define PAGE_SETUP "print-page-setup"

static char *
dup_speaker (SondeWindow *self, SondeMessage *message)
{
  switch (sonde_message_get_role (message)) {
  case SONDE_ROLE_USER:
    return g_strdup (_ ("You"));
  case SONDE_ROLE_TOOL:
    return g_strdup (_ ("Tool"));
  case SONDE_ROLE_SYSTEM:
    return g_strdup (_ ("System"));
  case SONDE_ROLE_ASSISTANT:
    break;
  }

  return sonde_transcript_dup_model_name (sonde_window_get_transcript (self),
                                          sonde_message_get_model_id (message));
}

static SondePrintLayout *
make_layout (SondeWindow *self)
{
  SondeConversation *conversation = sonde_window_get_conversation (self);
  GListModel *messages = sonde_conversation_get_messages (conversation);
  const char *title = sonde_conversation_get_title (conversation);
  SondePrintLayout *layout =
    sonde_print_layout_new (title != NULL ? title : _ ("New Conversation"),
                            sonde_conversation_get_created_at (conversation));

  for (guint i = 0; i < g_list_model_get_n_items (messages); i++) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (messages, i);
    g_autofree char *speaker = dup_speaker (self, message);

    sonde_print_layout_add_message (layout, message, speaker);
  }

  return layout;
}

static void
show_error (GtkWidget *window, const GError *error)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Could Not Print the Conversation"), error->message);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, window);
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, GtkWidget *window)
{
  g_autoptr (GError) error = NULL;

  switch (result) {
  case GTK_PRINT_OPERATION_RESULT_ERROR:
    gtk_print_operation_get_error (operation, &error);
    show_error (window, error);
    break;
  case GTK_PRINT_OPERATION_RESULT_APPLY:
    g_object_set_data_full (
      G_OBJECT (window), SETTINGS,
      gtk_print_settings_copy (gtk_print_operation_get_print_settings (operation)), g_object_unref);
    g_object_set_data_full (
      G_OBJECT (window), PAGE_SETUP,
      gtk_page_setup_copy (gtk_print_operation_get_default_page_setup (operation)), g_object_unref);
    break;
  case GTK_PRINT_OPERATION_RESULT_CANCEL:
  case GTK_PRINT_OPERATION_RESULT_IN_PROGRESS:
    break;
  }
}

/* A file that is printed to has the conversation's name. */
static void
name_output (GtkPrintSettings *settings, const char *title)
{
  g_autofree char *name = g_strdelimit (g_strdup (title), "/\\\n", '-');

  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_URI, NULL);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, name);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (SondePrintLayout) layout = make_layout (SONDE_WINDOW (widget));
  g_autoptr (GtkPrintOperation) operation = sonde_print_operation_new (layout);
  GtkPrintSettings *known = g_object_get_data (G_OBJECT (widget), SETTINGS);
  g_autoptr (GtkPrintSettings) settings =
    known != NULL ? gtk_print_settings_copy (known) : gtk_print_settings_new ();

  name_output (settings, sonde_print_layout_get_title (layout));
  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_default_page_setup (operation,
                                              g_object_get_data (G_OBJECT (widget), PAGE_SETUP));
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), widget, G_CONNECT_DEFAULT);
  /* What goes wrong is said by "done", also where it goes wrong at once. */
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (widget),
                           NULL);
}

/**
 * sonde_print_actions_install:
 * @widget_class: the window's class
 *
 * Installs `win.print`.
 */
void
sonde_print_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.print", NULL, print_action);
}

/**
 * sonde_print_actions_update:
 * @self: a window
 *
 * Something in the conversation has changed: one without messages is nothing to print, and one of
 * which only the end is there is not printed yet.
 */
void
sonde_print_actions_update (SondeWindow *self)
{
  SondeConversation *conversation = sonde_window_get_conversation (self);

  gtk_widget_action_set_enabled (
    GTK_WIDGET (self), "win.print",
    conversation != NULL && sonde_conversation_get_loaded (conversation) &&
      g_list_model_get_n_items (sonde_conversation_get_messages (conversation)) > 0);
}
