/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "sonde-context-fixture.h"
#include "sonde-details-panel.h"
#include "sonde-parameter-row.h"
#include "sonde-stop-list.h"
#include "sonde-thinking-selector.h"
#include "sonde-window.h"

typedef struct {
  char *folder;
  SondeKeyring *keyring;
  SondeChatContext *context;
  GtkWidget *window;
  GtkWidget *panel;
  SondeConversation *conversation;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("sonde-details-XXXXXX", NULL);
  fixture->keyring = sonde_memory_keyring_new ();
  fixture->context = sonde_make_context (fixture->folder, fixture->keyring, NULL);
  sonde_chat_context_start (fixture->context);
  sonde_test_wait (sonde_library_get_state (sonde_chat_context_get_library (fixture->context)) ==
                   SONDE_LIBRARY_READY);
  fixture->window = GTK_WIDGET (sonde_window_new (NULL, fixture->context));
  sonde_show_window (GTK_WINDOW (fixture->window), 1100, 700);
  g_assert_null (sonde_find_widget (fixture->window, SONDE_TYPE_DETAILS_PANEL));
  gtk_widget_activate_action (fixture->window, "win.details", NULL);
  sonde_wait_frame (fixture->window);
  fixture->panel = sonde_find_widget (fixture->window, SONDE_TYPE_DETAILS_PANEL);
  g_assert_nonnull (fixture->panel);
  fixture->conversation =
    g_object_ref (sonde_details_panel_get_conversation (SONDE_DETAILS_PANEL (fixture->panel)));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) store = g_settings_new ("io.github.sondechat.Sonde");

  g_object_add_weak_pointer (G_OBJECT (fixture->panel), (gpointer *) &fixture->panel);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  sonde_end_context (fixture->context);
  sonde_test_wait (fixture->panel == NULL && fixture->window == NULL);
  g_clear_object (&fixture->conversation);
  g_assert_finalize_object (fixture->context);
  g_settings_reset (store, "model-id");
  g_settings_reset (store, "thinking");
  g_clear_object (&fixture->keyring);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static GtkWidget *
find_titled (GtkWidget *widget, const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_titled (child, title);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static GtkWidget *
row (Fixture *fixture, const char *title)
{
  GtkWidget *found = find_titled (fixture->panel, title);

  g_assert_nonnull (found);
  return found;
}

static GtkWidget *
entry_of (Fixture *fixture, const char *title)
{
  return sonde_find_widget (row (fixture, title), GTK_TYPE_ENTRY);
}

static void
type (Fixture *fixture, const char *title, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry_of (fixture, title)), text);
}

static void
append (Fixture *fixture, const char *title, const char *text)
{
  int end;

  gtk_editable_set_position (GTK_EDITABLE (entry_of (fixture, title)), -1);
  end = gtk_editable_get_position (GTK_EDITABLE (entry_of (fixture, title)));
  gtk_editable_insert_text (GTK_EDITABLE (entry_of (fixture, title)), text, -1, &end);
}

static const char *
subtitle (Fixture *fixture, const char *title)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (row (fixture, title)));
}

static void
assert_parameters (Fixture *fixture, const char *expected)
{
  g_assert_cmpstr (sonde_conversation_get_parameters (fixture->conversation), ==, expected);
}

static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *title;
    const char *name;
    const char *text; /* in the range */
    const char *json;
    const char *more; /* that is out of it with this behind it */
  } cases[] = {
    { "Maximum Tokens", "max_tokens", "4096", "4096", "000" },
    { "Temperature", "temperature", "0,5", "0.5", "x" },
    { "Top P", "top_p", "0.25", "0.25", "e1" },
    { "Frequency Penalty", "frequency_penalty", "-1.5", "-1.5", "e1" },
    { "Presence Penalty", "presence_penalty", "2", "2.0", ".5" },
    { "Alternatives", "top_logprobs", "20", "20", "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *expected = g_strdup_printf ("{\"%s\":%s}", cases[i].name, cases[i].json);

    g_assert_true (g_str_has_prefix (subtitle (fixture, cases[i].title), "Default: "));
    type (fixture, cases[i].title, cases[i].text);
    assert_parameters (fixture, expected);
    g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (fixture, cases[i].title))), ==,
                     cases[i].text);

    append (fixture, cases[i].title, cases[i].more);
    assert_parameters (fixture, expected);
    g_assert_true (g_str_has_prefix (subtitle (fixture, cases[i].title), "Choose a number from "));
    g_assert_true (gtk_widget_has_css_class (entry_of (fixture, cases[i].title), "error"));

    type (fixture, cases[i].title, "");
    assert_parameters (fixture, NULL);
    g_assert_false (gtk_widget_has_css_class (entry_of (fixture, cases[i].title), "error"));
  }
}

