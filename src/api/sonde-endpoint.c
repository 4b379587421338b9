/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Base URLs as people type them (contract.md section 1). */

#include "sonde-endpoint.h"

#include <string.h>

#include <gio/gio.h>

#include "sonde-api-error.h"
#include "sonde-service-info.h"

static const char *
describe_problem (SondeAddressProblem problem)
{
  switch (problem) {
  case SONDE_ADDRESS_PROBLEM_NONE:
    break;
  case SONDE_ADDRESS_PROBLEM_EMPTY:
  case SONDE_ADDRESS_PROBLEM_MALFORMED:
    return "The base URL must look like https://host/path";
  case SONDE_ADDRESS_PROBLEM_EXTRA:
    return "The base URL must have no user name, query or fragment";
  case SONDE_ADDRESS_PROBLEM_PLAIN:
    return "The base URL must begin with https, since its host is not this machine";
  }

  return NULL;
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
 * What an address must be like is said by [func@ServiceInfo.check].
 *
 * Returns: (transfer full): the address that paths are appended to
 */
char *
sonde_endpoint_normalize (const char *base_url, gboolean allow_plain, GError **error)
{
  const char *problem = describe_problem (sonde_service_info_check (base_url, allow_plain));
  g_autofree char *text = g_strstrip (g_strdup (base_url));
  g_autofree char *path = NULL;
  g_autoptr (GUri) uri = NULL;

  if (problem != NULL) {
    g_propagate_error (error, sonde_api_error_new (SONDE_FAILURE_ENDPOINT, 0, NULL, -1, problem));
    return NULL;
  }

  uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  path = g_strdup (g_uri_get_path (uri));
  remove_slashes (path);
  remove_suffix (path, "/chat/completions");
  remove_slashes (path);

  return g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                     g_uri_get_port (uri), path, NULL, NULL);
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
