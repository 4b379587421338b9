/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-conversation-list.h"
#include "sonde-conversation-row.h"
#include "sonde-display-test.h"
#include "sonde-folder-row.h"
#include "sonde-list-pane.h"

#define HOUR (60LL * 60 * G_USEC_PER_SEC)

/* A list, what it is made of, and what somebody who follows its signals takes it to be. */
typedef struct {
  GListStore *conversations;
  GListStore *folders;
  SondeConversationList *list;
  GPtrArray *mirror;
  guint n_changes;
} Fixture;

static void
items_changed_cb (Fixture *fixture, guint position, guint removed, guint added)
{
  fixture->n_changes++;
  if (removed > 0)
    g_ptr_array_remove_range (fixture->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->mirror, (int) (position + i),
                        g_list_model_get_item (G_LIST_MODEL (fixture->list), position + i));
}

static SondeConversation *
make_conversation (gint64 id, gint64 updated_at)
{
  SondeConversation *conversation = sonde_conversation_new (id, updated_at);
  g_autofree char *title = g_strdup_printf ("Conversation %" G_GINT64_FORMAT, id);

  sonde_conversation_set_title (conversation, title);

  return conversation;
}

static void
conversation_notify_cb (SondeConversationList *list,
                        GParamSpec *pspec,
                        SondeConversation *conversation)
{
  static const char *const names[] = { "archived", "folder-id", "pinned", "trashed-at", NULL };

  if (g_strv_contains (names, g_param_spec_get_name (pspec)))
    sonde_conversation_list_update (list, conversation);
}

/* Tells the list of it as a library does. Without a guard: nobody changes one when the list has
 * gone, and a hundred thousand guards take minutes to go. */
static void
watch (Fixture *fixture, SondeConversation *conversation)
{
  g_signal_connect_swapped (conversation, "notify", G_CALLBACK (conversation_notify_cb),
                            fixture->list);
}

/* @n conversations, the newest first, six hours apart, and two folders. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  gint64 now = g_get_real_time ();

  fixture->conversations = g_list_store_new (SONDE_TYPE_CONVERSATION);
  fixture->folders = g_list_store_new (SONDE_TYPE_FOLDER);
  fixture->list = sonde_conversation_list_new ();
  for (guint i = 0; i < n; i++) {
    g_autoptr (SondeConversation) conversation = make_conversation (i + 1, now - i * 6 * HOUR);

    watch (fixture, conversation);
    g_list_store_append (fixture->conversations, conversation);
  }
  for (guint i = 0; i < 2; i++) {
    g_autoptr (SondeFolder) folder = sonde_folder_new (1000001 + i, i == 0 ? "Work" : "Home", 0);

    g_list_store_append (fixture->folders, folder);
  }

  fixture->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_swapped (fixture->list, "items-changed", G_CALLBACK (items_changed_cb), fixture);
  sonde_conversation_list_set_source (fixture->list, G_LIST_MODEL (fixture->conversations),
                                      G_LIST_MODEL (fixture->folders));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->mirror);
  g_signal_handlers_disconnect_by_data (fixture->list, fixture);
  g_assert_finalize_object (fixture->list);
  g_assert_finalize_object (fixture->folders);
  g_assert_finalize_object (fixture->conversations);
}

static SondeConversation *
get_conversation (Fixture *fixture, guint index)
{
  g_autoptr (SondeConversation) conversation =
    g_list_model_get_item (G_LIST_MODEL (fixture->conversations), index);

  return conversation;
}

static const char *
get_name (gpointer item)
{
  return SONDE_IS_FOLDER (item) ? sonde_folder_get_name (item)
                                : sonde_conversation_get_title (item);
}

/* What is listed, by sections: "Heading: row, row; Heading: row". The titles say their
 * number alone. */
static char *
describe (Fixture *fixture)
{
  GString *text = g_string_new (NULL);
  GListModel *model = G_LIST_MODEL (fixture->list);
  guint n = g_list_model_get_n_items (model);
  guint section_end = 0;

  g_assert_cmpuint (fixture->mirror->len, ==, n);
  for (guint i = 0; i < n; i++) {
    g_autoptr (GObject) item = g_list_model_get_item (model, i);
    const char *name = get_name (item);
    guint start, end;

    g_assert_true (item == g_ptr_array_index (fixture->mirror, i));
    g_assert_cmpuint (sonde_conversation_list_find (fixture->list, item), ==, i);
    gtk_section_model_get_section (GTK_SECTION_MODEL (model), i, &start, &end);
    if (i == section_end) {
      g_autofree char *heading = sonde_conversation_list_dup_heading (fixture->list, item);

      g_assert_cmpuint (start, ==, i);
      g_string_append_printf (text, "%s%s:", text->len > 0 ? "; " : "", heading);
      section_end = end;
    }
    g_assert_cmpuint (end, ==, section_end);
    g_string_append_printf (text, " %s",
                            g_str_has_prefix (name, "Conversation ") ? name + 13 : name);
  }

  return g_string_free_and_steal (text);
}

