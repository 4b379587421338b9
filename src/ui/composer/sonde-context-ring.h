/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A ring that is closed as far as something is full; a picture alone. */
#define SONDE_TYPE_CONTEXT_RING (sonde_context_ring_get_type ())
G_DECLARE_FINAL_TYPE (SondeContextRing, sonde_context_ring, SONDE, CONTEXT_RING, GtkWidget)

GtkWidget *sonde_context_ring_new (void);
void sonde_context_ring_set_fraction (SondeContextRing *self, double fraction);

G_END_DECLS
