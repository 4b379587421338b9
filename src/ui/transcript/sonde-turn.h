/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-document.h"
#include "sonde-message.h"

G_BEGIN_DECLS

#define SONDE_TYPE_TURN (sonde_turn_get_type ())
G_DECLARE_FINAL_TYPE (SondeTurn, sonde_turn, SONDE, TURN, GtkWidget)

GtkWidget *sonde_turn_new (SondeMessage *message);
SondeMessage *sonde_turn_get_message (SondeTurn *self);
SondeDocument *sonde_turn_get_document (SondeTurn *self, SondeTextKind kind);
gboolean sonde_turn_get_expanded (SondeTurn *self);
void sonde_turn_set_expanded (SondeTurn *self, gboolean expanded);
gboolean sonde_turn_get_editing (SondeTurn *self);
gboolean sonde_turn_get_probabilities (SondeTurn *self);
void sonde_turn_set_probabilities (SondeTurn *self, gboolean probabilities);
void sonde_turn_edit (SondeTurn *self, gboolean enter_sends);
void sonde_turn_set_position (SondeTurn *self, guint position, guint n_turns);
void sonde_turn_set_model_name (SondeTurn *self, const char *name);
void sonde_turn_set_last (SondeTurn *self, gboolean last);

G_END_DECLS
