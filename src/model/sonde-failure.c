/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-failure.h"

G_DEFINE_BOXED_TYPE (SondeFailure, sonde_failure, sonde_failure_copy, sonde_failure_free)

G_DEFINE_ENUM_TYPE (SondeFailureKind,
                    sonde_failure_kind,
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_NO_KEY, "no-key"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_UNAUTHORIZED, "unauthorized"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_BALANCE, "balance"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_INVALID_REQUEST, "invalid-request"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_CONTEXT_LENGTH, "context-length"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_MODEL_NOT_FOUND, "model-not-found"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_CONTENT_RISK, "content-risk"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_TOO_LARGE, "too-large"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_ENDPOINT, "endpoint"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_RATE_LIMIT, "rate-limit"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_SERVER, "server"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_OVERLOADED, "overloaded"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_NETWORK, "network"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_CUT, "cut"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_STALLED, "stalled"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_PROTOCOL, "protocol"),
                    G_DEFINE_ENUM_VALUE (SONDE_FAILURE_STREAM, "stream"))

/**
 * sonde_failure_new:
 * @kind: why
 * @http_status: the HTTP status, or 0
 * @detail: (nullable): the service's own words
 * @trace_id: (nullable): the service's name for the request
 *
 * Returns: (transfer full): a failure
 */
SondeFailure *
sonde_failure_new (SondeFailureKind kind,
                   guint http_status,
                   const char *detail,
                   const char *trace_id)
{
  SondeFailure *self = g_new0 (SondeFailure, 1);

  self->kind = kind;
  self->http_status = http_status;
  self->detail = g_strdup (detail);
  self->trace_id = g_strdup (trace_id);

  return self;
}

/**
 * sonde_failure_copy:
 * @self: a failure
 *
 * Returns: (transfer full): a copy
 */
SondeFailure *
sonde_failure_copy (const SondeFailure *self)
{
  return sonde_failure_new (self->kind, self->http_status, self->detail, self->trace_id);
}

/**
 * sonde_failure_free:
 * @self: (transfer full): a failure
 */
void
sonde_failure_free (SondeFailure *self)
{
  g_free (self->detail);
  g_free (self->trace_id);
  g_free (self);
}
