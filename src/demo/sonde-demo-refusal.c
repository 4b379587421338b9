/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-demo-refusal.h"

#include <libsoup/soup.h>
#include <string.h>

#include "sonde-demo-text.h"

#define JSON    "application/json"
#define INVALID "invalid_request_error"

/* What a script's `status=` answers. The bodies of 429, 500 and 503 beyond their messages are not
 * in the contract; they wear the same envelope. */
static const struct {
  const char *name;
  guint status;
  const char *type;
  const char *message;
  const char *code; /* NULL: as for everything else */
} statuses[] = {
  { "400", 400, INVALID, "Content Exists Risk" },
  { "context", 400, INVALID,
    "This model's maximum context length is 1048576 tokens. However, you requested 1048577 tokens "
    "(1048577 in the messages, 0 in the completion). Please reduce the length of the messages or "
    "completion." },
  { "context_length_exceeded", 400, INVALID,
    "The prompt is longer than this model's context of 1048576 tokens.",
    "context_length_exceeded" },
  { "model_not_found", 404, INVALID, "The model does not exist or you do not have access to it.",
    "model_not_found" },
  { "403", 403, "permission_error", "Forbidden" },
  { "408", 408, "timeout_error", "Request Timeout" },
  { "413", 413, INVALID, "Request body is larger than 48 MiB" },
  { "422", 422, INVALID, "Invalid parameters" },
  { "429", 429, "rate_limit_error", "Rate limit reached for TPM" },
  { "concurrency", 429, "rate_limit_error",
    "Your current concurrency is 40, which exceeds your concurrency limit of 39 based on your "
    "remaining balance. Please top up your account or reduce your concurrency." },
  { "500", 500, "internal_error", "Internal Server Error" },
  { "503", 503, "service_unavailable_error", "Service is too busy. Please try again later." },
};

/**
 * sonde_demo_refusal_new_text:
 * @status: the HTTP status
 * @content_type: (nullable) (transfer none): a literal, or %NULL for no such header
 * @body: the body, byte for byte
 *
 * Returns: (transfer full): a refusal
 */
SondeDemoRefusal *
sonde_demo_refusal_new_text (guint status, const char *content_type, const char *body)
{
  SondeDemoRefusal *self = g_new0 (SondeDemoRefusal, 1);

  self->status = status;
  self->content_type = content_type;
  self->body = g_strdup (body);

  return self;
}

static SondeDemoRefusal *
new_error (guint status,
           const char *content_type,
           const char *type,
           const char *message,
           const char *code)
{
  g_autoptr (GString) body = g_string_new ("{\"error\":{\"message\":");

  sonde_demo_text_append_json (body, message, -1);
  g_string_append_printf (body, ",\"type\":\"%s\",\"param\":null,\"code\":\"%s\"}}", type, code);

  return sonde_demo_refusal_new_text (status, content_type, body->str);
}

/**
 * sonde_demo_refusal_new_error:
 * @status: the HTTP status
 * @content_type: (transfer none): a literal
 * @type: the error's type
 * @message: what is wrong
 *
 * Returns: (transfer full): a refusal in the envelope of contract.md section 7.1
 */
SondeDemoRefusal *
sonde_demo_refusal_new_error (guint status,
                              const char *content_type,
                              const char *type,
                              const char *message)
{
  return new_error (status, content_type, type, message, INVALID);
}

/**
 * sonde_demo_refusal_new_invalid:
 * @message: what is wrong with a value of the request
 *
 * The service sends these as `application/octet-stream` although they are JSON.
 *
 * Returns: (transfer full): a refusal with status 400
 */
SondeDemoRefusal *
sonde_demo_refusal_new_invalid (const char *message)
{
  return sonde_demo_refusal_new_error (400, "application/octet-stream", INVALID, message);
}

/**
 * sonde_demo_refusal_new_key:
 * @key: (nullable): the key that is refused, or %NULL when there is none
 *
 * Returns: (transfer full): a refusal with status 401
 */
SondeDemoRefusal *
sonde_demo_refusal_new_key (const char *key)
{
  g_autofree char *message = NULL;
  gsize length;

  if (key == NULL)
    return sonde_demo_refusal_new_text (401, NULL, "Authentication Fails (governor)");

  length = strlen (key);
  message = g_strdup_printf ("Authentication Fails, Your api key: ****%s is invalid",
                             key + (length > 4 ? length - 4 : 0));
  return sonde_demo_refusal_new_error (401, JSON, "authentication_error", message);
}

/**
 * sonde_demo_refusal_new_balance:
 *
 * Returns: (transfer full): a refusal with status 402
 */
SondeDemoRefusal *
sonde_demo_refusal_new_balance (void)
{
  return sonde_demo_refusal_new_error (402, JSON, "unknown_error", "Insufficient Balance");
}

/**
 * sonde_demo_refusal_new_html:
 * @status: the HTTP status
 *
 * Returns: (transfer full): the page that a proxy before the service would send
 */
SondeDemoRefusal *
sonde_demo_refusal_new_html (guint status)
{
  const char *phrase = soup_status_get_phrase (status);
  g_autofree char *body =
    g_strdup_printf ("<html>\r\n<head><title>%u %s</title></head>\r\n<body>\r\n"
                     "<center><h1>%u %s</h1></center>\r\n<hr><center>openresty</center>\r\n"
                     "</body>\r\n</html>\r\n",
                     status, phrase, status, phrase);

  return sonde_demo_refusal_new_text (status, "text/html", body);
}

/**
 * sonde_demo_refusal_new_for_status:
 * @status: the value of a script's `status=`: a number, or a name from docs/demo-service.md
 * @key: the key of the request
 *
 * Returns: (transfer full) (nullable): the refusal, or %NULL when @status is not one
 */
SondeDemoRefusal *
sonde_demo_refusal_new_for_status (const char *status, const char *key)
{
  guint64 number = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_str_equal (statuses[i].name, status))
      return new_error (statuses[i].status, JSON, statuses[i].type, statuses[i].message,
                        statuses[i].code != NULL ? statuses[i].code : INVALID);

  if (!g_ascii_string_to_unsigned (status, 10, 400, 599, &number, NULL))
    return NULL;
  if (number == 401)
    return sonde_demo_refusal_new_key (key);
  if (number == 402)
    return sonde_demo_refusal_new_balance ();
  if (number == 404 || number == 405)
    return sonde_demo_refusal_new_text ((guint) number, NULL, "");

  return sonde_demo_refusal_new_html ((guint) number);
}

/**
 * sonde_demo_refusal_free:
 * @self: (transfer full): a refusal
 */
void
sonde_demo_refusal_free (SondeDemoRefusal *self)
{
  g_free (self->body);
  g_free (self);
}
