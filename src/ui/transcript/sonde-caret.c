/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-caret.h"

#include "sonde-selection-menu.h"
#include "sonde-text-block.h"

#define MARGIN 24.0 /* pixels that the caret keeps from the view's edges */

/* The caret and the keys that move it. With Shift they select. It is in one of the
 * texts on the screen, which has the focus; those around it are ready to be gone to. */

typedef struct {
  SondeSelection *selection; /* owned */
  GtkWidget *view;           /* owns this */
  double x;                  /* where the caret likes to be in the lines above and below, or -1 */
  SondeTranscriptPosition last; /* where it was put last: elsewhere, the mouse has moved it */
} Caret;

/* --- where it is ---------------------------------------------------------------- */

static gboolean
is_before_view (Caret *self, GtkWidget *widget)
{
  graphene_rect_t bounds;

  return !gtk_widget_compute_bounds (widget, self->view, &bounds) ||
         (double) (bounds.origin.y + bounds.size.height) <= 0;
}

/* The text that has the caret. Without one: the first text of what has the focus, or
 * the first one that is seen. */
static gboolean
find_block (Caret *self, GPtrArray *blocks, guint *index, guint *offset)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (self->view));
  SondeTranscriptPosition position;

  *offset = 0;
  if (sonde_selection_has_caret (self->selection)) {
    sonde_selection_get (self->selection, NULL, &position);
    *offset = position.offset;
    position.offset = 0;
    for (*index = 0; *index < blocks->len; (*index)++) {
      SondeTextBlock *block = g_ptr_array_index (blocks, *index);

      if (sonde_selection_compare (self->selection, sonde_text_block_get_place (block),
                                   &position) == 0)
        return TRUE;
    }
    *offset = 0;
  }
  for (*index = 0; *index < blocks->len; (*index)++) {
    if (focus != NULL && focus != self->view &&
        gtk_widget_is_ancestor (g_ptr_array_index (blocks, *index), focus))
      return TRUE;
  }
  for (*index = 0; *index < blocks->len; (*index)++) {
    if (!is_before_view (self, g_ptr_array_index (blocks, *index)))
      return TRUE;
  }

  return FALSE;
}

static void
show_caret (Caret *self, SondeTextBlock *block, guint offset)
{
  g_autoptr (GtkAdjustment) adjustment = NULL;
  double height = gtk_widget_get_height (self->view);
  graphene_rect_t area;
  graphene_point_t top;

  g_object_get (self->view, "vadjustment", &adjustment, NULL);
  sonde_text_block_get_caret_area (block, offset, &area);
  if (adjustment == NULL ||
      !gtk_widget_compute_point (GTK_WIDGET (block), self->view, &area.origin, &top))
    return;
  if ((double) top.y < MARGIN)
    gtk_adjustment_set_value (adjustment,
                              gtk_adjustment_get_value (adjustment) + (double) top.y - MARGIN);
  else if ((double) (top.y + area.size.height) > height - MARGIN)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) +
                                            (double) (top.y + area.size.height) - height + MARGIN);
}

static void
put (Caret *self, SondeTextBlock *block, guint offset, gboolean extend)
{
  SondeTranscriptPosition focus = *sonde_text_block_get_place (block);
  SondeTranscriptPosition anchor;

  focus.offset = offset;
  anchor = focus;
  self->last = focus;
  if (extend && sonde_selection_has_caret (self->selection))
    sonde_selection_get (self->selection, &anchor, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (block));
  sonde_selection_set (self->selection, &anchor, &focus);
  show_caret (self, block, offset);
  sonde_selection_menu_set_primary (self->selection, self->view);
}

/* --- moving it ------------------------------------------------------------------ */

static double
get_caret_x (Caret *self, SondeTextBlock *block, guint offset)
{
  graphene_rect_t area;
  graphene_point_t point;

  sonde_text_block_get_caret_area (block, offset, &area);
  if (!gtk_widget_compute_point (GTK_WIDGET (block), self->view, &area.origin, &point))
    return 0;

  return (double) point.x;
}

static double
to_block_x (Caret *self, SondeTextBlock *block, double x)
{
  graphene_point_t point;

  if (!gtk_widget_compute_point (self->view, GTK_WIDGET (block),
                                 &GRAPHENE_POINT_INIT ((float) x, 0), &point))
    return 0;

  return (double) point.x;
}

