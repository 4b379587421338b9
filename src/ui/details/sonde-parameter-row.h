/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "sonde-parameter.h"

G_BEGIN_DECLS

/* A number that can be set, with its default and its range. Signal "edited": somebody set
 * another number, or none. */
#define SONDE_TYPE_PARAMETER_ROW (sonde_parameter_row_get_type ())
G_DECLARE_FINAL_TYPE (SondeParameterRow, sonde_parameter_row, SONDE, PARAMETER_ROW, AdwActionRow)

GtkWidget *sonde_parameter_row_new (SondeParameter parameter);
SondeParameter sonde_parameter_row_get_parameter (SondeParameterRow *self);
void sonde_parameter_row_update (SondeParameterRow *self,
                                 const char *parameters,
                                 SondeModelInfo *model,
                                 SondeParameterNote note);
gboolean sonde_parameter_row_get_number (SondeParameterRow *self, double *number);

char *sonde_parameter_row_describe (const char *fallback, const char *range, const char *note);
GtkWidget *sonde_reset_button_new (const char *label);

G_END_DECLS
