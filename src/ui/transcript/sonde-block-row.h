/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-markdown-block.h"
#include "sonde-transcript-position.h"

G_BEGIN_DECLS

#define SONDE_TYPE_BLOCK_ROW (sonde_block_row_get_type ())
G_DECLARE_FINAL_TYPE (SondeBlockRow, sonde_block_row, SONDE, BLOCK_ROW, GtkWidget)

double sonde_block_row_find_gap (const SondeMarkdownBlock *block, const SondeMarkdownBlock *before);
GtkWidget *sonde_block_row_new (const SondeMarkdownBlock *block, const SondeMarkdownBlock *before);
gboolean sonde_block_row_set_block (SondeBlockRow *self,
                                    const SondeMarkdownBlock *block,
                                    const SondeMarkdownBlock *before);
void sonde_block_row_set_place (SondeBlockRow *self, const SondeTranscriptPosition *place);
const SondeMarkdownBlock *sonde_block_row_get_block (SondeBlockRow *self);
GtkWidget *sonde_block_row_get_content (SondeBlockRow *self);

G_END_DECLS
