/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-ask-options.h"

G_BEGIN_DECLS

SondeRequest *sonde_ask_request_new (const SondeAskOptions *options, GError **error);

G_END_DECLS
