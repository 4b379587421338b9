/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The walk of ARCHITECTURE.md without a window: a question goes out, an answer
 * streams in from the demo service, and both are on disk. */

#include <string.h>

#include "sonde-chat-context.h"
#include "sonde-demo-service.h"
#include "sonde-fake-network.h"
#include "sonde-memory-keyring.h"
#include "sonde-test.h"

typedef struct {
  char *folder;
  SondeKeyring *keyring;
  SondeFakeNetwork *network;
  SondeChatContext *context;
  SondeLibrary *library;
} Fixture;

static void
start_context (Fixture *fixture, const char *base_url)
{
  SondeChatOptions options = {
    .data_dir = fixture->folder,
    .base_url = base_url,
    .demo = base_url == NULL,
    .keyring = fixture->keyring,
    .network = G_NETWORK_MONITOR (fixture->network),
    .stall_timeout = 300,
  };

  fixture->context = sonde_chat_context_new (&options);
  fixture->library = sonde_chat_context_get_library (fixture->context);
  sonde_chat_context_start (fixture->context);
}

static void
shut_down_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  sonde_chat_context_shutdown_finish (SONDE_CHAT_CONTEXT (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
end_context (Fixture *fixture)
{
  gboolean done = FALSE;

  sonde_chat_context_shutdown_async (fixture->context, shut_down_cb, &done);
  sonde_test_wait (done);
  /* What was cancelled lets go of the context in the next turns of the loop. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->context);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("sonde-session-XXXXXX", NULL);
  fixture->keyring = sonde_memory_keyring_new ();
  fixture->network = g_object_new (SONDE_TYPE_FAKE_NETWORK, NULL);
  start_context (fixture, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  end_context (fixture);
  g_clear_object (&fixture->keyring);
  g_clear_object (&fixture->network);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static SondeMessage *
message_at (SondeConversation *conversation, int position)
{
  GListModel *messages = sonde_conversation_get_messages (conversation);
  guint n = g_list_model_get_n_items (messages);
  g_autoptr (SondeMessage) message =
    g_list_model_get_item (messages, position >= 0 ? (guint) position : n - (guint) -position);

  g_assert_nonnull (message);
  return message; /* the conversation keeps it */
}

static gboolean
is_in_phase (SondeConversation *conversation, SondePhase phase)
{
  return g_list_model_get_n_items (sonde_conversation_get_messages (conversation)) > 0 &&
         sonde_message_get_phase (message_at (conversation, -1)) == phase;
}

static const char *
content_of (SondeMessage *message)
{
  return sonde_message_get_text (message, SONDE_TEXT_CONTENT);
}

static SondeSession *
ask (Fixture *fixture, SondeConversation *conversation, const char *question)
{
  SondeSession *session = sonde_library_get_session (fixture->library, conversation);

  g_assert_true (sonde_session_send (session, question));
  g_assert_true (sonde_session_get_busy (session));
  return session;
}

static void
test_walk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  SondeSession *session;
  SondeMessage *question;
  SondeMessage *answer;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 0);
  session = ask (fixture, conversation,
                 "  What is a sounding line?\n#demo doc=prose tokens=80 reasoning=30 rate=0\n");
  sonde_test_wait (!sonde_session_get_busy (session));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 1);
  g_assert_cmpstr (sonde_conversation_get_title (conversation), ==, "What is a sounding line?");
  g_assert_false (sonde_conversation_get_streaming (conversation));
  question = message_at (conversation, 0);
  g_assert_cmpint (sonde_message_get_role (question), ==, SONDE_ROLE_USER);
  g_assert_true (g_str_has_suffix (content_of (question), "rate=0"));
  answer = message_at (conversation, 1);
  g_assert_cmpint (sonde_message_get_parent_id (answer), ==, sonde_message_get_id (question));
  g_assert_cmpint (sonde_message_get_state (answer), ==, SONDE_MESSAGE_COMPLETE);
  g_assert_cmpint (sonde_message_get_phase (answer), ==, SONDE_PHASE_NONE);
  g_assert_null (sonde_message_get_failure (answer));
  g_assert_cmpstr (sonde_message_get_finish_reason (answer), ==, "stop");
  g_assert_cmpstr (sonde_message_get_model_id (answer), ==, "deepseek-v4-flash");
  g_assert_cmpuint (sonde_message_get_text_length (answer, SONDE_TEXT_CONTENT), >, 100);
  g_assert_cmpuint (sonde_message_get_text_length (answer, SONDE_TEXT_REASONING), >, 20);
  g_assert_cmpint (sonde_message_get_thinking_duration (answer), >=, 0);
  g_assert_nonnull (sonde_message_get_usage (answer));
  g_assert_cmpint (sonde_message_get_usage (answer)->prompt_tokens, ==,
                   sonde_message_get_usage (answer)->cache_hit_tokens +
                     sonde_message_get_usage (answer)->cache_miss_tokens);

  session = ask (fixture, conversation, "And then?\n#demo doc=prose tokens=20 rate=0");
  sonde_test_wait (!sonde_session_get_busy (session));
  g_assert_cmpint (sonde_message_get_parent_id (message_at (conversation, 2)), ==,
                   sonde_message_get_id (answer));
  g_assert_cmpint (sonde_message_get_state (message_at (conversation, 3)), ==,
                   SONDE_MESSAGE_COMPLETE);
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) again = NULL;
  g_autofree char *content = NULL;
  g_autofree char *reasoning = NULL;
  SondeSession *session =
    ask (fixture, conversation, "中文也行吗？\n#demo doc=chinese tokens=200 reasoning=50 rate=0");

  sonde_test_wait (!sonde_session_get_busy (session));
  content = g_strdup (content_of (message_at (conversation, 1)));
  reasoning =
    g_strdup (sonde_message_get_text (message_at (conversation, 1), SONDE_TEXT_REASONING));
  end_context (fixture);

  start_context (fixture, NULL);
  sonde_test_wait (sonde_library_get_state (fixture->library) == SONDE_LIBRARY_READY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->library)), ==, 1);
  again = g_list_model_get_item (G_LIST_MODEL (fixture->library), 0);
  g_assert_cmpstr (sonde_conversation_get_title (again), ==, "中文也行吗？");
  g_assert_false (sonde_conversation_get_loaded (again));
  sonde_library_open (fixture->library, again);
  sonde_test_wait (sonde_conversation_get_loaded (again));
  g_assert_cmpuint (g_list_model_get_n_items (sonde_conversation_get_messages (again)), ==, 2);
  g_assert_cmpstr (content_of (message_at (again, 1)), ==, content);
  g_assert_cmpstr (sonde_message_get_text (message_at (again, 1), SONDE_TEXT_REASONING), ==,
                   reasoning);

  session = ask (fixture, again, "#demo doc=prose tokens=10 rate=0");
  sonde_test_wait (!sonde_session_get_busy (session));
  g_assert_cmpuint (g_list_model_get_n_items (sonde_conversation_get_messages (again)), ==, 4);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  SondeSession *session =
    ask (fixture, conversation, "#demo doc=prose tokens=5000 reasoning=0 rate=200");
  SondeMessage *answer;

  sonde_test_wait (g_list_model_get_n_items (sonde_conversation_get_messages (conversation)) == 2);
  answer = message_at (conversation, 1);
  g_assert_false (sonde_session_send (session, "Not while an answer is on its way"));
  sonde_test_wait (sonde_message_get_text_length (answer, SONDE_TEXT_CONTENT) > 40);
  sonde_session_stop (session);
  sonde_test_wait (!sonde_session_get_busy (session));

  g_assert_cmpint (sonde_message_get_state (answer), ==, SONDE_MESSAGE_STOPPED);
  g_assert_cmpuint (sonde_message_get_text_length (answer, SONDE_TEXT_CONTENT), >, 40);
  g_assert_null (sonde_message_get_failure (answer));
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *question;
    SondeFailureKind kind;
    guint status;
    gboolean keeps_text;
    gboolean goes_on; /* by itself, until it is told to stop */
  } cases[] = {
    { "#demo status=401", SONDE_FAILURE_UNAUTHORIZED, 401, FALSE },
    { "#demo status=402", SONDE_FAILURE_BALANCE, 402, FALSE },
    { "#demo status=404", SONDE_FAILURE_ENDPOINT, 404, FALSE },
    { "#demo status=429", SONDE_FAILURE_RATE_LIMIT, 429, FALSE, TRUE },
    { "#demo status=500", SONDE_FAILURE_SERVER, 500, FALSE, TRUE },
    { "#demo status=503", SONDE_FAILURE_OVERLOADED, 503, FALSE, TRUE },
    { "#demo doc=prose tokens=400 rate=0 reasoning=0 cut=6000", SONDE_FAILURE_CUT, 0, TRUE },
    { "#demo doc=prose tokens=400 rate=0 reasoning=0 error=20", SONDE_FAILURE_STREAM, 0, TRUE },
    { "#demo doc=prose tokens=400 rate=0 reasoning=0 garbage=20", SONDE_FAILURE_PROTOCOL, 0, TRUE },
    { "#demo doc=empty", SONDE_FAILURE_EMPTY, 0, FALSE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
    SondeSession *session = ask (fixture, conversation, cases[i].question);
    const SondeFailure *failure;
    SondeMessage *failed;

    sonde_test_wait (!sonde_session_get_busy (session) ||
                     is_in_phase (conversation, SONDE_PHASE_RETRYING) ||
                     is_in_phase (conversation, SONDE_PHASE_STALLED));
    failed = message_at (conversation, -1);
    if (sonde_session_get_busy (session)) {
      g_assert_true (cases[i].goes_on);
      sonde_session_stop (session);
      sonde_test_wait (!sonde_session_get_busy (session));
    } else {
      g_assert_false (cases[i].goes_on);
    }
    failure = sonde_message_get_failure (failed);
    g_test_message ("%s: %s", cases[i].question, failure != NULL ? failure->detail : "no failure");
    g_assert_cmpint (sonde_message_get_state (failed), ==, SONDE_MESSAGE_FAILED);
    g_assert_nonnull (failure);
    g_assert_cmpint (failure->kind, ==, cases[i].kind);
    if (cases[i].status != 0)
      g_assert_cmpuint (failure->http_status, ==, cases[i].status);
    g_assert_cmpint (sonde_message_get_text_length (failed, SONDE_TEXT_CONTENT) > 0, ==,
                     cases[i].keeps_text);
  }
}

