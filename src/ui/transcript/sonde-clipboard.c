/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-clipboard.h"

#include <string.h>

#include "sonde-markdown-writer.h"
#include "sonde-reading.h"

/* What is selected, as text for the clipboards. It is made from the messages, so
 * that it is whole where much of it is out of sight. */

/* The part of a message's text that is selected. */
typedef struct {
  SondeTranscriptPosition start;
  SondeTranscriptPosition end;
} Part;

static char *
write_blocks (GPtrArray *blocks, const Part *part, SondeClipboardFormat format)
{
  const SondeMarkdownBlock *const *first = (gconstpointer) &blocks->pdata[part->start.block];
  guint n = MIN (part->end.block - part->start.block, blocks->len - part->start.block - 1) + 1;
  SondeMarkdownRange range = { part->start.cell, part->start.offset, part->end.cell,
                               part->end.offset };

  switch (format) {
  case SONDE_CLIPBOARD_PLAIN:
    return sonde_markdown_write_plain (first, n, &range);
  case SONDE_CLIPBOARD_MARKDOWN:
    return sonde_markdown_write_markdown (first, n, &range);
  case SONDE_CLIPBOARD_HTML:
    return sonde_markdown_write_html (first, n, &range);
  }

  return NULL;
}

/* What a person wrote is copied as it was written. */
static char *
write_question (GPtrArray *blocks, const Part *part)
{
  GString *text = g_string_new (NULL);

  for (guint i = part->start.block; i < blocks->len && i <= part->end.block; i++) {
    const SondeMarkdownText *piece =
      &((const SondeMarkdownBlock *) g_ptr_array_index (blocks, i))->text;
    guint length = (guint) piece->length;
    guint from = i == part->start.block ? MIN (part->start.offset, length) : 0;
    guint to = i == part->end.block ? CLAMP (part->end.offset, from, length) : length;

    if (i > part->start.block)
      g_string_append_c (text, '\n');
    g_string_append_len (text, piece->text + from, to - from);
  }

  return g_string_free (text, FALSE);
}

static void
append (GString *text, const char *part, SondeClipboardFormat format)
{
  if (*part == '\0')
    return;
  if (text->len > 0) {
    while (text->len > 0 && text->str[text->len - 1] == '\n')
      g_string_truncate (text, text->len - 1);
    g_string_append (text, format == SONDE_CLIPBOARD_HTML ? "\n" : "\n\n");
  }
  g_string_append (text, part);
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
    g_autofree char *written = NULL;

    if (sonde_selection_compare (selection, &part.end, &all.start) < 0 ||
        sonde_selection_compare (selection, &part.start, &all.end) > 0)
      continue;
    if (sonde_selection_compare (selection, &part.start, &all.start) < 0)
      part.start = all.start;
    if (sonde_selection_compare (selection, &part.end, &all.end) > 0)
      part.end = all.end;
    blocks = sonde_reading_dup_blocks (message, kinds[i]);
    if (part.start.block >= blocks->len)
      continue;
    if (sonde_message_get_role (message) == SONDE_ROLE_USER && format != SONDE_CLIPBOARD_HTML)
      written = write_question (blocks, &part);
    else
      written = write_blocks (blocks, &part, format);
    append (text, written, format);
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
