/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-late-menu.h"

static void
open_cb (GtkMenuButton *button, gpointer user_data)
{
  g_autoptr (GMenuModel) menu = g_object_ref (user_data);

  gtk_menu_button_set_create_popup_func (button, NULL, NULL, NULL);
  gtk_menu_button_set_menu_model (button, menu);
}

/**
 * sonde_late_menu_set_model:
 * @button: a button
 * @menu: what it opens
 *
 * As gtk_menu_button_set_menu_model() does, but the widgets of the menu, dozens of them, are
 * made when it is first opened: the window does not wait for them.
 */
void
sonde_late_menu_set_model (GtkMenuButton *button, GMenuModel *menu)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (menu));

  gtk_menu_button_set_create_popup_func (button, open_cb, g_object_ref (menu), g_object_unref);
}
