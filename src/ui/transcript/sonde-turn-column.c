/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-turn-column.h"

#include <adwaita.h>
#include <math.h>

#include "sonde-document.h"
#include "sonde-reasoning.h"
#include "sonde-selection.h"
#include "sonde-text-block.h"
#include "sonde-text.h"
#include "sonde-turn-list.h"

/* The measure of product.md section 1 and the space around turns, as parts of the font's size. */
#define MAX_WIDTH   46.0
#define SIDE_SPACE  1.6
#define TURN_SPACE  1.5
#define TIGHT_SPACE 0.75 /* in its place, where there is to be little room */
#define START_SPACE 1.6
#define END_SPACE   1.6
#define STEP_SPACE  1.0 /* above a turn that is gone to */

/* Turns are made up to one page beyond what is seen, and kept up to two. */
#define PAGES_MADE 1.0
#define PAGES_KEPT 2.0

/* What is measured differs from what was estimated, so that other turns are near: so
 * often it is looked again. Two or three times are enough. */
#define MAX_PASSES 8

/* Until it is known how wide it is. */
#define FIRST_WIDTH 600

/* How long it takes to glide two thirds of the way to the end, in seconds. */
#define GLIDE_TIME 0.05

/* What stays where it is seen when the layout changes. */
typedef struct {
  gboolean set;
  guint position; /* of the turn */
  SondeTextKind kind;
  int block;       /* of that text, or -1 */
  GtkWidget *part; /* weak; what else of the turn it is, or NULL */
  double y;        /* where its top was seen */
  double height;   /* how high it was */
  double turn_y;   /* where the top of the turn was seen */
} Anchor;

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
 * Which of both is decided by the position alone, not by what moved it.
 *
 * Only the messages near what is seen have a turn, and of these only the blocks near
 * it have a row. The height of every other one is the last that was measured, or an
 * estimate; the anchor makes it good that estimates are wrong.
 */
struct _SondeTurnColumn {
  GtkWidget parent_instance;

  GtkAdjustment *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy policies[2];

  GListModel *messages;
  SondeTurnList *list; /* what there is to know of each message, with its turn if it is near */

  int width;         /* of the last layout */
  double em;         /* likewise */
  double turn_space; /* between turns, in em */
  int value;         /* the scroll position of the last layout, in whole pixels */
  guint glider;      /* moves to the end, or 0 */
  gint64 glide_time; /* when it was moved last */
  double glide_step; /* how far it is to move in the next layout */
  gboolean settled;  /* whether it stood at the end and glides along when that moves on */

  gboolean following;
  gboolean pressed; /* a mouse button is held down in it: what is under it stays */
  Anchor anchor;
  gboolean held; /* whether the anchor was set for the next layout */
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

enum { SIGNAL_TURN_ADDED, N_SIGNALS };

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
get_y (GtkWidget *widget, GtkWidget *ancestor, double *height)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (widget, ancestor, &bounds))
    return 0;
  if (height != NULL)
    *height = bounds.size.height;

  return bounds.origin.y;
}

static int
get_top (SondeTurnColumn *self, guint position)
{
  return (int) (START_SPACE * self->em) + sonde_turn_list_get_top (self->list, position);
}

static int
get_total (SondeTurnColumn *self)
{
  return get_top (self, sonde_turn_list_get_n_items (self->list)) +
         (int) ((END_SPACE - self->turn_space) * self->em);
}

/* --- anchor ------------------------------------------------------------------- */

static void
clear_anchor (SondeTurnColumn *self)
{
  g_clear_weak_pointer (&self->anchor.part);
  self->anchor.set = FALSE;
}

/* The child of a turn, or of a part of it, that is seen first at @y. */
static GtkWidget *
find_part (GtkWidget *widget, double y)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    double height = 0;

    if (gtk_widget_get_visible (child) && get_y (child, widget, &height) + height > y && height > 0)
      return child;
  }

  return NULL;
}

