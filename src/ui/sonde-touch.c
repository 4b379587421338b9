/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where a finger was put on the window last, its buttons are as large as a finger needs. */

#include "sonde-touch.h"

static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, gpointer data)
{
  GtkWidget *window = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GdkDevice *device = gdk_event_get_device (event);

  if (device != NULL)
    sonde_touch_take_up (window, gdk_event_get_event_type (event), gdk_device_get_source (device));

  return GDK_EVENT_PROPAGATE;
}

/**
 * sonde_touch_watch:
 * @window: a window
 *
 * Has it the style class "touch" from now on while it is worked with by touch.
 */
void
sonde_touch_watch (GtkWidget *window)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  g_return_if_fail (GTK_IS_WINDOW (window));

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "event", G_CALLBACK (event_cb), NULL);
  gtk_widget_add_controller (window, controller);
}

/**
 * sonde_touch_take_up:
 * @window: a window
 * @type: what has happened
 * @source: what kind of device did it
 *
 * What is pressed counts. A pointer that moves does not: GTK itself reports one after the buttons
 * have changed their places under it.
 */
void
sonde_touch_take_up (GtkWidget *window, GdkEventType type, GdkInputSource source)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  if (type == GDK_TOUCH_BEGIN || (type == GDK_BUTTON_PRESS && source == GDK_SOURCE_TOUCHSCREEN))
    gtk_widget_add_css_class (window, "touch");
  else if (type == GDK_BUTTON_PRESS || type == GDK_SCROLL)
    gtk_widget_remove_css_class (window, "touch");
}
