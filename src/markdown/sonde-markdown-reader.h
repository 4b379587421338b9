/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>

#include "sonde-markdown-context.h"
#include "sonde-markdown-source.h"

G_BEGIN_DECLS

/**
 * SondeMarkdownReading:
 * @definitions: (nullable): link reference definitions from elsewhere, a blank line behind them
 * @footnotes: (nullable) (element-type utf8 utf8): the labels that have a footnote, in lower
 *   case; %NULL where each may have one
 * @before: (nullable): where the text begins in its document
 * @after: (nullable): where it ends
 * @loose: what it made known of the lists that were open before it
 *
 * How to read a part of a document.
 */
typedef struct {
  const char *definitions;
  GHashTable *footnotes;
  const SondeMarkdownContext *before;
  const SondeMarkdownContext *after;
  gboolean loose[SONDE_MARKDOWN_MAX_LEVELS];
} SondeMarkdownReading;

cmark_node *sonde_markdown_parse (const char *definitions, const char *text, gsize length);
GPtrArray *sonde_markdown_read (const SondeMarkdownSource *source, SondeMarkdownReading *reading);
gboolean sonde_markdown_is_definition (const char *line);

G_END_DECLS
