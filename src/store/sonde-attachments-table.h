/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-attachment.h"
#include "sonde-database.h"

G_BEGIN_DECLS

/* The step of the schema that keeps of a file what its content does not tell. */
extern const char sonde_attachments_schema[];

GPtrArray *sonde_attachment_rows_new (GPtrArray *attachments);

gboolean sonde_attachments_table_save_message (SondeDatabase *database,
                                               gint64 message_id,
                                               GPtrArray *rows,
                                               GError **error);
gboolean sonde_attachments_table_save_draft (SondeDatabase *database,
                                             gint64 conversation_id,
                                             GPtrArray *rows,
                                             GError **error);
GHashTable *sonde_attachments_table_load_messages (SondeDatabase *database,
                                                   gint64 conversation_id,
                                                   gint64 first_id,
                                                   GError **error);
GPtrArray *sonde_attachments_table_load_draft (SondeDatabase *database,
                                               gint64 conversation_id,
                                               GError **error);
gboolean sonde_attachments_table_clean (SondeDatabase *database, GError **error);

G_END_DECLS
