/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-messages-table.h"

G_BEGIN_DECLS

gboolean sonde_charges_table_add (SondeDatabase *database,
                                  const char *purpose,
                                  const SondeMessageRow *row,
                                  GError **error);

G_END_DECLS
