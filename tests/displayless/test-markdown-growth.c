/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Markdown that grows: it reads as if it had come at once, and what one more piece
 * costs does not depend on what came before it. */

#include <string.h>

#include "markdown-fixtures.h"
#include "sonde-markdown-reader.h"
#include "sonde-markdown.h"

static void
assert_same (SondeMarkdown *grown, SondeMarkdown *fresh, const char *text, gsize length)
{
  guint n = sonde_markdown_get_n_blocks (fresh);
  gboolean same = sonde_markdown_get_n_blocks (grown) == n;

  for (guint i = 0; same && i < n; i++) {
    const SondeMarkdownBlock *a = sonde_markdown_get_block (grown, i);
    const SondeMarkdownBlock *b = sonde_markdown_get_block (fresh, i);

    same = sonde_markdown_block_equal (a, b);
    if (!same)
      g_test_message ("block %u: \"%s\" tight %d shared %u continues %d, not \"%s\" %d %u %d", i,
                      a->text.text, a->tight, a->n_shared, a->continues, b->text.text, b->tight,
                      b->n_shared, b->continues);
  }
  if (!same)
    g_test_message ("%s, %u blocks, not %u:\n%.*s", sonde_markdown_get_open (grown) ? "open" : "",
                    sonde_markdown_get_n_blocks (grown), n, (int) length, text);
  g_assert_true (same);
}

/* Feeds the text in pieces of random length, also inside of characters, and parts it wherever it
 * can be; it reads as what came at once and is parted as little as documents are. */
static void
grow (const char *text, gboolean open, guint longest, guint every, GRand *random)
{
  const gsize length = strlen (text);
  g_autoptr (SondeMarkdown) grown = sonde_markdown_new ();

  sonde_markdown_set_step (grown, 0);
  sonde_markdown_set_open (grown, open);
  for (gsize p = 0; p < length;) {
    gsize n = (gsize) g_rand_int_range (random, 1, (gint32) longest + 1);

    n = MIN (n, length - p);

    sonde_markdown_append (grown, text + p, (gssize) n);
    p += n;
    if (g_rand_int_range (random, 0, (gint32) every) == 0 || p == length) {
      g_autoptr (SondeMarkdown) fresh = sonde_markdown_new ();

      sonde_markdown_set_open (fresh, open);
      sonde_markdown_set_text (fresh, text, (gssize) p);
      assert_same (grown, fresh, text, p);
    }
  }
}

static void
test_splits (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (gsize i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    for (gboolean open = FALSE; open <= TRUE; open++) {
      grow (fixtures[i].text, open, 1, 1, random);
      grow (fixtures[i].text, open, 3, 1, random);
      grow (fixtures[i].text, open, 40, 1, random);
    }
  }
}

/* --- documents made up -------------------------------------------------------- */

static void
add_line (GString *text, const char *indent, const char *line)
{
  g_string_append_printf (text, "%s%s\n", indent, line);
}

/* Blocks of every kind, inside one another. */
static void
add_blocks (GString *text, const char *indent, guint depth, GRand *random)
{
  static const char *const lines[] = {
    "some *text* here",
    "**中文：**后 `code`",
    "# heading",
    "a line\\(x\\)",
    "---",
    "***",
    "[link](http://a) and x",
    "* star",
    "2. two",
    "<b>x</b>",
  };
  const guint n = (guint) g_rand_int_range (random, 1, 5);

  for (guint i = 0; i < n; i++) {
    g_autofree char *inner = NULL;
    const guint kind = (guint) g_rand_int_range (random, 0, depth < 4 ? 9 : 6);
    const gboolean loose = g_rand_boolean (random);

    switch (kind) {
    case 0:
      add_line (text, indent, "```c");
      for (guint k = 0; k < 4; k++)
        add_line (text, indent, k % 2 == 0 ? "int x; /* ** */" : "  y ();");
      add_line (text, indent, "```");
      break;
    case 1:
      add_line (text, indent, "| a | b |");
      add_line (text, indent, "|---|:-:|");
      for (guint k = 0; k < 4; k++)
        add_line (text, indent, "| 1 | **2** |");
      break;
    case 2:
      add_line (text, indent, "    indented");
      break;
    case 3:
    case 4:
    case 5:
      add_line (text, indent, lines[g_rand_int_range (random, 0, G_N_ELEMENTS (lines))]);
      break;
    case 6:
      inner = g_strconcat (indent, "> ", NULL);
      add_blocks (text, inner, depth + 1, random);
      break;
    default: {
      const char *marks[] = { "- ", "1. ", "10. ", "-   " };
      const char *mark = marks[g_rand_int_range (random, 0, 4)];

      for (guint k = 0; k < 3; k++) {
        const gsize begin = text->len;
        g_autofree char *blank = g_strnfill (strlen (mark), ' ');
        g_autofree char *deeper = g_strconcat (indent, blank, NULL);

        add_blocks (text, deeper, depth + 1, random);
        if (text->len >= begin + strlen (deeper))
          memcpy (text->str + begin + strlen (indent), mark, strlen (mark));
        if (loose && k == 1)
          add_line (text, indent, "");
      }
    }
    }
    if (g_rand_boolean (random))
      add_line (text, indent, "");
  }
}

