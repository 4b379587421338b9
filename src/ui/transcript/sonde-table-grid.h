/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SONDE_TYPE_TABLE_GRID (sonde_table_grid_get_type ())
G_DECLARE_FINAL_TYPE (SondeTableGrid, sonde_table_grid, SONDE, TABLE_GRID, GtkWidget)

#define SONDE_TYPE_TABLE_ROW (sonde_table_row_get_type ())
G_DECLARE_FINAL_TYPE (SondeTableRow, sonde_table_row, SONDE, TABLE_ROW, GtkWidget)

GtkWidget *sonde_table_grid_new (void);
void sonde_table_grid_add_cell (SondeTableGrid *self, guint row, guint n_columns, GtkWidget *cell);
GtkWidget *sonde_table_grid_get_cell (SondeTableGrid *self, guint row, guint column);
void sonde_table_grid_clear (SondeTableGrid *self);

G_END_DECLS
