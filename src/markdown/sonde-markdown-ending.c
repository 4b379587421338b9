/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The end of a text that is still being written. */

#include "sonde-markdown-ending.h"

#include <string.h>

#include "sonde-markdown-source.h"

/* So far a bracket is waited for that may close the text of a link. */
#define MAX_OPEN_LINK 160

static const char *
skip_blanks (const char *p, const char *end)
{
  return MIN (p + strspn (p, " \t"), end);
}

/**
 * sonde_markdown_find_presentable:
 * @text: Markdown
 * @length: its length in bytes
 *
 * How much of a growing text can be shown without taking it back: a line of
 * nothing but marks may yet become a heading, a rule, a list or a table, and a
 * mark at the very end may open or close something.
 *
 * Returns: a length in bytes
 */
gsize
sonde_markdown_find_presentable (const char *text, gsize length)
{
  static const char *const tasks[] = { "[ ]", "[x]", "[X]" };
  const char *end = text + length;
  const char *line = end;
  const char *p;

  while (line > text && line[-1] != '\n')
    line--;
  p = skip_blanks (line, end);
  if (p + strspn (p, " \t-=*_#>+`~|:") >= end)
    return line - text;
  for (gsize i = 0; i < G_N_ELEMENTS (tasks); i++) {
    const char *task = p + strspn (p, " \t-*>+0123456789.)");

    if ((gsize) (end - task) <= strlen (tasks[i]) && task > p &&
        strncmp (task, tasks[i], end - task) == 0)
      return line - text;
  }
  p += strspn (p, "0123456789");
  if (p >= end || ((*p == '.' || *p == ')') && p + 1 == end))
    return line - text;
  while (end > line && strchr ("*_~`\\$[!", end[-1]) != NULL)
    end--;
  p = skip_blanks (line, end);
  if (*p == '[' && p < end && g_strstr_len (p, end - p, "]:") != NULL)
    return line - text; /* a link definition, which is not shown */
  /* The label of a footnote, and whether one begins. */
  for (p = end; p > line && end - p < SONDE_MARKDOWN_MAX_LABEL && p[-1] != ']' && p[-1] != ' ';
       p--) {
    if (p[-1] == '[' && *p == '^')
      return p - 1 - text;
  }
  p = skip_blanks (line, end);
  p = sonde_markdown_skip_label (p, end);
  if (p != NULL && (p == end || (*p == ':' && skip_blanks (p + 1, end) == end)))
    return line - text;

  return end - text;
}

/**
 * sonde_markdown_find_open_bracket:
 * @text: Markdown
 * @length: its length in bytes
 *
 * Where a bracket opens in the last line that may become a link and is not closed,
 * or closed last: what follows tells whether the bracket is a mark.
 *
 * Returns: a length in bytes
 */
gsize
sonde_markdown_find_open_bracket (const char *text, gsize length)
{
  for (gsize i = length; i > 0 && length - i < MAX_OPEN_LINK && text[i - 1] != '\n'; i--) {
    if (text[i - 1] == ']' && i < length)
      return length;
    if (text[i - 1] == '[')
      return i > 1 && text[i - 2] == '!' ? i - 2 : i - 1;
  }

  return length;
}

/**
 * sonde_markdown_close_link:
 * @text: (inout): prepared text
 *
 * A link whose target is still being written reads as its text at once.
 */
void
sonde_markdown_close_link (GString *text)
{
  gsize line = text->len;
  char *link;

  while (line > 0 && text->str[line - 1] != '\n')
    line--;
  link = g_strrstr (text->str + line, "](");
  if (link != NULL && strpbrk (link, ") \t") == NULL) {
    g_string_truncate (text, link + 2 - text->str);
    g_string_append (text, "#)");
  }
}

/**
 * sonde_markdown_close_table:
 * @text: (inout): prepared text
 *
 * A table is one from its first line on, not only when the line below it is whole.
 */
void
sonde_markdown_close_table (GString *text)
{
  gsize end = text->len;
  gsize line;
  guint cells = 0;

  while (end > 0 && g_ascii_isspace (text->str[end - 1]))
    end--;
  line = end;
  while (line > 0 && text->str[line - 1] != '\n')
    line--;
  if (text->str[line] != '|' || end - line < 3)
    return;
  if (line > 0) {
    gsize previous = line - 1;

    while (previous > 0 && text->str[previous - 1] != '\n')
      previous--;
    if (text->str[previous] == '|')
      return;
  }

  for (gsize i = line + 1; i < end; i++) {
    if (text->str[i] == '|' && text->str[i - 1] != '\\')
      cells++;
  }
  if (text->str[end - 1] != '|')
    cells++;
  g_string_truncate (text, end);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < MIN (cells, 64); i++)
    g_string_append (text, "|---");
  g_string_append (text, "|\n");
}
