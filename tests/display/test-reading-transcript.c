/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is done with a conversation by who reads it, with the mouse and the keys. */

#include "sonde-code-block.h"
#include "sonde-table-grid.h"
#include "sonde-text-link.h"

#include "sonde-reading-fixture.h"

/* --- mouse ------------------------------------------------------------------------- */

static void
test_drag (Fixture *fixture, gconstpointer data)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *text = NULL;

  add (fixture, SONDE_ROLE_USER, "A question");
  add (fixture, SONDE_ROLE_ASSISTANT, "First words.\n\n- an **item**\n\nLast words.");
  show (fixture, 600);
  from = point_at (find_text (fixture, "A question"), 2);
  to = point_at (find_text (fixture, "Last words"), 4);

  use_mouse (fixture, from);
  use_mouse (fixture, "mousedown 1");
  use_mouse (fixture, to);
  use_mouse (fixture, "mouseup 1");
  text = read_clipboard (gtk_widget_get_primary_clipboard (GTK_WIDGET (fixture->window)));
  g_assert_cmpstr (text, ==, "question\n\nFirst words.\n\n• an item\n\nLast");
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *primary = gtk_widget_get_primary_clipboard (GTK_WIDGET (fixture->window));
  g_autofree char *at = NULL;
  g_autofree char *word = NULL;
  g_autofree char *line = NULL;

  add (fixture, SONDE_ROLE_ASSISTANT, "Some words here.");
  show (fixture, 600);
  at = point_at (find_text (fixture, "Some"), 7);

  use_mouse (fixture, at);
  use_mouse (fixture, "click --repeat 2 --delay 10 1");
  word = read_clipboard (primary);
  g_assert_cmpstr (word, ==, "words");
  use_mouse (fixture, "click 1");
  line = read_clipboard (primary);
  g_assert_cmpstr (line, ==, "Some words here.");
}

/* The menu about a place; its items are chosen by their letters. */
static void
choose_in_menu (Fixture *fixture, SondeTextBlock *block, guint offset, const char *letter)
{
  g_autofree char *at = point_at (block, offset);

  use_mouse (fixture, at);
  use_mouse (fixture, "click 3");
  sonde_press (GTK_WIDGET (fixture->window), letter);
}

static void
test_menu (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  g_autofree char *link = NULL;
  g_autofree char *markdown = NULL;

  add (fixture, SONDE_ROLE_ASSISTANT, "See **this** [page](https://example.org/a).");
  show (fixture, 600);
  choose_in_menu (fixture, find_text (fixture, "See"), 11, "l");
  link = read_clipboard (clipboard);
  g_assert_cmpstr (link, ==, "https://example.org/a");

  choose_in_menu (fixture, find_text (fixture, "See"), 6, "a");
  choose_in_menu (fixture, find_text (fixture, "See"), 6, "m");
  markdown = read_clipboard (clipboard);
  g_assert_cmpstr (markdown, ==, "See **this** [page](https://example.org/a).\n");
}

/* --- tables ------------------------------------------------------------------------ */

/* Numbers and their squares, a line each. */
static char *
write_table (guint n_rows, const char *begin, const char *between, const char *end)
{
  GString *table = g_string_new (NULL);

  for (guint i = 1; i <= n_rows; i++)
    g_string_append_printf (table, "%s%u%s%u%s", begin, i, between, i * i, end);

  return g_string_free (table, FALSE);
}

static void
test_copy_table (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rows = write_table (700, "| ", " | ", " |\n");
  g_autofree char *values = write_table (700, "", "\t", "\n");
  g_autofree char *source = g_strconcat ("Before.\n\n| n | square |\n|---|---|\n", rows,
                                         "\nAfter.\n\n| other |\n|---|\n| table |\n", NULL);
  g_autofree char *expected = g_strconcat ("n\tsquare\n", values, NULL);
  g_autofree char *text = NULL;

  add (fixture, SONDE_ROLE_ASSISTANT, source);
  show (fixture, 600);
  scroll_to_top (fixture);
  choose_in_menu (fixture, find_text (fixture, "square"), 2, "t");
  text = read_clipboard (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window)));
  g_assert_cmpstr (g_strchomp (text), ==, g_strchomp (expected));
}

