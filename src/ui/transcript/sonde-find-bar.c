/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-find-bar.h"

#include <glib/gi18n.h>

#include "sonde-finder.h"
#include "sonde-side-scroller.h"
#include "sonde-text-block.h"

#define MARGIN 40.0 /* pixels between a match that is in view and the view's edges */
#define TRIES  6    /* frames in which a layout comes to rest that has gone far */

/**
 * SondeFindBar:
 *
 * Searches the conversation: an entry, how many matches there are, and the way from
 * one to the next. What is found is brought into view; closing leaves it there, selected.
 */
struct _SondeFindBar {
  GtkWidget parent_instance;

  GtkSearchBar *bar;
  GtkSearchEntry *entry;
  GtkLabel *count;
  GtkToggleButton *match_case;
  GtkToggleButton *match_diacritics;

  SondeSelection *selection;
  SondeTurnColumn *column; /* weak */
  SondeFinder *finder;
  SondeMatch shown; /* the match that was brought into view last */
  gint64 marked;    /* the message whose words are marked without the bar, or 0 */
  guint tries;
  guint tick;
};

G_DEFINE_FINAL_TYPE (SondeFindBar, sonde_find_bar, GTK_TYPE_WIDGET)

/* --- bringing a match into view --------------------------------------------------- */

/* Code and tables scroll to the match. */
static void
show_sideways (SondeFindBar *self, SondeTextBlock *block)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (block), SONDE_TYPE_SIDE_SCROLLER);
  graphene_rect_t start;
  graphene_rect_t end;

  if (scroller == NULL)
    return;
  sonde_text_block_get_caret_area (block, self->shown.end, &end);
  sonde_side_scroller_reveal (SONDE_SIDE_SCROLLER (scroller), GTK_WIDGET (block), &end);
  sonde_text_block_get_caret_area (block, self->shown.start.offset, &start);
  sonde_side_scroller_reveal (SONDE_SIDE_SCROLLER (scroller), GTK_WIDGET (block), &start);
}

/* Whether the match is seen; if not, by how much it misses its place. */
static gboolean
is_in_view (SondeFindBar *self, double *correction)
{
  GtkWidget *view = GTK_WIDGET (self->column);
  SondeTextBlock *block = sonde_selection_find_block (self->selection, &self->shown.start);
  double height = gtk_widget_get_height (view);
  graphene_rect_t area;
  graphene_point_t top;

  *correction = 0;
  if (block == NULL)
    return FALSE;
  sonde_text_block_get_caret_area (block, self->shown.start.offset, &area);
  if (!gtk_widget_compute_point (GTK_WIDGET (block), view, &area.origin, &top))
    return FALSE;
  if ((double) top.y >= MARGIN && (double) (top.y + area.size.height) <= height - MARGIN) {
    show_sideways (self, block);
    return TRUE;
  }
  *correction = (double) top.y - height / 3;

  return FALSE;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  SondeFindBar *self = SONDE_FIND_BAR (widget);
  g_autoptr (GtkAdjustment) adjustment = NULL;
  double correction;

  if (!is_in_view (self, &correction) && self->tries > 0) {
    self->tries--;
    g_object_get (self->column, "vadjustment", &adjustment, NULL);
    if (correction < 0 || correction > 0)
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + correction);
    return G_SOURCE_CONTINUE;
  }
  self->tick = 0;

  return G_SOURCE_REMOVE;
}

