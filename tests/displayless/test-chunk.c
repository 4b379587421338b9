/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-chunk.h"

#include <math.h>
#include <string.h>

#include "sonde-api-error.h"
#include "sonde-sse-parser.h"

#define DELTA(fields)  "{\"choices\":[{\"index\":0,\"delta\":{" fields "},\"finish_reason\":null}]}"
#define WHOLE(message) "{\"choices\":[{\"message\":{" message "},\"finish_reason\":\"stop\"}]}"

static SondeChunk *
decode (const char *json)
{
  g_autoptr (GError) error = NULL;
  SondeChunk *chunk = sonde_chunk_decode (json, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (chunk);

  return chunk;
}

/* What comes of the texts, whatever shape they come in. */
static const struct {
  const char *json;
  const char *content;
  const char *reasoning;
} texts[] = {
  { DELTA ("\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"\""), NULL, "" },
  { DELTA ("\"content\":null,\"reasoning_content\":\"The\""), NULL, "The" },
  { DELTA ("\"content\":\"Hello\",\"reasoning_content\":null"), "Hello", NULL },
  { DELTA ("\"content\":\"a\",\"reasoning_content\":\"b\""), "a", "b" },
  { DELTA ("\"content\":\"\""), "", NULL },
  { DELTA (""), NULL, NULL },
  { DELTA ("\"reasoning\":\"other name\""), NULL, "other name" },
  { DELTA ("\"reasoning\":\"no\",\"reasoning_content\":\"yes\""), NULL, "yes" },
  { DELTA ("\"reasoning\":\"yes\",\"reasoning_content\":null"), NULL, "yes" },
  { DELTA ("\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image\"},\"b\",7,null,"
           "{\"text\":\"c\"}]"),
    "abc", NULL },
  { DELTA ("\"content\":[]"), "", NULL },
  { WHOLE ("\"role\":\"assistant\",\"content\":\"Hi\",\"reasoning_content\":\"Hm\""), "Hi", "Hm" },
  { "{\"choices\":[{\"delta\":{\"content\":\"first\"}},{\"delta\":{\"content\":\"second\"}}]}",
    "first", NULL },
  { "{\"choices\":[null,7,[],{\"delta\":{\"content\":\"a\"}}]}", "a", NULL },
  { "\xef\xbb\xbf{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}", "a", NULL },
  { "{\"choices\":[{\"delta\":{\"content\":\"no\",\"content\":\"yes\"}}]}", "yes", NULL },

  /* Escapes. */
  { DELTA ("\"content\":\"\\u4e2d\\ud83d\\ude00\\n\\t\\\"\\\\u0000\\/\""), "中😀\n\t\"\\u0000/",
    NULL },
  { DELTA ("\"content\":\"a\\u0000b\""), "a�b", NULL },
  { DELTA ("\"content\":\"a\nb\tc\x01\r\""), "a\nb\tc\x01\r", NULL },
  { DELTA ("\n\t\"content\" :\r\n \"a\\\"\nb\""), "a\"\nb", NULL },
  { DELTA ("\"content\":\"a\\ud83db\""), "a�b", NULL },
  { DELTA ("\"content\":\"a\\uD83D\""), "a�", NULL },
  { DELTA ("\"content\":\"\\ud83d\\n\""), "�\n", NULL },
  { DELTA ("\"content\":\"\\ud83d\\u0041\""), "�A", NULL },
  { DELTA ("\"content\":\"\\ud83d\\ud83d\\ude00\""), "�😀", NULL },
  { DELTA ("\"content\":\"\\ude00\\ud83d\""), "��", NULL },
  { DELTA ("\"content\":\"\\\\ud83d\""), "\\ud83d", NULL },
  { DELTA ("\"content\":\"\\\\\\ud83d\""), "\\�", NULL },
  { DELTA ("\"content\":\"a\xff"
           "b\xe4\xb8\""),
    "a�b��", NULL },

  /* Wrong types count as missing. */
  { DELTA ("\"content\":7,\"reasoning_content\":true"), NULL, NULL },
  { DELTA ("\"content\":{\"text\":\"a\"}"), NULL, NULL },
  { "{\"choices\":[{\"delta\":\"a\"}]}", NULL, NULL },
  { "{\"choices\":[{\"delta\":[]}]}", NULL, NULL },
  { "{\"choices\":{\"delta\":{}}}", NULL, NULL },
  { "{\"choices\":\"a\"}", NULL, NULL },
  { "{\"choices\":null}", NULL, NULL },
  { "{\"choices\":[]}", NULL, NULL },
  { "{}", NULL, NULL },
  { "{\"error\":null}", NULL, NULL },
};

static void
test_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (SondeChunk) chunk = decode (texts[i].json);

    g_assert_cmpstr (chunk->content, ==, texts[i].content);
    g_assert_cmpstr (chunk->reasoning, ==, texts[i].reasoning);
  }
}

