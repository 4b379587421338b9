/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SondeToolCall:
 * @id: (nullable): the call's id; %NULL in the legacy shape
 * @name: the function's name
 * @arguments: the arguments as the model wrote them: mostly JSON, but nothing is sure
 * @legacy: whether it came as a `function_call`, and is to be answered in that shape
 *   (contract.md section 11)
 *
 * A whole tool call.
 */
typedef struct {
  char *id;
  char *name;
  char *arguments;
  gboolean legacy;
} SondeToolCall;

SondeToolCall *
sonde_tool_call_new (const char *id, const char *name, const char *arguments, gboolean legacy);
SondeToolCall *sonde_tool_call_copy (const SondeToolCall *self);
void sonde_tool_call_free (SondeToolCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeToolCall, sonde_tool_call_free)

G_END_DECLS
