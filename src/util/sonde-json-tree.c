/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-json-tree.h"

#include <string.h>

/* Deeper than anybody reads, and no deeper than the stack is. */
#define MAX_DEPTH 256

/* Reads what people are shown: numbers stay as they were written, a name that comes twice is
 * there twice, and where it breaks is known to the byte. RFC 8259, nothing more. */
typedef struct {
  const char *text;
  const char *p;
  const char *end;
  gboolean broken; /* at p */
} Reader;

static SondeJsonValue *read_value (Reader *self, guint depth);

static void
value_free (gpointer data)
{
  SondeJsonValue *value = data;

  if (value == NULL)
    return;
  g_free (value->key);
  g_free (value->text);
  g_clear_pointer (&value->children, g_ptr_array_unref);
  g_free (value);
}

static SondeJsonValue *
value_new (SondeJsonKind kind)
{
  SondeJsonValue *value = g_new0 (SondeJsonValue, 1);

  value->kind = kind;
  if (kind == SONDE_JSON_OBJECT || kind == SONDE_JSON_ARRAY)
    value->children = g_ptr_array_new_with_free_func (value_free);

  return value;
}

static void
skip_space (Reader *self)
{
  while (self->p < self->end && strchr (" \t\r\n", *self->p) != NULL && *self->p != '\0')
    self->p++;
}

/* Breaks off here. */
static gpointer
fail (Reader *self)
{
  self->broken = TRUE;

  return NULL;
}

static gboolean
take (Reader *self, char c)
{
  if (self->p < self->end && *self->p == c) {
    self->p++;
    return TRUE;
  }

  return FALSE;
}

static gboolean
read_hex (Reader *self, gunichar *c)
{
  *c = 0;
  for (guint i = 0; i < 4; i++, self->p++) {
    if (self->p == self->end || !g_ascii_isxdigit (*self->p)) {
      self->broken = TRUE;
      return FALSE;
    }
    *c = *c * 16 + (gunichar) g_ascii_xdigit_value (*self->p);
  }

  return TRUE;
}

/* Behind `\u`. Halves of characters that stand alone are shown as such. */
static void
read_unicode (Reader *self, GString *out)
{
  gunichar c, low;

  if (!read_hex (self, &c))
    return;
  if (c >= 0xd800 && c < 0xdc00 && self->end - self->p >= 6 && self->p[0] == '\\' &&
      self->p[1] == 'u') {
    self->p += 2;
    if (!read_hex (self, &low))
      return;
    if (low >= 0xdc00 && low < 0xe000)
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
  }
  g_string_append_unichar (out, c == 0 || (c >= 0xd800 && c < 0xe000) ? 0xfffd : c);
}

