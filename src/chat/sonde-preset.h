/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-conversation.h"

G_BEGIN_DECLS

/* A way to begin a conversation: a system prompt and parameters under a name. Properties, all
 * strings: "id" (read only), "name", "icon" (a character), "system-prompt", "parameters" (a
 * JSON object, as a conversation has it), "model-id" and "thinking"; and "json-output"
 * (boolean). */
#define SONDE_TYPE_PRESET (sonde_preset_get_type ())
G_DECLARE_FINAL_TYPE (SondePreset, sonde_preset, SONDE, PRESET, GObject)

SondePreset *sonde_preset_new (const char *id, const char *name);
SondePreset *sonde_preset_new_from_conversation (const char *id,
                                                 const char *name,
                                                 SondeConversation *conversation);
const char *sonde_preset_get_id (SondePreset *self);
const char *sonde_preset_get_name (SondePreset *self);
const char *sonde_preset_get_icon (SondePreset *self);
const char *sonde_preset_get_system_prompt (SondePreset *self);
const char *sonde_preset_get_parameters (SondePreset *self);
const char *sonde_preset_get_model_id (SondePreset *self);
const char *sonde_preset_get_thinking (SondePreset *self);
gboolean sonde_preset_get_json_output (SondePreset *self);
SondePreset *sonde_preset_copy (SondePreset *self, const char *id, const char *name);
gboolean sonde_preset_equal (SondePreset *self, SondePreset *other);
void sonde_preset_apply (SondePreset *self, SondeConversation *conversation);

G_END_DECLS
