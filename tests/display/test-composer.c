/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

#include "sonde-composer.h"
#include "sonde-display-test.h"
#include "sonde-spelling.h"
#include "sonde-thinking-selector.h"

typedef struct {
  GtkWindow *window;
  SondeComposer *composer;
  GtkTextView *view;
  char *sent;
  guint n_sent;
  guint n_stops;
  guint n_chosen;
} Fixture;

static void
send_cb (Fixture *fixture, const char *text)
{
  g_set_str (&fixture->sent, text);
  fixture->n_sent++;
}

static void
thinking_chosen_cb (Fixture *fixture)
{
  fixture->n_chosen++;
}

static void
stop_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ((Fixture *) user_data)->n_stops++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const GActionEntry actions[] = { { .name = "stop", .activate = stop_cb } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *composer = sonde_composer_new ();

  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->composer = SONDE_COMPOSER (composer);
  fixture->view = sonde_find_widget (composer, GTK_TYPE_TEXT_VIEW);
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), fixture);
  gtk_widget_insert_action_group (GTK_WIDGET (fixture->window), "win", G_ACTION_GROUP (group));
  g_signal_connect_swapped (composer, "send", G_CALLBACK (send_cb), fixture);
  g_signal_connect_swapped (composer, "thinking-chosen", G_CALLBACK (thinking_chosen_cb), fixture);
  gtk_widget_set_valign (composer, GTK_ALIGN_END);
  gtk_window_set_child (fixture->window, composer);
  sonde_show_window (fixture->window, 600, 500);
  gtk_widget_grab_focus (composer);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (fixture->view)));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->composer), (gpointer *) &fixture->composer);
  gtk_window_destroy (fixture->window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (fixture->composer);
  g_free (fixture->sent);
}

static void
press (Fixture *fixture, const char *keys)
{
  sonde_press (GTK_WIDGET (fixture->composer), keys);
}

static void
assert_text (Fixture *fixture, const char *expected)
{
  g_autofree char *text = sonde_composer_get_text (fixture->composer);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_finalize (void)
{
  GtkWidget *composer = g_object_ref_sink (sonde_composer_new ());

  g_assert_finalize_object (composer);
}

static void
test_enter_sends (Fixture *fixture, gconstpointer data)
{
  press (fixture, "Return space Return");
  g_assert_cmpuint (fixture->n_sent, ==, 0); /* nothing but white space */

  sonde_composer_set_text (fixture->composer, NULL);
  press (fixture, "a shift+Return b Return");
  g_assert_cmpuint (fixture->n_sent, ==, 1);
  g_assert_cmpstr (fixture->sent, ==, "a\nb");
  assert_text (fixture, "a\nb"); /* until somebody takes it away */

  press (fixture, "c KP_Enter");
  g_assert_cmpuint (fixture->n_sent, ==, 2);
  g_assert_cmpstr (fixture->sent, ==, "a\nbc");
}

static void
test_enter_breaks (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->composer, "enter-sends", FALSE, NULL);
  press (fixture, "a Return b");
  g_assert_cmpuint (fixture->n_sent, ==, 0);
  assert_text (fixture, "a\nb");

  press (fixture, "ctrl+Return");
  g_assert_cmpuint (fixture->n_sent, ==, 1);
  g_assert_cmpstr (fixture->sent, ==, "a\nb");
}

/* GTK's text view loses a font description each time when it lays out what an input method is
 * composing; what is lost meanwhile is none of ours. */
static void
expect_gtk_leaks (gboolean expected)
{
#if defined(__SANITIZE_ADDRESS__)
  if (expected)
    __lsan_disable ();
  else
    __lsan_enable ();
#endif
}

