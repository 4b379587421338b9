/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-context-ring.h"

#include <math.h>

#define SIZE        16
#define STROKE      2.5f
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

static GskPath *
make_arc (const graphene_point_t *centre, float radius, double fraction)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  double angle = 2 * G_PI * fraction;

  if (fraction >= 1) {
    gsk_path_builder_add_circle (builder, centre, radius);
  } else {
    gsk_path_builder_move_to (builder, centre->x, centre->y - radius);
    gsk_path_builder_svg_arc_to (builder, radius, radius, 0, fraction > 0.5, TRUE,
                                 centre->x + radius * (float) sin (angle),
                                 centre->y - radius * (float) cos (angle));
  }

  return gsk_path_builder_free_to_path (builder);
}

static void
sonde_context_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SondeContextRing *self = SONDE_CONTEXT_RING (widget);
  const float radius = (SIZE - STROKE) / 2;
  const graphene_point_t centre = { (float) gtk_widget_get_width (widget) / 2,
                                    (float) gtk_widget_get_height (widget) / 2 };
  g_autoptr (GskStroke) stroke = gsk_stroke_new (STROKE);
  g_autoptr (GskPath) track = make_arc (&centre, radius, 1);
  GdkRGBA colour, faint;

  gtk_widget_get_color (widget, &colour);
  faint = colour;
  faint.alpha *= TRACK_ALPHA;
  gtk_snapshot_append_stroke (snapshot, track, stroke, &faint);
  if (self->fraction > 0) {
    g_autoptr (GskPath) arc = make_arc (&centre, radius, CLAMP (self->fraction, MIN_SHOWN, 1));

    gtk_snapshot_append_stroke (snapshot, arc, stroke, &colour);
  }
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
