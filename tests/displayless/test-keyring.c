/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Run with the name of what it will find, see meson.build:
 *   memory   nothing is needed: the keyring in memory
 *   service  the real, unlocked keyring daemon (support/with-keyring)
 *   file     libsecret's encrypted file, as in a Flatpak
 *   none     a bus without a keyring (support/with-keyring --no-keyring)
 *   no-bus   not even a bus
 *   silent   a bus on which the test plays a keyring that never answers */

#include "sonde-memory-keyring.h"
#include "sonde-secret-keyring.h"
#include "sonde-test.h"

#define ACCOUNT       "https://api.example.com"
#define OTHER_ACCOUNT "https://other.example.com/v1"
#define KEY           "sk-not-a-real-key-0123456789"

static SondeKeyring *(*new_keyring) (void);

static SondeKeyring *
new_secret_keyring (void)
{
  return sonde_secret_keyring_new (0);
}

/* --- waiting for answers -------------------------------------------------- */

typedef struct {
  gboolean done;
  char *key;
  gboolean success;
  GError *error;
} Answer;

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->key = sonde_keyring_lookup_finish (SONDE_KEYRING (source), result, &answer->error);
  answer->done = TRUE;
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->success = sonde_keyring_store_finish (SONDE_KEYRING (source), result, &answer->error);
  answer->done = TRUE;
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->success = sonde_keyring_clear_finish (SONDE_KEYRING (source), result, &answer->error);
  answer->done = TRUE;
}

static char *
lookup (SondeKeyring *keyring, const char *account, gboolean interactive, GError **error)
{
  Answer answer = { 0 };

  sonde_keyring_lookup_async (keyring, account, interactive, NULL, looked_up_cb, &answer);
  sonde_test_wait (answer.done);
  if (answer.error != NULL)
    g_propagate_error (error, answer.error);

  return answer.key;
}

static gboolean
store (SondeKeyring *keyring, const char *account, const char *key, GError **error)
{
  Answer answer = { 0 };

  sonde_keyring_store_async (keyring, account, key, NULL, stored_cb, &answer);
  sonde_test_wait (answer.done);
  if (answer.error != NULL)
    g_propagate_error (error, answer.error);

  return answer.success;
}

static gboolean
clear (SondeKeyring *keyring, const char *account, GError **error)
{
  Answer answer = { 0 };

  sonde_keyring_clear_async (keyring, account, NULL, cleared_cb, &answer);
  sonde_test_wait (answer.done);
  if (answer.error != NULL)
    g_propagate_error (error, answer.error);

  return answer.success;
}

