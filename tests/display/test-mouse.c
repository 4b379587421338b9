/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The mouse, its wheel, a finger and the menus in a transcript. */

#include "sonde-code-block.h"
#include "sonde-side-scroller.h"
#include "sonde-text-link.h"
#include "sonde-turn-column.h"

#include "sonde-reading-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* --- a selection while an answer comes --------------------------------------------- */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
    gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static char *
read_format (Fixture *fixture, const char *type)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  gboolean done = FALSE;

  gdk_content_provider_write_mime_type_async (gdk_clipboard_get_content (clipboard), type, stream,
                                              G_PRIORITY_DEFAULT, NULL, written_cb, &done);
  sonde_test_wait (done);

  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
}

static void
test_streaming (Fixture *fixture, gconstpointer data)
{
  GListModel *messages = sonde_conversation_get_messages (fixture->conversation);
  g_autoptr (SondeMessage) streaming = NULL;
  g_autofree char *from = NULL;
  g_autofree char *between = NULL;
  g_autofree char *to = NULL;
  g_autofree char *text = NULL;
  g_autofree char *markdown = NULL;
  g_autofree char *html = NULL;

  add (fixture, SONDE_ROLE_USER, "A question");
  add (fixture, SONDE_ROLE_ASSISTANT, "An **answer**.");
  add (fixture, SONDE_ROLE_ASSISTANT, "It is *com");
  streaming = g_list_model_get_item (messages, 2);
  sonde_message_set_state (streaming, SONDE_MESSAGE_STREAMING);
  show (fixture, 600);
  from = point_at (find_text (fixture, "A question"), 2);
  between = point_at (find_text (fixture, "An answer"), 4);

  /* Text comes while the button is held down, and after. */
  use_mouse (fixture, from);
  use_mouse (fixture, "mousedown 1");
  use_mouse (fixture, between);
  sonde_message_append_text (streaming, SONDE_TEXT_CONTENT, "ing* in\n\nThe nex", -1);
  sonde_wait_frame (GTK_WIDGET (fixture->window));
  sonde_wait_frame (GTK_WIDGET (fixture->window));
  to = point_at (find_text (fixture, "It is"), 12);
  use_mouse (fixture, to);
  use_mouse (fixture, "mouseup 1");
  sonde_message_append_text (streaming, SONDE_TEXT_CONTENT, "t paragraph.\n\n- and a list\n", -1);
  sonde_message_set_state (streaming, SONDE_MESSAGE_COMPLETE);
  sonde_wait_frame (GTK_WIDGET (fixture->window));
  sonde_wait_frame (GTK_WIDGET (fixture->window));

  sonde_press (GTK_WIDGET (fixture->window), "ctrl+c");
  text = read_clipboard (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window)));
  markdown = read_format (fixture, "text/markdown");
  html = read_format (fixture, "text/html");
  g_assert_cmpstr (text, ==, "question\n\nAn answer.\n\nIt is coming");
  g_assert_nonnull (strstr (markdown, "question"));
  g_assert_nonnull (strstr (markdown, "An **answer**.\n"));
  g_assert_nonnull (strstr (markdown, "It is *coming*"));
  g_assert_nonnull (strstr (html, "An <strong>answer</strong>."));
  g_assert_nonnull (strstr (html, "It is <em>coming</em>"));
  g_assert_null (strstr (markdown, "paragraph"));
}

/* --- menus ---------------------------------------------------------------------------- */

static GtkPopover *
find_menu (Fixture *fixture)
{
  GtkWidget *menu = sonde_find_widget (GTK_WIDGET (fixture->window), GTK_TYPE_POPOVER_MENU);

  return menu != NULL && gtk_widget_get_mapped (menu) ? GTK_POPOVER (menu) : NULL;
}

static void
close_menu (Fixture *fixture)
{
  sonde_press (GTK_WIDGET (fixture->window), "Escape");
  sonde_test_wait (find_menu (fixture) == NULL);
}

