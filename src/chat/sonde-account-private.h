/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-account.h"
#include "sonde-client.h"
#include "sonde-keyring.h"

G_BEGIN_DECLS

SondeAccount *sonde_account_new (SondeKeyring *keyring);
void sonde_account_set_service (SondeAccount *self, const char *base_url, gboolean demo);
void sonde_account_set_stall_timeout (SondeAccount *self, guint milliseconds);
SondeClient *sonde_account_get_client (SondeAccount *self, GError **error);

G_END_DECLS
