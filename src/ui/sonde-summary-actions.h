/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-window.h"

G_BEGIN_DECLS

void sonde_summary_actions_install (GtkWidgetClass *widget_class);
void sonde_summary_actions_watch (SondeWindow *self, SondeSession *session);
void sonde_summary_actions_update (SondeWindow *self);
void sonde_summary_actions_add_to_menu (SondeWindow *self, GMenu *menu);

G_END_DECLS
