/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SONDE_TYPE_BACKUP (sonde_backup_get_type ())
G_DECLARE_FINAL_TYPE (SondeBackup, sonde_backup, SONDE, BACKUP, GObject)

SondeBackup *sonde_backup_new (const char *path,
                               gint64 time,
                               gint64 n_conversations,
                               gint64 n_messages,
                               const char *const *titles);
const char *sonde_backup_get_path (SondeBackup *self);
gint64 sonde_backup_get_time (SondeBackup *self);
gint64 sonde_backup_get_n_conversations (SondeBackup *self);
gint64 sonde_backup_get_n_messages (SondeBackup *self);
const char *const *sonde_backup_get_titles (SondeBackup *self);

G_END_DECLS
