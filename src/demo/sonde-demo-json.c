/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-demo-json.h"

#include <string.h>

#define DEEPEST 127

/**
 * SondeDemoJson:
 *
 * Where every value of a JSON text ends. The service's parser says what is wrong
 * with a request as `path: what at line L column C`; json-glib neither knows these
 * words nor keeps positions, so the text is walked once before it is parsed.
 */
struct _SondeDemoJson {
  const char *text;
  gsize length;
  gsize at;
  guint depth;
  GString *path;
  GHashTable *ends; /* path -> offset + 1 of the last byte of the value */
  char *mistake;
};

static gboolean check_value (SondeDemoJson *self);

static char *
dup_place (SondeDemoJson *self, gsize offset)
{
  gsize line = 1, column = 0;

  for (gsize i = 0; i < offset; i++) {
    if (self->text[i] == '\n') {
      line++;
      column = 0;
    } else {
      column++;
    }
  }

  return g_strdup_printf ("line %" G_GSIZE_FORMAT " column %" G_GSIZE_FORMAT, line, column);
}

/* Always FALSE, so that a caller can return it. */
static gboolean
fail (SondeDemoJson *self, const char *what)
{
  /* The parser counts the byte it stopped at, except where there is none. */
  g_autofree char *place = dup_place (self, MIN (self->at + 1, self->length));

  self->mistake =
    g_strdup_printf ("%s%s%s at %s", self->path->str, self->path->len > 0 ? ": " : "", what, place);
  return FALSE;
}

static int
peek (SondeDemoJson *self)
{
  while (self->at < self->length && memchr (" \t\r\n", self->text[self->at], 4) != NULL)
    self->at++;

  return self->at < self->length ? (guchar) self->text[self->at] : -1;
}

static gboolean
read_hex4 (SondeDemoJson *self, guint *value)
{
  *value = 0;
  for (guint i = 0; i < 4; i++, self->at++) {
    if (self->at >= self->length)
      return fail (self, "EOF while parsing a string");
    if (!g_ascii_isxdigit (self->text[self->at]))
      return fail (self, "invalid escape");
    *value = *value * 16 + (guint) g_ascii_xdigit_value (self->text[self->at]);
  }

  return TRUE;
}

static gboolean
check_escape (SondeDemoJson *self)
{
  guint value, low;

  if (self->at >= self->length)
    return fail (self, "EOF while parsing a string");
  if (memchr ("\"\\/bfnrt", self->text[self->at], 8) != NULL) {
    self->at++;
    return TRUE;
  }
  if (self->text[self->at] != 'u')
    return fail (self, "invalid escape");

  self->at++;
  if (!read_hex4 (self, &value))
    return FALSE;
  if (value >= 0xdc00 && value <= 0xdfff)
    return fail (self, "lone leading surrogate in hex escape");
  if (value < 0xd800 || value > 0xdbff)
    return TRUE;
  if (self->at + 1 >= self->length || self->text[self->at] != '\\' ||
      self->text[self->at + 1] != 'u')
    return fail (self, "unexpected end of hex escape");
  self->at += 2;
  if (!read_hex4 (self, &low))
    return FALSE;
  if (low < 0xdc00 || low > 0xdfff)
    return fail (self, "lone leading surrogate in hex escape");

  return TRUE;
}

static gboolean
check_string (SondeDemoJson *self)
{
  self->at++;
  for (;;) {
    if (self->at >= self->length)
      return fail (self, "EOF while parsing a string");
    if (self->text[self->at] == '"')
      break;
    if ((guchar) self->text[self->at] < 0x20)
      return fail (self, "control character (\\u0000-\\u001F) found while parsing a string");
    if (self->text[self->at++] == '\\' && !check_escape (self))
      return FALSE;
  }
  self->at++;

  return TRUE;
}

static gboolean
check_digits (SondeDemoJson *self)
{
  if (self->at >= self->length)
    return fail (self, "EOF while parsing a value");
  if (!g_ascii_isdigit (self->text[self->at]))
    return fail (self, "invalid number");
  while (self->at < self->length && g_ascii_isdigit (self->text[self->at]))
    self->at++;

  return TRUE;
}

static gboolean
check_number (SondeDemoJson *self)
{
  gboolean zero;

  if (self->text[self->at] == '-')
    self->at++;
  zero = self->at < self->length && self->text[self->at] == '0';
  if (zero && self->at + 1 < self->length && g_ascii_isdigit (self->text[self->at + 1]))
    return fail (self, "invalid number");
  if (!check_digits (self))
    return FALSE;
  if (self->at < self->length && self->text[self->at] == '.') {
    self->at++;
    if (!check_digits (self))
      return FALSE;
  }
  if (self->at < self->length && (self->text[self->at] == 'e' || self->text[self->at] == 'E')) {
    self->at++;
    if (self->at < self->length && (self->text[self->at] == '+' || self->text[self->at] == '-'))
      self->at++;
    return check_digits (self);
  }

  return TRUE;
}

