/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SondeJsonSlice:
 * @text: where a value begins
 * @length: its length in bytes
 *
 * A JSON value as its source text, which belongs to someone else.
 */
typedef struct {
  const char *text;
  gsize length;
} SondeJsonSlice;

gboolean sonde_json_slice_enter (SondeJsonSlice *self, const char *name);
gboolean sonde_json_slice_enter_element (SondeJsonSlice *self, guint index);
char *sonde_json_slice_dup (const SondeJsonSlice *self);
gboolean sonde_json_slice_is_open (const SondeJsonSlice *self);

G_END_DECLS
