/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-request.h"

#include <math.h>
#include <string.h>

#include "sonde-api-error.h"
#include "sonde-tool-call.h"

#define TOOL(name) "{\"type\":\"function\",\"function\":{\"name\":\"" name "\"}}"
#define STRICT(parameters)                                                                         \
  "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true,"                          \
  "\"parameters\":" parameters "}}]"
#define CITY(schema)                                                                               \
  STRICT ("{\"type\":\"object\",\"properties\":{\"city\":" schema "},\"required\":[\"city\"],"     \
          "\"additionalProperties\":false}")
#define CALL(id)                                                                                   \
  "{\"id\":\"" id "\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"
#define CALLS(calls) "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[" calls "]}"
#define RESULT(id)   "{\"role\":\"tool\",\"tool_call_id\":\"" id "\",\"content\":\"4\"}"
#define USER         "{\"role\":\"user\",\"content\":\"Hi\"}"
#define NO_ERROR     -1

static SondeRequest *
new_request (void)
{
  SondeRequest *request = sonde_request_new ("deepseek-v4-flash");

  sonde_request_add_message (request, SONDE_ROLE_USER, "Hi", NULL);

  return request;
}

static void
assert_check (SondeRequest *request, int code, const char *place)
{
  g_autoptr (GError) error = NULL;
  gboolean good = sonde_request_check (request, &error);

  if (error != NULL)
    g_test_message ("%s", error->message);
  if (code == NO_ERROR) {
    g_assert_no_error (error);
    g_assert_true (good);
  } else {
    g_assert_error (error, SONDE_REQUEST_ERROR, code);
    g_assert_false (good);
    g_assert_true (g_str_has_prefix (error->message, place));
    g_assert_cmpint (error->message[strlen (place)], ==, ':');
  }
}

static void
test_max_tokens (void)
{
  static const struct {
    gint64 value;
    int code;
  } values[] = {
    { G_MININT64, SONDE_REQUEST_ERROR_RANGE },
    { 0, SONDE_REQUEST_ERROR_RANGE },
    { 1, NO_ERROR },
    { G_MAXINT64, NO_ERROR }, /* another service may know longer answers */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (SondeRequest) request = new_request ();

    sonde_request_set_max_tokens (request, values[i].value);
    assert_check (request, values[i].code, "max_tokens");
  }
}

