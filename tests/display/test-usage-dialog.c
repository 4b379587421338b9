/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "sonde-context-fixture.h"
#include "sonde-usage-csv.h"
#include "sonde-usage-dialog.h"
#include "sonde-usage-entry.h"
#include "sonde-usage-plot.h"
#include "sonde-window.h"

static void
changed_cb (guint *n)
{
  (*n)++;
}

static void
test_plot (void)
{
  const double values[] = { 1, 0, 3 };
  static const char *const names[] = { "a", "b", "c" };
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  SondeUsagePlot *plot = SONDE_USAGE_PLOT (sonde_usage_plot_new ());
  guint n = 0;

  g_signal_connect_swapped (plot, "current-changed", G_CALLBACK (changed_cb), &n);
  gtk_window_set_child (window, GTK_WIDGET (plot));
  sonde_show_window (window, 400, 300);
  g_assert_cmpint (sonde_usage_plot_get_current (plot), ==, -1);
  sonde_usage_plot_set_bars (plot, values, names, 3, "3");
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (sonde_usage_plot_get_current (plot), ==, 2);
  gtk_widget_grab_focus (GTK_WIDGET (plot));
  sonde_press (GTK_WIDGET (window), "Left Left Left Left");
  g_assert_cmpint (sonde_usage_plot_get_current (plot), ==, 0);
  sonde_press (GTK_WIDGET (window), "Right");
  g_assert_cmpint (sonde_usage_plot_get_current (plot), ==, 1);
  sonde_press (GTK_WIDGET (window), "End");
  g_assert_cmpint (sonde_usage_plot_get_current (plot), ==, 2);
  g_assert_cmpuint (n, ==, 5);
  sonde_usage_plot_set_bars (plot, NULL, NULL, 0, NULL);
  sonde_wait_frame (GTK_WIDGET (window));
  g_assert_cmpint (sonde_usage_plot_get_current (plot), ==, -1);
  gtk_window_destroy (window);
}

static void
test_csv (void)
{
  g_autoptr (GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_usage_entry_free);
  g_autoptr (GHashTable) titles = g_hash_table_new (g_int64_hash, g_int64_equal);
  SondeUsageEntry *entry = sonde_usage_entry_new ("2026-11-25");
  SondeUsageEntry *other = sonde_usage_entry_new ("2026-11-26");
  g_autofree char *csv = NULL;
  gint64 id = 7;

  entry->kind = g_strdup ("title");
  entry->model_id = g_strdup ("deepseek-v4-pro");
  entry->conversation_id = id;
  entry->currency = g_strdup ("USD");
  entry->rates = (SondeRates) { .hit = 0.003625, .miss = 0.435, .output = 0.87 };
  entry->n_requests = 2;
  entry->usage = (SondeUsage) { 4, 1, 5, 3, 1, 1 };
  g_hash_table_insert (titles, &id, (gpointer) "=1+\"1\"");
  g_ptr_array_add (entries, entry);
  g_ptr_array_add (entries, other);
  csv = sonde_usage_csv_write (entries, titles);
  g_assert_cmpstr (csv, ==,
                   "day,kind,model,conversation,requests,prompt,cache_hit,cache_miss,output,"
                   "reasoning,currency,cost\r\n"
                   "2026-11-25,title,\"deepseek-v4-pro\",\"'=1+\"\"1\"\"\",2,4,3,1,1,1,USD,"
                   "0.000001315875\r\n"
                   "2026-11-26,answer,\"\",\"\",0,0,0,0,0,0,,\r\n");
}

