/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-selection.h"

#include "sonde-reading.h"
#include "sonde-text-block.h"

/**
 * SondeSelection:
 *
 * What is selected in a transcript, and where its caret is.
 *
 * It consists of two places in the messages and of no widget: so it reaches over
 * blocks, tables and messages, and stays while answers grow and while its blocks are
 * out of sight. Texts that are on the screen are attached, and are told their part.
 */
struct _SondeSelection {
  GObject parent_instance;

  GListModel *messages;
  GHashTable *order;  /* message id to place in @messages, or NULL: to be made */
  GHashTable *blocks; /* the texts on the screen, of type SondeTextBlock, not owned */
  SondeTranscriptPosition anchor;
  SondeTranscriptPosition focus;
  gboolean present;
};

enum { SIGNAL_CHANGED, SIGNAL_ATTACHED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeSelection, sonde_selection, G_TYPE_OBJECT)

static GQuark
sonde_selection_quark (void)
{
  return g_quark_from_static_string ("sonde-selection");
}

/* --- order -------------------------------------------------------------------- */

static guint
find_order (SondeSelection *self, gint64 message_id)
{
  gpointer value;

  if (self->order == NULL) {
    self->order = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    for (guint i = 0; self->messages != NULL && i < g_list_model_get_n_items (self->messages);
         i++) {
      g_autoptr (SondeMessage) message = g_list_model_get_item (self->messages, i);
      gint64 id = sonde_message_get_id (message);

      g_hash_table_insert (self->order, g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (i + 1));
    }
  }
  value = g_hash_table_lookup (self->order, &message_id);

  return GPOINTER_TO_UINT (value);
}

static void
update_block (SondeSelection *self, SondeTextBlock *block)
{
  SondeTranscriptPosition start;
  SondeTranscriptPosition end;
  SondeTranscriptPosition first = *sonde_text_block_get_place (block);
  SondeTranscriptPosition last = first;

  if (!self->present) {
    sonde_text_block_set_selection (block, 0, 0);
    sonde_text_block_set_caret (block, -1);
    return;
  }

  sonde_selection_get_bounds (self, &start, &end);
  last.offset = G_MAXUINT;
  if (sonde_selection_compare (self, &start, &last) > 0 ||
      sonde_selection_compare (self, &end, &first) < 0)
    sonde_text_block_set_selection (block, 0, 0);
  else
    sonde_text_block_set_selection (
      block, sonde_selection_compare (self, &start, &first) < 0 ? 0 : start.offset,
      sonde_selection_compare (self, &end, &last) > 0 ? G_MAXUINT : end.offset);
  first.offset = self->focus.offset;
  sonde_text_block_set_caret (block, sonde_selection_compare (self, &first, &self->focus) == 0
                                       ? (int) self->focus.offset
                                       : -1);
}

