/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Markdown: front matter, which is YAML between two rules, a heading for each message,
 * the texts as they are, and reasoning as a quotation. */

#include "sonde-export-turn.h"

#include <string.h>

static void
add_field (GString *out, const char *name, const char *value)
{
  if (value == NULL)
    return;

  g_string_append_printf (out, "%s: ", name);
  /* What JSON writes, YAML reads. */
  sonde_export_json_append_string (out, value);
  g_string_append_c (out, '\n');
}

static void
add_quotation (GString *out, const char *text)
{
  for (;;) {
    gsize length = strcspn (text, "\n");

    g_string_append (out, length > 0 ? "> " : ">");
    g_string_append_len (out, text, (gssize) length);
    g_string_append_c (out, '\n');
    if (text[length] == '\0')
      return;
    text += length + 1;
  }
}

static gsize
measure_ticks (const char *text)
{
  gsize longest = 2;

  for (text = strchr (text, '`'); text != NULL; text = strchr (text, '`')) {
    gsize length = strspn (text, "`");

    longest = MAX (longest, length);
    text += length;
  }

  return longest;
}

/* The name, and the text as code: whatever is in it, it ends there. */
static void
add_attachment (GString *out, SondeAttachment *attachment)
{
  const char *text = sonde_attachment_get_text (attachment, NULL);
  g_autofree char *fence = NULL;

  g_string_append_printf (out, "📎 %s\n\n", sonde_attachment_get_name (attachment));
  if (text == NULL)
    return;

  fence = g_strnfill (measure_ticks (text) + 1, '`');
  g_string_append_printf (out, "%s\n%s\n%s\n\n", fence, text, fence);
}

static void
add_turn (GString *out,
          const SondeExportTurn *turn,
          SondeExportFlags flags,
          const SondeExportLabels *labels)
{
  g_autofree char *heading = sonde_export_turn_dup_heading (turn, flags, labels);
  const char *reasoning = sonde_export_turn_get_reasoning (turn, flags);
  const char *summary = sonde_message_get_used_summary (turn->message);
  GPtrArray *attachments = sonde_message_get_attachments (turn->message);

  g_string_append_printf (out, "\n## %s\n\n", heading);
  if (reasoning != NULL) {
    g_string_append_printf (out, "> **%s**\n>\n", labels->reasoning);
    add_quotation (out, reasoning);
    g_string_append_c (out, '\n');
  }
  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    add_attachment (out, g_ptr_array_index (attachments, i));
  g_string_append (out, sonde_message_get_text (turn->message, SONDE_TEXT_CONTENT));
  g_string_append_c (out, '\n');
  if (summary != NULL) {
    g_string_append_printf (out, "\n> **%s**\n>\n", labels->summary);
    add_quotation (out, summary);
  }
}

void
sonde_export_markdown_add (GString *out,
                           const SondeTransferRecord *record,
                           SondeExportFlags flags,
                           const SondeExportLabels *labels,
                           guint n_before)
{
  SondeConversation *conversation = record->conversation;
  g_autoptr (GArray) turns = sonde_export_list_turns (record, flags);
  g_autofree char *created =
    sonde_export_dup_time (sonde_conversation_get_created_at (conversation));
  g_autofree char *updated =
    sonde_export_dup_time (sonde_conversation_get_updated_at (conversation));

  g_string_append (out, n_before > 0 ? "\n---\n" : "---\n");
  add_field (out, "title", sonde_conversation_get_title (conversation));
  add_field (out, "created", created);
  add_field (out, "updated", updated);
  add_field (out, "model", sonde_conversation_get_model_id (conversation));
  add_field (out, "folder", record->folder);
  add_field (out, "system_prompt", record->system_prompt);
  g_string_append (out, "---\n");
  for (guint i = 0; i < turns->len; i++)
    add_turn (out, &g_array_index (turns, SondeExportTurn, i), flags, labels);
}
