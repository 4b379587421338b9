/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-document.h"

#include "sonde-block-group.h"
#include "sonde-block-row.h"
#include "sonde-code-block.h"
#include "sonde-estimate.h"
#include "sonde-heights.h"
#include "sonde-markdown.h"
#include "sonde-nesting.h"
#include "sonde-text.h"

/* Rows are made up to one page beyond what is seen, and kept up to two. */
#define PAGES_MADE 1.0
#define PAGES_KEPT 2.0

/* Until it is known how wide it is. */
#define FIRST_WIDTH 600

/**
 * SondeDocument:
 *
 * Markdown as rows of blocks. Only the blocks near what is seen have a row, however
 * long the text is; the height of each other one is the last that was measured, or an
 * estimate. When the text grows, the rows of settled blocks are not touched.
 */
struct _SondeDocument {
  GtkWidget parent_instance;

  SondeTextKind kind;
  gint64 message_id;
  SondeMarkdown *markdown;
  GHashTable *wrapped;   /* the positions where code begins whose lines are broken */
  GHashTable *sideways;  /* by such a position: the SondeSideways of code in several blocks */
  gsize taken;           /* bytes of the message's text that are shown */
  GPtrArray *rows;       /* by block; NULL where it has none */
  SondeNesting *nesting; /* the lists and quotes that the rows are in */
  SondeHeights *heights; /* by block */
  guint made_first;      /* the rows that there are lie in here, */
  guint made_end;        /* but for one that has the focus */
  int width;             /* that the heights are for, or 0 */
  double em;             /* likewise */
};

G_DEFINE_FINAL_TYPE (SondeDocument, sonde_document, GTK_TYPE_WIDGET)

/* --- heights ------------------------------------------------------------------- */

static void
estimate (SondeDocument *self, guint first)
{
  guint n = sonde_markdown_get_n_blocks (self->markdown);

  for (guint i = first; i < n; i++)
    sonde_heights_set (
      self->heights, i,
      sonde_estimate_block (sonde_markdown_get_block (self->markdown, i), self->width, self->em));
}

static void
measure_row (SondeDocument *self, guint position)
{
  int height;

  gtk_widget_measure (g_ptr_array_index (self->rows, position), GTK_ORIENTATION_VERTICAL,
                      self->width, NULL, &height, NULL, NULL);
  sonde_heights_set (self->heights, position, height);
}

/* Sees to it that the heights are those at a width. */
static void
set_width (SondeDocument *self, int width)
{
  double em = sonde_text_em (GTK_WIDGET (self));

  if (self->width != width || self->em < em || self->em > em) {
    self->width = width;
    self->em = em;
    estimate (self, 0);
  }
  for (guint i = self->made_first; i < self->made_end; i++) {
    if (g_ptr_array_index (self->rows, i) != NULL)
      measure_row (self, i);
  }
}

/* --- rows ---------------------------------------------------------------------- */

/* Where the code begins that a block is a part of. */
static guint
find_code (SondeDocument *self, guint position)
{
  while (position > 0 && sonde_markdown_get_block (self->markdown, position)->continues)
    position--;

  return position;
}

/* What the blocks of code share that begins there. */
static SondeSideways *
get_sideways (SondeDocument *self, guint first)
{
  SondeSideways *sideways = g_hash_table_lookup (self->sideways, GUINT_TO_POINTER (first));

  if (sideways == NULL) {
    sideways = sonde_sideways_new ();
    g_hash_table_insert (self->sideways, GUINT_TO_POINTER (first), sideways);
  }

  return sideways;
}

static void
update_code (SondeDocument *self, guint position)
{
  GtkWidget *row = g_ptr_array_index (self->rows, position);
  GtkWidget *content = row != NULL ? sonde_block_row_get_content (SONDE_BLOCK_ROW (row)) : NULL;
  gboolean continued = position + 1 < self->rows->len &&
                       sonde_markdown_get_block (self->markdown, position + 1)->continues;
  guint first;

  if (!SONDE_IS_CODE_BLOCK (content))
    return;

  first = find_code (self, position);
  sonde_code_block_set_piece (SONDE_CODE_BLOCK (content),
                              continued || first < position ? get_sideways (self, first) : NULL,
                              continued);
}