static void
test_zero_byte (void)
{
  static const char json[] = "{\"choices\":[{\"delta\":{\"content\":\"a\0b\"}}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeChunk) chunk = sonde_chunk_decode (json, sizeof json - 1, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (chunk->content, ==, "a�b");
}

/* A length inside the text is respected: nothing behind it is read. */
static void
test_length (void)
{
  static const char json[] = "{\"choices\":[{\"delta\":{\"content\":\"\\ud83d";

  for (gsize length = 0; length < sizeof json; length++) {
    g_autofree char *copy = g_memdup2 (json, MAX (length, 1));
    g_autoptr (GError) error = NULL;
    g_autoptr (SondeChunk) chunk = sonde_chunk_decode (copy, (gssize) length, &error);

    g_assert_null (chunk);
    g_assert_error (error, SONDE_API_ERROR, SONDE_FAILURE_PROTOCOL);
  }
}

static void
test_fields (void)
{
  g_autoptr (SondeChunk) chunk =
    decode ("{\"id\":\"i\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
            "\"system_fingerprint\":\"f\",\"choices\":[{\"delta\":{},\"finish_reason\":"
            "\"insufficient_system_resource\"}],\"new\":[{}]}");
  g_autoptr (SondeChunk) wrong =
    decode ("{\"id\":1,\"model\":null,\"system_fingerprint\":{},\"usage\":[],"
            "\"choices\":[{\"finish_reason\":0}]}");

  g_assert_cmpstr (chunk->id, ==, "i");
  g_assert_cmpstr (chunk->model, ==, "m");
  g_assert_cmpstr (chunk->system_fingerprint, ==, "f");
  g_assert_cmpstr (chunk->finish_reason, ==, "insufficient_system_resource");
  g_assert_null (chunk->usage);
  g_assert_null (chunk->tool_calls);

  g_assert_null (wrong->id);
  g_assert_null (wrong->model);
  g_assert_null (wrong->system_fingerprint);
  g_assert_null (wrong->finish_reason);
  g_assert_null (wrong->usage);
}

static const struct {
  const char *usage;
  SondeUsage expected; /* prompt, completion, total, hit, miss, reasoning */
} usages[] = {
  { "{\"prompt_tokens\":374,\"completion_tokens\":61,\"total_tokens\":435,"
    "\"prompt_tokens_details\":{\"cached_tokens\":256},\"completion_tokens_details\":"
    "{\"reasoning_tokens\":17},\"prompt_cache_hit_tokens\":256,\"prompt_cache_miss_tokens\":118}",
    { 374, 61, 435, 256, 118, 17 } },
  { "{\"prompt_tokens\":374,\"prompt_tokens_details\":{\"cached_tokens\":256}}",
    { 374, -1, -1, 256, 118, -1 } },
  { "{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}", { 5, 2, 7, -1, -1, -1 } },
  { "{\"prompt_tokens\":5.0,\"completion_tokens\":-2,\"total_tokens\":1e300}",
    { 5, -1, -1, -1, -1, -1 } },
  { "{\"prompt_tokens\":\"5\",\"completion_tokens\":null,\"total_tokens\":true,"
    "\"prompt_tokens_details\":7,\"completion_tokens_details\":[]}",
    { -1, -1, -1, -1, -1, -1 } },
  { "{\"prompt_tokens\":3,\"prompt_cache_hit_tokens\":99999999999999999999}",
    { 3, -1, -1, G_MAXINT64, -1, -1 } },
  { "{}", { -1, -1, -1, -1, -1, -1 } },
};

static void
test_usage (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (usages); i++) {
    g_autofree char *json = g_strdup_printf ("{\"choices\":[],\"usage\":%s}", usages[i].usage);
    g_autoptr (SondeChunk) chunk = decode (json);

    g_assert_nonnull (chunk->usage);
    g_assert_cmpmem (chunk->usage, sizeof (SondeUsage), &usages[i].expected, sizeof (SondeUsage));
  }
}