static void
test_input_method (Fixture *fixture, gconstpointer data)
{
  /* The input method takes the number of a character; Enter is its key meanwhile. */
  expect_gtk_leaks (TRUE);
  press (fixture, "a ctrl+shift+u 4 e 0 0 Return");
  expect_gtk_leaks (FALSE);
  g_assert_cmpuint (fixture->n_sent, ==, 0);
  assert_text (fixture, "a一");

  press (fixture, "Return");
  g_assert_cmpuint (fixture->n_sent, ==, 1);
  g_assert_cmpstr (fixture->sent, ==, "a一");
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  press (fixture, "Escape");
  g_assert_cmpuint (fixture->n_stops, ==, 0);

  g_object_set (fixture->composer, "busy", TRUE, NULL);
  press (fixture, "a Return");
  g_assert_cmpuint (fixture->n_sent, ==, 0);
  assert_text (fixture, "a"); /* typing goes on */

  press (fixture, "Escape");
  g_assert_cmpuint (fixture->n_stops, ==, 1);

  g_object_set (fixture->composer, "busy", FALSE, NULL);
  press (fixture, "Return");
  g_assert_cmpstr (fixture->sent, ==, "a");
}

static void
test_drafts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) first = sonde_conversation_new (1, 0);
  g_autoptr (SondeConversation) second = sonde_conversation_new (2, 0);

  sonde_conversation_set_draft (second, "second");
  sonde_composer_set_conversation (fixture->composer, first);
  press (fixture, "f i r s t");
  sonde_composer_set_conversation (fixture->composer, second);
  assert_text (fixture, "second");
  g_assert_cmpstr (sonde_conversation_get_draft (first), ==, "first");

  sonde_composer_set_conversation (fixture->composer, first);
  assert_text (fixture, "first");

  /* A pause in typing is enough. */
  press (fixture, "x");
  sonde_test_wait (g_strcmp0 (sonde_conversation_get_draft (first), "firstx") == 0);

  sonde_composer_set_text (fixture->composer, NULL);
  g_assert_null (sonde_conversation_get_draft (first));
}

static void
test_thinking (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_conversation_new (1, 0);
  g_autoptr (SondeModelInfo) model = sonde_model_info_new ("some-model", NULL);
  AdwToggleGroup *group = sonde_find_widget (GTK_WIDGET (fixture->composer), ADW_TYPE_TOGGLE_GROUP);

  sonde_conversation_set_thinking (conversation, SONDE_THINKING_LOW);
  sonde_composer_set_conversation (fixture->composer, conversation);
  g_object_set (fixture->composer, "model", model, NULL);

  /* What the model does not list is not offered; what it does instead is shown. */
  g_assert_cmpuint (adw_toggle_group_get_n_toggles (group), ==, 3);
  g_assert_null (adw_toggle_group_get_toggle_by_name (group, "low"));
  g_assert_cmpstr (adw_toggle_group_get_active_name (group), ==, "high");
  g_assert_cmpint (sonde_conversation_get_thinking (conversation), ==, SONDE_THINKING_LOW);

  sonde_model_info_set_supports_thinking (model, SONDE_THINKING_LOW, TRUE);
  g_assert_cmpuint (adw_toggle_group_get_n_toggles (group), ==, 4);
  g_assert_cmpstr (adw_toggle_group_get_active_name (group), ==, "low");
  g_assert_cmpuint (fixture->n_chosen, ==, 0);

  adw_toggle_group_set_active_name (group, "max");
  g_assert_cmpuint (fixture->n_chosen, ==, 1);
  g_assert_cmpint (sonde_conversation_get_thinking (conversation), ==, SONDE_THINKING_MAX);

  sonde_conversation_set_thinking (conversation, SONDE_THINKING_OFF);
  g_assert_cmpstr (adw_toggle_group_get_active_name (group), ==, "off");
  g_assert_cmpuint (fixture->n_chosen, ==, 1);
}

