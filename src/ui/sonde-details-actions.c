/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The details of the open conversation, at the side of the window. */

#include "sonde-details-actions.h"

#include "sonde-details-panel.h"
#include "sonde-usage-dialog.h"
#include "sonde-window-private.h"

static void
details_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwOverlaySplitView *view = sonde_window_get_details_view (SONDE_WINDOW (widget));
  gboolean show = !adw_overlay_split_view_get_show_sidebar (view);

  adw_overlay_split_view_set_show_sidebar (view, show);
  if (show)
    gtk_widget_grab_focus (adw_overlay_split_view_get_sidebar (view));
  else
    gtk_widget_activate_action (widget, "win.focus-composer", NULL);
}

static void
usage_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeChatContext *context = sonde_window_get_context (SONDE_WINDOW (widget));

  adw_dialog_present (ADW_DIALOG (sonde_usage_dialog_new (context)), widget);
}

/**
 * sonde_details_actions_install:
 * @widget_class: the window's class
 *
 * Installs `win.details`, which shows and hides what is set for the conversation, and
 * `win.usage`, which shows what all of them used.
 */
void
sonde_details_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.details", NULL, details_action);
  gtk_widget_class_install_action (widget_class, "win.usage", NULL, usage_action);
}

/**
 * sonde_details_actions_shown:
 * @self: a window
 *
 * Makes the panel when it is shown for the first time: most windows never show it.
 */
void
sonde_details_actions_shown (SondeWindow *self)
{
  AdwOverlaySplitView *view = sonde_window_get_details_view (self);
  GtkWidget *panel;

  if (!adw_overlay_split_view_get_show_sidebar (view) ||
      adw_overlay_split_view_get_sidebar (view) != NULL)
    return;

  panel = sonde_details_panel_new (sonde_window_get_context (self));
  g_object_bind_property (self, "conversation", panel, "conversation", G_BINDING_SYNC_CREATE);
  adw_overlay_split_view_set_sidebar (view, panel);
}

/**
 * sonde_details_actions_collapsed:
 * @self: a window
 *
 * In a window that becomes narrow the panel gives way to the conversation, which it would
 * cover; in one that becomes wide it does not come by itself.
 */
void
sonde_details_actions_collapsed (SondeWindow *self)
{
  AdwOverlaySplitView *view = sonde_window_get_details_view (self);

  if (adw_overlay_split_view_get_collapsed (view))
    adw_overlay_split_view_set_show_sidebar (view, FALSE);
}
