/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-document.h"
#include "sonde-message.h"

G_BEGIN_DECLS

#define SONDE_TYPE_REASONING (sonde_reasoning_get_type ())
G_DECLARE_FINAL_TYPE (SondeReasoning, sonde_reasoning, SONDE, REASONING, GtkWidget)

GtkWidget *sonde_reasoning_new (void);
void sonde_reasoning_update (SondeReasoning *self, SondeMessage *message, gsize changed_from);
gboolean sonde_reasoning_get_expanded (SondeReasoning *self);
SondeDocument *sonde_reasoning_get_document (SondeReasoning *self);
void sonde_reasoning_set_expanded (SondeReasoning *self, gboolean expanded);

G_END_DECLS
