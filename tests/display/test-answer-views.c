/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What an answer is shown as in place of its Markdown: its tokens, and JSON. */

#include "sonde-display-test.h"

#include "sonde-document.h"
#include "sonde-json-view.h"
#include "sonde-token-view.h"
#include "sonde-transcript.h"
#include "sonde-turn-column.h"
#include "sonde-turn-footer.h"
#include "sonde-turn.h"

typedef struct {
  GtkWindow *window;
  SondeTranscript *transcript;
  SondeMessage *message;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer text)
{
  g_autoptr (SondeConversation) conversation = sonde_conversation_new (1, 0);

  fixture->message = sonde_message_new (1, 0, SONDE_ROLE_ASSISTANT, g_get_real_time ());
  sonde_message_set_text (fixture->message, SONDE_TEXT_CONTENT, text);
  sonde_conversation_append (conversation, fixture->message);
  fixture->transcript = SONDE_TRANSCRIPT (sonde_transcript_new ());
  sonde_transcript_set_conversation (fixture->transcript, conversation);
  fixture->window =
    g_object_new (ADW_TYPE_WINDOW, "content", GTK_WIDGET (fixture->transcript), NULL);
  sonde_show_window (fixture->window, 600, 500);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  g_clear_object (&fixture->message);
}

/* They come before the state that says that all has come. */
static void
set_details (Fixture *fixture, const char *logprobs, gboolean json_output)
{
  g_autoptr (SondeMessageDetails) details = sonde_message_details_new ();

  details->logprobs = g_strdup (logprobs);
  if (json_output)
    sonde_message_details_add_json_output (details);
  sonde_message_set_state (fixture->message, SONDE_MESSAGE_STREAMING);
  sonde_message_set_details (fixture->message, details);
  sonde_message_set_state (fixture->message, SONDE_MESSAGE_COMPLETE);
  sonde_wait_frame (GTK_WIDGET (fixture->window));
}

static gpointer
find (Fixture *fixture, GType type)
{
  return sonde_find_widget (GTK_WIDGET (fixture->window), type);
}

/* What the template of @widget names so. */
static gpointer
get_child (gpointer widget, const char *id)
{
  return gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), id);
}

/* What the menu under the answer has for it, or NULL. */
static char *
dup_menu_item (Fixture *fixture)
{
  GtkMenuButton *more =
    GTK_MENU_BUTTON (get_child (find (fixture, SONDE_TYPE_TURN_FOOTER), "more"));
  g_autoptr (GMenuModel) section = NULL;
  char *label = NULL;

  gtk_menu_button_popup (more);
  section =
    g_menu_model_get_item_link (gtk_menu_button_get_menu_model (more), 0, G_MENU_LINK_SECTION);
  for (int i = 0; i < g_menu_model_get_n_items (section) && label == NULL; i++) {
    g_autofree char *action = NULL;

    g_menu_model_get_item_attribute (section, i, "action", "s", &action);
    if (g_str_equal (action, "transcript.show-probabilities"))
      g_menu_model_get_item_attribute (section, i, "label", "s", &label);
  }
  gtk_menu_button_popdown (more);

  return label;
}

static void
show_probabilities (Fixture *fixture)
{
  gtk_widget_activate_action (find (fixture, SONDE_TYPE_TURN), "transcript.show-probabilities", "x",
                              G_GINT64_CONSTANT (1));
  sonde_wait_frame (GTK_WIDGET (fixture->window));
}

static const char logprobs[] =
  "{\"content\":[{\"token\":\"Yes\",\"logprob\":-0.01},{\"token\":\" or\\n\",\"logprob\":-2,"
  "\"top_logprobs\":[{\"token\":\" or\\n\",\"logprob\":-2},{\"token\":\".\",\"logprob\":-3}]},"
  "{\"token\":\"no\",\"logprob\":-0.7}]}";