static void
test_dialog (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sonde-usage-XXXXXX", NULL);
  g_autoptr (SondeKeyring) keyring = sonde_memory_keyring_new ();
  SondeChatContext *context = sonde_make_context (folder, keyring, NULL);
  SondeLibrary *library = sonde_chat_context_get_library (context);
  SondeSettings *settings = sonde_chat_context_get_settings (context);
  g_autoptr (SondeConversation) conversation = NULL;
  SondeSession *session;
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  GtkWidget *dialog;
  GtkColumnView *table;
  GListModel *model;

  g_object_set (settings, "titles", "off", "budget", "0.01", NULL);
  sonde_chat_context_start (context);
  conversation = sonde_library_create (library);
  session = sonde_library_get_session (library, conversation);
  g_assert_true (sonde_session_send (session, "Why?\n#demo rate=0 tokens=1000 reasoning=1"));
  sonde_test_wait (!sonde_session_get_busy (session));

  adw_window_set_content (ADW_WINDOW (window), gtk_label_new ("Window"));
  sonde_show_window (window, 360, 700);
  dialog = GTK_WIDGET (sonde_usage_dialog_new (context));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  table = sonde_find_widget (dialog, GTK_TYPE_COLUMN_VIEW);
  model = G_LIST_MODEL (gtk_column_view_get_model (table));
  sonde_test_wait (g_list_model_get_n_items (model) == 1);
  sonde_wait_frame (GTK_WIDGET (window));
  for (guint i = 0; i < 5; i++) {
    AdwToggleGroup *division = ADW_TOGGLE_GROUP (
      gtk_widget_get_template_child (dialog, SONDE_TYPE_USAGE_DIALOG, "division"));
    GtkLabel *current =
      GTK_LABEL (gtk_widget_get_template_child (dialog, SONDE_TYPE_USAGE_DIALOG, "current"));

    adw_toggle_group_set_active (division, i);
    g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
    g_assert_nonnull (strstr (gtk_label_get_label (current), "$0.00"));
    if (i == 3)
      g_assert_true (g_str_has_prefix (gtk_label_get_label (current), "DeepSeek V4 Flash: "));
    if (i == 4)
      g_assert_true (g_str_has_prefix (gtk_label_get_label (current), "Untitled: "));
  }
  adw_dialog_force_close (ADW_DIALOG (dialog));
  gtk_window_destroy (window);
  g_clear_object (&conversation);
  g_object_set (settings, "titles", "automatic", "budget", "", NULL);
  sonde_end_context (context);
  sonde_test_wait (dialog == NULL);
  g_assert_finalize_object (context);
  sonde_test_remove_tree (folder);
}

/* Who has spent the budget is asked before anything is sent. */
static void
test_budget (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sonde-usage-XXXXXX", NULL);
  g_autoptr (SondeKeyring) keyring = sonde_memory_keyring_new ();
  SondeChatContext *context = sonde_make_context (folder, keyring, NULL);
  SondeSettings *settings = sonde_chat_context_get_settings (context);
  SondeBudget *budget;
  SondeConversation *conversation;
  GtkWidget *window;
  AdwDialog *dialog;

  g_object_set (settings, "titles", "off", "budget", "0.000001", NULL);
  sonde_chat_context_start (context);
  sonde_test_wait (
    sonde_library_get_state (sonde_chat_context_get_library (context)) == SONDE_LIBRARY_READY &&
    sonde_account_get_state (sonde_chat_context_get_account (context)) != SONDE_ACCOUNT_LOADING);
  window = GTK_WIDGET (sonde_window_new (NULL, context));
  sonde_show_window (GTK_WINDOW (window), 700, 600);
  budget = sonde_chat_context_get_budget (context);
  sonde_window_ask (SONDE_WINDOW (window), "Why?\n#demo rate=0 tokens=50");
  sonde_test_wait (sonde_budget_get_state (budget) == SONDE_BUDGET_SPENT);
  conversation = sonde_window_get_conversation (SONDE_WINDOW (window));
  sonde_test_wait (!sonde_conversation_get_streaming (conversation));

  gtk_widget_activate_action (window, "win.focus-composer", NULL);
  sonde_press (window, "numbersign d e m o Return");
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_cmpuint (g_list_model_get_n_items (sonde_conversation_get_messages (conversation)), ==,
                    2);
  sonde_wait_focus_within (GTK_WIDGET (dialog));
  sonde_press (window, "Escape");
  g_assert_cmpuint (g_list_model_get_n_items (sonde_conversation_get_messages (conversation)), ==,
                    2);
  gtk_widget_activate_action (window, "win.send", NULL);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_signal_emit_by_name (dialog, "response::send", "send");
  adw_dialog_force_close (dialog);
  sonde_test_wait (g_list_model_get_n_items (sonde_conversation_get_messages (conversation)) == 4 &&
                   !sonde_conversation_get_streaming (conversation));

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  g_object_set (settings, "titles", "automatic", "budget", "", NULL);
  sonde_end_context (context);
  sonde_test_wait (window == NULL);
  g_assert_finalize_object (context);
  sonde_test_remove_tree (folder);
}

int
main (int argc, char **argv)
{
  sonde_display_test_init (&argc, &argv);
  g_test_add_func ("/usage-dialog/plot", test_plot);
  g_test_add_func ("/usage-dialog/csv", test_csv);
  g_test_add_func ("/usage-dialog/dialog", test_dialog);
  g_test_add_func ("/usage-dialog/budget", test_budget);

  return g_test_run ();
}
