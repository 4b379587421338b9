/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-block-row.h"

#include <glib/gi18n.h>

#include "sonde-code-block.h"
#include "sonde-table-block.h"
#include "sonde-text-block.h"
#include "sonde-text.h"

/* Indents and bars, as parts of the font's size. */
#define QUOTE_INDENT 1.1
#define LIST_INDENT  1.75
#define MARKER_SPACE 0.45
#define BAR_WIDTH    0.2
#define BAR_ALPHA    0.22f

/**
 * SondeBlockRow:
 *
 * One block of a document in its place: the space above it, the bars of its
 * quotes, the indent of its lists, its marker, and the block itself.
 */
struct _SondeBlockRow {
  GtkWidget parent_instance;

  SondeMarkdownBlock *block;
  GtkWidget *content;
  GtkWidget *marker; /* or NULL */
  double gap;        /* above it, as a part of the font's size */
};

G_DEFINE_FINAL_TYPE (SondeBlockRow, sonde_block_row, GTK_TYPE_WIDGET)

/* --- space -------------------------------------------------------------------- */

static gboolean
is_box (const SondeMarkdownBlock *block)
{
  return block->kind == SONDE_MARKDOWN_CODE || block->kind == SONDE_MARKDOWN_MATH ||
         block->kind == SONDE_MARKDOWN_TABLE;
}

/**
 * sonde_block_row_find_gap:
 * @block: a block
 * @before: (nullable): the one before it
 *
 * The space above a block is a matter of both: a heading stands off what is
 * before it and belongs to what follows.
 *
 * Returns: the space between them, as a part of the font's size
 */
double
sonde_block_row_find_gap (const SondeMarkdownBlock *block, const SondeMarkdownBlock *before)
{
  static const double above_heading[] = { 0, 1.7, 1.6, 1.35, 1.15, 1.1, 1.1 };

  /* Of a footnote, what continues is another paragraph; a table begins with its headers again. */
  if (before == NULL || (block->continues && block->kind != SONDE_MARKDOWN_FOOTNOTE &&
                         block->kind != SONDE_MARKDOWN_TABLE))
    return 0;
  if (block->continues)
    return 0.5;
  if (block->kind == SONDE_MARKDOWN_HEADING)
    return before->kind == SONDE_MARKDOWN_HEADING ? 0.7 : above_heading[block->level];
  if (before->kind == SONDE_MARKDOWN_HEADING)
    return is_box (block) ? 0.75 : 0.55;
  if (block->kind == SONDE_MARKDOWN_RULE || before->kind == SONDE_MARKDOWN_RULE)
    return 1.5;
  if (is_box (block) || is_box (before))
    return 1.0;
  if (block->marker != SONDE_MARKDOWN_MARKER_NONE && block->tight && before->n_nesting > 0 &&
      before->nesting[before->n_nesting - 1] == SONDE_MARKDOWN_LIST)
    return block->n_shared == 0 ? 0.85 : 0.3;
  if (block->marker != SONDE_MARKDOWN_MARKER_NONE && block->n_shared == 0)
    return 0.55;

  return block->n_shared > 0 && block->nesting[block->n_shared - 1] == SONDE_MARKDOWN_LIST ? 0.6
                                                                                           : 0.85;
}

static double
find_indent (SondeBlockRow *self, guint depth)
{
  double indent = 0;

  for (guint i = 0; i < depth; i++)
    indent += self->block->nesting[i] == SONDE_MARKDOWN_QUOTE ? QUOTE_INDENT : LIST_INDENT;

  return indent;
}

/* --- what is in it ------------------------------------------------------------- */

