/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-request.h"

#include <string.h>

#include "sonde-tool-call.h"

#define MESSAGES_FLASH                                                                             \
  "{\"model\":\"deepseek-v4-flash\",\"thinking\":{\"type\":\"disabled\"},\"stream\":true,"         \
  "\"stream_options\":{\"include_usage\":true},\"messages\":["

static SondeMessage *
new_message (SondeRole role, const char *content, const char *reasoning)
{
  SondeMessage *message = sonde_message_new (1, 0, role, 0);

  sonde_message_set_text (message, SONDE_TEXT_CONTENT, content);
  sonde_message_set_text (message, SONDE_TEXT_REASONING, reasoning);

  return message;
}

static void
assert_json (SondeRequest *request, const char *expected)
{
  g_autofree char *json = sonde_request_to_json (request);

  g_assert_cmpstr (json, ==, expected);
}

static void
test_settings (void)
{
  SondeRequest *request = sonde_request_new ("deepseek-v4-flash");

  g_assert_cmpstr (sonde_request_get_model_id (request), ==, "deepseek-v4-flash");
  g_assert_true (sonde_request_get_stream (request));
  assert_json (request, MESSAGES_FLASH "]}");

  sonde_request_set_thinking (request, SONDE_THINKING_MAX);
  assert_json (request, "{\"model\":\"deepseek-v4-flash\",\"thinking\":{\"type\":\"enabled\"},"
                        "\"reasoning_effort\":\"max\",\"stream\":true,"
                        "\"stream_options\":{\"include_usage\":true},\"messages\":[]}");
  sonde_request_set_thinking (request, SONDE_THINKING_LOW);
  sonde_request_set_stream (request, FALSE);
  assert_json (request, "{\"model\":\"deepseek-v4-flash\",\"thinking\":{\"type\":\"enabled\"},"
                        "\"reasoning_effort\":\"low\",\"stream\":false,\"messages\":[]}");
  g_assert_finalize_object (request);
}

/* Every field that is sent only where somebody has set it. */
static void
test_fields (void)
{
  static const char tools[] = " [ {\"type\" : \"function\",\"function\":{\"name\":\"a\"}} ]\n";
  static const char *const stop[] = { "END", "\n4.", NULL };
  SondeCapabilities plain = { .thinking = FALSE };
  g_autoptr (SondeRequest) request = sonde_request_new ("m");

  sonde_request_set_stream (request, FALSE);
  sonde_request_set_max_tokens (request, 60);
  sonde_request_set_temperature (request, 0.7);
  sonde_request_set_top_p (request, 1);
  sonde_request_set_frequency_penalty (request, -0.1);
  sonde_request_set_presence_penalty (request, 1. / 3);
  sonde_request_set_json_output (request, TRUE);
  sonde_request_set_stop (request, stop);
  sonde_request_set_logprobs (request, TRUE);
  sonde_request_set_top_logprobs (request, 0);
  sonde_request_set_user_id (request, "u");
  sonde_request_set_tools (request, tools);
  sonde_request_set_tool_choice (request, SONDE_TOOL_CHOICE_NAMED, "a");
  assert_json (request,
               "{\"model\":\"m\",\"thinking\":{\"type\":\"disabled\"},\"max_tokens\":60,"
               "\"temperature\":0.7,\"top_p\":1,\"frequency_penalty\":-0.1,"
               "\"presence_penalty\":0.33333333333333331,"
               "\"response_format\":{\"type\":\"json_object\"},\"stop\":[\"END\",\"\\n4.\"],"
               "\"logprobs\":true,\"top_logprobs\":0,\"user_id\":\"u\","
               "\"tools\": [ {\"type\" : \"function\",\"function\":{\"name\":\"a\"}} ]\n,"
               "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"a\"}},"
               "\"stream\":false,\"messages\":[]}");

  /* Thinking, the service ignores the sampling. */
  sonde_request_set_thinking (request, SONDE_THINKING_HIGH);
  sonde_request_set_json_output (request, FALSE);
  sonde_request_set_stop (request, NULL);
  sonde_request_set_logprobs (request, FALSE);
  sonde_request_set_top_logprobs (request, -1);
  sonde_request_set_user_id (request, NULL);
  sonde_request_set_tools (request, NULL);
  sonde_request_set_tool_choice (request, SONDE_TOOL_CHOICE_REQUIRED, NULL);
  assert_json (request, "{\"model\":\"m\",\"thinking\":{\"type\":\"enabled\"},"
                        "\"reasoning_effort\":\"high\",\"max_tokens\":60,"
                        "\"tool_choice\":\"required\",\"stream\":false,\"messages\":[]}");

  /* A root that knows neither thinking nor penalties. */
  sonde_request_set_capabilities (request, &plain);
  sonde_request_set_tool_choice (request, SONDE_TOOL_CHOICE_AUTO, NULL);
  assert_json (request, "{\"model\":\"m\",\"max_tokens\":60,\"temperature\":0.7,\"top_p\":1,"
                        "\"tool_choice\":\"auto\",\"stream\":false,\"messages\":[]}");
}

