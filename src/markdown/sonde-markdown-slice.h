/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-markdown-writer.h"

G_BEGIN_DECLS

GPtrArray *sonde_markdown_slice (const SondeMarkdownBlock *const *blocks,
                                 guint n_blocks,
                                 const SondeMarkdownRange *range,
                                 gboolean header);

G_END_DECLS
