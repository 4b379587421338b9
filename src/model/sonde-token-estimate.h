/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-message.h"

G_BEGIN_DECLS

gint64 sonde_token_estimate_tenths (const char *text, gssize length);
gint64 sonde_token_estimate_message (SondeMessage *message);

G_END_DECLS
