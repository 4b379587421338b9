/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-chat-context.h"

G_BEGIN_DECLS

#define SONDE_TYPE_NOTIFIER (sonde_notifier_get_type ())
G_DECLARE_FINAL_TYPE (SondeNotifier, sonde_notifier, SONDE, NOTIFIER, GObject)

SondeNotifier *sonde_notifier_new (GtkApplication *application, SondeChatContext *context);

G_END_DECLS