static void
test_numbers (void)
{
  static const struct {
    const char *name;
    void (*set) (SondeRequest *, double);
    double min;
    double max;
  } numbers[] = {
    { "temperature", sonde_request_set_temperature, 0, 2 },
    { "top_p", sonde_request_set_top_p, 0, 1 },
    { "frequency_penalty", sonde_request_set_frequency_penalty, -2, 2 },
    { "presence_penalty", sonde_request_set_presence_penalty, -2, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autoptr (SondeRequest) request = new_request ();

    numbers[i].set (request, numbers[i].min);
    assert_check (request, NO_ERROR, NULL);
    numbers[i].set (request, numbers[i].max);
    assert_check (request, NO_ERROR, NULL);
    numbers[i].set (request, numbers[i].min - 0.001);
    assert_check (request, SONDE_REQUEST_ERROR_RANGE, numbers[i].name);
    numbers[i].set (request, numbers[i].max + 0.001);
    assert_check (request, SONDE_REQUEST_ERROR_RANGE, numbers[i].name);
    numbers[i].set (request, (double) NAN);
    assert_check (request, SONDE_REQUEST_ERROR_RANGE, numbers[i].name);
    numbers[i].set (request, (double) INFINITY);
    assert_check (request, SONDE_REQUEST_ERROR_RANGE, numbers[i].name);
  }
}

static void
test_stop (void)
{
  static const char *const none[] = { NULL };
  static const char *const empty[] = { "a", "", NULL };
  g_auto (GStrv) many = g_new0 (char *, 18);
  g_autoptr (SondeRequest) request = new_request ();

  sonde_request_set_stop (request, none);
  assert_check (request, SONDE_REQUEST_ERROR_STOP, "stop");
  sonde_request_set_stop (request, empty);
  assert_check (request, SONDE_REQUEST_ERROR_STOP, "stop[1]");
  for (int i = 0; i < 16; i++)
    many[i] = g_strdup ("x");
  sonde_request_set_stop (request, (const char *const *) many);
  assert_check (request, NO_ERROR, NULL);
  many[16] = g_strdup ("x");
  sonde_request_set_stop (request, (const char *const *) many);
  assert_check (request, SONDE_REQUEST_ERROR_STOP, "stop");
  sonde_request_set_stop (request, NULL);
  assert_check (request, NO_ERROR, NULL);
}

static void
test_logprobs (void)
{
  g_autoptr (SondeRequest) request = new_request ();

  sonde_request_set_top_logprobs (request, 0);
  assert_check (request, SONDE_REQUEST_ERROR_LOGPROBS, "top_logprobs");
  sonde_request_set_logprobs (request, TRUE);
  assert_check (request, NO_ERROR, NULL);
  sonde_request_set_top_logprobs (request, 20);
  assert_check (request, NO_ERROR, NULL);
  sonde_request_set_top_logprobs (request, 21);
  assert_check (request, SONDE_REQUEST_ERROR_LOGPROBS, "top_logprobs");
}

static void
test_texts (void)
{
  g_autofree char *longest = g_strnfill (512, 'a');
  g_autofree char *too_long = g_strnfill (513, 'a');
  g_autoptr (SondeRequest) nameless = sonde_request_new ("");
  g_autoptr (SondeRequest) request = new_request ();

  assert_check (nameless, SONDE_REQUEST_ERROR_RANGE, "model");
  sonde_request_set_user_id (request, longest);
  assert_check (request, NO_ERROR, NULL);
  sonde_request_set_user_id (request, too_long);
  assert_check (request, SONDE_REQUEST_ERROR_RANGE, "user_id");
  sonde_request_set_user_id (request, "");
  assert_check (request, SONDE_REQUEST_ERROR_RANGE, "user_id");
}

static void
test_json_word (void)
{
  g_autoptr (SondeRequest) request = new_request ();

  sonde_request_set_json_output (request, TRUE);
  assert_check (request, SONDE_REQUEST_ERROR_JSON_WORD, "response_format");
  sonde_request_add_message (request, SONDE_ROLE_SYSTEM, "Answer in JSON.", NULL);
  assert_check (request, NO_ERROR, NULL);
}

static const struct {
  const char *tools;
  int code;
  const char *place;
} tools[] = {
  { "[" TOOL ("get_Weather-1") "]", NO_ERROR, NULL },
  { "[" TOOL ("a") "," TOOL ("b") "]", NO_ERROR, NULL },
  { "[" TOOL ("a") "," TOOL ("a") "]", SONDE_REQUEST_ERROR_TOOLS, "tools[1].function.name" },
  { "[]", SONDE_REQUEST_ERROR_TOOLS, "tools" },
  { "{}", SONDE_REQUEST_ERROR_SYNTAX, "tools" },
  { "", SONDE_REQUEST_ERROR_SYNTAX, "tools" },
  { "[" TOOL ("a") ",]", SONDE_REQUEST_ERROR_SYNTAX, "tools" },
  { "[\"\xff\"]", SONDE_REQUEST_ERROR_SYNTAX, "tools" },
  { "[7]", SONDE_REQUEST_ERROR_TOOLS, "tools[0]" },
  { "[{\"name\":\"a\"}]", SONDE_REQUEST_ERROR_TOOLS, "tools[0]" },
  { "[{\"type\":\"file\",\"function\":{\"name\":\"a\"}}]", SONDE_REQUEST_ERROR_TOOLS, "tools[0]" },
  { "[" TOOL ("") "]", SONDE_REQUEST_ERROR_TOOLS, "tools[0].function.name" },
  { "[" TOOL ("ä") "]", SONDE_REQUEST_ERROR_TOOLS, "tools[0].function.name" },
  { "[" TOOL ("a.b") "]", SONDE_REQUEST_ERROR_TOOLS, "tools[0].function.name" },
  { "[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":[]}}]",
    SONDE_REQUEST_ERROR_TOOLS, "tools[0].function.parameters" },
  { "[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":{\"minLength\":1}}}]",
    NO_ERROR, NULL },

  /* Strict. */
  { "[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"strict\":true}}]", NO_ERROR, NULL },
  { "[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"strict\":true}}," TOOL ("b") "]",
    SONDE_REQUEST_ERROR_TOOLS, "tools[1].function.strict" },
  { CITY ("{\"type\":\"string\",\"description\":\"A city\",\"pattern\":\"^B\"}"), NO_ERROR, NULL },
  { CITY ("{\"type\":\"string\",\"format\":\"uuid\"}"), NO_ERROR, NULL },
  { CITY ("{\"type\":\"string\",\"format\":\"date\"}"), SONDE_REQUEST_ERROR_SCHEMA,
    "tools[0].function.parameters.properties.city.format" },
  { CITY ("{\"type\":\"string\",\"minLength\":1}"), SONDE_REQUEST_ERROR_SCHEMA,
    "tools[0].function.parameters.properties.city.minLength" },
  { CITY ("{\"type\":\"string\",\"maxLength\":1}"), SONDE_REQUEST_ERROR_SCHEMA,
    "tools[0].function.parameters.properties.city.maxLength" },
  { CITY ("{\"type\":\"integer\",\"const\":1,\"default\":1,\"minimum\":0,\"maximum\":2,"
          "\"exclusiveMinimum\":0,\"exclusiveMaximum\":2,\"multipleOf\":1}"),
    NO_ERROR, NULL },
  { CITY ("{\"type\":\"boolean\",\"minimum\":0}"), SONDE_REQUEST_ERROR_SCHEMA,
    "tools[0].function.parameters.properties.city.minimum" },
  { CITY ("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"), NO_ERROR, NULL },
  { CITY ("{\"type\":\"array\",\"minItems\":1}"), SONDE_REQUEST_ERROR_SCHEMA,
    "tools[0].function.parameters.properties.city.minItems" },
  { CITY ("{\"type\":\"array\",\"items\":{\"type\":\"string\",\"minLength\":1}}"),
    SONDE_REQUEST_ERROR_SCHEMA, "tools[0].function.parameters.properties.city.items.minLength" },
  { CITY ("{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"array\",\"maxItems\":1}]}"),
    SONDE_REQUEST_ERROR_SCHEMA, "tools[0].function.parameters.properties.city.anyOf[1].maxItems" },
  { CITY ("{\"anyOf\":[]}"), SONDE_REQUEST_ERROR_SCHEMA,
    "tools[0].function.parameters.properties.city.anyOf" },
  { CITY ("{\"enum\":[\"a\",1]}"), NO_ERROR, NULL },
  { CITY ("{\"$ref\":\"#/$def/a\"}"), NO_ERROR, NULL },
  { CITY ("{\"type\":\"null\"}"), SONDE_REQUEST_ERROR_SCHEMA,
    "tools[0].function.parameters.properties.city.type" },
  { CITY ("{\"type\":[\"string\"]}"), SONDE_REQUEST_ERROR_SCHEMA,
    "tools[0].function.parameters.properties.city.type" },
  { CITY ("{}"), SONDE_REQUEST_ERROR_SCHEMA, "tools[0].function.parameters.properties.city.type" },
  { CITY ("7"), SONDE_REQUEST_ERROR_SCHEMA, "tools[0].function.parameters.properties.city" },
  { CITY ("{\"type\":\"object\"}"), SONDE_REQUEST_ERROR_SCHEMA,
    "tools[0].function.parameters.properties.city.additionalProperties" },
  { STRICT ("{\"type\":\"object\",\"additionalProperties\":false}"), NO_ERROR, NULL },
  { STRICT ("{\"type\":\"object\",\"additionalProperties\":true}"), SONDE_REQUEST_ERROR_SCHEMA,
    "tools[0].function.parameters.additionalProperties" },
  { STRICT ("{\"type\":\"object\",\"additionalProperties\":false,\"properties\":7}"),
    SONDE_REQUEST_ERROR_SCHEMA, "tools[0].function.parameters.properties" },
  { STRICT ("{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"a\":"
            "{\"type\":\"string\"}},\"required\":[7,\"b\"]}"),
    SONDE_REQUEST_ERROR_SCHEMA, "tools[0].function.parameters.required" },
  { STRICT ("{\"type\":\"object\",\"additionalProperties\":false,\"$def\":{\"a\":"
            "{\"type\":\"string\",\"minLength\":1}}}"),
    SONDE_REQUEST_ERROR_SCHEMA, "tools[0].function.parameters.$def.a.minLength" },
  { STRICT ("{\"type\":\"string\"}"), SONDE_REQUEST_ERROR_SCHEMA,
    "tools[0].function.parameters.type" },
};

