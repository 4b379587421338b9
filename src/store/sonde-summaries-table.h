/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-database.h"
#include "sonde-summary.h"

G_BEGIN_DECLS

extern const char sonde_summaries_schema[];

gboolean sonde_summaries_table_save (SondeDatabase *database,
                                     gint64 message_id,
                                     const SondeSummary *summary,
                                     GError **error);
GHashTable *sonde_summaries_table_load (SondeDatabase *database,
                                        gint64 conversation_id,
                                        gint64 first_id,
                                        GError **error);

G_END_DECLS
