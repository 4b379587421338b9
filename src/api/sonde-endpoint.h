/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sonde_endpoint_normalize (const char *base_url, gboolean allow_plain, GError **error);
char *sonde_endpoint_get_root (const char *base_url, gboolean keep_version);

G_END_DECLS