static void
test_table_roles (Fixture *fixture, gconstpointer data)
{
  GtkWidget *table;
  GtkWidget *row;

  add (fixture, SONDE_ROLE_ASSISTANT, "| a | b |\n|---|---|\n| long words | d |\n");
  show (fixture, 600);
  table = sonde_find_widget (GTK_WIDGET (fixture->transcript), SONDE_TYPE_TABLE_GRID);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (table), GTK_ACCESSIBLE_ROLE_TABLE);
  row = gtk_widget_get_first_child (table);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_ROLE_ROW);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (gtk_widget_get_first_child (row)),
                                   GTK_ACCESSIBLE_ROLE_CELL);
  row = gtk_widget_get_next_sibling (row);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (gtk_widget_get_last_child (row)),
                                   GTK_ACCESSIBLE_ROLE_CELL);
  g_assert_null (gtk_widget_get_next_sibling (row));

  /* The cells of a column are under one another, and as wide as the widest. */
  for (guint i = 0; i < 2; i++) {
    graphene_rect_t above;
    graphene_rect_t below;

    g_assert_true (gtk_widget_compute_bounds (
      sonde_table_grid_get_cell (SONDE_TABLE_GRID (table), 0, i), table, &above));
    g_assert_true (gtk_widget_compute_bounds (
      sonde_table_grid_get_cell (SONDE_TABLE_GRID (table), 1, i), table, &below));
    g_assert_cmpint ((int) above.origin.x, ==, (int) below.origin.x);
    g_assert_cmpint ((int) above.size.width, ==, (int) below.size.width);
    g_assert_cmpfloat ((double) below.origin.y, >,
                       (double) (above.origin.y + above.size.height / 2));
  }
}

/* --- code -------------------------------------------------------------------------- */

/* Where the caret would be, from the left of the transcript. */
static double
find_x (Fixture *fixture, SondeTextBlock *block, guint offset)
{
  graphene_rect_t area;
  graphene_point_t point;

  sonde_text_block_get_caret_area (block, offset, &area);
  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (block), GTK_WIDGET (fixture->transcript),
                                           &area.origin, &point));

  return (double) point.x;
}

static const char long_line[] =
  "int very_long_name_of_a_function (int with_several, int parameters, int that_do_not_fit, int "
  "into_one_line_of_the_window, int the_needle);";

static void
test_find_sideways (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = g_strdup_printf ("```c\n%s\n```\n\nText.", long_line);
  const guint offset = (guint) (strstr (long_line, "needle") - long_line);
  SondeTextBlock *block;

  add (fixture, SONDE_ROLE_ASSISTANT, source);
  show (fixture, 600);
  block = find_text (fixture, "int very");
  g_assert_cmpfloat (find_x (fixture, block, offset), >, 600);
  sonde_transcript_find (fixture->transcript);
  sonde_press (GTK_WIDGET (fixture->window), "n e e d l e");
  sonde_test_wait (find_x (fixture, block, offset + 6) < 600);
  g_assert_cmpfloat (find_x (fixture, block, offset), >, 0);
}

static void
test_wrap (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = g_strdup_printf ("```c\n%s\n```\n", long_line);
  SondeTextBlock *block;
  GtkToggleButton *wrap;
  int height;

  add (fixture, SONDE_ROLE_ASSISTANT, source);
  show (fixture, 600);
  block = find_text (fixture, "int very");
  height = gtk_widget_get_height (GTK_WIDGET (block));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (block)), >, 600);
  wrap =
    sonde_find_widget (sonde_find_widget (GTK_WIDGET (fixture->transcript), SONDE_TYPE_CODE_BLOCK),
                       GTK_TYPE_TOGGLE_BUTTON);
  gtk_toggle_button_set_active (wrap, TRUE);
  sonde_test_wait (gtk_widget_get_height (GTK_WIDGET (block)) > height);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (block)), <, 600);
  gtk_toggle_button_set_active (wrap, FALSE);
  sonde_test_wait (gtk_widget_get_height (GTK_WIDGET (block)) == height);
}

/* --- links ------------------------------------------------------------------------- */

static gboolean
shows (Fixture *fixture, const char *text)
{
  GtkWidget *label = sonde_find_widget (
    sonde_find_widget (GTK_WIDGET (fixture->transcript), g_type_from_name ("SondeLinkTarget")),
    GTK_TYPE_LABEL);

  return gtk_widget_get_mapped (label) &&
         strcmp (gtk_label_get_label (GTK_LABEL (label)), text) == 0;
}

