/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-chat-context.h"

G_BEGIN_DECLS

#define SONDE_TYPE_QUICK_WINDOW (sonde_quick_window_get_type ())

G_DECLARE_FINAL_TYPE (SondeQuickWindow,
                      sonde_quick_window,
                      SONDE,
                      QUICK_WINDOW,
                      AdwApplicationWindow)

SondeQuickWindow *sonde_quick_window_new (GtkApplication *application, SondeChatContext *context);
SondeConversation *sonde_quick_window_get_conversation (SondeQuickWindow *self);

G_END_DECLS
