/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-backup.h"

G_BEGIN_DECLS

/* The step of the schema that remembers what is to be taken out of the backups. */
extern const char sonde_backups_schema[];

gboolean sonde_backups_check (const char *path, GCancellable *cancellable, GError **error);
gboolean
sonde_backups_make (const char *path, gint64 now, GCancellable *cancellable, GError **error);
gboolean
sonde_backups_purge (const char *path, gint64 *done, GCancellable *cancellable, GError **error);
GPtrArray *sonde_backups_list (const char *path, GCancellable *cancellable, GError **error);
gboolean sonde_backups_prepare (const char *path,
                                const char *backup,
                                GCancellable *cancellable,
                                GError **error);
char *sonde_backups_restore (const char *path, GError **error);

G_END_DECLS
