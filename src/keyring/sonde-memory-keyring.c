/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-memory-keyring.h"

/**
 * SondeMemoryKeyring:
 *
 * A keyring that lasts as long as the program, for keys that are kept for this
 * session only and for tests.
 */
struct _SondeMemoryKeyring {
  GObject parent_instance;

  GHashTable *keys; /* account: key */
  GError *error;
};

static void sonde_memory_keyring_iface_init (SondeKeyringInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeMemoryKeyring,
                               sonde_memory_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SONDE_TYPE_KEYRING,
                                                      sonde_memory_keyring_iface_init))

static void
free_key (gpointer key)
{
  sonde_keyring_free_key (key);
}

/* A task that has failed already if every call is to fail. */
static GTask *
new_task (SondeMemoryKeyring *self,
          gpointer tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  if (self->error != NULL)
    g_task_return_error (task, g_error_copy (self->error));

  return task;
}

static void
sonde_memory_keyring_lookup_async (SondeKeyring *keyring,
                                   const char *account,
                                   gboolean interactive,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  SondeMemoryKeyring *self = SONDE_MEMORY_KEYRING (keyring);
  g_autoptr (GTask) task =
    new_task (self, sonde_memory_keyring_lookup_async, cancellable, callback, user_data);

  if (self->error == NULL)
    g_task_return_pointer (task, g_strdup (g_hash_table_lookup (self->keys, account)), free_key);
}

static char *
sonde_memory_keyring_lookup_finish (SondeKeyring *keyring, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, keyring), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
sonde_memory_keyring_store_async (SondeKeyring *keyring,
                                  const char *account,
                                  const char *key,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  SondeMemoryKeyring *self = SONDE_MEMORY_KEYRING (keyring);
  g_autoptr (GTask) task =
    new_task (self, sonde_memory_keyring_store_async, cancellable, callback, user_data);

  if (self->error != NULL || g_task_return_error_if_cancelled (task))
    return;

  g_hash_table_replace (self->keys, g_strdup (account), g_strdup (key));
  g_task_return_boolean (task, TRUE);
}

static void
sonde_memory_keyring_clear_async (SondeKeyring *keyring,
                                  const char *account,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  SondeMemoryKeyring *self = SONDE_MEMORY_KEYRING (keyring);
  g_autoptr (GTask) task =
    new_task (self, sonde_memory_keyring_clear_async, cancellable, callback, user_data);

  if (self->error != NULL || g_task_return_error_if_cancelled (task))
    return;

  g_hash_table_remove (self->keys, account);
  g_task_return_boolean (task, TRUE);
}

static gboolean
finish_boolean (SondeKeyring *keyring, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, keyring), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
sonde_memory_keyring_finalize (GObject *object)
{
  SondeMemoryKeyring *self = SONDE_MEMORY_KEYRING (object);

  g_hash_table_unref (self->keys);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sonde_memory_keyring_parent_class)->finalize (object);
}

static void
sonde_memory_keyring_class_init (SondeMemoryKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_memory_keyring_finalize;
}

static void
sonde_memory_keyring_init (SondeMemoryKeyring *self)
{
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_key);
}

static void
sonde_memory_keyring_iface_init (SondeKeyringInterface *iface)
{
  iface->lookup_async = sonde_memory_keyring_lookup_async;
  iface->lookup_finish = sonde_memory_keyring_lookup_finish;
  iface->store_async = sonde_memory_keyring_store_async;
  iface->store_finish = finish_boolean;
  iface->clear_async = sonde_memory_keyring_clear_async;
  iface->clear_finish = finish_boolean;
}

/**
 * sonde_memory_keyring_new:
 *
 * Returns: (transfer full): an empty keyring
 */
SondeKeyring *
sonde_memory_keyring_new (void)
{
  return g_object_new (SONDE_TYPE_MEMORY_KEYRING, NULL);
}

/**
 * sonde_memory_keyring_set_error:
 * @self: a keyring
 * @error: (nullable): what every call fails with from now on
 *
 * Lets a test see what becomes of a keyring that refuses.
 */
void
sonde_memory_keyring_set_error (SondeMemoryKeyring *self, const GError *error)
{
  g_return_if_fail (SONDE_IS_MEMORY_KEYRING (self));

  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
}
