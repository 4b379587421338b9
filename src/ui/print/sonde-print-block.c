/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-print-block.h"

#include <string.h>

#include "sonde-block-row.h"
#include "sonde-print-table.h"
#include "sonde-print-text.h"
#include "sonde-text.h"

/* Lengths in points, greys from black to white. */
#define QUOTE_INDENT (1.1 * SONDE_PRINT_EM)
#define LIST_INDENT  (1.75 * SONDE_PRINT_EM)
#define MARKER_SPACE (0.45 * SONDE_PRINT_EM)
#define BAR_WIDTH    1.5
#define BAR_GREY     0.6
#define CODE_GROUND  0.95
#define CODE_SIDE    6.0
#define CODE_ABOVE   4.0
#define LABEL_GREY   0.35
#define RULE_GREY    0.5

/* A block and where it goes. */
typedef struct {
  PangoContext *context;
  const SondeMarkdownBlock *block;
  double width; /* with its indents */
  double indent;
  double x; /* of the block itself */
  gboolean mirrored;
} Site;

static double
find_indent (const SondeMarkdownBlock *block, guint depth)
{
  double indent = 0;

  for (guint i = 0; i < depth; i++)
    indent += block->nesting[i] == SONDE_MARKDOWN_QUOTE ? QUOTE_INDENT : LIST_INDENT;

  return indent;
}

/* --- the kinds ------------------------------------------------------------------ */

static GPtrArray *
cut_text (const Site *site, const SondePrintLook *look)
{
  g_autoptr (PangoLayout) layout =
    sonde_print_text_new (site->context, &site->block->text, look, site->width - site->indent);

  return sonde_print_text_cut (layout, site->x, look->grey);
}

static GPtrArray *
cut_heading (const Site *site)
{
  static const double scales[] = { 1, 1.5, 1.35, 1.2, 1.1, 1, 1 };
  const SondePrintLook look = { .scale = scales[site->block->level], .bold = TRUE };
  GPtrArray *strips = cut_text (site, &look);

  for (guint i = 0; i < strips->len; i++)
    ((SondePrintStrip *) g_ptr_array_index (strips, i))->keeps = TRUE;

  return strips;
}

static gboolean
has_code_after (const SondeMarkdownBlock *after)
{
  return after != NULL && after->continues && after->kind == SONDE_MARKDOWN_CODE;
}

static char *
dup_language (const SondeMarkdownBlock *block)
{
  if (block->language == NULL)
    return NULL;

  return g_strndup (block->language, strcspn (block->language, " ,{\t"));
}

static GPtrArray *
cut_code (const Site *site, const SondeMarkdownBlock *after)
{
  const SondePrintLook look = { .scale = 0.85, .code = TRUE };
  const SondePrintLook label_look = { .scale = 0.75, .grey = LABEL_GREY };
  const double width = site->width - site->indent;
  g_autoptr (PangoLayout) layout =
    sonde_print_text_new (site->context, &site->block->text, &look, width - 2 * CODE_SIDE);
  GPtrArray *strips = sonde_print_text_cut (layout, site->x + CODE_SIDE, look.grey);
  g_autofree char *language = dup_language (site->block);

  if (!site->block->continues) {
    SondePrintStrip *above = sonde_print_strip_new (CODE_ABOVE);

    if (language != NULL && *language != '\0') {
      g_autoptr (PangoLayout) label =
        sonde_print_text_new_plain (site->context, language, &label_look, width - 2 * CODE_SIDE);
      g_autoptr (GPtrArray) lines =
        sonde_print_text_cut (label, site->x + CODE_SIDE, label_look.grey);

      for (guint i = lines->len; i > 0; i--) {
        SondePrintStrip *line = g_ptr_array_index (lines, i - 1);

        line->keeps = TRUE;
        g_ptr_array_insert (strips, 0, sonde_print_strip_ref (line));
      }
    }
    above->keeps = TRUE;
    g_ptr_array_insert (strips, 0, above);
  }
  if (!has_code_after (after)) {
    ((SondePrintStrip *) g_ptr_array_index (strips, strips->len - 1))->keeps = TRUE;
    g_ptr_array_add (strips, sonde_print_strip_new (CODE_ABOVE));
  }
  for (guint i = 0; i < strips->len; i++)
    sonde_print_strip_add_bar (g_ptr_array_index (strips, i), site->x, width, CODE_GROUND, FALSE);

  return strips;
}

static GPtrArray *
cut_rule (const Site *site)
{
  GPtrArray *strips = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_print_strip_unref);
  SondePrintStrip *strip = sonde_print_strip_new (1);

  sonde_print_strip_add_rule (strip, site->x, 0, site->width - site->indent, 0.5, RULE_GREY);
  g_ptr_array_add (strips, strip);

  return strips;
}

