/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sonde_touch_watch (GtkWidget *window);
void sonde_touch_take_up (GtkWidget *window, GdkEventType type, GdkInputSource source);

G_END_DECLS