static GtkWidget *
make_content (const SondeMarkdownBlock *block)
{
  GtkWidget *content = NULL;

  switch (block->kind) {
  case SONDE_MARKDOWN_PARAGRAPH:
    content = sonde_text_block_new (GTK_ACCESSIBLE_ROLE_PARAGRAPH);
    break;
  case SONDE_MARKDOWN_FOOTNOTE:
    content = sonde_text_block_new (GTK_ACCESSIBLE_ROLE_PARAGRAPH);
    gtk_widget_add_css_class (content, "footnote");
    break;
  case SONDE_MARKDOWN_HEADING: {
    g_autofree char *class_name = g_strdup_printf ("h%u", block->level);

    content = sonde_text_block_new (GTK_ACCESSIBLE_ROLE_HEADING);
    gtk_widget_add_css_class (content, class_name);
    gtk_accessible_update_property (GTK_ACCESSIBLE (content), GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                    (int) block->level, -1);
    break;
  }
  case SONDE_MARKDOWN_CODE:
  case SONDE_MARKDOWN_MATH:
    content = sonde_code_block_new ();
    break;
  case SONDE_MARKDOWN_TABLE:
    content = sonde_table_block_new ();
    break;
  case SONDE_MARKDOWN_RULE:
    content = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
    break;
  case SONDE_MARKDOWN_HTML:
    content = sonde_text_block_new (GTK_ACCESSIBLE_ROLE_PARAGRAPH);
    gtk_widget_add_css_class (content, "html");
    break;
  }

  return content;
}

static void
fill_content (SondeBlockRow *self, const SondeMarkdownBlock *before)
{
  switch (self->block->kind) {
  case SONDE_MARKDOWN_PARAGRAPH:
  case SONDE_MARKDOWN_HEADING:
  case SONDE_MARKDOWN_HTML:
  case SONDE_MARKDOWN_FOOTNOTE:
    sonde_text_block_set_text (SONDE_TEXT_BLOCK (self->content), &self->block->text);
    /* The marker and the bars stand where the text begins to be read, and the dot behind a number
     * is where the text goes on. */
    gtk_widget_set_direction (GTK_WIDGET (self), sonde_text_find_direction (&self->block->text));
    if (self->marker != NULL)
      gtk_widget_set_direction (self->marker, gtk_widget_get_direction (GTK_WIDGET (self)));
    break;
  case SONDE_MARKDOWN_CODE:
  case SONDE_MARKDOWN_MATH:
    sonde_code_block_set_block (SONDE_CODE_BLOCK (self->content), self->block, before);
    break;
  case SONDE_MARKDOWN_TABLE:
    sonde_table_block_set_block (SONDE_TABLE_BLOCK (self->content), self->block);
    break;
  case SONDE_MARKDOWN_RULE:
    break;
  }
}

static guint
count_lists (const SondeMarkdownBlock *block)
{
  guint n = 0;

  for (guint i = 0; i < block->n_nesting; i++)
    n += block->nesting[i] == SONDE_MARKDOWN_LIST;

  return n;
}

static GtkWidget *
make_task (gboolean done)
{
  GtkWidget *box =
    g_object_new (GTK_TYPE_IMAGE, "icon-name", done ? "object-select-symbolic" : NULL, NULL);

  gtk_widget_add_css_class (box, "task");
  if (done)
    gtk_widget_add_css_class (box, "done");
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  done ? _ ("Done") : _ ("To do"), -1);

  return box;
}

static GtkWidget *
make_marker (const SondeMarkdownBlock *block)
{
  static const char *const bullets[] = { "•", "◦", "▪" };
  g_autofree char *number = NULL;
  GtkWidget *marker = NULL;

  switch (block->marker) {
  case SONDE_MARKDOWN_MARKER_NONE:
    return NULL;
  case SONDE_MARKDOWN_MARKER_BULLET:
    marker = gtk_label_new (bullets[(MAX (count_lists (block), 1) - 1) % G_N_ELEMENTS (bullets)]);
    gtk_widget_add_css_class (marker, "bullet");
    break;
  case SONDE_MARKDOWN_MARKER_NUMBER:
    number = g_strdup_printf ("%u.", block->number);
    marker = gtk_label_new (number);
    gtk_widget_add_css_class (marker, "numeric");
    break;
  case SONDE_MARKDOWN_MARKER_TASK:
    marker = make_task (FALSE);
    break;
  case SONDE_MARKDOWN_MARKER_DONE:
    marker = make_task (TRUE);
    break;
  }
  gtk_widget_add_css_class (marker, "marker");

  return marker;
}

/* --- layout ------------------------------------------------------------------- */