static void
put_caret (Fixture *fixture, SondeTextBlock *block, guint offset)
{
  SondeTranscriptPosition position = *sonde_text_block_get_place (block);

  position.offset = offset;
  sonde_selection_set (fixture->selection, &position, &position);
  gtk_widget_grab_focus (GTK_WIDGET (block));
}

static gboolean
menu_offers (Fixture *fixture, const char *action)
{
  return sonde_menu_has_item (
    gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (find_menu (fixture))), action);
}

static void
test_menu_keys (Fixture *fixture, gconstpointer data)
{
  static const char *const keys[] = { "Menu", "shift+F10" };
  SondeTextBlock *block;

  add (fixture, SONDE_ROLE_ASSISTANT, "First line.\n\nA [page](https://example.org/a) to see.");
  show (fixture, 600);
  block = find_text (fixture, "A page");
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    GdkRectangle at;
    graphene_rect_t caret;
    graphene_point_t point;

    put_caret (fixture, block, 14);
    sonde_press (GTK_WIDGET (fixture->window), keys[i]);
    g_assert_nonnull (find_menu (fixture));
    g_assert_false (menu_offers (fixture, "selection.open-link"));
    /* It is where the caret is. */
    sonde_text_block_get_caret_area (block, 14, &caret);
    g_assert_true (gtk_popover_get_pointing_to (find_menu (fixture), &at));
    g_assert_true (gtk_widget_compute_point (
      GTK_WIDGET (block), gtk_widget_get_parent (GTK_WIDGET (find_menu (fixture))),
      &GRAPHENE_POINT_INIT (caret.origin.x, caret.origin.y + caret.size.height), &point));
    g_assert_cmpint (ABS (at.x - (int) point.x), <=, 1);
    g_assert_cmpint (ABS (at.y - (int) point.y), <=, 1);
    close_menu (fixture);
    g_assert_true (gtk_window_get_focus (fixture->window) == GTK_WIDGET (block));

    /* In a link it is about the link, whether the caret is there or the focus. */
    put_caret (fixture, block, 4);
    sonde_press (GTK_WIDGET (fixture->window), keys[i]);
    g_assert_true (menu_offers (fixture, "selection.open-link"));
    g_assert_true (menu_offers (fixture, "selection.copy-link"));
    close_menu (fixture);
    /* The keyboard is back on it afterwards, whether something was chosen or nothing. */
    gtk_widget_grab_focus (sonde_text_block_get_link (block, 2));
    sonde_press (GTK_WIDGET (fixture->window), keys[i]);
    g_assert_true (menu_offers (fixture, "selection.open-link"));
    close_menu (fixture);
    g_assert_true (gtk_window_get_focus (fixture->window) == sonde_text_block_get_link (block, 2));
    sonde_press (GTK_WIDGET (fixture->window), keys[i]);
    sonde_press (GTK_WIDGET (fixture->window), "l");
    sonde_test_wait (find_menu (fixture) == NULL);
    g_assert_true (gtk_window_get_focus (fixture->window) == sonde_text_block_get_link (block, 2));
  }
}

/* The only gesture of that type for fingers. */
static GtkGesture *
find_touch_gesture (GtkWidget *widget, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  GtkGesture *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (!g_type_is_a (G_OBJECT_TYPE (controller), type) ||
        !gtk_gesture_single_get_touch_only (GTK_GESTURE_SINGLE (controller)))
      continue;
    g_assert_null (found);
    found = GTK_GESTURE (controller);
  }
  g_assert_nonnull (found);

  return found;
}

static graphene_point_t
find_place (GtkWidget *column, SondeTextBlock *block, guint offset)
{
  graphene_rect_t area;
  graphene_point_t point;

  sonde_text_block_get_caret_area (block, offset, &area);
  g_assert_true (gtk_widget_compute_point (
    GTK_WIDGET (block), column,
    &GRAPHENE_POINT_INIT (area.origin.x, area.origin.y + area.size.height / 2), &point));

  return point;
}

