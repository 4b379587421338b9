/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-export-dialog.h"

#include <glib/gi18n.h>

/**
 * SondeExportDialog:
 *
 * Asks how conversations are to be exported and where to, does it, and says how far it is.
 */
struct _SondeExportDialog {
  AdwDialog parent_instance;

  AdwSwitchRow *branches_row;
  AdwComboRow *format_row;
  AdwWindowTitle *heading;
  GtkLabel *problem;
  GtkProgressBar *progress;
  AdwSwitchRow *reasoning_row;
  GtkWidget *export_button;
  AdwComboRow *shape_row;
  GtkStack *stack;

  SondeLibrary *library;
  GPtrArray *conversations;
  GCancellable *cancellable; /* of the job */
  GFile *file;
};

G_DEFINE_FINAL_TYPE (SondeExportDialog, sonde_export_dialog, ADW_TYPE_DIALOG)

/* --- closures of the template -------------------------------------------------- */

static char *
get_format_description (gpointer self, guint selected)
{
  switch ((SondeExportFormat) selected) {
  case SONDE_EXPORT_MARKDOWN:
    return g_strdup (_ ("For notes and other editors"));
  case SONDE_EXPORT_JSON:
    return g_strdup (_ ("Everything, to be imported again"));
  case SONDE_EXPORT_HTML:
    return g_strdup (_ ("A page for any browser"));
  case SONDE_EXPORT_TEXT:
    return g_strdup (_ ("Names and words, nothing else"));
  }

  return g_strdup ("");
}

/* JSON has always everything. */
static gboolean
get_has_choice (gpointer self, guint selected)
{
  return selected != SONDE_EXPORT_JSON;
}

/* --- helpers ------------------------------------------------------------------- */

static SondeExportFormat
get_format (SondeExportDialog *self)
{
  return (SondeExportFormat) adw_combo_row_get_selected (self->format_row);
}

static SondeExportShape
get_shape (SondeExportDialog *self)
{
  /* One conversation is one file. */
  return self->conversations->len > 1
           ? (SondeExportShape) adw_combo_row_get_selected (self->shape_row)
           : SONDE_EXPORT_SHAPE_FILE;
}

static SondeExportFlags
get_flags (SondeExportDialog *self)
{
  SondeExportFlags flags = 0;

  if (adw_switch_row_get_active (self->reasoning_row))
    flags |= SONDE_EXPORT_REASONING;
  if (adw_switch_row_get_active (self->branches_row))
    flags |= SONDE_EXPORT_ALL_BRANCHES;

  return flags;
}

static char *
dup_file_name (SondeExportDialog *self)
{
  const char *suffix = get_shape (self) == SONDE_EXPORT_SHAPE_ZIP
                         ? ".zip"
                         : sonde_export_format_get_suffix (get_format (self));
  const char *title = NULL;

  if (self->conversations->len == 1)
    title = sonde_conversation_get_title (g_ptr_array_index (self->conversations, 0));

  return sonde_export_dup_file_name (title != NULL ? title : _ ("Sonde Conversations"), suffix);
}

static void
show_problem (SondeExportDialog *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  gtk_stack_set_visible_child_name (self->stack, "options");
  gtk_widget_set_visible (self->export_button, TRUE);
}

static void
toast_done (SondeExportDialog *self)
{
  g_autofree char *name = g_file_get_basename (self->file);
  /* Translators: %s is the name of a file */
  g_autofree char *text = g_strdup_printf (_ ("Exported as “%s”"), name);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

/* --- callbacks ----------------------------------------------------------------- */

static void
run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = sonde_transfer_job_run_finish (SONDE_TRANSFER_JOB (source), result, &error);

  g_clear_object (&self->cancellable);
  if (self->stack == NULL)
    return;

  if (done) {
    toast_done (self);
    adw_dialog_force_close (ADW_DIALOG (self));
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    show_problem (self, NULL);
  } else {
    /* Translators: %s is what the system says */
    g_autofree char *text = g_strdup_printf (_ ("Nothing was exported: %s"), error->message);

    show_problem (self, text);
  }
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeExportDialog) self = user_data;
  g_autoptr (GFile) file =
    get_shape (self) == SONDE_EXPORT_SHAPE_FOLDER
      ? gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL)
      : gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && self->stack != NULL)
    sonde_export_dialog_export_to (self, file);
}

