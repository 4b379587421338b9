/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "sonde-price.h"
#include "sonde-types.h"

G_BEGIN_DECLS

#define SONDE_TYPE_MODEL_INFO (sonde_model_info_get_type ())
G_DECLARE_FINAL_TYPE (SondeModelInfo, sonde_model_info, SONDE, MODEL_INFO, GObject)

SondeModelInfo *sonde_model_info_new (const char *id, const char *display_name);
SondeModelInfo *sonde_model_info_new_builtin (const char *id);
const char *sonde_model_info_get_id (SondeModelInfo *self);
const char *sonde_model_info_get_wire_id (SondeModelInfo *self);
void sonde_model_info_set_wire_id (SondeModelInfo *self, const char *wire_id);
const char *sonde_model_info_get_display_name (SondeModelInfo *self);
const char *sonde_model_info_get_subtitle (SondeModelInfo *self);
void sonde_model_info_set_subtitle (SondeModelInfo *self, const char *subtitle);
gint64 sonde_model_info_get_context_window (SondeModelInfo *self);
void sonde_model_info_set_context_window (SondeModelInfo *self, gint64 tokens);
gint64 sonde_model_info_get_max_output_tokens (SondeModelInfo *self);
void sonde_model_info_set_max_output_tokens (SondeModelInfo *self, gint64 tokens);
gboolean sonde_model_info_get_takes_images (SondeModelInfo *self);
void sonde_model_info_set_takes_images (SondeModelInfo *self, gboolean takes_images);
void sonde_model_info_set_other_ids (SondeModelInfo *self, const char *const *ids);
gboolean sonde_model_info_has_id (SondeModelInfo *self, const char *id);
void sonde_model_info_copy_prices (SondeModelInfo *self, SondeModelInfo *other);
void sonde_model_info_add_price (SondeModelInfo *self, const SondePrice *price);
const SondePrice *
sonde_model_info_find_price (SondeModelInfo *self, const char *currency, gint64 time);
gboolean sonde_model_info_supports_thinking (SondeModelInfo *self, SondeThinking thinking);
void sonde_model_info_set_supports_thinking (SondeModelInfo *self,
                                             SondeThinking thinking,
                                             gboolean supported);
SondeThinking sonde_model_info_map_thinking (SondeModelInfo *self, SondeThinking thinking);

const char *sonde_model_info_resolve_alias (const char *id, SondeThinking *thinking);

G_END_DECLS
