/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-code-block.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sonde-document.h"
#include "sonde-side-scroller.h"
#include "sonde-text.h"

/* Code is shown by labels of about this many bytes, so that a line more at the
 * end of a long program lays out its last piece only. */
#define MAX_PIECE 6144

/**
 * SondeCodeBlock:
 *
 * Code on a ground of its own, with its language and a button that copies it.
 * Long lines scroll sideways.
 */
struct _SondeCodeBlock {
  GtkWidget parent_instance;

  GtkWidget *header;
  GtkLabel *language;
  GtkWidget *scroller;
  GtkWidget *pieces; /* a box of labels */
  GString *code;
  SondeMarkdownBlock *block; /* that is shown */
};

G_DEFINE_FINAL_TYPE (SondeCodeBlock, sonde_code_block, GTK_TYPE_WIDGET)

static void
copy_cb (SondeCodeBlock *self)
{
  GtkWidget *document = gtk_widget_get_ancestor (GTK_WIDGET (self), SONDE_TYPE_DOCUMENT);
  g_autofree char *code = document != NULL
                            ? sonde_document_dup_code (SONDE_DOCUMENT (document), self->block)
                            : g_strdup (self->code->str);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.copy-text", "s", code);
}

/* Where the piece that begins at @from ends: behind a line. */
static gsize
find_piece_end (const GString *code, gsize from)
{
  const char *begin = code->str + from;
  const char *newline;

  if (code->len - from <= MAX_PIECE)
    return code->len;
  newline = g_strrstr_len (begin, MAX_PIECE, "\n");
  if (newline != NULL)
    return newline + 1 - code->str;

  return g_utf8_find_prev_char (begin, begin + MAX_PIECE) - code->str;
}

static GtkWidget *
add_piece (SondeCodeBlock *self)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "selectable", TRUE, "xalign", 0.0f, NULL);

  gtk_widget_add_css_class (label, "code");
  gtk_box_append (GTK_BOX (self->pieces), label);

  return label;
}

static void
set_piece (GtkLabel *label, const char *text)
{
  int from;
  int to;
  gboolean selected;

  if (strcmp (gtk_label_get_text (label), text) == 0)
    return;
  selected = sonde_text_take_selection (label, &from, &to);
  gtk_label_set_text (label, text);
  if (selected)
    gtk_label_select_region (label, from, to);
}

static void
update_pieces (SondeCodeBlock *self)
{
  GtkWidget *label = gtk_widget_get_first_child (self->pieces);
  gsize from = 0;

  do {
    gsize to = find_piece_end (self->code, from);
    gsize end = to > from && self->code->str[to - 1] == '\n' && to < self->code->len ? to - 1 : to;
    g_autofree char *text = g_strndup (self->code->str + from, end - from);

    if (label == NULL)
      label = add_piece (self);
    set_piece (GTK_LABEL (label), text);
    label = gtk_widget_get_next_sibling (label);
    from = to;
  } while (from < self->code->len);

  while (label != NULL) {
    GtkWidget *rest = gtk_widget_get_next_sibling (label);

    gtk_box_remove (GTK_BOX (self->pieces), label);
    label = rest;
  }
}

static void
sonde_code_block_dispose (GObject *object)
{
  SondeCodeBlock *self = SONDE_CODE_BLOCK (object);

  g_clear_pointer (&self->block, sonde_markdown_block_unref);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), SONDE_TYPE_CODE_BLOCK);

  G_OBJECT_CLASS (sonde_code_block_parent_class)->dispose (object);
}

static void
sonde_code_block_finalize (GObject *object)
{
  SondeCodeBlock *self = SONDE_CODE_BLOCK (object);

  g_string_free (self->code, TRUE);

  G_OBJECT_CLASS (sonde_code_block_parent_class)->finalize (object);
}

static void
sonde_code_block_class_init (SondeCodeBlockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sonde_code_block_dispose;
  object_class->finalize = sonde_code_block_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/sondechat/Sonde/transcript/sonde-code-block.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeCodeBlock, header);
  gtk_widget_class_bind_template_child (widget_class, SondeCodeBlock, language);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "codeblock");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sonde_code_block_init (SondeCodeBlock *self)
{
  GtkLayoutManager *layout;

  self->code = g_string_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->pieces = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->pieces, "code-text");
  self->scroller = sonde_side_scroller_new (self->pieces, FALSE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/**
 * sonde_code_block_new:
 *
 * Returns: (transfer floating): an empty code block
 */
GtkWidget *
sonde_code_block_new (void)
{
  return g_object_new (SONDE_TYPE_CODE_BLOCK, NULL);
}

/**
 * sonde_code_block_set_block:
 * @self: a code block
 * @block: code, or mathematics on lines of its own, which is shown as its source
 */
void
sonde_code_block_set_block (SondeCodeBlock *self, const SondeMarkdownBlock *block)
{
  const char *name = _ ("Code");

  g_return_if_fail (SONDE_IS_CODE_BLOCK (self));

  if (block->kind == SONDE_MARKDOWN_MATH)
    name = _ ("Formula");
  else if (block->language != NULL)
    name = block->language;
  gtk_label_set_label (self->language, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (self->header, !block->continues);
  if (block->continues)
    gtk_widget_add_css_class (GTK_WIDGET (self), "continues");

  g_clear_pointer (&self->block, sonde_markdown_block_unref);
  self->block = sonde_markdown_block_ref ((SondeMarkdownBlock *) block);
  g_string_truncate (self->code, 0);
  g_string_append_len (self->code, block->text.text, (gssize) block->text.length);
  update_pieces (self);
}

/**
 * sonde_code_block_set_continued:
 * @self: a code block
 * @continued: whether the next block goes on with the same code
 *
 * Very long code comes in several blocks. They look like one and are copied as one.
 */
void
sonde_code_block_set_continued (SondeCodeBlock *self, gboolean continued)
{
  g_return_if_fail (SONDE_IS_CODE_BLOCK (self));

  if (continued)
    gtk_widget_add_css_class (GTK_WIDGET (self), "continued");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "continued");
}
