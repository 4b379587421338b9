/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "sonde-attachment.h"
#include "sonde-failure.h"
#include "sonde-message-details.h"
#include "sonde-summary.h"
#include "sonde-types.h"
#include "sonde-usage.h"

G_BEGIN_DECLS

#define SONDE_TYPE_MESSAGE (sonde_message_get_type ())
G_DECLARE_FINAL_TYPE (SondeMessage, sonde_message, SONDE, MESSAGE, GObject)

SondeMessage *sonde_message_new (gint64 id, gint64 parent_id, SondeRole role, gint64 created_at);

SondeMessage *sonde_message_copy (SondeMessage *self, gint64 id, gint64 parent_id);

gint64 sonde_message_get_id (SondeMessage *self);
gint64 sonde_message_get_parent_id (SondeMessage *self);
SondeRole sonde_message_get_role (SondeMessage *self);
gint64 sonde_message_get_created_at (SondeMessage *self);

const char *sonde_message_get_text (SondeMessage *self, SondeTextKind kind);
gsize sonde_message_get_text_length (SondeMessage *self, SondeTextKind kind);
void sonde_message_set_text (SondeMessage *self, SondeTextKind kind, const char *text);
void
sonde_message_append_text (SondeMessage *self, SondeTextKind kind, const char *text, gssize length);

gboolean sonde_message_can_continue (SondeMessage *self);

SondeMessageState sonde_message_get_state (SondeMessage *self);
void sonde_message_set_state (SondeMessage *self, SondeMessageState state);
SondePhase sonde_message_get_phase (SondeMessage *self);
void sonde_message_set_phase (SondeMessage *self, SondePhase phase);
const SondeFailure *sonde_message_get_failure (SondeMessage *self);
void sonde_message_set_failure (SondeMessage *self, const SondeFailure *failure);
const char *sonde_message_get_finish_reason (SondeMessage *self);
void sonde_message_set_finish_reason (SondeMessage *self, const char *finish_reason);
const SondeUsage *sonde_message_get_usage (SondeMessage *self);
void sonde_message_set_usage (SondeMessage *self, const SondeUsage *usage);
const char *sonde_message_get_model_id (SondeMessage *self);
void sonde_message_set_model_id (SondeMessage *self, const char *model_id);
SondeThinking sonde_message_get_thinking (SondeMessage *self);
void sonde_message_set_thinking (SondeMessage *self, SondeThinking thinking);
gint64 sonde_message_get_thinking_started_at (SondeMessage *self);
void sonde_message_set_thinking_started_at (SondeMessage *self, gint64 real_time);
gint64 sonde_message_get_thinking_duration (SondeMessage *self);
void sonde_message_set_thinking_duration (SondeMessage *self, gint64 milliseconds);
guint sonde_message_get_tries (SondeMessage *self);
void sonde_message_set_tries (SondeMessage *self, guint tries);
gint64 sonde_message_get_retry_at (SondeMessage *self);
void sonde_message_set_retry_at (SondeMessage *self, gint64 real_time);
const SondeMessageDetails *sonde_message_get_details (SondeMessage *self);
void sonde_message_set_details (SondeMessage *self, const SondeMessageDetails *details);
GPtrArray *sonde_message_get_attachments (SondeMessage *self);
void sonde_message_set_attachments (SondeMessage *self, GPtrArray *attachments);
const SondeSummary *sonde_message_get_summary (SondeMessage *self);
void sonde_message_set_summary (SondeMessage *self, const SondeSummary *summary);
const char *sonde_message_get_used_summary (SondeMessage *self);
gboolean sonde_message_get_copied (SondeMessage *self);
void sonde_message_set_copied (SondeMessage *self, gboolean copied);
gint64 sonde_message_get_deleted_at (SondeMessage *self);
void sonde_message_set_deleted_at (SondeMessage *self, gint64 real_time);
guint sonde_message_get_version (SondeMessage *self);
guint sonde_message_get_n_versions (SondeMessage *self);
void sonde_message_set_versions (SondeMessage *self, guint version, guint n_versions);

G_END_DECLS
