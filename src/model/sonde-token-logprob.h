/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * SondeTokenLogprob:
 * @token: the token's text
 * @logprob: the logarithm of its probability, or `NAN` where that did not come
 * @bytes: (nullable): its bytes, which need not be whole characters
 * @alternatives: (nullable) (element-type SondeTokenLogprob): what could have been there
 *
 * How likely a token of the answer was.
 */
typedef struct {
  char *token;
  double logprob;
  GBytes *bytes;
  GPtrArray *alternatives;
} SondeTokenLogprob;

GPtrArray *sonde_token_logprobs_decode (JsonArray *array);
void sonde_token_logprob_free (SondeTokenLogprob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeTokenLogprob, sonde_token_logprob_free)

G_END_DECLS
