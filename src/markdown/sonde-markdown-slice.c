/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown-slice.h"

#include <string.h>

/* Behind what @to reads so far: what @from reads between two bytes. */
static void
append_text (SondeMarkdownText *to, const SondeMarkdownText *from, gsize start, gsize end)
{
  gsize base = to->length;

  end = MIN (end, from->length);
  start = MIN (start, end);
  to->text = g_realloc (to->text, base + (end - start) + 1);
  if (end > start)
    memcpy (to->text + base, from->text + start, end - start);
  to->length = base + (end - start);
  to->text[to->length] = '\0';

  to->spans = g_renew (SondeMarkdownSpan, to->spans, to->n_spans + from->n_spans);
  for (guint i = 0; i < from->n_spans; i++) {
    SondeMarkdownSpan span = from->spans[i];

    if (span.end <= start || span.start >= end)
      continue;
    span.start = (guint) (base + MAX (span.start, start) - start);
    span.end = (guint) (base + MIN (span.end, end) - start);
    span.target = g_strdup (span.target);
    to->spans[to->n_spans++] = span;
  }
}

static SondeMarkdownBlock *
copy_block (const SondeMarkdownBlock *block)
{
  SondeMarkdownBlock *copy = sonde_markdown_block_new (block->kind);

  copy->level = block->level;
  copy->language = g_strdup (block->language);
  copy->closed = block->closed;
  copy->continues = block->continues;
  memcpy (copy->nesting, block->nesting, sizeof copy->nesting);
  copy->n_nesting = block->n_nesting;
  copy->n_shared = block->n_shared;
  copy->marker = block->marker;
  copy->number = block->number;
  copy->tight = block->tight;

  return copy;
}

/* The rows of a table from one cell to another. What is in these rows and not in
 * the range is empty. */
static SondeMarkdownBlock *
slice_table (const SondeMarkdownBlock *block, const SondeMarkdownRange *part, gboolean header)
{
  SondeMarkdownBlock *table = copy_block (block);
  const guint n_columns = MAX (block->n_columns, 1);
  const guint last = MIN (part->last_cell, block->n_columns * block->n_rows - 1);
  const guint first_row = MIN (part->first_cell, last) / n_columns;
  const guint extra = header && first_row > 0 ? 1 : 0;

  table->n_columns = block->n_columns;
  table->n_rows = last / n_columns - first_row + 1 + extra;
  table->alignments = g_memdup2 (block->alignments, n_columns * sizeof *block->alignments);
  table->cells = g_new0 (SondeMarkdownText, n_columns * table->n_rows);

  for (guint i = 0; i < n_columns * table->n_rows; i++) {
    const guint cell = i < extra * n_columns ? i : i + (first_row - extra) * n_columns;
    const gboolean inside = cell >= part->first_cell && cell <= last;
    const gsize start = cell == part->first_cell ? part->first_offset : 0;
    const gsize end = cell == part->last_cell ? part->last_offset : G_MAXSIZE;

    if (inside || i < extra * n_columns)
      append_text (&table->cells[i], &block->cells[cell], inside ? start : 0,
                   inside ? end : G_MAXSIZE);
    else
      table->cells[i].text = g_strdup ("");
  }

  return table;
}

static SondeMarkdownBlock *
slice_block (const SondeMarkdownBlock *block, const SondeMarkdownRange *part, gboolean header)
{
  SondeMarkdownBlock *copy;

  if (block->kind == SONDE_MARKDOWN_TABLE && block->n_rows > 0)
    return slice_table (block, part, header);
  copy = copy_block (block);
  append_text (&copy->text, &block->text, part->first_offset, part->last_offset);

  return copy;
}