/* What a finger does cannot be done to the display from here; the gestures are told that it did. */
static void
test_finger (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *primary = gtk_widget_get_primary_clipboard (GTK_WIDGET (fixture->window));
  GtkWidget *column;
  GtkGesture *hold;
  GtkGesture *drag;
  graphene_point_t from;
  graphene_point_t to;
  g_autofree char *word = NULL;
  g_autofree char *words = NULL;

  add (fixture, SONDE_ROLE_USER, "Some words here.");
  add (fixture, SONDE_ROLE_ASSISTANT, "And others.");
  show (fixture, 600);
  column = sonde_find_widget (GTK_WIDGET (fixture->transcript), SONDE_TYPE_TURN_COLUMN);
  hold = find_touch_gesture (column, GTK_TYPE_GESTURE_LONG_PRESS);
  drag = find_touch_gesture (column, GTK_TYPE_GESTURE_DRAG);
  g_assert_true (gtk_gesture_is_grouped_with (hold, drag));
  from = find_place (column, find_text (fixture, "Some"), 7);
  to = find_place (column, find_text (fixture, "And"), 6);

  /* Held and lifted, it is a word. */
  g_signal_emit_by_name (hold, "pressed", (double) from.x, (double) from.y);
  g_assert_null (find_menu (fixture));
  g_signal_emit_by_name (drag, "drag-end", 0.0, 0.0);
  sonde_test_wait (find_menu (fixture) != NULL);
  close_menu (fixture);
  word = read_clipboard (primary);
  g_assert_cmpstr (word, ==, "words");

  /* Held and moved, it is whole words up to there, also of another message. */
  g_signal_emit_by_name (hold, "pressed", (double) from.x, (double) from.y);
  g_signal_emit_by_name (drag, "drag-update", (double) (to.x - from.x), (double) (to.y - from.y));
  g_signal_emit_by_name (drag, "drag-end", (double) (to.x - from.x), (double) (to.y - from.y));
  sonde_test_wait (find_menu (fixture) != NULL);
  close_menu (fixture);
  words = read_clipboard (primary);
  g_assert_cmpstr (words, ==, "words here.\n\nAnd others");

  /* Moved before it was held long enough, it scrolls and selects nothing. */
  sonde_selection_clear (fixture->selection);
  g_signal_emit_by_name (drag, "drag-update", 0.0, 40.0);
  g_signal_emit_by_name (drag, "drag-end", 0.0, 40.0);
  g_assert_true (sonde_selection_is_empty (fixture->selection));
  g_assert_null (find_menu (fixture));
}

/* --- links -------------------------------------------------------------------------- */

/* The programs that links are given to: what they got is in a file. */
static void
set_up_browser (const char *path)
{
  g_autofree char *command = g_strdup_printf ("sh -c 'echo \"$0\" > %s' %%u", path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAppInfo) browser = g_app_info_create_from_commandline (
    command, "Browser", G_APP_INFO_CREATE_SUPPORTS_URIS, &error);

  g_assert_no_error (error);
  g_assert_true (g_app_info_set_as_default_for_type (browser, "x-scheme-handler/https", &error));
  g_assert_no_error (error);
}

