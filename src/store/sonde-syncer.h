/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-database.h"

G_BEGIN_DECLS

typedef struct _SondeSyncer SondeSyncer;

SondeSyncer *sonde_syncer_new (const char *path);
void sonde_syncer_watch (SondeSyncer *self, SondeDatabase *database);
void sonde_syncer_free (SondeSyncer *self);

G_END_DECLS
