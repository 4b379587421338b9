/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-turn.h"

G_BEGIN_DECLS

typedef struct _SondeTurnList SondeTurnList;

SondeTurnList *sonde_turn_list_new (GtkWidget *column);
void sonde_turn_list_free (SondeTurnList *self);

void sonde_turn_list_set_messages (SondeTurnList *self, GListModel *messages);
SondeMessage *sonde_turn_list_dup_message (SondeTurnList *self, guint position);
void sonde_turn_list_splice (SondeTurnList *self, guint position, guint n_removed, guint n_added);
gboolean sonde_turn_list_set_size (SondeTurnList *self, int width, double em, int space);

guint sonde_turn_list_get_n_items (SondeTurnList *self);
GtkWidget *sonde_turn_list_get_turn (SondeTurnList *self, guint position);
gboolean sonde_turn_list_find_turn (SondeTurnList *self, GtkWidget *widget, guint *position);
gboolean sonde_turn_list_get_shown (SondeTurnList *self, guint position);
int sonde_turn_list_get_height (SondeTurnList *self, guint position);
int sonde_turn_list_get_top (SondeTurnList *self, guint position);
guint sonde_turn_list_find (SondeTurnList *self, int y);

SondeTurn *sonde_turn_list_make (SondeTurnList *self, guint position);
gboolean sonde_turn_list_measure (SondeTurnList *self, guint position);
gboolean sonde_turn_list_measure_all (SondeTurnList *self);
void sonde_turn_list_get_made (SondeTurnList *self, guint *first, guint *end);
void sonde_turn_list_trim (SondeTurnList *self, guint first, guint end);
void sonde_turn_list_open_reasoning (SondeTurnList *self, gint64 message_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeTurnList, sonde_turn_list_free)

G_END_DECLS
