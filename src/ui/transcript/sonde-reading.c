/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-reading.h"

#include "sonde-markdown.h"

#define MAX_PIECE 8192 /* bytes of a question that one text lays out */

/* A message as it is read: what selection, clipboard and search work on, whether it
 * is on the screen or not. */

/**
 * sonde_reading_find_piece_end:
 * @text: what a person wrote
 * @length: its length in bytes
 * @from: where a piece of it begins
 *
 * A question is shown as it was written, in pieces where it is very long.
 *
 * Returns: where the piece ends: behind a line, if it can
 */
gsize
sonde_reading_find_piece_end (const char *text, gsize length, gsize from)
{
  const char *newline;

  if (length - from <= MAX_PIECE)
    return length;
  newline = g_strrstr_len (text + from, MAX_PIECE, "\n");
  if (newline != NULL)
    return (gsize) (newline + 1 - text);

  return (gsize) (g_utf8_find_prev_char (text + from, text + from + MAX_PIECE) - text);
}

static GPtrArray *
dup_pieces (const char *text, gsize length)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_markdown_block_unref);
  gsize from = 0;

  do {
    gsize to = sonde_reading_find_piece_end (text, length, from);
    gsize end = to > from && text[to - 1] == '\n' ? to - 1 : to;
    SondeMarkdownBlock *block = sonde_markdown_block_new (SONDE_MARKDOWN_PARAGRAPH);

    block->text.text = g_strndup (text + from, end - from);
    block->text.length = end - from;
    g_ptr_array_add (blocks, block);
    from = to;
  } while (from < length);

  return blocks;
}

/**
 * sonde_reading_dup_blocks:
 * @message: a message
 * @kind: which of its texts
 *
 * Returns: (transfer full) (element-type SondeMarkdownBlock): its blocks, as they are shown now
 */
GPtrArray *
sonde_reading_dup_blocks (SondeMessage *message, SondeTextKind kind)
{
  g_autoptr (SondeMarkdown) markdown = NULL;
  GPtrArray *blocks;
  const char *text;

  g_return_val_if_fail (SONDE_IS_MESSAGE (message), NULL);

  text = sonde_message_get_text (message, kind);
  if (text == NULL || *text == '\0')
    return g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_markdown_block_unref);
  if (sonde_message_get_role (message) == SONDE_ROLE_USER)
    return dup_pieces (text, sonde_message_get_text_length (message, kind));

  markdown = sonde_markdown_new ();
  sonde_markdown_set_open (markdown,
                           sonde_message_get_state (message) == SONDE_MESSAGE_STREAMING &&
                             (kind == SONDE_TEXT_CONTENT ||
                              sonde_message_get_text_length (message, SONDE_TEXT_CONTENT) == 0));
  sonde_markdown_set_text (markdown, text, (gssize) sonde_message_get_text_length (message, kind));
  blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_markdown_block_unref);
  for (guint i = 0; i < sonde_markdown_get_n_blocks (markdown); i++)
    g_ptr_array_add (blocks, sonde_markdown_block_ref (
                               (SondeMarkdownBlock *) sonde_markdown_get_block (markdown, i)));

  return blocks;
}
