/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-attachment.h"
#include "sonde-message-tree.h"
#include "sonde-observer.h"

G_BEGIN_DECLS

#define SONDE_TYPE_CONVERSATION (sonde_conversation_get_type ())
G_DECLARE_FINAL_TYPE (SondeConversation, sonde_conversation, SONDE, CONVERSATION, GObject)

SondeConversation *sonde_conversation_new (gint64 id, gint64 created_at);
SondeConversation *sonde_conversation_new_temporary (gint64 created_at);

void sonde_conversation_set_observer (SondeConversation *self, SondeObserver *observer);

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
GListStore *sonde_conversation_get_attachments (SondeConversation *self);
gboolean sonde_conversation_has_attachments (SondeConversation *self);
GPtrArray *sonde_conversation_dup_attachments (SondeConversation *self);
gint64 sonde_conversation_get_folder_id (SondeConversation *self);
void sonde_conversation_set_folder_id (SondeConversation *self, gint64 folder_id);
gboolean sonde_conversation_get_archived (SondeConversation *self);
void sonde_conversation_set_archived (SondeConversation *self, gboolean archived);
gint64 sonde_conversation_get_trashed_at (SondeConversation *self);
void sonde_conversation_set_trashed_at (SondeConversation *self, gint64 real_time);
gboolean sonde_conversation_get_title_manual (SondeConversation *self);
void sonde_conversation_set_title_manual (SondeConversation *self, gboolean title_manual);
gboolean sonde_conversation_get_json_output (SondeConversation *self);
void sonde_conversation_set_json_output (SondeConversation *self, gboolean json_output);
gboolean sonde_conversation_get_temporary (SondeConversation *self);
const char *sonde_conversation_get_system_prompt (SondeConversation *self);
void sonde_conversation_set_system_prompt (SondeConversation *self, const char *system_prompt);
const char *sonde_conversation_get_parameters (SondeConversation *self);
void sonde_conversation_set_parameters (SondeConversation *self, const char *parameters);
const char *sonde_conversation_get_origin (SondeConversation *self);
void sonde_conversation_set_origin (SondeConversation *self, const char *origin);
const char *sonde_conversation_get_spelling (SondeConversation *self);
void sonde_conversation_set_spelling (SondeConversation *self, const char *spelling);

GListModel *sonde_conversation_get_messages (SondeConversation *self);
void sonde_conversation_set_messages (SondeConversation *self, GPtrArray *path);
void sonde_conversation_set_tail (SondeConversation *self, GPtrArray *tail);
void sonde_conversation_set_tree (SondeConversation *self, GPtrArray *messages);
void sonde_conversation_unload (SondeConversation *self);
SondeMessageTree *sonde_conversation_get_tree (SondeConversation *self);
gboolean sonde_conversation_get_loaded (SondeConversation *self);
SondeMessage *sonde_conversation_get_last (SondeConversation *self);
void sonde_conversation_choose (SondeConversation *self, SondeMessage *leaf);
void sonde_conversation_append (SondeConversation *self, SondeMessage *message);
void sonde_conversation_set_summary (SondeConversation *self,
                                     SondeMessage *message,
                                     const SondeSummary *summary);
void sonde_conversation_remove (SondeConversation *self, SondeMessage *message);

G_END_DECLS
