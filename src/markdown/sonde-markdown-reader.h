/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-markdown-block.h"
#include "sonde-markdown-source.h"

G_BEGIN_DECLS

GArray *sonde_markdown_find_sections (const SondeMarkdownSource *source);
GPtrArray *sonde_markdown_read (const SondeMarkdownSource *source, const char *definitions);
gboolean sonde_markdown_is_definition (const char *line);

G_END_DECLS