static void
test_tools (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++) {
    g_autoptr (SondeRequest) request = new_request ();

    sonde_request_set_tools (request, tools[i].tools);
    assert_check (request, tools[i].code, tools[i].place);
  }
}

static void
test_tool_counts (void)
{
  g_autofree char *name = g_strnfill (65, 'a');
  g_autofree char *long_name = g_strdup_printf ("[" TOOL ("%s") "]", name);
  g_autoptr (GString) many = g_string_new ("[" TOOL ("t"));
  g_autoptr (SondeRequest) request = new_request ();

  sonde_request_set_tools (request, long_name);
  assert_check (request, SONDE_REQUEST_ERROR_TOOLS, "tools[0].function.name");
  for (guint i = 1; i < 128; i++)
    g_string_append_printf (many, "," TOOL ("t%u"), i);
  g_string_append_c (many, ']');
  sonde_request_set_tools (request, many->str);
  assert_check (request, NO_ERROR, NULL);
  g_string_truncate (many, many->len - 1);
  g_string_append (many, "," TOOL ("last") "]");
  sonde_request_set_tools (request, many->str);
  assert_check (request, SONDE_REQUEST_ERROR_TOOLS, "tools");
}

/* What the root cannot do is not asked of it. */
static void
test_capabilities (void)
{
  SondeCapabilities plain = { .thinking = FALSE };
  g_autoptr (SondeRequest) request = new_request ();

  sonde_request_set_tools (request, CITY ("{\"type\":\"string\"}"));
  assert_check (request, NO_ERROR, NULL);
  sonde_request_set_capabilities (request, &plain);
  assert_check (request, SONDE_REQUEST_ERROR_TOOLS, "tools");
  sonde_request_set_tools (request, NULL);
  sonde_request_add_prefix (request, "Once", NULL);
  assert_check (request, SONDE_REQUEST_ERROR_PREFIX, "messages[1].prefix");
}

