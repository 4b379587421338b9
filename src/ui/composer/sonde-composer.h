/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-chat-context.h"
#include "sonde-context-meter.h"
#include "sonde-conversation.h"
#include "sonde-model-info.h"

G_BEGIN_DECLS

/* Where the question is written. Properties: "conversation" (SondeConversation,
 * nullable), "model" (SondeModelInfo, nullable), "busy", "enter-sends",
 * "compact", "narrow" and "json-output" (boolean). Signals: "send" (string: the text) and
 * "thinking-chosen". Stop activates the action "win.stop". */
#define SONDE_TYPE_COMPOSER (sonde_composer_get_type ())
G_DECLARE_FINAL_TYPE (SondeComposer, sonde_composer, SONDE, COMPOSER, GtkWidget)

GtkWidget *sonde_composer_new (void);
SondeConversation *sonde_composer_get_conversation (SondeComposer *self);
void sonde_composer_set_conversation (SondeComposer *self, SondeConversation *conversation);
char *sonde_composer_get_text (SondeComposer *self);
void sonde_composer_set_text (SondeComposer *self, const char *text);
const char *sonde_composer_get_beginning (SondeComposer *self);
void sonde_composer_clear (SondeComposer *self);
gboolean sonde_composer_attach (SondeComposer *self, const GValue *value);
void sonde_composer_keep_draft (SondeComposer *self);
void sonde_composer_set_context (SondeComposer *self, SondeChatContext *context);
SondeContextMeter *sonde_composer_get_meter (SondeComposer *self);

G_END_DECLS
