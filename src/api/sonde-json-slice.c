/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The source text of values: what json-glib reads it cannot always write again as it was
 * (big integers, the shape of numbers, white space), and some texts have to stay as they
 * were. */

#include "sonde-json-slice.h"

#include <string.h>

static const char *
skip_space (const char *at, const char *end)
{
  while (at < end && g_ascii_isspace (*at))
    at++;

  return at;
}

/* Behind the string that begins at @at; NULL: it has no end. */
static const char *
skip_string (const char *at, const char *end)
{
  for (at++; at < end; at++) {
    if (*at == '"')
      return at + 1;
    if (*at == '\\')
      at++;
  }

  return NULL;
}

/* Behind the value that begins at @at, however deep it is; NULL: it has no end. */
static const char *
skip_value (const char *at, const char *end)
{
  gsize depth = 0;

  while (at < end) {
    char character = *at;

    if (character == '"') {
      at = skip_string (at, end);
      if (at == NULL || depth == 0)
        return at;
      continue;
    }
    if (depth == 0 &&
        (character == ',' || character == ']' || character == '}' || g_ascii_isspace (character)))
      return at;
    at++;
    if (character == '{' || character == '[')
      depth++;
    else if ((character == '}' || character == ']') && --depth == 0)
      return at;
  }

  return depth == 0 ? at : NULL;
}

/**
 * sonde_json_slice_enter:
 * @self: an object
 * @name: the name of a member, as it is written
 *
 * Makes @self the value of that member; the last one where there are several, as with
 * the parser.
 *
 * Returns: whether there is one
 */
gboolean
sonde_json_slice_enter (SondeJsonSlice *self, const char *name)
{
  const char *end = self->text + self->length;
  const char *at = skip_space (self->text, end);
  gsize name_length = strlen (name);
  SondeJsonSlice found = { .text = NULL };

  if (at == end || *at != '{')
    return FALSE;

  for (at = skip_space (at + 1, end); at < end && *at == '"'; at = skip_space (at, end)) {
    const char *key = at + 1;
    const char *value;
    gboolean same;

    at = skip_string (at, end);
    if (at == NULL)
      break;
    same = (gsize) (at - 1 - key) == name_length && memcmp (key, name, name_length) == 0;
    at = skip_space (at, end);
    if (at == end || *at != ':')
      break;
    value = skip_space (at + 1, end);
    at = skip_value (value, end);
    if (at == NULL)
      break;
    if (same)
      found = (SondeJsonSlice) { .text = value, .length = (gsize) (at - value) };
    at = skip_space (at, end);
    if (at < end && *at == ',')
      at++;
  }
  if (found.text != NULL)
    *self = found;

  return found.text != NULL;
}

/**
 * sonde_json_slice_enter_element:
 * @self: an array
 * @index: which element, from 0
 *
 * Makes @self that element.
 *
 * Returns: whether there is one
 */
gboolean
sonde_json_slice_enter_element (SondeJsonSlice *self, guint index)
{
  const char *end = self->text + self->length;
  const char *at = skip_space (self->text, end);

  if (at == end || *at != '[')
    return FALSE;

  for (guint i = 0;; i++) {
    const char *value = skip_space (at + 1, end);

    at = skip_value (value, end);
    if (at == NULL || at == value)
      return FALSE;
    if (i == index) {
      *self = (SondeJsonSlice) { .text = value, .length = (gsize) (at - value) };
      return TRUE;
    }
    at = skip_space (at, end);
    if (at == end || *at != ',')
      return FALSE;
  }
}

/**
 * sonde_json_slice_dup:
 * @self: a value
 *
 * Returns: (transfer full): its source text, with U+FFFD where it is not UTF-8
 */
char *
sonde_json_slice_dup (const SondeJsonSlice *self)
{
  return g_utf8_make_valid (self->text, (gssize) self->length);
}

/**
 * sonde_json_slice_is_open:
 * @self: a text that should be a value
 *
 * Returns: whether something in it has begun and not ended, as when it was cut
 */
gboolean
sonde_json_slice_is_open (const SondeJsonSlice *self)
{
  const char *end = self->text + self->length;

  return skip_value (skip_space (self->text, end), end) == NULL;
}
