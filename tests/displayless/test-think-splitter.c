/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-think-splitter.h"

#include <string.h>

static const struct {
  const char *text;
  const char *reasoning;
  const char *content;
} answers[] = {
  { "<think>Hm</think>Hello", "Hm", "Hello" },
  { "\n <think>\nHm\n</think>\n\nHello\n", "\nHm\n", "Hello\n" },
  { "<think></think>Hello", "", "Hello" },
  { "Hello", "", "Hello" },
  { " Hello", "", " Hello" },
  { "", "", "" },
  { "<think>Hm", "Hm", "" },
  { "<think>Hm</thin", "Hm</thin", "" },
  { "<think>a</b</think>c", "a</b", "c" },
  { "<think>a<</think>c", "a<", "c" },
  { "<thin", "", "<thin" },
  { "<thing>a</thing>", "", "<thing>a</thing>" },
  { "Use <think>a</think>.", "", "Use <think>a</think>." },
  { "<think>a</think>b<think>c</think>", "a", "b<think>c</think>" },
  { "<think>思考</think>中文 😀", "思考", "中文 😀" },
};

/* Split at every byte, and byte by byte. */
static void
test_answers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    gsize length = strlen (answers[i].text);

    for (gsize split = 0; split <= length + 1; split++) {
      g_autoptr (SondeThinkSplitter) splitter = sonde_think_splitter_new ();
      g_autoptr (GString) reasoning = g_string_new (NULL);
      g_autoptr (GString) content = g_string_new (NULL);

      if (split <= length) {
        g_autofree char *head = g_strndup (answers[i].text, split);

        sonde_think_splitter_push (splitter, head, reasoning, content);
        sonde_think_splitter_push (splitter, answers[i].text + split, reasoning, content);
      } else {
        for (gsize at = 0; at < length; at++) {
          const char piece[] = { answers[i].text[at], '\0' };

          sonde_think_splitter_push (splitter, piece, reasoning, content);
        }
      }
      sonde_think_splitter_end (splitter, reasoning, content);
      g_assert_cmpstr (reasoning->str, ==, answers[i].reasoning);
      g_assert_cmpstr (content->str, ==, answers[i].content);
    }
  }
}

/* Text is shown as soon as it is known what it is. */
static void
test_at_once (void)
{
  g_autoptr (SondeThinkSplitter) splitter = sonde_think_splitter_new ();
  g_autoptr (GString) reasoning = g_string_new (NULL);
  g_autoptr (GString) content = g_string_new (NULL);

  sonde_think_splitter_push (splitter, "<think>Hm</", reasoning, content);
  g_assert_cmpstr (reasoning->str, ==, "Hm");
  sonde_think_splitter_push (splitter, "think>Hel", reasoning, content);
  g_assert_cmpstr (content->str, ==, "Hel");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/think-splitter/answers", test_answers);
  g_test_add_func ("/think-splitter/at-once", test_at_once);

  return g_test_run ();
}