static void
emit_changed (SondeSelection *self)
{
  GHashTableIter iter;
  gpointer block;

  g_hash_table_iter_init (&iter, self->blocks);
  while (g_hash_table_iter_next (&iter, &block, NULL))
    update_block (self, block);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
items_changed_cb (SondeSelection *self)
{
  g_clear_pointer (&self->order, g_hash_table_unref);
  if (self->present && (find_order (self, self->anchor.message_id) == 0 ||
                        find_order (self, self->focus.message_id) == 0))
    sonde_selection_clear (self);
}

/* --- object ------------------------------------------------------------------- */

static void
sonde_selection_dispose (GObject *object)
{
  SondeSelection *self = SONDE_SELECTION (object);

  if (self->messages != NULL)
    g_signal_handlers_disconnect_by_func (self->messages, items_changed_cb, self);
  g_clear_object (&self->messages);

  G_OBJECT_CLASS (sonde_selection_parent_class)->dispose (object);
}

static void
sonde_selection_finalize (GObject *object)
{
  SondeSelection *self = SONDE_SELECTION (object);

  g_clear_pointer (&self->order, g_hash_table_unref);
  g_hash_table_unref (self->blocks);

  G_OBJECT_CLASS (sonde_selection_parent_class)->finalize (object);
}

static void
sonde_selection_class_init (SondeSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sonde_selection_dispose;
  object_class->finalize = sonde_selection_finalize;

  /**
   * SondeSelection::changed:
   * @self: a selection
   *
   * Something else is selected, or the caret is elsewhere.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * SondeSelection::attached:
   * @self: a selection
   * @block: a text
   *
   * A text has come onto the screen, or reads differently.
   */
  signals[SIGNAL_ATTACHED] =
    g_signal_new ("attached", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, SONDE_TYPE_TEXT_BLOCK);
}

static void
sonde_selection_init (SondeSelection *self)
{
  self->blocks = g_hash_table_new (NULL, NULL);
}

/* --- public: the transcript and its texts ----------------------------------------- */

/**
 * sonde_selection_new:
 *
 * Returns: (transfer full): nothing selected
 */
SondeSelection *
sonde_selection_new (void)
{
  return g_object_new (SONDE_TYPE_SELECTION, NULL);
}

/**
 * sonde_selection_dup:
 * @self: a selection with a caret
 *
 * Returns: (transfer full): the same places of the same conversation; it has no texts on the screen
 */
SondeSelection *
sonde_selection_dup (SondeSelection *self)
{
  SondeSelection *copy;

  g_return_val_if_fail (SONDE_IS_SELECTION (self), NULL);

  copy = sonde_selection_new ();
  sonde_selection_set_messages (copy, self->messages);
  sonde_selection_set (copy, &self->anchor, &self->focus);

  return copy;
}

/**
 * sonde_selection_install:
 * @self: a selection
 * @widget: all texts below it are selected by it
 */
void
sonde_selection_install (SondeSelection *self, GtkWidget *widget)
{
  g_return_if_fail (SONDE_IS_SELECTION (self));

  g_object_set_qdata_full (G_OBJECT (widget), sonde_selection_quark (), g_object_ref (self),
                           g_object_unref);
}

/**
 * sonde_selection_find:
 * @widget: something in a transcript
 *
 * Returns: (transfer none) (nullable): the selection of the transcript that it is in
 */
SondeSelection *
sonde_selection_find (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget)) {
    SondeSelection *self = g_object_get_qdata (G_OBJECT (widget), sonde_selection_quark ());

    if (self != NULL)
      return self;
  }

  return NULL;
}

/**
 * sonde_selection_set_messages:
 * @self: a selection
 * @messages: (nullable): of type SondeMessage; the conversation in its order
 *
 * Selects nothing.
 */
void
sonde_selection_set_messages (SondeSelection *self, GListModel *messages)
{
  g_return_if_fail (SONDE_IS_SELECTION (self));

  if (self->messages != NULL)
    g_signal_handlers_disconnect_by_func (self->messages, items_changed_cb, self);
  g_set_object (&self->messages, messages);
  g_clear_pointer (&self->order, g_hash_table_unref);
  if (messages != NULL)
    g_signal_connect_object (messages, "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_SWAPPED);
  sonde_selection_clear (self);
}

/**
 * sonde_selection_get_messages:
 * @self: a selection
 *
 * Returns: (transfer none) (nullable): the conversation
 */
GListModel *
sonde_selection_get_messages (SondeSelection *self)
{
  g_return_val_if_fail (SONDE_IS_SELECTION (self), NULL);

  return self->messages;
}

/**
 * sonde_selection_find_message:
 * @self: a selection
 * @id: the number of a message
 *
 * Returns: (transfer none) (nullable): that message, where it is in the conversation
 */
SondeMessage *
sonde_selection_find_message (SondeSelection *self, gint64 id)
{
  guint n = self->messages != NULL ? g_list_model_get_n_items (self->messages) : 0;

  for (guint i = n; i > 0; i--) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (self->messages, i - 1);

    if (sonde_message_get_id (message) == id)
      return message; /* which the list holds */
  }

  return NULL;
}

/**
 * sonde_selection_attach:
 * @self: a selection
 * @block: a text that has come onto the screen
 */
void
sonde_selection_attach (SondeSelection *self, SondeTextBlock *block)
{
  g_return_if_fail (SONDE_IS_SELECTION (self));

  g_hash_table_add (self->blocks, block);
  sonde_selection_refresh (self, block);
}

/**
 * sonde_selection_detach:
 * @self: a selection
 * @block: a text that has gone from the screen
 */
void
sonde_selection_detach (SondeSelection *self, SondeTextBlock *block)
{
  g_return_if_fail (SONDE_IS_SELECTION (self));

  g_hash_table_remove (self->blocks, block);
}

/**
 * sonde_selection_refresh:
 * @self: a selection
 * @block: an attached text that reads differently or is in another place
 */
void
sonde_selection_refresh (SondeSelection *self, SondeTextBlock *block)
{
  g_return_if_fail (SONDE_IS_SELECTION (self));

  update_block (self, block);
  g_signal_emit (self, signals[SIGNAL_ATTACHED], 0, block);
}

