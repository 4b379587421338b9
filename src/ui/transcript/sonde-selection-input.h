/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-selection.h"

G_BEGIN_DECLS

#define SONDE_TYPE_SELECTION_INPUT (sonde_selection_input_get_type ())
G_DECLARE_FINAL_TYPE (SondeSelectionInput, sonde_selection_input, SONDE, SELECTION_INPUT, GObject)

SondeSelectionInput *sonde_selection_input_new (SondeSelection *selection, GtkWidget *view);

G_END_DECLS
