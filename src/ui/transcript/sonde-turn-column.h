/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-message.h"

G_BEGIN_DECLS

/**
 * SondeTurnPlace:
 * @message_id: of the message
 * @kind: which of its texts
 * @block: the block of that text, or -1 for the turn as a whole
 * @y: how far below the upper edge its top is
 *
 * A place in a conversation, as it is seen.
 */
typedef struct {
  gint64 message_id;
  SondeTextKind kind;
  int block;
  double y;
} SondeTurnPlace;

#define SONDE_TYPE_TURN_COLUMN (sonde_turn_column_get_type ())
G_DECLARE_FINAL_TYPE (SondeTurnColumn, sonde_turn_column, SONDE, TURN_COLUMN, GtkWidget)

GtkWidget *sonde_turn_column_new (void);
void sonde_turn_column_set_messages (SondeTurnColumn *self, GListModel *messages);
guint sonde_turn_column_get_n_turns (SondeTurnColumn *self);
GtkWidget *sonde_turn_column_get_turn (SondeTurnColumn *self, guint position);
void sonde_turn_column_follow (SondeTurnColumn *self);
gboolean sonde_turn_column_get_following (SondeTurnColumn *self);
void sonde_turn_column_hold (SondeTurnColumn *self, GtkWidget *widget);
gboolean sonde_turn_column_get_place (SondeTurnColumn *self, SondeTurnPlace *place);
void sonde_turn_column_step (SondeTurnColumn *self, int step);
gboolean sonde_turn_column_go_to (SondeTurnColumn *self, const SondeTurnPlace *place);
void sonde_turn_column_set_compact (SondeTurnColumn *self, gboolean compact);
void sonde_turn_column_open_reasoning (SondeTurnColumn *self, gint64 message_id);

G_END_DECLS
