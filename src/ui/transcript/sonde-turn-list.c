/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-turn-list.h"

#include "sonde-estimate.h"
#include "sonde-heights.h"

/**
 * SondeTurnList:
 *
 * What a column knows of each of its messages: its turn where it has one, how high it
 * is with the space below it, whether it is for reading at all, and whether its
 * reasoning was opened. Positions are those of the messages.
 */
struct _SondeTurnList {
  GtkWidget *column; /* that the turns are in; it owns the list */

  GListModel *messages;
  GPtrArray *turns;      /* by message; NULL where it has none */
  SondeHeights *heights; /* by message; measured, or estimated; 0 for one that is not shown */
  SondeHeights *counts;  /* by message: 1 for one that is shown */
  GHashTable *opened;    /* the ids of messages whose reasoning is open */
  guint made_first;      /* the turns that there are lie in here */
  guint made_end;

  int width;
  double em;
  int space; /* below each turn */
};

static gboolean
is_shown (SondeMessage *message)
{
  /* The rules that a conversation goes by are not part of what is said. */
  return sonde_message_get_role (message) != SONDE_ROLE_SYSTEM;
}

static void
estimate (SondeTurnList *self, guint position, guint n)
{
  for (guint i = position; i < position + n; i++) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (self->messages, i);
    gboolean shown = is_shown (message);

    sonde_heights_set (self->heights, i,
                       shown ? sonde_estimate_message (message, self->width, self->em) + self->space
                             : 0);
    sonde_heights_set (self->counts, i, shown);
  }
}

/* What a turn shows of its place among the others. */
static void
update_place (SondeTurnList *self, guint position)
{
  SondeTurn *turn = g_ptr_array_index (self->turns, position);

  sonde_turn_set_last (turn, position + 1 == self->turns->len);
  sonde_turn_set_position (turn, (guint) sonde_heights_get_top (self->counts, position) + 1,
                           (guint) sonde_heights_get_total (self->counts));
}

static void
remove_turn (SondeTurnList *self, guint position)
{
  SondeTurn *turn = g_ptr_array_index (self->turns, position);
  gint64 id;

  if (turn == NULL)
    return;

  id = sonde_message_get_id (sonde_turn_get_message (turn));
  if (sonde_turn_get_expanded (turn))
    g_hash_table_add (self->opened, g_memdup2 (&id, sizeof id));
  else
    g_hash_table_remove (self->opened, &id);
  self->turns->pdata[position] = NULL;
  gtk_widget_unparent (GTK_WIDGET (turn));
}

/**
 * sonde_turn_list_new:
 * @column: the widget that the turns are put in, and that frees the list
 *
 * Returns: (transfer full): a list of nothing
 */
SondeTurnList *
sonde_turn_list_new (GtkWidget *column)
{
  SondeTurnList *self = g_new0 (SondeTurnList, 1);

  self->column = column;
  self->turns = g_ptr_array_new ();
  self->heights = sonde_heights_new ();
  self->counts = sonde_heights_new ();
  self->opened = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  return self;
}

/**
 * sonde_turn_list_free:
 * @self: (transfer full): a list whose turns have been removed
 */
void
sonde_turn_list_free (SondeTurnList *self)
{
  g_clear_object (&self->messages);
  g_ptr_array_unref (self->turns);
  sonde_heights_free (self->heights);
  sonde_heights_free (self->counts);
  g_hash_table_unref (self->opened);
  g_free (self);
}

/**
 * sonde_turn_list_set_messages:
 * @self: a list
 * @messages: (nullable): of type SondeMessage
 */
void
sonde_turn_list_set_messages (SondeTurnList *self, GListModel *messages)
{
  sonde_turn_list_splice (self, 0, self->turns->len, 0);
  g_set_object (&self->messages, messages);
  if (messages != NULL)
    sonde_turn_list_splice (self, 0, 0, g_list_model_get_n_items (messages));
}

/**
 * sonde_turn_list_dup_message:
 * @self: a list
 * @position: from 0 on
 *
 * Returns: (transfer full): a message
 */
SondeMessage *
sonde_turn_list_dup_message (SondeTurnList *self, guint position)
{
  return g_list_model_get_item (self->messages, position);
}