static GtkSizeRequestMode
sonde_block_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sonde_block_row_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  SondeBlockRow *self = SONDE_BLOCK_ROW (widget);
  double em = sonde_text_em (widget);
  int indent = (int) (find_indent (self, self->block->n_nesting) * em);
  int gap = (int) (self->gap * em);
  int child_minimum;
  int child_natural;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    gtk_widget_measure (self->content, orientation, -1, minimum, natural, NULL, NULL);
    *minimum += indent;
    *natural += indent;
    return;
  }

  if (for_size >= 0) {
    gtk_widget_measure (self->content, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, NULL, NULL,
                        NULL);
    for_size = MAX (for_size - indent, child_minimum);
  }
  gtk_widget_measure (self->content, orientation, for_size, &child_minimum, &child_natural, NULL,
                      NULL);
  *minimum = child_minimum + gap;
  *natural = child_natural + gap;
  if (self->marker != NULL) {
    gtk_widget_measure (self->marker, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
    *minimum = MAX (*minimum, child_natural + gap);
    *natural = MAX (*natural, child_natural + gap);
  }
}

static void
sonde_block_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SondeBlockRow *self = SONDE_BLOCK_ROW (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double em = sonde_text_em (widget);
  int indent = (int) (find_indent (self, self->block->n_nesting) * em);
  int gap = (int) (self->gap * em);
  int minimum;
  GtkAllocation place;

  gtk_widget_measure (self->content, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  place.width = MAX (width - indent, minimum);
  place.height = height - gap;
  place.x = mirrored ? width - indent - place.width : indent;
  place.y = gap;
  gtk_widget_size_allocate (self->content, &place, -1);

  if (self->marker != NULL) {
    int space = (int) (MARKER_SPACE * em);
    int natural_width;
    int natural_height;

    gtk_widget_measure (self->marker, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural_width, NULL,
                        NULL);
    gtk_widget_measure (self->marker, GTK_ORIENTATION_VERTICAL, natural_width, NULL,
                        &natural_height, NULL, NULL);
    place.width = natural_width;
    place.height = natural_height;
    place.x = mirrored ? width - indent + space : indent - space - natural_width;
    place.y = gap;
    gtk_widget_size_allocate (self->marker, &place, -1);
  }
}

static void
sonde_block_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SondeBlockRow *self = SONDE_BLOCK_ROW (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double em = sonde_text_em (widget);
  double gap = (int) (self->gap * em);
  double bar = MAX (2, (int) (BAR_WIDTH * em));
  GdkRGBA colour;

  gtk_widget_get_color (widget, &colour);
  colour.alpha *= BAR_ALPHA;
  for (guint i = 0; i < self->block->n_nesting; i++) {
    double x = (int) (find_indent (self, i) * em);
    double y = i < self->block->n_shared ? 0 : gap;

    if (self->block->nesting[i] != SONDE_MARKDOWN_QUOTE)
      continue;
    if (mirrored)
      x = gtk_widget_get_width (widget) - x - bar;
    gtk_snapshot_append_color (snapshot, &colour,
                               &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) bar,
                                                    (float) (gtk_widget_get_height (widget) - y)));
  }
  gtk_widget_snapshot_child (widget, self->content, snapshot);
  if (self->marker != NULL)
    gtk_widget_snapshot_child (widget, self->marker, snapshot);
}

static void
sonde_block_row_dispose (GObject *object)
{
  SondeBlockRow *self = SONDE_BLOCK_ROW (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->marker, gtk_widget_unparent);

  G_OBJECT_CLASS (sonde_block_row_parent_class)->dispose (object);
}

static void
sonde_block_row_finalize (GObject *object)
{
  SondeBlockRow *self = SONDE_BLOCK_ROW (object);

  sonde_markdown_block_unref (self->block);

  G_OBJECT_CLASS (sonde_block_row_parent_class)->finalize (object);
}

static void
sonde_block_row_class_init (SondeBlockRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_block_row_dispose;
  object_class->finalize = sonde_block_row_finalize;
  widget_class->get_request_mode = sonde_block_row_get_request_mode;
  widget_class->measure = sonde_block_row_measure;
  widget_class->size_allocate = sonde_block_row_size_allocate;
  widget_class->snapshot = sonde_block_row_snapshot;

  gtk_widget_class_set_css_name (widget_class, "blockrow");
}

