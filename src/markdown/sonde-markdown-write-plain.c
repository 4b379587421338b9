/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown-slice.h"

#include <string.h>

static void
write_marker (GString *out, const SondeMarkdownBlock *block)
{
  switch (block->marker) {
  case SONDE_MARKDOWN_MARKER_NONE:
    break;
  case SONDE_MARKDOWN_MARKER_BULLET:
    g_string_append (out, "• ");
    break;
  case SONDE_MARKDOWN_MARKER_NUMBER:
    g_string_append_printf (out, "%u. ", block->number);
    break;
  case SONDE_MARKDOWN_MARKER_TASK:
    g_string_append (out, "☐ ");
    break;
  case SONDE_MARKDOWN_MARKER_DONE:
    g_string_append (out, "☑ ");
    break;
  }
}

/* A line for each row, a tab between cells: what spreadsheets read. */
static void
write_table (GString *out, const SondeMarkdownBlock *block)
{
  for (guint i = 0; i < block->n_columns * block->n_rows; i++) {
    g_autofree char *cell = g_strdup (block->cells[i].text);

    if (i > 0)
      g_string_append_c (out, i % block->n_columns == 0 ? '\n' : '\t');
    g_string_append (out, g_strdelimit (cell, "\n\t", ' '));
  }
}

static guint
count_lists (const SondeMarkdownBlock *block)
{
  guint n = 0;

  for (guint i = 0; i < block->n_nesting; i++)
    n += block->nesting[i] == SONDE_MARKDOWN_LIST;

  return n;
}

/**
 * sonde_markdown_write_plain:
 * @blocks: (array length=n_blocks): blocks that follow one another
 * @n_blocks: how many
 * @range: (nullable): the part of them that counts
 *
 * Returns: (transfer full): what is read in them, without marks; tables as
 *   tab-separated values
 */
char *
sonde_markdown_write_plain (const SondeMarkdownBlock *const *blocks,
                            guint n_blocks,
                            const SondeMarkdownRange *range)
{
  g_autoptr (GPtrArray) slices = sonde_markdown_slice (blocks, n_blocks, range, FALSE);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < slices->len; i++) {
    const SondeMarkdownBlock *block = g_ptr_array_index (slices, i);
    const guint n_lists = count_lists (block);

    if (i > 0)
      g_string_append (out, block->tight && block->n_shared > 0 ? "\n" : "\n\n");
    for (guint n = 1; n < n_lists; n++)
      g_string_append (out, "  ");
    write_marker (out, block);
    if (block->kind == SONDE_MARKDOWN_TABLE)
      write_table (out, block);
    else if (block->kind == SONDE_MARKDOWN_RULE)
      g_string_append (out, "———");
    else if (block->text.text != NULL)
      g_string_append (out, block->text.text);
  }

  return g_string_free (out, FALSE);
}
