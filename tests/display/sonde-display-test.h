/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the tests of widgets share: finding them, and the keys of a real keyboard. */

#pragma once

#include <adwaita.h>

#include "sonde-test.h"
#include "sonde-ui.h"

G_BEGIN_DECLS

static inline void
sonde_display_test_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  g_test_init (argc, argv, NULL);
  adw_init ();
  sonde_ui_init ();
  /* The application would load it. */
  gtk_css_provider_load_from_resource (style, "/io/github/sondechat/Sonde/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  /* Nothing is to be waited for that is only there to be seen. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

/* The first widget of that type at or below @widget, or NULL. */
static inline gpointer
sonde_find_widget (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    gpointer found = sonde_find_widget (child, type);

    if (found != NULL)
      return found;
  }

  return NULL;
}

/* How many widgets of that type are at or below @widget. */
static inline guint
sonde_count_widgets (GtkWidget *widget, GType type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (widget), type);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += sonde_count_widgets (child, type);

  return n;
}

/* Whether a menu, or a section of it, has an item with that action. */
static inline gboolean
sonde_menu_has_item (GMenuModel *menu, const char *action)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++) {
    g_autofree char *name = NULL;
    g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

    g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &name);
    if (g_strcmp0 (name, action) == 0 || (section != NULL && sonde_menu_has_item (section, action)))
      return TRUE;
  }

  return FALSE;
}

static inline void
sonde_frame_cb (GdkFrameClock *clock, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* Waits until @widget has been laid out and drawn as it is now. */
static inline void
sonde_wait_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (sonde_frame_cb), &painted);

  gtk_widget_queue_draw (widget);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  sonde_test_wait (painted);
  g_signal_handler_disconnect (clock, handler);
}

static inline void
sonde_pressed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* Presses keys, by their X names and parted by spaces: "h i shift+Return". They have
 * been dealt with when this returns. */
static inline void
sonde_press (GtkWidget *widget, const char *keys)
{
  g_auto (GStrv) words = g_strsplit (keys, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;
  gboolean done = FALSE;

  g_strv_builder_add_many (builder, "xdotool", "key", "--delay", "0", NULL);
  g_strv_builder_addv (builder, (const char **) words);
  argv = g_strv_builder_end (builder);
  process = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, sonde_pressed_cb, &done);
  sonde_test_wait (done);
  gdk_display_sync (gtk_widget_get_display (widget));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sonde_wait_frame (widget);
}

/* Waits until keys come to what is in @widget. What has the focus may not be shown yet. */
static inline void
sonde_wait_focus_within (GtkWidget *widget)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget));
  GtkWidget *focus;

  sonde_test_wait ((focus = gtk_window_get_focus (window)) != NULL &&
                   gtk_widget_is_ancestor (focus, widget) && gtk_widget_get_mapped (focus));
}

/* Waits until a dialog of the window has the keyboard, and returns it. */
static inline AdwDialog *
sonde_wait_dialog (GtkWindow *window)
{
  AdwDialog *dialog;

  sonde_test_wait ((dialog = adw_window_get_visible_dialog (ADW_WINDOW (window))) != NULL);
  sonde_wait_focus_within (GTK_WIDGET (dialog));
  sonde_wait_frame (GTK_WIDGET (window));

  return dialog;
}

/* Shows a window of that size and waits until keys come to it. */
static inline void
sonde_show_window (GtkWindow *window, int width, int height)
{
  gtk_window_set_default_size (window, width, height);
  gtk_window_present (window);
  sonde_test_wait (gtk_window_is_active (window));
  sonde_wait_frame (GTK_WIDGET (window));
}

G_END_DECLS
