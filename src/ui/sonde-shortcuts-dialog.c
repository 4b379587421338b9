/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-shortcuts-dialog.h"

#include <glib/gi18n.h>

#include "sonde-shortcuts.h"

/**
 * SondeShortcutsDialog:
 *
 * Every action of the window with its keys.
 */
struct _SondeShortcutsDialog {
  AdwDialog parent_instance;
};

G_DEFINE_FINAL_TYPE (SondeShortcutsDialog, sonde_shortcuts_dialog, ADW_TYPE_DIALOG)

static char *
get_keys_label (const SondeShortcut *shortcut)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;

  for (gsize i = 0; shortcut->accelerators[i] != NULL; i++) {
    GdkModifierType modifiers;
    guint key;

    if (gtk_accelerator_parse (shortcut->accelerators[i], &key, &modifiers))
      g_strv_builder_take (builder, gtk_accelerator_get_label (key, modifiers));
  }
  labels = g_strv_builder_end (builder);

  /* Translators: between two keys that do the same */
  return g_strjoinv (_ (" or "), labels);
}

static void
sonde_shortcuts_dialog_class_init (SondeShortcutsDialogClass *klass)
{
}

static void
sonde_shortcuts_dialog_init (SondeShortcutsDialog *self)
{
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Keyboard Shortcuts"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 480);
  adw_dialog_set_content_height (ADW_DIALOG (self), 560);
}

/**
 * sonde_shortcuts_dialog_new:
 * @enter_sends: whether Enter sends the message
 *
 * Returns: (transfer floating): a dialog that is not shown yet
 */
SondeShortcutsDialog *
sonde_shortcuts_dialog_new (gboolean enter_sends)
{
  SondeShortcutsDialog *self = g_object_new (SONDE_TYPE_SHORTCUTS_DIALOG, NULL);
  const SondeShortcutWhen not_now =
    enter_sends ? SONDE_SHORTCUT_ENTER_BREAKS : SONDE_SHORTCUT_ENTER_SENDS;
  GtkWidget *view = adw_toolbar_view_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group = NULL;
  gsize n;
  const SondeShortcut *shortcuts = sonde_shortcuts_get (&n);

  for (gsize i = 0; i < n; i++) {
    g_autofree char *keys = NULL;
    GtkWidget *row, *label;

    if (shortcuts[i].when == not_now)
      continue;

    if (shortcuts[i].group != NULL) {
      group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (group, _ (shortcuts[i].group));
      adw_preferences_page_add (page, group);
    }
    keys = get_keys_label (&shortcuts[i]);
    label = gtk_label_new (keys);
    gtk_widget_add_css_class (label, "dimmed");
    row = adw_action_row_new ();
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (shortcuts[i].title));
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    adw_preferences_group_add (group, row);
  }

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (page));
  adw_dialog_set_child (ADW_DIALOG (self), view);

  return self;
}
