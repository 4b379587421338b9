/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdlib.h>
#include <string.h>

#include "sonde-fuzz.h"
#include "sonde-markdown-writer.h"
#include "sonde-markdown.h"

/* More is slow to compare and says no more. */
#define MAX_LENGTH 6000

static void
check_texts (const SondeMarkdownBlock *block)
{
  sonde_fuzz_check_text (block->text.text);
  for (guint i = 0; i < block->n_columns * block->n_rows; i++)
    sonde_fuzz_check_text (block->cells[i].text);
}

static void
check_same (SondeMarkdown *grown, const char *text, gsize length)
{
  g_autoptr (SondeMarkdown) fresh = sonde_markdown_new ();
  guint n;

  sonde_markdown_set_step (fresh, 0);
  sonde_markdown_set_open (fresh, sonde_markdown_get_open (grown));
  sonde_markdown_set_text (fresh, text, (gssize) length);
  n = sonde_markdown_get_n_blocks (fresh);
  g_assert_cmpuint (sonde_markdown_get_n_blocks (grown), ==, n);
  for (guint i = 0; i < n; i++) {
    const SondeMarkdownBlock *a = sonde_markdown_get_block (grown, i);
    const SondeMarkdownBlock *b = sonde_markdown_get_block (fresh, i);

    if (!sonde_markdown_block_equal (a, b)) {
      g_printerr ("block %u: \"%s\" %u %u %d %d, not \"%s\" %u %u %d %d\n", i, a->text.text,
                  a->kind, a->n_shared, a->tight, a->closed, b->text.text, b->kind, b->n_shared,
                  b->tight, b->closed);
      /* The input is kept, which it is not after g_error(). */
      abort ();
    }
    check_texts (a);
    check_texts (b);
  }
}

static void
check_writers (SondeMarkdown *markdown)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  g_autoptr (SondeMarkdown) again = sonde_markdown_new ();
  const SondeMarkdownRange range = { 1, 2, 3, 5 };
  const SondeMarkdownBlock *const *all;
  g_autofree char *plain = NULL;
  g_autofree char *written = NULL;
  g_autofree char *html = NULL;
  g_autofree char *part = NULL;

  for (guint i = 0; i < sonde_markdown_get_n_blocks (markdown); i++)
    g_ptr_array_add (blocks, (gpointer) sonde_markdown_get_block (markdown, i));
  all = (const SondeMarkdownBlock *const *) blocks->pdata;

  plain = sonde_markdown_write_plain (all, blocks->len, NULL);
  written = sonde_markdown_write_markdown (all, blocks->len, NULL);
  html = sonde_markdown_write_html (all, blocks->len, NULL);
  sonde_fuzz_check_text (plain);
  sonde_fuzz_check_text (written);
  sonde_fuzz_check_text (html);
  g_assert_null (strstr (html, "href=\"javascript"));
  sonde_markdown_set_text (again, written, -1);
  part = sonde_markdown_write_html (all, blocks->len, &range);
}

/* The first byte says how long the pieces are that the rest comes in, and in which mode. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (SondeMarkdown) grown = sonde_markdown_new ();
  const char *text = (const char *) data + 1;
  const gsize length = size > 0 ? MIN (size - 1, MAX_LENGTH) : 0;
  gsize step;

  if (size == 0)
    return 0;
  step = 1 + data[0] / 2 % 40;
  sonde_markdown_set_step (grown, 0); /* inputs are short */
  sonde_markdown_set_open (grown, data[0] & 1);
  for (gsize i = 0; i < length; i += step) {
    sonde_markdown_append (grown, text + i, (gssize) MIN (step, length - i));
    if (i / step % 16 == 3)
      check_same (grown, text, MIN (i + step, length));
  }
  check_same (grown, text, length);
  sonde_markdown_set_open (grown, FALSE);
  check_same (grown, text, length);
  check_writers (grown);

  return 0;
}
