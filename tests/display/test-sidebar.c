/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-context-fixture.h"
#include "sonde-conversation-row.h"
#include "sonde-date-section.h"
#include "sonde-sidebar.h"
#include "sonde-store.h"

typedef struct {
  char *folder;
  SondeKeyring *keyring;
  SondeChatContext *context;
  SondeLibrary *library;
  GtkWindow *window;
  SondeSidebar *sidebar;
  GtkListView *list;
  guint n_chosen;
} Fixture;

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  sonde_store_close_finish (SONDE_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  sonde_store_open_finish (SONDE_STORE (source), result, NULL, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* Puts @n conversations into the database, the newest first, six hours apart. */
static void
fill_store (const char *folder, guint n)
{
  g_autofree char *path = g_build_filename (folder, "sonde.db", NULL);
  g_autoptr (SondeStore) store = sonde_store_new (path);
  const gint64 now = g_get_real_time ();
  gboolean done = FALSE;

  sonde_store_open_async (store, NULL, opened_cb, &done);
  sonde_test_wait (done);
  for (guint i = 0; i < n; i++) {
    g_autofree char *title = g_strdup_printf ("Conversation %u", i);
    g_autoptr (SondeConversation) conversation =
      sonde_conversation_new (sonde_store_allocate_id (store), now);
    g_autoptr (SondeMessage) question =
      sonde_message_new (sonde_store_allocate_id (store), 0, SONDE_ROLE_USER, now);

    sonde_conversation_set_title (conversation, title);
    sonde_conversation_set_updated_at (conversation, now - i * 6 * G_TIME_SPAN_HOUR);
    sonde_store_save_conversation (store, conversation);
    /* One in which nothing was said is not listed. */
    sonde_store_save_message (store, sonde_conversation_get_id (conversation), question);
  }
  done = FALSE;
  sonde_store_close_async (store, closed_cb, &done);
  sonde_test_wait (done);
}

static void
chosen_cb (Fixture *fixture)
{
  fixture->n_chosen++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);

  fixture->folder = g_dir_make_tmp ("sonde-sidebar-XXXXXX", NULL);
  fixture->keyring = sonde_memory_keyring_new ();
  if (n > 0)
    fill_store (fixture->folder, n);
  fixture->context = sonde_make_context (fixture->folder, fixture->keyring, NULL);
  fixture->library = sonde_chat_context_get_library (fixture->context);

  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->sidebar = g_object_new (SONDE_TYPE_SIDEBAR, "library", fixture->library, NULL);
  fixture->list = sonde_find_widget (GTK_WIDGET (fixture->sidebar), GTK_TYPE_LIST_VIEW);
  g_signal_connect_swapped (fixture->sidebar, "chosen", G_CALLBACK (chosen_cb), fixture);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->sidebar));
  sonde_show_window (fixture->window, 280, 600);

  sonde_chat_context_start (fixture->context);
  sonde_test_wait (sonde_library_get_state (fixture->library) == SONDE_LIBRARY_READY);
  sonde_wait_frame (GTK_WIDGET (fixture->sidebar));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->sidebar), (gpointer *) &fixture->sidebar);
  gtk_window_destroy (fixture->window);
  sonde_end_context (fixture->context);
  g_assert_null (fixture->sidebar);
  g_assert_finalize_object (fixture->context);
  g_clear_object (&fixture->keyring);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static GtkSelectionModel *
get_selection (Fixture *fixture)
{
  return gtk_list_view_get_model (fixture->list);
}

static const char *
get_open_title (Fixture *fixture)
{
  SondeConversation *conversation = sonde_sidebar_get_conversation (fixture->sidebar);

  return conversation != NULL ? sonde_conversation_get_title (conversation) : NULL;
}

static void
assert_selected (Fixture *fixture, guint position)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (get_selection (fixture));

  if (position == GTK_INVALID_LIST_POSITION) {
    g_assert_true (gtk_bitset_is_empty (selected));
  } else {
    g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 1);
    g_assert_cmpuint (gtk_bitset_get_nth (selected, 0), ==, position);
  }
}

