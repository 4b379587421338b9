/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-settings.h"

G_BEGIN_DECLS

void sonde_about_present (GtkWidget *parent, SondeSettings *settings);
char *sonde_about_make_debug_info (GtkWidget *widget, SondeSettings *settings);

G_END_DECLS
