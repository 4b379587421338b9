/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown-outline.h"

#include <string.h>

#include "sonde-markdown-reader.h"

/* Where the first line of an item begins, and where its content does. */
typedef struct {
  gsize begin;
  gsize end;
} Opener;

typedef struct {
  const SondeMarkdownSource *source;
  const char *text;
  const SondeMarkdownContext *before;
  GArray *seams;
  SondeMarkdownContext here; /* what is open at the node */
  GArray *openers;           /* of type Opener, of the items that are open there */
} Outline;

/**
 * sonde_markdown_context_clear:
 * @self: a context
 *
 * Makes it the beginning of a document.
 */
void
sonde_markdown_context_clear (SondeMarkdownContext *self)
{
  g_free (self->prefix);
  g_clear_pointer (&self->rows, sonde_markdown_block_unref);
  memset (self, 0, sizeof *self);
}

static void
clear_seam (gpointer data)
{
  SondeMarkdownSeam *seam = data;

  sonde_markdown_context_clear (&seam->context);
}

/* Where a line begins, counted from 1; the end of the text where there is no such line. */
static gsize
line_offset (Outline *self, int line)
{
  const GArray *lines = self->source->lines;

  return line >= 1 && (guint) line <= lines->len ? g_array_index (lines, gsize, line - 1)
                                                 : G_MAXSIZE;
}

static gsize
line_end (Outline *self, gsize begin)
{
  const char *newline = strchr (self->text + begin, '\n');

  return newline != NULL ? (gsize) (newline - self->text) : strlen (self->text);
}

/* The same columns with nothing but the marks of quotes in them. */
static void
append_blanked (GString *out, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    g_string_append_c (out, text[i] == '>' || text[i] == '\t' ? text[i] : ' ');
}

/* Adds a seam; @line and @column tell of a fence or a table header to be repeated,
 * which has so many lines. What is before the column may be the mark of a list item. */
static void
add_seam (Outline *self, gsize offset, int line, int column, guint n_lines)
{
  SondeMarkdownSeam seam = { .offset = offset, .context = self->here };
  GString *prefix = g_string_new (NULL);
  gsize least = self->before->prefix != NULL ? strlen (self->before->prefix) : 0;

  if (self->seams->len > 0)
    least =
      MAX (least, g_array_index (self->seams, SondeMarkdownSeam, self->seams->len - 1).offset);
  if (offset == G_MAXSIZE || offset <= least) {
    g_string_free (prefix, TRUE);
    return;
  }

  for (guint i = 0; i < self->openers->len; i++) {
    const Opener *opener = &g_array_index (self->openers, Opener, i);

    /* A line that opens several items is repeated once. */
    if (i + 1 < self->openers->len &&
        g_array_index (self->openers, Opener, i + 1).begin == opener->begin)
      continue;
    g_string_append_len (prefix, self->text + opener->begin,
                         (gssize) (opener->end - opener->begin));
    if (prefix->str[prefix->len - 1] != ' ')
      g_string_append_c (prefix, ' ');
    g_string_append (prefix, "#\n");
    seam.context.n_prefix_lines++;
  }
  for (guint i = 0; i < n_lines; i++) {
    gsize begin = line_offset (self, line + (int) i);
    gsize end = line_end (self, begin);
    gsize marks = i == 0 ? MIN (end - begin, (gsize) MAX (column - 1, 0)) : 0;

    append_blanked (prefix, self->text + begin, marks);
    g_string_append_len (prefix, self->text + begin + marks, (gssize) (end - begin - marks));
    g_string_append_c (prefix, '\n');
    seam.context.n_prefix_lines++;
  }
  seam.context.prefix = g_string_free (prefix, prefix->len == 0);
  seam.context.cut = n_lines == 1;
  seam.context.in_rows = n_lines == 2;
  g_array_append_val (self->seams, seam);
}

