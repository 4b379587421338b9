/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The body of a request as it is sent. */

#include <string.h>

#include "sonde-json.h"
#include "sonde-request-private.h"

static void
append_field (GString *json, const char *name)
{
  g_string_append_printf (json, ",\"%s\":", name);
}

static void
append_string_field (GString *json, const char *name, const char *text)
{
  append_field (json, name);
  sonde_json_append_string (json, text);
}

/* The shortest number that is read as the same one. */
static void
append_number (GString *json, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double read;

  g_ascii_formatd (text, sizeof text, "%.15g", value);
  read = g_ascii_strtod (text, NULL);
  if (read < value || read > value)
    g_ascii_dtostr (text, sizeof text, value);
  g_string_append (json, text);
}

static void
append_function (GString *json, const SondeToolCall *call)
{
  g_string_append (json, "{\"name\":");
  sonde_json_append_string (json, call->name);
  append_string_field (json, "arguments", call->arguments);
  g_string_append_c (json, '}');
}

static void
append_tool_calls (GString *json, GPtrArray *calls)
{
  const SondeToolCall *first = g_ptr_array_index (calls, 0);

  if (calls->len == 1 && first->legacy) {
    append_field (json, "function_call");
    append_function (json, first);
    return;
  }

  append_field (json, "tool_calls");
  for (guint i = 0; i < calls->len; i++) {
    const SondeToolCall *call = g_ptr_array_index (calls, i);

    g_string_append (json, i == 0 ? "[{\"id\":" : ",{\"id\":");
    sonde_json_append_string (json, call->id != NULL ? call->id : "");
    g_string_append (json, ",\"type\":\"function\",\"function\":");
    append_function (json, call);
    g_string_append_c (json, '}');
  }
  g_string_append_c (json, ']');
}

/* The members of a JSON object, as they stand in it. */
static void
append_extra (GString *json, const char *extra)
{
  gsize length = extra != NULL ? strlen (extra) : 0;

  if (length <= 2)
    return;
  g_string_append_c (json, ',');
  g_string_append_len (json, extra + 1, (gssize) length - 2);
}

static void
append_image (GString *json, SondeAttachment *image)
{
  gsize size;
  const guchar *data = g_bytes_get_data (sonde_attachment_get_content (image), &size);
  g_autofree char *encoded = g_base64_encode (data, size);

  g_string_append_printf (json, "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:%s;base64,",
                          sonde_attachment_get_media_type (image));
  g_string_append (json, encoded);
  g_string_append (json, "\"}}");
}

/* A plain text, unless there are images (contract.md section 4, rule 5). */
static void
append_content (GString *json, const char *content, const GPtrArray *images)
{
  if (images == NULL) {
    append_string_field (json, "content", content);
    return;
  }

  append_field (json, "content");
  g_string_append_c (json, '[');
  if (*content != '\0') {
    g_string_append (json, "{\"type\":\"text\",\"text\":");
    sonde_json_append_string (json, content);
    g_string_append (json, "},");
  }
  for (guint i = 0; i < images->len; i++) {
    if (i > 0)
      g_string_append_c (json, ',');
    append_image (json, g_ptr_array_index (images, i));
  }
  g_string_append_c (json, ']');
}

static void
append_message (SondeRequest *self, GString *json, const SondeRequestMessage *message)
{
  const char *content = message->content != NULL ? message->content : "";

  if (message->role == SONDE_ROLE_TOOL && *content == '\0')
    content = "(no output)";

  g_string_append (json, "{\"role\":");
  sonde_json_append_string (json,
                            message->function ? "function" : sonde_role_to_string (message->role));
  append_content (json, content, message->images);
  if (message->name != NULL)
    append_string_field (json, "name", message->name);
  if (message->reasoning != NULL && self->capabilities.reasoning_replay)
    append_string_field (json, "reasoning_content", message->reasoning);
  if (message->tool_calls != NULL && message->tool_calls->len > 0)
    append_tool_calls (json, message->tool_calls);
  if (message->tool_call_id != NULL)
    append_string_field (json, "tool_call_id", message->tool_call_id);
  append_extra (json, message->extra);
  if (message->prefix)
    g_string_append (json, ",\"prefix\":true");
  g_string_append_c (json, '}');
}

