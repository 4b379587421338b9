/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-model-info.h"

G_BEGIN_DECLS

#define SONDE_TYPE_MODEL_LIST (sonde_model_list_get_type ())
G_DECLARE_FINAL_TYPE (SondeModelList, sonde_model_list, SONDE, MODEL_LIST, GObject)

SondeModelList *sonde_model_list_new (void);
void sonde_model_list_set_served (SondeModelList *self, gboolean own, GPtrArray *served);
void sonde_model_list_set_prices (SondeModelList *self, GPtrArray *models);
SondeModelInfo *sonde_model_list_find (SondeModelList *self, const char *id);

G_END_DECLS
