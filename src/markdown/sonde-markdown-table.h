/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-markdown-block.h"

G_BEGIN_DECLS

GArray *sonde_markdown_new_cells (void);
GPtrArray *sonde_markdown_make_tables (GArray *cells,
                                       guint n_columns,
                                       const guint8 *alignments,
                                       const SondeMarkdownBlock *known);

G_END_DECLS
