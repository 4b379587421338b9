/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Searching a conversation. */

#include "sonde-conversation.h"
#include "sonde-find-bar.h"
#include "sonde-needle.h"
#include "sonde-selection.h"
#include "sonde-text-block.h"
#include "sonde-transcript.h"

#include "sonde-display-test.h"

/* --- what matches ------------------------------------------------------------------ */

static void
test_needle (void)
{
  static const struct {
    const char *word;
    const char *text;
    SondeNeedleFlags flags;
    guint n;
    guint start;
    guint end;
  } cases[] = {
    { "be", "To be, or not to Be", 0, 2, 3, 5 },
    { "be", "To be, or not to Be", SONDE_NEEDLE_CASE, 1, 3, 5 },
    { "uber", "Über alles", 0, 1, 0, 5 },
    { "uber", "U\314\210ber alles", 0, 1, 0, 6 },
    { "über", "uber", 0, 1, 0, 4 },
    { "uber", "Über alles", SONDE_NEEDLE_DIACRITICS, 0, 0, 0 },
    { "中文", "有中文的", 0, 1, 3, 9 },
    { "aa", "aaaa", 0, 2, 0, 2 },
    { "가", "각", 0, 0, 0, 0 },
    { "absent", "", 0, 0, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *words[] = { cases[i].word, NULL };
    g_autoptr (SondeNeedle) needle = sonde_needle_new (words, cases[i].flags);
    g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (SondeNeedleHit));

    g_test_message ("%s in %s", cases[i].word, cases[i].text);
    sonde_needle_find (needle, cases[i].text, strlen (cases[i].text), hits);
    g_assert_cmpuint (hits->len, ==, cases[i].n);
    if (cases[i].n > 0) {
      g_assert_cmpuint (g_array_index (hits, SondeNeedleHit, 0).start, ==, cases[i].start);
      g_assert_cmpuint (g_array_index (hits, SondeNeedleHit, 0).end, ==, cases[i].end);
    }
  }
}

/* --- a window with a transcript ------------------------------------------------------ */

typedef struct {
  GtkWindow *window;
  SondeTranscript *transcript;
  SondeConversation *conversation;
  SondeSelection *selection;
  GtkWidget *bar;
} Fixture;

static SondeMessage *
add (Fixture *fixture, gint64 id, SondeRole role, const char *text)
{
  g_autoptr (SondeMessage) message = sonde_message_new (id, id - 1, role, 0);

  sonde_message_set_text (message, SONDE_TEXT_CONTENT, text);
  sonde_conversation_append (fixture->conversation, message);

  return message;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) filler = g_string_new (NULL);
  SondeMessage *message;

  for (guint i = 0; i < 60; i++)
    g_string_append (filler, "Nothing is to be seen here, but it goes on.\n\n");
  fixture->conversation = sonde_conversation_new (1, 0);
  add (fixture, 1, SONDE_ROLE_USER, "Where is the Whale?");
  add (fixture, 2, SONDE_ROLE_ASSISTANT, filler->str);
  add (fixture, 3, SONDE_ROLE_ASSISTANT,
       "```c\nint whale;\n```\n\n| animal |\n|---|\n| wh**al**e |\n\nNo more.");
  message = add (fixture, 4, SONDE_ROLE_ASSISTANT, filler->str);
  sonde_message_set_text (message, SONDE_TEXT_REASONING, "I think of a whale.");
  sonde_message_set_thinking_duration (message, 1000);
  add (fixture, 5, SONDE_ROLE_USER, "Thanks.");

  fixture->transcript = SONDE_TRANSCRIPT (sonde_transcript_new ());
  fixture->window = GTK_WINDOW (adw_window_new ());
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->transcript));
  sonde_transcript_set_conversation (fixture->transcript, fixture->conversation);
  fixture->selection = sonde_selection_find (GTK_WIDGET (fixture->transcript));
  sonde_show_window (fixture->window, 600, 500);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->transcript), (gpointer *) &fixture->transcript);
  gtk_window_destroy (fixture->window);
  sonde_test_wait (fixture->transcript == NULL);
  g_assert_finalize_object (fixture->conversation);
}

static void
open_bar (Fixture *fixture)
{
  sonde_transcript_find (fixture->transcript);
  fixture->bar = sonde_find_widget (GTK_WIDGET (fixture->transcript), SONDE_TYPE_FIND_BAR);
}

static const char *
get_count (Fixture *fixture)
{
  GtkWidget *entry = sonde_find_widget (fixture->bar, GTK_TYPE_SEARCH_ENTRY);

  return gtk_label_get_label (GTK_LABEL (gtk_widget_get_next_sibling (entry)));
}

static void
settle (Fixture *fixture)
{
  for (guint i = 0; i < 10; i++)
    sonde_wait_frame (GTK_WIDGET (fixture->transcript));
}

/* The text with the strong mark, which is to be in view. */
static const char *
get_shown (Fixture *fixture)
{
  g_autoptr (GPtrArray) blocks = sonde_selection_dup_blocks (fixture->selection);
  GtkWidget *view = sonde_find_widget (GTK_WIDGET (fixture->transcript), SONDE_TYPE_TURN_COLUMN);

  for (guint i = 0; i < blocks->len; i++) {
    SondeTextBlock *block = g_ptr_array_index (blocks, i);
    graphene_rect_t bounds;

    if (!sonde_text_block_has_current_mark (block))
      continue;
    g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (block), view, &bounds));
    g_assert_cmpfloat (bounds.origin.y, >=, 0);
    g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (view));
    return sonde_text_block_get_text (block);
  }

  return NULL;
}