static void
test_tool_calls (void)
{
  g_autoptr (SondeChunk) first =
    decode (DELTA ("\"tool_calls\":[{\"index\":2,\"id\":\"call_00\",\"type\":\"function\","
                   "\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]"));
  g_autoptr (SondeChunk) second =
    decode (DELTA ("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\"}},null,"
                   "{\"index\":-1,\"id\":\"call_01\"},{\"index\":4294967295},{}]"));
  g_autoptr (SondeChunk) whole = decode (WHOLE ("\"tool_calls\":[{\"id\":\"a\"},{\"id\":\"b\"}]"));
  g_autoptr (SondeChunk) none = decode (DELTA ("\"tool_calls\":null"));
  SondeToolCallDelta *delta = g_ptr_array_index (first->tool_calls, 0);

  g_assert_cmpuint (delta->index, ==, 2);
  g_assert_cmpstr (delta->id, ==, "call_00");
  g_assert_cmpstr (delta->name, ==, "weather");
  g_assert_cmpstr (delta->arguments, ==, "");

  g_assert_cmpuint (second->tool_calls->len, ==, 4);
  delta = g_ptr_array_index (second->tool_calls, 0);
  g_assert_cmpuint (delta->index, ==, 0);
  g_assert_null (delta->id);
  g_assert_null (delta->name);
  g_assert_cmpstr (delta->arguments, ==, "{");
  for (guint i = 1; i < 4; i++) {
    delta = g_ptr_array_index (second->tool_calls, i);
    g_assert_cmpuint (delta->index, ==, SONDE_TOOL_CALL_NO_INDEX);
  }

  delta = g_ptr_array_index (whole->tool_calls, 1);
  g_assert_cmpuint (delta->index, ==, 1);
  g_assert_cmpstr (delta->id, ==, "b");
  g_assert_null (none->tool_calls);
}

/* Arguments that are no text stay as they were written. */
static void
test_raw_arguments (void)
{
  static const struct {
    const char *json;
    const char *arguments;
  } calls[] = {
    { "{ \"n\" : 12345678901234567890, \"x\":1.0e2, \"x\":[ ] }",
      "{ \"n\" : 12345678901234567890, \"x\":1.0e2, \"x\":[ ] }" },
    { "[1.50]", "[1.50]" },
    { "1E2", "1E2" },
    { "false", "false" },
    { "null", NULL },
    { "{\"a\":\"}\\\"]\\ud800\xff\"}", "{\"a\":\"}\\\"]\\ud800�\"}" },
    { "\"{\\\"n\\\": 1.0}\"", "{\"n\": 1.0}" },
    { "\"\"", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_autofree char *modern = g_strdup_printf (
      DELTA ("\"tool_calls\":[null,{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":%s}}]"),
      calls[i].json);
    g_autofree char *legacy = g_strdup_printf (
      WHOLE ("\"function_call\":{\"name\":\"f\",\"arguments\":%s}"), calls[i].json);
    g_autoptr (SondeChunk) first = decode (modern);
    g_autoptr (SondeChunk) second = decode (legacy);
    SondeToolCallDelta *delta = g_ptr_array_index (first->tool_calls, 0);

    g_assert_cmpstr (delta->arguments, ==, calls[i].arguments);
    g_assert_false (delta->legacy);
    delta = g_ptr_array_index (second->tool_calls, 0);
    g_assert_cmpstr (delta->name, ==, "f");
    g_assert_cmpstr (delta->arguments, ==, calls[i].arguments);
    g_assert_true (delta->legacy);
  }
}

/* What is not known here can be given back as it came: contract.md section 9. */
static void
test_extras (void)
{
  g_autoptr (SondeChunk) chunk = decode (
    DELTA ("\"role\":\"assistant\",\"content\":\"a\",\"search\" : [ {\"n\":1.0} ],\"refusal\":null,"
           "\"big\":123456789012345678901234567890"));
  g_autoptr (SondeChunk) none = decode (DELTA ("\"content\":\"a\""));
  SondeExtra *extra;

  g_assert_null (none->extras);
  g_assert_cmpuint (chunk->extras->len, ==, 2);
  extra = g_ptr_array_index (chunk->extras, 0);
  g_assert_cmpstr (extra->name, ==, "search");
  g_assert_cmpstr (extra->json, ==, "[ {\"n\":1.0} ]");
  extra = g_ptr_array_index (chunk->extras, 1);
  g_assert_cmpstr (extra->name, ==, "big");
  g_assert_cmpstr (extra->json, ==, "123456789012345678901234567890");
}

static void
test_title (void)
{
  g_autoptr (SondeChunk) last = decode (DELTA ("\"content\":\"\",\"title\":\"Roots of two\""));
  g_autoptr (SondeChunk) whole = decode (WHOLE ("\"title\":\"Roots of two\""));

  g_assert_cmpstr (last->title, ==, "Roots of two");
  g_assert_cmpstr (whole->title, ==, "Roots of two");
}

