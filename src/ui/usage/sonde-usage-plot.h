/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Bars side by side. Signal "current-changed": the keyboard or the pointer is at another one. */
#define SONDE_TYPE_USAGE_PLOT (sonde_usage_plot_get_type ())
G_DECLARE_FINAL_TYPE (SondeUsagePlot, sonde_usage_plot, SONDE, USAGE_PLOT, GtkWidget)

GtkWidget *sonde_usage_plot_new (void);
void sonde_usage_plot_set_bars (SondeUsagePlot *self,
                                const double *values,
                                const char *const *names,
                                guint n,
                                const char *top);
int sonde_usage_plot_get_current (SondeUsagePlot *self);

G_END_DECLS
