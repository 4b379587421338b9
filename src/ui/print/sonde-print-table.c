/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-print-table.h"

#include "sonde-text.h"

#define SCALE       0.9
#define SIDE        4.0  /* beside a cell, in points */
#define ABOVE       3.0  /* above and below a row */
#define LEAST_WIDTH 54.0 /* of a column whose text is broken: a few words of it are in a line */
#define THIN        0.5
#define THICK       1.0
#define BETWEEN     8.0 /* between the parts of a table that is too wide */

static const SondePrintLook body_look = { .scale = SCALE };
static const SondePrintLook header_look = { .scale = SCALE, .bold = TRUE };

/* A table, or the columns of it that have room beside one another. */
typedef struct {
  PangoContext *context;
  const SondeMarkdownBlock *block;
  const double *natural; /* the width of each column of the block */
  double x;
  double width;
  double page_height;
  gboolean mirrored;
  guint *columns; /* which columns of the block these are */
  double *widths;
  guint n_columns;
} Part;

static PangoLayout *
make_cell (PangoContext *context,
           const SondeMarkdownBlock *block,
           guint row,
           guint column,
           double width)
{
  return sonde_print_text_new (context, &block->cells[row * block->n_columns + column],
                               row == 0 ? &header_look : &body_look, width);
}

static double *
measure_columns (PangoContext *context, const SondeMarkdownBlock *block)
{
  double *natural = g_new0 (double, block->n_columns);

  for (guint row = 0; row < block->n_rows; row++) {
    for (guint column = 0; column < block->n_columns; column++) {
      g_autoptr (PangoLayout) cell = make_cell (context, block, row, column, -1);

      natural[column] = MAX (natural[column], sonde_print_text_get_width (cell) + 1);
    }
  }

  return natural;
}

/* How wide a column may be so that all have room: those that need less get what they need. */
static double
find_limit (const double *natural, const guint *columns, guint n_columns, double room)
{
  double limit = room / n_columns;

  for (guint i = 0; i < n_columns; i++) {
    double left = room;
    guint n_wide = 0;

    for (guint column = 0; column < n_columns; column++) {
      if (natural[columns[column]] <= limit)
        left -= natural[columns[column]];
      else
        n_wide++;
    }
    if (n_wide == 0)
      return G_MAXDOUBLE;
    if (left / n_wide <= limit + 0.001)
      return limit;
    limit = left / n_wide;
  }

  return limit;
}

static double
find_room (const Part *part, guint n_columns)
{
  return part->width - 2 * SIDE * n_columns;
}

/* --- rows ---------------------------------------------------------------------- */

/* Where a cell begins; the first column is where the table begins to be read. */
static double
find_left (const Part *part, guint index)
{
  double left = SIDE;

  for (guint i = 0; i < index; i++)
    left += part->widths[i] + 2 * SIDE;

  return part->x + (part->mirrored ? part->width - left - part->widths[index] : left);
}

static PangoAlignment
find_alignment (const Part *part, guint column)
{
  switch (part->block->alignments != NULL ? part->block->alignments[column]
                                          : SONDE_MARKDOWN_ALIGN_START) {
  case SONDE_MARKDOWN_ALIGN_CENTER:
    return PANGO_ALIGN_CENTER;
  case SONDE_MARKDOWN_ALIGN_END:
    return PANGO_ALIGN_RIGHT;
  case SONDE_MARKDOWN_ALIGN_START:
    break;
  }

  return PANGO_ALIGN_LEFT;
}

/* The same line of all cells of a row, on one baseline. */
static SondePrintStrip *
join_lines (GPtrArray *cells, guint line)
{
  SondePrintStrip *joined = sonde_print_strip_new (0);
  double ascent = 0;
  double descent = 0;

  for (guint i = 0; i < cells->len; i++) {
    GPtrArray *lines = g_ptr_array_index (cells, i);

    if (line < lines->len) {
      const SondePrintStrip *strip = g_ptr_array_index (lines, line);

      ascent = MAX (ascent, sonde_print_strip_get_baseline (strip));
      descent = MAX (descent, strip->height - sonde_print_strip_get_baseline (strip));
    }
  }
  for (guint i = 0; i < cells->len; i++) {
    GPtrArray *lines = g_ptr_array_index (cells, i);

    if (line < lines->len) {
      const SondePrintStrip *strip = g_ptr_array_index (lines, line);
      const SondePrintMark *mark = &g_array_index (strip->marks, SondePrintMark, 0);

      sonde_print_strip_add_line (joined, mark->layout, mark->line, mark->x, ascent, mark->grey);
    }
  }
  joined->height = ascent + descent;

  return joined;
}

static void
move_down (SondePrintStrip *strip, double by)
{
  for (guint i = 0; i < strip->marks->len; i++)
    g_array_index (strip->marks, SondePrintMark, i).y += by;
  strip->height += by;
}