/* Takes as the anchor what of a turn is seen first at @y in it. */
static void
anchor_inside (SondeTurnColumn *self, GtkWidget *turn, double y)
{
  Anchor *anchor = &self->anchor;
  GtkWidget *part = turn;

  while (SONDE_IS_TURN (part) || SONDE_IS_REASONING (part) || GTK_IS_BOX (part)) {
    GtkWidget *child = find_part (part, y - get_y (part, turn, NULL));

    if (child == NULL)
      break;
    part = child;
  }
  if (part == turn)
    return;

  if (SONDE_IS_DOCUMENT (part)) {
    SondeDocument *document = SONDE_DOCUMENT (part);
    double document_y = get_y (part, turn, NULL);
    guint block = sonde_document_find_block (document, y - document_y);

    if (block < sonde_document_get_n_blocks (document)) {
      anchor->kind = sonde_document_get_kind (document);
      anchor->block = (int) block;
      anchor->y = anchor->turn_y + document_y + sonde_document_get_block_top (document, block);
      anchor->height = sonde_document_get_block_height (document, block);
      return;
    }
  }
  g_set_weak_pointer (&anchor->part, part);
  anchor->y = anchor->turn_y + get_y (part, turn, &anchor->height);
}

/* Takes as the anchor what is seen first at the scroll position, at least in part. The
 * position may be newer than the layout. */
static void
update_anchor (SondeTurnColumn *self)
{
  Anchor *anchor = &self->anchor;
  double value = get_value (self);
  double y = value - (int) (START_SPACE * self->em);
  guint position = sonde_turn_list_find (self->list, (int) y);

  clear_anchor (self);

  /* The space below a turn is nothing that is read. */
  if (position + 1 < sonde_turn_list_get_n_items (self->list) &&
      sonde_turn_list_get_top (self->list, position + 1) - (int) (self->turn_space * self->em) <= y)
    position++;
  if (position >= sonde_turn_list_get_n_items (self->list))
    return;

  anchor->set = TRUE;
  anchor->position = position;
  anchor->block = -1;
  anchor->turn_y = get_top (self, position) - value;
  anchor->y = anchor->turn_y;
  anchor->height = sonde_turn_list_get_height (self->list, position);
  if (sonde_turn_list_get_turn (self->list, position) != NULL)
    anchor_inside (self, sonde_turn_list_get_turn (self->list, position), -anchor->turn_y);
}

/* Where the anchor begins in its turn, which has been laid out. */
static double
find_anchor_y (SondeTurnColumn *self, double *height)
{
  const Anchor *anchor = &self->anchor;
  GtkWidget *turn = sonde_turn_list_get_turn (self->list, anchor->position);
  SondeDocument *document =
    anchor->block >= 0 ? sonde_turn_get_document (SONDE_TURN (turn), anchor->kind) : NULL;

  if (document != NULL) {
    guint block = (guint) anchor->block;

    *height = sonde_document_get_block_height (document, block);
    return get_y (GTK_WIDGET (document), turn, NULL) +
           sonde_document_get_block_top (document, block);
  }
  if (anchor->part != NULL && gtk_widget_is_ancestor (anchor->part, turn))
    return get_y (anchor->part, turn, height);

  *height = sonde_turn_list_get_height (self->list, anchor->position);

  /* What was the anchor is no more: the turn as a whole stays. */
  return anchor->y - anchor->turn_y;
}

