/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sonde_text_painter_paint_code (GtkWidget *widget,
                                    GtkSnapshot *snapshot,
                                    PangoLayout *layout,
                                    guint start,
                                    guint end);
void sonde_text_painter_paint_mark (GtkWidget *style,
                                    GtkSnapshot *snapshot,
                                    PangoLayout *layout,
                                    guint start,
                                    guint end,
                                    gboolean current);
void sonde_text_painter_paint_selection (GtkWidget *widget,
                                         GtkSnapshot *snapshot,
                                         PangoLayout *layout,
                                         guint start,
                                         guint end);
void sonde_text_painter_paint_caret (GtkWidget *widget,
                                     GtkSnapshot *snapshot,
                                     PangoLayout *layout,
                                     guint offset);
void
sonde_text_painter_find_area (PangoLayout *layout, guint start, guint end, graphene_rect_t *area);
void sonde_text_painter_find_caret (PangoLayout *layout, guint offset, graphene_rect_t *area);
int sonde_text_painter_get_line_x (PangoLayout *layout, int number);

G_END_DECLS
