/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-failure.h"
#include "sonde-service-info.h"

G_BEGIN_DECLS

/**
 * SondeAccountState:
 * @SONDE_ACCOUNT_LOADING: the keyring was asked and has not answered yet
 * @SONDE_ACCOUNT_NO_KEY: there is no key
 * @SONDE_ACCOUNT_READY: there is a key, or none is needed
 * @SONDE_ACCOUNT_LOCKED: the keyring is locked
 * @SONDE_ACCOUNT_UNAVAILABLE: there is no keyring, or it refuses or does not answer
 *
 * Whether the service can be asked.
 */
typedef enum {
  SONDE_ACCOUNT_LOADING,
  SONDE_ACCOUNT_NO_KEY,
  SONDE_ACCOUNT_READY,
  SONDE_ACCOUNT_LOCKED,
  SONDE_ACCOUNT_UNAVAILABLE,
} SondeAccountState;

#define SONDE_TYPE_ACCOUNT_STATE (sonde_account_state_get_type ())
GType sonde_account_state_get_type (void);

/**
 * SondeKeySource:
 * @SONDE_KEY_SOURCE_NONE: there is no key
 * @SONDE_KEY_SOURCE_KEYRING: the keyring holds it
 * @SONDE_KEY_SOURCE_ENVIRONMENT: `DEEPSEEK_API_KEY` is set; never stored
 * @SONDE_KEY_SOURCE_SESSION: it was entered and is kept until the program ends
 * @SONDE_KEY_SOURCE_DEMO: the demo service needs none
 *
 * Where the key comes from.
 */
typedef enum {
  SONDE_KEY_SOURCE_NONE,
  SONDE_KEY_SOURCE_KEYRING,
  SONDE_KEY_SOURCE_ENVIRONMENT,
  SONDE_KEY_SOURCE_SESSION,
  SONDE_KEY_SOURCE_DEMO,
} SondeKeySource;

#define SONDE_TYPE_KEY_SOURCE (sonde_key_source_get_type ())
GType sonde_key_source_get_type (void);

/* Properties, read only: "state" (SondeAccountState), "key-source"
 * (SondeKeySource), "service" (SondeServiceInfo, nullable), "problem" (string,
 * nullable: the keyring's own words with LOCKED and UNAVAILABLE). */
#define SONDE_TYPE_ACCOUNT (sonde_account_get_type ())
G_DECLARE_FINAL_TYPE (SondeAccount, sonde_account, SONDE, ACCOUNT, GObject)

void sonde_account_take_environment_key (void);

SondeAccount *sonde_account_new_beside (SondeAccount *self);
void sonde_account_set_service (SondeAccount *self, SondeServiceInfo *service, gboolean demo);
SondeServiceInfo *sonde_account_get_service (SondeAccount *self);
SondeAccountState sonde_account_get_state (SondeAccount *self);
SondeKeySource sonde_account_get_key_source (SondeAccount *self);
const char *sonde_account_get_problem (SondeAccount *self);

void sonde_account_load (SondeAccount *self, gboolean interactive);

void sonde_account_check_key_async (SondeAccount *self,
                                    const char *key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean sonde_account_check_key_finish (SondeAccount *self,
                                         GAsyncResult *result,
                                         char **balance,
                                         GPtrArray **models,
                                         SondeFailure **failure);

void sonde_account_set_key_async (SondeAccount *self,
                                  const char *key,
                                  gboolean remember,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean sonde_account_set_key_finish (SondeAccount *self, GAsyncResult *result, GError **error);

void sonde_account_clear_key_async (SondeAccount *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean sonde_account_clear_key_finish (SondeAccount *self, GAsyncResult *result, GError **error);

G_END_DECLS
