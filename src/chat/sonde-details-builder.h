/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-chunk.h"
#include "sonde-message.h"

G_BEGIN_DECLS

/**
 * SondeDetailsBuilder:
 *
 * Puts the details of an answer together from its chunks.
 */
typedef struct _SondeDetailsBuilder SondeDetailsBuilder;

SondeDetailsBuilder *sonde_details_builder_new (const SondeMessageDetails *known);
void sonde_details_builder_free (SondeDetailsBuilder *self);
SondeMessageDetails *sonde_details_builder_get (SondeDetailsBuilder *self);
gboolean sonde_details_builder_take (SondeDetailsBuilder *self, const SondeChunk *chunk);
const SondeMessageDetails *sonde_details_builder_finish (SondeDetailsBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDetailsBuilder, sonde_details_builder_free)

G_END_DECLS
