/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-markdown-block.h"
#include "sonde-print-strip.h"

G_BEGIN_DECLS

#define SONDE_PRINT_EM 10.0 /* the size of the text, in points */

/**
 * SondePrintLook:
 * @scale: its size, as a part of that of running text
 * @bold: whether all of it is bold
 * @code: whether it is written as code is, and read from left to right
 * @grey: 0 is black, 1 is white
 *
 * How a text looks.
 */
typedef struct {
  double scale;
  gboolean bold;
  gboolean code;
  double grey;
} SondePrintLook;

PangoLayout *sonde_print_text_new (PangoContext *context,
                                   const SondeMarkdownText *text,
                                   const SondePrintLook *look,
                                   double width);
PangoLayout *sonde_print_text_new_plain (PangoContext *context,
                                         const char *text,
                                         const SondePrintLook *look,
                                         double width);
GPtrArray *sonde_print_text_cut (PangoLayout *layout, double x, double grey);
double sonde_print_text_get_width (PangoLayout *layout);

G_END_DECLS
