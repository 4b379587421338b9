/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-keyring.h"

#include <string.h>

/**
 * SondeKeyring:
 *
 * Where API keys are kept, one for each account.
 */
G_DEFINE_INTERFACE (SondeKeyring, sonde_keyring, G_TYPE_OBJECT)

G_DEFINE_QUARK (sonde - keyring - error - quark, sonde_keyring_error)

static void
sonde_keyring_default_init (SondeKeyringInterface *iface)
{
}

/**
 * sonde_keyring_lookup_async:
 * @self: a keyring
 * @account: the base URL that the key is for
 * @interactive: whether the person may be asked to unlock the keyring
 * @cancellable: (nullable): a cancellable
 * @callback: called when the keyring has answered, or did not in time
 * @user_data: for @callback
 *
 * Asks for the key of an account.
 */
void
sonde_keyring_lookup_async (SondeKeyring *self,
                            const char *account,
                            gboolean interactive,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (SONDE_IS_KEYRING (self));
  g_return_if_fail (account != NULL);

  SONDE_KEYRING_GET_IFACE (self)->lookup_async (self, account, interactive, cancellable, callback,
                                                user_data);
}

/**
 * sonde_keyring_lookup_finish:
 * @self: a keyring
 * @result: what the callback was given
 * @error: (nullable): where to put a SondeKeyringError or `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full) (nullable): the key, to be freed with [func@Keyring.free_key]; %NULL
 *   without an error where none is kept
 */
char *
sonde_keyring_lookup_finish (SondeKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (SONDE_IS_KEYRING (self), NULL);

  return SONDE_KEYRING_GET_IFACE (self)->lookup_finish (self, result, error);
}

/**
 * sonde_keyring_store_async:
 * @self: a keyring
 * @account: the base URL that the key is for
 * @key: the key, UTF-8
 * @cancellable: (nullable): a cancellable
 * @callback: called when the keyring has answered, or did not in time
 * @user_data: for @callback
 *
 * Keeps a key in the place of the one that the account had. The person asked for
 * it: the keyring may ask to be unlocked.
 */
void
sonde_keyring_store_async (SondeKeyring *self,
                           const char *account,
                           const char *key,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (SONDE_IS_KEYRING (self));
  g_return_if_fail (account != NULL);
  g_return_if_fail (key != NULL);

  SONDE_KEYRING_GET_IFACE (self)->store_async (self, account, key, cancellable, callback,
                                               user_data);
}

/**
 * sonde_keyring_store_finish:
 * @self: a keyring
 * @result: what the callback was given
 * @error: (nullable): where to put a SondeKeyringError or `G_IO_ERROR_CANCELLED`
 *
 * Returns: whether the key is kept
 */
gboolean
sonde_keyring_store_finish (SondeKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (SONDE_IS_KEYRING (self), FALSE);

  return SONDE_KEYRING_GET_IFACE (self)->store_finish (self, result, error);
}

/**
 * sonde_keyring_clear_async:
 * @self: a keyring
 * @account: the base URL that the key is for
 * @cancellable: (nullable): a cancellable
 * @callback: called when the keyring has answered, or did not in time
 * @user_data: for @callback
 *
 * Forgets the key of an account. The person asked for it: the keyring may ask to
 * be unlocked.
 */
void
sonde_keyring_clear_async (SondeKeyring *self,
                           const char *account,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (SONDE_IS_KEYRING (self));
  g_return_if_fail (account != NULL);

  SONDE_KEYRING_GET_IFACE (self)->clear_async (self, account, cancellable, callback, user_data);
}

/**
 * sonde_keyring_clear_finish:
 * @self: a keyring
 * @result: what the callback was given
 * @error: (nullable): where to put a SondeKeyringError or `G_IO_ERROR_CANCELLED`
 *
 * Returns: whether the account has no key now; also where it had none before
 */
gboolean
sonde_keyring_clear_finish (SondeKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (SONDE_IS_KEYRING (self), FALSE);

  return SONDE_KEYRING_GET_IFACE (self)->clear_finish (self, result, error);
}

/**
 * sonde_keyring_free_key:
 * @key: (nullable) (transfer full): a key
 *
 * Overwrites a key and frees it, so that it is not found in freed memory.
 */
void
sonde_keyring_free_key (char *key)
{
  if (key == NULL)
    return;

  explicit_bzero (key, strlen (key));
  g_free (key);
}
