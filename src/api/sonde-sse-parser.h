/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SONDE_SSE_MAX_LINE:
 *
 * The most bytes that one line, or the data of one event, may have.
 */
#define SONDE_SSE_MAX_LINE ((gsize) 16 * 1024 * 1024)

/**
 * SondeSseEvent:
 * @data: (nullable): the event's data, valid UTF-8 without zero bytes inside, ended by one;
 *   %NULL: a keep-alive, that is a comment or a blank line with nothing before it
 * @length: the length of @data in bytes
 * @unfinished: whether the stream ended before the event did: @data may be a part of it
 *
 * One server-sent event. Valid until the parser is touched again.
 */
typedef struct {
  const char *data;
  gsize length;
  gboolean unfinished;
} SondeSseEvent;

typedef struct _SondeSseParser SondeSseParser;

SondeSseParser *sonde_sse_parser_new (void);
void sonde_sse_parser_push (SondeSseParser *self, const char *bytes, gsize length);
void sonde_sse_parser_end (SondeSseParser *self);
gboolean sonde_sse_parser_next (SondeSseParser *self, SondeSseEvent *event, GError **error);
void sonde_sse_parser_free (SondeSseParser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSseParser, sonde_sse_parser_free)

G_END_DECLS
