/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-exporter.h"
#include "sonde-importer.h"
#include "sonde-tool-call.h"
#include "sonde-test.h"

G_BEGIN_DECLS

/* Writes a value so that absent and empty differ. */
G_GNUC_UNUSED static void
dump_string (GString *out, const char *name, const char *value)
{
  if (value != NULL)
    g_string_append_printf (out, " %s=[%s]", name, value);
}

G_GNUC_UNUSED static void
dump_details (GString *out, const SondeMessageDetails *details)
{
  if (details == NULL)
    return;

  dump_string (out, "name", details->name);
  dump_string (out, "answers", details->tool_call_id);
  for (guint i = 0; details->tool_calls != NULL && i < details->tool_calls->len; i++) {
    const SondeToolCall *call = g_ptr_array_index (details->tool_calls, i);

    dump_string (out, "call", call->id);
    dump_string (out, call->legacy ? "function" : "tool", call->name);
    dump_string (out, "arguments", call->arguments);
  }
  dump_string (out, "title", details->title);
  dump_string (out, "extra", details->extra);
  dump_string (out, "logprobs", details->logprobs);
  dump_string (out, "fingerprint", details->system_fingerprint);
  dump_string (out, "trace", details->trace_id);
  dump_string (out, "parameters", details->parameters);
  dump_string (out, "currency", details->currency);
  if (details->currency != NULL)
    g_string_append_printf (out, " rates=%.17g/%.17g/%.17g", details->rates.hit,
                            details->rates.miss, details->rates.output);
  if (details->first_token_delay >= 0 || details->duration >= 0)
    g_string_append_printf (out, " times=%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                            details->first_token_delay, details->duration);
}

G_GNUC_UNUSED static void
dump_attachments (GString *out, GPtrArray *attachments)
{
  for (guint i = 0; attachments != NULL && i < attachments->len; i++) {
    SondeAttachment *attachment = g_ptr_array_index (attachments, i);

    dump_string (out, "file", sonde_attachment_get_name (attachment));
    dump_string (out, "type", sonde_attachment_get_media_type (attachment));
    dump_string (out, "hash", sonde_attachment_get_sha256 (attachment));
    dump_string (out, "text", sonde_attachment_get_text (attachment, NULL));
    g_string_append_printf (out, " size=%" G_GINT64_FORMAT, sonde_attachment_get_size (attachment));
  }
}

/* Writes all that a record holds. Numbers of messages are counted from the first one. */
G_GNUC_UNUSED static void
dump_record (GString *out, const SondeTransferRecord *record)
{
  SondeConversation *conversation = record->conversation;
  g_autoptr (GPtrArray) draft_attachments = NULL;
  gint64 base = sonde_conversation_get_id (conversation);

  g_string_append_printf (
    out, "# created=%" G_GINT64_FORMAT " updated=%" G_GINT64_FORMAT " leaf=%" G_GINT64_FORMAT,
    sonde_conversation_get_created_at (conversation),
    sonde_conversation_get_updated_at (conversation),
    sonde_conversation_get_leaf_id (conversation) - base);
  dump_string (out, "title", sonde_conversation_get_title (conversation));
  dump_string (out, "origin", record->origin);
  dump_string (out, "model", sonde_conversation_get_model_id (conversation));
  dump_string (out, "thinking",
               sonde_thinking_to_string (sonde_conversation_get_thinking (conversation)));
  dump_string (out, "folder", record->folder);
  dump_string (out, "prompt", record->system_prompt);
  dump_string (out, "draft", sonde_conversation_get_draft (conversation));
  dump_string (out, "parameters", sonde_conversation_get_parameters (conversation));
  draft_attachments = sonde_conversation_dup_attachments (conversation);
  if (draft_attachments->len > 0)
    g_string_append (out, " unsent:");
  dump_attachments (out, draft_attachments);
  dump_string (out, "spelling", sonde_conversation_get_spelling (conversation));
  if (sonde_conversation_get_trashed_at (conversation) != 0)
    g_string_append_printf (out, " trashed=%" G_GINT64_FORMAT,
                            sonde_conversation_get_trashed_at (conversation));
  g_string_append_printf (out, "%s%s%s%s\n",
                          sonde_conversation_get_json_output (conversation) ? " json" : "",
                          sonde_conversation_get_pinned (conversation) ? " pinned" : "",
                          sonde_conversation_get_unread (conversation) ? " unread" : "",
                          record->archived ? " archived" : "");

  for (guint i = 0; i < record->messages->len; i++) {
    SondeMessage *message = g_ptr_array_index (record->messages, i);
    const SondeFailure *failure = sonde_message_get_failure (message);
    const SondeUsage *usage = sonde_message_get_usage (message);
    const SondeSummary *summary = sonde_message_get_summary (message);
    gint64 parent = sonde_message_get_parent_id (message);

    g_string_append_printf (out, "%" G_GINT64_FORMAT "<%" G_GINT64_FORMAT " %s",
                            sonde_message_get_id (message) - base, parent > 0 ? parent - base : 0,
                            sonde_role_to_string (sonde_message_get_role (message)));
    dump_string (out, "c", sonde_message_get_text (message, SONDE_TEXT_CONTENT));
    dump_string (out, "r", sonde_message_get_text (message, SONDE_TEXT_REASONING));
    dump_string (out, "model", sonde_message_get_model_id (message));
    dump_string (out, "finish", sonde_message_get_finish_reason (message));
    g_string_append_printf (
      out, " at=%" G_GINT64_FORMAT " state=%d thinking=%d/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
      sonde_message_get_created_at (message), (int) sonde_message_get_state (message),
      (int) sonde_message_get_thinking (message), sonde_message_get_thinking_started_at (message),
      sonde_message_get_thinking_duration (message));
    if (failure != NULL) {
      g_string_append_printf (out, " failure=%d/%u", (int) failure->kind, failure->http_status);
      dump_string (out, "detail", failure->detail);
      dump_string (out, "trace", failure->trace_id);
    }
    if (usage != NULL)
      g_string_append_printf (out,
                              " usage=%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT
                              "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                              usage->prompt_tokens, usage->completion_tokens, usage->total_tokens,
                              usage->cache_hit_tokens, usage->cache_miss_tokens,
                              usage->reasoning_tokens);
    dump_details (out, sonde_message_get_details (message));
    dump_attachments (out, sonde_message_get_attachments (message));
    if (summary != NULL) {
      dump_string (out, "summary", summary->text);
      g_string_append_printf (out, " %d/%" G_GINT64_FORMAT, (int) summary->state,
                              summary->changed_at);
    }
    g_string_append_c (out, '\n');
  }
}

/* Everything that is kept beside the texts. */
G_GNUC_UNUSED static void
add_details (SondeMessage *message)
{
  g_autoptr (SondeMessageDetails) details = sonde_message_details_new ();

  details->name = g_strdup ("Ada");
  details->tool_calls = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_tool_call_free);
  g_ptr_array_add (details->tool_calls,
                   sonde_tool_call_new ("call_1", "weather", "{\"city\": \"Köln\"", FALSE));
  g_ptr_array_add (details->tool_calls, sonde_tool_call_new (NULL, "time", "", TRUE));
  details->tool_call_id = g_strdup ("call_0");
  details->title = g_strdup ("A title");
  details->extra = g_strdup ("{\"later\": 1.50, \"b\": [ ]}");
  details->logprobs = g_strdup ("{\"content\": [{\"token\": \"a\", \"logprob\": -0.10}]}");
  details->system_fingerprint = g_strdup ("fp_1");
  details->trace_id = g_strdup ("trace-2");
  details->parameters = g_strdup ("{\"temperature\": 0.70}");
  details->currency = g_strdup ("CNY");
  details->rates = (SondeRates) { 0.1, 2, 3.3333333333333335 };
  details->first_token_delay = 0;
  details->duration = 98765;
  sonde_message_set_details (message, details);
}

