/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An entry for a secret. Properties: "editable" (boolean) and "placeholder-text" (string,
 * nullable). Signals: "activate", and "changed" with every change of the text. */
#define SONDE_TYPE_KEY_ENTRY (sonde_key_entry_get_type ())
G_DECLARE_FINAL_TYPE (SondeKeyEntry, sonde_key_entry, SONDE, KEY_ENTRY, GtkWidget)

GtkWidget *sonde_key_entry_new (void);
const char *sonde_key_entry_get_text (SondeKeyEntry *self);
void sonde_key_entry_set_text (SondeKeyEntry *self, const char *text);

G_END_DECLS
