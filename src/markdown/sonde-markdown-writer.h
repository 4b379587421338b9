/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-markdown-block.h"

G_BEGIN_DECLS

/**
 * SondeMarkdownRange:
 * @first_cell: in the first block, where that is a table: the cell in which the range begins
 * @first_offset: in the first block or in @first_cell: where it begins, in bytes
 * @last_cell: in the last block, where that is a table: the cell in which the range ends
 * @last_offset: in the last block or in @last_cell: where it ends, in bytes
 *
 * A part of a row of blocks.
 */
typedef struct {
  guint first_cell;
  guint first_offset;
  guint last_cell;
  guint last_offset;
} SondeMarkdownRange;

char *sonde_markdown_write_plain (const SondeMarkdownBlock *const *blocks,
                                  guint n_blocks,
                                  const SondeMarkdownRange *range);
char *sonde_markdown_write_markdown (const SondeMarkdownBlock *const *blocks,
                                     guint n_blocks,
                                     const SondeMarkdownRange *range);
char *sonde_markdown_write_html (const SondeMarkdownBlock *const *blocks,
                                 guint n_blocks,
                                 const SondeMarkdownRange *range);

G_END_DECLS
