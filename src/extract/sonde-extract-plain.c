/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-extract-plain.h"

#include <string.h>
#include <uchardet.h>

#include "sonde-extract.h"

/* Enough to tell one encoding from another. */
#define SAMPLE (256 * 1024)

static gboolean
has_prefix (const char *data, gsize size, const char *prefix, gsize length)
{
  return size >= length && memcmp (data, prefix, length) == 0;
}

/* UTF-16 and UTF-32 without a mark: half of the bytes of most texts are 0. */
static const char *
find_wide (const char *data, gsize size)
{
  gsize n_even = 0;
  gsize n_odd = 0;

  for (gsize i = 0; i + 1 < size; i += 2) {
    n_even += data[i] == '\0';
    n_odd += data[i + 1] == '\0';
  }
  if (n_odd > size / 8 && n_even == 0)
    return "UTF-16LE";
  if (n_even > size / 8 && n_odd == 0)
    return "UTF-16BE";

  return NULL;
}

static char *
detect (const char *data, gsize size)
{
  gsize n = MIN (size, SAMPLE);
  uchardet_t detector;
  char *encoding;

  if (has_prefix (data, size, "\377\376\0\0", 4))
    return g_strdup ("UTF-32");
  if (has_prefix (data, size, "\377\376", 2) || has_prefix (data, size, "\376\377", 2))
    return g_strdup ("UTF-16");
  if (memchr (data, '\0', n) != NULL)
    return g_strdup (find_wide (data, n));
  if (g_utf8_validate_len (data, size, NULL))
    return g_strdup ("UTF-8");

  detector = uchardet_new ();
  uchardet_handle_data (detector, data, n);
  uchardet_data_end (detector);
  encoding = g_strdup (uchardet_get_charset (detector));
  uchardet_delete (detector);
  if (encoding[0] == '\0')
    g_clear_pointer (&encoding, g_free);

  return encoding;
}

/* Programs and pictures have characters that no text has. */
static gboolean
looks_binary (const char *text)
{
  gsize n_control = 0;
  gsize n = 0;

  for (const char *p = text; *p != '\0' && n < SAMPLE; p++, n++)
    n_control += (guchar) *p < 0x20 && strchr ("\t\n\r\f\033\b", *p) == NULL;

  return n_control * 50 > n;
}

static void
write_text (SondeExtractWriter *writer, const char *text)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  if (g_str_has_prefix (text, "\357\273\277"))
    text += 3;
  for (const char *p = text; *p != '\0'; p++) {
    if (*p != '\r')
      g_string_append_c (lines, *p);
    else if (p[1] != '\n')
      g_string_append_c (lines, '\n');
  }
  sonde_extract_writer_begin_block (writer);
  sonde_extract_writer_append (writer, lines->str, (gssize) lines->len);
  sonde_extract_writer_end_block (writer);
}

/**
 * sonde_extract_plain:
 * @file: a file that is perhaps a text, and not empty
 * @writer: takes the text
 * @encoding: (out): what it was written in
 * @error: of SONDE_EXTRACT_ERROR
 *
 * Finds out in which encoding it is written, and reads it.
 *
 * Returns: whether it is a text
 */
gboolean
sonde_extract_plain (GBytes *file, SondeExtractWriter *writer, char **encoding, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (file, &size);
  g_autofree char *found = NULL;
  g_autofree char *text = NULL;

  found = detect (data, size);
  if (found != NULL)
    text = g_convert_with_fallback (data, (gssize) size, "UTF-8", found, "\357\277\275", NULL, NULL,
                                    NULL);
  if (text == NULL || looks_binary (text)) {
    g_set_error_literal (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_UNSUPPORTED,
                         "It is not a text, a PDF or an office document");
    return FALSE;
  }
  write_text (writer, text);
  *encoding = g_steal_pointer (&found);

  return TRUE;
}
