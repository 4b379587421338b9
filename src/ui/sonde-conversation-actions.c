/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-conversation-actions.h"

#include <glib/gi18n.h>

#include "sonde-export-dialog.h"
#include "sonde-name-dialog.h"

/* What actions are done with. */
typedef struct {
  GtkWidget *widget; /* weak; where dialogs and toasts belong */
  SondeLibrary *library;
  GPtrArray *conversations;
} Targets;

static Targets *
targets_new (GtkWidget *widget, SondeLibrary *library, GPtrArray *conversations)
{
  Targets *targets = g_new0 (Targets, 1);

  g_set_weak_pointer (&targets->widget, widget);
  g_set_object (&targets->library, library);
  targets->conversations = g_ptr_array_ref (conversations);

  return targets;
}

static void
targets_free (gpointer data)
{
  Targets *targets = data;

  g_clear_weak_pointer (&targets->widget);
  g_clear_object (&targets->library);
  g_ptr_array_unref (targets->conversations);
  g_free (targets);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Targets, targets_free)

/* What an action does may replace the actions, and free what they are done with. */
static Targets *
targets_copy (const Targets *targets)
{
  return targets_new (targets->widget, targets->library, targets->conversations);
}

static void
free_closure_targets (gpointer data, GClosure *closure)
{
  targets_free (data);
}

static SondeConversation *
get_first (GPtrArray *conversations)
{
  return g_ptr_array_index (conversations, 0);
}

static const char *
get_title (SondeConversation *conversation)
{
  const char *title = sonde_conversation_get_title (conversation);

  return title != NULL ? title : _ ("New Conversation");
}

/* Says what was done, with a button that takes it back. */
static void
offer_undo (GtkWidget *widget, const char *text, Targets *targets, GCallback undo_cb)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;

  if (overlay == NULL) {
    targets_free (targets);
    return;
  }

  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, 10);
  /* What was done last is taken back first. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_data (toast, "button-clicked", undo_cb, targets, free_closure_targets,
                         G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
move_all (GPtrArray *conversations, gint64 folder_id)
{
  for (guint i = 0; i < conversations->len; i++)
    sonde_conversation_set_folder_id (g_ptr_array_index (conversations, i), folder_id);
}

/* --- callbacks ----------------------------------------------------------------- */

static void
undo_trash_cb (Targets *targets)
{
  for (guint i = 0; i < targets->conversations->len; i++)
    sonde_library_restore (targets->library, g_ptr_array_index (targets->conversations, i));
}

static void
undo_archive_cb (Targets *targets)
{
  for (guint i = 0; i < targets->conversations->len; i++)
    sonde_conversation_set_archived (g_ptr_array_index (targets->conversations, i), FALSE);
}

static void
renamed_cb (const char *name, gpointer data)
{
  SondeConversation *conversation = data;

  sonde_conversation_set_title_manual (conversation, TRUE);
  sonde_conversation_set_title (conversation, name);
}

static void
new_folder_cb (const char *name, gpointer data)
{
  Targets *targets = data;
  SondeFolder *folder = sonde_library_create_folder (targets->library, name);

  move_all (targets->conversations, sonde_folder_get_id (folder));
}

static void
confirmed_cb (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  Targets *targets = data;

  if (!g_str_equal (response, "delete"))
    return;

  for (guint i = 0; i < targets->conversations->len; i++)
    sonde_library_delete_for_ever (targets->library, g_ptr_array_index (targets->conversations, i));
}

/* --- actions ------------------------------------------------------------------- */

static void
rename_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (Targets) targets = targets_copy (data);
  SondeConversation *conversation = get_first (targets->conversations);

  if (targets->widget != NULL)
    sonde_name_dialog_ask (targets->widget, _ ("Rename Conversation"), _ ("_Rename"),
                           sonde_conversation_get_title (conversation), renamed_cb,
                           g_object_ref (conversation), g_object_unref);
}

static void
pin_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (Targets) targets = targets_copy (data);
  gboolean pinned = g_str_equal (g_action_get_name (G_ACTION (action)), "pin");

  for (guint i = 0; i < targets->conversations->len; i++)
    sonde_conversation_set_pinned (g_ptr_array_index (targets->conversations, i), pinned);
}

static void
move_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (Targets) targets = targets_copy (data);

  move_all (targets->conversations, g_variant_get_int64 (parameter));
}

static void
move_to_new_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (Targets) targets = targets_copy (data);

  if (targets->widget != NULL)
    sonde_name_dialog_ask (targets->widget, _ ("New Folder"), _ ("_Create"), NULL, new_folder_cb,
                           targets_new (targets->widget, targets->library, targets->conversations),
                           targets_free);
}

static void
archive_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (Targets) targets = targets_copy (data);

  if (targets->widget != NULL)
    sonde_conversations_archive (targets->widget, targets->conversations);
}

static void
unarchive_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (Targets) targets = targets_copy (data);

  undo_archive_cb (targets);
}

