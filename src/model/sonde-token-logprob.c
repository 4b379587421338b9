/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-token-logprob.h"

#include <math.h>

#include "sonde-json.h"

static GBytes *
decode_bytes (JsonObject *object)
{
  JsonArray *array = sonde_json_get_array (object, "bytes");
  g_autoptr (GByteArray) bytes = NULL;

  if (array == NULL)
    return NULL;

  bytes = g_byte_array_new ();
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    gint64 value = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : -1;
    guint8 byte = (guint8) value;

    if (value < 0 || value > G_MAXUINT8)
      return NULL;
    g_byte_array_append (bytes, &byte, 1);
  }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static double
decode_number (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "logprob");
  GType type =
    node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  double value =
    type == G_TYPE_DOUBLE || type == G_TYPE_INT64 ? json_node_get_double (node) : (double) NAN;

  return isfinite (value) ? value : (double) NAN;
}

/**
 * sonde_token_logprob_free:
 * @self: (transfer full): a token with its probability
 */
void
sonde_token_logprob_free (SondeTokenLogprob *self)
{
  g_free (self->token);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->alternatives, g_ptr_array_unref);
  g_free (self);
}

/**
 * sonde_token_logprobs_decode:
 * @array: an array as in `logprobs.content`
 *
 * Returns: (transfer full) (element-type SondeTokenLogprob): the tokens; what is none is
 *   left out
 */
GPtrArray *
sonde_token_logprobs_decode (JsonArray *array)
{
  GPtrArray *tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_token_logprob_free);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    JsonArray *alternatives;
    SondeTokenLogprob *token;
    JsonObject *object;

    if (!JSON_NODE_HOLDS_OBJECT (node))
      continue;
    object = json_node_get_object (node);
    if (sonde_json_get_string (object, "token") == NULL)
      continue;

    token = g_new0 (SondeTokenLogprob, 1);
    token->token = g_strdup (sonde_json_get_string (object, "token"));
    token->logprob = decode_number (object);
    token->bytes = decode_bytes (object);
    alternatives = sonde_json_get_array (object, "top_logprobs");
    if (alternatives != NULL)
      token->alternatives = sonde_token_logprobs_decode (alternatives);
    g_ptr_array_add (tokens, token);
  }

  return tokens;
}
