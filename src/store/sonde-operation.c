/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-operation.h"

#include "sonde-attachments-table.h"
#include "sonde-charges-table.h"
#include "sonde-imports-table.h"
#include "sonde-journal-table.h"
#include "sonde-search.h"
#include "sonde-statement.h"
#include "sonde-summaries-table.h"
#include "sonde-usage-table.h"

/**
 * sonde_operation_new:
 * @kind: what to do
 * @task: (transfer full) (nullable): whom to answer
 * @id: what it is about, or 0
 *
 * Returns: (transfer full): an operation
 */
SondeOperation *
sonde_operation_new (SondeOperationKind kind, GTask *task, gint64 id)
{
  SondeOperation *self = g_new0 (SondeOperation, 1);

  self->kind = kind;
  self->task = task;
  self->id = id;

  return self;
}

/**
 * sonde_operation_new_save_conversation:
 * @conversation: a conversation, written as it stands now
 *
 * Returns: (transfer full): an operation
 */
SondeOperation *
sonde_operation_new_save_conversation (SondeConversation *conversation)
{
  SondeOperation *self = sonde_operation_new (SONDE_OPERATION_SAVE_CONVERSATION, NULL,
                                              sonde_conversation_get_id (conversation));

  self->conversation = sonde_conversation_row_new (conversation);

  return self;
}

/**
 * sonde_operation_new_save_message:
 * @conversation_id: the conversation it belongs to
 * @message: a message, written as it stands now
 *
 * Returns: (transfer full): an operation
 */
SondeOperation *
sonde_operation_new_save_message (gint64 conversation_id, SondeMessage *message)
{
  SondeOperation *self = sonde_operation_new (SONDE_OPERATION_SAVE_MESSAGE, NULL, conversation_id);

  self->message = sonde_message_row_new (conversation_id, message);

  return self;
}

/**
 * sonde_operation_new_save_draft:
 * @conversation_id: the conversation
 * @attachments: (element-type SondeAttachment): the files of its draft, all of them ready
 *
 * Returns: (transfer full): an operation
 */
SondeOperation *
sonde_operation_new_save_draft (gint64 conversation_id, GPtrArray *attachments)
{
  SondeOperation *self = sonde_operation_new (SONDE_OPERATION_SAVE_DRAFT, NULL, conversation_id);

  self->attachments = sonde_attachment_rows_new (attachments);

  return self;
}

/**
 * sonde_operation_new_append_text:
 * @message_id: a streaming message
 * @kind: which text grew
 * @text: by what, UTF-8
 * @length: its length in bytes
 *
 * Returns: (transfer full): an operation
 */
SondeOperation *
sonde_operation_new_append_text (gint64 message_id,
                                 SondeTextKind kind,
                                 const char *text,
                                 gsize length)
{
  SondeOperation *self = sonde_operation_new (SONDE_OPERATION_APPEND_TEXT, NULL, message_id);

  self->text_kind = kind;
  self->text = g_string_new_len (text, (gssize) length);

  return self;
}

/**
 * sonde_operation_new_search:
 * @task: (transfer full): whom to answer; its cancellable ends the search
 * @text: what to search, as it was typed
 * @limit: how many messages at most
 *
 * Returns: (transfer full): an operation
 */
SondeOperation *
sonde_operation_new_search (GTask *task, const char *text, guint limit)
{
  SondeOperation *self = sonde_operation_new (SONDE_OPERATION_SEARCH, task, 0);

  self->text = g_string_new (text);
  self->limit = limit;
  g_set_object (&self->cancellable, g_task_get_cancellable (task));

  return self;
}

/**
 * sonde_operation_new_save_folder:
 * @folder: a folder, written as it stands now
 *
 * Returns: (transfer full): an operation
 */
SondeOperation *
sonde_operation_new_save_folder (SondeFolder *folder)
{
  SondeOperation *self =
    sonde_operation_new (SONDE_OPERATION_SAVE_FOLDER, NULL, sonde_folder_get_id (folder));

  self->folder = sonde_folder_row_new (folder);

  return self;
}

/**
 * sonde_operation_new_add_charge:
 * @conversation_id: the conversation it was for
 * @purpose: what was asked for
 * @answer: the answer, with its usage
 *
 * Returns: (transfer full): an operation
 */
SondeOperation *
sonde_operation_new_add_charge (gint64 conversation_id, const char *purpose, SondeMessage *answer)
{
  SondeOperation *self = sonde_operation_new (SONDE_OPERATION_ADD_CHARGE, NULL, conversation_id);

  self->message = sonde_message_row_new (conversation_id, answer);
  self->text = g_string_new (purpose);

  return self;
}

