/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown-reader.h"

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <string.h>

/* A paragraph longer than this is cut into several blocks: laying out a megabyte
 * of text as one paragraph takes seconds. */
#define MAX_TEXT 8192

/* A table with more than this is shown as it is written. */
#define MAX_COLUMNS 64
#define MAX_CELLS   4000

/* A quote or a list around the current block. */
typedef struct {
  SondeMarkdownContainer kind;
  guint id;
  guint number; /* of the next item of an ordered list; 0 for bullets */
  gboolean tight;
} Container;

typedef struct {
  const SondeMarkdownSource *source;
  GPtrArray *blocks;

  GArray *containers; /* of type Container */
  guint last_id;
  guint previous[SONDE_MARKDOWN_MAX_NESTING]; /* ids of the containers of the last block */
  guint n_previous;
  SondeMarkdownMarker marker; /* that the next block is to take */
  guint number;

  GString *text; /* of the block or the cell that is being read */
  GArray *spans; /* of type SondeMarkdownSpan */
  guint n_bold;
  guint n_italic;
  guint n_strike;
  guint link_styles;
  char *target;
  const char *link_end; /* in an automatic link: where the address ends */
  gboolean splits;      /* whether a formula may cut the text in two */

  GArray *cells; /* of type SondeMarkdownText */
} Reader;

static cmark_parser *
new_parser (void)
{
  static const char *const extensions[] = { "table", "strikethrough", "autolink", "tasklist" };
  cmark_parser *parser;

  cmark_gfm_core_extensions_ensure_registered ();
  parser = cmark_parser_new (CMARK_OPT_DEFAULT | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE);
  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    cmark_parser_attach_syntax_extension (parser, cmark_find_syntax_extension (extensions[i]));

  return parser;
}

static cmark_node *
parse (const char *definitions, const char *text, gsize length)
{
  cmark_parser *parser = new_parser ();
  cmark_node *document;

  if (definitions != NULL)
    cmark_parser_feed (parser, definitions, strlen (definitions));
  cmark_parser_feed (parser, text, length);
  document = cmark_parser_finish (parser);
  cmark_parser_free (parser);

  return document;
}

/* --- text --------------------------------------------------------------------- */

static guint
current_styles (Reader *self)
{
  return (self->n_bold > 0 ? SONDE_MARKDOWN_BOLD : 0) |
         (self->n_italic > 0 ? SONDE_MARKDOWN_ITALIC : 0) |
         (self->n_strike > 0 ? SONDE_MARKDOWN_STRIKE : 0) | self->link_styles;
}

static void
append (Reader *self, const char *text, gsize length, guint styles)
{
  SondeMarkdownSpan *last = NULL;
  guint start = (guint) self->text->len;

  if (length == 0)
    return;
  g_string_append_len (self->text, text, (gssize) length);
  if (styles == 0)
    return;

  if (self->spans->len > 0)
    last = &g_array_index (self->spans, SondeMarkdownSpan, self->spans->len - 1);
  if (last != NULL && last->end == start && last->styles == styles &&
      !(styles & SONDE_MARKDOWN_MATH_SPAN) && g_strcmp0 (last->target, self->target) == 0) {
    last->end = (guint) self->text->len;
  } else {
    SondeMarkdownSpan span = { start, (guint) self->text->len, styles, NULL };

    if (styles & (SONDE_MARKDOWN_LINK | SONDE_MARKDOWN_IMAGE))
      span.target = g_strdup (self->target);
    g_array_append_val (self->spans, span);
  }
}

/* Hands the text that was read to @text, from @from to @to of it. */
static void
take_text (Reader *self, SondeMarkdownText *text, guint from, guint to)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (SondeMarkdownSpan));

  for (guint i = 0; i < self->spans->len; i++) {
    SondeMarkdownSpan span = g_array_index (self->spans, SondeMarkdownSpan, i);

    if (span.end <= from || span.start >= to)
      continue;
    span.start = MAX (span.start, from) - from;
    span.end = MIN (span.end, to) - from;
    span.target = g_strdup (span.target);
    g_array_append_val (spans, span);
  }

  text->text = g_strndup (self->text->str + from, to - from);
  text->length = to - from;
  text->n_spans = spans->len;
  text->spans = (SondeMarkdownSpan *) (void *) g_array_free (spans, spans->len == 0);
}

static void
clear_text (Reader *self)
{
  g_string_truncate (self->text, 0);
  for (guint i = 0; i < self->spans->len; i++)
    g_free (g_array_index (self->spans, SondeMarkdownSpan, i).target);
  g_array_set_size (self->spans, 0);
}

