/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* What text has to have at least, by WCAG 2.2, 1.4.3. */
#define SONDE_CONTRAST_OF_TEXT 4.5

double sonde_contrast_get (const GdkRGBA *one, const GdkRGBA *other);
void sonde_contrast_raise (GdkRGBA *colour, const GdkRGBA *background, double contrast);

G_END_DECLS
