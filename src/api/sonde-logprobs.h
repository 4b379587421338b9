/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "sonde-chunk.h"

G_BEGIN_DECLS

GPtrArray *sonde_logprobs_decode (JsonArray *array);

G_END_DECLS
