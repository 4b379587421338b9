/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown-slice.h"

#include <string.h>

static void
write_escaped (GString *out, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++) {
    switch (text[i]) {
    case '<':
      g_string_append (out, "&lt;");
      break;
    case '>':
      g_string_append (out, "&gt;");
      break;
    case '&':
      g_string_append (out, "&amp;");
      break;
    case '"':
      g_string_append (out, "&quot;");
      break;
    default:
      g_string_append_c (out, text[i]);
    }
  }
}

/* Nothing but these is a link where it is pasted: never script, never a file. */
static gboolean
is_safe (const char *target)
{
  static const char *const schemes[] = { "http://", "https://", "mailto:" };

  for (gsize i = 0; target != NULL && i < G_N_ELEMENTS (schemes); i++) {
    if (g_ascii_strncasecmp (target, schemes[i], strlen (schemes[i])) == 0)
      return TRUE;
  }

  return FALSE;
}

static const struct {
  guint style;
  const char *name;
} elements[] = {
  { SONDE_MARKDOWN_BOLD, "strong" },    { SONDE_MARKDOWN_ITALIC, "em" },
  { SONDE_MARKDOWN_STRIKE, "del" },     { SONDE_MARKDOWN_FOOTNOTE_REF, "sup" },
  { SONDE_MARKDOWN_CODE_SPAN, "code" }, { SONDE_MARKDOWN_MATH_SPAN, "code" },
};

static void
write_lines (GString *out, const char *text, gsize length)
{
  const char *p = text;
  const char *end = text + length;

  while (p < end) {
    const char *newline = memchr (p, '\n', end - p);

    write_escaped (out, p, (newline != NULL ? newline : end) - p);
    if (newline == NULL)
      break;
    g_string_append (out, "<br>");
    p = newline + 1;
  }
}

static void
write_text (GString *out, const SondeMarkdownText *text)
{
  gsize p = 0;

  for (guint i = 0; i < text->n_spans; i++) {
    const SondeMarkdownSpan *span = &text->spans[i];
    gboolean link =
      (span->styles & (SONDE_MARKDOWN_LINK | SONDE_MARKDOWN_IMAGE)) != 0 && is_safe (span->target);

    write_lines (out, text->text + p, span->start - p);
    if (link) {
      g_string_append (out, "<a href=\"");
      write_escaped (out, span->target, strlen (span->target));
      g_string_append (out, "\">");
    }
    for (gsize e = 0; e < G_N_ELEMENTS (elements); e++) {
      if (span->styles & elements[e].style)
        g_string_append_printf (out, "<%s>", elements[e].name);
    }
    write_lines (out, text->text + span->start, span->end - span->start);
    for (gsize e = G_N_ELEMENTS (elements); e > 0; e--) {
      if (span->styles & elements[e - 1].style)
        g_string_append_printf (out, "</%s>", elements[e - 1].name);
    }
    if (link)
      g_string_append (out, "</a>");
    p = span->end;
  }
  write_lines (out, text->text + p, text->length - p);
}

static void
write_table (GString *out, const SondeMarkdownBlock *block)
{
  static const char *const alignments[] = { "", " align=\"center\"", " align=\"right\"" };

  g_string_append (out, "<table>\n");
  for (guint i = 0; i < block->n_columns * block->n_rows; i++) {
    const guint column = i % block->n_columns;
    const char *name = i < block->n_columns ? "th" : "td";

    if (column == 0)
      g_string_append (out, "<tr>");
    g_string_append_printf (out, "<%s%s>", name, alignments[block->alignments[column]]);
    write_text (out, &block->cells[i]);
    g_string_append_printf (out, "</%s>", name);
    if (column + 1 == block->n_columns)
      g_string_append (out, "</tr>\n");
  }
  g_string_append (out, "</table>\n");
}

