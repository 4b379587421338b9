/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-chat-context.h"
#include "sonde-memory-keyring.h"
#include "sonde-store.h"
#include "sonde-test.h"

typedef struct {
  char *folder;
  SondeKeyring *keyring;
  SondeSettings *settings;
  SondeChatContext *context;
  GString *replaced;
} Fixture;

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
replaced_cb (Fixture *fixture, const char *retired_id, const char *current_id)
{
  g_string_append_printf (fixture->replaced, "%s>%s ", retired_id, current_id);
}

static void
start (Fixture *fixture)
{
  SondeChatOptions options = {
    .data_dir = fixture->folder,
    .cache_dir = fixture->folder,
    .settings = fixture->settings,
    .keyring = fixture->keyring,
  };

  fixture->context = sonde_chat_context_new (&options);
  g_signal_connect_swapped (fixture->context, "model-replaced", G_CALLBACK (replaced_cb), fixture);
  sonde_chat_context_start (fixture->context);
  sonde_test_wait (sonde_library_get_state (sonde_chat_context_get_library (fixture->context)) ==
                   SONDE_LIBRARY_READY);
}

static void
end (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  sonde_chat_context_shutdown_async (fixture->context, finished_cb, &result);
  sonde_test_wait (result != NULL);
  g_assert_true (sonde_chat_context_shutdown_finish (fixture->context, result, NULL));
  g_clear_object (&result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->context);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("sonde-context-XXXXXX", NULL);
  fixture->keyring = sonde_memory_keyring_new ();
  fixture->settings = sonde_settings_new ();
  fixture->replaced = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) store = g_settings_new ("io.github.sondechat.Sonde");
  static const char *const keys[] = { "services", "service-id", "model-id", "thinking",
                                      "use-demo" };

  end (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (store, keys[i]);
  g_clear_object (&fixture->settings);
  g_clear_object (&fixture->keyring);
  g_string_free (fixture->replaced, TRUE);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
fill_store (Fixture *fixture)
{
  static const char *const ids[] = { "deepseek-chat", "deepseek-reasoner", "deepseek-reasoner",
                                     "llama" };
  g_autofree char *path = g_build_filename (fixture->folder, "sonde.db", NULL);
  g_autoptr (SondeStore) store = sonde_store_new (path);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) closed = NULL;

  sonde_store_open_async (store, NULL, finished_cb, &opened);
  sonde_test_wait (opened != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (SondeConversation) conversation =
      sonde_conversation_new (sonde_store_allocate_id (store), 1000 + i);
    g_autoptr (SondeMessage) question =
      sonde_message_new (sonde_store_allocate_id (store), 0, SONDE_ROLE_USER, 1000);

    sonde_conversation_set_model_id (conversation, ids[i]);
    sonde_conversation_set_thinking (conversation, SONDE_THINKING_MAX);
    sonde_conversation_set_updated_at (conversation, 1000 - i);
    sonde_store_save_conversation (store, conversation);
    sonde_store_save_message (store, sonde_conversation_get_id (conversation), question);
  }
  sonde_store_close_async (store, finished_cb, &closed);
  sonde_test_wait (closed != NULL);
}

static void
assert_conversations (Fixture *fixture)
{
  static const struct {
    const char *model_id;
    SondeThinking thinking;
  } expected[] = {
    { "deepseek-v4-flash", SONDE_THINKING_OFF },
    { "deepseek-v4-flash", SONDE_THINKING_HIGH },
    { "deepseek-v4-flash", SONDE_THINKING_HIGH },
    { "llama", SONDE_THINKING_MAX },
  };
  GListModel *library = G_LIST_MODEL (sonde_chat_context_get_library (fixture->context));

  g_assert_cmpuint (g_list_model_get_n_items (library), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (SondeConversation) conversation = g_list_model_get_item (library, i);

    g_assert_cmpstr (sonde_conversation_get_model_id (conversation), ==, expected[i].model_id);
    g_assert_cmpint (sonde_conversation_get_thinking (conversation), ==, expected[i].thinking);
  }
}

/* contract.md section 11: retired ids are migrated, once, with a word. */
static void
test_aliases (Fixture *fixture, gconstpointer data)
{
  sonde_settings_set_model_id (fixture->settings, "deepseek-chat");
  fill_store (fixture);
  start (fixture);
  g_assert_cmpstr (sonde_settings_get_model_id (fixture->settings), ==, "deepseek-v4-flash");
  g_assert_cmpstr (sonde_settings_get_thinking (fixture->settings), ==, "off");
  assert_conversations (fixture);
  g_assert_cmpstr (fixture->replaced->str, ==,
                   "deepseek-chat>deepseek-v4-flash deepseek-reasoner>deepseek-v4-flash ");

  end (fixture);
  g_string_truncate (fixture->replaced, 0);
  start (fixture);
  assert_conversations (fixture);
  g_assert_cmpstr (fixture->replaced->str, ==, "");
}

/* The account follows the choice of the service, and its changes. */
static void
test_services (Fixture *fixture, gconstpointer data)
{
  SondeServiceList *services = sonde_settings_get_services (fixture->settings);
  g_autoptr (SondeServiceInfo) own =
    sonde_service_info_new ("own", "Own", "https://own.example", SONDE_SERVICE_NONE, FALSE);
  g_autoptr (SondeServiceInfo) changed =
    sonde_service_info_new ("own", "Own", "http://127.0.0.1:9", SONDE_SERVICE_NONE, FALSE);
  SondeAccount *account;

  start (fixture);
  account = sonde_chat_context_get_account (fixture->context);
  g_assert_true (sonde_service_info_is_deepseek (sonde_account_get_service (account)));
  sonde_service_list_put (services, own);
  g_assert_true (sonde_service_info_is_deepseek (sonde_account_get_service (account)));
  sonde_settings_set_service_id (fixture->settings, "own");
  g_assert_true (sonde_account_get_service (account) == own);
  g_assert_cmpuint (g_list_model_get_n_items (sonde_chat_context_get_models (fixture->context)), ==,
                    0);
  sonde_service_list_put (services, changed);
  g_assert_true (sonde_account_get_service (account) == changed);

  /* The demo service's models are there before it has been asked. */
  sonde_chat_context_set_demo (fixture->context, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (sonde_chat_context_get_models (fixture->context)), ==,
                    2);
  sonde_chat_context_set_demo (fixture->context, FALSE);

  sonde_service_list_remove (services, "own");
  g_assert_true (sonde_service_info_is_deepseek (sonde_account_get_service (account)));
  g_assert_cmpuint (g_list_model_get_n_items (sonde_chat_context_get_models (fixture->context)), ==,
                    2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  add ("/chat-context/aliases", test_aliases);
  add ("/chat-context/services", test_services);
#undef add

  return g_test_run ();
}
