/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* JSON from elsewhere: read without losing text, and without expecting anything. */

#include "sonde-json.h"

#include <string.h>

/* The four hexadecimal digits at @text, or -1. */
static int
read_hex (const char *text, const char *end)
{
  int code = 0;

  if (end - text < 4)
    return -1;
  for (int i = 0; i < 4; i++) {
    int digit = g_ascii_xdigit_value (text[i]);

    if (digit < 0)
      return -1;
    code = code << 4 | digit;
  }

  return code;
}

/* Makes the escapes that json-glib fails at (half of a surrogate pair) or
 * truncates at (zero) the replacement character. The length stays the same. */
static void
repair_escapes (char *text, gsize length)
{
  char *end = text + length;
  char *at = text;

  while ((at = memchr (at, '\\', (gsize) (end - at))) != NULL && end - at >= 2) {
    int code;
    gboolean broken;

    code = at[1] == 'u' ? read_hex (at + 2, end) : -1;
    if (code < 0) {
      at += 2;
      continue;
    }

    broken = code == 0 || (code >= 0xdc00 && code <= 0xdfff);
    if (code >= 0xd800 && code <= 0xdbff) {
      int low = end - at >= 8 && at[6] == '\\' && at[7] == 'u' ? read_hex (at + 8, end) : -1;

      broken = low < 0xdc00 || low > 0xdfff;
      if (!broken)
        at += 6;
    }
    if (broken)
      memcpy (at + 2, "fffd", 4);
    at += 6;
  }
}

/* Escapes the control characters in the strings of @text, which JSON does not allow there and
 * some servers send none the less; NULL: there are none. */
static char *
escape_controls (const char *text, gsize length)
{
  gboolean in_string = FALSE;
  GString *escaped;
  gsize i = 0;

  while (i < length && (guchar) text[i] >= 0x20)
    i++;
  if (i == length)
    return NULL;

  escaped = g_string_sized_new (length + 64);
  for (i = 0; i < length; i++) {
    if (in_string && (guchar) text[i] < 0x20) {
      g_string_append_printf (escaped, "\\u%04x", (guint) text[i]);
      continue;
    }
    g_string_append_c (escaped, text[i]);
    if (text[i] == '"')
      in_string = !in_string;
    else if (in_string && text[i] == '\\' && i + 1 < length && (guchar) text[i + 1] >= 0x20)
      g_string_append_c (escaped, text[++i]);
  }

  return g_string_free_and_steal (escaped);
}

/**
 * sonde_json_parse:
 * @text: (array length=length): a document, with or without a byte order mark
 * @length: its length in bytes
 * @error: return location for a %JSON_PARSER_ERROR
 *
 * What is not UTF-8, zero bytes and broken `\u` escapes are read as U+FFFD, and control
 * characters in strings as they are.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
sonde_json_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *copy = NULL;
  g_autofree char *escaped = NULL;
  JsonNode *root = NULL;

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0) {
    text += 3;
    length -= 3;
  }
  if (!g_utf8_validate_len (text, length, NULL)) {
    text = copy = g_utf8_make_valid (text, (gssize) length);
    length = strlen (copy);
  }
  escaped = escape_controls (text, length);
  if (escaped != NULL) {
    g_free (copy);
    text = copy = g_steal_pointer (&escaped);
    length = strlen (copy);
  }
  if (g_strstr_len (text, (gssize) length, "\\u") != NULL) {
    if (copy == NULL)
      text = copy = g_strndup (text, length);
    repair_escapes (copy, length);
  }

  if (!json_parser_load_from_data (parser, text, (gssize) length, error))
    return NULL;
  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error_literal (error, JSON_PARSER_ERROR, JSON_PARSER_ERROR_PARSE,
                         "Nothing where JSON was expected");

  return root;
}

/**
 * sonde_json_append_string:
 * @json: where to
 * @text: any bytes
 *
 * Appends @text as a JSON string: what JSON needs escaped is, everything else stays as
 * it is, and what is not UTF-8 becomes U+FFFD.
 */
void
sonde_json_append_string (GString *json, const char *text)
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
 * sonde_json_get_string:
 * @object: an object
 * @name: the name of a member
 *
 * Returns: (nullable): the member where it is a string
 */
const char *
sonde_json_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/**
 * sonde_json_get_object:
 * @object: an object
 * @name: the name of a member
 *
 * Returns: (nullable): the member where it is an object
 */
JsonObject *
sonde_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * sonde_json_get_array:
 * @object: an object
 * @name: the name of a member
 *
 * Returns: (nullable): the member where it is an array
 */
JsonArray *
sonde_json_get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * sonde_json_get_count:
 * @object: an object
 * @name: the name of a member
 *
 * Returns: the member where it is a number that counts something, else -1
 */
gint64
sonde_json_get_count (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return -1;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return MAX (json_node_get_int (node), -1);
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE) {
    double value = json_node_get_double (node);

    /* Beyond 2^53 a double does not count any more. */
    return value >= 0 && value <= 9007199254740992.0 ? (gint64) value : -1;
  }

  return -1;
}
