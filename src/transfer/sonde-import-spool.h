/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SondeImportSpool SondeImportSpool;

SondeImportSpool *sonde_import_spool_new (GError **error);
void sonde_import_spool_free (SondeImportSpool *self);
gboolean sonde_import_spool_append (SondeImportSpool *self,
                                    const char *data,
                                    gsize length,
                                    goffset *offset,
                                    GError **error);
GBytes *
sonde_import_spool_read (SondeImportSpool *self, goffset offset, gsize length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeImportSpool, sonde_import_spool_free)

G_END_DECLS
