/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "sonde-block-row.h"
#include "sonde-composer.h"
#include "sonde-context-fixture.h"
#include "sonde-empty-page.h"
#include "sonde-fake-network.h"
#include "sonde-key-dialog.h"
#include "sonde-key-entry.h"
#include "sonde-key-form.h"
#include "sonde-model-dropdown.h"
#include "sonde-sidebar.h"
#include "sonde-table-block.h"
#include "sonde-touch.h"
#include "sonde-transcript.h"
#include "sonde-welcome-page.h"
#include "sonde-window.h"

/* Nothing listens there. */
#define NOWHERE "http://127.0.0.1:9"

typedef struct {
  char *folder;
  SondeKeyring *keyring;
  SondeChatContext *context;
  SondeLibrary *library;
  SondeAccount *account;
  GtkWidget *window;
} Fixture;

static gpointer
find (Fixture *fixture, GType type)
{
  gpointer widget = sonde_find_widget (fixture->window, type);

  g_assert_nonnull (widget);
  return widget;
}

static gboolean
is_shown (Fixture *fixture, GType type)
{
  GtkWidget *widget = sonde_find_widget (fixture->window, type);

  return widget != NULL && gtk_widget_get_mapped (widget);
}

static void
open_context (Fixture *fixture, SondeChatContext *context, int width)
{
  fixture->context = context;
  fixture->library = sonde_chat_context_get_library (fixture->context);
  fixture->account = sonde_chat_context_get_account (fixture->context);
  fixture->window = GTK_WIDGET (sonde_window_new (NULL, fixture->context));
  sonde_show_window (GTK_WINDOW (fixture->window), width, 600);
}

static void
open_window (Fixture *fixture, const char *base_url, int width)
{
  open_context (fixture, sonde_make_context (fixture->folder, fixture->keyring, base_url), width);
}

static void
start (Fixture *fixture)
{
  sonde_chat_context_start (fixture->context);
  sonde_test_wait (sonde_library_get_state (fixture->library) == SONDE_LIBRARY_READY &&
                   sonde_account_get_state (fixture->account) != SONDE_ACCOUNT_LOADING);
  sonde_wait_frame (fixture->window);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("sonde-window-XXXXXX", NULL);
  fixture->keyring = sonde_memory_keyring_new ();
}

static void
close_window (Fixture *fixture)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  sonde_end_context (fixture->context);
  g_assert_null (fixture->window);
  g_assert_finalize_object (fixture->context);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_window (fixture);
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
  g_clear_object (&fixture->keyring);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static SondeConversation *
get_conversation (Fixture *fixture)
{
  return sonde_window_get_conversation (SONDE_WINDOW (fixture->window));
}

static SondeSession *
get_session (Fixture *fixture)
{
  return sonde_library_get_session (fixture->library, get_conversation (fixture));
}

static void
activate (Fixture *fixture, const char *action)
{
  gtk_widget_activate_action (fixture->window, action, NULL);
}

static SondeMessage *
get_last (SondeConversation *conversation)
{
  GListModel *messages = sonde_conversation_get_messages (conversation);
  g_autoptr (SondeMessage) message =
    g_list_model_get_item (messages, g_list_model_get_n_items (messages) - 1);

  g_assert_nonnull (message);
  return message; /* the conversation keeps it */
}

static gsize
get_length (SondeConversation *conversation)
{
  return sonde_message_get_text_length (get_last (conversation), SONDE_TEXT_CONTENT);
}

static char *
get_text (Fixture *fixture)
{
  return sonde_composer_get_text (find (fixture, SONDE_TYPE_COMPOSER));
}

static void
set_text (Fixture *fixture, const char *text)
{
  sonde_composer_set_text (find (fixture, SONDE_TYPE_COMPOSER), text);
}

static gboolean
has_banner (Fixture *fixture, const char *title)
{
  for (GtkWidget *banner = sonde_find_widget (fixture->window, ADW_TYPE_BANNER); banner != NULL;
       banner = gtk_widget_get_next_sibling (banner))
    if (ADW_IS_BANNER (banner) && adw_banner_get_revealed (ADW_BANNER (banner)) &&
        g_str_equal (adw_banner_get_title (ADW_BANNER (banner)), title))
      return TRUE;

  return FALSE;
}

static void
test_before_services (Fixture *fixture, gconstpointer data)
{
  /* Neither the store nor the keyring has been asked for anything yet. */
  open_window (fixture, NULL, 1100);
  g_assert_true (is_shown (fixture, SONDE_TYPE_EMPTY_PAGE));
  g_assert_true (is_shown (fixture, SONDE_TYPE_COMPOSER));
  g_assert_false (is_shown (fixture, SONDE_TYPE_WELCOME_PAGE));

  /* What is asked now is asked as soon as it can be. */
  set_text (fixture, "Early\n#demo doc=prose tokens=20 reasoning=0 rate=0");
  activate (fixture, "win.send");
  start (fixture);
  sonde_test_wait (!sonde_session_get_busy (get_session (fixture)));
  g_assert_cmpstr (sonde_conversation_get_title (get_conversation (fixture)), ==, "Early");
  g_assert_cmpint (sonde_message_get_state (get_last (get_conversation (fixture))), ==,
                   SONDE_MESSAGE_COMPLETE);
}

