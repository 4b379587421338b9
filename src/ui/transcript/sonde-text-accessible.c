/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-text-accessible.h"

#include <string.h>

/* What SondeTextBlock tells assistive technology. There, places are counted in
 * characters; in Sonde, in bytes. */

/**
 * sonde_text_accessible_get_contents:
 * @text: a text
 * @start: the first character that is wanted
 * @end: the first one that is not; %G_MAXUINT for all of them
 *
 * Returns: (transfer full): the characters between
 */
GBytes *
sonde_text_accessible_get_contents (const char *text, guint start, guint end)
{
  glong length = g_utf8_strlen (text, -1);
  glong from = MIN ((glong) start, length);
  glong to = end == G_MAXUINT ? length : CLAMP ((glong) end, from, length);
  char *part = g_utf8_substring (text, from, to);

  return g_bytes_new_take (part, strlen (part));
}

/* Whether a part of that granularity begins at a character. */
static gboolean
is_boundary (const PangoLogAttr *attribute,
             GtkAccessibleTextGranularity granularity,
             gboolean after_newline)
{
  switch (granularity) {
  case GTK_ACCESSIBLE_TEXT_GRANULARITY_CHARACTER:
    return attribute->is_cursor_position;
  case GTK_ACCESSIBLE_TEXT_GRANULARITY_WORD:
    return attribute->is_word_start;
  case GTK_ACCESSIBLE_TEXT_GRANULARITY_SENTENCE:
    return attribute->is_sentence_start;
  case GTK_ACCESSIBLE_TEXT_GRANULARITY_LINE:
  case GTK_ACCESSIBLE_TEXT_GRANULARITY_PARAGRAPH:
    return after_newline;
  }

  return FALSE;
}

static void
find_screen_line (PangoLayout *layout, const char *text, glong offset, glong *start, glong *end)
{
  PangoLayoutLine *line;
  int number;
  int first;

  pango_layout_index_to_line_x (layout, (int) (g_utf8_offset_to_pointer (text, offset) - text),
                                FALSE, &number, NULL);
  line = pango_layout_get_line_readonly (layout, number);
  first = pango_layout_line_get_start_index (line);
  *start = g_utf8_pointer_to_offset (text, text + first);
  *end = *start + g_utf8_strlen (text + first, pango_layout_line_get_length (line));
}

/**
 * sonde_text_accessible_get_contents_at:
 * @layout: the text on the screen
 * @text: the text
 * @offset: a character
 * @granularity: how much is wanted
 * @start: (out): the first character of it
 * @end: (out): the first one behind it
 *
 * Returns: (transfer full): the letter, word, sentence, line or paragraph that is there
 */
GBytes *
sonde_text_accessible_get_contents_at (PangoLayout *layout,
                                       const char *text,
                                       guint offset,
                                       GtkAccessibleTextGranularity granularity,
                                       guint *start,
                                       guint *end)
{
  glong length = g_utf8_strlen (text, -1);
  glong from = MIN ((glong) offset, length);
  glong to = from;
  const PangoLogAttr *attributes;
  const char *p;
  int n;

  if (granularity == GTK_ACCESSIBLE_TEXT_GRANULARITY_LINE) {
    find_screen_line (layout, text, from, &from, &to);
  } else if (length > 0) {
    attributes = pango_layout_get_log_attrs_readonly (layout, &n);
    from = MIN (from, length - 1);
    p = g_utf8_offset_to_pointer (text, from);
    while (from > 0 && !is_boundary (&attributes[from], granularity, p[-1] == '\n')) {
      from--;
      p = g_utf8_prev_char (p);
    }
    p = g_utf8_offset_to_pointer (text, from);
    to = from;
    do {
      p = g_utf8_next_char (p);
      to++;
    } while (to < length && !is_boundary (&attributes[to], granularity, p[-1] == '\n'));
  }
  *start = (guint) from;
  *end = (guint) to;

  return sonde_text_accessible_get_contents (text, *start, *end);
}

/**
 * sonde_text_accessible_get_attributes:
 * @text: a text
 * @offset: a character
 * @n_ranges: (out): how many attributes there are
 * @ranges: (out) (array length=n_ranges): the characters that have each of them
 * @names: (out): their names
 * @values: (out): their values
 *
 * Returns: whether there are any
 */
