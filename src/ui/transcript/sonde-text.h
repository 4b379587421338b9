/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-markdown-block.h"

G_BEGIN_DECLS

double sonde_text_em (GtkWidget *widget);
GtkTextDirection sonde_text_find_direction (const SondeMarkdownText *text);
void sonde_text_add_foreground (PangoAttrList *attributes,
                                const GdkRGBA *colour,
                                guint start,
                                guint end);
char *sonde_text_make_visible (const char *text, gsize length, PangoAttrList *attributes);
void sonde_text_add_styles (PangoAttrList *attributes, const SondeMarkdownText *text);

G_END_DECLS