static void
test_ask (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;

  open_window (fixture, NULL, 1100);
  start (fixture);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Sonde");
  g_assert_true (has_banner (fixture, "Demo service: answers are simulated"));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)),
                                         find (fixture, SONDE_TYPE_COMPOSER)));

  sonde_press (fixture->window, "H i Return");
  sonde_test_wait (get_length (get_conversation (fixture)) > 0);
  text = get_text (fixture);
  g_assert_cmpstr (text, ==, "");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Hi");
  g_assert_true (is_shown (fixture, SONDE_TYPE_TRANSCRIPT));
  g_assert_false (is_shown (fixture, SONDE_TYPE_EMPTY_PAGE));

  /* While it answers, the next question can be written and not be sent. */
  sonde_press (fixture->window, "a Return");
  after = get_text (fixture);
  g_assert_cmpstr (after, ==, "a");

  sonde_press (fixture->window, "Escape");
  sonde_test_wait (!sonde_session_get_busy (get_session (fixture)));
  g_assert_cmpint (sonde_message_get_state (get_last (get_conversation (fixture))), ==,
                   SONDE_MESSAGE_STOPPED);
  g_assert_cmpuint (get_length (get_conversation (fixture)), >, 0);

  activate (fixture, "win.retry");
  g_assert_true (sonde_session_get_busy (get_session (fixture)));
  activate (fixture, "win.stop");
  sonde_test_wait (!sonde_session_get_busy (get_session (fixture)));
}

static void
activate_message (Fixture *fixture, const char *name, guint position)
{
  g_autoptr (SondeMessage) message =
    g_list_model_get_item (sonde_conversation_get_messages (get_conversation (fixture)), position);

  g_assert_true (
    gtk_widget_activate_action (fixture->window, name, "x", sonde_message_get_id (message)));
}

static guint
count_messages (Fixture *fixture)
{
  return g_list_model_get_n_items (sonde_conversation_get_messages (get_conversation (fixture)));
}

static void
wait_idle (Fixture *fixture)
{
  sonde_test_wait (!sonde_session_get_busy (get_session (fixture)));
}

/* The actions that the buttons and menus of a turn activate. */
static void
test_message_actions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = NULL;
  g_autoptr (SondeMessage) question = NULL;

  open_window (fixture, NULL, 1100);
  start (fixture);
  sonde_window_ask (SONDE_WINDOW (fixture->window), "Q\n#demo doc=prose tokens=9 rate=0");
  wait_idle (fixture);
  conversation = g_object_ref (get_conversation (fixture));
  activate_message (fixture, "win.message-retry", 1);
  wait_idle (fixture);
  g_assert_cmpuint (sonde_message_get_n_versions (get_last (conversation)), ==, 2);
  activate_message (fixture, "win.message-previous-version", 1);
  g_assert_cmpuint (sonde_message_get_version (get_last (conversation)), ==, 1);
  activate_message (fixture, "win.message-next-version", 1);
  g_assert_cmpuint (sonde_message_get_version (get_last (conversation)), ==, 2);

  activate_message (fixture, "win.message-delete", 1);
  g_assert_cmpuint (sonde_message_get_n_versions (get_last (conversation)), ==, 1);
  activate (fixture, "win.message-undo-delete");
  g_assert_cmpuint (sonde_message_get_n_versions (get_last (conversation)), ==, 2);

  question = g_list_model_get_item (sonde_conversation_get_messages (conversation), 0);
  g_assert_true (gtk_widget_activate_action (fixture->window, "win.message-edit-done", "(xs)",
                                             sonde_message_get_id (question),
                                             "R\n#demo doc=prose tokens=9 rate=0"));
  wait_idle (fixture);
  g_assert_cmpuint (sonde_message_get_n_versions (question), ==, 2);
  g_assert_true (gtk_widget_activate_action (fixture->window, "win.message-retry-with", "(xs)",
                                             sonde_message_get_id (get_last (conversation)),
                                             "deepseek-v4-pro"));
  wait_idle (fixture);
  g_assert_cmpstr (sonde_message_get_model_id (get_last (conversation)), ==, "deepseek-v4-pro");

  activate_message (fixture, "win.message-fork", 0);
  g_assert_true (get_conversation (fixture) != conversation);
  g_assert_cmpuint (count_messages (fixture), ==, 1);
}

static GtkWidget *
find_label (GtkWidget *widget, const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && strcmp (gtk_label_get_label (GTK_LABEL (widget)), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);

  return found;
}

/* When the context is nearly full, and not before, a summary of the older messages is offered. */
static void
test_nearly_full (Fixture *fixture, gconstpointer data)
{
  SondeUsage usage = { 700000, 10, 700010, 0, 700000, 0 };
  SondeMessage *last;

  open_window (fixture, NULL, 1100);
  start (fixture);
  for (guint i = 0; i < 3; i++) {
    if (i == 0)
      sonde_window_ask (SONDE_WINDOW (fixture->window), "Q\n#demo doc=prose tokens=9 rate=0");
    else
      sonde_session_send (get_session (fixture), "Q\n#demo doc=prose tokens=9 rate=0");
    wait_idle (fixture);
  }
  last = get_last (get_conversation (fixture));
  for (guint i = 0; i < 2; i++) {
    usage.prompt_tokens = i == 0 ? 700000 : 850000;
    sonde_message_set_usage (last, &usage);
    sonde_message_set_state (last, SONDE_MESSAGE_STOPPED);
    sonde_message_set_state (last, SONDE_MESSAGE_COMPLETE);
    sonde_wait_frame (fixture->window);
    if (i == 0)
      g_assert_null (find_label (fixture->window, "The model’s context is nearly full"));
    else
      sonde_test_wait (find_label (fixture->window, "The model’s context is nearly full"));
  }

  activate (fixture, "win.summarise");
  g_assert_true (sonde_session_get_summarising (get_session (fixture)));
  sonde_test_wait (sonde_session_has_summary (get_session (fixture)));
  sonde_test_wait (find_label (fixture->window, "Summary of the messages above"));
  activate (fixture, "win.send-whole-history");
  g_assert_false (sonde_session_has_summary (get_session (fixture)));
  sonde_wait_frame (fixture->window);
  g_assert_null (find_label (fixture->window, "Summary of the messages above"));
  activate (fixture, "win.undo-whole-history");
  g_assert_true (sonde_session_has_summary (get_session (fixture)));
}

