/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown-reader.h"

#include <string.h>

#include "sonde-markdown-table.h"

/* A paragraph longer than this is cut into several blocks: laying out a megabyte
 * of text as one paragraph takes seconds. */
#define MAX_TEXT 8192

/* A quote or a list around the current block. */
typedef struct {
  SondeMarkdownContainer kind;
  guint id;
  guint number; /* of the next item of an ordered list; 0 for bullets */
  gboolean tight;
} Container;

typedef struct {
  const SondeMarkdownSource *source;
  SondeMarkdownReading *reading;
  const SondeMarkdownContext *before;
  guint n_matched;     /* how many of its levels were met again */
  guint n_definitions; /* lines before the text */
  GPtrArray *blocks;
  gboolean at_seam;     /* no block yet since the text began in a block that was cut */
  const char *footnote; /* the label of the footnote that is being read */
  gboolean in_footnote; /* whether a paragraph of it was read */

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
  guint paragraph;      /* how many blocks there were before the one that is being read */
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

/**
 * sonde_markdown_parse:
 * @definitions: (nullable): link reference definitions to put before it
 * @text: prepared text
 * @length: its length in bytes
 *
 * Returns: (transfer full): what cmark makes of it
 */
cmark_node *
sonde_markdown_parse (const char *definitions, const char *text, gsize length)
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

/* Takes @block as the next one, where the reader stands. */
static void
place_block (Reader *self, SondeMarkdownBlock *block)
{
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
  block->continues |= self->at_seam && (block->kind == SONDE_MARKDOWN_CODE ||
                                        block->kind == SONDE_MARKDOWN_PARAGRAPH);
  self->at_seam = FALSE;
  g_ptr_array_add (self->blocks, block);
}

static SondeMarkdownBlock *
add_block (Reader *self, SondeMarkdownKind kind)
{
  SondeMarkdownBlock *block = sonde_markdown_block_new (kind);

  place_block (self, block);

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
    block->continues |= continues;
    take_text (self, &block->text, from, cut);
    continues = TRUE;
    from = cut;
  }
  clear_text (self);
}

/* A paragraph is never nothing: a text is parted behind what has blocks. */
static void
flush_paragraph (Reader *self)
{
  flush_text (self, SONDE_MARKDOWN_PARAGRAPH, 0);
  if (self->blocks->len == self->paragraph)
    add_block (self, SONDE_MARKDOWN_PARAGRAPH)->text.text = g_strdup ("");
}

static gboolean
has_footnote (Reader *self, const char *label)
{
  g_autofree char *key = g_ascii_strdown (label, -1);

  return self->reading->footnotes == NULL || g_hash_table_contains (self->reading->footnotes, key);
}

