/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown.h"

#include <string.h>

#include "markdown-fixtures.h"

/* Blocks are written as one line each, so that a case reads at a glance:
 * containers ("Q" quote, "L" list, small where the block before shares them), the
 * marker, the kind, then the text, in which styles stand in braces. */
static void
dump_text (GString *out, const SondeMarkdownText *text)
{
  gsize p = 0;

  for (guint i = 0; i < text->n_spans; i++) {
    const SondeMarkdownSpan *span = &text->spans[i];

    g_assert_cmpuint (span->start, >=, p);
    g_assert_cmpuint (span->end, >, span->start);
    g_assert_cmpuint (span->end, <=, text->length);
    g_string_append_len (out, text->text + p, (gssize) (span->start - p));
    g_string_append_c (out, '{');
    for (guint bit = 0; bit < 8; bit++) {
      if (span->styles & (1u << bit))
        g_string_append_c (out, "bisc$la^"[bit]);
    }
    if (span->target != NULL)
      g_string_append_printf (out, "<%s>", span->target);
    g_string_append_c (out, ' ');
    g_string_append_len (out, text->text + span->start, (gssize) (span->end - span->start));
    g_string_append_c (out, '}');
    p = span->end;
  }
  g_string_append_len (out, text->text + p, (gssize) (text->length - p));
}

static void
dump_block (GString *out, const SondeMarkdownBlock *block)
{
  for (guint i = 0; i < block->n_nesting; i++)
    g_string_append_c (out, (i < block->n_shared ? "ql" : "QL")[block->nesting[i]]);
  switch (block->marker) {
  case SONDE_MARKDOWN_MARKER_NONE:
    break;
  case SONDE_MARKDOWN_MARKER_BULLET:
    g_string_append_c (out, '-');
    break;
  case SONDE_MARKDOWN_MARKER_NUMBER:
    g_string_append_printf (out, "%u.", block->number);
    break;
  case SONDE_MARKDOWN_MARKER_TASK:
    g_string_append (out, "[ ]");
    break;
  case SONDE_MARKDOWN_MARKER_DONE:
    g_string_append (out, "[x]");
    break;
  }
  switch (block->kind) {
  case SONDE_MARKDOWN_PARAGRAPH:
    g_string_append (out, block->continues ? "+: " : ": ");
    break;
  case SONDE_MARKDOWN_HEADING:
    g_string_append_printf (out, "h%u: ", block->level);
    break;
  case SONDE_MARKDOWN_CODE:
    g_string_append_printf (out, "code%s%s(%s): ", block->continues ? "+" : "",
                            block->closed ? "" : "...", block->language ? block->language : "");
    break;
  case SONDE_MARKDOWN_MATH:
    g_string_append (out, "math: ");
    break;
  case SONDE_MARKDOWN_TABLE:
    g_string_append (out, block->continues ? "table+:" : "table:");
    for (guint i = 0; i < block->n_columns * block->n_rows; i++) {
      g_string_append (out, i % block->n_columns == 0 ? " | " : " ; ");
      dump_text (out, &block->cells[i]);
      if (i < block->n_columns)
        g_string_append_c (out, "<^>"[block->alignments[i]]);
    }
    break;
  case SONDE_MARKDOWN_RULE:
    g_string_append (out, "rule");
    break;
  case SONDE_MARKDOWN_HTML:
    g_string_append (out, "html: ");
    break;
  case SONDE_MARKDOWN_FOOTNOTE:
    g_string_append_printf (out, "note%s(%s): ", block->continues ? "+" : "", block->language);
    break;
  }
  dump_text (out, &block->text);
  g_string_append_c (out, '\n');
}

static char *
dump (SondeMarkdown *markdown)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < sonde_markdown_get_n_blocks (markdown); i++)
    dump_block (out, sonde_markdown_get_block (markdown, i));

  return g_string_free (out, FALSE);
}

static void
test_fixture (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (SondeMarkdown) markdown = sonde_markdown_new ();
  g_autofree char *blocks = NULL;

  sonde_markdown_set_text (markdown, fixtures[i].text, -1);
  blocks = dump (markdown);
  g_assert_cmpstr (blocks, ==, fixtures[i].blocks);
}

/* A growing text reads at every step as if it had come at once. */
static void
test_prefixes (gconstpointer data)
{
  const char *text = fixtures[GPOINTER_TO_SIZE (data)].text;

  for (gboolean open = FALSE; open <= TRUE; open++) {
    g_autoptr (SondeMarkdown) grown = sonde_markdown_new ();

    sonde_markdown_set_open (grown, open);
    for (const char *p = text; *p != '\0';) {
      const char *next = g_utf8_next_char (p);
      g_autoptr (SondeMarkdown) fresh = sonde_markdown_new ();
      g_autofree char *expected = NULL;
      g_autofree char *blocks = NULL;

      sonde_markdown_append (grown, p, next - p);
      p = next;
      sonde_markdown_set_open (fresh, open);
      sonde_markdown_set_text (fresh, text, p - text);
      blocks = dump (grown);
      expected = dump (fresh);
      g_assert_cmpstr (blocks, ==, expected);
    }
    if (open) {
      g_autofree char *blocks = NULL;

      sonde_markdown_set_open (grown, FALSE);
      blocks = dump (grown);
      g_assert_cmpstr (blocks, ==, fixtures[GPOINTER_TO_SIZE (data)].blocks);
    }
  }
}

