/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench-corpus.h"

#include <string.h>

static const char *const words[] = {
  "the",   "of",    "water",  "deep",    "sounding", "line",   "and",    "a",       "pressure",
  "rises", "with",  "every",  "metre",   "until",    "light",  "is",     "gone",    "in",
  "cold",  "slow",  "living", "things",  "that",     "nobody", "has",    "counted", "yet",
  "for",   "which", "there",  "is",      "no",       "name",   "but",    "one",     "number",
  "on",    "paper", "taken",  "between", "two",      "ships",  "before", "dawn",    "again",
};

static const char hanzi[] =
  "水深之处光已不见压力随每一米增加直到冷而慢的生物没有人数过它们也没有名字";

static const char *
pick (GRand *random)
{
  return words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))];
}

static void
add_words (GString *text, GRand *random, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, i == 0 ? "%s" : " %s", pick (random));
}

static void
add_prose (GString *text, GRand *random)
{
  for (guint i = 0; i < 6; i++) {
    add_words (text, random, 14);
    g_string_append (text, i == 5 ? ".\n\n" : ". ");
  }
}

static void
add_markdown (GString *text, GRand *random)
{
  g_string_append_printf (text, "## On %s %s\n\n", pick (random), pick (random));
  add_words (text, random, 20);
  g_string_append_printf (text, " **%s %s** and `%s_%s`, *%s*.\n\n", pick (random), pick (random),
                          pick (random), pick (random), pick (random));
  for (guint i = 0; i < 4; i++) {
    g_string_append (text, i % 2 == 0 ? "- " : "  - ");
    add_words (text, random, 9);
    g_string_append_c (text, '\n');
  }
  g_string_append (text, "\n```c\n");
  for (guint i = 0; i < 6; i++)
    g_string_append_printf (text, "  int %s_%u = %s (%u); /* %s */\n", pick (random), i,
                            pick (random), i, pick (random));
  g_string_append (text, "```\n\n| one | two |\n|---|---|\n");
  for (guint i = 0; i < 3; i++)
    g_string_append_printf (text, "| %s %s | %s |\n", pick (random), pick (random), pick (random));
  g_string_append_c (text, '\n');
  add_words (text, random, 40);
  g_string_append (text, ".\n\n");
}

static void
add_code (GString *text, GRand *random)
{
  if (text->len == 0)
    g_string_append (text, "```c\n");
  g_string_append_printf (text, "  static const char *%s_%s = call (\"%s\", %d); /* %s */\n",
                          pick (random), pick (random), pick (random),
                          g_rand_int_range (random, 0, 1000), pick (random));
}

static void
add_chinese (GString *text, GRand *random)
{
  const glong n = g_utf8_strlen (hanzi, -1);

  for (guint i = 0; i < 120; i++) {
    const char *p = g_utf8_offset_to_pointer (hanzi, g_rand_int_range (random, 0, (gint32) n));

    g_string_append_len (text, p, g_utf8_next_char (p) - p);
    if (i % 17 == 16)
      g_string_append (text, i % 34 == 33 ? "。" : "，");
  }
  g_string_append (text, "**重点：**后面。\n\n");
}

static void
add_block (GString *text, const char *kind, GRand *random)
{
  if (g_str_equal (kind, "prose"))
    add_prose (text, random);
  else if (g_str_equal (kind, "markdown"))
    add_markdown (text, random);
  else if (g_str_equal (kind, "code"))
    add_code (text, random);
  else
    add_chinese (text, random);
}

/* Four letters, or one and a half Chinese characters, are a token, nearly. */
static gsize
bytes_of_tokens (guint n)
{
  return (gsize) n * 4;
}

/**
 * bench_corpus_dup_words:
 * @random: where they are picked
 * @n: how many
 *
 * Returns: (transfer full): words
 */
char *
bench_corpus_dup_words (GRand *random, guint n)
{
  GString *text = g_string_new (NULL);

  add_words (text, random, n);

  return g_string_free (text, FALSE);
}

/**
 * bench_corpus_dup_markdown:
 * @random: where the words are picked
 * @n_words: how many, about
 *
 * Returns: (transfer full): an answer in Markdown
 */
char *
bench_corpus_dup_markdown (GRand *random, guint n_words)
{
  GString *text = g_string_new (NULL);

  while (text->len < (gsize) n_words * 6)
    add_markdown (text, random);
  g_string_truncate (text, (gsize) n_words * 6);

  return g_string_free (text, FALSE);
}

/**
 * bench_corpus_dup_tokens:
 * @kind: "prose", "markdown", "code" or "chinese"
 * @seed: tells one text from another
 * @n: how many tokens
 *
 * Code begins with its fence for the first seed only: the others go on in it.
 *
 * Returns: (transfer full): a text
 */
char *
bench_corpus_dup_tokens (const char *kind, guint32 seed, guint n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  GString *text = g_string_new (g_str_equal (kind, "code") && seed != SEED ? "\n" : NULL);
  const char *end;

  while (text->len < bytes_of_tokens (n))
    add_block (text, kind, random);
  end = g_utf8_find_prev_char (text->str, text->str + bytes_of_tokens (n) + 1);
  g_string_truncate (text, end != NULL ? (gsize) (end - text->str) : 0);

  return g_string_free (text, FALSE);
}

/**
 * bench_corpus_skip_tokens:
 * @kind: what @text is
 * @text: a text
 * @n: how many tokens
 *
 * Returns: where in @text that many tokens end
 */
const char *
bench_corpus_skip_tokens (const char *kind, const char *text, guint n)
{
  const char *end = text + MIN (strlen (text), bytes_of_tokens (n));

  while (((guchar) *end & 0xC0) == 0x80)
    end++;

  return end;
}