/* What this client never sends: contract.md sections 3, 9 and 11. */
static void
test_never_sent (void)
{
  static const char *const fields[] = {
    "title",
    "safety_check",
    "n",
    "seed",
    "logit_bias",
    "functions",
    "user",
    "parallel_tool_calls",
    "conversation_id",
    "tools_choice",
    "max_completion_tokens",
  };
  g_autoptr (SondeRequest) request = sonde_request_new ("m");
  g_autofree char *json = NULL;

  sonde_request_add_message (request, SONDE_ROLE_USER, "Hi", NULL);
  json = sonde_request_to_json (request);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_autofree char *key = g_strdup_printf ("\"%s\":", fields[i]);

    g_assert_null (strstr (json, key));
  }
}

static void
test_needs_beta (void)
{
  static const char strict[] =
    "[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"strict\":true}}]";
  SondeCapabilities elsewhere = SONDE_CAPABILITIES_DEEPSEEK;
  g_autoptr (SondeRequest) request = sonde_request_new ("m");

  elsewhere.beta = FALSE;
  g_assert_false (sonde_request_get_needs_beta (request));
  sonde_request_set_tools (request, strict);
  g_assert_true (sonde_request_get_needs_beta (request));
  sonde_request_set_tools (request, "[");
  g_assert_false (sonde_request_get_needs_beta (request));
  sonde_request_add_prefix (request, "Once", NULL);
  g_assert_true (sonde_request_get_needs_beta (request));
  sonde_request_set_capabilities (request, &elsewhere);
  g_assert_false (sonde_request_get_needs_beta (request));
}

static GPtrArray *
new_calls (const char *id, gboolean legacy)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_tool_call_free);

  /* The arguments are not what anyone would write again, and not even JSON. */
  g_ptr_array_add (calls, sonde_tool_call_new (id, "weather", "{ \"n\" :1.0e2,}", legacy));

  return calls;
}

static void
test_message_shapes (void)
{
  g_autoptr (GPtrArray) calls = new_calls ("c1", FALSE);
  g_autoptr (GPtrArray) legacy = new_calls (NULL, TRUE);
  SondeCapabilities no_replay = SONDE_CAPABILITIES_DEEPSEEK;
  g_autoptr (SondeRequest) request = sonde_request_new ("deepseek-v4-flash");
  g_autofree char *json = NULL;

  sonde_request_add_message (request, SONDE_ROLE_USER, "Hi", NULL);
  sonde_request_set_last_name (request, "Ann");
  sonde_request_add_tool_calls (request, NULL, "", calls);
  sonde_request_add_tool_result (request, "c1", "");
  sonde_request_add_tool_calls (request, "So", NULL, legacy);
  sonde_request_add_function_result (request, "weather", "4");
  sonde_request_add_prefix (request, "Once", "Hm");
  g_assert_true (sonde_request_check (request, NULL));
  assert_json (request, MESSAGES_FLASH
               "{\"role\":\"user\",\"content\":\"Hi\",\"name\":\"Ann\"},"
               "{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":\"\",\"tool_calls\":"
               "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"weather\","
               "\"arguments\":\"{ \\\"n\\\" :1.0e2,}\"}}]},"
               "{\"role\":\"tool\",\"content\":\"(no output)\",\"tool_call_id\":\"c1\"},"
               "{\"role\":\"assistant\",\"content\":\"So\",\"function_call\":{\"name\":\"weather\","
               "\"arguments\":\"{ \\\"n\\\" :1.0e2,}\"}},"
               "{\"role\":\"function\",\"content\":\"4\",\"name\":\"weather\"},"
               "{\"role\":\"assistant\",\"content\":\"Once\",\"reasoning_content\":\"Hm\","
               "\"prefix\":true}]}");

  no_replay.reasoning_replay = FALSE;
  sonde_request_set_capabilities (request, &no_replay);
  json = sonde_request_to_json (request);
  g_assert_null (strstr (json, "reasoning_content"));
}