static void
show_match (SondeFindBar *self, const SondeMatch *match)
{
  SondeTurnPlace place = { match->start.message_id, match->start.kind, (int) match->start.block,
                           gtk_widget_get_height (GTK_WIDGET (self->column)) / 3.0 };
  double correction;

  self->shown = *match;
  if (is_in_view (self, &correction))
    return;

  if (match->start.kind == SONDE_TEXT_REASONING)
    sonde_turn_column_open_reasoning (self->column, match->start.message_id);
  sonde_turn_column_go_to (self->column, &place);
  self->tries = TRIES;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

/* --- searching ---------------------------------------------------------------- */

static gboolean
is_same (const SondeMatch *a, const SondeMatch *b)
{
  return a->start.message_id == b->start.message_id &&
         sonde_transcript_position_compare (&a->start, &b->start) == 0 && a->end == b->end;
}

static void
changed_cb (SondeFindBar *self)
{
  guint n = sonde_finder_get_n_matches (self->finder);
  g_autofree char *text = NULL;
  SondeMatch match;
  guint number;

  if (sonde_finder_get_current (self->finder, &number, &match)) {
    /* Translators: which of the matches of a search is shown, and how many there are */
    text = g_strdup_printf (_ ("%u of %u"), number + 1, n);
    /* Of what was searched for elsewhere, the person has gone to one message. */
    if (!is_same (&match, &self->shown) &&
        (self->marked == 0 || self->marked == match.start.message_id))
      show_match (self, &match);
  } else if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0' &&
             sonde_finder_get_finished (self->finder)) {
    text = g_strdup (_ ("No results"));
  }
  gtk_label_set_label (self->count, text != NULL ? text : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.next", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.previous", n > 0);
}

static SondeNeedleFlags
get_flags (SondeFindBar *self)
{
  SondeNeedleFlags flags = 0;

  if (gtk_toggle_button_get_active (self->match_case))
    flags |= SONDE_NEEDLE_CASE;
  if (gtk_toggle_button_get_active (self->match_diacritics))
    flags |= SONDE_NEEDLE_DIACRITICS;

  return flags;
}

/* From what is read at present. */
static void
search_cb (SondeFindBar *self)
{
  const char *words[] = { gtk_editable_get_text (GTK_EDITABLE (self->entry)), NULL };
  SondeTranscriptPosition from = { 0 };
  SondeTurnPlace place;
  SondeMatch match;

  if (self->finder == NULL || !gtk_search_bar_get_search_mode (self->bar))
    return;
  if (sonde_finder_get_current (self->finder, NULL, &match)) {
    from = match.start;
  } else if (sonde_turn_column_get_place (self->column, &place)) {
    from.message_id = place.message_id;
    from.kind = place.kind;
    from.block = (guint) MAX (place.block, 0);
  }
  self->shown = (SondeMatch) { 0 };
  sonde_finder_search (self->finder, words, get_flags (self), &from);
}

static void
next_cb (SondeFindBar *self)
{
  if (self->finder != NULL)
    sonde_finder_step (self->finder, 1);
}

static void
previous_cb (SondeFindBar *self)
{
  if (self->finder != NULL)
    sonde_finder_step (self->finder, -1);
}

static gboolean
key_cb (SondeFindBar *self, guint key, guint code, GdkModifierType state)
{
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || !(state & GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;
  previous_cb (self);

  return GDK_EVENT_STOP;
}

/* What was found last stays in view, and is selected, to be copied or read on from. */
static void
keep_match (SondeFindBar *self)
{
  SondeTranscriptPosition end;
  SondeTextBlock *block;
  SondeMatch match;

  if (!sonde_finder_get_current (self->finder, NULL, &match))
    return;
  end = match.start;
  end.offset = match.end;
  block = sonde_selection_find_block (self->selection, &match.start);
  if (block != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (block));
  sonde_selection_set (self->selection, &match.start, &end);
}

static void
notify_search_mode_cb (SondeFindBar *self)
{
  if (gtk_search_bar_get_search_mode (self->bar) || self->finder == NULL)
    return;
  keep_match (self);
  sonde_finder_stop (self->finder);
  if (gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->column), GTK_DIR_TAB_FORWARD);
}

