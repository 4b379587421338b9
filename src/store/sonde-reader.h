/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-operation.h"

G_BEGIN_DECLS

typedef struct _SondeReader SondeReader;

SondeReader *sonde_reader_new (const char *path);
void sonde_reader_push (SondeReader *self, SondeOperation *operation);
void sonde_reader_free (SondeReader *self);

G_END_DECLS
