/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-conversations-table.h"
#include "sonde-database.h"
#include "sonde-messages-table.h"

G_BEGIN_DECLS

/**
 * SondeOperationKind:
 * @SONDE_OPERATION_OPEN: open the database
 * @SONDE_OPERATION_CLOSE: commit everything and close the database
 * @SONDE_OPERATION_FLUSH: commit everything that was queued before
 * @SONDE_OPERATION_LIST_CONVERSATIONS: read the conversations
 * @SONDE_OPERATION_LOAD_MESSAGES: read the messages of a conversation
 * @SONDE_OPERATION_SEARCH: find text
 * @SONDE_OPERATION_SAVE_CONVERSATION: write a conversation
 * @SONDE_OPERATION_DELETE_CONVERSATION: delete a conversation
 * @SONDE_OPERATION_SAVE_MESSAGE: write a message
 * @SONDE_OPERATION_APPEND_TEXT: write what a streaming message grew by
 *
 * What the threads of the store are asked to do. The first six answer; the
 * others are writes, which nobody waits for.
 */
typedef enum {
  SONDE_OPERATION_OPEN,
  SONDE_OPERATION_CLOSE,
  SONDE_OPERATION_FLUSH,
  SONDE_OPERATION_LIST_CONVERSATIONS,
  SONDE_OPERATION_LOAD_MESSAGES,
  SONDE_OPERATION_SEARCH,
  SONDE_OPERATION_SAVE_CONVERSATION,
  SONDE_OPERATION_DELETE_CONVERSATION,
  SONDE_OPERATION_SAVE_MESSAGE,
  SONDE_OPERATION_APPEND_TEXT,
} SondeOperationKind;

/**
 * SondeOperation:
 * @kind: what to do
 * @task: (nullable): whom to answer; touched by its own main context alone
 * @id: the conversation, or with APPEND_TEXT the message
 * @conversation: (nullable): what to write
 * @message: (nullable): what to write
 * @text_kind: which text grew
 * @text: (nullable): by what; with SEARCH what is searched
 * @cancellable: (nullable): ends a read before its time
 * @limit: with SEARCH: how many messages at most
 * @rows: (nullable): what was read; with SEARCH objects
 * @error: (nullable): why it failed
 *
 * One thing to do and its answer. One thread has it at a time.
 */
typedef struct {
  SondeOperationKind kind;
  GTask *task;
  gint64 id;
  SondeConversationRow *conversation;
  SondeMessageRow *message;
  SondeTextKind text_kind;
  GString *text;
  GCancellable *cancellable;
  guint limit;
  GPtrArray *rows;
  GError *error;
} SondeOperation;

SondeOperation *sonde_operation_new (SondeOperationKind kind, GTask *task, gint64 id);
SondeOperation *sonde_operation_new_save_conversation (SondeConversation *conversation);
SondeOperation *sonde_operation_new_save_message (gint64 conversation_id, SondeMessage *message);
SondeOperation *sonde_operation_new_append_text (gint64 message_id,
                                                 SondeTextKind kind,
                                                 const char *text,
                                                 gsize length);
SondeOperation *sonde_operation_new_search (GTask *task, const char *text, guint limit);
void sonde_operation_free (SondeOperation *self);

gboolean sonde_operation_is_write (const SondeOperation *self);
gboolean sonde_operation_is_read (const SondeOperation *self);
gboolean sonde_operation_write (SondeOperation *self, SondeDatabase *database, GError **error);
void sonde_operation_read (SondeOperation *self, SondeDatabase *database);
void sonde_operation_answer (SondeOperation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeOperation, sonde_operation_free)

G_END_DECLS
