/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown-writer.h"

#include <string.h>

#include "sonde-markdown-reader.h"
#include "sonde-markdown-slice.h"

/* How much of a text is escaped. The first way that reads back as what it was is taken. */
typedef enum { ESCAPE_NOTHING, ESCAPE_MARKS, ESCAPE_ALL, N_ESCAPES } Escape;

typedef struct {
  GPtrArray *blocks;
  GString *out;
  guint widths[SONDE_MARKDOWN_MAX_NESTING]; /* how far items are indented, by depth */
  gboolean tight[SONDE_MARKDOWN_MAX_NESTING];
  gboolean other[SONDE_MARKDOWN_MAX_NESTING]; /* whether the list there has the other mark */
} Writer;

/* --- text --------------------------------------------------------------------- */

static void
write_plain (GString *out, const char *p, const char *end, Escape escape, gboolean cell)
{
  for (; p < end; p++) {
    if (*p == '\n') {
      gboolean bare = escape != ESCAPE_ALL && !cell && p + 1 < end && p[1] != '\n' && p[1] != ' ';

      g_string_append (out, bare ? "\n" : "<br>");
    } else if (cell && *p == '|') {
      g_string_append (out, "\\|");
    } else if (escape == ESCAPE_ALL &&
               (g_ascii_ispunct (*p) ||
                (*p == ' ' &&
                 (p + 1 == end || out->len == 0 || !g_ascii_isalnum (out->str[out->len - 1]))))) {
      /* A space at an edge, or after a break or a mark, would be taken away. */
      g_string_append_printf (out, "&#%d;", *p);
    } else {
      /* Brackets and parentheses are let alone: with a backslash they are mathematics. */
      if (escape == ESCAPE_MARKS && strchr ("\\`*_~<&$#>|", *p) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  }
}

static void
write_code_span (GString *out, const char *text, gsize length, gboolean cell)
{
  g_autofree char *code = g_strndup (text, length);
  guint fence = 1;
  gboolean blank;

  for (const char *p = code; *p != '\0';) {
    guint n = (guint) strspn (p, "`");

    fence = n >= fence ? n + 1 : fence;
    p += MAX (n, 1);
  }
  blank = *code == '`' || (length > 0 && code[length - 1] == '`') ||
          (*code == ' ' && code[length - 1] == ' ' && strspn (code, " ") < length);
  for (guint i = 0; i < fence; i++)
    g_string_append_c (out, '`');
  g_string_append (out, blank ? " " : "");
  for (const char *p = code; *p != '\0'; p++) {
    if (cell && *p == '|')
      g_string_append_c (out, '\\');
    g_string_append_c (out, *p);
  }
  g_string_append (out, blank ? " " : "");
  for (guint i = 0; i < fence; i++)
    g_string_append_c (out, '`');
}

static void
write_target (GString *out, const char *target)
{
  gboolean plain = *target != '\0' && strpbrk (target, " \t\n<>()\\*_`$~&|") == NULL;

  if (plain) {
    g_string_append (out, target);
    return;
  }
  g_string_append_c (out, '<');
  for (const char *p = target; *p != '\0'; p++) {
    if (strchr ("<>\\\n*_`$~&|", *p) != NULL)
      g_string_append_printf (out, "&#%d;", *p);
    else
      g_string_append_c (out, *p);
  }
  g_string_append_c (out, '>');
}

static const struct {
  guint style;
  const char *mark;
} marks[] = {
  { SONDE_MARKDOWN_BOLD, "**" },
  { SONDE_MARKDOWN_ITALIC, "*" },
  { SONDE_MARKDOWN_STRIKE, "~~" },
};

#define MARK_STYLES (SONDE_MARKDOWN_BOLD | SONDE_MARKDOWN_ITALIC | SONDE_MARKDOWN_STRIKE)
#define LINK_STYLES (SONDE_MARKDOWN_LINK | SONDE_MARKDOWN_IMAGE)

static const char *
get_mark (guint style)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++) {
    if (marks[i].style == style)
      return marks[i].mark;
  }

  return "";
}