static void
test_tool_choice (void)
{
  SondeCapabilities plain = { .thinking = FALSE };
  g_autoptr (SondeRequest) request = new_request ();

  sonde_request_set_tool_choice (request, SONDE_TOOL_CHOICE_NONE, NULL);
  assert_check (request, NO_ERROR, NULL);
  sonde_request_set_tool_choice (request, SONDE_TOOL_CHOICE_AUTO, NULL);
  assert_check (request, SONDE_REQUEST_ERROR_TOOL_CHOICE, "tool_choice");
  sonde_request_set_tools (request, "[" TOOL ("a") "]");
  assert_check (request, NO_ERROR, NULL);
  sonde_request_set_tool_choice (request, SONDE_TOOL_CHOICE_NAMED, "b");
  assert_check (request, SONDE_REQUEST_ERROR_TOOL_CHOICE, "tool_choice");
  sonde_request_set_tool_choice (request, SONDE_TOOL_CHOICE_NAMED, "a");
  assert_check (request, NO_ERROR, NULL);
  sonde_request_set_thinking (request, SONDE_THINKING_HIGH);
  assert_check (request, SONDE_REQUEST_ERROR_TOOL_CHOICE, "tool_choice");
  sonde_request_set_tool_choice (request, SONDE_TOOL_CHOICE_REQUIRED, NULL);
  assert_check (request, SONDE_REQUEST_ERROR_TOOL_CHOICE, "tool_choice");
  sonde_request_set_tool_choice (request, SONDE_TOOL_CHOICE_AUTO, NULL);
  assert_check (request, NO_ERROR, NULL);

  /* Where thinking is not known, it is not in the way. */
  sonde_request_set_tool_choice (request, SONDE_TOOL_CHOICE_REQUIRED, NULL);
  sonde_request_set_capabilities (request, &plain);
  assert_check (request, NO_ERROR, NULL);
}

