/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-request.h"

#include "sonde-request-private.h"

/**
 * SondeRequest:
 *
 * The body of `POST /chat/completions` (contract.md sections 3 and 4).
 *
 * The body is a pure function of what was set and added, the messages come last
 * and each is written from itself alone: what one turn sends is, to the byte, the
 * beginning of what the next turn sends. That is what the service's prefix cache
 * lives on.
 */

G_DEFINE_FINAL_TYPE (SondeRequest, sonde_request, G_TYPE_OBJECT)
G_DEFINE_QUARK (sonde - request - error - quark, sonde_request_error)

static void
message_free (gpointer data)
{
  SondeRequestMessage *message = data;

  g_free (message->content);
  g_free (message->reasoning);
  g_free (message->name);
  g_free (message->tool_call_id);
  g_clear_pointer (&message->tool_calls, g_ptr_array_unref);
  g_clear_pointer (&message->images, g_ptr_array_unref);
  g_free (message->extra);
  g_free (message);
}

static void
set_number (SondeRequest *self, SondeRequestNumber number, double value)
{
  self->numbers_set[number] = TRUE;
  self->numbers[number] = value;
}

static void
sonde_request_finalize (GObject *object)
{
  SondeRequest *self = SONDE_REQUEST (object);

  g_free (self->model_id);
  g_strfreev (self->stop);
  g_free (self->tools);
  g_free (self->tool_choice_name);
  g_free (self->user_id);
  g_ptr_array_unref (self->messages);

  G_OBJECT_CLASS (sonde_request_parent_class)->finalize (object);
}

static void
sonde_request_class_init (SondeRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_request_finalize;
}

static void
sonde_request_init (SondeRequest *self)
{
  self->capabilities = SONDE_CAPABILITIES_DEEPSEEK;
  self->stream = TRUE;
  self->top_logprobs = -1;
  self->messages = g_ptr_array_new_with_free_func (message_free);
}

/* Appends an empty message. */
SondeRequestMessage *
sonde_request_append (SondeRequest *self, SondeRole role)
{
  SondeRequestMessage *message = g_new0 (SondeRequestMessage, 1);

  message->role = role;
  g_ptr_array_add (self->messages, message);

  return message;
}

/* Whether the model is told to think. */
gboolean
sonde_request_get_thinks (SondeRequest *self)
{
  return self->capabilities.thinking && self->thinking != SONDE_THINKING_OFF;
}

/**
 * sonde_request_new:
 * @model_id: the model's id on the wire
 *
 * Returns: (transfer full): a request to stream an answer without thinking
 */
SondeRequest *
sonde_request_new (const char *model_id)
{
  SondeRequest *self;

  g_return_val_if_fail (model_id != NULL, NULL);

  self = g_object_new (SONDE_TYPE_REQUEST, NULL);
  self->model_id = g_strdup (model_id);

  return self;
}

/**
 * sonde_request_get_model_id:
 * @self: a request
 *
 * Returns: the model's id on the wire
 */
const char *
sonde_request_get_model_id (SondeRequest *self)
{
  g_return_val_if_fail (SONDE_IS_REQUEST (self), NULL);

  return self->model_id;
}

/**
 * sonde_request_get_capabilities:
 * @self: a request
 *
 * Returns: what the root that it is for can do
 */
const SondeCapabilities *
sonde_request_get_capabilities (SondeRequest *self)
{
  g_return_val_if_fail (SONDE_IS_REQUEST (self), NULL);

  return &self->capabilities;
}

/**
 * sonde_request_set_capabilities:
 * @self: a request
 * @capabilities: what the root that it is for can do
 *
 * DeepSeek's are the default. A [class@Client] sets its own.
 */
void
sonde_request_set_capabilities (SondeRequest *self, const SondeCapabilities *capabilities)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));
  g_return_if_fail (capabilities != NULL);

  self->capabilities = *capabilities;
}

/**
 * sonde_request_get_needs_beta:
 * @self: a request
 *
 * Returns: whether it has to go to `/beta` for its prefix or its strict tools (contract.md
 *   section 1)
 */
gboolean
sonde_request_get_needs_beta (SondeRequest *self)
{
  g_return_val_if_fail (SONDE_IS_REQUEST (self), FALSE);

  if (!self->capabilities.beta)
    return FALSE;
  for (guint i = 0; i < self->messages->len; i++) {
    const SondeRequestMessage *message = g_ptr_array_index (self->messages, i);

    if (message->prefix)
      return TRUE;
  }

  return sonde_request_has_strict_tool (self);
}

/**
 * sonde_request_set_thinking:
 * @self: a request
 * @thinking: a level that the model supports
 *
 * It is always sent, since the service thinks by default; the effort is sent only
 * with thinking on (contract.md section 3).
 */
void
sonde_request_set_thinking (SondeRequest *self, SondeThinking thinking)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));

  self->thinking = thinking;
}

