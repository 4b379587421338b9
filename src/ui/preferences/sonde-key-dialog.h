/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-account.h"

G_BEGIN_DECLS

/* Add, replace or remove the key. Property "account" (SondeAccount). Signals "added"
 * (string, nullable: the balance) and "removed". */
#define SONDE_TYPE_KEY_DIALOG (sonde_key_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SondeKeyDialog, sonde_key_dialog, SONDE, KEY_DIALOG, AdwDialog)

SondeKeyDialog *sonde_key_dialog_new (SondeAccount *account);

G_END_DECLS
