/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-finder.h"

#include "sonde-reading.h"
#include "sonde-text-block.h"

#define BATCH_TIME (6 * G_TIME_SPAN_MILLISECOND) /* what a search takes of a frame */
#define NEWS_DELAY 250                           /* ms until what has come since is searched */

/**
 * SondeFinder:
 *
 * Finds words in the texts of a conversation, whether they are on the screen or not,
 * and marks them in those that are. It searches in idle moments, from the beginning on.
 */
struct _SondeFinder {
  GObject parent_instance;

  SondeSelection *selection;
  SondeNeedle *needle; /* or NULL: nothing is searched for */
  SondeTranscriptPosition from;
  GArray *matches; /* of type SondeMatch, in the order of reading */
  guint searched;  /* messages */
  int current;     /* or -1 */
  gboolean chosen; /* whether the current match is the person's choice */
  guint source;
  guint news;
  GListModel *messages;
  GPtrArray *watched; /* messages that stream */
};

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeFinder, sonde_finder, G_TYPE_OBJECT)

static void restart (SondeFinder *self);

/* --- marks -------------------------------------------------------------------- */

static SondeMatch *
get_match (SondeFinder *self, guint number)
{
  return &g_array_index (self->matches, SondeMatch, number);
}

/* The first match that is not before @position. */
static guint
find_match (SondeFinder *self, const SondeTranscriptPosition *position)
{
  guint first = 0;
  guint end = self->matches->len;

  while (first < end) {
    guint middle = (first + end) / 2;

    if (sonde_selection_compare (self->selection, &get_match (self, middle)->start, position) < 0)
      first = middle + 1;
    else
      end = middle;
  }

  return first;
}

static void
mark (SondeFinder *self, SondeTextBlock *block)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (SondeTextMark));
  SondeTranscriptPosition last = *sonde_text_block_get_place (block);

  last.offset = G_MAXUINT;
  for (guint i = find_match (self, sonde_text_block_get_place (block)); i < self->matches->len;
       i++) {
    const SondeMatch *match = get_match (self, i);
    const SondeTextMark one = { match->start.offset, match->end, (int) i == self->current };

    if (sonde_selection_compare (self->selection, &match->start, &last) > 0)
      break;
    g_array_append_val (marks, one);
  }
  sonde_text_block_set_marks (block, (const SondeTextMark *) (void *) marks->data, marks->len);
}

static void
mark_all (SondeFinder *self)
{
  g_autoptr (GPtrArray) blocks = sonde_selection_dup_blocks (self->selection);

  for (guint i = 0; i < blocks->len; i++)
    mark (self, g_ptr_array_index (blocks, i));
}

static void
attached_cb (SondeFinder *self, SondeTextBlock *block)
{
  mark (self, block);
}

/* --- searching ---------------------------------------------------------------- */

static void
search_text (SondeFinder *self, const SondeMarkdownText *text, SondeTranscriptPosition position)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (SondeNeedleHit));

  if (text->text != NULL)
    sonde_needle_find (self->needle, text->text, text->length, hits);
  for (guint i = 0; i < hits->len; i++) {
    const SondeNeedleHit *hit = &g_array_index (hits, SondeNeedleHit, i);
    SondeMatch match = { position, hit->end };

    match.start.offset = hit->start;
    g_array_append_val (self->matches, match);
  }
}

static void
search_message (SondeFinder *self, SondeMessage *message)
{
  static const SondeTextKind kinds[] = { SONDE_TEXT_REASONING, SONDE_TEXT_CONTENT };

  if (sonde_message_get_role (message) != SONDE_ROLE_USER &&
      sonde_message_get_role (message) != SONDE_ROLE_ASSISTANT)
    return;

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++) {
    g_autoptr (GPtrArray) blocks = sonde_reading_dup_blocks (message, kinds[k]);

    for (guint i = 0; i < blocks->len; i++) {
      const SondeMarkdownBlock *block = g_ptr_array_index (blocks, i);
      SondeTranscriptPosition position = { sonde_message_get_id (message), kinds[k], i, 0, 0 };

      if (block->kind != SONDE_MARKDOWN_TABLE)
        search_text (self, &block->text, position);
      for (guint j = 0; j < block->n_columns * block->n_rows; j++) {
        position.cell = j;
        search_text (self, &block->cells[j], position);
      }
    }
  }
}

