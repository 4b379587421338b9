/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-library.h"

G_BEGIN_DECLS

/* What can be done with a folder: a group of actions to insert as "folder", and its menu. */
GSimpleActionGroup *
sonde_folder_actions_new (GtkWidget *widget, SondeLibrary *library, SondeFolder *folder);
GMenuModel *sonde_folder_menu_new (void);

void sonde_folder_create (GtkWidget *widget, SondeLibrary *library);
void sonde_folder_rename (GtkWidget *widget, SondeLibrary *library, SondeFolder *folder);
void sonde_folder_delete (GtkWidget *widget, SondeLibrary *library, SondeFolder *folder);

G_END_DECLS
