/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-contrast.h"

#include <math.h>

/* How far a colour goes towards black or white at once: too little to be seen. */
#define STEP 0.02f

static double
linearise (float channel)
{
  return channel <= 0.04045f ? (double) channel / 12.92
                             : pow (((double) channel + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const GdkRGBA *colour)
{
  return 0.2126 * linearise (colour->red) + 0.7152 * linearise (colour->green) +
         0.0722 * linearise (colour->blue);
}

/**
 * sonde_contrast_get:
 * @one: a colour; how opaque it is does not count
 * @other: another
 *
 * Returns: their contrast ratio, from 1 to 21 (WCAG 2.2, "contrast ratio")
 */
double
sonde_contrast_get (const GdkRGBA *one, const GdkRGBA *other)
{
  double first = get_luminance (one);
  double second = get_luminance (other);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

/**
 * sonde_contrast_raise:
 * @colour: (inout): the colour of a text
 * @background: what it is drawn on
 * @contrast: the ratio that is wanted
 *
 * Makes the colour darker on a light background and lighter on a dark one, as little as is
 * needed. Its hue stays.
 */
void
sonde_contrast_raise (GdkRGBA *colour, const GdkRGBA *background, double contrast)
{
  const GdkRGBA from = *colour;
  float end = get_luminance (background) > 0.18 ? 0 : 1;

  for (float way = 0; way < 1 && sonde_contrast_get (colour, background) < contrast; way += STEP) {
    colour->red = from.red + (end - from.red) * (way + STEP);
    colour->green = from.green + (end - from.green) * (way + STEP);
    colour->blue = from.blue + (end - from.blue) * (way + STEP);
  }
}
