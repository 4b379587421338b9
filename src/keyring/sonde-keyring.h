/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SondeKeyringError:
 * @SONDE_KEYRING_ERROR_UNAVAILABLE: there is no keyring service
 * @SONDE_KEYRING_ERROR_LOCKED: the keyring is locked, and was not unlocked
 * @SONDE_KEYRING_ERROR_TIMED_OUT: the keyring did not answer in time
 * @SONDE_KEYRING_ERROR_FAILED: the keyring refused; the message is its own
 *
 * The errors of a keyring. None of their messages holds a secret.
 */
typedef enum {
  SONDE_KEYRING_ERROR_UNAVAILABLE,
  SONDE_KEYRING_ERROR_LOCKED,
  SONDE_KEYRING_ERROR_TIMED_OUT,
  SONDE_KEYRING_ERROR_FAILED,
} SondeKeyringError;

#define SONDE_KEYRING_ERROR (sonde_keyring_error_quark ())
GQuark sonde_keyring_error_quark (void);

#define SONDE_TYPE_KEYRING (sonde_keyring_get_type ())
G_DECLARE_INTERFACE (SondeKeyring, sonde_keyring, SONDE, KEYRING, GObject)

/**
 * SondeKeyringInterface:
 *
 * Where API keys are kept, one for each account. `account` is a base URL.
 * `lookup` gives %NULL without an error where no key is kept; with
 * `interactive` it may ask the person to unlock.
 */
struct _SondeKeyringInterface {
  GTypeInterface parent_iface;

  void (*lookup_async) (SondeKeyring *self,
                        const char *account,
                        gboolean interactive,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  char *(*lookup_finish) (SondeKeyring *self, GAsyncResult *result, GError **error);
  void (*store_async) (SondeKeyring *self,
                       const char *account,
                       const char *key,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*store_finish) (SondeKeyring *self, GAsyncResult *result, GError **error);
  void (*clear_async) (SondeKeyring *self,
                       const char *account,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*clear_finish) (SondeKeyring *self, GAsyncResult *result, GError **error);
};

void sonde_keyring_lookup_async (SondeKeyring *self,
                                 const char *account,
                                 gboolean interactive,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
char *sonde_keyring_lookup_finish (SondeKeyring *self, GAsyncResult *result, GError **error);
void sonde_keyring_store_async (SondeKeyring *self,
                                const char *account,
                                const char *key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean sonde_keyring_store_finish (SondeKeyring *self, GAsyncResult *result, GError **error);
void sonde_keyring_clear_async (SondeKeyring *self,
                                const char *account,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean sonde_keyring_clear_finish (SondeKeyring *self, GAsyncResult *result, GError **error);

void sonde_keyring_free_key (char *key);

G_END_DECLS