/* What a text looks like while it is still being written. */
static const struct {
  const char *text;
  const char *blocks;
} unfinished[] = {
  { "a **bo", ": a {b bo}\n" },
  { "a **bo ", ": a {b bo}\n" },
  { "a **", ": a\n" },
  { "a *b **c", ": a {i b }{bi c}\n" },
  { "a `x **", ": a {c x}\n" },
  { "~~gone", ": {s gone}\n" },
  { "**中文：**后", ": {b 中文：}后\n" },
  { "- a\n-", "L-: a\n" },
  { "text\n-", ": text\n" },
  { "text\n==", ": text\n" },
  { "text\n1.", ": text\n" },
  { "##", "" },
  { "``", "" },
  { "```py", "code...(py): \n" },
  { "```py\nx = 1\n``", "code...(py): x = 1\n" },
  { "[text](http://exa", ": {l<#> text}\n" },
  { "so \\(x + ", ": so {$ x +}\n" },
  { "so \\[\nx\n", ": so\nmath: x\n" },
  { "so \\", ": so\n" },
  { "| a | b", "table: | a< ; b<\n" },
  { "| a | b |\n|--", "table: | a< ; b<\n" },
  { "| a | b |\n|:-:|---|\n| 1 |", "table: | a^ ; b< | 1 ; \n" },
  { "# **He", "h1: {b He}\n" },
  { "```\n**a", "code...(): **a\n" },
};

static void
test_unfinished (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (unfinished); i++) {
    g_autoptr (SondeMarkdown) markdown = sonde_markdown_new ();
    g_autofree char *blocks = NULL;

    sonde_markdown_set_open (markdown, TRUE);
    sonde_markdown_set_text (markdown, unfinished[i].text, -1);
    blocks = dump (markdown);
    g_assert_cmpstr (blocks, ==, unfinished[i].blocks);
  }
}

static void
test_serials (void)
{
  SondeMarkdown *markdown = sonde_markdown_new ();
  guint64 first;
  guint64 second;

  g_assert_cmpuint (sonde_markdown_append (markdown, "one\n\ntwo", -1), ==, 0);
  first = sonde_markdown_get_block (markdown, 0)->serial;
  second = sonde_markdown_get_block (markdown, 1)->serial;
  g_assert_cmpuint (first, !=, second);

  g_assert_cmpuint (sonde_markdown_append (markdown, " more", -1), ==, 1);
  g_assert_cmpuint (sonde_markdown_get_block (markdown, 0)->serial, ==, first);
  g_assert_cmpuint (sonde_markdown_get_block (markdown, 1)->serial, !=, second);

  second = sonde_markdown_get_block (markdown, 1)->serial;
  g_assert_cmpuint (sonde_markdown_append (markdown, "\n\n", -1), ==, 2);
  g_assert_cmpuint (sonde_markdown_append (markdown, "three [x]", -1), ==, 2);
  g_assert_cmpuint (sonde_markdown_get_block (markdown, 1)->serial, ==, second);

  /* A late definition changes what is concerned, and nothing else. */
  g_assert_cmpuint (sonde_markdown_append (markdown, "\n\n[x]: http://x\n", -1), ==, 2);
  g_assert_cmpuint (sonde_markdown_get_block (markdown, 1)->serial, ==, second);

  g_assert_cmpuint (sonde_markdown_set_text (markdown, "one\n\n2", -1), ==, 1);
  g_assert_cmpuint (sonde_markdown_get_block (markdown, 0)->serial, ==, first);
  g_assert_cmpuint (sonde_markdown_get_n_blocks (markdown), ==, 2);
  g_assert_finalize_object (markdown);
}

