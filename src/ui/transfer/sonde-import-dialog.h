/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-transfer-job.h"

G_BEGIN_DECLS

#define SONDE_TYPE_IMPORT_DIALOG (sonde_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SondeImportDialog, sonde_import_dialog, SONDE, IMPORT_DIALOG, AdwDialog)

SondeImportDialog *sonde_import_dialog_new (SondeLibrary *library, GFile *file);

G_END_DECLS
