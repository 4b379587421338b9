/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-model-list.h"

G_BEGIN_DECLS

#define SONDE_TYPE_RATE_FILE (sonde_rate_file_get_type ())
G_DECLARE_FINAL_TYPE (SondeRateFile, sonde_rate_file, SONDE, RATE_FILE, GObject)

SondeRateFile *sonde_rate_file_new (const char *path, SondeModelList *models);
void sonde_rate_file_start (SondeRateFile *self);
GFile *sonde_rate_file_edit (SondeRateFile *self, GError **error);
gboolean sonde_rate_file_reset (SondeRateFile *self, GError **error);
const char *sonde_rate_file_get_as_of (SondeRateFile *self);
gboolean sonde_rate_file_get_own (SondeRateFile *self);
const char *sonde_rate_file_get_problem (SondeRateFile *self);

G_END_DECLS