static void
place_row (SondeDocument *self, guint position)
{
  const SondeTranscriptPosition place = { self->message_id, self->kind, position, 0, 0 };

  sonde_block_row_set_place (g_ptr_array_index (self->rows, position), &place);
}

static void
wrap_row (SondeDocument *self, guint position)
{
  GtkWidget *content = sonde_block_row_get_content (g_ptr_array_index (self->rows, position));

  if (SONDE_IS_CODE_BLOCK (content) &&
      g_hash_table_contains (self->wrapped, GUINT_TO_POINTER (find_code (self, position))))
    sonde_code_block_set_wraps (SONDE_CODE_BLOCK (content), TRUE);
}

static void
make_row (SondeDocument *self, guint position)
{
  const SondeMarkdownBlock *block = sonde_markdown_get_block (self->markdown, position);
  const SondeMarkdownBlock *before =
    position > 0 ? sonde_markdown_get_block (self->markdown, position - 1) : NULL;
  GtkWidget *row = sonde_block_row_new (block, before);
  GtkWidget *previous = NULL;

  /* In the order of reading, which is that of the keyboard and of assistive technology. */
  for (guint i = position; i > 0 && previous == NULL; i--)
    previous = g_ptr_array_index (self->rows, i - 1);
  sonde_nesting_insert_row (self->nesting, position, row, previous);
  self->rows->pdata[position] = row;
  place_row (self, position);
  wrap_row (self, position);
  update_code (self, position);
}

static void
remove_row (SondeDocument *self, guint position)
{
  GtkWidget *row = g_ptr_array_index (self->rows, position);

  if (row == NULL)
    return;

  self->rows->pdata[position] = NULL;
  sonde_nesting_remove_row (self->nesting, position, row);
}

/* Whether the focus is in that row, or was there last. */
static gboolean
has_focus (SondeDocument *self, GtkWidget *row)
{
  for (GtkWidget *widget = row; widget != GTK_WIDGET (self);
       widget = gtk_widget_get_parent (widget)) {
    if (gtk_widget_get_focus_child (gtk_widget_get_parent (widget)) != widget)
      return FALSE;
  }

  return TRUE;
}

/* Removes the rows that are no longer near. One with the focus stays. */
static gboolean
trim (SondeDocument *self, guint first, guint end)
{
  guint kept_first = end;
  guint kept_end = first;
  gboolean removed = FALSE;

  for (guint i = self->made_first; i < self->made_end; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);

    if (row == NULL)
      continue;
    if ((i >= first && i < end) || has_focus (self, row)) {
      kept_first = MIN (kept_first, i);
      kept_end = MAX (kept_end, i + 1);
    } else {
      remove_row (self, i);
      removed = TRUE;
    }
  }
  self->made_first = MIN (kept_first, kept_end);
  self->made_end = kept_end;

  return removed;
}

/* Makes the rows that are missing between two places. Returns whether any were. */
static gboolean
fill (SondeDocument *self, double top, double bottom)
{
  gboolean made = FALSE;
  guint first;

  if (self->rows->len == 0 || bottom <= 0 || top >= sonde_heights_get_total (self->heights))
    return FALSE;

  first = sonde_heights_find (self->heights, (int) top);
  for (guint i = first; i < self->rows->len && sonde_heights_get_top (self->heights, i) < bottom;
       i++) {
    if (g_ptr_array_index (self->rows, i) != NULL)
      continue;
    make_row (self, i);
    measure_row (self, i);
    self->made_first = self->made_first == self->made_end ? i : MIN (self->made_first, i);
    self->made_end = MAX (self->made_end, i + 1);
    made = TRUE;
  }

  return made;
}

/* Another list, or another item, is another place for the row. */
static void
nest_rows (SondeDocument *self, guint first)
{
  for (guint i = first; i < self->rows->len; i++) {
    const SondeMarkdownBlock *block = sonde_markdown_get_block (self->markdown, i);
    gboolean made = g_ptr_array_index (self->rows, i) != NULL;

    if (sonde_nesting_fits (self->nesting, i, block))
      continue;
    remove_row (self, i);
    sonde_nesting_set_block (self->nesting, i, block);
    if (made)
      make_row (self, i);
  }
}