/* A footnote reads as its label, raised, and its text. */
static void
add_footnote (Reader *self, const SondeMarkdownCut *cut)
{
  append (self, cut->label, strlen (cut->label),
          current_styles (self) | SONDE_MARKDOWN_FOOTNOTE_REF);
  if (cut->definition) {
    append (self, " ", 1, 0);
    self->footnote = cut->label;
  }
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
      /* The list item that a footnote is written as. */
      if (cut->definition && text->len >= 4)
        g_string_truncate (text, text->len - 4);
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
      else if (cut->label != NULL && (cut->definition || has_footnote (self, cut->label)))
        add_footnote (self, cut);
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

/* The rows that were read before, when the text begins inside the table. */
static const SondeMarkdownBlock *
take_rows (Reader *self, guint n_columns)
{
  const SondeMarkdownBlock *rows = self->before->in_rows ? self->before->rows : NULL;

  return rows != NULL && self->blocks->len == 0 && rows->n_columns == n_columns ? rows : NULL;
}

static void
leave_table (Reader *self, cmark_node *node)
{
  const guint n_columns = MAX (cmark_gfm_extensions_get_table_columns (node), 1);
  const guint8 *alignments = cmark_gfm_extensions_get_table_alignments (node);
  const SondeMarkdownBlock *known = take_rows (self, n_columns);
  g_autoptr (GPtrArray) tables =
    sonde_markdown_make_tables (self->cells, n_columns, alignments, known);

  for (guint i = 0; i < tables->len; i++) {
    SondeMarkdownBlock *block = g_ptr_array_index (tables, i);

    place_block (self, sonde_markdown_block_ref (block));
    if (known != NULL && i == 0) {
      block->marker = known->marker;
      block->number = known->number;
      block->n_shared = known->n_shared;
    }
  }
  g_clear_pointer (&self->cells, g_array_unref);
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

/* Whether the container was open before the text began, and so is the same one. */
static void
match_level (Reader *self, Container *container)
{
  const guint depth = self->containers->len;
  const SondeMarkdownLevel *level =
    &self->before->levels[MIN (depth, SONDE_MARKDOWN_MAX_LEVELS - 1)];

  if (self->blocks->len > 0 || depth != self->n_matched || depth >= self->before->n_levels ||
      level->kind != container->kind || (level->number > 0) != (container->number > 0))
    return;
  self->n_matched++;
  container->id = depth + 1;
  container->number = level->number;
  if (level->kind == SONDE_MARKDOWN_LIST) {
    self->reading->loose[depth] = !container->tight;
    container->tight = container->tight && !level->loose;
  }
}

static void
enter_container (Reader *self, SondeMarkdownContainer kind, cmark_node *node)
{
  Container container = { .kind = kind, .id = ++self->last_id };

  if (kind == SONDE_MARKDOWN_LIST) {
    container.tight = cmark_node_get_list_tight (node) != 0;
    if (cmark_node_get_list_type (node) == CMARK_ORDERED_LIST)
      container.number = (guint) cmark_node_get_list_start (node) + 1;
  }
  match_level (self, &container);
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
  self->footnote = NULL;
  self->in_footnote = FALSE;
  if (self->marker != SONDE_MARKDOWN_MARKER_NONE)
    add_block (self, SONDE_MARKDOWN_PARAGRAPH)->text.text = g_strdup ("");
}

/* Whether nothing follows in the document. */
static gboolean
is_last (cmark_node *node)
{
  for (; node != NULL; node = cmark_node_parent (node)) {
    if (cmark_node_next (node) != NULL)
      return FALSE;
  }

  return TRUE;
}

static void
add_code (Reader *self, cmark_node *node)
{
  const char *info = cmark_node_get_fence_info (node);
  g_autofree char *code = restore (self, cmark_node_get_literal (node));
  int length, offset;
  char character;
  const gboolean fenced = cmark_node_get_fenced (node, &length, &offset, &character);
  const gboolean more = self->at_seam; /* its beginning was read before */
  const char *begin = code;
  gboolean continues = FALSE;

  do {
    const char *end = begin + strlen (begin);
    SondeMarkdownBlock *block;
    gboolean full = FALSE;

    if (fenced && end - begin >= SONDE_MARKDOWN_CODE_CHUNK) {
      const char *newline = strchr (begin + SONDE_MARKDOWN_CODE_CHUNK - 1, '\n');

      end = newline != NULL ? newline + 1 : end;
      full = newline != NULL;
    }
    if (more && *begin == '\0' && !continues) {
      self->at_seam = FALSE;
      return;
    }
    block = add_block (self, SONDE_MARKDOWN_CODE);
    block->continues |= continues;
    block->closed =
      full || self->source->fence == NULL || self->reading->after != NULL || !is_last (node);
    block->text.text = g_strndup (begin, end - begin);
    block->text.length = end - begin;
    if (block->text.length > 0 && block->text.text[block->text.length - 1] == '\n')
      block->text.text[--block->text.length] = '\0';
    if (info != NULL && *info != '\0')
      block->language = g_strndup (info, strcspn (info, " \t,{"));
    continues = TRUE;
    begin = end;
  } while (*begin != '\0');
}

/* A footnote stands by itself: the list that it is written as is not shown. */
static void
flush_footnote (Reader *self)
{
  const guint first = self->blocks->len;
  const guint depth = self->containers->len;

  self->marker = SONDE_MARKDOWN_MARKER_NONE;
  self->number = 0;
  g_array_set_size (self->containers, 0);
  flush_text (self, SONDE_MARKDOWN_FOOTNOTE, 0);
  g_array_set_size (self->containers, depth);
  for (guint i = first; i < self->blocks->len; i++) {
    SondeMarkdownBlock *block = g_ptr_array_index (self->blocks, i);

    block->language = g_strdup (self->footnote);
    block->continues = self->in_footnote || i > first;
  }
  self->in_footnote = TRUE;
}

/* What is known of the lists that go on behind the text. */
static void
loosen_lists (cmark_node *document, const SondeMarkdownContext *after)
{
  cmark_node *node = cmark_node_last_child (document);

  for (guint i = 0; i < after->n_levels && node != NULL; i++) {
    if (cmark_node_get_type (node) == CMARK_NODE_LIST) {
      if (after->levels[i].loose)
        cmark_node_set_list_tight (node, 0);
      node = cmark_node_last_child (node);
      if (node == NULL)
        return;
    }
    node = cmark_node_last_child (node);
  }
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
    if (entering)
      self->paragraph = self->blocks->len;
    else if (self->footnote != NULL)
      flush_footnote (self);
    else
      flush_paragraph (self);
    return;
  case CMARK_NODE_HEADING:
    if (cmark_node_get_start_line (node) <=
        (int) (self->before->n_prefix_lines + self->n_definitions)) {
      self->marker = SONDE_MARKDOWN_MARKER_NONE; /* it only opens an item again */
      self->number = 0;
    } else if (!entering) {
      flush_text (self, SONDE_MARKDOWN_HEADING, (guint) cmark_node_get_heading_level (node));
    }
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
      self->cells = sonde_markdown_new_cells ();
    else
      leave_table (self, node);
  } else if (strcmp (type, "table_cell") == 0 && !entering) {
    leave_cell (self);
  }
}

/**
 * sonde_markdown_read:
 * @source: what to read, with the prefix of where it begins
 * @reading: (inout): how to read it
 *
 * Returns: (transfer full) (element-type SondeMarkdownBlock): the blocks of @source, without
 * serials
 */
GPtrArray *
sonde_markdown_read (const SondeMarkdownSource *source, SondeMarkdownReading *reading)
{
  static const SondeMarkdownContext beginning = { 0 };
  Reader self = { .source = source, .reading = reading, .before = reading->before };
  cmark_node *document =
    sonde_markdown_parse (reading->definitions, source->text->str, source->text->len);
  cmark_iter *iter;
  cmark_event_type event;

  if (self.before == NULL)
    self.before = &beginning;
  if (reading->after != NULL)
    loosen_lists (document, reading->after);
  for (const char *p = reading->definitions; p != NULL && *p != '\0'; p++)
    self.n_definitions += *p == '\n';
  self.at_seam = self.before->cut;
  self.last_id = SONDE_MARKDOWN_MAX_LEVELS;
  self.n_previous = MIN (self.before->n_levels, SONDE_MARKDOWN_MAX_NESTING);
  for (guint i = 0; i < self.n_previous; i++)
    self.previous[i] = i + 1;
  self.blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_markdown_block_unref);
  self.containers = g_array_new (FALSE, FALSE, sizeof (Container));
  self.spans = g_array_new (FALSE, FALSE, sizeof (SondeMarkdownSpan));
  self.text = g_string_new (NULL);

  iter = cmark_iter_new (document);
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
 * sonde_markdown_is_definition:
 * @line: a line
 *
 * Returns: whether it is a link reference definition and nothing else
 */
gboolean
sonde_markdown_is_definition (const char *line)
{
  cmark_node *document = sonde_markdown_parse (NULL, line, strlen (line));
  gboolean empty = cmark_node_first_child (document) == NULL;

  cmark_node_free (document);

  return empty;
}
