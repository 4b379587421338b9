/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-markdown-block.h"
#include "sonde-transcript-position.h"

G_BEGIN_DECLS

#define SONDE_TYPE_TABLE_BLOCK (sonde_table_block_get_type ())
G_DECLARE_FINAL_TYPE (SondeTableBlock, sonde_table_block, SONDE, TABLE_BLOCK, GtkWidget)

GtkWidget *sonde_table_block_new (void);
void sonde_table_block_set_block (SondeTableBlock *self, const SondeMarkdownBlock *block);
void sonde_table_block_set_place (SondeTableBlock *self, const SondeTranscriptPosition *place);

G_END_DECLS
