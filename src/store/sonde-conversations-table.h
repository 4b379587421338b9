/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-conversation.h"
#include "sonde-database.h"

G_BEGIN_DECLS

/**
 * SondeConversationRow:
 *
 * What is stored of a conversation, as plain values that may cross threads. The
 * fields are the properties of SondeConversation; @import_id is the import that it came
 * with, or 0.
 */
typedef struct {
  gint64 id;
  char *title;
  gint64 created_at;
  gint64 updated_at;
  char *model_id;
  SondeThinking thinking;
  gboolean pinned;
  gboolean unread;
  gint64 leaf_id;
  char *draft;
  gint64 folder_id;
  gboolean archived;
  gint64 trashed_at;
  gboolean title_manual;
  gboolean json_output;
  char *system_prompt;
  char *parameters;
  char *origin;
  char *spelling;
  gint64 import_id;
} SondeConversationRow;

SondeConversationRow *sonde_conversation_row_new (SondeConversation *conversation);
SondeConversation *sonde_conversation_row_to_object (const SondeConversationRow *self);
void sonde_conversation_row_free (SondeConversationRow *self);

gboolean sonde_conversations_table_save (SondeDatabase *database,
                                         const SondeConversationRow *row,
                                         GError **error);
gboolean sonde_conversations_table_delete (SondeDatabase *database, gint64 id, GError **error);
GPtrArray *sonde_conversations_table_list (SondeDatabase *database,
                                           gint64 before_time,
                                           gint64 before_id,
                                           guint limit,
                                           GError **error);
GPtrArray *
sonde_conversations_table_list_import (SondeDatabase *database, gint64 import_id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeConversationRow, sonde_conversation_row_free)

G_END_DECLS
