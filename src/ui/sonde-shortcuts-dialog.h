/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SONDE_TYPE_SHORTCUTS_DIALOG (sonde_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SondeShortcutsDialog,
                      sonde_shortcuts_dialog,
                      SONDE,
                      SHORTCUTS_DIALOG,
                      AdwDialog)

SondeShortcutsDialog *sonde_shortcuts_dialog_new (gboolean enter_sends);

G_END_DECLS