#define assert_list(fixture, expected)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found = describe (fixture);                                                   \
    g_assert_cmpstr (found, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

/* --- tests --------------------------------------------------------------------- */

static void
test_places (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  /* So that none of them is yesterday's. */
  for (guint i = 0; i < 4; i++)
    sonde_conversation_set_updated_at (get_conversation (fixture, i),
                                       g_get_real_time () + (4 - i) * HOUR);
  sonde_conversation_list_set_now (fixture->list, now);
  assert_list (fixture, "Folders: Work Home; Today: 1 2 3 4");

  sonde_conversation_set_pinned (get_conversation (fixture, 2), TRUE);
  assert_list (fixture, "Pinned: 3; Folders: Work Home; Today: 1 2 4");

  sonde_conversation_set_folder_id (get_conversation (fixture, 3), 1000002);
  sonde_conversation_set_folder_id (get_conversation (fixture, 0), 1000002);
  assert_list (fixture, "Pinned: 3; Folders: Work Home 1 4; Today: 2");

  /* A pinned one stands at the top, whatever folder it is in. */
  sonde_conversation_set_folder_id (get_conversation (fixture, 2), 1000001);
  assert_list (fixture, "Pinned: 3; Folders: Work Home 1 4; Today: 2");
  sonde_conversation_set_pinned (get_conversation (fixture, 2), FALSE);
  assert_list (fixture, "Folders: Work 3 Home 1 4; Today: 2");

  /* What is in a folder that is gone is listed by date. */
  g_list_store_remove (fixture->folders, 0);
  assert_list (fixture, "Folders: Home 1 4; Today: 2 3");

  sonde_conversation_set_archived (get_conversation (fixture, 0), TRUE);
  sonde_conversation_set_trashed_at (get_conversation (fixture, 1), 1);
  assert_list (fixture, "Folders: Home 4; Today: 3");
}

static void
test_views (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  for (guint i = 0; i < 4; i++)
    sonde_conversation_set_updated_at (get_conversation (fixture, i),
                                       g_get_real_time () + (4 - i) * HOUR);
  sonde_conversation_list_set_now (fixture->list, now);
  sonde_conversation_set_archived (get_conversation (fixture, 0), TRUE);
  sonde_conversation_set_folder_id (get_conversation (fixture, 0), 1000001);
  sonde_conversation_set_archived (get_conversation (fixture, 1), TRUE);
  sonde_conversation_set_trashed_at (get_conversation (fixture, 1), 1);
  sonde_conversation_set_pinned (get_conversation (fixture, 2), TRUE);
  sonde_conversation_set_trashed_at (get_conversation (fixture, 2), 1);

  sonde_conversation_list_set_view (fixture->list, SONDE_LIST_VIEW_ARCHIVE);
  assert_list (fixture, "Today: 1");
  sonde_conversation_list_set_view (fixture->list, SONDE_LIST_VIEW_TRASH);
  assert_list (fixture, "Today: 2 3");
  sonde_conversation_set_trashed_at (get_conversation (fixture, 2), 0);
  assert_list (fixture, "Today: 2");
  sonde_conversation_list_set_view (fixture->list, SONDE_LIST_VIEW_CHATS);
  assert_list (fixture, "Pinned: 3; Folders: Work Home; Today: 4");
}

static void
test_folding (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeFolder) work = g_list_model_get_item (G_LIST_MODEL (fixture->folders), 0);
  g_autofree char *folded = NULL;

  for (guint i = 0; i < 3; i++)
    sonde_conversation_set_folder_id (get_conversation (fixture, i), 1000001);
  sonde_conversation_set_archived (get_conversation (fixture, 3), TRUE);
  assert_list (fixture, "Folders: Work 1 2 3 Home");

  sonde_conversation_list_set_folded (fixture->list, 1000001, TRUE);
  assert_list (fixture, "Folders: Work Home");
  g_assert_cmpuint (sonde_conversation_list_count_in_folder (fixture->list, work), ==, 3);
  g_assert_true (sonde_conversation_list_contains (fixture->list, get_conversation (fixture, 0)));
  g_assert_cmpuint (sonde_conversation_list_find (fixture->list, get_conversation (fixture, 0)), ==,
                    GTK_INVALID_LIST_POSITION);
  g_object_get (fixture->list, "folded", &folded, NULL);
  g_assert_cmpstr (folded, ==, "1000001");

  /* What goes on in it is not seen. */
  sonde_conversation_set_folder_id (get_conversation (fixture, 2), 1000002);
  assert_list (fixture, "Folders: Work Home 3");
  sonde_conversation_set_folder_id (get_conversation (fixture, 2), 1000001);
  assert_list (fixture, "Folders: Work Home");
  g_object_set (fixture->list, "folded", "1000002 7", NULL);
  assert_list (fixture, "Folders: Work 1 2 3 Home");
}

