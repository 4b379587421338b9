/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-text.h"

#include <pango/pangocairo.h>
#include <string.h>

#define MAX_TOOLTIP 300 /* characters of a link's target */

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

/**
 * sonde_text_is_safe_link:
 * @target: (nullable): where a link points to
 *
 * Returns: whether it may be opened: a web page or a mail address, and nothing that runs or reads
 */
gboolean
sonde_text_is_safe_link (const char *target)
{
  g_autofree char *scheme = target != NULL ? g_uri_parse_scheme (target) : NULL;

  return scheme != NULL &&
         (g_ascii_strcasecmp (scheme, "http") == 0 || g_ascii_strcasecmp (scheme, "https") == 0 ||
          g_ascii_strcasecmp (scheme, "mailto") == 0);
}

/**
 * sonde_text_open_link:
 * @widget: where the link is shown
 * @target: where it points to
 *
 * Opens the target in the desktop's program for it, by the portal inside a sandbox.
 *
 * Returns: %TRUE always: nothing else is to open it
 */
gboolean
sonde_text_open_link (GtkWidget *widget, const char *target)
{
  if (sonde_text_is_safe_link (target)) {
    GtkRoot *root = gtk_widget_get_root (widget);
    g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (target);

    gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL,
                             NULL);
  }

  return TRUE;
}

/**
 * sonde_text_take_selection:
 * @label: a label whose text is about to change
 * @from: (out): where the selection begins, in characters
 * @to: (out): where it ends
 *
 * A new text takes the selection away, and with it the primary clipboard. To put
 * both back is too late on X11: the news of the loss arrives after it and undoes
 * it. So the words themselves hold the clipboard until the label selects them again.
 *
 * Returns: whether there is a selection to put back
 */
gboolean
sonde_text_take_selection (GtkLabel *label, int *from, int *to)
{
  GdkClipboard *primary;
  g_autofree char *words = NULL;

  if (!gtk_label_get_selection_bounds (label, from, to))
    return FALSE;

  primary = gtk_widget_get_primary_clipboard (GTK_WIDGET (label));
  words = g_utf8_substring (gtk_label_get_text (label), *from, *to);
  if (gdk_clipboard_is_local (primary))
    gdk_clipboard_set_text (primary, words);

  return TRUE;
}

static void
insert (PangoAttrList *list, PangoAttribute *attribute, const SondeMarkdownSpan *span)
{
  attribute->start_index = span->start;
  attribute->end_index = span->end;
  pango_attr_list_insert (list, attribute);
}

static PangoAttrList *
make_attributes (const SondeMarkdownText *text)
{
  PangoAttrList *list = pango_attr_list_new ();

  /* An address that is broken over two lines gets no hyphen that is not in it. */
  pango_attr_list_insert (list, pango_attr_insert_hyphens_new (FALSE));
  for (guint i = 0; i < text->n_spans; i++) {
    const SondeMarkdownSpan *span = &text->spans[i];

    if (span->styles & SONDE_MARKDOWN_BOLD)
      insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), span);
    if (span->styles & SONDE_MARKDOWN_ITALIC)
      insert (list, pango_attr_style_new (PANGO_STYLE_ITALIC), span);
    if (span->styles & SONDE_MARKDOWN_STRIKE)
      insert (list, pango_attr_strikethrough_new (TRUE), span);
    if (span->styles & (SONDE_MARKDOWN_CODE_SPAN | SONDE_MARKDOWN_MATH_SPAN)) {
      insert (list, pango_attr_family_new ("monospace"), span);
      insert (list, pango_attr_scale_new (0.9), span);
    }
  }

  return list;
}

/* The text with its links for the label to find. All that comes from outside is
 * escaped: no markup gets in. The title is shown as markup by the label, hence twice. */
static char *
make_links (const SondeMarkdownText *text)
{
  GString *markup = g_string_new (NULL);
  gsize p = 0;

  for (guint i = 0; i < text->n_spans; i++) {
    const SondeMarkdownSpan *span = &text->spans[i];
    g_autofree char *before = NULL;
    g_autofree char *inside = NULL;
    g_autofree char *shown = NULL;
    g_autofree char *once = NULL;
    g_autofree char *link = NULL;

    if (!sonde_text_is_safe_link (span->target))
      continue;
    before = g_markup_escape_text (text->text + p, (gssize) (span->start - p));
    inside = g_markup_escape_text (text->text + span->start, (gssize) (span->end - span->start));
    if (g_utf8_strlen (span->target, -1) > MAX_TOOLTIP) {
      g_autofree char *cut = g_utf8_substring (span->target, 0, MAX_TOOLTIP);
      shown = g_strconcat (cut, "…", NULL);
    } else {
      shown = g_strdup (span->target);
    }
    once = g_markup_escape_text (shown, -1);
    link = g_markup_printf_escaped ("<a href=\"%s\" title=\"%s\">", span->target, once);
    g_string_append_printf (markup, "%s%s%s</a>", before, link, inside);
    p = span->end;
  }
  if (p > 0) {
    g_autofree char *rest = g_markup_escape_text (text->text + p, (gssize) (text->length - p));
    g_string_append (markup, rest);
  }

  return g_string_free (markup, FALSE);
}

/**
 * sonde_text_apply:
 * @label: a label
 * @text: what it is to show
 *
 * Shows the text. What was selected in the label stays selected.
 */
void
sonde_text_apply (GtkLabel *label, const SondeMarkdownText *text)
{
  g_autoptr (PangoAttrList) attributes = make_attributes (text);
  g_autofree char *links = make_links (text);
  int from;
  int to;
  gboolean selected = sonde_text_take_selection (label, &from, &to);

  if (*links != '\0')
    gtk_label_set_markup (label, links);
  else
    gtk_label_set_text (label, text->text);
  gtk_label_set_attributes (label, attributes);
  if (selected)
    gtk_label_select_region (label, from, to);
}