/* Messages, read and checked. */
static const struct {
  const char *messages; /* without the brackets */
  int code;
  const char *place;
} messages[] = {
  { USER, NO_ERROR, NULL },
  { "", SONDE_REQUEST_ERROR_MESSAGES, "messages" },
  { "7", SONDE_REQUEST_ERROR_SYNTAX, "messages[0]" },
  { USER ",", SONDE_REQUEST_ERROR_SYNTAX, "messages" },
  { "{\"role\":\"developer\",\"content\":\"a\"}", SONDE_REQUEST_ERROR_MESSAGES,
    "messages[0].role" },
  { "{\"content\":\"a\"}", SONDE_REQUEST_ERROR_MESSAGES, "messages[0].role" },
  { "{\"role\":\"user\"}", SONDE_REQUEST_ERROR_MESSAGES, "messages[0].content" },
  { "{\"role\":\"system\",\"content\":null}", SONDE_REQUEST_ERROR_MESSAGES, "messages[0].content" },
  { "{\"role\":\"user\",\"content\":7}", SONDE_REQUEST_ERROR_SYNTAX, "messages[0].content" },
  { "{\"role\":\"user\",\"content\":\"a\",\"name\":\"\"}", SONDE_REQUEST_ERROR_MESSAGES,
    "messages[0].name" },
  { "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}", NO_ERROR, NULL },
  { "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image_url\"}]}",
    SONDE_REQUEST_ERROR_MESSAGES, "messages[0].content[1]" },

  /* An assistant's content. */
  { USER ",{\"role\":\"assistant\",\"content\":null}", SONDE_REQUEST_ERROR_EMPTY_ASSISTANT,
    "messages[1]" },
  { USER ",{\"role\":\"assistant\"}", SONDE_REQUEST_ERROR_EMPTY_ASSISTANT, "messages[1]" },
  { USER ",{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[]}",
    SONDE_REQUEST_ERROR_EMPTY_ASSISTANT, "messages[1]" },
  { USER ",{\"role\":\"assistant\",\"content\":\"\"}", NO_ERROR, NULL },
  { USER ",{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"Hm\"}", NO_ERROR,
    NULL },

  /* Tool calls and their results. */
  { USER "," CALLS (CALL ("a")) "," RESULT ("a"), NO_ERROR, NULL },
  { USER "," CALLS (CALL ("a") "," CALL ("b")) "," RESULT ("b") "," RESULT ("a") "," USER, NO_ERROR,
    NULL },
  { USER "," CALLS (CALL ("a")) "," USER "," RESULT ("a"), SONDE_REQUEST_ERROR_TOOL_MESSAGES,
    "messages[1]" },
  { USER "," CALLS (CALL ("a")), SONDE_REQUEST_ERROR_TOOL_MESSAGES, "messages[1]" },
  { USER "," CALLS (CALL ("a") "," CALL ("b")) "," RESULT ("a") "," USER,
    SONDE_REQUEST_ERROR_TOOL_MESSAGES, "messages[1]" },
  { USER "," CALLS (CALL ("a") "," CALL ("b")) "," RESULT ("a") "," RESULT ("a"),
    SONDE_REQUEST_ERROR_TOOL_MESSAGES, "messages[1]" },
  { USER "," CALLS (CALL ("a")) "," RESULT ("a") "," RESULT ("a"),
    SONDE_REQUEST_ERROR_TOOL_MESSAGES, "messages[3]" },
  { USER "," CALLS (CALL ("a")) "," RESULT ("b"), SONDE_REQUEST_ERROR_TOOL_MESSAGES,
    "messages[1]" },
  { USER "," RESULT ("a"), SONDE_REQUEST_ERROR_TOOL_MESSAGES, "messages[1]" },
  { USER "," CALLS (CALL ("")) "," RESULT (""), SONDE_REQUEST_ERROR_TOOL_MESSAGES,
    "messages[1].tool_calls[0]" },
  { USER "," CALLS (CALL ("a") "," CALL ("a")) "," RESULT ("a") "," RESULT ("a"),
    SONDE_REQUEST_ERROR_TOOL_MESSAGES, "messages[1].tool_calls[1]" },
  { USER "," CALLS ("{\"id\":\"a\",\"function\":{\"arguments\":\"\"}}") "," RESULT ("a"),
    SONDE_REQUEST_ERROR_TOOL_MESSAGES, "messages[1].tool_calls[0]" },
  { USER "," CALLS ("{\"id\":\"a\",\"function\":{\"name\":\"f\"}}") "," RESULT ("a"),
    SONDE_REQUEST_ERROR_TOOL_MESSAGES, "messages[1].tool_calls[0]" },
  { USER "," CALLS ("7"), SONDE_REQUEST_ERROR_SYNTAX, "messages[1].tool_calls[0]" },
  { USER ",{\"role\":\"assistant\",\"tool_calls\":7}", SONDE_REQUEST_ERROR_SYNTAX,
    "messages[1].tool_calls" },
  { USER ",{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\","
         "\"arguments\":\"{}\"}},{\"role\":\"function\",\"name\":\"f\",\"content\":\"4\"}",
    NO_ERROR, NULL },
  { USER ",{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\","
         "\"arguments\":\"{}\"}}," RESULT ("f"),
    SONDE_REQUEST_ERROR_TOOL_MESSAGES, "messages[1]" },

  /* A prefix. */
  { USER ",{\"role\":\"assistant\",\"content\":\"Once\",\"prefix\":true}", NO_ERROR, NULL },
  { USER ",{\"role\":\"assistant\",\"content\":\"Once\",\"prefix\":true}," USER,
    SONDE_REQUEST_ERROR_PREFIX, "messages[1].prefix" },
  { USER
    ",{\"role\":\"assistant\",\"content\":null,\"prefix\":true,\"tool_calls\":[" CALL ("a") "]}",
    SONDE_REQUEST_ERROR_PREFIX, "messages[1].prefix" },
};