static void
sonde_block_row_init (SondeBlockRow *self)
{
}

/* --- public ------------------------------------------------------------------- */

/**
 * sonde_block_row_new:
 * @block: what it is to show
 * @before: (nullable): the block before it
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
sonde_block_row_new (const SondeMarkdownBlock *block, const SondeMarkdownBlock *before)
{
  SondeBlockRow *self = g_object_new (SONDE_TYPE_BLOCK_ROW, NULL);

  self->block = sonde_markdown_block_ref ((SondeMarkdownBlock *) block);
  self->gap = sonde_block_row_find_gap (block, before);
  self->marker = make_marker (block);
  if (self->marker != NULL)
    gtk_widget_set_parent (self->marker, GTK_WIDGET (self));
  self->content = make_content (block);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  for (guint i = 0; i < block->n_nesting; i++) {
    if (block->nesting[i] == SONDE_MARKDOWN_QUOTE)
      gtk_widget_add_css_class (GTK_WIDGET (self), "quoted");
  }
  fill_content (self, before);

  return GTK_WIDGET (self);
}

/* What is made once, with the row. */
static gboolean
has_same_frame (const SondeMarkdownBlock *a, const SondeMarkdownBlock *b)
{
  if (a->kind != b->kind || a->level != b->level || a->marker != b->marker ||
      a->number != b->number || a->n_nesting != b->n_nesting || a->continues != b->continues)
    return FALSE;
  for (guint i = 0; i < a->n_nesting; i++) {
    if (a->nesting[i] != b->nesting[i])
      return FALSE;
  }

  return TRUE;
}

/**
 * sonde_block_row_set_block:
 * @self: a row
 * @block: what it is to show from now on
 * @before: (nullable): the block before it
 *
 * Returns: %FALSE where another row is needed for that
 */
gboolean
sonde_block_row_set_block (SondeBlockRow *self,
                           const SondeMarkdownBlock *block,
                           const SondeMarkdownBlock *before)
{
  double gap;
  gboolean changed;

  g_return_val_if_fail (SONDE_IS_BLOCK_ROW (self), FALSE);

  if (!has_same_frame (self->block, block))
    return FALSE;

  gap = sonde_block_row_find_gap (block, before);
  if (gap > self->gap || gap < self->gap) {
    self->gap = gap;
    gtk_widget_queue_resize (GTK_WIDGET (self));
  }
  changed = self->block->serial != block->serial;
  if (self->block != block) {
    sonde_markdown_block_unref (self->block);
    self->block = sonde_markdown_block_ref ((SondeMarkdownBlock *) block);
  }
  if (changed)
    fill_content (self, before);

  return TRUE;
}

/**
 * sonde_block_row_set_place:
 * @self: a row
 * @place: where its block is in the transcript
 */
void
sonde_block_row_set_place (SondeBlockRow *self, const SondeTranscriptPosition *place)
{
  g_return_if_fail (SONDE_IS_BLOCK_ROW (self));

  if (SONDE_IS_TEXT_BLOCK (self->content))
    sonde_text_block_set_place (SONDE_TEXT_BLOCK (self->content), place);
  else if (SONDE_IS_CODE_BLOCK (self->content))
    sonde_code_block_set_place (SONDE_CODE_BLOCK (self->content), place);
  else if (SONDE_IS_TABLE_BLOCK (self->content))
    sonde_table_block_set_place (SONDE_TABLE_BLOCK (self->content), place);
}

/**
 * sonde_block_row_get_block:
 * @self: a row
 *
 * Returns: (transfer none): what it shows
 */
const SondeMarkdownBlock *
sonde_block_row_get_block (SondeBlockRow *self)
{
  g_return_val_if_fail (SONDE_IS_BLOCK_ROW (self), NULL);

  return self->block;
}

/**
 * sonde_block_row_get_content:
 * @self: a row
 *
 * Returns: (transfer none): the widget of its block
 */
GtkWidget *
sonde_block_row_get_content (SondeBlockRow *self)
{
  g_return_val_if_fail (SONDE_IS_BLOCK_ROW (self), NULL);

  return self->content;
}