/* Puts a turn, or a block in it, where it is to be seen. */
static void
hold_turn (SondeTurnColumn *self, guint position, int block, SondeTextKind kind, double y)
{
  Anchor *anchor = &self->anchor;

  set_following (self, FALSE);
  clear_anchor (self);
  anchor->set = TRUE;
  anchor->position = position;
  anchor->kind = kind;
  anchor->block = block;
  anchor->y = y;
  anchor->turn_y = y;
  anchor->height = 0;
  self->held = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
value_changed_cb (SondeTurnColumn *self)
{
  if (self->laying_out)
    return;

  /* On the way to the end, a step towards it is no step away. */
  if (self->glider == 0 || get_value (self) < self->value)
    set_following (self, is_at_end (self));
  self->held = FALSE;
  update_anchor (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* --- mouse -------------------------------------------------------------------- */

static gboolean
has_selection (SondeTurnColumn *self)
{
  SondeSelection *selection = sonde_selection_find (GTK_WIDGET (self));

  return selection != NULL && !sonde_selection_is_empty (selection);
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

/* --- messages ----------------------------------------------------------------- */

static void
items_changed_cb (SondeTurnColumn *self, guint position, guint n_removed, guint n_added)
{
  Anchor *anchor = &self->anchor;
  gboolean anew = n_removed == sonde_turn_list_get_n_items (self->list);
  guint n;

  sonde_turn_list_splice (self->list, position, n_removed, n_added);
  n = sonde_turn_list_get_n_items (self->list);
  /* Only what comes in below is glided to. */
  if (position + n_added < n || anew)
    self->settled = FALSE;
  if (anew) {
    sonde_turn_column_follow (self);
  } else if (anchor->set && anchor->position >= position + n_removed) {
    anchor->position += n_added - n_removed;
  } else if (anchor->set && anchor->position >= position) {
    /* Another version of it takes its place. */
    anchor->block = -1;
    g_clear_weak_pointer (&anchor->part);
    anchor->y = anchor->turn_y;
    anchor->set = anchor->position < n;
  }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* --- layout ------------------------------------------------------------------- */

static GtkSizeRequestMode
sonde_turn_column_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
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

static void
make_turn (SondeTurnColumn *self, guint position)
{
  SondeTurn *turn = sonde_turn_list_make (self->list, position);

  g_signal_connect_swapped (turn, "toggle", G_CALLBACK (sonde_turn_column_hold), self);
  g_signal_emit (self, signals[SIGNAL_TURN_ADDED], 0, turn);
}

static void
allocate_turn (SondeTurnColumn *self, guint position, int x)
{
  GtkWidget *turn = sonde_turn_list_get_turn (self->list, position);
  GtkAllocation place = { x, get_top (self, position) - self->value, 0,
                          sonde_turn_list_get_height (self->list, position) };

  gtk_widget_measure (turn, GTK_ORIENTATION_HORIZONTAL, -1, &place.width, NULL, NULL, NULL);
  place.width = MAX (place.width, self->width);
  gtk_widget_size_allocate (turn, &place, -1);
}

/* Where to scroll to so that the anchor is seen where it was. */
static double
find_held_value (SondeTurnColumn *self, int x, gboolean resized)
{
  const Anchor *anchor = &self->anchor;
  double offset = anchor->y;
  double height = 0;
  double y;

  if (!anchor->set)
    return get_value (self);

  if (sonde_turn_list_get_turn (self->list, anchor->position) == NULL)
    make_turn (self, anchor->position);
  sonde_turn_list_measure (self->list, anchor->position);
  allocate_turn (self, anchor->position, x);
  y = get_top (self, anchor->position) + find_anchor_y (self, &height);
  /* Of a block that begins above, the same part is kept above when its lines break anew. */
  if (resized && offset < 0 && anchor->height > 0)
    offset *= height / anchor->height;

  return y - offset;
}

/* Tells the documents below @widget what is seen of them. Returns whether any has
 * changed thereby. */
static gboolean
update_views (SondeTurnColumn *self, GtkWidget *widget, int height)
{
  gboolean changed = FALSE;

  if (SONDE_IS_DOCUMENT (widget)) {
    double y = get_y (widget, GTK_WIDGET (self), NULL);

    return sonde_document_set_view (SONDE_DOCUMENT (widget), -y, height - y);
  }
  if (!SONDE_IS_TURN (widget) && !SONDE_IS_REASONING (widget) && !GTK_IS_BOX (widget))
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (gtk_widget_get_visible (child))
      changed = update_views (self, child, height) || changed;
  }

  return changed;
}

/* Makes the turns that are near and lacking, and gives each its place. Returns whether
 * it has to be done again, since something is not as high as was thought. */
static gboolean
place_turns (SondeTurnColumn *self, int x, int height, gboolean last)
{
  const int top = self->value - (int) (PAGES_MADE * height);
  const int bottom = self->value + height + (int) (PAGES_MADE * height);
  gboolean changed = FALSE;
  guint first;
  guint end;

  for (guint i = sonde_turn_list_find (self->list, top - (int) (START_SPACE * self->em));
       i < sonde_turn_list_get_n_items (self->list) && get_top (self, i) < bottom; i++) {
    if (sonde_turn_list_get_turn (self->list, i) == NULL &&
        sonde_turn_list_get_shown (self->list, i)) {
      make_turn (self, i);
      changed = sonde_turn_list_measure (self->list, i) || changed;
    }
  }
  changed = sonde_turn_list_measure_all (self->list) || changed;
  sonde_turn_list_get_made (self->list, &first, &end);
  for (guint i = first; i < end; i++) {
    if (sonde_turn_list_get_turn (self->list, i) == NULL)
      continue;
    allocate_turn (self, i, x);
    if (!last)
      changed = update_views (self, sonde_turn_list_get_turn (self->list, i), height) || changed;
  }

  return changed;
}

static gboolean
glide_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  SondeTurnColumn *self = SONDE_TURN_COLUMN (widget);
  double lag = get_total (self) - gtk_widget_get_height (widget) - self->value;
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double part = 1 - exp (-(double) (now - self->glide_time) / G_USEC_PER_SEC / GLIDE_TIME);

  self->glide_time = now;
  self->glide_step += MAX (lag * part, 1);
  gtk_widget_queue_allocate (widget);

  return G_SOURCE_CONTINUE;
}

static void
stop_gliding (SondeTurnColumn *self)
{
  if (self->glider != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->glider);
  self->glider = 0;
  self->glide_step = 0;
}

/* Where to scroll to while the end is followed: there, or a step on the way there from
 * what was seen when the end has moved on a little. */
static double
find_followed_value (SondeTurnColumn *self, double held, double end, int height)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (!self->settled || end <= held || end - held > height || !adw_get_enable_animations (widget) ||
      !gtk_widget_get_mapped (widget)) {
    stop_gliding (self);
    return end;
  }
  if (self->glider == 0) {
    self->glide_time = gdk_frame_clock_get_frame_time (gtk_widget_get_frame_clock (widget));
    self->glider = gtk_widget_add_tick_callback (widget, glide_cb, NULL, NULL);
  }

  return MIN (held + self->glide_step, end);
}

static void
configure (SondeTurnColumn *self, int width, int height)
{
  if (vertical (self) != NULL)
    gtk_adjustment_configure (vertical (self), self->value, 0, MAX (get_total (self), height),
                              height * 0.1, height * 0.9, height);
  if (self->adjustments[GTK_ORIENTATION_HORIZONTAL] != NULL)
    gtk_adjustment_configure (self->adjustments[GTK_ORIENTATION_HORIZONTAL], 0, 0, width,
                              width * 0.1, width * 0.9, width);
}

static void
sonde_turn_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SondeTurnColumn *self = SONDE_TURN_COLUMN (widget);
  double em = sonde_text_em (widget);
  int side = MIN ((int) (SIDE_SPACE * em), width / 24);
  int column = MIN (width - 2 * side, (int) (MAX_WIDTH * em));
  int x = MAX ((width - column) / 2, 0);
  gboolean resized =
    sonde_turn_list_set_size (self->list, column, em, (int) (self->turn_space * em));
  gboolean changed = TRUE;

  self->laying_out = TRUE;
  self->width = column;
  self->em = em;
  if (resized)
    self->settled = FALSE;
  if (!self->following)
    stop_gliding (self);

  for (guint i = 0; changed && i < MAX_PASSES; i++) {
    double end;
    double value;

    sonde_turn_list_measure_all (self->list);
    value = find_held_value (self, x, resized);
    end = MAX (get_total (self) - height, 0);
    if (self->following && !self->pressed)
      value = find_followed_value (self, value, end, height);
    self->value = (int) CLAMP (value, 0, end);
    changed = place_turns (self, x, height, i + 1 == MAX_PASSES);
  }
  if (!self->pressed)
    sonde_turn_list_trim (
      self->list, sonde_turn_list_find (self->list, self->value - (int) (PAGES_KEPT * height)),
      sonde_turn_list_find (self->list, self->value + (int) ((1 + PAGES_KEPT) * height)) + 1);
  configure (self, width, height);
  self->settled = self->following;
  self->glide_step = 0;
  self->laying_out = FALSE;

  if (self->held)
    set_following (self, is_at_end (self));
  self->held = FALSE;
  update_anchor (self);
}

static void
sonde_turn_column_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (sonde_turn_column_parent_class)->css_changed (widget, change);

  gtk_widget_queue_resize (widget);
}

