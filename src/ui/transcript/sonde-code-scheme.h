/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

void sonde_code_scheme_list (GStrv *ids, GStrv *names);
GtkSourceStyleScheme *sonde_code_scheme_find (const char *id, gboolean dark);

G_END_DECLS
