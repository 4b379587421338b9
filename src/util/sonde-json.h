/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *sonde_json_parse (const char *text, gsize length, GError **error);
void sonde_json_append_string (GString *json, const char *text);
const char *sonde_json_get_string (JsonObject *object, const char *name);
JsonObject *sonde_json_get_object (JsonObject *object, const char *name);
JsonArray *sonde_json_get_array (JsonObject *object, const char *name);
gint64 sonde_json_get_count (JsonObject *object, const char *name);

G_END_DECLS
