/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-chunk.h"
#include "sonde-request.h"

G_BEGIN_DECLS

/**
 * SondeClientEvent:
 * @SONDE_CLIENT_OPENED: the status line and the headers have come, and they are good
 * @SONDE_CLIENT_KEEP_ALIVE: a comment or a blank line: the service is alive, the answer waits
 * @SONDE_CLIENT_CHUNK: a chunk
 * @SONDE_CLIENT_STALLED: not one byte for the stall time; the next event ends that
 *
 * What happens while an answer is on its way.
 */
typedef enum {
  SONDE_CLIENT_OPENED,
  SONDE_CLIENT_KEEP_ALIVE,
  SONDE_CLIENT_CHUNK,
  SONDE_CLIENT_STALLED,
} SondeClientEvent;

/**
 * SondeClientFunc:
 * @event: what has happened
 * @chunk: (nullable): the chunk, with CHUNK only; valid during the call
 * @user_data: the caller's
 *
 * Called in the main context that the completion was started in.
 */
typedef void (*SondeClientFunc) (SondeClientEvent event,
                                 const SondeChunk *chunk,
                                 gpointer user_data);

/**
 * SondeBalance:
 * @currency: `CNY`, `USD`, ...
 * @total: the amount as the decimal text that came
 *
 * One row of `/user/balance` (contract.md section 2.3).
 */
typedef struct {
  char *currency;
  char *total;
} SondeBalance;

void sonde_balance_free (SondeBalance *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeBalance, sonde_balance_free)

#define SONDE_TYPE_CLIENT (sonde_client_get_type ())
G_DECLARE_FINAL_TYPE (SondeClient, sonde_client, SONDE, CLIENT, GObject)

SondeClient *sonde_client_new (const char *base_url, GError **error);
SondeClient *sonde_client_new_full (const char *base_url, gboolean allow_plain, GError **error);
const char *sonde_client_get_base_url (SondeClient *self);
const SondeCapabilities *sonde_client_get_capabilities (SondeClient *self);
void sonde_client_set_capabilities (SondeClient *self, const SondeCapabilities *capabilities);
void sonde_client_set_key (SondeClient *self, const char *key);
void sonde_client_set_tls_database (SondeClient *self, GTlsDatabase *database);
void sonde_client_set_connect_timeout (SondeClient *self, guint milliseconds);
void sonde_client_set_stall_timeout (SondeClient *self, guint milliseconds);
void sonde_client_set_stall_is_error (SondeClient *self, gboolean stall_is_error);

char *sonde_client_get_request_url (SondeClient *self, SondeRequest *request);
void sonde_client_complete_async (SondeClient *self,
                                  SondeRequest *request,
                                  SondeClientFunc on_event,
                                  gpointer event_data,
                                  GDestroyNotify event_data_destroy,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean sonde_client_complete_finish (SondeClient *self, GAsyncResult *result, GError **error);

void sonde_client_list_models_async (SondeClient *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *
sonde_client_list_models_finish (SondeClient *self, GAsyncResult *result, GError **error);

void sonde_client_get_balance_async (SondeClient *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean sonde_client_get_balance_finish (SondeClient *self,
                                          GAsyncResult *result,
                                          gboolean *is_available,
                                          GPtrArray **balances,
                                          GError **error);

G_END_DECLS
