/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-api-error.h"

#include <string.h>

#include <libsoup/soup.h>

#include "sonde-error-body.h"
#include "sonde-request.h"

/* The accessor that G_DEFINE_EXTENDED_ERROR makes returns NULL for a foreign error,
 * which the compiler sees wherever it is inlined. */
#pragma GCC diagnostic ignored "-Wnull-dereference"

#define MAX_DETAIL 2000 /* bytes, see SondeFailure */

typedef struct {
  guint http_status;
  gint64 retry_after;
  char *trace_id;
} SondeApiErrorPrivate;

static void
sonde_api_error_private_init (SondeApiErrorPrivate *priv)
{
  priv->retry_after = -1;
}

static void
sonde_api_error_private_copy (const SondeApiErrorPrivate *source, SondeApiErrorPrivate *target)
{
  target->http_status = source->http_status;
  target->retry_after = source->retry_after;
  target->trace_id = g_strdup (source->trace_id);
}

static void
sonde_api_error_private_clear (SondeApiErrorPrivate *priv)
{
  g_free (priv->trace_id);
}

G_DEFINE_EXTENDED_ERROR (SondeApiError, sonde_api_error)

/* Puts stars where @text has something like a key. */
static char *
mask_keys (const char *text)
{
  static const char pattern[] = "(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{3,}|(?<=\\bBearer\\s)\\s*\\S+";
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, G_REGEX_MATCH_DEFAULT, NULL);

  return g_regex_replace_literal (regex, text, -1, 0, "***", G_REGEX_MATCH_DEFAULT, NULL);
}

/* Cuts @text, which is UTF-8, to @size bytes in its place. */
static void
truncate_text (char *text, gsize size, const char *mark)
{
  gsize length = strlen (text);

  if (length <= size)
    return;
  length = size - strlen (mark);
  while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
    length--;
  strcpy (text + length, mark);
}

/* A portal's words, which come over D-Bus, without the name of their error. */
static const char *
skip_remote_name (const char *text)
{
  const char *words = g_str_has_prefix (text, "GDBus.Error:") ? strstr (text, ": ") : NULL;

  return words != NULL ? words + strlen (": ") : text;
}

/* What may be shown of @text: no key, no control characters, not too long. */
static char *
clean_detail (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (skip_remote_name (text), -1);
  char *masked;

  truncate_text (valid, 4 * MAX_DETAIL, "");
  masked = mask_keys (g_strstrip (valid));
  truncate_text (masked, MAX_DETAIL, "…");
  for (char *at = masked; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at) && *at != '\n')
      *at = ' ';

  return masked;
}

static gboolean
mentions (const char *text, const char *phrase)
{
  g_autofree char *lower = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  return lower != NULL && strstr (lower, phrase) != NULL;
}

/* The kind of a refused request: contract.md section 7.2. */
static SondeFailureKind
kind_of_status (guint status)
{
  switch (status) {
  case 401:
  case 403:
    return SONDE_FAILURE_UNAUTHORIZED;
  case 402:
    return SONDE_FAILURE_BALANCE;
  case 404:
  case 405:
  case 415:
    return SONDE_FAILURE_ENDPOINT;
  case 407:
    return SONDE_FAILURE_NETWORK;
  case 408:
    return SONDE_FAILURE_SERVER;
  case 413:
    return SONDE_FAILURE_TOO_LARGE;
  case 429:
    return SONDE_FAILURE_RATE_LIMIT;
  case 503:
    return SONDE_FAILURE_OVERLOADED;
  default:
    if (status < 400)
      return SONDE_FAILURE_ENDPOINT;
    return status < 500 ? SONDE_FAILURE_INVALID_REQUEST : SONDE_FAILURE_SERVER;
  }
}

static SondeFailureKind
kind_of_refusal (guint status, const char *text, const char *code)
{
  if (status == 400 || status == 404 || status == 422) {
    if (mentions (text, "maximum context length") || mentions (code, "context_length_exceeded") ||
        mentions (code, "exceed_context_size"))
      return SONDE_FAILURE_CONTEXT_LENGTH;
    if (mentions (text, "supported api model names") || mentions (text, "model not exist") ||
        mentions (code, "model_not_found"))
      return SONDE_FAILURE_MODEL_NOT_FOUND;
    if (mentions (text, "content exists risk"))
      return SONDE_FAILURE_CONTENT_RISK;
  }

  return kind_of_status (status);
}

