/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-conversation-list.h"

G_BEGIN_DECLS

/* What of a SondeConversationList is selected. Properties: "open" (SondeConversation,
 * nullable), "multiple" (boolean), "n-selected" (unsigned, read only, where it is multiple). */
#define SONDE_TYPE_LIST_SELECTION (sonde_list_selection_get_type ())
G_DECLARE_FINAL_TYPE (SondeListSelection, sonde_list_selection, SONDE, LIST_SELECTION, GObject)

SondeListSelection *sonde_list_selection_new (SondeConversationList *list);

SondeConversation *sonde_list_selection_get_open (SondeListSelection *self);
void sonde_list_selection_set_open (SondeListSelection *self, SondeConversation *conversation);
gboolean sonde_list_selection_get_multiple (SondeListSelection *self);
void sonde_list_selection_set_multiple (SondeListSelection *self, gboolean multiple);
void sonde_list_selection_toggle (SondeListSelection *self, SondeConversation *conversation);
GPtrArray *sonde_list_selection_dup_selected (SondeListSelection *self);

G_END_DECLS
