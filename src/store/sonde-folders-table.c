/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-folders-table.h"

#include "sonde-statement.h"

/**
 * sonde_folder_row_new:
 * @folder: a folder
 *
 * Returns: (transfer full): what is to be stored of it as it stands
 */
SondeFolderRow *
sonde_folder_row_new (SondeFolder *folder)
{
  SondeFolderRow *self = g_new0 (SondeFolderRow, 1);

  self->id = sonde_folder_get_id (folder);
  self->name = g_strdup (sonde_folder_get_name (folder));
  self->position = sonde_folder_get_position (folder);

  return self;
}

/**
 * sonde_folder_row_free:
 * @self: (transfer full): a row
 */
void
sonde_folder_row_free (SondeFolderRow *self)
{
  g_free (self->name);
  g_free (self);
}

/**
 * sonde_folders_table_save:
 * @database: a database
 * @row: what to store
 * @error: a SONDE_STORE_ERROR
 *
 * Stores a new folder, or what changed of one that is there.
 *
 * Returns: whether it was done
 */
gboolean
sonde_folders_table_save (SondeDatabase *database, const SondeFolderRow *row, GError **error)
{
  g_autoptr (SondeStatement) statement =
    sonde_statement_get (database,
                         "INSERT INTO folders (id, name, position) VALUES (?1, ?2, ?3) "
                         "ON CONFLICT (id) DO UPDATE SET name = ?2, position = ?3",
                         error);

  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_int64 (statement, 1, row->id);
  sonde_statement_bind_string (statement, 2, row->name);
  sonde_statement_bind_int64 (statement, 3, row->position);

  return sonde_statement_run (statement, error);
}

/**
 * sonde_folders_table_delete:
 * @database: a database
 * @id: a folder
 * @error: a SONDE_STORE_ERROR
 *
 * Deletes it; the conversations in it stay, and are in none. To be called in a transaction.
 *
 * Returns: whether it is not there any more
 */
gboolean
sonde_folders_table_delete (SondeDatabase *database, gint64 id, GError **error)
{
  g_autoptr (SondeStatement) empty = sonde_statement_get (
    database, "UPDATE conversations SET folder_id = 0 WHERE folder_id = ?1", error);
  g_autoptr (SondeStatement) delete =
    sonde_statement_get (database, "DELETE FROM folders WHERE id = ?1", error);

  if (empty == NULL || delete == NULL)
    return FALSE;
  sonde_statement_bind_int64 (empty, 1, id);
  sonde_statement_bind_int64 (delete, 1, id);

  return sonde_statement_run (empty, error) && sonde_statement_run (delete, error);
}

/**
 * sonde_folders_table_list:
 * @database: a database
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type SondeFolder) (nullable): the folders by their positions
 */
GPtrArray *
sonde_folders_table_list (SondeDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database, "SELECT id, name, position FROM folders ORDER BY position, id", error);
  GError *local_error = NULL;

  if (statement == NULL)
    return NULL;
  while (sonde_statement_next (statement, &local_error))
    g_ptr_array_add (folders, sonde_folder_new (sonde_statement_get_int64 (statement, 0),
                                                sonde_statement_get_string (statement, 1),
                                                (int) sonde_statement_get_int64 (statement, 2)));
  if (local_error != NULL) {
    g_propagate_error (error, local_error);
    return NULL;
  }

  return g_steal_pointer (&folders);
}
