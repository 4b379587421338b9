/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What stands in a conversation before its first question. Signal "starter" (string:
 * a question to begin with). */
#define SONDE_TYPE_EMPTY_PAGE (sonde_empty_page_get_type ())
G_DECLARE_FINAL_TYPE (SondeEmptyPage, sonde_empty_page, SONDE, EMPTY_PAGE, AdwBin)

G_END_DECLS