/* In a question, in code, in a table, in reasoning that is closed; by the keyboard alone. */
static void
test_find (Fixture *fixture, gconstpointer data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->transcript);
  SondeTranscriptPosition start;
  SondeTranscriptPosition end;

  open_bar (fixture);
  sonde_press (widget, "w h a l e");
  sonde_test_wait (*get_count (fixture) != '\0');
  settle (fixture);
  /* From the end, where one reads, on: the first one is the first of all. */
  g_assert_cmpstr (get_count (fixture), ==, "1 of 4");
  g_assert_cmpstr (get_shown (fixture), ==, "Where is the Whale?");
  sonde_press (widget, "Return");
  settle (fixture);
  g_assert_cmpstr (get_count (fixture), ==, "2 of 4");
  g_assert_cmpstr (get_shown (fixture), ==, "int whale;");
  sonde_press (widget, "ctrl+g");
  settle (fixture);
  g_assert_cmpstr (get_shown (fixture), ==, "whale");
  sonde_press (widget, "Return");
  settle (fixture);
  g_assert_cmpstr (get_shown (fixture), ==, "I think of a whale.");
  sonde_press (widget, "Return");
  settle (fixture);
  g_assert_cmpstr (get_count (fixture), ==, "1 of 4");
  sonde_press (widget, "shift+Return shift+Return");
  settle (fixture);
  g_assert_cmpstr (get_shown (fixture), ==, "whale");

  /* Closing leaves it there, selected. */
  sonde_press (widget, "Escape");
  settle (fixture);
  g_assert_null (get_shown (fixture));
  g_assert_false (sonde_selection_is_empty (fixture->selection));
  sonde_selection_get (fixture->selection, &start, &end);
  g_assert_cmpint (start.message_id, ==, 3);
  g_assert_cmpuint (start.block, ==, 1);
  g_assert_cmpuint (start.cell, ==, 1);
  g_assert_cmpuint (end.offset, ==, 5);
}

static void
test_options (Fixture *fixture, gconstpointer data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->transcript);
  GtkWidget *toggle;

  open_bar (fixture);
  sonde_press (widget, "shift+w h a l e");
  sonde_test_wait (*get_count (fixture) != '\0');
  g_assert_cmpstr (get_count (fixture), ==, "1 of 4");
  toggle = sonde_find_widget (fixture->bar, GTK_TYPE_TOGGLE_BUTTON);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  g_assert_cmpstr (get_count (fixture), ==, "1 of 1");
  sonde_press (widget, "x");
  sonde_test_wait (g_str_equal (get_count (fixture), "No results"));
}

static void
test_accents (Fixture *fixture, gconstpointer data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->transcript);
  GtkWidget *toggle;

  add (fixture, 6, SONDE_ROLE_ASSISTANT, "un élève");
  open_bar (fixture);
  sonde_press (widget, "e l e v e");
  sonde_test_wait (*get_count (fixture) != '\0');
  g_assert_cmpstr (get_count (fixture), ==, "1 of 1");
  toggle = sonde_find_widget (fixture->bar, GTK_TYPE_TOGGLE_BUTTON);
  toggle = gtk_widget_get_next_sibling (toggle);
  gtk_test_accessible_assert_property (toggle, GTK_ACCESSIBLE_PROPERTY_LABEL, "Match Accents");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  sonde_test_wait (g_str_equal (get_count (fixture), "No results"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), FALSE);
  sonde_test_wait (g_str_equal (get_count (fixture), "1 of 1"));
}

/* What was found in the list of conversations is marked where it stands, until Escape. */
static void
test_marked (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "WHALE", NULL };
  GtkWidget *widget = GTK_WIDGET (fixture->transcript);

  sonde_transcript_reveal (fixture->transcript, 3, words);
  settle (fixture);
  g_assert_cmpstr (get_shown (fixture), ==, "int whale;");
  sonde_transcript_reveal (fixture->transcript, 4, words);
  settle (fixture);
  g_assert_cmpstr (get_shown (fixture), ==, "I think of a whale.");

  gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
  sonde_press (widget, "Escape");
  settle (fixture);
  g_assert_null (get_shown (fixture));

  /* A message that has none of the words is gone to all the same, and to no other one. */
  sonde_transcript_reveal (fixture->transcript, 2, words);
  settle (fixture);
  g_assert_null (get_shown (fixture));
}

/* What comes while one searches is found as well. */
static void
test_news (Fixture *fixture, gconstpointer data)
{
  SondeMessage *message = add (fixture, 6, SONDE_ROLE_ASSISTANT, "A wh");

  sonde_message_set_state (message, SONDE_MESSAGE_STREAMING);
  open_bar (fixture);
  sonde_press (GTK_WIDGET (fixture->transcript), "w h a l e");
  sonde_test_wait (*get_count (fixture) != '\0');
  g_assert_cmpstr (get_count (fixture), ==, "1 of 4");
  sonde_message_append_text (message, SONDE_TEXT_CONTENT, "ale, two whales.", -1);
  sonde_test_wait (g_str_equal (get_count (fixture), "1 of 6"));
  sonde_message_set_state (message, SONDE_MESSAGE_COMPLETE);
}

int
main (int argc, char *argv[])
{
  sonde_display_test_init (&argc, &argv);
  g_test_add_func ("/find/needle", test_needle);
  g_test_add ("/find/find", Fixture, NULL, set_up, test_find, tear_down);
  g_test_add ("/find/options", Fixture, NULL, set_up, test_options, tear_down);
  g_test_add ("/find/accents", Fixture, NULL, set_up, test_accents, tear_down);
  g_test_add ("/find/marked", Fixture, NULL, set_up, test_marked, tear_down);
  g_test_add ("/find/news", Fixture, NULL, set_up, test_news, tear_down);

  return g_test_run ();
}