static void
test_two_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) first = NULL;
  g_autoptr (SondeConversation) second = NULL;
  gsize length;

  open_window (fixture, NULL, 1100);
  start (fixture);

  sonde_window_ask (SONDE_WINDOW (fixture->window),
                    "First\n#demo doc=prose tokens=4000 reasoning=0 rate=100");
  first = g_object_ref (get_conversation (fixture));
  sonde_test_wait (get_length (first) > 0);
  set_text (fixture, "draft of the first");

  sonde_window_ask (SONDE_WINDOW (fixture->window),
                    "Second\n#demo doc=prose tokens=4000 reasoning=0 rate=100");
  second = g_object_ref (get_conversation (fixture));
  g_assert_true (first != second);
  length = get_length (first);
  sonde_test_wait (get_length (second) > 0 && get_length (first) > length);
  g_assert_true (sonde_conversation_get_streaming (first));
  g_assert_true (sonde_conversation_get_streaming (second));
  activate (fixture, "win.stop"); /* this one only */
  sonde_test_wait (!sonde_conversation_get_streaming (second));
  g_assert_true (sonde_conversation_get_streaming (first));
  g_assert_false (sonde_conversation_get_unread (second));

  /* The one that is not on the screen ends: unread until it is opened. */
  sonde_session_stop (sonde_library_get_session (fixture->library, first));
  sonde_test_wait (!sonde_conversation_get_streaming (first));
  g_assert_true (sonde_conversation_get_unread (first));

  /* It ended last, so it is the first of the list. */
  activate (fixture, "win.previous-conversation");
  g_assert_true (get_conversation (fixture) == first);
  g_assert_false (sonde_conversation_get_unread (first));
  {
    g_autofree char *text = get_text (fixture);

    g_assert_cmpstr (text, ==, "draft of the first");
  }
  activate (fixture, "win.next-conversation");
  g_assert_true (get_conversation (fixture) == second);
}

static void
test_new_conversation (Fixture *fixture, gconstpointer data)
{
  SondeConversation *conversation;

  open_window (fixture, NULL, 1100);
  start (fixture);
  conversation = get_conversation (fixture);
  activate (fixture, "win.new-conversation");
  g_assert_true (get_conversation (fixture) == conversation); /* as new as any */

  sonde_window_ask (SONDE_WINDOW (fixture->window),
                    "Hi\n#demo doc=prose tokens=5 reasoning=0 rate=0");
  sonde_test_wait (!sonde_session_get_busy (get_session (fixture)));
  activate (fixture, "win.new-conversation");
  g_assert_true (get_conversation (fixture) != conversation);
  g_assert_true (is_shown (fixture, SONDE_TYPE_EMPTY_PAGE));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 1);
}

static void
type_other_model (Fixture *fixture, GtkDropDown *dropdown, const char *id)
{
  GListModel *items = gtk_drop_down_get_model (dropdown);
  AdwAlertDialog *dialog;

  /* Behind it stands “Refresh Models” alone. */
  gtk_drop_down_set_selected (dropdown, g_list_model_get_n_items (items) - 2);
  sonde_wait_frame (fixture->window);
  dialog = sonde_find_widget (fixture->window, ADW_TYPE_ALERT_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_false (adw_alert_dialog_get_response_enabled (dialog, "use"));
  gtk_editable_set_text (GTK_EDITABLE (sonde_find_widget (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW)),
                         id);
  g_assert_true (adw_alert_dialog_get_response_enabled (dialog, "use"));
  g_signal_emit_by_name (dialog, "response::use", "use");
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

static void
test_choices (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeSettings) settings = NULL;
  GtkDropDown *dropdown;
  AdwToggleGroup *group;

  open_window (fixture, NULL, 1100);
  start (fixture);
  settings = g_object_ref (sonde_chat_context_get_settings (fixture->context));
  dropdown = sonde_find_widget (find (fixture, SONDE_TYPE_MODEL_DROPDOWN), GTK_TYPE_DROP_DOWN);
  group = find (fixture, ADW_TYPE_TOGGLE_GROUP);
  g_assert_cmpstr (sonde_conversation_get_model_id (get_conversation (fixture)), ==,
                   "deepseek-v4-flash");

  gtk_drop_down_set_selected (dropdown, 1);
  adw_toggle_group_set_active_name (group, "max");
  g_assert_cmpstr (sonde_conversation_get_model_id (get_conversation (fixture)), ==,
                   "deepseek-v4-pro");
  g_assert_cmpint (sonde_conversation_get_thinking (get_conversation (fixture)), ==,
                   SONDE_THINKING_MAX);

  /* The next conversation begins with them; each one keeps its own. */
  sonde_window_ask (SONDE_WINDOW (fixture->window),
                    "Hi\n#demo doc=prose tokens=5 reasoning=0 rate=0");
  sonde_test_wait (!sonde_session_get_busy (get_session (fixture)));
  activate (fixture, "win.new-conversation");
  g_assert_cmpstr (sonde_conversation_get_model_id (get_conversation (fixture)), ==,
                   "deepseek-v4-pro");
  gtk_drop_down_set_selected (dropdown, 0);
  activate (fixture, "win.next-conversation");
  g_assert_cmpuint (gtk_drop_down_get_selected (dropdown), ==, 1);
  g_assert_cmpstr (sonde_settings_get_model_id (settings), ==, "deepseek-v4-flash");

  /* The service is asked again, and the model stays. */
  gtk_drop_down_set_selected (dropdown, 3);
  g_assert_cmpuint (gtk_drop_down_get_selected (dropdown), ==, 1);
  g_assert_cmpstr (sonde_conversation_get_model_id (get_conversation (fixture)), ==,
                   "deepseek-v4-pro");

  /* Any id can be typed; a retired one is what took its place. */
  type_other_model (fixture, dropdown, "some-model");
  g_assert_cmpstr (sonde_conversation_get_model_id (get_conversation (fixture)), ==, "some-model");
  type_other_model (fixture, dropdown, "deepseek-chat");
  g_assert_cmpstr (sonde_conversation_get_model_id (get_conversation (fixture)), ==,
                   "deepseek-v4-flash");

  sonde_settings_set_thinking (settings, "high");
}

#define N_MORE_ITEMS 2 /* “Other Model…” and “Refresh Models” */

static void
test_unknown_model (void)
{
  g_autoptr (GListStore) models = g_list_store_new (SONDE_TYPE_MODEL_INFO);
  g_autoptr (SondeModelInfo) one = sonde_model_info_new ("one", "Model One");
  g_autoptr (SondeModelInfo) two = sonde_model_info_new ("two", "Model Two");
  GtkWidget *widget = g_object_ref_sink (sonde_model_dropdown_new ());
  SondeModelDropdown *dropdown = SONDE_MODEL_DROPDOWN (widget);
  GtkDropDown *inner = sonde_find_widget (widget, GTK_TYPE_DROP_DOWN);

  g_list_store_append (models, one);
  sonde_model_dropdown_set_models (dropdown, G_LIST_MODEL (models));
  g_assert_null (sonde_model_dropdown_get_model (dropdown));

  /* A model that is not listed is shown, and stays when the list comes. */
  sonde_model_dropdown_set_model_id (dropdown, "two");
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (inner)), ==,
                    2 + N_MORE_ITEMS);
  g_assert_cmpstr (sonde_model_info_get_display_name (sonde_model_dropdown_get_model (dropdown)),
                   ==, "two");

  g_list_store_insert (models, 0, two);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (inner)), ==,
                    2 + N_MORE_ITEMS);
  g_assert_true (sonde_model_dropdown_get_model (dropdown) == two);
  g_assert_cmpstr (sonde_model_dropdown_get_model_id (dropdown), ==, "two");

  g_assert_finalize_object (widget);
}