/* Whatever happens, who follows the signals knows what is listed. */
static void
test_changes (Fixture *fixture, gconstpointer data)
{
  gint64 next_id = 1000;

  for (guint round = 0; round < 600; round++) {
    guint n = g_list_model_get_n_items (G_LIST_MODEL (fixture->conversations));
    guint index = (guint) g_test_rand_int_range (0, (int) n);
    SondeConversation *conversation = get_conversation (fixture, index);

    switch (g_test_rand_int_range (0, 8)) {
    case 0:
      sonde_conversation_set_pinned (conversation, !sonde_conversation_get_pinned (conversation));
      break;
    case 1:
      sonde_conversation_set_folder_id (conversation, 1000000 + g_test_rand_int_range (0, 4));
      break;
    case 2:
      sonde_conversation_set_archived (conversation,
                                       !sonde_conversation_get_archived (conversation));
      break;
    case 3:
      sonde_conversation_set_trashed_at (conversation,
                                         sonde_conversation_get_trashed_at (conversation) == 0);
      break;
    case 4: {
      g_autoptr (SondeConversation) moved = g_object_ref (conversation);

      /* As the library does when something is said. */
      sonde_conversation_set_updated_at (moved, g_get_real_time () + round);
      g_list_store_remove (fixture->conversations, index);
      g_list_store_insert (fixture->conversations, 0, moved);
      break;
    }
    case 5: {
      g_autoptr (SondeConversation) added =
        make_conversation (next_id++, g_get_real_time () + round);

      watch (fixture, added);
      g_list_store_insert (fixture->conversations, 0, added);
      break;
    }
    case 6:
      if (n > 5)
        g_list_store_remove (fixture->conversations, index);
      break;
    default:
      sonde_conversation_list_set_folded (fixture->list, 1000001 + g_test_rand_int_range (0, 2),
                                          g_test_rand_bit ());
      break;
    }
    {
      g_autofree char *text = describe (fixture);
    }
  }
}

/* A long list comes in pieces: each is told as few times as can be. */
static void
test_pieces (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) older = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < 5000; i++)
    g_ptr_array_add (older, make_conversation (2000 + i, now - (100 + i) * 6 * HOUR));
  sonde_conversation_set_pinned (g_ptr_array_index (older, 2500), TRUE);
  fixture->n_changes = 0;
  g_list_store_splice (fixture->conversations,
                       g_list_model_get_n_items (G_LIST_MODEL (fixture->conversations)), 0,
                       older->pdata, older->len);
  g_assert_cmpuint (fixture->n_changes, ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 5012);
  {
    g_autofree char *text = describe (fixture);
  }
}

