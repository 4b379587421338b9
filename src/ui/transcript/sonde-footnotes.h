/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-selection.h"
#include "sonde-turn-column.h"

G_BEGIN_DECLS

gboolean sonde_footnotes_find (GPtrArray *blocks,
                               const char *label,
                               const SondeTranscriptPosition *from,
                               SondeTranscriptPosition *found);
void sonde_footnotes_follow (SondeTurnColumn *column,
                             SondeSelection *selection,
                             const char *label,
                             const SondeTranscriptPosition *from);

G_END_DECLS