/* How far the style goes on over spans that touch one another. */
static guint
find_style_end (const SondeMarkdownText *text, guint first, guint style)
{
  guint i = first;

  while (i + 1 < text->n_spans && text->spans[i + 1].start == text->spans[i].end &&
         text->spans[i + 1].styles & style)
    i++;

  return text->spans[i].end;
}

/* Closes what is open and not in @keep, and opens it again where it has to be. */
static void
close_marks (GString *out, GArray *open, guint keep)
{
  while (open->len > 0) {
    gboolean all = TRUE;

    for (guint i = 0; i < open->len; i++)
      all = all && (g_array_index (open, guint, i) & keep) != 0;
    if (all)
      return;
    g_string_append (out, get_mark (g_array_index (open, guint, open->len - 1)));
    g_array_set_size (open, open->len - 1);
  }
}

/* The style that goes on longest is opened first, so that they nest. */
static void
open_marks (GString *out, GArray *open, const SondeMarkdownText *text, guint i)
{
  guint missing = text->spans[i].styles & MARK_STYLES;

  for (guint n = 0; n < open->len; n++)
    missing &= ~g_array_index (open, guint, n);
  while (missing != 0) {
    guint best = 0;

    for (gsize m = 0; m < G_N_ELEMENTS (marks); m++) {
      if (missing & marks[m].style &&
          (best == 0 || find_style_end (text, i, marks[m].style) > find_style_end (text, i, best)))
        best = marks[m].style;
    }
    g_string_append (out, get_mark (best));
    g_array_append_val (open, best);
    missing &= ~best;
  }
}

static void
write_span (GString *out, const SondeMarkdownText *text, guint i, Escape escape, gboolean cell)
{
  const SondeMarkdownSpan *span = &text->spans[i];
  const char *begin = text->text + span->start;
  const char *end = text->text + span->end;
  const char *picture = "\360\237\226\274 ";

  if (span->styles & SONDE_MARKDOWN_CODE_SPAN) {
    write_code_span (out, begin, end - begin, cell);
  } else if (span->styles & SONDE_MARKDOWN_MATH_SPAN) {
    g_string_append_printf (out, "\\(%.*s\\)", (int) (end - begin), begin);
  } else if (span->styles & SONDE_MARKDOWN_FOOTNOTE_REF) {
    g_string_append_printf (out, "[^%.*s]", (int) (end - begin), begin);
  } else {
    if (span->styles & SONDE_MARKDOWN_IMAGE && g_str_has_prefix (begin, picture))
      begin += strlen (picture);
    write_plain (out, begin, end, escape, cell);
  }
}

static gboolean
same_link (const SondeMarkdownSpan *a, const SondeMarkdownSpan *b)
{
  return (a->styles & LINK_STYLES) == (b->styles & LINK_STYLES) &&
         g_strcmp0 (a->target, b->target) == 0;
}

/* Writes the spans of one link or picture. Returns the last of them. */
static guint
write_link (GString *out, const SondeMarkdownText *text, guint i, Escape escape, gboolean cell)
{
  const SondeMarkdownSpan *span = &text->spans[i];
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *label = g_strndup (text->text + span->start, span->end - span->start);
  const char *address =
    g_str_has_prefix (span->target, "mailto:") ? span->target + 7 : span->target;
  guint last = i;

  while (last + 1 < text->n_spans && text->spans[last + 1].start == text->spans[last].end &&
         same_link (span, &text->spans[last + 1]))
    last++;
  if (last == i && span->styles == SONDE_MARKDOWN_LINK && strcmp (label, address) == 0 &&
      (address != span->target || strchr (address, ':') != NULL)) {
    g_string_append_printf (out, "<%s>", address);
    return last;
  }

  g_string_append (out, span->styles & SONDE_MARKDOWN_IMAGE ? "![" : "[");
  for (guint n = i; n <= last; n++) {
    close_marks (out, open, text->spans[n].styles);
    open_marks (out, open, text, n);
    write_span (out, text, n, escape, cell);
  }
  close_marks (out, open, 0);
  g_string_append (out, "](");
  write_target (out, span->target);
  g_string_append_c (out, ')');

  return last;
}

