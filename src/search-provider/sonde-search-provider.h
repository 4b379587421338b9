/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Answers the searches of the desktop's overview, and ends when nobody has asked for a while. */
#define SONDE_TYPE_SEARCH_PROVIDER (sonde_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (SondeSearchProvider,
                      sonde_search_provider,
                      SONDE,
                      SEARCH_PROVIDER,
                      GApplication)

SondeSearchProvider *sonde_search_provider_new (const char *path);

G_END_DECLS
