/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-secret-keyring.h"

#include <libsecret/secret.h>

/**
 * SondeSecretKeyring:
 *
 * The desktop's keyring. Outside of a sandbox that is the Secret Service; in a
 * Flatpak it is a file that is encrypted with the Secret portal's password.
 * libsecret chooses in its `secret_password_` functions, and in no others, so
 * these alone are called.
 *
 * No call takes longer than its time limit, whatever the service does. Only where
 * the keyring may ask the person to unlock it, and after it has shown that it
 * answers, it is given as much time as a person needs to type a password.
 */
struct _SondeSecretKeyring {
  GObject parent_instance;

  guint timeout_ms;
};

static void sonde_secret_keyring_iface_init (SondeKeyringInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeSecretKeyring,
                               sonde_secret_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SONDE_TYPE_KEYRING,
                                                      sonde_secret_keyring_iface_init))

#define DEFAULT_TIMEOUT_MS 10000
#define PROMPT_TIMEOUT_MS  120000

static const SecretSchema schema = {
  .name = "io.github.sondechat.Sonde",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "account", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

typedef enum { LOOKUP, STORE, CLEAR } Kind;

/* One call. libsecret may answer after the call has ended, so each request to it
 * holds a reference. */
typedef struct {
  Kind kind;
  char *account;
  char *key;
  gboolean interactive;
  gboolean unlocking;
  GTask *task;               /* NULL when the call has ended */
  GCancellable *cancellable; /* of the request to libsecret */
  GSource *limit;
  GSource *cancelled;
} Operation;

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
operation_clear (Operation *op)
{
  g_free (op->account);
  sonde_keyring_free_key (op->key);
  g_clear_object (&op->cancellable);
}

static void
operation_unref (Operation *op)
{
  g_rc_box_release_full (op, (GDestroyNotify) operation_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Operation, operation_unref)

/* Returns the task that is to be answered, or NULL where it was answered before. */
static GTask *
operation_end (Operation *op)
{
  clear_source (&op->limit);
  clear_source (&op->cancelled);

  return g_steal_pointer (&op->task);
}

static gboolean
limit_cb (gpointer data)
{
  g_autoptr (Operation) op = g_rc_box_acquire (data);
  g_autoptr (GTask) task = operation_end (op);

  g_cancellable_cancel (op->cancellable);
  g_task_return_new_error_literal (task, SONDE_KEYRING_ERROR, SONDE_KEYRING_ERROR_TIMED_OUT,
                                   "The keyring did not answer in time");

  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  g_autoptr (Operation) op = g_rc_box_acquire (data);
  g_autoptr (GTask) task = operation_end (op);

  g_cancellable_cancel (op->cancellable);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
operation_set_limit (Operation *op, guint timeout_ms)
{
  clear_source (&op->limit);
  op->limit = g_timeout_source_new (timeout_ms);
  g_source_set_callback (op->limit, limit_cb, op, NULL);
  g_source_attach (op->limit, g_task_get_context (op->task));
}

static SondeKeyringError
code_of (const GError *error)
{
  static const struct {
    GIOErrorEnum io;
    SondeKeyringError code;
  } io_errors[] = {
    { G_IO_ERROR_TIMED_OUT, SONDE_KEYRING_ERROR_TIMED_OUT },
    /* No bus: no address for it, or nobody there. */
    { G_IO_ERROR_FAILED, SONDE_KEYRING_ERROR_UNAVAILABLE },
    { G_IO_ERROR_NOT_FOUND, SONDE_KEYRING_ERROR_UNAVAILABLE },
    { G_IO_ERROR_NOT_SUPPORTED, SONDE_KEYRING_ERROR_UNAVAILABLE },
    { G_IO_ERROR_INVALID_ARGUMENT, SONDE_KEYRING_ERROR_UNAVAILABLE },
    { G_IO_ERROR_CONNECTION_REFUSED, SONDE_KEYRING_ERROR_UNAVAILABLE },
    { G_IO_ERROR_CLOSED, SONDE_KEYRING_ERROR_UNAVAILABLE },
  };
  static const struct {
    GDBusError dbus;
    SondeKeyringError code;
  } dbus_errors[] = {
    { G_DBUS_ERROR_NO_REPLY, SONDE_KEYRING_ERROR_TIMED_OUT },
    { G_DBUS_ERROR_TIMEOUT, SONDE_KEYRING_ERROR_TIMED_OUT },
    { G_DBUS_ERROR_TIMED_OUT, SONDE_KEYRING_ERROR_TIMED_OUT },
    { G_DBUS_ERROR_SERVICE_UNKNOWN, SONDE_KEYRING_ERROR_UNAVAILABLE },
    { G_DBUS_ERROR_NAME_HAS_NO_OWNER, SONDE_KEYRING_ERROR_UNAVAILABLE },
    { G_DBUS_ERROR_NO_SERVER, SONDE_KEYRING_ERROR_UNAVAILABLE },
    { G_DBUS_ERROR_DISCONNECTED, SONDE_KEYRING_ERROR_UNAVAILABLE },
    { G_DBUS_ERROR_SPAWN_EXEC_FAILED, SONDE_KEYRING_ERROR_UNAVAILABLE },
    { G_DBUS_ERROR_SPAWN_CHILD_EXITED, SONDE_KEYRING_ERROR_UNAVAILABLE },
    { G_DBUS_ERROR_SPAWN_CHILD_SIGNALED, SONDE_KEYRING_ERROR_UNAVAILABLE },
    { G_DBUS_ERROR_SPAWN_FAILED, SONDE_KEYRING_ERROR_UNAVAILABLE },
  };

  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return SONDE_KEYRING_ERROR_LOCKED;
  for (gsize i = 0; i < G_N_ELEMENTS (io_errors); i++)
    if (g_error_matches (error, G_IO_ERROR, (int) io_errors[i].io))
      return io_errors[i].code;
  for (gsize i = 0; i < G_N_ELEMENTS (dbus_errors); i++)
    if (g_error_matches (error, G_DBUS_ERROR, (int) dbus_errors[i].dbus))
      return dbus_errors[i].code;

  return SONDE_KEYRING_ERROR_FAILED;
}

static void
operation_fail (Operation *op, GError *error)
{
  g_autoptr (GTask) task = operation_end (op);

  g_dbus_error_strip_remote_error (error);
  if (task != NULL)
    g_task_return_new_error_literal (task, SONDE_KEYRING_ERROR, code_of (error), error->message);
}

static void
operation_fail_locked (Operation *op)
{
  g_autoptr (GTask) task = operation_end (op);

  if (task != NULL)
    g_task_return_new_error_literal (task, SONDE_KEYRING_ERROR, SONDE_KEYRING_ERROR_LOCKED,
                                     "The keyring is locked");
}

static void
operation_return_key (Operation *op, const char *key)
{
  g_autoptr (GTask) task = operation_end (op);

  if (task != NULL)
    g_task_return_pointer (task, g_strdup (key), (GDestroyNotify) sonde_keyring_free_key);
}

static void
operation_return_true (Operation *op)
{
  g_autoptr (GTask) task = operation_end (op);

  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static void operation_search (Operation *op, SecretSearchFlags flags);

static void
retrieved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Operation) op = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) value = NULL;
  const char *key;

  value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  if (op->task == NULL)
    return;

  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)) {
    if (op->interactive && !op->unlocking) {
      op->unlocking = TRUE;
      operation_set_limit (op, PROMPT_TIMEOUT_MS);
      operation_search (op, SECRET_SEARCH_UNLOCK);
    } else {
      operation_fail_locked (op);
    }
    return;
  }

  key = value != NULL ? secret_value_get_text (value) : NULL;
  if (key != NULL)
    operation_return_key (op, key);
  else {
    if (error == NULL)
      error = g_error_new_literal (SECRET_ERROR, SECRET_ERROR_PROTOCOL, "The key is not text");
    operation_fail (op, error);
  }
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Operation) op = data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    operation_return_true (op);
  else if (error != NULL)
    operation_fail (op, error);
  else /* the person did not want to unlock it */
    operation_fail_locked (op);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Operation) op = data;
  g_autoptr (GError) error = NULL;

  if (secret_password_clear_finish (result, &error))
    operation_return_true (op);
  else if (error != NULL)
    operation_fail (op, error);
  else /* there was a key, and it was not unlocked */
    operation_fail_locked (op);
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Operation) op = data;
  g_autoptr (GError) error = NULL;
  g_autolist (GObject) found = secret_password_search_finish (result, &error);

  if (op->task == NULL)
    return;
  if (error != NULL) {
    operation_fail (op, error);
    return;
  }

  switch (op->kind) {
  case LOOKUP:
    if (found == NULL)
      operation_return_key (op, NULL);
    else
      secret_retrievable_retrieve_secret (SECRET_RETRIEVABLE (found->data), op->cancellable,
                                          retrieved_cb, g_rc_box_acquire (op));
    break;
  case STORE: {
    g_autofree char *label = g_strdup_printf ("Sonde: %s", op->account);

    operation_set_limit (op, PROMPT_TIMEOUT_MS);
    secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, op->key, op->cancellable,
                           stored_cb, g_rc_box_acquire (op), "account", op->account, NULL);
    break;
  }
  case CLEAR:
    if (found == NULL) {
      operation_return_true (op);
      break;
    }
    operation_set_limit (op, PROMPT_TIMEOUT_MS);
    secret_password_clear (&schema, op->cancellable, cleared_cb, g_rc_box_acquire (op), "account",
                           op->account, NULL);
    break;
  }
}

