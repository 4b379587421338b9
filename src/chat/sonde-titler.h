/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-session-private.h"

G_BEGIN_DECLS

void sonde_titler_run (const SondeServices *services,
                       SondeConversation *conversation,
                       SondeMessage *answer,
                       GCancellable *cancellable);

G_END_DECLS
