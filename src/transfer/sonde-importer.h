/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-import-report.h"
#include "sonde-transfer.h"

G_BEGIN_DECLS

/**
 * SondeImportLimits:
 * @max_size: the most bytes of JSON that one conversation may be; with all that is made of it,
 *   an import takes some six times as much memory at most
 * @max_items: the most brackets, commas and colons in it
 * @max_unpacked: the most bytes that a zip may unpack to
 * @max_ratio: the most times its size that it may unpack to, beyond the first 16 MiB
 *
 * What a file may come to. A conversation beyond its limits is left out and reported; a
 * zip beyond its own ends the import.
 */
typedef struct {
  gsize max_size;
  guint max_items;
  guint64 max_unpacked;
  guint max_ratio;
} SondeImportLimits;

/**
 * SondeImportResult:
 * @SONDE_IMPORT_RECORD: a conversation
 * @SONDE_IMPORT_PENDING: the time is up; call again
 * @SONDE_IMPORT_END: all was read
 * @SONDE_IMPORT_FAILED: the file cannot be read (further); what came before is to be thrown away
 *
 * What [method@Importer.next] came to.
 */
typedef enum {
  SONDE_IMPORT_RECORD,
  SONDE_IMPORT_PENDING,
  SONDE_IMPORT_END,
  SONDE_IMPORT_FAILED,
} SondeImportResult;

#define SONDE_TYPE_IMPORTER (sonde_importer_get_type ())
G_DECLARE_FINAL_TYPE (SondeImporter, sonde_importer, SONDE, IMPORTER, GObject)

SondeImporter *sonde_importer_new (GInputStream *stream);
void sonde_importer_set_limits (SondeImporter *self, const SondeImportLimits *limits);
void sonde_importer_set_allocate (SondeImporter *self,
                                  SondeTransferAllocateFunc allocate,
                                  gpointer user_data);

SondeImportResult sonde_importer_next (SondeImporter *self,
                                       gint64 budget,
                                       SondeTransferRecord **record,
                                       GCancellable *cancellable,
                                       GError **error);
gboolean sonde_importer_preview (SondeImporter *self, GCancellable *cancellable, GError **error);
const SondeImportReport *sonde_importer_get_report (SondeImporter *self);
guint64 sonde_importer_get_position (SondeImporter *self);

G_END_DECLS
