/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-conversation.h"
#include "sonde-folder.h"

G_BEGIN_DECLS

/**
 * SondeListView:
 * @SONDE_LIST_VIEW_CHATS: what is neither archived nor in the trash
 * @SONDE_LIST_VIEW_ARCHIVE: what is archived
 * @SONDE_LIST_VIEW_TRASH: what is in the trash
 *
 * Which conversations are listed.
 */
typedef enum {
  SONDE_LIST_VIEW_CHATS,
  SONDE_LIST_VIEW_ARCHIVE,
  SONDE_LIST_VIEW_TRASH,
} SondeListView;

/* A GListModel and GtkSectionModel of SondeConversation and SondeFolder. */
#define SONDE_TYPE_CONVERSATION_LIST (sonde_conversation_list_get_type ())
G_DECLARE_FINAL_TYPE (SondeConversationList,
                      sonde_conversation_list,
                      SONDE,
                      CONVERSATION_LIST,
                      GObject)

SondeConversationList *sonde_conversation_list_new (void);

void sonde_conversation_list_set_source (SondeConversationList *self,
                                         GListModel *conversations,
                                         GListModel *folders);
void sonde_conversation_list_update (SondeConversationList *self, SondeConversation *conversation);
SondeListView sonde_conversation_list_get_view (SondeConversationList *self);
void sonde_conversation_list_set_view (SondeConversationList *self, SondeListView view);
void sonde_conversation_list_set_now (SondeConversationList *self, GDateTime *now);

gboolean sonde_conversation_list_get_folded (SondeConversationList *self, gint64 folder_id);
void
sonde_conversation_list_set_folded (SondeConversationList *self, gint64 folder_id, gboolean folded);
char *sonde_conversation_list_dup_folded (SondeConversationList *self);
void sonde_conversation_list_set_all_folded (SondeConversationList *self, const char *folder_ids);

gboolean
sonde_conversation_list_contains (SondeConversationList *self, SondeConversation *conversation);
gboolean
sonde_conversation_list_is_in_folder (SondeConversationList *self, SondeConversation *conversation);
guint sonde_conversation_list_find (SondeConversationList *self, gpointer item);
guint sonde_conversation_list_count_in_folder (SondeConversationList *self, SondeFolder *folder);
char *sonde_conversation_list_dup_heading (SondeConversationList *self, gpointer item);

G_END_DECLS
