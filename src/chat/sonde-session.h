/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-conversation.h"
#include "sonde-model-info.h"

G_BEGIN_DECLS

/* Properties, read only: "conversation" (SondeConversation), "busy" (boolean: an
 * answer is on its way), "summarising" (boolean: a note is being written). */
#define SONDE_TYPE_SESSION (sonde_session_get_type ())
G_DECLARE_FINAL_TYPE (SondeSession, sonde_session, SONDE, SESSION, GObject)

SondeConversation *sonde_session_get_conversation (SondeSession *self);
gboolean sonde_session_get_busy (SondeSession *self);
gboolean sonde_session_send (SondeSession *self, const char *text);
gboolean sonde_session_send_begun (SondeSession *self, const char *text, const char *beginning);
gboolean sonde_session_retry (SondeSession *self);
gboolean
sonde_session_retry_message (SondeSession *self, SondeMessage *message, const char *model_id);
gboolean sonde_session_edit (SondeSession *self, SondeMessage *message, const char *text);
gboolean sonde_session_go_on (SondeSession *self, SondeMessage *message, const char *text);
gboolean sonde_session_choose_version (SondeSession *self, SondeMessage *message, int step);
void sonde_session_show_message (SondeSession *self, gint64 message_id);
gboolean sonde_session_delete_message (SondeSession *self, SondeMessage *message);
gboolean sonde_session_undo_delete (SondeSession *self);
gboolean sonde_session_continue (SondeSession *self);
void sonde_session_stop (SondeSession *self);
void sonde_session_keep_waiting (SondeSession *self);
void sonde_session_try_now (SondeSession *self);

gboolean sonde_session_can_summarise (SondeSession *self);
gint64 sonde_session_estimate_summary (SondeSession *self, SondeModelInfo **model);
gboolean sonde_session_summarise (SondeSession *self);
gboolean sonde_session_get_summarising (SondeSession *self);
void sonde_session_stop_summary (SondeSession *self);
gboolean sonde_session_retry_summary (SondeSession *self, SondeMessage *message);
void sonde_session_dismiss_summary (SondeSession *self, SondeMessage *message);
gboolean sonde_session_edit_summary (SondeSession *self, SondeMessage *message, const char *text);
gboolean sonde_session_has_summary (SondeSession *self);
gboolean sonde_session_send_whole_history (SondeSession *self);
gboolean sonde_session_undo_whole_history (SondeSession *self);

G_END_DECLS
