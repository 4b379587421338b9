/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What no service should send: never a crash, a hang, a leak or lost text. */

#include <string.h>

#include "sonde-api-error.h"
#include "sonde-chunk.h"
#include "sonde-sse-parser.h"
#include "sonde-tool-call-builder.h"

/* What the good events of a stream say, and how many were not good. */
typedef struct {
  GString *text;
  guint events;
  guint broken;
} Reading;

static void
read_stream (Reading *reading, const char *input, gsize length)
{
  g_autoptr (SondeSseParser) parser = sonde_sse_parser_new ();
  g_autoptr (SondeToolCallBuilder) builder = sonde_tool_call_builder_new ();
  g_autoptr (GPtrArray) calls = NULL;
  SondeSseEvent event;

  g_string_truncate (reading->text, 0);
  reading->events = 0;
  reading->broken = 0;
  sonde_sse_parser_push (parser, input, length);
  sonde_sse_parser_end (parser);
  while (sonde_sse_parser_next (parser, &event, NULL)) {
    g_autoptr (SondeChunk) chunk = NULL;

    if (event.data == NULL || strstr (event.data, "[DONE]") != NULL)
      continue;
    reading->events++;
    chunk = sonde_chunk_decode (event.data, (gssize) event.length, NULL);
    if (chunk == NULL) {
      reading->broken++;
      continue;
    }
    g_string_append (reading->text, chunk->reasoning != NULL ? chunk->reasoning : "");
    g_string_append (reading->text, chunk->content != NULL ? chunk->content : "");
    for (guint i = 0; chunk->tool_calls != NULL && i < chunk->tool_calls->len; i++)
      sonde_tool_call_builder_add (builder, g_ptr_array_index (chunk->tool_calls, i));
  }
  calls = sonde_tool_call_builder_get_calls (builder);
  g_assert_true (g_utf8_validate (reading->text->str, -1, NULL));
}

static const char *const fixtures[] = {
  "bare-chunks.txt",        "bom-no-space.txt", "crlf.txt",       "escapes.txt",
  "keep-alives.txt",        "lone-cr.txt",      "multi-line.txt", "thinking.txt",
  "no-last-blank-line.txt", "usage-apart.txt",  "utf-8.txt",      "other-fields.txt",
  "thinking-tools.txt",
};

static char *
load (gsize i, gsize *length)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "sse", fixtures[i], NULL);
  char *input;

  g_assert_true (g_file_get_contents (path, &input, length, NULL));

  return input;
}

/* A stream that is cut anywhere has said the beginning of what the whole one says. */
static void
test_cut (void)
{
  Reading whole = { .text = g_string_new (NULL) };
  Reading part = { .text = g_string_new (NULL) };

  for (gsize i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    gsize length;
    g_autofree char *input = load (i, &length);
    gsize former = 0;

    read_stream (&whole, input, length);
    g_assert_cmpuint (whole.broken, ==, 0);
    for (gsize cut = 0; cut <= length; cut++) {
      /* A copy of its own, so that reading behind it is seen. */
      g_autofree char *copy = g_memdup2 (input, MAX (cut, 1));

      read_stream (&part, copy, cut);
      g_assert_cmpuint (part.broken, <=, 1);
      g_assert_true (g_str_has_prefix (whole.text->str, part.text->str));
      g_assert_cmpuint (part.text->len, >=, former);
      former = part.text->len;
    }
    g_assert_cmpuint (former, ==, whole.text->len);
  }
  g_string_free (whole.text, TRUE);
  g_string_free (part.text, TRUE);
}

/* A line that is replaced costs its own event, and no other. */
static void
test_garbage (void)
{
  static const char *const garbage[] = {
    "data: {oops",  "data: \xff\xfe\x80",
    "<html>",       "data: [[[[[[",
    "data",         ":",
    "data: {}",     "data: {\"choices\":7}",
    "event: x",     "data: \"\\ud800\"",
    "id: \x01\x02", "\x7f\x7f\x7f",
  };
  Reading whole = { .text = g_string_new (NULL) };
  Reading part = { .text = g_string_new (NULL) };

  for (gsize i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    gsize length;
    g_autofree char *input = load (i, &length);
    g_auto (GStrv) lines = NULL;

    if (g_str_equal (fixtures[i], "lone-cr.txt"))
      continue;
    lines = g_strsplit (input, "\n", -1);
    read_stream (&whole, input, length);
    for (gsize line = 0; lines[line] != NULL; line++)
      for (gsize j = 0; j < G_N_ELEMENTS (garbage); j++) {
        char *former = lines[line];
        g_autofree char *broken = NULL;

        lines[line] = (char *) garbage[j];
        broken = g_strjoinv ("\n", lines);
        lines[line] = former;
        read_stream (&part, broken, strlen (broken));
        g_assert_cmpuint (part.broken, <=, 2);
        g_assert_cmpuint (part.events + 2, >=, whole.events);
      }
  }
  g_string_free (whole.text, TRUE);
  g_string_free (part.text, TRUE);
}

