/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-table-block.h"

#include "sonde-side-scroller.h"
#include "sonde-table-grid.h"
#include "sonde-text-block.h"
#include "sonde-text.h"

/* Between these, as parts of the font's size, a column shares the width with the
 * others; what does not fit scrolls sideways. */
#define MIN_WIDTH 6.0
#define MAX_WIDTH 22.0
#define CELL_LINE 1.5

/**
 * SondeTableBlock:
 *
 * A table that is as wide as its text, and scrolls sideways where that is too wide.
 */
struct _SondeTableBlock {
  GtkWidget parent_instance;

  GtkWidget *scroller;
  SondeTableGrid *grid;
  SondeMarkdownBlock *block; /* that is shown */
};

G_DEFINE_FINAL_TYPE (SondeTableBlock, sonde_table_block, GTK_TYPE_WIDGET)

static void
sonde_table_block_dispose (GObject *object)
{
  SondeTableBlock *self = SONDE_TABLE_BLOCK (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->block, sonde_markdown_block_unref);

  G_OBJECT_CLASS (sonde_table_block_parent_class)->dispose (object);
}

static void
sonde_table_block_class_init (SondeTableBlockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_table_block_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tableblock");
}

static void
sonde_table_block_init (SondeTableBlock *self)
{
  self->grid = SONDE_TABLE_GRID (sonde_table_grid_new ());
  gtk_widget_set_overflow (GTK_WIDGET (self->grid), GTK_OVERFLOW_HIDDEN);
  self->scroller = sonde_side_scroller_new (GTK_WIDGET (self->grid), TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

static GtkWidget *
add_cell (SondeTableBlock *self, guint row, guint n_columns, SondeMarkdownAlignment alignment)
{
  static const PangoAlignment alignments[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER,
                                               PANGO_ALIGN_RIGHT };
  /* The headers as well: to GTK's bridge a column header is a filler, which is passed over. */
  GtkWidget *cell = sonde_text_block_new (GTK_ACCESSIBLE_ROLE_CELL);

  sonde_text_block_set_fits (SONDE_TEXT_BLOCK (cell), MIN_WIDTH, MAX_WIDTH);
  sonde_text_block_set_line_height (SONDE_TEXT_BLOCK (cell), CELL_LINE);
  sonde_text_block_set_alignment (SONDE_TEXT_BLOCK (cell), alignments[alignment]);
  if (row == 0)
    gtk_widget_add_css_class (cell, "header");
  sonde_table_grid_add_cell (self->grid, row, n_columns, cell);

  return cell;
}

static void
clear (SondeTableBlock *self)
{
  sonde_table_grid_clear (self->grid);
  g_clear_pointer (&self->block, sonde_markdown_block_unref);
}

static gboolean
has_same_columns (const SondeMarkdownBlock *a, const SondeMarkdownBlock *b)
{
  if (a->n_columns != b->n_columns || a->n_rows > b->n_rows)
    return FALSE;
  for (guint i = 0; i < a->n_columns; i++) {
    if (a->alignments[i] != b->alignments[i])
      return FALSE;
  }

  return TRUE;
}

/**
 * sonde_table_block_new:
 *
 * Returns: (transfer floating): an empty table
 */
GtkWidget *
sonde_table_block_new (void)
{
  return g_object_new (SONDE_TYPE_TABLE_BLOCK, NULL);
}

/**
 * sonde_table_block_set_block:
 * @self: a table
 * @block: what it is to show; rows that are shown already stay
 */
void
sonde_table_block_set_block (SondeTableBlock *self, const SondeMarkdownBlock *block)
{
  GtkTextDirection direction = gtk_widget_get_default_direction ();
  guint n_shown;

  g_return_if_fail (SONDE_IS_TABLE_BLOCK (self));

  if (self->block != NULL && !has_same_columns (self->block, block))
    clear (self);
  if (block->n_columns > 0)
    direction = sonde_text_find_direction (&block->cells[0]);
  gtk_widget_set_direction (GTK_WIDGET (self->grid), direction);
  gtk_widget_set_direction (self->scroller, direction);
  n_shown = self->block != NULL ? self->block->n_columns * self->block->n_rows : 0;
  for (guint i = 0; i < block->n_columns * block->n_rows; i++) {
    guint row = i / block->n_columns;
    guint column = i % block->n_columns;
    GtkWidget *cell;

    if (i < n_shown && sonde_markdown_text_equal (&self->block->cells[i], &block->cells[i]))
      continue;
    cell = i < n_shown ? sonde_table_grid_get_cell (self->grid, row, column)
                       : add_cell (self, row, block->n_columns, block->alignments[column]);
    sonde_text_block_set_text (SONDE_TEXT_BLOCK (cell), &block->cells[i]);
    gtk_widget_set_direction (cell, direction);
  }
  g_clear_pointer (&self->block, sonde_markdown_block_unref);
  self->block = sonde_markdown_block_ref ((SondeMarkdownBlock *) block);
}

/**
 * sonde_table_block_set_place:
 * @self: a table
 * @place: where it is in the transcript
 */
void
sonde_table_block_set_place (SondeTableBlock *self, const SondeTranscriptPosition *place)
{
  g_return_if_fail (SONDE_IS_TABLE_BLOCK (self));

  for (guint i = 0; i < self->block->n_columns * self->block->n_rows; i++) {
    GtkWidget *cell = sonde_table_grid_get_cell (self->grid, i / self->block->n_columns,
                                                 i % self->block->n_columns);
    SondeTranscriptPosition own = *place;

    own.cell = i;
    sonde_text_block_set_place (SONDE_TEXT_BLOCK (cell), &own);
  }
}