static void
read_escape (Reader *self, GString *out)
{
  static const char names[] = "\"\\/bfnrt";
  static const char characters[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (self->p == self->end) {
    self->broken = TRUE;
    return;
  }
  if (take (self, 'u')) {
    read_unicode (self, out);
    return;
  }
  found = *self->p != '\0' ? strchr (names, *self->p) : NULL;
  if (found == NULL) {
    self->broken = TRUE;
    return;
  }
  g_string_append_c (out, characters[found - names]);
  self->p++;
}

/* Returns: what there is of it. */
static char *
read_string (Reader *self)
{
  GString *out = g_string_new (NULL);

  self->p++;
  while (!self->broken) {
    if (self->p == self->end || (guchar) *self->p < 0x20) {
      self->broken = TRUE;
    } else if (take (self, '"')) {
      break;
    } else if (take (self, '\\')) {
      read_escape (self, out);
    } else {
      g_string_append_c (out, *self->p);
      self->p++;
    }
  }

  return g_string_free_and_steal (out);
}

static gboolean
skip_digits (Reader *self)
{
  const char *first = self->p;

  while (self->p < self->end && g_ascii_isdigit (*self->p))
    self->p++;
  if (self->p == first)
    self->broken = TRUE;

  return self->p > first;
}

static SondeJsonValue *
read_number (Reader *self)
{
  const char *first = self->p;
  SondeJsonValue *value = value_new (SONDE_JSON_NUMBER);

  take (self, '-');
  if (!take (self, '0'))
    skip_digits (self);
  if (!self->broken && take (self, '.'))
    skip_digits (self);
  if (!self->broken && (take (self, 'e') || take (self, 'E'))) {
    if (!take (self, '+'))
      take (self, '-');
    skip_digits (self);
  }
  value->text = g_strndup (first, (gsize) (self->p - first));

  return value;
}

static SondeJsonValue *
read_word (Reader *self)
{
  static const char *const words[] = { "true", "false", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    gsize length = MIN (strlen (words[i]), (gsize) (self->end - self->p));
    SondeJsonValue *value;

    if (strncmp (self->p, words[i], length) != 0)
      continue;
    value = value_new (SONDE_JSON_WORD);
    value->text = g_strndup (words[i], length);
    self->p += length;
    self->broken = length < strlen (words[i]);
    return value;
  }

  return fail (self);
}

/* A member of an object, or an element of an array. */
static void
read_child (Reader *self, SondeJsonValue *parent, guint depth)
{
  g_autofree char *key = NULL;
  SondeJsonValue *child;

  skip_space (self);
  if (parent->kind == SONDE_JSON_OBJECT) {
    if (self->p == self->end || *self->p != '"') {
      self->broken = TRUE;
      return;
    }
    key = read_string (self);
    skip_space (self);
    if (!self->broken && !take (self, ':'))
      self->broken = TRUE;
    if (self->broken)
      return;
  }
  child = read_value (self, depth);
  if (child == NULL)
    return;
  child->key = g_steal_pointer (&key);
  g_ptr_array_add (parent->children, child);
}

static SondeJsonValue *
read_container (Reader *self, SondeJsonKind kind, char closing, guint depth)
{
  SondeJsonValue *value;

  if (depth == MAX_DEPTH)
    return fail (self);

  value = value_new (kind);
  self->p++;
  skip_space (self);
  if (take (self, closing))
    return value;
  do
    read_child (self, value, depth + 1);
  while (!self->broken && (skip_space (self), take (self, ',')));
  if (!self->broken && !take (self, closing))
    self->broken = TRUE;

  return value;
}

static SondeJsonValue *
read_value (Reader *self, guint depth)
{
  SondeJsonValue *value;

  skip_space (self);
  if (self->p == self->end)
    return fail (self);
  switch (*self->p) {
  case '{':
    return read_container (self, SONDE_JSON_OBJECT, '}', depth);
  case '[':
    return read_container (self, SONDE_JSON_ARRAY, ']', depth);
  case '"':
    value = value_new (SONDE_JSON_STRING);
    value->text = read_string (self);
    return value;
  case 't':
  case 'f':
  case 'n':
    return read_word (self);
  default:
    return *self->p == '-' || g_ascii_isdigit (*self->p) ? read_number (self) : fail (self);
  }
}

/**
 * sonde_json_tree_parse:
 * @text: (array length=length): UTF-8
 * @length: its length in bytes
 *
 * Reads a text as JSON, as far as it is.
 *
 * Returns: (transfer full): what was read, and where it breaks
 */
SondeJsonTree *
sonde_json_tree_parse (const char *text, gsize length)
{
  SondeJsonTree *self = g_new0 (SondeJsonTree, 1);
  Reader reader = { text, text, text + length, FALSE };

  self->root = read_value (&reader, 0);
  if (!reader.broken) {
    skip_space (&reader);
    reader.broken = reader.p < reader.end;
  }
  self->complete = !reader.broken;
  self->truncated = reader.broken && reader.p == reader.end;
  self->offset = (gsize) (reader.p - text);
  self->line = 1;
  for (const char *p = text; p < reader.p; p++)
    self->line += *p == '\n';

  return self;
}

/**
 * sonde_json_tree_free:
 * @self: (transfer full): what was read
 */
void
sonde_json_tree_free (SondeJsonTree *self)
{
  value_free (self->root);
  g_free (self);
}
