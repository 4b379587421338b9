/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-list-actions.h"

#include <glib/gi18n.h>

#include "sonde-conversation-actions.h"
#include "sonde-export-dialog.h"
#include "sonde-import-dialog.h"
#include "sonde-window-private.h"

static SondeLibrary *
get_library (GtkWidget *widget)
{
  return sonde_window_get_library (SONDE_WINDOW (widget));
}

static void
new_temporary_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (SondeConversation) conversation =
    sonde_library_create_temporary (get_library (widget));

  sonde_window_set_conversation (SONDE_WINDOW (widget), conversation);
  gtk_widget_activate_action (widget, "win.focus-composer", NULL);
}

static void
show_view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_window_show_list (SONDE_WINDOW (widget), g_str_equal (name, "win.show-archive")
                                                   ? SONDE_LIST_VIEW_ARCHIVE
                                                   : SONDE_LIST_VIEW_TRASH);
}

static void
import_file (GtkWidget *widget, GFile *file)
{
  adw_dialog_present (ADW_DIALOG (sonde_import_dialog_new (get_library (widget), file)), widget);
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    import_file (widget, file);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  gtk_file_filter_set_name (filter, _ ("Exported Conversations"));
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_filter_add_suffix (filter, "zip");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, _ ("Import Conversations"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_WINDOW (widget), NULL, file_chosen_cb, g_object_ref (widget));
}

static void
import_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  import_file (widget, file);
}

static void
export_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GListModel *library = G_LIST_MODEL (get_library (widget));
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (library);

  for (guint i = 0; i < n; i++) {
    g_autoptr (SondeConversation) conversation = g_list_model_get_item (library, i);

    if (sonde_conversation_get_trashed_at (conversation) == 0)
      g_ptr_array_add (all, g_steal_pointer (&conversation));
  }

  adw_dialog_present (ADW_DIALOG (sonde_export_dialog_new (get_library (widget), all)), widget);
}

static void
delete_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_conversations_delete_all (widget, get_library (widget));
}

/**
 * sonde_list_actions_install:
 * @widget_class: the class of the window
 *
 * Installs the actions.
 */
void
sonde_list_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.delete-all", NULL, delete_all_action);
  gtk_widget_class_install_action (widget_class, "win.export-all", NULL, export_all_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.import-file", "s", import_file_action);
  gtk_widget_class_install_action (widget_class, "win.new-temporary", NULL, new_temporary_action);
  gtk_widget_class_install_action (widget_class, "win.show-archive", NULL, show_view_action);
  gtk_widget_class_install_action (widget_class, "win.show-trash", NULL, show_view_action);
}