static GPtrArray *
cut (const Site *site, const SondeMarkdownBlock *after, double page_height)
{
  static const SondePrintLook running = { .scale = 1 };
  static const SondePrintLook small = { .scale = 0.85 };
  static const SondePrintLook source = { .scale = 0.9, .code = TRUE };

  switch (site->block->kind) {
  case SONDE_MARKDOWN_PARAGRAPH:
    break;
  case SONDE_MARKDOWN_HEADING:
    return cut_heading (site);
  case SONDE_MARKDOWN_CODE:
    return cut_code (site, after);
  case SONDE_MARKDOWN_MATH:
  case SONDE_MARKDOWN_HTML:
    return cut_text (site, &source);
  case SONDE_MARKDOWN_TABLE:
    if (site->block->n_columns > 0 && site->block->n_rows > 0)
      return sonde_print_table_cut (site->context, site->block, site->x, site->width - site->indent,
                                    page_height);
    break;
  case SONDE_MARKDOWN_RULE:
    return cut_rule (site);
  case SONDE_MARKDOWN_FOOTNOTE:
    return cut_text (site, &small);
  }

  return cut_text (site, &running);
}

/* --- what is beside it ------------------------------------------------------------ */

static void
add_bars (const Site *site, GPtrArray *strips)
{
  for (guint i = 0; i < site->block->n_nesting; i++) {
    double x = find_indent (site->block, i);

    if (site->block->nesting[i] != SONDE_MARKDOWN_QUOTE)
      continue;
    if (site->mirrored)
      x = site->width - x - BAR_WIDTH;
    /* A bar goes on from the block before where that is in the same quote. */
    for (guint strip = 0; strip < strips->len; strip++)
      sonde_print_strip_add_bar (g_ptr_array_index (strips, strip), x, BAR_WIDTH, BAR_GREY,
                                 strip > 0 || i < site->block->n_shared);
  }
}

static char *
dup_marker (const SondeMarkdownBlock *block)
{
  switch (block->marker) {
  case SONDE_MARKDOWN_MARKER_NONE:
    break;
  case SONDE_MARKDOWN_MARKER_BULLET:
    return g_strdup ("•");
  case SONDE_MARKDOWN_MARKER_NUMBER:
    return g_strdup_printf ("%u.", block->number);
  case SONDE_MARKDOWN_MARKER_TASK:
    return g_strdup ("☐");
  case SONDE_MARKDOWN_MARKER_DONE:
    return g_strdup ("☑");
  }

  return NULL;
}

static void
add_marker (const Site *site, SondePrintStrip *strip)
{
  const SondePrintLook look = { .scale = 1 };
  g_autofree char *text = dup_marker (site->block);
  g_autoptr (PangoLayout) layout = NULL;
  double x;

  if (text == NULL)
    return;

  layout = sonde_print_text_new_plain (site->context, text, &look, -1);
  x = site->mirrored ? site->width - site->indent + MARKER_SPACE
                     : site->indent - MARKER_SPACE - sonde_print_text_get_width (layout);
  sonde_print_strip_add_line (strip, layout, 0, x, sonde_print_strip_get_baseline (strip), 0);
}

/**
 * sonde_print_block_add:
 * @pages: where it goes
 * @context: what measures text, for points
 * @width: how much room there is
 * @block: a block
 * @before: (nullable): the one before it
 * @after: (nullable): the one that follows
 * @gap: the space above it, in points; -1: what is usual between it and @before
 */
void
sonde_print_block_add (SondePrintPages *pages,
                       PangoContext *context,
                       double width,
                       const SondeMarkdownBlock *block,
                       const SondeMarkdownBlock *before,
                       const SondeMarkdownBlock *after,
                       double gap)
{
  Site site = { .context = context, .block = block, .width = width };
  g_autoptr (GPtrArray) strips = NULL;
  SondePrintStrip *first;

  site.indent = find_indent (block, block->n_nesting);
  site.mirrored = block->text.length > 0 &&
                  sonde_text_find_direction (&block->text) == GTK_TEXT_DIR_RTL &&
                  block->kind != SONDE_MARKDOWN_CODE && block->kind != SONDE_MARKDOWN_MATH;
  site.x = site.mirrored ? 0 : site.indent;

  strips = cut (&site, after, sonde_print_pages_get_height (pages));
  first = g_ptr_array_index (strips, 0);
  first->gap = gap >= 0 ? gap : sonde_block_row_find_gap (block, before) * SONDE_PRINT_EM;
  add_bars (&site, strips);
  add_marker (&site, first);
  for (guint i = 0; i < strips->len; i++)
    sonde_print_pages_add (pages, g_ptr_array_index (strips, i));
}
