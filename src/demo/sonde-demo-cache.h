/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-demo-request.h"

G_BEGIN_DECLS

typedef GHashTable SondeDemoCache;

SondeDemoCache *sonde_demo_cache_new (void);
guint sonde_demo_cache_count (SondeDemoCache *self, const SondeDemoRequest *request, guint *cached);

G_END_DECLS
