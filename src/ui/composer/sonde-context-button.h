/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-chat-context.h"
#include "sonde-context-meter.h"

G_BEGIN_DECLS

/* How full the context is and what the hour costs. Properties: "conversation"
 * (SondeConversation, nullable), "model" (SondeModelInfo, nullable), "narrow" (boolean). */
#define SONDE_TYPE_CONTEXT_BUTTON (sonde_context_button_get_type ())
G_DECLARE_FINAL_TYPE (SondeContextButton, sonde_context_button, SONDE, CONTEXT_BUTTON, AdwBin)

void sonde_context_button_set_context (SondeContextButton *self, SondeChatContext *context);
SondeContextMeter *sonde_context_button_get_meter (SondeContextButton *self);

G_END_DECLS
