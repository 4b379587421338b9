/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-ask-request.h"

#include <string.h>

/* The end of the string that begins at @text. */
static const char *
skip_string (const char *text)
{
  for (text++; *text != '"' && *text != '\0'; text++)
    if (*text == '\\' && text[1] != '\0')
      text++;

  return *text == '"' ? text + 1 : text;
}

static const char *
skip_space (const char *text)
{
  return text + strspn (text, " \t\r\n");
}

/* Whether @from up to @to is this string, and the key of a member. */
static gboolean
is_key (const char *from, const char *to, const char *quoted)
{
  return (gsize) (to - from) == strlen (quoted) && strncmp (from, quoted, strlen (quoted)) == 0 &&
         *skip_space (to) == ':';
}

/* Whether the function whose members begin here says itself whether it is strict: that stays. */
static gboolean
says_strict (const char *p)
{
  guint depth = 1;

  while (*p != '\0' && depth > 0) {
    const char *from = p;

    if (*p == '"') {
      p = skip_string (p);
      if (depth == 1 && is_key (from, p, "\"strict\""))
        return TRUE;
      continue;
    }
    if (*p == '{' || *p == '[')
      depth++;
    else if (*p == '}' || *p == ']')
      depth--;
    p++;
  }

  return FALSE;
}

/* Puts `"strict":true` into every function. The rest stays to the byte: numbers would not survive
 * being read and written. What is no array of tools is left for the request's check to refuse. */
static char *
make_strict (const char *tools)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint depth = 0;
  const char *p = tools;

  while (*p != '\0') {
    const char *from = p;

    if (*p == '"') {
      p = skip_string (p);
      /* The key "function" of a tool, and the object behind it. */
      if (depth == 2 && is_key (from, p, "\"function\"") &&
          *skip_space (skip_space (p) + 1) == '{') {
        p = skip_space (skip_space (p) + 1) + 1;
        depth++;
        g_string_append_len (out, from, p - from);
        if (!says_strict (p))
          g_string_append (out, *skip_space (p) == '}' ? "\"strict\":true" : "\"strict\":true,");
        continue;
      }
    } else {
      if (*p == '{' || *p == '[')
        depth++;
      else if ((*p == '}' || *p == ']') && depth > 0)
        depth--;
      p++;
    }
    g_string_append_len (out, from, p - from);
  }

  return g_string_free_and_steal (g_steal_pointer (&out));
}

static void
set_numbers (SondeRequest *request, const SondeAskOptions *options)
{
  static void (*const setters[]) (SondeRequest *, double) = {
    [SONDE_ASK_TEMPERATURE] = sonde_request_set_temperature,
    [SONDE_ASK_TOP_P] = sonde_request_set_top_p,
    [SONDE_ASK_FREQUENCY_PENALTY] = sonde_request_set_frequency_penalty,
    [SONDE_ASK_PRESENCE_PENALTY] = sonde_request_set_presence_penalty,
  };

  for (gsize i = 0; i < SONDE_ASK_N_NUMBERS; i++)
    if (options->numbers_set[i])
      setters[i](request, options->numbers[i]);
  if (options->max_tokens_set)
    sonde_request_set_max_tokens (request, options->max_tokens);
  if (options->logprobs_set) {
    sonde_request_set_logprobs (request, TRUE);
    sonde_request_set_top_logprobs (request, options->logprobs);
  }
}

/**
 * sonde_ask_request_new:
 * @options: what was asked for
 * @error: where to say why there is no such request, from [const@REQUEST_ERROR]
 *
 * The system prompt, the conversation, the question and the prefix, in this order.
 *
 * Returns: (transfer full) (nullable): the request, not checked yet
 */
SondeRequest *
sonde_ask_request_new (const SondeAskOptions *options, GError **error)
{
  g_autoptr (SondeRequest) request = sonde_request_new (options->model);

  sonde_request_set_stream (request, !options->no_stream);
  sonde_request_set_thinking (request, options->thinking);
  sonde_request_set_json_output (request, options->json);
  if (options->stop != NULL)
    sonde_request_set_stop (request, (const char *const *) options->stop);
  set_numbers (request, options);
  if (options->tools != NULL) {
    g_autofree char *tools =
      options->strict ? make_strict (options->tools) : g_strdup (options->tools);

    sonde_request_set_tools (request, tools);
  }

  if (options->system != NULL)
    sonde_request_add_message (request, SONDE_ROLE_SYSTEM, options->system, NULL);
  if (options->conversation != NULL &&
      !sonde_request_add_messages_json (request, options->conversation, error))
    return NULL;
  if (options->prompt != NULL)
    sonde_request_add_question (request, options->prompt, options->files);
  if (options->prefix != NULL)
    sonde_request_add_prefix (request, options->prefix, NULL);

  return g_steal_pointer (&request);
}
