/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From the number in a text to the footnote, and from there back to the text. */

#include "sonde-footnotes.h"

#include "sonde-reading.h"
#include "sonde-text-block.h"

/* A footnote that is far away is laid out within so many frames. */
#define TRIES 8

/* Where in the window it comes to stand. */
#define HEIGHT_PART 0.4

typedef struct {
  SondeSelection *selection;
  SondeTranscriptPosition position;
  guint tries;
} Jump;

static void
jump_free (gpointer data)
{
  Jump *jump = data;

  g_object_unref (jump->selection);
  g_free (jump);
}

static gboolean
refers_to (const SondeMarkdownText *text, const char *label, guint *offset)
{
  for (guint i = 0; i < text->n_spans; i++) {
    const SondeMarkdownSpan *span = &text->spans[i];
    g_autofree char *words = NULL;

    if (!(span->styles & SONDE_MARKDOWN_FOOTNOTE_REF))
      continue;
    words = g_strndup (text->text + span->start, span->end - span->start);
    *offset = span->start;
    if (g_ascii_strcasecmp (words, label) == 0)
      return TRUE;
  }

  return FALSE;
}

static gboolean
is_definition (const SondeMarkdownBlock *block, const char *label)
{
  return block->kind == SONDE_MARKDOWN_FOOTNOTE && !block->continues && block->language != NULL &&
         g_ascii_strcasecmp (block->language, label) == 0;
}

/* The first place outside of the footnote itself that refers to it. */
static gboolean
find_reference (GPtrArray *blocks, const char *label, SondeTranscriptPosition *found)
{
  for (guint i = 0; i < blocks->len; i++) {
    const SondeMarkdownBlock *block = g_ptr_array_index (blocks, i);

    found->block = i;
    found->cell = 0;
    if (!is_definition (block, label) && refers_to (&block->text, label, &found->offset))
      return TRUE;
    for (guint cell = 0; cell < block->n_columns * block->n_rows; cell++) {
      found->cell = cell;
      if (refers_to (&block->cells[cell], label, &found->offset))
        return TRUE;
    }
  }

  return FALSE;
}

static gboolean
find_definition (GPtrArray *blocks, const char *label, SondeTranscriptPosition *found)
{
  found->cell = 0;
  found->offset = 0;
  for (guint i = 0; i < blocks->len; i++) {
    found->block = i;
    if (is_definition (g_ptr_array_index (blocks, i), label))
      return TRUE;
  }

  return FALSE;
}

/**
 * sonde_footnotes_find:
 * @blocks: (element-type SondeMarkdownBlock): a text
 * @label: of a footnote in it
 * @from: where its label stands
 * @found: (out): where the other end is
 *
 * Finds the footnote that is referred to at @from; or, where @from is the beginning of the
 * footnote, the first place that refers to it.
 *
 * Returns: whether there is one
 */
gboolean
sonde_footnotes_find (GPtrArray *blocks,
                      const char *label,
                      const SondeTranscriptPosition *from,
                      SondeTranscriptPosition *found)
{
  *found = *from;
  if (from->block < blocks->len && from->offset == 0 &&
      is_definition (g_ptr_array_index (blocks, from->block), label))
    return find_reference (blocks, label, found);

  return find_definition (blocks, label, found);
}

/* The keyboard goes along as soon as the text is there, and comes back by the same key. */
static gboolean
jump_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Jump *jump = data;
  SondeTextBlock *block = sonde_selection_find_block (jump->selection, &jump->position);
  GtkWidget *link = block != NULL ? sonde_text_block_get_link (block, jump->position.offset) : NULL;

  if (block == NULL && --jump->tries > 0)
    return G_SOURCE_CONTINUE;
  if (block != NULL)
    gtk_widget_grab_focus (link != NULL ? link : GTK_WIDGET (block));

  return G_SOURCE_REMOVE;
}

/**
 * sonde_footnotes_follow:
 * @column: where the turns are
 * @selection: of its texts
 * @label: of a footnote
 * @from: where its label stands
 *
 * Goes to the other end, with the keyboard; see [func@footnotes_find].
 */
void
sonde_footnotes_follow (SondeTurnColumn *column,
                        SondeSelection *selection,
                        const char *label,
                        const SondeTranscriptPosition *from)
{
  SondeMessage *message = sonde_selection_find_message (selection, from->message_id);
  g_autoptr (GPtrArray) blocks =
    message != NULL ? sonde_reading_dup_blocks (message, from->kind) : NULL;
  SondeTranscriptPosition found;
  SondeTurnPlace place;
  Jump *jump;

  if (blocks == NULL || !sonde_footnotes_find (blocks, label, from, &found))
    return;

  place = (SondeTurnPlace) { found.message_id, found.kind, (int) found.block,
                             gtk_widget_get_height (GTK_WIDGET (column)) * HEIGHT_PART };
  sonde_turn_column_go_to (column, &place);
  jump = g_new (Jump, 1);
  *jump = (Jump) { g_object_ref (selection), found, TRIES };
  gtk_widget_add_tick_callback (GTK_WIDGET (column), jump_cb, jump, jump_free);
}
