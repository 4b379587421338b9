/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-conversation.h"

G_BEGIN_DECLS

/* A row of the list of conversations. Property "conversation" (SondeConversation, nullable). */
#define SONDE_TYPE_CONVERSATION_ROW (sonde_conversation_row_get_type ())
G_DECLARE_FINAL_TYPE (SondeConversationRow, sonde_conversation_row, SONDE, CONVERSATION_ROW, GtkBox)

G_END_DECLS
