/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What no answer should be like is shown all the same, and only what is near is built of it. */

#include "sonde-code-block.h"
#include "sonde-table-block.h"
#include "sonde-text-link.h"

#include "sonde-reading-fixture.h"

/* Many more than an ordinary answer has on three pages, and few beside what these ones are made of.
 */
#define MAX_WIDGETS 3000

static void
go_to (Fixture *fixture, double part)
{
  GtkAdjustment *adjustment = get_adjustment (fixture);

  gtk_adjustment_set_value (adjustment, part * gtk_adjustment_get_upper (adjustment));
  sonde_wait_frame (GTK_WIDGET (fixture->window));
  sonde_wait_frame (GTK_WIDGET (fixture->window));
}

static void
repeat (GString *text, const char *part, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append (text, part);
}

/* Shows an answer, and then goes through it from its end to its beginning and back. */
static void
show_answer (Fixture *fixture, const char *source)
{
  g_autofree char *answer = g_strconcat ("Begin.\n\n", source, "\n\nEnd.\n", NULL);

  add (fixture, SONDE_ROLE_ASSISTANT, answer);
  show (fixture, 600);
  g_assert_nonnull (find_text (fixture, "End."));
  for (guint i = 0; i <= 10; i++) {
    go_to (fixture, ABS (5 - (int) i) / 5.0);
    g_assert_cmpuint (sonde_count_widgets (GTK_WIDGET (fixture->transcript), GTK_TYPE_WIDGET), <,
                      MAX_WIDGETS);
    if (i == 5)
      g_assert_nonnull (find_text (fixture, "Begin."));
  }
  g_assert_nonnull (find_text (fixture, "End."));
}

static void
test_wide_table (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) source = g_string_new ("|");

  repeat (source, " a |", 10000);
  g_string_append (source, "\n|");
  repeat (source, "---|", 10000);
  for (guint row = 0; row < 5; row++) {
    g_string_append (source, "\n|");
    repeat (source, " b |", 10000);
  }
  show_answer (fixture, source->str);
}

static void
test_long_table (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) source = g_string_new ("| a | b |\n|---|---|\n");

  repeat (source, "| c | d |\n", 10000);
  show_answer (fixture, source->str);
  go_to (fixture, 0.5);
  g_assert_cmpuint (sonde_count_widgets (GTK_WIDGET (fixture->transcript), SONDE_TYPE_TABLE_BLOCK),
                    >, 0);
}

static void
test_code (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) source = g_string_new ("```c\n");

  repeat (source, "int x = 1; /* one of many lines */\n", 10000);
  g_string_append (source, "```");
  show_answer (fixture, source->str);
  go_to (fixture, 0.5);
  g_assert_cmpuint (sonde_count_widgets (GTK_WIDGET (fixture->transcript), SONDE_TYPE_CODE_BLOCK),
                    >, 0);
}

static void
test_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) source = g_string_new (NULL);

  repeat (source, "longtext", 1024 * 1024 / 8);
  show_answer (fixture, source->str);
}

static void
test_nesting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) source = g_string_new (NULL);

  repeat (source, ">", 100000);
  g_string_append (source, " quote\n\n");
  repeat (source, "[", 100000);
  g_string_append (source, "link");
  repeat (source, "](https://example.org/)", 1000);
  g_string_append (source, "\n\n");
  repeat (source, "- ", 20000);
  g_string_append (source, "item\n\n");
  repeat (source, "**", 50000);
  show_answer (fixture, source->str);
}

/* Markup is text, and what is no web page is no link. */
static void
test_markup (Fixture *fixture, gconstpointer data)
{
  static const char markup[] =
    "<span size=\"xx-large\" foreground=\"red\">big</span> &amp; </span>";
  SondeTextBlock *script;

  add (fixture, SONDE_ROLE_USER, markup);
  add (fixture, SONDE_ROLE_ASSISTANT,
       "[A script](javascript:alert(1)), [a file](file:///etc/passwd), [data](data:text/html,x).");
  add (fixture, SONDE_ROLE_ASSISTANT, "`<b>code</b>` &lt;i&gt;\002\177\n");
  show (fixture, 600);
  g_assert_cmpstr (sonde_text_block_get_text (find_text (fixture, "<span")), ==, markup);
  script = find_text (fixture, "A script");
  g_assert_cmpstr (sonde_text_block_get_text (script), ==, "A script, a file, data.");
  g_assert_cmpuint (sonde_count_widgets (GTK_WIDGET (script), SONDE_TYPE_TEXT_LINK), ==, 0);
  g_assert_nonnull (find_text (fixture, "<b>code</b> <i>"));
}

int
main (int argc, char *argv[])
{
  static const ReadingTest tests[] = {
    { "/extremes/wide-table", test_wide_table },
    { "/extremes/long-table", test_long_table },
    { "/extremes/code", test_code },
    { "/extremes/line", test_line },
    { "/extremes/nesting", test_nesting },
    { "/extremes/markup", test_markup },
  };

  return run_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
