/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-clock.h"

static void
test_system (void)
{
  SondeClock *clock = sonde_clock_new ();
  gint64 before = g_get_real_time ();

  g_assert_cmpint (sonde_clock_get_real_time (clock), >=, before);
  g_assert_cmpint (sonde_clock_get_monotonic_time (clock), <=, g_get_monotonic_time ());
  g_assert_finalize_object (clock);
}

static void
test_manual (void)
{
  SondeClock *clock = sonde_clock_new_manual (1000);
  gint64 start = sonde_clock_get_monotonic_time (clock);

  g_assert_cmpint (sonde_clock_get_real_time (clock), ==, 1000);
  sonde_clock_advance (clock, 250);
  g_assert_cmpint (sonde_clock_get_real_time (clock), ==, 1250);
  g_assert_cmpint (sonde_clock_get_monotonic_time (clock), ==, start + 250);
  g_assert_finalize_object (clock);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/system", test_system);
  g_test_add_func ("/clock/manual", test_manual);

  return g_test_run ();
}
