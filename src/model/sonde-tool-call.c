/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-tool-call.h"

/**
 * sonde_tool_call_new:
 * @id: (nullable): the call's id
 * @name: the function's name
 * @arguments: the raw text of the arguments
 * @legacy: whether it is a `function_call`
 *
 * Returns: (transfer full): a tool call
 */
SondeToolCall *
sonde_tool_call_new (const char *id, const char *name, const char *arguments, gboolean legacy)
{
  SondeToolCall *self = g_new0 (SondeToolCall, 1);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->arguments = g_strdup (arguments);
  self->legacy = legacy;

  return self;
}

/**
 * sonde_tool_call_copy:
 * @self: a tool call
 *
 * Returns: (transfer full): the same
 */
SondeToolCall *
sonde_tool_call_copy (const SondeToolCall *self)
{
  return sonde_tool_call_new (self->id, self->name, self->arguments, self->legacy);
}

/**
 * sonde_tool_call_free:
 * @self: (transfer full): a tool call
 */
void
sonde_tool_call_free (SondeToolCall *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->arguments);
  g_free (self);
}