/* Messages that somebody wrote come out with the same texts. */
static void
test_messages_json (void)
{
  g_autoptr (SondeRequest) request = sonde_request_new ("deepseek-v4-flash");
  g_autoptr (GError) error = NULL;

  sonde_request_add_messages_json (
    request,
    "[{\"content\":[{\"type\":\"text\",\"text\":\"H\"},{\"type\":\"text\",\"text\":\"i\"}],"
    "\"role\":\"user\",\"name\":\"Ann\",\"colour\":\"red\"},"
    "{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"\",\"tool_calls\":[{\"id\":"
    "\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
    "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"4\"},"
    "{\"role\":\"assistant\",\"content\":\"Once\",\"prefix\":true}]",
    &error);
  g_assert_no_error (error);
  assert_json (request, MESSAGES_FLASH
               "{\"role\":\"user\",\"content\":\"Hi\",\"name\":\"Ann\"},"
               "{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":\"\",\"tool_calls\":"
               "[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\","
               "\"arguments\":\"{}\"}}]},"
               "{\"role\":\"tool\",\"content\":\"4\",\"tool_call_id\":\"c\"},"
               "{\"role\":\"assistant\",\"content\":\"Once\",\"prefix\":true}]}");
}

static const struct {
  SondeRole role;
  const char *content;
  const char *reasoning;
  const char *expected;
} messages[] = {
  { SONDE_ROLE_USER, "Hi", NULL, "{\"role\":\"user\",\"content\":\"Hi\"}" },
  { SONDE_ROLE_SYSTEM, "Be kind", "ignored", "{\"role\":\"system\",\"content\":\"Be kind\"}" },
  { SONDE_ROLE_ASSISTANT, "Hello", NULL, "{\"role\":\"assistant\",\"content\":\"Hello\"}" },
  { SONDE_ROLE_ASSISTANT, "Hello", "",
    "{\"role\":\"assistant\",\"content\":\"Hello\","
    "\"reasoning_content\":\"\"}" },
  { SONDE_ROLE_ASSISTANT, NULL, "Hm",
    "{\"role\":\"assistant\",\"content\":\"\","
    "\"reasoning_content\":\"Hm\"}" },
  { SONDE_ROLE_USER, "\"\\/\b\f\n\r\t\x01\x1f\x7f", NULL,
    "{\"role\":\"user\",\"content\":\"\\\"\\\\/\\u0008\\u000c\\n\\u000d\\t\\u0001\\u001f\x7f\"}" },
  { SONDE_ROLE_USER, "中文 😀 \xe2\x80\xa8", NULL,
    "{\"role\":\"user\",\"content\":\"中文 😀 \xe2\x80\xa8\"}" },
  { SONDE_ROLE_USER,
    "a\xff"
    "b\xed\xa0\x80",
    NULL, "{\"role\":\"user\",\"content\":\"a�b���\"}" },
};

static void
test_messages (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++) {
    g_autoptr (SondeRequest) request = sonde_request_new ("deepseek-v4-flash");
    g_autofree char *expected = g_strconcat (MESSAGES_FLASH, messages[i].expected, "]}", NULL);

    sonde_request_add_message (request, messages[i].role, messages[i].content,
                               messages[i].reasoning);
    assert_json (request, expected);
  }
}

static void
test_history (void)
{
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (SondeRequest) request = sonde_request_new ("deepseek-v4-flash");
  SondeMessage *message;

  g_ptr_array_add (history, new_message (SONDE_ROLE_USER, "One", NULL));
  message = new_message (SONDE_ROLE_ASSISTANT, "", NULL);
  sonde_message_set_state (message, SONDE_MESSAGE_FAILED);
  g_ptr_array_add (history, message);
  g_ptr_array_add (history, new_message (SONDE_ROLE_ASSISTANT, "", ""));
  g_ptr_array_add (history, new_message (SONDE_ROLE_USER, "Two", NULL));
  message = new_message (SONDE_ROLE_ASSISTANT, "", "Half a th");
  sonde_message_set_state (message, SONDE_MESSAGE_INTERRUPTED);
  g_ptr_array_add (history, message);
  g_ptr_array_add (history, new_message (SONDE_ROLE_USER, "", NULL));

  sonde_request_add_history (request, history);
  assert_json (request, MESSAGES_FLASH "{\"role\":\"user\",\"content\":\"One\"},"
                                       "{\"role\":\"user\",\"content\":\"Two\"},"
                                       "{\"role\":\"assistant\",\"content\":\"\","
                                       "\"reasoning_content\":\"Half a th\"},"
                                       "{\"role\":\"user\",\"content\":\"\"}]}");
}

