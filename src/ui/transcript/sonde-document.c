/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-document.h"

#include <string.h>

#include "sonde-block-row.h"
#include "sonde-code-block.h"
#include "sonde-markdown.h"

/* How many rows are laid out together. One that changes makes its own group be
 * laid out anew, and none of the others. */
#define GROUP_ROWS 32

/**
 * SondeDocument:
 *
 * Markdown as rows of blocks. When the text grows, the rows of settled blocks are
 * not touched, and only what is seen is drawn.
 */
struct _SondeDocument {
  GtkWidget parent_instance;

  SondeMarkdown *markdown;
  gsize taken; /* bytes of the message's text that are shown */
  GPtrArray *rows;
  GPtrArray *groups; /* boxes that hold the rows */

  double view_top; /* what is seen of it, or nearly */
  double view_bottom;
  double drawn_top; /* what is drawn of it */
  double drawn_bottom;
};

G_DEFINE_FINAL_TYPE (SondeDocument, sonde_document, GTK_TYPE_WIDGET)

/* The first group that ends below @y. */
static guint
find_group (SondeDocument *self, double y)
{
  guint first = 0;
  guint last = self->groups->len;

  while (first < last) {
    guint middle = (first + last) / 2;
    graphene_rect_t bounds;

    if (gtk_widget_compute_bounds (g_ptr_array_index (self->groups, middle), GTK_WIDGET (self),
                                   &bounds) &&
        bounds.origin.y + bounds.size.height > y)
      last = middle;
    else
      first = middle + 1;
  }

  return first;
}

static void
sonde_document_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SondeDocument *self = SONDE_DOCUMENT (widget);
  double page = self->view_bottom - self->view_top;
  guint end;

  self->drawn_top = self->view_top - page;
  self->drawn_bottom = self->view_bottom + page;
  end = MIN (find_group (self, self->drawn_bottom) + 1, self->groups->len);
  for (guint i = find_group (self, self->drawn_top); i < end; i++)
    gtk_widget_snapshot_child (widget, g_ptr_array_index (self->groups, i), snapshot);
}

static void
sonde_document_dispose (GObject *object)
{
  SondeDocument *self = SONDE_DOCUMENT (object);

  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->groups, 0);

  G_OBJECT_CLASS (sonde_document_parent_class)->dispose (object);
}

static void
sonde_document_finalize (GObject *object)
{
  SondeDocument *self = SONDE_DOCUMENT (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->groups);
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
  widget_class->snapshot = sonde_document_snapshot;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "document");
}

static void
sonde_document_init (SondeDocument *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->markdown = sonde_markdown_new ();
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
}

static SondeBlockRow *
get_row (SondeDocument *self, guint position)
{
  return position < self->rows->len ? g_ptr_array_index (self->rows, position) : NULL;
}

/* Makes code that had to be cut look and copy like one block. */
static void
join_code (SondeDocument *self, guint position)
{
  SondeBlockRow *row = get_row (self, position);
  SondeBlockRow *before = position > 0 ? get_row (self, position - 1) : NULL;
  gboolean continues = sonde_block_row_get_block (row)->continues;
  GtkWidget *content = sonde_block_row_get_content (row);
  GtkWidget *previous = before != NULL ? sonde_block_row_get_content (before) : NULL;

  if (SONDE_IS_CODE_BLOCK (previous))
    sonde_code_block_set_next (
      SONDE_CODE_BLOCK (previous),
      continues && SONDE_IS_CODE_BLOCK (content) ? SONDE_CODE_BLOCK (content) : NULL);
}

static void
place_row (SondeDocument *self, GtkWidget *row, guint position)
{
  GtkWidget *before = position % GROUP_ROWS > 0 ? GTK_WIDGET (get_row (self, position - 1)) : NULL;

  if (position / GROUP_ROWS == self->groups->len) {
    GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

    gtk_widget_set_parent (group, GTK_WIDGET (self));
    g_ptr_array_add (self->groups, group);
  }
  gtk_box_insert_child_after (g_ptr_array_index (self->groups, position / GROUP_ROWS), row, before);
}

