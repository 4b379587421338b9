/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-sse-parser.h"

#include <string.h>

#include "sonde-api-error.h"

/* What a parser gave, one line for each event: `data` in brackets, `K` for a
 * keep-alive, `!` for an error. */
static void
take (SondeSseParser *parser, GString *events)
{
  SondeSseEvent event;
  g_autoptr (GError) error = NULL;

  while (sonde_sse_parser_next (parser, &event, &error)) {
    if (event.data == NULL) {
      g_assert_cmpuint (event.length, ==, 0);
      g_string_append (events, "K\n");
    } else {
      g_assert_cmpuint (event.length, ==, strlen (event.data));
      g_assert_true (g_utf8_validate (event.data, -1, NULL));
      g_string_append_printf (events, "[%s]\n", event.data);
    }
  }
  if (error != NULL) {
    g_assert_error (error, SONDE_API_ERROR, SONDE_FAILURE_PROTOCOL);
    g_string_append (events, "!\n");
  }
}

/* Parses @input, cut before each multiple of @step, or before @step alone. */
static char *
parse (const char *input, gsize length, gsize step, gboolean repeated)
{
  g_autoptr (SondeSseParser) parser = sonde_sse_parser_new ();
  GString *events = g_string_new (NULL);
  gsize at = 0;

  while (at < length) {
    gsize portion = at == 0 || repeated ? MIN (step, length - at) : length - at;

    sonde_sse_parser_push (parser, input + at, portion);
    take (parser, events);
    at += portion;
  }
  sonde_sse_parser_end (parser);
  take (parser, events);

  return g_string_free_and_steal (events);
}

static void
assert_parses (const char *input, gsize length, const char *expected)
{
  for (gsize split = 1; split <= MAX (length, 1); split++) {
    g_autofree char *in_two = parse (input, length, split, FALSE);

    g_assert_cmpstr (in_two, ==, expected);
  }
  for (gsize size = 1; size <= 5; size++) {
    g_autofree char *in_many = parse (input, length, size, TRUE);

    g_assert_cmpstr (in_many, ==, expected);
  }
}

#define INPUT(text) text, sizeof (text) - 1

static const struct {
  const char *name;
  const char *input;
  gsize length;
  const char *expected;
} cases[] = {
  { "nothing", INPUT (""), "" },
  { "line-feed", INPUT ("data: a\n\ndata: b\n\n"), "[a]\n[b]\n" },
  { "crlf", INPUT ("data: a\r\n\r\ndata: b\r\n\r\n"), "[a]\n[b]\n" },
  { "lone-cr", INPUT ("data: a\r\rdata: b\r\r"), "[a]\n[b]\n" },
  { "mixed-ends", INPUT ("data: a\r\n\ndata: b\n\r\ndata: c\r\r\n"), "[a]\n[b]\n[c]\n" },
  { "no-space", INPUT ("data:a\n\n"), "[a]\n" },
  { "one-space-only", INPUT ("data:  a \n\n"), "[ a ]\n" },
  { "colon-inside", INPUT ("data: a: b:\n\n"), "[a: b:]\n" },
  { "multi-line", INPUT ("data: a\ndata:\ndata\ndata: b\n\n"), "[a\n\n\nb]\n" },
  { "empty-data", INPUT ("data:\n\ndata\n\n"), "[]\n[]\n" },
  { "comment", INPUT (": keep-alive\n\n:\n\n"), "K\nK\n" },
  { "comment-inside", INPUT ("data: a\n: still here\ndata: b\n\n"), "K\n[a\nb]\n" },
  { "blank-lines", INPUT ("\n\r\n\rdata: a\n\n\n"), "K\nK\nK\n[a]\nK\n" },
  { "other-fields", INPUT ("event: x\nid: 1\nretry: 5\nfoo: bar\nfoo\ndata: a\n\n"), "[a]\n" },
  { "no-data", INPUT ("event: ping\n\ndata: a\n\n"), "[a]\n" },
  { "names-alike", INPUT ("dat: a\ndatas: b\n data: c\nDATA: d\n\ndata: e\n\n"), "[e]\n" },
  { "no-blank-line", INPUT ("data: a\n\ndata: b\n"), "[a]\n[b]\n" },
  { "no-line-end", INPUT ("data: a\n\ndata: b"), "[a]\n[b]\n" },
  { "ends-after-cr", INPUT ("data: a\r\n\r"), "[a]\n" },
  { "byte-order-mark",
    INPUT ("\xef\xbb\xbf"
           "data: a\n\n"),
    "[a]\n" },
  { "mark-once",
    INPUT ("\xef\xbb\xbf\xef\xbb\xbf"
           "data: a\n\ndata: b\n\n"),
    "[b]\n" },
  { "mark-first-only",
    INPUT ("data: \xef\xbb\xbf"
           "a\n\n"),
    "[\xef\xbb\xbf"
    "a]\n" },
  { "utf-8", INPUT ("data: 中文 😀 ß\n\n"), "[中文 😀 ß]\n" },
  { "broken-utf-8",
    INPUT ("data: a\xff"
           "b\xe4\xb8\n\ndata: ok\n\n"),
    "[a�b��]\n[ok]\n" },
  { "zero-byte", INPUT ("data: a\0b\n\ndata: c\n\n"), "[a�b]\n[c]\n" },
  { "zero-in-name", INPUT ("da\0ta: a\n\ndata: b\n\n"), "[b]\n" },
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  assert_parses (cases[i].input, cases[i].length, cases[i].expected);
}

