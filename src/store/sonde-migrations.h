/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-database.h"

G_BEGIN_DECLS

gint64 sonde_migrations_get_version (void);
gboolean sonde_migrations_run (SondeDatabase *database, GError **error);
gboolean
sonde_migrations_run_steps (SondeDatabase *database, const char *const *steps, GError **error);

G_END_DECLS
