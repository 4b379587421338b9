/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-conversation.h"

G_BEGIN_DECLS

/* The message view. Property "conversation" (SondeConversation, nullable).
 * Buttons inside it activate the window's actions "win.retry", "win.add-key",
 * "win.new-conversation", "win.copy-text" (parameter: string), and "win.message-edit-done",
 * "-retry", "-retry-with", "-previous-version", "-next-version", "-fork" and "-delete"
 * (parameter: the number of the message, and a text for those that need one). */
#define SONDE_TYPE_TRANSCRIPT (sonde_transcript_get_type ())
G_DECLARE_FINAL_TYPE (SondeTranscript, sonde_transcript, SONDE, TRANSCRIPT, GtkWidget)

GtkWidget *sonde_transcript_new (void);
SondeConversation *sonde_transcript_get_conversation (SondeTranscript *self);
void sonde_transcript_set_conversation (SondeTranscript *self, SondeConversation *conversation);
GListModel *sonde_transcript_get_models (SondeTranscript *self);
void sonde_transcript_set_models (SondeTranscript *self, GListModel *models);
const char *sonde_transcript_get_code_scheme (SondeTranscript *self);
void sonde_transcript_find (SondeTranscript *self);
void sonde_transcript_set_zoom (SondeTranscript *self, double zoom);
void sonde_transcript_edit_message (SondeTranscript *self, gint64 message_id);
void sonde_transcript_reveal (SondeTranscript *self, gint64 message_id, const char *const *words);
char *sonde_transcript_dup_model_name (SondeTranscript *self, const char *id);

G_END_DECLS
