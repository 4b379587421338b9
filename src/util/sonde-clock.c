/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-clock.h"

/**
 * SondeClock:
 *
 * The time of day and a stop-watch, so that a test can hold both.
 */
struct _SondeClock {
  GObject parent_instance;

  gboolean manual;
  gint64 real_time;
  gint64 monotonic_time;
};

G_DEFINE_FINAL_TYPE (SondeClock, sonde_clock, G_TYPE_OBJECT)

static void
sonde_clock_class_init (SondeClockClass *klass)
{
}

static void
sonde_clock_init (SondeClock *self)
{
}

/**
 * sonde_clock_new:
 *
 * Returns: (transfer full): a clock that shows the system's time
 */
SondeClock *
sonde_clock_new (void)
{
  return g_object_new (SONDE_TYPE_CLOCK, NULL);
}

/**
 * sonde_clock_new_manual:
 * @real_time: the time of day to start at, in microseconds since 1970-01-01 UTC
 *
 * Returns: (transfer full): a clock that stands still until [method@Clock.advance]
 */
SondeClock *
sonde_clock_new_manual (gint64 real_time)
{
  SondeClock *self = g_object_new (SONDE_TYPE_CLOCK, NULL);

  self->manual = TRUE;
  self->real_time = real_time;
  self->monotonic_time = 1;

  return self;
}

/**
 * sonde_clock_get_real_time:
 * @self: a clock
 *
 * Returns: microseconds since 1970-01-01 UTC
 */
gint64
sonde_clock_get_real_time (SondeClock *self)
{
  g_return_val_if_fail (SONDE_IS_CLOCK (self), 0);

  return self->manual ? self->real_time : g_get_real_time ();
}

/**
 * sonde_clock_get_monotonic_time:
 * @self: a clock
 *
 * Returns: microseconds since an arbitrary point; never goes back
 */
gint64
sonde_clock_get_monotonic_time (SondeClock *self)
{
  g_return_val_if_fail (SONDE_IS_CLOCK (self), 0);

  return self->manual ? self->monotonic_time : g_get_monotonic_time ();
}

/**
 * sonde_clock_advance:
 * @self: a manual clock
 * @microseconds: how far both times move on
 */
void
sonde_clock_advance (SondeClock *self, gint64 microseconds)
{
  g_return_if_fail (SONDE_IS_CLOCK (self));
  g_return_if_fail (self->manual);
  g_return_if_fail (microseconds >= 0);

  self->real_time += microseconds;
  self->monotonic_time += microseconds;
}