static char *
write_text (const SondeMarkdownText *text, Escape escape, gboolean cell)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  GString *out = g_string_new (NULL);
  guint p = 0;

  for (guint i = 0; i < text->n_spans; i++) {
    const SondeMarkdownSpan *span = &text->spans[i];

    close_marks (out, open, span->start == p ? span->styles : 0);
    write_plain (out, text->text + p, text->text + span->start, escape, cell);
    if (span->styles & LINK_STYLES && span->target != NULL) {
      close_marks (out, open, 0);
      i = write_link (out, text, i, escape, cell);
    } else {
      open_marks (out, open, text, i);
      write_span (out, text, i, escape, cell);
    }
    p = text->spans[i].end;
  }
  close_marks (out, open, 0);
  if (text->length > p)
    write_plain (out, text->text + p, text->text + text->length, escape, cell);

  return g_string_free (out, FALSE);
}

/* Whether @markdown is one block, or one cell of a table, that reads as @text. */
static gboolean
reads_as (const char *markdown, SondeMarkdownKind kind, const SondeMarkdownText *text)
{
  g_autoptr (SondeMarkdownSource) source =
    sonde_markdown_source_new (markdown, strlen (markdown), 0);
  SondeMarkdownReading reading = { 0 };
  g_autoptr (GPtrArray) blocks = sonde_markdown_read (source, &reading);
  const SondeMarkdownBlock *block = blocks->len == 1 ? g_ptr_array_index (blocks, 0) : NULL;

  if (block == NULL || block->kind != kind)
    return FALSE;
  if (kind != SONDE_MARKDOWN_TABLE)
    return block->n_nesting == 0 && sonde_markdown_text_equal (&block->text, text);

  return block->n_columns == 1 && block->n_rows == 1 &&
         sonde_markdown_text_equal (&block->cells[0], text);
}

/* The text as Markdown that reads back as what it is, with as few marks as can be. */
static char *
dup_text (const SondeMarkdownText *text, SondeMarkdownKind kind)
{
  const char *before = kind == SONDE_MARKDOWN_HEADING ? "# "
                       : kind == SONDE_MARKDOWN_TABLE ? "| "
                                                      : "";
  const char *after = kind == SONDE_MARKDOWN_TABLE ? " |\n|---|\n" : "";
  gboolean one_line = *before != '\0';
  char *written = NULL;

  for (Escape escape = ESCAPE_NOTHING; escape < N_ESCAPES; escape++) {
    g_autofree char *markdown = NULL;

    g_free (written);
    written = write_text (text, escape, one_line);
    markdown = g_strconcat (before, written, after, NULL);
    if (reads_as (markdown, kind, text))
      break;
  }

  return written;
}

/* --- blocks ------------------------------------------------------------------- */

static const SondeMarkdownBlock *
get_block (Writer *self, guint position)
{
  return g_ptr_array_index (self->blocks, position);
}

/* The first block of a list that says how its items begin and whether it is tight. */
static const SondeMarkdownBlock *
find_item (Writer *self, guint position, guint depth)
{
  for (guint i = position; i < self->blocks->len; i++) {
    const SondeMarkdownBlock *block = get_block (self, i);

    if (i > position && block->n_shared <= depth)
      break;
    if (block->n_nesting == depth + 1)
      return block;
  }

  return NULL;
}

static void
write_marker (Writer *self, const SondeMarkdownBlock *block, guint depth)
{
  const gsize start = self->out->len;

  if (block != NULL && block->marker == SONDE_MARKDOWN_MARKER_NUMBER) {
    guint number = block->number;

    g_string_append_printf (self->out, "%u%c ", number, self->other[depth] ? ')' : '.');
  } else {
    g_string_append (self->out, self->other[depth] ? "* " : "- ");
  }
  self->widths[depth] = (guint) (self->out->len - start);
  if (block != NULL && block->marker == SONDE_MARKDOWN_MARKER_TASK)
    g_string_append (self->out, "[ ] ");
  else if (block != NULL && block->marker == SONDE_MARKDOWN_MARKER_DONE)
    g_string_append (self->out, "[x] ");
}

