/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SONDE_TYPE_SIDEWAYS (sonde_sideways_get_type ())

G_DECLARE_FINAL_TYPE (SondeSideways, sonde_sideways, SONDE, SIDEWAYS, GObject)

SondeSideways *sonde_sideways_new (void);
GtkAdjustment *sonde_sideways_get_adjustment (SondeSideways *self);
int sonde_sideways_widen (SondeSideways *self, int width, double em);
void sonde_sideways_reset (SondeSideways *self);

G_END_DECLS
