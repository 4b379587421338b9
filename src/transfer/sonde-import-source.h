/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SondeImportSource SondeImportSource;

SondeImportSource *
sonde_import_source_new (GInputStream *stream, guint64 max_size, guint max_ratio);
void sonde_import_source_free (SondeImportSource *self);

gboolean
sonde_import_source_next (SondeImportSource *self, GCancellable *cancellable, GError **error);
gssize sonde_import_source_read (SondeImportSource *self,
                                 void *buffer,
                                 gsize length,
                                 GCancellable *cancellable,
                                 GError **error);
guint64 sonde_import_source_get_position (SondeImportSource *self);
gboolean sonde_import_source_get_is_database (SondeImportSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeImportSource, sonde_import_source_free)

G_END_DECLS