static void
test_retry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  SondeSession *session = sonde_library_get_session (fixture->library, conversation);
  g_autoptr (SondeMessage) failed = NULL;
  SondeMessage *answer;

  g_assert_false (sonde_session_retry (session));
  g_assert_false (sonde_session_send (session, " \n\t "));
  ask (fixture, conversation, "Once more\n#demo doc=prose tokens=30 rate=0 fail=1 status=402");
  sonde_test_wait (!sonde_session_get_busy (session));
  failed = g_object_ref (message_at (conversation, -1));
  g_assert_cmpint (sonde_message_get_state (failed), ==, SONDE_MESSAGE_FAILED);

  g_assert_true (sonde_session_retry (session));
  sonde_test_wait (!sonde_session_get_busy (session));
  answer = message_at (conversation, -1);
  g_assert_true (answer != failed);
  g_assert_cmpuint (g_list_model_get_n_items (sonde_conversation_get_messages (conversation)), ==,
                    2);
  g_assert_cmpint (sonde_message_get_parent_id (answer), ==, sonde_message_get_parent_id (failed));
  g_assert_cmpint (sonde_message_get_state (answer), ==, SONDE_MESSAGE_COMPLETE);
}

static void
test_tries_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  SondeSession *session =
    ask (fixture, conversation, "Patience\n#demo doc=prose tokens=30 rate=0 fail=2 status=503");
  SondeMessage *answer;

  sonde_test_wait (is_in_phase (conversation, SONDE_PHASE_RETRYING));
  answer = message_at (conversation, 1);
  g_assert_cmpint (sonde_message_get_failure (answer)->kind, ==, SONDE_FAILURE_OVERLOADED);
  g_assert_cmpint (sonde_message_get_retry_at (answer), >, 0);
  g_assert_cmpuint (sonde_message_get_tries (answer), ==, 1);
  sonde_session_try_now (session);
  g_assert_null (sonde_message_get_failure (answer));
  sonde_test_wait (!sonde_session_get_busy (session));

  /* One answer came of three requests, the last of them by itself. */
  g_assert_cmpuint (sonde_message_get_tries (answer), ==, 2);
  g_assert_true (message_at (conversation, -1) == answer);
  g_assert_cmpint (sonde_message_get_state (answer), ==, SONDE_MESSAGE_COMPLETE);
  g_assert_null (sonde_message_get_failure (answer));
  g_assert_cmpint (sonde_message_get_retry_at (answer), ==, 0);
}