/**
 * sonde_operation_new_add_to_import:
 * @task: (transfer full): whom to answer
 * @import_id: the import
 * @conversation: a conversation, written as it stands now, with the files of its draft
 * @messages: (element-type SondeMessage): its messages, each behind its parent
 *
 * Returns: (transfer full): an operation
 */
SondeOperation *
sonde_operation_new_add_to_import (GTask *task,
                                   gint64 import_id,
                                   SondeConversation *conversation,
                                   GPtrArray *messages)
{
  SondeOperation *self = sonde_operation_new (SONDE_OPERATION_ADD_TO_IMPORT, task, import_id);
  g_autoptr (GPtrArray) draft = sonde_conversation_dup_attachments (conversation);

  self->conversation = sonde_conversation_row_new (conversation);
  self->conversation->import_id = import_id;
  self->attachments = sonde_attachment_rows_new (draft);
  self->messages = g_ptr_array_new_full (messages->len, (GDestroyNotify) sonde_message_row_free);
  for (guint i = 0; i < messages->len; i++) {
    SondeMessageRow *row =
      sonde_message_row_new (self->conversation->id, g_ptr_array_index (messages, i));

    /* It was paid for where it comes from. */
    row->copied = TRUE;
    g_ptr_array_add (self->messages, row);
  }

  return self;
}

/**
 * sonde_operation_free:
 * @self: (transfer full): an operation
 */
