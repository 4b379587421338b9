/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwDialog *sonde_prompt_dialog_new (const char *title, GtkTextBuffer *buffer);

G_END_DECLS