static GPtrArray *
cut_row (const Part *part, guint row)
{
  GPtrArray *strips = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_print_strip_unref);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  SondePrintStrip *last;
  double height = 0;
  guint n_lines = 0;

  for (guint i = 0; i < part->n_columns; i++) {
    g_autoptr (PangoLayout) cell =
      make_cell (part->context, part->block, row, part->columns[i], part->widths[i]);
    GPtrArray *lines;

    pango_layout_set_alignment (cell, find_alignment (part, part->columns[i]));
    lines = sonde_print_text_cut (cell, find_left (part, i), 0);
    n_lines = MAX (n_lines, lines->len);
    g_ptr_array_add (cells, lines);
  }
  for (guint line = 0; line < n_lines; line++) {
    SondePrintStrip *strip = join_lines (cells, line);

    height += strip->height;
    g_ptr_array_add (strips, strip);
  }

  move_down (g_ptr_array_index (strips, 0), ABOVE);
  last = g_ptr_array_index (strips, strips->len - 1);
  last->height += ABOVE;
  sonde_print_strip_add_rule (last, part->x, last->height - (row == 0 ? THICK : THIN), part->width,
                              row == 0 ? THICK : THIN, row == 0 ? 0 : 0.6);
  /* A row is cut only where it is very high. */
  for (guint i = 0; i + 1 < strips->len; i++)
    ((SondePrintStrip *) g_ptr_array_index (strips, i))->keeps =
      height < part->page_height / 2 || i == 0 || i == strips->len - 2;

  return strips;
}

/* --- parts --------------------------------------------------------------------- */

static void
cut_part (Part *part, GPtrArray *strips)
{
  const double limit =
    find_limit (part->natural, part->columns, part->n_columns, find_room (part, part->n_columns));
  g_autoptr (GPtrArray) header = NULL;
  const double whole = part->width;
  const double left = part->x;
  double used = 0;

  part->widths = g_new0 (double, part->n_columns);
  for (guint i = 0; i < part->n_columns; i++) {
    part->widths[i] = MIN (part->natural[part->columns[i]], limit);
    used += part->widths[i] + 2 * SIDE;
  }
  part->x = part->mirrored ? left + whole - used : left;
  part->width = used;

  for (guint row = 0; row < part->block->n_rows; row++) {
    g_autoptr (GPtrArray) lines = cut_row (part, row);

    if (row == 0) {
      double height = 0;

      for (guint i = 0; i < lines->len; i++) {
        SondePrintStrip *strip = g_ptr_array_index (lines, i);

        strip->keeps = TRUE;
        height += strip->height;
      }
      if (height < part->page_height / 3)
        header = g_ptr_array_ref (lines);
      if (strips->len > 0)
        ((SondePrintStrip *) g_ptr_array_index (lines, 0))->gap = BETWEEN;
    }
    for (guint i = 0; i < lines->len; i++) {
      SondePrintStrip *strip = g_ptr_array_index (lines, i);

      if (row > 0 && header != NULL)
        strip->head = g_ptr_array_ref (header);
      g_ptr_array_add (strips, sonde_print_strip_ref (strip));
    }
  }
  if (part->block->n_rows == 1)
    ((SondePrintStrip *) g_ptr_array_index (strips, strips->len - 1))->keeps = FALSE;

  part->x = left;
  part->width = whole;
  g_clear_pointer (&part->widths, g_free);
}

static gboolean
is_mirrored (const SondeMarkdownBlock *block)
{
  return sonde_text_find_direction (&block->cells[0]) == GTK_TEXT_DIR_RTL;
}

/**
 * sonde_print_table_cut:
 * @context: what measures text, for points
 * @block: a table
 * @x: its left
 * @width: how much room it has
 * @page_height: how much room a page has
 *
 * Columns share the width; where they are too many to be read, the rest of them follows below,
 * each time with the first column again. Where a page begins with a row, the header is there again.
 *
 * Returns: (transfer full) (element-type SondePrintStrip): its lines
 */
GPtrArray *
sonde_print_table_cut (PangoContext *context,
                       const SondeMarkdownBlock *block,
                       double x,
                       double width,
                       double page_height)
{
  GPtrArray *strips = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_print_strip_unref);
  g_autofree double *natural = measure_columns (context, block);
  g_autofree guint *columns = g_new0 (guint, block->n_columns);
  Part part = { context, block, natural,         x, width, page_height, is_mirrored (block),
                columns, NULL,  block->n_columns };
  guint next = 0;

  for (guint i = 0; i < block->n_columns; i++)
    columns[i] = i;
  if (find_limit (natural, columns, block->n_columns, find_room (&part, block->n_columns)) >=
      LEAST_WIDTH) {
    cut_part (&part, strips);
    return strips;
  }

  while (next < block->n_columns) {
    part.n_columns = 0;
    if (next > 0)
      columns[part.n_columns++] = 0;
    do {
      columns[part.n_columns++] = next++;
      /* Two at least, however little room there is. */
    } while (
      next < block->n_columns &&
      (part.n_columns < 2 || (columns[part.n_columns] = next,
                              find_limit (natural, columns, part.n_columns + 1,
                                          find_room (&part, part.n_columns + 1)) >= LEAST_WIDTH)));
    cut_part (&part, strips);
  }

  return strips;
}
