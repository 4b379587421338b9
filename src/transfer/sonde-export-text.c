/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Plain text, with nothing to mark it but the names. */

#include "sonde-export-turn.h"

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

  g_string_append_printf (out, "\n%s:\n", heading);
  if (reasoning != NULL)
    g_string_append_printf (out, "[%s]\n%s\n[/%s]\n", labels->reasoning, reasoning,
                            labels->reasoning);
  for (guint i = 0; attachments != NULL && i < attachments->len; i++) {
    SondeAttachment *attachment = g_ptr_array_index (attachments, i);
    const char *text = sonde_attachment_get_text (attachment, NULL);

    g_string_append_printf (out, "[%s]\n", sonde_attachment_get_name (attachment));
    if (text != NULL)
      g_string_append_printf (out, "%s\n[/%s]\n", text, sonde_attachment_get_name (attachment));
  }
  g_string_append_printf (out, "%s\n", sonde_message_get_text (turn->message, SONDE_TEXT_CONTENT));
  if (summary != NULL)
    g_string_append_printf (out, "[%s]\n%s\n[/%s]\n", labels->summary, summary, labels->summary);
}

void
sonde_export_text_add (GString *out,
                       const SondeTransferRecord *record,
                       SondeExportFlags flags,
                       const SondeExportLabels *labels,
                       guint n_before)
{
  g_autoptr (GArray) turns = sonde_export_list_turns (record, flags);
  const char *title = sonde_conversation_get_title (record->conversation);
  g_autofree char *created =
    sonde_export_dup_time (sonde_conversation_get_created_at (record->conversation));

  if (n_before > 0)
    g_string_append (out, "\n\n");
  g_string_append_printf (out, "%s\n", title != NULL ? title : labels->untitled);
  if (created != NULL)
    g_string_append_printf (out, "%s\n", created);
  for (guint i = 0; i < turns->len; i++)
    add_turn (out, &g_array_index (turns, SondeExportTurn, i), flags, labels);
}
