/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-account.h"

G_BEGIN_DECLS

/**
 * SondeNetworkState:
 * @SONDE_NETWORK_UP: the service can be asked, as far as is known
 * @SONDE_NETWORK_DOWN: there is no way to it
 * @SONDE_NETWORK_SIGN_IN: a captive portal wants something first
 *
 * How it stands with the way to the service.
 */
typedef enum {
  SONDE_NETWORK_UP,
  SONDE_NETWORK_DOWN,
  SONDE_NETWORK_SIGN_IN,
} SondeNetworkState;

#define SONDE_TYPE_NETWORK_STATE (sonde_network_state_get_type ())
GType sonde_network_state_get_type (void);

/* Properties, read only: "state" (SondeNetworkState). */
#define SONDE_TYPE_NETWORK (sonde_network_get_type ())
G_DECLARE_FINAL_TYPE (SondeNetwork, sonde_network, SONDE, NETWORK, GObject)

SondeNetwork *sonde_network_new (SondeAccount *account, GNetworkMonitor *monitor);
void sonde_network_start (SondeNetwork *self);
SondeNetworkState sonde_network_get_state (SondeNetwork *self);

G_END_DECLS