/* Makes one block of two where a long one had to be cut. */
static void
join_blocks (SondeMarkdownBlock *to, const SondeMarkdownBlock *from)
{
  static const SondeMarkdownText line = { .text = (char *) "\n", .length = 1 };
  static const SondeMarkdownText space = { .text = (char *) " ", .length = 1 };

  if (to->kind == SONDE_MARKDOWN_TABLE) {
    guint n = to->n_columns * to->n_rows;
    guint added = from->n_rows > 0 ? from->n_columns * (from->n_rows - 1) : 0;

    to->cells = g_renew (SondeMarkdownText, to->cells, n + added);
    for (guint i = 0; i < added; i++) {
      to->cells[n + i] = (SondeMarkdownText) { 0 };
      append_text (&to->cells[n + i], &from->cells[from->n_columns + i], 0, G_MAXSIZE);
    }
    to->n_rows += from->n_rows > 0 ? from->n_rows - 1 : 0;
    return;
  }

  if (to->kind == SONDE_MARKDOWN_CODE)
    append_text (&to->text, &line, 0, 1);
  else if (to->text.length > 0 && !g_ascii_isspace (to->text.text[to->text.length - 1]))
    append_text (&to->text, &space, 0, 1);
  append_text (&to->text, &from->text, 0, G_MAXSIZE);
  to->closed = from->closed;
}

static gboolean
can_join (const SondeMarkdownBlock *a, const SondeMarkdownBlock *b)
{
  return b->continues && a->kind == b->kind && a->n_columns == b->n_columns &&
         b->kind != SONDE_MARKDOWN_FOOTNOTE;
}

/**
 * sonde_markdown_slice:
 * @blocks: (array length=n_blocks): blocks that follow one another
 * @n_blocks: how many
 * @range: (nullable): the part of them that counts
 * @header: whether rows from the middle of a table keep their header
 *
 * A part of a single block is plain text: what was around it does not belong to it.
 *
 * Returns: (transfer full) (element-type SondeMarkdownBlock): the blocks of the
 *   range, those that had to be cut in one piece again
 */
GPtrArray *
sonde_markdown_slice (const SondeMarkdownBlock *const *blocks,
                      guint n_blocks,
                      const SondeMarkdownRange *range,
                      gboolean header)
{
  GPtrArray *slices = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_markdown_block_unref);

  for (guint i = 0; i < n_blocks; i++) {
    const SondeMarkdownBlock *block = blocks[i];
    SondeMarkdownRange part = { 0, 0, G_MAXUINT, G_MAXUINT };
    g_autoptr (SondeMarkdownBlock) slice = NULL;

    if (range != NULL && i == 0) {
      part.first_cell = range->first_cell;
      part.first_offset = range->first_offset;
    }
    if (range != NULL && i + 1 == n_blocks) {
      part.last_cell = range->last_cell;
      part.last_offset = range->last_offset;
    }
    slice = slice_block (block, &part, header);
    if (i == 0) {
      slice->n_shared = 0;
      slice->continues = FALSE;
    }
    if (n_blocks == 1 && block->kind == SONDE_MARKDOWN_TABLE && part.first_cell == part.last_cell) {
      g_autoptr (SondeMarkdownBlock) cell = sonde_markdown_block_new (SONDE_MARKDOWN_PARAGRAPH);

      if (part.first_cell < block->n_columns * block->n_rows)
        append_text (&cell->text, &block->cells[part.first_cell], part.first_offset,
                     part.last_offset);
      g_ptr_array_add (slices, g_steal_pointer (&cell));
      continue;
    }
    if (n_blocks == 1 && slice->text.length < block->text.length) {
      slice->kind =
        block->kind == SONDE_MARKDOWN_CODE ? SONDE_MARKDOWN_CODE : SONDE_MARKDOWN_PARAGRAPH;
      slice->n_nesting = 0;
      slice->marker = SONDE_MARKDOWN_MARKER_NONE;
    }

    if (slices->len > 0 && can_join (g_ptr_array_index (slices, slices->len - 1), slice))
      join_blocks (g_ptr_array_index (slices, slices->len - 1), slice);
    else
      g_ptr_array_add (slices, g_steal_pointer (&slice));
  }

  return slices;
}
