/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-model-info.h"

G_BEGIN_DECLS

/* The choice of how hard the model thinks. Properties: "model" (SondeModelInfo,
 * nullable) and "thinking" (SondeThinking). Signal "chosen": somebody chose another. */
#define SONDE_TYPE_THINKING_SELECTOR (sonde_thinking_selector_get_type ())
G_DECLARE_FINAL_TYPE (SondeThinkingSelector,
                      sonde_thinking_selector,
                      SONDE,
                      THINKING_SELECTOR,
                      AdwBin)

GtkWidget *sonde_thinking_selector_new (void);
SondeModelInfo *sonde_thinking_selector_get_model (SondeThinkingSelector *self);
void sonde_thinking_selector_set_model (SondeThinkingSelector *self, SondeModelInfo *model);
SondeThinking sonde_thinking_selector_get_thinking (SondeThinkingSelector *self);
void sonde_thinking_selector_set_thinking (SondeThinkingSelector *self, SondeThinking thinking);
const char *sonde_thinking_selector_get_name (SondeThinking thinking);

G_END_DECLS