static void
append_thinking (SondeRequest *self, GString *json)
{
  if (!self->capabilities.thinking)
    return;

  append_field (json, "thinking");
  if (self->thinking == SONDE_THINKING_OFF) {
    g_string_append (json, "{\"type\":\"disabled\"}");
  } else {
    g_string_append (json, "{\"type\":\"enabled\"}");
    append_string_field (json, "reasoning_effort", sonde_thinking_to_string (self->thinking));
  }
}

static void
append_numbers (SondeRequest *self, GString *json)
{
  static const char *const names[N_NUMBERS] = {
    [NUMBER_TEMPERATURE] = "temperature",
    [NUMBER_TOP_P] = "top_p",
    [NUMBER_FREQUENCY_PENALTY] = "frequency_penalty",
    [NUMBER_PRESENCE_PENALTY] = "presence_penalty",
  };

  if (self->max_tokens_set) {
    append_field (json, "max_tokens");
    g_string_append_printf (json, "%" G_GINT64_FORMAT,
                            self->max_output > 0 ? MIN (self->max_tokens, self->max_output)
                                                 : self->max_tokens);
  }
  if (sonde_request_get_thinks (self))
    return;

  for (guint i = 0; i < N_NUMBERS; i++) {
    if (!self->numbers_set[i] || (i >= NUMBER_FREQUENCY_PENALTY && !self->capabilities.penalties))
      continue;
    append_field (json, names[i]);
    append_number (json, self->numbers[i]);
  }
}

static void
append_tools (SondeRequest *self, GString *json)
{
  if (self->tools != NULL) {
    append_field (json, "tools");
    g_string_append (json, self->tools);
  }

  switch (self->tool_choice) {
  case SONDE_TOOL_CHOICE_DEFAULT:
    break;
  case SONDE_TOOL_CHOICE_NONE:
    append_string_field (json, "tool_choice", "none");
    break;
  case SONDE_TOOL_CHOICE_AUTO:
    append_string_field (json, "tool_choice", "auto");
    break;
  case SONDE_TOOL_CHOICE_REQUIRED:
    append_string_field (json, "tool_choice", "required");
    break;
  case SONDE_TOOL_CHOICE_NAMED:
    append_field (json, "tool_choice");
    g_string_append (json, "{\"type\":\"function\",\"function\":{\"name\":");
    sonde_json_append_string (json, self->tool_choice_name);
    g_string_append (json, "}}");
    break;
  }
}

static void
append_output (SondeRequest *self, GString *json)
{
  if (self->json_output)
    g_string_append (json, ",\"response_format\":{\"type\":\"json_object\"}");
  for (guint i = 0; self->stop != NULL && self->stop[i] != NULL; i++) {
    g_string_append (json, i == 0 ? ",\"stop\":[" : ",");
    sonde_json_append_string (json, self->stop[i]);
    if (self->stop[i + 1] == NULL)
      g_string_append_c (json, ']');
  }
  if (self->logprobs)
    g_string_append (json, ",\"logprobs\":true");
  if (self->top_logprobs >= 0)
    g_string_append_printf (json, ",\"top_logprobs\":%d", self->top_logprobs);
  if (self->user_id != NULL)
    append_string_field (json, "user_id", self->user_id);
}

/**
 * sonde_request_to_json:
 * @self: a request
 *
 * Returns: (transfer full): the body, UTF-8, unchecked
 */
char *
sonde_request_to_json (SondeRequest *self)
{
  GString *json;

  g_return_val_if_fail (SONDE_IS_REQUEST (self), NULL);

  json = g_string_new ("{\"model\":");
  sonde_json_append_string (json, self->model_id);
  append_thinking (self, json);
  append_numbers (self, json);
  append_output (self, json);
  append_tools (self, json);
  if (self->stream)
    g_string_append (json, ",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
  else
    g_string_append (json, ",\"stream\":false");
  g_string_append (json, ",\"messages\":[");
  for (guint i = 0; i < self->messages->len; i++) {
    if (i > 0)
      g_string_append_c (json, ',');
    append_message (self, json, g_ptr_array_index (self->messages, i));
  }
  g_string_append (json, "]}");

  return g_string_free_and_steal (json);
}
