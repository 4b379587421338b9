/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SondeNeedle:
 *
 * What is searched for, ready for comparison.
 */
typedef struct _SondeNeedle SondeNeedle;

/**
 * SondeNeedleFlags:
 * @SONDE_NEEDLE_CASE: capital and small letters are different ones
 * @SONDE_NEEDLE_DIACRITICS: letters with and without accents are different ones
 */
typedef enum {
  SONDE_NEEDLE_CASE = 1 << 0,
  SONDE_NEEDLE_DIACRITICS = 1 << 1,
} SondeNeedleFlags;

/**
 * SondeNeedleHit:
 * @start: where it begins, in bytes of the text
 * @end: where it ends
 */
typedef struct {
  guint start;
  guint end;
} SondeNeedleHit;

SondeNeedle *sonde_needle_new (const char *const *words, SondeNeedleFlags flags);
void sonde_needle_free (SondeNeedle *self);
void sonde_needle_find (SondeNeedle *self, const char *text, gsize length, GArray *hits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeNeedle, sonde_needle_free)

G_END_DECLS