static const char *const fixtures[] = {
  "thinking-tools.txt", "thinking.txt",   "usage-apart.txt", "crlf.txt",
  "lone-cr.txt",        "utf-8.txt",      "keep-alives.txt", "bom-no-space.txt",
  "other-fields.txt",   "multi-line.txt", "bare-chunks.txt", "no-last-blank-line.txt",
  "escapes.txt",
};

static void
test_fixture (gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "sse", data, NULL);
  g_autofree char *input = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &input, &length, &error);
  g_assert_no_error (error);
  whole = parse (input, length, length, FALSE);
  g_assert_nonnull (strstr (whole, "\"choices\""));
  g_assert_true (g_str_has_suffix (whole, "[[DONE]]\n"));
  assert_parses (input, length, whole);
}

/* The same stream with other line ends, keep-alives and so on is the same stream. */
static void
test_alike (void)
{
  static const char *const names[] = { "crlf.txt",         "lone-cr.txt",
                                       "bom-no-space.txt", "keep-alives.txt",
                                       "other-fields.txt", "no-last-blank-line.txt" };
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "sse", "thinking.txt", NULL);
  g_autofree char *input = NULL;
  g_autofree char *expected = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &input, &length, NULL));
  expected = parse (input, length, length, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *other_path =
      g_test_build_filename (G_TEST_DIST, "data", "sse", names[i], NULL);
    g_autofree char *other_input = NULL;
    g_autofree char *other = NULL;
    g_autoptr (GString) stripped = NULL;

    g_assert_true (g_file_get_contents (other_path, &other_input, &length, NULL));
    other = parse (other_input, length, length, FALSE);
    stripped = g_string_new (other);
    while (g_string_replace (stripped, "\nK\n", "\n", 0) > 0)
      continue;
    while (g_str_has_prefix (stripped->str, "K\n"))
      g_string_erase (stripped, 0, 2);
    g_assert_cmpstr (stripped->str, ==, expected);
  }
}

/* A line of @length bytes behind an event, in portions as they come from a socket. */
static char *
parse_long_line (gsize length)
{
  g_autoptr (SondeSseParser) parser = sonde_sse_parser_new ();
  g_autoptr (GString) events = g_string_new (NULL);
  g_autofree char *portion = g_strnfill (16384, 'x');
  gsize left = length - strlen ("data: ");

  sonde_sse_parser_push (parser, "data: before\n\ndata: ", strlen ("data: before\n\ndata: "));
  take (parser, events);
  while (left > 0) {
    gsize size = MIN (left, 16384);

    sonde_sse_parser_push (parser, portion, size);
    take (parser, events);
    left -= size;
  }
  sonde_sse_parser_push (parser, "\n\ndata: after\n\n", strlen ("\n\ndata: after\n\n"));
  take (parser, events);

  return g_strdup_printf ("%" G_GSIZE_FORMAT " %.16s", events->len, events->str);
}

static void
test_longest_line (void)
{
  g_autofree char *result = parse_long_line (SONDE_SSE_MAX_LINE);
  g_autofree char *expected =
    g_strdup_printf ("%" G_GSIZE_FORMAT " [before]\n[xxxxxx",
                     SONDE_SSE_MAX_LINE - strlen ("data: ") + strlen ("[before]\n[]\n[after]\n"));

  g_assert_cmpstr (result, ==, expected);
}

static void
test_too_long_line (void)
{
  g_autoptr (SondeSseParser) parser = sonde_sse_parser_new ();
  g_autoptr (GString) events = g_string_new (NULL);
  g_autofree char *line = g_strnfill (SONDE_SSE_MAX_LINE + 1, 'x');

  sonde_sse_parser_push (parser, "data: before\n\n", strlen ("data: before\n\n"));
  sonde_sse_parser_push (parser, line, SONDE_SSE_MAX_LINE + 1);
  take (parser, events);
  g_assert_cmpstr (events->str, ==, "[before]\n!\n");
  take (parser, events);
  g_assert_cmpstr (events->str, ==, "[before]\n!\n!\n");
}

static void
test_too_long_event (void)
{
  g_autoptr (SondeSseParser) parser = sonde_sse_parser_new ();
  g_autoptr (GString) events = g_string_new (NULL);
  g_autofree char *value = g_strnfill (SONDE_SSE_MAX_LINE / 2, 'x');
  g_autofree char *line = g_strconcat ("data: ", value, "\n", NULL);

  for (int i = 0; i < 3; i++)
    sonde_sse_parser_push (parser, line, strlen (line));
  take (parser, events);
  g_assert_cmpstr (events->str, ==, "!\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/sse-parser/case/", cases[i].name, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    g_autofree char *path = g_strconcat ("/sse-parser/fixture/", fixtures[i], NULL);

    g_test_add_data_func (path, fixtures[i], test_fixture);
  }
  g_test_add_func ("/sse-parser/alike", test_alike);
  g_test_add_func ("/sse-parser/longest-line", test_longest_line);
  g_test_add_func ("/sse-parser/too-long-line", test_too_long_line);
  g_test_add_func ("/sse-parser/too-long-event", test_too_long_event);

  return g_test_run ();
}
