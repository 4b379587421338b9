/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-backup-dialog.h"

#include <glib/gi18n.h>

/**
 * SondeBackupDialog:
 *
 * Shows the backups with what is in them, and prepares the one that is chosen.
 */
struct _SondeBackupDialog {
  AdwDialog parent_instance;

  GtkStack *stack;
  AdwPreferencesGroup *group;
  AdwStatusPage *failed_page;

  SondeLibrary *library;
  SondeBackup *chosen;
  GCancellable *cancellable;
};

enum { READY, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeBackupDialog, sonde_backup_dialog, ADW_TYPE_DIALOG)

static char *
format_time (SondeBackup *backup)
{
  g_autoptr (GDateTime) time =
    g_date_time_new_from_unix_local (sonde_backup_get_time (backup) / G_USEC_PER_SEC);

  /* Translators: when a backup was made; see strftime */
  return g_date_time_format (time, _ ("%A, %-d %B %Y, %H:%M"));
}

static char *
describe (SondeBackup *backup)
{
  const gint64 n_conversations = sonde_backup_get_n_conversations (backup);
  const gint64 n_messages = sonde_backup_get_n_messages (backup);
  g_autofree char *conversation_count = g_strdup_printf ("%'" G_GINT64_FORMAT, n_conversations);
  g_autofree char *message_count = g_strdup_printf ("%'" G_GINT64_FORMAT, n_messages);
  /* Translators: %s is a number */
  g_autofree char *conversations = g_strdup_printf (
    ngettext ("%s conversation", "%s conversations", (gulong) n_conversations), conversation_count);
  /* Translators: %s is a number */
  g_autofree char *messages =
    g_strdup_printf (ngettext ("%s message", "%s messages", (gulong) n_messages), message_count);
  /* Translators: between two things of a list, like titles */
  g_autofree char *titles =
    g_strjoinv (C_ ("list", ", "), (char **) sonde_backup_get_titles (backup));

  return g_strconcat (conversations, C_ ("list", ", "), messages, "\n", titles, NULL);
}

static void
show_failure (SondeBackupDialog *self, const GError *error)
{
  adw_status_page_set_description (self->failed_page, error->message);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeBackupDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (sonde_library_prepare_restore_finish (SONDE_LIBRARY (source), result, &error)) {
    if (self->library != NULL)
      g_signal_emit (self, signals[READY], 0);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->library != NULL) {
    show_failure (self, error);
  }
}

static void
confirmed_cb (SondeBackupDialog *self, const char *response)
{
  if (!g_str_equal (response, "restore"))
    return;

  gtk_stack_set_visible_child_name (self->stack, "working");
  sonde_library_prepare_restore_async (self->library, self->chosen, self->cancellable, prepared_cb,
                                       g_object_ref (self));
}

static void
choose_cb (SondeBackupDialog *self, GtkButton *button)
{
  SondeBackup *backup = g_object_get_data (G_OBJECT (button), "backup");
  AdwAlertDialog *question = ADW_ALERT_DIALOG (adw_alert_dialog_new (
    _ ("Restore This Backup?"),
    _ ("All conversations become what they were then. What you have now is kept in a file of its "
       "own, but is not shown any more.")));

  g_set_object (&self->chosen, backup);
  adw_alert_dialog_add_responses (question, "cancel", _ ("_Cancel"), "restore", _ ("_Restore"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (question, "restore", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (question, "response", G_CALLBACK (confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (question), GTK_WIDGET (self));
}

static void
add_backup (SondeBackupDialog *self, SondeBackup *backup)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Restore…"));
  g_autofree char *title = format_time (backup);
  g_autofree char *subtitle = describe (backup);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  title, -1);
  g_object_set_data_full (G_OBJECT (button), "backup", g_object_ref (backup), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->group, row);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeBackupDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) backups =
    sonde_library_list_backups_finish (SONDE_LIBRARY (source), result, &error);

  if (self->library == NULL)
    return;
  if (backups == NULL) {
    show_failure (self, error);
    return;
  }

  for (guint i = 0; i < backups->len; i++)
    add_backup (self, g_ptr_array_index (backups, i));
  gtk_stack_set_visible_child_name (self->stack, backups->len > 0 ? "list" : "empty");
}

static void
sonde_backup_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (SONDE_BACKUP_DIALOG (dialog)->cancellable);
}

static void
sonde_backup_dialog_dispose (GObject *object)
{
  SondeBackupDialog *self = SONDE_BACKUP_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->library);
  g_clear_object (&self->chosen);

  G_OBJECT_CLASS (sonde_backup_dialog_parent_class)->dispose (object);
}

static void
sonde_backup_dialog_finalize (GObject *object)
{
  g_object_unref (SONDE_BACKUP_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (sonde_backup_dialog_parent_class)->finalize (object);
}

static void
sonde_backup_dialog_class_init (SondeBackupDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sonde_backup_dialog_dispose;
  object_class->finalize = sonde_backup_dialog_finalize;

  ADW_DIALOG_CLASS (klass)->closed = sonde_backup_dialog_closed;

  /**
   * SondeBackupDialog::ready:
   * @self: the dialog
   *
   * A backup was chosen and is prepared: the library can be shut down and restored.
   */
  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_spinner_page (const char *text, gboolean can_cancel)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *spinner = adw_spinner_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), label);
  if (can_cancel) {
    GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Cancel"));

    gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
    gtk_widget_add_css_class (button, "pill");
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "window.close");
    gtk_box_append (GTK_BOX (box), button);
  }

  return box;
}

static GtkWidget *
make_status_page (const char *icon_name, const char *title, const char *description)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon_name);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_widget_add_css_class (page, "compact");

  return page;
}

static void
sonde_backup_dialog_init (SondeBackupDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  self->cancellable = g_cancellable_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_description (
    self->group, _ ("A backup is made every day on which something has changed; the newest seven "
                    "are kept."));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->group);
  self->failed_page = ADW_STATUS_PAGE (
    make_status_page ("dialog-warning-symbolic", _ ("Backups Cannot Be Used"), NULL));

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, make_spinner_page (_ ("Looking into the backups"), FALSE),
                       "loading");
  gtk_stack_add_named (self->stack, page, "list");
  gtk_stack_add_named (self->stack,
                       make_status_page ("document-open-recent-symbolic", _ ("No Backups Yet"),
                                         _ ("The first one is made soon after you have asked "
                                            "something.")),
                       "empty");
  gtk_stack_add_named (
    self->stack, make_spinner_page (_ ("The backup is being copied and checked"), TRUE), "working");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->failed_page), "failed");

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->stack));
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Restore Backup"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 520);
  adw_dialog_set_content_height (ADW_DIALOG (self), 480);
}

/**
 * sonde_backup_dialog_new:
 * @library: the library to go back with
 *
 * Returns: (transfer floating): a dialog
 */
SondeBackupDialog *
sonde_backup_dialog_new (SondeLibrary *library)
{
  SondeBackupDialog *self;

  g_return_val_if_fail (SONDE_IS_LIBRARY (library), NULL);

  self = g_object_new (SONDE_TYPE_BACKUP_DIALOG, NULL);
  self->library = g_object_ref (library);
  sonde_library_list_backups_async (library, self->cancellable, listed_cb, g_object_ref (self));

  return self;
}
