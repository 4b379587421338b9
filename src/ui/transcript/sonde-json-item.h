/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "sonde-json-tree.h"

G_BEGIN_DECLS

#define SONDE_TYPE_JSON_ITEM (sonde_json_item_get_type ())
G_DECLARE_FINAL_TYPE (SondeJsonItem, sonde_json_item, SONDE, JSON_ITEM, GObject)

SondeJsonItem *sonde_json_item_new (const SondeJsonValue *value, guint position);
char *sonde_json_item_dup_name (SondeJsonItem *self);
char *sonde_json_item_dup_text (SondeJsonItem *self);
GListModel *sonde_json_item_dup_children (SondeJsonItem *self);

G_END_DECLS
