/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-library.h"
#include "sonde-session-private.h"
#include "sonde-settings.h"

G_BEGIN_DECLS

SondeLibrary *sonde_library_new (const SondeServices *services, SondeSettings *settings);
void sonde_library_start (SondeLibrary *self);
void
sonde_library_shutdown_async (SondeLibrary *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean sonde_library_shutdown_finish (SondeLibrary *self, GAsyncResult *result, GError **error);

G_END_DECLS
