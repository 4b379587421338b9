/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Sonde's own format, which loses nothing: docs/format.md. What is not there is left out. */

#include "sonde-export-turn.h"
#include "sonde-tool-call.h"

/**
 * sonde_export_json_append_string:
 * @out: where to write
 * @text: UTF-8
 *
 * Writes @text as JSON does.
 */
void
sonde_export_json_append_string (GString *out, const char *text)
{
  const char *plain = text;

  g_string_append_c (out, '"');
  for (; *text != '\0'; text++) {
    guchar c = (guchar) *text;

    if (c >= 0x20 && c != '"' && c != '\\')
      continue;
    g_string_append_len (out, plain, text - plain);
    plain = text + 1;
    if (c == '"' || c == '\\')
      g_string_append_printf (out, "\\%c", c);
    else if (c == '\n')
      g_string_append (out, "\\n");
    else if (c == '\t')
      g_string_append (out, "\\t");
    else
      g_string_append_printf (out, "\\u%04x", c);
  }
  g_string_append_len (out, plain, text - plain);
  g_string_append_c (out, '"');
}

static void
add_name (GString *out, const char *name)
{
  g_string_append_printf (out, "%s\"%s\": ", out->str[out->len - 1] == '{' ? "" : ", ", name);
}

static void
add_string (GString *out, const char *name, const char *text)
{
  if (text == NULL)
    return;

  add_name (out, name);
  sonde_export_json_append_string (out, text);
}

static void
add_time (GString *out, const char *name, gint64 time)
{
  g_autofree char *text = sonde_export_dup_time (time);

  add_string (out, name, text);
}

static void
add_integer (GString *out, const char *name, gint64 value, gint64 absent)
{
  if (value == absent)
    return;

  add_name (out, name);
  g_string_append_printf (out, "%" G_GINT64_FORMAT, value);
}

static void
add_true (GString *out, const char *name, gboolean value)
{
  if (!value)
    return;

  add_name (out, name);
  g_string_append (out, "true");
}

static void
add_enum (GString *out, const char *name, GType type, int value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  add_string (out, name, g_enum_get_value (klass, value)->value_nick);
}

static void
add_usage (GString *out, const SondeUsage *usage)
{
  if (usage == NULL)
    return;

  add_name (out, "usage");
  g_string_append_c (out, '{');
  add_integer (out, "prompt_tokens", usage->prompt_tokens, -1);
  add_integer (out, "completion_tokens", usage->completion_tokens, -1);
  add_integer (out, "total_tokens", usage->total_tokens, -1);
  add_integer (out, "cache_hit_tokens", usage->cache_hit_tokens, -1);
  add_integer (out, "cache_miss_tokens", usage->cache_miss_tokens, -1);
  add_integer (out, "reasoning_tokens", usage->reasoning_tokens, -1);
  g_string_append_c (out, '}');
}

static void
add_failure (GString *out, const SondeFailure *failure)
{
  if (failure == NULL)
    return;

  add_name (out, "failure");
  g_string_append_c (out, '{');
  add_enum (out, "kind", SONDE_TYPE_FAILURE_KIND, (int) failure->kind);
  add_integer (out, "http_status", failure->http_status, 0);
  add_string (out, "detail", failure->detail);
  add_string (out, "trace_id", failure->trace_id);
  g_string_append_c (out, '}');
}

static void
add_rate (GString *out, const char *name, double rate)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  add_name (out, name);
  g_string_append (out, g_ascii_dtostr (text, sizeof text, rate));
}

static void
add_tool_calls (GString *out, const GPtrArray *calls)
{
  if (calls == NULL)
    return;

  add_name (out, "tool_calls");
  g_string_append_c (out, '[');
  for (guint i = 0; i < calls->len; i++) {
    const SondeToolCall *call = g_ptr_array_index (calls, i);

    g_string_append (out, i > 0 ? ", {" : "{");
    add_string (out, "id", call->id);
    add_string (out, "name", call->name);
    add_string (out, "arguments", call->arguments);
    add_true (out, "legacy", call->legacy);
    g_string_append_c (out, '}');
  }
  g_string_append_c (out, ']');
}

static void
add_details (GString *out, const SondeMessageDetails *details)
{
  if (details == NULL)
    return;

  add_string (out, "name", details->name);
  add_string (out, "tool_call_id", details->tool_call_id);
  add_tool_calls (out, details->tool_calls);
  add_string (out, "title", details->title);
  add_string (out, "extra", details->extra);
  add_string (out, "logprobs", details->logprobs);
  add_string (out, "system_fingerprint", details->system_fingerprint);
  add_string (out, "trace_id", details->trace_id);
  add_string (out, "parameters", details->parameters);
  if (details->currency != NULL) {
    add_name (out, "rate");
    g_string_append_c (out, '{');
    add_string (out, "currency", details->currency);
    add_rate (out, "hit", details->rates.hit);
    add_rate (out, "miss", details->rates.miss);
    add_rate (out, "output", details->rates.output);
    g_string_append_c (out, '}');
  }
  add_integer (out, "first_token_ms", details->first_token_delay, -1);
  add_integer (out, "duration_ms", details->duration, -1);
}

static void
add_content (GString *out, SondeAttachment *attachment)
{
  gsize length;
  const char *text = sonde_attachment_get_text (attachment, &length);
  g_autofree char *data = NULL;

  if (text != NULL) {
    add_string (out, "text", text);
    return;
  }
  text = g_bytes_get_data (sonde_attachment_get_content (attachment), &length);
  data = g_base64_encode ((const guchar *) text, length);
  add_string (out, "data", data);
}

