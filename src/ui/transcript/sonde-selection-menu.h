/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-selection.h"
#include "sonde-text-block.h"

G_BEGIN_DECLS

void sonde_selection_menu_copy (SondeSelection *selection, GtkWidget *view);
void sonde_selection_menu_set_primary (SondeSelection *selection, GtkWidget *view);
void sonde_selection_menu_popup (SondeSelection *selection,
                                 GtkWidget *view,
                                 double x,
                                 double y,
                                 SondeTextBlock *block,
                                 SondeTextLink *link);

G_END_DECLS
