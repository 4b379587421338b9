/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-api-error.h"

#include <string.h>

#define BODY(message, type, code)                                                                  \
  "{\"error\":{\"message\":\"" message "\",\"type\":\"" type "\",\"param\":null,\"code\":" code "}}"

/* The rows of contract.md sections 7.1 and 7.2, and the shapes of other servers. */
static const struct {
  guint status;
  const char *body;
  SondeFailureKind kind;
  const char *message;
} rows[] = {
  { 401, "Authentication Fails (governor)", SONDE_FAILURE_UNAUTHORIZED,
    "Authentication Fails (governor)" },
  { 401,
    BODY ("Authentication Fails, Your api key: ****0000 is invalid",
          "authentication_error",
          "\"invalid_request_error\""),
    SONDE_FAILURE_UNAUTHORIZED, "Authentication Fails, Your api key: ****0000 is invalid" },
  { 400,
    "Failed to parse the request body as JSON: model: EOF while parsing a value at line 1 "
    "column 9",
    SONDE_FAILURE_INVALID_REQUEST,
    "Failed to parse the request body as JSON: model: EOF while parsing a value at line 1 "
    "column 9" },
  { 400,
    BODY ("Failed to deserialize the JSON body into the target type: missing field `messages` at "
          "line 1 column 2",
          "invalid_request_error",
          "\"invalid_request_error\""),
    SONDE_FAILURE_INVALID_REQUEST,
    "Failed to deserialize the JSON body into the target type: missing field `messages` at line 1 "
    "column 2" },
  { 400,
    BODY ("The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but you passed "
          "X.",
          "invalid_request_error",
          "\"invalid_request_error\""),
    SONDE_FAILURE_MODEL_NOT_FOUND,
    "The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but you passed X." },
  { 400,
    BODY ("Invalid temperature value, the valid range of temperature is [0, 2]",
          "invalid_request_error",
          "\"invalid_request_error\""),
    SONDE_FAILURE_INVALID_REQUEST,
    "Invalid temperature value, the valid range of temperature is [0, 2]" },
  { 400,
    BODY ("This model's maximum context length is 1048576 tokens. However, you requested 2000000 "
          "tokens",
          "invalid_request_error",
          "\"invalid_request_error\""),
    SONDE_FAILURE_CONTEXT_LENGTH,
    "This model's maximum context length is 1048576 tokens. However, you requested 2000000 "
    "tokens" },
  { 400, BODY ("Too long", "x", "\"context_length_exceeded\""), SONDE_FAILURE_CONTEXT_LENGTH,
    "Too long" },
  { 400, BODY ("the request exceeds", "exceed_context_size_error", "400"),
    SONDE_FAILURE_CONTEXT_LENGTH, "the request exceeds" },
  { 400, BODY ("Content Exists Risk", "invalid_request_error", "\"invalid_request_error\""),
    SONDE_FAILURE_CONTENT_RISK, "Content Exists Risk" },
  { 402, BODY ("Insufficient Balance", "unknown_error", "\"invalid_request_error\""),
    SONDE_FAILURE_BALANCE, "Insufficient Balance" },
  { 403, "", SONDE_FAILURE_UNAUTHORIZED, "403 Reason" },
  { 404, "", SONDE_FAILURE_ENDPOINT, "404 Reason" },
  { 404, BODY ("The model `x` does not exist", "invalid_request_error", "\"model_not_found\""),
    SONDE_FAILURE_MODEL_NOT_FOUND, "The model `x` does not exist" },
  { 405, "", SONDE_FAILURE_ENDPOINT, "405 Reason" },
  { 408, "", SONDE_FAILURE_SERVER, "408 Reason" },
  { 413, "", SONDE_FAILURE_TOO_LARGE, "413 Reason" },
  { 415, "Expected request with `Content-Type: application/json`", SONDE_FAILURE_ENDPOINT,
    "Expected request with `Content-Type: application/json`" },
  { 422, "{\"detail\":\"Bad parameter\"}", SONDE_FAILURE_INVALID_REQUEST, "Bad parameter" },
  { 429,
    "{\"error\":{\"message\":\"Your current concurrency is 40, which exceeds your concurrency "
    "limit of 39\"}}",
    SONDE_FAILURE_RATE_LIMIT,
    "Your current concurrency is 40, which exceeds your concurrency limit of 39" },
  { 500, "{\"error\":\"text\"}", SONDE_FAILURE_SERVER, "text" },
  { 500, "{\"error\":{\"code\":500,\"message\":\"int code\",\"type\":\"server_error\"}}",
    SONDE_FAILURE_SERVER, "int code" },
  { 502,
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad "
    "Gateway</h1></center>\r\n<hr><center>openresty</center>\r\n</body>\r\n</html>",
    SONDE_FAILURE_SERVER, "502 Bad Gateway" },
  { 503, BODY ("Overloaded", "x", "null"), SONDE_FAILURE_OVERLOADED, "Overloaded" },
  { 504, " \r\n ", SONDE_FAILURE_SERVER, "504 Reason" },
  { 418, "", SONDE_FAILURE_INVALID_REQUEST, "418 Reason" },
  { 302, "", SONDE_FAILURE_ENDPOINT, "302 Reason" },
  { 407, "", SONDE_FAILURE_NETWORK, "407 Reason" },
  { 599, "", SONDE_FAILURE_SERVER, "599 Reason" },

  /* Odd bodies. */
  { 500, "{\"message\":\"top\"}", SONDE_FAILURE_SERVER, "top" },
  { 500, "{\"msg\":\"short\"}", SONDE_FAILURE_SERVER, "short" },
  { 500, "{\"error\":{\"message\":7,\"code\":null}}", SONDE_FAILURE_SERVER,
    "{\"error\":{\"message\":7,\"code\":null}}" },
  { 500, "[1]", SONDE_FAILURE_SERVER, "[1]" },
  { 500, "{\"error\":{\"message\":\"\"}}", SONDE_FAILURE_SERVER, "500 Reason" },
  { 500, "  trimmed \n", SONDE_FAILURE_SERVER, "trimmed" },
  { 500, "bell\a and\ttab", SONDE_FAILURE_SERVER, "bell  and tab" },
  { 500, "\xff\xfe", SONDE_FAILURE_SERVER, "��" },
  { 500, "<!DOCTYPE html><style>p { }</style><p>Down &amp; <b>out</b>\n\n of&nbsp;order<script>x",
    SONDE_FAILURE_SERVER, "Down & out of order" },
  { 500, "<title></title>Text", SONDE_FAILURE_SERVER, "Text" },
  { 500, "<title>Open", SONDE_FAILURE_SERVER, "Open" },
  { 500, "<", SONDE_FAILURE_SERVER, "500 Reason" },
  { 500, "<p", SONDE_FAILURE_SERVER, "500 Reason" },

  /* Keys. */
  { 401, "Bad key sk-0123456789abcdef!", SONDE_FAILURE_UNAUTHORIZED, "Bad key ***!" },
  { 401, "{\"error\":\"got Bearer  abc.def-ghi\"}", SONDE_FAILURE_UNAUTHORIZED, "got Bearer ***" },
  { 401, "authorization: bearer SK-ABCDEF", SONDE_FAILURE_UNAUTHORIZED,
    "authorization: bearer ***" },
  { 401, "task-force at risk-free desk-top", SONDE_FAILURE_UNAUTHORIZED,
    "task-force at risk-free desk-top" },
};

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) body = g_bytes_new (rows[i].body, strlen (rows[i].body));
    g_autoptr (GError) error =
      sonde_api_error_new_from_body (rows[i].status, "Reason", "trace-1", 7, body);
    g_autoptr (SondeFailure) failure = sonde_api_error_to_failure (error);

    g_assert_cmpstr (error->message, ==, rows[i].message);
    g_assert_error (error, SONDE_API_ERROR, (int) rows[i].kind);
    g_assert_cmpuint (sonde_api_error_get_http_status (error), ==, rows[i].status);
    g_assert_cmpstr (sonde_api_error_get_trace_id (error), ==, "trace-1");
    g_assert_cmpint (sonde_api_error_get_retry_after (error), ==, 7);

    g_assert_cmpint (failure->kind, ==, rows[i].kind);
    g_assert_cmpuint (failure->http_status, ==, rows[i].status);
    g_assert_cmpstr (failure->detail, ==, rows[i].message);
    g_assert_cmpstr (failure->trace_id, ==, "trace-1");
  }
}

