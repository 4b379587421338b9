/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-preset.h"
#include "sonde-settings.h"

G_BEGIN_DECLS

/* A GListModel of the SondePreset that can be chosen: those that come with the program and are
 * not hidden, and one's own behind them. */
#define SONDE_TYPE_PRESET_LIST (sonde_preset_list_get_type ())
G_DECLARE_FINAL_TYPE (SondePresetList, sonde_preset_list, SONDE, PRESET_LIST, GObject)

SondePresetList *sonde_preset_list_new (const char *path, SondeSettings *settings);
SondePreset *sonde_preset_list_find (SondePresetList *self, const char *id);
gboolean sonde_preset_list_is_builtin (SondePresetList *self, const char *id);
char *sonde_preset_list_make_id (SondePresetList *self);
gboolean sonde_preset_list_put (SondePresetList *self, SondePreset *preset, GError **error);
gboolean sonde_preset_list_remove (SondePresetList *self, SondePreset *preset, GError **error);
guint sonde_preset_list_get_n_hidden (SondePresetList *self);
void sonde_preset_list_show_hidden (SondePresetList *self);
SondePreset *sonde_preset_list_get_default (SondePresetList *self);
void sonde_preset_list_set_default (SondePresetList *self, SondePreset *preset);
char *sonde_preset_list_export (GPtrArray *presets);
int
sonde_preset_list_import (SondePresetList *self, const char *json, gsize length, GError **error);

G_END_DECLS