/* --- object ------------------------------------------------------------------- */

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sonde_find_bar_close (SONDE_FIND_BAR (widget));
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (g_str_equal (name, "find.next"))
    next_cb (SONDE_FIND_BAR (widget));
  else
    previous_cb (SONDE_FIND_BAR (widget));
}

static void
sonde_find_bar_dispose (GObject *object)
{
  SondeFindBar *self = SONDE_FIND_BAR (object);

  g_clear_object (&self->finder);
  g_clear_object (&self->selection);
  g_clear_weak_pointer (&self->column);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_FIND_BAR);

  G_OBJECT_CLASS (sonde_find_bar_parent_class)->dispose (object);
}

static void
sonde_find_bar_class_init (SondeFindBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_find_bar_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/transcript/sonde-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeFindBar, bar);
  gtk_widget_class_bind_template_child (widget_class, SondeFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, SondeFindBar, count);
  gtk_widget_class_bind_template_child (widget_class, SondeFindBar, match_case);
  gtk_widget_class_bind_template_child (widget_class, SondeFindBar, match_diacritics);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, notify_search_mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_install_action (widget_class, "find.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "find.next", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "find.previous", NULL, step_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "findbar");
}

static void
sonde_find_bar_init (SondeFindBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->bar, GTK_EDITABLE (self->entry));
}

/**
 * sonde_find_bar_set_view:
 * @self: a find bar
 * @selection: the selection of a transcript
 * @column: where its turns are
 */
void
sonde_find_bar_set_view (SondeFindBar *self, SondeSelection *selection, SondeTurnColumn *column)
{
  g_return_if_fail (SONDE_IS_FIND_BAR (self));

  g_set_object (&self->selection, selection);
  g_set_weak_pointer (&self->column, column);
  g_clear_object (&self->finder);
  self->finder = sonde_finder_new (selection);
  g_signal_connect_object (self->finder, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
}

/**
 * sonde_find_bar_open:
 * @self: a find bar
 *
 * Shows it, with the keyboard in its entry.
 */
void
sonde_find_bar_open (SondeFindBar *self)
{
  gboolean open;

  g_return_if_fail (SONDE_IS_FIND_BAR (self));

  open = gtk_search_bar_get_search_mode (self->bar);
  self->marked = 0;
  gtk_search_bar_set_search_mode (self->bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
  if (!open)
    search_cb (self);
}

/**
 * sonde_find_bar_close:
 * @self: a find bar
 *
 * Hides it, and takes its marks away.
 */
void
sonde_find_bar_close (SondeFindBar *self)
{
  g_return_if_fail (SONDE_IS_FIND_BAR (self));

  self->marked = 0;
  gtk_search_bar_set_search_mode (self->bar, FALSE);
  sonde_finder_stop (self->finder);
}

/**
 * sonde_find_bar_mark:
 * @self: a find bar
 * @message_id: a message
 * @words: (array zero-terminated=1): what was searched for elsewhere
 *
 * Marks the words and shows the first of them in that message, without the bar.
 */
void
sonde_find_bar_mark (SondeFindBar *self, gint64 message_id, const char *const *words)
{
  const SondeTranscriptPosition from = { message_id, SONDE_TEXT_REASONING, 0, 0, 0 };

  g_return_if_fail (SONDE_IS_FIND_BAR (self));

  sonde_find_bar_close (self);
  self->shown = (SondeMatch) { 0 };
  self->marked = message_id;
  sonde_finder_search (self->finder, words, 0, &from);
}

/**
 * sonde_find_bar_unmark:
 * @self: a find bar
 *
 * Takes the marks away that sonde_find_bar_mark() has made; what is looked for in the bar stays.
 *
 * Returns: whether there were any
 */
gboolean
sonde_find_bar_unmark (SondeFindBar *self)
{
  g_return_val_if_fail (SONDE_IS_FIND_BAR (self), FALSE);

  if (self->marked == 0)
    return FALSE;
  self->marked = 0;
  sonde_finder_stop (self->finder);

  return TRUE;
}
