/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown-source.h"

#include <string.h>

#include "sonde-markdown-ending.h"
#include "sonde-markdown-reader.h"

/* What a formula may be long at most; also the bound of every search for its end. */
#define MAX_FORMULA 8192
#define MAX_DOLLAR  400 /* the same between single dollars */

/* The same for the line of a link definition. */
#define MAX_DEFINITION 2048

/* An emphasis marker that is open where the scanner stands. */
typedef struct {
  char character;
  gsize length;
} Run;

typedef struct {
  SondeMarkdownSource *source;
  const char *begin;
  const char *p;
  const char *end;
  SondeMarkdownSourceFlags flags;
  const char *inline_end;  /* where the paragraph, item, heading or row around p ends */
  const char *display_end; /* where a formula on lines of its own must have ended */
  guint64 missing_ticks;   /* a bit for each length of which no backtick run follows in it */
  const char *searched[3]; /* by Delimiter: up to here there is no closing one */
  GArray *runs;            /* open emphasis, of type Run */
} Scanner;

typedef enum { DELIMITER_PAREN, DELIMITER_BRACKET, DELIMITER_DOLLARS } Delimiter;

static const char *const closing[] = { "\\)", "\\]", "$$" };

static void
free_cut (gpointer data)
{
  SondeMarkdownCut *cut = data;

  g_free (cut->source);
  g_free (cut->formula);
  g_free (cut->label);
  g_free (cut);
}

static const char *
line_end (const char *p, const char *end)
{
  const char *newline = memchr (p, '\n', end - p);

  return newline != NULL ? newline : end;
}

static const char *
skip_blanks (const char *p, const char *end)
{
  while (p < end && (*p == ' ' || *p == '\t'))
    p++;
  return p;
}

/* Behind "- ", "* ", "+ ", "12. " or "12) ", or @p itself where no list item begins. */
static const char *
skip_marker (const char *p, const char *end)
{
  const char *q = p;

  if (q < end && strchr ("-*+", *q) != NULL && *q != '\0') {
    q++;
  } else {
    while (q < end && q - p < 9 && g_ascii_isdigit (*q))
      q++;
    if (q == p || q >= end || (*q != '.' && *q != ')'))
      return p;
    q++;
  }

  return q < end && (*q == ' ' || *q == '\t') ? skip_blanks (q, end) : p;
}

static gsize
run_length (const char *p, const char *end)
{
  const char *q = p;

  while (q < end && *q == *p)
    q++;
  return q - p;
}

/* The length of the fence that opens in the line at @p, or 0; @mark is set to it. */
static gsize
fence_at (const char *p, const char *end, const char **mark)
{
  const char *stop = line_end (p, end);
  const char *previous;
  gsize n;

  do {
    previous = p;
    while (p < stop && (*p == ' ' || *p == '\t' || *p == '>'))
      p++;
    p = skip_marker (p, stop);
  } while (p != previous);

  if (p >= stop || (*p != '`' && *p != '~'))
    return 0;
  n = run_length (p, stop);
  if (n < 3 || (*p == '`' && memchr (p + n, '`', stop - p - n) != NULL))
    return 0;
  *mark = p;

  return n;
}

static gboolean
is_blank (const char *p, const char *stop)
{
  while (p < stop && (*p == ' ' || *p == '\t' || *p == '>'))
    p++;
  return p >= stop;
}

/* Whether the line at @p ends the inline text of the line before it. */
static gboolean
begins_block (const char *p, const char *end)
{
  const char *stop = line_end (p, end);
  const char *mark;

  if (is_blank (p, stop) || fence_at (p, end, &mark) > 0)
    return TRUE;
  p = skip_blanks (p, stop);
  if (*p == '>' || *p == '|' || skip_marker (p, stop) != p)
    return TRUE;
  if (*p == '#') {
    gsize n = run_length (p, stop);
    return n <= 6 && (p + n == stop || p[n] == ' ' || p[n] == '\t');
  }

  return FALSE;
}

