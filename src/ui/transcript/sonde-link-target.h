/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SONDE_TYPE_LINK_TARGET (sonde_link_target_get_type ())
G_DECLARE_FINAL_TYPE (SondeLinkTarget, sonde_link_target, SONDE, LINK_TARGET, GtkWidget)

G_END_DECLS