static void
write_code (GString *out, const SondeMarkdownBlock *block)
{
  g_string_append (out, "<pre><code");
  if (block->language != NULL) {
    g_string_append (out, " class=\"language-");
    write_escaped (out, block->language, strlen (block->language));
    g_string_append_c (out, '"');
  }
  g_string_append_c (out, '>');
  if (block->text.text != NULL)
    write_escaped (out, block->text.text, block->text.length);
  g_string_append (out, "\n</code></pre>\n");
}

static void
write_block (GString *out, const SondeMarkdownBlock *block)
{
  char name[3] = "p";

  switch (block->kind) {
  case SONDE_MARKDOWN_TABLE:
    write_table (out, block);
    return;
  case SONDE_MARKDOWN_CODE:
  case SONDE_MARKDOWN_HTML:
  case SONDE_MARKDOWN_MATH:
    write_code (out, block);
    return;
  case SONDE_MARKDOWN_RULE:
    g_string_append (out, "<hr>\n");
    return;
  case SONDE_MARKDOWN_HEADING:
    g_snprintf (name, sizeof name, "h%u", CLAMP (block->level, 1, 6));
    break;
  case SONDE_MARKDOWN_PARAGRAPH:
  case SONDE_MARKDOWN_FOOTNOTE:
    break;
  }

  g_string_append_printf (out, "<%s>", name);
  if (block->marker == SONDE_MARKDOWN_MARKER_TASK || block->marker == SONDE_MARKDOWN_MARKER_DONE)
    g_string_append (out, block->marker == SONDE_MARKDOWN_MARKER_DONE ? "☑ " : "☐ ");
  write_text (out, &block->text);
  g_string_append_printf (out, "</%s>\n", name);
}

static void
close_containers (GString *out, GPtrArray *open, guint depth)
{
  while (open->len > depth) {
    g_string_append (out, g_ptr_array_index (open, open->len - 1));
    g_ptr_array_set_size (open, (int) open->len - 1);
  }
}

/* Opens and closes quotes, lists and items until they are those of @block. */
static void
write_containers (GString *out, GPtrArray *open, const SondeMarkdownBlock *block)
{
  const guint shared = MIN (MIN (block->n_shared, open->len), block->n_nesting);

  close_containers (out, open, shared);
  if (shared > 0 && shared == block->n_nesting && block->marker != SONDE_MARKDOWN_MARKER_NONE &&
      block->nesting[shared - 1] == SONDE_MARKDOWN_LIST)
    g_string_append (out, "</li>\n<li>");
  for (guint i = shared; i < block->n_nesting; i++) {
    if (block->nesting[i] == SONDE_MARKDOWN_QUOTE) {
      g_string_append (out, "<blockquote>\n");
      g_ptr_array_add (open, (gpointer) "</blockquote>\n");
    } else if (block->marker == SONDE_MARKDOWN_MARKER_NUMBER) {
      g_string_append_printf (out, "<ol start=\"%u\">\n<li>", block->number);
      g_ptr_array_add (open, (gpointer) "</li>\n</ol>\n");
    } else {
      g_string_append (out, "<ul>\n<li>");
      g_ptr_array_add (open, (gpointer) "</li>\n</ul>\n");
    }
  }
}

/**
 * sonde_markdown_write_html:
 * @blocks: (array length=n_blocks): blocks that follow one another
 * @n_blocks: how many
 * @range: (nullable): the part of them that counts
 *
 * Everything that was written is escaped; nothing is fetched where it is shown.
 *
 * Returns: (transfer full): a piece of HTML
 */
char *
sonde_markdown_write_html (const SondeMarkdownBlock *const *blocks,
                           guint n_blocks,
                           const SondeMarkdownRange *range)
{
  g_autoptr (GPtrArray) slices = sonde_markdown_slice (blocks, n_blocks, range, TRUE);
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < slices->len; i++) {
    write_containers (out, open, g_ptr_array_index (slices, i));
    write_block (out, g_ptr_array_index (slices, i));
  }
  close_containers (out, open, 0);

  return g_string_free (out, FALSE);
}