/* Where the inline text at @p ends: before a blank line or a line that begins a block. */
static const char *
find_inline_end (const char *p, const char *end)
{
  for (;;) {
    p = line_end (p, end);
    if (p >= end || begins_block (p + 1, end))
      return p;
    p++;
  }
}

/* Where a formula on lines of its own must have ended: before a blank line or a fence. */
static const char *
find_display_end (const char *p, const char *end)
{
  const char *mark;

  for (;;) {
    p = line_end (p, end);
    if (p + 1 >= end)
      return end;
    if (is_blank (p + 1, line_end (p + 1, end)) || fence_at (p + 1, end, &mark) > 0)
      return p;
    p++;
  }
}

/* Copies text and keeps the table of lines. */
static void
copy (Scanner *self, const char *stop)
{
  while (self->p < stop) {
    const char *newline = memchr (self->p, '\n', stop - self->p);
    const char *next = newline != NULL ? newline + 1 : stop;

    g_string_append_len (self->source->text, self->p, next - self->p);
    self->p = next;
    if (newline != NULL) {
      gsize offset = next - self->begin;
      g_array_append_val (self->source->lines, offset);
    }
  }
}

static SondeMarkdownCut *
cut (Scanner *self, const char *stop, char *formula, gboolean display)
{
  SondeMarkdownCut *piece = g_new0 (SondeMarkdownCut, 1);

  piece->source = g_strndup (self->p, stop - self->p);
  piece->formula = formula;
  piece->display = display;
  g_string_append_printf (self->source->text, SONDE_MARKDOWN_CUT_BEGIN "%u" SONDE_MARKDOWN_CUT_END,
                          self->source->cuts->len);
  g_ptr_array_add (self->source->cuts, piece);
  self->p = stop;

  return piece;
}

/* --- code --------------------------------------------------------------------- */

/* Copies a fenced code block, with its fences where they are there. */
static void
scan_fence (Scanner *self, const char *mark, gsize length)
{
  const char *opening = self->p;
  const char *stop = line_end (self->p, self->end);
  gboolean quoted = memchr (opening, '>', mark - opening) != NULL;
  gsize column = mark - opening;
  gboolean listed = FALSE;

  for (const char *p = opening; p < mark; p++)
    listed = listed || (*p != ' ' && *p != '\t' && *p != '>');
  copy (self, MIN (stop + 1, self->end));

  while (self->p < self->end) {
    const char *line = self->p;
    const char *p = line;

    stop = line_end (line, self->end);
    while (p < stop && (*p == ' ' || *p == '\t' || (quoted && *p == '>')))
      p++;
    /* The quote or the list item around it is over, and so is the code. */
    if (p < stop && ((quoted && memchr (line, '>', p - line) == NULL) ||
                     (listed && (gsize) (p - line) < column)))
      return;
    copy (self, MIN (stop + 1, self->end));
    if (p < stop && *p == *mark) {
      gsize n = run_length (p, stop);
      if (n >= length && skip_blanks (p + n, stop) == stop)
        return;
    }
  }

  self->source->fence_begin = opening - self->begin;
  self->source->fence = g_strndup (opening, line_end (opening, self->end) - opening);
}

static const char *
find_ticks (const char *p, const char *stop, gsize length)
{
  while (p < stop) {
    gsize n;

    p = memchr (p, '`', stop - p);
    if (p == NULL)
      return NULL;
    n = run_length (p, stop);
    if (n == length)
      return p;
    p += n;
  }

  return NULL;
}

static void
scan_ticks (Scanner *self)
{
  gsize n = run_length (self->p, self->inline_end);
  const char *after = self->p + n;
  guint64 bit = n < 64 ? G_GUINT64_CONSTANT (1) << n : 0;
  const char *found = NULL;

  if (bit != 0 && !(self->missing_ticks & bit))
    found = find_ticks (after, self->inline_end, n);
  if (found != NULL) {
    copy (self, found + n);
    return;
  }

  self->missing_ticks |= bit;
  if (self->flags & SONDE_MARKDOWN_SOURCE_CLOSE && self->inline_end == self->end &&
      after < self->end) {
    g_autofree char *ticks = g_strndup (self->p, n);

    copy (self, self->end);
    g_string_append (self->source->text, ticks);
    return;
  }
  copy (self, after);
}

