/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-folder.h"

G_BEGIN_DECLS

/* A folder in the list of conversations. Properties: "folder" (SondeFolder, nullable),
 * "folded" (boolean), "count" (unsigned): how many conversations are in it. */
#define SONDE_TYPE_FOLDER_ROW (sonde_folder_row_get_type ())
G_DECLARE_FINAL_TYPE (SondeFolderRow, sonde_folder_row, SONDE, FOLDER_ROW, GtkBox)

SondeFolder *sonde_folder_row_get_folder (SondeFolderRow *self);

G_END_DECLS
