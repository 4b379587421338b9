/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-library.h"

G_BEGIN_DECLS

/* Signals: "ready". */
#define SONDE_TYPE_BACKUP_DIALOG (sonde_backup_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SondeBackupDialog, sonde_backup_dialog, SONDE, BACKUP_DIALOG, AdwDialog)

SondeBackupDialog *sonde_backup_dialog_new (SondeLibrary *library);

G_END_DECLS
