/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-message.h"

#include <string.h>

static SondeMessage *
new_answer (void)
{
  return sonde_message_new (7, 6, SONDE_ROLE_ASSISTANT, 1000);
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  guint *count = data;

  (*count)++;
}

static void
test_construct (void)
{
  SondeMessage *message = new_answer ();

  g_assert_cmpint (sonde_message_get_id (message), ==, 7);
  g_assert_cmpint (sonde_message_get_parent_id (message), ==, 6);
  g_assert_cmpint (sonde_message_get_role (message), ==, SONDE_ROLE_ASSISTANT);
  g_assert_cmpint (sonde_message_get_created_at (message), ==, 1000);
  g_assert_cmpint (sonde_message_get_state (message), ==, SONDE_MESSAGE_COMPLETE);
  g_assert_cmpint (sonde_message_get_phase (message), ==, SONDE_PHASE_NONE);
  g_assert_null (sonde_message_get_failure (message));
  g_assert_null (sonde_message_get_finish_reason (message));
  g_assert_null (sonde_message_get_usage (message));
  g_assert_null (sonde_message_get_model_id (message));
  g_assert_cmpint (sonde_message_get_thinking (message), ==, SONDE_THINKING_OFF);
  g_assert_cmpint (sonde_message_get_thinking_started_at (message), ==, 0);
  g_assert_cmpint (sonde_message_get_thinking_duration (message), ==, -1);
  g_assert_finalize_object (message);
}

/* Reasoning that is empty is not the same as none (contract.md section 4). */
static void
test_absent_and_empty (void)
{
  SondeMessage *message = new_answer ();

  g_assert_cmpstr (sonde_message_get_text (message, SONDE_TEXT_CONTENT), ==, "");
  g_assert_null (sonde_message_get_text (message, SONDE_TEXT_REASONING));
  g_assert_cmpuint (sonde_message_get_text_length (message, SONDE_TEXT_REASONING), ==, 0);

  sonde_message_append_text (message, SONDE_TEXT_REASONING, "", -1);
  g_assert_cmpstr (sonde_message_get_text (message, SONDE_TEXT_REASONING), ==, "");

  sonde_message_set_text (message, SONDE_TEXT_REASONING, NULL);
  g_assert_null (sonde_message_get_text (message, SONDE_TEXT_REASONING));
  sonde_message_set_text (message, SONDE_TEXT_REASONING, "");
  g_assert_cmpstr (sonde_message_get_text (message, SONDE_TEXT_REASONING), ==, "");

  sonde_message_set_text (message, SONDE_TEXT_CONTENT, NULL);
  g_assert_cmpstr (sonde_message_get_text (message, SONDE_TEXT_CONTENT), ==, "");
  g_assert_finalize_object (message);
}

typedef struct {
  guint count;
  SondeTextKind kind;
  guint64 offset;
} Change;

static void
text_changed_cb (SondeMessage *message, SondeTextKind kind, guint64 offset, gpointer data)
{
  Change *change = data;

  change->count++;
  change->kind = kind;
  change->offset = offset;
}

/* What comes is put at the end, and the change begins where the old text ended. */
static void
test_append (void)
{
  static const struct {
    SondeTextKind kind;
    const char *text;
    gssize length;
    guint64 offset;
    const char *expected;
  } steps[] = {
    { SONDE_TEXT_REASONING, "Let me", -1, 0, "Let me" },
    { SONDE_TEXT_REASONING, " see\xe2\x80\xa6", -1, 6, "Let me see\xe2\x80\xa6" },
    { SONDE_TEXT_CONTENT, "Yes, no", 3, 0, "Yes" },
    { SONDE_TEXT_CONTENT, "", -1, 3, "Yes" },
    { SONDE_TEXT_CONTENT, ".", 1, 3, "Yes." },
    { SONDE_TEXT_REASONING, "!", -1, 13, "Let me see\xe2\x80\xa6!" },
  };
  SondeMessage *message = new_answer ();
  Change change = { 0 };

  g_signal_connect (message, "text-changed", G_CALLBACK (text_changed_cb), &change);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    sonde_message_append_text (message, steps[i].kind, steps[i].text, steps[i].length);
    g_assert_cmpuint (change.count, ==, i + 1);
    g_assert_cmpint (change.kind, ==, steps[i].kind);
    g_assert_cmpuint (change.offset, ==, steps[i].offset);
    g_assert_cmpstr (sonde_message_get_text (message, steps[i].kind), ==, steps[i].expected);
    g_assert_cmpuint (sonde_message_get_text_length (message, steps[i].kind), ==,
                      strlen (steps[i].expected));
  }

  sonde_message_set_text (message, SONDE_TEXT_CONTENT, "Anew");
  g_assert_cmpuint (change.count, ==, G_N_ELEMENTS (steps) + 1);
  g_assert_cmpint (change.kind, ==, SONDE_TEXT_CONTENT);
  g_assert_cmpuint (change.offset, ==, 0);
  g_assert_finalize_object (message);
}