/* Finds the account's item, an unlocked one before a locked one. Never prompts
 * without SECRET_SEARCH_UNLOCK. */
static void
operation_search (Operation *op, SecretSearchFlags flags)
{
  secret_password_search (&schema, flags, op->cancellable, searched_cb, g_rc_box_acquire (op),
                          "account", op->account, NULL);
}

/* Every call begins with a search: it shows that the service answers, and what is
 * there, and it never prompts. */
static void
operation_start (SondeSecretKeyring *self,
                 Kind kind,
                 const char *account,
                 const char *key,
                 gboolean interactive,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (Operation) op = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  op = g_rc_box_new0 (Operation);
  op->kind = kind;
  op->account = g_strdup (account);
  op->key = g_strdup (key);
  op->interactive = interactive;
  op->task = g_steal_pointer (&task);
  op->cancellable = g_cancellable_new ();
  if (cancellable != NULL) {
    op->cancelled = g_cancellable_source_new (cancellable);
    g_source_set_callback (op->cancelled, G_SOURCE_FUNC (cancelled_cb), op, NULL);
    g_source_attach (op->cancelled, g_task_get_context (op->task));
  }
  operation_set_limit (op, self->timeout_ms);
  operation_search (op, SECRET_SEARCH_NONE);
}

static void
sonde_secret_keyring_lookup_async (SondeKeyring *keyring,
                                   const char *account,
                                   gboolean interactive,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  operation_start (SONDE_SECRET_KEYRING (keyring), LOOKUP, account, NULL, interactive, cancellable,
                   callback, user_data);
}

