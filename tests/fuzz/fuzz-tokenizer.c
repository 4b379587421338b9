/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "sonde-fuzz.h"
#include "sonde-snippet.h"
#include "sonde-tokenizer.h"

typedef struct {
  gsize length;
  gsize last_end;
} Walk;

static int
check_cb (const SondeToken *token, gpointer user_data)
{
  Walk *walk = user_data;

  g_assert_cmpuint (token->length, >, 0);
  g_assert_cmpuint (token->length, <=, SONDE_TOKEN_LENGTH + 2);
  g_assert_true (g_utf8_validate (token->text, (gssize) token->length, NULL));
  g_assert_cmpuint (token->start, <, token->end);
  g_assert_cmpuint (token->end, <=, walk->length);
  if (!token->same_place)
    g_assert_cmpuint (token->end, >=, walk->last_end);
  walk->last_end = MAX (walk->last_end, token->end);

  return 0;
}

/* Any bytes; what is before the first NUL is also searched in what is behind it. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *bytes = (const char *) data;
  const char *nul = size > 0 ? memchr (bytes, '\0', size) : NULL;
  Walk walk = { size, 0 };

  sonde_tokenizer_run (bytes, size, SONDE_TOKENIZER_DOCUMENT, check_cb, &walk);
  walk.last_end = 0;
  sonde_tokenizer_run (bytes, size, SONDE_TOKENIZER_QUERY, check_cb, &walk);

  if (nul != NULL) {
    g_autoptr (SondeSnippet) snippet = sonde_snippet_new (bytes);
    gsize length = size - (gsize) (nul + 1 - bytes);
    g_autofree char *line = sonde_snippet_make (snippet, nul + 1, length);

    if (g_utf8_validate (nul + 1, (gssize) length, NULL))
      sonde_fuzz_check_text (line);
  }

  return 0;
}