static void
test_stalled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  SondeSession *session =
    ask (fixture, conversation, "#demo doc=prose tokens=400 rate=0 reasoning=0 stall=20 fail=1");
  g_autoptr (SondeMessage) stalled = NULL;
  SondeMessage *answer;

  sonde_test_wait (is_in_phase (conversation, SONDE_PHASE_STALLED));
  sonde_session_keep_waiting (session);
  g_assert_true (is_in_phase (conversation, SONDE_PHASE_ANSWERING));
  sonde_test_wait (is_in_phase (conversation, SONDE_PHASE_STALLED));
  stalled = g_object_ref (message_at (conversation, 1));
  g_assert_cmpuint (sonde_message_get_text_length (stalled, SONDE_TEXT_CONTENT), >, 0);

  g_assert_true (sonde_session_retry (session));
  sonde_test_wait (!sonde_session_get_busy (session));
  answer = message_at (conversation, 1);
  g_assert_true (answer != stalled);
  g_assert_cmpint (sonde_message_get_state (stalled), ==, SONDE_MESSAGE_STOPPED);
  g_assert_cmpint (sonde_message_get_state (answer), ==, SONDE_MESSAGE_COMPLETE);
}

static void
test_continue (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) again = NULL;
  g_autofree char *beginning = NULL;
  g_autofree char *whole = NULL;
  SondeSession *session = ask (
    fixture, conversation, "Go on\n#demo doc=prose tokens=200 rate=0 reasoning=20 cut=9000 fail=1");
  SondeMessage *answer;

  sonde_test_wait (!sonde_session_get_busy (session));
  answer = message_at (conversation, 1);
  g_assert_cmpint (sonde_message_get_state (answer), ==, SONDE_MESSAGE_FAILED);
  g_assert_true (sonde_message_can_continue (answer));
  beginning = g_strdup (content_of (answer));
  g_assert_cmpuint (strlen (beginning), >, 0);

  g_assert_true (sonde_session_continue (session));
  sonde_test_wait (!sonde_session_get_busy (session));
  g_assert_true (message_at (conversation, -1) == answer);
  g_assert_cmpint (sonde_message_get_state (answer), ==, SONDE_MESSAGE_COMPLETE);
  g_assert_null (sonde_message_get_failure (answer));
  g_assert_true (g_str_has_prefix (content_of (answer), beginning));
  g_assert_cmpuint (strlen (content_of (answer)), >, strlen (beginning));
  g_assert_false (sonde_message_can_continue (answer));
  g_assert_false (sonde_session_continue (session));
  whole = g_strdup (content_of (answer));

  end_context (fixture);
  start_context (fixture, NULL);
  sonde_test_wait (sonde_library_get_state (fixture->library) == SONDE_LIBRARY_READY);
  again = g_list_model_get_item (G_LIST_MODEL (fixture->library), 0);
  sonde_library_open (fixture->library, again);
  sonde_test_wait (sonde_conversation_get_loaded (again));
  g_assert_cmpstr (content_of (message_at (again, 1)), ==, whole);
}

