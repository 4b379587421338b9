/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-folder-actions.h"

#include <glib/gi18n.h>

#include "sonde-name-dialog.h"

/* A folder on its way through a dialog. */
typedef struct {
  GtkWidget *widget; /* weak */
  SondeLibrary *library;
  SondeFolder *folder;
} Target;

static Target *
target_new (GtkWidget *widget, SondeLibrary *library, SondeFolder *folder)
{
  Target *target = g_new0 (Target, 1);

  g_set_weak_pointer (&target->widget, widget);
  g_set_object (&target->library, library);
  g_set_object (&target->folder, folder);

  return target;
}

static void
target_free (gpointer data)
{
  Target *target = data;

  g_clear_weak_pointer (&target->widget);
  g_clear_object (&target->library);
  g_clear_object (&target->folder);
  g_free (target);
}

static void
free_closure_target (gpointer data, GClosure *closure)
{
  target_free (data);
}

static void
create_cb (const char *name, gpointer data)
{
  sonde_library_create_folder (data, name);
}

static void
rename_cb (const char *name, gpointer data)
{
  Target *target = data;

  sonde_library_rename_folder (target->library, target->folder, name);
}

static void
delete_cb (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  Target *target = data;

  if (g_str_equal (response, "delete"))
    sonde_library_delete_folder (target->library, target->folder);
}

static void
rename_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;

  if (target->widget != NULL)
    sonde_folder_rename (target->widget, target->library, target->folder);
}

static void
delete_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;

  if (target->widget != NULL)
    sonde_folder_delete (target->widget, target->library, target->folder);
}

/**
 * sonde_folder_actions_new:
 * @widget: where the dialogs of the actions belong
 * @library: the library that has @folder
 * @folder: a folder
 *
 * Returns: (transfer full): the actions of [func@folder_menu_new]
 */
GSimpleActionGroup *
sonde_folder_actions_new (GtkWidget *widget, SondeLibrary *library, SondeFolder *folder)
{
  static const GActionEntry entries[] = {
    { .name = "rename", .activate = rename_action },
    { .name = "delete", .activate = delete_action },
  };
  GSimpleActionGroup *group = g_simple_action_group_new ();
  Target *target = target_new (widget, library, folder);

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), target);
  g_object_set_data_full (G_OBJECT (group), "target", target, target_free);

  return group;
}

/**
 * sonde_folder_menu_new:
 *
 * Returns: (transfer full): what can be done with a folder
 */
GMenuModel *
sonde_folder_menu_new (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("_Rename…"), "folder.rename");
  g_menu_append (menu, _ ("_Delete Folder…"), "folder.delete");

  return G_MENU_MODEL (menu);
}

/**
 * sonde_folder_create:
 * @widget: a widget of the window
 * @library: a library
 *
 * Asks for the name of a new folder, and makes it.
 */
void
sonde_folder_create (GtkWidget *widget, SondeLibrary *library)
{
  sonde_name_dialog_ask (widget, _ ("New Folder"), _ ("_Create"), NULL, create_cb,
                         g_object_ref (library), g_object_unref);
}

/**
 * sonde_folder_rename:
 * @widget: a widget of the window
 * @library: the library that has @folder
 * @folder: a folder
 *
 * Asks for another name, and gives it.
 */
void
sonde_folder_rename (GtkWidget *widget, SondeLibrary *library, SondeFolder *folder)
{
  sonde_name_dialog_ask (widget, _ ("Rename Folder"), _ ("_Rename"), sonde_folder_get_name (folder),
                         rename_cb, target_new (widget, library, folder), target_free);
}

/**
 * sonde_folder_delete:
 * @widget: a widget of the window
 * @library: the library that has @folder
 * @folder: a folder
 *
 * Asks whether to delete it, and does. What is in it stays.
 */
void
sonde_folder_delete (GtkWidget *widget, SondeLibrary *library, SondeFolder *folder)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Delete Folder?"), NULL));

  /* Translators: %s is the name of a folder */
  adw_alert_dialog_format_body (dialog,
                                _ ("The conversations in “%s” stay and are listed by date."),
                                sonde_folder_get_name (folder));
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "delete", _ ("_Delete"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (delete_cb),
                         target_new (widget, library, folder), free_closure_target,
                         G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}
