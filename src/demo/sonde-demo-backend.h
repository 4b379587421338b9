/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-demo-log.h"
#include "sonde-demo-script.h"

G_BEGIN_DECLS

#define SONDE_TYPE_DEMO_BACKEND (sonde_demo_backend_get_type ())
G_DECLARE_FINAL_TYPE (SondeDemoBackend, sonde_demo_backend, SONDE, DEMO_BACKEND, GObject)

SondeDemoBackend *
sonde_demo_backend_new (gboolean old_models, SondeDemoUsage usage, SondeDemoLog *log);
void sonde_demo_backend_set_certificate (SondeDemoBackend *self, GTlsCertificate *certificate);
char *sonde_demo_backend_listen (SondeDemoBackend *self, guint16 port, GError **error);
void sonde_demo_backend_close (SondeDemoBackend *self);

G_END_DECLS
