/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-extract-writer.h"

G_BEGIN_DECLS

gboolean
sonde_extract_plain (GBytes *file, SondeExtractWriter *writer, char **encoding, GError **error);

G_END_DECLS