static void
update_rows (SondeDocument *self, guint first)
{
  guint n_blocks = sonde_markdown_get_n_blocks (self->markdown);
  guint n_rows = self->rows->len;

  for (guint i = n_blocks; i < MIN (n_rows, self->made_end); i++)
    remove_row (self, i);
  g_ptr_array_set_size (self->rows, (int) n_blocks);
  sonde_nesting_set_n_blocks (self->nesting, n_blocks);
  self->made_first = MIN (self->made_first, n_blocks);
  self->made_end = MIN (self->made_end, n_blocks);
  if (n_blocks < n_rows)
    sonde_heights_splice (self->heights, n_blocks, n_rows - n_blocks, 0);
  else
    sonde_heights_splice (self->heights, n_rows, 0, n_blocks - n_rows);

  if (first == 0)
    g_hash_table_remove_all (self->sideways);
  estimate (self, first);
  nest_rows (self, first);
  for (guint i = MAX (first, self->made_first); i < self->made_end; i++) {
    SondeBlockRow *row = g_ptr_array_index (self->rows, i);

    if (row == NULL)
      continue;
    if (!sonde_block_row_set_block (row, sonde_markdown_get_block (self->markdown, i),
                                    i > 0 ? sonde_markdown_get_block (self->markdown, i - 1)
                                          : NULL)) {
      remove_row (self, i);
      make_row (self, i);
    }
  }
  for (guint i = first > 0 ? first - 1 : 0; i < self->made_end; i++)
    update_code (self, i);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* --- layout -------------------------------------------------------------------- */

static GtkSizeRequestMode
sonde_document_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sonde_document_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  SondeDocument *self = SONDE_DOCUMENT (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL) {
    if (for_size > 0)
      set_width (self, for_size);
    *minimum = *natural = sonde_heights_get_total (self->heights);
    return;
  }

  for (guint i = self->made_first; i < self->made_end; i++) {
    int row_minimum;
    int row_natural;

    if (g_ptr_array_index (self->rows, i) == NULL)
      continue;
    gtk_widget_measure (g_ptr_array_index (self->rows, i), orientation, -1, &row_minimum,
                        &row_natural, NULL, NULL);
    *minimum = MAX (*minimum, row_minimum);
    *natural = MAX (*natural, row_natural);
  }
}

static void
sonde_document_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SondeDocument *self = SONDE_DOCUMENT (widget);

  set_width (self, width);
  for (guint i = self->made_first; i < self->made_end; i++) {
    if (g_ptr_array_index (self->rows, i) != NULL)
      sonde_block_group_extend_down (g_ptr_array_index (self->rows, i),
                                     sonde_heights_get_top (self->heights, i + 1));
  }
  for (guint i = self->made_end; i > self->made_first; i--) {
    if (g_ptr_array_index (self->rows, i - 1) != NULL)
      sonde_block_group_extend_up (g_ptr_array_index (self->rows, i - 1),
                                   sonde_heights_get_top (self->heights, i - 1));
  }
  for (guint i = self->made_first; i < self->made_end; i++) {
    GtkAllocation place = { 0, 0, width, 0 };

    if (g_ptr_array_index (self->rows, i) == NULL)
      continue;
    place.y = sonde_heights_get_top (self->heights, i);
    place.height = sonde_heights_get (self->heights, i);
    sonde_block_group_allocate_row (g_ptr_array_index (self->rows, i), &place);
  }
}

static void
sonde_document_dispose (GObject *object)
{
  SondeDocument *self = SONDE_DOCUMENT (object);

  for (guint i = self->made_first; i < self->made_end; i++)
    remove_row (self, i);
  self->made_end = self->made_first;

  G_OBJECT_CLASS (sonde_document_parent_class)->dispose (object);
}

static void
sonde_document_finalize (GObject *object)
{
  SondeDocument *self = SONDE_DOCUMENT (object);

  g_hash_table_unref (self->wrapped);
  g_hash_table_unref (self->sideways);
  g_ptr_array_unref (self->rows);
  sonde_nesting_free (self->nesting);
  sonde_heights_free (self->heights);
  g_object_unref (self->markdown);

  G_OBJECT_CLASS (sonde_document_parent_class)->finalize (object);
}

static void
sonde_document_class_init (SondeDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_document_dispose;
  object_class->finalize = sonde_document_finalize;
  widget_class->get_request_mode = sonde_document_get_request_mode;
  widget_class->measure = sonde_document_measure;
  widget_class->size_allocate = sonde_document_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "document");
}

