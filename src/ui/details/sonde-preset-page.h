/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-preset.h"

G_BEGIN_DECLS

/* Where a preset is changed. Signal "saved" (SondePreset): what it is to be. */
#define SONDE_TYPE_PRESET_PAGE (sonde_preset_page_get_type ())
G_DECLARE_FINAL_TYPE (SondePresetPage, sonde_preset_page, SONDE, PRESET_PAGE, AdwNavigationPage)

SondePresetPage *sonde_preset_page_new (SondePreset *preset, const char *name, GListModel *models);

G_END_DECLS