static void
news_cb (gpointer data)
{
  SondeFinder *self = data;

  self->news = 0;
  restart (self);
}

/* An answer goes on: what has come is searched a little later. */
static void
text_changed_cb (SondeFinder *self)
{
  if (self->needle != NULL && self->news == 0)
    self->news = g_timeout_add_once (NEWS_DELAY, news_cb, self);
}

static void
watch (SondeFinder *self, SondeMessage *message)
{
  if (sonde_message_get_state (message) != SONDE_MESSAGE_STREAMING ||
      g_ptr_array_find (self->watched, message, NULL))
    return;

  g_ptr_array_add (self->watched, g_object_ref (message));
  g_signal_connect_object (message, "text-changed", G_CALLBACK (text_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* The first one from where the person reads, unless another one was chosen. */
static void
choose (SondeFinder *self)
{
  guint number;

  if (self->chosen || self->matches->len == 0)
    return;
  number = find_match (self, &self->from);
  if (number < self->matches->len)
    self->current = (int) number;
  else if (sonde_finder_get_finished (self))
    self->current = 0;
  self->chosen = self->current >= 0;
}

/* Searches for a moment. Returns whether that is all. */
static gboolean
search_more (SondeFinder *self)
{
  gint64 end = g_get_monotonic_time () + BATCH_TIME;
  guint n = g_list_model_get_n_items (self->messages);

  while (self->searched < n && g_get_monotonic_time () < end) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (self->messages, self->searched);

    watch (self, message);
    search_message (self, message);
    self->searched++;
  }
  choose (self);
  mark_all (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  return self->searched >= n;
}

static gboolean
search_cb (gpointer data)
{
  SondeFinder *self = data;

  if (!search_more (self))
    return G_SOURCE_CONTINUE;
  self->source = 0;

  return G_SOURCE_REMOVE;
}

static void
unwatch (SondeFinder *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->watched, i), text_changed_cb,
                                          self);
  g_ptr_array_set_size (self->watched, 0);
  if (self->messages != NULL)
    g_signal_handlers_disconnect_by_func (self->messages, text_changed_cb, self);
  g_clear_object (&self->messages);
}

/* Searches anew what may have changed. The current match keeps its place. */
static void
restart (SondeFinder *self)
{
  GListModel *messages = sonde_selection_get_messages (self->selection);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->news, g_source_remove);
  unwatch (self);
  if (self->current >= 0 && self->current < (int) self->matches->len)
    self->from = get_match (self, (guint) self->current)->start;
  g_array_set_size (self->matches, 0);
  self->searched = 0;
  self->current = -1;
  self->chosen = FALSE;
  if (self->needle == NULL || messages == NULL) {
    mark_all (self);
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
    return;
  }

  self->messages = g_object_ref (messages);
  g_signal_connect_object (messages, "items-changed", G_CALLBACK (text_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (!search_more (self))
    self->source = g_idle_add (search_cb, self);
}

/* --- object ------------------------------------------------------------------- */

static void
sonde_finder_dispose (GObject *object)
{
  SondeFinder *self = SONDE_FINDER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->news, g_source_remove);
  unwatch (self);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (sonde_finder_parent_class)->dispose (object);
}

static void
sonde_finder_finalize (GObject *object)
{
  SondeFinder *self = SONDE_FINDER (object);

  g_clear_pointer (&self->needle, sonde_needle_free);
  g_array_unref (self->matches);
  g_ptr_array_unref (self->watched);

  G_OBJECT_CLASS (sonde_finder_parent_class)->finalize (object);
}

static void
sonde_finder_class_init (SondeFinderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sonde_finder_dispose;
  object_class->finalize = sonde_finder_finalize;

  /**
   * SondeFinder::changed:
   * @self: a finder
   *
   * More has been found, or another match is the current one.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_finder_init (SondeFinder *self)
{
  self->matches = g_array_new (FALSE, FALSE, sizeof (SondeMatch));
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->current = -1;
}

/**
 * sonde_finder_new:
 * @selection: the selection of a transcript, which knows its messages and its texts
 *
 * Returns: (transfer full): a finder
 */
SondeFinder *
sonde_finder_new (SondeSelection *selection)
{
  SondeFinder *self = g_object_new (SONDE_TYPE_FINDER, NULL);

  self->selection = g_object_ref (selection);
  g_signal_connect_object (selection, "attached", G_CALLBACK (attached_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * sonde_finder_search:
 * @self: a finder
 * @words: (array zero-terminated=1): what to search for
 * @flags: what makes a difference
 * @from: (nullable): where to begin: the first match from there on becomes the current one
 */
void
sonde_finder_search (SondeFinder *self,
                     const char *const *words,
                     SondeNeedleFlags flags,
                     const SondeTranscriptPosition *from)
{
  g_return_if_fail (SONDE_IS_FINDER (self));

  g_clear_pointer (&self->needle, sonde_needle_free);
  if (words[0] != NULL && *words[0] != '\0')
    self->needle = sonde_needle_new (words, flags);
  self->current = -1;
  if (from != NULL)
    self->from = *from;
  restart (self);
}

/**
 * sonde_finder_stop:
 * @self: a finder
 *
 * Takes the marks away.
 */
void
sonde_finder_stop (SondeFinder *self)
{
  g_return_if_fail (SONDE_IS_FINDER (self));

  g_clear_pointer (&self->needle, sonde_needle_free);
  self->current = -1;
  restart (self);
}

/**
 * sonde_finder_get_finished:
 * @self: a finder
 *
 * Returns: whether all messages have been searched
 */
gboolean
sonde_finder_get_finished (SondeFinder *self)
{
  g_return_val_if_fail (SONDE_IS_FINDER (self), TRUE);

  return self->messages == NULL || self->searched >= g_list_model_get_n_items (self->messages);
}

/**
 * sonde_finder_get_n_matches:
 * @self: a finder
 *
 * Returns: how many have been found so far
 */
guint
sonde_finder_get_n_matches (SondeFinder *self)
{
  g_return_val_if_fail (SONDE_IS_FINDER (self), 0);

  return self->matches->len;
}

/**
 * sonde_finder_get_current:
 * @self: a finder
 * @number: (out) (optional): which one it is, from 0 on
 * @match: (out) (optional): where it is
 *
 * Returns: whether there is one
 */
gboolean
sonde_finder_get_current (SondeFinder *self, guint *number, SondeMatch *match)
{
  g_return_val_if_fail (SONDE_IS_FINDER (self), FALSE);

  if (self->current < 0)
    return FALSE;
  if (number != NULL)
    *number = (guint) self->current;
  if (match != NULL)
    *match = *get_match (self, (guint) self->current);

  return TRUE;
}

/**
 * sonde_finder_step:
 * @self: a finder
 * @step: 1 or -1: to the next match or to the one before; behind the last comes the first
 *
 * Returns: whether there is one
 */
gboolean
sonde_finder_step (SondeFinder *self, int step)
{
  int n;

  g_return_val_if_fail (SONDE_IS_FINDER (self), FALSE);

  n = (int) self->matches->len;
  if (n == 0)
    return FALSE;
  self->current = self->current < 0 ? 0 : (self->current + step + n) % n;
  self->chosen = TRUE;
  mark_all (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  return TRUE;
}
