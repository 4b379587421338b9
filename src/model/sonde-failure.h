/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SondeFailureKind:
 * @SONDE_FAILURE_NO_KEY: no API key was there to send
 * @SONDE_FAILURE_UNAUTHORIZED: 401, 403: the key is refused
 * @SONDE_FAILURE_BALANCE: 402: nothing left to pay with
 * @SONDE_FAILURE_INVALID_REQUEST: 400, 422: the service does not accept the request
 * @SONDE_FAILURE_CONTEXT_LENGTH: 400 with the context window exceeded
 * @SONDE_FAILURE_MODEL_NOT_FOUND: the service does not know the model
 * @SONDE_FAILURE_CONTENT_RISK: 400 with `Content Exists Risk`
 * @SONDE_FAILURE_TOO_LARGE: 413
 * @SONDE_FAILURE_ENDPOINT: 404, 405, 415, a redirect: the base URL is not such a service
 * @SONDE_FAILURE_RATE_LIMIT: 429: rate or concurrency
 * @SONDE_FAILURE_SERVER: 408 and 5xx
 * @SONDE_FAILURE_OVERLOADED: 503
 * @SONDE_FAILURE_NETWORK: no connection: host, route, TLS, proxy
 * @SONDE_FAILURE_CUT: the stream ended before the answer was finished
 * @SONDE_FAILURE_STALLED: not one byte for the stall time
 * @SONDE_FAILURE_EMPTY: the service answered with nothing
 * @SONDE_FAILURE_PROTOCOL: what came is not the protocol
 * @SONDE_FAILURE_STREAM: the stream carried an error object
 *
 * Why an answer failed; one for every row of contract.md sections 5.3 and 7.2.
 * The numbers are stored: new ones go at the end.
 */
typedef enum {
  SONDE_FAILURE_NO_KEY,
  SONDE_FAILURE_UNAUTHORIZED,
  SONDE_FAILURE_BALANCE,
  SONDE_FAILURE_INVALID_REQUEST,
  SONDE_FAILURE_CONTEXT_LENGTH,
  SONDE_FAILURE_MODEL_NOT_FOUND,
  SONDE_FAILURE_CONTENT_RISK,
  SONDE_FAILURE_TOO_LARGE,
  SONDE_FAILURE_ENDPOINT,
  SONDE_FAILURE_RATE_LIMIT,
  SONDE_FAILURE_SERVER,
  SONDE_FAILURE_OVERLOADED,
  SONDE_FAILURE_NETWORK,
  SONDE_FAILURE_CUT,
  SONDE_FAILURE_STALLED,
  SONDE_FAILURE_EMPTY,
  SONDE_FAILURE_PROTOCOL,
  SONDE_FAILURE_STREAM,
} SondeFailureKind;

#define SONDE_TYPE_FAILURE_KIND (sonde_failure_kind_get_type ())
GType sonde_failure_kind_get_type (void);

/**
 * SondeFailure:
 * @kind: why
 * @http_status: the HTTP status, or 0 where there was none
 * @detail: (nullable): the service's or the system's own words, UTF-8, at most 2,000 bytes;
 *   never a key
 * @trace_id: (nullable): the service's name for the request (`x-ds-trace-id`)
 *
 * A failed answer. The sentence for the person is made in `ui`.
 */
typedef struct {
  SondeFailureKind kind;
  guint http_status;
  char *detail;
  char *trace_id;
} SondeFailure;

#define SONDE_TYPE_FAILURE (sonde_failure_get_type ())
GType sonde_failure_get_type (void);
SondeFailure *sonde_failure_new (SondeFailureKind kind,
                                 guint http_status,
                                 const char *detail,
                                 const char *trace_id);
SondeFailure *sonde_failure_copy (const SondeFailure *self);
void sonde_failure_free (SondeFailure *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeFailure, sonde_failure_free)

G_END_DECLS
