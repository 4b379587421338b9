/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-sideways.h"

G_BEGIN_DECLS

#define SONDE_TYPE_SIDE_SCROLLER (sonde_side_scroller_get_type ())
G_DECLARE_FINAL_TYPE (SondeSideScroller, sonde_side_scroller, SONDE, SIDE_SCROLLER, GtkWidget)

GtkWidget *sonde_side_scroller_new (GtkWidget *child, gboolean shrinks);
void sonde_side_scroller_set_piece (SondeSideScroller *self, SondeSideways *shared, gboolean last);
void sonde_side_scroller_reveal (SondeSideScroller *self,
                                 GtkWidget *widget,
                                 const graphene_rect_t *area);

G_END_DECLS
