/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-markdown-block.h"

G_BEGIN_DECLS

double sonde_text_em (GtkWidget *widget);
GtkTextDirection sonde_text_find_direction (const SondeMarkdownText *text);
gboolean sonde_text_is_safe_link (const char *target);
gboolean sonde_text_open_link (GtkWidget *widget, const char *target);
gboolean sonde_text_take_selection (GtkLabel *label, int *from, int *to);
void sonde_text_apply (GtkLabel *label, const SondeMarkdownText *text);

G_END_DECLS
