/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-database.h"

G_BEGIN_DECLS

typedef struct _SondeUpkeep SondeUpkeep;

SondeUpkeep *sonde_upkeep_new (SondeDatabase *database);
void sonde_upkeep_free (SondeUpkeep *self);
void sonde_upkeep_note_write (SondeUpkeep *self);
gint64 sonde_upkeep_get_deadline (SondeUpkeep *self);
void sonde_upkeep_step (SondeUpkeep *self, SondeDatabase *database);
double sonde_upkeep_get_progress (SondeUpkeep *self);

G_END_DECLS
