/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean sonde_link_is_safe (const char *target);
char *sonde_link_dup_host (const char *target);
gboolean sonde_link_is_honest (const char *text, const char *target);
char *sonde_link_dup_shown (const char *target);
void sonde_link_open (GtkWidget *widget, const char *text, const char *target);

G_END_DECLS