/* --- blocks ------------------------------------------------------------------- */

static SondeMarkdownBlock *
add_block (Reader *self, SondeMarkdownKind kind)
{
  SondeMarkdownBlock *block = sonde_markdown_block_new (kind);
  guint depth = MIN (self->containers->len, SONDE_MARKDOWN_MAX_NESTING);
  gboolean shared = TRUE;

  for (guint i = 0; i < depth; i++) {
    const Container *container = &g_array_index (self->containers, Container, i);

    block->nesting[i] = (guint8) container->kind;
    shared = shared && i < self->n_previous && self->previous[i] == container->id;
    if (shared)
      block->n_shared = i + 1;
    self->previous[i] = container->id;
    block->tight = container->kind == SONDE_MARKDOWN_LIST && container->tight;
  }
  block->n_nesting = depth;
  self->n_previous = depth;

  block->marker = self->marker;
  block->number = self->number;
  self->marker = SONDE_MARKDOWN_MARKER_NONE;
  self->number = 0;
  g_ptr_array_add (self->blocks, block);

  return block;
}

/* Where to cut a long text that begins at @from: at a space if there is one. */
static guint
find_cut (const GString *text, guint from)
{
  const char *begin = text->str + from;
  const char *p;

  for (p = begin + MAX_TEXT; p > begin + MAX_TEXT / 2; p--) {
    if (*p == ' ' || *p == '\n')
      return (guint) (p + 1 - text->str);
  }
  p = g_utf8_find_prev_char (begin, begin + MAX_TEXT);

  return (guint) (p - text->str);
}

/* Makes blocks of the text that was read, without the blank around it. */
static void
flush_text (Reader *self, SondeMarkdownKind kind, guint level)
{
  guint from = 0;
  guint to = (guint) self->text->len;
  gboolean continues = FALSE;

  while (to > 0 && g_ascii_isspace (self->text->str[to - 1]))
    to--;
  while (from < to && g_ascii_isspace (self->text->str[from]))
    from++;

  while (from < to) {
    guint cut = to - from > MAX_TEXT ? find_cut (self->text, from) : to;
    SondeMarkdownBlock *block = add_block (self, kind);

    block->level = level;
    block->continues = continues;
    take_text (self, &block->text, from, cut);
    continues = TRUE;
    from = cut;
  }
  clear_text (self);
}

static void
add_formula (Reader *self, const SondeMarkdownCut *cut)
{
  if (cut->display && self->splits) {
    SondeMarkdownBlock *block;

    flush_text (self, SONDE_MARKDOWN_PARAGRAPH, 0);
    block = add_block (self, SONDE_MARKDOWN_MATH);
    block->text.text = g_strdup (cut->formula);
    block->text.length = strlen (cut->formula);
    return;
  }

  append (self, cut->formula, strlen (cut->formula),
          current_styles (self) | SONDE_MARKDOWN_MATH_SPAN);
}

static const SondeMarkdownCut *
find_cut_out (Reader *self, const char *p, const char **after)
{
  char *end;
  guint64 index = g_ascii_strtoull (p + strlen (SONDE_MARKDOWN_CUT_BEGIN), &end, 10);

  if (index >= self->source->cuts->len || !g_str_has_prefix (end, SONDE_MARKDOWN_CUT_END))
    return NULL;
  *after = end + strlen (SONDE_MARKDOWN_CUT_END);

  return g_ptr_array_index (self->source->cuts, index);
}

/* Puts back into @literal what was cut out of it, as it was written. */
static char *
restore (Reader *self, const char *literal)
{
  GString *text = g_string_new (NULL);
  const char *p = literal != NULL ? literal : "";

  while (*p != '\0') {
    const char *next = p + strcspn (p, "\357\360");
    const SondeMarkdownCut *cut;

    g_string_append_len (text, p, next - p);
    if (*next == '\0')
      break;
    p = next;
    if (g_str_has_prefix (p, SONDE_MARKDOWN_HINGE)) {
      p += strlen (SONDE_MARKDOWN_HINGE);
    } else if (g_str_has_prefix (p, SONDE_MARKDOWN_CUT_BEGIN) &&
               (cut = find_cut_out (self, p, &next)) != NULL) {
      g_string_append (text, cut->source);
      p = next;
    } else {
      g_string_append_len (text, p, g_utf8_next_char (p) - p);
      p = g_utf8_next_char (p);
    }
  }

  return g_string_free (text, FALSE);
}

