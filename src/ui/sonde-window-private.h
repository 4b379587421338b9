/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-transcript.h"
#include "sonde-window.h"

G_BEGIN_DECLS

SondeChatContext *sonde_window_get_context (SondeWindow *self);
AdwOverlaySplitView *sonde_window_get_details_view (SondeWindow *self);
SondeSession *sonde_window_get_session (SondeWindow *self);
SondeLibrary *sonde_window_get_library (SondeWindow *self);
SondeTranscript *sonde_window_get_transcript (SondeWindow *self);
void sonde_window_offer (SondeWindow *self,
                         const char *text,
                         const char *label,
                         const char *action,
                         guint timeout);

G_END_DECLS
