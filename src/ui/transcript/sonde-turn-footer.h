/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-message.h"

G_BEGIN_DECLS

#define SONDE_TYPE_TURN_FOOTER (sonde_turn_footer_get_type ())
G_DECLARE_FINAL_TYPE (SondeTurnFooter, sonde_turn_footer, SONDE, TURN_FOOTER, GtkWidget)

GtkWidget *sonde_turn_footer_new (void);
void sonde_turn_footer_update (SondeTurnFooter *self, SondeMessage *message, gboolean can_retry);

G_END_DECLS
