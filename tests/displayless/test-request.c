/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-request.h"

#include <string.h>

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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request/settings", test_settings);
  g_test_add_func ("/request/messages", test_messages);
  g_test_add_func ("/request/history", test_history);
  g_test_add_func ("/request/stable-prefix", test_stable_prefix);

  return g_test_run ();
}