static void
test_link_target (Fixture *fixture, gconstpointer data)
{
  GtkWidget *link;

  add (fixture, SONDE_ROLE_ASSISTANT, "A [page](https://example.org/a).\n\nAnd more.");
  show (fixture, 600);
  link = sonde_find_widget (GTK_WIDGET (fixture->transcript), SONDE_TYPE_TEXT_LINK);
  for (guint i = 0; i < 20 && gtk_window_get_focus (fixture->window) != link; i++)
    sonde_press (GTK_WIDGET (fixture->window), "Tab");
  g_assert_true (gtk_window_get_focus (fixture->window) == link);
  g_assert_true (shows (fixture, "https://example.org/a"));
  sonde_press (GTK_WIDGET (fixture->window), "Tab");
  g_assert_false (shows (fixture, "https://example.org/a"));
}

static void
test_footnotes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) source = g_string_new ("A text[^a] with a footnote.\n\n");
  SondeTextBlock *text;
  SondeTextBlock *note;
  GtkWidget *link;

  for (guint i = 0; i < 60; i++)
    g_string_append (source, "Nothing is to be seen here, but it goes on.\n\n");
  g_string_append (source, "[^a]: What is below.\n");
  add (fixture, SONDE_ROLE_ASSISTANT, source->str);
  show (fixture, 600);
  scroll_to_top (fixture);
  text = find_text (fixture, "A text");
  link = sonde_text_block_get_link (text, 6);
  g_assert_nonnull (link);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (link), GTK_ACCESSIBLE_PROPERTY_LABEL, "a");

  /* There, and back by the same key. */
  gtk_widget_grab_focus (link);
  sonde_press (GTK_WIDGET (fixture->window), "Return");
  sonde_test_wait (SONDE_IS_TEXT_LINK (gtk_window_get_focus (fixture->window)) &&
                   gtk_window_get_focus (fixture->window) != link);
  note = SONDE_TEXT_BLOCK (gtk_widget_get_parent (gtk_window_get_focus (fixture->window)));
  g_assert_cmpstr (sonde_text_block_get_text (note), ==, "a What is below.");
  sonde_press (GTK_WIDGET (fixture->window), "Return");
  sonde_test_wait (
    SONDE_IS_TEXT_LINK (gtk_window_get_focus (fixture->window)) &&
    g_str_has_prefix (sonde_text_block_get_text (SONDE_TEXT_BLOCK (
                        gtk_widget_get_parent (gtk_window_get_focus (fixture->window)))),
                      "A text"));
}

/* --- keys ---------------------------------------------------------------------------- */

/* Presses a key and returns how far it has scrolled. */
static int
scroll_by_key (Fixture *fixture, const char *key)
{
  int before = get_value (fixture);

  sonde_press (GTK_WIDGET (fixture->window), key);
  sonde_wait_frame (GTK_WIDGET (fixture->window));

  return get_value (fixture) - before;
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) source = g_string_new (NULL);
  int page;
  int end;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (source, "Paragraph %u goes on.\n\n", i);
  add (fixture, SONDE_ROLE_USER, "A question");
  add (fixture, SONDE_ROLE_ASSISTANT, source->str);
  show (fixture, 600);
  page = gtk_widget_get_height (GTK_WIDGET (fixture->transcript));
  end = get_value (fixture);
  g_assert_cmpint (end, >, 3 * page);

  /* From message to message, and then through the long one. */
  scroll_by_key (fixture, "alt+Up");
  g_assert_cmpint (get_value (fixture), <, page);
  scroll_by_key (fixture, "alt+Up");
  g_assert_cmpint (get_value (fixture), <, 24);
  scroll_by_key (fixture, "alt+Down");
  g_assert_cmpint (scroll_by_key (fixture, "Page_Down"), >, page / 2);
  g_assert_cmpint (scroll_by_key (fixture, "Page_Down"), <=, page);
  g_assert_cmpint (scroll_by_key (fixture, "Page_Up"), <, -page / 2);
  g_assert_cmpint (scroll_by_key (fixture, "Down"), >, 0);
  g_assert_cmpint (scroll_by_key (fixture, "Up"), <, 0);
  scroll_by_key (fixture, "End");
  g_assert_cmpint (ABS (get_value (fixture) - end), <, page / 2);
  scroll_by_key (fixture, "Home");
  g_assert_cmpint (get_value (fixture), ==, 0);
  scroll_by_key (fixture, "ctrl+End");
  g_assert_cmpint (ABS (get_value (fixture) - end), <, page / 2);
  scroll_by_key (fixture, "ctrl+Home");
  g_assert_cmpint (get_value (fixture), ==, 0);
}

