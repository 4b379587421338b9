/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A window with a transcript, and the mouse of who reads in it. */

#pragma once

#include "sonde-selection.h"
#include "sonde-text-block.h"
#include "sonde-transcript.h"

#include "sonde-display-test.h"

G_BEGIN_DECLS

typedef struct {
  GtkWindow *window;
  SondeTranscript *transcript;
  SondeConversation *conversation;
  SondeSelection *selection;
} Fixture;

static inline void
add (Fixture *fixture, SondeRole role, const char *text)
{
  GListModel *messages = sonde_conversation_get_messages (fixture->conversation);
  gint64 id = g_list_model_get_n_items (messages) + 1;
  g_autoptr (SondeMessage) message = sonde_message_new (id, id - 1, role, 0);

  sonde_message_set_text (message, SONDE_TEXT_CONTENT, text);
  sonde_conversation_append (fixture->conversation, message);
}

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->conversation = sonde_conversation_new (1, 0);
  fixture->transcript = SONDE_TRANSCRIPT (sonde_transcript_new ());
  fixture->window = GTK_WINDOW (adw_window_new ());
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->transcript));
  sonde_transcript_set_conversation (fixture->transcript, fixture->conversation);
  fixture->selection = sonde_selection_find (GTK_WIDGET (fixture->transcript));
}

static inline void
show (Fixture *fixture, int width)
{
  sonde_show_window (fixture->window, width, 500);
  sonde_wait_frame (GTK_WIDGET (fixture->window));
}

static inline GtkAdjustment *
get_adjustment (Fixture *fixture)
{
  GtkScrolledWindow *scrolled =
    sonde_find_widget (GTK_WIDGET (fixture->transcript), GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (scrolled);
}

/* Where it is scrolled to. */
static inline int
get_value (Fixture *fixture)
{
  return (int) gtk_adjustment_get_value (get_adjustment (fixture));
}

static inline void
scroll_to_top (Fixture *fixture)
{
  gtk_adjustment_set_value (get_adjustment (fixture), 0);
  sonde_wait_frame (GTK_WIDGET (fixture->window));
  sonde_wait_frame (GTK_WIDGET (fixture->window));
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->transcript), (gpointer *) &fixture->transcript);
  gtk_window_destroy (fixture->window);
  sonde_test_wait (fixture->transcript == NULL);
  g_assert_finalize_object (fixture->conversation);
}

/* The text that begins like that. */
static inline SondeTextBlock *
find_text (Fixture *fixture, const char *beginning)
{
  g_autoptr (GPtrArray) blocks = sonde_selection_dup_blocks (fixture->selection);

  for (guint i = 0; i < blocks->len; i++) {
    SondeTextBlock *block = g_ptr_array_index (blocks, i);

    if (g_str_has_prefix (sonde_text_block_get_text (block), beginning))
      return block;
  }
  g_error ("no text begins with \"%s\"", beginning);
}

/* What an xdotool command needs to go where the caret would be; the window is at the
 * display's corner, since nothing manages it. */
static inline char *
point_at (SondeTextBlock *block, guint offset)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (block));
  graphene_point_t point;
  graphene_rect_t area;
  double x;
  double y;

  sonde_text_block_get_caret_area (block, offset, &area);
  g_assert_true (gtk_widget_compute_point (
    GTK_WIDGET (block), GTK_WIDGET (native),
    &GRAPHENE_POINT_INIT (area.origin.x, area.origin.y + area.size.height / 2), &point));
  gtk_native_get_surface_transform (native, &x, &y);

  return g_strdup_printf ("mousemove %d %d", (int) ((double) point.x + x),
                          (int) ((double) point.y + y));
}

/* Does what the mouse does. Its events have been dealt with when this returns. */
static inline void
use_mouse (Fixture *fixture, const char *command)
{
  g_autofree char *line = g_strconcat ("xdotool ", command, NULL);
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_NONE, &error);
  gboolean done = FALSE;

  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, sonde_pressed_cb, &done);
  sonde_test_wait (done);
  gdk_display_sync (gtk_widget_get_display (GTK_WIDGET (fixture->window)));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sonde_wait_frame (GTK_WIDGET (fixture->window));
}

static inline void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

static inline char *
read_clipboard (GdkClipboard *clipboard)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (clipboard, NULL, read_cb, &text);
  sonde_test_wait (text != NULL);

  return text;
}

typedef struct {
  const char *name;
  void (*test) (Fixture *fixture, gconstpointer data);
} ReadingTest;

static inline int
run_tests (int argc, char *argv[], const ReadingTest *tests, gsize n_tests)
{
  sonde_display_test_init (&argc, &argv);
  for (gsize i = 0; i < n_tests; i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}

G_END_DECLS