static GtkWidget *
find_button (GtkWidget *widget, const char *action)
{
  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_button (child, action);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static char *
get_problem (GtkWidget *form)
{
  char *problem;

  g_object_get (form, "problem", &problem, NULL);
  return problem;
}

static gboolean
is_busy (GtkWidget *form)
{
  gboolean busy;

  g_object_get (form, "busy", &busy, NULL);
  return busy;
}

static void
test_first_start (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page, *form, *entry;
  g_autofree char *problem = NULL;

  open_window (fixture, NOWHERE, 1100);
  start (fixture);
  g_assert_cmpint (sonde_account_get_state (fixture->account), ==, SONDE_ACCOUNT_NO_KEY);
  g_assert_true (is_shown (fixture, SONDE_TYPE_WELCOME_PAGE));
  g_assert_false (is_shown (fixture, SONDE_TYPE_COMPOSER));

  page = find (fixture, SONDE_TYPE_WELCOME_PAGE);
  form = sonde_find_widget (page, SONDE_TYPE_KEY_FORM);
  entry = sonde_find_widget (form, SONDE_TYPE_KEY_ENTRY);
  g_assert_false (gtk_widget_get_sensitive (find_button (form, "key.add")));

  /* The service cannot be reached: it is said, and the key can be kept all the same. */
  sonde_key_entry_set_text (SONDE_KEY_ENTRY (entry), " sk-test ");
  g_assert_true (gtk_widget_get_sensitive (find_button (form, "key.add")));
  gtk_widget_activate_action (form, "key.add", NULL);
  g_assert_true (is_busy (form));
  sonde_test_wait (!is_busy (form));
  problem = get_problem (form);
  g_assert_true (g_str_has_prefix (problem, "The service could not be reached"));
  g_assert_null (strstr (problem, "sk-test"));
  g_assert_true (gtk_widget_get_visible (find_button (form, "key.alternative")));
  g_assert_cmpint (sonde_account_get_state (fixture->account), ==, SONDE_ACCOUNT_NO_KEY);

  gtk_widget_activate_action (form, "key.alternative", NULL);
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_READY);
  sonde_test_wait (!is_busy (form));
  g_assert_cmpint (sonde_account_get_key_source (fixture->account), ==, SONDE_KEY_SOURCE_KEYRING);
  g_assert_cmpstr (sonde_key_entry_get_text (SONDE_KEY_ENTRY (entry)), ==, "");
  sonde_wait_frame (fixture->window);
  g_assert_true (is_shown (fixture, SONDE_TYPE_COMPOSER));
}

