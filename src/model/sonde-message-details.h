/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "sonde-price.h"

G_BEGIN_DECLS

/**
 * SondeMessageDetails:
 * @name: (nullable): what the one who speaks is called; with a result in the legacy shape, the
 *   function
 * @tool_call_id: (nullable): with a tool's result, the call that it answers
 * @tool_calls: (nullable) (element-type SondeToolCall): what an answer called, in its order
 * @title: (nullable): the title that the service gave the conversation
 * @extra: (nullable): a JSON object of the members that came and are not known here, their
 *   values as they came; given back unchanged (contract.md section 9)
 * @logprobs: (nullable): the log probabilities, JSON as it came: an object with arrays
 * @system_fingerprint: (nullable): the back-end's configuration
 * @trace_id: (nullable): what the service calls the request
 * @parameters: (nullable): what the service was asked with beside model and thinking, a JSON object
 * @currency: (nullable): of @rates; %NULL where the rates are not known
 * @rates: what a million tokens cost when the answer was asked for
 * @first_token_delay: milliseconds from the request to the first delta, or -1
 * @duration: milliseconds from the request to the end, or -1
 *
 * What is kept of a message beside what it says: most messages have little of it.
 */
typedef struct {
  char *name;
  char *tool_call_id;
  GPtrArray *tool_calls;
  char *title;
  char *extra;
  char *logprobs;
  char *system_fingerprint;
  char *trace_id;
  char *parameters;
  char *currency;
  SondeRates rates;
  gint64 first_token_delay;
  gint64 duration;
} SondeMessageDetails;

SondeMessageDetails *sonde_message_details_new (void);
SondeMessageDetails *sonde_message_details_copy (const SondeMessageDetails *self);
gboolean sonde_message_details_get_json_output (const SondeMessageDetails *self);
void sonde_message_details_add_json_output (SondeMessageDetails *self);
void sonde_message_details_free (SondeMessageDetails *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeMessageDetails, sonde_message_details_free)

G_END_DECLS
