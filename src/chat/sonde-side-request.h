/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-session-private.h"

G_BEGIN_DECLS

/**
 * SondeSideRequest:
 * @purpose: what for, as `title`: what it costs is kept under that name
 * @model_id: (nullable): whom to ask where the service has no small model
 * @instructions: the system prompt
 * @text: the user's message
 * @max_tokens: how long the answer may be
 * @stream: whether it may take a while
 *
 * Something that is asked about a conversation and is no part of it.
 */
typedef struct {
  const char *purpose;
  const char *model_id;
  const char *instructions;
  const char *text;
  gint64 max_tokens;
  gboolean stream;
} SondeSideRequest;

SondeModelInfo *sonde_side_request_find_model (const SondeServices *services, const char *model_id);
void sonde_side_request_ask_async (const SondeServices *services,
                                   SondeConversation *conversation,
                                   const SondeSideRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
char *sonde_side_request_ask_finish (GAsyncResult *result, GError **error);

G_END_DECLS