void
sonde_operation_free (SondeOperation *self)
{
  g_clear_object (&self->task);
  g_clear_pointer (&self->conversation, sonde_conversation_row_free);
  g_clear_pointer (&self->message, sonde_message_row_free);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->folder, sonde_folder_row_free);
  g_clear_pointer (&self->objects, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * sonde_operation_is_write:
 * @self: an operation
 *
 * Returns: whether it changes the database
 */
gboolean
sonde_operation_is_write (const SondeOperation *self)
{
  return self->kind >= SONDE_OPERATION_SAVE_CONVERSATION;
}

/**
 * sonde_operation_is_read:
 * @self: an operation
 *
 * Returns: whether it reads the database
 */
gboolean
sonde_operation_is_read (const SondeOperation *self)
{
  return self->kind >= SONDE_OPERATION_LIST_CONVERSATIONS && self->kind <= SONDE_OPERATION_SEARCH;
}

/**
 * sonde_operation_is_import:
 * @self: an operation
 *
 * Returns: whether it is done a part at a time, between the others
 */
gboolean
sonde_operation_is_import (const SondeOperation *self)
{
  return self->kind >= SONDE_OPERATION_ADD_TO_IMPORT &&
         self->kind <= SONDE_OPERATION_ROLL_BACK_IMPORT;
}

static gboolean
forget_purges (SondeDatabase *database, gint64 last, GError **error)
{
  g_autoptr (SondeStatement) statement =
    sonde_statement_get (database, "DELETE FROM purges WHERE seq <= ?1", error);

  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_int64 (statement, 1, last);

  return sonde_statement_run (statement, error);
}

/**
 * sonde_operation_write:
 * @self: a write
 * @database: a database in a transaction
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether it was done
 */
gboolean
sonde_operation_write (SondeOperation *self, SondeDatabase *database, GError **error)
{
  switch (self->kind) {
  case SONDE_OPERATION_SAVE_CONVERSATION:
    return sonde_conversations_table_save (database, self->conversation, error);
  case SONDE_OPERATION_DELETE_CONVERSATION:
    return sonde_conversations_table_delete (database, self->id, error);
  case SONDE_OPERATION_SAVE_MESSAGE:
    return sonde_messages_table_save (database, self->message, error);
  case SONDE_OPERATION_SAVE_DRAFT:
    return sonde_attachments_table_save_draft (database, self->id, self->attachments, error);
  case SONDE_OPERATION_FORGET_PURGES:
    return forget_purges (database, self->id, error);
  case SONDE_OPERATION_APPEND_TEXT:
    return sonde_journal_table_append (database, self->id, self->text_kind, self->text, error);
  case SONDE_OPERATION_SAVE_FOLDER:
    return sonde_folders_table_save (database, self->folder, error);
  case SONDE_OPERATION_DELETE_FOLDER:
    return sonde_folders_table_delete (database, self->id, error);
  case SONDE_OPERATION_ADD_CHARGE:
    return sonde_charges_table_add (database, self->text->str, self->message, error);
  case SONDE_OPERATION_BEGIN_IMPORT:
    return sonde_imports_table_begin (database, self->id, error);
  case SONDE_OPERATION_OPEN:
  case SONDE_OPERATION_CLOSE:
  case SONDE_OPERATION_FLUSH:
  case SONDE_OPERATION_LIST_CONVERSATIONS:
  case SONDE_OPERATION_LIST_IMPORT:
  case SONDE_OPERATION_LIST_FOLDERS:
  case SONDE_OPERATION_LIST_USAGE:
  case SONDE_OPERATION_LOAD_TAIL:
  case SONDE_OPERATION_LOAD_MESSAGES:
  case SONDE_OPERATION_LOAD_DRAFT:
  case SONDE_OPERATION_SEARCH:
  case SONDE_OPERATION_ADD_TO_IMPORT:
  case SONDE_OPERATION_COMMIT_IMPORT:
  case SONDE_OPERATION_ROLL_BACK_IMPORT:
    break;
  }

  g_return_val_if_reached (FALSE);
}

static gboolean
add_some (SondeOperation *self, SondeDatabase *database, gboolean *left, GError **error)
{
  if (self->n_written == 0 &&
      !(sonde_conversations_table_save (database, self->conversation, error) &&
        (self->attachments == NULL ||
         sonde_attachments_table_save_draft (database, self->conversation->id, self->attachments,
                                             error))))
    return FALSE;
  if (self->n_written < self->messages->len) {
    if (!sonde_messages_table_save (database, g_ptr_array_index (self->messages, self->n_written),
                                    error))
      return FALSE;
    self->n_written++;
  }
  *left = self->n_written < self->messages->len;

  return TRUE;
}

/**
 * sonde_operation_import_some:
 * @self: a part of an import
 * @database: a database in a transaction
 * @left: (out): whether there is more to do
 * @error: a SONDE_STORE_ERROR
 *
 * Does a small part of it.
 *
 * Returns: whether it was done
 */
gboolean
sonde_operation_import_some (SondeOperation *self,
                             SondeDatabase *database,
                             gboolean *left,
                             GError **error)
{
  *left = FALSE;
  switch (self->kind) {
  case SONDE_OPERATION_ADD_TO_IMPORT:
    return add_some (self, database, left, error);
  case SONDE_OPERATION_COMMIT_IMPORT:
    return sonde_imports_table_end (database, self->id, error);
  case SONDE_OPERATION_ROLL_BACK_IMPORT:
    return sonde_imports_table_remove_some (database, self->id, left, error);
  case SONDE_OPERATION_OPEN:
  case SONDE_OPERATION_CLOSE:
  case SONDE_OPERATION_FLUSH:
  case SONDE_OPERATION_LIST_CONVERSATIONS:
  case SONDE_OPERATION_LIST_IMPORT:
  case SONDE_OPERATION_LIST_FOLDERS:
  case SONDE_OPERATION_LIST_USAGE:
  case SONDE_OPERATION_LOAD_TAIL:
  case SONDE_OPERATION_LOAD_MESSAGES:
  case SONDE_OPERATION_LOAD_DRAFT:
  case SONDE_OPERATION_SEARCH:
  case SONDE_OPERATION_SAVE_CONVERSATION:
  case SONDE_OPERATION_DELETE_CONVERSATION:
  case SONDE_OPERATION_SAVE_MESSAGE:
  case SONDE_OPERATION_SAVE_DRAFT:
  case SONDE_OPERATION_FORGET_PURGES:
  case SONDE_OPERATION_APPEND_TEXT:
  case SONDE_OPERATION_SAVE_FOLDER:
  case SONDE_OPERATION_DELETE_FOLDER:
  case SONDE_OPERATION_ADD_CHARGE:
  case SONDE_OPERATION_BEGIN_IMPORT:
    break;
  }

  g_return_val_if_reached (FALSE);
}

static GPtrArray *
read_rows (SondeOperation *self, SondeDatabase *database)
{
  switch (self->kind) {
  case SONDE_OPERATION_LIST_CONVERSATIONS:
    return sonde_conversations_table_list (database, self->before_time, self->before_id,
                                           self->limit, &self->error);
  case SONDE_OPERATION_LIST_IMPORT:
    return sonde_conversations_table_list_import (database, self->id, &self->error);
  case SONDE_OPERATION_LOAD_TAIL:
    return sonde_messages_table_load_tail (database, self->id, self->before_id, self->limit,
                                           &self->error);
  case SONDE_OPERATION_LOAD_MESSAGES:
    return sonde_messages_table_load (database, self->id, &self->error);
  case SONDE_OPERATION_OPEN:
  case SONDE_OPERATION_CLOSE:
  case SONDE_OPERATION_FLUSH:
  case SONDE_OPERATION_LIST_FOLDERS:
  case SONDE_OPERATION_LIST_USAGE:
  case SONDE_OPERATION_LOAD_DRAFT:
  case SONDE_OPERATION_SEARCH:
  case SONDE_OPERATION_ADD_TO_IMPORT:
  case SONDE_OPERATION_COMMIT_IMPORT:
  case SONDE_OPERATION_ROLL_BACK_IMPORT:
  case SONDE_OPERATION_SAVE_CONVERSATION:
  case SONDE_OPERATION_DELETE_CONVERSATION:
  case SONDE_OPERATION_SAVE_MESSAGE:
  case SONDE_OPERATION_SAVE_DRAFT:
  case SONDE_OPERATION_FORGET_PURGES:
  case SONDE_OPERATION_APPEND_TEXT:
  case SONDE_OPERATION_SAVE_FOLDER:
  case SONDE_OPERATION_DELETE_FOLDER:
  case SONDE_OPERATION_ADD_CHARGE:
  case SONDE_OPERATION_BEGIN_IMPORT:
    break;
  }

  g_return_val_if_reached (NULL);
}

static GPtrArray *
make_messages (SondeOperation *self, SondeDatabase *database, GPtrArray *rows)
{
  const SondeMessageRow *first = rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  gint64 first_id = first != NULL ? first->id : 0;
  g_autoptr (GHashTable) attachments =
    sonde_attachments_table_load_messages (database, self->id, first_id, &self->error);
  g_autoptr (GHashTable) summaries =
    attachments != NULL ? sonde_summaries_table_load (database, self->id, first_id, &self->error)
                        : NULL;
  GPtrArray *messages;

  if (summaries == NULL)
    return NULL;

  messages = g_ptr_array_new_full (rows->len, g_object_unref);
  for (guint i = 0; i < rows->len; i++) {
    const SondeMessageRow *row = g_ptr_array_index (rows, i);
    SondeMessage *message = sonde_message_row_to_object (row);

    sonde_message_set_attachments (message, g_hash_table_lookup (attachments, &row->id));
    sonde_message_set_summary (message, g_hash_table_lookup (summaries, &row->id));
    g_ptr_array_add (messages, message);
  }

  return messages;
}

/**
 * sonde_operation_read:
 * @self: a read
 * @database: a database
 *
 * Fills in the objects or the error. The objects are made here, since there may be a
 * hundred thousand; nobody else knows them until they are handed over.
 */
void
sonde_operation_read (SondeOperation *self, SondeDatabase *database)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (self->kind == SONDE_OPERATION_LIST_FOLDERS) {
    self->objects = sonde_folders_table_list (database, &self->error);
    return;
  }
  if (self->kind == SONDE_OPERATION_LIST_USAGE) {
    self->objects = sonde_usage_table_list (database, self->id, &self->error);
    return;
  }
  if (self->kind == SONDE_OPERATION_LOAD_DRAFT) {
    self->objects = sonde_attachments_table_load_draft (database, self->id, &self->error);
    return;
  }
  if (self->kind == SONDE_OPERATION_SEARCH) {
    self->objects = sonde_search_run (database, self->text->str, self->limit, &self->error);
    return;
  }

  rows = read_rows (self, database);
  if (rows == NULL)
    return;
  if (self->kind == SONDE_OPERATION_LOAD_MESSAGES || self->kind == SONDE_OPERATION_LOAD_TAIL) {
    self->objects = make_messages (self, database, rows);
    return;
  }
  self->objects = g_ptr_array_new_full (rows->len, g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->objects, sonde_conversation_row_to_object (g_ptr_array_index (rows, i)));
  /* What the whole list was read from is not read again. */
  if (self->limit == 0)
    sonde_database_forget_pages (database);
}

static gboolean
answer_cb (gpointer data)
{
  SondeOperation *self = data;

  if (self->error != NULL)
    g_task_return_error (self->task, g_steal_pointer (&self->error));
  else if (self->objects != NULL)
    g_task_return_pointer (self->task, g_steal_pointer (&self->objects),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_boolean (self->task, TRUE);

  return G_SOURCE_REMOVE;
}

/**
 * sonde_operation_answer:
 * @self: (transfer full): an operation that answers, done or failed; one that nobody waits
 *   for just ends
 *
 * Completes its task, from any thread. The task goes whole to its main context: were
 * the last reference dropped here, the store would end in its own thread.
 */
void
sonde_operation_answer (SondeOperation *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->task == NULL) {
    sonde_operation_free (self);
    return;
  }

  source = g_idle_source_new ();
  g_source_set_priority (source, g_task_get_priority (self->task));
  g_source_set_callback (source, answer_cb, self, (GDestroyNotify) sonde_operation_free);
  g_source_set_static_name (source, "[sonde] answer of the store");
  g_source_attach (source, g_task_get_context (self->task));
}
