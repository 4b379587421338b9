/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-library.h"
#include "sonde-list-selection.h"

G_BEGIN_DECLS

/* The list of conversations with its rows, menus, keys and dragging. Property "library"
 * (SondeLibrary, nullable). Signal "chosen": see SondeSidebar. */
#define SONDE_TYPE_LIST_PANE (sonde_list_pane_get_type ())
G_DECLARE_FINAL_TYPE (SondeListPane, sonde_list_pane, SONDE, LIST_PANE, AdwBin)

SondeConversationList *sonde_list_pane_get_list (SondeListPane *self);
SondeListSelection *sonde_list_pane_get_selection (SondeListPane *self);
void sonde_list_pane_scroll_to (SondeListPane *self, guint position, GtkListScrollFlags flags);
void sonde_list_pane_rename (SondeListPane *self, SondeConversation *conversation);

G_END_DECLS
