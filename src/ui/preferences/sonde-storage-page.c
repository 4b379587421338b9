/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The pages of the preferences of where conversations are kept, and what leaves the computer. */

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

static GtkWidget *
add_action (AdwPreferencesGroup *group, const char *title, const char *action)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  adw_preferences_group_add (group, row);

  return row;
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
  group = add_group (page, _ ("Backups"),
                     _ ("A backup is made each day in which something was said, and the newest "
                        "seven are kept"));
  add_action (group, _ ("_Restore Backup…"), "win.restore-backup");
  group = add_group (page, NULL, NULL);
  gtk_widget_add_css_class (add_action (group, _ ("_Delete All Conversations…"), "win.delete-all"),
                            "destructive-action");

  return GTK_WIDGET (page);
}

static void
add_fact (AdwPreferencesGroup *group, const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_preferences_group_add (group, row);
}

/**
 * sonde_privacy_page_new:
 *
 * Returns: (transfer floating): the page of what leaves the computer, and what stays
 */
GtkWidget *
sonde_privacy_page_new (void)
{
  AdwPreferencesPage *page =
    new_page ("privacy", _ ("Pri_vacy"), "preferences-system-privacy-symbolic");
  AdwPreferencesGroup *group = add_group (page, _ ("What Leaves This Computer"), NULL);

  add_fact (group, _ ("Questions"),
            _ ("Each goes to the service that you chose, with the conversation before it, the "
               "system prompt and the text of the files attached. Titles, summaries, the list of "
               "models and the balance are asked of the same service."));
  add_fact (group, _ ("Links and Images"),
            _ ("Nothing in an answer is loaded from the network. A link opens in the browser, "
               "when you choose it."));
  add_fact (group, _ ("Nothing Else"), _ ("Sonde has no statistics and no account of its own."));

  group = add_group (page, _ ("What Is Kept on It"), NULL);
  add_fact (group, _ ("Conversations"),
            _ ("In one file of your home folder, with what they cost, and in backups of it. What "
               "is deleted for ever is taken out of the backups too."));
  add_fact (group, _ ("API Keys"), _ ("In the system’s keyring and nowhere else."));
  add_fact (group, _ ("Temporary Conversations"),
            _ ("Never stored. They are gone when Sonde is closed."));
  add_action (group, _ ("New _Temporary Conversation"), "win.new-temporary");

  return GTK_WIDGET (page);
}
