/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown-block.h"

#include <string.h>

static void
clear_text (SondeMarkdownText *text)
{
  for (guint i = 0; i < text->n_spans; i++)
    g_free (text->spans[i].target);
  g_free (text->spans);
  g_free (text->text);
}

static void
clear_block (gpointer data)
{
  SondeMarkdownBlock *self = data;

  clear_text (&self->text);
  for (guint i = 0; i < self->n_columns * self->n_rows; i++)
    clear_text (&self->cells[i]);
  g_free (self->cells);
  g_free (self->alignments);
  g_free (self->language);
}

/**
 * sonde_markdown_block_new:
 * @kind: what it is
 *
 * Returns: (transfer full): an empty block
 */
SondeMarkdownBlock *
sonde_markdown_block_new (SondeMarkdownKind kind)
{
  SondeMarkdownBlock *self = g_rc_box_new0 (SondeMarkdownBlock);

  self->kind = kind;
  self->closed = TRUE;

  return self;
}

/**
 * sonde_markdown_block_ref:
 * @self: a block
 *
 * Returns: (transfer full): @self
 */
SondeMarkdownBlock *
sonde_markdown_block_ref (SondeMarkdownBlock *self)
{
  return g_rc_box_acquire (self);
}

/**
 * sonde_markdown_block_unref:
 * @self: (transfer full): a block
 */
void
sonde_markdown_block_unref (SondeMarkdownBlock *self)
{
  g_rc_box_release_full (self, clear_block);
}

/**
 * sonde_markdown_text_copy:
 * @to: (out): a text
 * @from: a text
 *
 * Makes @to read and look like @from.
 */
void
sonde_markdown_text_copy (SondeMarkdownText *to, const SondeMarkdownText *from)
{
  to->text = g_strndup (from->text, from->length);
  to->length = from->length;
  to->spans = g_memdup2 (from->spans, from->n_spans * sizeof *from->spans);
  to->n_spans = from->n_spans;
  for (guint i = 0; i < to->n_spans; i++)
    to->spans[i].target = g_strdup (to->spans[i].target);
}

/**
 * sonde_markdown_text_equal:
 * @a: a text
 * @b: a text
 *
 * Returns: whether both read and look the same
 */
gboolean
sonde_markdown_text_equal (const SondeMarkdownText *a, const SondeMarkdownText *b)
{
  if (a->length != b->length || a->n_spans != b->n_spans)
    return FALSE;
  if (a->length > 0 && memcmp (a->text, b->text, a->length) != 0)
    return FALSE;

  for (guint i = 0; i < a->n_spans; i++) {
    const SondeMarkdownSpan *s = &a->spans[i];
    const SondeMarkdownSpan *t = &b->spans[i];

    if (s->start != t->start || s->end != t->end || s->styles != t->styles ||
        g_strcmp0 (s->target, t->target) != 0)
      return FALSE;
  }

  return TRUE;
}

/**
 * sonde_markdown_block_equal:
 * @a: a block
 * @b: a block
 *
 * Returns: whether both are the same but for their serials
 */
gboolean
sonde_markdown_block_equal (const SondeMarkdownBlock *a, const SondeMarkdownBlock *b)
{
  if (a->kind != b->kind || a->level != b->level || a->closed != b->closed ||
      a->continues != b->continues || a->n_nesting != b->n_nesting || a->n_shared != b->n_shared ||
      a->marker != b->marker || a->number != b->number || a->tight != b->tight ||
      a->n_columns != b->n_columns || a->n_rows != b->n_rows ||
      g_strcmp0 (a->language, b->language) != 0 ||
      memcmp (a->nesting, b->nesting, sizeof a->nesting) != 0 ||
      !sonde_markdown_text_equal (&a->text, &b->text))
    return FALSE;

  for (guint i = 0; i < a->n_columns; i++) {
    if (a->alignments[i] != b->alignments[i])
      return FALSE;
  }
  for (guint i = 0; i < a->n_columns * a->n_rows; i++) {
    if (!sonde_markdown_text_equal (&a->cells[i], &b->cells[i]))
      return FALSE;
  }

  return TRUE;
}