/* What the marker of an item takes up of its line. FALSE where that is hard to tell. */
static gboolean
find_opener (Outline *self, cmark_node *item, Opener *opener)
{
  gsize begin = line_offset (self, cmark_node_get_start_line (item));
  const char *line;
  const char *p;
  gsize column = (gsize) MAX (cmark_node_get_start_column (item) - 1, 0);
  gsize spaces;

  if (begin == G_MAXSIZE)
    return FALSE;
  line = self->text + begin;
  if (memchr (line, '\t', line_end (self, begin) - begin) != NULL ||
      column >= line_end (self, begin) - begin)
    return FALSE;
  p = line + column;
  if (strchr ("-+*", *p) != NULL) {
    p++;
  } else {
    while (g_ascii_isdigit (*p))
      p++;
    if (*p != '.' && *p != ')')
      return FALSE;
    p++;
  }
  spaces = strspn (p, " ");
  if (spaces == 0 || spaces > 4 || p[spaces] == '\n' || p[spaces] == '\0')
    spaces = MIN (spaces, 1);
  opener->begin = begin;
  opener->end = (gsize) (p + spaces - self->text);

  return TRUE;
}

static gboolean
is_placeholder (Outline *self, cmark_node *node)
{
  return cmark_node_get_type (node) == CMARK_NODE_HEADING &&
         cmark_node_get_start_line (node) <= (int) self->before->n_prefix_lines;
}

/* Where complete lines of an open fence can be left alone. */
static void
part_code (Outline *self, cmark_node *node)
{
  const int line = cmark_node_get_start_line (node);
  const char *literal = cmark_node_get_literal (node);
  int length, offset;
  char character;
  gsize n = 0;
  int i = 0;

  if (!cmark_node_get_fenced (node, &length, &offset, &character) || self->source->fence == NULL ||
      line_offset (self, line) != self->source->fence_begin)
    return;
  for (const char *p = literal; p != NULL && *p != '\0'; i++) {
    const char *newline = strchr (p, '\n');

    if (newline == NULL)
      break;
    n += (gsize) (newline + 1 - p);
    p = newline + 1;
    if (n >= SONDE_MARKDOWN_CODE_CHUNK) {
      add_seam (self, line_offset (self, line + 2 + i), line, cmark_node_get_start_column (node),
                1);
      n = 0;
    }
  }
}

/* All rows but the last can be left alone. Where a table follows a line of text,
 * cmark says that its header is there; the first row is right, and there is no mark
 * before the header. */
static void
part_table (Outline *self, cmark_node *node)
{
  cmark_node *header = cmark_node_first_child (node);
  cmark_node *first = header != NULL ? cmark_node_next (header) : NULL;
  cmark_node *last = cmark_node_last_child (node);
  int line;

  if (first == NULL || first == last ||
      cmark_gfm_extensions_get_table_columns (node) > SONDE_MARKDOWN_MAX_COLUMNS)
    return;
  line = cmark_node_get_start_line (first) - 2;
  add_seam (self, line_offset (self, cmark_node_get_start_line (last)), line,
            cmark_node_get_start_line (header) == line ? cmark_node_get_start_column (header) : 0,
            2);
}

static guint
count_before (cmark_node *node)
{
  guint n = 0;

  while ((node = cmark_node_previous (node)) != NULL)
    n++;

  return n;
}

static gboolean
push_level (Outline *self, cmark_node *node, gboolean left)
{
  const guint depth = self->here.n_levels;
  SondeMarkdownLevel level = { .kind = SONDE_MARKDOWN_QUOTE, .fresh = TRUE };
  cmark_node *item = cmark_node_last_child (node);
  const SondeMarkdownLevel *known =
    left && depth < self->before->n_levels ? &self->before->levels[depth] : NULL;

  if (depth == SONDE_MARKDOWN_MAX_LEVELS || item == NULL)
    return FALSE;
  if (cmark_node_get_type (node) == CMARK_NODE_LIST) {
    level.kind = SONDE_MARKDOWN_LIST;
    level.loose = !cmark_node_get_list_tight (node);
    if (cmark_node_get_list_type (node) == CMARK_ORDERED_LIST)
      level.number = (guint) cmark_node_get_list_start (node) + 1;
  }
  if (known != NULL && known->kind == level.kind && (known->number > 0) == (level.number > 0)) {
    level.fresh = FALSE;
    level.number = known->number;
    level.loose |= known->loose;
    level.first_block = known->first_block;
    level.shown_loose = known->shown_loose;
  }
  if (level.number > 0)
    level.number += count_before (item);
  self->here.levels[self->here.n_levels++] = level;

  return TRUE;
}