static void
assert_key (SondeKeyring *keyring, const char *account, const char *expected)
{
  g_autoptr (GError) error = NULL;
  char *key = lookup (keyring, account, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (key, ==, expected);
  sonde_keyring_free_key (key);
}

static void
assert_stored (SondeKeyring *keyring, const char *account, const char *key)
{
  g_autoptr (GError) error = NULL;
  gboolean stored = store (keyring, account, key, &error);

  g_assert_no_error (error);
  g_assert_true (stored);
}

static void
assert_cleared (SondeKeyring *keyring, const char *account)
{
  g_autoptr (GError) error = NULL;
  gboolean cleared = clear (keyring, account, &error);

  g_assert_no_error (error);
  g_assert_true (cleared);
}

/* Every call fails with the same error, which does not hold the key. */
static void
assert_all_fail (SondeKeyring *keyring, gboolean interactive, SondeKeyringError code)
{
  for (int i = 0; i < 3; i++) {
    g_autoptr (GError) error = NULL;

    switch (i) {
    case 0:
      g_assert_null (lookup (keyring, ACCOUNT, interactive, &error));
      break;
    case 1:
      g_assert_false (store (keyring, ACCOUNT, KEY, &error));
      break;
    default:
      g_assert_false (clear (keyring, ACCOUNT, &error));
      break;
    }
    g_assert_error (error, SONDE_KEYRING_ERROR, (int) code);
    g_assert_null (g_strstr_len (error->message, -1, KEY));
    g_assert_cmpstr (error->message, !=, "");
  }
}

/* --- what every keyring does ---------------------------------------------- */

static void
test_absent (SondeKeyring *keyring)
{
  assert_key (keyring, ACCOUNT, NULL);
}

static void
test_round_trip (SondeKeyring *keyring)
{
  assert_stored (keyring, ACCOUNT, KEY);
  assert_key (keyring, ACCOUNT, KEY);
}

static void
test_replace (SondeKeyring *keyring)
{
  assert_stored (keyring, ACCOUNT, "first");
  assert_stored (keyring, ACCOUNT, "second \xe9\x92\xa5");
  assert_key (keyring, ACCOUNT, "second \xe9\x92\xa5");
  assert_cleared (keyring, ACCOUNT);
  assert_key (keyring, ACCOUNT, NULL);
}

static void
test_accounts (SondeKeyring *keyring)
{
  assert_stored (keyring, ACCOUNT, "one");
  assert_stored (keyring, OTHER_ACCOUNT, "two");
  assert_key (keyring, ACCOUNT, "one");
  assert_key (keyring, OTHER_ACCOUNT, "two");
  assert_cleared (keyring, ACCOUNT);
  assert_key (keyring, ACCOUNT, NULL);
  assert_key (keyring, OTHER_ACCOUNT, "two");
}

static void
test_clear_absent (SondeKeyring *keyring)
{
  assert_cleared (keyring, ACCOUNT);
}

static void
test_many_at_once (SondeKeyring *keyring)
{
  Answer answers[8] = { 0 };

  assert_stored (keyring, ACCOUNT, KEY);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    sonde_keyring_lookup_async (keyring, ACCOUNT, FALSE, NULL, looked_up_cb, &answers[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    sonde_test_wait (answers[i].done);
    g_assert_no_error (answers[i].error);
    g_assert_cmpstr (answers[i].key, ==, KEY);
    sonde_keyring_free_key (answers[i].key);
  }
}

static void
test_cancel (SondeKeyring *keyring)
{
  assert_stored (keyring, ACCOUNT, KEY);

  /* Cancelled before the call, and right after it. */
  for (int late = 0; late <= 1; late++) {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    Answer lookup_answer = { 0 };
    Answer store_answer = { 0 };
    Answer clear_answer = { 0 };

    if (!late)
      g_cancellable_cancel (cancellable);
    sonde_keyring_lookup_async (keyring, ACCOUNT, TRUE, cancellable, looked_up_cb, &lookup_answer);
    sonde_keyring_store_async (keyring, OTHER_ACCOUNT, KEY, cancellable, stored_cb, &store_answer);
    sonde_keyring_clear_async (keyring, ACCOUNT, cancellable, cleared_cb, &clear_answer);
    g_cancellable_cancel (cancellable);
    sonde_test_wait (lookup_answer.done);
    sonde_test_wait (store_answer.done);
    sonde_test_wait (clear_answer.done);

    g_assert_null (lookup_answer.key);
    g_assert_error (lookup_answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_error (store_answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_error (clear_answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error (&lookup_answer.error);
    g_clear_error (&store_answer.error);
    g_clear_error (&clear_answer.error);

    /* What was cancelled before it began has not been done. */
    if (!late) {
      assert_key (keyring, ACCOUNT, KEY);
      assert_key (keyring, OTHER_ACCOUNT, NULL);
    }
  }
}

static const struct {
  const char *name;
  void (*run) (SondeKeyring *keyring);
} interface_tests[] = {
  { "absent", test_absent },
  { "round-trip", test_round_trip },
  { "replace", test_replace },
  { "accounts", test_accounts },
  { "clear-absent", test_clear_absent },
  { "many-at-once", test_many_at_once },
  { "cancel", test_cancel },
};

/* Each begins and ends with an empty keyring, and holds nothing of it at the end. */
static void
test_interface (gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  SondeKeyring *keyring = new_keyring ();

  interface_tests[i].run (keyring);
  assert_cleared (keyring, ACCOUNT);
  assert_cleared (keyring, OTHER_ACCOUNT);
  g_assert_finalize_object (keyring);
}

static void
add_interface_tests (const char *prefix, SondeKeyring *(*constructor) (void) )
{
  new_keyring = constructor;
  for (gsize i = 0; i < G_N_ELEMENTS (interface_tests); i++) {
    g_autofree char *path = g_strdup_printf ("/keyring/%s/%s", prefix, interface_tests[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_interface);
  }
}

/* --- memory ---------------------------------------------------------------- */

static void
test_memory_error (void)
{
  SondeKeyring *keyring = sonde_memory_keyring_new ();
  g_autoptr (GError) refusal =
    g_error_new_literal (SONDE_KEYRING_ERROR, SONDE_KEYRING_ERROR_LOCKED, "locked");

  assert_stored (keyring, ACCOUNT, KEY);
  sonde_memory_keyring_set_error (SONDE_MEMORY_KEYRING (keyring), refusal);
  assert_all_fail (keyring, FALSE, SONDE_KEYRING_ERROR_LOCKED);
  sonde_memory_keyring_set_error (SONDE_MEMORY_KEYRING (keyring), NULL);
  assert_key (keyring, ACCOUNT, KEY);
  g_assert_finalize_object (keyring);
}

/* --- the real service ------------------------------------------------------ */

static GDBusConnection *
connect_to_bus (void)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_dbus_connection_new_for_address_sync (
    g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);

  g_assert_no_error (error);
  return bus;
}

static GVariant *
call (GDBusConnection *bus,
      const char *name,
      const char *path,
      const char *interface,
      const char *method,
      GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_sync (bus, name, path, interface, method, parameters,
                                                 NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
  return reply;
}

static GVariant *
call_service (GDBusConnection *bus, const char *method, GVariant *parameters)
{
  return call (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets",
               "org.freedesktop.Secret.Service", method, parameters);
}

static void
lock (GDBusConnection *bus)
{
  g_autoptr (GVariant) reply = call_service (
    bus, "Lock",
    g_variant_new_parsed ("([objectpath '/org/freedesktop/secrets/aliases/default'],)"));
}

/* As the login does it: without a prompt. */
static void
unlock (GDBusConnection *bus)
{
  g_autoptr (GVariant) session =
    call_service (bus, "OpenSession", g_variant_new ("(sv)", "plain", g_variant_new_string ("")));
  const char *path;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) secret = NULL;

  g_variant_get (session, "(v&o)", NULL, &path);
  secret = g_variant_ref_sink (g_variant_new (
    "(o@ay@ays)", path, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "", 0, 1),
    g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "password", 8, 1), "text/plain"));
  reply =
    call (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets",
          "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "UnlockWithMasterPassword",
          g_variant_new ("(o@(oayays))", "/org/freedesktop/secrets/aliases/default", secret));
}

/* What the keyring's own programs show of the item. */
static void
test_service_item (void)
{
  g_autoptr (GDBusConnection) bus = connect_to_bus ();
  g_autoptr (SondeKeyring) keyring = new_secret_keyring ();
  g_autoptr (GVariant) found = NULL;
  g_autoptr (GVariant) label = NULL;
  g_autoptr (GVariant) text = NULL;
  g_autofree const char **paths = NULL;

  assert_stored (keyring, ACCOUNT, KEY);
  found = call_service (bus, "SearchItems",
                        g_variant_new_parsed ("({'account': %s, 'xdg:schema': %s},)", ACCOUNT,
                                              "io.github.sondechat.Sonde"));
  g_variant_get (found, "(^a&o^a&o)", &paths, NULL);
  g_assert_cmpuint (g_strv_length ((char **) paths), ==, 1);
  label = call (bus, "org.freedesktop.secrets", paths[0], "org.freedesktop.DBus.Properties", "Get",
                g_variant_new ("(ss)", "org.freedesktop.Secret.Item", "Label"));
  g_variant_get (label, "(v)", &text);
  g_assert_cmpstr (g_variant_get_string (text, NULL), ==, "Sonde: " ACCOUNT);
  assert_cleared (keyring, ACCOUNT);
}

/* The program that asks for the keyring's password: here it counts how often it
 * was called, and either refuses or lets the keyring wait. */
typedef struct {
  GDBusConnection *bus;
  gboolean answers;
  gboolean called;
} Prompter;

static GDBusMessage *
prompter_cb (GDBusConnection *bus, GDBusMessage *message, gboolean incoming, gpointer data)
{
  Prompter *self = data;

  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;

  g_atomic_int_set (&self->called, TRUE);
  g_main_context_wakeup (NULL);
  if (self->answers) /* with "no such method": it exports none */
    return message;

  g_object_unref (message);
  return NULL;
}

static void
own_name (GDBusConnection *bus, const char *name)
{
  g_autoptr (GVariant) reply =
    call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
          "RequestName", g_variant_new ("(su)", name, 4 /* do not queue */));
  guint owner;

  g_variant_get (reply, "(u)", &owner);
  g_assert_cmpuint (owner, ==, 1);
}

static void
prompter_start (Prompter *self, gboolean answers)
{
  *self = (Prompter) { .bus = connect_to_bus (), .answers = answers };
  own_name (self->bus, "org.gnome.keyring.SystemPrompter");
  g_dbus_connection_add_filter (self->bus, prompter_cb, self, NULL);
}

static void
prompter_stop (Prompter *self)
{
  g_assert_true (g_dbus_connection_close_sync (self->bus, NULL, NULL));
  g_clear_object (&self->bus);
}

static void
test_service_locked (void)
{
  g_autoptr (GDBusConnection) bus = connect_to_bus ();
  SondeKeyring *keyring = new_secret_keyring ();
  g_autoptr (GError) error = NULL;
  Prompter prompter;

  assert_stored (keyring, ACCOUNT, KEY);
  lock (bus);
  prompter_start (&prompter, TRUE);

  /* Not interactive: nobody is asked. */
  g_assert_null (lookup (keyring, ACCOUNT, FALSE, &error));
  g_assert_error (error, SONDE_KEYRING_ERROR, SONDE_KEYRING_ERROR_LOCKED);
  assert_key (keyring, OTHER_ACCOUNT, NULL);
  g_assert_false (g_atomic_int_get (&prompter.called));

  /* Interactive: somebody is asked, and refuses. */
  assert_all_fail (keyring, TRUE, SONDE_KEYRING_ERROR_LOCKED);
  g_assert_true (g_atomic_int_get (&prompter.called));

  prompter_stop (&prompter);
  unlock (bus);
  assert_key (keyring, ACCOUNT, KEY);
  assert_cleared (keyring, ACCOUNT);
  g_assert_finalize_object (keyring);
}

/* A person who does not type the password can still go on. The last test of the
 * daemon: it does not always survive a prompter that goes away while it asks. */
static void
test_service_cancel_prompt (void)
{
  g_autoptr (GDBusConnection) bus = connect_to_bus ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  SondeKeyring *keyring = new_secret_keyring ();
  Answer answer = { 0 };
  Prompter prompter;

  assert_stored (keyring, ACCOUNT, KEY);
  lock (bus);
  prompter_start (&prompter, FALSE);
  sonde_keyring_lookup_async (keyring, ACCOUNT, TRUE, cancellable, looked_up_cb, &answer);
  sonde_test_wait (g_atomic_int_get (&prompter.called));
  g_assert_false (answer.done);
  g_cancellable_cancel (cancellable);
  sonde_test_wait (answer.done);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);

  g_assert_finalize_object (keyring);
  prompter_stop (&prompter);
}

/* --- no service ------------------------------------------------------------ */

static void
test_unavailable (void)
{
  SondeKeyring *keyring = new_secret_keyring ();

  assert_all_fail (keyring, FALSE, SONDE_KEYRING_ERROR_UNAVAILABLE);
  assert_all_fail (keyring, TRUE, SONDE_KEYRING_ERROR_UNAVAILABLE);
  g_assert_finalize_object (keyring);
}

/* --- a service that never answers ------------------------------------------ */

static GDBusMessage *
swallow_cb (GDBusConnection *bus, GDBusMessage *message, gboolean incoming, gpointer data)
{
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;

  g_object_unref (message);
  return NULL;
}

static gboolean
count_cb (gpointer data)
{
  guint *count = data;

  (*count)++;
  return G_SOURCE_CONTINUE;
}

static void
test_silent (void)
{
  g_autoptr (GDBusConnection) bus = connect_to_bus ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  SondeKeyring *keyring = sonde_secret_keyring_new (200);
  Answer answer = { 0 };
  guint iterations = 0;
  guint source;

  g_dbus_connection_add_filter (bus, swallow_cb, NULL, NULL);
  own_name (bus, "org.freedesktop.secrets");

  /* The window stays alive in the meantime. */
  source = g_timeout_add (10, count_cb, &iterations);
  assert_all_fail (keyring, FALSE, SONDE_KEYRING_ERROR_TIMED_OUT);
  assert_all_fail (keyring, TRUE, SONDE_KEYRING_ERROR_TIMED_OUT);
  g_assert_cmpuint (iterations, >, 1);
  g_source_remove (source);
  g_assert_finalize_object (keyring);

  /* Cancelled while it waits; the keyring may go first. */
  keyring = new_secret_keyring ();
  sonde_keyring_lookup_async (keyring, ACCOUNT, FALSE, cancellable, looked_up_cb, &answer);
  g_object_unref (keyring);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (answer.done);
  g_cancellable_cancel (cancellable);
  sonde_test_wait (answer.done);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = NULL;
  const char *what;
  int status;

  g_test_init (&argc, &argv, NULL);
  what = argc > 1 ? argv[1] : "memory";

  if (g_str_equal (what, "memory")) {
    add_interface_tests (what, sonde_memory_keyring_new);
    g_test_add_func ("/keyring/memory/error", test_memory_error);
  } else if (g_str_equal (what, "service")) {
    add_interface_tests (what, new_secret_keyring);
    g_test_add_func ("/keyring/service/item", test_service_item);
    g_test_add_func ("/keyring/service/locked", test_service_locked);
    g_test_add_func ("/keyring/service/cancel-prompt", test_service_cancel_prompt);
  } else if (g_str_equal (what, "file")) {
    g_autofree char *file = NULL;

    folder = g_dir_make_tmp (NULL, NULL);
    g_assert_nonnull (folder);
    file = g_build_filename (folder, "keyring", NULL);
    g_setenv ("SECRET_BACKEND", "file", TRUE);
    g_setenv ("SECRET_FILE_TEST_PATH", file, TRUE);
    g_setenv ("SECRET_FILE_TEST_PASSWORD", "password", TRUE);
    add_interface_tests (what, new_secret_keyring);
  } else if (g_str_equal (what, "none")) {
    g_test_add_func ("/keyring/none", test_unavailable);
  } else if (g_str_equal (what, "no-bus")) {
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
    g_test_add_func ("/keyring/no-bus", test_unavailable);
  } else if (g_str_equal (what, "silent")) {
    g_test_add_func ("/keyring/silent", test_silent);
  } else {
    g_printerr ("%s: what is '%s'?\n", argv[0], what);
    return 2;
  }

  status = g_test_run ();
  if (folder != NULL)
    sonde_test_remove_tree (folder);

  return status;
}
