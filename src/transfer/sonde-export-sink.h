/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-exporter.h"

G_BEGIN_DECLS

/**
 * SondeExportShape:
 * @SONDE_EXPORT_SHAPE_FILE: one file with all conversations
 * @SONDE_EXPORT_SHAPE_FOLDER: a folder with a file for each
 * @SONDE_EXPORT_SHAPE_ZIP: the same as a zip
 *
 * What an export is put into.
 */
typedef enum {
  SONDE_EXPORT_SHAPE_FILE,
  SONDE_EXPORT_SHAPE_FOLDER,
  SONDE_EXPORT_SHAPE_ZIP,
} SondeExportShape;

typedef struct _SondeExportSink SondeExportSink;

SondeExportSink *sonde_export_sink_new (GFile *file,
                                        SondeExportShape shape,
                                        SondeExportFormat format,
                                        SondeExportFlags flags,
                                        const SondeExportLabels *labels);
void sonde_export_sink_free (SondeExportSink *self);

gboolean sonde_export_sink_add (SondeExportSink *self,
                                const SondeTransferRecord *record,
                                GCancellable *cancellable,
                                GError **error);
gboolean
sonde_export_sink_finish (SondeExportSink *self, GCancellable *cancellable, GError **error);

char *sonde_export_dup_file_name (const char *title, const char *suffix);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeExportSink, sonde_export_sink_free)

G_END_DECLS
