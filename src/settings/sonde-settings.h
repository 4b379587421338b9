/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-service-list.h"

G_BEGIN_DECLS

/**
 * SondeSettings:
 *
 * The program's settings, typed. Every one is a property that can be bound; the
 * API key is none of them. Ids are strings; `thinking` is the nick `off`, `low`,
 * `high` or `max`.
 *
 * Properties (read and write): `model-id` string, `thinking` string, `service-id`
 * string, `use-demo` boolean (answers come from the demo service), `titles` string
 * (`automatic`, `first-words` or `off`), `enter-sends` boolean,
 * `check-spelling` boolean, `window-width` int,
 * `window-height` int, `window-maximized` boolean, `show-sidebar` boolean, `zoom`
 * double (of the text of conversations), `code-scheme` string (an id of GtkSourceView, or empty),
 * `density` string (`comfortable` or `compact`), `folded-folders` string (numbers, parted by
 * spaces), `currency` string (`USD` or `CNY`), `budget` string (a decimal, or empty),
 * `default-preset` string (an id, or empty), `hidden-presets` string (ids, parted by spaces),
 * `last-version` string (of Sonde, or empty).
 */
#define SONDE_TYPE_SETTINGS (sonde_settings_get_type ())
G_DECLARE_FINAL_TYPE (SondeSettings, sonde_settings, SONDE, SETTINGS, GObject)

SondeSettings *sonde_settings_new (void);
const char *sonde_settings_get_last_version (SondeSettings *self);
const char *sonde_settings_get_model_id (SondeSettings *self);
void sonde_settings_set_model_id (SondeSettings *self, const char *model_id);
const char *sonde_settings_get_thinking (SondeSettings *self);
void sonde_settings_set_thinking (SondeSettings *self, const char *thinking);
const char *sonde_settings_get_service_id (SondeSettings *self);
void sonde_settings_set_service_id (SondeSettings *self, const char *service_id);
SondeServiceList *sonde_settings_get_services (SondeSettings *self);
SondeServiceInfo *sonde_settings_get_service (SondeSettings *self);
gboolean sonde_settings_get_use_demo (SondeSettings *self);
const char *sonde_settings_get_titles (SondeSettings *self);
void sonde_settings_set_titles (SondeSettings *self, const char *titles);
void sonde_settings_set_use_demo (SondeSettings *self, gboolean use_demo);
gboolean sonde_settings_get_enter_sends (SondeSettings *self);
void sonde_settings_set_enter_sends (SondeSettings *self, gboolean enter_sends);
gboolean sonde_settings_get_notifications (SondeSettings *self);
gboolean sonde_settings_get_run_in_background (SondeSettings *self);
const char *sonde_settings_get_currency (SondeSettings *self);
const char *sonde_settings_get_budget (SondeSettings *self);
const char *sonde_settings_get_default_preset (SondeSettings *self);

G_END_DECLS
