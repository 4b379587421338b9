/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-service-info.h"

#include <gio/gio.h>
#include <string.h>

/**
 * SondeServiceInfo:
 *
 * A chat service that can be talked to: its name for people, its base URL and what
 * it can do. A value that never changes; another one takes its place. The key is no
 * part of it.
 */
struct _SondeServiceInfo {
  GObject parent_instance;

  char *id;
  char *name;
  char *base_url;
  SondeServiceFlags flags;
  gboolean allow_plain;
};

enum { PROP_ID = 1, PROP_NAME, PROP_BASE_URL, PROP_FLAGS, PROP_ALLOW_PLAIN, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeServiceInfo, sonde_service_info, G_TYPE_OBJECT)

G_DEFINE_FLAGS_TYPE (SondeServiceFlags,
                     sonde_service_flags,
                     G_DEFINE_ENUM_VALUE (SONDE_SERVICE_THINKING, "thinking"),
                     G_DEFINE_ENUM_VALUE (SONDE_SERVICE_REPLAY, "replay"),
                     G_DEFINE_ENUM_VALUE (SONDE_SERVICE_PREFIX, "prefix"),
                     G_DEFINE_ENUM_VALUE (SONDE_SERVICE_STRICT, "strict"),
                     G_DEFINE_ENUM_VALUE (SONDE_SERVICE_BALANCE, "balance"),
                     G_DEFINE_ENUM_VALUE (SONDE_SERVICE_PENALTIES, "penalties"),
                     G_DEFINE_ENUM_VALUE (SONDE_SERVICE_THINK_TAGS, "think-tags"),
                     G_DEFINE_ENUM_VALUE (SONDE_SERVICE_KEYLESS, "keyless"))

#define DEEPSEEK_HOST "api.deepseek.com"

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static GUri *
parse (const char *address)
{
  g_autofree char *text = g_strstrip (g_strdup (address));

  return g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
}

static gboolean
is_deepseek_uri (GUri *uri)
{
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && g_ascii_strcasecmp (host, DEEPSEEK_HOST) == 0;
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

static void
sonde_service_info_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SondeServiceInfo *self = SONDE_SERVICE_INFO (object);

  switch (id) {
  case PROP_ID:
    g_value_set_string (value, self->id);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_BASE_URL:
    g_value_set_string (value, self->base_url);
    break;
  case PROP_FLAGS:
    g_value_set_flags (value, self->flags);
    break;
  case PROP_ALLOW_PLAIN:
    g_value_set_boolean (value, self->allow_plain);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_service_info_finalize (GObject *object)
{
  SondeServiceInfo *self = SONDE_SERVICE_INFO (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->base_url);

  G_OBJECT_CLASS (sonde_service_info_parent_class)->finalize (object);
}

static void
sonde_service_info_class_init (SondeServiceInfoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sonde_service_info_get_property;
  object_class->finalize = sonde_service_info_finalize;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, readable);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, readable);
  properties[PROP_BASE_URL] = g_param_spec_string ("base-url", NULL, NULL, NULL, readable);
  properties[PROP_FLAGS] =
    g_param_spec_flags ("flags", NULL, NULL, SONDE_TYPE_SERVICE_FLAGS, 0, readable);
  properties[PROP_ALLOW_PLAIN] = g_param_spec_boolean ("allow-plain", NULL, NULL, FALSE, readable);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_service_info_init (SondeServiceInfo *self)
{
}

/**
 * sonde_service_info_new:
 * @id: what settings know it by
 * @name: its name for people; its host where it is empty
 * @base_url: its address, as it was typed
 * @flags: what it can do
 * @allow_plain: whether somebody consented to plain `http` to another machine
 *
 * Returns: (transfer full): a service; its base URL is the normalized @base_url
 */
SondeServiceInfo *
sonde_service_info_new (const char *id,
                        const char *name,
                        const char *base_url,
                        SondeServiceFlags flags,
                        gboolean allow_plain)
{
  SondeServiceInfo *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (base_url != NULL, NULL);

  self = g_object_new (SONDE_TYPE_SERVICE_INFO, NULL);
  self->id = g_strdup (id);
  self->name = g_strstrip (g_strdup (name));
  self->base_url = sonde_service_info_normalize (base_url);
  self->flags = flags;
  self->allow_plain = !!allow_plain;
  if (*self->name == '\0') {
    g_autoptr (GUri) uri = parse (base_url);

    g_set_str (&self->name,
               uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : base_url);
  }

  return self;
}

/**
 * sonde_service_info_new_deepseek:
 *
 * Returns: (transfer full): DeepSeek's own service
 */
SondeServiceInfo *
sonde_service_info_new_deepseek (void)
{
  return sonde_service_info_new (SONDE_DEEPSEEK_ID, "DeepSeek", SONDE_DEEPSEEK_URL,
                                 SONDE_SERVICE_FLAGS_DEEPSEEK, FALSE);
}

/**
 * sonde_service_info_get_id:
 * @self: a service
 *
 * Returns: what settings know it by
 */
const char *
sonde_service_info_get_id (SondeServiceInfo *self)
{
  g_return_val_if_fail (SONDE_IS_SERVICE_INFO (self), NULL);

  return self->id;
}

/**
 * sonde_service_info_get_name:
 * @self: a service
 *
 * Returns: its name for people
 */
const char *
sonde_service_info_get_name (SondeServiceInfo *self)
{
  g_return_val_if_fail (SONDE_IS_SERVICE_INFO (self), NULL);

  return self->name;
}

/**
 * sonde_service_info_get_base_url:
 * @self: a service
 *
 * Returns: its normalized address, which its key is kept under, too
 */
const char *
sonde_service_info_get_base_url (SondeServiceInfo *self)
{
  g_return_val_if_fail (SONDE_IS_SERVICE_INFO (self), NULL);

  return self->base_url;
}

/**
 * sonde_service_info_get_flags:
 * @self: a service
 *
 * Returns: what it can do
 */
SondeServiceFlags
sonde_service_info_get_flags (SondeServiceInfo *self)
{
  g_return_val_if_fail (SONDE_IS_SERVICE_INFO (self), SONDE_SERVICE_NONE);

  return self->flags;
}

/**
 * sonde_service_info_get_allow_plain:
 * @self: a service
 *
 * Returns: whether somebody consented to plain `http` to another machine
 */
gboolean
sonde_service_info_get_allow_plain (SondeServiceInfo *self)
{
  g_return_val_if_fail (SONDE_IS_SERVICE_INFO (self), FALSE);

  return self->allow_plain;
}

/**
 * sonde_service_info_is_deepseek:
 * @self: a service
 *
 * Returns: whether it is DeepSeek's own, whatever it is called here
 */
gboolean
sonde_service_info_is_deepseek (SondeServiceInfo *self)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (SONDE_IS_SERVICE_INFO (self), FALSE);

  uri = parse (self->base_url);
  return is_deepseek_uri (uri);
}

