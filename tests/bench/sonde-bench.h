/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

double sonde_bench_get_cpu_time (void);
gboolean sonde_bench_report_as (const char *name,
                                double limit,
                                double *ratios,
                                guint n_runs,
                                gboolean within);
gboolean sonde_bench_report (const char *name, double limit, double *ratios, guint n_runs);

G_END_DECLS
