/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-messages-table.h"

G_BEGIN_DECLS

extern const char sonde_spending_schema[];

gboolean sonde_usage_table_spend (SondeDatabase *database,
                                  const char *kind,
                                  const SondeMessageRow *row,
                                  GError **error);
GPtrArray *sonde_usage_table_list (SondeDatabase *database, gint64 since, GError **error);

G_END_DECLS
