/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-conversations-table.h"

#include "sonde-attachments-table.h"
#include "sonde-statement.h"

enum {
  COLUMN_ID,
  COLUMN_TITLE,
  COLUMN_CREATED_AT,
  COLUMN_UPDATED_AT,
  COLUMN_MODEL_ID,
  COLUMN_THINKING,
  COLUMN_PINNED,
  COLUMN_UNREAD,
  COLUMN_LEAF_ID,
  COLUMN_DRAFT,
  COLUMN_FOLDER_ID,
  COLUMN_ARCHIVED,
  COLUMN_TRASHED_AT,
  COLUMN_TITLE_MANUAL,
  COLUMN_JSON_OUTPUT,
  COLUMN_SYSTEM_PROMPT,
  COLUMN_PARAMETERS,
  COLUMN_ORIGIN,
  COLUMN_IMPORT_ID,
  COLUMN_SPELLING,
};

#define COLUMNS                                                                                    \
  "id, title, created_at, updated_at, model_id, thinking, pinned, unread, leaf_id, draft, "        \
  "folder_id, archived, trashed_at, title_manual, json_output, system_prompt, parameters, "        \
  "origin, import_id, spelling"

/* What has nothing in it is not listed, nor is what an import has not finished. */
#define IS_LISTED                                                                                  \
  "(draft <> '' OR "                                                                               \
  "EXISTS (SELECT 1 FROM messages WHERE conversation_id = conversations.id) OR "                   \
  "EXISTS (SELECT 1 FROM draft_attachments WHERE conversation_id = conversations.id)) AND "        \
  "(import_id = 0 OR import_id NOT IN (SELECT id FROM imports))"

/**
 * sonde_conversation_row_new:
 * @conversation: a conversation
 *
 * Returns: (transfer full): what is to be stored of it as it stands
 */
SondeConversationRow *
sonde_conversation_row_new (SondeConversation *conversation)
{
  SondeConversationRow *self = g_new0 (SondeConversationRow, 1);

  self->id = sonde_conversation_get_id (conversation);
  self->title = g_strdup (sonde_conversation_get_title (conversation));
  self->created_at = sonde_conversation_get_created_at (conversation);
  self->updated_at = sonde_conversation_get_updated_at (conversation);
  self->model_id = g_strdup (sonde_conversation_get_model_id (conversation));
  self->thinking = sonde_conversation_get_thinking (conversation);
  self->pinned = sonde_conversation_get_pinned (conversation);
  self->unread = sonde_conversation_get_unread (conversation);
  self->leaf_id = sonde_conversation_get_leaf_id (conversation);
  self->draft = g_strdup (sonde_conversation_get_draft (conversation));
  self->folder_id = sonde_conversation_get_folder_id (conversation);
  self->archived = sonde_conversation_get_archived (conversation);
  self->trashed_at = sonde_conversation_get_trashed_at (conversation);
  self->title_manual = sonde_conversation_get_title_manual (conversation);
  self->json_output = sonde_conversation_get_json_output (conversation);
  self->system_prompt = g_strdup (sonde_conversation_get_system_prompt (conversation));
  self->parameters = g_strdup (sonde_conversation_get_parameters (conversation));
  self->origin = g_strdup (sonde_conversation_get_origin (conversation));
  self->spelling = g_strdup (sonde_conversation_get_spelling (conversation));

  return self;
}

/**
 * sonde_conversation_row_to_object:
 * @self: a row
 *
 * Returns: (transfer full): the conversation, not loaded
 */
SondeConversation *
sonde_conversation_row_to_object (const SondeConversationRow *self)
{
  SondeConversation *conversation = sonde_conversation_new (self->id, self->created_at);

  sonde_conversation_set_title (conversation, self->title);
  sonde_conversation_set_updated_at (conversation, self->updated_at);
  sonde_conversation_set_model_id (conversation, self->model_id);
  sonde_conversation_set_thinking (conversation, self->thinking);
  sonde_conversation_set_pinned (conversation, self->pinned);
  sonde_conversation_set_unread (conversation, self->unread);
  sonde_conversation_set_leaf_id (conversation, self->leaf_id);
  sonde_conversation_set_draft (conversation, self->draft);
  sonde_conversation_set_folder_id (conversation, self->folder_id);
  sonde_conversation_set_archived (conversation, self->archived);
  sonde_conversation_set_trashed_at (conversation, self->trashed_at);
  sonde_conversation_set_title_manual (conversation, self->title_manual);
  sonde_conversation_set_json_output (conversation, self->json_output);
  sonde_conversation_set_system_prompt (conversation, self->system_prompt);
  sonde_conversation_set_parameters (conversation, self->parameters);
  sonde_conversation_set_origin (conversation, self->origin);
  sonde_conversation_set_spelling (conversation, self->spelling);

  return conversation;
}

