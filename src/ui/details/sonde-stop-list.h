/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The texts before which an answer ends. Signal "edited": somebody changed them. */
#define SONDE_TYPE_STOP_LIST (sonde_stop_list_get_type ())
G_DECLARE_FINAL_TYPE (SondeStopList, sonde_stop_list, SONDE, STOP_LIST, AdwBin)

GtkWidget *sonde_stop_list_new (void);
GStrv sonde_stop_list_get_texts (SondeStopList *self);
void sonde_stop_list_set_texts (SondeStopList *self, const char *const *texts);

char *sonde_stop_list_escape (const char *text);
char *sonde_stop_list_unescape (const char *text);

G_END_DECLS
