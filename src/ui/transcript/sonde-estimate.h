/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-markdown-block.h"
#include "sonde-message.h"

G_BEGIN_DECLS

int sonde_estimate_block (const SondeMarkdownBlock *block, int width, double em);
int sonde_estimate_message (SondeMessage *message, int width, double em);

G_END_DECLS
