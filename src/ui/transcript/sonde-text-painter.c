/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-text-painter.h"

#include <adwaita.h>

#include "sonde-text.h"

/* The ground behind code, as parts of the font's size. */
#define CODE_RADIUS  0.3
#define CODE_PADDING 0.14
#define CODE_ABOVE   0.98 /* over the base line */
#define CODE_HEIGHT  1.28
#define CODE_ALPHA   0.09f

#define SELECTION_ALPHA  0.3f
#define MARK_ALPHA       0.4f
#define MARK_RADIUS      2.0f
#define CARET_WIDTH      1.5f
#define NEWLINE_WIDTH    0.35 /* of a selected line's end, as a part of the font's size */
#define SPREAD_OF_STRONG 1.5f

/* Called with each rectangle that a part of a text fills, line by line. */
typedef void (*Painter) (const graphene_rect_t *area, double baseline, gpointer data);

/* The parts of one line between two indices. What is selected beyond its end shows as
 * a little more than its last letter. */
static void
visit_line (PangoLayoutIter *iter, int start, int end, double tail, Painter painter, gpointer data)
{
  PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
  int first = pango_layout_line_get_start_index (line);
  int last = first + pango_layout_line_get_length (line);
  double baseline = pango_units_to_double (pango_layout_iter_get_baseline (iter));
  g_autofree int *ranges = NULL;
  PangoRectangle extents;
  int n_ranges;
  int top;
  int bottom;

  if (start > last || end <= first || (start == last && end == last))
    return;
  pango_layout_iter_get_line_yrange (iter, &top, &bottom);
  if (start == last || first == last) {
    int x;

    pango_layout_line_index_to_x (line, last, FALSE, &x);
    n_ranges = 1;
    ranges = g_new (int, 2);
    pango_layout_iter_get_line_extents (iter, NULL, &extents);
    ranges[0] = ranges[1] = x + extents.x;
  } else {
    pango_layout_line_get_x_ranges (line, MAX (start, first), MIN (end, last), &ranges, &n_ranges);
  }
  for (int i = 0; i < n_ranges; i++) {
    double left = pango_units_to_double (ranges[2 * i]);
    double right = pango_units_to_double (ranges[2 * i + 1]);

    if (i == n_ranges - 1 && end > last)
      right += tail;
    if (right > left)
      painter (&GRAPHENE_RECT_INIT ((float) left, (float) pango_units_to_double (top),
                                    (float) (right - left),
                                    (float) pango_units_to_double (bottom - top)),
               baseline, data);
  }
}

static void
visit (PangoLayout *layout, guint start, guint end, double tail, Painter painter, gpointer data)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do {
    if (pango_layout_line_get_start_index (pango_layout_iter_get_line_readonly (iter)) > (int) end)
      break;
    visit_line (iter, (int) start, (int) end, tail, painter, data);
  } while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

typedef struct {
  GtkSnapshot *snapshot;
  GdkRGBA colour;
  double em;
  float spread;
} Brush;

static void
paint_rounded (Brush *brush, const graphene_rect_t *area, float radius)
{
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, area, radius);
  gtk_snapshot_push_rounded_clip (brush->snapshot, &rounded);
  gtk_snapshot_append_color (brush->snapshot, &brush->colour, area);
  gtk_snapshot_pop (brush->snapshot);
}

static void
paint_code (const graphene_rect_t *area, double baseline, gpointer data)
{
  Brush *brush = data;
  float padding = (float) (brush->em * CODE_PADDING);
  graphene_rect_t ground = *area;

  ground.origin.x -= padding;
  ground.size.width += 2 * padding;
  ground.origin.y = (float) (baseline - brush->em * CODE_ABOVE);
  ground.size.height = (float) (brush->em * CODE_HEIGHT);
  paint_rounded (brush, &ground, (float) (brush->em * CODE_RADIUS));
}

static void
paint_plain (const graphene_rect_t *area, double baseline, gpointer data)
{
  Brush *brush = data;

  gtk_snapshot_append_color (brush->snapshot, &brush->colour, area);
}

static void
paint_mark (const graphene_rect_t *area, double baseline, gpointer data)
{
  Brush *brush = data;
  graphene_rect_t ground = *area;

  ground.origin.y = (float) (baseline - brush->em * CODE_ABOVE);
  ground.size.height = (float) (brush->em * CODE_HEIGHT);
  graphene_rect_inset (&ground, -brush->spread, -brush->spread);
  paint_rounded (brush, &ground, MARK_RADIUS + brush->spread);
}