static void
set_state (SondeMessage *message)
{
  sonde_message_set_state (message, SONDE_MESSAGE_STREAMING);
}

static void
set_phase (SondeMessage *message)
{
  sonde_message_set_phase (message, SONDE_PHASE_THINKING);
}

static void
set_finish_reason (SondeMessage *message)
{
  sonde_message_set_finish_reason (message, "stop");
}

static void
set_model_id (SondeMessage *message)
{
  sonde_message_set_model_id (message, "deepseek-v4-pro");
}

static void
set_thinking (SondeMessage *message)
{
  sonde_message_set_thinking (message, SONDE_THINKING_MAX);
}

static void
set_thinking_started_at (SondeMessage *message)
{
  sonde_message_set_thinking_started_at (message, 5000);
}

static void
set_thinking_duration (SondeMessage *message)
{
  sonde_message_set_thinking_duration (message, 12000);
}

/* A property notifies when it changes, and not when it is set to what it was. */
static void
test_notify (void)
{
  static const struct {
    const char *name;
    void (*set) (SondeMessage *message);
  } setters[] = {
    { "state", set_state },
    { "phase", set_phase },
    { "finish-reason", set_finish_reason },
    { "model-id", set_model_id },
    { "thinking", set_thinking },
    { "thinking-started-at", set_thinking_started_at },
    { "thinking-duration", set_thinking_duration },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (setters); i++) {
    SondeMessage *message = new_answer ();
    g_autofree char *signal = g_strdup_printf ("notify::%s", setters[i].name);
    g_auto (GValue) value = G_VALUE_INIT;
    guint own = 0, all = 0;

    g_signal_connect (message, signal, G_CALLBACK (count_cb), &own);
    g_signal_connect (message, "notify", G_CALLBACK (count_cb), &all);
    setters[i].set (message);
    setters[i].set (message);
    g_assert_cmpuint (own, ==, 1);
    g_assert_cmpuint (all, ==, 1);
    g_object_get_property (G_OBJECT (message), setters[i].name, &value);
    g_assert_false (g_param_value_defaults (
      g_object_class_find_property (G_OBJECT_GET_CLASS (message), setters[i].name), &value));
    g_assert_finalize_object (message);
  }
}

/* Records are copied, also from the message's own. */
static void
test_records (void)
{
  SondeMessage *message = new_answer ();
  g_autoptr (SondeFailure) failure =
    sonde_failure_new (SONDE_FAILURE_RATE_LIMIT, 429, "slow down", "trace");
  g_autoptr (SondeUsage) usage = sonde_usage_new ();
  guint count = 0;

  g_assert_cmpint (usage->cache_hit_tokens, ==, -1);
  usage->total_tokens = 42;
  g_signal_connect (message, "notify::failure", G_CALLBACK (count_cb), &count);
  g_signal_connect (message, "notify::usage", G_CALLBACK (count_cb), &count);

  sonde_message_set_failure (message, failure);
  sonde_message_set_usage (message, usage);
  g_assert_cmpuint (count, ==, 2);
  failure->detail[0] = 'S';
  usage->total_tokens = 0;
  sonde_message_set_failure (message, sonde_message_get_failure (message));
  sonde_message_set_usage (message, sonde_message_get_usage (message));
  g_assert_cmpint (sonde_message_get_failure (message)->kind, ==, SONDE_FAILURE_RATE_LIMIT);
  g_assert_cmpuint (sonde_message_get_failure (message)->http_status, ==, 429);
  g_assert_cmpstr (sonde_message_get_failure (message)->detail, ==, "slow down");
  g_assert_cmpstr (sonde_message_get_failure (message)->trace_id, ==, "trace");
  g_assert_cmpint (sonde_message_get_usage (message)->total_tokens, ==, 42);

  sonde_message_set_failure (message, NULL);
  sonde_message_set_usage (message, NULL);
  g_assert_null (sonde_message_get_failure (message));
  g_assert_null (sonde_message_get_usage (message));
  g_assert_finalize_object (message);
}

