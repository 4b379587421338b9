/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-window.h"

G_BEGIN_DECLS

void sonde_budget_actions_watch (SondeWindow *self);
gboolean sonde_budget_actions_allow (SondeWindow *self, const char *action);

G_END_DECLS
