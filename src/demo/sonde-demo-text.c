/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-demo-text.h"

#define LONGEST_WORD_PIECE 7
#define LONGEST_NUMBER     3

static gboolean
is_ideograph (gunichar c)
{
  const GUnicodeScript script = g_unichar_get_script (c);

  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
         script == G_UNICODE_SCRIPT_KATAKANA || script == G_UNICODE_SCRIPT_HANGUL ||
         g_unichar_iswide (c);
}

static gboolean
is_word_character (gunichar c)
{
  return (g_unichar_isalpha (c) || g_unichar_ismark (c)) && !is_ideograph (c);
}

/**
 * sonde_demo_text_next_token:
 * @text: UTF-8
 *
 * Cuts the way a byte-pair vocabulary roughly does: a word with the space before
 * it (long words in pieces), up to three digits, one ideograph, a run of line ends
 * and spaces, or one mark of punctuation. Never inside a character.
 *
 * Returns: the length of the first token in bytes; 0 at the end of @text
 */
gsize
sonde_demo_text_next_token (const char *text)
{
  const char *p = text;
  gunichar c;
  guint n = 0;

  if (*p == '\0')
    return 0;

  c = g_utf8_get_char (p);
  if (c == '\n' || (c == ' ' && (p[1] == ' ' || p[1] == '\n'))) {
    while (*p == '\n' || *p == ' ')
      p++;
    /* The last space goes with the word after it. */
    if (p[-1] == ' ' && p - text > 1 && is_word_character (g_utf8_get_char (p)))
      p--;
    return (gsize) (p - text);
  }

  if (c == ' ' && is_word_character (g_utf8_get_char (p + 1))) {
    p++;
    c = g_utf8_get_char (p);
  }

  if (is_word_character (c)) {
    while (n++ < LONGEST_WORD_PIECE && is_word_character (g_utf8_get_char (p)))
      p = g_utf8_next_char (p);
  } else if (g_unichar_isdigit (c)) {
    while (n++ < LONGEST_NUMBER && g_unichar_isdigit (g_utf8_get_char (p)))
      p = g_utf8_next_char (p);
  } else {
    p = g_utf8_next_char (p);
  }

  return (gsize) (p - text);
}

/**
 * sonde_demo_text_count_tokens:
 * @text: (nullable): UTF-8
 *
 * Returns: how many tokens @text has; 0 for %NULL
 */
guint
sonde_demo_text_count_tokens (const char *text)
{
  guint n = 0;
  gsize length;

  while (text != NULL && (length = sonde_demo_text_next_token (text)) > 0) {
    text += length;
    n++;
  }

  return n;
}

/**
 * sonde_demo_text_measure:
 * @text: UTF-8
 * @n_tokens: how many tokens
 *
 * Returns: how many bytes the first @n_tokens tokens take, at most all of @text
 */
gsize
sonde_demo_text_measure (const char *text, guint n_tokens)
{
  const char *p = text;

  while (n_tokens-- > 0 && *p != '\0')
    p += sonde_demo_text_next_token (p);

  return (gsize) (p - text);
}

/**
 * sonde_demo_text_has_chinese:
 * @text: UTF-8
 *
 * Returns: whether there is a Chinese character in @text
 */
gboolean
sonde_demo_text_has_chinese (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;

  return FALSE;
}

/**
 * sonde_demo_text_append_json:
 * @out: where to append
 * @text: UTF-8
 * @length: in bytes, or -1 for all of a terminated @text
 *
 * Appends @text as a JSON string with its quotes, escaped as the service does it:
 * only what must be, everything else as UTF-8.
 */
void
sonde_demo_text_append_json (GString *out, const char *text, gssize length)
{
  const char *end = length < 0 ? NULL : text + length;

  g_string_append_c (out, '"');
  for (const char *p = text; end != NULL ? p < end : *p != '\0'; p++) {
    switch (*p) {
    case '"':
      g_string_append (out, "\\\"");
      break;
    case '\\':
      g_string_append (out, "\\\\");
      break;
    case '\n':
      g_string_append (out, "\\n");
      break;
    case '\r':
      g_string_append (out, "\\r");
      break;
    case '\t':
      g_string_append (out, "\\t");
      break;
    case '\b':
      g_string_append (out, "\\b");
      break;
    case '\f':
      g_string_append (out, "\\f");
      break;
    default:
      if ((guchar) *p < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint) *p);
      else
        g_string_append_c (out, *p);
    }
  }
  g_string_append_c (out, '"');
}
