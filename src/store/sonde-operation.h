/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-conversations-table.h"
#include "sonde-database.h"
#include "sonde-folders-table.h"
#include "sonde-messages-table.h"

G_BEGIN_DECLS

/**
 * SondeOperationKind:
 * @SONDE_OPERATION_OPEN: open the database
 * @SONDE_OPERATION_CLOSE: commit everything and close the database
 * @SONDE_OPERATION_FLUSH: commit everything that was queued before
 * @SONDE_OPERATION_LIST_CONVERSATIONS: read the conversations
 * @SONDE_OPERATION_LIST_IMPORT: read the conversations that came with an import
 * @SONDE_OPERATION_LIST_FOLDERS: read the folders
 * @SONDE_OPERATION_LIST_USAGE: add up what was used
 * @SONDE_OPERATION_LOAD_TAIL: read the last messages of the chosen path of a conversation
 * @SONDE_OPERATION_LOAD_MESSAGES: read the messages of a conversation
 * @SONDE_OPERATION_LOAD_DRAFT: read the files of a draft
 * @SONDE_OPERATION_SEARCH: find text
 * @SONDE_OPERATION_ADD_TO_IMPORT: write a conversation that is imported, a part at a time
 * @SONDE_OPERATION_COMMIT_IMPORT: show what was imported
 * @SONDE_OPERATION_ROLL_BACK_IMPORT: remove what was imported, a part at a time
 * @SONDE_OPERATION_SAVE_CONVERSATION: write a conversation
 * @SONDE_OPERATION_DELETE_CONVERSATION: delete a conversation
 * @SONDE_OPERATION_SAVE_MESSAGE: write a message
 * @SONDE_OPERATION_SAVE_DRAFT: write the files of a draft
 * @SONDE_OPERATION_FORGET_PURGES: delete what the backups do not have any more
 * @SONDE_OPERATION_APPEND_TEXT: write what a streaming message grew by
 * @SONDE_OPERATION_SAVE_FOLDER: write a folder
 * @SONDE_OPERATION_DELETE_FOLDER: delete a folder
 * @SONDE_OPERATION_ADD_CHARGE: write what a request used that is no message
 * @SONDE_OPERATION_BEGIN_IMPORT: hide what will be imported
 *
 * What the threads of the store are asked to do. Those to ROLL_BACK_IMPORT answer; the
 * others are writes, which nobody waits for.
 */
typedef enum {
  SONDE_OPERATION_OPEN,
  SONDE_OPERATION_CLOSE,
  SONDE_OPERATION_FLUSH,
  SONDE_OPERATION_LIST_CONVERSATIONS,
  SONDE_OPERATION_LIST_IMPORT,
  SONDE_OPERATION_LIST_FOLDERS,
  SONDE_OPERATION_LIST_USAGE,
  SONDE_OPERATION_LOAD_TAIL,
  SONDE_OPERATION_LOAD_MESSAGES,
  SONDE_OPERATION_LOAD_DRAFT,
  SONDE_OPERATION_SEARCH,
  SONDE_OPERATION_ADD_TO_IMPORT,
  SONDE_OPERATION_COMMIT_IMPORT,
  SONDE_OPERATION_ROLL_BACK_IMPORT,
  SONDE_OPERATION_SAVE_CONVERSATION,
  SONDE_OPERATION_DELETE_CONVERSATION,
  SONDE_OPERATION_SAVE_MESSAGE,
  SONDE_OPERATION_SAVE_DRAFT,
  SONDE_OPERATION_FORGET_PURGES,
  SONDE_OPERATION_APPEND_TEXT,
  SONDE_OPERATION_SAVE_FOLDER,
  SONDE_OPERATION_DELETE_FOLDER,
  SONDE_OPERATION_ADD_CHARGE,
  SONDE_OPERATION_BEGIN_IMPORT,
} SondeOperationKind;

/**
 * SondeOperation:
 * @kind: what to do
 * @task: (nullable): whom to answer; touched by its own main context alone
 * @id: the conversation; the message with APPEND_TEXT; the folder or import with those;
 *   the last one with FORGET_PURGES; since when, with LIST_USAGE
 * @conversation: (nullable): what to write
 * @message: (nullable): what to write
 * @messages: (nullable) (element-type SondeMessageRow): what to write, with ADD_TO_IMPORT
 * @n_written: how many of them are written
 * @n_committed: how many of them are written for good
 * @attachments: (nullable): what to write, with SAVE_DRAFT and ADD_TO_IMPORT
 * @folder: (nullable): what to write
 * @text_kind: which text grew
 * @text: (nullable): by what; with SEARCH what is searched; or the purpose of a charge
 * @cancellable: (nullable): ends a read before its time
 * @before_time: with LIST_CONVERSATIONS, where to begin
 * @before_id: and with which number; with LOAD_TAIL, the leaf
 * @limit: how many to read, or 0 for all
 * @objects: (nullable): what was read
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
  GPtrArray *messages;
  guint n_written;
  guint n_committed;
  GPtrArray *attachments;
  SondeFolderRow *folder;
  SondeTextKind text_kind;
  GString *text;
  GCancellable *cancellable;
  gint64 before_time;
  gint64 before_id;
  guint limit;
  GPtrArray *objects;
  GError *error;
} SondeOperation;

SondeOperation *sonde_operation_new (SondeOperationKind kind, GTask *task, gint64 id);
SondeOperation *sonde_operation_new_save_conversation (SondeConversation *conversation);
SondeOperation *sonde_operation_new_save_message (gint64 conversation_id, SondeMessage *message);
SondeOperation *sonde_operation_new_save_draft (gint64 conversation_id, GPtrArray *attachments);
SondeOperation *sonde_operation_new_append_text (gint64 message_id,
                                                 SondeTextKind kind,
                                                 const char *text,
                                                 gsize length);
SondeOperation *sonde_operation_new_search (GTask *task, const char *text, guint limit);
SondeOperation *sonde_operation_new_save_folder (SondeFolder *folder);
SondeOperation *
sonde_operation_new_add_charge (gint64 conversation_id, const char *purpose, SondeMessage *answer);
SondeOperation *sonde_operation_new_add_to_import (GTask *task,
                                                   gint64 import_id,
                                                   SondeConversation *conversation,
                                                   GPtrArray *messages);
void sonde_operation_free (SondeOperation *self);

gboolean sonde_operation_is_write (const SondeOperation *self);
gboolean sonde_operation_is_read (const SondeOperation *self);
gboolean sonde_operation_is_import (const SondeOperation *self);
gboolean sonde_operation_write (SondeOperation *self, SondeDatabase *database, GError **error);
gboolean sonde_operation_import_some (SondeOperation *self,
                                      SondeDatabase *database,
                                      gboolean *left,
                                      GError **error);
void sonde_operation_read (SondeOperation *self, SondeDatabase *database);
void sonde_operation_answer (SondeOperation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeOperation, sonde_operation_free)

G_END_DECLS
