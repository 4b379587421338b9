/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-print-text.h"

#include <string.h>

#include "sonde-link.h"
#include "sonde-text.h"

#define LINE      1.25f /* from line to line, as a part of the font's own */
#define CODE_LINE 1.15f
#define HANGING                                                                                    \
  1.5 /* how far code that was too long for a line is moved in, in parts of its size */

/* --- links --------------------------------------------------------------------- */

/* The address that a reader of paper cannot see, or NULL where the text says it. */
static char *
dup_address (const SondeMarkdownText *text, const SondeMarkdownSpan *span)
{
  g_autofree char *words = g_strndup (text->text + span->start, span->end - span->start);
  g_autofree char *shown = NULL;

  if (span->target == NULL || !sonde_link_is_safe (span->target))
    return NULL;
  shown = sonde_link_dup_shown (span->target);
  if (strstr (shown, words) != NULL && strlen (words) * 2 > strlen (shown))
    return NULL;

  return g_steal_pointer (&shown);
}

/* A link may be several spans where a part of it is emphasised. */
static gboolean
ends_link (const SondeMarkdownText *text, guint i)
{
  const SondeMarkdownSpan *span = &text->spans[i];

  return i + 1 == text->n_spans || text->spans[i + 1].start != span->end ||
         g_strcmp0 (text->spans[i + 1].target, span->target) != 0;
}

/* What is printed of a text: its links are followed by where they lead. */
static void
spell_out (const SondeMarkdownText *text, SondeMarkdownText *out)
{
  GString *string = g_string_new (NULL);
  GArray *spans = g_array_new (FALSE, TRUE, sizeof (SondeMarkdownSpan));
  guint done = 0;

  for (guint i = 0; i < text->n_spans; i++) {
    const SondeMarkdownSpan *span = &text->spans[i];
    g_autofree char *address = dup_address (text, span);
    SondeMarkdownSpan moved = { .styles = span->styles };

    g_string_append_len (string, text->text + done, span->start - done);
    moved.start = (guint) string->len;
    g_string_append_len (string, text->text + span->start, span->end - span->start);
    moved.end = (guint) string->len;
    done = span->end;
    g_array_append_val (spans, moved);
    if (address != NULL && ends_link (text, i))
      g_string_append_printf (string, " (%s)", address);
  }
  g_string_append_len (string, text->text + done, (gssize) (text->length - done));

  out->length = string->len;
  out->text = g_string_free (string, FALSE);
  out->n_spans = spans->len;
  out->spans = (SondeMarkdownSpan *) g_array_free (spans, FALSE);
}

static void
underline_links (PangoAttrList *attributes, const SondeMarkdownText *text)
{
  for (guint i = 0; i < text->n_spans; i++) {
    PangoAttribute *attribute;

    if ((text->spans[i].styles & SONDE_MARKDOWN_LINK) == 0)
      continue;
    attribute = pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);
    attribute->start_index = text->spans[i].start;
    attribute->end_index = text->spans[i].end;
    pango_attr_list_insert (attributes, attribute);
  }
}

/* --- public -------------------------------------------------------------------- */

/**
 * sonde_print_text_new:
 * @context: what measures the text, for points
 * @text: a text
 * @look: how it looks
 * @width: where its lines are broken, in points; -1: nowhere
 *
 * Returns: (transfer full): the text in its lines
 */
PangoLayout *
sonde_print_text_new (PangoContext *context,
                      const SondeMarkdownText *text,
                      const SondePrintLook *look,
                      double width)
{
  PangoLayout *layout = pango_layout_new (context);
  g_autoptr (PangoFontDescription) font =
    pango_font_description_copy (pango_context_get_font_description (context));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autofree char *visible = NULL;
  SondeMarkdownText spelt;

  spell_out (text, &spelt);
  visible = sonde_text_make_visible (spelt.text, spelt.length, attributes);
  sonde_text_add_styles (attributes, &spelt);
  underline_links (attributes, &spelt);

  pango_font_description_set_absolute_size (font, SONDE_PRINT_EM * look->scale * PANGO_SCALE);
  if (look->bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  if (look->code)
    pango_font_description_set_family (font, "monospace");
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, visible, (int) spelt.length);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, look->code ? CODE_LINE : LINE);
  pango_layout_set_auto_dir (layout, !look->code);
  if (look->code)
    pango_layout_set_indent (layout,
                             pango_units_from_double (-HANGING * SONDE_PRINT_EM * look->scale));
  pango_layout_set_width (layout, width < 0 ? -1 : pango_units_from_double (MAX (width, 1)));

  g_free (spelt.text);
  g_free (spelt.spans);

  return layout;
}

/**
 * sonde_print_text_new_plain:
 * @context: what measures the text, for points
 * @text: a text without styles
 * @look: how it looks
 * @width: where its lines are broken, in points; -1: nowhere
 *
 * Returns: (transfer full): the text in its lines
 */
PangoLayout *
sonde_print_text_new_plain (PangoContext *context,
                            const char *text,
                            const SondePrintLook *look,
                            double width)
{
  const SondeMarkdownText plain = { .text = (char *) text, .length = strlen (text) };

  return sonde_print_text_new (context, &plain, look, width);
}

/**
 * sonde_print_text_cut:
 * @layout: a text
 * @x: its left
 * @grey: its colour
 *
 * No line of a short paragraph, and neither the first nor the last line of a longer one, stands
 * alone on a page.
 *
 * Returns: (transfer full) (element-type SondePrintStrip): its lines
 */
GPtrArray *
sonde_print_text_cut (PangoLayout *layout, double x, double grey)
{
  GPtrArray *strips = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_print_strip_unref);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  const int n = pango_layout_get_line_count (layout);
  int line = 0;

  do {
    SondePrintStrip *strip;
    PangoRectangle extents;
    int top;
    int bottom;

    pango_layout_iter_get_line_yrange (iter, &top, &bottom);
    pango_layout_iter_get_line_extents (iter, NULL, &extents);
    strip = sonde_print_strip_new (pango_units_to_double (bottom - top));
    strip->keeps = line + 1 < n && (n <= 3 || line == 0 || line == n - 2);
    sonde_print_strip_add_line (strip, layout, line, x + pango_units_to_double (extents.x),
                                pango_units_to_double (pango_layout_iter_get_baseline (iter) - top),
                                grey);
    g_ptr_array_add (strips, strip);
    line++;
  } while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);

  return strips;
}

/**
 * sonde_print_text_get_width:
 * @layout: a text
 *
 * Returns: how wide it is, in points
 */
double
sonde_print_text_get_width (PangoLayout *layout)
{
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);

  return pango_units_to_double (extents.width);
}