/* Parted or not, a text gives the same blocks. */
static void
assert_whole (const char *text)
{
  g_autoptr (SondeMarkdownSource) source = sonde_markdown_source_new (text, strlen (text), 0);
  SondeMarkdownReading reading = { 0 };
  g_autoptr (GPtrArray) blocks = sonde_markdown_read (source, &reading);
  g_autoptr (SondeMarkdown) markdown = sonde_markdown_new ();

  sonde_markdown_set_step (markdown, 0);
  for (const char *p = text; *p != '\0';) {
    gsize n = strcspn (p, "\n") + 1;

    n = MIN (n, strlen (p));
    sonde_markdown_append (markdown, p, (gssize) n);
    p += n;
  }
  for (guint i = 0; i < MIN (blocks->len, sonde_markdown_get_n_blocks (markdown)); i++) {
    const SondeMarkdownBlock *a = sonde_markdown_get_block (markdown, i);
    const SondeMarkdownBlock *b = g_ptr_array_index (blocks, i);

    if (!sonde_markdown_block_equal (a, b))
      g_test_message ("block %u: \"%s\" tight %d shared %u nesting %u marker %d %u, not \"%s\" %d "
                      "%u %u %d %u\n%s",
                      i, a->text.text, a->tight, a->n_shared, a->n_nesting, a->marker, a->number,
                      b->text.text, b->tight, b->n_shared, b->n_nesting, b->marker, b->number,
                      text);
    g_assert_true (sonde_markdown_block_equal (a, b));
  }
  g_assert_cmpuint (sonde_markdown_get_n_blocks (markdown), ==, blocks->len);
}

static void
test_seams (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (gsize i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    /* What is not there, and what is cleaned beforehand, cannot be compared so. */
    if (strstr (fixtures[i].text, "[^") == NULL && strpbrk (fixtures[i].text, "\r\1") == NULL)
      assert_whole (fixtures[i].text);
  }
  for (guint round = 0; round < 60; round++) {
    g_autoptr (GString) text = g_string_new (NULL);

    add_blocks (text, "", 0, random);
    assert_whole (text->str);
    grow (text->str, round % 2 == 0, 30, 6, random);
  }
}

/* --- what one more piece costs ------------------------------------------------- */

static const struct {
  const char *name;
  const char *begin;
  const char *piece; /* about forty tokens */
} kinds[] = {
  { "prose", "",
    "The quick brown fox jumps over the lazy dog, and **then** it jumps over `it` again; nobody "
    "knows why it does so, and nobody asks.\n\n" },
  { "fence", "```c\n", "  int variable = call (argument, another_one); /* note */\n\n  y ();\n" },
  { "list", "", "- an item with *some* words in it, and\n  a line more\n- another one\n" },
  { "loose list", "", "1. an item with *some* words in it\n\n   and a paragraph more\n\n" },
  { "nested list", "- outer\n", "  - an item with *some* words in it\n    1. inner\n" },
  { "fence in a list", "1. outer\n\n   ```c\n", "   int variable = call (argument);\n" },
  { "quote", "> begin\n>\n", "> some words that *are* quoted here\n>\n" },
  { "table", "| a | b | c |\n|---|---|---|\n", "| some words | `code` | **bold** |\n" },
  { "one line", "", "words and more words without an end, " },
  { "links", "[a]: http://a\n[b]: http://b\n\n", "See [a] and [b], or [c](http://c).\n\n" },
  { "footnotes", "", "See this[^1].\n\n[^1]: A note.\n\n" },
};

