/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-token-text.h"

#include <math.h>

static const SondeTokenSpan *
get_span (SondeTokenText *self, guint i)
{
  g_assert_cmpuint (i, <, self->spans->len);

  return &g_array_index (self->spans, SondeTokenSpan, i);
}

static void
test_tokens (void)
{
  g_autoptr (SondeTokenText) self = sonde_token_text_parse (
    "{\"content\":[{\"token\":\"Hé\",\"logprob\":0,\"bytes\":[72,195,169],\"top_logprobs\":["
    "{\"token\":\"Hé\",\"logprob\":0},{\"token\":\"No\",\"logprob\":-9999}]},"
    "{\"token\":\" you\",\"logprob\":-0.6931471805599453}],\"reasoning_content\":[]}");
  const SondeTokenLogprob *other;

  g_assert_cmpstr (self->text, ==, "Hé you");
  g_assert_cmpuint (self->spans->len, ==, 2);
  g_assert_cmpuint (get_span (self, 0)->start, ==, 0);
  g_assert_cmpuint (get_span (self, 0)->end, ==, 2);
  g_assert_cmpfloat_with_epsilon (get_span (self, 0)->probability, 1, 1e-9);
  g_assert_cmpuint (get_span (self, 0)->alternatives->len, ==, 2);
  other = g_ptr_array_index (get_span (self, 0)->alternatives, 1);
  g_assert_cmpstr (other->token, ==, "No");
  g_assert_cmpuint (get_span (self, 1)->end, ==, 6);
  g_assert_cmpfloat_with_epsilon (get_span (self, 1)->probability, 0.5, 1e-9);
  g_assert_null (get_span (self, 1)->alternatives);

  g_assert_true (sonde_token_text_find (self, 0) == get_span (self, 0));
  g_assert_true (sonde_token_text_find (self, 1) == get_span (self, 0));
  g_assert_true (sonde_token_text_find (self, 2) == get_span (self, 1));
  g_assert_true (sonde_token_text_find (self, 5) == get_span (self, 1));
  g_assert_null (sonde_token_text_find (self, 6));
}

/* A character may be made of several tokens. */
static void
test_parts (void)
{
  g_autoptr (SondeTokenText) self = sonde_token_text_parse (
    "{\"content\":[{\"token\":\"a\\\\xf0\\\\x9f\",\"logprob\":-0.6931471805599453,"
    "\"bytes\":[97,240,159],\"top_logprobs\":[]},"
    "{\"token\":\"\\\\x90\",\"logprob\":-0.6931471805599453,\"bytes\":[144]},"
    "{\"token\":\"\\\\x8b!\",\"logprob\":0,\"bytes\":[139,33]},"
    "{\"token\":\"\\\\xff\",\"logprob\":\"?\",\"bytes\":[255]},"
    "{\"token\":\"\",\"logprob\":0},"
    "{\"token\":\"\\\\xe4\",\"logprob\":1,\"bytes\":[228]}]}");

  g_assert_cmpstr (self->text, ==, "a🐋!��");
  g_assert_cmpuint (self->spans->len, ==, 3);
  g_assert_cmpuint (get_span (self, 0)->end, ==, 3);
  g_assert_cmpfloat_with_epsilon (get_span (self, 0)->probability, 0.25, 1e-9);
  g_assert_null (get_span (self, 0)->alternatives);
  g_assert_true (isnan (get_span (self, 1)->probability));
  /* What never becomes a character, and what is no probability */
  g_assert_cmpuint (get_span (self, 2)->start, ==, 4);
  g_assert_cmpuint (get_span (self, 2)->end, ==, 5);
  g_assert_cmpfloat_with_epsilon (get_span (self, 2)->probability, 1, 1e-9);
}

static void
test_nothing (void)
{
  static const char *const cases[] = {
    NULL,
    "",
    "[]",
    "null",
    "{\"content\"",
    "{\"content\":null}",
    "{\"content\":[]}",
    "{\"content\":[null,1,{\"logprob\":0},{\"token\":\"\",\"logprob\":0}]}",
    "{\"reasoning_content\":[{\"token\":\"a\",\"logprob\":0}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_null (sonde_token_text_parse (cases[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tokens", test_tokens);
  g_test_add_func ("/parts", test_parts);
  g_test_add_func ("/nothing", test_nothing);

  return g_test_run ();
}