gboolean
sonde_text_accessible_get_attributes (const SondeMarkdownText *text,
                                      guint offset,
                                      gsize *n_ranges,
                                      GtkAccessibleTextRange **ranges,
                                      char ***names,
                                      char ***values)
{
  static const struct {
    guint styles;
    const char *name;
    const char *value;
  } known[] = {
    { SONDE_MARKDOWN_BOLD, GTK_ACCESSIBLE_ATTRIBUTE_WEIGHT, "700" },
    { SONDE_MARKDOWN_ITALIC | SONDE_MARKDOWN_IMAGE, GTK_ACCESSIBLE_ATTRIBUTE_STYLE,
      GTK_ACCESSIBLE_ATTRIBUTE_STYLE_ITALIC },
    { SONDE_MARKDOWN_STRIKE, GTK_ACCESSIBLE_ATTRIBUTE_STRIKETHROUGH, "true" },
    { SONDE_MARKDOWN_CODE_SPAN | SONDE_MARKDOWN_MATH_SPAN, GTK_ACCESSIBLE_ATTRIBUTE_FAMILY,
      "monospace" },
  };
  g_autoptr (GStrvBuilder) name_builder = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) value_builder = g_strv_builder_new ();
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (GtkAccessibleTextRange));
  guint byte = (guint) (g_utf8_offset_to_pointer (
                          text->text, MIN ((glong) offset, g_utf8_strlen (text->text, -1))) -
                        text->text);

  for (guint i = 0; i < text->n_spans; i++) {
    const SondeMarkdownSpan *span = &text->spans[i];
    GtkAccessibleTextRange range;

    if (byte < span->start || byte >= span->end)
      continue;
    range.start = (gsize) g_utf8_pointer_to_offset (text->text, text->text + span->start);
    range.length = (gsize) g_utf8_strlen (text->text + span->start, span->end - span->start);
    for (gsize j = 0; j < G_N_ELEMENTS (known); j++) {
      if (!(span->styles & known[j].styles))
        continue;
      g_array_append_val (found, range);
      g_strv_builder_add (name_builder, known[j].name);
      g_strv_builder_add (value_builder, known[j].value);
    }
  }
  *n_ranges = found->len;
  if (found->len == 0)
    return FALSE;

  *ranges = g_array_steal (found, NULL);
  *names = g_strv_builder_end (name_builder);
  *values = g_strv_builder_end (value_builder);

  return TRUE;
}

/**
 * sonde_text_accessible_get_default_attributes:
 * @widget: a text
 * @names: (out): the names of what all of it has
 * @values: (out): their values
 */
void
sonde_text_accessible_get_default_attributes (GtkWidget *widget, char ***names, char ***values)
{
  const PangoFontDescription *font =
    pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  g_autoptr (GStrvBuilder) name_builder = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) value_builder = g_strv_builder_new ();

  g_strv_builder_add (name_builder, GTK_ACCESSIBLE_ATTRIBUTE_FAMILY);
  g_strv_builder_add (value_builder, pango_font_description_get_family (font));
  g_strv_builder_add (name_builder, GTK_ACCESSIBLE_ATTRIBUTE_WEIGHT);
  g_strv_builder_take (value_builder,
                       g_strdup_printf ("%d", (int) pango_font_description_get_weight (font)));
  *names = g_strv_builder_end (name_builder);
  *values = g_strv_builder_end (value_builder);
}

/**
 * sonde_text_accessible_find_word:
 * @layout: the text on the screen
 * @text: the text
 * @offset: a place in it, in bytes
 * @start: (out): where the word there begins, in bytes; or what is between two words
 * @end: (out): where it ends
 */
void
sonde_text_accessible_find_word (PangoLayout *layout,
                                 const char *text,
                                 guint offset,
                                 guint *start,
                                 guint *end)
{
  glong length = g_utf8_strlen (text, -1);
  glong from = g_utf8_pointer_to_offset (text, text + offset);
  const PangoLogAttr *attributes;
  glong to;
  int n;

  *start = *end = offset;
  if (length == 0)
    return;
  attributes = pango_layout_get_log_attrs_readonly (layout, &n);
  from = MIN (from, length - 1);
  to = from + 1;
  while (from > 0 && !attributes[from].is_word_start && !attributes[from].is_word_end)
    from--;
  while (to < length && !attributes[to].is_word_start && !attributes[to].is_word_end)
    to++;
  *start = (guint) (g_utf8_offset_to_pointer (text, from) - text);
  *end = (guint) (g_utf8_offset_to_pointer (text, to) - text);
}