/* Every field with a value of every type. */
static void
test_types (void)
{
  static const char *const values[] = {
    "null",     "true",
    "7",        "-1.5e300",
    "1e999",    "99999999999999999999999",
    "\"text\"", "\"\\ud800\"",
    "[]",       "[null,7,\"a\",[],{}]",
    "{}",       "{\"a\":[]}",
  };
  static const char *const shapes[] = {
    "%s",
    "{\"id\":%s}",
    "{\"model\":%s,\"system_fingerprint\":%s}",
    "{\"error\":%s}",
    "{\"error\":{\"message\":%s,\"code\":%s}}",
    "{\"usage\":%s}",
    "{\"usage\":{\"prompt_tokens\":%s,\"completion_tokens\":%s,\"total_tokens\":%s}}",
    "{\"usage\":{\"prompt_tokens_details\":%s,\"completion_tokens_details\":%s}}",
    "{\"usage\":{\"prompt_tokens_details\":{\"cached_tokens\":%s}}}",
    "{\"choices\":%s}",
    "{\"choices\":[%s]}",
    "{\"choices\":[{\"index\":%s,\"finish_reason\":%s,\"logprobs\":%s}]}",
    "{\"choices\":[{\"delta\":%s}]}",
    "{\"choices\":[{\"message\":%s}]}",
    "{\"choices\":[{\"delta\":{\"role\":%s,\"content\":%s,\"reasoning_content\":%s}}]}",
    "{\"choices\":[{\"delta\":{\"reasoning\":%s,\"title\":%s,\"extra\":%s}}]}",
    "{\"choices\":[{\"delta\":{\"content\":[%s]}}]}",
    "{\"choices\":[{\"delta\":{\"content\":[{\"text\":%s}]}}]}",
    "{\"choices\":[{\"delta\":{\"tool_calls\":%s,\"function_call\":%s}}]}",
    "{\"choices\":[{\"delta\":{\"tool_calls\":[%s]}}]}",
    "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":%s,\"id\":%s,\"function\":%s}]}}]}",
    "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":%s,\"arguments\":%s}}]}}]}",
    "{\"choices\":[{\"delta\":{\"function_call\":{\"name\":%s,\"arguments\":%s}}}]}",
    "{\"choices\":[{\"logprobs\":{\"content\":%s,\"reasoning_content\":%s}}]}",
    "{\"choices\":[{\"logprobs\":{\"content\":[%s]}}]}",
    "{\"choices\":[{\"logprobs\":{\"content\":[{\"token\":\"a\",\"logprob\":%s,\"bytes\":%s,"
    "\"top_logprobs\":%s}]}}]}",
    "{\"choices\":[{\"logprobs\":{\"content\":[{\"token\":\"a\",\"bytes\":[%s]}]}}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (values); j++) {
      g_autoptr (GString) json = g_string_new (shapes[i]);
      g_autoptr (SondeChunk) chunk = NULL;
      g_autoptr (GError) error = NULL;

      g_string_replace (json, "%s", values[j], 0);
      chunk = sonde_chunk_decode (json->str, (gssize) json->len, &error);
      g_assert_true ((chunk == NULL) == (error != NULL));
      if (i > 0 && strstr (shapes[i], "error") == NULL)
        g_assert_no_error (error);
    }
}

static void
test_duplicates (void)
{
  g_autoptr (SondeChunk) chunk = sonde_chunk_decode (
    "{\"choices\":[],\"choices\":[{\"delta\":{\"a\":1},\"delta\":{\"a\":2,\"a\":3.10,\"content\":"
    "\"x\",\"tool_calls\":7,\"tool_calls\":[{\"function\":{\"arguments\":{\"n\":1}},\"function\":"
    "{\"name\":\"f\",\"arguments\":[],\"arguments\":{ \"n\":2 }}}]}}]}",
    -1, NULL);
  SondeToolCallDelta *delta;
  SondeExtra *extra;

  g_assert_nonnull (chunk);
  g_assert_cmpstr (chunk->content, ==, "x");
  delta = g_ptr_array_index (chunk->tool_calls, 0);
  g_assert_cmpstr (delta->arguments, ==, "{ \"n\":2 }");
  g_assert_cmpuint (chunk->extras->len, ==, 1);
  extra = g_ptr_array_index (chunk->extras, 0);
  g_assert_cmpstr (extra->json, ==, "3.10");
}

/* A line of 16 MiB is read, one of 64 MiB is refused; what came before it stays. */
static void
test_long_lines (void)
{
  static const gsize sizes[] = { 15 * 1024 * 1024, 64 * 1024 * 1024 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (SondeSseParser) parser = sonde_sse_parser_new ();
    g_autoptr (GString) input =
      g_string_new ("data: {\"choices\":[{\"delta\":{\"content\":\"first\"}}]}\n\n"
                    "data: {\"choices\":[{\"delta\":{\"content\":\"");
    g_autofree char *filling = g_strnfill (sizes[i], 'a');
    g_autoptr (SondeChunk) first = NULL;
    g_autoptr (SondeChunk) second = NULL;
    g_autoptr (GError) error = NULL;
    SondeSseEvent event;

    g_string_append (input, filling);
    g_string_append (input, "\"}}]}\n\n");
    sonde_sse_parser_push (parser, input->str, input->len);
    g_assert_true (sonde_sse_parser_next (parser, &event, &error));
    first = sonde_chunk_decode (event.data, (gssize) event.length, NULL);
    g_assert_cmpstr (first->content, ==, "first");
    if (i == 0) {
      g_assert_true (sonde_sse_parser_next (parser, &event, &error));
      second = sonde_chunk_decode (event.data, (gssize) event.length, NULL);
      g_assert_cmpuint (strlen (second->content), ==, sizes[i]);
    } else {
      g_assert_false (sonde_sse_parser_next (parser, &event, &error));
      g_assert_error (error, SONDE_API_ERROR, SONDE_FAILURE_PROTOCOL);
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bad-input/cut", test_cut);
  g_test_add_func ("/bad-input/garbage", test_garbage);
  g_test_add_func ("/bad-input/types", test_types);
  g_test_add_func ("/bad-input/duplicates", test_duplicates);
  g_test_add_func ("/bad-input/long-lines", test_long_lines);

  return g_test_run ();
}
