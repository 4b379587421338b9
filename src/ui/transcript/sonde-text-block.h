/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-markdown-block.h"

G_BEGIN_DECLS

#define SONDE_TYPE_TEXT_BLOCK (sonde_text_block_get_type ())
G_DECLARE_FINAL_TYPE (SondeTextBlock, sonde_text_block, SONDE, TEXT_BLOCK, GtkWidget)

GtkWidget *sonde_text_block_new (GtkAccessibleRole role);
GtkLabel *sonde_text_block_get_label (SondeTextBlock *self);
void sonde_text_block_set_text (SondeTextBlock *self, const SondeMarkdownText *text);
void sonde_text_block_set_plain (SondeTextBlock *self, const char *text, gsize length);

G_END_DECLS
