/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-markdown-block.h"
#include "sonde-print-pages.h"

G_BEGIN_DECLS

void sonde_print_block_add (SondePrintPages *pages,
                            PangoContext *context,
                            double width,
                            const SondeMarkdownBlock *block,
                            const SondeMarkdownBlock *before,
                            const SondeMarkdownBlock *after,
                            double gap);

G_END_DECLS
