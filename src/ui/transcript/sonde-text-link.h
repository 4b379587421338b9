/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SONDE_TYPE_TEXT_LINK (sonde_text_link_get_type ())
G_DECLARE_FINAL_TYPE (SondeTextLink, sonde_text_link, SONDE, TEXT_LINK, GtkWidget)

GtkWidget *sonde_text_link_new (void);
void sonde_text_link_set (SondeTextLink *self,
                          guint start,
                          guint end,
                          const char *text,
                          const char *target);
guint sonde_text_link_get_start (SondeTextLink *self);
guint sonde_text_link_get_end (SondeTextLink *self);
const char *sonde_text_link_get_target (SondeTextLink *self);
void sonde_text_link_open (SondeTextLink *self);

G_END_DECLS
