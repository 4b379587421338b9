/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-context-fixture.h"
#include "sonde-search-pane.h"
#include "sonde-search-row.h"
#include "sonde-search-view.h"
#include "sonde-store.h"

typedef struct {
  char *folder;
  SondeKeyring *keyring;
  SondeChatContext *context;
  GtkWindow *window;
  GtkWidget *content;
  SondeSearchPane *pane;
  SondeSearchHit *opened;
  guint n_closed;
} Fixture;

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (sonde_store_open_finish (SONDE_STORE (source), result, NULL, NULL));
  *(gboolean *) user_data = TRUE;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (sonde_store_close_finish (SONDE_STORE (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

static void
add (SondeStore *store, const char *title, gint64 time, const char *const *texts)
{
  g_autoptr (SondeConversation) conversation =
    sonde_conversation_new (sonde_store_allocate_id (store), time);
  gint64 parent_id = 0;

  sonde_conversation_set_title (conversation, title);
  sonde_conversation_set_updated_at (conversation, time);
  sonde_store_save_conversation (store, conversation);
  for (guint i = 0; texts[i] != NULL; i++) {
    g_autoptr (SondeMessage) message = sonde_message_new (
      sonde_store_allocate_id (store), parent_id, SONDE_ROLE_USER, time + i * G_USEC_PER_SEC);

    sonde_message_set_text (message, SONDE_TEXT_CONTENT, texts[i]);
    sonde_store_save_message (store, sonde_conversation_get_id (conversation), message);
    parent_id = sonde_message_get_id (message);
  }
}

static void
fill_store (const char *folder)
{
  const gint64 now = g_get_real_time ();
  g_autofree char *path = g_build_filename (folder, "sonde.db", NULL);
  g_autoptr (SondeStore) store = sonde_store_new (path);
  gboolean done = FALSE;

  sonde_store_open_async (store, NULL, opened_cb, &done);
  sonde_test_wait (done);
  add (store, "Tax rules", now - G_TIME_SPAN_DAY,
       (const char *[]) { "What is deductible?", "A bicycle is deductible.", NULL });
  add (store, "搜索引擎", now, (const char *[]) { "全文搜索引擎怎么工作？", "bicycle", NULL });
  done = FALSE;
  sonde_store_close_async (store, closed_cb, &done);
  sonde_test_wait (done);
}

static void
hit_opened_cb (Fixture *fixture, SondeSearchHit *hit)
{
  g_set_object (&fixture->opened, hit);
}

static void
pane_closed_cb (Fixture *fixture)
{
  fixture->n_closed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  SondeLibrary *library;

  fixture->folder = g_dir_make_tmp ("sonde-search-view-XXXXXX", NULL);
  fill_store (fixture->folder);
  fixture->keyring = sonde_memory_keyring_new ();
  fixture->context = sonde_make_context (fixture->folder, fixture->keyring, NULL);
  library = sonde_chat_context_get_library (fixture->context);
  fixture->content = gtk_button_new_with_label ("content");
  fixture->pane =
    g_object_new (SONDE_TYPE_SEARCH_PANE, "library", library, "content", fixture->content, NULL);
  g_signal_connect_swapped (fixture->pane, "opened", G_CALLBACK (hit_opened_cb), fixture);
  g_signal_connect_swapped (fixture->pane, "closed", G_CALLBACK (pane_closed_cb), fixture);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->pane));
  sonde_show_window (fixture->window, 280, 600);
  sonde_chat_context_start (fixture->context);
  sonde_test_wait (sonde_library_get_state (library) == SONDE_LIBRARY_READY);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->opened);
  g_object_add_weak_pointer (G_OBJECT (fixture->pane), (gpointer *) &fixture->pane);
  gtk_window_destroy (fixture->window);
  sonde_end_context (fixture->context);
  g_assert_null (fixture->pane);
  g_assert_finalize_object (fixture->context);
  g_clear_object (&fixture->keyring);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static GtkEditable *
get_entry (Fixture *fixture)
{
  return sonde_find_widget (GTK_WIDGET (fixture->pane), GTK_TYPE_SEARCH_ENTRY);
}

static GtkSingleSelection *
get_selection (Fixture *fixture)
{
  GtkListView *list = sonde_find_widget (GTK_WIDGET (fixture->pane), GTK_TYPE_LIST_VIEW);

  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (list));
}

static const char *
get_page (Fixture *fixture)
{
  GtkWidget *view = sonde_find_widget (GTK_WIDGET (fixture->pane), SONDE_TYPE_SEARCH_VIEW);
  GtkStack *stack = sonde_find_widget (view, GTK_TYPE_STACK);

  return gtk_stack_get_visible_child_name (stack);
}