static void
test_key_not_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) refused =
    g_error_new (SONDE_KEYRING_ERROR, SONDE_KEYRING_ERROR_FAILED, "Not today");
  g_autoptr (GError) missing =
    g_error_new (SONDE_KEYRING_ERROR, SONDE_KEYRING_ERROR_UNAVAILABLE, "GDBus.Error: Nobody");
  SondeMemoryKeyring *keyring = SONDE_MEMORY_KEYRING (fixture->keyring);
  GtkWidget *form, *entry;
  g_autofree char *problem = NULL;
  g_autofree char *other_problem = NULL;

  open_window (fixture, NOWHERE, 1100);
  start (fixture);
  form = find (fixture, SONDE_TYPE_KEY_FORM);
  entry = sonde_find_widget (form, SONDE_TYPE_KEY_ENTRY);
  sonde_key_entry_set_text (SONDE_KEY_ENTRY (entry), "sk-test");
  gtk_widget_activate_action (form, "key.add", NULL);
  sonde_test_wait (!is_busy (form));

  sonde_memory_keyring_set_error (keyring, refused);
  gtk_widget_activate_action (form, "key.alternative", NULL);
  sonde_test_wait (!is_busy (form));
  problem = get_problem (form);
  g_assert_cmpstr (problem, ==, "The keyring could not keep the key.\nNot today");

  gtk_widget_activate_action (form, "key.alternative", NULL);
  sonde_test_wait (sonde_account_get_key_source (fixture->account) == SONDE_KEY_SOURCE_SESSION);
  sonde_test_wait (!is_busy (form));

  /* What a bus says comes below what we say. */
  sonde_memory_keyring_set_error (keyring, missing);
  sonde_key_entry_set_text (SONDE_KEY_ENTRY (entry), "sk-test");
  gtk_widget_activate_action (form, "key.add", NULL);
  sonde_test_wait (!is_busy (form));
  gtk_widget_activate_action (form, "key.alternative", NULL);
  sonde_test_wait (!is_busy (form));
  other_problem = get_problem (form);
  g_assert_cmpstr (other_problem, ==,
                   "The keyring could not keep the key.\nNo keyring answers on this desktop.\n"
                   "GDBus.Error: Nobody");
}

static void
test_keyring_trouble (Fixture *fixture, gconstpointer data)
{
  static const struct {
    SondeKeyringError code;
    SondeAccountState state;
    const char *action;
    const char *banner;
  } rows[] = {
    { SONDE_KEYRING_ERROR_LOCKED, SONDE_ACCOUNT_LOCKED, "win.unlock-keyring",
      "The keyring with your API key is locked" },
    { SONDE_KEYRING_ERROR_UNAVAILABLE, SONDE_ACCOUNT_UNAVAILABLE, "win.ask-keyring",
      "The keyring with your API key cannot be used" },
    { SONDE_KEYRING_ERROR_TIMED_OUT, SONDE_ACCOUNT_UNAVAILABLE, "win.ask-keyring",
      "The keyring with your API key cannot be used" },
  };
  SondeMemoryKeyring *keyring = SONDE_MEMORY_KEYRING (fixture->keyring);
  g_autoptr (SondeConversation) asked = NULL;
  GtkWidget *page;

  open_window (fixture, NOWHERE, 1100);
  start (fixture);
  page = find (fixture, SONDE_TYPE_WELCOME_PAGE);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error =
      g_error_new (SONDE_KEYRING_ERROR, (int) rows[i].code, "<b>Words & more</b>");

    sonde_memory_keyring_set_error (keyring, error);
    activate (fixture, "win.ask-keyring");
    sonde_test_wait (sonde_account_get_state (fixture->account) == rows[i].state);
    sonde_wait_frame (fixture->window);
    g_assert_true (gtk_widget_get_mapped (page));
    g_assert_true (gtk_widget_get_mapped (find_button (page, rows[i].action)));
    g_assert_true (gtk_widget_get_mapped (find_button (page, "win.add-key")));
    g_assert_true (gtk_widget_get_mapped (find_button (page, "win.use-demo")));
    g_assert_false (gtk_widget_get_mapped (sonde_find_widget (page, SONDE_TYPE_KEY_FORM)));
    if (rows[i].state == SONDE_ACCOUNT_UNAVAILABLE) {
      const char *said =
        adw_status_page_get_description (sonde_find_widget (page, ADW_TYPE_STATUS_PAGE));

      g_assert_true (g_str_has_prefix (said, "Sonde keeps your API key"));
      g_assert_true (
        g_str_has_suffix (said, "<small>It says: &lt;b&gt;Words &amp; more&lt;/b&gt;</small>"));
    }
    g_assert_false (has_banner (fixture, rows[i].banner));

    /* The rest is usable: what was asked is read with a banner above it. */
    if (asked == NULL) {
      sonde_window_ask (SONDE_WINDOW (fixture->window), "Hi");
      asked = g_object_ref (get_conversation (fixture));
    } else {
      sonde_window_set_conversation (SONDE_WINDOW (fixture->window), asked);
    }
    sonde_test_wait (has_banner (fixture, rows[i].banner));
    g_assert_false (gtk_widget_get_mapped (page));
    g_assert_cmpint (sonde_message_get_failure (get_last (get_conversation (fixture)))->kind, ==,
                     SONDE_FAILURE_NO_KEY);

    sonde_memory_keyring_set_error (keyring, NULL);
    activate (fixture, "win.unlock-keyring");
    sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_NO_KEY);
    g_assert_true (has_banner (fixture, "No API key: nothing can be asked"));
    activate (fixture, "win.new-conversation");
  }
}

static void
test_demo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeSettings) settings = NULL;
  SondeKeyDialog *dialog;

  open_window (fixture, NOWHERE, 1100);
  settings = g_object_ref (sonde_chat_context_get_settings (fixture->context));
  start (fixture);
  g_assert_true (is_shown (fixture, SONDE_TYPE_WELCOME_PAGE));
  activate (fixture, "win.use-demo");
  sonde_wait_frame (fixture->window);
  g_assert_true (sonde_chat_context_get_demo (fixture->context));
  g_assert_true (is_shown (fixture, SONDE_TYPE_COMPOSER));

  /* A key is for the real service; without one, the demo goes on. */
  activate (fixture, "win.add-key");
  g_assert_false (sonde_chat_context_get_demo (fixture->context));
  dialog = SONDE_KEY_DIALOG (
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)));
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_NO_KEY);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  sonde_test_wait (sonde_chat_context_get_demo (fixture->context));

  activate (fixture, "win.use-demo");
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_NO_KEY);
  g_assert_false (sonde_settings_get_use_demo (settings));
}

/* Whether a label at or below @widget says less than it wants to. */
static gboolean
is_cut_off (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_widget_get_mapped (widget) &&
           pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_cut_off (child))
      return TRUE;

  return FALSE;
}

