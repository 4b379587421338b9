/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pango.h>
#include <glib-object.h>

G_BEGIN_DECLS

#define SONDE_TYPE_CODE_COLOURS (sonde_code_colours_get_type ())
G_DECLARE_FINAL_TYPE (SondeCodeColours, sonde_code_colours, SONDE, CODE_COLOURS, GObject)

SondeCodeColours *sonde_code_colours_new (void);
void sonde_code_colours_set_language (SondeCodeColours *self, const char *name);
const char *sonde_code_colours_get_language_name (SondeCodeColours *self);
const char *sonde_code_colours_get_extension (SondeCodeColours *self);
PangoAttrList *sonde_code_colours_paint (SondeCodeColours *self,
                                         const char *scheme,
                                         const char *before,
                                         const char *code);

G_END_DECLS
