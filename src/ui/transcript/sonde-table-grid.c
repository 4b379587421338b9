/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-table-grid.h"

/**
 * SondeTableGrid:
 *
 * Cells in rows and columns. To assistive technology it is a table of rows of cells, which a
 * #GtkGrid cannot be: its cells are not the children of rows.
 *
 * A column is as wide as its widest cell; what is missing or left over is shared out. A row is
 * as high as its highest cell.
 */
struct _SondeTableGrid {
  GtkWidget parent_instance;

  GPtrArray *rows; /* of type SondeTableRow, children */
  guint n_columns;
};

/**
 * SondeTableRow:
 *
 * A row of a table: its cells are placed by the table.
 */
struct _SondeTableRow {
  GtkWidget parent_instance;

  GPtrArray *cells; /* children */
};

G_DEFINE_FINAL_TYPE (SondeTableGrid, sonde_table_grid, GTK_TYPE_WIDGET)
G_DEFINE_FINAL_TYPE (SondeTableRow, sonde_table_row, GTK_TYPE_WIDGET)

/* --- columns ------------------------------------------------------------------ */

/* How wide each column is at least and likes to be. */
static GtkRequestedSize *
measure_columns (SondeTableGrid *self)
{
  GtkRequestedSize *sizes = g_new0 (GtkRequestedSize, MAX (self->n_columns, 1));

  for (guint i = 0; i < self->rows->len; i++) {
    SondeTableRow *row = g_ptr_array_index (self->rows, i);

    for (guint column = 0; column < row->cells->len; column++) {
      int minimum;
      int natural;

      gtk_widget_measure (g_ptr_array_index (row->cells, column), GTK_ORIENTATION_HORIZONTAL, -1,
                          &minimum, &natural, NULL, NULL);
      sizes[column].minimum_size = MAX (sizes[column].minimum_size, minimum);
      sizes[column].natural_size = MAX (sizes[column].natural_size, natural);
    }
  }

  return sizes;
}

/* How wide each column is in a table of that width. */
static GtkRequestedSize *
share_width (SondeTableGrid *self, int width)
{
  GtkRequestedSize *sizes = measure_columns (self);
  int left = width;

  for (guint i = 0; i < self->n_columns; i++)
    left -= sizes[i].minimum_size;
  left = gtk_distribute_natural_allocation (MAX (left, 0), self->n_columns, sizes);
  for (guint i = 0; i < self->n_columns; i++)
    sizes[i].minimum_size += left / (int) self->n_columns;

  return sizes;
}

static int
find_row_height (SondeTableRow *row, const GtkRequestedSize *columns)
{
  int height = 0;

  for (guint i = 0; i < row->cells->len; i++) {
    int natural;

    gtk_widget_measure (g_ptr_array_index (row->cells, i), GTK_ORIENTATION_VERTICAL,
                        columns[i].minimum_size, NULL, &natural, NULL, NULL);
    height = MAX (height, natural);
  }

  return height;
}

/* --- layout ------------------------------------------------------------------- */

static GtkSizeRequestMode
sonde_table_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sonde_table_grid_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  SondeTableGrid *self = SONDE_TABLE_GRID (widget);
  g_autofree GtkRequestedSize *columns = NULL;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    columns = measure_columns (self);
    for (guint i = 0; i < self->n_columns; i++) {
      *minimum += columns[i].minimum_size;
      *natural += columns[i].natural_size;
    }
    return;
  }

  if (for_size < 0)
    sonde_table_grid_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, minimum, &for_size, NULL,
                              NULL);
  columns = share_width (self, for_size);
  *minimum = 0;
  for (guint i = 0; i < self->rows->len; i++)
    *minimum += find_row_height (g_ptr_array_index (self->rows, i), columns);
  *natural = *minimum;
}

static void
place_cells (SondeTableRow *row, const GtkRequestedSize *columns, int width, int height)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (row)) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (guint i = 0; i < row->cells->len; i++) {
    GtkAllocation place = { x, 0, columns[i].minimum_size, height };

    if (mirrored)
      place.x = width - x - place.width;
    gtk_widget_size_allocate (g_ptr_array_index (row->cells, i), &place, -1);
    x += place.width;
  }
}

