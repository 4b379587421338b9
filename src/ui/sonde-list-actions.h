/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The actions of the window that are about the list and what goes in and out of it. */
void sonde_list_actions_install (GtkWidgetClass *widget_class);

G_END_DECLS
