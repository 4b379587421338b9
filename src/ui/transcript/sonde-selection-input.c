/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-selection-input.h"

#include "sonde-caret.h"
#include "sonde-selection-menu.h"
#include "sonde-text-block.h"

/* How far the view goes per frame for each pixel that the pointer is outside of it. */
#define SCROLL_SPEED 0.3
#define DRAG_BEGINS  3.0 /* pixels: less is a click */

/**
 * SondeSelectionInput:
 *
 * Selects by mouse and by touch: a click sets the caret, two select a word, three a
 * paragraph, and dragging goes on from there; Shift and a click reach from the caret.
 * A long press of a finger selects a word, and more as long as the finger stays down and goes on;
 * when it is lifted, the menu about that comes.
 */
struct _SondeSelectionInput {
  GObject parent_instance;

  SondeSelection *selection;
  GtkWidget *view; /* owns this */

  SondeTextLink *pressed_link;         /* weak; what a click would open */
  SondeTranscriptPosition first_start; /* of the letter, word or paragraph that was */
  SondeTranscriptPosition first_end;   /* pressed on first */
  int n_press;
  gboolean holding; /* a finger is down, and has been long enough */
  double hold_x;    /* where it came down */
  double hold_y;
  double x; /* of the pointer, while it drags */
  double y;
  guint scroller;
};

G_DEFINE_FINAL_TYPE (SondeSelectionInput, sonde_selection_input, G_TYPE_OBJECT)

/* --- what is under the pointer -------------------------------------------------- */

static double
measure_distance (double at, double start, double length)
{
  if (at < start)
    return start - at;

  return at > start + length ? at - start - length : 0;
}

/* The text at a place of the view, or the nearest one; and the place in its coordinates. */
static SondeTextBlock *
find_block (SondeSelectionInput *self, double *x, double *y)
{
  g_autoptr (GPtrArray) blocks = sonde_selection_dup_blocks (self->selection);
  SondeTextBlock *nearest = NULL;
  graphene_point_t point;
  double smallest = G_MAXDOUBLE;

  for (guint i = 0; i < blocks->len; i++) {
    graphene_rect_t bounds;
    double distance;

    if (!gtk_widget_compute_bounds (g_ptr_array_index (blocks, i), self->view, &bounds))
      continue;
    /* The line counts more than the distance to the side. */
    distance = 1000 * measure_distance (*y, (double) bounds.origin.y, (double) bounds.size.height) +
               measure_distance (*x, (double) bounds.origin.x, (double) bounds.size.width);
    if (distance < smallest) {
      smallest = distance;
      nearest = g_ptr_array_index (blocks, i);
    }
  }
  if (nearest == NULL ||
      !gtk_widget_compute_point (self->view, GTK_WIDGET (nearest),
                                 &GRAPHENE_POINT_INIT ((float) *x, (float) *y), &point))
    return NULL;
  *x = (double) point.x;
  *y = (double) point.y;

  return nearest;
}

/* Whether what is there has its own use for the mouse. */
static gboolean
is_control (SondeSelectionInput *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (self->view, x, y, GTK_PICK_DEFAULT);

  for (; widget != NULL && widget != self->view; widget = gtk_widget_get_parent (widget)) {
    if (GTK_IS_BUTTON (widget) || GTK_IS_TEXT_VIEW (widget) || GTK_IS_EDITABLE (widget) ||
        GTK_IS_SCROLLBAR (widget) || GTK_IS_MENU_BUTTON (widget) ||
        (GTK_IS_LABEL (widget) && gtk_label_get_selectable (GTK_LABEL (widget))))
      return TRUE;
  }

  return FALSE;
}

/* What is selected by that many clicks: a place, a word, a line of code or a paragraph. */
static void
find_part (SondeSelectionInput *self,
           SondeTextBlock *block,
           guint offset,
           SondeTranscriptPosition *start,
           SondeTranscriptPosition *end)
{
  const char *text = sonde_text_block_get_text (block);

  *start = *end = *sonde_text_block_get_place (block);
  start->offset = end->offset = offset;
  if (self->n_press == 2) {
    sonde_text_block_find_word (block, offset, &start->offset, &end->offset);
  } else if (self->n_press >= 3) {
    while (start->offset > 0 && text[start->offset - 1] != '\n')
      start->offset--;
    while (text[end->offset] != '\0' && text[end->offset] != '\n')
      end->offset++;
  }
}

/* --- dragging ----------------------------------------------------------------- */

