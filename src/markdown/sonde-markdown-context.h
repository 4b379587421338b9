/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-markdown-block.h"

G_BEGIN_DECLS

/* How many quotes and lists deep a section may begin. */
#define SONDE_MARKDOWN_MAX_LEVELS 16

/* Fenced code is cut behind the line with which it is this long, a table behind so many cells. */
#define SONDE_MARKDOWN_CODE_CHUNK  4096
#define SONDE_MARKDOWN_TABLE_CHUNK 600

/* A table with more columns than this is shown as it is written. */
#define SONDE_MARKDOWN_MAX_COLUMNS 64

/**
 * SondeMarkdownLevel:
 * @kind: what it is
 * @number: one more than the number of the first item that the section shows of it; 0 for bullets
 * @loose: whether an empty line is known to part its items
 * @shown_loose: whether its settled blocks were made for a loose list
 * @fresh: whether it began in the section before
 * @first_block: the position of its first block
 *
 * A quote or a list that is open where a section begins.
 */
typedef struct {
  SondeMarkdownContainer kind;
  guint number;
  gboolean loose;
  gboolean shown_loose;
  gboolean fresh;
  guint first_block;
} SondeMarkdownLevel;

/**
 * SondeMarkdownContext:
 * @levels: what is open, outermost first
 * @n_levels: how many
 * @prefix: (nullable): lines that open it again, for cmark to read before the section
 * @n_prefix_lines: how many lines these are
 * @cut: whether the section goes on in a block that had to be cut
 * @in_rows: whether the section goes on in a table
 * @rows: (nullable): the header and the rows of that table so far
 *
 * Where in a document a section begins.
 */
typedef struct {
  SondeMarkdownLevel levels[SONDE_MARKDOWN_MAX_LEVELS];
  guint n_levels;
  char *prefix;
  guint n_prefix_lines;
  gboolean cut;
  gboolean in_rows;
  SondeMarkdownBlock *rows;
} SondeMarkdownContext;

void sonde_markdown_context_clear (SondeMarkdownContext *self);

G_END_DECLS
