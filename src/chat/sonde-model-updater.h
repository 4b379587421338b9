/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-account.h"
#include "sonde-model-list.h"

G_BEGIN_DECLS

#define SONDE_TYPE_MODEL_UPDATER (sonde_model_updater_get_type ())
G_DECLARE_FINAL_TYPE (SondeModelUpdater, sonde_model_updater, SONDE, MODEL_UPDATER, GObject)

SondeModelUpdater *
sonde_model_updater_new (SondeModelList *models, SondeAccount *account, const char *cache_dir);
void sonde_model_updater_start (SondeModelUpdater *self);
void sonde_model_updater_stop (SondeModelUpdater *self);
void sonde_model_updater_update_async (SondeModelUpdater *self,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
sonde_model_updater_update_finish (SondeModelUpdater *self, GAsyncResult *result, GError **error);

G_END_DECLS
