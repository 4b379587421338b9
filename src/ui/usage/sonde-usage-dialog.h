/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-chat-context.h"

G_BEGIN_DECLS

#define SONDE_TYPE_USAGE_DIALOG (sonde_usage_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SondeUsageDialog, sonde_usage_dialog, SONDE, USAGE_DIALOG, AdwDialog)

SondeUsageDialog *sonde_usage_dialog_new (SondeChatContext *context);

G_END_DECLS