static void
sonde_document_init (SondeDocument *self)
{
  self->markdown = sonde_markdown_new ();
  self->wrapped = g_hash_table_new (NULL, NULL);
  self->sideways = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->rows = g_ptr_array_new ();
  self->nesting = sonde_nesting_new (GTK_WIDGET (self));
  self->heights = sonde_heights_new ();
  self->width = FIRST_WIDTH;
  self->em = sonde_text_em (GTK_WIDGET (self));
}

/* --- public -------------------------------------------------------------------- */

/**
 * sonde_document_new:
 * @kind: which text of a message it is to show
 *
 * Returns: (transfer floating): an empty document
 */
GtkWidget *
sonde_document_new (SondeTextKind kind)
{
  SondeDocument *self = g_object_new (SONDE_TYPE_DOCUMENT, NULL);

  self->kind = kind;

  return GTK_WIDGET (self);
}

/**
 * sonde_document_get_kind:
 * @self: a document
 *
 * Returns: which text of its message it shows
 */
SondeTextKind
sonde_document_get_kind (SondeDocument *self)
{
  g_return_val_if_fail (SONDE_IS_DOCUMENT (self), SONDE_TEXT_CONTENT);

  return self->kind;
}

/**
 * sonde_document_show_message:
 * @self: a document
 * @message: whose text to show
 * @changed_from: from which byte on it differs from what was shown last
 */
void
sonde_document_show_message (SondeDocument *self, SondeMessage *message, gsize changed_from)
{
  const char *text = sonde_message_get_text (message, self->kind);
  gsize length = sonde_message_get_text_length (message, self->kind);
  gboolean open = sonde_message_get_state (message) == SONDE_MESSAGE_STREAMING;
  guint first;
  guint changed;

  g_return_if_fail (SONDE_IS_DOCUMENT (self));

  /* Reasoning is whole as soon as the answer begins. */
  if (self->kind == SONDE_TEXT_REASONING &&
      sonde_message_get_text_length (message, SONDE_TEXT_CONTENT) > 0)
    open = FALSE;

  self->message_id = sonde_message_get_id (message);
  first = sonde_markdown_set_open (self->markdown, open);
  changed = first;
  if (changed_from < self->taken || length < self->taken)
    changed = sonde_markdown_set_text (self->markdown, text != NULL ? text : "", (gssize) length);
  else if (length > self->taken)
    changed =
      sonde_markdown_append (self->markdown, text + self->taken, (gssize) (length - self->taken));
  self->taken = length;
  first = MIN (first, changed);
  if (first < sonde_markdown_get_n_blocks (self->markdown) || first < self->rows->len)
    update_rows (self, first);
}

/**
 * sonde_document_set_view:
 * @self: a document
 * @top: where what is seen begins, in its own coordinates
 * @bottom: where it ends
 *
 * Makes the rows that are near and takes those away that are far. It is called while
 * the column that the document is in lays out.
 *
 * Returns: whether it has to be measured and allocated again
 */
gboolean
sonde_document_set_view (SondeDocument *self, double top, double bottom)
{
  double page = bottom - top;
  guint first;
  guint end;
  gboolean changed;

  g_return_val_if_fail (SONDE_IS_DOCUMENT (self), FALSE);

  changed = fill (self, top - PAGES_MADE * page, bottom + PAGES_MADE * page);
  first = sonde_heights_find (self->heights, (int) (top - PAGES_KEPT * page));
  end = MIN (sonde_heights_find (self->heights, (int) (bottom + PAGES_KEPT * page)) + 1,
             self->rows->len);

  return trim (self, first, end) || changed;
}

/**
 * sonde_document_get_n_blocks:
 * @self: a document
 *
 * Returns: how many blocks it has
 */
guint
sonde_document_get_n_blocks (SondeDocument *self)
{
  g_return_val_if_fail (SONDE_IS_DOCUMENT (self), 0);

  return self->rows->len;
}

/**
 * sonde_document_get_block:
 * @self: a document
 * @position: from 0 on
 *
 * Returns: (transfer none): a block
 */
