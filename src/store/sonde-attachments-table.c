/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-attachments-table.h"

#include "sonde-statement.h"

/* What is sent of files is kept once for all messages and drafts that have it, by the hash of
 * it: a text in `text`, an image in `data`. What the file was called and was belongs to each of
 * those who have it. */
const char sonde_attachments_schema[] =
  "ALTER TABLE message_attachments ADD COLUMN media_type TEXT NOT NULL DEFAULT '';"
  "ALTER TABLE message_attachments ADD COLUMN size INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE draft_attachments ADD COLUMN media_type TEXT NOT NULL DEFAULT '';"
  "ALTER TABLE draft_attachments ADD COLUMN size INTEGER NOT NULL DEFAULT 0;";

/* What is stored of an attachment, as plain values that may cross threads. */
typedef struct {
  char *name;
  char *media_type;
  gint64 size;
  char *sha256;
  GBytes *content;
  gboolean is_image;
} Row;

enum {
  COLUMN_OWNER,
  COLUMN_NAME,
  COLUMN_MEDIA_TYPE,
  COLUMN_SIZE,
  COLUMN_SHA256,
  COLUMN_IS_IMAGE,
  COLUMN_CONTENT,
};

#define COLUMNS "f.name, f.media_type, f.size, a.sha256, a.text IS NULL, coalesce (a.text, a.data)"

static void
row_free (gpointer data)
{
  Row *self = data;

  g_free (self->name);
  g_free (self->media_type);
  g_free (self->sha256);
  g_bytes_unref (self->content);
  g_free (self);
}

/**
 * sonde_attachment_rows_new:
 * @attachments: (nullable) (element-type SondeAttachment): attachments that are ready
 *
 * Returns: (transfer full) (nullable): what is to be stored of them; %NULL for none
 */
GPtrArray *
sonde_attachment_rows_new (GPtrArray *attachments)
{
  GPtrArray *rows;

  if (attachments == NULL || attachments->len == 0)
    return NULL;

  rows = g_ptr_array_new_full (attachments->len, row_free);
  for (guint i = 0; i < attachments->len; i++) {
    SondeAttachment *attachment = g_ptr_array_index (attachments, i);
    Row *row = g_new0 (Row, 1);

    row->name = g_strdup (sonde_attachment_get_name (attachment));
    row->media_type = g_strdup (sonde_attachment_get_media_type (attachment));
    row->size = sonde_attachment_get_size (attachment);
    row->sha256 = g_strdup (sonde_attachment_get_sha256 (attachment));
    row->content = g_bytes_ref (sonde_attachment_get_content (attachment));
    row->is_image = sonde_attachment_is_image (attachment);
    g_ptr_array_add (rows, row);
  }

  return rows;
}

static gboolean
save_content (SondeDatabase *database, const Row *row, GError **error)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    "INSERT INTO attachments (sha256, media_type, size, text, data) "
    "VALUES (?1, ?2, ?3, ?4, ifnull (?5, x'')) ON CONFLICT (sha256) DO NOTHING",
    error);

  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_string (statement, 1, row->sha256);
  sonde_statement_bind_string (statement, 2, row->is_image ? row->media_type : "text/plain");
  sonde_statement_bind_int64 (statement, 3, (gint64) g_bytes_get_size (row->content));
  if (row->is_image)
    sonde_statement_bind_blob (statement, 5, row->content);
  else
    sonde_statement_bind_utf8 (statement, 4, row->content);

  return sonde_statement_run (statement, error);
}

/* Gives @owner, in the table that @sql inserts into, all of the files. */
static gboolean
save_all (SondeDatabase *database, const char *sql, gint64 owner, GPtrArray *rows, GError **error)
{
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const Row *row = g_ptr_array_index (rows, i);
    g_autoptr (SondeStatement) statement = NULL;

    if (!save_content (database, row, error))
      return FALSE;
    statement = sonde_statement_get (database, sql, error);
    if (statement == NULL)
      return FALSE;
    sonde_statement_bind_int64 (statement, 1, owner);
    sonde_statement_bind_int64 (statement, 2, i);
    sonde_statement_bind_string (statement, 3, row->sha256);
    sonde_statement_bind_string (statement, 4, row->name);
    sonde_statement_bind_string (statement, 5, row->media_type);
    sonde_statement_bind_int64 (statement, 6, row->size);
    if (!sonde_statement_run (statement, error))
      return FALSE;
  }

  return TRUE;
}

/**
 * sonde_attachments_table_save_message:
 * @database: a database
 * @message_id: a message that is stored
 * @rows: (nullable): its files
 * @error: a SONDE_STORE_ERROR
 *
 * Stores the files of a message, which never change. To be called in a transaction.
 *
 * Returns: whether it was done
 */
gboolean
sonde_attachments_table_save_message (SondeDatabase *database,
                                      gint64 message_id,
                                      GPtrArray *rows,
                                      GError **error)
{
  return save_all (
    database,
    "INSERT INTO message_attachments (message_id, position, attachment_id, name, media_type, size) "
    "SELECT ?1, ?2, id, ?4, ?5, ?6 FROM attachments WHERE sha256 = ?3 "
    "ON CONFLICT (message_id, position) DO NOTHING",
    message_id, rows, error);
}

/**
 * sonde_attachments_table_save_draft:
 * @database: a database
 * @conversation_id: a conversation that is stored
 * @rows: (nullable): the files of its draft
 * @error: a SONDE_STORE_ERROR
 *
 * Stores them in place of those that it had. To be called in a transaction.
 *
 * Returns: whether it was done
 */
