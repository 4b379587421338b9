/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-token-text.h"

#include <math.h>
#include <string.h>

#include "sonde-json.h"

#define MAX_CHAR 4 /* bytes */

/* Its bytes; its text is written in another way where they are no whole characters. */
static void
append_token (GString *out, const SondeTokenLogprob *token)
{
  gsize size;
  const char *bytes = token->bytes != NULL ? g_bytes_get_data (token->bytes, &size) : NULL;

  if (bytes != NULL)
    g_string_append_len (out, bytes, (gssize) size);
  else
    g_string_append (out, token->token);
}

/* Whether @text stops within a character that more bytes could complete. */
static gboolean
is_open (const char *text, gsize length)
{
  const char *end;

  return !g_utf8_validate_len (text, length, &end) && text + length - end < MAX_CHAR &&
         g_utf8_get_char_validated (end, text + length - end) == (gunichar) -2;
}

/* Puts the tokens from @first to before @end, which say @said, into the text. */
static void
add_span (SondeTokenText *self, GString *text, guint first, guint end, const GString *said)
{
  g_autofree char *valid = g_utf8_make_valid (said->str, (gssize) said->len);
  const guint length = (guint) g_utf8_strlen (valid, -1);
  const guint start = self->spans->len > 0
                        ? g_array_index (self->spans, SondeTokenSpan, self->spans->len - 1).end
                        : 0;
  const SondeTokenLogprob *token = g_ptr_array_index (self->tokens, first);
  SondeTokenSpan span = { start, start + length, 0, end == first + 1 ? token->alternatives : NULL };
  double sum = 0;

  for (guint i = first; i < end; i++)
    sum += ((const SondeTokenLogprob *) g_ptr_array_index (self->tokens, i))->logprob;
  span.probability = MIN (exp (sum), 1);
  if (isnan (sum))
    span.probability = (double) NAN;
  g_string_append (text, valid);
  if (length > 0)
    g_array_append_val (self->spans, span);
}

/**
 * sonde_token_text_parse:
 * @logprobs: (nullable): the `logprobs` of an answer, a JSON object (contract.md section 5.1)
 *
 * Returns: (transfer full) (nullable): its content as tokens, or %NULL where there is none
 */
SondeTokenText *
sonde_token_text_parse (const char *logprobs)
{
  g_autoptr (JsonNode) root =
    logprobs != NULL ? sonde_json_parse (logprobs, strlen (logprobs), NULL) : NULL;
  JsonArray *content = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                         ? sonde_json_get_array (json_node_get_object (root), "content")
                         : NULL;
  g_autoptr (GString) said = g_string_new (NULL);
  SondeTokenText *self;
  GString *text;
  guint first = 0;

  if (content == NULL)
    return NULL;

  self = g_new0 (SondeTokenText, 1);
  self->tokens = sonde_token_logprobs_decode (content);
  self->spans = g_array_new (FALSE, FALSE, sizeof (SondeTokenSpan));
  text = g_string_new (NULL);
  for (guint i = 0; i < self->tokens->len; i++) {
    append_token (said, g_ptr_array_index (self->tokens, i));
    if (is_open (said->str, said->len) && i + 1 < self->tokens->len)
      continue;
    add_span (self, text, first, i + 1, said);
    g_string_truncate (said, 0);
    first = i + 1;
  }
  self->text = g_string_free (text, FALSE);
  if (self->spans->len == 0)
    g_clear_pointer (&self, sonde_token_text_free);

  return self;
}

static int
compare_span (const void *key, const void *element)
{
  const guint offset = *(const guint *) key;
  const SondeTokenSpan *span = element;

  return offset < span->start ? -1 : offset >= span->end;
}

/**
 * sonde_token_text_find:
 * @self: an answer as tokens
 * @offset: a character
 *
 * Returns: (transfer none) (nullable): the token that it is part of
 */
const SondeTokenSpan *
sonde_token_text_find (const SondeTokenText *self, guint offset)
{
  return bsearch (&offset, self->spans->data, self->spans->len, sizeof (SondeTokenSpan),
                  compare_span);
}

/**
 * sonde_token_text_free:
 * @self: (transfer full): an answer as tokens
 */
void
sonde_token_text_free (SondeTokenText *self)
{
  g_free (self->text);
  g_array_unref (self->spans);
  g_ptr_array_unref (self->tokens);
  g_free (self);
}
