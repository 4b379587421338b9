/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-keyring.h"

G_BEGIN_DECLS

#define SONDE_TYPE_MEMORY_KEYRING (sonde_memory_keyring_get_type ())
G_DECLARE_FINAL_TYPE (SondeMemoryKeyring, sonde_memory_keyring, SONDE, MEMORY_KEYRING, GObject)

SondeKeyring *sonde_memory_keyring_new (void);
void sonde_memory_keyring_set_error (SondeMemoryKeyring *self, const GError *error);

G_END_DECLS
