/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SONDE_TYPE_TURN_COLUMN (sonde_turn_column_get_type ())
G_DECLARE_FINAL_TYPE (SondeTurnColumn, sonde_turn_column, SONDE, TURN_COLUMN, GtkWidget)

GtkWidget *sonde_turn_column_new (void);
guint sonde_turn_column_get_n_turns (SondeTurnColumn *self);
GtkWidget *sonde_turn_column_get_turn (SondeTurnColumn *self, guint position);
void sonde_turn_column_insert (SondeTurnColumn *self, guint position, GtkWidget *turn);
void sonde_turn_column_remove (SondeTurnColumn *self, guint position, guint n_turns);
void sonde_turn_column_follow (SondeTurnColumn *self);
gboolean sonde_turn_column_get_following (SondeTurnColumn *self);
void sonde_turn_column_hold (SondeTurnColumn *self, GtkWidget *widget);
void sonde_turn_column_hold_at (SondeTurnColumn *self, GtkWidget *widget, double y);
GtkWidget *sonde_turn_column_get_first_visible (SondeTurnColumn *self, double *y);

G_END_DECLS
