/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-clipboard.h"

#include <string.h>

#include "sonde-reading.h"

/* What is selected, as text for the clipboards. It is made from the messages, so
 * that it is whole where much of it is out of sight. */

/* The part of a message's text that is selected. */
typedef struct {
  SondeTranscriptPosition start;
  SondeTranscriptPosition end;
} Part;

static void
append_gap (GString *text, const char *gap)
{
  if (text->len > 0)
    g_string_append (text, gap);
}

static void
append_cut (GString *text, const SondeMarkdownText *whole, guint from, guint to)
{
  from = MIN (from, (guint) whole->length);
  to = CLAMP (to, from, (guint) whole->length);
  if (to > from)
    g_string_append_len (text, whole->text + from, to - from);
}

/* Cells of a row are parted by tabs, as spreadsheets want them. */
static void
append_table (GString *text, const SondeMarkdownBlock *block, const Part *part, guint number)
{
  guint n = block->n_columns * block->n_rows;
  guint first = number == part->start.block ? part->start.cell : 0;
  guint last = number == part->end.block ? MIN (part->end.cell + 1, n) : n;

  for (guint i = first; i < last; i++) {
    if (i > first)
      g_string_append_c (text, i % block->n_columns == 0 ? '\n' : '\t');
    append_cut (text, &block->cells[i],
                number == part->start.block && i == part->start.cell ? part->start.offset : 0,
                number == part->end.block && i == part->end.cell ? part->end.offset : G_MAXUINT);
  }
}

static void
append_blocks (GString *text, GPtrArray *blocks, const Part *part, SondeClipboardFormat format)
{
  for (guint i = part->start.block; i < blocks->len && i <= part->end.block; i++) {
    const SondeMarkdownBlock *block = g_ptr_array_index (blocks, i);

    append_gap (text, block->continues || block->tight ? "\n" : "\n\n");
    if (block->kind == SONDE_MARKDOWN_TABLE)
      append_table (text, block, part, i);
    else
      append_cut (text, &block->text, i == part->start.block ? part->start.offset : 0,
                  i == part->end.block ? part->end.offset : G_MAXUINT);
  }
}

static void
append_message (GString *text,
                SondeSelection *selection,
                SondeMessage *message,
                SondeClipboardFormat format)
{
  static const SondeTextKind kinds[] = { SONDE_TEXT_REASONING, SONDE_TEXT_CONTENT };
  Part all;

  if (sonde_message_get_role (message) != SONDE_ROLE_USER &&
      sonde_message_get_role (message) != SONDE_ROLE_ASSISTANT)
    return;

  sonde_selection_get_bounds (selection, &all.start, &all.end);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const gint64 id = sonde_message_get_id (message);
    Part part = { { id, kinds[i], 0, 0, 0 }, { id, kinds[i], G_MAXUINT, G_MAXUINT, G_MAXUINT } };
    g_autoptr (GPtrArray) blocks = NULL;

    if (sonde_selection_compare (selection, &part.end, &all.start) < 0 ||
        sonde_selection_compare (selection, &part.start, &all.end) > 0)
      continue;
    if (sonde_selection_compare (selection, &part.start, &all.start) < 0)
      part.start = all.start;
    if (sonde_selection_compare (selection, &part.end, &all.end) > 0)
      part.end = all.end;
    blocks = sonde_reading_dup_blocks (message, kinds[i]);
    append_blocks (text, blocks, &part, format);
  }
}

/**
 * sonde_clipboard_dup_text:
 * @selection: what is selected
 * @format: how to write it
 *
 * Reasoning that lies between two selected places is part of it, open or not.
 *
 * Returns: (transfer full): what is selected
 */
char *
sonde_clipboard_dup_text (SondeSelection *selection, SondeClipboardFormat format)
{
  GListModel *messages = sonde_selection_get_messages (selection);
  GString *text = g_string_new (NULL);
  guint first;
  guint last;

  if (!sonde_selection_is_empty (selection) &&
      sonde_selection_get_messages_between (selection, &first, &last)) {
    for (guint i = first; i <= last; i++) {
      g_autoptr (SondeMessage) message = g_list_model_get_item (messages, i);

      append_message (text, selection, message, format);
    }
  }

  return g_string_free (text, FALSE);
}

/**
 * sonde_clipboard_create_content:
 * @selection: what is selected
 *
 * Returns: (transfer full): it for a clipboard: plain text, Markdown and HTML
 */
GdkContentProvider *
sonde_clipboard_create_content (SondeSelection *selection)
{
  static const struct {
    SondeClipboardFormat format;
    const char *mime_type;
  } formats[] = {
    { SONDE_CLIPBOARD_MARKDOWN, "text/markdown" },
    { SONDE_CLIPBOARD_HTML, "text/html" },
  };
  g_autofree char *plain = sonde_clipboard_dup_text (selection, SONDE_CLIPBOARD_PLAIN);
  GdkContentProvider *providers[1 + G_N_ELEMENTS (formats)];

  providers[0] = gdk_content_provider_new_typed (G_TYPE_STRING, plain);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    char *text = sonde_clipboard_dup_text (selection, formats[i].format);
    g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

    providers[i + 1] = gdk_content_provider_new_for_bytes (formats[i].mime_type, bytes);
  }

  return gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
}
