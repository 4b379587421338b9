/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-extract-package.h"

G_BEGIN_DECLS

gboolean sonde_extract_sheets (SondeExtractPackage *package,
                               SondeExtractWriter *writer,
                               guint *n_pages,
                               GError **error);

G_END_DECLS
