/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The pages of the preferences that are a few rows: how conversations look, and where and
 * whether they are kept. */

#include "sonde-storage-page.h"

#include <glib/gi18n.h>

static AdwPreferencesPage *
new_page (const char *name, const char *title, const char *icon_name)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());

  adw_preferences_page_set_name (page, name);
  adw_preferences_page_set_title (page, title);
  adw_preferences_page_set_use_underline (page, TRUE);
  adw_preferences_page_set_icon_name (page, icon_name);

  return page;
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  if (title != NULL)
    adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (page, group);

  return group;
}

static gboolean
zoom_to_percent (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_double (to, g_value_get_double (from) * 100);

  return TRUE;
}

static gboolean
percent_to_zoom (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_double (to, g_value_get_double (from) / 100);

  return TRUE;
}

/**
 * sonde_appearance_page_new:
 * @context: the services, with settings
 *
 * Returns: (transfer floating): the page of how conversations look
 */
GtkWidget *
sonde_appearance_page_new (SondeChatContext *context)
{
  AdwPreferencesPage *page =
    new_page ("appearance", _ ("A_ppearance"), "preferences-desktop-appearance-symbolic");
  AdwPreferencesGroup *group =
    add_group (page, NULL, _ ("Colours, dark style, fonts and contrast are those of the desktop"));
  GtkWidget *zoom = adw_spin_row_new_with_range (50, 300, 10);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (zoom), _ ("_Size of the Text, in Per Cent"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (zoom), TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (zoom),
                               _ ("Of conversations, beside the size that the desktop sets"));
  g_object_bind_property_full (sonde_chat_context_get_settings (context), "zoom", zoom, "value",
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, zoom_to_percent,
                               percent_to_zoom, NULL, NULL);
  adw_preferences_group_add (group, zoom);

  return GTK_WIDGET (page);
}

static void
add_action (AdwPreferencesGroup *group, const char *title, const char *action)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  adw_preferences_group_add (group, row);
}

/**
 * sonde_storage_page_new:
 * @context: the services
 *
 * Returns: (transfer floating): the page of where conversations are kept
 */
GtkWidget *
sonde_storage_page_new (SondeChatContext *context)
{
  AdwPreferencesPage *page = new_page ("storage", _ ("_Storage"), "drive-harddisk-symbolic");
  AdwPreferencesGroup *group =
    add_group (page, NULL, _ ("Conversations are kept on this computer alone"));
  GtkWidget *size = adw_action_row_new ();
  gint64 bytes = sonde_chat_context_get_data_size (context);
  g_autofree char *text = g_format_size ((guint64) MAX (0, bytes));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (size), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (size), _ ("Size"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (size), text);
  adw_preferences_group_add (group, size);
  add_action (group, _ ("_Import…"), "win.import");
  add_action (group, _ ("E_xport All…"), "win.export-all");
  group =
    add_group (page, _ ("Backups"), _ ("A backup is made each day in which something was said"));
  add_action (group, _ ("_Restore Backup…"), "win.restore-backup");
  group =
    add_group (page, _ ("Privacy"),
               _ ("Questions go to the service that answers them and nowhere else. API keys are "
                  "in the system’s keyring. A temporary conversation is never stored."));
  add_action (group, _ ("New _Temporary Conversation"), "win.new-temporary");

  return GTK_WIDGET (page);
}