/**
 * sonde_conversation_row_free:
 * @self: (transfer full): a row
 */
void
sonde_conversation_row_free (SondeConversationRow *self)
{
  g_free (self->title);
  g_free (self->model_id);
  g_free (self->draft);
  g_free (self->system_prompt);
  g_free (self->parameters);
  g_free (self->origin);
  g_free (self->spelling);
  g_free (self);
}

static SondeConversationRow *
read_row (SondeStatement *statement)
{
  SondeConversationRow *row = g_new0 (SondeConversationRow, 1);

  row->id = sonde_statement_get_int64 (statement, COLUMN_ID);
  row->title = g_strdup (sonde_statement_get_string (statement, COLUMN_TITLE));
  row->created_at = sonde_statement_get_int64 (statement, COLUMN_CREATED_AT);
  row->updated_at = sonde_statement_get_int64 (statement, COLUMN_UPDATED_AT);
  row->model_id = g_strdup (sonde_statement_get_string (statement, COLUMN_MODEL_ID));
  sonde_thinking_from_string (sonde_statement_get_string (statement, COLUMN_THINKING),
                              &row->thinking);
  row->pinned = sonde_statement_get_int64 (statement, COLUMN_PINNED) != 0;
  row->unread = sonde_statement_get_int64 (statement, COLUMN_UNREAD) != 0;
  row->leaf_id = sonde_statement_get_int64 (statement, COLUMN_LEAF_ID);
  row->draft = g_strdup (sonde_statement_get_string (statement, COLUMN_DRAFT));
  row->folder_id = sonde_statement_get_int64 (statement, COLUMN_FOLDER_ID);
  row->archived = sonde_statement_get_int64 (statement, COLUMN_ARCHIVED) != 0;
  row->trashed_at = sonde_statement_get_int64 (statement, COLUMN_TRASHED_AT);
  row->title_manual = sonde_statement_get_int64 (statement, COLUMN_TITLE_MANUAL) != 0;
  row->json_output = sonde_statement_get_int64 (statement, COLUMN_JSON_OUTPUT) != 0;
  row->system_prompt = g_strdup (sonde_statement_get_string (statement, COLUMN_SYSTEM_PROMPT));
  row->parameters = g_strdup (sonde_statement_get_string (statement, COLUMN_PARAMETERS));
  row->origin = g_strdup (sonde_statement_get_string (statement, COLUMN_ORIGIN));
  row->import_id = sonde_statement_get_int64 (statement, COLUMN_IMPORT_ID);
  row->spelling = g_strdup (sonde_statement_get_string (statement, COLUMN_SPELLING));

  return row;
}

/**
 * sonde_conversations_table_save:
 * @database: a database
 * @row: what to store
 * @error: a SONDE_STORE_ERROR
 *
 * Stores a new conversation, or what changed of one that is there.
 *
 * Returns: whether it was done
 */
