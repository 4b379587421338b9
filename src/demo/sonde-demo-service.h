/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SONDE_TYPE_DEMO_SERVICE (sonde_demo_service_get_type ())
G_DECLARE_FINAL_TYPE (SondeDemoService, sonde_demo_service, SONDE, DEMO_SERVICE, GObject)

SondeDemoService *sonde_demo_service_new (void);
void sonde_demo_service_set_old_models (SondeDemoService *self, gboolean old_models);
void sonde_demo_service_set_separate_usage (SondeDemoService *self, gboolean separate_usage);
void sonde_demo_service_set_log_path (SondeDemoService *self, const char *path);
void sonde_demo_service_set_certificate (SondeDemoService *self, GTlsCertificate *certificate);
gboolean sonde_demo_service_start (SondeDemoService *self, guint16 port, GError **error);
void sonde_demo_service_stop (SondeDemoService *self);
const char *sonde_demo_service_get_base_url (SondeDemoService *self);

G_END_DECLS