/* Whether the menu of the conversation, opened now, has that item. */
static gboolean
menu_offers (Fixture *fixture, const char *action)
{
  GtkWidget *button =
    gtk_widget_get_ancestor (find_button (fixture->window, "win.details"), ADW_TYPE_HEADER_BAR);
  GtkMenuButton *menu = sonde_find_widget (button, GTK_TYPE_MENU_BUTTON);
  gboolean offered;

  gtk_menu_button_popup (menu);
  offered = sonde_menu_has_item (gtk_menu_button_get_menu_model (menu), action);
  gtk_menu_button_popdown (menu);
  sonde_wait_frame (fixture->window);

  return offered;
}

static void
test_widths (Fixture *fixture, gconstpointer data)
{
  static const char *const given[] = { "win.find", "win.details" };
  GtkSettings *settings = gtk_settings_get_default ();
  AdwOverlaySplitView *split_view;
  int minimum;

  g_object_set (settings, "gtk-decoration-layout", ":close", NULL); /* as in GNOME */
  open_window (fixture, NULL, 360);
  start (fixture);
  split_view = find (fixture, ADW_TYPE_OVERLAY_SPLIT_VIEW);
  g_assert_cmpint (gtk_widget_get_width (fixture->window), <=, 360);
  g_assert_true (adw_overlay_split_view_get_collapsed (split_view));
  g_assert_false (adw_overlay_split_view_get_show_sidebar (split_view));
  gtk_widget_measure (fixture->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  g_assert_false (is_cut_off (find (fixture, SONDE_TYPE_COMPOSER)));
  /* The model is read; what has given its place is in the menu. */
  g_assert_false (is_cut_off (find (fixture, SONDE_TYPE_MODEL_DROPDOWN)));
  for (gsize i = 0; i < G_N_ELEMENTS (given); i++) {
    g_assert_false (gtk_widget_get_mapped (find_button (fixture->window, given[i])));
    g_assert_true (menu_offers (fixture, given[i]));
  }

  activate (fixture, "win.toggle-sidebar");
  g_assert_true (adw_overlay_split_view_get_show_sidebar (split_view));
  activate (fixture, "win.new-conversation"); /* done with the list */
  g_assert_false (adw_overlay_split_view_get_show_sidebar (split_view));

  sonde_window_ask (SONDE_WINDOW (fixture->window),
                    "Wide\n#demo doc=markdown tokens=400 reasoning=20 rate=0");
  sonde_test_wait (!sonde_session_get_busy (get_session (fixture)));
  sonde_wait_frame (fixture->window);
  gtk_widget_measure (fixture->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 600);
  sonde_test_wait (!adw_overlay_split_view_get_collapsed (split_view));
  sonde_wait_frame (fixture->window);
  g_assert_true (adw_overlay_split_view_get_show_sidebar (split_view));
  for (gsize i = 0; i < G_N_ELEMENTS (given); i++) {
    g_assert_true (gtk_widget_get_mapped (find_button (fixture->window, given[i])));
    g_assert_false (menu_offers (fixture, given[i]));
  }
  gtk_settings_reset_property (settings, "gtk-decoration-layout");
}

#define FINGER 44

/* What a finger can press. */
static gboolean
is_target (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || g_str_equal (gtk_widget_get_css_name (widget), "toggle");
}

/* Every button at or below @widget that is on the screen is large enough. */
static guint
check_targets (Fixture *fixture, GtkWidget *widget)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return 0;
  if (is_target (widget)) {
    graphene_rect_t bounds;

    g_assert_true (gtk_widget_compute_bounds (widget, fixture->window, &bounds));
    if (bounds.size.width < FINGER || bounds.size.height < FINGER) {
      g_autofree char *classes = g_strjoinv (".", gtk_widget_get_css_classes (widget));
      GtkWidget *parent = gtk_widget_get_parent (widget);
      g_test_message ("%s.%s “%s” in %s of %s: %g × %g", G_OBJECT_TYPE_NAME (widget), classes,
                      gtk_widget_get_tooltip_text (widget), G_OBJECT_TYPE_NAME (parent),
                      G_OBJECT_TYPE_NAME (gtk_widget_get_parent (parent)),
                      (double) bounds.size.width, (double) bounds.size.height);
      g_test_fail ();
    }
    n++;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += check_targets (fixture, child);

  return n;
}

/* While fingers are used, all that they press is large, and there is room for it on a phone. */
static void
test_touch (Fixture *fixture, gconstpointer data)
{
  static const char *const dialogs[] = { "win.preferences", "win.usage", "win.show-shortcuts" };
  static const int widths[] = { 370, 1100 }; /* with the frame that GTK draws here, 5 pixels wide */
  int minimum;

  open_window (fixture, NULL, 370);
  start (fixture);
  sonde_window_ask (SONDE_WINDOW (fixture->window),
                    "Tall\n#demo doc=code tokens=300 reasoning=20 rate=0");
  sonde_test_wait (!sonde_session_get_busy (get_session (fixture)));
  sonde_session_retry (get_session (fixture));
  sonde_test_wait (!sonde_session_get_busy (get_session (fixture)));

  sonde_touch_take_up (fixture->window, GDK_MOTION_NOTIFY, GDK_SOURCE_TOUCHSCREEN);
  g_assert_false (gtk_widget_has_css_class (fixture->window, "touch"));
  sonde_touch_take_up (fixture->window, GDK_TOUCH_BEGIN, GDK_SOURCE_TOUCHSCREEN);
  g_assert_true (gtk_widget_has_css_class (fixture->window, "touch"));
  sonde_touch_take_up (fixture->window, GDK_MOTION_NOTIFY, GDK_SOURCE_MOUSE);
  g_assert_true (gtk_widget_has_css_class (fixture->window, "touch"));

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++) {
    gtk_window_set_default_size (GTK_WINDOW (fixture->window), widths[i], 700);
    sonde_test_wait (ABS (gtk_widget_get_width (fixture->window) - widths[i]) < 40);
    sonde_wait_frame (fixture->window);
    gtk_widget_measure (fixture->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                        NULL);
    g_assert_cmpint (minimum, <=, 360);
    g_assert_cmpuint (check_targets (fixture, fixture->window), >, 10);
    g_assert_false (is_cut_off (find (fixture, SONDE_TYPE_COMPOSER)));
    for (gsize dialog = 0; dialog < G_N_ELEMENTS (dialogs); dialog++) {
      AdwDialog *shown;

      activate (fixture, dialogs[dialog]);
      sonde_test_wait ((shown = adw_application_window_get_visible_dialog (
                          ADW_APPLICATION_WINDOW (fixture->window))) != NULL &&
                       gtk_window_get_focus (GTK_WINDOW (fixture->window)) != NULL &&
                       gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)),
                                               GTK_WIDGET (shown)));
      sonde_wait_frame (fixture->window);
      g_assert_cmpuint (check_targets (fixture, GTK_WIDGET (shown)), >, 0);
      adw_dialog_force_close (shown);
      sonde_wait_frame (fixture->window);
    }
  }
  activate (fixture, "win.toggle-sidebar");
  sonde_wait_frame (fixture->window);
  check_targets (fixture, fixture->window);

  sonde_touch_take_up (fixture->window, GDK_BUTTON_PRESS, GDK_SOURCE_MOUSE);
  g_assert_false (gtk_widget_has_css_class (fixture->window, "touch"));
}

