/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-chat-context.h"

G_BEGIN_DECLS

/* What is set for a conversation. Property: "conversation" (SondeConversation, nullable). */
#define SONDE_TYPE_DETAILS_PANEL (sonde_details_panel_get_type ())
G_DECLARE_FINAL_TYPE (SondeDetailsPanel, sonde_details_panel, SONDE, DETAILS_PANEL, GtkWidget)

GtkWidget *sonde_details_panel_new (SondeChatContext *context);
SondeConversation *sonde_details_panel_get_conversation (SondeDetailsPanel *self);
void
sonde_details_panel_set_conversation (SondeDetailsPanel *self, SondeConversation *conversation);
void sonde_details_panel_keep_prompt (SondeDetailsPanel *self);

G_END_DECLS
