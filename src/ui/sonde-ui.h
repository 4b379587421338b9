/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void sonde_ui_init (void);
int sonde_ui_run (int argc, char *argv[]);

G_END_DECLS
