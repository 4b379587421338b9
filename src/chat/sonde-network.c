/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-network.h"

/**
 * SondeNetwork:
 *
 * The way to the service, as the system's network monitor sees it. A service on this machine
 * needs none.
 */
struct _SondeNetwork {
  GObject parent_instance;

  SondeAccount *account;
  GNetworkMonitor *monitor; /* NULL until it is there */
  SondeNetworkState state;
};

enum { PROP_STATE = 1, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (SondeNetworkState,
                    sonde_network_state,
                    G_DEFINE_ENUM_VALUE (SONDE_NETWORK_UP, "up"),
                    G_DEFINE_ENUM_VALUE (SONDE_NETWORK_DOWN, "down"),
                    G_DEFINE_ENUM_VALUE (SONDE_NETWORK_SIGN_IN, "sign-in"))

G_DEFINE_FINAL_TYPE (SondeNetwork, sonde_network, G_TYPE_OBJECT)

static SondeNetworkState
find_state (SondeNetwork *self)
{
  SondeServiceInfo *service = sonde_account_get_service (self->account);

  if (self->monitor == NULL || service == NULL ||
      sonde_service_info_is_loopback (sonde_service_info_get_base_url (service)))
    return SONDE_NETWORK_UP;
  if (g_network_monitor_get_connectivity (self->monitor) == G_NETWORK_CONNECTIVITY_PORTAL)
    return SONDE_NETWORK_SIGN_IN;

  return g_network_monitor_get_network_available (self->monitor) ? SONDE_NETWORK_UP
                                                                 : SONDE_NETWORK_DOWN;
}

static void
update (SondeNetwork *self)
{
  SondeNetworkState state = find_state (self);

  if (state == self->state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
watch (SondeNetwork *self)
{
  g_signal_connect_object (self->monitor, "network-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "notify::connectivity", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account, "notify::service", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
find_monitor_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, g_object_ref (g_network_monitor_get_default ()), g_object_unref);
}

static void
monitor_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SondeNetwork *self = SONDE_NETWORK (source);

  self->monitor = g_task_propagate_pointer (G_TASK (result), NULL);
  if (self->monitor != NULL)
    watch (self);
}

static void
sonde_network_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_STATE:
    g_value_set_enum (value, SONDE_NETWORK (object)->state);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_network_dispose (GObject *object)
{
  SondeNetwork *self = SONDE_NETWORK (object);

  g_clear_object (&self->monitor);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (sonde_network_parent_class)->dispose (object);
}

static void
sonde_network_class_init (SondeNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sonde_network_get_property;
  object_class->dispose = sonde_network_dispose;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, SONDE_TYPE_NETWORK_STATE, SONDE_NETWORK_UP,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_network_init (SondeNetwork *self)
{
}

/**
 * sonde_network_new:
 * @account: the service
 * @monitor: (nullable): what watches the network; %NULL for the system's, from
 *   [method@Network.start] on
 *
 * Returns: (transfer full): the way to the service
 */
SondeNetwork *
sonde_network_new (SondeAccount *account, GNetworkMonitor *monitor)
{
  SondeNetwork *self = g_object_new (SONDE_TYPE_NETWORK, NULL);

  self->account = g_object_ref (account);
  if (monitor != NULL) {
    self->monitor = g_object_ref (monitor);
    watch (self);
  }

  return self;
}

/**
 * sonde_network_start:
 * @self: the way to the service
 *
 * Looks for the system's monitor, in a thread: it may ask other programs.
 */
void
sonde_network_start (SondeNetwork *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SONDE_IS_NETWORK (self));

  if (self->monitor != NULL)
    return;

  task = g_task_new (self, NULL, monitor_found_cb, NULL);
  g_task_set_source_tag (task, sonde_network_start);
  g_task_run_in_thread (task, find_monitor_thread);
}

/**
 * sonde_network_get_state:
 * @self: the way to the service
 *
 * Returns: how it stands
 */
SondeNetworkState
sonde_network_get_state (SondeNetwork *self)
{
  g_return_val_if_fail (SONDE_IS_NETWORK (self), SONDE_NETWORK_UP);

  return self->state;
}