static void
test_date_sections (void)
{
  static const struct {
    const char *then;
    const char *title;
  } rows[] = {
    { "2026-03-05T23:59:59", "Today" },
    { "2026-03-06T04:00:00", "Today" }, /* a clock that was put back */
    { "2026-03-05T00:00:00", "Today" },
    { "2026-03-04T23:59:59", "Yesterday" },
    { "2026-03-04T00:00:00", "Yesterday" },
    { "2026-03-03T23:59:59", "Previous 7 Days" },
    { "2026-02-26T00:00:00", "Previous 7 Days" },
    { "2026-02-25T23:59:59", "February" },
    { "2026-01-01T00:00:00", "January" },
    { "2025-12-31T23:59:59", "December 2025" },
    { "2025-03-05T12:00:00", "March 2025" },
    { "1999-07-01T12:00:00", "July 1999" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+09:00");
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-03-05T10:00:00", zone);
  int last = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GDateTime) then = g_date_time_new_from_iso8601 (rows[i].then, zone);
    int section = sonde_date_section_get (
      g_date_time_to_unix (then) * G_USEC_PER_SEC + g_date_time_get_microsecond (then), now);
    g_autofree char *title = sonde_date_section_get_title (section, now);

    g_assert_cmpstr (title, ==, rows[i].title);
    g_assert_cmpint (section, >=, last);
    last = section;
  }

  /* Late in a month, its own first days are behind the seven. */
  {
    g_autoptr (GDateTime) late = g_date_time_new_from_iso8601 ("2026-03-25T10:00:00", zone);
    g_autofree char *title = sonde_date_section_get_title (
      sonde_date_section_get (g_date_time_to_unix (now) * G_USEC_PER_SEC, late), late);

    g_assert_cmpstr (title, ==, "March");
  }
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = sonde_find_widget (GTK_WIDGET (fixture->sidebar), ADW_TYPE_STATUS_PAGE);

  g_assert_true (gtk_widget_get_child_visible (page));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (fixture->list)));

  /* No step leads anywhere. */
  sonde_sidebar_step (fixture->sidebar, 1);
  sonde_sidebar_step (fixture->sidebar, -1);
  g_assert_null (get_open_title (fixture));
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  GListModel *model = G_LIST_MODEL (get_selection (fixture));
  guint n = g_list_model_get_n_items (model);
  guint position = 0;

  g_assert_cmpuint (n, ==, 60);
  for (guint i = 0; i < n; i++) {
    g_autoptr (SondeConversation) conversation = g_list_model_get_item (model, i);
    g_autofree char *title = g_strdup_printf ("Conversation %u", i);

    g_assert_cmpstr (sonde_conversation_get_title (conversation), ==, title);
  }

  /* The sections follow each other without a gap, and there are several. */
  for (guint n_sections = 0;; n_sections++) {
    guint start, end;

    gtk_section_model_get_section (GTK_SECTION_MODEL (model), position, &start, &end);
    g_assert_cmpuint (start, ==, position);
    g_assert_cmpuint (end, >, start);
    position = end;
    if (position >= n) {
      g_assert_cmpuint (n_sections, >=, 2);
      break;
    }
  }
}

/* How many conversations are in the section of that position. */
static guint
count_section (Fixture *fixture, guint position)
{
  guint start, end;

  gtk_section_model_get_section (GTK_SECTION_MODEL (get_selection (fixture)), position, &start,
                                 &end);

  return end - start;
}

/* The list follows the clock over midnight by itself. */
static void
test_midnight (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) today =
    g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                           g_date_time_get_day_of_month (now), 0, 0, 0);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (today, 1);
  g_autoptr (SondeClock) clock =
    sonde_clock_new_manual (g_date_time_to_unix_usec (tomorrow) - 20 * G_TIME_SPAN_MILLISECOND);
  const guint before = g_date_time_get_hour (now) / 6 + 1;

  sonde_sidebar_set_clock (fixture->sidebar, clock);
  g_assert_cmpuint (count_section (fixture, 0), ==, before);
  g_assert_cmpuint (count_section (fixture, before), ==, 4);
  sonde_clock_advance (clock, 20 * G_TIME_SPAN_MILLISECOND);
  sonde_test_wait (count_section (fixture, before) > 4);
  g_assert_cmpuint (count_section (fixture, 0), ==, before);
}