static double
get_temperature (Fixture *fixture)
{
  double number = -1;

  sonde_parameters_get_number (sonde_conversation_get_parameters (fixture->conversation),
                               SONDE_PARAMETER_TEMPERATURE, &number);

  return number;
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  gtk_widget_grab_focus (entry_of (fixture, "Temperature"));
  sonde_press (fixture->window, "Up Up");
  g_assert_cmpfloat_with_epsilon (get_temperature (fixture), 1.2, 1e-9);
  sonde_press (fixture->window, "Down Down Down");
  g_assert_cmpfloat_with_epsilon (get_temperature (fixture), 0.9, 1e-9);
  /* What is no number does not stay. */
  sonde_press (fixture->window, "x Tab");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (fixture, "Temperature"))), ==,
                   "0.9");
}

static gboolean
says (Fixture *fixture, const char *title, const char *words)
{
  return strstr (subtitle (fixture, title), words) != NULL;
}

static void
test_notes (Fixture *fixture, gconstpointer data)
{
  sonde_conversation_set_thinking (fixture->conversation, SONDE_THINKING_HIGH);
  g_assert_true (says (fixture, "Temperature", "\nIgnored while the model thinks"));
  g_assert_true (says (fixture, "Top P", "\nIgnored while the model thinks"));
  g_assert_true (says (fixture, "Frequency Penalty", "\nIgnored while the model thinks"));
  g_assert_true (says (fixture, "Alternatives", "\nIgnored without log probabilities"));
  g_assert_false (says (fixture, "Maximum Tokens", "Ignored"));

  sonde_conversation_set_thinking (fixture->conversation, SONDE_THINKING_OFF);
  sonde_conversation_set_parameters (fixture->conversation,
                                     "{\"logprobs\":true,\"max_tokens\":400000}");
  g_assert_false (says (fixture, "Temperature", "Ignored"));
  g_assert_true (says (fixture, "Presence Penalty", "\nIgnored by DeepSeek’s models"));
  g_assert_false (says (fixture, "Alternatives", "Ignored"));
  g_assert_true (says (fixture, "Maximum Tokens", "\nIgnored above the model’s maximum"));
}

static void
test_prompt (Fixture *fixture, gconstpointer data)
{
  g_assert_true (GTK_IS_TEXT_VIEW (gtk_window_get_focus (GTK_WINDOW (fixture->window))));
  sonde_press (fixture->window, "B e Return b");
  g_assert_null (sonde_conversation_get_system_prompt (fixture->conversation));
  sonde_test_wait (sonde_conversation_get_system_prompt (fixture->conversation) != NULL);
  g_assert_cmpstr (sonde_conversation_get_system_prompt (fixture->conversation), ==, "Be\nb");
  /* Who leaves the entry has it at once. */
  sonde_press (fixture->window, "BackSpace BackSpace ctrl+Tab");
  g_assert_cmpstr (sonde_conversation_get_system_prompt (fixture->conversation), ==, "Be");
}

static void
test_switches (Fixture *fixture, gconstpointer data)
{
  adw_switch_row_set_active (ADW_SWITCH_ROW (row (fixture, "Log Probabilities")), TRUE);
  assert_parameters (fixture, "{\"logprobs\":true}");
  adw_switch_row_set_active (ADW_SWITCH_ROW (row (fixture, "Log Probabilities")), FALSE);
  assert_parameters (fixture, NULL);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row (fixture, "JSON Output")), TRUE);
  g_assert_true (sonde_conversation_get_json_output (fixture->conversation));

  adw_combo_row_set_selected (ADW_COMBO_ROW (row (fixture, "Model")), 1);
  g_assert_cmpstr (sonde_conversation_get_model_id (fixture->conversation), ==, "deepseek-v4-pro");
}

static void
test_stops (Fixture *fixture, gconstpointer data)
{
  SondeStopList *list = sonde_find_widget (fixture->panel, SONDE_TYPE_STOP_LIST);
  static const char *const texts[] = { "one", "a\nb", NULL };
  GtkWidget *add = row (fixture, "Add Stop Sequence");
  g_autofree char *escaped = sonde_stop_list_escape ("a\\\n\tb");
  g_autofree char *unescaped = sonde_stop_list_unescape (escaped);

  g_assert_cmpstr (escaped, ==, "a\\\\\\n\\tb");
  g_assert_cmpstr (unescaped, ==, "a\\\n\tb");

  g_signal_emit_by_name (add, "activated");
  assert_parameters (fixture, NULL);
  gtk_editable_set_text (GTK_EDITABLE (row (fixture, "Stop Before")), "\\nEND");
  assert_parameters (fixture, "{\"stop\":[\"\\nEND\"]}");
  for (int i = 1; i < SONDE_MAX_STOPS; i++) {
    g_assert_true (gtk_widget_get_visible (add));
    g_signal_emit_by_name (add, "activated");
  }
  g_assert_false (gtk_widget_get_visible (add));

  sonde_stop_list_set_texts (list, texts);
  g_assert_cmpuint (sonde_count_widgets (fixture->panel, ADW_TYPE_ENTRY_ROW), ==, 2);
  g_assert_true (gtk_widget_get_visible (add));
}

