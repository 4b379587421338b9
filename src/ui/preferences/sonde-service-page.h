/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-chat-context.h"

G_BEGIN_DECLS

#define SONDE_TYPE_SERVICE_PAGE (sonde_service_page_get_type ())
G_DECLARE_FINAL_TYPE (SondeServicePage, sonde_service_page, SONDE, SERVICE_PAGE, AdwNavigationPage)

SondeServicePage *sonde_service_page_new (SondeChatContext *context, SondeServiceInfo *service);
SondeServiceInfo *sonde_service_page_get_service (SondeServicePage *self);

G_END_DECLS