const SondeMarkdownBlock *
sonde_document_get_block (SondeDocument *self, guint position)
{
  g_return_val_if_fail (SONDE_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (position < self->rows->len, NULL);

  return sonde_markdown_get_block (self->markdown, position);
}

/**
 * sonde_document_get_row:
 * @self: a document
 * @position: of a block
 *
 * Returns: (transfer none) (nullable): its row, a SondeBlockRow, or %NULL where it is far from
 *   what is seen
 */
GtkWidget *
sonde_document_get_row (SondeDocument *self, guint position)
{
  g_return_val_if_fail (SONDE_IS_DOCUMENT (self), NULL);

  return position < self->rows->len ? g_ptr_array_index (self->rows, position) : NULL;
}

/**
 * sonde_document_find_block:
 * @self: a document
 * @y: a place in it
 *
 * Returns: the position of the first block that ends below it, or how many there are
 */
guint
sonde_document_find_block (SondeDocument *self, double y)
{
  g_return_val_if_fail (SONDE_IS_DOCUMENT (self), 0);

  return sonde_heights_find (self->heights, (int) y);
}

/**
 * sonde_document_get_block_top:
 * @self: a document
 * @position: of a block
 *
 * Returns: where it begins, in the document's coordinates
 */
int
sonde_document_get_block_top (SondeDocument *self, guint position)
{
  g_return_val_if_fail (SONDE_IS_DOCUMENT (self), 0);

  return sonde_heights_get_top (self->heights, MIN (position, self->rows->len));
}

/**
 * sonde_document_get_block_height:
 * @self: a document
 * @position: of a block
 *
 * Returns: how high it is, or about how high where it has no row
 */
int
sonde_document_get_block_height (SondeDocument *self, guint position)
{
  g_return_val_if_fail (SONDE_IS_DOCUMENT (self), 0);

  return position < self->rows->len ? sonde_heights_get (self->heights, position) : 0;
}

/* Where the code begins that @block is a part of. */
static guint
find_position (SondeDocument *self, const SondeMarkdownBlock *block)
{
  guint i = 0;

  while (i < self->rows->len && sonde_markdown_get_block (self->markdown, i) != block)
    i++;

  return i < self->rows->len ? find_code (self, i) : i;
}

/**
 * sonde_document_set_wraps:
 * @self: a document
 * @block: a block of code in it, as it is now
 * @wraps: whether the lines of all of that code are broken
 */
void
sonde_document_set_wraps (SondeDocument *self, const SondeMarkdownBlock *block, gboolean wraps)
{
  guint first;

  g_return_if_fail (SONDE_IS_DOCUMENT (self));

  first = find_position (self, block);
  if (wraps == g_hash_table_contains (self->wrapped, GUINT_TO_POINTER (first)))
    return;
  if (wraps)
    g_hash_table_add (self->wrapped, GUINT_TO_POINTER (first));
  else
    g_hash_table_remove (self->wrapped, GUINT_TO_POINTER (first));
  if (g_hash_table_contains (self->sideways, GUINT_TO_POINTER (first)))
    sonde_sideways_reset (get_sideways (self, first));
  for (guint i = MAX (first, self->made_first); i < self->made_end; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);
    GtkWidget *content;

    if (row == NULL || find_code (self, i) != first)
      continue;
    content = sonde_block_row_get_content (SONDE_BLOCK_ROW (row));
    if (SONDE_IS_CODE_BLOCK (content))
      sonde_code_block_set_wraps (SONDE_CODE_BLOCK (content), wraps);
  }
}

/**
 * sonde_document_dup_code:
 * @self: a document
 * @block: a block of code in it, as it is now
 *
 * Very long code comes in several blocks.
 *
 * Returns: (transfer full): all of the code that this block is a part of
 */
char *
sonde_document_dup_code (SondeDocument *self, const SondeMarkdownBlock *block)
{
  g_autoptr (GString) code = g_string_new (NULL);
  guint i;

  g_return_val_if_fail (SONDE_IS_DOCUMENT (self), NULL);

  i = find_position (self, block);
  for (guint j = i; j < self->rows->len; j++) {
    const SondeMarkdownBlock *part = sonde_markdown_get_block (self->markdown, j);

    if (j > i && !part->continues)
      break;
    g_string_append_printf (code, "%s%s", j > i ? "\n" : "", part->text.text);
  }

  return g_string_free (g_steal_pointer (&code), FALSE);
}