static void
wait_opened (const char *path, const char *expected)
{
  g_autofree char *opened = NULL;

  sonde_test_wait (g_file_get_contents (path, &opened, NULL, NULL) && *opened != '\0');
  g_assert_cmpstr (g_strchomp (opened), ==, expected);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("sonde-browser-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "opened", NULL);
  g_autofree char *at = NULL;
  g_autofree char *elsewhere = NULL;
  SondeTextBlock *block;
  AdwDialog *dialog;

  set_up_browser (path);
  add (fixture, SONDE_ROLE_ASSISTANT,
       "See [the page](https://example.org/a), or [bank.example](https://evil.example/login).");
  show (fixture, 600);
  block = find_text (fixture, "See");
  at = point_at (block, 7);
  elsewhere = point_at (block, 20);

  /* By a click, and by the menu; dragging over it selects. */
  use_mouse (fixture, at);
  use_mouse (fixture, "click 1");
  wait_opened (path, "https://example.org/a");
  use_mouse (fixture, "click 3");
  sonde_press (GTK_WIDGET (fixture->window), "o");
  wait_opened (path, "https://example.org/a");
  use_mouse (fixture, "mousedown 1");
  use_mouse (fixture, elsewhere);
  use_mouse (fixture, "mouseup 1");
  g_assert_false (sonde_selection_is_empty (fixture->selection));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  /* What says another place than it leads to is asked about first. */
  use_mouse (fixture, elsewhere);
  use_mouse (fixture, "click 1");
  dialog = sonde_wait_dialog (fixture->window);
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), "evil.example"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  sonde_press (GTK_WIDGET (fixture->window), "alt+o");
  wait_opened (path, "https://evil.example/login");
  sonde_test_remove_tree (folder);
}

static gboolean
has_tooltip_at (SondeTextBlock *block, guint offset)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  graphene_rect_t area;
  gboolean shown = FALSE;

  sonde_text_block_get_caret_area (block, offset, &area);
  g_signal_emit_by_name (block, "query-tooltip", (int) area.origin.x,
                         (int) (area.origin.y + area.size.height / 2), FALSE, tooltip, &shown);

  return shown;
}

/* A motion is told once a frame. */
static void
wait_cursor (SondeTextBlock *block, const char *name)
{
  sonde_test_wait (
    strcmp (gdk_cursor_get_name (gtk_widget_get_cursor (GTK_WIDGET (block))), name) == 0);
}

/* Under the mouse a link is seen to be one and says where it leads; a script is no link. */
static void
test_hover (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *link = NULL;
  g_autofree char *script = NULL;
  SondeTextBlock *block;

  add (fixture, SONDE_ROLE_ASSISTANT,
       "A [page](https://example.org/a) and a [script](javascript:alert(1)).");
  show (fixture, 600);
  block = find_text (fixture, "A page");
  text = point_at (block, 9);
  link = point_at (block, 4);
  script = point_at (block, 15);

  use_mouse (fixture, link);
  wait_cursor (block, "pointer");
  g_assert_true (has_tooltip_at (block, 4));
  use_mouse (fixture, text);
  wait_cursor (block, "text");
  g_assert_false (has_tooltip_at (block, 9));

  use_mouse (fixture, script);
  wait_cursor (block, "text");
  g_assert_null (sonde_text_block_get_link (block, 13));
  use_mouse (fixture, "click 3");
  g_assert_false (menu_offers (fixture, "selection.open-link"));
  close_menu (fixture);
}

/* --- the wheel ------------------------------------------------------------------------ */

static int
get_x (SondeTextBlock *block)
{
  graphene_rect_t bounds;
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (block), SONDE_TYPE_SIDE_SCROLLER);

  g_assert_nonnull (scroller);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (block), scroller, &bounds));

  return (int) bounds.origin.x;
}

/* Turns the wheel until that text is at its start, or not; the display may take the first turn for
 * where the wheel stands. */
static void
turn_sideways (Fixture *fixture, const char *command, SondeTextBlock *block, gboolean to_start)
{
  for (guint i = 0; i < 20 && (get_x (block) == 0) != to_start; i++) {
    use_mouse (fixture, command);
    sonde_wait_frame (GTK_WIDGET (fixture->window));
  }
  g_assert_cmpint (get_x (block) == 0, ==, to_start);
}

/* Over what scrolls sideways the wheel goes on up and down; sideways, or with Shift, only that
 * moves. */