/**
 * sonde_api_error_new:
 * @kind: why
 * @http_status: the HTTP status of the refusal, or 0 where it was not one
 * @trace_id: (nullable): the service's name for the request
 * @retry_after: how many seconds the service asks to wait, or -1
 * @detail: (nullable): the service's or the system's words
 *
 * What looks like a key in @detail is masked, and it is cut to 2,000 bytes.
 *
 * Returns: (transfer full): an error of [const@API_ERROR]
 */
GError *
sonde_api_error_new (SondeFailureKind kind,
                     guint http_status,
                     const char *trace_id,
                     gint64 retry_after,
                     const char *detail)
{
  g_autofree char *clean = clean_detail (detail != NULL ? detail : "");
  GError *error = g_error_new_literal (SONDE_API_ERROR, (int) kind, clean);
  SondeApiErrorPrivate *priv = sonde_api_error_get_private (error);

  priv->http_status = http_status;
  priv->retry_after = retry_after;
  priv->trace_id = trace_id != NULL ? clean_detail (trace_id) : NULL;

  return error;
}

/**
 * sonde_api_error_new_from_body:
 * @http_status: the HTTP status, not a successful one
 * @reason_phrase: (nullable): the words of the status line
 * @trace_id: (nullable): the service's name for the request
 * @retry_after: how many seconds the service asks to wait, or -1
 * @body: (nullable): what came with it
 *
 * The body is read whatever its content type says, since that is often missing or
 * wrong (contract.md section 7.1); where it has no words, the status line has.
 *
 * Returns: (transfer full): an error of [const@API_ERROR]
 */
GError *
sonde_api_error_new_from_body (guint http_status,
                               const char *reason_phrase,
                               const char *trace_id,
                               gint64 retry_after,
                               GBytes *body)
{
  g_autofree char *text = NULL;
  g_autofree char *code = NULL;

  if (body != NULL)
    sonde_error_body_read (body, &text, &code);
  if (text == NULL || *g_strchug (text) == '\0') {
    if (reason_phrase == NULL || *reason_phrase == '\0')
      reason_phrase = soup_status_get_phrase (http_status);
    g_free (text);
    text = g_strdup_printf ("%u %s", http_status, reason_phrase);
  }

  return sonde_api_error_new (kind_of_refusal (http_status, text, code), http_status, trace_id,
                              retry_after, text);
}

/**
 * sonde_api_error_get_http_status:
 * @error: an error of any domain
 *
 * Returns: the HTTP status of the refusal, or 0 where it was not one
 */
guint
sonde_api_error_get_http_status (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);

  return error->domain == SONDE_API_ERROR ? sonde_api_error_get_private (error)->http_status : 0;
}

/**
 * sonde_api_error_get_trace_id:
 * @error: an error of any domain
 *
 * Returns: (nullable): the service's name for the request
 */
const char *
sonde_api_error_get_trace_id (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return error->domain == SONDE_API_ERROR ? sonde_api_error_get_private (error)->trace_id : NULL;
}

/**
 * sonde_api_error_get_retry_after:
 * @error: an error of any domain
 *
 * Returns: how many seconds the service asks to wait, or -1 where it does not
 */
gint64
sonde_api_error_get_retry_after (const GError *error)
{
  g_return_val_if_fail (error != NULL, -1);

  return error->domain == SONDE_API_ERROR ? sonde_api_error_get_private (error)->retry_after : -1;
}

/**
 * sonde_api_error_to_failure:
 * @error: an error of any domain
 *
 * One of [const@REQUEST_ERROR] is an invalid request; an error of another domain is the
 * connection's: resolver, socket, proxy, TLS.
 *
 * Returns: (transfer full): the same for the model
 */
SondeFailure *
sonde_api_error_to_failure (const GError *error)
{
  g_autofree char *detail = NULL;
  SondeFailureKind kind = SONDE_FAILURE_NETWORK;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == SONDE_API_ERROR)
    kind = (SondeFailureKind) error->code;
  else if (error->domain == SONDE_REQUEST_ERROR)
    kind = SONDE_FAILURE_INVALID_REQUEST;
  detail = clean_detail (error->message);

  return sonde_failure_new (kind, sonde_api_error_get_http_status (error),
                            *detail != '\0' ? detail : NULL, sonde_api_error_get_trace_id (error));
}
