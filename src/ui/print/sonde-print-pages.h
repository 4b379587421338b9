/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-print-strip.h"

G_BEGIN_DECLS

typedef struct _SondePrintPages SondePrintPages;

SondePrintPages *sonde_print_pages_new (double height);
void sonde_print_pages_free (SondePrintPages *self);
double sonde_print_pages_get_height (const SondePrintPages *self);
void sonde_print_pages_add (SondePrintPages *self, SondePrintStrip *strip);
void sonde_print_pages_end (SondePrintPages *self);
guint sonde_print_pages_get_n_pages (const SondePrintPages *self);
void
sonde_print_pages_draw (const SondePrintPages *self, guint page, cairo_t *cr, double x, double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondePrintPages, sonde_print_pages_free)

G_END_DECLS
