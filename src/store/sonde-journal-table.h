/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-database.h"
#include "sonde-types.h"

G_BEGIN_DECLS

/* SQL: the text of that kind, which is a column of the row of `messages` at hand, with
 * what the journal has for it behind it. NULL (absent) where there is neither. */
#define SONDE_JOURNAL_JOINED(kind)                                                                 \
  "(SELECT coalesce (" kind " || tail, tail, " kind ") FROM "                                      \
  "(SELECT group_concat (text, '' ORDER BY seq) AS tail FROM journal "                             \
  "WHERE message_id = messages.id AND kind = '" kind "'))"

gboolean sonde_journal_table_append (SondeDatabase *database,
                                     gint64 message_id,
                                     SondeTextKind kind,
                                     const GString *text,
                                     GError **error);
gboolean sonde_journal_table_delete (SondeDatabase *database, gint64 message_id, GError **error);
gboolean sonde_journal_table_clear (SondeDatabase *database, GError **error);

G_END_DECLS