static void
test_growth (Fixture *fixture, gconstpointer data)
{
  GtkWidget *composer = GTK_WIDGET (fixture->composer);
  g_autoptr (GString) text = g_string_new ("line");
  int one_line = gtk_widget_get_height (composer);
  int five_lines;

  for (guint i = 1; i < 5; i++)
    g_string_append (text, "\nline");
  sonde_composer_set_text (fixture->composer, text->str);
  sonde_wait_frame (composer);
  five_lines = gtk_widget_get_height (composer);
  g_assert_cmpint (five_lines, >, one_line);

  for (guint i = 5; i < 200; i++)
    g_string_append (text, "\nline");
  sonde_composer_set_text (fixture->composer, text->str);
  sonde_wait_frame (composer);
  g_assert_cmpint (gtk_widget_get_height (composer), >, five_lines);
  g_assert_cmpint (gtk_widget_get_height (composer), <=, 500 * 4 / 10 + 1);

  sonde_composer_set_text (fixture->composer, NULL);
  sonde_wait_frame (composer);
  g_assert_cmpint (gtk_widget_get_height (composer), ==, one_line);
}

static void
show_files (Fixture *fixture, SondeConversation *conversation)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  sonde_conversation_set_messages (conversation, none);
  sonde_composer_set_conversation (fixture->composer, conversation);
}

static GtkWidget *
find_send (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "composer.send") == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_send (child);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static void
assert_can_send (Fixture *fixture, gboolean can)
{
  g_assert_cmpint (gtk_widget_get_sensitive (find_send (GTK_WIDGET (fixture->composer))), ==, can);
}

