/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-transfer-job.h"

G_BEGIN_DECLS

#define SONDE_TYPE_EXPORT_DIALOG (sonde_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SondeExportDialog, sonde_export_dialog, SONDE, EXPORT_DIALOG, AdwDialog)

SondeExportDialog *sonde_export_dialog_new (SondeLibrary *library, GPtrArray *conversations);
void sonde_export_dialog_export_to (SondeExportDialog *self, GFile *file);

G_END_DECLS