static void
resize (Fixture *fixture, int width)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 600);
  /* The window draws its own frame where no compositor is. */
  sonde_test_wait (ABS (gtk_widget_get_width (fixture->window) - width) < 40);
  sonde_wait_frame (fixture->window);
}

/* Every way through folding and widths; a warning of GTK ends the test. */
static void
test_folding (Fixture *fixture, gconstpointer data)
{
  static const int widths[] = { 360, 1100, 500, 1100, 720, 400, 1200 };
  const gboolean animated = GPOINTER_TO_INT (data);
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-enable-animations", animated, NULL);
  open_window (fixture, NULL, 1100);
  start (fixture);
  for (guint folded = 0; folded < 2; folded++) {
    activate (fixture, "win.toggle-sidebar");
    sonde_wait_frame (fixture->window);
    for (gsize i = 0; i < G_N_ELEMENTS (widths); i++) {
      resize (fixture, widths[i]);
      activate (fixture, "win.toggle-sidebar");
      sonde_wait_frame (fixture->window);
      activate (fixture, "win.toggle-sidebar");
      resize (fixture, 360);
      sonde_wait_frame (fixture->window);
    }
    resize (fixture, 1100);
  }
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
}

static void
test_large_text (Fixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int minimum;
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi * 2, NULL);
  open_window (fixture, NULL, 360);
  start (fixture);
  sonde_wait_frame (fixture->window);
  gtk_widget_measure (fixture->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  g_assert_false (is_cut_off (find (fixture, SONDE_TYPE_COMPOSER)));
}

static void
test_areas (Fixture *fixture, gconstpointer data)
{
  GtkWidget *composer, *sidebar;

  open_window (fixture, NULL, 1100);
  start (fixture);
  composer = find (fixture, SONDE_TYPE_COMPOSER);
  sidebar = find (fixture, SONDE_TYPE_SIDEBAR);
  sonde_window_ask (SONDE_WINDOW (fixture->window),
                    "Hi\n#demo doc=prose tokens=5 reasoning=0 rate=0");
  sonde_test_wait (!sonde_session_get_busy (get_session (fixture)));
  sonde_wait_frame (fixture->window);

#define FOCUS (gtk_window_get_focus (GTK_WINDOW (fixture->window)))
  g_assert_true (gtk_widget_is_ancestor (FOCUS, composer));
  activate (fixture, "win.next-area");
  g_assert_true (gtk_widget_is_ancestor (FOCUS, sidebar));
  activate (fixture, "win.previous-area");
  g_assert_true (gtk_widget_is_ancestor (FOCUS, composer));
  activate (fixture, "win.next-area");
  activate (fixture, "win.focus-composer");
  g_assert_true (gtk_widget_is_ancestor (FOCUS, composer));

  /* Shift+Tab goes to what stands before the message, and Tab comes back. */
  sonde_press (fixture->window, "shift+Tab");
  g_assert_true (gtk_widget_is_ancestor (FOCUS, find (fixture, SONDE_TYPE_TRANSCRIPT)));
  sonde_press (fixture->window, "Tab");
  g_assert_true (gtk_widget_is_ancestor (FOCUS, composer));
#undef FOCUS
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeSettings) settings = sonde_settings_new ();
  int width, height;
  gboolean show_sidebar;

  open_window (fixture, NULL, 1000);
  start (fixture);
  sonde_window_ask (SONDE_WINDOW (fixture->window),
                    "Kept\n#demo doc=prose tokens=5 reasoning=0 rate=0");
  sonde_test_wait (!sonde_session_get_busy (get_session (fixture)));
  activate (fixture, "win.toggle-sidebar");
  close_window (fixture);

  g_object_get (settings, "window-width", &width, "window-height", &height, "show-sidebar",
                &show_sidebar, NULL);
  g_assert_cmpint (width, ==, 1000);
  g_assert_cmpint (height, ==, 600);
  g_assert_false (show_sidebar);

  open_window (fixture, NULL, 1000);
  start (fixture);
  g_assert_false (
    adw_overlay_split_view_get_show_sidebar (find (fixture, ADW_TYPE_OVERLAY_SPLIT_VIEW)));
  activate (fixture, "win.next-conversation");
  sonde_test_wait (sonde_conversation_get_loaded (get_conversation (fixture)));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Kept");
  g_object_set (settings, "show-sidebar", TRUE, NULL);
}