static void
duplicate_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (Targets) targets = targets_copy (data);

  for (guint i = 0; i < targets->conversations->len; i++) {
    g_autoptr (SondeConversation) duplicate =
      sonde_library_duplicate (targets->library, g_ptr_array_index (targets->conversations, i));
  }
}

static void
export_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (Targets) targets = targets_copy (data);

  if (targets->widget != NULL)
    adw_dialog_present (
      ADW_DIALOG (sonde_export_dialog_new (targets->library, targets->conversations)),
      targets->widget);
}

static void
trash_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (Targets) targets = targets_copy (data);

  if (targets->widget != NULL)
    sonde_conversations_trash (targets->widget, targets->library, targets->conversations);
}

static void
restore_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (Targets) targets = targets_copy (data);

  undo_trash_cb (targets);
}

static void
delete_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (Targets) targets = targets_copy (data);

  if (targets->widget != NULL)
    sonde_conversations_delete_for_ever (targets->widget, targets->library, targets->conversations);
}

/* --- menus --------------------------------------------------------------------- */

static void
add_section (GMenu *menu, GMenu *section)
{
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenuModel *
make_trash_menu (gboolean in_list)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("_Restore"), "conversation.restore");
  if (in_list)
    g_menu_append (menu, _ ("_Select"), "conversation.select");
  g_menu_append (menu, _ ("_Delete for Ever…"), "conversation.delete-for-ever");

  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/* --- public -------------------------------------------------------------------- */

/**
 * sonde_conversation_actions_new:
 * @widget: where the dialogs and toasts of the actions belong
 * @library: the library that has @conversations
 * @conversations: (element-type SondeConversation): what they are done with, at least one
 *
 * Returns: (transfer full): the actions of [func@conversation_menu_new]; "select" is
 *   left to the list
 */
GSimpleActionGroup *
sonde_conversation_actions_new (GtkWidget *widget, SondeLibrary *library, GPtrArray *conversations)
{
  static const GActionEntry entries[] = {
    { .name = "rename", .activate = rename_action },
    { .name = "pin", .activate = pin_action },
    { .name = "unpin", .activate = pin_action },
    { .name = "move-to", .activate = move_action, .parameter_type = "x" },
    { .name = "move-to-new", .activate = move_to_new_action },
    { .name = "archive", .activate = archive_action },
    { .name = "unarchive", .activate = unarchive_action },
    { .name = "duplicate", .activate = duplicate_action },
    { .name = "export", .activate = export_action },
    { .name = "trash", .activate = trash_action },
    { .name = "restore", .activate = restore_action },
    { .name = "delete-for-ever", .activate = delete_action },
  };
  GSimpleActionGroup *group = g_simple_action_group_new ();
  Targets *targets = targets_new (widget, library, conversations);

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), targets);
  g_object_set_data_full (G_OBJECT (group), "targets", targets, targets_free);

  return group;
}

/**
 * sonde_folder_choice_new:
 * @library: a library
 * @with_none: whether a conversation can be taken out of its folder
 *
 * Returns: (transfer full): a menu of the folders, for the actions of
 *   [func@conversation_actions_new]
 */
GMenuModel *
sonde_folder_choice_new (SondeLibrary *library, gboolean with_none)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) folders = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();
  GListModel *model = sonde_library_get_folders (library);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; i < n; i++) {
    g_autoptr (SondeFolder) folder = g_list_model_get_item (model, i);
    /* A line under a letter of a name is not the person's. */
    g_auto (GStrv) parts = g_strsplit (sonde_folder_get_name (folder), "_", -1);
    g_autofree char *label = g_strjoinv ("__", parts);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

    g_menu_item_set_action_and_target (item, "conversation.move-to", "x",
                                       sonde_folder_get_id (folder));
    g_menu_append_item (folders, item);
  }
  if (with_none) {
    g_autoptr (GMenuItem) item = g_menu_item_new (_ ("N_o Folder"), NULL);

    g_menu_item_set_action_and_target (item, "conversation.move-to", "x", (gint64) 0);
    g_menu_append_item (rest, item);
  }
  g_menu_append (rest, _ ("New _Folder…"), "conversation.move-to-new");
  add_section (menu, folders);
  add_section (menu, rest);

  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/**
 * sonde_conversation_menu_new:
 * @library: a library
 * @conversations: (element-type SondeConversation): what is to be done with, at least one
 * @in_list: whether the menu is the list's, where several can be selected
 *
 * Returns: (transfer full): what can be done with them as they are now
 */
