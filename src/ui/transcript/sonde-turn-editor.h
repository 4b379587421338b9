/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SONDE_TYPE_TURN_EDITOR (sonde_turn_editor_get_type ())
G_DECLARE_FINAL_TYPE (SondeTurnEditor, sonde_turn_editor, SONDE, TURN_EDITOR, GtkWidget)

GtkWidget *sonde_turn_editor_new (const char *text, gboolean enter_sends);
GtkWidget *sonde_turn_editor_new_for_answer (const char *text, gboolean enter_sends);

G_END_DECLS