/* A question waits for a file that is read; one that fails is in the way. */
static void
test_files (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_conversation_new (1, 1);
  g_autoptr (SondeAttachment) file = sonde_attachment_new ("a.txt");
  g_autoptr (SondeAttachment) bad = sonde_attachment_new ("b.txt");
  g_autoptr (SondeAttachment) read = sonde_attachment_new_text ("", "text/plain", 4, "text", -1);
  GListStore *files = sonde_conversation_get_attachments (conversation);
  SondeContextParts parts;

  show_files (fixture, conversation);
  g_list_store_append (files, file);
  assert_can_send (fixture, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.send", NULL);
  g_assert_cmpuint (fixture->n_sent, ==, 0);
  sonde_attachment_take (file, read);
  g_assert_cmpuint (fixture->n_sent, ==, 1);
  sonde_context_meter_get_parts (sonde_composer_get_meter (fixture->composer), &parts);
  g_assert_cmpint (parts.attachments, ==, 2);

  g_list_store_append (files, bad);
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.send", NULL);
  sonde_attachment_fail (bad, SONDE_ATTACHMENT_PROBLEM_DAMAGED);
  g_assert_cmpuint (fixture->n_sent, ==, 1);
  assert_can_send (fixture, FALSE);
  g_list_store_remove (files, 1);
  assert_can_send (fixture, TRUE);
  sonde_composer_set_conversation (fixture->composer, NULL);
}

/* The word that JSON output needs may be said before, and then not again. */
static void
test_json_word (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_conversation_new (1, 1);

  show_files (fixture, conversation);
  sonde_composer_set_text (fixture->composer, "List three rivers.");
  assert_can_send (fixture, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.json-output", NULL);
  g_assert_true (sonde_conversation_get_json_output (conversation));
  assert_can_send (fixture, FALSE);
  sonde_composer_set_text (fixture->composer, "List three rivers as Json.");
  assert_can_send (fixture, TRUE);
  sonde_composer_set_text (fixture->composer, "List three rivers.");
  assert_can_send (fixture, FALSE);
  sonde_conversation_set_system_prompt (conversation, "Answer in JSON.");
  assert_can_send (fixture, TRUE);
  sonde_composer_set_conversation (fixture->composer, NULL);
}

static gboolean
is_marked (Fixture *fixture, int offset)
{
  GtkTextIter iter;
  g_autoptr (GSList) tags = NULL;

  gtk_text_buffer_get_iter_at_offset (gtk_text_view_get_buffer (fixture->view), &iter, offset);
  tags = gtk_text_iter_get_tags (&iter);

  return tags != NULL;
}

/* Whether an item of that label is anywhere in @menu. */
static gboolean
menu_has (GMenuModel *menu, const char *label)
{
  for (int i = 0; menu != NULL && i < g_menu_model_get_n_items (menu); i++) {
    g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
    g_autofree char *item = NULL;

    g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &item);
    if (g_strcmp0 (item, label) == 0 || menu_has (section, label))
      return TRUE;
  }

  return FALSE;
}

/* Nothing of it is there before the first key; then the words that are wrong are marked, in the
 * language of the conversation. */
static void
test_spelling (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) first = sonde_conversation_new (1, 0);
  g_autoptr (SondeConversation) second = sonde_conversation_new (2, 0);
  GtkWidget *view = GTK_WIDGET (fixture->view);

  sonde_conversation_set_draft (first, "thhe wrod is");
  sonde_composer_set_conversation (fixture->composer, first);
  sonde_wait_frame (view);
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (gtk_text_view_get_buffer (fixture->view)), ==,
                   "GtkTextBuffer");

  press (fixture, "space");
  assert_text (fixture, "thhe wrod is ");
  sonde_test_wait (is_marked (fixture, 0) && is_marked (fixture, 6) && !is_marked (fixture, 10));
  g_assert_null (sonde_conversation_get_spelling (first));

  press (fixture, "Left Left Left Left Left");
  sonde_test_wait (menu_has (gtk_text_view_get_extra_menu (fixture->view), "word"));
  gtk_widget_activate_action (view, "spelling.correct", "s", "word");
  assert_text (fixture, "thhe word is ");
  press (fixture, "End");
  sonde_test_wait (!is_marked (fixture, 6));

  press (fixture, "ctrl+z");
  assert_text (fixture, "thhe wrod is ");
  press (fixture, "ctrl+shift+z End");
  assert_text (fixture, "thhe word is ");

  gtk_widget_activate_action (view, "spelling.language", "s", "de_DE");
  g_assert_cmpstr (sonde_conversation_get_spelling (first), ==, "de_DE");
  sonde_test_wait (is_marked (fixture, 6));

  /* Another conversation is in the person's language. */
  sonde_conversation_set_draft (second, "word wrod ");
  sonde_composer_set_conversation (fixture->composer, second);
  sonde_test_wait (is_marked (fixture, 6));
  g_assert_false (is_marked (fixture, 1));
  g_assert_null (sonde_conversation_get_spelling (second));
  sonde_conversation_set_spelling (second, "de_DE");
  sonde_test_wait (is_marked (fixture, 1));

  g_object_set (fixture->composer, "check-spelling", FALSE, NULL);
  sonde_test_wait (!is_marked (fixture, 1) && !is_marked (fixture, 6));
  gtk_widget_activate_action (view, "spelling.enabled", NULL);
  sonde_test_wait (is_marked (fixture, 1));
  sonde_composer_set_conversation (fixture->composer, NULL);
}

/* The dictionary is read when somebody has written and stopped for a moment: every key puts it off,
 * and what is no key does not begin it. */
