/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One page that needs nothing else and runs nothing. Texts stand as they were written,
 * with the code in them set off; they are never markup. */

#include "sonde-export-turn.h"

#include <string.h>

static const char style[] =
  ":root{color-scheme:light dark}"
  "body{font:16px/1.5 system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;"
  "overflow-wrap:anywhere}"
  "h1{font-size:1.5em}h2{font-size:1em;margin:2em 0 .5em}"
  "header p{opacity:.7}img{max-width:100%}"
  ".text{white-space:pre-wrap}"
  "pre{padding:.8em;overflow-x:auto;border:1px solid;border-radius:6px;"
  "border-color:color-mix(in srgb,currentColor 25%,transparent)}"
  "details{border-inline-start:3px solid;padding-inline-start:1em;opacity:.8;margin:.5em 0;"
  "border-color:color-mix(in srgb,currentColor 25%,transparent)}"
  "article+article{border-top:1px solid;margin-top:4em;"
  "border-color:color-mix(in srgb,currentColor 25%,transparent)}"
  ".you .text{background:color-mix(in srgb,currentColor 8%,transparent);padding:.6em 1em;"
  "border-radius:12px}";

static void
add_escaped (GString *out, const char *text, gssize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, length);

  g_string_append (out, escaped);
}

/* How many of the characters that fence code off @line begins with, three or more; or 0. */
static gsize
measure_fence (const char *line, char *character)
{
  gsize indent = strspn (line, " ");
  gsize length;

  *character = line[indent];
  if (indent > 3 || (*character != '`' && *character != '~'))
    return 0;
  length = strspn (line + indent, *character == '`' ? "`" : "~");

  return length >= 3 ? length : 0;
}

static void
add_text (GString *out, const char *text, gsize length)
{
  if (length == 0)
    return;

  g_string_append (out, "<div class=\"text\" dir=\"auto\">");
  add_escaped (out, text, (gssize) length);
  g_string_append (out, "</div>\n");
}

/* Writes a text, with what its fences enclose as code. */
static void
add_content (GString *out, const char *text)
{
  const char *start = text;
  const char *line = text;
  gsize fence = 0; /* the length of the one that is open */
  char fence_character = '\0';

  while (*line != '\0') {
    gsize length = strcspn (line, "\n");
    const char *next = line[length] == '\n' ? line + length + 1 : line + length;
    char character;
    gsize measured = measure_fence (line, &character);

    if (fence == 0 && measured > 0) {
      add_text (out, start, (gsize) (line - start));
      g_string_append (out, "<pre><code>");
      fence = measured;
      fence_character = character;
      start = next;
    } else if (fence > 0 && measured >= fence && character == fence_character) {
      add_escaped (out, start, line - start);
      g_string_append (out, "</code></pre>\n");
      fence = 0;
      start = next;
    }
    line = next;
  }

  if (fence > 0) {
    add_escaped (out, start, line - start);
    g_string_append (out, "</code></pre>\n");
  } else {
    add_text (out, start, (gsize) (line - start));
  }
}

static void
add_attachment (GString *out, SondeAttachment *attachment)
{
  gsize length;
  const char *text = sonde_attachment_get_text (attachment, &length);
  g_autofree char *data = NULL;

  g_string_append (out, "<details>\n<summary>📎 ");
  add_escaped (out, sonde_attachment_get_name (attachment), -1);
  g_string_append (out, "</summary>\n");
  if (text != NULL) {
    g_string_append (out, "<pre>");
    add_escaped (out, text, (gssize) length);
    g_string_append (out, "</pre>\n");
  } else {
    text = g_bytes_get_data (sonde_attachment_get_content (attachment), &length);
    data = g_base64_encode ((const guchar *) text, length);
    g_string_append (out, "<img src=\"data:");
    add_escaped (out, sonde_attachment_get_media_type (attachment), -1);
    g_string_append_printf (out, ";base64,%s\">\n", data);
  }
  g_string_append (out, "</details>\n");
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

  g_string_append_printf (
    out, "<section%s>\n<h2>",
    sonde_message_get_role (turn->message) == SONDE_ROLE_USER ? " class=\"you\"" : "");
  add_escaped (out, heading, -1);
  g_string_append (out, "</h2>\n");
  if (reasoning != NULL) {
    g_string_append (out, "<details>\n<summary>");
    add_escaped (out, labels->reasoning, -1);
    g_string_append (out, "</summary>\n");
    add_content (out, reasoning);
    g_string_append (out, "</details>\n");
  }
  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    add_attachment (out, g_ptr_array_index (attachments, i));
  add_content (out, sonde_message_get_text (turn->message, SONDE_TEXT_CONTENT));
  if (summary != NULL) {
    g_string_append (out, "<details>\n<summary>");
    add_escaped (out, labels->summary, -1);
    g_string_append (out, "</summary>\n");
    add_content (out, summary);
    g_string_append (out, "</details>\n");
  }
  g_string_append (out, "</section>\n");
}

void
sonde_export_html_begin (GString *out, const char *title)
{
  g_string_append (out,
                   "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" "
                   "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
  add_escaped (out, title, -1);
  g_string_append_printf (out, "</title>\n<style>%s</style>\n</head>\n<body>\n", style);
}

void
sonde_export_html_add (GString *out,
                       const SondeTransferRecord *record,
                       SondeExportFlags flags,
                       const SondeExportLabels *labels)
{
  g_autoptr (GArray) turns = sonde_export_list_turns (record, flags);
  const char *title = sonde_conversation_get_title (record->conversation);
  g_autofree char *created =
    sonde_export_dup_time (sonde_conversation_get_created_at (record->conversation));

  g_string_append (out, "<article>\n<header>\n<h1 dir=\"auto\">");
  add_escaped (out, title != NULL ? title : labels->untitled, -1);
  g_string_append (out, "</h1>\n");
  if (created != NULL)
    g_string_append_printf (out, "<p><time datetime=\"%s\">%.10s</time></p>\n", created, created);
  g_string_append (out, "</header>\n");
  for (guint i = 0; i < turns->len; i++)
    add_turn (out, &g_array_index (turns, SondeExportTurn, i), flags, labels);
  g_string_append (out, "</article>\n");
}

void
sonde_export_html_end (GString *out)
{
  g_string_append (out, "</body>\n</html>\n");
}
