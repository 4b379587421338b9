/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-turn-column.h"

#include "sonde-block-row.h"
#include "sonde-document.h"
#include "sonde-text.h"

/* The measure of product.md section 1 and the space around turns, as parts of the font's size. */
#define MAX_WIDTH   46.0
#define SIDE_SPACE  1.6
#define TURN_SPACE  1.5
#define START_SPACE 1.6
#define END_SPACE   1.6

/**
 * SondeTurnColumn:
 *
 * The turns of a conversation under one another, in a column of a comfortable
 * measure. It scrolls itself, so that layout and position change in one step:
 *
 * - At its end it follows: what is added there is seen.
 * - Elsewhere it holds: the first block that is seen is the anchor, and stays
 *   where it is whatever grows, shrinks or comes in above it.
 *
 * Which of both is decided by the position alone, not by what moved it. Turns
 * far from what is seen are not mapped: they are neither drawn nor in the
 * accessibility tree.
 */
struct _SondeTurnColumn {
  GtkWidget parent_instance;

  GtkAdjustment *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy policies[2];
  GPtrArray *turns;
  GArray *tops;    /* of type int: where each turn began in the last layout */
  int width;       /* of the last layout */
  int shown_value; /* the scroll position of the last layout, in whole pixels */

  gboolean following;
  gboolean pressed;     /* a mouse button is held down in it: what is under it stays */
  GtkWidget *anchor;    /* weak; that stays, or NULL */
  double anchor_y;      /* where its top was seen */
  double anchor_height; /* how high it was */
  gboolean held;        /* whether the anchor was set for the next layout */
  gboolean laying_out;
  guint notify;
  GtkRoot *root; /* weak; whose focus is watched */
};

enum {
  PROP_FOLLOWING = 1,
  N_PROPS,
  PROP_HADJUSTMENT = N_PROPS,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum { SIGNAL_NEAR_START, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeTurnColumn,
                               sonde_turn_column,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* --- position ----------------------------------------------------------------- */

static GtkAdjustment *
vertical (SondeTurnColumn *self)
{
  return self->adjustments[GTK_ORIENTATION_VERTICAL];
}

static double
get_value (SondeTurnColumn *self)
{
  return vertical (self) != NULL ? gtk_adjustment_get_value (vertical (self)) : 0;
}

static gboolean
is_at_end (SondeTurnColumn *self)
{
  GtkAdjustment *adjustment = vertical (self);

  return adjustment == NULL ||
         gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) >=
           gtk_adjustment_get_upper (adjustment) - 1;
}

static void
notify_cb (gpointer data)
{
  SondeTurnColumn *self = data;

  self->notify = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOWING]);
}

/* Told later: who listens may not change the layout while it is being made. */
static void
set_following (SondeTurnColumn *self, gboolean following)
{
  if (self->following == following)
    return;

  self->following = following;
  if (self->notify == 0)
    self->notify = g_idle_add_once (notify_cb, self);
}

static double
get_y (SondeTurnColumn *self, GtkWidget *widget, double *height)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (widget, GTK_WIDGET (self), &bounds))
    return 0;
  if (height != NULL)
    *height = bounds.size.height;

  return bounds.origin.y;
}

/* The first block that is seen at the scroll position, at least in part. The
 * position may be newer than the layout. */
static GtkWidget *
find_anchor (SondeTurnColumn *self)
{
  double ahead = get_value (self) - self->shown_value;
  GtkWidget *widget = GTK_WIDGET (self);

  while (!SONDE_IS_BLOCK_ROW (widget)) {
    GtkWidget *child = gtk_widget_get_first_child (widget);

    while (child != NULL) {
      if (gtk_widget_get_child_visible (child) && gtk_widget_get_visible (child)) {
        double height = 0;
        double y = get_y (self, child, &height);

        if (height > 0 && y + height > ahead)
          break;
      }
      child = gtk_widget_get_next_sibling (child);
    }
    if (child == NULL)
      break;
    widget = child;
  }

  return widget != GTK_WIDGET (self) ? widget : NULL;
}

/* Holds what is seen first, unless the end is followed. */
static void
update_anchor (SondeTurnColumn *self)
{
  GtkWidget *widget = self->following && !self->pressed ? NULL : find_anchor (self);

  g_set_weak_pointer (&self->anchor, widget);
  if (widget != NULL)
    self->anchor_y =
      get_y (self, widget, &self->anchor_height) - (get_value (self) - self->shown_value);
}