static void
test_without_words (void)
{
  g_autoptr (GError) phrase = sonde_api_error_new_from_body (503, NULL, NULL, -1, NULL);
  g_autoptr (GError) empty = sonde_api_error_new_from_body (404, "", NULL, -1, NULL);

  g_assert_error (phrase, SONDE_API_ERROR, SONDE_FAILURE_OVERLOADED);
  g_assert_cmpstr (phrase->message, ==, "503 Service Unavailable");
  g_assert_null (sonde_api_error_get_trace_id (phrase));
  g_assert_cmpint (sonde_api_error_get_retry_after (phrase), ==, -1);
  g_assert_cmpstr (empty->message, ==, "404 Not Found");
}

static void
test_length (void)
{
  for (gsize shift = 0; shift < 4; shift++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GError) error = NULL;

    for (gsize i = 0; i < shift; i++)
      g_string_append_c (text, 'a');
    for (gsize i = 0; i < 100000; i++)
      g_string_append (text, "中");
    error = sonde_api_error_new (SONDE_FAILURE_SERVER, 500, NULL, -1, text->str);
    g_assert_cmpuint (strlen (error->message), <=, 2000);
    g_assert_cmpuint (strlen (error->message), >, 1990);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_true (g_str_has_suffix (error->message, "中…"));
  }
}