/* --- keyboard ----------------------------------------------------------------- */

static gboolean
is_in_view (SondeTurnColumn *self, GtkWidget *widget)
{
  double height = 0;
  double y = get_y (widget, GTK_WIDGET (self), &height);

  return y + height > 0 && y < gtk_widget_get_height (GTK_WIDGET (self));
}

static gboolean
page_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  SondeTurnColumn *self = SONDE_TURN_COLUMN (widget);
  double page = gtk_adjustment_get_page_increment (vertical (self));
  double step = gtk_adjustment_get_step_increment (vertical (self));
  int pages;
  int steps;

  g_variant_get (args, "(ii)", &pages, &steps);
  gtk_adjustment_set_value (vertical (self), get_value (self) + pages * page + steps * step);

  return GDK_EVENT_STOP;
}

/* An arrow scrolls where there is no text that the caret could move in. */
static gboolean
arrow_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return SONDE_IS_TURN (focus) ? page_cb (widget, args, data) : GDK_EVENT_PROPAGATE;
}

static gboolean
start_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_adjustment_set_value (vertical (SONDE_TURN_COLUMN (widget)), 0);

  return GDK_EVENT_STOP;
}

static gboolean
end_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  sonde_turn_column_follow (SONDE_TURN_COLUMN (widget));

  return GDK_EVENT_STOP;
}

