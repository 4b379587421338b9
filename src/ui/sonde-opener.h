/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-chat-context.h"
#include "sonde-window.h"

G_BEGIN_DECLS

void sonde_opener_open (SondeWindow *window,
                        SondeLibrary *library,
                        gint64 conversation_id,
                        gint64 message_id);

G_END_DECLS