/* --- mathematics -------------------------------------------------------------- */

/* The formula without the ">" that a quote puts before each of its lines. */
static char *
dup_formula (const char *p, const char *stop)
{
  GString *formula = g_string_new (NULL);

  while (p < stop) {
    const char *end = line_end (p, stop);

    if (formula->len > 0) {
      g_string_append_c (formula, '\n');
      while (p < end && (*p == '>' || *p == ' '))
        p++;
    }
    g_string_append_len (formula, p, end - p);
    p = MIN (end + 1, stop);
  }
  g_strstrip (formula->str);

  return g_string_free (formula, FALSE);
}

/* Cuts the formula at p out. Returns FALSE where there is none. */
static gboolean
scan_formula (Scanner *self, Delimiter kind)
{
  const char *content = self->p + 2;
  const char *limit = self->inline_end;
  const char *from = MAX (content, self->searched[kind]);
  const char *found;

  if (kind != DELIMITER_PAREN) {
    if (self->display_end == NULL || self->p > self->display_end)
      self->display_end = find_display_end (self->p, self->end);
    limit = self->display_end;
  }
  limit = MIN (limit, self->p + MIN (self->end - self->p, MAX_FORMULA));
  found = from < limit ? g_strstr_len (from, limit - from, closing[kind]) : NULL;

  if (found != NULL) {
    g_autofree char *formula = dup_formula (content, found);

    if (*formula == '\0')
      return FALSE;
    cut (self, found + 2, g_steal_pointer (&formula), kind != DELIMITER_PAREN);
    return TRUE;
  }
  self->searched[kind] = MAX (from, limit - 1);
  if (limit == self->end && self->flags & SONDE_MARKDOWN_SOURCE_UNFINISHED && content < self->end) {
    cut (self, self->end, dup_formula (content, self->end), kind != DELIMITER_PAREN);
    return TRUE;
  }

  return FALSE;
}

/* Whether what stands between two dollars is mathematics. What begins with a
 * figure and has words behind it is a price. */
static gboolean
reads_as_formula (const char *p, const char *stop)
{
  gboolean words = FALSE;

  if (!g_ascii_isdigit (*p))
    return TRUE;
  for (; p < stop; p++) {
    if (strchr ("\\^_{}=+<>*/", *p) != NULL)
      return TRUE;
    words = words || *p == ' ';
  }

  return !words;
}

/* Cuts out a formula between single dollars. They are mostly money, so the rules are
 * strict: no word touches them from outside, no blank from inside, and no figure
 * follows; and both are in one line. */
static gboolean
scan_dollar (Scanner *self)
{
  const char *content = self->p + 1;
  const char *limit = self->p + MIN (self->inline_end - self->p, MAX_DOLLAR);
  const char *close = content;

  if (content >= limit || strchr (" \t,;:.!?)", *content) != NULL ||
      (self->p > self->begin && g_ascii_isalnum (self->p[-1])))
    return FALSE;
  limit = line_end (self->p, limit);
  while (close < limit && *close != '$')
    close += *close == '\\' && close + 1 < limit ? 2 : 1;
  if (close >= limit || close == content || g_ascii_isspace (close[-1]) ||
      (close + 1 < self->end && (g_ascii_isalnum (close[1]) || close[1] == '$')) ||
      !reads_as_formula (content, close))
    return FALSE;
  cut (self, close + 1, dup_formula (content, close), FALSE);

  return TRUE;
}

/* --- emphasis ----------------------------------------------------------------- */

