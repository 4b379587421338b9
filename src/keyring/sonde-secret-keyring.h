/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-keyring.h"

G_BEGIN_DECLS

#define SONDE_TYPE_SECRET_KEYRING (sonde_secret_keyring_get_type ())
G_DECLARE_FINAL_TYPE (SondeSecretKeyring, sonde_secret_keyring, SONDE, SECRET_KEYRING, GObject)

SondeKeyring *sonde_secret_keyring_new (guint timeout_ms);

G_END_DECLS
