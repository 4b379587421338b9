/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libsoup/soup.h>

#include "sonde-sse-parser.h"

G_BEGIN_DECLS

/**
 * SondeExchangeEvent:
 * @SONDE_EXCHANGE_OPENED: the status and the headers have come, and they are good
 * @SONDE_EXCHANGE_KEEP_ALIVE: the service lives and has nothing to say yet
 * @SONDE_EXCHANGE_DATA: an event of the stream, or the whole document
 * @SONDE_EXCHANGE_STALLED: not one byte for the stall time; to go on is to wait on
 * @SONDE_EXCHANGE_END: the body has ended
 *
 * What happens in an exchange.
 */
typedef enum {
  SONDE_EXCHANGE_OPENED,
  SONDE_EXCHANGE_KEEP_ALIVE,
  SONDE_EXCHANGE_DATA,
  SONDE_EXCHANGE_STALLED,
  SONDE_EXCHANGE_END,
} SondeExchangeEvent;

/**
 * SondeExchangeFunc:
 * @event: what has happened
 * @data: (nullable): with DATA, what has come; valid during the call
 * @user_data: the caller's
 * @error: return location for an error of [const@API_ERROR]
 *
 * Returns: whether to go on; %FALSE without an error: enough has come, or with STALLED:
 *   too long was nothing
 */
typedef gboolean (*SondeExchangeFunc) (SondeExchangeEvent event,
                                       const SondeSseEvent *data,
                                       gpointer user_data,
                                       GError **error);

void sonde_exchange_run_async (SoupSession *session,
                               SoupMessage *message,
                               GBytes *body,
                               const char *key,
                               guint connect_timeout,
                               guint stall_timeout,
                               gboolean document,
                               SondeExchangeFunc func,
                               gpointer func_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean sonde_exchange_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
