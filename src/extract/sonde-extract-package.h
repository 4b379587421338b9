/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "sonde-extract-writer.h"

G_BEGIN_DECLS

/**
 * SondeExtractPackage:
 *
 * The parts of an office document, which is a zip file.
 */
typedef struct _SondeExtractPackage SondeExtractPackage;

SondeExtractPackage *sonde_extract_package_open (GBytes *file, GError **error);
void sonde_extract_package_free (SondeExtractPackage *self);
gboolean sonde_extract_package_has (SondeExtractPackage *self, const char *name);
GBytes *sonde_extract_package_get (SondeExtractPackage *self, const char *name);
GBytes *sonde_extract_package_require (SondeExtractPackage *self, const char *name, GError **error);
GHashTable *sonde_extract_package_read_relations (SondeExtractPackage *self, const char *name);
char *sonde_extract_package_find_relation (SondeExtractPackage *self,
                                           const char *name,
                                           const char *type_suffix);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeExtractPackage, sonde_extract_package_free)

G_END_DECLS