static void
add_run (Reader *self, const char *text, gsize length)
{
  /* What follows an automatic link without a space is not a part of it. */
  if (self->link_end != NULL && text + length > self->link_end) {
    gsize inside = self->link_end > text ? (gsize) (self->link_end - text) : 0;

    append (self, text, inside, current_styles (self));
    append (self, text + inside, length - inside, current_styles (self) & ~SONDE_MARKDOWN_LINK);
  } else {
    append (self, text, length, current_styles (self));
  }
}

/* Text with formulas in it. */
static void
add_literal (Reader *self, const char *literal)
{
  const char *p = literal;

  while (*p != '\0') {
    const char *next = p + strcspn (p, "\357\360");
    const SondeMarkdownCut *cut;

    add_run (self, p, next - p);
    if (*next == '\0')
      break;
    p = next;
    if (g_str_has_prefix (p, SONDE_MARKDOWN_HINGE)) {
      p += strlen (SONDE_MARKDOWN_HINGE);
    } else if (g_str_has_prefix (p, SONDE_MARKDOWN_CUT_BEGIN) &&
               (cut = find_cut_out (self, p, &next)) != NULL) {
      if (cut->formula != NULL)
        add_formula (self, cut);
      else
        append (self, cut->source, strlen (cut->source), current_styles (self));
      p = next;
    } else {
      add_run (self, p, g_utf8_next_char (p) - p);
      p = g_utf8_next_char (p);
    }
  }
}

/* --- inlines ------------------------------------------------------------------ */

/* An address in running text ends before Chinese punctuation: none has it in it. */
static const char *
find_address_end (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if ((c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF) ||
        (c >= 0x2018 && c <= 0x201F))
      return p;
  }

  return NULL;
}

static void
enter_link (Reader *self, cmark_node *node)
{
  g_autofree char *target = restore (self, cmark_node_get_url (node));
  cmark_node *child = cmark_node_first_child (node);

  if (child != NULL && cmark_node_get_type (child) == CMARK_NODE_TEXT &&
      g_str_has_suffix (target, cmark_node_get_literal (child))) {
    self->link_end = find_address_end (cmark_node_get_literal (child));
    if (self->link_end != NULL) {
      gsize cut = strlen (self->link_end);
      target[strlen (target) - cut] = '\0';
    }
  }
  g_free (self->target);
  self->target = g_steal_pointer (&target);
  self->link_styles = SONDE_MARKDOWN_LINK;
}

static void
enter_image (Reader *self, cmark_node *node)
{
  if (self->link_styles == 0)
    self->target = restore (self, cmark_node_get_url (node));
  self->link_styles |= SONDE_MARKDOWN_IMAGE;
  append (self, "\360\237\226\274 ", 5, current_styles (self));
  if (cmark_node_first_child (node) == NULL)
    append (self, self->target, strlen (self->target), current_styles (self));
}

static void
leave_link (Reader *self, guint style)
{
  self->link_styles &= ~style;
  if (self->link_styles == 0)
    g_clear_pointer (&self->target, g_free);
  self->link_end = NULL;
}

static void
add_html (Reader *self, const char *html)
{
  g_autofree char *literal = restore (self, html);

  if (g_ascii_strncasecmp (literal, "<br", 3) == 0 &&
      strpbrk (literal + 3, "abcdefghijklmnopq") == NULL)
    append (self, "\n", 1, current_styles (self));
  else
    append (self, literal, strlen (literal), current_styles (self));
}

static void
read_inline (Reader *self, cmark_node *node, gboolean entering)
{
  g_autofree char *literal = NULL;
  int step = entering ? 1 : -1;

  switch ((int) cmark_node_get_type (node)) {
  case CMARK_NODE_TEXT:
    add_literal (self, cmark_node_get_literal (node));
    return;
  case CMARK_NODE_CODE:
    literal = restore (self, cmark_node_get_literal (node));
    append (self, literal, strlen (literal), current_styles (self) | SONDE_MARKDOWN_CODE_SPAN);
    return;
  case CMARK_NODE_SOFTBREAK:
  case CMARK_NODE_LINEBREAK:
    append (self, "\n", 1, current_styles (self));
    return;
  case CMARK_NODE_HTML_INLINE:
    add_html (self, cmark_node_get_literal (node));
    return;
  case CMARK_NODE_STRONG:
    self->n_bold += step;
    return;
  case CMARK_NODE_EMPH:
    self->n_italic += step;
    return;
  case CMARK_NODE_LINK:
    if (entering)
      enter_link (self, node);
    else
      leave_link (self, SONDE_MARKDOWN_LINK);
    return;
  case CMARK_NODE_IMAGE:
    if (entering)
      enter_image (self, node);
    else
      leave_link (self, SONDE_MARKDOWN_IMAGE);
    return;
  default:
    if (strcmp (cmark_node_get_type_string (node), "strikethrough") == 0)
      self->n_strike += step;
  }
}