static guint64
feed (SondeMarkdown *markdown, const char *piece, guint n)
{
  const guint64 before = sonde_markdown_get_work (markdown);

  for (guint i = 0; i < n; i++) {
    for (const char *p = piece; *p != '\0'; p += MIN (strlen (p), 4))
      sonde_markdown_append (markdown, p, (gssize) MIN (strlen (p), 4));
  }

  return sonde_markdown_get_work (markdown) - before;
}

static void
test_work (gconstpointer data)
{
  const gsize kind = GPOINTER_TO_SIZE (data);
  const gsize n = strlen (kinds[kind].piece);
  g_autoptr (SondeMarkdown) markdown = sonde_markdown_new ();
  guint64 early, late;

  sonde_markdown_set_open (markdown, TRUE);
  sonde_markdown_append (markdown, kinds[kind].begin, -1);
  feed (markdown, kinds[kind].piece, (guint) (40000 / n));
  early = feed (markdown, kinds[kind].piece, (guint) (40000 / n));
  for (guint i = 0; i < 250000 / n; i++)
    sonde_markdown_append (markdown, kinds[kind].piece, -1);
  late = feed (markdown, kinds[kind].piece, (guint) (40000 / n));
  g_test_message ("%s: %.0f bytes for each that came, then %.0f", kinds[kind].name,
                  (double) early / 40000, (double) late / 40000);
  g_assert_cmpuint (late, <=, early + early / 10);
  /* The bound of all: four tokens are read with what cannot be parted, twice. */
  g_assert_cmpuint (early, <, (guint64) 40000 / 4 * 3 * 16384);
}

/* The whole of a text is read in proportion to its length, whatever it is. */
static void
test_hostile_work (void)
{
  static const char *const hostile[] = {
    "> ",
    ">",
    "[",
    "](",
    "![",
    "**a ",
    "`",
    "\\(",
    "\\[\n",
    "$$",
    "- ",
    "1. ",
    "|",
    "| a ",
    "<",
    "<!--",
    "~~",
    "[a]: b\n",
    "\n",
    "a\n\n",
    "```\n",
    "[^a]",
    "[^a]: b\n",
    "- a\n\n",
    "> - ",
    "\342\200\256",
    "a\314\201\314\202",
    "- a\n  ",
    "<b>&amp;</b>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (SondeMarkdown) markdown = sonde_markdown_new ();

    while (text->len < 1000000)
      g_string_append (text, hostile[i]);
    sonde_markdown_set_open (markdown, TRUE);
    sonde_markdown_set_text (markdown, text->str, (gssize) text->len);
    sonde_markdown_append (markdown, "x", 1);
    sonde_markdown_set_open (markdown, FALSE);
    g_test_message ("%s: %.1f", hostile[i],
                    (double) sonde_markdown_get_work (markdown) / (double) text->len);
    g_assert_cmpuint (sonde_markdown_get_work (markdown), <, 30 * text->len);
  }
}

static void
test_columns (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (SondeMarkdown) markdown = sonde_markdown_new ();

  for (guint row = 0; row < 4; row++) {
    for (guint i = 0; i < 10000; i++)
      g_string_append (text, row == 1 ? "|-" : "|a");
    g_string_append (text, "|\n");
  }
  sonde_markdown_set_text (markdown, text->str, -1);
  for (guint i = 0; i < sonde_markdown_get_n_blocks (markdown); i++)
    g_assert_cmpuint (sonde_markdown_get_block (markdown, i)->n_columns, <=, 64);
  g_assert_cmpuint (sonde_markdown_get_work (markdown), <, 30 * text->len);
}

