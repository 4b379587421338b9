/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>
#include <locale.h>

#include "sonde-account.h"
#include "sonde-ask.h"
#include "sonde-ui.h"

int
main (int argc, char *argv[])
{
  const char *localedir = g_getenv ("SONDE_LOCALEDIR"); /* where nothing is installed */

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : SONDE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  sonde_account_take_environment_key ();

  if (argc > 1 && g_str_equal (argv[1], "ask"))
    return sonde_ask_run (argc - 1, argv + 1);

  return sonde_ui_run (argc, argv);
}