/* A long answer: blocks stay as they are cut, whatever the pieces it comes in. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new ("Begin\n\n```c\n");
  g_autoptr (SondeMarkdown) fresh = sonde_markdown_new ();
  g_autoptr (SondeMarkdown) grown = sonde_markdown_new ();
  g_autofree char *expected = NULL;
  g_autofree char *blocks = NULL;

  for (guint i = 0; i < 12000; i++)
    g_string_append_printf (text, "int variable_%u = \\(%u\\);\n", i, i);
  g_string_append (text, "```\n\nEnd, ");
  for (guint i = 0; i < 30000; i++)
    g_string_append (text, i % 3 == 0 ? "词语**词：**" : "word, ");

  sonde_markdown_set_text (fresh, text->str, -1);
  for (gsize i = 0; i < text->len;) {
    const char *end = g_utf8_find_prev_char (text->str, text->str + MIN (i + 3001, text->len + 1));
    gsize n = (gsize) (end - text->str) - i;

    sonde_markdown_append (grown, text->str + i, (gssize) n);
    i += n;
  }
  expected = dump (fresh);
  blocks = dump (grown);
  g_assert_cmpstr (blocks, ==, expected);
  g_assert_true (strstr (blocks, "code(c): int variable_0 = \\(0\\);") != NULL);
  g_assert_true (strstr (blocks, "code+(c): ") != NULL);
  for (guint i = 0; i < sonde_markdown_get_n_blocks (fresh); i++)
    g_assert_cmpuint (sonde_markdown_get_block (fresh, i)->text.length, <=, 70000);
}

static const char *const hostile[] = {
  "> ",
  ">",
  "[",
  "](",
  "![",
  "**a ",
  "*a_",
  "`",
  "``a`",
  "\\(",
  "\\[\n",
  "$$",
  "$$\n",
  "- ",
  "1. ",
  "|",
  "| a ",
  "<",
  "<!--",
  "&",
  "\\",
  "~~",
  "[a]: b\n",
  "[a]:",
  "[[a]: b\n",
  "\n",
  "\r",
  "a\n\n",
  "# ",
  "```\n",
  "~~~",
  "\357\267\220",
  "\360\222\221\260",
  "- [ ] ",
  "中**",
  "www.",
  "http://a",
  "a@b.c ",
  "(",
  "<a href=\"",
  "**中：**",
  "$a",
  "$1 ",
  "![[]()",
  "x*",
  "- a\n\n",
  "  - ",
  "> - ",
};

static void
test_hostile (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (SondeMarkdown) markdown = sonde_markdown_new ();
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    gint64 begin = g_get_monotonic_time ();

    /* The first four are those that make a parser nest. */
    for (guint n = 0; n < (i < 4 ? 100000 : 20000); n++)
      g_string_append (text, hostile[i]);
    g_string_append (text, "end\n");
    sonde_markdown_set_open (markdown, TRUE);
    sonde_markdown_set_text (markdown, text->str, (gssize) text->len);
    before = dump (markdown);
    sonde_markdown_append (markdown, "x", 1);
    sonde_markdown_set_open (markdown, FALSE);
    after = dump (markdown);
    g_test_message ("%s: %" G_GINT64_FORMAT " ms, %u blocks", hostile[i],
                    (g_get_monotonic_time () - begin) / 1000,
                    sonde_markdown_get_n_blocks (markdown));
    g_assert_true (g_utf8_validate (after, -1, NULL));
  }
}

static void
test_bytes (void)
{
  static const char bytes[] = "a\0b\377c\303\0\342\202 d";
  g_autoptr (SondeMarkdown) markdown = sonde_markdown_new ();
  g_autofree char *blocks = NULL;

  sonde_markdown_set_text (markdown, bytes, sizeof bytes - 1);
  blocks = dump (markdown);
  g_assert_cmpstr (
    blocks, ==,
    ": a\357\277\275b\357\277\275c\357\277\275\357\277\275\357\277\275\357\277\275 d\n");
}

/* Pseudo-random marks, always the same: nothing crashes, and pieces do not matter. */
static void
test_random (void)
{
  static const char *const pieces[] = {
    "a",   "b ",      "*",  "**", "_",     "`",   "```", "\n",  "\n\n",       "- ",
    "1. ", "> ",      "#",  "# ", "|",     "---", "\\(", "\\)", "\\[",        "\\]",
    "$$",  "[",       "](", ")",  "]: x",  "~~",  "中",  "：",  "    ",       "<br>",
    "\t",  "|-|-|\n", "\\", "!",  "<div>", "===", "+ ",  "[a]", "\n[a]: u\n",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (20261);

  for (guint round = 0; round < 400; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (SondeMarkdown) grown = sonde_markdown_new ();
    gboolean open = round % 2 == 0;

    sonde_markdown_set_open (grown, open);
    for (guint i = 0; i < 40; i++) {
      const char *piece = pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))];
      g_autoptr (SondeMarkdown) fresh = sonde_markdown_new ();
      g_autofree char *expected = NULL;
      g_autofree char *blocks = NULL;

      g_string_append (text, piece);
      sonde_markdown_append (grown, piece, -1);
      sonde_markdown_set_open (fresh, open);
      sonde_markdown_set_text (fresh, text->str, -1);
      blocks = dump (grown);
      expected = dump (fresh);
      if (strcmp (blocks, expected) != 0)
        g_test_message ("%s text:\n%s", open ? "open" : "closed", text->str);
      g_assert_cmpstr (blocks, ==, expected);
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    g_autofree char *name = g_strdup_printf ("/markdown/blocks/%s", fixtures[i].name);
    g_autofree char *prefixes = g_strdup_printf ("/markdown/prefixes/%s", fixtures[i].name);

    g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_fixture);
    g_test_add_data_func (prefixes, GSIZE_TO_POINTER (i), test_prefixes);
  }
  g_test_add_func ("/markdown/unfinished", test_unfinished);
  g_test_add_func ("/markdown/serials", test_serials);
  g_test_add_func ("/markdown/long", test_long);
  g_test_add_func ("/markdown/hostile", test_hostile);
  g_test_add_func ("/markdown/bytes", test_bytes);
  g_test_add_func ("/markdown/random", test_random);

  return g_test_run ();
}