static void
add_bindings (GtkWidgetClass *klass)
{
  static const struct {
    guint keyval;
    guint keypad_keyval;
    GtkShortcutFunc func;
    int pages;
    int steps;
  } bindings[] = {
    { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, page_cb, -1, 0 },
    { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, page_cb, 1, 0 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, arrow_cb, 0, -1 },
    { GDK_KEY_Down, GDK_KEY_KP_Down, arrow_cb, 0, 1 },
    { GDK_KEY_Home, GDK_KEY_KP_Home, start_cb, 0, 0 },
    { GDK_KEY_End, GDK_KEY_KP_End, end_cb, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bindings); i++) {
    const guint keyvals[] = { bindings[i].keyval, bindings[i].keypad_keyval };

    for (gsize j = 0; j < G_N_ELEMENTS (keyvals); j++) {
      gtk_widget_class_add_binding (klass, keyvals[j], 0, bindings[i].func, "(ii)",
                                    bindings[i].pages, bindings[i].steps);
      if (bindings[i].func == start_cb || bindings[i].func == end_cb)
        gtk_widget_class_add_binding (klass, keyvals[j], GDK_CONTROL_MASK, bindings[i].func, "(ii)",
                                      0, 0);
    }
  }
}

/* --- focus -------------------------------------------------------------------- */

/* The focus that is moved by the keyboard is brought into view. A click is in view, and
 * of a text the caret is what matters. */
static void
focus_cb (SondeTurnColumn *self)
{
  GtkWidget *focus = gtk_root_get_focus (self->root);
  double page = gtk_widget_get_height (GTK_WIDGET (self));
  double height = 0;
  double y;

  if (focus == NULL || SONDE_IS_TEXT_BLOCK (focus) ||
      !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) ||
      !gtk_window_get_focus_visible (GTK_WINDOW (self->root)))
    return;

  /* Of a turn it is enough that some of it is seen. */
  if (SONDE_IS_TURN (focus) && is_in_view (self, focus))
    return;

  y = get_y (focus, GTK_WIDGET (self), &height);
  if (y < 0 || height > page)
    gtk_adjustment_set_value (vertical (self), get_value (self) + y - page / 8);
  else if (y + height > page)
    gtk_adjustment_set_value (vertical (self), get_value (self) + y + height - page * 7 / 8);
}