static void
value_changed_cb (SondeTurnColumn *self)
{
  if (self->laying_out)
    return;

  set_following (self, is_at_end (self));
  self->held = FALSE;
  update_anchor (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* --- mouse -------------------------------------------------------------------- */

static gboolean
has_selection (SondeTurnColumn *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  return GTK_IS_LABEL (focus) && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) &&
         gtk_label_get_selection_bounds (GTK_LABEL (focus), NULL, NULL);
}

/* Text must not move under a selection that is being made; and who has selected
 * something is reading here, no matter how much has come below meanwhile. */
static gboolean
event_cb (SondeTurnColumn *self, GdkEvent *event)
{
  switch ((int) gdk_event_get_event_type (event)) {
  case GDK_BUTTON_PRESS:
  case GDK_TOUCH_BEGIN:
    self->pressed = TRUE;
    update_anchor (self);
    break;
  case GDK_BUTTON_RELEASE:
  case GDK_TOUCH_END:
  case GDK_TOUCH_CANCEL:
  case GDK_GRAB_BROKEN:
    self->pressed = FALSE;
    if (has_selection (self))
      set_following (self, is_at_end (self));
    gtk_widget_queue_allocate (GTK_WIDGET (self));
    break;
  default:
    break;
  }

  return GDK_EVENT_PROPAGATE;
}

/* --- layout ------------------------------------------------------------------- */

static GtkSizeRequestMode
sonde_turn_column_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static int
find_min_width (SondeTurnColumn *self)
{
  int width = 0;

  for (guint i = 0; i < self->turns->len; i++) {
    int minimum = 0;

    gtk_widget_measure (g_ptr_array_index (self->turns, i), GTK_ORIENTATION_HORIZONTAL, -1,
                        &minimum, NULL, NULL, NULL);
    width = MAX (width, minimum);
  }

  return width;
}

static void
sonde_turn_column_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  double em = sonde_text_em (widget);

  *minimum = 0;
  *natural = (int) (em * MAX_WIDTH);
}