/* What the lines behind the first of a block begin with. */
static void
write_indent (Writer *self, GString *out, const SondeMarkdownBlock *block, guint depth)
{
  for (guint i = 0; i < depth; i++) {
    if (block->nesting[i] == SONDE_MARKDOWN_QUOTE)
      g_string_append (out, "> ");
    else
      g_string_append_printf (out, "%*s", (int) self->widths[i], "");
  }
}

static void
write_gap (Writer *self, guint position)
{
  const SondeMarkdownBlock *block = get_block (self, position);
  const guint shared = block->n_shared;
  gboolean tight = FALSE;

  for (guint i = 0; i < shared; i++)
    tight = block->nesting[i] == SONDE_MARKDOWN_LIST && self->tight[i];
  if (!tight && position > 0) {
    write_indent (self, self->out, block, shared);
    while (self->out->len > 0 && self->out->str[self->out->len - 1] == ' ')
      g_string_truncate (self->out, self->out->len - 1);
    g_string_append_c (self->out, '\n');
  }
}

/* Everything that stands before the first line of a block. */
static void
write_opening (Writer *self, guint position)
{
  const SondeMarkdownBlock *block = get_block (self, position);
  const SondeMarkdownBlock *before = position > 0 ? get_block (self, position - 1) : NULL;
  guint item = G_MAXUINT; /* depth of the list of which an item begins */

  for (guint i = 0; i < block->n_nesting; i++) {
    if (block->nesting[i] == SONDE_MARKDOWN_LIST && block->marker != SONDE_MARKDOWN_MARKER_NONE)
      item = i;
  }
  for (guint i = 0; i < block->n_nesting; i++) {
    if (block->nesting[i] == SONDE_MARKDOWN_QUOTE) {
      g_string_append (self->out, "> ");
    } else if (i >= block->n_shared) {
      const SondeMarkdownBlock *first = find_item (self, position, i);

      self->other[i] = before != NULL && i < before->n_nesting && block->n_shared == i &&
                       before->nesting[i] == SONDE_MARKDOWN_LIST && !self->other[i];
      self->tight[i] = first != NULL ? first->tight : TRUE;
      write_marker (self, i == item ? block : NULL, i);
    } else if (i == item) {
      write_marker (self, block, i);
    } else {
      g_string_append_printf (self->out, "%*s", (int) self->widths[i], "");
    }
  }
}

/* Writes lines, all but the first behind the marks of their containers. */
static void
write_lines (Writer *self, const SondeMarkdownBlock *block, const char *lines, const char *more)
{
  g_autoptr (GString) indent = g_string_new (NULL);

  write_indent (self, indent, block, block->n_nesting);
  g_string_append (indent, more);
  for (const char *p = lines; *p != '\0'; p++) {
    g_string_append_c (self->out, *p);
    if (*p == '\n' && p[1] != '\0')
      g_string_append_len (self->out, indent->str, (gssize) indent->len);
  }
  if (self->out->len == 0 || self->out->str[self->out->len - 1] != '\n')
    g_string_append_c (self->out, '\n');
}

static char *
dup_code (const SondeMarkdownBlock *block)
{
  const char *text = block->text.text != NULL ? block->text.text : "";
  guint fence = 3;
  g_autofree char *ticks = NULL;

  for (const char *p = text; *p != '\0';) {
    guint n = (guint) strspn (p, "`");

    fence = MAX (fence, n + 1);
    p += MAX (n, 1);
  }
  ticks = g_strnfill (fence, '`');

  return g_strconcat (ticks, block->language != NULL ? block->language : "", "\n", text,
                      *text != '\0' ? "\n" : "", ticks, NULL);
}