/* --- tables ------------------------------------------------------------------- */

static void
free_cells (GArray *cells)
{
  for (guint i = 0; i < cells->len; i++) {
    SondeMarkdownText *cell = &g_array_index (cells, SondeMarkdownText, i);

    for (guint j = 0; j < cell->n_spans; j++)
      g_free (cell->spans[j].target);
    g_free (cell->spans);
    g_free (cell->text);
  }
  g_array_unref (cells);
}

static void
leave_table (Reader *self, cmark_node *node)
{
  guint n_columns = cmark_gfm_extensions_get_table_columns (node);
  guint8 *alignments = cmark_gfm_extensions_get_table_alignments (node);
  guint n_rows = n_columns > 0 ? self->cells->len / n_columns : 0;
  SondeMarkdownBlock *block;

  if (n_columns > MAX_COLUMNS || self->cells->len > MAX_CELLS) {
    GString *text = g_string_new (NULL);

    for (guint i = 0; i < self->cells->len; i++) {
      g_string_append (text, g_array_index (self->cells, SondeMarkdownText, i).text);
      g_string_append (text, (i + 1) % n_columns == 0 ? "\n" : " | ");
    }
    block = add_block (self, SONDE_MARKDOWN_CODE);
    block->text.length = text->len;
    block->text.text = g_string_free (text, FALSE);
    free_cells (g_steal_pointer (&self->cells));
    return;
  }

  block = add_block (self, SONDE_MARKDOWN_TABLE);
  block->n_columns = n_columns;
  block->n_rows = n_rows;
  block->alignments = g_new0 (SondeMarkdownAlignment, n_columns);
  for (guint i = 0; i < n_columns; i++) {
    if (alignments[i] == 'c')
      block->alignments[i] = SONDE_MARKDOWN_ALIGN_CENTER;
    else if (alignments[i] == 'r')
      block->alignments[i] = SONDE_MARKDOWN_ALIGN_END;
  }
  block->cells =
    (SondeMarkdownText *) (void *) g_array_free (g_steal_pointer (&self->cells), FALSE);
}

/* Rows are as long as the header: cmark sees to it. */
static void
leave_cell (Reader *self)
{
  SondeMarkdownText cell = { 0 };

  take_text (self, &cell, 0, (guint) self->text->len);
  g_array_append_val (self->cells, cell);
  clear_text (self);
}

/* --- blocks ------------------------------------------------------------------- */

static void
enter_container (Reader *self, SondeMarkdownContainer kind, cmark_node *node)
{
  Container container = { .kind = kind, .id = ++self->last_id };

  if (kind == SONDE_MARKDOWN_LIST) {
    container.tight = cmark_node_get_list_tight (node) != 0;
    if (cmark_node_get_list_type (node) == CMARK_ORDERED_LIST)
      container.number = (guint) cmark_node_get_list_start (node) + 1;
  }
  g_array_append_val (self->containers, container);
}

static void
enter_item (Reader *self, cmark_node *node, gboolean task)
{
  Container *list = &g_array_index (self->containers, Container, self->containers->len - 1);

  self->number = 0;
  if (task) {
    self->marker = cmark_gfm_extensions_get_tasklist_item_checked (node)
                     ? SONDE_MARKDOWN_MARKER_DONE
                     : SONDE_MARKDOWN_MARKER_TASK;
  } else if (list->number > 0) {
    self->marker = SONDE_MARKDOWN_MARKER_NUMBER;
    self->number = list->number - 1;
  } else {
    self->marker = SONDE_MARKDOWN_MARKER_BULLET;
  }
  if (list->number > 0)
    list->number++;
}

static void
leave_item (Reader *self)
{
  if (self->marker != SONDE_MARKDOWN_MARKER_NONE)
    add_block (self, SONDE_MARKDOWN_PARAGRAPH)->text.text = g_strdup ("");
}

static void
add_code (Reader *self, cmark_node *node)
{
  const char *info = cmark_node_get_fence_info (node);
  SondeMarkdownBlock *block = add_block (self, SONDE_MARKDOWN_CODE);

  block->text.text = restore (self, cmark_node_get_literal (node));
  block->text.length = strlen (block->text.text);
  if (block->text.length > 0 && block->text.text[block->text.length - 1] == '\n')
    block->text.text[--block->text.length] = '\0';
  if (info != NULL && *info != '\0')
    block->language = g_strndup (info, strcspn (info, " \t,{"));
}

