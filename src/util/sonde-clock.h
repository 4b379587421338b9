/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SONDE_TYPE_CLOCK (sonde_clock_get_type ())
G_DECLARE_FINAL_TYPE (SondeClock, sonde_clock, SONDE, CLOCK, GObject)

SondeClock *sonde_clock_new (void);
SondeClock *sonde_clock_new_manual (gint64 real_time);
gint64 sonde_clock_get_real_time (SondeClock *self);
gint64 sonde_clock_get_monotonic_time (SondeClock *self);
void sonde_clock_advance (SondeClock *self, gint64 microseconds);

G_END_DECLS