/* Measures all turns. Returns their height altogether. */
static int
measure_turns (SondeTurnColumn *self, int width)
{
  double em = sonde_text_em (GTK_WIDGET (self));
  int total = (int) (START_SPACE * em);
  gboolean first = TRUE;

  g_array_set_size (self->tops, self->turns->len + 1);
  for (guint i = 0; i < self->turns->len; i++) {
    GtkWidget *turn = g_ptr_array_index (self->turns, i);
    int height = 0;

    if (gtk_widget_get_visible (turn)) {
      if (!first)
        total += (int) (TURN_SPACE * em);
      first = FALSE;
      gtk_widget_measure (turn, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
    }
    g_array_index (self->tops, int, i) = total;
    total += height;
  }
  g_array_index (self->tops, int, self->turns->len) = total + (int) (TURN_SPACE * em);

  return total + (int) (END_SPACE * em);
}

static void
allocate_turn (SondeTurnColumn *self, guint position, int x, int y, int width)
{
  GtkWidget *turn = g_ptr_array_index (self->turns, position);
  GtkAllocation place = { x, y, width, 0 };

  gtk_widget_measure (turn, GTK_ORIENTATION_VERTICAL, width, NULL, &place.height, NULL, NULL);
  gtk_widget_size_allocate (turn, &place, -1);
}

static gboolean
find_turn (SondeTurnColumn *self, GtkWidget *widget, guint *position)
{
  while (widget != NULL && gtk_widget_get_parent (widget) != GTK_WIDGET (self))
    widget = gtk_widget_get_parent (widget);

  return widget != NULL && g_ptr_array_find (self->turns, widget, position);
}

/* Where to scroll to so that the anchor is seen where it was. */
static double
find_held_value (SondeTurnColumn *self, int x, int width, gboolean resized)
{
  double value = get_value (self);
  double offset = self->anchor_y;
  double height = 0;
  double y;
  guint position;

  if (self->anchor == NULL || !find_turn (self, self->anchor, &position))
    return value;

  gtk_widget_set_child_visible (g_ptr_array_index (self->turns, position), TRUE);
  allocate_turn (self, position, x, g_array_index (self->tops, int, position), width);
  y = get_y (self, self->anchor, &height);
  /* Of a block that begins above, the same part is kept above when its lines break anew. */
  if (resized && offset < 0 && self->anchor_height > 0)
    offset *= height / self->anchor_height;

  return y - offset;
}

/* Tells the documents below @widget what is seen of them. */
static void
update_views (SondeTurnColumn *self, GtkWidget *widget, int height)
{
  if (SONDE_IS_DOCUMENT (widget)) {
    double y = get_y (self, widget, NULL);

    sonde_document_set_view (SONDE_DOCUMENT (widget), -y, height - y);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    update_views (self, child, height);
}

static void
sonde_turn_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SondeTurnColumn *self = SONDE_TURN_COLUMN (widget);
  GtkWidget *focus = gtk_widget_get_focus_child (widget);
  double em = sonde_text_em (widget);
  int side = MIN ((int) (SIDE_SPACE * em), width / 24);
  int column = MAX (MIN (width - 2 * side, (int) (MAX_WIDTH * em)), find_min_width (self));
  int x = MAX ((width - column) / 2, 0);
  int total = measure_turns (self, column);
  double end = MAX (total - height, 0);
  double value;

  self->laying_out = TRUE;
  value = self->following && !self->pressed
            ? end
            : find_held_value (self, x, column, column != self->width);
  value = CLAMP (value, 0, end);
  self->width = column;
  self->shown_value = (int) value;

  for (guint i = 0; i < self->turns->len; i++) {
    GtkWidget *turn = g_ptr_array_index (self->turns, i);
    int top = g_array_index (self->tops, int, i) - (int) value;
    int bottom = g_array_index (self->tops, int, i + 1) - (int) value;
    gboolean near = (bottom > -height && top < 2 * height) || turn == focus;

    gtk_widget_set_child_visible (turn, near);
    if (near && gtk_widget_get_visible (turn)) {
      allocate_turn (self, i, x, top, column);
      update_views (self, turn, height);
    }
  }

  if (vertical (self) != NULL)
    gtk_adjustment_configure (vertical (self), value, 0, MAX (total, height), height * 0.1,
                              height * 0.9, height);
  if (self->adjustments[GTK_ORIENTATION_HORIZONTAL] != NULL)
    gtk_adjustment_configure (self->adjustments[GTK_ORIENTATION_HORIZONTAL], 0, 0, width,
                              width * 0.1, width * 0.9, width);
  self->laying_out = FALSE;

  if (self->held)
    set_following (self, is_at_end (self));
  self->held = FALSE;
  update_anchor (self);
  if (value < 2 * height)
    g_signal_emit (self, signals[SIGNAL_NEAR_START], 0);
}

static void
sonde_turn_column_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (sonde_turn_column_parent_class)->css_changed (widget, change);

  gtk_widget_queue_resize (widget);
}

/* --- focus -------------------------------------------------------------------- */

/* The focus that is moved by the keyboard is brought into view. A click is in view. */
static void
focus_cb (SondeTurnColumn *self)
{
  GtkWidget *focus = gtk_root_get_focus (self->root);
  double page = gtk_widget_get_height (GTK_WIDGET (self));
  double height = 0;
  double y;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) ||
      !gtk_window_get_focus_visible (GTK_WINDOW (self->root)))
    return;

  y = get_y (self, focus, &height);
  if (y < 0 || height > page)
    gtk_adjustment_set_value (vertical (self), get_value (self) + y - page / 8);
  else if (y + height > page)
    gtk_adjustment_set_value (vertical (self), get_value (self) + y + height - page * 7 / 8);
}

