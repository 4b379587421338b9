/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown-writer.h"

#include <string.h>

#include "markdown-fixtures.h"
#include "sonde-markdown.h"

typedef char *(*Write) (const SondeMarkdownBlock *const *blocks,
                        guint n_blocks,
                        const SondeMarkdownRange *range);

static SondeMarkdown *
read_text (const char *text)
{
  SondeMarkdown *markdown = sonde_markdown_new ();

  sonde_markdown_set_text (markdown, text, -1);

  return markdown;
}

static char *
write_blocks (SondeMarkdown *markdown, Write write, const SondeMarkdownRange *range)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();

  for (guint i = 0; i < sonde_markdown_get_n_blocks (markdown); i++)
    g_ptr_array_add (blocks, (gpointer) sonde_markdown_get_block (markdown, i));

  return write ((const SondeMarkdownBlock *const *) blocks->pdata, blocks->len, range);
}

static char *
convert (const char *text, Write write)
{
  g_autoptr (SondeMarkdown) markdown = read_text (text);

  return write_blocks (markdown, write, NULL);
}

static char *
convert_part (const char *text, Write write, SondeMarkdownRange range)
{
  g_autoptr (SondeMarkdown) markdown = read_text (text);

  return write_blocks (markdown, write, &range);
}

/* What is written reads as what was read. */
static void
test_round_trip (gconstpointer data)
{
  const char *text = fixtures[GPOINTER_TO_SIZE (data)].text;
  g_autoptr (SondeMarkdown) read = read_text (text);
  g_autofree char *written = write_blocks (read, sonde_markdown_write_markdown, NULL);
  g_autoptr (SondeMarkdown) again = read_text (written);

  g_test_message ("%s", written);
  for (guint i = 0;
       i < MIN (sonde_markdown_get_n_blocks (read), sonde_markdown_get_n_blocks (again)); i++) {
    const SondeMarkdownBlock *a = sonde_markdown_get_block (read, i);
    g_autoptr (SondeMarkdownBlock) b =
      sonde_markdown_block_ref ((SondeMarkdownBlock *) sonde_markdown_get_block (again, i));

    /* A fence that was open is closed where it is written. */
    b->closed = a->closed;
    if (!sonde_markdown_block_equal (a, b))
      g_test_message ("block %u: \"%s\" %d %d %u, not \"%s\" %d %d %u", i, b->text.text, b->kind,
                      b->tight, b->n_shared, a->text.text, a->kind, a->tight, a->n_shared);
    g_assert_true (sonde_markdown_block_equal (a, b));
  }
  g_assert_cmpuint (sonde_markdown_get_n_blocks (read), ==, sonde_markdown_get_n_blocks (again));
}

static const struct {
  Write write;
  const char *text;
  const char *written;
} cases[] = {
  { sonde_markdown_write_plain, "# A\n\nb **c**\n\n- d\n- e\n  1. f\n- [x] g",
    "A\n\nb c\n\n• d\n• e\n  1. f\n☑ g" },
  { sonde_markdown_write_plain, "| a | b |\n|---|---|\n| 1<br>2 | **3** |\n", "a\tb\n1 2\t3" },
  { sonde_markdown_write_plain, "```c\nint x;\n\n y;\n```\n\nend", "int x;\n\n y;\n\nend" },
  { sonde_markdown_write_html, "a <script>alert(1)</script> & \"b\"",
    "<p>a &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;b&quot;</p>\n" },
  { sonde_markdown_write_html, "[x](javascript:alert(1)) [y](http://a/?b&c) [z](file:///etc)",
    "<p>x <a href=\"http://a/?b&amp;c\">y</a> z</p>\n" },
  { sonde_markdown_write_html, "![p](http://a/b.png)",
    "<p><a href=\"http://a/b.png\">\360\237\226\274 p</a></p>\n" },
  { sonde_markdown_write_html, "- a\n- b\n\n> c\n",
    "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n<blockquote>\n<p>c</p>\n</"
    "blockquote>\n" },
  { sonde_markdown_write_html, "```c\"onload=x\n<b>\n```\n",
    "<pre><code class=\"language-c&quot;onload=x\">&lt;b&gt;\n</code></pre>\n" },
  { sonde_markdown_write_html, "| a |\n|--:|\n| *1* |\n",
    "<table>\n<tr><th align=\"right\">a</th></tr>\n<tr><td align=\"right\"><em>1</em></td></tr>\n"
    "</table>\n" },
  { sonde_markdown_write_markdown, "plain text, $5, a_b_c (x) [1] - 2 * 3 < 4 & 5",
    "plain text, $5, a_b_c (x) [1] - 2 * 3 < 4 & 5\n" },
  { sonde_markdown_write_markdown, "\\*x\\* \\# y", "\\*x\\* \\# y\n" },
  { sonde_markdown_write_markdown, "|a|\n|-|\n|&#32;b|\n", "| a |\n|---|\n| &#32;b |\n" },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *written = convert (cases[i].text, cases[i].write);

    g_assert_cmpstr (written, ==, cases[i].written);
  }
}