static void
check_wheel (Fixture *fixture, const char *beginning)
{
  SondeTextBlock *block = find_text (fixture, beginning);
  g_autofree char *at = point_at (block, 1);
  g_autofree char *now_at = NULL;
  int value;

  use_mouse (fixture, at);
  for (guint i = 0; i < 20 && get_value (fixture) == 0; i++)
    use_mouse (fixture, "click 5");
  g_assert_cmpint (get_value (fixture), >, 0);
  g_assert_cmpint (get_x (block), ==, 0);
  value = get_value (fixture);
  now_at = point_at (block, 1);
  use_mouse (fixture, now_at);
  turn_sideways (fixture, "click 7", block, FALSE);
  turn_sideways (fixture, "click 6", block, TRUE);
  turn_sideways (fixture, "keydown Shift_L click 5 keyup Shift_L", block, FALSE);
  turn_sideways (fixture, "keydown Shift_L click 4 keyup Shift_L", block, TRUE);
  g_assert_cmpint (get_value (fixture), ==, value);
  scroll_to_top (fixture);
}

static void
test_wheel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) source = g_string_new ("```c\ncode_that");

  for (guint i = 0; i < 40; i++)
    g_string_append (source, "_goes_on");
  for (guint i = 0; i < 10; i++)
    g_string_append (source, "\nx");
  g_string_append (source, "\n```\n\n|");
  for (guint i = 0; i < 30; i++)
    g_string_append_printf (source, " column %u |", i);
  g_string_append (source, "\n|");
  for (guint i = 0; i < 30; i++)
    g_string_append (source, "---|");
  g_string_append (source, "\n\n");
  for (guint i = 0; i < 60; i++)
    g_string_append (source, "Nothing is to be seen here, but it goes on.\n\n");
  add (fixture, SONDE_ROLE_ASSISTANT, source->str);
  show (fixture, 600);
  scroll_to_top (fixture);
  check_wheel (fixture, "code_that");
  check_wheel (fixture, "column 0");
}

static gboolean
has_scrollbar (SondeTextBlock *block)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (block), SONDE_TYPE_SIDE_SCROLLER);

  return gtk_widget_get_mapped (sonde_find_widget (scroller, GTK_TYPE_SCROLLBAR));
}

/* Long code is several texts; they go sideways together, and have one scrollbar, at the end. */
static void
test_pieces (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) source = g_string_new ("```c\n");
  g_autofree char *at = NULL;
  SondeTextBlock *wide;
  SondeTextBlock *narrow;
  GtkToggleButton *wrap;

  for (guint i = 0; i < 600; i++)
    g_string_append (source, i % 150 == 149 ? "last\n" : "wide_code");
  g_string_append (source, "narrow\n```\n");
  add (fixture, SONDE_ROLE_ASSISTANT, source->str);
  show (fixture, 600);
  wide = find_text (fixture, "wide");
  narrow = find_text (fixture, "narrow");
  g_assert_false (has_scrollbar (wide));
  g_assert_true (has_scrollbar (narrow));
  at = point_at (narrow, 1);
  use_mouse (fixture, at);
  turn_sideways (fixture, "click 7", narrow, FALSE);
  g_assert_cmpint (get_x (wide), ==, get_x (narrow));

  /* With broken lines there is nothing at the side any more. */
  wrap =
    sonde_find_widget (sonde_find_widget (GTK_WIDGET (fixture->transcript), SONDE_TYPE_CODE_BLOCK),
                       GTK_TYPE_TOGGLE_BUTTON);
  gtk_toggle_button_set_active (wrap, TRUE);
  sonde_test_wait (get_x (wide) == 0 && get_x (narrow) == 0);
  sonde_test_wait (!has_scrollbar (narrow));
}

int
main (int argc, char *argv[])
{
  static const ReadingTest tests[] = {
    { "/mouse/streaming", test_streaming }, { "/mouse/menu-keys", test_menu_keys },
    { "/mouse/finger", test_finger },       { "/mouse/open", test_open },
    { "/mouse/hover", test_hover },         { "/mouse/wheel", test_wheel },
    { "/mouse/pieces", test_pieces },
  };

  return run_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
