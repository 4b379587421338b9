/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-settings.h"

G_BEGIN_DECLS

#define SONDE_TYPE_GENERAL_PAGE (sonde_general_page_get_type ())
G_DECLARE_FINAL_TYPE (SondeGeneralPage, sonde_general_page, SONDE, GENERAL_PAGE, AdwPreferencesPage)

SondeGeneralPage *sonde_general_page_new (SondeSettings *settings);

G_END_DECLS
