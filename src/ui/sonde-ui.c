/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-ui.h"

#include <adwaita.h>

#include "sonde-application.h"
#include "sonde-ui-resources.h"

/**
 * sonde_ui_init:
 *
 * Makes the templates and the style of the window known. To be called once, before
 * the first widget; [func@ui_run] does it.
 */
void
sonde_ui_init (void)
{
  sonde_ui_register_resource ();
}

/**
 * sonde_ui_run:
 * @argc: the number of arguments
 * @argv: (array length=argc): the arguments of the program
 *
 * Opens the window, or hands the arguments to the program that is running already.
 *
 * Returns: the exit status
 */
int
sonde_ui_run (int argc, char *argv[])
{
  g_autoptr (SondeApplication) application = NULL;

  sonde_ui_init ();
  application = sonde_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