/* The banner of the window that is shown with that title, or NULL. */
static AdwBanner *
find_banner (GtkWidget *widget, const char *title)
{
  if (ADW_IS_BANNER (widget))
    return adw_banner_get_revealed (ADW_BANNER (widget)) &&
               g_strcmp0 (adw_banner_get_title (ADW_BANNER (widget)), title) == 0
             ? ADW_BANNER (widget)
             : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    AdwBanner *banner = find_banner (child, title);

    if (banner != NULL)
      return banner;
  }

  return NULL;
}

/* The guide and the news are texts of the program itself. */
static void
test_help (Fixture *fixture, gconstpointer data)
{
  AdwDialog *dialog;
  AdwViewStack *stack;

  open_window (fixture, NULL, 800);
  start (fixture);
  gtk_widget_activate_action (fixture->window, "win.help", NULL);
  sonde_wait_frame (fixture->window);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window));
  stack = sonde_find_widget (GTK_WIDGET (dialog), ADW_TYPE_VIEW_STACK);
  g_assert_cmpuint (
    sonde_count_widgets (adw_view_stack_get_visible_child (stack), SONDE_TYPE_BLOCK_ROW), >, 30);
  g_assert_nonnull (
    sonde_find_widget (adw_view_stack_get_visible_child (stack), SONDE_TYPE_TABLE_BLOCK));
  adw_dialog_force_close (dialog);
}

/* Another version than the one that ran last says so, once. */
static void
test_updated (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeSettings) settings = sonde_settings_new ();
  g_autofree char *version = NULL;
  GtkWidget *button;

  g_object_set (settings, "last-version", "", NULL);
  open_window (fixture, NULL, 800);
  g_assert_null (find_button (fixture->window, "win.whats-new"));
  version = g_strdup (sonde_settings_get_last_version (settings));
  g_assert_cmpstr (version, !=, "");
  close_window (fixture);

  g_object_set (settings, "last-version", "0.0.9", NULL);
  open_window (fixture, NULL, 800);
  sonde_wait_frame (fixture->window);
  button = find_button (fixture->window, "win.whats-new");
  g_assert_cmpstr (sonde_settings_get_last_version (settings), ==, version);
  g_signal_emit_by_name (button, "clicked");
  sonde_wait_frame (fixture->window);
  g_assert_nonnull (
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)));
  adw_dialog_force_close (
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)));
}

static void
test_network (Fixture *fixture, gconstpointer data)
{
  static const char offline[] = "You are offline: nothing can be asked";
  static const char sign_in[] = "This network wants you to sign in first";
  g_autoptr (SondeSettings) settings = sonde_settings_new ();
  g_autoptr (SondeFakeNetwork) network = g_object_new (SONDE_TYPE_FAKE_NETWORK, NULL);
  SondeChatOptions options = {
    .data_dir = fixture->folder,
    .base_url = "https://example.invalid",
    .settings = settings,
    .keyring = fixture->keyring,
    .network = G_NETWORK_MONITOR (network),
  };

  open_context (fixture, sonde_chat_context_new (&options), 800);
  start (fixture);
  g_assert_null (find_banner (fixture->window, offline));

  sonde_fake_network_set (network, G_NETWORK_CONNECTIVITY_LOCAL);
  g_assert_null (adw_banner_get_button_label (find_banner (fixture->window, offline)));
  sonde_fake_network_set (network, G_NETWORK_CONNECTIVITY_PORTAL);
  g_assert_null (find_banner (fixture->window, offline));
  g_assert_cmpstr (adw_banner_get_button_label (find_banner (fixture->window, sign_in)), ==,
                   "_Sign In…");
  sonde_fake_network_set (network, G_NETWORK_CONNECTIVITY_FULL);
  g_assert_null (find_banner (fixture->window, sign_in));

  /* The demo service is on this machine. */
  sonde_fake_network_set (network, G_NETWORK_CONNECTIVITY_LOCAL);
  g_assert_nonnull (find_banner (fixture->window, offline));
  sonde_chat_context_set_demo (fixture->context, TRUE);
  g_assert_null (find_banner (fixture->window, offline));
}

int
main (int argc, char *argv[])
{
  sonde_display_test_init (&argc, &argv);

  g_test_add_func ("/window/unknown-model", test_unknown_model);
#define ADD(path, function) g_test_add ("/window/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("network", test_network);
  ADD ("help", test_help);
  ADD ("updated", test_updated);
  ADD ("before-services", test_before_services);
  ADD ("ask", test_ask);
  ADD ("message-actions", test_message_actions);
  ADD ("nearly-full", test_nearly_full);
  ADD ("two-at-once", test_two_at_once);
  ADD ("new-conversation", test_new_conversation);
  ADD ("choices", test_choices);
  ADD ("first-start", test_first_start);
  ADD ("key-not-kept", test_key_not_kept);
  ADD ("keyring-trouble", test_keyring_trouble);
  ADD ("demo", test_demo);
  ADD ("widths", test_widths);
  ADD ("touch", test_touch);
  ADD ("large-text", test_large_text);
  g_test_add ("/window/folding", Fixture, GINT_TO_POINTER (FALSE), set_up, test_folding, tear_down);
  g_test_add ("/window/folding-animated", Fixture, GINT_TO_POINTER (TRUE), set_up, test_folding,
              tear_down);
  ADD ("areas", test_areas);
  ADD ("kept", test_kept);
#undef ADD

  return g_test_run ();
}
