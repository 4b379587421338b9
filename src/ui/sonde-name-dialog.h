/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * SondeNameFunc:
 * @name: what was entered, not empty
 * @user_data: what came with the function
 *
 * Somebody has entered a name.
 */
typedef void (*SondeNameFunc) (const char *name, gpointer user_data);

void sonde_name_dialog_ask (GtkWidget *parent,
                            const char *heading,
                            const char *button_label,
                            const char *name,
                            SondeNameFunc callback,
                            gpointer user_data,
                            GDestroyNotify destroy);

G_END_DECLS
