/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "sonde-account-private.h"
#include "sonde-demo-service.h"
#include "sonde-memory-keyring.h"
#include "sonde-test.h"

#define KEY "sk-test-0123456789"

typedef struct {
  SondeDemoService *service;
  SondeKeyring *keyring;
  SondeAccount *account;
  gboolean done;
  gboolean result;
  GError *error;
  char *balance;
  GPtrArray *models;
  SondeFailure *failure;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->service = sonde_demo_service_new ();
  g_assert_true (sonde_demo_service_start (fixture->service, 0, NULL));
  fixture->keyring = sonde_memory_keyring_new ();
  fixture->account = sonde_account_new (fixture->keyring);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->account);
  g_assert_finalize_object (fixture->keyring);
  sonde_demo_service_stop (fixture->service);
  g_clear_object (&fixture->service);
  g_clear_error (&fixture->error);
  g_clear_pointer (&fixture->balance, g_free);
  g_clear_pointer (&fixture->models, g_ptr_array_unref);
  g_clear_pointer (&fixture->failure, sonde_failure_free);
}

static void
set_service (Fixture *fixture, const char *id, const char *base_url, SondeServiceFlags capabilities)
{
  g_autoptr (SondeServiceInfo) service =
    sonde_service_info_new (id, id, base_url, capabilities, FALSE);

  sonde_account_set_service (fixture->account, service, FALSE);
}

static void
use_service (Fixture *fixture)
{
  set_service (fixture, SONDE_COMMAND_LINE_ID, sonde_demo_service_get_base_url (fixture->service),
               SONDE_SERVICE_FLAGS_DEEPSEEK);
}

static void
key_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = sonde_account_set_key_finish (SONDE_ACCOUNT (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
set_key (Fixture *fixture, gboolean remember)
{
  fixture->done = FALSE;
  sonde_account_set_key_async (fixture->account, KEY, remember, NULL, key_set_cb, fixture);
  sonde_test_wait (fixture->done);
}

static void
key_cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result =
    sonde_account_clear_key_finish (SONDE_ACCOUNT (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
key_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = sonde_account_check_key_finish (
    SONDE_ACCOUNT (source), result, &fixture->balance, &fixture->models, &fixture->failure);
  fixture->done = TRUE;
}

static void
check_key (Fixture *fixture, const char *key)
{
  fixture->done = FALSE;
  g_clear_pointer (&fixture->failure, sonde_failure_free);
  g_clear_pointer (&fixture->balance, g_free);
  g_clear_pointer (&fixture->models, g_ptr_array_unref);
  sonde_account_check_key_async (fixture->account, key, NULL, key_checked_cb, fixture);
  sonde_test_wait (fixture->done);
}

static void
test_keyring (Fixture *fixture, gconstpointer data)
{
  use_service (fixture);
  g_assert_cmpint (sonde_account_get_state (fixture->account), ==, SONDE_ACCOUNT_LOADING);
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_NO_KEY);

  set_key (fixture, TRUE);
  g_assert_true (fixture->result);
  g_assert_cmpint (sonde_account_get_state (fixture->account), ==, SONDE_ACCOUNT_READY);
  g_assert_cmpint (sonde_account_get_key_source (fixture->account), ==, SONDE_KEY_SOURCE_KEYRING);

  /* It is there for the next start, and for this service alone. */
  use_service (fixture);
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_READY);
  set_service (fixture, "other", "https://other.example", SONDE_SERVICE_NONE);
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_NO_KEY);

  use_service (fixture);
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_READY);
  fixture->done = FALSE;
  sonde_account_clear_key_async (fixture->account, NULL, key_cleared_cb, fixture);
  sonde_test_wait (fixture->done);
  g_assert_true (fixture->result);
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_NO_KEY);
}

static void
test_bad_keyring (Fixture *fixture, gconstpointer data)
{
  static const struct {
    SondeKeyringError code;
    SondeAccountState state;
  } cases[] = {
    { SONDE_KEYRING_ERROR_LOCKED, SONDE_ACCOUNT_LOCKED },
    { SONDE_KEYRING_ERROR_UNAVAILABLE, SONDE_ACCOUNT_UNAVAILABLE },
    { SONDE_KEYRING_ERROR_TIMED_OUT, SONDE_ACCOUNT_UNAVAILABLE },
    { SONDE_KEYRING_ERROR_FAILED, SONDE_ACCOUNT_UNAVAILABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error =
      g_error_new_literal (SONDE_KEYRING_ERROR, (int) cases[i].code, "The keyring says no");

    sonde_memory_keyring_set_error (SONDE_MEMORY_KEYRING (fixture->keyring), error);
    use_service (fixture);
    sonde_test_wait (sonde_account_get_state (fixture->account) == cases[i].state);
    g_assert_cmpstr (sonde_account_get_problem (fixture->account), ==, "The keyring says no");

    set_key (fixture, TRUE);
    g_assert_false (fixture->result);
    g_assert_null (strstr (fixture->error->message, KEY));
    g_clear_error (&fixture->error);
    g_assert_cmpint (sonde_account_get_state (fixture->account), ==, cases[i].state);
  }

  set_key (fixture, FALSE);
  g_assert_true (fixture->result);
  g_assert_cmpint (sonde_account_get_state (fixture->account), ==, SONDE_ACCOUNT_READY);
  g_assert_cmpint (sonde_account_get_key_source (fixture->account), ==, SONDE_KEY_SOURCE_SESSION);
  g_assert_null (sonde_account_get_problem (fixture->account));
}

static void
test_environment (Fixture *fixture, gconstpointer data)
{
  g_setenv ("DEEPSEEK_API_KEY", KEY, TRUE);
  sonde_account_take_environment_key ();
  g_assert_null (g_getenv ("DEEPSEEK_API_KEY"));

  use_service (fixture);
  g_assert_cmpint (sonde_account_get_state (fixture->account), ==, SONDE_ACCOUNT_READY);
  g_assert_cmpint (sonde_account_get_key_source (fixture->account), ==,
                   SONDE_KEY_SOURCE_ENVIRONMENT);

  /* It is DeepSeek's key, and nobody else's business. */
  set_service (fixture, "other", "https://other.example", SONDE_SERVICE_NONE);
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_NO_KEY);
  set_service (fixture, "mine", "https://api.deepseek.com/v1", SONDE_SERVICE_FLAGS_DEEPSEEK);
  g_assert_cmpint (sonde_account_get_key_source (fixture->account), ==,
                   SONDE_KEY_SOURCE_ENVIRONMENT);

  sonde_account_take_environment_key ();
  use_service (fixture);
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_NO_KEY);
}