/**
 * sonde_request_set_stream:
 * @self: a request
 * @stream: whether the answer comes in chunks (the default) or whole
 */
void
sonde_request_set_stream (SondeRequest *self, gboolean stream)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));

  self->stream = stream;
}

/**
 * sonde_request_get_stream:
 * @self: a request
 *
 * Returns: whether the answer comes in chunks
 */
gboolean
sonde_request_get_stream (SondeRequest *self)
{
  g_return_val_if_fail (SONDE_IS_REQUEST (self), FALSE);

  return self->stream;
}

/**
 * sonde_request_set_max_output:
 * @self: a request
 * @max_output: how many tokens the model gives at most, or 0 where that is not known
 *
 * No more than that is asked for: above its limit the service would refuse the request
 * (contract.md sections 10, row 13, and 11).
 */
void
sonde_request_set_max_output (SondeRequest *self, gint64 max_output)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));
  g_return_if_fail (max_output >= 0);

  self->max_output = max_output;
}

/**
 * sonde_request_set_max_tokens:
 * @self: a request
 * @max_tokens: how long the answer may get with its reasoning, at least 1 token
 *
 * Not set, it is the model's maximum.
 */
void
sonde_request_set_max_tokens (SondeRequest *self, gint64 max_tokens)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));

  self->max_tokens_set = TRUE;
  self->max_tokens = max_tokens;
}

/**
 * sonde_request_set_temperature:
 * @self: a request
 * @temperature: 0 to 2, the service's default is 1
 *
 * As with the numbers below, it is sent only with thinking off, since else the service
 * ignores it (contract.md section 11).
 */
void
sonde_request_set_temperature (SondeRequest *self, double temperature)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));

  set_number (self, NUMBER_TEMPERATURE, temperature);
}

/**
 * sonde_request_set_top_p:
 * @self: a request
 * @top_p: 0 to 1, the service's default is 1
 */
void
sonde_request_set_top_p (SondeRequest *self, double top_p)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));

  set_number (self, NUMBER_TOP_P, top_p);
}

/**
 * sonde_request_set_frequency_penalty:
 * @self: a request
 * @penalty: -2 to 2, the service's default is 0
 *
 * The penalties are sent only where the root accepts them.
 */
void
sonde_request_set_frequency_penalty (SondeRequest *self, double penalty)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));

  set_number (self, NUMBER_FREQUENCY_PENALTY, penalty);
}

/**
 * sonde_request_set_presence_penalty:
 * @self: a request
 * @penalty: -2 to 2, the service's default is 0
 */
void
sonde_request_set_presence_penalty (SondeRequest *self, double penalty)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));

  set_number (self, NUMBER_PRESENCE_PENALTY, penalty);
}

/**
 * sonde_request_set_json_output:
 * @self: a request
 * @json_output: whether the answer is to be a JSON object; the messages must ask for it in
 *   words that have "json" in them
 */
void
sonde_request_set_json_output (SondeRequest *self, gboolean json_output)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));

  self->json_output = json_output;
}

/**
 * sonde_request_set_images:
 * @self: a request without messages
 * @images: whether the model takes images; by default it does not
 */
void
sonde_request_set_images (SondeRequest *self, gboolean images)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));
  g_return_if_fail (self->messages->len == 0);

  self->images = images;
}

/**
 * sonde_request_set_stop:
 * @self: a request
 * @stop: (nullable) (array zero-terminated=1): 1 to 16 texts before which the answer ends
 */
void
sonde_request_set_stop (SondeRequest *self, const char *const *stop)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));

  g_strfreev (self->stop);
  self->stop = g_strdupv ((char **) stop);
}

/**
 * sonde_request_set_tools:
 * @self: a request
 * @json: (nullable): a JSON array of up to 128 tools, sent to the byte
 */
void
sonde_request_set_tools (SondeRequest *self, const char *json)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));

  g_set_str (&self->tools, json);
}

/**
 * sonde_request_set_tool_choice:
 * @self: a request
 * @choice: whether the model calls tools
 * @name: (nullable): with NAMED, the function's name
 */
void
sonde_request_set_tool_choice (SondeRequest *self, SondeToolChoice choice, const char *name)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));
  g_return_if_fail ((choice == SONDE_TOOL_CHOICE_NAMED) == (name != NULL));

  self->tool_choice = choice;
  g_set_str (&self->tool_choice_name, name);
}

/**
 * sonde_request_set_logprobs:
 * @self: a request
 * @logprobs: whether the probabilities of the answer's tokens are to come along
 */
void
sonde_request_set_logprobs (SondeRequest *self, gboolean logprobs)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));

  self->logprobs = logprobs;
}

/**
 * sonde_request_set_top_logprobs:
 * @self: a request
 * @top_logprobs: how many alternatives come for each token, 0 to 20; -1: not sent
 */