static gboolean
is_punctuation (gunichar c)
{
  switch ((int) g_unichar_type (c)) {
  case G_UNICODE_CONNECT_PUNCTUATION:
  case G_UNICODE_DASH_PUNCTUATION:
  case G_UNICODE_CLOSE_PUNCTUATION:
  case G_UNICODE_FINAL_PUNCTUATION:
  case G_UNICODE_INITIAL_PUNCTUATION:
  case G_UNICODE_OTHER_PUNCTUATION:
  case G_UNICODE_OPEN_PUNCTUATION:
    return TRUE;
  default:
    return c < 0x80 && g_ascii_ispunct ((char) c);
  }
}

static gboolean
is_space (gunichar c)
{
  return c == 0 || g_unichar_isspace (c);
}

/* Chinese, Japanese and Korean, their punctuation and the quotation marks of Chinese. */
static gboolean
is_cjk (gunichar c)
{
  return (c >= 0x1100 && c <= 0x11FF) || (c >= 0x2E80 && c <= 0xA4CF) ||
         (c >= 0xAC00 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFFEF) ||
         (c >= 0x20000 && c <= 0x3FFFF) || (c >= 0x2018 && c <= 0x201F);
}

static int
find_run (Scanner *self, char character, gsize length)
{
  for (int i = (int) self->runs->len - 1; i >= 0; i--) {
    const Run *run = &g_array_index (self->runs, Run, i);

    if (run->character == character && run->length == length)
      return i;
  }

  return -1;
}

/* CommonMark lets `**` open or close by the characters on both sides of it, and
 * takes for granted that words are parted by spaces. Where they are not, as in
 * `**中文：**后`, the run is made to lean as it was meant by a piece of punctuation
 * that is taken out of the text again. */
static void
scan_run (Scanner *self)
{
  char character = *self->p;
  gsize n = run_length (self->p, self->inline_end);
  const char *after_run = self->p + n;
  gunichar before = 0;
  gunichar after = 0;
  gboolean opens;
  gboolean closes;
  int open;

  if (character == '~' && n != 2) {
    copy (self, after_run);
    return;
  }
  if (self->p > self->begin)
    before = g_utf8_get_char (g_utf8_find_prev_char (self->begin, self->p));
  if (after_run < self->end)
    after = g_utf8_get_char (after_run);

  opens =
    !is_space (after) && (!is_punctuation (after) || is_space (before) || is_punctuation (before));
  closes =
    !is_space (before) && (!is_punctuation (before) || is_space (after) || is_punctuation (after));
  open = find_run (self, character, n);

  if (open >= 0 && !closes && !is_space (before) && (is_cjk (before) || is_cjk (after))) {
    copy (self, after_run);
    g_string_append (self->source->text, SONDE_MARKDOWN_HINGE);
    closes = TRUE;
  } else if (open < 0 && !opens && !is_space (after) && (is_cjk (before) || is_cjk (after))) {
    g_string_append (self->source->text, SONDE_MARKDOWN_HINGE);
    copy (self, after_run);
    opens = TRUE;
  } else {
    copy (self, after_run);
  }

  if (open >= 0 && closes) {
    g_array_set_size (self->runs, (guint) open);
  } else if (opens && self->runs->len < 16) {
    Run run = { character, n };
    g_array_append_val (self->runs, run);
  }
}

/* --- lines -------------------------------------------------------------------- */

/* Notes the link definition that the line at p may be. Wherever it stands, it holds
 * for the whole document. */
static gboolean
scan_definition (Scanner *self, const char *stop)
{
  const char *p = self->p;
  const char *previous;
  g_autofree char *line = NULL;

  do {
    previous = p;
    while (p < stop && (*p == ' ' || *p == '\t' || *p == '>'))
      p++;
    p = skip_marker (p, stop);
  } while (p != previous);

  if (p >= stop || *p != '[' || stop - p > MAX_DEFINITION ||
      g_strstr_len (p, stop - p, "]:") == NULL)
    return FALSE;
  line = g_strndup (p, stop - p);
  if (!sonde_markdown_is_definition (line))
    return FALSE;
  g_ptr_array_add (self->source->definitions, g_steal_pointer (&line));
  copy (self, stop);

  return TRUE;
}

