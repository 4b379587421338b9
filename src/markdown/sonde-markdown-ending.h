/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize sonde_markdown_find_presentable (const char *text, gsize length);
gsize sonde_markdown_find_open_bracket (const char *text, gsize length);
void sonde_markdown_close_link (GString *text);
void sonde_markdown_close_table (GString *text);

G_END_DECLS
