/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-side-scroller.h"

#include "sonde-text.h"

#define STEP 40.0 /* pixels that one notch of the wheel goes sideways */

/**
 * SondeSideScroller:
 *
 * Shows a child that may be wider than its place, and scrolls it sideways alone:
 * what scrolls up and down goes on to the transcript. It is as high as its child
 * is at the width that it gets, which a scrolled window cannot be.
 */
struct _SondeSideScroller {
  GtkWidget parent_instance;

  GtkWidget *child;
  GtkWidget *scrollbar;
  GtkAdjustment *adjustment;
  gboolean shrinks;      /* whether the child is no wider than it likes */
  SondeSideways *shared; /* where the child is a piece of something, or NULL */
  gboolean last;         /* whether it is the last piece */
};

G_DEFINE_FINAL_TYPE (SondeSideScroller, sonde_side_scroller, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
sonde_side_scroller_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* How wide the child is where there are @width pixels. */
static int
find_child_width (SondeSideScroller *self, int width)
{
  int minimum;
  int natural;

  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  if (self->shrinks)
    width = MIN (width, natural);

  return MAX (width, minimum);
}

static int
find_scrollbar_height (SondeSideScroller *self)
{
  int height;

  gtk_widget_measure (self->scrollbar, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);

  return height;
}

static void
sonde_side_scroller_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  SondeSideScroller *self = SONDE_SIDE_SCROLLER (widget);
  int child_width;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    gtk_widget_measure (self->child, orientation, -1, NULL, natural, NULL, NULL);
    *minimum = 0;
    return;
  }

  if (for_size < 0)
    gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
  child_width = find_child_width (self, for_size);
  gtk_widget_measure (self->child, orientation, child_width, minimum, natural, NULL, NULL);
  /* What other pieces want may not move this one up and down: there is always room for the bar. */
  if (self->shared != NULL ? self->last : child_width > for_size) {
    *minimum += find_scrollbar_height (self);
    *natural += find_scrollbar_height (self);
  }
}

static void
sonde_side_scroller_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SondeSideScroller *self = SONDE_SIDE_SCROLLER (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int child_width = find_child_width (self, width);
  int widest = self->shared != NULL
                 ? sonde_sideways_widen (self->shared, child_width, sonde_text_em (widget))
                 : child_width;
  gboolean has_bar = widest > width && (self->shared == NULL || self->last);
  int bar = self->shared != NULL ? self->last * find_scrollbar_height (self)
                                 : has_bar * find_scrollbar_height (self);
  GtkAllocation place = { 0, 0, child_width, height - bar };

  gtk_adjustment_configure (
    self->adjustment, MIN (gtk_adjustment_get_value (self->adjustment), MAX (widest - width, 0)), 0,
    MAX (widest, width), STEP, width * 0.9, width);
  place.x = mirrored ? width - child_width : 0; /* at the start, also where it is narrower */
  place.x += (mirrored ? 1 : -1) * (int) gtk_adjustment_get_value (self->adjustment);
  gtk_widget_size_allocate (self->child, &place, -1);

  gtk_widget_set_child_visible (self->scrollbar, has_bar);
  if (has_bar) {
    const GtkAllocation below = { 0, height - bar, width, bar };
    gtk_widget_size_allocate (self->scrollbar, &below, -1);
  }
}

static gboolean
scroll_cb (SondeSideScroller *self, double dx, double dy, GtkEventControllerScroll *controller)
{
  GdkModifierType modifiers =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  double before = gtk_adjustment_get_value (self->adjustment);
  double after;

  if (modifiers & GDK_SHIFT_MASK)
    dx += dy;
  else if (ABS (dy) > ABS (dx))
    return GDK_EVENT_PROPAGATE;
  if (gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL)
    dx *= STEP;
  gtk_adjustment_set_value (self->adjustment, before + dx);
  after = gtk_adjustment_get_value (self->adjustment);

  return after < before || after > before ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
take_adjustment (SondeSideScroller *self, GtkAdjustment *adjustment)
{
  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_clear_object (&self->adjustment);
  self->adjustment = g_object_ref_sink (adjustment);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_allocate),
                           self, G_CONNECT_SWAPPED);
  /* Another piece may be wider. */
  if (self->shared != NULL)
    g_signal_connect_object (adjustment, "changed", G_CALLBACK (gtk_widget_queue_allocate), self,
                             G_CONNECT_SWAPPED);
  gtk_scrollbar_set_adjustment (GTK_SCROLLBAR (self->scrollbar), adjustment);
}