static void
extend (SondeSelectionInput *self)
{
  double x = self->x;
  double y = self->y;
  SondeTextBlock *block = find_block (self, &x, &y);
  SondeTranscriptPosition start;
  SondeTranscriptPosition end;

  if (block == NULL)
    return;
  find_part (self, block, sonde_text_block_find_offset (block, x, y), &start, &end);
  if (sonde_selection_compare (self->selection, &start, &self->first_start) < 0)
    sonde_selection_set (self->selection, &self->first_end, &start);
  else
    sonde_selection_set (self->selection, &self->first_start, &end);
}

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  SondeSelectionInput *self = data;
  g_autoptr (GtkAdjustment) adjustment = NULL;
  double height = gtk_widget_get_height (widget);
  double step = self->y < 0 ? self->y : MAX (self->y - height, 0);

  g_object_get (widget, "vadjustment", &adjustment, NULL);
  if (adjustment != NULL)
    gtk_adjustment_set_value (adjustment,
                              gtk_adjustment_get_value (adjustment) + step * SCROLL_SPEED);
  extend (self);

  return G_SOURCE_CONTINUE;
}

static void
set_scrolling (SondeSelectionInput *self, gboolean scrolling)
{
  if (scrolling && self->scroller == 0) {
    self->scroller = gtk_widget_add_tick_callback (self->view, scroll_cb, self, NULL);
  } else if (!scrolling && self->scroller != 0) {
    gtk_widget_remove_tick_callback (self->view, self->scroller);
    self->scroller = 0;
  }
}

static gboolean
is_touch (GtkGesture *gesture)
{
  GdkEvent *event = gtk_gesture_get_last_event (
    gesture, gtk_gesture_single_get_current_sequence (GTK_GESTURE_SINGLE (gesture)));
  GdkDevice *device = event != NULL ? gdk_event_get_device (event) : NULL;

  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

static void
pressed_cb (SondeSelectionInput *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GdkModifierType modifiers =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  SondeTranscriptPosition anchor;
  SondeTextBlock *block;
  guint offset;

  if (is_touch (gesture) || is_control (self, x, y)) {
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
    return;
  }

  block = find_block (self, &x, &y);
  if (block == NULL)
    return;
  self->n_press = (n_press - 1) % 3 + 1;
  offset = sonde_text_block_find_offset (block, x, y);
  g_set_weak_pointer (&self->pressed_link,
                      n_press == 1 ? sonde_text_block_find_link (block, x, y) : NULL);
  if ((modifiers & GDK_SHIFT_MASK) && sonde_selection_has_caret (self->selection)) {
    sonde_selection_get (self->selection, &anchor, NULL);
    self->first_start = self->first_end = anchor;
    find_part (self, block, offset, &anchor, &anchor);
    sonde_selection_set (self->selection, &self->first_start, &anchor);
  } else {
    find_part (self, block, offset, &self->first_start, &self->first_end);
    sonde_selection_set (self->selection, &self->first_start, &self->first_end);
  }
  gtk_widget_grab_focus (GTK_WIDGET (block));
}

static void
drag_to (SondeSelectionInput *self, double x, double y)
{
  self->x = x;
  self->y = y;
  set_scrolling (self, y < 0 || y > gtk_widget_get_height (self->view));
  extend (self);
}

static void
drag_update_cb (SondeSelectionInput *self, double dx, double dy, GtkGesture *gesture)
{
  double x;
  double y;

  if (self->n_press == 0 ||
      (self->n_press == 1 && ABS (dx) < DRAG_BEGINS && ABS (dy) < DRAG_BEGINS))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  g_clear_weak_pointer (&self->pressed_link);
  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &x, &y);
  drag_to (self, x + dx, y + dy);
}

static void
drag_end_cb (SondeSelectionInput *self)
{
  set_scrolling (self, FALSE);
  if (self->n_press == 0)
    return;

  self->n_press = 0;
  sonde_selection_menu_set_primary (self->selection, self->view);
  if (self->pressed_link != NULL && sonde_selection_is_empty (self->selection))
    sonde_text_link_open (self->pressed_link);
  g_clear_weak_pointer (&self->pressed_link);
}

/* --- touch, menu, pointer ------------------------------------------------------- */

static void
long_pressed_cb (SondeSelectionInput *self, double x, double y, GtkGesture *gesture)
{
  SondeTextBlock *block;

  self->hold_x = x;
  self->hold_y = y;
  block = is_control (self, x, y) ? NULL : find_block (self, &x, &y);
  if (block == NULL)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  self->holding = TRUE;
  self->n_press = 2;
  find_part (self, block, sonde_text_block_find_offset (block, x, y), &self->first_start,
             &self->first_end);
  sonde_selection_set (self->selection, &self->first_start, &self->first_end);
  gtk_widget_grab_focus (GTK_WIDGET (block));
}

