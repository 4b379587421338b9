/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/**
 * SondePrintMark:
 * @layout: (nullable): the text that it is a line of; %NULL for a filled rectangle
 * @line: which line
 * @stretches: whether the rectangle begins above the space before its strip
 * @x: its left, from that of its strip, in points, like all lengths here
 * @y: its baseline, or its top, from the top of its strip
 * @width: of a rectangle
 * @height: of a rectangle; 0: as high as the strip
 * @grey: 0 is black, 1 is white
 *
 * What is drawn in a strip.
 */
typedef struct {
  PangoLayout *layout;
  int line;
  gboolean stretches;
  double x;
  double y;
  double width;
  double height;
  double grey;
} SondePrintMark;

/**
 * SondePrintStrip:
 * @gap: the space above it, except at the head of a page
 * @height: its height without that
 * @keeps: whether it has to be on the page of the one that follows
 * @marks: (element-type SondePrintMark): what is drawn, in this order
 * @head: (nullable) (element-type SondePrintStrip): what is said again where a page begins with it
 *
 * What is never cut between two pages: a line of text with all that is beside it.
 */
typedef struct {
  double gap;
  double height;
  gboolean keeps;
  GArray *marks;
  GPtrArray *head;
} SondePrintStrip;

SondePrintStrip *sonde_print_strip_new (double height);
SondePrintStrip *sonde_print_strip_ref (SondePrintStrip *self);
void sonde_print_strip_unref (SondePrintStrip *self);
void sonde_print_strip_add_line (SondePrintStrip *self,
                                 PangoLayout *layout,
                                 int line,
                                 double x,
                                 double y,
                                 double grey);
void sonde_print_strip_add_bar (SondePrintStrip *self,
                                double x,
                                double width,
                                double grey,
                                gboolean stretches);
void sonde_print_strip_add_rule (SondePrintStrip *self,
                                 double x,
                                 double y,
                                 double width,
                                 double height,
                                 double grey);
double sonde_print_strip_get_baseline (const SondePrintStrip *self);
void
sonde_print_strip_draw (const SondePrintStrip *self, cairo_t *cr, double x, double y, double gap);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondePrintStrip, sonde_print_strip_unref)

G_END_DECLS
