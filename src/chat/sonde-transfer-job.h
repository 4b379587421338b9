/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-export-sink.h"
#include "sonde-import-report.h"
#include "sonde-library.h"

G_BEGIN_DECLS

/**
 * SondeExportOptions:
 * @format: what to write
 * @flags: how much of it
 * @shape: what to put it into
 * @labels: (nullable): the words of an export that is for reading; %NULL for English
 *
 * How conversations are exported.
 */
typedef struct {
  SondeExportFormat format;
  SondeExportFlags flags;
  SondeExportShape shape;
  const SondeExportLabels *labels;
} SondeExportOptions;

/* An export or an import on its way. Properties, read only: "fraction" (double): how far
 * it is, from 0 to 1. */
#define SONDE_TYPE_TRANSFER_JOB (sonde_transfer_job_get_type ())
G_DECLARE_FINAL_TYPE (SondeTransferJob, sonde_transfer_job, SONDE, TRANSFER_JOB, GObject)

SondeTransferJob *sonde_transfer_job_new_export (SondeLibrary *library,
                                                 GPtrArray *conversations,
                                                 GFile *file,
                                                 const SondeExportOptions *options);
SondeTransferJob *sonde_transfer_job_new_import (SondeLibrary *library, GFile *file);

double sonde_transfer_job_get_fraction (SondeTransferJob *self);
const SondeImportReport *sonde_transfer_job_get_report (SondeTransferJob *self);
guint64 sonde_transfer_job_get_n_duplicates (SondeTransferJob *self);

void sonde_transfer_job_preview_async (SondeTransferJob *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
sonde_transfer_job_preview_finish (SondeTransferJob *self, GAsyncResult *result, GError **error);
void sonde_transfer_job_run_async (SondeTransferJob *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean
sonde_transfer_job_run_finish (SondeTransferJob *self, GAsyncResult *result, GError **error);

G_END_DECLS
