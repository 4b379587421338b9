/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "sonde-token-logprob.h"
#include "sonde-usage.h"

G_BEGIN_DECLS

/**
 * SONDE_TOOL_CALL_NO_INDEX:
 *
 * The index of a fragment that came without one: its id tells the call, and one
 * without either belongs to the last call.
 */
#define SONDE_TOOL_CALL_NO_INDEX G_MAXUINT

/**
 * SondeToolCallDelta:
 * @index: which call of the answer this fragment belongs to, or %SONDE_TOOL_CALL_NO_INDEX
 * @id: (nullable): the call's id; only on its first fragment
 * @name: (nullable): the function's name; only on its first fragment
 * @arguments: (nullable): the next piece of the arguments, the model's raw text; the source
 *   text where they are not in a string
 * @legacy: whether it came as a `function_call` (contract.md section 11)
 *
 * A fragment of a tool call (contract.md section 5.1).
 */
typedef struct {
  guint index;
  char *id;
  char *name;
  char *arguments;
  gboolean legacy;
} SondeToolCallDelta;

/**
 * SondeExtra:
 * @name: the name of a member of the message that this client does not know
 * @json: its value, the source text as it came
 *
 * Something that is to be given back unchanged (contract.md section 9).
 */
typedef struct {
  char *name;
  char *json;
} SondeExtra;

/**
 * SondeChunk:
 * @id: (nullable): the answer's id
 * @model: (nullable): the model that answers
 * @system_fingerprint: (nullable): the back-end's configuration
 * @reasoning: (nullable): the next piece of reasoning; `""` where the key was there and empty
 * @content: (nullable): the next piece of the answer; `""` where the key was there and empty
 * @tool_calls: (nullable) (element-type SondeToolCallDelta): fragments of tool calls
 * @finish_reason: (nullable): why the answer ended, as it came
 * @usage: (nullable): what it used
 * @title: (nullable): the service's title for the conversation (contract.md section 9)
 * @logprobs: (nullable) (element-type SondeTokenLogprob): the probabilities of the answer's tokens
 * @reasoning_logprobs: (nullable) (element-type SondeTokenLogprob): those of the reasoning's
 * @logprobs_json: (nullable): the source text of the array that @logprobs was read from
 * @reasoning_logprobs_json: (nullable): that of @reasoning_logprobs
 * @extras: (nullable) (element-type SondeExtra): what is not known here, but for nulls
 *
 * One decoded `chat.completion.chunk`, or one whole `chat.completion` (then
 * `message` is read as the delta). Every field may be missing.
 */
typedef struct {
  char *id;
  char *model;
  char *system_fingerprint;
  char *reasoning;
  char *content;
  GPtrArray *tool_calls;
  char *finish_reason;
  SondeUsage *usage;
  char *title;
  GPtrArray *logprobs;
  GPtrArray *reasoning_logprobs;
  char *logprobs_json;
  char *reasoning_logprobs_json;
  GPtrArray *extras;
} SondeChunk;

SondeChunk *sonde_chunk_decode (const char *json, gssize length, GError **error);
void sonde_chunk_free (SondeChunk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeChunk, sonde_chunk_free)

G_END_DECLS