static void
test_two_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) first = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) second = sonde_library_create (fixture->library);
  SondeSession *one;
  SondeSession *two;

  sonde_library_open (fixture->library, first);
  one = ask (fixture, first, "#demo doc=prose tokens=60 rate=300");
  sonde_library_open (fixture->library, second);
  two = ask (fixture, second, "#demo doc=prose tokens=60 rate=300");
  sonde_test_wait (sonde_conversation_get_streaming (first) &&
                   sonde_conversation_get_streaming (second));
  sonde_test_wait (!sonde_session_get_busy (one) && !sonde_session_get_busy (two));

  g_assert_cmpint (sonde_message_get_state (message_at (first, 1)), ==, SONDE_MESSAGE_COMPLETE);
  g_assert_cmpint (sonde_message_get_state (message_at (second, 1)), ==, SONDE_MESSAGE_COMPLETE);
  g_assert_true (sonde_conversation_get_unread (first));
  g_assert_false (sonde_conversation_get_unread (second));
  sonde_library_open (fixture->library, first);
  g_assert_false (sonde_conversation_get_unread (first));
}

static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  g_autoptr (SondeConversation) again = NULL;
  g_autofree char *content = NULL;
  SondeMessage *answer;

  ask (fixture, conversation, "#demo doc=prose tokens=5000 reasoning=0 rate=200");
  sonde_test_wait (g_list_model_get_n_items (sonde_conversation_get_messages (conversation)) == 2);
  answer = message_at (conversation, 1);
  sonde_test_wait (sonde_message_get_text_length (answer, SONDE_TEXT_CONTENT) > 40);
  end_context (fixture);
  g_assert_cmpint (sonde_message_get_state (answer), ==, SONDE_MESSAGE_INTERRUPTED);
  content = g_strdup (content_of (answer));

  start_context (fixture, NULL);
  sonde_test_wait (sonde_library_get_state (fixture->library) == SONDE_LIBRARY_READY);
  again = g_list_model_get_item (G_LIST_MODEL (fixture->library), 0);
  sonde_library_open (fixture->library, again);
  sonde_test_wait (sonde_conversation_get_loaded (again));
  g_assert_cmpstr (content_of (message_at (again, 1)), ==, content);
  g_assert_cmpint (sonde_message_get_state (message_at (again, 1)), ==, SONDE_MESSAGE_INTERRUPTED);
}