/**
 * sonde_turn_list_splice:
 * @self: a list
 * @position: where the messages have changed
 * @n_removed: how many have gone
 * @n_added: how many have come in their place
 */
void
sonde_turn_list_splice (SondeTurnList *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = MAX (position, self->made_first); i < MIN (position + n_removed, self->made_end);
       i++)
    remove_turn (self, i);
  if (n_removed > 0)
    g_ptr_array_remove_range (self->turns, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (self->turns, (int) (position + i), NULL);
  sonde_heights_splice (self->heights, position, n_removed, n_added);
  sonde_heights_splice (self->counts, position, n_removed, n_added);
  estimate (self, position, n_added);

  if (self->made_end > position)
    self->made_end += n_added - MIN (n_removed, self->made_end - position);
  self->made_first = MIN (self->made_first, MIN (position, self->made_end));
  for (guint i = self->made_first; i < self->made_end; i++) {
    if (g_ptr_array_index (self->turns, i) != NULL)
      update_place (self, i);
  }
}

/**
 * sonde_turn_list_set_size:
 * @self: a list
 * @width: how wide a turn is, in pixels
 * @em: the size of the font
 * @space: below each turn
 *
 * Returns: whether it was another one until now, so that no height is a measured one any more
 */
gboolean
sonde_turn_list_set_size (SondeTurnList *self, int width, double em, int space)
{
  if (self->width == width && self->space == space && self->em <= em && self->em >= em)
    return FALSE;

  self->width = width;
  self->em = em;
  self->space = space;
  estimate (self, 0, self->turns->len);

  return TRUE;
}

/**
 * sonde_turn_list_get_n_items:
 * @self: a list
 *
 * Returns: how many messages there are
 */
guint
sonde_turn_list_get_n_items (SondeTurnList *self)
{
  return self->turns->len;
}

/**
 * sonde_turn_list_get_turn:
 * @self: a list
 * @position: of a message
 *
 * Returns: (transfer none) (nullable): its turn
 */
GtkWidget *
sonde_turn_list_get_turn (SondeTurnList *self, guint position)
{
  return position < self->turns->len ? g_ptr_array_index (self->turns, position) : NULL;
}

/**
 * sonde_turn_list_find_turn:
 * @self: a list
 * @widget: a turn, or something in one
 * @position: (out): of its message
 *
 * Returns: whether it is there
 */
gboolean
sonde_turn_list_find_turn (SondeTurnList *self, GtkWidget *widget, guint *position)
{
  while (widget != NULL && gtk_widget_get_parent (widget) != self->column)
    widget = gtk_widget_get_parent (widget);

  for (guint i = self->made_first; widget != NULL && i < self->made_end; i++) {
    if (g_ptr_array_index (self->turns, i) == widget) {
      *position = i;
      return TRUE;
    }
  }

  return FALSE;
}

/**
 * sonde_turn_list_get_shown:
 * @self: a list
 * @position: of a message
 *
 * Returns: whether it is for reading
 */
gboolean
sonde_turn_list_get_shown (SondeTurnList *self, guint position)
{
  return sonde_heights_get (self->counts, position) > 0;
}

/**
 * sonde_turn_list_get_height:
 * @self: a list
 * @position: of a message
 *
 * Returns: how high its turn is, or about how high, without the space below
 */
int
sonde_turn_list_get_height (SondeTurnList *self, guint position)
{
  return MAX (sonde_heights_get (self->heights, position) - self->space, 0);
}

/**
 * sonde_turn_list_get_top:
 * @self: a list
 * @position: of a message, or behind the last
 *
 * Returns: where it begins
 */
int
sonde_turn_list_get_top (SondeTurnList *self, guint position)
{
  return sonde_heights_get_top (self->heights, position);
}

/**
 * sonde_turn_list_find:
 * @self: a list
 * @y: a place
 *
 * Returns: the first message that ends below it, with its space, or how many there are
 */
guint
sonde_turn_list_find (SondeTurnList *self, int y)
{
  return sonde_heights_find (self->heights, y);
}

/**
 * sonde_turn_list_make:
 * @self: a list
 * @position: of a message without a turn
 *
 * Returns: (transfer none): its turn, made and put into the column
 */
