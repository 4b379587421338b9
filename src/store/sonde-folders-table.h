/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-database.h"
#include "sonde-folder.h"

G_BEGIN_DECLS

/**
 * SondeFolderRow:
 *
 * What is stored of a folder, as plain values that may cross threads.
 */
typedef struct {
  gint64 id;
  char *name;
  int position;
} SondeFolderRow;

SondeFolderRow *sonde_folder_row_new (SondeFolder *folder);
void sonde_folder_row_free (SondeFolderRow *self);

gboolean
sonde_folders_table_save (SondeDatabase *database, const SondeFolderRow *row, GError **error);
gboolean sonde_folders_table_delete (SondeDatabase *database, gint64 id, GError **error);
GPtrArray *sonde_folders_table_list (SondeDatabase *database, GError **error);

G_END_DECLS
