/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SondePeak:
 * @SONDE_PEAK_NONE: every hour costs the same
 * @SONDE_PEAK_DAILY: 09:00 to 12:00 and 14:00 to 18:00 in Beijing cost more
 * @SONDE_PEAK_WEEKDAYS: so they do from Monday to Friday
 *
 * When the high rates hold (contract.md section 2.4). Chinese holidays are not known
 * here, so a cost is an estimate.
 */
typedef enum {
  SONDE_PEAK_NONE,
  SONDE_PEAK_DAILY,
  SONDE_PEAK_WEEKDAYS,
} SondePeak;

/**
 * SondeRates:
 * @hit: for a million tokens of the prompt that the service had in its cache
 * @miss: for a million other tokens of the prompt
 * @output: for a million tokens of the answer, reasoning included
 */
typedef struct {
  double hit;
  double miss;
  double output;
} SondeRates;

/**
 * SondePrice:
 * @currency: `USD` or `CNY`
 * @since: microseconds since 1970 in UTC at which it began
 * @until: at which it ended; %G_MAXINT64 where it has not
 * @peak: when the high rates hold
 * @low: the rates of the other hours
 * @high: the rates of the peak hours
 *
 * What the tokens of a model cost for a time.
 */
typedef struct {
  char currency[4];
  gint64 since;
  gint64 until;
  SondePeak peak;
  SondeRates low;
  SondeRates high;
} SondePrice;

gboolean sonde_price_is_valid_at (const SondePrice *self, gint64 time);
const SondeRates *sonde_price_get_rates (const SondePrice *self, gint64 time);
gboolean sonde_price_is_peak (const SondePrice *self, gint64 time);
gint64 sonde_price_find_change (const SondePrice *self, gint64 time);

G_END_DECLS