static void
search (Fixture *fixture, const char *text, guint n)
{
  sonde_search_pane_set_active (fixture->pane, TRUE);
  gtk_editable_set_text (get_entry (fixture), text);
  sonde_test_wait (g_list_model_get_n_items (G_LIST_MODEL (get_selection (fixture))) == n &&
                   g_str_equal (get_page (fixture), n > 0 ? "results" : "none"));
}

static char *
get_label (Fixture *fixture, guint position)
{
  g_autoptr (SondeSearchHit) hit =
    g_list_model_get_item (G_LIST_MODEL (get_selection (fixture)), position);

  return sonde_search_row_make_label (hit);
}

static gboolean
press (Fixture *fixture, guint key)
{
  g_autoptr (GListModel) controllers =
    gtk_widget_observe_controllers (GTK_WIDGET (get_entry (fixture)));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
  }

  return handled;
}

static void
test_results (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL;

  sonde_search_pane_set_active (fixture->pane, TRUE);
  g_assert_cmpstr (get_page (fixture), ==, "start");
  search (fixture, "bicycle", 2);
  first = get_label (fixture, 0);
  second = get_label (fixture, 1);
  g_assert_cmpstr (first, ==, "搜索引擎: bicycle");
  g_assert_cmpstr (second, ==, "Tax rules: A bicycle is deductible.");

  search (fixture, "搜索", 2);
  g_free (g_steal_pointer (&first));
  g_free (g_steal_pointer (&second));
  first = get_label (fixture, 0);
  second = get_label (fixture, 1);
  g_assert_cmpstr (first, ==, "搜索引擎");
  g_assert_cmpstr (second, ==, "搜索引擎: 全文搜索引擎怎么工作？");

  search (fixture, "unheard", 0);
  gtk_editable_set_text (get_entry (fixture), " ");
  sonde_test_wait (g_str_equal (get_page (fixture), "start"));
}

/* The focus stays in the entry. */
static void
test_keyboard (Fixture *fixture, gconstpointer data)
{
  search (fixture, "deductible", 2);
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection (fixture)), ==, 0);
  g_assert_true (press (fixture, GDK_KEY_Up));
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection (fixture)), ==, 0);
  g_assert_true (press (fixture, GDK_KEY_Down));
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection (fixture)), ==, 1);
  g_assert_true (press (fixture, GDK_KEY_Down));
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection (fixture)), ==, 1);
  g_assert_false (press (fixture, GDK_KEY_a));

  g_signal_emit_by_name (get_entry (fixture), "activate");
  g_assert_nonnull (fixture->opened);
  g_assert_cmpstr (sonde_search_hit_get_snippet (fixture->opened), ==, "What is deductible?");
  g_assert_cmpstr (
    sonde_conversation_get_title (sonde_search_hit_get_conversation (fixture->opened)), ==,
    "Tax rules");
}

/* Enter is quicker than the search. */
static void
test_enter_at_once (Fixture *fixture, gconstpointer data)
{
  sonde_search_pane_set_active (fixture->pane, TRUE);
  gtk_editable_set_text (get_entry (fixture), "work bicycle");
  g_signal_emit_by_name (get_entry (fixture), "activate");
  sonde_test_wait (g_str_equal (get_page (fixture), "none"));
  g_assert_null (fixture->opened);

  gtk_editable_set_text (get_entry (fixture), "工作");
  g_signal_emit_by_name (get_entry (fixture), "activate");
  sonde_test_wait (fixture->opened != NULL);
  g_assert_cmpstr (sonde_search_hit_get_snippet (fixture->opened), ==, "全文搜索引擎怎么工作？");
}

static void
test_close (Fixture *fixture, gconstpointer data)
{
  gboolean active = TRUE;

  g_assert_null (sonde_find_widget (GTK_WIDGET (fixture->pane), SONDE_TYPE_SEARCH_VIEW));
  gtk_widget_activate_action (GTK_WIDGET (fixture->content), "search.active", NULL);
  g_assert_true (sonde_search_pane_get_active (fixture->pane));
  search (fixture, "bicycle", 2);
  g_signal_emit_by_name (get_entry (fixture), "stop-search");
  g_object_get (fixture->pane, "active", &active, NULL);
  g_assert_false (active);
  g_assert_cmpuint (fixture->n_closed, ==, 1);

  /* What was searched is there again. */
  sonde_search_pane_set_active (fixture->pane, TRUE);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (fixture)), ==, "bicycle");
  g_assert_true (gtk_editable_get_selection_bounds (get_entry (fixture), NULL, NULL));
}

int
main (int argc, char *argv[])
{
  sonde_display_test_init (&argc, &argv);
#define ADD(name, test) g_test_add ("/search-view/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("results", test_results);
  ADD ("keyboard", test_keyboard);
  ADD ("enter-at-once", test_enter_at_once);
  ADD ("close", test_close);

  return g_test_run ();
}
