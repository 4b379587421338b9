/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A longer word counts by its beginning. */
#define SONDE_TOKEN_LENGTH 96 /* bytes */

/**
 * SondeTokenizerMode:
 * @SONDE_TOKENIZER_DOCUMENT: every word under every form that it is searched by
 * @SONDE_TOKENIZER_QUERY: every word once, in the form that finds it
 *
 * What the words are for.
 */
typedef enum {
  SONDE_TOKENIZER_DOCUMENT,
  SONDE_TOKENIZER_QUERY,
} SondeTokenizerMode;

/**
 * SondeToken:
 * @text: the word, folded; not terminated
 * @length: its length in bytes
 * @start: where it begins in the text, in bytes
 * @end: where it ends there
 * @same_place: whether it stands at the place of the word before
 *
 * A word of a text.
 */
typedef struct {
  const char *text;
  gsize length;
  gsize start;
  gsize end;
  gboolean same_place;
} SondeToken;

/**
 * SondeTokenFunc:
 * @token: a word, valid during the call
 * @user_data: what was given with the function
 *
 * Returns: 0 to go on; anything else ends the walk
 */
typedef int (*SondeTokenFunc) (const SondeToken *token, gpointer user_data);

int sonde_tokenizer_run (const char *text,
                         gsize length,
                         SondeTokenizerMode mode,
                         SondeTokenFunc func,
                         gpointer user_data);

G_END_DECLS
