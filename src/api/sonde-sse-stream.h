/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-sse-parser.h"
#include "sonde-stall-timer.h"

G_BEGIN_DECLS

/**
 * SondeSseStreamFunc:
 * @event: an event; valid during the call
 * @user_data: the caller's
 * @error: return location for why the stream is given up
 *
 * Returns: whether to read on; %FALSE without an error: enough has come
 */
typedef gboolean (*SondeSseStreamFunc) (const SondeSseEvent *event,
                                        gpointer user_data,
                                        GError **error);

#define SONDE_TYPE_SSE_STREAM (sonde_sse_stream_get_type ())
G_DECLARE_FINAL_TYPE (SondeSseStream, sonde_sse_stream, SONDE, SSE_STREAM, GObject)

SondeSseStream *sonde_sse_stream_new (GInputStream *base, gboolean document);
guint64 sonde_sse_stream_get_received (SondeSseStream *self);
void sonde_sse_stream_run_async (SondeSseStream *self,
                                 SondeStallTimer *timer,
                                 SondeSseStreamFunc func,
                                 gpointer func_data,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean sonde_sse_stream_run_finish (SondeSseStream *self,
                                      GAsyncResult *result,
                                      gboolean *at_end,
                                      GError **error);

G_END_DECLS