static void
finger_moved_cb (SondeSelectionInput *self, double dx, double dy)
{
  if (self->holding && (ABS (dx) >= DRAG_BEGINS || ABS (dy) >= DRAG_BEGINS))
    drag_to (self, self->hold_x + dx, self->hold_y + dy);
}

static void
finger_lifted_cb (SondeSelectionInput *self, double dx, double dy)
{
  const double x = self->hold_x + dx;
  const double y = CLAMP (self->hold_y + dy, 0, gtk_widget_get_height (self->view));
  double block_x = x;
  double block_y = y;
  SondeTextBlock *block;

  if (!self->holding)
    return;

  self->holding = FALSE;
  self->n_press = 0;
  set_scrolling (self, FALSE);
  sonde_selection_menu_set_primary (self->selection, self->view);
  block = find_block (self, &block_x, &block_y);
  if (block != NULL)
    sonde_selection_menu_popup (self->selection, self->view, x, y, block,
                                sonde_text_block_find_link (block, block_x, block_y));
}

static void
menu_pressed_cb (SondeSelectionInput *self, int n_press, double x, double y, GtkGesture *gesture)
{
  double menu_x = x;
  double menu_y = y;
  SondeTextBlock *block = is_control (self, x, y) ? NULL : find_block (self, &x, &y);
  SondeTranscriptPosition position;

  if (block == NULL)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  /* What is selected stays; elsewhere the menu is about the text under the pointer. */
  if (sonde_selection_is_empty (self->selection)) {
    self->n_press = 1;
    find_part (self, block, sonde_text_block_find_offset (block, x, y), &position, &position);
    self->n_press = 0;
    sonde_selection_set (self->selection, &position, &position);
    gtk_widget_grab_focus (GTK_WIDGET (block));
  }
  sonde_selection_menu_popup (self->selection, self->view, menu_x, menu_y, block,
                              sonde_text_block_find_link (block, x, y));
}

static void
motion_cb (SondeSelectionInput *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (self->view, x, y, GTK_PICK_DEFAULT);
  graphene_point_t point;

  if (!SONDE_IS_TEXT_BLOCK (widget) ||
      !gtk_widget_compute_point (self->view, widget, &GRAPHENE_POINT_INIT ((float) x, (float) y),
                                 &point))
    return;
  gtk_widget_set_cursor_from_name (widget, sonde_text_block_find_link (SONDE_TEXT_BLOCK (widget),
                                                                       (double) point.x,
                                                                       (double) point.y) != NULL
                                             ? "pointer"
                                             : "text");
}

/* --- object ------------------------------------------------------------------- */

static void
sonde_selection_input_finalize (GObject *object)
{
  SondeSelectionInput *self = SONDE_SELECTION_INPUT (object);

  g_clear_weak_pointer (&self->pressed_link);
  g_object_unref (self->selection);

  G_OBJECT_CLASS (sonde_selection_input_parent_class)->finalize (object);
}

static void
sonde_selection_input_class_init (SondeSelectionInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_selection_input_finalize;
}

static void
sonde_selection_input_init (SondeSelectionInput *self)
{
}

static void
add_controller (SondeSelectionInput *self,
                gpointer controller,
                const char *signal,
                GCallback callback)
{
  g_signal_connect_object (controller, signal, callback, self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->view, controller);
}

/**
 * sonde_selection_input_new:
 * @selection: what is selected
 * @view: the scrollable that its texts are in; to be kept as long as this
 *
 * Returns: (transfer full): the mouse, the touch screen and the keys for it
 */
SondeSelectionInput *
sonde_selection_input_new (SondeSelection *selection, GtkWidget *view)
{
  SondeSelectionInput *self = g_object_new (SONDE_TYPE_SELECTION_INPUT, NULL);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();
  GtkGesture *finger = gtk_gesture_drag_new ();

  self->selection = g_object_ref (selection);
  self->view = view;
  add_controller (self, click, "pressed", G_CALLBACK (pressed_cb));
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_SWAPPED);
  add_controller (self, drag, "drag-update", G_CALLBACK (drag_update_cb));
  gtk_gesture_group (click, drag);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  add_controller (self, menu, "pressed", G_CALLBACK (menu_pressed_cb));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  add_controller (self, hold, "pressed", G_CALLBACK (long_pressed_cb));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (finger), TRUE);
  g_signal_connect_object (finger, "drag-end", G_CALLBACK (finger_lifted_cb), self,
                           G_CONNECT_SWAPPED);
  add_controller (self, finger, "drag-update", G_CALLBACK (finger_moved_cb));
  gtk_gesture_group (hold, finger);
  add_controller (self, gtk_event_controller_motion_new (), "motion", G_CALLBACK (motion_cb));
  gtk_widget_add_controller (view, sonde_caret_create_keys (selection, view));

  return self;
}
