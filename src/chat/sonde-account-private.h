/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-account.h"
#include "sonde-client.h"
#include "sonde-keyring.h"

G_BEGIN_DECLS

#define SONDE_COMMAND_LINE_ID "command-line" /* the service that was named there */
#define SONDE_DEMO_ID         "demo"         /* the demo service */

SondeAccount *sonde_account_new (SondeKeyring *keyring);
void sonde_account_set_stall_timeout (SondeAccount *self, guint milliseconds);
gboolean sonde_account_is_own (SondeAccount *self);
SondeClient *sonde_account_get_client (SondeAccount *self, GError **error);

G_END_DECLS
