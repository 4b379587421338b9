/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-library.h"

G_BEGIN_DECLS

/* What can be done with conversations from a menu, wherever it is: a group of actions
 * to insert as "conversation", and the menu that has them. */
GSimpleActionGroup *
sonde_conversation_actions_new (GtkWidget *widget, SondeLibrary *library, GPtrArray *conversations);
GMenuModel *
sonde_conversation_menu_new (SondeLibrary *library, GPtrArray *conversations, gboolean in_list);
GMenuModel *sonde_folder_choice_new (SondeLibrary *library, gboolean with_none);

void sonde_conversations_trash (GtkWidget *widget, SondeLibrary *library, GPtrArray *conversations);
void sonde_conversations_archive (GtkWidget *widget, GPtrArray *conversations);
void sonde_conversations_delete_for_ever (GtkWidget *widget,
                                          SondeLibrary *library,
                                          GPtrArray *conversations);

void sonde_conversations_delete_all (GtkWidget *widget, SondeLibrary *library);

G_END_DECLS
