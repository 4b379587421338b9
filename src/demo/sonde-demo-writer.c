/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The shapes of answers (contract.md sections 5.1 and 6), to the byte. */

#include "sonde-demo-writer.h"

#include "sonde-demo-logprobs.h"
#include "sonde-demo-text.h"

#define FINGERPRINT "5f0de5041c8a4c2ab8d93ae1f0dd3e70"

static void
append_head (const SondeDemoWriter *self, GString *out, const char *object)
{
  g_string_append_printf (
    out, "{\"id\":\"%s\",\"object\":\"%s\",\"created\":%" G_GINT64_FORMAT ",\"model\":\"%s\"",
    self->id, object, self->created, self->request->model);
}

/**
 * sonde_demo_writer_append_usage:
 * @self: the answer
 * @out: what is written
 *
 * Writes the object of the usage.
 */
void
sonde_demo_writer_append_usage (const SondeDemoWriter *self, GString *out)
{
  g_string_append_printf (out,
                          "{\"prompt_tokens\":%u,\"completion_tokens\":%u,\"total_tokens\":%u,"
                          "\"prompt_tokens_details\":{\"cached_tokens\":%u}",
                          self->prompt_tokens, self->answer->completion_tokens,
                          self->prompt_tokens + self->answer->completion_tokens,
                          self->cached_tokens);
  if (self->answer->reasoning != NULL)
    g_string_append_printf (out, ",\"completion_tokens_details\":{\"reasoning_tokens\":%u}",
                            self->answer->reasoning_tokens);
  g_string_append_printf (out, ",\"prompt_cache_hit_tokens\":%u,\"prompt_cache_miss_tokens\":%u}",
                          self->cached_tokens, self->prompt_tokens - self->cached_tokens);
}

static void
append_nullable (GString *out, const char *text, gssize length)
{
  if (text != NULL)
    sonde_demo_text_append_json (out, text, length);
  else
    g_string_append (out, "null");
}

/**
 * sonde_demo_writer_begin_chunk:
 * @self: the answer
 * @out: what is written
 *
 * Begins a chunk of a stream, up to its choices.
 */
void
sonde_demo_writer_begin_chunk (const SondeDemoWriter *self, GString *out)
{
  g_string_append (out, "data: ");
  append_head (self, out, "chat.completion.chunk");
  g_string_append (out, ",\"system_fingerprint\":\"" FINGERPRINT "\",\"choices\":[");
}

/**
 * sonde_demo_writer_begin_delta:
 * @self: the answer
 * @out: what is written
 *
 * Begins a chunk, up to the members of its delta.
 */
void
sonde_demo_writer_begin_delta (const SondeDemoWriter *self, GString *out)
{
  sonde_demo_writer_begin_chunk (self, out);
  g_string_append (out, "{\"index\":0,\"delta\":{");
}

/**
 * sonde_demo_writer_end_delta:
 * @self: the answer
 * @out: what is written
 * @content: (nullable): what the delta has of the content
 * @reasoning: (nullable): what the delta has of the reasoning
 * @length: how many bytes of either
 *
 * Ends a chunk behind the members of its delta.
 */
void
sonde_demo_writer_end_delta (const SondeDemoWriter *self,
                             GString *out,
                             const char *content,
                             const char *reasoning,
                             gssize length)
{
  g_string_append (out, "},\"logprobs\":");
  sonde_demo_logprobs_append (out, self->request->top_logprobs, content, reasoning, length);
  g_string_append (out, ",\"finish_reason\":null}],\"usage\":null}\n\n");
}

/**
 * sonde_demo_writer_end_last_delta:
 * @self: the answer
 * @out: what is written
 * @content: what the delta has of the content
 * @with_usage: whether the usage is part of it
 *
 * Ends the chunk that has the finish reason.
 */
void
sonde_demo_writer_end_last_delta (const SondeDemoWriter *self,
                                  GString *out,
                                  const char *content,
                                  gboolean with_usage)
{
  if (self->answer->title != NULL) {
    g_string_append (out, ",\"title\":");
    sonde_demo_text_append_json (out, self->answer->title, -1);
  }
  g_string_append (out, "},\"logprobs\":");
  sonde_demo_logprobs_append (out, self->request->top_logprobs, content, NULL, -1);
  g_string_append (out, ",\"finish_reason\":");
  append_nullable (out, self->answer->finish, -1);
  g_string_append (out, "}],\"usage\":");
  if (with_usage)
    sonde_demo_writer_append_usage (self, out);
  else
    g_string_append (out, "null");
  g_string_append (out, "}\n\n");
}

static void
append_content (const SondeDemoWriter *self, GString *out, const char *content, gssize length)
{
  const gboolean parts = self->script->shape == SONDE_DEMO_SHAPE_PARTS && content != NULL;

  g_string_append (out, parts ? "\"content\":[{\"type\":\"text\",\"text\":" : "\"content\":");
  append_nullable (out, content, length);
  if (parts)
    g_string_append (out, "}]");
}

/**
 * sonde_demo_writer_append_text:
 * @self: the answer
 * @out: what is written
 * @content: (nullable): the content
 * @reasoning: (nullable): the reasoning
 * @length: how many bytes of either, or -1 for all
 *
 * Writes content and reasoning of a delta; the reasoning is left out where nothing is thought, and
 * is part of the content with the shape "think".
 */
