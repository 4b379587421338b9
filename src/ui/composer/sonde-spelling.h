/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: "enabled" (boolean) and "language" (string, nullable: what the person chose). */
#define SONDE_TYPE_SPELLING (sonde_spelling_get_type ())
G_DECLARE_FINAL_TYPE (SondeSpelling, sonde_spelling, SONDE, SPELLING, GObject)

SondeSpelling *sonde_spelling_new (GtkTextView *view);
void sonde_spelling_start (SondeSpelling *self);
void sonde_spelling_set_language (SondeSpelling *self, const char *language);
const char *sonde_spelling_get_language (SondeSpelling *self);
GtkTextTag *sonde_spelling_get_tag (SondeSpelling *self);

G_END_DECLS
