/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-clock.h"

G_BEGIN_DECLS

/* Signal "changed" (GDateTime: the present): another day has begun. */
#define SONDE_TYPE_DAY_WATCH (sonde_day_watch_get_type ())
G_DECLARE_FINAL_TYPE (SondeDayWatch, sonde_day_watch, SONDE, DAY_WATCH, GObject)

SondeDayWatch *sonde_day_watch_new (SondeClock *clock);
GDateTime *sonde_day_watch_get_now (SondeDayWatch *self);
void sonde_day_watch_check (SondeDayWatch *self);

G_END_DECLS
