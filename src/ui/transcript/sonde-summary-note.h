/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-message.h"

G_BEGIN_DECLS

#define SONDE_TYPE_SUMMARY_NOTE (sonde_summary_note_get_type ())
G_DECLARE_FINAL_TYPE (SondeSummaryNote, sonde_summary_note, SONDE, SUMMARY_NOTE, GtkWidget)

GtkWidget *sonde_summary_note_new_for_message (SondeMessage *message);

G_END_DECLS
