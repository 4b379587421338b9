/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-window.h"

G_BEGIN_DECLS

void sonde_print_actions_install (GtkWidgetClass *widget_class);
void sonde_print_actions_update (SondeWindow *self);

G_END_DECLS
