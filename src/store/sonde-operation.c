/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-operation.h"

#include "sonde-journal-table.h"
#include "sonde-search.h"

/**
 * sonde_operation_new:
 * @kind: what to do
 * @task: (transfer full) (nullable): whom to answer
 * @id: the conversation, or 0
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
  g_clear_pointer (&self->rows, g_ptr_array_unref);
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
  return self->kind == SONDE_OPERATION_LIST_CONVERSATIONS ||
         self->kind == SONDE_OPERATION_LOAD_MESSAGES || self->kind == SONDE_OPERATION_SEARCH;
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
  case SONDE_OPERATION_APPEND_TEXT:
    return sonde_journal_table_append (database, self->id, self->text_kind, self->text, error);
  case SONDE_OPERATION_OPEN:
  case SONDE_OPERATION_CLOSE:
  case SONDE_OPERATION_FLUSH:
  case SONDE_OPERATION_LIST_CONVERSATIONS:
  case SONDE_OPERATION_LOAD_MESSAGES:
  case SONDE_OPERATION_SEARCH:
    break;
  }

  g_return_val_if_reached (FALSE);
}

/**
 * sonde_operation_read:
 * @self: a read
 * @database: a database
 *
 * Fills in the rows or the error.
 */
void
sonde_operation_read (SondeOperation *self, SondeDatabase *database)
{
  if (self->kind == SONDE_OPERATION_LIST_CONVERSATIONS)
    self->rows = sonde_conversations_table_list (database, &self->error);
  else if (self->kind == SONDE_OPERATION_SEARCH)
    self->rows = sonde_search_run (database, self->text->str, self->limit, &self->error);
  else
    self->rows = sonde_messages_table_load (database, self->id, &self->error);
}

/* Rows into objects, in the thread that uses them. */
static GPtrArray *
make_objects (SondeOperation *self)
{
  GPtrArray *objects;

  if (self->kind == SONDE_OPERATION_SEARCH)
    return g_steal_pointer (&self->rows);

  objects = g_ptr_array_new_full (self->rows->len, g_object_unref);
  for (guint i = 0; i < self->rows->len; i++) {
    gpointer row = g_ptr_array_index (self->rows, i);

    if (self->kind == SONDE_OPERATION_LIST_CONVERSATIONS)
      g_ptr_array_add (objects, sonde_conversation_row_to_object (row));
    else
      g_ptr_array_add (objects, sonde_message_row_to_object (row));
  }

  return objects;
}

static gboolean
answer_cb (gpointer data)
{
  SondeOperation *self = data;

  if (self->error != NULL)
    g_task_return_error (self->task, g_steal_pointer (&self->error));
  else if (self->rows != NULL)
    g_task_return_pointer (self->task, make_objects (self), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_boolean (self->task, TRUE);

  return G_SOURCE_REMOVE;
}

/**
 * sonde_operation_answer:
 * @self: (transfer full): an operation that answers, done or failed
 *
 * Completes its task, from any thread. The task goes whole to its main context: were
 * the last reference dropped here, the store would end in its own thread.
 */
void
sonde_operation_answer (SondeOperation *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (self->task));
  g_source_set_callback (source, answer_cb, self, (GDestroyNotify) sonde_operation_free);
  g_source_set_static_name (source, "[sonde] answer of the store");
  g_source_attach (source, g_task_get_context (self->task));
}