static void
test_reset (Fixture *fixture, gconstpointer data)
{
  GtkWidget *reset = sonde_find_widget (row (fixture, "Temperature"), GTK_TYPE_BUTTON);

  sonde_conversation_set_thinking (fixture->conversation, SONDE_THINKING_OFF);
  type (fixture, "Temperature", "0.5");
  type (fixture, "Top P", "0.5");
  g_assert_true (gtk_widget_get_visible (reset));
  g_signal_emit_by_name (reset, "clicked");
  assert_parameters (fixture, "{\"top_p\":0.5}");
  g_assert_false (gtk_widget_get_visible (reset));

  sonde_conversation_set_system_prompt (fixture->conversation, "Be brief.");
  sonde_conversation_set_json_output (fixture->conversation, TRUE);
  sonde_conversation_set_model_id (fixture->conversation, "deepseek-v4-pro");
  g_assert_true (gtk_widget_get_sensitive (row (fixture, "_Reset All")));
  g_signal_emit_by_name (row (fixture, "_Reset All"), "activated");
  assert_parameters (fixture, NULL);
  g_assert_null (sonde_conversation_get_system_prompt (fixture->conversation));
  g_assert_false (sonde_conversation_get_json_output (fixture->conversation));
  g_assert_cmpstr (sonde_conversation_get_model_id (fixture->conversation), ==,
                   "deepseek-v4-flash");
  g_assert_cmpint (sonde_conversation_get_thinking (fixture->conversation), ==,
                   SONDE_THINKING_HIGH);
  g_assert_false (gtk_widget_get_sensitive (row (fixture, "_Reset All")));
}

/* Another conversation has values of its own. */
static void
test_switching (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) other =
    sonde_library_create (sonde_chat_context_get_library (fixture->context));

  sonde_press (fixture->window, "x");
  type (fixture, "Maximum Tokens", "77");
  sonde_conversation_set_system_prompt (other, "Other");
  sonde_window_set_conversation (SONDE_WINDOW (fixture->window), other);
  g_assert_cmpstr (sonde_conversation_get_system_prompt (fixture->conversation), ==, "x");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (fixture, "Maximum Tokens"))), ==,
                   "");
  g_assert_null (sonde_conversation_get_parameters (other));
  g_assert_cmpstr (sonde_conversation_get_system_prompt (other), ==, "Other");
  sonde_window_set_conversation (SONDE_WINDOW (fixture->window), fixture->conversation);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (fixture, "Maximum Tokens"))), ==,
                   "77");
}

/* What another system prompt would cost in a long conversation is said before it is written. */
static void
test_cache_note (Fixture *fixture, gconstpointer data)
{
  GtkLabel *note = GTK_LABEL (
    gtk_widget_get_template_child (fixture->panel, SONDE_TYPE_DETAILS_PANEL, "cache_note"));
  g_autoptr (SondeMessage) answer = sonde_message_new (2, 0, SONDE_ROLE_ASSISTANT, 1);
  SondeUsage usage = { 100000, 10, 100010, 0, 100000, 0 };

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (note)));
  sonde_message_set_usage (answer, &usage);
  sonde_message_set_state (answer, SONDE_MESSAGE_COMPLETE);
  sonde_conversation_append (fixture->conversation, answer);
  sonde_test_wait (gtk_widget_get_visible (GTK_WIDGET (note)));
  g_assert_nonnull (strstr (gtk_label_get_label (note), "≈ 100010 tokens"));
  /* Peak or not: the rates of a miss are fifty times those of a hit. */
  g_assert_true (strstr (gtk_label_get_label (note), "≈ $0.015 once, in place of ≈ $0.00030") ||
                 strstr (gtk_label_get_label (note), "≈ $0.030 once, in place of ≈ $0.00060"));
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "numbers", test_numbers },       { "keys", test_keys },
    { "notes", test_notes },           { "prompt", test_prompt },
    { "switches", test_switches },     { "stops", test_stops },
    { "cache-note", test_cache_note }, { "reset", test_reset },
    { "switching", test_switching },
  };

  sonde_display_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/details/", tests[i].name, NULL);

    g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
  }

  return g_test_run ();
}
