/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-model-info.h"

G_BEGIN_DECLS

GBytes *sonde_model_file_get_builtin (void);
GPtrArray *sonde_model_file_read_builtin (void);
GPtrArray *sonde_model_file_read (const char *json, gsize length, GError **error);
char *sonde_model_file_write (GPtrArray *models);

G_END_DECLS
