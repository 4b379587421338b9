/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-sideways.h"

/**
 * SondeSideways:
 *
 * How far something is scrolled sideways that is shown in several pieces, and how wide the widest
 * of the pieces is that have been seen: they move together, those that are not as wide as well.
 */
struct _SondeSideways {
  GObject parent_instance;

  GtkAdjustment *adjustment;
  double widest; /* as a part of the font's size, so that it holds when that changes */
};

G_DEFINE_FINAL_TYPE (SondeSideways, sonde_sideways, G_TYPE_OBJECT)

static void
sonde_sideways_finalize (GObject *object)
{
  g_object_unref (SONDE_SIDEWAYS (object)->adjustment);

  G_OBJECT_CLASS (sonde_sideways_parent_class)->finalize (object);
}

static void
sonde_sideways_class_init (SondeSidewaysClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_sideways_finalize;
}

static void
sonde_sideways_init (SondeSideways *self)
{
  self->adjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
}

/**
 * sonde_sideways_new:
 *
 * Returns: (transfer full): something that stands at its start
 */
SondeSideways *
sonde_sideways_new (void)
{
  return g_object_new (SONDE_TYPE_SIDEWAYS, NULL);
}

/**
 * sonde_sideways_get_adjustment:
 * @self: what pieces share
 *
 * Returns: (transfer none): where all of them are scrolled to
 */
GtkAdjustment *
sonde_sideways_get_adjustment (SondeSideways *self)
{
  g_return_val_if_fail (SONDE_IS_SIDEWAYS (self), NULL);

  return self->adjustment;
}

/**
 * sonde_sideways_widen:
 * @self: what pieces share
 * @width: how wide one of them is, in pixels
 * @em: the size of the font, in pixels
 *
 * Returns: how wide the widest of them is
 */
int
sonde_sideways_widen (SondeSideways *self, int width, double em)
{
  g_return_val_if_fail (SONDE_IS_SIDEWAYS (self), width);

  self->widest = MAX (self->widest, width / em);

  return MAX (width, (int) (self->widest * em));
}

/**
 * sonde_sideways_reset:
 * @self: what pieces share
 *
 * Forgets how wide they were.
 */
void
sonde_sideways_reset (SondeSideways *self)
{
  g_return_if_fail (SONDE_IS_SIDEWAYS (self));

  self->widest = 0;
}
