/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *sonde_listing_read_models (const char *json, gsize length, GError **error);
GPtrArray *
sonde_listing_read_balance (const char *json, gsize length, gboolean *is_available, GError **error);

G_END_DECLS
