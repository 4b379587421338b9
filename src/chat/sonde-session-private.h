/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-account.h"
#include "sonde-clock.h"
#include "sonde-model-list.h"
#include "sonde-session.h"
#include "sonde-store.h"

G_BEGIN_DECLS

/**
 * SondeServices:
 * @account: the service and its key
 * @store: where conversations are kept
 * @models: the models that can be chosen
 * @clock: the time
 *
 * What sessions and the library work with. Owned by the context.
 */
typedef struct {
  SondeAccount *account;
  SondeStore *store;
  SondeModelList *models;
  SondeClock *clock;
} SondeServices;

SondeSession *sonde_session_new (const SondeServices *services, SondeConversation *conversation);
void sonde_session_start (SondeSession *self);
void sonde_session_interrupt (SondeSession *self);

G_END_DECLS
