/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-price.h"

#define DAYS_TO_THURSDAY 3 /* 1970 began on one; weeks begin on Monday here */

/* The peak hours of Beijing, in UTC: both are on one and the same day in both places. */
static const struct {
  int begin;
  int end;
} peak_hours[] = { { 1, 4 }, { 6, 10 } };

static gint64
floor_divide (gint64 dividend, gint64 divisor)
{
  gint64 quotient = dividend / divisor;

  return dividend % divisor < 0 ? quotient - 1 : quotient;
}

static gboolean
is_peak (SondePeak peak, gint64 time)
{
  const gint64 hours = floor_divide (time, G_TIME_SPAN_HOUR);
  const gint64 days = floor_divide (hours, 24);
  const gint64 hour = hours - days * 24;
  const gint64 week_day = days + DAYS_TO_THURSDAY - floor_divide (days + DAYS_TO_THURSDAY, 7) * 7;

  if (peak == SONDE_PEAK_NONE || (peak == SONDE_PEAK_WEEKDAYS && week_day >= 5))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (peak_hours); i++)
    if (hour >= peak_hours[i].begin && hour < peak_hours[i].end)
      return TRUE;

  return FALSE;
}

/**
 * sonde_price_is_valid_at:
 * @self: a price
 * @time: microseconds since 1970 in UTC
 *
 * Returns: whether it was the price at @time
 */
gboolean
sonde_price_is_valid_at (const SondePrice *self, gint64 time)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return time >= self->since && time < self->until;
}

/**
 * sonde_price_get_rates:
 * @self: a price
 * @time: microseconds since 1970 in UTC
 *
 * Returns: (transfer none): the rates of that hour
 */
const SondeRates *
sonde_price_get_rates (const SondePrice *self, gint64 time)
{
  g_return_val_if_fail (self != NULL, NULL);

  return is_peak (self->peak, time) ? &self->high : &self->low;
}

/**
 * sonde_price_is_peak:
 * @self: a price
 * @time: microseconds since 1970 in UTC
 *
 * Returns: whether the high rates hold then
 */
gboolean
sonde_price_is_peak (const SondePrice *self, gint64 time)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return is_peak (self->peak, time);
}

/**
 * sonde_price_find_change:
 * @self: a price
 * @time: microseconds since 1970 in UTC
 *
 * Returns: when other rates hold after @time: the next full hour at which the peak begins or
 *   ends, or the end of the price; %G_MAXINT64 where nothing is going to change
 */
gint64
sonde_price_find_change (const SondePrice *self, gint64 time)
{
  const gint64 first = (floor_divide (time, G_TIME_SPAN_HOUR) + 1) * G_TIME_SPAN_HOUR;
  gboolean peak;

  g_return_val_if_fail (self != NULL, G_MAXINT64);

  peak = is_peak (self->peak, time);
  for (gint64 change = first; change < first + 7 * G_TIME_SPAN_DAY; change += G_TIME_SPAN_HOUR)
    if (is_peak (self->peak, change) != peak)
      return MIN (change, self->until);

  return self->until;
}
