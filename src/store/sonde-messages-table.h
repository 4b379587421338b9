/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-database.h"
#include "sonde-message.h"

G_BEGIN_DECLS

/**
 * SondeMessageRow:
 * @texts: (nullable): by SondeTextKind; %NULL: absent
 *
 * What is stored of a message, as plain values that may cross threads. The fields are
 * the properties of SondeMessage.
 */
typedef struct {
  gint64 id;
  gint64 conversation_id;
  gint64 parent_id;
  SondeRole role;
  GString *texts[2];
  SondeMessageState state;
  SondeFailure *failure;
  char *finish_reason;
  SondeUsage *usage;
  char *model_id;
  SondeThinking thinking;
  gint64 created_at;
  gint64 thinking_started_at;
  gint64 thinking_duration;
  SondeMessageDetails *details;
  GPtrArray *attachments; /* rows to write */
  SondeSummary *summary;  /* to write */
  gboolean copied;
  gint64 deleted_at;
} SondeMessageRow;

SondeMessageRow *sonde_message_row_new (gint64 conversation_id, SondeMessage *message);
SondeMessage *sonde_message_row_to_object (const SondeMessageRow *self);
void sonde_message_row_free (SondeMessageRow *self);

gboolean
sonde_messages_table_save (SondeDatabase *database, const SondeMessageRow *row, GError **error);
GPtrArray *
sonde_messages_table_load (SondeDatabase *database, gint64 conversation_id, GError **error);
GPtrArray *sonde_messages_table_load_tail (SondeDatabase *database,
                                           gint64 conversation_id,
                                           gint64 leaf_id,
                                           guint n,
                                           GError **error);
gboolean sonde_messages_table_purge (SondeDatabase *database, GError **error);
gboolean sonde_messages_table_interrupt (SondeDatabase *database, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeMessageRow, sonde_message_row_free)

G_END_DECLS
