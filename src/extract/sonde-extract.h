/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SondeExtractError:
 * @SONDE_EXTRACT_ERROR_UNSUPPORTED: nothing here reads such a file
 * @SONDE_EXTRACT_ERROR_ENCRYPTED: it is protected by a password
 * @SONDE_EXTRACT_ERROR_DAMAGED: it is broken
 * @SONDE_EXTRACT_ERROR_TOO_LARGE: it, or the text in it, is larger than allowed
 * @SONDE_EXTRACT_ERROR_EMPTY: there is no text in it; pages that were scanned have none
 *
 * Why there is no text.
 */
typedef enum {
  SONDE_EXTRACT_ERROR_UNSUPPORTED,
  SONDE_EXTRACT_ERROR_ENCRYPTED,
  SONDE_EXTRACT_ERROR_DAMAGED,
  SONDE_EXTRACT_ERROR_TOO_LARGE,
  SONDE_EXTRACT_ERROR_EMPTY,
} SondeExtractError;

#define SONDE_EXTRACT_ERROR (sonde_extract_error_quark ())
GQuark sonde_extract_error_quark (void);
const char *sonde_extract_error_to_string (SondeExtractError code);

/**
 * SondeExtractResult:
 * @kind: `text`, `pdf`, `word`, `sheets`, `slides` or `opendocument`
 * @encoding: (nullable): what a text was written in, as iconv names it
 * @n_pages: pages, sheets or slides; 0 where there are none
 * @text: what was found, valid UTF-8, lines parted by `\n`
 *
 * The text of a file.
 */
typedef struct {
  const char *kind;
  char *encoding;
  guint n_pages;
  GString *text;
} SondeExtractResult;

SondeExtractResult *sonde_extract (GBytes *file, gsize max_text, GError **error);
void sonde_extract_result_free (SondeExtractResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeExtractResult, sonde_extract_result_free)

G_END_DECLS
