/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which failed requests are worth sending again, and when (contract.md section 7.2). */

#include "sonde-retry.h"

#include "sonde-api-error.h"

#define MIN_DELAY       500   /* ms */
#define MAX_DELAY       30000 /* ms */
#define MAX_RETRY_AFTER 120   /* s */

/**
 * sonde_retry_applies:
 * @error: why a request failed, of any domain
 *
 * It applies only before the first reasoning, content or tool call: after that the
 * answer would be paid and shown twice. That is for the caller to know, since the
 * error does not tell. A stall is the person's to decide about.
 *
 * Returns: whether the same request can go through on another try
 */
gboolean
sonde_retry_applies (const GError *error)
{
  guint status;

  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain != SONDE_API_ERROR)
    return FALSE;

  status = sonde_api_error_get_http_status (error);
  if (status != 0)
    return status == 408 || status == 429 ||
           (status >= 500 && status <= 599 && status != 501 && status != 505);

  return error->code == SONDE_FAILURE_NETWORK || error->code == SONDE_FAILURE_CUT ||
         error->code == SONDE_FAILURE_EMPTY;
}

/**
 * sonde_retry_get_delay:
 * @attempt: which try again this is, from 1
 * @error: why the try before it failed
 * @random: where the jitter comes from
 *
 * Exponential backoff with full jitter, so that many clients that were refused at once
 * do not come back at once: anything from half a second to 2, 4, 8, 16 and 30 seconds.
 * It is never earlier than the service asks for; where it asks for more than two
 * minutes the person decides.
 *
 * Returns: how many milliseconds to wait, or -1: not again
 */
gint64
sonde_retry_get_delay (guint attempt, const GError *error, GRand *random)
{
  gint64 retry_after;
  int limit;
  int delay;

  g_return_val_if_fail (attempt > 0, -1);
  g_return_val_if_fail (error != NULL, -1);
  g_return_val_if_fail (random != NULL, -1);

  if (attempt > SONDE_RETRY_MAX || !sonde_retry_applies (error))
    return -1;
  retry_after = sonde_api_error_get_retry_after (error);
  if (retry_after > MAX_RETRY_AFTER)
    return -1;

  limit = MIN (1000 << attempt, MAX_DELAY);
  delay = g_rand_int_range (random, MIN_DELAY, limit + 1);

  return MAX (retry_after * 1000, delay);
}