static int
compare_blocks (gconstpointer a, gconstpointer b, gpointer data)
{
  SondeTextBlock *const *first = a;
  SondeTextBlock *const *second = b;

  return sonde_selection_compare (data, sonde_text_block_get_place (*first),
                                  sonde_text_block_get_place (*second));
}

/**
 * sonde_selection_dup_blocks:
 * @self: a selection
 *
 * Returns: (transfer container) (element-type SondeTextBlock): the texts on the screen in
 *   the order in which they are read
 */
GPtrArray *
sonde_selection_dup_blocks (SondeSelection *self)
{
  GPtrArray *blocks;

  g_return_val_if_fail (SONDE_IS_SELECTION (self), NULL);

  blocks = g_hash_table_get_keys_as_ptr_array (self->blocks);
  g_ptr_array_sort_with_data (blocks, compare_blocks, self);

  return blocks;
}

/* --- public: what is selected ------------------------------------------------------ */

/**
 * sonde_selection_find_block:
 * @self: a selection
 * @position: a place in what is read
 *
 * Returns: (transfer none) (nullable): the text that shows it, where that is on the screen
 */
SondeTextBlock *
sonde_selection_find_block (SondeSelection *self, const SondeTranscriptPosition *position)
{
  g_autoptr (GPtrArray) blocks = sonde_selection_dup_blocks (self);
  SondeTranscriptPosition place = *position;

  place.offset = 0;
  for (guint i = 0; i < blocks->len; i++) {
    SondeTextBlock *block = g_ptr_array_index (blocks, i);

    if (sonde_selection_compare (self, sonde_text_block_get_place (block), &place) == 0)
      return block;
  }

  return NULL;
}

/**
 * sonde_selection_compare:
 * @self: a selection
 * @a: a place
 * @b: another one
 *
 * Returns: less than 0 where @a is read before @b, more where after
 */
int
sonde_selection_compare (SondeSelection *self,
                         const SondeTranscriptPosition *a,
                         const SondeTranscriptPosition *b)
{
  guint first;
  guint second;

  g_return_val_if_fail (SONDE_IS_SELECTION (self), 0);

  if (a->message_id == b->message_id)
    return sonde_transcript_position_compare (a, b);

  first = find_order (self, a->message_id);
  second = find_order (self, b->message_id);

  return (first > second) - (first < second);
}

/**
 * sonde_selection_has_caret:
 * @self: a selection
 *
 * Returns: whether there is a caret, with or without something selected
 */
gboolean
sonde_selection_has_caret (SondeSelection *self)
{
  g_return_val_if_fail (SONDE_IS_SELECTION (self), FALSE);

  return self->present;
}

/**
 * sonde_selection_is_empty:
 * @self: a selection
 *
 * Returns: whether nothing is selected
 */
gboolean
sonde_selection_is_empty (SondeSelection *self)
{
  g_return_val_if_fail (SONDE_IS_SELECTION (self), TRUE);

  return !self->present || sonde_selection_compare (self, &self->anchor, &self->focus) == 0;
}

/**
 * sonde_selection_get:
 * @self: a selection with a caret
 * @anchor: (out) (optional): where it was begun
 * @focus: (out) (optional): where the caret is
 */
void
sonde_selection_get (SondeSelection *self,
                     SondeTranscriptPosition *anchor,
                     SondeTranscriptPosition *focus)
{
  g_return_if_fail (SONDE_IS_SELECTION (self));

  if (anchor != NULL)
    *anchor = self->anchor;
  if (focus != NULL)
    *focus = self->focus;
}

/**
 * sonde_selection_get_bounds:
 * @self: a selection with a caret
 * @start: (out): where what is selected begins
 * @end: (out): where it ends
 */
void
sonde_selection_get_bounds (SondeSelection *self,
                            SondeTranscriptPosition *start,
                            SondeTranscriptPosition *end)
{
  gboolean backwards;

  g_return_if_fail (SONDE_IS_SELECTION (self));

  backwards = sonde_selection_compare (self, &self->anchor, &self->focus) > 0;
  *start = backwards ? self->focus : self->anchor;
  *end = backwards ? self->anchor : self->focus;
}

/**
 * sonde_selection_get_messages_between:
 * @self: a selection with a caret
 * @first: (out): the place in the conversation of the first message that is selected
 * @last: (out): the place of the last one
 *
 * Returns: whether they are there
 */
