/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-extract-pdf.h"

#include <poppler.h>

#include "sonde-extract.h"

#define MAX_PAGES    10000
#define MAGIC        "%PDF-"
#define MAGIC_WITHIN 1024 /* what stands before it is passed over by every reader */

/**
 * sonde_extract_is_pdf:
 * @file: a file
 *
 * Returns: whether it is a PDF
 */
gboolean
sonde_extract_is_pdf (GBytes *file)
{
  gsize size;
  const char *data = g_bytes_get_data (file, &size);

  return g_strstr_len (data, (gssize) MIN (size, MAGIC_WITHIN), MAGIC) != NULL;
}

static void
set_error (const GError *problem, GError **error)
{
  if (g_error_matches (problem, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    g_set_error_literal (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_ENCRYPTED,
                         "It is protected by a password");
  else
    g_set_error (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_DAMAGED,
                 "The PDF cannot be read: %s", problem->message);
}

/**
 * sonde_extract_pdf:
 * @file: a PDF
 * @writer: takes the text, page by page
 * @n_pages: (out): how many pages it has
 * @error: of SONDE_EXTRACT_ERROR
 *
 * Returns: whether it was read
 */
gboolean
sonde_extract_pdf (GBytes *file, SondeExtractWriter *writer, guint *n_pages, GError **error)
{
  g_autoptr (GError) problem = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (file, NULL, &problem);
  g_autoptr (GObject) owner = (GObject *) document; /* poppler's types have no g_autoptr */

  if (document == NULL) {
    set_error (problem, error);
    return FALSE;
  }

  *n_pages = (guint) poppler_document_get_n_pages (document);
  if (*n_pages > MAX_PAGES) {
    g_set_error (error, SONDE_EXTRACT_ERROR, SONDE_EXTRACT_ERROR_TOO_LARGE,
                 "It has more than %d pages", MAX_PAGES);
    return FALSE;
  }
  for (guint i = 0; i < *n_pages && !sonde_extract_writer_is_full (writer); i++) {
    PopplerPage *page = poppler_document_get_page (document, (int) i);
    g_autoptr (GObject) page_owner = (GObject *) page;
    g_autofree char *text = page != NULL ? poppler_page_get_text (page) : NULL;

    if (text == NULL)
      continue;
    sonde_extract_writer_begin_block (writer);
    sonde_extract_writer_append (writer, text, -1);
    sonde_extract_writer_end_block (writer);
  }

  return TRUE;
}
