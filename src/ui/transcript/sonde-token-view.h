/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "sonde-message.h"

G_BEGIN_DECLS

#define SONDE_TYPE_TOKEN_VIEW (sonde_token_view_get_type ())
G_DECLARE_FINAL_TYPE (SondeTokenView, sonde_token_view, SONDE, TOKEN_VIEW, GtkWidget)

GtkWidget *sonde_token_view_new (SondeMessage *message);
gboolean sonde_token_view_can_show (SondeMessage *message);

G_END_DECLS
