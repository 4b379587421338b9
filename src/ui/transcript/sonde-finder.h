/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-needle.h"
#include "sonde-selection.h"

G_BEGIN_DECLS

/**
 * SondeMatch:
 * @start: where it begins
 * @end: where it ends, in bytes of the same block or cell
 */
typedef struct {
  SondeTranscriptPosition start;
  guint end;
} SondeMatch;

#define SONDE_TYPE_FINDER (sonde_finder_get_type ())
G_DECLARE_FINAL_TYPE (SondeFinder, sonde_finder, SONDE, FINDER, GObject)

SondeFinder *sonde_finder_new (SondeSelection *selection);
void sonde_finder_search (SondeFinder *self,
                          const char *const *words,
                          SondeNeedleFlags flags,
                          const SondeTranscriptPosition *from);
void sonde_finder_stop (SondeFinder *self);
gboolean sonde_finder_get_finished (SondeFinder *self);
guint sonde_finder_get_n_matches (SondeFinder *self);
gboolean sonde_finder_get_current (SondeFinder *self, guint *number, SondeMatch *match);
gboolean sonde_finder_step (SondeFinder *self, int step);

G_END_DECLS
