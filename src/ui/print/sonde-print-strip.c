/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-print-strip.h"

static void
clear_mark (gpointer data)
{
  g_clear_object (&((SondePrintMark *) data)->layout);
}

static void
clear_strip (gpointer data)
{
  SondePrintStrip *self = data;

  g_array_unref (self->marks);
  g_clear_pointer (&self->head, g_ptr_array_unref);
}

/**
 * sonde_print_strip_new:
 * @height: its height
 *
 * Returns: (transfer full): a strip with nothing in it
 */
SondePrintStrip *
sonde_print_strip_new (double height)
{
  SondePrintStrip *self = g_rc_box_new0 (SondePrintStrip);

  self->height = height;
  self->marks = g_array_new (FALSE, FALSE, sizeof (SondePrintMark));
  g_array_set_clear_func (self->marks, clear_mark);

  return self;
}

SondePrintStrip *
sonde_print_strip_ref (SondePrintStrip *self)
{
  return g_rc_box_acquire (self);
}

void
sonde_print_strip_unref (SondePrintStrip *self)
{
  g_rc_box_release_full (self, clear_strip);
}

/**
 * sonde_print_strip_add_line:
 * @self: a strip
 * @layout: a text
 * @line: which of its lines
 * @x: where it begins
 * @y: where its baseline is
 * @grey: its colour
 */
void
sonde_print_strip_add_line (SondePrintStrip *self,
                            PangoLayout *layout,
                            int line,
                            double x,
                            double y,
                            double grey)
{
  const SondePrintMark mark = {
    .layout = g_object_ref (layout), .line = line, .x = x, .y = y, .grey = grey
  };

  g_array_append_val (self->marks, mark);
}

/**
 * sonde_print_strip_add_bar:
 * @self: a strip
 * @x: where it begins
 * @width: its width
 * @grey: its colour
 * @stretches: whether it begins where the strip above ends
 *
 * Adds a ground or a bar as high as the strip, behind all that is in it.
 */
void
sonde_print_strip_add_bar (SondePrintStrip *self,
                           double x,
                           double width,
                           double grey,
                           gboolean stretches)
{
  const SondePrintMark mark = { .x = x, .width = width, .grey = grey, .stretches = stretches };

  g_array_prepend_val (self->marks, mark);
}

/**
 * sonde_print_strip_add_rule:
 * @self: a strip
 * @x: where it begins
 * @y: its top
 * @width: its width
 * @height: its height
 * @grey: its colour
 */
void
sonde_print_strip_add_rule (SondePrintStrip *self,
                            double x,
                            double y,
                            double width,
                            double height,
                            double grey)
{
  const SondePrintMark mark = { .x = x, .y = y, .width = width, .height = height, .grey = grey };

  g_array_append_val (self->marks, mark);
}

/**
 * sonde_print_strip_get_baseline:
 * @self: a strip
 *
 * Returns: the baseline of its first text, from its top; its bottom where there is none
 */
double
sonde_print_strip_get_baseline (const SondePrintStrip *self)
{
  for (guint i = 0; i < self->marks->len; i++) {
    const SondePrintMark *mark = &g_array_index (self->marks, SondePrintMark, i);

    if (mark->layout != NULL)
      return mark->y;
  }

  return self->height;
}

/**
 * sonde_print_strip_draw:
 * @self: a strip
 * @cr: where to draw it
 * @x: its left
 * @y: its top
 * @gap: the space above it there
 */
void
sonde_print_strip_draw (const SondePrintStrip *self, cairo_t *cr, double x, double y, double gap)
{
  for (guint i = 0; i < self->marks->len; i++) {
    const SondePrintMark *mark = &g_array_index (self->marks, SondePrintMark, i);
    double above = mark->stretches ? gap : 0;

    cairo_set_source_rgb (cr, mark->grey, mark->grey, mark->grey);
    if (mark->layout != NULL) {
      cairo_move_to (cr, x + mark->x, y + mark->y);
      pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (mark->layout, mark->line));
    } else {
      cairo_rectangle (cr, x + mark->x, y + mark->y - above, mark->width,
                       (mark->height > 0 ? mark->height : self->height) + above);
      cairo_fill (cr);
    }
  }
}
