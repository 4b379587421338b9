/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-import-dialog.h"

#include <glib/gi18n.h>

/**
 * SondeImportDialog:
 *
 * Says what is in a file, imports it where that is wanted, and reports what became of it.
 */
struct _SondeImportDialog {
  AdwDialog parent_instance;

  GtkWidget *cancel_button;
  GtkWidget *close_button;
  AdwStatusPage *failed_page;
  AdwWindowTitle *heading;
  GtkWidget *import_button;
  GtkProgressBar *progress;
  GtkLabel *progress_label;
  GtkBox *report;
  GtkStack *stack;

  SondeTransferJob *job;
  GCancellable *cancellable; /* of what the job does */
};

G_DEFINE_FINAL_TYPE (SondeImportDialog, sonde_import_dialog, ADW_TYPE_DIALOG)

static const char *
get_format_name (SondeImportFormat format)
{
  switch (format) {
  case SONDE_IMPORT_SONDE:
    return "Sonde";
  case SONDE_IMPORT_DEEPSEEK:
    return "DeepSeek";
  case SONDE_IMPORT_CHATGPT:
    return "ChatGPT";
  case SONDE_IMPORT_CHERRY_STUDIO:
    return "Cherry Studio";
  case SONDE_IMPORT_CHATBOX:
    return "Chatbox";
  case SONDE_IMPORT_UNKNOWN:
    break;
  }

  return _ ("Unknown");
}

static const char *
get_reason (SondeImportSkipReason reason)
{
  switch (reason) {
  case SONDE_IMPORT_SKIP_UNKNOWN:
    return _ ("Not understood");
  case SONDE_IMPORT_SKIP_EMPTY:
    return _ ("Nothing was said in it");
  case SONDE_IMPORT_SKIP_DUPLICATE:
    return _ ("Twice in the file");
  case SONDE_IMPORT_SKIP_TOO_LARGE:
    return _ ("Too large");
  case SONDE_IMPORT_SKIP_TOO_DEEP:
    return _ ("Nested too deep");
  case SONDE_IMPORT_SKIP_DAMAGED:
    return _ ("Damaged");
  case SONDE_IMPORT_SKIP_CIRCULAR:
    return _ ("Its messages lead round in a circle");
  }

  return "";
}

static char *
describe_error (const GError *error)
{
  if (error->domain != SONDE_TRANSFER_ERROR)
    return g_strdup (error->message);

  switch ((SondeTransferError) error->code) {
  case SONDE_TRANSFER_ERROR_UNKNOWN_FORMAT:
    return g_strdup (_ ("The file holds no conversations that Sonde understands."));
  case SONDE_TRANSFER_ERROR_DAMAGED:
    return g_strdup (_ ("The file is damaged, or it ends too early."));
  case SONDE_TRANSFER_ERROR_TOO_LARGE:
    return g_strdup (_ ("The archive unpacks to far more than it seems to hold."));
  case SONDE_TRANSFER_ERROR_NEWER:
    return g_strdup (_ ("A newer version of Sonde wrote the file. Please update Sonde."));
  case SONDE_TRANSFER_ERROR_ENCRYPTED:
    return g_strdup (_ ("The archive needs a password. Please unpack it first."));
  case SONDE_TRANSFER_ERROR_UNSUPPORTED:
    return g_strdup (_ ("The backup is a copy of Cherry Studio’s database folders, which cannot be "
                        "read. Please export the conversations there."));
  }

  return g_strdup (error->message);
}

/* --- the report ---------------------------------------------------------------- */

static AdwPreferencesGroup *
add_group (SondeImportDialog *self, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (self->report, group);

  return ADW_PREFERENCES_GROUP (group);
}

static void
add_row (AdwPreferencesGroup *group, const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (group, row);
}

static void
add_number (AdwPreferencesGroup *group, const char *title, guint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  add_row (group, title, text);
}

static void
add_dates (AdwPreferencesGroup *group, const SondeImportReport *report)
{
  g_autoptr (GDateTime) first = g_date_time_new_from_unix_local (report->earliest / G_USEC_PER_SEC);
  g_autoptr (GDateTime) last = g_date_time_new_from_unix_local (report->latest / G_USEC_PER_SEC);
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  g_autofree char *text = NULL;

  if (report->earliest == 0 || first == NULL || last == NULL)
    return;

  from = g_date_time_format (first, "%x");
  until = g_date_time_format (last, "%x");
  /* Translators: between two dates */
  text = g_strdup_printf (_ ("%s – %s"), from, until);
  add_row (group, _ ("Dates"), g_str_equal (from, until) ? from : text);
}

static void
add_skips (SondeImportDialog *self, const SondeImportReport *report)
{
  AdwPreferencesGroup *group;

  if (report->n_skipped == 0)
    return;

  group = add_group (self, _ ("Left Out"), NULL);
  for (int reason = 0; reason < SONDE_IMPORT_N_SKIP_REASONS; reason++) {
    GString *titles;

    if (report->n_skipped_for[reason] == 0)
      continue;

    titles = g_string_new (NULL);
    g_string_append_printf (titles, "%" G_GUINT64_FORMAT, report->n_skipped_for[reason]);
    for (guint i = 0; i < report->skips->len; i++) {
      const SondeImportSkip *skip = g_ptr_array_index (report->skips, i);

      if ((int) skip->reason == reason && skip->title != NULL) {
        g_string_append_c (titles, '\n');
        /* Translators: a title in quotes */
        g_string_append_printf (titles, _ ("“%s”"), skip->title);
      }
    }
    add_row (group, get_reason ((SondeImportSkipReason) reason), titles->str);
    g_string_free (titles, TRUE);
  }
}

