/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-types.h"

G_BEGIN_DECLS

/**
 * SondeTranscriptPosition:
 * @message_id: the message
 * @kind: which of its texts; reasoning comes before content
 * @block: the block of that text, from 0 on
 * @cell: the cell of a table, row by row; 0 elsewhere
 * @offset: bytes of the block's or the cell's text
 *
 * A place in what is read. It names no widget, so it stays what it is while its
 * block is out of sight.
 */
typedef struct {
  gint64 message_id;
  SondeTextKind kind;
  guint block;
  guint cell;
  guint offset;
} SondeTranscriptPosition;

/* The order within one message. */
static inline int
sonde_transcript_position_compare (const SondeTranscriptPosition *a,
                                   const SondeTranscriptPosition *b)
{
  if (a->kind != b->kind)
    return a->kind == SONDE_TEXT_REASONING ? -1 : 1;
  if (a->block != b->block)
    return a->block < b->block ? -1 : 1;
  if (a->cell != b->cell)
    return a->cell < b->cell ? -1 : 1;

  return (a->offset > b->offset) - (a->offset < b->offset);
}

G_END_DECLS