static void
test_no_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeDemoService) service = sonde_demo_service_new ();
  g_autoptr (SondeConversation) conversation = NULL;
  SondeSession *session;

  g_assert_true (sonde_demo_service_start (service, 0, NULL));
  end_context (fixture);
  start_context (fixture, sonde_demo_service_get_base_url (service));
  conversation = sonde_library_create (fixture->library);
  session = ask (fixture, conversation, "Is anybody there?");
  sonde_test_wait (!sonde_session_get_busy (session));
  g_assert_cmpint (sonde_message_get_failure (message_at (conversation, 1))->kind, ==,
                   SONDE_FAILURE_NO_KEY);
  g_assert_cmpstr (content_of (message_at (conversation, 0)), ==, "Is anybody there?");
  sonde_demo_service_stop (service);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
key_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (sonde_account_set_key_finish (SONDE_ACCOUNT (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

/* An address of this machine that is not known as such, where nobody listens. */
static SondeConversation *
ask_far_away (Fixture *fixture)
{
  SondeConversation *conversation;
  SondeAccount *account;
  gboolean done = FALSE;

  end_context (fixture);
  start_context (fixture, "https://0.0.0.0:1");
  account = sonde_chat_context_get_account (fixture->context);
  sonde_test_wait (sonde_account_get_state (account) != SONDE_ACCOUNT_LOADING);
  sonde_account_set_key_async (account, "sk-0123456789abcdef", FALSE, NULL, key_set_cb, &done);
  sonde_test_wait (done);
  conversation = sonde_library_create (fixture->library);
  ask (fixture, conversation, "Is anybody there?");

  return conversation;
}

/* Without a network it is not tried again and again, but as soon as there is one. */
static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = NULL;
  SondeNetwork *network;
  SondeSession *session;
  SondeMessage *answer;
  guint n = 0;

  fixture->network->connectivity = G_NETWORK_CONNECTIVITY_LOCAL;
  conversation = ask_far_away (fixture);
  session = sonde_library_get_session (fixture->library, conversation);
  network = sonde_chat_context_get_network (fixture->context);
  g_assert_cmpint (sonde_network_get_state (network), ==, SONDE_NETWORK_DOWN);
  sonde_test_wait (is_in_phase (conversation, SONDE_PHASE_OFFLINE));
  answer = message_at (conversation, -1);
  g_assert_cmpint (sonde_message_get_failure (answer)->kind, ==, SONDE_FAILURE_NETWORK);
  g_assert_cmpuint (sonde_message_get_tries (answer), ==, 0);

  /* It still is where it was: another portal, another route. */
  g_signal_connect_swapped (answer, "notify::phase", G_CALLBACK (count_cb), &n);
  sonde_fake_network_set (fixture->network, G_NETWORK_CONNECTIVITY_PORTAL);
  g_assert_cmpint (sonde_network_get_state (network), ==, SONDE_NETWORK_SIGN_IN);
  g_assert_cmpuint (n, ==, 0);
  sonde_fake_network_set (fixture->network, G_NETWORK_CONNECTIVITY_FULL);
  g_assert_cmpint (sonde_message_get_phase (answer), ==, SONDE_PHASE_CONNECTING);
  g_assert_null (sonde_message_get_failure (answer));
  /* The service itself is down: that is another matter. */
  sonde_test_wait (is_in_phase (conversation, SONDE_PHASE_RETRYING));
  g_assert_cmpuint (sonde_message_get_tries (answer), ==, 1);
  sonde_fake_network_set (fixture->network, G_NETWORK_CONNECTIVITY_LOCAL);
  sonde_session_try_now (session);
  sonde_test_wait (is_in_phase (conversation, SONDE_PHASE_OFFLINE));
  sonde_session_stop (session);
  g_assert_cmpint (sonde_message_get_state (answer), ==, SONDE_MESSAGE_FAILED);
  g_assert_cmpint (sonde_message_get_failure (answer)->kind, ==, SONDE_FAILURE_NETWORK);
  n = 0;
  sonde_fake_network_set (fixture->network, G_NETWORK_CONNECTIVITY_FULL);
  g_assert_cmpuint (n, ==, 0);
}

/* Ended while it waits for the network: the next start finds it interrupted. */
static void
test_offline_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = NULL;

  fixture->network->connectivity = G_NETWORK_CONNECTIVITY_LOCAL;
  conversation = ask_far_away (fixture);
  sonde_test_wait (is_in_phase (conversation, SONDE_PHASE_OFFLINE));
  end_context (fixture);
  g_assert_cmpint (sonde_message_get_state (message_at (conversation, -1)), ==,
                   SONDE_MESSAGE_INTERRUPTED);
  sonde_fake_network_set (fixture->network, G_NETWORK_CONNECTIVITY_FULL);
  start_context (fixture, NULL);
}

/* A service on this machine needs no network. */
static void
test_offline_demo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  SondeSession *session;

  sonde_fake_network_set (fixture->network, G_NETWORK_CONNECTIVITY_LOCAL);
  g_assert_cmpint (sonde_network_get_state (sonde_chat_context_get_network (fixture->context)), ==,
                   SONDE_NETWORK_UP);
  session = ask (fixture, conversation, "Hello\n#demo doc=prose tokens=5 rate=0");
  sonde_test_wait (!sonde_session_get_busy (session));
  g_assert_cmpint (sonde_message_get_state (message_at (conversation, -1)), ==,
                   SONDE_MESSAGE_COMPLETE);
}

static void
test_long_title (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_library_create (fixture->library);
  SondeSession *session =
    ask (fixture, conversation,
         "Which of the many ways to measure the depth of the sea was used before sonar came?\n"
         "#demo doc=prose tokens=5 rate=0");

  sonde_test_wait (!sonde_session_get_busy (session));
  g_assert_cmpstr (sonde_conversation_get_title (conversation), ==,
                   "Which of the many ways to measure the depth of the sea was…");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  add ("/session/walk", test_walk);
  add ("/session/restart", test_restart);
  add ("/session/stop", test_stop);
  add ("/session/failures", test_failures);
  add ("/session/retry", test_retry);
  add ("/session/tries-again", test_tries_again);
  add ("/session/stalled", test_stalled);
  add ("/session/continue", test_continue);
  add ("/session/two-at-once", test_two_at_once);
  add ("/session/interrupted", test_interrupted);
  add ("/session/no-key", test_no_key);
  add ("/session/offline", test_offline);
  add ("/session/offline-end", test_offline_end);
  add ("/session/offline-demo", test_offline_demo);
  add ("/session/long-title", test_long_title);
#undef add

  return g_test_run ();
}
