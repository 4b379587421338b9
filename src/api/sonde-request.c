/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-request.h"

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
struct _SondeRequest {
  GObject parent_instance;

  char *model_id;
  SondeThinking thinking;
  gboolean stream;
  GString *messages; /* as they are sent, without the brackets */
};

G_DEFINE_FINAL_TYPE (SondeRequest, sonde_request, G_TYPE_OBJECT)

static void
sonde_request_finalize (GObject *object)
{
  SondeRequest *self = SONDE_REQUEST (object);

  g_free (self->model_id);
  g_string_free (self->messages, TRUE);

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
  self->stream = TRUE;
  self->messages = g_string_new (NULL);
}

/* Appends @text as a JSON string: what JSON needs escaped is, everything else stays
 * as it is, and what is not UTF-8 becomes U+FFFD. */
static void
append_string (GString *json, const char *text)
{
  g_autofree char *valid = NULL;
  const char *run;
  const char *at;

  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);

  g_string_append_c (json, '"');
  for (run = at = text; *at != '\0'; at++) {
    guchar character = (guchar) *at;

    if (character >= 0x20 && character != '"' && character != '\\')
      continue;

    g_string_append_len (json, run, at - run);
    run = at + 1;
    if (character == '\n')
      g_string_append (json, "\\n");
    else if (character == '\t')
      g_string_append (json, "\\t");
    else if (character < 0x20)
      g_string_append_printf (json, "\\u%04x", character);
    else
      g_string_append_printf (json, "\\%c", character);
  }
  g_string_append_len (json, run, at - run);
  g_string_append_c (json, '"');
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
 * sonde_request_add_message:
 * @self: a request
 * @role: who speaks
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
  GString *json;

  g_return_if_fail (SONDE_IS_REQUEST (self));

  json = self->messages;
  if (json->len > 0)
    g_string_append_c (json, ',');
  g_string_append (json, "{\"role\":");
  append_string (json, sonde_role_to_string (role));
  g_string_append (json, ",\"content\":");
  append_string (json, content != NULL ? content : "");
  if (role == SONDE_ROLE_ASSISTANT && reasoning != NULL) {
    g_string_append (json, ",\"reasoning_content\":");
    append_string (json, reasoning);
  }
  g_string_append_c (json, '}');
}

/**
 * sonde_request_add_history:
 * @self: a request
 * @messages: (element-type SondeMessage): the turns of a conversation, oldest first
 *
 * An answer that failed before its first word is left out, so that it does not spoil
 * the turns after it; one that was interrupted is sent as it stands.
 */
void
sonde_request_add_history (SondeRequest *self, GPtrArray *messages)
{
  g_return_if_fail (SONDE_IS_REQUEST (self));
  g_return_if_fail (messages != NULL);

  for (guint i = 0; i < messages->len; i++) {
    SondeMessage *message = g_ptr_array_index (messages, i);
    SondeRole role = sonde_message_get_role (message);

    if (role == SONDE_ROLE_ASSISTANT &&
        sonde_message_get_text_length (message, SONDE_TEXT_CONTENT) == 0 &&
        sonde_message_get_text_length (message, SONDE_TEXT_REASONING) == 0)
      continue;

    sonde_request_add_message (self, role, sonde_message_get_text (message, SONDE_TEXT_CONTENT),
                               sonde_message_get_text (message, SONDE_TEXT_REASONING));
  }
}

/**
 * sonde_request_to_json:
 * @self: a request
 *
 * Returns: (transfer full): the body, UTF-8
 */
char *
sonde_request_to_json (SondeRequest *self)
{
  GString *json;

  g_return_val_if_fail (SONDE_IS_REQUEST (self), NULL);

  json = g_string_sized_new (self->messages->len + 256);
  g_string_append (json, "{\"model\":");
  append_string (json, self->model_id);
  if (self->thinking == SONDE_THINKING_OFF) {
    g_string_append (json, ",\"thinking\":{\"type\":\"disabled\"}");
  } else {
    g_string_append (json, ",\"thinking\":{\"type\":\"enabled\"},\"reasoning_effort\":");
    append_string (json, sonde_thinking_to_string (self->thinking));
  }
  if (self->stream)
    g_string_append (json, ",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
  else
    g_string_append (json, ",\"stream\":false");
  g_string_append (json, ",\"messages\":[");
  g_string_append_len (json, self->messages->str, (gssize) self->messages->len);
  g_string_append (json, "]}");

  return g_string_free_and_steal (json);
}
