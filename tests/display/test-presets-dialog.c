/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-context-fixture.h"
#include "sonde-preset-page.h"
#include "sonde-presets-dialog.h"
#include "sonde-stop-list.h"
#include "sonde-window.h"

typedef struct {
  char *folder;
  SondeKeyring *keyring;
  SondeChatContext *context;
  SondePresetList *presets;
  GtkWidget *window;
  GtkWidget *dialog;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("sonde-presets-XXXXXX", NULL);
  fixture->keyring = sonde_memory_keyring_new ();
  fixture->context = sonde_make_context (fixture->folder, fixture->keyring, NULL);
  fixture->presets = sonde_chat_context_get_presets (fixture->context);
  sonde_chat_context_start (fixture->context);
  sonde_test_wait (sonde_library_get_state (sonde_chat_context_get_library (fixture->context)) ==
                   SONDE_LIBRARY_READY);
  fixture->window = GTK_WIDGET (sonde_window_new (NULL, fixture->context));
  sonde_show_window (GTK_WINDOW (fixture->window), 360, 700);
  gtk_widget_activate_action (fixture->window, "win.presets", NULL);
  fixture->dialog = GTK_WIDGET (
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)));
  g_assert_true (SONDE_IS_PRESETS_DIALOG (fixture->dialog));
  g_object_add_weak_pointer (G_OBJECT (fixture->dialog), (gpointer *) &fixture->dialog);
  sonde_wait_focus_within (fixture->dialog);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_set (sonde_chat_context_get_settings (fixture->context), "hidden-presets", "",
                "default-preset", "", NULL);
  if (fixture->dialog != NULL)
    adw_dialog_force_close (ADW_DIALOG (fixture->dialog));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  sonde_end_context (fixture->context);
  sonde_test_wait (fixture->dialog == NULL && fixture->window == NULL);
  g_assert_finalize_object (fixture->context);
  g_clear_object (&fixture->keyring);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
act (Fixture *fixture, const char *action, const char *id)
{
  g_assert_true (gtk_widget_activate_action (fixture->dialog, action, "s", id));
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->presets));
}

static gpointer
find (Fixture *fixture, GType type)
{
  gpointer found = sonde_find_widget (fixture->dialog, type);

  if (found == NULL)
    g_error ("There is no %s", g_type_name (type));

  return found;
}

/* The page of a preset, when keys come to it. */
static GtkWidget *
wait_page (Fixture *fixture)
{
  GtkWidget *page = find (fixture, SONDE_TYPE_PRESET_PAGE);

  sonde_wait_focus_within (page);

  return page;
}

static void
test_actions (Fixture *fixture, gconstpointer data)
{
  SondePreset *copy;

  g_assert_cmpuint (count (fixture), ==, 5);
  act (fixture, "preset.duplicate", "tutor");
  g_assert_cmpuint (count (fixture), ==, 6);
  copy = g_list_model_get_item (G_LIST_MODEL (fixture->presets), 5);
  g_assert_cmpstr (sonde_preset_get_name (copy), ==, "Tutor (copy)");
  act (fixture, "preset.default", sonde_preset_get_id (copy));
  g_assert_true (sonde_preset_list_get_default (fixture->presets) == copy);
  act (fixture, "preset.remove", sonde_preset_get_id (copy));
  g_object_unref (copy);
  g_assert_null (sonde_preset_list_get_default (fixture->presets));
  act (fixture, "preset.remove", "tutor");
  g_assert_cmpuint (count (fixture), ==, 4);
  gtk_widget_activate_action (fixture->dialog, "preset.show-hidden", NULL);
  g_assert_cmpuint (count (fixture), ==, 5);
  act (fixture, "preset.default", "tutor");
  act (fixture, "preset.default", "tutor");
  g_assert_null (sonde_preset_list_get_default (fixture->presets));
}

