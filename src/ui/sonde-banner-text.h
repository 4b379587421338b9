/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-account.h"
#include "sonde-library.h"

G_BEGIN_DECLS

const char *sonde_banner_text_get_account_title (SondeAccountState state);
const char *sonde_banner_text_get_account_label (SondeAccountState state);
const char *sonde_banner_text_get_account_action (SondeAccountState state);
char *sonde_banner_text_dup_problem (SondeLibraryProblem problem, const char *detail);

G_END_DECLS
