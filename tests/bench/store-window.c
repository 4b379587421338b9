/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* store-window empty|sonde [ARGUMENT...]: an empty window, or the program's. Prints a line
 * after the first frame that shows what there is to see, and another one with its PSS in
 * KiB when it was asked for on the input. */

#include <adwaita.h>
#include <stdio.h>
#include <string.h>

#include "sonde-application.h"
#include "sonde-ui.h"

static gboolean empty;
static gboolean shown;

static gint64
get_pss (void)
{
  g_autofree char *text = NULL;
  const char *pss;

  g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL);
  pss = text != NULL ? strstr (text, "\nPss:") : NULL;

  return pss != NULL ? g_ascii_strtoll (pss + 5, NULL, 10) : 0;
}

static gboolean
input_cb (GIOChannel *channel, GIOCondition condition, gpointer user_data)
{
  g_autofree char *line = NULL;

  if (g_io_channel_read_line (channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL) {
    g_application_quit (g_application_get_default ());
    return G_SOURCE_REMOVE;
  }
  g_print ("%" G_GINT64_FORMAT "\n", get_pss ());
  fflush (stdout);

  return G_SOURCE_CONTINUE;
}

/* Whether a list with rows can be seen. */
static gboolean
shows_rows (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LIST_VIEW (widget)) {
    GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (widget));

    return model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) > 0 &&
           gtk_widget_get_first_child (widget) != NULL;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_rows (child))
      return TRUE;

  return FALSE;
}

static void
after_paint_cb (GdkFrameClock *clock, GtkWidget *window)
{
  if (shown || (!empty && !shows_rows (window)))
    return;

  shown = TRUE;
  g_print ("shown\n");
  fflush (stdout);
}

static void
realize_cb (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb),
                    window);
}

static void
window_added_cb (GtkApplication *application, GtkWindow *window)
{
  g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 760);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GApplication) application = NULL;
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);

  if (argc < 2)
    return 2;
  empty = g_str_equal (argv[1], "empty");
  if (empty) {
    application =
      G_APPLICATION (adw_application_new ("io.github.sondechat.Bench", G_APPLICATION_NON_UNIQUE));
    g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  } else {
    sonde_ui_init ();
    application = G_APPLICATION (sonde_application_new ());
  }
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
  g_application_set_default (application);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, input_cb, NULL);

  return g_application_run (application, argc - 1, argv + 1);
}