static void
closed_cb (SondeExportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/* --- actions ------------------------------------------------------------------- */

static void
choose_file_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SondeExportDialog *self = SONDE_EXPORT_DIALOG (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = dup_file_name (self);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget));

  gtk_file_dialog_set_accept_label (dialog, _ ("_Export"));
  if (get_shape (self) == SONDE_EXPORT_SHAPE_FOLDER) {
    gtk_file_dialog_set_title (dialog, _ ("Export Into a Folder"));
    gtk_file_dialog_select_folder (dialog, window, NULL, file_chosen_cb, g_object_ref (self));
    return;
  }

  gtk_file_dialog_set_title (dialog, _ ("Export"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, window, NULL, file_chosen_cb, g_object_ref (self));
}

/* While it is exported, Cancel ends that and not the dialog. */
static void
cancel_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SondeExportDialog *self = SONDE_EXPORT_DIALOG (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

/* --- object -------------------------------------------------------------------- */

static void
sonde_export_dialog_dispose (GObject *object)
{
  SondeExportDialog *self = SONDE_EXPORT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_EXPORT_DIALOG);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_object (&self->library);
  g_clear_pointer (&self->conversations, g_ptr_array_unref);

  G_OBJECT_CLASS (sonde_export_dialog_parent_class)->dispose (object);
}

static void
sonde_export_dialog_class_init (SondeExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_export_dialog_dispose;

  gtk_widget_class_install_action (widget_class, "export.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "export.choose-file", NULL, choose_file_action);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/transfer/sonde-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeExportDialog, branches_row);
  gtk_widget_class_bind_template_child (widget_class, SondeExportDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, SondeExportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, SondeExportDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, SondeExportDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, SondeExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, SondeExportDialog, reasoning_row);
  gtk_widget_class_bind_template_child (widget_class, SondeExportDialog, shape_row);
  gtk_widget_class_bind_template_child (widget_class, SondeExportDialog, stack);
  gtk_widget_class_bind_template_callback (widget_class, get_format_description);
  gtk_widget_class_bind_template_callback (widget_class, get_has_choice);
}

static void
sonde_export_dialog_init (SondeExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
}

/**
 * sonde_export_dialog_new:
 * @library: a library
 * @conversations: (element-type SondeConversation): what of it to export
 *
 * Returns: (transfer floating): a dialog that is not shown yet
 */
SondeExportDialog *
sonde_export_dialog_new (SondeLibrary *library, GPtrArray *conversations)
{
  SondeExportDialog *self;
  g_autofree char *subtitle = NULL;

  g_return_val_if_fail (SONDE_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (conversations != NULL, NULL);

  self = g_object_new (SONDE_TYPE_EXPORT_DIALOG, NULL);
  self->library = g_object_ref (library);
  self->conversations = g_ptr_array_ref (conversations);

  if (conversations->len == 1)
    subtitle = g_strdup (sonde_conversation_get_title (g_ptr_array_index (conversations, 0)));
  else
    subtitle = g_strdup_printf (
      ngettext ("%u Conversation", "%u Conversations", conversations->len), conversations->len);
  adw_window_title_set_subtitle (self->heading, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->shape_row), conversations->len > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.choose-file", conversations->len > 0);

  return self;
}

/**
 * sonde_export_dialog_export_to:
 * @self: a dialog
 * @file: the file, folder or zip to write
 *
 * Exports as the dialog says, and closes it.
 */
void
sonde_export_dialog_export_to (SondeExportDialog *self, GFile *file)
{
  const SondeExportLabels labels = {
    .you = _ ("You"),
    .assistant = _ ("Assistant"),
    .system = _ ("System"),
    .tool = _ ("Tool"),
    .reasoning = _ ("Reasoning"),
    .summary = _ ("Summary of the messages above"),
    .untitled = _ ("Untitled"),
  };
  const SondeExportOptions options = {
    .format = get_format (self),
    .flags = get_flags (self),
    .shape = get_shape (self),
    .labels = &labels,
  };
  g_autoptr (SondeTransferJob) job = NULL;

  g_return_if_fail (SONDE_IS_EXPORT_DIALOG (self));
  g_return_if_fail (self->cancellable == NULL);

  g_set_object (&self->file, file);
  self->cancellable = g_cancellable_new ();
  job = sonde_transfer_job_new_export (self->library, self->conversations, file, &options);
  g_object_bind_property (job, "fraction", self->progress, "fraction", G_BINDING_SYNC_CREATE);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  gtk_widget_set_visible (self->export_button, FALSE);
  sonde_transfer_job_run_async (job, self->cancellable, run_cb, g_object_ref (self));
}
