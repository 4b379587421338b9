/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-clock.h"
#include "sonde-conversation-list.h"
#include "sonde-library.h"

G_BEGIN_DECLS

/* The list of conversations. Properties: "library" (SondeLibrary, nullable),
 * "conversation" (SondeConversation, nullable), the one that is open, and "list"
 * (SondeConversationList, read only). */
#define SONDE_TYPE_SIDEBAR (sonde_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (SondeSidebar, sonde_sidebar, SONDE, SIDEBAR, AdwBin)

SondeConversation *sonde_sidebar_get_conversation (SondeSidebar *self);
void sonde_sidebar_set_conversation (SondeSidebar *self, SondeConversation *conversation);
SondeConversationList *sonde_sidebar_get_list (SondeSidebar *self);
void sonde_sidebar_set_view (SondeSidebar *self, SondeListView view);
void sonde_sidebar_step (SondeSidebar *self, int step);
void sonde_sidebar_set_clock (SondeSidebar *self, SondeClock *clock);
void sonde_sidebar_update_dates (SondeSidebar *self);

G_END_DECLS
