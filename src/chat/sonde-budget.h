/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-clock.h"
#include "sonde-library.h"
#include "sonde-settings.h"

G_BEGIN_DECLS

/**
 * SondeBudgetState:
 * @SONDE_BUDGET_NONE: there is no budget, or what was spent is not known yet
 * @SONDE_BUDGET_KEPT: less than 80 % of it is spent
 * @SONDE_BUDGET_NEAR: 80 % or more
 * @SONDE_BUDGET_SPENT: all of it or more
 *
 * How this month stands.
 */
typedef enum {
  SONDE_BUDGET_NONE,
  SONDE_BUDGET_KEPT,
  SONDE_BUDGET_NEAR,
  SONDE_BUDGET_SPENT,
} SondeBudgetState;

/* Signal "changed": the state is another one. */
#define SONDE_TYPE_BUDGET (sonde_budget_get_type ())
G_DECLARE_FINAL_TYPE (SondeBudget, sonde_budget, SONDE, BUDGET, GObject)

SondeBudget *sonde_budget_new (SondeLibrary *library, SondeSettings *settings, SondeClock *clock);
SondeBudgetState sonde_budget_get_state (SondeBudget *self);
gint64 sonde_budget_get_spent (SondeBudget *self);
void sonde_budget_add (SondeBudget *self, SondeMessage *answer);

G_END_DECLS