static void
sonde_turn_column_root (GtkWidget *widget)
{
  SondeTurnColumn *self = SONDE_TURN_COLUMN (widget);

  GTK_WIDGET_CLASS (sonde_turn_column_parent_class)->root (widget);

  g_set_weak_pointer (&self->root, gtk_widget_get_root (widget));
  if (GTK_IS_WINDOW (self->root))
    g_signal_connect_object (self->root, "notify::focus-widget", G_CALLBACK (focus_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
sonde_turn_column_unroot (GtkWidget *widget)
{
  SondeTurnColumn *self = SONDE_TURN_COLUMN (widget);

  if (self->root != NULL)
    g_signal_handlers_disconnect_by_func (self->root, focus_cb, self);
  g_clear_weak_pointer (&self->root);

  GTK_WIDGET_CLASS (sonde_turn_column_parent_class)->unroot (widget);
}

/* --- object ------------------------------------------------------------------- */

static void
set_adjustment (SondeTurnColumn *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment **place = &self->adjustments[orientation];

  if (*place != NULL) {
    g_signal_handlers_disconnect_by_func (*place, value_changed_cb, self);
    g_clear_object (place);
  }
  if (adjustment == NULL)
    return;

  *place = g_object_ref_sink (adjustment);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
sonde_turn_column_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeTurnColumn *self = SONDE_TURN_COLUMN (object);

  switch (id) {
  case PROP_FOLLOWING:
    g_value_set_boolean (value, self->following);
    break;
  case PROP_HADJUSTMENT:
    g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
    break;
  case PROP_VADJUSTMENT:
    g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
    break;
  case PROP_HSCROLL_POLICY:
    g_value_set_enum (value, (int) self->policies[GTK_ORIENTATION_HORIZONTAL]);
    break;
  case PROP_VSCROLL_POLICY:
    g_value_set_enum (value, (int) self->policies[GTK_ORIENTATION_VERTICAL]);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_turn_column_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SondeTurnColumn *self = SONDE_TURN_COLUMN (object);

  switch (id) {
  case PROP_HADJUSTMENT:
    set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
    break;
  case PROP_VADJUSTMENT:
    set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
    break;
  case PROP_HSCROLL_POLICY:
    self->policies[GTK_ORIENTATION_HORIZONTAL] = (GtkScrollablePolicy) g_value_get_enum (value);
    break;
  case PROP_VSCROLL_POLICY:
    self->policies[GTK_ORIENTATION_VERTICAL] = (GtkScrollablePolicy) g_value_get_enum (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_turn_column_dispose (GObject *object)
{
  SondeTurnColumn *self = SONDE_TURN_COLUMN (object);

  g_clear_handle_id (&self->notify, g_source_remove);
  g_clear_weak_pointer (&self->anchor);
  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  g_ptr_array_set_size (self->turns, 0);

  G_OBJECT_CLASS (sonde_turn_column_parent_class)->dispose (object);
}

static void
sonde_turn_column_finalize (GObject *object)
{
  SondeTurnColumn *self = SONDE_TURN_COLUMN (object);

  g_ptr_array_unref (self->turns);
  g_array_unref (self->tops);

  G_OBJECT_CLASS (sonde_turn_column_parent_class)->finalize (object);
}

static void
sonde_turn_column_class_init (SondeTurnColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sonde_turn_column_get_property;
  object_class->set_property = sonde_turn_column_set_property;
  object_class->dispose = sonde_turn_column_dispose;
  object_class->finalize = sonde_turn_column_finalize;
  widget_class->get_request_mode = sonde_turn_column_get_request_mode;
  widget_class->measure = sonde_turn_column_measure;
  widget_class->size_allocate = sonde_turn_column_size_allocate;
  widget_class->css_changed = sonde_turn_column_css_changed;
  widget_class->root = sonde_turn_column_root;
  widget_class->unroot = sonde_turn_column_unroot;

  /**
   * SondeTurnColumn:following:
   *
   * Whether it stands at its end and stays there.
   */
  properties[PROP_FOLLOWING] =
    g_param_spec_boolean ("following", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  /**
   * SondeTurnColumn::near-start:
   * @self: the column
   *
   * Its beginning is less than two pages away. Emitted while the layout is made.
   */
  signals[SIGNAL_NEAR_START] =
    g_signal_new ("near-start", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "turncolumn");
}

static void
sonde_turn_column_init (SondeTurnColumn *self)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  self->turns = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  self->tops = g_array_new (FALSE, FALSE, sizeof (int));
  self->following = TRUE;
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (controller, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* --- public ------------------------------------------------------------------- */

/**
 * sonde_turn_column_new:
 *
 * Returns: (transfer floating): an empty column
 */
GtkWidget *
sonde_turn_column_new (void)
{
  return g_object_new (SONDE_TYPE_TURN_COLUMN, NULL);
}

/**
 * sonde_turn_column_get_n_turns:
 * @self: a column
 *
 * Returns: how many turns are in it
 */
guint
sonde_turn_column_get_n_turns (SondeTurnColumn *self)
{
  g_return_val_if_fail (SONDE_IS_TURN_COLUMN (self), 0);

  return self->turns->len;
}

/**
 * sonde_turn_column_get_turn:
 * @self: a column
 * @position: from 0 on
 *
 * Returns: (transfer none): a turn
 */
GtkWidget *
sonde_turn_column_get_turn (SondeTurnColumn *self, guint position)
{
  g_return_val_if_fail (SONDE_IS_TURN_COLUMN (self), NULL);
  g_return_val_if_fail (position < self->turns->len, NULL);

  return g_ptr_array_index (self->turns, position);
}

/**
 * sonde_turn_column_insert:
 * @self: a column
 * @position: how many turns are to be before it
 * @turn: (transfer floating): a turn
 */
void
sonde_turn_column_insert (SondeTurnColumn *self, guint position, GtkWidget *turn)
{
  GtkWidget *before;

  g_return_if_fail (SONDE_IS_TURN_COLUMN (self));
  g_return_if_fail (position <= self->turns->len);

  before = position > 0 ? g_ptr_array_index (self->turns, position - 1) : NULL;
  g_ptr_array_insert (self->turns, (int) position, turn);
  gtk_widget_insert_after (turn, GTK_WIDGET (self), before);
}

/**
 * sonde_turn_column_remove:
 * @self: a column
 * @position: of the first turn to remove
 * @n_turns: how many to remove
 */
void
sonde_turn_column_remove (SondeTurnColumn *self, guint position, guint n_turns)
{
  g_return_if_fail (SONDE_IS_TURN_COLUMN (self));
  g_return_if_fail (position + n_turns <= self->turns->len);

  if (n_turns > 0)
    g_ptr_array_remove_range (self->turns, position, n_turns);
}

/**
 * sonde_turn_column_follow:
 * @self: a column
 *
 * Goes to the end and stays there.
 */
void
sonde_turn_column_follow (SondeTurnColumn *self)
{
  g_return_if_fail (SONDE_IS_TURN_COLUMN (self));

  set_following (self, TRUE);
  g_clear_weak_pointer (&self->anchor);
  self->held = FALSE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * sonde_turn_column_get_following:
 * @self: a column
 *
 * Returns: whether it stands at its end and stays there
 */
gboolean
sonde_turn_column_get_following (SondeTurnColumn *self)
{
  g_return_val_if_fail (SONDE_IS_TURN_COLUMN (self), FALSE);

  return self->following;
}

/**
 * sonde_turn_column_hold:
 * @self: a column
 * @widget: something in it
 *
 * The next change of the layout leaves @widget where it is on the screen.
 */
void
sonde_turn_column_hold (SondeTurnColumn *self, GtkWidget *widget)
{
  g_return_if_fail (SONDE_IS_TURN_COLUMN (self));

  sonde_turn_column_hold_at (self, widget, get_y (self, widget, NULL));
}

/**
 * sonde_turn_column_hold_at:
 * @self: a column
 * @widget: something in it
 * @y: how far below the upper edge its top is to be
 *
 * The next layout puts @widget there.
 */
void
sonde_turn_column_hold_at (SondeTurnColumn *self, GtkWidget *widget, double y)
{
  g_return_if_fail (SONDE_IS_TURN_COLUMN (self));
  g_return_if_fail (gtk_widget_is_ancestor (widget, GTK_WIDGET (self)));

  set_following (self, FALSE);
  g_set_weak_pointer (&self->anchor, widget);
  self->anchor_y = y;
  self->anchor_height = 0;
  self->held = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * sonde_turn_column_get_first_visible:
 * @self: a column
 * @y: (out): how far below the upper edge its top is
 *
 * Returns: (transfer none) (nullable): the first turn that is seen, at least in part
 */
GtkWidget *
sonde_turn_column_get_first_visible (SondeTurnColumn *self, double *y)
{
  GtkWidget *anchor;
  guint position;

  g_return_val_if_fail (SONDE_IS_TURN_COLUMN (self), NULL);

  anchor = find_anchor (self);
  if (anchor == NULL || !find_turn (self, anchor, &position))
    return NULL;
  *y = get_y (self, g_ptr_array_index (self->turns, position), NULL);

  return g_ptr_array_index (self->turns, position);
}