static void
test_ranges (void)
{
  static const char table[] = "| a | bcd |\n|---|---|\n| 1 | 2 |\n| 3 | 456 |\n";
  const struct {
    Write write;
    const char *text;
    SondeMarkdownRange range;
    const char *written;
  } parts[] = {
    { sonde_markdown_write_plain, "# Title **bold**", { 0, 2, 0, 8 }, "tle bo" },
    { sonde_markdown_write_markdown, "# Title **bold**", { 0, 2, 0, 8 }, "tle **bo**\n" },
    { sonde_markdown_write_html,
      "- Title **bold**",
      { 0, 2, 0, 8 },
      "<p>tle <strong>bo</strong></p>\n" },
    { sonde_markdown_write_plain, "one\n\ntwo\n\nthree", { 0, 1, 0, 2 }, "ne\n\ntwo\n\nth" },
    { sonde_markdown_write_markdown,
      "- one\n- two\n- three",
      { 0, 1, 0, 2 },
      "- ne\n- two\n- th\n" },
    { sonde_markdown_write_plain, table, { 3, 0, 5, 2 }, "\t2\n3\t45" },
    { sonde_markdown_write_plain, table, { 1, 1, 1, 2 }, "c" },
    { sonde_markdown_write_markdown,
      table,
      { 4, 0, 5, 3 },
      "| a | bcd |\n|---|---|\n| 3 | 456 |\n" },
    { sonde_markdown_write_plain, "one", { 0, 9, 0, 1 }, "" },
    { sonde_markdown_write_markdown, "```c\nab\ncd\n```", { 0, 1, 0, 4 }, "```c\nb\nc\n```\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *written = convert_part (parts[i].text, parts[i].write, parts[i].range);

    g_assert_cmpstr (written, ==, parts[i].written);
  }
}

/* Long code and long tables are cut into blocks, and written in one piece. */
static void
test_joined (void)
{
  g_autoptr (GString) text = g_string_new ("```c\n");
  g_autofree char *code = NULL;
  g_autofree char *table = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "line %u;\n", i);
  g_string_append (text, "```\n");
  code = convert (text->str, sonde_markdown_write_markdown);
  g_assert_cmpstr (code, ==, text->str);

  g_string_assign (text, "| a | b |\n|---|---|\n");
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "| %u | x |\n", i);
  table = convert (text->str, sonde_markdown_write_markdown);
  g_assert_cmpstr (table, ==, text->str);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    g_autofree char *name = g_strdup_printf ("/markdown-writer/round-trip/%s", fixtures[i].name);

    g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_round_trip);
  }
  g_test_add_func ("/markdown-writer/cases", test_cases);
  g_test_add_func ("/markdown-writer/ranges", test_ranges);
  g_test_add_func ("/markdown-writer/joined", test_joined);

  return g_test_run ();
}