/* --- footnotes ---------------------------------------------------------------- */

/**
 * sonde_markdown_skip_label:
 * @p: where to look
 * @stop: where the line ends
 *
 * Returns: (nullable): what follows `[^label]` at @p; %NULL where there is none
 */
const char *
sonde_markdown_skip_label (const char *p, const char *stop)
{
  const char *q = p + 2;

  if (stop - p < 4 || p[0] != '[' || p[1] != '^')
    return NULL;
  while (q < stop && q - p < SONDE_MARKDOWN_MAX_LABEL && !g_ascii_isspace (*q) &&
         strchr ("[]^`\\", *q) == NULL)
    q++;

  return q < stop && *q == ']' && q > p + 2 ? q + 1 : NULL;
}

/* A footnote is given to cmark as the only item of a list, which may have whatever
 * a footnote may have. Those that follow one another have different marks. */
static gboolean
scan_footnote (Scanner *self, const char *stop)
{
  const char *p = self->p;
  const char *after;
  SondeMarkdownCut *piece;
  char *label;

  while (p < stop && p - self->p < 3 && *p == ' ')
    p++;
  after = sonde_markdown_skip_label (p, stop);
  if (after == NULL || after >= stop || *after != ':')
    return FALSE;
  label = g_strndup (p + 2, after - p - 3);
  g_string_append (self->source->text, self->source->footnotes->len % 2 == 0 ? "+   " : "1)  ");
  piece = cut (self, skip_blanks (after + 1, stop), NULL, FALSE);
  piece->label = label;
  piece->definition = TRUE;
  g_ptr_array_add (self->source->footnotes, g_ascii_strdown (label, -1));

  return TRUE;
}

static gboolean
scan_footnote_ref (Scanner *self)
{
  const char *after = sonde_markdown_skip_label (self->p, self->inline_end);
  SondeMarkdownCut *piece;

  if (after == NULL || (after < self->end && *after == '('))
    return FALSE;
  piece = cut (self, after, NULL, FALSE);
  piece->label = g_strndup (piece->source + 2, strlen (piece->source) - 3);
  self->source->n_footnote_refs++;

  return TRUE;
}

static void
scan (Scanner *self)
{
  gboolean line_start = TRUE;

  while (self->p < self->end) {
    const char *next;

    if (line_start) {
      const char *mark;
      gsize n = fence_at (self->p, self->end, &mark);
      const char *stop = line_end (self->p, self->end);

      if (n > 0) {
        scan_fence (self, mark, n);
        continue;
      }
      if (!scan_footnote (self, stop) &&
          (*stop == '\n' || !(self->flags & SONDE_MARKDOWN_SOURCE_CLOSE)))
        scan_definition (self, stop);
      if (self->inline_end == NULL || self->p > self->inline_end) {
        self->inline_end = find_inline_end (self->p, self->end);
        self->missing_ticks = 0;
        g_array_set_size (self->runs, 0);
      }
      line_start = FALSE;
    }

    next = self->p + strcspn (self->p, "\n\\`$*~[]\357\360");
    if (next >= self->end)
      next = self->end;
    copy (self, next);
    if (self->p >= self->end)
      break;

    switch (*self->p) {
    case '\n':
      copy (self, self->p + 1);
      line_start = TRUE;
      break;
    case '`':
      scan_ticks (self);
      break;
    case '\\':
      next = self->p + 1;
      if (next < self->end && *next == '(' && scan_formula (self, DELIMITER_PAREN))
        break;
      if (next < self->end && *next == '[' && scan_formula (self, DELIMITER_BRACKET))
        break;
      copy (self, next < self->end && g_ascii_ispunct (*next) ? next + 1 : next);
      break;
    case '$':
      if (self->p[1] == '$' ? scan_formula (self, DELIMITER_DOLLARS) : scan_dollar (self))
        break;
      copy (self, self->p + run_length (self->p, self->end));
      break;
    case '*':
    case '~':
      scan_run (self);
      break;
    case '[':
      if (!scan_footnote_ref (self))
        copy (self, self->p + 1);
      break;
    case ']':
      /* A definition that was not noted must be none to cmark either. */
      copy (self, self->p + 1);
      if (self->p < self->end && *self->p == ':')
        cut (self, self->p + 1, NULL, FALSE);
      break;
    default:
      if (g_str_has_prefix (self->p, SONDE_MARKDOWN_CUT_BEGIN) ||
          g_str_has_prefix (self->p, SONDE_MARKDOWN_CUT_END) ||
          g_str_has_prefix (self->p, SONDE_MARKDOWN_HINGE))
        cut (self, g_utf8_next_char (self->p), NULL, FALSE);
      else
        copy (self, g_utf8_next_char (self->p));
    }
    /* A formula may have swallowed the end of the paragraph. */
    if (self->p > self->inline_end)
      self->inline_end = find_inline_end (self->p, self->end);
  }
}