static void
test_selection (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) outside = sonde_conversation_new (0, 0);
  g_autoptr (SondeConversation) third = g_list_model_get_item (G_LIST_MODEL (fixture->library), 3);

  /* Nothing is open until somebody opens it. */
  assert_selected (fixture, GTK_INVALID_LIST_POSITION);

  gtk_selection_model_select_item (get_selection (fixture), 5, TRUE);
  g_assert_cmpstr (get_open_title (fixture), ==, "Conversation 5");

  sonde_sidebar_set_conversation (fixture->sidebar, third);
  assert_selected (fixture, 3);

  /* Something is said in it: it moves to the top, and stays selected. */
  sonde_conversation_set_updated_at (third, g_get_real_time ());
  assert_selected (fixture, 0);
  g_assert_true (sonde_sidebar_get_conversation (fixture->sidebar) == third);

  sonde_sidebar_set_conversation (fixture->sidebar, outside);
  assert_selected (fixture, GTK_INVALID_LIST_POSITION);

  sonde_sidebar_step (fixture->sidebar, -1);
  assert_selected (fixture, GTK_INVALID_LIST_POSITION);
  sonde_sidebar_step (fixture->sidebar, 1);
  g_assert_true (sonde_sidebar_get_conversation (fixture->sidebar) == third);
  sonde_sidebar_step (fixture->sidebar, 1);
  g_assert_cmpstr (get_open_title (fixture), ==, "Conversation 0");
  sonde_sidebar_step (fixture->sidebar, -1);
  g_assert_true (sonde_sidebar_get_conversation (fixture->sidebar) == third);
}

static void
test_keyboard (Fixture *fixture, gconstpointer data)
{
  GtkWidget *sidebar = GTK_WIDGET (fixture->sidebar);

  gtk_selection_model_select_item (get_selection (fixture), 2, TRUE);
  g_assert_true (gtk_widget_grab_focus (sidebar));
  sonde_press (sidebar, "Down Down");
  g_assert_cmpstr (get_open_title (fixture), ==, "Conversation 4");
  g_assert_cmpuint (fixture->n_chosen, ==, 0);

  sonde_press (sidebar, "Up Return");
  g_assert_cmpstr (get_open_title (fixture), ==, "Conversation 3");
  g_assert_cmpuint (fixture->n_chosen, ==, 1);
}

static void
test_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) first = g_list_model_get_item (G_LIST_MODEL (fixture->library), 0);
  GtkWidget *row = sonde_find_widget (GTK_WIDGET (fixture->list), SONDE_TYPE_CONVERSATION_ROW);
  GtkLabel *label = sonde_find_widget (row, GTK_TYPE_LABEL);
  GtkWidget *spinner;
  GtkWidget *dot;

  g_assert_cmpstr (gtk_label_get_label (label), ==, "Conversation 0");
  /* Nothing but the title is made before it is to be seen. */
  g_assert_true (gtk_widget_get_first_child (row) == gtk_widget_get_last_child (row));

  sonde_conversation_set_streaming (first, TRUE);
  sonde_conversation_set_unread (first, TRUE);
  spinner = sonde_find_widget (row, ADW_TYPE_SPINNER);
  g_assert_true (gtk_widget_get_visible (spinner));
  g_assert_null (sonde_find_widget (row, ADW_TYPE_BIN));

  sonde_conversation_set_streaming (first, FALSE);
  dot = sonde_find_widget (row, ADW_TYPE_BIN);
  g_assert_false (gtk_widget_get_visible (spinner));
  g_assert_true (gtk_widget_get_visible (dot));

  sonde_conversation_set_streaming (first, TRUE);
  g_assert_true (gtk_widget_get_visible (spinner));
  g_assert_false (gtk_widget_get_visible (dot));

  sonde_conversation_set_title (first, NULL);
  g_assert_cmpstr (gtk_label_get_label (label), ==, "New Conversation");
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = GTK_WIDGET (fixture->list);
  g_autoptr (SondeConversation) last = NULL;

  /* The first rows are there with the window, the others a little later. */
  sonde_test_wait (g_list_model_get_n_items (G_LIST_MODEL (get_selection (fixture))) == 10000);
  last = g_list_model_get_item (G_LIST_MODEL (fixture->library), 9999);
  g_assert_cmpuint (sonde_count_widgets (list, SONDE_TYPE_CONVERSATION_ROW), <, 300);

  sonde_sidebar_set_conversation (fixture->sidebar, last);
  sonde_wait_frame (list);
  assert_selected (fixture, 9999);
  g_assert_cmpuint (sonde_count_widgets (list, SONDE_TYPE_CONVERSATION_ROW), <, 300);
}

int
main (int argc, char *argv[])
{
  sonde_display_test_init (&argc, &argv);

  g_test_add_func ("/sidebar/date-sections", test_date_sections);
#define ADD(path, n, function)                                                                     \
  g_test_add ("/sidebar/" path, Fixture, GUINT_TO_POINTER (n), set_up, function, tear_down)
  ADD ("empty", 0, test_empty);
  ADD ("order", 60, test_order);
  ADD ("midnight", 60, test_midnight);
  ADD ("selection", 10, test_selection);
  ADD ("keyboard", 10, test_keyboard);
  ADD ("row", 3, test_row);
  ADD ("many", 10000, test_many);
#undef ADD

  return g_test_run ();
}
