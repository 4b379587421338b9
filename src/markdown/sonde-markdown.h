/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "sonde-markdown-block.h"

G_BEGIN_DECLS

#define SONDE_TYPE_MARKDOWN (sonde_markdown_get_type ())
G_DECLARE_FINAL_TYPE (SondeMarkdown, sonde_markdown, SONDE, MARKDOWN, GObject)

SondeMarkdown *sonde_markdown_new (void);
guint sonde_markdown_set_text (SondeMarkdown *self, const char *text, gssize length);
guint sonde_markdown_append (SondeMarkdown *self, const char *text, gssize length);
gboolean sonde_markdown_get_open (SondeMarkdown *self);
guint sonde_markdown_set_open (SondeMarkdown *self, gboolean open);
void sonde_markdown_set_step (SondeMarkdown *self, gsize step);
guint64 sonde_markdown_get_work (SondeMarkdown *self);
guint sonde_markdown_get_n_blocks (SondeMarkdown *self);
const SondeMarkdownBlock *sonde_markdown_get_block (SondeMarkdown *self, guint position);

G_END_DECLS