static gboolean
check_word (SondeDemoJson *self, const char *word)
{
  for (; *word != '\0'; word++, self->at++) {
    if (self->at >= self->length)
      return fail (self, "EOF while parsing a value");
    if (self->text[self->at] != *word)
      return fail (self, "expected ident");
  }

  return TRUE;
}

static gboolean
check_array (SondeDemoJson *self)
{
  gsize outer = self->path->len;

  self->at++;
  if (peek (self) == ']') {
    self->at++;
    return TRUE;
  }
  for (guint i = 0;; i++) {
    int c;

    if (peek (self) < 0)
      return fail (self, "EOF while parsing a list");
    g_string_append_printf (self->path, "[%u]", i);
    if (!check_value (self))
      return FALSE;
    g_string_truncate (self->path, outer);

    c = peek (self);
    if (c < 0)
      return fail (self, "EOF while parsing a list");
    if (c != ',' && c != ']')
      return fail (self, "expected `,` or `]`");
    self->at++;
    if (c == ']')
      return TRUE;
    if (peek (self) == ']')
      return fail (self, "trailing comma");
  }
}

static gboolean
check_object (SondeDemoJson *self)
{
  gsize outer = self->path->len;

  self->at++;
  if (peek (self) == '}') {
    self->at++;
    return TRUE;
  }
  for (;;) {
    gsize key;
    int c = peek (self);

    if (c < 0)
      return fail (self, "EOF while parsing an object");
    if (c != '"')
      return fail (self, "key must be a string");
    key = self->at + 1;
    if (!check_string (self))
      return FALSE;
    if (outer > 0)
      g_string_append_c (self->path, '.');
    g_string_append_len (self->path, self->text + key, (gssize) (self->at - 1 - key));

    c = peek (self);
    if (c < 0 || c != ':') {
      g_string_truncate (self->path, outer);
      return fail (self, c < 0 ? "EOF while parsing an object" : "expected `:`");
    }
    self->at++;
    if (!check_value (self))
      return FALSE;
    g_string_truncate (self->path, outer);

    c = peek (self);
    if (c < 0)
      return fail (self, "EOF while parsing an object");
    if (c != ',' && c != '}')
      return fail (self, "expected `,` or `}`");
    self->at++;
    if (c == '}')
      return TRUE;
    if (peek (self) == '}')
      return fail (self, "trailing comma");
  }
}

static gboolean
check_value (SondeDemoJson *self)
{
  int c = peek (self);
  gboolean good;

  if (c < 0)
    return fail (self, "EOF while parsing a value");
  if (++self->depth > DEEPEST)
    return fail (self, "recursion limit exceeded");

  if (c == '{')
    good = check_object (self);
  else if (c == '[')
    good = check_array (self);
  else if (c == '"')
    good = check_string (self);
  else if (c == '-' || g_ascii_isdigit (c))
    good = check_number (self);
  else if (c == 't')
    good = check_word (self, "true");
  else if (c == 'f')
    good = check_word (self, "false");
  else if (c == 'n')
    good = check_word (self, "null");
  else
    return fail (self, "expected value");

  self->depth--;
  if (good)
    g_hash_table_insert (self->ends, g_strdup (self->path->str), GSIZE_TO_POINTER (self->at));

  return good;
}

/**
 * sonde_demo_json_check:
 * @text: the bytes; they must stay as long as the result is used
 * @length: how many
 * @mistake: (out) (transfer full) (nullable): what is wrong, in the words of the
 *   service (contract.md section 7.1)
 *
 * Returns: (transfer full) (nullable): the positions, or %NULL with @mistake set
 */
SondeDemoJson *
sonde_demo_json_check (const char *text, gsize length, char **mistake)
{
  g_autoptr (SondeDemoJson) self = g_new0 (SondeDemoJson, 1);
  const char *bad;

  *mistake = NULL;
  self->text = text;
  self->length = length;
  self->path = g_string_new (NULL);
  self->ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (check_value (self) && peek (self) >= 0)
    fail (self, "trailing characters");
  if (self->mistake == NULL && !g_utf8_validate (text, (gssize) length, &bad)) {
    self->at = (gsize) (bad - text);
    fail (self, "invalid unicode code point");
  }
  *mistake = g_steal_pointer (&self->mistake);

  return *mistake == NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * sonde_demo_json_dup_position:
 * @self: positions
 * @path: a value, such as `messages[0].role`; empty for the whole text
 *
 * Returns: (transfer full): where the value ends, as `line L column C`
 */
char *
sonde_demo_json_dup_position (SondeDemoJson *self, const char *path)
{
  return dup_place (self, GPOINTER_TO_SIZE (g_hash_table_lookup (self->ends, path)));
}

/**
 * sonde_demo_json_free:
 * @self: (transfer full): positions
 */
void
sonde_demo_json_free (SondeDemoJson *self)
{
  g_string_free (self->path, TRUE);
  g_hash_table_unref (self->ends);
  g_free (self->mistake);
  g_free (self);
}