static void
test_messages (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++) {
    g_autoptr (SondeRequest) request = sonde_request_new ("deepseek-v4-flash");
    g_autofree char *json = g_strdup_printf ("[%s]", messages[i].messages);
    g_autoptr (GError) error = NULL;

    if (sonde_request_add_messages_json (request, json, &error)) {
      assert_check (request, messages[i].code, messages[i].place);
    } else {
      g_test_message ("%s", error->message);
      g_assert_error (error, SONDE_REQUEST_ERROR, messages[i].code);
      g_assert_true (g_str_has_prefix (error->message, messages[i].place));
    }
  }
}

static void
test_size (void)
{
  g_autofree char *text = g_strnfill (48 * 1024 * 1024, 'a');
  g_autoptr (SondeRequest) request = sonde_request_new ("m");
  g_autoptr (SondeRequest) fitting = sonde_request_new ("m");
  g_autoptr (GBytes) none = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  sonde_request_add_message (request, SONDE_ROLE_USER, text, NULL);
  none = sonde_request_to_body (request, &error);
  g_assert_null (none);
  g_assert_error (error, SONDE_REQUEST_ERROR, SONDE_REQUEST_ERROR_SIZE);
  g_clear_error (&error);

  text[strlen (text) - 1024] = '\0';
  sonde_request_add_message (fitting, SONDE_ROLE_USER, text, NULL);
  body = sonde_request_to_body (fitting, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (body), >, strlen (text));
}

static void
test_failure (void)
{
  g_autoptr (SondeRequest) request = sonde_request_new ("m");
  g_autoptr (SondeFailure) failure = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (sonde_request_check (request, &error));
  failure = sonde_api_error_to_failure (error);
  g_assert_cmpint (failure->kind, ==, SONDE_FAILURE_INVALID_REQUEST);
  g_assert_cmpstr (failure->detail, ==, error->message);
  g_assert_cmpuint (failure->http_status, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-check/max-tokens", test_max_tokens);
  g_test_add_func ("/request-check/numbers", test_numbers);
  g_test_add_func ("/request-check/stop", test_stop);
  g_test_add_func ("/request-check/logprobs", test_logprobs);
  g_test_add_func ("/request-check/texts", test_texts);
  g_test_add_func ("/request-check/json-word", test_json_word);
  g_test_add_func ("/request-check/tools", test_tools);
  g_test_add_func ("/request-check/tool-counts", test_tool_counts);
  g_test_add_func ("/request-check/tool-choice", test_tool_choice);
  g_test_add_func ("/request-check/capabilities", test_capabilities);
  g_test_add_func ("/request-check/messages", test_messages);
  g_test_add_func ("/request-check/size", test_size);
  g_test_add_func ("/request-check/failure", test_failure);

  return g_test_run ();
}