gboolean
sonde_conversations_table_save (SondeDatabase *database,
                                const SondeConversationRow *row,
                                GError **error)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    "INSERT INTO conversations (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
    "?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20) "
    "ON CONFLICT (id) DO UPDATE SET title = ?2, updated_at = ?4, model_id = ?5, thinking = ?6, "
    "pinned = ?7, unread = ?8, leaf_id = ?9, draft = ?10, folder_id = ?11, archived = ?12, "
    "trashed_at = ?13, title_manual = ?14, json_output = ?15, system_prompt = ?16, "
    "parameters = ?17, origin = ?18, spelling = ?20",
    error);

  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_int64 (statement, 1 + COLUMN_ID, row->id);
  sonde_statement_bind_string (statement, 1 + COLUMN_TITLE, row->title);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_CREATED_AT, row->created_at);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_UPDATED_AT, row->updated_at);
  sonde_statement_bind_string (statement, 1 + COLUMN_MODEL_ID, row->model_id);
  sonde_statement_bind_string (statement, 1 + COLUMN_THINKING,
                               sonde_thinking_to_string (row->thinking));
  sonde_statement_bind_int64 (statement, 1 + COLUMN_PINNED, row->pinned);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_UNREAD, row->unread);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_LEAF_ID, row->leaf_id);
  sonde_statement_bind_string (statement, 1 + COLUMN_DRAFT, row->draft);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_FOLDER_ID, row->folder_id);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_ARCHIVED, row->archived);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_TRASHED_AT, row->trashed_at);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_TITLE_MANUAL, row->title_manual);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_JSON_OUTPUT, row->json_output);
  sonde_statement_bind_string (statement, 1 + COLUMN_SYSTEM_PROMPT, row->system_prompt);
  sonde_statement_bind_string (statement, 1 + COLUMN_PARAMETERS, row->parameters);
  sonde_statement_bind_string (statement, 1 + COLUMN_ORIGIN, row->origin);
  sonde_statement_bind_int64 (statement, 1 + COLUMN_IMPORT_ID, row->import_id);
  sonde_statement_bind_string (statement, 1 + COLUMN_SPELLING, row->spelling);

  return sonde_statement_run (statement, error);
}

/**
 * sonde_conversations_table_delete:
 * @database: a database
 * @id: a conversation
 * @error: a SONDE_STORE_ERROR
 *
 * Deletes it and its messages, and the attachments that nothing else has. To be called in a
 * transaction.
 *
 * Returns: whether it is not there any more
 */
gboolean
sonde_conversations_table_delete (SondeDatabase *database, gint64 id, GError **error)
{
  g_autoptr (SondeStatement) statement =
    sonde_statement_get (database, "DELETE FROM conversations WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_int64 (statement, 1, id);

  return sonde_statement_run (statement, error) && sonde_attachments_table_clean (database, error);
}

static GPtrArray *
read_rows (SondeStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_conversation_row_free);
  GError *local_error = NULL;

  while (sonde_statement_next (statement, &local_error))
    g_ptr_array_add (rows, read_row (statement));
  if (local_error != NULL) {
    g_propagate_error (error, local_error);
    return NULL;
  }

  return g_steal_pointer (&rows);
}

/**
 * sonde_conversations_table_list:
 * @database: a database
 * @before_time: where in that order to begin: behind what was last said then; %G_MAXINT64
 *   for the first one
 * @before_id: and, of those of the same time, behind this number
 * @limit: how many at most, or 0 for all
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type SondeConversationRow) (nullable): the conversations
 *   that have a message or a draft, the latest said first
 */
GPtrArray *
sonde_conversations_table_list (SondeDatabase *database,
                                gint64 before_time,
                                gint64 before_id,
                                guint limit,
                                GError **error)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    "SELECT " COLUMNS " FROM conversations WHERE (updated_at, id) < (?1, ?2) AND " IS_LISTED
    " ORDER BY updated_at DESC, id DESC LIMIT ?3",
    error);

  if (statement == NULL)
    return NULL;
  sonde_statement_bind_int64 (statement, 1, before_time);
  sonde_statement_bind_int64 (statement, 2, before_id);
  sonde_statement_bind_int64 (statement, 3, limit > 0 ? (gint64) limit : -1);

  return read_rows (statement, error);
}

/**
 * sonde_conversations_table_list_import:
 * @database: a database
 * @import_id: an import
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type SondeConversationRow) (nullable): the conversations
 *   that came with it, the latest said first
 */
GPtrArray *
sonde_conversations_table_list_import (SondeDatabase *database, gint64 import_id, GError **error)
{
  g_autoptr (SondeStatement) statement =
    sonde_statement_get (database,
                         "SELECT " COLUMNS " FROM conversations WHERE import_id = ?1 AND "
                         "import_id <> 0 AND " IS_LISTED " ORDER BY updated_at DESC, id DESC",
                         error);

  if (statement == NULL)
    return NULL;
  sonde_statement_bind_int64 (statement, 1, import_id);

  return read_rows (statement, error);
}