/* Markup of calls that has come into the text is text: nothing is called (contract.md
 * section 10, row 16). */
static void
test_tool_markup (void)
{
  static const char markup[] = "<｜DSML｜tool_calls><｜DSML｜invoke name=\\\"rm\\\">";
  g_autofree char *json = g_strdup_printf (DELTA ("\"content\":\"%s\""), markup);
  g_autoptr (SondeChunk) chunk = decode (json);

  g_assert_cmpstr (chunk->content, ==, "<｜DSML｜tool_calls><｜DSML｜invoke name=\"rm\">");
  g_assert_true (chunk->tool_calls == NULL || chunk->tool_calls->len == 0);
}

static void
test_logprobs (void)
{
  g_autoptr (SondeChunk) chunk = decode (
    "{\"choices\":[{\"delta\":{\"content\":\"é\"},\"logprobs\":{\"content\":[{\"token\":\"é\","
    "\"logprob\":-0.25,\"bytes\":[195,169],\"top_logprobs\":[{\"token\":\"é\",\"logprob\":-0.25,"
    "\"bytes\":[195,169]},{\"token\":\"e\",\"logprob\":-9999,\"bytes\":null}]},7,{}],"
    "\"reasoning_content\":[{\"token\":\"Hm\",\"logprob\":1e999,\"bytes\":[256]}]}}]}");
  g_autoptr (SondeChunk) none = decode (DELTA ("\"content\":\"a\""));
  const SondeTokenLogprob *token;

  g_assert_null (none->logprobs);
  g_assert_cmpuint (chunk->logprobs->len, ==, 1);
  token = g_ptr_array_index (chunk->logprobs, 0);
  g_assert_cmpstr (token->token, ==, "é");
  g_assert_cmpfloat_with_epsilon (token->logprob, -0.25, 1e-9);
  g_assert_cmpmem (g_bytes_get_data (token->bytes, NULL), g_bytes_get_size (token->bytes),
                   "\xc3\xa9", 2);
  g_assert_cmpuint (token->alternatives->len, ==, 2);
  token = g_ptr_array_index (token->alternatives, 1);
  g_assert_cmpfloat_with_epsilon (token->logprob, -9999, 1e-9);
  g_assert_null (token->bytes);
  g_assert_null (token->alternatives);
  token = g_ptr_array_index (chunk->reasoning_logprobs, 0);
  g_assert_cmpstr (token->token, ==, "Hm");
  g_assert_true (isnan (token->logprob));
  g_assert_null (token->bytes);
}

static const struct {
  const char *json;
  SondeFailureKind kind;
  const char *message; /* NULL: any */
} errors[] = {
  { "{\"error\":{\"message\":\"Out of nodes\",\"type\":\"x\",\"param\":null,\"code\":\"y\"}}",
    SONDE_FAILURE_STREAM, "Out of nodes" },
  { "{\"error\":\"Out of nodes\",\"choices\":[]}", SONDE_FAILURE_STREAM, "Out of nodes" },
  { "{\"error\":{\"code\":\"overloaded\"}}", SONDE_FAILURE_STREAM, "overloaded" },
  { "{\"error\":{\"message\":7}}", SONDE_FAILURE_STREAM, "" },
  { "", SONDE_FAILURE_PROTOCOL, NULL },
  { "  \n", SONDE_FAILURE_PROTOCOL, NULL },
  { "{", SONDE_FAILURE_PROTOCOL, NULL },
  { "{oops", SONDE_FAILURE_PROTOCOL, NULL },
  { "{\"a\":\"\\uZZZZ\"}", SONDE_FAILURE_PROTOCOL, NULL },
  { "[]", SONDE_FAILURE_PROTOCOL, NULL },
  { "null", SONDE_FAILURE_PROTOCOL, NULL },
  { "\"text\"", SONDE_FAILURE_PROTOCOL, NULL },
  { "12", SONDE_FAILURE_PROTOCOL, NULL },
  { "{} {}", SONDE_FAILURE_PROTOCOL, NULL },
};

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (SondeChunk) chunk = sonde_chunk_decode (errors[i].json, -1, &error);

    g_assert_null (chunk);
    g_assert_error (error, SONDE_API_ERROR, (int) errors[i].kind);
    if (errors[i].message != NULL)
      g_assert_cmpstr (error->message, ==, errors[i].message);
  }
}

/* Nested deeper than any stack: refused, and not followed. */
static void
test_deep (void)
{
  g_autofree char *json = g_strnfill (4 * 1024 * 1024, '[');
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeChunk) chunk = sonde_chunk_decode (json, -1, &error);

  g_assert_null (chunk);
  g_assert_error (error, SONDE_API_ERROR, SONDE_FAILURE_PROTOCOL);
}

