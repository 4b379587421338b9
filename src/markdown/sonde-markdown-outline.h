/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-markdown-context.h"
#include "sonde-markdown-source.h"

G_BEGIN_DECLS

/**
 * SondeMarkdownSeam:
 * @offset: where it is, in bytes of what was read
 * @context: what is open there
 *
 * Where a document can be parted: nothing behind it changes the blocks before it.
 */
typedef struct {
  gsize offset;
  SondeMarkdownContext context;
} SondeMarkdownSeam;

GArray *sonde_markdown_find_seams (const SondeMarkdownSource *source,
                                   const char *text,
                                   const SondeMarkdownContext *context);

G_END_DECLS
