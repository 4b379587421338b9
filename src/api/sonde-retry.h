/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SONDE_RETRY_MAX:
 *
 * How many times a request is sent again, at most.
 */
#define SONDE_RETRY_MAX 5

gboolean sonde_retry_applies (const GError *error);
gint64 sonde_retry_get_delay (guint attempt, const GError *error, GRand *random);

G_END_DECLS