static void
test_tokens (Fixture *fixture, gconstpointer data)
{
  g_autofree char *show = NULL;
  g_autofree char *hide = NULL;
  GtkWidget *view, *text;
  GtkTextBuffer *buffer;
  GtkTextIter iter;
  GSList *tags;

  set_details (fixture, logprobs, FALSE);
  g_assert_null (find (fixture, SONDE_TYPE_TOKEN_VIEW));
  show = dup_menu_item (fixture);
  g_assert_cmpstr (show, ==, "Show Token _Probabilities");
  show_probabilities (fixture);
  hide = dup_menu_item (fixture);
  g_assert_cmpstr (hide, ==, "Hide Token _Probabilities");

  view = find (fixture, SONDE_TYPE_TOKEN_VIEW);
  g_assert_false (gtk_widget_get_mapped (find (fixture, SONDE_TYPE_DOCUMENT)));
  text = get_child (view, "text");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 9);
  /* What was likely is not marked, what was not is so more than what was somewhat. */
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 0);
  g_assert_null (gtk_text_iter_get_tags (&iter));
  for (int i = 0; i < 2; i++) {
    PangoUnderline underline;

    gtk_text_buffer_get_iter_at_offset (buffer, &iter, i == 0 ? 4 : 7);
    tags = gtk_text_iter_get_tags (&iter);
    g_assert_cmpuint (g_slist_length (tags), ==, 1);
    g_object_get (tags->data, "underline", &underline, NULL);
    g_assert_cmpint (underline, ==, i == 0 ? PANGO_UNDERLINE_DOUBLE : PANGO_UNDERLINE_SINGLE);
    g_slist_free (tags);
  }

  /* By keyboard */
  gtk_widget_grab_focus (text);
  sonde_wait_frame (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (gtk_label_get_label (get_child (view, "current")), ==, "“Yes” 99.0 %");
  g_assert_false (gtk_widget_get_visible (get_child (view, "alternatives")));
  sonde_press (GTK_WIDGET (fixture->window), "Right Right Right");
  g_assert_cmpstr (gtk_label_get_label (get_child (view, "current")), ==, "“␣or↵” 13.5 %");
  g_assert_cmpuint (sonde_count_widgets (get_child (view, "alternatives"), GTK_TYPE_LABEL), ==, 2);
  sonde_press (GTK_WIDGET (fixture->window), "Down");
  g_assert_cmpstr (gtk_label_get_label (get_child (view, "current")), ==, "“no” 49.7 %");
  sonde_press (GTK_WIDGET (fixture->window), "Tab");
  g_assert_true (GTK_IS_BUTTON (gtk_root_get_focus (GTK_ROOT (fixture->window))));

  /* Back */
  g_signal_emit_by_name (get_child (view, "close"), "clicked");
  sonde_wait_frame (GTK_WIDGET (fixture->window));
  g_assert_null (find (fixture, SONDE_TYPE_TOKEN_VIEW));
  g_assert_true (gtk_widget_get_mapped (find (fixture, SONDE_TYPE_DOCUMENT)));
}

/* An answer that came without them does not offer them. */
static void
test_no_tokens (Fixture *fixture, gconstpointer data)
{
  set_details (fixture, "{\"content\":[]}", FALSE);
  g_assert_null (dup_menu_item (fixture));
  show_probabilities (fixture);
  g_assert_null (find (fixture, SONDE_TYPE_TOKEN_VIEW));
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view, *switcher;

  set_details (fixture, logprobs, TRUE);
  view = find (fixture, SONDE_TYPE_JSON_VIEW);
  switcher = get_child (view, "switcher");
  g_assert_false (gtk_widget_get_visible (get_child (view, "problem")));
  g_assert_nonnull (sonde_find_widget (view, GTK_TYPE_LIST_VIEW));
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (switcher), "text");
  g_assert_nonnull (sonde_find_widget (view, GTK_TYPE_TEXT_VIEW));

  /* It has tokens, too. */
  show_probabilities (fixture);
  g_assert_null (find (fixture, SONDE_TYPE_JSON_VIEW));
  g_assert_nonnull (find (fixture, SONDE_TYPE_TOKEN_VIEW));
  show_probabilities (fixture);
  g_assert_nonnull (find (fixture, SONDE_TYPE_JSON_VIEW));
}

static void
test_broken_json (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view;

  set_details (fixture, NULL, TRUE);
  view = find (fixture, SONDE_TYPE_JSON_VIEW);
  g_assert_cmpstr (gtk_label_get_label (get_child (view, "problem_label")), ==,
                   "The answer ends before the JSON does, in line 2.");
}

int
main (int argc, char *argv[])
{
  sonde_display_test_init (&argc, &argv);
  g_test_add ("/tokens", Fixture, "Yes or no", set_up, test_tokens, tear_down);
  g_test_add ("/no-tokens", Fixture, "Yes", set_up, test_no_tokens, tear_down);
  g_test_add ("/json", Fixture, "{\"a\": [1, true]}", set_up, test_json, tear_down);
  g_test_add ("/broken-json", Fixture, "{\"a\":\n [1, ", set_up, test_broken_json, tear_down);

  return g_test_run ();
}
