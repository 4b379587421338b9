/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How deep quotes and lists are shown inside one another. What is nested deeper
 * is shown at this depth: nobody reads the seventh bar, and an answer of nothing
 * but ">" must not push its text out of the window. */
#define SONDE_MARKDOWN_MAX_NESTING 6

/**
 * SondeMarkdownKind:
 * @SONDE_MARKDOWN_PARAGRAPH: running text
 * @SONDE_MARKDOWN_HEADING: a heading; see `level`
 * @SONDE_MARKDOWN_CODE: fenced or indented code; see `language` and `closed`
 * @SONDE_MARKDOWN_MATH: mathematics on lines of its own; the text is its TeX source
 * @SONDE_MARKDOWN_TABLE: a table; see `n_columns`, `n_rows`, `alignments`, `cells`
 * @SONDE_MARKDOWN_RULE: a thematic break
 * @SONDE_MARKDOWN_HTML: HTML, to be shown as it is written
 * @SONDE_MARKDOWN_FOOTNOTE: a paragraph of a footnote; its label is in `language`
 *
 * What a block is.
 */
typedef enum {
  SONDE_MARKDOWN_PARAGRAPH,
  SONDE_MARKDOWN_HEADING,
  SONDE_MARKDOWN_CODE,
  SONDE_MARKDOWN_MATH,
  SONDE_MARKDOWN_TABLE,
  SONDE_MARKDOWN_RULE,
  SONDE_MARKDOWN_HTML,
  SONDE_MARKDOWN_FOOTNOTE,
} SondeMarkdownKind;

/**
 * SondeMarkdownMarker:
 * @SONDE_MARKDOWN_MARKER_NONE: no new list item begins with this block
 * @SONDE_MARKDOWN_MARKER_BULLET: a bullet
 * @SONDE_MARKDOWN_MARKER_NUMBER: a number; see `number`
 * @SONDE_MARKDOWN_MARKER_TASK: a task that is open
 * @SONDE_MARKDOWN_MARKER_DONE: a task that is done
 *
 * What stands before the first block of a list item.
 */
typedef enum {
  SONDE_MARKDOWN_MARKER_NONE,
  SONDE_MARKDOWN_MARKER_BULLET,
  SONDE_MARKDOWN_MARKER_NUMBER,
  SONDE_MARKDOWN_MARKER_TASK,
  SONDE_MARKDOWN_MARKER_DONE,
} SondeMarkdownMarker;

/**
 * SondeMarkdownContainer:
 * @SONDE_MARKDOWN_QUOTE: a block quote
 * @SONDE_MARKDOWN_LIST: a list
 *
 * What a block is nested in.
 */
typedef enum {
  SONDE_MARKDOWN_QUOTE,
  SONDE_MARKDOWN_LIST,
} SondeMarkdownContainer;

/**
 * SondeMarkdownAlignment:
 *
 * How the cells of a column stand.
 */
typedef enum {
  SONDE_MARKDOWN_ALIGN_START,
  SONDE_MARKDOWN_ALIGN_CENTER,
  SONDE_MARKDOWN_ALIGN_END,
} SondeMarkdownAlignment;

/**
 * SondeMarkdownStyle:
 * @SONDE_MARKDOWN_BOLD: strong emphasis
 * @SONDE_MARKDOWN_ITALIC: emphasis
 * @SONDE_MARKDOWN_STRIKE: struck through
 * @SONDE_MARKDOWN_CODE_SPAN: code
 * @SONDE_MARKDOWN_MATH_SPAN: mathematics; the text is its TeX source
 * @SONDE_MARKDOWN_LINK: a link; see `target`
 * @SONDE_MARKDOWN_IMAGE: a picture that is named and not fetched; see `target`
 * @SONDE_MARKDOWN_FOOTNOTE_REF: points to a footnote; the text is its label
 *
 * How a span of text looks, as a set.
 */
typedef enum {
  SONDE_MARKDOWN_BOLD = 1 << 0,
  SONDE_MARKDOWN_ITALIC = 1 << 1,
  SONDE_MARKDOWN_STRIKE = 1 << 2,
  SONDE_MARKDOWN_CODE_SPAN = 1 << 3,
  SONDE_MARKDOWN_MATH_SPAN = 1 << 4,
  SONDE_MARKDOWN_LINK = 1 << 5,
  SONDE_MARKDOWN_IMAGE = 1 << 6,
  SONDE_MARKDOWN_FOOTNOTE_REF = 1 << 7,
} SondeMarkdownStyle;

/**
 * SondeMarkdownSpan:
 * @start: where it begins, in bytes of the text
 * @end: where it ends, in bytes of the text
 * @styles: a set of SondeMarkdownStyle
 * @target: (nullable): where a link or a picture points to, as it was written
 *
 * A part of a text that is not plain. The spans of a text are in order and do
 * not overlap.
 */
typedef struct {
  guint start;
  guint end;
  guint styles;
  char *target;
} SondeMarkdownSpan;

/**
 * SondeMarkdownText:
 * @text: what is read, UTF-8, without markers; lines are parted by `\n`
 * @length: its length in bytes
 * @spans: (nullable): what is not plain in it
 * @n_spans: how many they are
 *
 * A styled text.
 */
typedef struct {
  char *text;
  gsize length;
  SondeMarkdownSpan *spans;
  guint n_spans;
} SondeMarkdownText;

/**
 * SondeMarkdownBlock:
 * @kind: what it is
 * @serial: tells this block, as it now reads, from every other one of its document
 * @text: what is read in it; empty for tables and rules
 * @level: 1 to 6 for headings
 * @language: (nullable): the language of code, as it was written; the label of a footnote
 * @closed: whether code has its closing fence
 * @continues: whether it goes on where the block before it had to be cut; a table has its header
 *   again; a footnote is a further paragraph of the one before
 * @nesting: what it is nested in, outermost first
 * @n_nesting: how deep it is nested
 * @n_shared: how many of its containers, from the outermost, hold the block before it as well
 * @marker: what list item begins with it
 * @number: the number of that item
 * @tight: whether the list around it is written without empty lines
 * @n_columns: columns of a table
 * @n_rows: rows of a table, with the header
 * @alignments: (nullable): of each column
 * @cells: (nullable): row by row, the header first
 *
 * One block of a document. It never changes; a block that reads differently is
 * another one with another serial.
 */
typedef struct {
  SondeMarkdownKind kind;
  guint64 serial;
  SondeMarkdownText text;
  guint level;
  char *language;
  gboolean closed;
  gboolean continues;
  guint8 nesting[SONDE_MARKDOWN_MAX_NESTING];
  guint n_nesting;
  guint n_shared;
  SondeMarkdownMarker marker;
  guint number;
  gboolean tight;
  guint n_columns;
  guint n_rows;
  SondeMarkdownAlignment *alignments;
  SondeMarkdownText *cells;
} SondeMarkdownBlock;

SondeMarkdownBlock *sonde_markdown_block_new (SondeMarkdownKind kind);
SondeMarkdownBlock *sonde_markdown_block_ref (SondeMarkdownBlock *self);
void sonde_markdown_block_unref (SondeMarkdownBlock *self);
gboolean sonde_markdown_block_equal (const SondeMarkdownBlock *a, const SondeMarkdownBlock *b);
void sonde_markdown_text_copy (SondeMarkdownText *to, const SondeMarkdownText *from);
gboolean sonde_markdown_text_equal (const SondeMarkdownText *a, const SondeMarkdownText *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeMarkdownBlock, sonde_markdown_block_unref)

G_END_DECLS