SondeTurn *
sonde_turn_list_make (SondeTurnList *self, guint position)
{
  g_autoptr (SondeMessage) message = sonde_turn_list_dup_message (self, position);
  gint64 id = sonde_message_get_id (message);
  GtkWidget *turn = sonde_turn_new (message);
  GtkWidget *sibling = NULL;

  sonde_turn_set_expanded (SONDE_TURN (turn), g_hash_table_contains (self->opened, &id));
  /* In the order of reading, which is that of the keyboard and of assistive technology. */
  for (guint i = position; i > self->made_first && sibling == NULL; i--)
    sibling = g_ptr_array_index (self->turns, i - 1);
  gtk_widget_insert_after (turn, self->column, sibling);
  self->turns->pdata[position] = turn;
  if (self->made_first == self->made_end)
    self->made_first = self->made_end = position;
  self->made_first = MIN (self->made_first, position);
  self->made_end = MAX (self->made_end, position + 1);
  update_place (self, position);

  return SONDE_TURN (turn);
}

/**
 * sonde_turn_list_measure:
 * @self: a list
 * @position: of a message with a turn
 *
 * Returns: whether it is not as high as was thought
 */
gboolean
sonde_turn_list_measure (SondeTurnList *self, guint position)
{
  int before = sonde_heights_get (self->heights, position);
  int height = 0;

  if (sonde_turn_list_get_shown (self, position)) {
    GtkWidget *turn = g_ptr_array_index (self->turns, position);
    int width;

    /* It may have been made since the width was settled. */
    gtk_widget_measure (turn, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
    gtk_widget_measure (turn, GTK_ORIENTATION_VERTICAL, MAX (width, self->width), NULL, &height,
                        NULL, NULL);
    height += self->space;
  }
  sonde_heights_set (self->heights, position, height);

  return height != before;
}

/**
 * sonde_turn_list_measure_all:
 * @self: a list
 *
 * Measures every turn that there is.
 *
 * Returns: whether any is not as high as was thought
 */
gboolean
sonde_turn_list_measure_all (SondeTurnList *self)
{
  gboolean changed = FALSE;

  for (guint i = self->made_first; i < self->made_end; i++) {
    if (g_ptr_array_index (self->turns, i) != NULL)
      changed = sonde_turn_list_measure (self, i) || changed;
  }

  return changed;
}

/**
 * sonde_turn_list_get_made:
 * @self: a list
 * @first: (out): the first message that has a turn
 * @end: (out): behind the last one; some between have none
 */
void
sonde_turn_list_get_made (SondeTurnList *self, guint *first, guint *end)
{
  *first = self->made_first;
  *end = self->made_end;
}

/**
 * sonde_turn_list_trim:
 * @self: a list
 * @first: the first message whose turn is near
 * @end: behind the last one
 *
 * Removes the turns that are no longer near. One with the focus stays, or in which
 * somebody writes.
 */
void
sonde_turn_list_trim (SondeTurnList *self, guint first, guint end)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->column);
  guint kept_first = G_MAXUINT;
  guint kept_end = 0;

  for (guint i = self->made_first; i < self->made_end; i++) {
    GtkWidget *turn = g_ptr_array_index (self->turns, i);

    if (turn == NULL)
      continue;
    if ((i >= first && i < end) || turn == focus || sonde_turn_get_editing (SONDE_TURN (turn)) ||
        sonde_turn_get_probabilities (SONDE_TURN (turn))) {
      kept_first = MIN (kept_first, i);
      kept_end = i + 1;
    } else {
      remove_turn (self, i);
    }
  }
  self->made_first = MIN (kept_first, kept_end);
  self->made_end = kept_end;
}

/**
 * sonde_turn_list_open_reasoning:
 * @self: a list
 * @message_id: the number of a message
 *
 * Opens its reasoning, also when it has no turn as yet.
 */
void
sonde_turn_list_open_reasoning (SondeTurnList *self, gint64 message_id)
{
  g_hash_table_add (self->opened, g_memdup2 (&message_id, sizeof message_id));
  for (guint i = self->made_first; i < self->made_end; i++) {
    SondeTurn *turn = g_ptr_array_index (self->turns, i);

    if (turn != NULL && sonde_message_get_id (sonde_turn_get_message (turn)) == message_id)
      sonde_turn_set_expanded (turn, TRUE);
  }
}
