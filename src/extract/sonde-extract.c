/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define _GNU_SOURCE /* memmem() */

#include "sonde-extract.h"

#include <string.h>

#include "sonde-extract-opendocument.h"
#include "sonde-extract-package.h"
#include "sonde-extract-pdf.h"
#include "sonde-extract-plain.h"
#include "sonde-extract-sheets.h"
#include "sonde-extract-slides.h"
#include "sonde-extract-word.h"

G_DEFINE_QUARK (sonde - extract - error - quark, sonde_extract_error)

/* A package's kind is told by the part that only this kind has. */
static const struct {
  const char *part;
  const char *kind;
  gboolean (*read) (SondeExtractPackage *package,
                    SondeExtractWriter *writer,
                    guint *n_pages,
                    GError **error);
} packages[] = {
  { "word/document.xml", "word", sonde_extract_word },
  { "xl/workbook.xml", "sheets", sonde_extract_sheets },
  { "ppt/presentation.xml", "slides", sonde_extract_slides },
  { "content.xml", "opendocument", sonde_extract_opendocument },
};

/* Word, Excel and PowerPoint before 2007, and what is newer behind a password,
 * come in the same container. */
static void
set_compound_error (GBytes *file, GError **error)
{
  static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  gsize size;
  const char *data = g_bytes_get_data (file, &size);

  if (memmem (data, size, name, sizeof name) != NULL)
    g_set_error_literal (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_ENCRYPTED,
                         "It is protected by a password");
  else
    g_set_error_literal (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_UNSUPPORTED,
                         "It is in a format of before 2007");
}

static gboolean
read_package (GBytes *file, SondeExtractResult *result, SondeExtractWriter *writer, GError **error)
{
  g_autoptr (SondeExtractPackage) package = sonde_extract_package_open (file, error);

  if (package == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (packages); i++) {
    if (!sonde_extract_package_has (package, packages[i].part))
      continue;
    result->kind = packages[i].kind;
    return packages[i].read (package, writer, &result->n_pages, error);
  }

  g_set_error_literal (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_UNSUPPORTED,
                       "It is a zip file, but no document");
  return FALSE;
}

static gboolean
starts_with (GBytes *file, const char *magic, gsize length)
{
  gsize size;
  const char *data = g_bytes_get_data (file, &size);

  return size >= length && memcmp (data, magic, length) == 0;
}

static gboolean
is_blank (const GString *text)
{
  for (const char *p = text->str; *p != '\0'; p = g_utf8_next_char (p)) {
    if (!g_unichar_isspace (g_utf8_get_char (p)) && *p != '\f')
      return FALSE;
  }

  return TRUE;
}

/**
 * sonde_extract_error_to_string:
 * @code: an error
 *
 * Returns: its word in what `sonde-extract` answers
 */
const char *
sonde_extract_error_to_string (SondeExtractError code)
{
  switch (code) {
  case SONDE_EXTRACT_ERROR_UNSUPPORTED:
    return "unsupported";
  case SONDE_EXTRACT_ERROR_ENCRYPTED:
    return "encrypted";
  case SONDE_EXTRACT_ERROR_DAMAGED:
    return "damaged";
  case SONDE_EXTRACT_ERROR_TOO_LARGE:
    return "too-large";
  case SONDE_EXTRACT_ERROR_EMPTY:
    return "empty";
  }

  g_return_val_if_reached ("damaged");
}

/**
 * sonde_extract:
 * @file: a whole file
 * @max_text: how many bytes of text may be found
 * @error: of SONDE_EXTRACT_ERROR
 *
 * Reads the text in a file. What it is, its content tells; its name does not matter.
 *
 * Returns: (transfer full) (nullable): the text, which is not blank
 */
SondeExtractResult *
sonde_extract (GBytes *file, gsize max_text, GError **error)
{
  g_autoptr (SondeExtractResult) self = g_new0 (SondeExtractResult, 1);
  g_autoptr (SondeExtractWriter) writer = sonde_extract_writer_new (max_text);
  gboolean read;

  if (g_bytes_get_size (file) == 0) {
    g_set_error_literal (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_EMPTY, "It is empty");
    read = FALSE;
  } else if (starts_with (file, "PK\003\004", 4) || starts_with (file, "PK\005\006", 4)) {
    read = read_package (file, self, writer, error);
  } else if (starts_with (file, "\320\317\021\340\241\261\032\341", 8)) {
    set_compound_error (file, error);
    read = FALSE;
  } else if (sonde_extract_is_pdf (file)) {
    self->kind = "pdf";
    read = sonde_extract_pdf (file, writer, &self->n_pages, error);
  } else {
    self->kind = "text";
    read = sonde_extract_plain (file, writer, &self->encoding, error);
  }
  if (!read)
    return NULL;

  self->text = sonde_extract_writer_steal (writer, error);
  if (self->text == NULL)
    return NULL;
  if (is_blank (self->text)) {
    g_set_error_literal (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_EMPTY,
                         "There is no text in it");
    return NULL;
  }

  return g_steal_pointer (&self);
}

/**
 * sonde_extract_result_free:
 * @self: a result
 */
void
sonde_extract_result_free (SondeExtractResult *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_free (self->encoding);
  g_free (self);
}