/* Who comes in from outside comes to what is seen, not to a turn a page away. */
static gboolean
sonde_turn_column_focus (GtkWidget *widget, GtkDirectionType direction)
{
  SondeTurnColumn *self = SONDE_TURN_COLUMN (widget);
  gboolean forward = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_DOWN;
  guint first;
  guint end;

  sonde_turn_list_get_made (self->list, &first, &end);
  if (gtk_widget_get_focus_child (widget) == NULL) {
    for (guint i = 0; i < end - first; i++) {
      GtkWidget *turn = sonde_turn_list_get_turn (self->list, forward ? first + i : end - 1 - i);

      if (turn != NULL && is_in_view (self, turn) && gtk_widget_child_focus (turn, direction))
        return TRUE;
    }
  }

  return GTK_WIDGET_CLASS (sonde_turn_column_parent_class)->focus (widget, direction);
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

  sonde_turn_column_set_messages (self, NULL);
  stop_gliding (self);
  clear_anchor (self);
  g_clear_handle_id (&self->notify, g_source_remove);
  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);

  G_OBJECT_CLASS (sonde_turn_column_parent_class)->dispose (object);
}

static void
sonde_turn_column_finalize (GObject *object)
{
  SondeTurnColumn *self = SONDE_TURN_COLUMN (object);

  sonde_turn_list_free (self->list);

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
  widget_class->focus = sonde_turn_column_focus;
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
   * SondeTurnColumn::turn-added:
   * @self: the column
   * @turn: a turn that was made for a message that is near
   *
   * Emitted while the layout is made.
   */
  signals[SIGNAL_TURN_ADDED] =
    g_signal_new ("turn-added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, SONDE_TYPE_TURN);

  add_bindings (widget_class);
  gtk_widget_class_set_css_name (widget_class, "turncolumn");
}

static void
sonde_turn_column_init (SondeTurnColumn *self)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  self->list = sonde_turn_list_new (GTK_WIDGET (self));
  self->following = TRUE;
  self->em = sonde_text_em (GTK_WIDGET (self));
  self->turn_space = TURN_SPACE;
  sonde_turn_list_set_size (self->list, FIRST_WIDTH, self->em, (int) (self->turn_space * self->em));
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
 * sonde_turn_column_set_messages:
 * @self: a column
 * @messages: (nullable): of type SondeMessage; what to show
 *
 * Shows other messages, from their end.
 */
void
sonde_turn_column_set_messages (SondeTurnColumn *self, GListModel *messages)
{
  g_return_if_fail (SONDE_IS_TURN_COLUMN (self));

  if (self->messages == messages)
    return;

  if (self->messages != NULL)
    g_signal_handlers_disconnect_by_func (self->messages, items_changed_cb, self);
  g_set_object (&self->messages, messages);
  sonde_turn_list_set_messages (self->list, messages);
  if (messages != NULL)
    g_signal_connect_swapped (messages, "items-changed", G_CALLBACK (items_changed_cb), self);
  self->settled = FALSE;
  sonde_turn_column_follow (self);
}

/**
 * sonde_turn_column_get_n_turns:
 * @self: a column
 *
 * Returns: how many messages are in it
 */
guint
sonde_turn_column_get_n_turns (SondeTurnColumn *self)
{
  g_return_val_if_fail (SONDE_IS_TURN_COLUMN (self), 0);

  return sonde_turn_list_get_n_items (self->list);
}

/**
 * sonde_turn_column_get_turn:
 * @self: a column
 * @position: of a message
 *
 * Returns: (transfer none) (nullable): its turn, or %NULL where it is far from what is seen
 */
GtkWidget *
sonde_turn_column_get_turn (SondeTurnColumn *self, guint position)
{
  g_return_val_if_fail (SONDE_IS_TURN_COLUMN (self), NULL);

  return sonde_turn_list_get_turn (self->list, position);
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
  clear_anchor (self);
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
 * @widget: something in one of its turns
 *
 * The next change of the layout leaves @widget where it is on the screen.
 */
void
sonde_turn_column_hold (SondeTurnColumn *self, GtkWidget *widget)
{
  Anchor *anchor;
  guint position;

  g_return_if_fail (SONDE_IS_TURN_COLUMN (self));
  g_return_if_fail (gtk_widget_is_ancestor (widget, GTK_WIDGET (self)));

  if (!sonde_turn_list_find_turn (self->list, widget, &position))
    return;

  anchor = &self->anchor;
  set_following (self, FALSE);
  anchor->set = TRUE;
  anchor->position = position;
  anchor->block = -1;
  g_set_weak_pointer (&anchor->part, widget);
  anchor->turn_y = get_y (sonde_turn_list_get_turn (self->list, position), GTK_WIDGET (self), NULL);
  anchor->y = get_y (widget, GTK_WIDGET (self), &anchor->height);
  self->held = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * sonde_turn_column_get_place:
 * @self: a column
 * @place: (out caller-allocates): what is seen first
 *
 * Returns: %FALSE where the end is followed
 */
gboolean
sonde_turn_column_get_place (SondeTurnColumn *self, SondeTurnPlace *place)
{
  const Anchor *anchor;
  g_autoptr (SondeMessage) message = NULL;

  g_return_val_if_fail (SONDE_IS_TURN_COLUMN (self), FALSE);

  anchor = &self->anchor;
  if (self->following || !anchor->set)
    return FALSE;

  message = g_list_model_get_item (self->messages, anchor->position);
  place->message_id = sonde_message_get_id (message);
  place->kind = anchor->kind;
  place->block = anchor->block;
  place->y = anchor->block >= 0 ? anchor->y : anchor->turn_y;

  return TRUE;
}

/**
 * sonde_turn_column_go_to:
 * @self: a column
 * @place: what to show
 *
 * The next layout puts the place where it says.
 *
 * Returns: whether the message is there
 */
gboolean
sonde_turn_column_go_to (SondeTurnColumn *self, const SondeTurnPlace *place)
{
  g_return_val_if_fail (SONDE_IS_TURN_COLUMN (self), FALSE);

  /* From the end: that is where the messages are that one comes back to. */
  for (guint i = sonde_turn_list_get_n_items (self->list); i > 0; i--) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (self->messages, i - 1);

    if (sonde_message_get_id (message) != place->message_id)
      continue;
    if (place->kind == SONDE_TEXT_REASONING && place->block >= 0)
      sonde_turn_list_open_reasoning (self->list, place->message_id);
    hold_turn (self, i - 1, place->block, place->kind, place->y);
    return TRUE;
  }

  return FALSE;
}

/**
 * sonde_turn_column_open_reasoning:
 * @self: a column
 * @message_id: a message
 *
 * Opens the reasoning of that message, whether its turn is near or not.
 */
void
sonde_turn_column_open_reasoning (SondeTurnColumn *self, gint64 message_id)
{
  g_return_if_fail (SONDE_IS_TURN_COLUMN (self));

  sonde_turn_list_open_reasoning (self->list, message_id);
}

/**
 * sonde_turn_column_step:
 * @self: a column
 * @step: 1 for the next message, -1 for the one before
 *
 * Goes from message to message: the beginning of the next one comes to the top, and it
 * gets the focus.
 */
void
sonde_turn_column_step (SondeTurnColumn *self, int step)
{
  GtkWidget *focus;
  guint position;

  g_return_if_fail (SONDE_IS_TURN_COLUMN (self));

  focus = gtk_widget_get_focus_child (GTK_WIDGET (self));
  if (focus == NULL || !is_in_view (self, focus) ||
      !sonde_turn_list_find_turn (self->list, focus, &position)) {
    position = self->anchor.set ? self->anchor.position : 0;
    /* From a turn that begins above, the first step back is to its beginning. */
    if (step < 0 && self->anchor.set && self->anchor.turn_y < 0)
      position++;
  } else if (step < 0 && get_y (focus, GTK_WIDGET (self), NULL) < 0) {
    position++;
  }

  do
    position += (guint) step;
  while (position < sonde_turn_list_get_n_items (self->list) &&
         !sonde_turn_list_get_shown (self->list, position));
  if (position >= sonde_turn_list_get_n_items (self->list)) {
    if (step > 0)
      sonde_turn_column_follow (self);
    return;
  }

  if (sonde_turn_list_get_turn (self->list, position) != NULL)
    gtk_widget_grab_focus (sonde_turn_list_get_turn (self->list, position));
  hold_turn (self, position, -1, SONDE_TEXT_CONTENT, (int) (STEP_SPACE * self->em));
}

/**
 * sonde_turn_column_set_compact:
 * @self: a column
 * @compact: whether there is to be little room between turns
 */
void
sonde_turn_column_set_compact (SondeTurnColumn *self, gboolean compact)
{
  g_return_if_fail (SONDE_IS_TURN_COLUMN (self));

  self->turn_space = compact ? TIGHT_SPACE : TURN_SPACE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
