/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-chat-context.h"

G_BEGIN_DECLS

#define SONDE_TYPE_COSTS_PAGE (sonde_costs_page_get_type ())
G_DECLARE_FINAL_TYPE (SondeCostsPage, sonde_costs_page, SONDE, COSTS_PAGE, AdwPreferencesPage)

GtkWidget *sonde_costs_page_new (SondeChatContext *context);

G_END_DECLS
