/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-chat-context.h"

G_BEGIN_DECLS

#define SONDE_TYPE_PRESETS_DIALOG (sonde_presets_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SondePresetsDialog, sonde_presets_dialog, SONDE, PRESETS_DIALOG, AdwDialog)

SondePresetsDialog *sonde_presets_dialog_new (SondeChatContext *context);
void sonde_presets_dialog_edit (SondePresetsDialog *self, SondePreset *preset);

const char *sonde_presets_dialog_get_name (SondePreset *preset, SondePresetList *presets);
GMenuModel *sonde_presets_menu_new (SondePresetList *presets, const char *action);

G_END_DECLS