/**
 * sonde_service_info_equal:
 * @self: a service
 * @other: (nullable): another
 *
 * Returns: whether both say the same
 */
gboolean
sonde_service_info_equal (SondeServiceInfo *self, SondeServiceInfo *other)
{
  g_return_val_if_fail (SONDE_IS_SERVICE_INFO (self), FALSE);

  return self == other ||
         (other != NULL && g_str_equal (self->id, other->id) &&
          g_str_equal (self->name, other->name) && g_str_equal (self->base_url, other->base_url) &&
          self->flags == other->flags && self->allow_plain == other->allow_plain);
}

/**
 * sonde_service_info_normalize:
 * @address: an address as it was typed
 *
 * Addresses come with or without a slash at the end, and with the whole path of the
 * chat call (contract.md section 1); one service is to have one key.
 *
 * Returns: (transfer full): @address in one of its spellings, or as it is where it is no address
 */
char *
sonde_service_info_normalize (const char *address)
{
  g_autoptr (GUri) uri = parse (address);
  g_autofree char *path = NULL;
  g_autofree char *host = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return g_strstrip (g_strdup (address));

  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  path = g_strdup (g_uri_get_path (uri));
  remove_slashes (path);
  remove_suffix (path, "/chat/completions");
  remove_slashes (path);

  return g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), g_uri_get_userinfo (uri), host,
                     g_uri_get_port (uri), path, g_uri_get_query (uri), g_uri_get_fragment (uri));
}

/**
 * sonde_service_info_is_loopback:
 * @address: an address as it was typed
 *
 * Returns: whether it is on this machine
 */
gboolean
sonde_service_info_is_loopback (const char *address)
{
  g_autoptr (GUri) uri = parse (address);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && is_loopback (host);
}

/**
 * sonde_service_info_check:
 * @address: an address as it was typed
 * @allow_plain: whether somebody consented to plain `http` to another machine
 *
 * Plain `http` is for this machine only, else for who knows what it means: a key must
 * not travel in the clear unasked.
 *
 * Returns: why it cannot be used, or %SONDE_ADDRESS_PROBLEM_NONE
 */
SondeAddressProblem
sonde_service_info_check (const char *address, gboolean allow_plain)
{
  g_autofree char *text = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *host;

  g_return_val_if_fail (address != NULL, SONDE_ADDRESS_PROBLEM_EMPTY);

  text = g_strstrip (g_strdup (address));
  if (*text == '\0')
    return SONDE_ADDRESS_PROBLEM_EMPTY;

  uri = parse (text);
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (host == NULL || *host == '\0' ||
      (!g_str_equal (g_uri_get_scheme (uri), "https") &&
       !g_str_equal (g_uri_get_scheme (uri), "http")))
    return SONDE_ADDRESS_PROBLEM_MALFORMED;
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    return SONDE_ADDRESS_PROBLEM_EXTRA;
  if (g_str_equal (g_uri_get_scheme (uri), "http") && !is_loopback (host) && !allow_plain)
    return SONDE_ADDRESS_PROBLEM_PLAIN;

  return SONDE_ADDRESS_PROBLEM_NONE;
}

/**
 * sonde_service_info_guess:
 * @address: an address as it was typed
 *
 * Returns: what a service there can most likely do
 */
SondeServiceFlags
sonde_service_info_guess (const char *address)
{
  g_autoptr (GUri) uri = parse (address);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (is_deepseek_uri (uri))
    return SONDE_SERVICE_FLAGS_DEEPSEEK;

  /* Servers on one's own machine hardly ever ask for a key. */
  return SONDE_SERVICE_PENALTIES | SONDE_SERVICE_THINK_TAGS |
         (host != NULL && is_loopback (host) ? SONDE_SERVICE_KEYLESS : 0);
}