/* --- the end of a text that is still being written ------------------------------ */

static void
close_runs (GString *text, GArray *runs)
{
  gsize end = text->len;

  while (end > 0 && g_ascii_isspace (text->str[end - 1]))
    end--;
  for (int i = (int) runs->len - 1; i >= 0; i--) {
    const Run *run = &g_array_index (runs, Run, i);

    for (gsize n = 0; n < run->length; n++)
      g_string_insert_c (text, (gssize) end, run->character);
    end += run->length;
  }
}

/**
 * sonde_markdown_source_new:
 * @text: Markdown, valid UTF-8 with a zero byte behind it
 * @length: its length in bytes
 * @flags: how to read its end
 *
 * Cuts out the mathematics, which cmark would take the backslashes from, mends
 * emphasis beside Chinese, Japanese and Korean, and closes what is open. Takes
 * time in proportion to @length.
 *
 * Returns: (transfer full): the same for cmark to read
 */
SondeMarkdownSource *
sonde_markdown_source_new (const char *text, gsize length, SondeMarkdownSourceFlags flags)
{
  SondeMarkdownSource *self = g_new0 (SondeMarkdownSource, 1);
  Scanner scanner = { .source = self, .begin = text, .p = text, .flags = flags };
  gsize zero = 0;

  self->text = g_string_sized_new (length + 16);
  self->lines = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->cuts = g_ptr_array_new_with_free_func (free_cut);
  self->definitions = g_ptr_array_new_with_free_func (g_free);
  self->footnotes = g_ptr_array_new_with_free_func (g_free);
  g_array_append_val (self->lines, zero);

  scanner.end = text + length;
  if (flags & SONDE_MARKDOWN_SOURCE_CLOSE) {
    scanner.end = text + sonde_markdown_find_presentable (text, length);
    if (scanner.end > text && scanner.end[-1] == '\n')
      scanner.end--;
  }
  scanner.runs = g_array_new (FALSE, FALSE, sizeof (Run));
  scan (&scanner);
  if (flags & SONDE_MARKDOWN_SOURCE_CLOSE && self->fence == NULL) {
    const gsize end = scanner.end - text;
    const gsize shown = sonde_markdown_find_open_bracket (text, end);

    if (shown < end) {
      g_array_unref (scanner.runs);
      sonde_markdown_source_free (self);
      return sonde_markdown_source_new (text, shown, flags);
    }
    sonde_markdown_close_link (self->text);
    if (scanner.inline_end != NULL && scanner.inline_end >= scanner.end)
      close_runs (self->text, scanner.runs);
    sonde_markdown_close_table (self->text);
  }
  g_array_unref (scanner.runs);

  return self;
}

/**
 * sonde_markdown_source_free:
 * @self: (transfer full): a prepared text
 */
void
sonde_markdown_source_free (SondeMarkdownSource *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->lines);
  g_ptr_array_unref (self->cuts);
  g_ptr_array_unref (self->definitions);
  g_ptr_array_unref (self->footnotes);
  g_free (self->fence);
  g_free (self);
}
