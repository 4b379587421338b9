/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-message.h"

G_BEGIN_DECLS

GtkWidget *sonde_usage_view_new (SondeMessage *message);
char *sonde_usage_view_format_cost (SondeMessage *message);

G_END_DECLS
