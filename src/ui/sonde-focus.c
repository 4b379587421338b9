/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-focus.h"

static gboolean
is_backward (GtkDirectionType direction)
{
  switch (direction) {
  case GTK_DIR_TAB_BACKWARD:
  case GTK_DIR_UP:
  case GTK_DIR_LEFT:
    return TRUE;
  case GTK_DIR_TAB_FORWARD:
  case GTK_DIR_DOWN:
  case GTK_DIR_RIGHT:
    break;
  }

  return FALSE;
}

/**
 * sonde_focus_children:
 * @widget: a widget that hands the focus to one of its children when it grabs it
 * @direction: where the focus is to go
 *
 * What `focus` of such a widget is: that of #GtkWidget grabs the focus once more where
 * the last child has been left, so that Tab or Shift+Tab would go round inside.
 *
 * Returns: whether a child has taken the focus
 */
gboolean
sonde_focus_children (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *(*step) (GtkWidget *) =
    is_backward (direction) ? gtk_widget_get_prev_sibling : gtk_widget_get_next_sibling;
  GtkWidget *child;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  child = gtk_widget_get_focus_child (widget);
  if (child == NULL)
    child = is_backward (direction) ? gtk_widget_get_last_child (widget)
                                    : gtk_widget_get_first_child (widget);
  for (; child != NULL; child = step (child))
    if (gtk_widget_child_focus (child, direction))
      return TRUE;

  return FALSE;
}
