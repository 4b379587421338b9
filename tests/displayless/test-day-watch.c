/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-day-watch.h"

#include "sonde-test.h"

#define MIDNIGHT (G_GINT64_CONSTANT (1795824000) * G_USEC_PER_SEC) /* 2026-11-28, UTC */

static void
changed_cb (SondeDayWatch *watch, GDateTime *now, gpointer user_data)
{
  g_assert_true (now == sonde_day_watch_get_now (watch));
  (*(guint *) user_data)++;
}

/* By itself, a moment after the day is over. */
static void
test_midnight (void)
{
  g_autoptr (SondeClock) clock = sonde_clock_new_manual (MIDNIGHT - 20 * G_TIME_SPAN_MILLISECOND);
  SondeDayWatch *watch = sonde_day_watch_new (clock);
  guint n = 0;

  g_signal_connect (watch, "changed", G_CALLBACK (changed_cb), &n);
  g_assert_cmpint (g_date_time_get_day_of_month (sonde_day_watch_get_now (watch)), ==, 27);
  sonde_clock_advance (clock, 20 * G_TIME_SPAN_MILLISECOND);
  sonde_test_wait (n > 0);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (g_date_time_get_day_of_month (sonde_day_watch_get_now (watch)), ==, 28);
  g_assert_finalize_object (watch);
}

/* Where it is asked to look: the machine was asleep. */
static void
test_check (void)
{
  g_autoptr (SondeClock) clock = sonde_clock_new_manual (MIDNIGHT);
  SondeDayWatch *watch = sonde_day_watch_new (clock);
  guint n = 0;

  g_signal_connect (watch, "changed", G_CALLBACK (changed_cb), &n);
  sonde_clock_advance (clock, G_TIME_SPAN_DAY - 1);
  sonde_day_watch_check (watch);
  g_assert_cmpuint (n, ==, 0);
  sonde_clock_advance (clock, 1);
  sonde_day_watch_check (watch);
  g_assert_cmpuint (n, ==, 1);
  /* The same day of another year. */
  sonde_clock_advance (clock, 365 * G_TIME_SPAN_DAY);
  sonde_day_watch_check (watch);
  g_assert_cmpuint (n, ==, 2);
  g_assert_finalize_object (watch);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day-watch/midnight", test_midnight);
  g_test_add_func ("/day-watch/check", test_check);

  return g_test_run ();
}
