/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sonde_usage_csv_write (GPtrArray *entries, GHashTable *titles);

G_END_DECLS
