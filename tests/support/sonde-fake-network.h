/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A network monitor that sees what it is told. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SONDE_TYPE_FAKE_NETWORK (sonde_fake_network_get_type ())
G_DECLARE_FINAL_TYPE (SondeFakeNetwork, sonde_fake_network, SONDE, FAKE_NETWORK, GObject)

struct _SondeFakeNetwork {
  GObject parent_instance;

  GNetworkConnectivity connectivity;
};

enum {
  SONDE_FAKE_NETWORK_PROP_AVAILABLE = 1,
  SONDE_FAKE_NETWORK_PROP_METERED,
  SONDE_FAKE_NETWORK_PROP_CONNECTIVITY,
};

static inline void
sonde_fake_network_init_monitor (GNetworkMonitorInterface *interface)
{
}

static inline gboolean
sonde_fake_network_init_initable (GInitable *initable, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static inline void
sonde_fake_network_init_initable_interface (GInitableIface *interface)
{
  interface->init = sonde_fake_network_init_initable;
}

G_GNUC_BEGIN_IGNORE_DEPRECATIONS
G_DEFINE_FINAL_TYPE_WITH_CODE (SondeFakeNetwork,
                               sonde_fake_network,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE,
                                                      sonde_fake_network_init_initable_interface)
                                 G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR,
                                                        sonde_fake_network_init_monitor))
G_GNUC_END_IGNORE_DEPRECATIONS

static void
sonde_fake_network_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GNetworkConnectivity connectivity = SONDE_FAKE_NETWORK (object)->connectivity;

  switch (id) {
  case SONDE_FAKE_NETWORK_PROP_AVAILABLE:
    g_value_set_boolean (value, connectivity != G_NETWORK_CONNECTIVITY_LOCAL);
    break;
  case SONDE_FAKE_NETWORK_PROP_METERED:
    g_value_set_boolean (value, FALSE);
    break;
  case SONDE_FAKE_NETWORK_PROP_CONNECTIVITY:
    g_value_set_enum (value, connectivity);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_fake_network_class_init (SondeFakeNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sonde_fake_network_get_property;
  g_object_class_override_property (object_class, SONDE_FAKE_NETWORK_PROP_AVAILABLE,
                                    "network-available");
  g_object_class_override_property (object_class, SONDE_FAKE_NETWORK_PROP_METERED,
                                    "network-metered");
  g_object_class_override_property (object_class, SONDE_FAKE_NETWORK_PROP_CONNECTIVITY,
                                    "connectivity");
}

static void
sonde_fake_network_init (SondeFakeNetwork *self)
{
  self->connectivity = G_NETWORK_CONNECTIVITY_FULL;
}

/* As the system's monitors tell it. */
static inline void
sonde_fake_network_set (SondeFakeNetwork *self, GNetworkConnectivity connectivity)
{
  self->connectivity = connectivity;
  g_object_notify (G_OBJECT (self), "connectivity");
  g_object_notify (G_OBJECT (self), "network-available");
  g_signal_emit_by_name (self, "network-changed", connectivity != G_NETWORK_CONNECTIVITY_LOCAL);
}

G_END_DECLS
