/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-conversation.h"
#include "sonde-model-info.h"

G_BEGIN_DECLS

/**
 * SondeContextParts:
 * @system_prompt: tokens of the system prompt
 * @attachments: of what is attached to the next question
 * @summary: of the note that is sent in place of older messages
 * @history: of all else that was said
 * @draft: of what is being written
 * @total: of all of it
 * @window: how many the model takes, or 0 where it is not known
 *
 * What would be sent now, in tokens. Only what a usage said is exact.
 */
typedef struct {
  gint64 system_prompt;
  gint64 attachments;
  gint64 summary;
  gint64 history;
  gint64 draft;
  gint64 total;
  gint64 window;
} SondeContextParts;

/* How full the context of a conversation is. Properties: "conversation" (SondeConversation,
 * nullable) and "model" (SondeModelInfo, nullable). Signal "changed". */
#define SONDE_TYPE_CONTEXT_METER (sonde_context_meter_get_type ())
G_DECLARE_FINAL_TYPE (SondeContextMeter, sonde_context_meter, SONDE, CONTEXT_METER, GObject)

SondeContextMeter *sonde_context_meter_new (void);
void
sonde_context_meter_set_conversation (SondeContextMeter *self, SondeConversation *conversation);
void sonde_context_meter_set_model (SondeContextMeter *self, SondeModelInfo *model);
void sonde_context_meter_set_draft (SondeContextMeter *self, const char *draft);
void sonde_context_meter_set_attachments (SondeContextMeter *self, gint64 tokens);
void sonde_context_meter_get_parts (SondeContextMeter *self, SondeContextParts *parts);
gint64 sonde_context_meter_estimate (SondeContextMeter *self, const char *text);

G_END_DECLS