static void
add_attachments (GString *out, const char *name, GPtrArray *attachments)
{
  if (attachments == NULL || attachments->len == 0)
    return;

  add_name (out, name);
  g_string_append_c (out, '[');
  for (guint i = 0; i < attachments->len; i++) {
    SondeAttachment *attachment = g_ptr_array_index (attachments, i);

    g_string_append (out, i > 0 ? ", {" : "{");
    add_string (out, "name", sonde_attachment_get_name (attachment));
    add_string (out, "media_type", sonde_attachment_get_media_type (attachment));
    add_integer (out, "size", sonde_attachment_get_size (attachment), -1);
    add_string (out, "sha256", sonde_attachment_get_sha256 (attachment));
    add_content (out, attachment);
    g_string_append_c (out, '}');
  }
  g_string_append_c (out, ']');
}

static void
add_summary (GString *out, const SondeSummary *summary)
{
  if (!sonde_summary_is_kept (summary))
    return;

  add_name (out, "summary");
  g_string_append_c (out, '{');
  add_string (out, "text", summary->text);
  add_true (out, "used", summary->state == SONDE_SUMMARY_USED);
  add_time (out, "changed_at", summary->changed_at);
  g_string_append_c (out, '}');
}

static void
add_message (GString *out, SondeMessage *message)
{
  g_string_append_c (out, '{');
  add_integer (out, "id", sonde_message_get_id (message), 0);
  add_integer (out, "parent", sonde_message_get_parent_id (message), 0);
  add_string (out, "role", sonde_role_to_string (sonde_message_get_role (message)));
  add_time (out, "created_at", sonde_message_get_created_at (message));
  add_string (out, "content", sonde_message_get_text (message, SONDE_TEXT_CONTENT));
  add_string (out, "reasoning", sonde_message_get_text (message, SONDE_TEXT_REASONING));
  add_enum (out, "state", SONDE_TYPE_MESSAGE_STATE, (int) sonde_message_get_state (message));
  add_failure (out, sonde_message_get_failure (message));
  add_string (out, "finish_reason", sonde_message_get_finish_reason (message));
  add_usage (out, sonde_message_get_usage (message));
  add_string (out, "model", sonde_message_get_model_id (message));
  add_enum (out, "thinking", SONDE_TYPE_THINKING, (int) sonde_message_get_thinking (message));
  add_time (out, "thinking_started_at", sonde_message_get_thinking_started_at (message));
  add_integer (out, "thinking_ms", sonde_message_get_thinking_duration (message), -1);
  add_details (out, sonde_message_get_details (message));
  add_attachments (out, "attachments", sonde_message_get_attachments (message));
  add_summary (out, sonde_message_get_summary (message));
  g_string_append_c (out, '}');
}

void
sonde_export_json_begin (GString *out)
{
  g_string_append (
    out, "{\n\"format\": \"sonde-conversations\",\n\"version\": 1,\n\"conversations\": [");
}

void
sonde_export_json_add (GString *out, const SondeTransferRecord *record, guint n_before)
{
  SondeConversation *conversation = record->conversation;
  g_autoptr (GPtrArray) draft_attachments = sonde_conversation_dup_attachments (conversation);
  g_autofree char *origin = g_strdup (record->origin);

  if (origin == NULL)
    origin = sonde_transfer_dup_origin (conversation);

  g_string_append_printf (out, "%s\n{", n_before > 0 ? "," : "");
  add_string (out, "origin", origin);
  add_string (out, "title", sonde_conversation_get_title (conversation));
  add_true (out, "title_manual", sonde_conversation_get_title_manual (conversation));
  add_time (out, "created_at", sonde_conversation_get_created_at (conversation));
  add_time (out, "updated_at", sonde_conversation_get_updated_at (conversation));
  add_string (out, "model", sonde_conversation_get_model_id (conversation));
  add_enum (out, "thinking", SONDE_TYPE_THINKING,
            (int) sonde_conversation_get_thinking (conversation));
  add_true (out, "json_output", sonde_conversation_get_json_output (conversation));
  add_string (out, "parameters", sonde_conversation_get_parameters (conversation));
  add_string (out, "spelling", sonde_conversation_get_spelling (conversation));
  add_true (out, "pinned", sonde_conversation_get_pinned (conversation));
  add_true (out, "unread", sonde_conversation_get_unread (conversation));
  add_true (out, "archived", record->archived);
  add_time (out, "trashed_at", sonde_conversation_get_trashed_at (conversation));
  add_string (out, "folder", record->folder);
  add_string (out, "system_prompt", record->system_prompt);
  add_string (out, "draft", sonde_conversation_get_draft (conversation));
  add_attachments (out, "draft_attachments", draft_attachments);
  add_integer (out, "leaf", sonde_conversation_get_leaf_id (conversation), 0);
  add_name (out, "messages");
  g_string_append_c (out, '[');
  for (guint i = 0; i < record->messages->len; i++) {
    g_string_append (out, i > 0 ? ",\n" : "\n");
    add_message (out, g_ptr_array_index (record->messages, i));
  }
  g_string_append (out, "\n]}");
}

void
sonde_export_json_end (GString *out)
{
  g_string_append (out, "\n]\n}\n");
}