static void
update_rows (SondeDocument *self, guint first)
{
  guint n_blocks = sonde_markdown_get_n_blocks (self->markdown);
  guint n_groups = (n_blocks + GROUP_ROWS - 1) / GROUP_ROWS;

  if (n_blocks < self->rows->len)
    g_ptr_array_set_size (self->rows, (int) n_blocks);
  if (n_groups < self->groups->len)
    g_ptr_array_set_size (self->groups, (int) n_groups);

  for (guint i = first; i < n_blocks; i++) {
    const SondeMarkdownBlock *block = sonde_markdown_get_block (self->markdown, i);
    const SondeMarkdownBlock *before =
      i > 0 ? sonde_markdown_get_block (self->markdown, i - 1) : NULL;
    SondeBlockRow *row = get_row (self, i);
    GtkWidget *fresh;

    if (row != NULL && sonde_block_row_set_block (row, block, before))
      continue;
    fresh = sonde_block_row_new (block, before);
    place_row (self, fresh, i);
    if (row != NULL) {
      gtk_widget_unparent (GTK_WIDGET (row));
      self->rows->pdata[i] = fresh;
    } else {
      g_ptr_array_add (self->rows, fresh);
    }
    join_code (self, i);
  }
}

/**
 * sonde_document_new:
 *
 * Returns: (transfer floating): an empty document
 */
GtkWidget *
sonde_document_new (void)
{
  return g_object_new (SONDE_TYPE_DOCUMENT, NULL);
}

/**
 * sonde_document_show_message:
 * @self: a document
 * @message: whose text to show
 * @kind: which of its texts
 * @changed_from: from which byte on it differs from what was shown last
 */
void
sonde_document_show_message (SondeDocument *self,
                             SondeMessage *message,
                             SondeTextKind kind,
                             gsize changed_from)
{
  const char *text = sonde_message_get_text (message, kind);
  gsize length = sonde_message_get_text_length (message, kind);
  gboolean open = sonde_message_get_state (message) == SONDE_MESSAGE_STREAMING;
  guint first;
  guint changed;

  g_return_if_fail (SONDE_IS_DOCUMENT (self));

  /* Reasoning is whole as soon as the answer begins. */
  if (kind == SONDE_TEXT_REASONING &&
      sonde_message_get_text_length (message, SONDE_TEXT_CONTENT) > 0)
    open = FALSE;

  first = sonde_markdown_set_open (self->markdown, open);
  changed = first;
  if (changed_from < self->taken || length < self->taken)
    changed = sonde_markdown_set_text (self->markdown, text != NULL ? text : "", (gssize) length);
  else if (length > self->taken)
    changed =
      sonde_markdown_append (self->markdown, text + self->taken, (gssize) (length - self->taken));
  self->taken = length;
  update_rows (self, MIN (first, changed));
}

/**
 * sonde_document_set_view:
 * @self: a document
 * @top: where what is seen begins, in its own coordinates
 * @bottom: where it ends
 *
 * Until this is called, nothing is drawn.
 */
void
sonde_document_set_view (SondeDocument *self, double top, double bottom)
{
  g_return_if_fail (SONDE_IS_DOCUMENT (self));

  self->view_top = top;
  self->view_bottom = bottom;
  if (top < self->drawn_top || bottom > self->drawn_bottom)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * sonde_document_dup_plain_text:
 * @self: a document
 * @max_length: how many bytes are enough
 *
 * Returns: (transfer full): what is read in it, without marks, a line for each block
 */
char *
sonde_document_dup_plain_text (SondeDocument *self, gsize max_length)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (SONDE_IS_DOCUMENT (self), NULL);

  for (guint i = 0; i < self->rows->len && text->len < max_length; i++) {
    const SondeMarkdownBlock *block = sonde_markdown_get_block (self->markdown, i);

    if (block->text.length > 0)
      g_string_append_printf (text, "%s\n", block->text.text);
  }
  if (text->len > max_length) {
    const char *end = g_utf8_find_prev_char (text->str, text->str + max_length + 1);
    g_string_truncate (text, end - text->str);
  }

  return g_string_free (text, FALSE);
}
