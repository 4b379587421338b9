/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Base URLs as people type them (contract.md section 1). */

#include "sonde-endpoint.h"

#include <string.h>

#include <gio/gio.h>

#include "sonde-api-error.h"

static gboolean
is_loopback_host (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static void
remove_suffix (char *text, const char *suffix)
{
  if (g_str_has_suffix (text, suffix))
    text[strlen (text) - strlen (suffix)] = '\0';
}

static void
remove_slashes (char *text)
{
  while (g_str_has_suffix (text, "/"))
    remove_suffix (text, "/");
}

/**
 * sonde_endpoint_normalize:
 * @base_url: an address as it was typed: with or without a slash at its end, with or
 *   without `/v1` or `/beta`, or with the whole path of the chat call
 * @allow_plain: whether somebody consented to plain `http` to another machine
 * @error: return location for a %SONDE_FAILURE_ENDPOINT of [const@API_ERROR]
 *
 * Plain `http` is for this machine only: a key must not travel in the clear unasked.
 *
 * Returns: (transfer full): the address that paths are appended to
 */
char *
sonde_endpoint_normalize (const char *base_url, gboolean allow_plain, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (base_url));
  g_autofree char *path = NULL;
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char *problem = NULL;

  if (host == NULL || *host == '\0' ||
      (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http")))
    problem = "The base URL must look like https://host/path";
  else if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
           g_uri_get_fragment (uri) != NULL)
    problem = "The base URL must have no user name, query or fragment";
  else if (g_str_equal (scheme, "http") && !allow_plain && !is_loopback_host (host))
    problem = "The base URL must begin with https, since its host is not this machine";
  if (problem != NULL) {
    g_propagate_error (error, sonde_api_error_new (SONDE_FAILURE_ENDPOINT, 0, NULL, -1, problem));
    return NULL;
  }

  path = g_strdup (g_uri_get_path (uri));
  remove_slashes (path);
  remove_suffix (path, "/chat/completions");
  remove_slashes (path);

  return g_uri_join (G_URI_FLAGS_ENCODED, scheme, NULL, host, g_uri_get_port (uri), path, NULL,
                     NULL);
}

/**
 * sonde_endpoint_is_loopback:
 * @base_url: a normalized address
 *
 * Returns: whether it is on this machine
 */
gboolean
sonde_endpoint_is_loopback (const char *base_url)
{
  g_autoptr (GUri) uri = g_uri_parse (base_url, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && is_loopback_host (g_uri_get_host (uri));
}

/**
 * sonde_endpoint_get_root:
 * @base_url: a normalized address
 * @keep_version: whether `/v1` stays
 *
 * The models are not under `/beta`, the balance is under neither (contract.md section 1).
 *
 * Returns: (transfer full): @base_url without the part that chooses an interface
 */
char *
sonde_endpoint_get_root (const char *base_url, gboolean keep_version)
{
  char *root = g_strdup (base_url);

  remove_suffix (root, "/beta");
  if (!keep_version)
    remove_suffix (root, "/v1");

  return root;
}
