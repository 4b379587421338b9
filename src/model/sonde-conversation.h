/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-message.h"

G_BEGIN_DECLS

#define SONDE_TYPE_CONVERSATION (sonde_conversation_get_type ())
G_DECLARE_FINAL_TYPE (SondeConversation, sonde_conversation, SONDE, CONVERSATION, GObject)

SondeConversation *sonde_conversation_new (gint64 id, gint64 created_at);

gint64 sonde_conversation_get_id (SondeConversation *self);
void sonde_conversation_set_id (SondeConversation *self, gint64 id);
gint64 sonde_conversation_get_created_at (SondeConversation *self);
const char *sonde_conversation_get_title (SondeConversation *self);
void sonde_conversation_set_title (SondeConversation *self, const char *title);
gint64 sonde_conversation_get_updated_at (SondeConversation *self);
void sonde_conversation_set_updated_at (SondeConversation *self, gint64 real_time);
const char *sonde_conversation_get_model_id (SondeConversation *self);
void sonde_conversation_set_model_id (SondeConversation *self, const char *model_id);
SondeThinking sonde_conversation_get_thinking (SondeConversation *self);
void sonde_conversation_set_thinking (SondeConversation *self, SondeThinking thinking);
gboolean sonde_conversation_get_pinned (SondeConversation *self);
void sonde_conversation_set_pinned (SondeConversation *self, gboolean pinned);
gboolean sonde_conversation_get_unread (SondeConversation *self);
void sonde_conversation_set_unread (SondeConversation *self, gboolean unread);
gboolean sonde_conversation_get_streaming (SondeConversation *self);
void sonde_conversation_set_streaming (SondeConversation *self, gboolean streaming);
gint64 sonde_conversation_get_leaf_id (SondeConversation *self);
void sonde_conversation_set_leaf_id (SondeConversation *self, gint64 message_id);
const char *sonde_conversation_get_draft (SondeConversation *self);
void sonde_conversation_set_draft (SondeConversation *self, const char *draft);

GListModel *sonde_conversation_get_messages (SondeConversation *self);
void sonde_conversation_set_messages (SondeConversation *self, GPtrArray *path);
gboolean sonde_conversation_get_loaded (SondeConversation *self);
void sonde_conversation_append (SondeConversation *self, SondeMessage *message);
void sonde_conversation_replace_last (SondeConversation *self, SondeMessage *message);

G_END_DECLS
