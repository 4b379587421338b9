/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-block-group.h"

/**
 * SondeBlockGroup:
 *
 * A list, one of its items, or a quote: what assistive technology finds around the rows of a
 * document. It looks like nothing, and reaches from the first row in it to the last one.
 *
 * The document lays its rows out as if there were no groups, in three steps: going down it tells
 * each row's groups how far they reach at least, going up where they begin, and then it places the
 * rows.
 */
struct _SondeBlockGroup {
  GtkWidget parent_instance;

  int top; /* in the document */
  int bottom;
  gboolean placed; /* in this layout */
};

G_DEFINE_FINAL_TYPE (SondeBlockGroup, sonde_block_group, GTK_TYPE_WIDGET)

static SondeBlockGroup *
find_group (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return SONDE_IS_BLOCK_GROUP (parent) ? SONDE_BLOCK_GROUP (parent) : NULL;
}

static void
sonde_block_group_class_init (SondeBlockGroupClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "blockgroup");
}

static void
sonde_block_group_init (SondeBlockGroup *self)
{
}

/**
 * sonde_block_group_new:
 * @role: what it is to assistive technology
 *
 * Returns: (transfer floating): a group of nothing
 */
GtkWidget *
sonde_block_group_new (GtkAccessibleRole role)
{
  return g_object_new (SONDE_TYPE_BLOCK_GROUP, "accessible-role", role, NULL);
}

/**
 * sonde_block_group_extend_down:
 * @row: something that is in groups, or in none
 * @bottom: where it ends in the document
 *
 * The first step of a layout, from row to row downwards.
 */
void
sonde_block_group_extend_down (GtkWidget *row, int bottom)
{
  for (SondeBlockGroup *group = find_group (row); group != NULL;
       group = find_group (GTK_WIDGET (group))) {
    group->bottom = bottom;
    group->placed = FALSE;
  }
}

/**
 * sonde_block_group_extend_up:
 * @row: something that is in groups, or in none
 * @top: where it begins in the document
 *
 * The second step of a layout, from row to row upwards.
 */
void
sonde_block_group_extend_up (GtkWidget *row, int top)
{
  for (SondeBlockGroup *group = find_group (row); group != NULL;
       group = find_group (GTK_WIDGET (group)))
    group->top = top;
}

static void
place (SondeBlockGroup *self, int width)
{
  SondeBlockGroup *around = find_group (GTK_WIDGET (self));
  GtkAllocation own = { 0, self->top, width, self->bottom - self->top };

  if (self->placed)
    return;

  if (around != NULL) {
    place (around, width);
    own.y -= around->top;
  }
  /* It asks for nothing; to be asked is the custom. */
  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_VERTICAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (self), &own, -1);
  self->placed = TRUE;
}

/**
 * sonde_block_group_allocate_row:
 * @row: something that is in groups, or in none
 * @place_of_row: its place in the document
 *
 * The third step of a layout.
 */
void
sonde_block_group_allocate_row (GtkWidget *row, const GtkAllocation *place_of_row)
{
  SondeBlockGroup *group = find_group (row);
  GtkAllocation own = *place_of_row;

  if (group != NULL) {
    place (group, own.width);
    own.y -= group->top;
  }
  gtk_widget_size_allocate (row, &own, -1);
}