static gboolean
is_on_same_line (Caret *self, GtkWidget *a, GtkWidget *b)
{
  graphene_rect_t first;
  graphene_rect_t second;

  return gtk_widget_compute_bounds (a, self->view, &first) &&
         gtk_widget_compute_bounds (b, self->view, &second) &&
         first.origin.y < second.origin.y + second.size.height &&
         second.origin.y < first.origin.y + first.size.height;
}

static void
move_line (Caret *self, GPtrArray *blocks, guint index, guint offset, int step, gboolean extend)
{
  SondeTextBlock *block = g_ptr_array_index (blocks, index);
  SondeTextBlock *next = block;

  if (self->x < 0)
    self->x = get_caret_x (self, block, offset);
  if (!sonde_text_block_move_line (block, to_block_x (self, block, self->x), step, &offset)) {
    /* Cells beside this one are not below it. */
    do {
      index += (guint) step;
      if (index >= blocks->len)
        return;
      next = g_ptr_array_index (blocks, index);
    } while (is_on_same_line (self, GTK_WIDGET (block), GTK_WIDGET (next)));
    offset = 0;
    sonde_text_block_move_line (next, to_block_x (self, next, self->x), step * 2, &offset);
  }
  put (self, next, offset, extend);
}

static void
move_letter (Caret *self,
             GPtrArray *blocks,
             guint index,
             guint offset,
             int step,
             gboolean word,
             gboolean extend)
{
  SondeTextBlock *block = g_ptr_array_index (blocks, index);
  guint next = word ? sonde_text_block_move_word (block, offset, step)
                    : sonde_text_block_move_visually (block, offset, step);

  if (next == G_MAXUINT) {
    gboolean mirrored = !word && gtk_widget_get_direction (GTK_WIDGET (block)) == GTK_TEXT_DIR_RTL;
    int way = mirrored ? -step : step;

    index += (guint) way;
    if (index >= blocks->len)
      return;
    block = g_ptr_array_index (blocks, index);
    next = way > 0 ? 0 : (guint) sonde_text_block_get_length (block);
  }
  put (self, block, next, extend);
}

/* An arrow without Shift goes to the end of what is selected. */
static gboolean
collapse (Caret *self, GPtrArray *blocks, int step)
{
  SondeTranscriptPosition anchor;
  SondeTranscriptPosition focus;

  if (sonde_selection_is_empty (self->selection))
    return FALSE;

  sonde_selection_get (self->selection, &anchor, &focus);
  if ((sonde_selection_compare (self->selection, &anchor, &focus) < 0) != (step > 0))
    focus = anchor;
  sonde_selection_set (self->selection, &focus, &focus);
  for (guint i = 0; i < blocks->len; i++) {
    SondeTextBlock *block = g_ptr_array_index (blocks, i);
    SondeTranscriptPosition place = *sonde_text_block_get_place (block);

    place.offset = focus.offset;
    if (sonde_selection_compare (self->selection, &place, &focus) == 0)
      put (self, block, focus.offset, FALSE);
  }

  return TRUE;
}

/* Whether the keys that move a caret are this one's: the focus is in a text, or on
 * something that does not use them. */
static gboolean
owns_arrows (Caret *self, gboolean extend, guint key)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (self->view));

  if (SONDE_IS_TEXT_BLOCK (focus) || SONDE_IS_TEXT_LINK (focus))
    return TRUE;
  if (GTK_IS_BUTTON (focus) || GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus))
    return FALSE;

  /* Up and down scroll as long as there is no caret. */
  return extend || key == GDK_KEY_Left || key == GDK_KEY_Right;
}

static gboolean
move (Caret *self, guint key, GdkModifierType modifiers)
{
  g_autoptr (GPtrArray) blocks = sonde_selection_dup_blocks (self->selection);
  gboolean extend = (modifiers & GDK_SHIFT_MASK) != 0;
  gboolean word = (modifiers & GDK_CONTROL_MASK) != 0;
  int step = key == GDK_KEY_Right || key == GDK_KEY_Down || key == GDK_KEY_End ? 1 : -1;
  guint index;
  guint offset;
  SondeTranscriptPosition focus;
  guint start;
  guint end;

  if (!find_block (self, blocks, &index, &offset))
    return FALSE;

  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_Right:
    self->x = -1;
    if (extend || word || !collapse (self, blocks, step))
      move_letter (self, blocks, index, offset, step, word, extend);
    return TRUE;
  case GDK_KEY_Up:
  case GDK_KEY_Down:
    if (word)
      return FALSE;
    if (sonde_selection_has_caret (self->selection)) {
      sonde_selection_get (self->selection, NULL, &focus);
      if (sonde_selection_compare (self->selection, &focus, &self->last) != 0)
        self->x = -1;
    }
    move_line (self, blocks, index, offset, step, extend);
    return TRUE;
  default:
    if (word)
      return FALSE;
    self->x = -1;
    sonde_text_block_find_line (g_ptr_array_index (blocks, index), offset, &start, &end);
    put (self, g_ptr_array_index (blocks, index), step > 0 ? end : start, extend);
    return TRUE;
  }
}

