/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-price.h"
#include "sonde-usage.h"

G_BEGIN_DECLS

/* Amounts are whole numbers of a millionth of a millionth of the currency: a token at a rate
 * with up to six digits behind the point costs a whole number of them, and nothing is ever
 * rounded but for showing it. */
#define SONDE_COST_UNIT G_GINT64_CONSTANT (1000000000000)

gint64 sonde_cost_of_tokens (gint64 tokens, double rate);
gboolean sonde_cost_compute (const SondeUsage *usage, const SondeRates *rates, gint64 *cost);
gint64 sonde_cost_parse (const char *text);
char *sonde_cost_to_string (gint64 cost, int digits);
char *sonde_cost_localize (const char *text);
char *sonde_cost_format (gint64 cost, const char *currency);

G_END_DECLS