/* A footnote is written as a list item for cmark; see the scanner. */
static gboolean
is_footnote (Outline *self, cmark_node *item)
{
  gsize begin = line_offset (self, cmark_node_get_start_line (item));
  const char *p = begin != G_MAXSIZE ? self->text + begin : "";

  return g_str_has_prefix (p + strspn (p, " "), "[^");
}

/* Whether anything is shown of it: a quote may be empty. */
static gboolean
has_blocks (cmark_node *node)
{
  if (cmark_node_get_type (node) != CMARK_NODE_BLOCK_QUOTE)
    return TRUE;
  for (cmark_node *child = cmark_node_first_child (node); child != NULL;
       child = cmark_node_next (child)) {
    if (has_blocks (child))
      return TRUE;
  }

  return FALSE;
}

/* Adds a seam before @node, or before what has no blocks before it: what is around a seam has
 * a block already, which the next one shares it with. */
static void
part_siblings (Outline *self, cmark_node *node)
{
  cmark_node *previous = cmark_node_previous (node);

  while (previous != NULL && !has_blocks (previous)) {
    node = previous;
    previous = cmark_node_previous (node);
  }
  if (previous != NULL && !is_placeholder (self, previous))
    add_seam (self, line_offset (self, cmark_node_get_start_line (node)), 0, 0, 0);
}

/* Goes down along what is still open. */
static void
descend (Outline *self, cmark_node *document)
{
  cmark_node *node = document;
  gboolean left = TRUE;

  for (;;) {
    cmark_node *last = cmark_node_last_child (node);
    cmark_node *previous = last != NULL ? cmark_node_previous (last) : NULL;
    cmark_node_type type;

    if (last == NULL || is_placeholder (self, last))
      return;
    part_siblings (self, last);
    left = left && (previous == NULL ||
                    (is_placeholder (self, previous) && cmark_node_previous (previous) == NULL));

    type = cmark_node_get_type (last);
    if (type == CMARK_NODE_LIST || type == CMARK_NODE_BLOCK_QUOTE) {
      if (is_footnote (self, last) || !push_level (self, last, left))
        return;
    } else if (type == CMARK_NODE_ITEM) {
      Opener opener;

      if (!find_opener (self, last, &opener))
        return;
      g_array_append_val (self->openers, opener);
    } else {
      if (type == CMARK_NODE_CODE_BLOCK)
        part_code (self, last);
      else if (strcmp (cmark_node_get_type_string (last), "table") == 0)
        part_table (self, last);
      return;
    }
    node = last;
  }
}

/**
 * sonde_markdown_find_seams:
 * @source: complete lines, with the prefix of @context before them
 * @text: what @source was made of
 * @context: where they begin
 *
 * Returns: (transfer full) (element-type SondeMarkdownSeam): where they can be parted, in order
 */
GArray *
sonde_markdown_find_seams (const SondeMarkdownSource *source,
                           const char *text,
                           const SondeMarkdownContext *context)
{
  Outline self = { .source = source, .text = text, .before = context };
  cmark_node *document = sonde_markdown_parse (NULL, source->text->str, source->text->len);

  self.seams = g_array_new (FALSE, FALSE, sizeof (SondeMarkdownSeam));
  g_array_set_clear_func (self.seams, clear_seam);
  self.openers = g_array_new (FALSE, FALSE, sizeof (Opener));
  descend (&self, document);
  g_array_unref (self.openers);
  cmark_node_free (document);

  return self.seams;
}
