/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "sonde-context-meter.h"
#include "sonde-test.h"
#include "sonde-token-estimate.h"

typedef struct {
  SondeConversation *conversation;
  SondeContextMeter *meter;
  guint n_changes;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  fixture->conversation = sonde_conversation_new (1, 1);
  sonde_conversation_set_messages (fixture->conversation, none);
  fixture->meter = sonde_context_meter_new ();
  g_signal_connect_swapped (fixture->meter, "changed", G_CALLBACK (changed_cb), fixture);
  sonde_context_meter_set_conversation (fixture->meter, fixture->conversation);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->meter);
  g_assert_finalize_object (fixture->conversation);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static SondeMessage *
say (Fixture *fixture, SondeRole role, gsize length)
{
  g_autofree char *text = g_strnfill (length, 'x');
  gint64 leaf = sonde_conversation_get_leaf_id (fixture->conversation);
  g_autoptr (SondeMessage) message = sonde_message_new (leaf + 1, leaf, role, 1);

  sonde_message_set_text (message, SONDE_TEXT_CONTENT, text);
  sonde_conversation_append (fixture->conversation, message);
  settle ();

  return message; /* the conversation keeps it */
}

static void
end (SondeMessage *answer, gint64 prompt, gint64 completion, gint64 reasoning)
{
  SondeUsage usage = { prompt, completion, prompt + completion, 0, prompt, reasoning };

  sonde_message_set_usage (answer, &usage);
  sonde_message_set_state (answer, SONDE_MESSAGE_STREAMING);
  sonde_message_set_state (answer, SONDE_MESSAGE_COMPLETE);
  settle ();
}

static void
assert_parts (Fixture *fixture, gint64 system, gint64 history, gint64 draft)
{
  SondeContextParts parts;

  sonde_context_meter_get_parts (fixture->meter, &parts);
  g_assert_cmpint (parts.system_prompt, ==, system);
  g_assert_cmpint (parts.history, ==, history);
  g_assert_cmpint (parts.draft, ==, draft);
  g_assert_cmpint (parts.total, ==, system + history + draft + parts.attachments);
}

static void
test_estimate (void)
{
  g_assert_cmpint (sonde_token_estimate_tenths (NULL, -1), ==, 0);
  g_assert_cmpint (sonde_token_estimate_tenths ("Hello, Welt", -1), ==, 33);
  g_assert_cmpint (sonde_token_estimate_tenths ("Grüße", -1), ==, 15);
  g_assert_cmpint (sonde_token_estimate_tenths ("水在什么温度下沸腾？", -1), ==, 60);
  g_assert_cmpint (sonde_token_estimate_tenths ("你好 World", -1), ==, 12 + 18);
  g_assert_cmpint (sonde_token_estimate_tenths ("한국어", -1), ==, 18);
  g_assert_cmpint (sonde_token_estimate_tenths ("abcdef", 3), ==, 9);
}

/* Nothing was answered yet: 0.3 tokens for a character. */
static void
test_without_usage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeModelInfo) model = sonde_model_info_new ("m", NULL);
  SondeContextParts parts;

  sonde_model_info_set_context_window (model, 1000);
  sonde_context_meter_set_model (fixture->meter, model);
  assert_parts (fixture, 0, 0, 0);
  sonde_context_meter_set_draft (fixture->meter, "0123456789");
  assert_parts (fixture, 0, 0, 3);
  sonde_conversation_set_system_prompt (fixture->conversation, "01234567890123456789");
  assert_parts (fixture, 6, 0, 3);
  say (fixture, SONDE_ROLE_USER, 100);
  say (fixture, SONDE_ROLE_ASSISTANT, 200);
  assert_parts (fixture, 6, 90, 3);
  sonde_context_meter_set_attachments (fixture->meter, 50);
  sonde_context_meter_get_parts (fixture->meter, &parts);
  g_assert_cmpint (parts.attachments, ==, 50);
  g_assert_cmpint (parts.total, ==, 149);
  g_assert_cmpint (parts.window, ==, 1000);
}

/* What the service counted is taken; its tokens were twice as many as estimated, and so is
 * what came after it. The reasoning is not sent back. */
static void
test_with_usage (Fixture *fixture, gconstpointer data)
{
  SondeMessage *answer;

  sonde_conversation_set_system_prompt (fixture->conversation, "0123456789");
  say (fixture, SONDE_ROLE_USER, 100);
  answer = say (fixture, SONDE_ROLE_ASSISTANT, 100);
  end (answer, 1000, 60 + 500, 500);
  assert_parts (fixture, 6, 1060 - 6, 0);
  sonde_context_meter_set_draft (fixture->meter, "0123456789");
  assert_parts (fixture, 6, 1054, 6);
  g_assert_cmpint (sonde_context_meter_estimate (fixture->meter, "0123456789"), ==, 6);
  say (fixture, SONDE_ROLE_USER, 100);
  assert_parts (fixture, 6, 1054 + 60, 6);

  /* An answer that stopped half way has no usage. */
  say (fixture, SONDE_ROLE_ASSISTANT, 50);
  assert_parts (fixture, 6, 1054 + 60 + 30, 6);
}

/* A short answer says nothing about the length of tokens. */
static void
test_short_answer (Fixture *fixture, gconstpointer data)
{
  say (fixture, SONDE_ROLE_USER, 100);
  end (say (fixture, SONDE_ROLE_ASSISTANT, 2), 40, 30, 0);
  sonde_context_meter_set_draft (fixture->meter, "0123456789");
  assert_parts (fixture, 0, 70, 3);
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) other = sonde_conversation_new (2, 1);

  say (fixture, SONDE_ROLE_USER, 100);
  fixture->n_changes = 0;
  sonde_context_meter_set_draft (fixture->meter, "abc");
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  sonde_context_meter_set_draft (fixture->meter, "xyz");
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  sonde_context_meter_set_conversation (fixture->meter, other);
  settle ();
  assert_parts (fixture, 0, 0, 0);
  fixture->n_changes = 0;
  say (fixture, SONDE_ROLE_USER, 100);
  g_assert_cmpuint (fixture->n_changes, ==, 0);
  sonde_context_meter_set_conversation (fixture->meter, NULL);
  settle ();
}

/* Files of what was said are a part of it. */
static void
test_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (1000, 'x');
  g_autoptr (SondeMessage) question = sonde_message_new (1, 0, SONDE_ROLE_USER, 1);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, sonde_attachment_new_text ("a", "text/plain", 1000, text, -1));
  sonde_message_set_text (question, SONDE_TEXT_CONTENT, "0123456789");
  sonde_message_set_attachments (question, files);
  sonde_conversation_append (fixture->conversation, question);
  settle ();
  assert_parts (fixture, 0, 303, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/context-meter/estimate", test_estimate);
  g_test_add ("/context-meter/without-usage", Fixture, NULL, set_up, test_without_usage, tear_down);
  g_test_add ("/context-meter/with-usage", Fixture, NULL, set_up, test_with_usage, tear_down);
  g_test_add ("/context-meter/short-answer", Fixture, NULL, set_up, test_short_answer, tear_down);
  g_test_add ("/context-meter/files", Fixture, NULL, set_up, test_files, tear_down);
  g_test_add ("/context-meter/changes", Fixture, NULL, set_up, test_changes, tear_down);

  return g_test_run ();
}