/* Each turn sends the former turn's body and adds to it: contract.md section 4, rule 4. */
static void
test_stable_prefix (void)
{
  static const char *const reasonings[] = { "Hm \"quoted\" 中文\n", "", NULL, "a\xff" };
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *former = NULL;

  for (guint turn = 0; turn < 50; turn++) {
    g_autoptr (SondeRequest) request = sonde_request_new ("deepseek-v4-pro");
    g_autofree char *question = g_strdup_printf ("Question %u?", turn);
    g_autofree char *answer = g_strdup_printf ("Answer %u.\n", turn);
    g_autofree char *body = NULL;
    g_autofree char *again = NULL;
    SondeMessage *message;

    g_ptr_array_add (history, new_message (SONDE_ROLE_USER, question, NULL));
    sonde_request_set_thinking (request, SONDE_THINKING_HIGH);
    sonde_request_add_message (request, SONDE_ROLE_SYSTEM, "Be kind.", NULL);
    sonde_request_add_history (request, history);
    body = sonde_request_to_json (request);
    again = sonde_request_to_json (request);
    g_assert_cmpstr (body, ==, again);
    g_assert_true (g_utf8_validate (body, -1, NULL));
    g_assert_true (g_str_has_suffix (body, "?\"}]}"));

    if (former != NULL) {
      former[strlen (former) - strlen ("]}")] = '\0';
      g_assert_true (g_str_has_prefix (body, former));
    }
    g_set_str (&former, body);

    message = new_message (SONDE_ROLE_ASSISTANT, turn % 7 == 3 ? "" : answer,
                           reasonings[turn % G_N_ELEMENTS (reasonings)]);
    sonde_message_set_state (message,
                             turn % 5 == 0 ? SONDE_MESSAGE_STOPPED : SONDE_MESSAGE_COMPLETE);
    g_ptr_array_add (history, message);
  }
}

/* The same with tools: each turn calls one, with its reasoning, gets a result, answers. */
static void
test_stable_prefix_tools (void)
{
  static const char *const reasonings[] = { "Hm \"quoted\" 中文\n", "", NULL };
  g_autoptr (SondeRequest) request = sonde_request_new ("deepseek-v4-pro");
  g_autofree char *former = NULL;

  sonde_request_set_thinking (request, SONDE_THINKING_HIGH);
  sonde_request_set_tools (request,
                           "[{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}]");
  for (guint turn = 0; turn < 50; turn++) {
    const char *reasoning = reasonings[turn % G_N_ELEMENTS (reasonings)];
    g_autofree char *id = g_strdup_printf ("call_%u", turn);
    g_autoptr (GPtrArray) calls = new_calls (id, FALSE);

    sonde_request_add_message (request, SONDE_ROLE_USER, "And now?", NULL);
    for (guint step = 0; step < 2; step++) {
      g_autofree char *body = sonde_request_to_json (request);

      g_assert_true (sonde_request_check (request, NULL));
      if (former != NULL) {
        former[strlen (former) - strlen ("]}")] = '\0';
        g_assert_true (g_str_has_prefix (body, former));
      }
      g_set_str (&former, body);
      if (step == 0) {
        sonde_request_add_tool_calls (request, turn % 2 == 0 ? NULL : "Let me see", reasoning,
                                      calls);
        sonde_request_add_tool_result (request, id, turn % 5 == 0 ? NULL : "4 °C");
      } else {
        sonde_request_add_message (request, SONDE_ROLE_ASSISTANT, "Cold.", reasoning);
      }
    }
  }
}

/* More than the model gives is not asked for, whatever the model. */
static void
test_max_output (void)
{
  static const struct {
    gint64 max_tokens;
    gint64 max_output;
    const char *sent;
  } rows[] = {
    { 100, 0, "\"max_tokens\":100," },       { 8192, 8192, "\"max_tokens\":8192," },
    { 8193, 8192, "\"max_tokens\":8192," },  { 500000, 393216, "\"max_tokens\":393216," },
    { 500000, 0, "\"max_tokens\":500000," },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (SondeRequest) request = sonde_request_new ("m");
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) body = NULL;

    sonde_request_set_max_tokens (request, rows[i].max_tokens);
    sonde_request_set_max_output (request, rows[i].max_output);
    sonde_request_add_message (request, SONDE_ROLE_USER, "Hi", NULL);
    body = sonde_request_to_body (request, &error);
    g_assert_no_error (error);
    g_assert_nonnull (
      g_strstr_len (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), rows[i].sent));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request/settings", test_settings);
  g_test_add_func ("/request/fields", test_fields);
  g_test_add_func ("/request/never-sent", test_never_sent);
  g_test_add_func ("/request/needs-beta", test_needs_beta);
  g_test_add_func ("/request/message-shapes", test_message_shapes);
  g_test_add_func ("/request/messages-json", test_messages_json);
  g_test_add_func ("/request/messages", test_messages);
  g_test_add_func ("/request/history", test_history);
  g_test_add_func ("/request/stable-prefix", test_stable_prefix);
  g_test_add_func ("/request/stable-prefix-tools", test_stable_prefix_tools);

  g_test_add_func ("/request/max-output", test_max_output);

  return g_test_run ();
}
