/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "sonde-capabilities.h"
#include "sonde-message.h"

G_BEGIN_DECLS

/**
 * SONDE_REQUEST_ERROR:
 *
 * The error domain of requests that are not sent, since the service would refuse them
 * or do something else than was asked. The message says what to change.
 */
#define SONDE_REQUEST_ERROR (sonde_request_error_quark ())
GQuark sonde_request_error_quark (void);

/**
 * SondeRequestError:
 * @SONDE_REQUEST_ERROR_SYNTAX: a text that should be JSON is not, or of another shape
 * @SONDE_REQUEST_ERROR_RANGE: a number or text is out of its range
 * @SONDE_REQUEST_ERROR_MESSAGES: no messages, or one with a role or field that is not allowed
 * @SONDE_REQUEST_ERROR_EMPTY_ASSISTANT: an assistant's message without text and tool calls
 * @SONDE_REQUEST_ERROR_TOOL_MESSAGES: tool calls and their results do not follow each other
 * @SONDE_REQUEST_ERROR_PREFIX: the prefix is not the last message, or not known there
 * @SONDE_REQUEST_ERROR_JSON_WORD: JSON output without the word json in the messages
 * @SONDE_REQUEST_ERROR_TOOLS: a tool's definition is not allowed
 * @SONDE_REQUEST_ERROR_SCHEMA: the parameters of a strict tool are outside what is supported
 * @SONDE_REQUEST_ERROR_TOOL_CHOICE: the choice of a tool is not possible
 * @SONDE_REQUEST_ERROR_LOGPROBS: `top_logprobs` without `logprobs`, or out of its range
 * @SONDE_REQUEST_ERROR_STOP: too many, too few or empty stop texts
 * @SONDE_REQUEST_ERROR_SIZE: the body is larger than the service takes
 *
 * Why a request is not sent.
 */
typedef enum {
  SONDE_REQUEST_ERROR_SYNTAX,
  SONDE_REQUEST_ERROR_RANGE,
  SONDE_REQUEST_ERROR_MESSAGES,
  SONDE_REQUEST_ERROR_EMPTY_ASSISTANT,
  SONDE_REQUEST_ERROR_TOOL_MESSAGES,
  SONDE_REQUEST_ERROR_PREFIX,
  SONDE_REQUEST_ERROR_JSON_WORD,
  SONDE_REQUEST_ERROR_TOOLS,
  SONDE_REQUEST_ERROR_SCHEMA,
  SONDE_REQUEST_ERROR_TOOL_CHOICE,
  SONDE_REQUEST_ERROR_LOGPROBS,
  SONDE_REQUEST_ERROR_STOP,
  SONDE_REQUEST_ERROR_SIZE,
} SondeRequestError;

/**
 * SondeToolChoice:
 * @SONDE_TOOL_CHOICE_DEFAULT: nothing is sent
 * @SONDE_TOOL_CHOICE_NONE: no tool is called
 * @SONDE_TOOL_CHOICE_AUTO: the model decides
 * @SONDE_TOOL_CHOICE_REQUIRED: at least one is called
 * @SONDE_TOOL_CHOICE_NAMED: the named one is called
 *
 * Whether the model calls tools.
 */
typedef enum {
  SONDE_TOOL_CHOICE_DEFAULT,
  SONDE_TOOL_CHOICE_NONE,
  SONDE_TOOL_CHOICE_AUTO,
  SONDE_TOOL_CHOICE_REQUIRED,
  SONDE_TOOL_CHOICE_NAMED,
} SondeToolChoice;

#define SONDE_TYPE_REQUEST (sonde_request_get_type ())
G_DECLARE_FINAL_TYPE (SondeRequest, sonde_request, SONDE, REQUEST, GObject)

SondeRequest *sonde_request_new (const char *model_id);
const char *sonde_request_get_model_id (SondeRequest *self);
const SondeCapabilities *sonde_request_get_capabilities (SondeRequest *self);
void sonde_request_set_capabilities (SondeRequest *self, const SondeCapabilities *capabilities);
gboolean sonde_request_get_needs_beta (SondeRequest *self);

void sonde_request_set_thinking (SondeRequest *self, SondeThinking thinking);
void sonde_request_set_stream (SondeRequest *self, gboolean stream);
gboolean sonde_request_get_stream (SondeRequest *self);
void sonde_request_set_max_output (SondeRequest *self, gint64 max_output);
void sonde_request_set_max_tokens (SondeRequest *self, gint64 max_tokens);
void sonde_request_set_temperature (SondeRequest *self, double temperature);
void sonde_request_set_top_p (SondeRequest *self, double top_p);
void sonde_request_set_frequency_penalty (SondeRequest *self, double penalty);
void sonde_request_set_presence_penalty (SondeRequest *self, double penalty);
void sonde_request_set_json_output (SondeRequest *self, gboolean json_output);
void sonde_request_set_images (SondeRequest *self, gboolean images);
void sonde_request_set_stop (SondeRequest *self, const char *const *stop);
void sonde_request_set_tools (SondeRequest *self, const char *json);
void sonde_request_set_tool_choice (SondeRequest *self, SondeToolChoice choice, const char *name);
void sonde_request_set_logprobs (SondeRequest *self, gboolean logprobs);
void sonde_request_set_top_logprobs (SondeRequest *self, int top_logprobs);
void sonde_request_set_user_id (SondeRequest *self, const char *user_id);

void sonde_request_add_message (SondeRequest *self,
                                SondeRole role,
                                const char *content,
                                const char *reasoning);
void sonde_request_add_question (SondeRequest *self, const char *text, GPtrArray *attachments);
void sonde_request_add_tool_calls (SondeRequest *self,
                                   const char *content,
                                   const char *reasoning,
                                   GPtrArray *tool_calls);
void
sonde_request_add_tool_result (SondeRequest *self, const char *tool_call_id, const char *content);
void sonde_request_add_function_result (SondeRequest *self, const char *name, const char *content);
void sonde_request_add_prefix (SondeRequest *self, const char *content, const char *reasoning);
void sonde_request_set_last_name (SondeRequest *self, const char *name);
void sonde_request_add_history (SondeRequest *self, GPtrArray *messages);
gboolean sonde_request_add_messages_json (SondeRequest *self, const char *json, GError **error);

gboolean sonde_request_check (SondeRequest *self, GError **error);
char *sonde_request_to_json (SondeRequest *self);
GBytes *sonde_request_to_body (SondeRequest *self, GError **error);

G_END_DECLS
