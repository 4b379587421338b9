/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-api-error.h"
#include "sonde-client.h"

G_BEGIN_DECLS

void sonde_ask_raw_print_event (SondeClientEvent event, const SondeChunk *chunk);
void sonde_ask_raw_print_retry (guint attempt, gint64 delay);
void sonde_ask_raw_print_failure (const SondeFailure *failure);

G_END_DECLS
