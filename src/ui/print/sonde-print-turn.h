/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-markdown-block.h"
#include "sonde-message.h"

G_BEGIN_DECLS

GPtrArray *sonde_print_turn_dup_blocks (SondeMessage *message, gboolean reasoning);
char *sonde_print_turn_dup_files (SondeMessage *message);

G_END_DECLS
