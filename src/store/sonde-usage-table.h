/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-database.h"

G_BEGIN_DECLS

GPtrArray *sonde_usage_table_list (SondeDatabase *database, gint64 since, GError **error);

G_END_DECLS
