/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SondeDemoJson SondeDemoJson;

SondeDemoJson *sonde_demo_json_check (const char *text, gsize length, char **mistake);
char *sonde_demo_json_dup_position (SondeDemoJson *self, const char *path);
void sonde_demo_json_free (SondeDemoJson *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDemoJson, sonde_demo_json_free)

G_END_DECLS
