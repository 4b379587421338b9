/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-demo-log.h"

#include <gio/gio.h>

#include "sonde-demo-text.h"

/**
 * SondeDemoLog:
 *
 * A file of JSON lines, one for each request and one for each piece of an answer
 * that has gone out. Every line is written at once, so that a reader who is ahead
 * of a killed client finds it. All functions take %NULL for no log.
 */
struct _SondeDemoLog {
  GOutputStream *stream;
};

static void
write_line (SondeDemoLog *self, GString *line)
{
  g_string_append_c (line, '\n');
  g_output_stream_write_all (self->stream, line->str, line->len, NULL, NULL, NULL);
}

static GString *
begin_line (const char *event, guint number)
{
  GString *line = g_string_new (NULL);

  g_string_printf (line, "{\"event\":\"%s\",\"request\":%u,\"time\":%" G_GINT64_FORMAT, event,
                   number, g_get_real_time ());

  return line;
}

/**
 * sonde_demo_log_open:
 * @path: a file, which is replaced
 *
 * Returns: (transfer full) (nullable): a log, or %NULL with @error set
 */
SondeDemoLog *
sonde_demo_log_open (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GFileOutputStream *stream;
  SondeDemoLog *self;

  /* Not g_file_replace(), which shows nothing until the file is closed. */
  g_file_delete (file, NULL, NULL);
  stream = g_file_create (file, G_FILE_CREATE_NONE, NULL, error);
  if (stream == NULL)
    return NULL;
  self = g_new0 (SondeDemoLog, 1);
  self->stream = G_OUTPUT_STREAM (stream);

  return self;
}

/**
 * sonde_demo_log_request:
 * @self: (nullable): a log
 * @number: which request it is, from 1
 * @message: the request; of its Authorization only that there is one is written
 * @status: the HTTP status that answers it
 */
void
sonde_demo_log_request (SondeDemoLog *self, guint number, SoupServerMessage *message, guint status)
{
  g_autoptr (GString) line = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *text = NULL;
  SoupMessageHeadersIter iter;
  const char *name, *value;
  gboolean first = TRUE;

  if (self == NULL)
    return;

  line = begin_line ("request", number);
  g_string_append_printf (line,
                          ",\"method\":\"%s\",\"path\":", soup_server_message_get_method (message));
  sonde_demo_text_append_json (line, g_uri_get_path (soup_server_message_get_uri (message)), -1);
  g_string_append_printf (line, ",\"status\":%u,\"headers\":{", status);
  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value)) {
    if (!first)
      g_string_append_c (line, ',');
    first = FALSE;
    sonde_demo_text_append_json (line, name, -1);
    g_string_append_c (line, ':');
    sonde_demo_text_append_json (
      line, g_ascii_strcasecmp (name, "Authorization") == 0 ? "****" : value, -1);
  }
  g_string_append (line, "},\"body\":");
  body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  text = g_utf8_make_valid (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));
  sonde_demo_text_append_json (line, text, -1);
  g_string_append_c (line, '}');
  write_line (self, line);
}

/**
 * sonde_demo_log_sent:
 * @self: (nullable): a log
 * @number: which request
 * @deltas: how many deltas have gone out so far
 * @reasoning_bytes: how many bytes of reasoning
 * @content_bytes: how many bytes of the answer's text
 * @body_bytes: how many bytes of the body
 */
void
sonde_demo_log_sent (SondeDemoLog *self,
                     guint number,
                     guint deltas,
                     gsize reasoning_bytes,
                     gsize content_bytes,
                     gsize body_bytes)
{
  g_autoptr (GString) line = NULL;

  if (self == NULL)
    return;

  line = begin_line ("sent", number);
  g_string_append_printf (line,
                          ",\"deltas\":%u,\"reasoning_bytes\":%" G_GSIZE_FORMAT
                          ",\"content_bytes\":%" G_GSIZE_FORMAT ",\"body_bytes\":%" G_GSIZE_FORMAT
                          "}",
                          deltas, reasoning_bytes, content_bytes, body_bytes);
  write_line (self, line);
}

/**
 * sonde_demo_log_bill:
 * @self: (nullable): a log
 * @number: which request
 * @model: the model that answered
 * @hit_tokens: how many tokens of the prompt were in the cache
 * @miss_tokens: how many were not
 * @output_tokens: how many the answer had, reasoning included
 *
 * Writes what the service would charge for an answer that has gone out.
 */
void
sonde_demo_log_bill (SondeDemoLog *self,
                     guint number,
                     const char *model,
                     guint hit_tokens,
                     guint miss_tokens,
                     guint output_tokens)
{
  g_autoptr (GString) line = NULL;

  if (self == NULL)
    return;

  line = begin_line ("bill", number);
  g_string_append (line, ",\"model\":");
  sonde_demo_text_append_json (line, model, -1);
  g_string_append_printf (line, ",\"hit\":%u,\"miss\":%u,\"output\":%u}", hit_tokens, miss_tokens,
                          output_tokens);
  write_line (self, line);
}

/**
 * sonde_demo_log_end:
 * @self: (nullable): a log
 * @number: which request
 * @how: `finished` when all of the answer has gone out, else `closed`
 */
void
sonde_demo_log_end (SondeDemoLog *self, guint number, const char *how)
{
  g_autoptr (GString) line = NULL;

  if (self == NULL)
    return;

  line = begin_line ("end", number);
  g_string_append_printf (line, ",\"how\":\"%s\"}", how);
  write_line (self, line);
}

/**
 * sonde_demo_log_close:
 * @self: (transfer full): a log
 */
void
sonde_demo_log_close (SondeDemoLog *self)
{
  g_output_stream_close (self->stream, NULL, NULL);
  g_object_unref (self->stream);
  g_free (self);
}
