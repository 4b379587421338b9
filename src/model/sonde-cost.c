/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-cost.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#define DIGITS 12 /* behind the point of an amount */

/* How small an amount is shown with how many digits: the first that is not 0, and one more. */
#define SMALL_DIGITS 2
#define MAX_DIGITS   6

/**
 * sonde_cost_of_tokens:
 * @tokens: how many, or less than 0 where it is not known
 * @rate: what a million of them cost; six digits behind the point count
 *
 * Returns: what they cost
 */
gint64
sonde_cost_of_tokens (gint64 tokens, double rate)
{
  return MAX (0, tokens) * llround (rate * 1e6);
}

/**
 * sonde_cost_compute:
 * @usage: what an answer used
 * @rates: the rates of its hour
 * @cost: (out): what it cost
 *
 * The tokens of the prompt that the cache had and had not, and those of the answer, in which
 * the reasoning is counted already (contract.md section 6). What a server does not say of the
 * cache was not in it.
 *
 * Returns: whether enough is known
 */
gboolean
sonde_cost_compute (const SondeUsage *usage, const SondeRates *rates, gint64 *cost)
{
  gint64 hit = MAX (0, usage->cache_hit_tokens);
  gint64 miss = usage->cache_miss_tokens;

  if (miss < 0)
    miss = MAX (0, usage->prompt_tokens - hit);
  if (usage->completion_tokens < 0 || (usage->prompt_tokens < 0 && usage->cache_miss_tokens < 0))
    return FALSE;

  *cost = sonde_cost_of_tokens (hit, rates->hit) + sonde_cost_of_tokens (miss, rates->miss) +
          sonde_cost_of_tokens (usage->completion_tokens, rates->output);

  return TRUE;
}

/**
 * sonde_cost_parse:
 * @text: an amount like `110.00`, as services write it
 *
 * Returns: the amount, or -1 where @text is none
 */
gint64
sonde_cost_parse (const char *text)
{
  gint64 cost = 0;
  int digits = -1; /* behind the point */
  gboolean any = FALSE;

  for (; *text != '\0'; text++) {
    if (*text == '.' && digits < 0) {
      digits = 0;
    } else if (g_ascii_isdigit (*text) && digits < DIGITS) {
      if (cost > (G_MAXINT64 - 9) / 10)
        return -1;
      cost = cost * 10 + (*text - '0');
      any = TRUE;
      if (digits >= 0)
        digits++;
    } else {
      return -1;
    }
  }
  for (digits = MAX (0, digits); digits < DIGITS; digits++) {
    if (cost > G_MAXINT64 / 10)
      return -1;
    cost *= 10;
  }

  return any ? cost : -1;
}

/**
 * sonde_cost_to_string:
 * @cost: an amount
 * @digits: how many digits behind the point, up to 12; -1 for as many as it has
 *
 * Returns: (transfer full): the amount with a point, rounded half up
 */
char *
sonde_cost_to_string (gint64 cost, int digits)
{
  const char *sign = cost < 0 ? "-" : "";
  guint64 amount = cost < 0 ? (guint64) - (cost + 1) + 1 : (guint64) cost;
  guint64 unit = 1;
  g_autofree char *text = NULL;

  if (digits >= 0) {
    for (int i = digits; i < DIGITS; i++)
      unit *= 10;
    amount = (amount + unit / 2) / unit * unit;
  }
  text = g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%012" G_GUINT64_FORMAT, sign,
                          amount / (guint64) SONDE_COST_UNIT, amount % (guint64) SONDE_COST_UNIT);
  if (digits >= 0) {
    text[strlen (text) - (gsize) (DIGITS - digits)] = '\0';
  } else {
    while (g_str_has_suffix (text, "0"))
      text[strlen (text) - 1] = '\0';
  }
  if (g_str_has_suffix (text, "."))
    text[strlen (text) - 1] = '\0';

  return g_steal_pointer (&text);
}

/**
 * sonde_cost_localize:
 * @text: an amount with a point
 *
 * Returns: (transfer full): the amount as the locale writes it
 */
char *
sonde_cost_localize (const char *text)
{
  const char *point = localeconv ()->decimal_point;
  g_auto (GStrv) parts = g_strsplit (text, ".", 2);

  return g_strjoinv (*point != '\0' ? point : ".", parts);
}

/**
 * sonde_cost_format:
 * @cost: an amount
 * @currency: its currency
 *
 * Returns: (transfer full): the amount for people, with its sign where the locale puts it: cents,
 *   or where it is less, as many digits as say something
 */
char *
sonde_cost_format (gint64 cost, const char *currency)
{
  const char *symbol = g_strcmp0 (currency, "USD") == 0   ? "$"
                       : g_strcmp0 (currency, "CNY") == 0 ? "¥"
                                                          : NULL;
  g_autofree char *plain = NULL;
  g_autofree char *text = NULL;
  gint64 least = SONDE_COST_UNIT / 10;
  int digits = SMALL_DIGITS;

  for (; digits < MAX_DIGITS && cost != 0 && ABS (cost) < least; digits++)
    least /= 10;
  plain = sonde_cost_to_string (cost, digits);
  text = sonde_cost_localize (plain);

  if (symbol != NULL && localeconv ()->p_cs_precedes != 0)
    return g_strconcat (symbol, text, NULL);

  return g_strconcat (text, "\u00a0", symbol != NULL ? symbol : currency, NULL);
}