/* A text that could end what encloses it, and an image. */
G_GNUC_UNUSED static void
add_attachments (SondeMessage *message)
{
  static const guchar pixels[] = { 0x89, 'P', 'N', 'G' };
  g_autoptr (GBytes) image = g_bytes_new_static (pixels, sizeof pixels);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, sonde_attachment_new_text ("<i> & \"税\".md", "text/markdown", 77,
                                                     "```c\n1 < 2\n```", -1));
  g_ptr_array_add (files, sonde_attachment_new_image ("p.png", "image/png", image));
  sonde_message_set_attachments (message, files);
}

/* One is the same as a file of a message, under another name. */
G_GNUC_UNUSED static void
add_draft_attachments (SondeConversation *conversation)
{
  static const guchar pixels[] = { 0x89, 'P', 'N', 'G' };
  GListStore *files = sonde_conversation_get_attachments (conversation);
  g_autoptr (GBytes) image = g_bytes_new_static (pixels, sizeof pixels);
  g_autoptr (SondeAttachment) note =
    sonde_attachment_new_text ("not sent.txt", "text/plain", 1000, "Not \"sent\"\n税", -1);
  g_autoptr (SondeAttachment) picture =
    sonde_attachment_new_image ("the same.png", "image/png", image);

  g_list_store_append (files, note);
  g_list_store_append (files, picture);
}