static char *
sonde_secret_keyring_lookup_finish (SondeKeyring *keyring, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, keyring), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
sonde_secret_keyring_store_async (SondeKeyring *keyring,
                                  const char *account,
                                  const char *key,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  operation_start (SONDE_SECRET_KEYRING (keyring), STORE, account, key, TRUE, cancellable, callback,
                   user_data);
}

static void
sonde_secret_keyring_clear_async (SondeKeyring *keyring,
                                  const char *account,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  operation_start (SONDE_SECRET_KEYRING (keyring), CLEAR, account, NULL, TRUE, cancellable,
                   callback, user_data);
}

static gboolean
finish_boolean (SondeKeyring *keyring, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, keyring), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
sonde_secret_keyring_class_init (SondeSecretKeyringClass *klass)
{
}

static void
sonde_secret_keyring_init (SondeSecretKeyring *self)
{
}

static void
sonde_secret_keyring_iface_init (SondeKeyringInterface *iface)
{
  iface->lookup_async = sonde_secret_keyring_lookup_async;
  iface->lookup_finish = sonde_secret_keyring_lookup_finish;
  iface->store_async = sonde_secret_keyring_store_async;
  iface->store_finish = finish_boolean;
  iface->clear_async = sonde_secret_keyring_clear_async;
  iface->clear_finish = finish_boolean;
}

/**
 * sonde_secret_keyring_new:
 * @timeout_ms: how long the keyring may take to answer, in milliseconds; 0 for ten seconds
 *
 * Returns: (transfer full): the desktop's keyring
 */
SondeKeyring *
sonde_secret_keyring_new (guint timeout_ms)
{
  SondeSecretKeyring *self = g_object_new (SONDE_TYPE_SECRET_KEYRING, NULL);

  self->timeout_ms = timeout_ms != 0 ? timeout_ms : DEFAULT_TIMEOUT_MS;

  return SONDE_KEYRING (self);
}
