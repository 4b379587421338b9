/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-demo-document.h"

#include <gio/gio.h>
#include <string.h>

#include "sonde-demo-resources.h"
#include "sonde-demo-text.h"

#define FOLDER           "/io/github/sondechat/Sonde/demo/"
#define LONGEST_QUESTION 90

static gboolean
mentions (const char *question, const char *words)
{
  return g_regex_match_simple (words, question, G_REGEX_CASELESS, G_REGEX_MATCH_DEFAULT);
}

static gboolean
is_right_to_left (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    const GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (p));

    if (script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_HEBREW)
      return TRUE;
  }

  return FALSE;
}

/* The first line of the question, short enough to be quoted within a sentence. */
static char *
dup_quotable (const char *question)
{
  g_auto (GStrv) lines = g_strsplit (question, "\n", 2);
  const char *line = lines[0] != NULL ? g_strstrip (lines[0]) : "";

  if (*line == '\0')
    return g_strdup ("…");
  if (g_utf8_strlen (line, -1) > LONGEST_QUESTION) {
    g_autofree char *head = g_utf8_substring (line, 0, LONGEST_QUESTION);

    return g_strconcat (head, "…", NULL);
  }

  return g_strdup (line);
}

static GStrv
load_sections (const char *name)
{
  g_autofree char *path = g_strconcat (FOLDER, name, ".md", NULL);
  g_autoptr (GBytes) bytes =
    g_resource_lookup_data (sonde_demo_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = NULL;
  GStrv sections;

  g_assert (bytes != NULL);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  sections = g_strsplit (text, "\n%%\n", -1);
  for (guint i = 0; sections[i] != NULL; i++)
    g_strchomp (sections[i]);

  return sections;
}

static void
append_section (GString *out,
                const char *section,
                guint number,
                const char *question,
                const char *tool_output)
{
  g_autoptr (GString) text = g_string_new (section);
  g_autofree char *digits = g_strdup_printf ("%u", number);

  g_string_replace (text, "{{n}}", digits, 0);
  g_string_replace (text, "{{output}}", tool_output != NULL ? tool_output : "", 0);
  g_string_replace (text, "{{question}}", question, 0);
  if (out->len > 0)
    g_string_append (out, "\n\n");
  g_string_append (out, text->str);
}

/**
 * sonde_demo_document_choose:
 * @question: what the user asks
 * @turn: how many times the user has spoken, @question included
 *
 * Returns: (transfer none): the name of the document that answers it best
 */
const char *
sonde_demo_document_choose (const char *question, guint turn)
{
  if (sonde_demo_text_has_chinese (question))
    return "chinese";
  if (is_right_to_left (question))
    return "rtl";
  if (mentions (question, "√|\\b(sqrt|prove|proof|theorem|irrational|lemma|integral)\\b"))
    return "math";
  if (mentions (question, "\\b(code|function|script|implement|algorithm|regex|python|rust|"
                          "javascript|typescript|java|bash|sql)\\b"))
    return "code";

  return turn > 1 ? "again" : "welcome";
}

/**
 * sonde_demo_document_asks_for_tool:
 * @question: what the user asks
 *
 * Returns: whether @question speaks of tools, or of what most people's first tool does
 */
gboolean
sonde_demo_document_asks_for_tool (const char *question)
{
  return mentions (question, "工具|天气|\\b(tools?|weather)\\b");
}

/**
 * sonde_demo_document_write:
 * @name: the name of a document
 * @n_tokens: how long it is to be, or -1 for as long as it is
 * @exactly: whether it is cut at @n_tokens, rather than ended after the section that passes them
 * @seed: what comes in which order beyond the document's own length
 * @question: what `{{question}}` stands for
 * @tool_output: (nullable): what `{{output}}` stands for
 *
 * A document is an opening, sections, and a closing, with lines `%%` between them. A longer one
 * goes through its sections again, in an order that depends on @seed alone.
 *
 * Returns: (transfer full): the text
 */
char *
sonde_demo_document_write (const char *name,
                           gint64 n_tokens,
                           gboolean exactly,
                           guint32 seed,
                           const char *question,
                           const char *tool_output)
{
  g_auto (GStrv) sections = load_sections (name);
  const guint n_sections = g_strv_length (sections);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *quotable = dup_quotable (question);
  gint64 written = 0;
  gint32 last = -1;

  g_assert (n_sections >= 3);
  append_section (out, sections[0], 0, quotable, tool_output);
  for (guint i = 1; n_tokens < 0 ? i < n_sections - 1 : written < n_tokens; i++) {
    const gsize before = out->len;
    gint32 next = (gint32) i;

    if (i >= n_sections - 1) {
      next = g_rand_int_range (rand, 1, (gint32) n_sections - 1);
      if (next == last)
        next = 1 + next % ((gint32) n_sections - 2);
    }
    append_section (out, sections[next], i, quotable, tool_output);
    last = next;
    /* The gap before a section may be one token with its neighbours: the opening makes up for it.
     */
    written += (gint64) sonde_demo_text_count_tokens (out->str + before) - 1;
  }

  if (n_tokens >= 0 && exactly)
    g_string_truncate (out, sonde_demo_text_measure (out->str, (guint) n_tokens));
  else
    append_section (out, sections[n_sections - 1], 0, quotable, tool_output);

  return g_string_free_and_steal (g_steal_pointer (&out));
}
