/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How conversations look, as it is set: the same in each window that shows one. */

#include "sonde-appearance.h"

static gboolean
density_to_compact (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_boolean (to, g_strcmp0 (g_value_get_string (from), "compact") == 0);

  return TRUE;
}

/* The room in lists is a matter of style alone. */
static void
compact_cb (GtkWidget *window, GParamSpec *pspec, GObject *transcript)
{
  gboolean compact;

  g_object_get (transcript, "compact", &compact, NULL);
  if (compact)
    gtk_widget_add_css_class (window, "compact");
  else
    gtk_widget_remove_css_class (window, "compact");
}

/**
 * sonde_appearance_bind:
 * @window: a window
 * @transcript: the transcript in it
 * @settings: the program's settings
 *
 * Has the window look as it is set, from now on. What is zoomed in it is set for all.
 */
void
sonde_appearance_bind (GtkWidget *window, SondeTranscript *transcript, SondeSettings *settings)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (SONDE_IS_TRANSCRIPT (transcript));
  g_return_if_fail (SONDE_IS_SETTINGS (settings));

  g_signal_connect_object (transcript, "notify::compact", G_CALLBACK (compact_cb), window,
                           G_CONNECT_SWAPPED);
  g_object_bind_property_full (settings, "density", transcript, "compact", G_BINDING_SYNC_CREATE,
                               density_to_compact, NULL, NULL, NULL);
  g_object_bind_property (settings, "code-scheme", transcript, "code-scheme",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (settings, "zoom", transcript, "zoom",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}
