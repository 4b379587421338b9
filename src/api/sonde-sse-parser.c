/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-sse-parser.h"

#include <string.h>

#include "sonde-api-error.h"

/**
 * SondeSseParser:
 *
 * Server-sent events out of bytes that come in any portions (contract.md
 * section 5.4). Bytes are pushed in, events are taken out until there are none:
 *
 *     sonde_sse_parser_push (parser, bytes, length);
 *     while (sonde_sse_parser_next (parser, &event, &error))
 *       ...
 *
 * Each byte is looked at once, however the portions fall. The fields `event`,
 * `id` and `retry` are read over: the service does not use them.
 */
struct _SondeSseParser {
  GString *input;
  gsize start;   /* of the line that is being read */
  gsize scanned; /* no line end from start up to here */
  gboolean ended;
  gboolean failed;
  gboolean after_cr;   /* a line feed here belongs to the line before */
  gboolean after_line; /* the first line, where a byte order mark may be, is over */

  GString *data;
  gboolean in_event; /* a blank line ends an event, and is not one by itself */
  gboolean has_data; /* of the event that is being read */
  gboolean taken;    /* data has been handed out, and can be dropped */
  char *valid_data;
};

static const char byte_order_mark[] = "\xef\xbb\xbf";

/**
 * sonde_sse_parser_new:
 *
 * Returns: (transfer full): a parser at the beginning of a stream
 */
SondeSseParser *
sonde_sse_parser_new (void)
{
  SondeSseParser *self = g_new0 (SondeSseParser, 1);

  self->input = g_string_new (NULL);
  self->data = g_string_new (NULL);

  return self;
}

/**
 * sonde_sse_parser_free:
 * @self: (transfer full): a parser
 */
void
sonde_sse_parser_free (SondeSseParser *self)
{
  g_string_free (self->input, TRUE);
  g_string_free (self->data, TRUE);
  g_free (self->valid_data);
  g_free (self);
}

/**
 * sonde_sse_parser_push:
 * @self: a parser
 * @bytes: (array length=length) (element-type guint8): what has come
 * @length: how much
 */
void
sonde_sse_parser_push (SondeSseParser *self, const char *bytes, gsize length)
{
  g_return_if_fail (!self->ended);

  if (self->start > 0) {
    g_string_erase (self->input, 0, (gssize) self->start);
    self->scanned -= self->start;
    self->start = 0;
  }
  g_string_append_len (self->input, bytes, (gssize) length);
}

/**
 * sonde_sse_parser_end:
 * @self: a parser
 *
 * Tells that nothing more comes. An event that lacks its blank line is whole then.
 */
void
sonde_sse_parser_end (SondeSseParser *self)
{
  self->ended = TRUE;
}

static gboolean
fail (SondeSseParser *self, GError **error)
{
  self->failed = TRUE;
  g_propagate_error (error, sonde_api_error_new (SONDE_FAILURE_PROTOCOL, 0, NULL, -1,
                                                 "The stream has a line of more than 16 MiB"));
  return FALSE;
}

/* The next line without its end; FALSE without an error: there is none yet. */
static gboolean
take_line (SondeSseParser *self, const char **line, gsize *length, GError **error)
{
  const char *input = self->input->str;
  gsize end = self->input->len;

  if (self->after_cr && self->start < end) {
    self->after_cr = FALSE;
    if (input[self->start] == '\n')
      self->scanned = ++self->start;
  }

  while (self->scanned < end && input[self->scanned] != '\n' && input[self->scanned] != '\r')
    self->scanned++;

  if (self->scanned - self->start > SONDE_SSE_MAX_LINE)
    return fail (self, error);
  if (self->scanned == end && (!self->ended || self->start == end))
    return FALSE;

  *line = input + self->start;
  *length = self->scanned - self->start;
  if (self->scanned < end)
    self->after_cr = input[self->scanned++] == '\r';
  self->start = self->scanned;

  if (!self->after_line) {
    self->after_line = TRUE;
    if (*length >= 3 && memcmp (*line, byte_order_mark, 3) == 0) {
      *line += 3;
      *length -= 3;
    }
  }

  return TRUE;
}

static gboolean
add_data (SondeSseParser *self, const char *value, gsize length, GError **error)
{
  if (self->data->len + length > SONDE_SSE_MAX_LINE)
    return fail (self, error);

  if (self->has_data)
    g_string_append_c (self->data, '\n');
  g_string_append_len (self->data, value, (gssize) length);
  self->has_data = TRUE;

  return TRUE;
}

static void
give_data (SondeSseParser *self, SondeSseEvent *event, gboolean unfinished)
{
  event->data = self->data->str;
  event->length = self->data->len;
  event->unfinished = unfinished;
  if (!g_utf8_validate_len (event->data, event->length, NULL)) {
    self->valid_data = g_utf8_make_valid (event->data, (gssize) event->length);
    event->data = self->valid_data;
    event->length = strlen (self->valid_data);
  }
  self->has_data = FALSE;
  self->taken = TRUE;
}

static void
give_keep_alive (SondeSseEvent *event)
{
  *event = (SondeSseEvent) { .data = NULL };
}

/**
 * sonde_sse_parser_next:
 * @self: a parser
 * @event: (out): the next event
 * @error: return location for a %SONDE_FAILURE_PROTOCOL of [const@API_ERROR]: a line or an
 *   event is longer than %SONDE_SSE_MAX_LINE; the events before it have been given
 *
 * Returns: whether there was one; %FALSE without an error: more bytes are needed
 */
gboolean
sonde_sse_parser_next (SondeSseParser *self, SondeSseEvent *event, GError **error)
{
  const char *line;
  gsize length;
  g_autoptr (GError) local_error = NULL;

  if (self->failed)
    return fail (self, error);

  if (self->taken) {
    self->taken = FALSE;
    g_string_truncate (self->data, 0);
    g_clear_pointer (&self->valid_data, g_free);
  }

  while (take_line (self, &line, &length, &local_error)) {
    const char *colon;
    gsize name_length;

    if (length == 0) {
      gboolean alone = !self->in_event;

      self->in_event = FALSE;
      if (!self->has_data && !alone)
        continue;
      if (self->has_data)
        give_data (self, event, FALSE);
      else
        give_keep_alive (event);
      return TRUE;
    }

    self->in_event = TRUE;
    colon = memchr (line, ':', length);
    if (colon == line) {
      give_keep_alive (event);
      return TRUE;
    }

    name_length = colon != NULL ? (gsize) (colon - line) : length;
    if (name_length == 4 && memcmp (line, "data", 4) == 0) {
      gsize value_at = MIN (name_length + 1, length);

      if (value_at < length && line[value_at] == ' ')
        value_at++;
      if (!add_data (self, line + value_at, length - value_at, error))
        return FALSE;
    }
  }

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (self->ended && self->has_data) {
    give_data (self, event, TRUE);
    return TRUE;
  }

  return FALSE;
}