/* However many there are, only what is seen and near is made. */
static void
test_rows (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  SondeListPane *pane = g_object_new (SONDE_TYPE_LIST_PANE, NULL);
  SondeConversationList *list = sonde_list_pane_get_list (pane);
  guint n = GPOINTER_TO_UINT (data);

  gtk_window_set_child (window, GTK_WIDGET (pane));
  sonde_show_window (window, 280, 600);
  sonde_conversation_list_set_source (list, G_LIST_MODEL (fixture->conversations),
                                      G_LIST_MODEL (fixture->folders));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n + 2);
  sonde_wait_frame (GTK_WIDGET (pane));
  g_assert_cmpuint (sonde_count_widgets (GTK_WIDGET (pane), SONDE_TYPE_CONVERSATION_ROW), >, 5);
  g_assert_cmpuint (sonde_count_widgets (GTK_WIDGET (pane), SONDE_TYPE_CONVERSATION_ROW), <, 300);
  g_assert_cmpuint (sonde_count_widgets (GTK_WIDGET (pane), SONDE_TYPE_FOLDER_ROW), ==, 2);

  for (guint i = 1; i <= 20; i++) {
    sonde_list_pane_scroll_to (pane, i * (n / 20) - 1, GTK_LIST_SCROLL_NONE);
    sonde_wait_frame (GTK_WIDGET (pane));
    g_assert_cmpuint (sonde_count_widgets (GTK_WIDGET (pane), SONDE_TYPE_CONVERSATION_ROW), <, 300);
  }

  /* One that is pinned down there is one change, not a list made anew. */
  fixture->n_changes = 0;
  sonde_conversation_set_pinned (get_conversation (fixture, n / 2), TRUE);
  g_assert_cmpuint (fixture->n_changes, ==, 2);
  gtk_window_destroy (window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static GtkDropTarget *
find_drop_target (GtkWidget *list_view)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (list_view);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_DROP_TARGET (controller))
      return GTK_DROP_TARGET (controller);
  }
  g_assert_not_reached ();
}

/* Lets go of @conversation over the middle of @row, as the list hears of it. */
static gboolean
drop_on (GtkWidget *list_view, GtkWidget *row, SondeConversation *conversation)
{
  GtkDropTarget *target = find_drop_target (list_view);
  g_auto (GValue) value = G_VALUE_INIT;
  graphene_rect_t bounds;
  graphene_point_t point;
  GdkDragAction action = 0;
  gboolean dropped = FALSE;

  g_assert_true (gtk_widget_compute_bounds (row, list_view, &bounds));
  graphene_rect_get_center (&bounds, &point);
  g_signal_emit_by_name (target, "motion", (double) point.x, (double) point.y, &action);
  g_assert_cmpint (gtk_widget_has_css_class (row, "drop-here"), ==, action == GDK_ACTION_MOVE);
  g_value_init (&value, SONDE_TYPE_CONVERSATION);
  g_value_set_object (&value, conversation);
  g_signal_emit_by_name (target, "drop", &value, (double) point.x, (double) point.y, &dropped);
  g_assert_false (gtk_widget_has_css_class (row, "drop-here"));
  g_assert_cmpint (dropped, ==, action == GDK_ACTION_MOVE);

  return dropped;
}

/* A conversation let go of over a folder moves there. */
static void
test_drop (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  SondeListPane *pane = g_object_new (SONDE_TYPE_LIST_PANE, NULL);
  SondeConversation *conversation = get_conversation (fixture, 1);
  GtkWidget *list_view;
  GtkWidget *row;

  gtk_window_set_child (window, GTK_WIDGET (pane));
  sonde_show_window (window, 280, 600);
  sonde_conversation_list_set_source (sonde_list_pane_get_list (pane),
                                      G_LIST_MODEL (fixture->conversations),
                                      G_LIST_MODEL (fixture->folders));
  sonde_wait_frame (GTK_WIDGET (pane));
  list_view = sonde_find_widget (GTK_WIDGET (pane), GTK_TYPE_LIST_VIEW);
  row = sonde_find_widget (list_view, SONDE_TYPE_FOLDER_ROW);
  g_assert_nonnull (row);

  g_assert_cmpint (sonde_conversation_get_folder_id (conversation), ==, 0);
  g_assert_true (drop_on (list_view, row, conversation));
  g_assert_cmpint (sonde_conversation_get_folder_id (conversation), >, 1000000);
  g_assert_cmpint (sonde_conversation_get_folder_id (get_conversation (fixture, 0)), ==, 0);

  gtk_window_destroy (window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int argc, char *argv[])
{
  sonde_display_test_init (&argc, &argv);

#define ADD(path, n, function)                                                                     \
  g_test_add ("/conversation-list/" path, Fixture, GUINT_TO_POINTER (n), set_up, function,         \
              tear_down)
  ADD ("places", 4, test_places);
  ADD ("views", 4, test_views);
  ADD ("folding", 4, test_folding);
  ADD ("changes", 40, test_changes);
  ADD ("pieces", 10, test_pieces);
  ADD ("drop", 4, test_drop);
  ADD ("rows", 100000, test_rows);
#undef ADD

  return g_test_run ();
}