static char *
dup_table (const SondeMarkdownBlock *block)
{
  static const char *const rules[] = { "---|", ":-:|", "--:|" };
  GString *table = g_string_new (NULL);

  for (guint row = 0; row < block->n_rows; row++) {
    g_string_append_c (table, '|');
    for (guint column = 0; column < block->n_columns; column++) {
      g_autofree char *cell =
        dup_text (&block->cells[row * block->n_columns + column], SONDE_MARKDOWN_TABLE);

      g_string_append_printf (table, " %s |", cell);
    }
    g_string_append_c (table, '\n');
    if (row == 0) {
      g_string_append_c (table, '|');
      for (guint column = 0; column < block->n_columns; column++)
        g_string_append (table, rules[block->alignments[column]]);
      g_string_append_c (table, '\n');
    }
  }

  return g_string_free (table, FALSE);
}

/* Text at the beginning of an item that would make a task of it. */
static char *
dup_paragraph (const SondeMarkdownBlock *block)
{
  g_autofree char *text = dup_text (&block->text, SONDE_MARKDOWN_PARAGRAPH);

  if (block->marker != SONDE_MARKDOWN_MARKER_NONE && *text == '[' && text[1] != '\0' &&
      text[2] == ']' && (text[3] == ' ' || text[3] == '\0'))
    return g_strconcat ("&#91;", text + 1, NULL);

  return g_steal_pointer (&text);
}

static void
write_block (Writer *self, guint position)
{
  const SondeMarkdownBlock *block = get_block (self, position);
  g_autofree char *text = NULL;
  g_autofree char *written = NULL;

  switch (block->kind) {
  case SONDE_MARKDOWN_PARAGRAPH:
    written = dup_paragraph (block);
    break;
  case SONDE_MARKDOWN_HEADING:
    text = dup_text (&block->text, SONDE_MARKDOWN_HEADING);
    written = g_strdup_printf ("%.*s %s", (int) CLAMP (block->level, 1, 6), "######", text);
    break;
  case SONDE_MARKDOWN_CODE:
    written = dup_code (block);
    break;
  case SONDE_MARKDOWN_MATH:
    written = g_strdup_printf ("$$\n%s\n$$", block->text.text);
    break;
  case SONDE_MARKDOWN_TABLE:
    written = dup_table (block);
    break;
  case SONDE_MARKDOWN_RULE:
    written = g_strdup ("***");
    break;
  case SONDE_MARKDOWN_HTML:
    written = g_strdup (block->text.text);
    break;
  case SONDE_MARKDOWN_FOOTNOTE:
    text = dup_text (&block->text, SONDE_MARKDOWN_PARAGRAPH);
    /* Its text begins with its label. */
    written = block->continues ? g_strdup_printf ("    %s", text)
              : g_str_has_prefix (text, "[^") && strchr (text, ']') != NULL
                ? g_strdup_printf ("[^%s]:%s", block->language, strchr (text, ']') + 1)
                : g_strdup (text);
    break;
  }
  write_lines (self, block, written, block->kind == SONDE_MARKDOWN_FOOTNOTE ? "    " : "");
}

/**
 * sonde_markdown_write_markdown:
 * @blocks: (array length=n_blocks): blocks that follow one another
 * @n_blocks: how many
 * @range: (nullable): the part of them that counts
 *
 * Returns: (transfer full): Markdown that reads as these blocks again
 */
char *
sonde_markdown_write_markdown (const SondeMarkdownBlock *const *blocks,
                               guint n_blocks,
                               const SondeMarkdownRange *range)
{
  g_autoptr (GPtrArray) slices = sonde_markdown_slice (blocks, n_blocks, range, TRUE);
  Writer self = { .blocks = slices, .out = g_string_new (NULL) };

  for (guint i = 0; i < slices->len; i++) {
    write_gap (&self, i);
    write_opening (&self, i);
    write_block (&self, i);
  }

  return g_string_free (self.out, FALSE);
}
