/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-selection.h"

G_BEGIN_DECLS

GtkEventController *sonde_caret_create_keys (SondeSelection *selection, GtkWidget *view);

G_END_DECLS