/* A definition that nothing before it refers to costs no more than other text. */
static void
test_definitions (void)
{
  g_autoptr (SondeMarkdown) markdown = sonde_markdown_new ();
  guint64 before;

  sonde_markdown_set_open (markdown, TRUE);
  feed (markdown, "Some words that refer to [ this], and others that do not.\n\n", 200);
  before = sonde_markdown_get_work (markdown);
  sonde_markdown_append (markdown, "[that]: http://that\n\n", -1);
  g_assert_cmpuint (sonde_markdown_get_work (markdown) - before, <, 1000);
  g_assert_cmpuint (sonde_markdown_get_block (markdown, 0)->text.n_spans, ==, 0);
  sonde_markdown_append (markdown, "[THIS]: http://this\n\n", -1);
  g_assert_cmpuint (sonde_markdown_get_block (markdown, 0)->text.n_spans, ==, 1);
  sonde_markdown_append (markdown, "See [that].\n\nMore.\n", -1);
  g_assert_cmpuint (sonde_markdown_get_block (markdown, 200)->text.n_spans, ==, 1);
}

/* A list that turns loose is made anew, and nothing else. */
static void
test_loose (void)
{
  g_autoptr (SondeMarkdown) markdown = sonde_markdown_new ();
  guint64 before;

  sonde_markdown_append (markdown, "text\n\n- a\n- b\n  - c\n- d\n", -1);
  before = sonde_markdown_get_block (markdown, 3)->serial;
  g_assert_true (sonde_markdown_get_block (markdown, 1)->tight);
  g_assert_cmpuint (sonde_markdown_append (markdown, "\n- e\n", -1), ==, 1);
  g_assert_false (sonde_markdown_get_block (markdown, 1)->tight);
  g_assert_false (sonde_markdown_get_block (markdown, 4)->tight);
  g_assert_true (sonde_markdown_get_block (markdown, 3)->tight);
  g_assert_cmpuint (sonde_markdown_get_block (markdown, 3)->serial, ==, before);
  g_assert_cmpuint (sonde_markdown_append (markdown, "- f\n", -1), ==, 6);
}

/* --- a steady picture ----------------------------------------------------------- */

/* While these are written, no mark is shown that is gone again later. */
static const char *const steady[] = {
  "A **bold word** and *one in italics*, ~~gone~~.\n\nMore.\n",
  "Some `code` and ``more`` here.\n",
  "Before\n\n```python\nprint (1)\n```\n\nAfter\n",
  "# Title\n\n## Another **one**\n\ntext\n",
  "- one\n- two\n  - three\n\n1. four\n2. five\n",
  "- [ ] open\n- [x] done\n",
  "> quoted\n> text\n",
  "| a | b |\n|---|:-:|\n| c | d |\n| e | f |\n\nend\n",
  "A [link](http://example.org/a) here, and ![a picture](http://x/y) too.\n",
  "So \\(x + y\\) and\n\n\\[\nz\n\\]\n\nand $$q$$ end.\n",
  "One[^1] note.\n\n[^1]: The note.\n",
  "**中文：**后面和**“引用”**的文字\n",
  "a\n\n---\n\nb\n",
  "See here.\n\n[a]: http://example.org/\n",
};

static void
test_steady (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steady); i++) {
    const char *text = steady[i];
    g_autoptr (SondeMarkdown) markdown = sonde_markdown_new ();

    sonde_markdown_set_open (markdown, TRUE);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
      sonde_markdown_append (markdown, p, g_utf8_next_char (p) - p);
      for (guint b = 0; b < sonde_markdown_get_n_blocks (markdown); b++) {
        const SondeMarkdownBlock *block = sonde_markdown_get_block (markdown, b);

        for (guint cell = 0; cell <= block->n_columns * block->n_rows; cell++) {
          const SondeMarkdownText *shown = cell == 0 ? &block->text : &block->cells[cell - 1];
          const char *mark = shown->text != NULL ? strpbrk (shown->text, "*`~#[]|\\$>^_") : NULL;

          if (mark != NULL)
            g_test_message ("\"%.*s\" shows \"%s\"", (int) (g_utf8_next_char (p) - text), text,
                            shown->text);
          g_assert_null (mark);
        }
      }
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/markdown-growth/splits", test_splits);
  g_test_add_func ("/markdown-growth/seams", test_seams);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *name = g_strdup_printf ("/markdown-growth/work/%s", kinds[i].name);

    g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_work);
  }
  g_test_add_func ("/markdown-growth/hostile-work", test_hostile_work);
  g_test_add_func ("/markdown-growth/columns", test_columns);
  g_test_add_func ("/markdown-growth/definitions", test_definitions);
  g_test_add_func ("/markdown-growth/loose", test_loose);
  g_test_add_func ("/markdown-growth/steady", test_steady);

  return g_test_run ();
}
