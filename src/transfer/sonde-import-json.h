/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "sonde-json.h"

G_BEGIN_DECLS

gboolean sonde_import_json_get_boolean (JsonObject *object, const char *name);
gint64 sonde_import_json_get_integer (JsonObject *object, const char *name, gint64 fallback);
double sonde_import_json_get_number (JsonObject *object, const char *name);
gint64 sonde_import_json_get_time (JsonObject *object, const char *name, gint64 unit);
JsonObject *sonde_import_json_get_element (JsonArray *array, guint index);
const char *sonde_import_json_get_text_element (JsonArray *array, guint index);

G_END_DECLS
