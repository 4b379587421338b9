/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-bench.h"

#include <stdlib.h>
#include <time.h>

static int
compare (const void *a, const void *b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/**
 * sonde_bench_get_cpu_time:
 *
 * Returns: the processor time of this thread in seconds, which other programs on the machine do
 *   not lengthen much
 */
double
sonde_bench_get_cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static double
find_median (double *ratios, guint n_runs)
{
  qsort (ratios, n_runs, sizeof *ratios, compare);

  return n_runs % 2 == 1 ? ratios[n_runs / 2] : (ratios[n_runs / 2 - 1] + ratios[n_runs / 2]) / 2;
}

/**
 * sonde_bench_report_as:
 * @name: the figure
 * @limit: the most that it may be
 * @ratios: (array length=n_runs): what each run measured; they are sorted
 * @n_runs: how many
 * @within: whether it is within what it may be, where @limit alone does not say it
 *
 * Prints the line of a figure; its value is the median.
 *
 * Returns: @within
 */
gboolean
sonde_bench_report_as (const char *name,
                       double limit,
                       double *ratios,
                       guint n_runs,
                       gboolean within)
{
  const double ratio = find_median (ratios, n_runs);

  g_print ("figure %s ratio=%.3f limit=%.2f runs=%u spread=%.3f..%.3f %s\n", name, ratio, limit,
           n_runs, ratios[0], ratios[n_runs - 1], within ? "ok" : "MISS");

  return within;
}

/**
 * sonde_bench_report:
 * @name: the figure
 * @limit: the most that it may be
 * @ratios: (array length=n_runs): what each run measured; they are sorted
 * @n_runs: how many
 *
 * Prints the line of a figure; its value is the median.
 *
 * Returns: whether it is within @limit
 */
gboolean
sonde_bench_report (const char *name, double limit, double *ratios, guint n_runs)
{
  return sonde_bench_report_as (name, limit, ratios, n_runs, find_median (ratios, n_runs) <= limit);
}
