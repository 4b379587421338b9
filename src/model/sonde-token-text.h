/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sonde-token-logprob.h"

G_BEGIN_DECLS

/**
 * SondeTokenSpan:
 * @start: its first character in the text
 * @end: the character after its last
 * @probability: from 0 to 1, or `NAN` where it did not come
 * @alternatives: (nullable) (element-type SondeTokenLogprob): what could have been there
 *
 * A token in the text. Tokens that end within a character are one with those that complete
 * it: it has the probability that all of them come, and no alternatives.
 */
typedef struct {
  guint start;
  guint end;
  double probability;
  GPtrArray *alternatives;
} SondeTokenSpan;

/**
 * SondeTokenText:
 * @text: what the tokens say together
 * @spans: (element-type SondeTokenSpan): which token is where, in the order of the text
 *
 * An answer as the tokens that it was made of.
 */
typedef struct {
  char *text;
  GArray *spans;

  /*< private >*/
  GPtrArray *tokens;
} SondeTokenText;

SondeTokenText *sonde_token_text_parse (const char *logprobs);
const SondeTokenSpan *sonde_token_text_find (const SondeTokenText *self, guint offset);
void sonde_token_text_free (SondeTokenText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeTokenText, sonde_token_text_free)

G_END_DECLS
