/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-chat-context.h"
#include "sonde-conversation-list.h"

G_BEGIN_DECLS

#define SONDE_TYPE_WINDOW (sonde_window_get_type ())
G_DECLARE_FINAL_TYPE (SondeWindow, sonde_window, SONDE, WINDOW, AdwApplicationWindow)

SondeWindow *sonde_window_new (GtkApplication *application, SondeChatContext *context);
SondeConversation *sonde_window_get_conversation (SondeWindow *self);
void sonde_window_set_conversation (SondeWindow *self, SondeConversation *conversation);
void sonde_window_show_list (SondeWindow *self, SondeListView view);
void sonde_window_tell (SondeWindow *self, const char *text);
void sonde_window_ask (SondeWindow *self, const char *question);
void sonde_window_ask_about (SondeWindow *self, const char *question, GPtrArray *files);
void sonde_window_search (SondeWindow *self, const char *text);
void sonde_window_open_hit (SondeWindow *self, SondeSearchHit *hit);

G_END_DECLS