/* However much is in front of a key, no part of it stays. */
static void
test_key_at_the_cut (void)
{
  for (gsize before = 1960; before < 2010; before++) {
    g_autofree char *blanks = g_strnfill (before, '.');
    g_autofree char *text = g_strconcat (blanks, " sk-0123456789abcdef", NULL);
    g_autoptr (GError) error = sonde_api_error_new (SONDE_FAILURE_SERVER, 0, NULL, -1, text);

    g_assert_null (strstr (error->message, "0123"));
  }
}

static void
test_copy (void)
{
  g_autoptr (GError) error =
    sonde_api_error_new (SONDE_FAILURE_RATE_LIMIT, 429, "trace", 12, "Slow down");
  g_autoptr (GError) copy = g_error_copy (error);

  g_clear_error (&error);
  g_assert_error (copy, SONDE_API_ERROR, SONDE_FAILURE_RATE_LIMIT);
  g_assert_cmpuint (sonde_api_error_get_http_status (copy), ==, 429);
  g_assert_cmpstr (sonde_api_error_get_trace_id (copy), ==, "trace");
  g_assert_cmpint (sonde_api_error_get_retry_after (copy), ==, 12);
}

static void
test_foreign (void)
{
  const struct {
    GQuark domain;
    int code;
  } foreign[] = {
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++) {
    g_autoptr (GError) error =
      g_error_new_literal (foreign[i].domain, foreign[i].code, "In words, Bearer secret");
    g_autoptr (SondeFailure) failure = sonde_api_error_to_failure (error);

    g_assert_cmpint (failure->kind, ==, SONDE_FAILURE_NETWORK);
    g_assert_cmpuint (failure->http_status, ==, 0);
    g_assert_cmpstr (failure->detail, ==, "In words, Bearer ***");
    g_assert_null (failure->trace_id);
    g_assert_cmpint (sonde_api_error_get_retry_after (error), ==, -1);
  }
}

static void
test_no_detail (void)
{
  g_autoptr (GError) error = sonde_api_error_new (SONDE_FAILURE_CUT, 0, NULL, -1, NULL);
  g_autoptr (SondeFailure) failure = sonde_api_error_to_failure (error);

  g_assert_cmpint (failure->kind, ==, SONDE_FAILURE_CUT);
  g_assert_null (failure->detail);
}

static void
test_remote (void)
{
  g_autoptr (GError) error =
    sonde_api_error_new (SONDE_FAILURE_NETWORK, 0, NULL, -1,
                         "GDBus.Error:org.freedesktop.portal.Error.NotAllowed: This call is not "
                         "available inside the sandbox");
  g_autoptr (GError) other =
    sonde_api_error_new (SONDE_FAILURE_NETWORK, 0, NULL, -1, "No route: x");

  g_assert_cmpstr (error->message, ==, "This call is not available inside the sandbox");
  g_assert_cmpstr (other->message, ==, "No route: x");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api-error/rows", test_rows);
  g_test_add_func ("/api-error/without-words", test_without_words);
  g_test_add_func ("/api-error/length", test_length);
  g_test_add_func ("/api-error/key-at-the-cut", test_key_at_the_cut);
  g_test_add_func ("/api-error/copy", test_copy);
  g_test_add_func ("/api-error/foreign", test_foreign);
  g_test_add_func ("/api-error/no-detail", test_no_detail);
  g_test_add_func ("/api-error/remote", test_remote);

  return g_test_run ();
}