static void
sonde_table_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SondeTableGrid *self = SONDE_TABLE_GRID (widget);
  g_autofree GtkRequestedSize *columns = share_width (self, width);
  int y = 0;

  for (guint i = 0; i < self->rows->len; i++) {
    SondeTableRow *row = g_ptr_array_index (self->rows, i);
    GtkAllocation place = { 0, y, width, find_row_height (row, columns) };

    gtk_widget_size_allocate (GTK_WIDGET (row), &place, -1);
    place_cells (row, columns, width, place.height);
    y += place.height;
  }
}

/* --- object ------------------------------------------------------------------- */

static void
sonde_table_row_dispose (GObject *object)
{
  g_ptr_array_set_size (SONDE_TABLE_ROW (object)->cells, 0);

  G_OBJECT_CLASS (sonde_table_row_parent_class)->dispose (object);
}

static void
sonde_table_row_finalize (GObject *object)
{
  g_ptr_array_unref (SONDE_TABLE_ROW (object)->cells);

  G_OBJECT_CLASS (sonde_table_row_parent_class)->finalize (object);
}

static void
sonde_table_row_class_init (SondeTableRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sonde_table_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = sonde_table_row_finalize;

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "row");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_ROW);
}

static void
sonde_table_row_init (SondeTableRow *self)
{
  self->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
}

static void
sonde_table_grid_dispose (GObject *object)
{
  g_ptr_array_set_size (SONDE_TABLE_GRID (object)->rows, 0);

  G_OBJECT_CLASS (sonde_table_grid_parent_class)->dispose (object);
}

static void
sonde_table_grid_finalize (GObject *object)
{
  g_ptr_array_unref (SONDE_TABLE_GRID (object)->rows);

  G_OBJECT_CLASS (sonde_table_grid_parent_class)->finalize (object);
}

static void
sonde_table_grid_class_init (SondeTableGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_table_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = sonde_table_grid_finalize;
  widget_class->get_request_mode = sonde_table_grid_get_request_mode;
  widget_class->measure = sonde_table_grid_measure;
  widget_class->size_allocate = sonde_table_grid_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "grid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TABLE);
}

static void
sonde_table_grid_init (SondeTableGrid *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
}

/**
 * sonde_table_grid_new:
 *
 * Returns: (transfer floating): a table without rows
 */
GtkWidget *
sonde_table_grid_new (void)
{
  return g_object_new (SONDE_TYPE_TABLE_GRID, NULL);
}

/**
 * sonde_table_grid_add_cell:
 * @self: a table
 * @row: which row it belongs to; the last one, or a new one below that
 * @n_columns: how many columns the table has
 * @cell: what comes behind the cells of that row
 */
void
sonde_table_grid_add_cell (SondeTableGrid *self, guint row, guint n_columns, GtkWidget *cell)
{
  SondeTableRow *last;

  g_return_if_fail (SONDE_IS_TABLE_GRID (self));
  g_return_if_fail (row <= self->rows->len);

  self->n_columns = n_columns;
  if (row == self->rows->len) {
    GtkWidget *added = g_object_new (SONDE_TYPE_TABLE_ROW, NULL);

    gtk_widget_set_parent (added, GTK_WIDGET (self));
    gtk_widget_set_direction (added, gtk_widget_get_direction (GTK_WIDGET (self)));
    g_ptr_array_add (self->rows, added);
  }
  last = g_ptr_array_index (self->rows, row);
  gtk_widget_set_parent (cell, GTK_WIDGET (last));
  g_ptr_array_add (last->cells, cell);
}

/**
 * sonde_table_grid_get_cell:
 * @self: a table
 * @row: from 0 on
 * @column: from 0 on
 *
 * Returns: (transfer none): the cell there
 */
GtkWidget *
sonde_table_grid_get_cell (SondeTableGrid *self, guint row, guint column)
{
  SondeTableRow *cells;

  g_return_val_if_fail (SONDE_IS_TABLE_GRID (self), NULL);
  g_return_val_if_fail (row < self->rows->len, NULL);

  cells = g_ptr_array_index (self->rows, row);

  return g_ptr_array_index (cells->cells, column);
}

/**
 * sonde_table_grid_clear:
 * @self: a table
 *
 * Takes all rows away.
 */
void
sonde_table_grid_clear (SondeTableGrid *self)
{
  g_return_if_fail (SONDE_IS_TABLE_GRID (self));

  g_ptr_array_set_size (self->rows, 0);
}