/* A preset is made on its page: nothing is stored before it is saved. */
static void
test_editing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondePreset) made = NULL;
  GtkWidget *page;
  GtkEditable *name;
  GtkTextView *prompt;

  gtk_widget_activate_action (fixture->dialog, "preset.new", NULL);
  page = wait_page (fixture);
  name = GTK_EDITABLE (sonde_find_widget (page, ADW_TYPE_ENTRY_ROW));
  prompt = sonde_find_widget (page, GTK_TYPE_TEXT_VIEW);
  gtk_widget_grab_focus (GTK_WIDGET (name));
  sonde_press (fixture->window, "P o e t");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (prompt), "In verse.", -1);
  g_assert_cmpuint (count (fixture), ==, 5);
  sonde_press (fixture->window, "alt+s");
  sonde_test_wait (count (fixture) == 6);
  made = g_list_model_get_item (G_LIST_MODEL (fixture->presets), 5);
  g_assert_cmpstr (sonde_preset_get_name (made), ==, "Poet");
  g_assert_cmpstr (sonde_preset_get_system_prompt (made), ==, "In verse.");
}

static gpointer
find_titled (GtkWidget *widget, const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    gpointer found = find_titled (child, title);

    if (found != NULL)
      return found;
  }

  return NULL;
}

/* The model, how hard it thinks and the stop sequences are a preset's too, and are shown again. */
static void
test_model (Fixture *fixture, gconstpointer data)
{
  SondePreset *tutor;
  GtkWidget *page;
  SondeStopList *stops;
  g_auto (GStrv) texts = NULL;

  act (fixture, "preset.edit", "tutor");
  page = wait_page (fixture);
  g_assert_cmpuint (adw_combo_row_get_selected (find_titled (page, "Model")), ==, 0);
  g_assert_cmpuint (adw_combo_row_get_selected (find_titled (page, "Thinking")), ==, 0);
  adw_combo_row_set_selected (find_titled (page, "Model"), 2);
  adw_combo_row_set_selected (find_titled (page, "Thinking"), 4);
  stops = sonde_find_widget (page, SONDE_TYPE_STOP_LIST);
  gtk_widget_activate (find_titled (GTK_WIDGET (stops), "Add Stop Sequence"));
  gtk_editable_set_text (GTK_EDITABLE (find_titled (GTK_WIDGET (stops), "Stop Before")), "END\\n");
  sonde_press (fixture->window, "alt+s");
  sonde_test_wait (sonde_find_widget (fixture->dialog, SONDE_TYPE_PRESET_PAGE) == NULL);

  tutor = sonde_preset_list_find (fixture->presets, "tutor");
  g_assert_cmpstr (sonde_preset_get_model_id (tutor), ==, "deepseek-v4-pro");
  g_assert_cmpstr (sonde_preset_get_thinking (tutor), ==, "max");
  g_assert_cmpstr (sonde_preset_get_parameters (tutor), ==, "{\"stop\":[\"END\\n\"]}");

  act (fixture, "preset.edit", "tutor");
  page = wait_page (fixture);
  g_assert_cmpuint (adw_combo_row_get_selected (find_titled (page, "Model")), ==, 2);
  g_assert_cmpuint (adw_combo_row_get_selected (find_titled (page, "Thinking")), ==, 4);
  texts = sonde_stop_list_get_texts (sonde_find_widget (page, SONDE_TYPE_STOP_LIST));
  g_assert_cmpstr (texts[0], ==, "END\n");
}

static void
test_applying (Fixture *fixture, gconstpointer data)
{
  SondeConversation *conversation = sonde_window_get_conversation (SONDE_WINDOW (fixture->window));

  gtk_widget_activate_action (fixture->window, "win.apply-preset", "s", "shell-helper");
  g_assert_true (g_str_has_prefix (sonde_conversation_get_system_prompt (conversation),
                                   "You help with the command line"));
  act (fixture, "preset.begin", "tutor");
  conversation = sonde_window_get_conversation (SONDE_WINDOW (fixture->window));
  g_assert_true (g_str_has_prefix (sonde_conversation_get_system_prompt (conversation),
                                   "You are a patient tutor"));
  g_assert_null (sonde_conversation_get_parameters (conversation));
}

int
main (int argc, char **argv)
{
  sonde_display_test_init (&argc, &argv);
  g_test_add ("/presets-dialog/actions", Fixture, NULL, set_up, test_actions, tear_down);
  g_test_add ("/presets-dialog/editing", Fixture, NULL, set_up, test_editing, tear_down);
  g_test_add ("/presets-dialog/model", Fixture, NULL, set_up, test_model, tear_down);
  g_test_add ("/presets-dialog/applying", Fixture, NULL, set_up, test_applying, tear_down);

  return g_test_run ();
}
