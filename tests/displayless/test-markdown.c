/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-markdown.h"

#include <string.h>

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
    for (guint bit = 0; bit < 7; bit++) {
      if (span->styles & (1u << bit))
        g_string_append_c (out, "bisc$la"[bit]);
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
    g_string_append (out, "table:");
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

static const struct {
  const char *name;
  const char *text;
  const char *blocks;
} fixtures[] = {
  { "paragraphs", "One\ntwo\n\nthree  \nfour", ": One\ntwo\n: three\nfour\n" },
  { "headings", "# A *b*\ntext\n### C ###\nD\n---\n", "h1: A {i b}\n: text\nh3: C\nh2: D\n" },
  { "emphasis", "**b** *i* ***bi*** ~~s~~ ~5~ `c` \\*x\\*",
    ": {b b} {i i} {bi bi} {s s} ~5~ {c c} *x*\n" },
  { "snake", "call snake_case_name and __init__.py, 2*3*4",
    ": call snake_case_name and {b init}.py, 2{i 3}4\n" },
  { "nested emphasis", "**bold `code` and *both***", ": {b bold }{bc code}{b  and }{bi both}\n" },
  { "cjk close", "**中文：**后面", ": {b 中文：}后面\n" },
  { "cjk open", "中文**“引用”**中文", ": 中文{b “引用”}中文\n" },
  { "cjk note", "**重点(说明)**后面和*斜体。*后", ": {b 重点(说明)}后面和{i 斜体。}后\n" },
  { "cjk chain", "**标题**：**重点：**内容~~删除！~~后",
    ": {b 标题}：{b 重点：}内容{s 删除！}后\n" },
  { "cjk korean", "**굵은(글씨)**는 그리고 **다른 것!**입니다",
    ": {b 굵은(글씨)}는 그리고 {b 다른 것!}입니다\n" },
  { "money", "It costs $5 and $6, not $$ or 7$.", ": It costs $5 and $6, not $$ or 7$.\n" },
  { "more money", "US$5, A$6 and $7,$8 or $9-$10; $5 or 6$; $ 1 $; 5$; \\$x$; $a",
    ": US$5, A$6 and $7,$8 or $9-$10; $5 or 6$; $ 1 $; 5$; $x$; $a\n" },
  { "mathematics in dollars", "Let $n$ be $(2k+1)^2 = 4 * k_1 * k_2$, so $0$; **$\\gcd(p, q)$**.",
    ": Let {$ n} be {$ (2k+1)^2 = 4 * k_1 * k_2}, so {$ 0}; {b$ \\gcd(p, q)}.\n" },
  { "mathematics in dollars in cells", "| $a|b$ | $1/2$ |\n|---|---|\n",
    "table: | {$ a|b}< ; {$ 1/2}<\n" },
  { "inline mathematics", "So \\(a_1 * b_2 * c\\) and **\\(x\\)** hold.",
    ": So {$ a_1 * b_2 * c} and {b$ x} hold.\n" },
  { "display mathematics", "Then\n\\[\na\n+ b\n\\]\nand $$x^2$$ ends.",
    ": Then\nmath: a\n+ b\n: and\nmath: x^2\n: ends.\n" },
  { "mathematics alone", "$$\n\\frac{a}{b}\n$$\n", "math: \\frac{a}{b}\n" },
  { "mathematics in a heading", "## On $$x$$ now", "h2: On {$ x} now\n" },
  { "mathematics in code", "`\\(x\\)` and ``$$a$$``\n\n```tex\n\\[\nx\n\\]\n```\n\n    $$b$$\n",
    ": {c \\(x\\)} and {c $$a$$}\ncode(tex): \\[\nx\n\\]\ncode(): $$b$$\n" },
  { "mathematics is cut by a blank line", "\\[ a\n\nb \\]", ": [ a\n: b ]\n" },
  { "mathematics in a list", "- is \\(x\\)\n- has\n  $$y$$\n",
    "L-: is {$ x}\nl-: has\nlmath: y\n" },
  { "code", "```python title\nprint(1)\n\n  x\n```\nafter",
    "code(python): print(1)\n\n  x\n: after\n" },
  { "open code", "Hi\n```c\nint x;\n", ": Hi\ncode...(c): int x;\n" },
  { "tilde fence", "~~~~\n```\n~~~\n~~~~\n", "code(): ```\n~~~\n" },
  { "list", "- a\n- b **c**\n\n  more\n- d\n", "L-: a\nl-: b {b c}\nl: more\nl-: d\n" },
  { "numbers", "3. a\n4. b\n   - c\n     1. d\n", "L3.: a\nl4.: b\nlL-: c\nllL1.: d\n" },
  { "tasks", "- [ ] open\n- [x] done\n", "L[ ]: open\nl[x]: done\n" },
  { "code in a list", "1. a\n\n   ```sh\n   ls\n   ```\n2. b\n",
    "L1.: a\nlcode(sh): ls\nl2.: b\n" },
  { "empty item", "- a\n-\n- b\n", "L-: a\nl-: \nl-: b\n" },
  { "quotes", "> a\n> > b\n>\n> - c\n\n> d\n", "Q: a\nqQ: b\nqL-: c\nQ: d\n" },
  { "table", "| a | b | c |\n|:--|:-:|--:|\n| 1 | **2** | `x\\|y` |\n| 4 |\n\nafter",
    "table: | a< ; b^ ; c> | 1 ; {b 2} ; {c x|y} | 4 ;  ; \n: after\n" },
  { "table after text", "text\n| a | b |\n|---|---|\n| 1<br>2 | 3 |\n",
    ": text\ntable: | a< ; b< | 1\n2 ; 3\n" },
  { "rule", "a\n\n---\n\nb", ": a\nrule\n: b\n" },
  { "links", "[*a* b](http://x.y/(z) \"t\") <http://q> www.w.org/a_b. mail@x.org",
    ": {il<http://x.y/(z)> a}{l<http://x.y/(z)>  b} {l<http://q> http://q} "
    "{l<http://www.w.org/a_b> www.w.org/a_b}. {l<mailto:mail@x.org> mail@x.org}\n" },
  { "link before Chinese", "见https://a.cn/b，然后 https://a.cn。",
    ": 见{l<https://a.cn/b> https://a.cn/b}，然后 {l<https://a.cn> https://a.cn}。\n" },
  { "link definitions",
    "See [a] and [b][c].\n\n- [x][A]\n\n[a]: http://a\n[c]: <http://c> 'title'\n",
    ": See {l<http://a> a} and {l<http://c> b}.\nL-: {l<http://a> x}\n" },
  { "definition in code", "[a]\n\n```\n[a]: http://a\n```\n", ": [a]\ncode(): [a]: http://a\n" },
  { "image", "![alt *x*](http://p/q.png) ![](u)",
    ": {a<http://p/q.png> 🖼 alt }{ia<http://p/q.png> x} {a<u> 🖼 u}\n" },
  { "html", "<div>\n**x**\n</div>\n\na <b>c</b><br/>d",
    "html: <div>\n**x**\n</div>\n: a <b>c</b>\nd\n" },
  { "entities", "&amp; &lt;b&gt; &copy; &nosuch;", ": & <b> © &nosuch;\n" },
  { "markup", "a < b & <span foreground='red'>c</span>",
    ": a < b & <span foreground='red'>c</span>\n" },
  { "line ends", "a\r\nb\r\r\nc\rd", ": a\nb\n: c\nd\n" },
  { "control characters", "a\001b\033[31mc\177", ": a␁b␛[31mc␡\n" },
  { "stand-ins",
    "a\357\267\220"
    "0\357\267\221b\360\222\221\260 `\357\267\220`",
    ": a\357\267\220"
    "0\357\267\221b\360\222\221\260 {c \357\267\220}\n" },
  { "blank", " \n\t\n", "" },
  { "mixture",
    "# 标题\n\n段落 **粗体：**后面，\\(x\\)。\n\n1. 一\n   - 二\n\n```c\nint a; /* ** */\n```\n\n"
    "> 引用 [l](http://a)\n\n| 甲 | 乙 |\n|---|---|\n| `a` | $$b$$ |\n\n---\n[l]: http://b\n",
    "h1: 标题\n: 段落 {b 粗体：}后面，{$ x}。\nL1.: 一\nlL-: 二\ncode(c): int a; /* ** */\n"
    "Q: 引用 {l<http://a> l}\ntable: | 甲< ; 乙< | {c a} ; {$ b}\nrule\n" },
};

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
  g_assert_true (strstr (blocks, "code...(c): int variable_0 = \\(0\\);") != NULL);
  g_assert_true (strstr (blocks, "code+...(c): ") != NULL);
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
