/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-import-batch.h"

G_BEGIN_DECLS

typedef struct _SondeImportCherry SondeImportCherry;

SondeImportCherry *sonde_import_cherry_new (gsize max_size, GError **error);
void sonde_import_cherry_free (SondeImportCherry *self);

gboolean
sonde_import_cherry_add_topic (SondeImportCherry *self, const GString *text, GError **error);
gboolean
sonde_import_cherry_add_block (SondeImportCherry *self, const GString *text, GError **error);
void sonde_import_cherry_add_settings (SondeImportCherry *self, const GString *text);
gboolean
sonde_import_cherry_next (SondeImportCherry *self, SondeImportBatch *batch, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeImportCherry, sonde_import_cherry_free)

G_END_DECLS
