/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-markdown-block.h"
#include "sonde-sideways.h"
#include "sonde-transcript-position.h"

G_BEGIN_DECLS

#define SONDE_TYPE_CODE_BLOCK (sonde_code_block_get_type ())
G_DECLARE_FINAL_TYPE (SondeCodeBlock, sonde_code_block, SONDE, CODE_BLOCK, GtkWidget)

GtkWidget *sonde_code_block_new (void);
void sonde_code_block_set_block (SondeCodeBlock *self,
                                 const SondeMarkdownBlock *block,
                                 const SondeMarkdownBlock *before);
void sonde_code_block_set_piece (SondeCodeBlock *self, SondeSideways *shared, gboolean continued);
void sonde_code_block_set_wraps (SondeCodeBlock *self, gboolean wraps);
void sonde_code_block_set_place (SondeCodeBlock *self, const SondeTranscriptPosition *place);

G_END_DECLS