/* The names on the wire, there and back. */
static void
test_names (void)
{
  static const char *const roles[] = { "system", "user", "assistant", "tool" };
  static const char *const levels[] = { "off", "low", "high", "max" };
  SondeRole role = SONDE_ROLE_TOOL;
  SondeThinking thinking = SONDE_THINKING_MAX;

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++) {
    g_assert_cmpstr (sonde_role_to_string ((SondeRole) i), ==, roles[i]);
    g_assert_true (sonde_role_from_string (roles[i], &role));
    g_assert_cmpint (role, ==, i);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++) {
    g_assert_cmpstr (sonde_thinking_to_string ((SondeThinking) i), ==, levels[i]);
    g_assert_true (sonde_thinking_from_string (levels[i], &thinking));
    g_assert_cmpint (thinking, ==, i);
  }

  g_assert_false (sonde_role_from_string ("User", &role));
  g_assert_false (sonde_role_from_string (NULL, &role));
  g_assert_false (sonde_thinking_from_string ("medium", &thinking));
  g_assert_false (sonde_thinking_from_string (NULL, &thinking));
  g_assert_cmpint (role, ==, SONDE_ROLE_TOOL);
  g_assert_cmpint (thinking, ==, SONDE_THINKING_MAX);
}

/* The store keeps these numbers: a change would make old failures mean something else. */
static void
test_failure_numbers (void)
{
  static const char *const nicks[] = {
    "no-key",         "unauthorized",
    "balance",        "invalid-request",
    "context-length", "model-not-found",
    "content-risk",   "too-large",
    "endpoint",       "rate-limit",
    "server",         "overloaded",
    "network",        "cut",
    "stalled",        "empty",
    "protocol",       "stream",
  };
  g_autoptr (GEnumClass) klass = g_type_class_ref (SONDE_TYPE_FAILURE_KIND);

  g_assert_cmpuint (klass->n_values, >=, G_N_ELEMENTS (nicks));
  for (gsize i = 0; i < G_N_ELEMENTS (nicks); i++)
    g_assert_cmpstr (g_enum_get_value (klass, (int) i)->value_nick, ==, nicks[i]);
}

/* What was asked for as JSON is known to have been, whatever else it was asked with. */
static void
test_json_output (void)
{
  static const char *const parameters[] = { NULL, "{}", "{ }", "{\"top_p\":0.5}" };

  for (gsize i = 0; i < G_N_ELEMENTS (parameters); i++) {
    g_autoptr (SondeMessageDetails) details = sonde_message_details_new ();

    details->parameters = g_strdup (parameters[i]);
    g_assert_false (sonde_message_details_get_json_output (details));
    sonde_message_details_add_json_output (details);
    g_assert_true (sonde_message_details_get_json_output (details));
    g_assert_cmpstr (details->parameters, ==,
                     i < 3 ? "{\"response_format\":{\"type\":\"json_object\"}}"
                           : "{\"response_format\":{\"type\":\"json_object\"},\"top_p\":0.5}");
  }
  g_assert_false (sonde_message_details_get_json_output (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message/construct", test_construct);
  g_test_add_func ("/message/absent-and-empty", test_absent_and_empty);
  g_test_add_func ("/message/append", test_append);
  g_test_add_func ("/message/notify", test_notify);
  g_test_add_func ("/message/records", test_records);
  g_test_add_func ("/message/names", test_names);
  g_test_add_func ("/message/failure-numbers", test_failure_numbers);
  g_test_add_func ("/message/json-output", test_json_output);

  return g_test_run ();
}