static const char *
get_name (GtkWidget *widget)
{
  static const char *const names[] = { "page", "Wrap Lines", "Save Code", "Copy Code", "Copy" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *other = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, names[i]);

    if (other == NULL)
      return names[i];
  }

  return NULL;
}

/* Whatever of a turn the Tab key comes to is in view then, and seen to have the keyboard. */
static void
test_tab (Fixture *fixture, gconstpointer data)
{
  static const char *const expected[] = { "page", "Wrap Lines", "Save Code", "Copy Code", "Copy" };
  gsize reached = 0;

  add (fixture, SONDE_ROLE_ASSISTANT, "A [page](https://example.org/).\n\n```c\nint x;\n```\n");
  show (fixture, 360);
  for (guint i = 0; i < 40 && reached < G_N_ELEMENTS (expected); i++) {
    GtkWidget *focus;
    graphene_rect_t bounds;

    sonde_press (GTK_WIDGET (fixture->window), "Tab");
    focus = gtk_window_get_focus (fixture->window);
    if (focus == NULL || g_strcmp0 (get_name (focus), expected[reached]) != 0)
      continue;
    reached++;
    g_assert_true (gtk_widget_get_mapped (focus));
    g_assert_true (gtk_widget_get_state_flags (focus) & GTK_STATE_FLAG_FOCUS_VISIBLE);
    g_assert_true (gtk_widget_compute_bounds (focus, GTK_WIDGET (fixture->transcript), &bounds));
    g_assert_cmpfloat ((double) bounds.origin.x, >=, 0);
    g_assert_cmpfloat ((double) bounds.origin.y, >=, 0);
    g_assert_cmpfloat ((double) (bounds.origin.x + bounds.size.width), <=, 360);
    g_assert_cmpfloat ((double) (bounds.origin.y + bounds.size.height), <=,
                       gtk_widget_get_height (GTK_WIDGET (fixture->transcript)));
  }
  g_assert_cmpuint (reached, ==, G_N_ELEMENTS (expected));
}

/* --- narrow windows and large text -------------------------------------------------- */

static void
check_inside (Fixture *fixture, GtkWidget *widget)
{
  graphene_rect_t bounds;

  if (gtk_widget_get_mapped (widget) &&
      gtk_widget_compute_bounds (widget, GTK_WIDGET (fixture->transcript), &bounds)) {
    g_assert_cmpfloat ((double) bounds.origin.x, >=, -8);
    g_assert_cmpfloat ((double) (bounds.origin.x + bounds.size.width), <=, 360);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_inside (fixture, child);
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr (SondeMessage) answer = NULL;
  SondeUsage usage = { .prompt_tokens = 1200,
                       .completion_tokens = 123456,
                       .total_tokens = 124656,
                       .cache_hit_tokens = 1152,
                       .cache_miss_tokens = 48,
                       .reasoning_tokens = 180 };

  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  add (fixture, SONDE_ROLE_USER, "A question with several words in it.");
  add (fixture, SONDE_ROLE_ASSISTANT, "Words.");
  answer = g_list_model_get_item (sonde_conversation_get_messages (fixture->conversation), 1);
  sonde_message_set_usage (answer, &usage);
  sonde_message_set_versions (answer, 12, 13);
  show (fixture, 360);
  check_inside (fixture, GTK_WIDGET (fixture->transcript));

  sonde_transcript_edit_message (fixture->transcript, 1);
  sonde_wait_frame (GTK_WIDGET (fixture->window));
  sonde_wait_frame (GTK_WIDGET (fixture->window));
  check_inside (fixture, GTK_WIDGET (fixture->transcript));
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

int
main (int argc, char *argv[])
{
  static const ReadingTest tests[] = {
    { "/reading/drag", test_drag },
    { "/reading/words", test_words },
    { "/reading/menu", test_menu },
    { "/reading/copy-table", test_copy_table },
    { "/reading/table-roles", test_table_roles },
    { "/reading/find-sideways", test_find_sideways },
    { "/reading/wrap", test_wrap },
    { "/reading/link-target", test_link_target },
    { "/reading/footnotes", test_footnotes },
    { "/reading/keys", test_keys },
    { "/reading/tab", test_tab },
    { "/reading/narrow", test_narrow },
  };

  return run_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
