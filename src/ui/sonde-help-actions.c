/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-help-actions.h"

#include <glib/gi18n.h>

#include "sonde-help-dialog.h"
#include "sonde-window-private.h"

static void
help_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (sonde_help_dialog_new (SONDE_HELP_GUIDE), widget);
}

static void
whats_new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (sonde_help_dialog_new (SONDE_HELP_NEWS), widget);
}

/**
 * sonde_help_actions_install:
 * @widget_class: the class of the window
 *
 * Installs `win.help` and `win.whats-new`.
 */
void
sonde_help_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.help", NULL, help_action);
  gtk_widget_class_install_action (widget_class, "win.whats-new", NULL, whats_new_action);
}

/**
 * sonde_help_actions_tell_of_update:
 * @window: the window, which has just been made
 *
 * Tells once that this is another version than the one that ran before; not at the very first
 * start.
 */
void
sonde_help_actions_tell_of_update (SondeWindow *window)
{
  SondeSettings *settings = sonde_chat_context_get_settings (sonde_window_get_context (window));
  const char *before = sonde_settings_get_last_version (settings);

  if (g_str_equal (before, SONDE_VERSION))
    return;

  if (*before != '\0') {
    g_autofree char *title =
      /* Translators: %s is a version */
      g_strdup_printf (_ ("Sonde was updated to %s"), SONDE_VERSION);

    sonde_window_offer (window, title, _ ("What’s _New"), "win.whats-new", 0);
  }
  g_object_set (settings, "last-version", SONDE_VERSION, NULL);
}