/* The message first, then the whole conversation. */
static void
select_all (Caret *self)
{
  g_autoptr (GPtrArray) blocks = sonde_selection_dup_blocks (self->selection);
  guint index;
  guint offset;

  if (!find_block (self, blocks, &index, &offset))
    return;
  if (!sonde_selection_has_caret (self->selection))
    put (self, g_ptr_array_index (blocks, index), offset, FALSE);
  if (!sonde_selection_select_message (self->selection))
    sonde_selection_select_all (self->selection);
  sonde_selection_menu_set_primary (self->selection, self->view);
}

static void
popup_menu (Caret *self)
{
  g_autoptr (GPtrArray) blocks = sonde_selection_dup_blocks (self->selection);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (self->view));
  graphene_point_t point = GRAPHENE_POINT_INIT (0, 0);
  graphene_rect_t area;
  SondeTextLink *link;
  guint index;
  guint offset;

  if (!find_block (self, blocks, &index, &offset))
    return;
  sonde_text_block_get_caret_area (g_ptr_array_index (blocks, index), offset, &area);
  if (!gtk_widget_compute_point (g_ptr_array_index (blocks, index), self->view, &area.origin,
                                 &point))
    return;
  link = SONDE_IS_TEXT_LINK (focus)
           ? SONDE_TEXT_LINK (focus)
           : sonde_text_block_find_link (g_ptr_array_index (blocks, index), (double) area.origin.x,
                                         (double) (area.origin.y + area.size.height / 2));
  sonde_selection_menu_popup (self->selection, self->view, (double) point.x,
                              (double) (point.y + area.size.height),
                              g_ptr_array_index (blocks, index), link);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        gpointer data)
{
  Caret *self = data;
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_Right:
  case GDK_KEY_Up:
  case GDK_KEY_Down:
  case GDK_KEY_Home:
  case GDK_KEY_End:
    return !(modifiers & GDK_ALT_MASK) &&
           owns_arrows (self, (modifiers & GDK_SHIFT_MASK) != 0, key) &&
           move (self, key, modifiers);
  case GDK_KEY_a:
  case GDK_KEY_A:
    if (modifiers != GDK_CONTROL_MASK)
      return FALSE;
    select_all (self);
    return TRUE;
  case GDK_KEY_c:
  case GDK_KEY_Insert:
    if (modifiers != GDK_CONTROL_MASK || sonde_selection_is_empty (self->selection))
      return FALSE;
    sonde_selection_menu_copy (self->selection, self->view);
    return TRUE;
  case GDK_KEY_Escape:
    if (modifiers != 0 || sonde_selection_is_empty (self->selection))
      return FALSE;
    sonde_selection_clear (self->selection);
    return TRUE;
  case GDK_KEY_Menu:
    popup_menu (self);
    return TRUE;
  case GDK_KEY_F10:
    if (modifiers != GDK_SHIFT_MASK)
      return FALSE;
    popup_menu (self);
    return TRUE;
  default:
    return FALSE;
  }
}

static void
caret_free (gpointer data, GClosure *closure)
{
  Caret *self = data;

  g_object_unref (self->selection);
  g_free (self);
}

/**
 * sonde_caret_create_keys:
 * @selection: what is selected
 * @view: the scrollable that its texts are in
 *
 * Returns: (transfer full): what moves the caret by the keyboard, to be added to @view
 */
GtkEventController *
sonde_caret_create_keys (SondeSelection *selection, GtkWidget *view)
{
  GtkEventController *controller = gtk_event_controller_key_new ();
  Caret *self = g_new0 (Caret, 1);

  self->selection = g_object_ref (selection);
  self->view = view;
  self->x = -1;
  g_signal_connect_data (controller, "key-pressed", G_CALLBACK (key_cb), self, caret_free,
                         G_CONNECT_DEFAULT);

  return controller;
}