GMenuModel *
sonde_conversation_menu_new (SondeLibrary *library, GPtrArray *conversations, gboolean in_list)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) place = g_menu_new ();
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();
  g_autoptr (GMenuModel) folders = NULL;
  SondeConversation *first = get_first (conversations);

  if (sonde_conversation_get_trashed_at (first) != 0)
    return make_trash_menu (in_list);

  if (conversations->len == 1)
    /* In the list the title changes in place; elsewhere a dialog asks for it. */
    g_menu_append (place, in_list ? _ ("_Rename") : _ ("_Rename…"), "conversation.rename");
  if (sonde_conversation_get_pinned (first))
    g_menu_append (place, _ ("Un_pin"), "conversation.unpin");
  else
    g_menu_append (place, _ ("_Pin"), "conversation.pin");
  folders = sonde_folder_choice_new (library, sonde_conversation_get_folder_id (first) != 0);
  g_menu_append_submenu (place, _ ("_Move to Folder"), folders);
  if (sonde_conversation_get_archived (first))
    g_menu_append (place, _ ("Un_archive"), "conversation.unarchive");
  else
    g_menu_append (place, _ ("_Archive"), "conversation.archive");

  g_menu_append (copy, _ ("D_uplicate"), "conversation.duplicate");
  g_menu_append (copy, _ ("_Export…"), "conversation.export");
  if (in_list)
    g_menu_append (copy, _ ("_Select"), "conversation.select");
  else
    g_menu_append (copy, _ ("Pr_int…"), "win.print");

  g_menu_append (end, _ ("_Delete"), "conversation.trash");

  add_section (menu, place);
  add_section (menu, copy);
  add_section (menu, end);

  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/**
 * sonde_conversations_trash:
 * @widget: a widget of the window
 * @library: the library that has @conversations
 * @conversations: (element-type SondeConversation): what is to go to the trash
 *
 * Moves them to the trash, and offers to take that back.
 */
void
sonde_conversations_trash (GtkWidget *widget, SondeLibrary *library, GPtrArray *conversations)
{
  g_autofree char *text = NULL;

  if (conversations->len == 0)
    return;

  if (conversations->len == 1)
    /* Translators: %s is the title of a conversation */
    text = g_strdup_printf (_ ("“%s” moved to the trash"), get_title (get_first (conversations)));
  else
    text = g_strdup_printf (ngettext ("%u conversation moved to the trash",
                                      "%u conversations moved to the trash", conversations->len),
                            conversations->len);

  for (guint i = 0; i < conversations->len; i++)
    sonde_library_trash (library, g_ptr_array_index (conversations, i));
  offer_undo (widget, text, targets_new (widget, library, conversations),
              G_CALLBACK (undo_trash_cb));
}

/**
 * sonde_conversations_archive:
 * @widget: a widget of the window
 * @conversations: (element-type SondeConversation): what is to be put away
 *
 * Archives them, and offers to take that back.
 */
void
sonde_conversations_archive (GtkWidget *widget, GPtrArray *conversations)
{
  g_autofree char *text = NULL;

  if (conversations->len == 0)
    return;

  if (conversations->len == 1)
    /* Translators: %s is the title of a conversation */
    text = g_strdup_printf (_ ("“%s” archived"), get_title (get_first (conversations)));
  else
    text = g_strdup_printf (
      ngettext ("%u conversation archived", "%u conversations archived", conversations->len),
      conversations->len);

  for (guint i = 0; i < conversations->len; i++)
    sonde_conversation_set_archived (g_ptr_array_index (conversations, i), TRUE);
  offer_undo (widget, text, targets_new (widget, NULL, conversations),
              G_CALLBACK (undo_archive_cb));
}

/**
 * sonde_conversations_delete_for_ever:
 * @widget: a widget of the window
 * @library: the library that has @conversations
 * @conversations: (element-type SondeConversation): what is to be deleted
 *
 * Asks whether to, and then deletes them.
 */
void
sonde_conversations_delete_for_ever (GtkWidget *widget,
                                     SondeLibrary *library,
                                     GPtrArray *conversations)
{
  AdwAlertDialog *dialog;

  if (conversations->len == 0)
    return;

  /* The heading is short: libadwaita 1.7 measures one of two lines wrongly, and warns. */
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Delete for Ever?"), NULL));
  if (conversations->len == 1)
    /* Translators: %s is the title of a conversation */
    adw_alert_dialog_format_body (dialog, _ ("“%s” cannot be brought back."),
                                  get_title (get_first (conversations)));
  else
    adw_alert_dialog_format_body (dialog,
                                  ngettext ("%u conversation cannot be brought back.",
                                            "%u conversations cannot be brought back.",
                                            conversations->len),
                                  conversations->len);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "delete", _ ("_Delete for Ever"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (confirmed_cb),
                         targets_new (widget, library, conversations), free_closure_targets,
                         G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
delete_all_cb (GtkWidget *widget, const char *response, AdwAlertDialog *dialog)
{
  if (!g_str_equal (response, "delete"))
    return;

  gtk_widget_activate_action (widget, "win.new-conversation", NULL);
  sonde_library_delete_all (g_object_get_data (G_OBJECT (dialog), "library"));
}

/**
 * sonde_conversations_delete_all:
 * @widget: a widget of the window
 * @library: the library
 *
 * Asks whether to delete all that @library has, and then does: the archive, the trash and the
 * folders too.
 */
void
sonde_conversations_delete_all (GtkWidget *widget, SondeLibrary *library)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
    _ ("Delete for Ever?"),
    _ ("All conversations are deleted, with the archive, the trash and the folders, and are taken "
       "out of the backups. They cannot be brought back.")));

  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "delete", _ ("_Delete for Ever"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "library", g_object_ref (library), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_all_cb), widget,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}