/* A tree with everything in it that the model knows, and two versions of a question. */
G_GNUC_UNUSED static SondeTransferRecord *
make_record (gint64 first_id)
{
  g_autoptr (SondeConversation) conversation = sonde_conversation_new (first_id, 1767578400123456);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (SondeFailure) failure =
    sonde_failure_new (SONDE_FAILURE_RATE_LIMIT, 429, "Slow \"down\"\n", "trace-1");
  g_autoptr (SondeSummary) used =
    sonde_summary_new (SONDE_SUMMARY_USED, "It was \"about\"\n<taxes>.", 1767578400800000);
  g_autoptr (SondeSummary) unused =
    sonde_summary_new (SONDE_SUMMARY_UNUSED, "Taken back", 1767578400900000);
  SondeUsage usage = { 10, 20, 30, 4, 6, -1 };
  SondeMessage *question, *answer, *retry, *second, *system;
  SondeTransferRecord *record;

  sonde_conversation_set_title (conversation, "<b>Steuern</b>, 税: \"x\" & \\");
  sonde_conversation_set_updated_at (conversation, 1767578499999999);
  sonde_conversation_set_model_id (conversation, "deepseek-v4-pro");
  sonde_conversation_set_thinking (conversation, SONDE_THINKING_MAX);
  sonde_conversation_set_pinned (conversation, TRUE);
  sonde_conversation_set_unread (conversation, TRUE);
  sonde_conversation_set_draft (conversation, "what was\tI\x01");
  add_draft_attachments (conversation);
  sonde_conversation_set_leaf_id (conversation, first_id + 3);
  sonde_conversation_set_title_manual (conversation, TRUE);
  sonde_conversation_set_json_output (conversation, TRUE);
  sonde_conversation_set_parameters (conversation, "{\"top_p\": 0.90}");
  sonde_conversation_set_spelling (conversation, "de_DE");
  sonde_conversation_set_trashed_at (conversation, 1767578500000001);

  system = sonde_message_new (first_id + 1, 0, SONDE_ROLE_SYSTEM, 1767578400200000);
  sonde_message_set_text (system, SONDE_TEXT_CONTENT, "Be brief.");
  question = sonde_message_new (first_id + 2, first_id + 1, SONDE_ROLE_USER, 1767578400300000);
  sonde_message_set_text (question, SONDE_TEXT_CONTENT,
                          "Show <script>alert(1)</script>\n\n```c\nint a = 1 < 2;\n```\nend 😀");
  answer = sonde_message_new (first_id + 3, first_id + 2, SONDE_ROLE_ASSISTANT, 1767578400400001);
  sonde_message_set_text (answer, SONDE_TEXT_CONTENT, "First *answer*");
  sonde_message_set_text (answer, SONDE_TEXT_REASONING, "Think\n\n</details> one");
  sonde_message_set_model_id (answer, "deepseek-v4-pro");
  sonde_message_set_thinking (answer, SONDE_THINKING_MAX);
  sonde_message_set_thinking_started_at (answer, 1767578400500000);
  sonde_message_set_thinking_duration (answer, 1234);
  sonde_message_set_finish_reason (answer, "stop");
  sonde_message_set_usage (answer, &usage);
  add_details (answer);
  sonde_message_set_summary (answer, used);
  retry = sonde_message_new (first_id + 4, first_id + 2, SONDE_ROLE_ASSISTANT, 1767578400600000);
  sonde_message_set_text (retry, SONDE_TEXT_REASONING, "");
  sonde_message_set_state (retry, SONDE_MESSAGE_FAILED);
  sonde_message_set_failure (retry, failure);
  sonde_message_set_model_id (retry, "somebody-s-model");
  second = sonde_message_new (first_id + 5, first_id + 1, SONDE_ROLE_USER, 1767578400700000);
  sonde_message_set_text (second, SONDE_TEXT_CONTENT, "Second version");

  add_attachments (second);
  sonde_message_set_summary (second, unused);

  g_ptr_array_add (messages, system);
  g_ptr_array_add (messages, question);
  g_ptr_array_add (messages, answer);
  g_ptr_array_add (messages, retry);
  g_ptr_array_add (messages, second);
  record = sonde_transfer_record_new (conversation, messages);
  record->folder = g_strdup ("Money");
  record->system_prompt = g_strdup ("Always in verse.");
  record->archived = TRUE;

  return record;
}

/* Imports @length bytes at @data. Returns what came, or NULL with @error. */
G_GNUC_UNUSED static char *
import_data (const void *data,
             gsize length,
             const SondeImportLimits *limits,
             SondeImporter **importer,
             GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, length);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (SondeImporter) self = sonde_importer_new (stream);
  g_autoptr (GString) out = g_string_new (NULL);
  SondeTransferRecord *record = NULL;
  SondeImportResult result;

  if (limits != NULL)
    sonde_importer_set_limits (self, limits);
  while ((result = sonde_importer_next (self, -1, &record, NULL, error)) == SONDE_IMPORT_RECORD) {
    dump_record (out, record);
    sonde_transfer_record_free (record);
  }
  g_assert_true (result == SONDE_IMPORT_END || result == SONDE_IMPORT_FAILED);
  if (importer != NULL)
    *importer = g_object_ref (self);

  return result == SONDE_IMPORT_END ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

G_END_DECLS