gboolean
sonde_selection_get_messages_between (SondeSelection *self, guint *first, guint *last)
{
  SondeTranscriptPosition start;
  SondeTranscriptPosition end;

  g_return_val_if_fail (SONDE_IS_SELECTION (self), FALSE);

  sonde_selection_get_bounds (self, &start, &end);
  *first = find_order (self, start.message_id) - 1;
  *last = find_order (self, end.message_id) - 1;

  return *first != G_MAXUINT && *last != G_MAXUINT;
}

/**
 * sonde_selection_set:
 * @self: a selection
 * @anchor: where it begins
 * @focus: where the caret is; the same place where nothing is selected
 */
void
sonde_selection_set (SondeSelection *self,
                     const SondeTranscriptPosition *anchor,
                     const SondeTranscriptPosition *focus)
{
  g_return_if_fail (SONDE_IS_SELECTION (self));

  self->anchor = *anchor;
  self->focus = *focus;
  self->present = TRUE;
  emit_changed (self);
}

/**
 * sonde_selection_clear:
 * @self: a selection
 *
 * Selects nothing, and takes the caret away.
 */
void
sonde_selection_clear (SondeSelection *self)
{
  g_return_if_fail (SONDE_IS_SELECTION (self));

  if (!self->present)
    return;

  self->present = FALSE;
  emit_changed (self);
}

/* The last place of a message, or FALSE where it has no text. */
static gboolean
find_end (SondeMessage *message, SondeTextKind kind, SondeTranscriptPosition *end)
{
  g_autoptr (GPtrArray) blocks = sonde_reading_dup_blocks (message, kind);
  const SondeMarkdownBlock *block;

  *end = (SondeTranscriptPosition) { sonde_message_get_id (message), kind, 0, 0, 0 };
  if (blocks->len == 0)
    return FALSE;

  end->block = blocks->len - 1;
  block = g_ptr_array_index (blocks, end->block);
  if (block->kind == SONDE_MARKDOWN_TABLE && block->n_columns * block->n_rows > 0) {
    end->cell = block->n_columns * block->n_rows - 1;
    end->offset = (guint) block->cells[end->cell].length;
  } else {
    end->offset = (guint) block->text.length;
  }

  return TRUE;
}

static SondeMessage *
dup_message (SondeSelection *self, gint64 id)
{
  guint order = find_order (self, id);

  return order > 0 ? g_list_model_get_item (self->messages, order - 1) : NULL;
}

/**
 * sonde_selection_select_message:
 * @self: a selection with a caret
 *
 * Selects the answer, the reasoning or the question that the caret is in.
 *
 * Returns: %FALSE where just that is selected already
 */
gboolean
sonde_selection_select_message (SondeSelection *self)
{
  g_autoptr (SondeMessage) message = NULL;
  SondeTranscriptPosition start;
  SondeTranscriptPosition end;

  g_return_val_if_fail (SONDE_IS_SELECTION (self), FALSE);

  message = dup_message (self, self->focus.message_id);
  if (!self->present || message == NULL)
    return FALSE;

  find_end (message, self->focus.kind, &end);
  start = end;
  start.block = start.cell = start.offset = 0;
  if (sonde_selection_compare (self, &start, &self->anchor) == 0 &&
      sonde_selection_compare (self, &end, &self->focus) == 0)
    return FALSE;
  sonde_selection_set (self, &start, &end);

  return TRUE;
}

/**
 * sonde_selection_select_all:
 * @self: a selection
 *
 * Selects the whole conversation.
 */
void
sonde_selection_select_all (SondeSelection *self)
{
  g_autoptr (SondeMessage) first = NULL;
  SondeTranscriptPosition start = { 0 };
  SondeTranscriptPosition end = { 0 };
  guint n;

  g_return_if_fail (SONDE_IS_SELECTION (self));

  n = self->messages != NULL ? g_list_model_get_n_items (self->messages) : 0;
  if (n == 0)
    return;

  first = g_list_model_get_item (self->messages, 0);
  start.message_id = sonde_message_get_id (first);
  start.kind = SONDE_TEXT_REASONING;
  for (guint i = n; i > 0; i--) {
    g_autoptr (SondeMessage) last = g_list_model_get_item (self->messages, i - 1);

    if (find_end (last, SONDE_TEXT_CONTENT, &end) || find_end (last, SONDE_TEXT_REASONING, &end))
      break;
  }
  sonde_selection_set (self, &start, &end);
}
