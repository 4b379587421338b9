/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-message.h"

G_BEGIN_DECLS

#define SONDE_TYPE_JSON_VIEW (sonde_json_view_get_type ())
G_DECLARE_FINAL_TYPE (SondeJsonView, sonde_json_view, SONDE, JSON_VIEW, GtkWidget)

GtkWidget *sonde_json_view_new (SondeMessage *message);

G_END_DECLS
