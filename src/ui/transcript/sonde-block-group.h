/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SONDE_TYPE_BLOCK_GROUP (sonde_block_group_get_type ())

G_DECLARE_FINAL_TYPE (SondeBlockGroup, sonde_block_group, SONDE, BLOCK_GROUP, GtkWidget)

GtkWidget *sonde_block_group_new (GtkAccessibleRole role);
void sonde_block_group_extend_down (GtkWidget *row, int bottom);
void sonde_block_group_extend_up (GtkWidget *row, int top);
void sonde_block_group_allocate_row (GtkWidget *row, const GtkAllocation *place_of_row);

G_END_DECLS
