/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize sonde_demo_text_next_token (const char *text);
guint sonde_demo_text_count_tokens (const char *text);
gsize sonde_demo_text_measure (const char *text, guint n_tokens);
gboolean sonde_demo_text_has_chinese (const char *text);
void sonde_demo_text_append_json (GString *out, const char *text, gssize length);

G_END_DECLS