static void
show_report (SondeImportDialog *self, gboolean imported)
{
  const SondeImportReport *report = sonde_transfer_job_get_report (self->job);
  guint64 n_duplicates = sonde_transfer_job_get_n_duplicates (self->job);
  guint64 n_new = report->n_conversations - n_duplicates;
  AdwPreferencesGroup *group;
  g_autofree char *text = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->report))) != NULL)
    gtk_box_remove (self->report, child);

  if (imported)
    text = g_strdup_printf (
      ngettext ("%u conversation was imported.", "%u conversations were imported.", (guint) n_new),
      (guint) n_new);
  else if (n_new == 0)
    text = g_strdup (_ ("There is nothing new in this file."));
  else
    text = g_strdup_printf (ngettext ("%u conversation can be imported.",
                                      "%u conversations can be imported.", (guint) n_new),
                            (guint) n_new);
  group = add_group (self, NULL, text);
  /* Translators: the program that the conversations come from */
  add_row (group, C_ ("import", "From"), get_format_name (report->format));
  add_number (group, _ ("Conversations"), report->n_conversations);
  add_number (group, _ ("Messages"), report->n_messages);
  add_dates (group, report);
  if (n_duplicates > 0)
    add_number (group, _ ("Here Already"), n_duplicates);
  if (report->n_omitted > 0)
    add_number (group, _ ("Parts Without a Place in Sonde"), report->n_omitted);
  add_skips (self, report);

  gtk_widget_set_visible (self->import_button, !imported && n_new > 0);
  gtk_widget_set_visible (self->cancel_button, !imported && n_new > 0);
  gtk_widget_set_visible (self->close_button, imported || n_new == 0);
  gtk_stack_set_visible_child_name (self->stack, "report");
  gtk_widget_grab_focus (imported || n_new == 0 ? self->close_button : self->import_button);
}

static void
show_failure (SondeImportDialog *self, const GError *error)
{
  g_autofree char *text = describe_error (error);
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_status_page_set_description (self->failed_page, markup);
  gtk_widget_set_visible (self->import_button, FALSE);
  gtk_widget_set_visible (self->cancel_button, FALSE);
  gtk_widget_set_visible (self->close_button, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
show_progress (SondeImportDialog *self, const char *text)
{
  gtk_label_set_label (self->progress_label, text);
  gtk_widget_set_visible (self->import_button, FALSE);
  gtk_widget_set_visible (self->cancel_button, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "progress");
}

/* --- callbacks ----------------------------------------------------------------- */

static void
ended (SondeImportDialog *self, gboolean done, gboolean imported, const GError *error)
{
  g_clear_object (&self->cancellable);
  if (self->stack == NULL)
    return;

  if (done)
    show_report (self, imported);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adw_dialog_force_close (ADW_DIALOG (self));
  else
    show_failure (self, error);
}

static void
preview_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = sonde_transfer_job_preview_finish (SONDE_TRANSFER_JOB (source), result, &error);

  ended (self, done, FALSE, error);
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = sonde_transfer_job_run_finish (SONDE_TRANSFER_JOB (source), result, &error);

  ended (self, done, TRUE, error);
}

static void
closed_cb (SondeImportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/* --- actions ------------------------------------------------------------------- */

static void
start_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SondeImportDialog *self = SONDE_IMPORT_DIALOG (widget);

  if (self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  show_progress (self, _ ("Importing…"));
  sonde_transfer_job_run_async (self->job, self->cancellable, run_cb, g_object_ref (self));
}

static void
cancel_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SondeImportDialog *self = SONDE_IMPORT_DIALOG (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

/* --- object -------------------------------------------------------------------- */

static void
sonde_import_dialog_dispose (GObject *object)
{
  SondeImportDialog *self = SONDE_IMPORT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_IMPORT_DIALOG);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (sonde_import_dialog_parent_class)->dispose (object);
}

static void
sonde_import_dialog_class_init (SondeImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_import_dialog_dispose;

  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "import.start", NULL, start_action);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/transfer/sonde-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SondeImportDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, SondeImportDialog, failed_page);
  gtk_widget_class_bind_template_child (widget_class, SondeImportDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, SondeImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, SondeImportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, SondeImportDialog, progress_label);
  gtk_widget_class_bind_template_child (widget_class, SondeImportDialog, report);
  gtk_widget_class_bind_template_child (widget_class, SondeImportDialog, stack);
}

static void
sonde_import_dialog_init (SondeImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
}

/**
 * sonde_import_dialog_new:
 * @library: a library
 * @file: the file to import
 *
 * Returns: (transfer floating): a dialog that is not shown yet, and reads the file
 */
SondeImportDialog *
sonde_import_dialog_new (SondeLibrary *library, GFile *file)
{
  SondeImportDialog *self;
  g_autofree char *name = NULL;

  g_return_val_if_fail (SONDE_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (SONDE_TYPE_IMPORT_DIALOG, NULL);
  name =
    g_filename_display_basename (g_file_peek_path (file) != NULL ? g_file_peek_path (file) : "");
  adw_window_title_set_subtitle (self->heading, name);

  self->job = sonde_transfer_job_new_import (library, file);
  g_object_bind_property (self->job, "fraction", self->progress, "fraction", G_BINDING_SYNC_CREATE);
  self->cancellable = g_cancellable_new ();
  sonde_transfer_job_preview_async (self->job, self->cancellable, preview_cb, g_object_ref (self));

  return self;
}
