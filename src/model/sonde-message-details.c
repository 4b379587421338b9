/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-message-details.h"

#include <string.h>

#include "sonde-tool-call.h"

static gpointer
copy_call (gconstpointer call, gpointer user_data)
{
  return sonde_tool_call_copy (call);
}

/* As the service has it (contract.md section 3). */
#define JSON_OUTPUT "\"response_format\":{\"type\":\"json_object\"}"

/**
 * sonde_message_details_new:
 *
 * Returns: (transfer full): details of which nothing is known
 */
SondeMessageDetails *
sonde_message_details_new (void)
{
  SondeMessageDetails *self = g_new0 (SondeMessageDetails, 1);

  self->first_token_delay = -1;
  self->duration = -1;

  return self;
}

/**
 * sonde_message_details_copy:
 * @self: details
 *
 * Returns: (transfer full): the same
 */
SondeMessageDetails *
sonde_message_details_copy (const SondeMessageDetails *self)
{
  SondeMessageDetails *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->tool_call_id = g_strdup (self->tool_call_id);
  copy->title = g_strdup (self->title);
  copy->extra = g_strdup (self->extra);
  copy->logprobs = g_strdup (self->logprobs);
  copy->system_fingerprint = g_strdup (self->system_fingerprint);
  copy->trace_id = g_strdup (self->trace_id);
  copy->parameters = g_strdup (self->parameters);
  copy->currency = g_strdup (self->currency);
  if (self->tool_calls != NULL) {
    copy->tool_calls = g_ptr_array_copy (self->tool_calls, (GCopyFunc) copy_call, NULL);
    g_ptr_array_set_free_func (copy->tool_calls, (GDestroyNotify) sonde_tool_call_free);
  }

  return copy;
}

/**
 * sonde_message_details_free:
 * @self: (transfer full): details
 */
void
sonde_message_details_free (SondeMessageDetails *self)
{
  g_free (self->name);
  g_free (self->tool_call_id);
  g_free (self->title);
  g_free (self->extra);
  g_free (self->logprobs);
  g_free (self->system_fingerprint);
  g_free (self->trace_id);
  g_free (self->parameters);
  g_free (self->currency);
  g_clear_pointer (&self->tool_calls, g_ptr_array_unref);
  g_free (self);
}

/**
 * sonde_message_details_get_json_output:
 * @self: (nullable): details
 *
 * Returns: whether the answer was asked for as JSON
 */
gboolean
sonde_message_details_get_json_output (const SondeMessageDetails *self)
{
  return self != NULL && self->parameters != NULL && strstr (self->parameters, JSON_OUTPUT) != NULL;
}

/**
 * sonde_message_details_add_json_output:
 * @self: details whose parameters are a JSON object, or %NULL
 *
 * Notes among the parameters that the answer was asked for as JSON.
 */
void
sonde_message_details_add_json_output (SondeMessageDetails *self)
{
  const char *others = self->parameters != NULL ? strchr (self->parameters, '{') : NULL;
  g_autofree char *before = g_steal_pointer (&self->parameters);

  if (others != NULL)
    others += 1 + strspn (others + 1, " \t\r\n");
  self->parameters = g_strconcat ("{" JSON_OUTPUT,
                                  others == NULL   ? "}"
                                  : *others == '}' ? ""
                                                   : ",",
                                  others, NULL);
}
