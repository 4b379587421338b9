/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-context-ring.h"

#define SIZE        16
#define STROKE      2.5
#define TRACK_ALPHA 0.22f

/* What there is of it is seen, however little it is. */
#define MIN_SHOWN 0.02

struct _SondeContextRing {
  GtkWidget parent_instance;

  double fraction;
};

G_DEFINE_FINAL_TYPE (SondeContextRing, sonde_context_ring, GTK_TYPE_WIDGET)

static void
sonde_context_ring_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
draw_arc (SondeContextRing *self, cairo_t *cr, double fraction, const GdkRGBA *colour)
{
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_arc (cr, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
             gtk_widget_get_height (GTK_WIDGET (self)) / 2.0, (SIZE - STROKE) / 2, -G_PI / 2,
             (2 * fraction - 0.5) * G_PI);
  cairo_stroke (cr);
}

static void
sonde_context_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SondeContextRing *self = SONDE_CONTEXT_RING (widget);
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                     (float) gtk_widget_get_height (widget));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  GdkRGBA colour, faint;

  gtk_widget_get_color (widget, &colour);
  faint = colour;
  faint.alpha *= TRACK_ALPHA;
  cairo_set_line_width (cr, STROKE);
  draw_arc (self, cr, 1, &faint);
  if (self->fraction > 0)
    draw_arc (self, cr, CLAMP (self->fraction, MIN_SHOWN, 1), &colour);
  cairo_destroy (cr);
}

static void
sonde_context_ring_class_init (SondeContextRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = sonde_context_ring_measure;
  widget_class->snapshot = sonde_context_ring_snapshot;

  gtk_widget_class_set_css_name (widget_class, "contextring");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
sonde_context_ring_init (SondeContextRing *self)
{
}

/**
 * sonde_context_ring_new:
 *
 * Returns: (transfer floating): an empty ring
 */
GtkWidget *
sonde_context_ring_new (void)
{
  return g_object_new (SONDE_TYPE_CONTEXT_RING, NULL);
}

/**
 * sonde_context_ring_set_fraction:
 * @self: a ring
 * @fraction: how full it is, from 0 to 1
 */
void
sonde_context_ring_set_fraction (SondeContextRing *self, double fraction)
{
  g_return_if_fail (SONDE_IS_CONTEXT_RING (self));

  if (!(self->fraction < fraction || self->fraction > fraction))
    return;
  self->fraction = fraction;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
