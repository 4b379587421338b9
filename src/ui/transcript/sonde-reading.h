/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-markdown-block.h"
#include "sonde-message.h"

G_BEGIN_DECLS

gsize sonde_reading_find_piece_end (const char *text, gsize length, gsize from);
GPtrArray *sonde_reading_dup_blocks (SondeMessage *message, SondeTextKind kind);

G_END_DECLS
