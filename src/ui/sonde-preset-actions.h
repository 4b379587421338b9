/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-window.h"

G_BEGIN_DECLS

void sonde_preset_actions_install (GtkWidgetClass *widget_class);
GMenuModel *sonde_preset_actions_make_menu (SondeChatContext *context);
void sonde_preset_actions_begin (SondeChatContext *context, SondeConversation *conversation);

G_END_DECLS
