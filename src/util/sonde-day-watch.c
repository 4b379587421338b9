/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-day-watch.h"

/* A sleeping machine does not count, and clocks and time zones are changed. */
#define LONGEST_WAIT (10 * G_TIME_SPAN_MINUTE)

/**
 * SondeDayWatch:
 *
 * Says when a day of the calendar ends, in the time zone of the person.
 */
struct _SondeDayWatch {
  GObject parent_instance;

  SondeClock *clock;
  GDateTime *now; /* when it was looked at last */
  guint source;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeDayWatch, sonde_day_watch, G_TYPE_OBJECT)

static GDateTime *
read_clock (SondeDayWatch *self)
{
  return g_date_time_new_from_unix_local_usec (sonde_clock_get_real_time (self->clock));
}

static gboolean
timeout_cb (gpointer user_data)
{
  SondeDayWatch *self = user_data;

  self->source = 0;
  sonde_day_watch_check (self);

  return G_SOURCE_REMOVE;
}

static void
schedule (SondeDayWatch *self)
{
  g_autoptr (GDateTime) today =
    g_date_time_new_local (g_date_time_get_year (self->now), g_date_time_get_month (self->now),
                           g_date_time_get_day_of_month (self->now), 0, 0, 0);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (today, 1);
  const GTimeSpan wait =
    CLAMP (g_date_time_difference (tomorrow, self->now), 0, (GTimeSpan) LONGEST_WAIT);

  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add ((guint) (wait / G_TIME_SPAN_MILLISECOND) + 1, timeout_cb, self);
}

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b) &&
         g_date_time_get_year (a) == g_date_time_get_year (b);
}

static void
sonde_day_watch_finalize (GObject *object)
{
  SondeDayWatch *self = SONDE_DAY_WATCH (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->now, g_date_time_unref);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (sonde_day_watch_parent_class)->finalize (object);
}

static void
sonde_day_watch_class_init (SondeDayWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_day_watch_finalize;

  /**
   * SondeDayWatch::changed:
   * @self: the watch
   * @now: the present
   *
   * @now is of another day than before.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DATE_TIME);
}

static void
sonde_day_watch_init (SondeDayWatch *self)
{
}

/**
 * sonde_day_watch_new:
 * @clock: the time
 *
 * Returns: (transfer full): a watch that is running
 */
SondeDayWatch *
sonde_day_watch_new (SondeClock *clock)
{
  SondeDayWatch *self = g_object_new (SONDE_TYPE_DAY_WATCH, NULL);

  self->clock = g_object_ref (clock);
  self->now = read_clock (self);
  schedule (self);

  return self;
}

/**
 * sonde_day_watch_get_now:
 * @self: a watch
 *
 * Returns: (transfer none): a moment of the present day
 */
GDateTime *
sonde_day_watch_get_now (SondeDayWatch *self)
{
  g_return_val_if_fail (SONDE_IS_DAY_WATCH (self), NULL);

  return self->now;
}

/**
 * sonde_day_watch_check:
 * @self: a watch
 *
 * Looks at the clock at once, as when a machine may have woken up.
 */
void
sonde_day_watch_check (SondeDayWatch *self)
{
  g_autoptr (GDateTime) before = NULL;

  g_return_if_fail (SONDE_IS_DAY_WATCH (self));

  before = g_steal_pointer (&self->now);
  self->now = read_clock (self);
  schedule (self);
  if (!is_same_day (before, self->now))
    g_signal_emit (self, signals[CHANGED], 0, self->now);
}
