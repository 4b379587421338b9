/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-conversation.h"

G_BEGIN_DECLS

/* A row of the list of conversations. Properties: "conversation" (SondeConversation,
 * nullable), "selecting" and "selected" (boolean): whether it has a check mark, and set. */
#define SONDE_TYPE_CONVERSATION_ROW (sonde_conversation_row_get_type ())
G_DECLARE_FINAL_TYPE (SondeConversationRow, sonde_conversation_row, SONDE, CONVERSATION_ROW, GtkBox)

SondeConversation *sonde_conversation_row_get_conversation (SondeConversationRow *self);
void sonde_conversation_row_set_conversation (SondeConversationRow *self,
                                              SondeConversation *conversation);
void sonde_conversation_row_rename (SondeConversationRow *self);

G_END_DECLS
