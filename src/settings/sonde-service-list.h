/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-service-info.h"

G_BEGIN_DECLS

/* A GListModel of SondeServiceInfo. It is never empty. */
#define SONDE_TYPE_SERVICE_LIST (sonde_service_list_get_type ())
G_DECLARE_FINAL_TYPE (SondeServiceList, sonde_service_list, SONDE, SERVICE_LIST, GObject)

SondeServiceList *sonde_service_list_new (GSettings *settings);
SondeServiceInfo *sonde_service_list_get (SondeServiceList *self, guint position);
SondeServiceInfo *sonde_service_list_find (SondeServiceList *self, const char *id);
SondeServiceInfo *sonde_service_list_find_by_url (SondeServiceList *self, const char *base_url);
void sonde_service_list_put (SondeServiceList *self, SondeServiceInfo *service);
gboolean sonde_service_list_remove (SondeServiceList *self, const char *id);

G_END_DECLS
