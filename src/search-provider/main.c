/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <locale.h>

#include "sonde-search-provider.h"

int
main (int argc, char *argv[])
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "sonde", "sonde.db", NULL);
  g_autoptr (SondeSearchProvider) provider = NULL;

  setlocale (LC_ALL, "");
  provider = sonde_search_provider_new (path);

  return g_application_run (G_APPLICATION (provider), argc, argv);
}
