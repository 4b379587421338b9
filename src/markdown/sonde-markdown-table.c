/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown-table.h"

#include <string.h>

#include "sonde-markdown-context.h"

static void
clear_cell (gpointer data)
{
  SondeMarkdownText *cell = data;

  for (guint i = 0; i < cell->n_spans; i++)
    g_free (cell->spans[i].target);
  g_free (cell->spans);
  g_free (cell->text);
}

static SondeMarkdownBlock *
make_wide_table (GArray *cells, guint n_columns)
{
  SondeMarkdownBlock *block = sonde_markdown_block_new (SONDE_MARKDOWN_CODE);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < cells->len; i++) {
    g_string_append (text, g_array_index (cells, SondeMarkdownText, i).text);
    g_string_append (text, (i + 1) % n_columns == 0 ? "\n" : " | ");
  }
  block->text.length = text->len;
  block->text.text = g_string_free (text, FALSE);

  return block;
}

static void
set_alignments (SondeMarkdownBlock *block, const guint8 *alignments)
{
  block->alignments = g_new0 (SondeMarkdownAlignment, block->n_columns);
  for (guint i = 0; i < block->n_columns; i++) {
    if (alignments[i] == 'c')
      block->alignments[i] = SONDE_MARKDOWN_ALIGN_CENTER;
    else if (alignments[i] == 'r')
      block->alignments[i] = SONDE_MARKDOWN_ALIGN_END;
  }
}

/* A table of the header and of @n rows from @first on, where 1 is the first. Those of
 * @known come first. */
static SondeMarkdownBlock *
make_table (GArray *cells, guint n_columns, const SondeMarkdownBlock *known, guint first, guint n)
{
  SondeMarkdownBlock *block = sonde_markdown_block_new (SONDE_MARKDOWN_TABLE);
  const guint n_known = known != NULL ? known->n_rows - 1 : 0;

  block->n_columns = n_columns;
  block->n_rows = n + 1;
  block->cells = g_new0 (SondeMarkdownText, n_columns * (n + 1));
  for (guint i = 0; i < n_columns * (n + 1); i++) {
    const guint row = i < n_columns ? 0 : first + i / n_columns - 1;
    const guint column = i % n_columns;
    const guint read = row > n_known ? row - n_known : 0;
    const SondeMarkdownText *cell =
      row > 0 && row <= n_known
        ? &known->cells[row * n_columns + column]
        : &g_array_index (cells, SondeMarkdownText, read * n_columns + column);

    sonde_markdown_text_copy (&block->cells[i], cell);
  }

  return block;
}

/**
 * sonde_markdown_new_cells:
 *
 * Returns: (transfer full) (element-type SondeMarkdownText): no cells
 */
GArray *
sonde_markdown_new_cells (void)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (SondeMarkdownText));

  g_array_set_clear_func (cells, clear_cell);

  return cells;
}

/**
 * sonde_markdown_make_tables:
 * @cells: (element-type SondeMarkdownText): row by row, the header first
 * @n_columns: how many are in a row
 * @alignments: of each column, "c", "r" or something else
 * @known: (nullable): the rows that come before, with the same header
 *
 * A table with too many columns is shown as it is written; one with many rows is
 * several, each with the header.
 *
 * Returns: (transfer full) (element-type SondeMarkdownBlock): the blocks of a table
 */
GPtrArray *
sonde_markdown_make_tables (GArray *cells,
                            guint n_columns,
                            const guint8 *alignments,
                            const SondeMarkdownBlock *known)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_markdown_block_unref);
  const guint n_read = MAX (cells->len / n_columns, 1) - 1;
  const guint n_rows = n_read + (known != NULL ? known->n_rows - 1 : 0);
  const guint most = MAX (SONDE_MARKDOWN_TABLE_CHUNK / n_columns, 2);
  const gboolean continues = known != NULL && known->continues;

  if (n_columns > SONDE_MARKDOWN_MAX_COLUMNS) {
    g_ptr_array_add (tables, make_wide_table (cells, n_columns));
    return tables;
  }
  if (n_rows == 0 && continues)
    return tables; /* nothing but the header that is repeated */

  for (guint row = 0; row < MAX (n_rows, 1); row += most) {
    SondeMarkdownBlock *block =
      make_table (cells, n_columns, known, row + 1, MIN (most, n_rows - row));

    block->continues = row > 0 || continues;
    set_alignments (block, alignments);
    g_ptr_array_add (tables, block);
  }

  return tables;
}
