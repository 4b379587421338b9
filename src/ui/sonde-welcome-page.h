/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-account.h"

G_BEGIN_DECLS

/* What stands in an empty conversation while there is no key. Property "account"
 * (SondeAccount, nullable). Signal "added" (string, nullable: the balance). Its buttons
 * activate "win.use-demo", "win.add-key", "win.unlock-keyring" and "win.ask-keyring". */
#define SONDE_TYPE_WELCOME_PAGE (sonde_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (SondeWelcomePage, sonde_welcome_page, SONDE, WELCOME_PAGE, AdwBin)

G_END_DECLS
