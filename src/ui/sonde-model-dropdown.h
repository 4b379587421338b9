/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-model-info.h"

G_BEGIN_DECLS

/* The choice of the model. Properties: "models" (GListModel of SondeModelInfo,
 * nullable), "model-id" (string, nullable) and "model" (SondeModelInfo, nullable, read
 * only). Signal "chosen": somebody chose another. "Refresh Models" activates the
 * window's action "win.refresh-models". */
#define SONDE_TYPE_MODEL_DROPDOWN (sonde_model_dropdown_get_type ())
G_DECLARE_FINAL_TYPE (SondeModelDropdown, sonde_model_dropdown, SONDE, MODEL_DROPDOWN, AdwBin)

GtkWidget *sonde_model_dropdown_new (void);
void sonde_model_dropdown_set_models (SondeModelDropdown *self, GListModel *models);
const char *sonde_model_dropdown_get_model_id (SondeModelDropdown *self);
void sonde_model_dropdown_set_model_id (SondeModelDropdown *self, const char *model_id);
void sonde_model_dropdown_open (SondeModelDropdown *self);
SondeModelInfo *sonde_model_dropdown_get_model (SondeModelDropdown *self);

G_END_DECLS
