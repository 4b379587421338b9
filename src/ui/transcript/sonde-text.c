/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-text.h"

#include <pango/pangocairo.h>
#include <string.h>

/**
 * sonde_text_em:
 * @widget: a widget
 *
 * Returns: the size of its font in pixels; it follows the desktop's text scale
 */
double
sonde_text_em (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_units_to_double (pango_font_description_get_size (font));

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72.0;

  return size;
}

/* Hebrew, Arabic and their relatives. */
static gboolean
is_right_to_left (gunichar c)
{
  return (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
         (c >= 0xFE70 && c <= 0xFEFF) || (c >= 0x10800 && c <= 0x10FFF) ||
         (c >= 0x1E800 && c <= 0x1EFFF);
}

/**
 * sonde_text_find_direction:
 * @text: a text
 *
 * Returns: the direction of its first letter, or that of the desktop where it has none
 */
GtkTextDirection
sonde_text_find_direction (const SondeMarkdownText *text)
{
  for (const char *p = text->text; p < text->text + text->length; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isalpha (c))
      return is_right_to_left (c) ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR;
  }

  return gtk_widget_get_default_direction ();
}

static guint16
to_pango (float part)
{
  return (guint16) (CLAMP (part, 0.0f, 1.0f) * 65535.0f);
}

static void
insert (PangoAttrList *attributes, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (attributes, attribute);
}

/**
 * sonde_text_add_foreground:
 * @attributes: those of a text
 * @colour: a colour of the theme; such may lie outside of what the screen can show
 * @start: where it begins, in bytes
 * @end: where it ends
 *
 * Gives that colour to a part of a text. It is as opaque as it says, and not as the text around it.
 */
void
sonde_text_add_foreground (PangoAttrList *attributes, const GdkRGBA *colour, guint start, guint end)
{
  insert (attributes,
          pango_attr_foreground_new (to_pango (colour->red), to_pango (colour->green),
                                     to_pango (colour->blue)),
          start, end);
  insert (attributes, pango_attr_foreground_alpha_new (MAX (to_pango (colour->alpha), 1)), start,
          end);
}

/* What is not seen but changes what is seen, and a sign of the same length in UTF-8,
 * so that an offset is the same in both. */
static const struct {
  gunichar first;
  gunichar last;
  const char *sign;
} hidden[] = {
  { 0x2028, 0x2029, "\342\220\244" },       /* line separators: U+2424, new line */
  { 0x202A, 0x202A, "\342\207\242" },       /* embedding from left to right: U+21E2, an arrow */
  { 0x202B, 0x202B, "\342\207\240" },       /* from right to left: U+21E0 */
  { 0x202C, 0x202C, "\342\207\241" },       /* the end of it: U+21E1 */
  { 0x202D, 0x202D, "\342\207\242" },       /* override */
  { 0x202E, 0x202E, "\342\207\240" },       /* override */
  { 0x2060, 0x2064, "\342\215\275" },       /* joiners that show nothing: U+237D, open box */
  { 0x2066, 0x2066, "\342\207\242" },       /* isolate */
  { 0x2067, 0x2067, "\342\207\240" },       /* isolate */
  { 0x2068, 0x2068, "\342\207\242" },       /* isolate */
  { 0x2069, 0x2069, "\342\207\241" },       /* the end of it */
  { 0xFEFF, 0xFEFF, "\342\215\275" },       /* byte order mark */
  { 0xE0000, 0xE007F, "\360\237\217\267" }, /* letters of tags: U+1F3F7, a label */
};

static const char *
find_sign (gunichar c)
{
  if (c < hidden[0].first)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++) {
    if (c >= hidden[i].first && c <= hidden[i].last)
      return hidden[i].sign;
  }

  return NULL;
}

/**
 * sonde_text_make_visible:
 * @text: a text
 * @length: its length in bytes
 * @attributes: gets the look of what is shown in the place of something hidden
 *
 * Characters that turn the reading direction around or that show nothing are
 * shown as signs, so that code cannot look like other code. The flags of England,
 * Scotland and Wales are spelt with some of them, and stay.
 *
 * Returns: (transfer full): a text of the same length
 */
char *
sonde_text_make_visible (const char *text, gsize length, PangoAttrList *attributes)
{
  char *visible = g_strndup (text, length);
  gboolean flag = FALSE;

  for (char *p = visible; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    const char *sign = find_sign (c);

    flag = c == 0x1F3F4 || (flag && c >= 0xE0000);
    if (sign == NULL || flag)
      continue;
    memcpy (p, sign, strlen (sign));
    insert (attributes, pango_attr_underline_new (PANGO_UNDERLINE_ERROR), (guint) (p - visible),
            (guint) (p - visible + strlen (sign)));
  }

  return visible;
}

/**
 * sonde_text_add_styles:
 * @attributes: gets the styles
 * @text: a text
 */
void
sonde_text_add_styles (PangoAttrList *attributes, const SondeMarkdownText *text)
{
  /* An address that is broken over two lines gets no hyphen that is not in it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  for (guint i = 0; i < text->n_spans; i++) {
    const SondeMarkdownSpan *span = &text->spans[i];

    if (span->styles & SONDE_MARKDOWN_BOLD)
      insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), span->start, span->end);
    if (span->styles & (SONDE_MARKDOWN_ITALIC | SONDE_MARKDOWN_IMAGE))
      insert (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC), span->start, span->end);
    if (span->styles & SONDE_MARKDOWN_STRIKE)
      insert (attributes, pango_attr_strikethrough_new (TRUE), span->start, span->end);
    if (span->styles & SONDE_MARKDOWN_FOOTNOTE_REF) {
      insert (attributes, pango_attr_font_scale_new (PANGO_FONT_SCALE_SUPERSCRIPT), span->start,
              span->end);
      insert (attributes, pango_attr_baseline_shift_new (PANGO_BASELINE_SHIFT_SUPERSCRIPT),
              span->start, span->end);
    }
    if (span->styles & (SONDE_MARKDOWN_CODE_SPAN | SONDE_MARKDOWN_MATH_SPAN)) {
      insert (attributes, pango_attr_family_new ("monospace"), span->start, span->end);
      insert (attributes, pango_attr_scale_new (0.9), span->start, span->end);
    }
  }
}