static void
test_spelling_pause (Fixture *fixture, gconstpointer data)
{
  GtkTextView *view = g_object_ref_sink (GTK_TEXT_VIEW (gtk_text_view_new ()));
  g_autoptr (SondeSpelling) spelling = sonde_spelling_new (view);
  g_autoptr (GSource) first = NULL;
  GSource *second;
  GtkTextIter iter;
  gint64 before;

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), "wrod ", -1);
  sonde_spelling_set_language (spelling, "en_US");
  g_assert_null (g_main_context_find_source_by_user_data (NULL, spelling));
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (gtk_text_view_get_buffer (view)), ==, "GtkTextBuffer");

  before = g_get_monotonic_time ();
  sonde_spelling_start (spelling);
  first = g_main_context_find_source_by_user_data (NULL, spelling);
  g_assert_nonnull (first);
  g_source_ref (first);
  g_assert_cmpint (g_source_get_priority (first), ==, G_PRIORITY_LOW);
  g_assert_cmpint (g_source_get_ready_time (first), >=, before + 400 * 1000);

  sonde_spelling_start (spelling);
  second = g_main_context_find_source_by_user_data (NULL, spelling);
  g_assert_nonnull (second);
  g_assert_true (second != first);
  g_assert_true (g_source_is_destroyed (first));
  g_assert_null (sonde_spelling_get_tag (spelling));

  sonde_test_wait (sonde_spelling_get_tag (spelling) != NULL);
  gtk_text_buffer_get_iter_at_offset (gtk_text_view_get_buffer (view), &iter, 1);
  sonde_test_wait (gtk_text_iter_has_tag (&iter, sonde_spelling_get_tag (spelling)));
  sonde_spelling_start (spelling);
  g_assert_null (g_main_context_find_source_by_user_data (NULL, spelling));
  g_clear_object (&spelling);
  g_object_unref (view);
}

/* Somebody who does not want it does not pay for it. */
static void
test_spelling_off (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->composer, "check-spelling", FALSE, NULL);
  press (fixture, "w r o d space");
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (gtk_text_view_get_buffer (fixture->view)), ==,
                   "GtkTextBuffer");
  g_assert_null (gtk_text_view_get_extra_menu (fixture->view));

  g_object_set (fixture->composer, "check-spelling", TRUE, NULL);
  press (fixture, "a");
  assert_text (fixture, "wrod a");
  sonde_test_wait (is_marked (fixture, 1));
}

/* There is no dictionary for the person's language: the menu says so and has those that there are.
 */
static void
test_no_dictionary (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_conversation_new (1, 0);
  GtkWidget *view = GTK_WIDGET (fixture->view);
  g_autofree char *locale = g_strdup (g_getenv ("LC_ALL"));

  g_setenv ("LC_ALL", "tlh", TRUE);
  sonde_composer_set_conversation (fixture->composer, conversation);
  press (fixture, "w r o d space a");
  sonde_test_wait (gtk_text_view_get_extra_menu (fixture->view) != NULL);
  g_assert_true (
    menu_has (gtk_text_view_get_extra_menu (fixture->view), "No Dictionary for Your Language"));
  assert_text (fixture, "wrod a");
  g_assert_null (sonde_conversation_get_spelling (conversation));
  g_assert_false (is_marked (fixture, 1));

  gtk_widget_activate_action (view, "spelling.language", "s", "en_US");
  sonde_test_wait (is_marked (fixture, 1));
  g_assert_cmpstr (sonde_conversation_get_spelling (conversation), ==, "en_US");
  g_assert_false (
    menu_has (gtk_text_view_get_extra_menu (fixture->view), "No Dictionary for Your Language"));

  sonde_composer_set_conversation (fixture->composer, NULL);
  if (locale != NULL)
    g_setenv ("LC_ALL", locale, TRUE);
  else
    g_unsetenv ("LC_ALL");
}

int
main (int argc, char *argv[])
{
  sonde_display_test_init (&argc, &argv);

  g_test_add_func ("/composer/finalize", test_finalize);
#define ADD(path, function)                                                                        \
  g_test_add ("/composer/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("enter-sends", test_enter_sends);
  ADD ("enter-breaks", test_enter_breaks);
  ADD ("input-method", test_input_method);
  ADD ("busy", test_busy);
  ADD ("drafts", test_drafts);
  ADD ("thinking", test_thinking);
  ADD ("growth", test_growth);
  ADD ("files", test_files);
  ADD ("json-word", test_json_word);
  ADD ("spelling", test_spelling);
  ADD ("spelling-off", test_spelling_off);
  ADD ("spelling-pause", test_spelling_pause);
  ADD ("no-dictionary", test_no_dictionary);
#undef ADD

  return g_test_run ();
}
