/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-attachment.h"

G_BEGIN_DECLS

void sonde_attachment_input_choose (GtkWidget *parent, GListStore *list);
gboolean sonde_attachment_input_paste (GtkWidget *widget, GListStore *list);
gboolean sonde_attachment_input_take (GListStore *list, const GValue *value);
GtkDropTarget *sonde_attachment_input_new_drop_target (void);

G_END_DECLS
