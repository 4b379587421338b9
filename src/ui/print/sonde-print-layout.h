/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

#include "sonde-message.h"

G_BEGIN_DECLS

#define SONDE_TYPE_PRINT_LAYOUT (sonde_print_layout_get_type ())
G_DECLARE_FINAL_TYPE (SondePrintLayout, sonde_print_layout, SONDE, PRINT_LAYOUT, GObject)

SondePrintLayout *sonde_print_layout_new (const char *title, gint64 created_at);
const char *sonde_print_layout_get_title (SondePrintLayout *self);
void
sonde_print_layout_add_message (SondePrintLayout *self, SondeMessage *message, const char *speaker);
gboolean sonde_print_layout_get_reasoning (SondePrintLayout *self);
void sonde_print_layout_set_reasoning (SondePrintLayout *self, gboolean reasoning);
gboolean sonde_print_layout_has_reasoning (SondePrintLayout *self);
void sonde_print_layout_begin (SondePrintLayout *self,
                               PangoContext *context,
                               double width,
                               double height);
gboolean sonde_print_layout_step (SondePrintLayout *self);
guint sonde_print_layout_get_n_pages (SondePrintLayout *self);
void sonde_print_layout_draw_page (SondePrintLayout *self, cairo_t *cr, guint page);

G_END_DECLS