/**
 * sonde_text_painter_paint_code:
 * @widget: whose colour and font it has
 * @snapshot: where to draw
 * @layout: a text
 * @start: where code begins in it, in bytes
 * @end: where code ends
 *
 * Draws the rounded ground behind code in running text.
 */
void
sonde_text_painter_paint_code (GtkWidget *widget,
                               GtkSnapshot *snapshot,
                               PangoLayout *layout,
                               guint start,
                               guint end)
{
  Brush brush = { snapshot, { 0 }, sonde_text_em (widget), 0 };

  gtk_widget_get_color (widget, &brush.colour);
  brush.colour.alpha *= CODE_ALPHA;
  visit (layout, start, end, 0, paint_code, &brush);
}

/**
 * sonde_text_painter_paint_mark:
 * @style: whose colour it has
 * @snapshot: where to draw
 * @layout: a text
 * @start: where the mark begins in it, in bytes
 * @end: where it ends
 * @current: whether it stands out among the others
 */
void
sonde_text_painter_paint_mark (GtkWidget *style,
                               GtkSnapshot *snapshot,
                               PangoLayout *layout,
                               guint start,
                               guint end,
                               gboolean current)
{
  Brush brush = { snapshot, { 0 }, sonde_text_em (style), 0 };

  gtk_widget_get_color (style, &brush.colour);
  if (current)
    brush.spread = SPREAD_OF_STRONG;
  else
    brush.colour.alpha *= MARK_ALPHA;
  visit (layout, start, end, 0, paint_mark, &brush);
}

/**
 * sonde_text_painter_paint_selection:
 * @widget: where it is drawn
 * @snapshot: where to draw
 * @layout: a text
 * @start: where what is selected begins in it, in bytes
 * @end: where it ends
 */
void
sonde_text_painter_paint_selection (GtkWidget *widget,
                                    GtkSnapshot *snapshot,
                                    PangoLayout *layout,
                                    guint start,
                                    guint end)
{
  g_autoptr (GdkRGBA) accent =
    adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  Brush brush = { snapshot, *accent, sonde_text_em (widget), 0 };

  brush.colour.alpha *= SELECTION_ALPHA;
  visit (layout, start, end, brush.em * NEWLINE_WIDTH, paint_plain, &brush);
}

/**
 * sonde_text_painter_paint_caret:
 * @widget: where it is drawn
 * @snapshot: where to draw
 * @layout: a text
 * @offset: its place, in bytes
 */
void
sonde_text_painter_paint_caret (GtkWidget *widget,
                                GtkSnapshot *snapshot,
                                PangoLayout *layout,
                                guint offset)
{
  graphene_rect_t area;
  GdkRGBA colour;

  gtk_widget_get_color (widget, &colour);
  sonde_text_painter_find_caret (layout, offset, &area);
  gtk_snapshot_append_color (snapshot, &colour, &area);
}

static void
unite (const graphene_rect_t *area, double baseline, gpointer data)
{
  graphene_rect_t *all = data;

  if (all->size.width <= 0)
    *all = *area;
  else
    graphene_rect_union (all, area, all);
}

/**
 * sonde_text_painter_find_area:
 * @layout: a text
 * @start: where a part of it begins, in bytes
 * @end: where it ends
 * @area: (out): where it is, altogether
 */
void
sonde_text_painter_find_area (PangoLayout *layout, guint start, guint end, graphene_rect_t *area)
{
  graphene_rect_init (area, 0, 0, 0, 0);
  visit (layout, start, end, 0, unite, area);
  if (area->size.width <= 0)
    sonde_text_painter_find_caret (layout, start, area);
}

/**
 * sonde_text_painter_find_caret:
 * @layout: a text
 * @offset: a place in it, in bytes
 * @area: (out): where the caret is drawn there
 */
void
sonde_text_painter_find_caret (PangoLayout *layout, guint offset, graphene_rect_t *area)
{
  PangoRectangle strong;

  pango_layout_get_cursor_pos (layout, (int) offset, &strong, NULL);
  graphene_rect_init (area, (float) (pango_units_to_double (strong.x) - (double) CARET_WIDTH / 2),
                      (float) pango_units_to_double (strong.y), CARET_WIDTH,
                      (float) pango_units_to_double (strong.height));
}

/**
 * sonde_text_painter_get_line_x:
 * @layout: a text
 * @number: one of its lines, from 0 on
 *
 * Returns: where the line begins, in Pango's units from the left of the layout
 */
int
sonde_text_painter_get_line_x (PangoLayout *layout, int number)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  PangoRectangle area;

  for (int i = 0; i < number; i++)
    pango_layout_iter_next_line (iter);
  pango_layout_iter_get_line_extents (iter, NULL, &area);
  pango_layout_iter_free (iter);

  return area.x;
}
