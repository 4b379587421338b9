/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-chat-context.h"

G_BEGIN_DECLS

GtkWidget *sonde_privacy_page_new (void);
GtkWidget *sonde_storage_page_new (SondeChatContext *context);

G_END_DECLS