static void
read_block (Reader *self, cmark_node *node, gboolean entering)
{
  const char *type = cmark_node_get_type_string (node);
  g_autofree char *literal = NULL;

  switch ((int) cmark_node_get_type (node)) {
  case CMARK_NODE_BLOCK_QUOTE:
    if (entering)
      enter_container (self, SONDE_MARKDOWN_QUOTE, node);
    else
      g_array_set_size (self->containers, self->containers->len - 1);
    return;
  case CMARK_NODE_LIST:
    if (entering)
      enter_container (self, SONDE_MARKDOWN_LIST, node);
    else
      g_array_set_size (self->containers, self->containers->len - 1);
    return;
  case CMARK_NODE_ITEM:
    if (entering)
      enter_item (self, node, strcmp (type, "tasklist") == 0);
    else
      leave_item (self);
    return;
  case CMARK_NODE_PARAGRAPH:
    self->splits = entering;
    if (!entering)
      flush_text (self, SONDE_MARKDOWN_PARAGRAPH, 0);
    return;
  case CMARK_NODE_HEADING:
    if (!entering)
      flush_text (self, SONDE_MARKDOWN_HEADING, (guint) cmark_node_get_heading_level (node));
    return;
  case CMARK_NODE_CODE_BLOCK:
    add_code (self, node);
    return;
  case CMARK_NODE_HTML_BLOCK:
    literal = restore (self, cmark_node_get_literal (node));
    append (self, literal, strlen (literal), 0);
    flush_text (self, SONDE_MARKDOWN_HTML, 0);
    return;
  case CMARK_NODE_THEMATIC_BREAK:
    add_block (self, SONDE_MARKDOWN_RULE);
    return;
  default:
    break;
  }

  if (strcmp (type, "table") == 0) {
    if (entering)
      self->cells = g_array_new (FALSE, FALSE, sizeof (SondeMarkdownText));
    else
      leave_table (self, node);
  } else if (strcmp (type, "table_cell") == 0 && !entering) {
    leave_cell (self);
  }
}

/**
 * sonde_markdown_read:
 * @source: what to read
 * @definitions: (nullable): link reference definitions from elsewhere, a blank line behind them
 *
 * Returns: (transfer full) (element-type SondeMarkdownBlock): the blocks of @source, without
 * serials
 */
GPtrArray *
sonde_markdown_read (const SondeMarkdownSource *source, const char *definitions)
{
  Reader self = { .source = source };
  cmark_node *document = parse (definitions, source->text->str, source->text->len);
  cmark_iter *iter = cmark_iter_new (document);
  cmark_event_type event;

  self.blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_markdown_block_unref);
  self.containers = g_array_new (FALSE, FALSE, sizeof (Container));
  self.spans = g_array_new (FALSE, FALSE, sizeof (SondeMarkdownSpan));
  self.text = g_string_new (NULL);

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE) {
    cmark_node *node = cmark_iter_get_node (iter);

    if ((cmark_node_get_type (node) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE)
      read_inline (&self, node, event == CMARK_EVENT_ENTER);
    else
      read_block (&self, node, event == CMARK_EVENT_ENTER);
  }

  cmark_iter_free (iter);
  cmark_node_free (document);
  g_free (self.target);
  g_array_unref (self.spans);
  g_array_unref (self.containers);
  g_string_free (self.text, TRUE);

  return self.blocks;
}

/**
 * sonde_markdown_find_sections:
 * @source: what to read
 *
 * Returns: (transfer full) (element-type gsize): where in the original each top-level block begins
 */
GArray *
sonde_markdown_find_sections (const SondeMarkdownSource *source)
{
  GArray *offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  cmark_node *document = parse (NULL, source->text->str, source->text->len);

  for (cmark_node *node = cmark_node_first_child (document); node != NULL;
       node = cmark_node_next (node)) {
    int line = cmark_node_get_start_line (node);

    if (line >= 1 && (guint) line <= source->lines->len)
      g_array_append_val (offsets, g_array_index (source->lines, gsize, line - 1));
  }
  cmark_node_free (document);

  return offsets;
}

/**
 * sonde_markdown_is_definition:
 * @line: a line
 *
 * Returns: whether it is a link reference definition and nothing else
 */
gboolean
sonde_markdown_is_definition (const char *line)
{
  cmark_node *document = parse (NULL, line, strlen (line));
  gboolean empty = cmark_node_first_child (document) == NULL;

  cmark_node_free (document);

  return empty;
}
