/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-chunk.h"
#include "sonde-tool-call.h"

G_BEGIN_DECLS

/**
 * SondeToolCallBuilder:
 *
 * Puts tool calls together from the fragments of a stream.
 */
typedef struct _SondeToolCallBuilder SondeToolCallBuilder;

SondeToolCallBuilder *sonde_tool_call_builder_new (void);
void sonde_tool_call_builder_add (SondeToolCallBuilder *self, const SondeToolCallDelta *delta);
GPtrArray *sonde_tool_call_builder_get_calls (SondeToolCallBuilder *self);
void sonde_tool_call_builder_free (SondeToolCallBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeToolCallBuilder, sonde_tool_call_builder_free)

G_END_DECLS