static void
test_million_choices (void)
{
  g_autoptr (GString) json = g_string_new ("{\"choices\":[{\"delta\":{\"content\":\"a\"}}");
  g_autoptr (SondeChunk) chunk = NULL;

  for (int i = 0; i < 1000000; i++)
    g_string_append (json, ",{}");
  g_string_append (json, "]}");
  chunk = decode (json->str);
  g_assert_cmpstr (chunk->content, ==, "a");
}

/* The texts of whole streams. */
static const struct {
  const char *name;
  const char *reasoning;
  const char *content;
  const char *finish_reason;
  const char *arguments; /* of the first call */
  gint64 prompt_tokens;
} fixtures[] = {
  { "thinking.txt", "Assume p/q.", "It is irrational.", "stop", "", 374 },
  { "multi-line.txt", "Assume p/q.", "It is irrational.", "stop", "", 374 },
  { "bare-chunks.txt", "Assume p/q.", "It is irrational.", "stop", "", 374 },
  { "thinking-tools.txt", "The user wants weather.", "Let me look.", "tool_calls",
    "{\"city\": \"Bern\"}", 374 },
  { "usage-apart.txt", "", "Hello there", "stop", "", 5 },
  { "utf-8.txt", "思考一下…", "**中文：**naïve 😀שלום。", "stop", "", 374 },
  { "escapes.txt", "思考一下…", "**中文：**naïve 😀שלום。", "stop", "", 374 },
};

static void
test_fixture (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "data", "sse", fixtures[i].name, NULL);
  g_autoptr (SondeSseParser) parser = sonde_sse_parser_new ();
  g_autoptr (GString) reasoning = g_string_new (NULL);
  g_autoptr (GString) content = g_string_new (NULL);
  g_autoptr (GString) arguments = g_string_new (NULL);
  g_autofree char *finish_reason = NULL;
  g_autofree char *input = NULL;
  gint64 prompt_tokens = -1;
  SondeSseEvent event;
  gsize length;

  g_assert_true (g_file_get_contents (path, &input, &length, NULL));
  sonde_sse_parser_push (parser, input, length);
  while (sonde_sse_parser_next (parser, &event, NULL)) {
    g_autoptr (SondeChunk) chunk = NULL;

    if (event.data == NULL || g_str_equal (event.data, "[DONE]"))
      continue;
    chunk = decode (event.data);
    g_string_append (reasoning, chunk->reasoning != NULL ? chunk->reasoning : "");
    g_string_append (content, chunk->content != NULL ? chunk->content : "");
    if (chunk->finish_reason != NULL)
      g_set_str (&finish_reason, chunk->finish_reason);
    if (chunk->usage != NULL)
      prompt_tokens = chunk->usage->prompt_tokens;
    for (guint j = 0; chunk->tool_calls != NULL && j < chunk->tool_calls->len; j++) {
      SondeToolCallDelta *delta = g_ptr_array_index (chunk->tool_calls, j);

      if (delta->index == 0)
        g_string_append (arguments, delta->arguments);
    }
  }

  g_assert_cmpstr (reasoning->str, ==, fixtures[i].reasoning);
  g_assert_cmpstr (content->str, ==, fixtures[i].content);
  g_assert_cmpstr (arguments->str, ==, fixtures[i].arguments);
  g_assert_cmpstr (finish_reason, ==, fixtures[i].finish_reason);
  g_assert_cmpint (prompt_tokens, ==, fixtures[i].prompt_tokens);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chunk/texts", test_texts);
  g_test_add_func ("/chunk/zero-byte", test_zero_byte);
  g_test_add_func ("/chunk/length", test_length);
  g_test_add_func ("/chunk/fields", test_fields);
  g_test_add_func ("/chunk/usage", test_usage);
  g_test_add_func ("/chunk/tool-calls", test_tool_calls);
  g_test_add_func ("/chunk/raw-arguments", test_raw_arguments);
  g_test_add_func ("/chunk/extras", test_extras);
  g_test_add_func ("/chunk/title", test_title);
  g_test_add_func ("/chunk/tool-markup", test_tool_markup);
  g_test_add_func ("/chunk/logprobs", test_logprobs);
  g_test_add_func ("/chunk/errors", test_errors);
  g_test_add_func ("/chunk/deep", test_deep);
  g_test_add_func ("/chunk/million-choices", test_million_choices);
  for (gsize i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    g_autofree char *path = g_strconcat ("/chunk/fixture/", fixtures[i].name, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_fixture);
  }

  return g_test_run ();
}
