/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-database.h"

G_BEGIN_DECLS

char *sonde_tool_calls_column_write (GPtrArray *calls);
GPtrArray *sonde_tool_calls_column_read (SondeDatabase *database, const char *json);

G_END_DECLS
