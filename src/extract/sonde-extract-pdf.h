/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-extract-writer.h"

G_BEGIN_DECLS

gboolean sonde_extract_is_pdf (GBytes *file);
gboolean
sonde_extract_pdf (GBytes *file, SondeExtractWriter *writer, guint *n_pages, GError **error);

G_END_DECLS
