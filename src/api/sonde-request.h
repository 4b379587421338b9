/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "sonde-message.h"

G_BEGIN_DECLS

#define SONDE_TYPE_REQUEST (sonde_request_get_type ())
G_DECLARE_FINAL_TYPE (SondeRequest, sonde_request, SONDE, REQUEST, GObject)

SondeRequest *sonde_request_new (const char *model_id);
const char *sonde_request_get_model_id (SondeRequest *self);
void sonde_request_set_thinking (SondeRequest *self, SondeThinking thinking);
void sonde_request_set_stream (SondeRequest *self, gboolean stream);
gboolean sonde_request_get_stream (SondeRequest *self);
void sonde_request_add_message (SondeRequest *self,
                                SondeRole role,
                                const char *content,
                                const char *reasoning);
void sonde_request_add_history (SondeRequest *self, GPtrArray *messages);
char *sonde_request_to_json (SondeRequest *self);

G_END_DECLS
