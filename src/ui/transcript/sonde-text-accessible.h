/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-markdown-block.h"

G_BEGIN_DECLS

GBytes *sonde_text_accessible_get_contents (const char *text, guint start, guint end);
GBytes *sonde_text_accessible_get_contents_at (PangoLayout *layout,
                                               const char *text,
                                               guint offset,
                                               GtkAccessibleTextGranularity granularity,
                                               guint *start,
                                               guint *end);
gboolean sonde_text_accessible_get_attributes (const SondeMarkdownText *text,
                                               guint offset,
                                               gsize *n_ranges,
                                               GtkAccessibleTextRange **ranges,
                                               char ***names,
                                               char ***values);
void
sonde_text_accessible_get_default_attributes (GtkWidget *widget, char ***names, char ***values);
void sonde_text_accessible_find_word (PangoLayout *layout,
                                      const char *text,
                                      guint offset,
                                      guint *start,
                                      guint *end);

G_END_DECLS