gboolean
sonde_attachments_table_save_draft (SondeDatabase *database,
                                    gint64 conversation_id,
                                    GPtrArray *rows,
                                    GError **error)
{
  g_autoptr (SondeStatement) delete = sonde_statement_get (
    database, "DELETE FROM draft_attachments WHERE conversation_id = ?1", error);

  if (delete == NULL)
    return FALSE;
  sonde_statement_bind_int64 (delete, 1, conversation_id);

  return sonde_statement_run (delete, error) &&
         save_all (database,
                   "INSERT INTO draft_attachments (conversation_id, position, attachment_id, name, "
                   "media_type, size) SELECT ?1, ?2, id, ?4, ?5, ?6 FROM attachments "
                   "WHERE sha256 = ?3",
                   conversation_id, rows, error) &&
         sonde_attachments_table_clean (database, error);
}

/* What is the same is in memory once, too. */
static SondeAttachment *
read_attachment (SondeStatement *statement, GHashTable *contents)
{
  const char *sha256 = sonde_statement_get_string (statement, COLUMN_SHA256);
  GBytes *content = g_hash_table_lookup (contents, sha256);

  if (content == NULL) {
    content = sonde_statement_dup_bytes (statement, COLUMN_CONTENT);
    g_hash_table_insert (contents, g_strdup (sha256), content);
  }

  return sonde_attachment_new_stored (sonde_statement_get_string (statement, COLUMN_NAME),
                                      sonde_statement_get_string (statement, COLUMN_MEDIA_TYPE),
                                      sonde_statement_get_int64 (statement, COLUMN_SIZE), sha256,
                                      content,
                                      sonde_statement_get_int64 (statement, COLUMN_IS_IMAGE) != 0);
}

static void
add_to_owner (GHashTable *owners, gint64 owner, SondeAttachment *attachment)
{
  GPtrArray *attachments = g_hash_table_lookup (owners, &owner);

  if (attachments == NULL) {
    attachments = g_ptr_array_new_with_free_func (g_object_unref);
    g_hash_table_insert (owners, g_memdup2 (&owner, sizeof owner), attachments);
  }
  g_ptr_array_add (attachments, attachment);
}

static gboolean
read_all (SondeStatement *statement, GHashTable *owners, GError **error)
{
  g_autoptr (GHashTable) contents =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  GError *local_error = NULL;

  while (sonde_statement_next (statement, &local_error))
    add_to_owner (owners, sonde_statement_get_int64 (statement, COLUMN_OWNER),
                  read_attachment (statement, contents));
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);
  return FALSE;
}

static void
array_unref (gpointer array)
{
  g_ptr_array_unref (array);
}

/**
 * sonde_attachments_table_load_messages:
 * @database: a database
 * @conversation_id: a conversation
 * @first_id: the first of its messages to look at
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type gint64 GPtrArray): by the numbers of the
 *   messages that have some, their files as SondeAttachment in their order
 */
GHashTable *
sonde_attachments_table_load_messages (SondeDatabase *database,
                                       gint64 conversation_id,
                                       gint64 first_id,
                                       GError **error)
{
  g_autoptr (GHashTable) owners =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, array_unref);
  g_autoptr (SondeStatement) statement =
    sonde_statement_get (database,
                         "SELECT m.id, " COLUMNS " FROM messages m "
                         "CROSS JOIN message_attachments f ON f.message_id = m.id "
                         "CROSS JOIN attachments a ON a.id = f.attachment_id "
                         "WHERE m.conversation_id = ?1 AND m.id >= ?2 ORDER BY m.id, f.position",
                         error);

  if (statement == NULL)
    return NULL;
  sonde_statement_bind_int64 (statement, 1, conversation_id);
  sonde_statement_bind_int64 (statement, 2, first_id);

  return read_all (statement, owners, error) ? g_steal_pointer (&owners) : NULL;
}

/**
 * sonde_attachments_table_load_draft:
 * @database: a database
 * @conversation_id: a conversation
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type SondeAttachment): the files of its draft
 */
GPtrArray *
sonde_attachments_table_load_draft (SondeDatabase *database, gint64 conversation_id, GError **error)
{
  g_autoptr (GHashTable) owners =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, array_unref);
  g_autoptr (SondeStatement) statement =
    sonde_statement_get (database,
                         "SELECT f.conversation_id, " COLUMNS " FROM draft_attachments f "
                         "CROSS JOIN attachments a ON a.id = f.attachment_id "
                         "WHERE f.conversation_id = ?1 ORDER BY f.position",
                         error);
  GPtrArray *attachments;

  if (statement == NULL)
    return NULL;
  sonde_statement_bind_int64 (statement, 1, conversation_id);
  if (!read_all (statement, owners, error))
    return NULL;
  attachments = g_hash_table_lookup (owners, &conversation_id);

  return attachments != NULL ? g_ptr_array_ref (attachments)
                             : g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * sonde_attachments_table_clean:
 * @database: a database
 * @error: a SONDE_STORE_ERROR
 *
 * Deletes the content that nothing has any more. To be called in a transaction.
 *
 * Returns: whether it was done
 */
gboolean
sonde_attachments_table_clean (SondeDatabase *database, GError **error)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    "DELETE FROM attachments WHERE "
    "NOT EXISTS (SELECT 1 FROM message_attachments WHERE attachment_id = attachments.id) AND "
    "NOT EXISTS (SELECT 1 FROM draft_attachments WHERE attachment_id = attachments.id)",
    error);

  return statement != NULL && sonde_statement_run (statement, error);
}
