/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-failure.h"

G_BEGIN_DECLS

/**
 * SONDE_API_ERROR:
 *
 * The error domain of everything that talks to the service. Its codes are
 * SondeFailureKind; its message is the service's own text.
 */
#define SONDE_API_ERROR (sonde_api_error_quark ())
GQuark sonde_api_error_quark (void);

GError *sonde_api_error_new (SondeFailureKind kind,
                             guint http_status,
                             const char *trace_id,
                             gint64 retry_after,
                             const char *detail);
GError *sonde_api_error_new_from_body (guint http_status,
                                       const char *reason_phrase,
                                       const char *trace_id,
                                       gint64 retry_after,
                                       GBytes *body);
guint sonde_api_error_get_http_status (const GError *error);
const char *sonde_api_error_get_trace_id (const GError *error);
gint64 sonde_api_error_get_retry_after (const GError *error);
SondeFailure *sonde_api_error_to_failure (const GError *error);

G_END_DECLS
