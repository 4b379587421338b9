/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-retry.h"

#include <gio/gio.h>

#include "sonde-api-error.h"

static const struct {
  SondeFailureKind kind;
  guint status;
  gboolean applies;
} failures[] = {
  { SONDE_FAILURE_NO_KEY, 401, FALSE },
  { SONDE_FAILURE_UNAUTHORIZED, 403, FALSE },
  { SONDE_FAILURE_BALANCE, 402, FALSE },
  { SONDE_FAILURE_INVALID_REQUEST, 400, FALSE },
  { SONDE_FAILURE_INVALID_REQUEST, 422, FALSE },
  { SONDE_FAILURE_INVALID_REQUEST, 0, FALSE },
  { SONDE_FAILURE_ENDPOINT, 404, FALSE },
  { SONDE_FAILURE_TOO_LARGE, 413, FALSE },
  { SONDE_FAILURE_NETWORK, 407, FALSE },
  { SONDE_FAILURE_SERVER, 408, TRUE },
  { SONDE_FAILURE_RATE_LIMIT, 429, TRUE },
  { SONDE_FAILURE_SERVER, 500, TRUE },
  { SONDE_FAILURE_SERVER, 501, FALSE },
  { SONDE_FAILURE_SERVER, 502, TRUE },
  { SONDE_FAILURE_OVERLOADED, 503, TRUE },
  { SONDE_FAILURE_SERVER, 504, TRUE },
  { SONDE_FAILURE_SERVER, 505, FALSE },
  { SONDE_FAILURE_SERVER, 599, TRUE },
  { SONDE_FAILURE_SERVER, 600, FALSE },
  { SONDE_FAILURE_NETWORK, 0, TRUE },
  { SONDE_FAILURE_CUT, 0, TRUE },
  { SONDE_FAILURE_EMPTY, 0, TRUE },
  { SONDE_FAILURE_STALLED, 0, FALSE },
  { SONDE_FAILURE_PROTOCOL, 0, FALSE },
  { SONDE_FAILURE_STREAM, 0, FALSE },
};

static void
test_applies (void)
{
  g_autoptr (GError) cancelled = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++) {
    g_autoptr (GError) error =
      sonde_api_error_new (failures[i].kind, failures[i].status, NULL, -1, NULL);

    g_test_message ("kind %d, status %u", failures[i].kind, failures[i].status);
    g_assert_true (sonde_retry_applies (error) == failures[i].applies);
    g_assert_true ((sonde_retry_get_delay (1, error, random) >= 0) == failures[i].applies);
  }
  g_assert_false (sonde_retry_applies (cancelled));
}

/* The whole window is used, and nothing outside it. */
static void
test_backoff (void)
{
  static const gint64 limits[] = { 2000, 4000, 8000, 16000, 30000 };
  g_autoptr (GError) error = sonde_api_error_new (SONDE_FAILURE_NETWORK, 0, NULL, -1, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint attempt = 1; attempt <= G_N_ELEMENTS (limits); attempt++) {
    gint64 limit = limits[attempt - 1];
    gint64 least = G_MAXINT64;
    gint64 most = 0;

    for (guint i = 0; i < 1000; i++) {
      gint64 delay = sonde_retry_get_delay (attempt, error, random);

      least = MIN (least, delay);
      most = MAX (most, delay);
    }
    g_assert_cmpint (least, >=, 500);
    g_assert_cmpint (least, <, 500 + limit / 20);
    g_assert_cmpint (most, <=, limit);
    g_assert_cmpint (most, >, limit - limit / 20);
  }
  g_assert_cmpint (sonde_retry_get_delay (6, error, random), ==, -1);
  g_assert_cmpint (sonde_retry_get_delay (G_MAXUINT, error, random), ==, -1);
}

static void
test_retry_after (void)
{
  static const struct {
    gint64 retry_after;
    gint64 least;
    gint64 most;
  } waits[] = {
    { 0, 500, 2000 },        { 1, 1000, 2000 }, { 17, 17000, 17000 },
    { 120, 120000, 120000 }, { 121, -1, -1 },   { G_MAXINT64, -1, -1 },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++) {
    g_autoptr (GError) error =
      sonde_api_error_new (SONDE_FAILURE_RATE_LIMIT, 429, NULL, waits[i].retry_after, NULL);

    for (guint j = 0; j < 100; j++) {
      gint64 delay = sonde_retry_get_delay (1, error, random);

      g_assert_cmpint (delay, >=, waits[i].least);
      g_assert_cmpint (delay, <=, waits[i].most);
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/retry/applies", test_applies);
  g_test_add_func ("/retry/backoff", test_backoff);
  g_test_add_func ("/retry/retry-after", test_retry_after);

  return g_test_run ();
}