static void
test_check (Fixture *fixture, gconstpointer data)
{
  use_service (fixture);
  check_key (fixture, KEY);
  g_assert_true (fixture->result);
  g_assert_null (fixture->failure);
  g_assert_cmpstr (fixture->balance, ==, "110.00 CNY");
  g_assert_cmpuint (fixture->models->len, ==, 2);

  check_key (fixture, "sk-wrong-0000");
  g_assert_false (fixture->result);
  g_assert_cmpint (fixture->failure->kind, ==, SONDE_FAILURE_UNAUTHORIZED);
  g_assert_null (strstr (fixture->failure->detail, "sk-wrong-0000"));

  set_service (fixture, "plain", "http://example.com", SONDE_SERVICE_NONE);
  check_key (fixture, KEY);
  g_assert_false (fixture->result);
  g_assert_cmpint (fixture->failure->kind, ==, SONDE_FAILURE_ENDPOINT);
}

/* A key that was entered for one service is given to no other, and is there for who
 * looks at the same service beside. */
static void
test_session_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeAccount) beside = sonde_account_new_beside (fixture->account);

  use_service (fixture);
  set_key (fixture, FALSE);
  g_assert_cmpint (sonde_account_get_key_source (fixture->account), ==, SONDE_KEY_SOURCE_SESSION);
  sonde_account_set_service (beside, sonde_account_get_service (fixture->account), FALSE);
  g_assert_cmpint (sonde_account_get_key_source (beside), ==, SONDE_KEY_SOURCE_SESSION);

  set_service (fixture, "other", "https://other.example", SONDE_SERVICE_NONE);
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_NO_KEY);
  use_service (fixture);
  g_assert_cmpint (sonde_account_get_key_source (fixture->account), ==, SONDE_KEY_SOURCE_SESSION);

  /* What the keyring keeps takes its place. */
  set_key (fixture, TRUE);
  use_service (fixture);
  sonde_test_wait (sonde_account_get_key_source (fixture->account) == SONDE_KEY_SOURCE_KEYRING);
}

/* The service changes while the keyring keeps a key for the one before. */
static void
test_late_key (Fixture *fixture, gconstpointer data)
{
  use_service (fixture);
  fixture->done = FALSE;
  sonde_account_set_key_async (fixture->account, KEY, TRUE, NULL, key_set_cb, fixture);
  set_service (fixture, "other", "https://other.example", SONDE_SERVICE_NONE);
  sonde_test_wait (fixture->done);
  g_assert_true (fixture->result);
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_NO_KEY);
}

static void
test_keyless (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error =
    g_error_new_literal (SONDE_KEYRING_ERROR, SONDE_KEYRING_ERROR_LOCKED, "The keyring says no");

  set_service (fixture, "own", sonde_demo_service_get_base_url (fixture->service),
               SONDE_SERVICE_KEYLESS);
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_READY);
  g_assert_cmpint (sonde_account_get_key_source (fixture->account), ==, SONDE_KEY_SOURCE_NONE);

  /* One that it has is used all the same. */
  set_key (fixture, TRUE);
  sonde_account_load (fixture->account, FALSE);
  sonde_test_wait (sonde_account_get_key_source (fixture->account) == SONDE_KEY_SOURCE_KEYRING);
  check_key (fixture, NULL);
  g_assert_true (fixture->result);
  g_assert_null (fixture->balance); /* not asked for: the service is not said to know */

  sonde_memory_keyring_set_error (SONDE_MEMORY_KEYRING (fixture->keyring), error);
  sonde_account_load (fixture->account, FALSE);
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_READY);
  g_assert_cmpint (sonde_account_get_key_source (fixture->account), ==, SONDE_KEY_SOURCE_NONE);
}

static void
test_demo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeServiceInfo) service = sonde_service_info_new (
    "demo", "Demo", sonde_demo_service_get_base_url (fixture->service), SONDE_SERVICE_NONE, FALSE);

  sonde_account_set_service (fixture->account, service, TRUE);
  g_assert_true (sonde_account_get_service (fixture->account) == service);
  g_assert_cmpint (sonde_account_get_state (fixture->account), ==, SONDE_ACCOUNT_READY);
  g_assert_cmpint (sonde_account_get_key_source (fixture->account), ==, SONDE_KEY_SOURCE_DEMO);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  add ("/account/keyring", test_keyring);
  add ("/account/bad-keyring", test_bad_keyring);
  add ("/account/environment", test_environment);
  add ("/account/check", test_check);
  add ("/account/session-keys", test_session_keys);
  add ("/account/late-key", test_late_key);
  add ("/account/keyless", test_keyless);
  add ("/account/demo", test_demo);
#undef add

  return g_test_run ();
}
