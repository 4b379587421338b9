/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-print-turn.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sonde-reading.h"
#include "sonde-tool-call.h"

/* What programs say to one another stands there as it was said, in pieces where it is long. */
static void
add_literal (GPtrArray *blocks, const char *text)
{
  const gsize length = strlen (text);
  gsize from = 0;

  do {
    const gsize to = sonde_reading_find_piece_end (text, length, from);
    SondeMarkdownBlock *block = sonde_markdown_block_new (SONDE_MARKDOWN_CODE);

    block->text.length = to - from - (to > from && text[to - 1] == '\n' ? 1 : 0);
    block->text.text = g_strndup (text + from, block->text.length);
    block->continues = from > 0;
    g_ptr_array_add (blocks, block);
    from = to;
  } while (from < length);
}

static void
add_calls (GPtrArray *blocks, SondeMessage *message)
{
  const SondeMessageDetails *details = sonde_message_get_details (message);
  GPtrArray *calls = details != NULL ? details->tool_calls : NULL;

  for (guint i = 0; calls != NULL && i < calls->len; i++) {
    const SondeToolCall *call = g_ptr_array_index (calls, i);
    g_autofree char *text = g_strdup_printf ("%s(%s)", call->name != NULL ? call->name : "",
                                             call->arguments != NULL ? call->arguments : "");

    add_literal (blocks, text);
  }
}

/**
 * sonde_print_turn_dup_files:
 * @message: what somebody says
 *
 * Returns: (transfer full) (nullable): which files go with it
 */
char *
sonde_print_turn_dup_files (SondeMessage *message)
{
  GPtrArray *attachments = sonde_message_get_attachments (message);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  g_autofree char *joined = NULL;

  if (attachments == NULL || attachments->len == 0)
    return NULL;

  for (guint i = 0; i < attachments->len; i++)
    g_strv_builder_add (names, sonde_attachment_get_name (g_ptr_array_index (attachments, i)));
  list = g_strv_builder_end (names);
  /* Translators: between the names of files in a list */
  joined = g_strjoinv (C_ ("list", ", "), list);

  /* Translators: %s is a list of the names of files */
  return g_strdup_printf (_ ("Attached: %s"), joined);
}

static void
add_heading (GPtrArray *blocks, const char *text)
{
  SondeMarkdownBlock *block = sonde_markdown_block_new (SONDE_MARKDOWN_HEADING);

  block->level = 6;
  block->text.text = g_strdup (text);
  block->text.length = strlen (text);
  g_ptr_array_add (blocks, block);
}

/**
 * sonde_print_turn_dup_blocks:
 * @message: what somebody says
 * @reasoning: whether what the model thought belongs to it
 *
 * Returns: (transfer full) (element-type SondeMarkdownBlock): what is printed of it
 */
GPtrArray *
sonde_print_turn_dup_blocks (SondeMessage *message, gboolean reasoning)
{
  GPtrArray *blocks = NULL;

  if (sonde_message_get_role (message) == SONDE_ROLE_TOOL) {
    blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_markdown_block_unref);
    add_literal (blocks, sonde_message_get_text (message, SONDE_TEXT_CONTENT));
    return blocks;
  }

  blocks = sonde_reading_dup_blocks (message, SONDE_TEXT_CONTENT);
  if (reasoning && sonde_message_get_text_length (message, SONDE_TEXT_REASONING) > 0) {
    g_autoptr (GPtrArray) answer = blocks;

    blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_markdown_block_unref);
    add_heading (blocks, _ ("Reasoning"));
    g_ptr_array_extend_and_steal (blocks, sonde_reading_dup_blocks (message, SONDE_TEXT_REASONING));
    add_heading (blocks, _ ("Answer"));
    g_ptr_array_extend (blocks, answer, (GCopyFunc) (void (*) (void)) sonde_markdown_block_ref,
                        NULL);
  }
  add_calls (blocks, message);

  return blocks;
}