/* A scrollbar takes every turn of the wheel above it, which would stop the
 * transcript under the pointer. What goes sideways comes to the scroller anyway. */
static void
ignore_wheel (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ignore_wheel (child);
}

static void
sonde_side_scroller_dispose (GObject *object)
{
  SondeSideScroller *self = SONDE_SIDE_SCROLLER (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_pointer (&self->scrollbar, gtk_widget_unparent);
  g_clear_object (&self->shared);
  g_clear_object (&self->adjustment);

  G_OBJECT_CLASS (sonde_side_scroller_parent_class)->dispose (object);
}

/* The bar goes the way of what it scrolls, and so does the range that it consists of. */
static void
sonde_side_scroller_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  SondeSideScroller *self = SONDE_SIDE_SCROLLER (widget);
  GtkTextDirection direction = gtk_widget_get_direction (widget);

  gtk_widget_set_direction (self->scrollbar, direction);
  gtk_widget_set_direction (gtk_widget_get_first_child (self->scrollbar), direction);
  GTK_WIDGET_CLASS (sonde_side_scroller_parent_class)->direction_changed (widget, previous);
}

static void
sonde_side_scroller_class_init (SondeSideScrollerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_side_scroller_dispose;
  widget_class->get_request_mode = sonde_side_scroller_get_request_mode;
  widget_class->measure = sonde_side_scroller_measure;
  widget_class->size_allocate = sonde_side_scroller_size_allocate;
  widget_class->direction_changed = sonde_side_scroller_direction_changed;

  gtk_widget_class_set_css_name (widget_class, "sidescroller");
}

static void
sonde_side_scroller_init (SondeSideScroller *self)
{
  GtkEventController *controller =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  self->scrollbar = gtk_scrollbar_new (GTK_ORIENTATION_HORIZONTAL, NULL);
  take_adjustment (self, gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  ignore_wheel (self->scrollbar);
  gtk_widget_set_parent (self->scrollbar, GTK_WIDGET (self));
  g_signal_connect_swapped (controller, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * sonde_side_scroller_new:
 * @child: what is to be shown
 * @shrinks: whether it is to be no wider than it likes; else it fills the place that there is
 *
 * Returns: (transfer floating): a scroller
 */
GtkWidget *
sonde_side_scroller_new (GtkWidget *child, gboolean shrinks)
{
  SondeSideScroller *self = g_object_new (SONDE_TYPE_SIDE_SCROLLER, NULL);

  self->child = child;
  self->shrinks = shrinks;
  gtk_widget_insert_before (child, GTK_WIDGET (self), self->scrollbar);

  return GTK_WIDGET (self);
}

/**
 * sonde_side_scroller_set_piece:
 * @self: a scroller
 * @shared: (nullable): where the pieces are scrolled to that its child is one of; %NULL where
 *   it is all there is
 * @last: whether its child is the last piece, which has the scrollbar
 */
void
sonde_side_scroller_set_piece (SondeSideScroller *self, SondeSideways *shared, gboolean last)
{
  g_return_if_fail (SONDE_IS_SIDE_SCROLLER (self));

  if (self->shared == shared && self->last == last)
    return;

  if (g_set_object (&self->shared, shared))
    take_adjustment (self, shared != NULL ? sonde_sideways_get_adjustment (shared)
                                          : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  self->last = last;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * sonde_side_scroller_reveal:
 * @self: a scroller
 * @widget: something in its child
 * @area: a part of @widget
 *
 * Scrolls so far that the area is seen, with a little of what is around it.
 */
void
sonde_side_scroller_reveal (SondeSideScroller *self, GtkWidget *widget, const graphene_rect_t *area)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  graphene_point_t point;
  double start;

  g_return_if_fail (SONDE_IS_SIDE_SCROLLER (self));

  if (!gtk_widget_compute_point (widget, self->child, &area->origin, &point))
    return;
  start = mirrored ? gtk_widget_get_width (self->child) - (double) (point.x + area->size.width)
                   : (double) point.x;
  gtk_adjustment_clamp_page (self->adjustment, start - STEP,
                             start + (double) area->size.width + STEP);
}