void
sonde_demo_writer_append_text (const SondeDemoWriter *self,
                               GString *out,
                               const char *content,
                               const char *reasoning,
                               gssize length)
{
  const SondeDemoShape shape = self->script->shape;

  if (shape == SONDE_DEMO_SHAPE_THINK && content == NULL) {
    append_content (self, out, reasoning, length);
    return;
  }
  append_content (self, out, content, length);
  if (self->answer->reasoning != NULL && shape != SONDE_DEMO_SHAPE_THINK) {
    g_string_append (out, shape == SONDE_DEMO_SHAPE_REASONING ? ",\"reasoning\":"
                                                              : ",\"reasoning_content\":");
    append_nullable (out, reasoning, length);
  }
}

/**
 * sonde_demo_writer_append_delta:
 * @self: the answer
 * @out: what is written
 * @content: (nullable): the content
 * @reasoning: (nullable): the reasoning; one of both is %NULL
 * @length: how many bytes of either, or -1 for all
 *
 * Writes a whole chunk of content or of reasoning.
 */
void
sonde_demo_writer_append_delta (const SondeDemoWriter *self,
                                GString *out,
                                const char *content,
                                const char *reasoning,
                                gssize length)
{
  sonde_demo_writer_begin_delta (self, out);
  sonde_demo_writer_append_text (self, out, content, reasoning, length);
  sonde_demo_writer_end_delta (self, out, content, reasoning, length);
}

/**
 * sonde_demo_writer_append_function_call:
 * @call: a call
 * @out: what is written
 * @arguments: what is there of its arguments
 *
 * Writes the member of a call in the old shape.
 */
void
sonde_demo_writer_append_function_call (const SondeDemoCall *call,
                                        GString *out,
                                        const char *arguments)
{
  g_string_append_printf (out, "\"function_call\":{\"name\":\"%s\",\"arguments\":", call->name);
  sonde_demo_text_append_json (out, arguments, -1);
  g_string_append_c (out, '}');
}

/**
 * sonde_demo_writer_append_call:
 * @call: a call
 * @index: which it is
 * @out: what is written
 * @arguments: what is there of its arguments
 *
 * Writes one of the calls.
 */
void
sonde_demo_writer_append_call (const SondeDemoCall *call,
                               guint index,
                               GString *out,
                               const char *arguments)
{
  g_string_append_printf (out, "{\"index\":%u,\"id\":\"%s\",\"type\":\"function\",\"function\":{",
                          index, call->id);
  g_string_append_printf (out, "\"name\":\"%s\",\"arguments\":", call->name);
  sonde_demo_text_append_json (out, arguments, -1);
  g_string_append (out, "}}");
}

static void
append_whole_calls (const SondeDemoWriter *self, GString *out)
{
  const GPtrArray *calls = self->answer->calls;

  if (calls->len == 0)
    return;
  if (self->script->shape == SONDE_DEMO_SHAPE_FUNCTION_CALL) {
    const SondeDemoCall *call = g_ptr_array_index (calls, 0);

    g_string_append_c (out, ',');
    sonde_demo_writer_append_function_call (call, out, call->arguments);
    return;
  }
  for (guint i = 0; i < calls->len; i++) {
    const SondeDemoCall *call = g_ptr_array_index (calls, i);

    g_string_append (out, i == 0 ? ",\"tool_calls\":[" : ",");
    sonde_demo_writer_append_call (call, i, out, call->arguments);
  }
  g_string_append_c (out, ']');
}

/**
 * sonde_demo_writer_append_whole:
 * @self: the answer
 * @out: what is written
 *
 * Writes an answer that is not streamed.
 */
void
sonde_demo_writer_append_whole (const SondeDemoWriter *self, GString *out)
{
  const SondeDemoAnswer *answer = self->answer;
  const gboolean think = self->script->shape == SONDE_DEMO_SHAPE_THINK && answer->reasoning != NULL;
  g_autofree char *content =
    g_strconcat (think ? "<think>" : "", think ? answer->reasoning : "", think ? "</think>\n" : "",
                 answer->content, answer->huge != NULL ? answer->huge : "", NULL);

  append_head (self, out, "chat.completion");
  g_string_append (out, ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",");
  sonde_demo_writer_append_text (self, out, content, answer->reasoning, -1);
  append_whole_calls (self, out);
  if (answer->title != NULL) {
    g_string_append (out, ",\"title\":");
    sonde_demo_text_append_json (out, answer->title, -1);
  }
  g_string_append (out, "},\"logprobs\":");
  sonde_demo_logprobs_append (out, self->request->top_logprobs, content, answer->reasoning, -1);
  g_string_append (out, ",\"finish_reason\":");
  append_nullable (out, answer->finish, -1);
  g_string_append (out, "}]");
  if (self->usage != SONDE_DEMO_USAGE_NONE) {
    g_string_append (out, ",\"usage\":");
    sonde_demo_writer_append_usage (self, out);
  }
  g_string_append (out, ",\"system_fingerprint\":\"" FINGERPRINT "\"}");
}