void
sonde_request_set_top_logprobs (SondeRequest *self, int top_logprobs)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));

  self->top_logprobs = top_logprobs;
}

/**
 * sonde_request_set_user_id:
 * @self: a request
 * @user_id: (nullable): 1 to 512 bytes that tell the root's users apart, without saying who
 *   they are
 */
void
sonde_request_set_user_id (SondeRequest *self, const char *user_id)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));

  g_set_str (&self->user_id, user_id);
}

/**
 * sonde_request_add_message:
 * @self: a request
 * @role: who speaks; not a tool
 * @content: (nullable): the text; %NULL is sent as an empty one, since the service refuses an
 *   assistant's `null` (contract.md section 4, rule 2)
 * @reasoning: (nullable): an assistant's reasoning, sent back verbatim, also where it is
 *   empty; %NULL: there was none (rule 4)
 */
void
sonde_request_add_message (SondeRequest *self,
                           SondeRole role,
                           const char *content,
                           const char *reasoning)
{
  SondeRequestMessage *message;

  g_return_if_fail (SONDE_IS_REQUEST (self));

  message = sonde_request_append (self, role);
  message->content = g_strdup (content);
  if (role == SONDE_ROLE_ASSISTANT)
    message->reasoning = g_strdup (reasoning);
}

/**
 * sonde_request_add_tool_calls:
 * @self: a request
 * @content: (nullable): what the assistant said with it
 * @reasoning: (nullable): its reasoning, as in [method@Request.add_message]
 * @tool_calls: (element-type SondeToolCall): what it called; the results must follow
 */
void
sonde_request_add_tool_calls (SondeRequest *self,
                              const char *content,
                              const char *reasoning,
                              GPtrArray *tool_calls)
{
  SondeRequestMessage *message;

  g_return_if_fail (SONDE_IS_REQUEST (self));
  g_return_if_fail (tool_calls != NULL);

  message = sonde_request_append (self, SONDE_ROLE_ASSISTANT);
  message->content = g_strdup (content);
  message->reasoning = g_strdup (reasoning);
  message->tool_calls =
    g_ptr_array_new_full (tool_calls->len, (GDestroyNotify) sonde_tool_call_free);
  for (guint i = 0; i < tool_calls->len; i++)
    g_ptr_array_add (message->tool_calls, sonde_tool_call_copy (g_ptr_array_index (tool_calls, i)));
}

/**
 * sonde_request_add_tool_result:
 * @self: a request
 * @tool_call_id: which call it answers
 * @content: (nullable): what came of it; nothing is sent as `(no output)`, since the service
 *   wants a text for every call (contract.md section 4, rule 3)
 */
void
sonde_request_add_tool_result (SondeRequest *self, const char *tool_call_id, const char *content)
{
  SondeRequestMessage *message;

  g_return_if_fail (SONDE_IS_REQUEST (self));

  message = sonde_request_append (self, SONDE_ROLE_TOOL);
  message->content = g_strdup (content);
  message->tool_call_id = g_strdup (tool_call_id);
}

/**
 * sonde_request_add_function_result:
 * @self: a request
 * @name: the function's name
 * @content: (nullable): what came of it
 *
 * Answers a call in the legacy shape, which has no id (contract.md section 11).
 */
void
sonde_request_add_function_result (SondeRequest *self, const char *name, const char *content)
{
  SondeRequestMessage *message;

  g_return_if_fail (SONDE_IS_REQUEST (self));

  message = sonde_request_append (self, SONDE_ROLE_TOOL);
  message->function = TRUE;
  message->content = g_strdup (content);
  message->name = g_strdup (name);
}

/**
 * sonde_request_add_prefix:
 * @self: a request
 * @content: the beginning of the answer, which the model goes on with; the answer comes
 *   without it
 * @reasoning: (nullable): the reasoning before it
 *
 * It must be the last message (contract.md section 4, rule 7).
 */
void
sonde_request_add_prefix (SondeRequest *self, const char *content, const char *reasoning)
{
  SondeRequestMessage *message;

  g_return_if_fail (SONDE_IS_REQUEST (self));

  message = sonde_request_append (self, SONDE_ROLE_ASSISTANT);
  message->content = g_strdup (content);
  message->reasoning = g_strdup (reasoning);
  message->prefix = TRUE;
}

/**
 * sonde_request_set_last_name:
 * @self: a request with a message
 * @name: (nullable): what the one who speaks in the last message is called
 */
void
sonde_request_set_last_name (SondeRequest *self, const char *name)
{
  SondeRequestMessage *message;

  g_return_if_fail (SONDE_IS_REQUEST (self));
  g_return_if_fail (self->messages->len > 0);

  message = g_ptr_array_index (self->messages, self->messages->len - 1);
  g_set_str (&message->name, name);
}
