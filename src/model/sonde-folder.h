/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Properties: "id" (int64, read only), "name" (string), "position" (int: folders are shown
 * by it). */
#define SONDE_TYPE_FOLDER (sonde_folder_get_type ())
G_DECLARE_FINAL_TYPE (SondeFolder, sonde_folder, SONDE, FOLDER, GObject)

SondeFolder *sonde_folder_new (gint64 id, const char *name, int position);
gint64 sonde_folder_get_id (SondeFolder *self);
const char *sonde_folder_get_name (SondeFolder *self);
void sonde_folder_set_name (SondeFolder *self, const char *name);
int sonde_folder_get_position (SondeFolder *self);
void sonde_folder_set_position (SondeFolder *self, int position);

G_END_DECLS
