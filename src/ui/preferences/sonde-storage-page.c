/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The pages of the preferences that are a few rows: how conversations look, where they are
 * kept, and what leaves the computer. */

#include "sonde-storage-page.h"

#include <glib/gi18n.h>

#include "sonde-code-scheme.h"

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

static gboolean
id_to_selected (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  GStrv ids = user_data;

  g_value_set_uint (to, 0);
  for (guint i = 0; ids[i] != NULL; i++)
    if (g_strcmp0 (g_value_get_string (from), ids[i]) == 0)
      g_value_set_uint (to, i);

  return TRUE;
}

static gboolean
selected_to_id (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  GStrv ids = user_data;
  guint selected = g_value_get_uint (from);

  if (selected >= g_strv_length (ids))
    return FALSE;

  g_value_set_string (to, ids[selected]);
  return TRUE;
}

/* A row that chooses one of the strings of a setting: @ids in the order of the row's list. */
static GtkWidget *
add_choice (AdwPreferencesGroup *group,
            const char *title,
            const char *const *ids,
            const char *const *names,
            SondeSettings *settings,
            const char *setting)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_object_bind_property_full (
    settings, setting, row, "selected", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL,
    id_to_selected, selected_to_id, g_strdupv ((GStrv) ids), (GDestroyNotify) g_strfreev);
  adw_preferences_group_add (group, row);

  return row;
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
  static const char *const densities[] = { "comfortable", "compact", NULL };
  const char *const density_names[] = { C_ ("density", "Comfortable"), C_ ("density", "Compact"),
                                        NULL };
  g_auto (GStrv) schemes = NULL;
  g_auto (GStrv) scheme_names = NULL;
  GtkWidget *density, *scheme;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (zoom), _ ("Size of the _Text, in Per Cent"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (zoom), TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (zoom),
                               _ ("Of conversations, beside the size that the desktop sets"));
  g_object_bind_property_full (sonde_chat_context_get_settings (context), "zoom", zoom, "value",
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, zoom_to_percent,
                               percent_to_zoom, NULL, NULL);
  adw_preferences_group_add (group, zoom);

  group = add_group (page, NULL, NULL);
  density = add_choice (group, _ ("_Density"), densities, density_names,
                        sonde_chat_context_get_settings (context), "density");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (density),
                               _ ("How much room there is between messages and in the list"));
  sonde_code_scheme_list (&schemes, &scheme_names);
  scheme = add_choice (group, _ ("Colours of C_ode"), (const char *const *) schemes,
                       (const char *const *) scheme_names,
                       sonde_chat_context_get_settings (context), "code-scheme");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (scheme),
                               _ ("Each has a light and a dark variant, and follows the desktop"));

  return GTK_WIDGET (page);
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
