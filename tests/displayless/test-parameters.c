/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every value of the details panel: its range, where it is ignored, and what of it is in
 * the body of the request. */

#include <string.h>

#include "sonde-parameter.h"
#include "sonde-parameters.h"

static char *
make_body (const char *parameters, SondeThinking thinking, gint64 max_output)
{
  g_autoptr (SondeRequest) request = sonde_request_new ("deepseek-v4-flash");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  sonde_request_set_thinking (request, thinking);
  sonde_request_set_max_output (request, max_output);
  sonde_request_add_message (request, SONDE_ROLE_USER, "Why?", NULL);
  sonde_parameters_apply (parameters, request);
  body = sonde_request_to_body (request, &error);
  g_assert_no_error (error);

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
assert_in_body (const char *parameters, SondeThinking thinking, const char *part, gboolean expected)
{
  g_autofree char *body = make_body (parameters, thinking, 1000);

  if ((strstr (body, part) != NULL) != expected)
    g_error ("%s is %s %s", part, expected ? "not in" : "in", body);
}

static void
test_ranges (void)
{
  static const struct {
    SondeParameter parameter;
    const char *name;
    SondeParameterRange range;
  } cases[] = {
    { SONDE_PARAMETER_MAX_TOKENS, "max_tokens", { 1, 393216, 393216, 0 } },
    { SONDE_PARAMETER_STOP, "stop", { 0, 16, 0, 0 } },
    { SONDE_PARAMETER_TEMPERATURE, "temperature", { 0, 2, 1, 2 } },
    { SONDE_PARAMETER_TOP_P, "top_p", { 0, 1, 1, 2 } },
    { SONDE_PARAMETER_FREQUENCY_PENALTY, "frequency_penalty", { -2, 2, 0, 2 } },
    { SONDE_PARAMETER_PRESENCE_PENALTY, "presence_penalty", { -2, 2, 0, 2 } },
    { SONDE_PARAMETER_LOGPROBS, "logprobs", { 0, 1, 0, 0 } },
    { SONDE_PARAMETER_TOP_LOGPROBS, "top_logprobs", { 0, 20, 0, 0 } },
  };
  g_autoptr (SondeModelInfo) small = sonde_model_info_new ("small", NULL);

  G_STATIC_ASSERT (G_N_ELEMENTS (cases) == SONDE_N_PARAMETERS);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    SondeParameterRange range = sonde_parameter_get_range (cases[i].parameter, NULL);

    g_assert_cmpstr (sonde_parameter_get_name (cases[i].parameter), ==, cases[i].name);
    g_assert_cmpfloat_with_epsilon (range.min, cases[i].range.min, 1e-9);
    g_assert_cmpfloat_with_epsilon (range.max, cases[i].range.max, 1e-9);
    g_assert_cmpfloat_with_epsilon (range.fallback, cases[i].range.fallback, 1e-9);
    g_assert_cmpint (range.digits, ==, cases[i].range.digits);
  }

  sonde_model_info_set_max_output_tokens (small, 8192);
  g_assert_cmpfloat_with_epsilon (sonde_parameter_get_range (SONDE_PARAMETER_MAX_TOKENS, small).max,
                                  8192, 1e-9);
}

/* The ends of a range are taken by the check of the request, and what lies beyond is not. */
static void
test_ends (void)
{
  for (int i = 0; i < SONDE_N_PARAMETERS; i++) {
    SondeParameter parameter = (SondeParameter) i;
    SondeParameterRange range = sonde_parameter_get_range (parameter, NULL);
    const double numbers[] = { range.min, range.max, range.min - 1, range.max + 1 };

    if (parameter == SONDE_PARAMETER_STOP || parameter == SONDE_PARAMETER_LOGPROBS)
      continue;
    for (guint k = 0; k < G_N_ELEMENTS (numbers); k++) {
      g_autofree char *base = sonde_parameters_with_flag (NULL, SONDE_PARAMETER_LOGPROBS, TRUE);
      g_autofree char *parameters = sonde_parameters_with_number (base, parameter, numbers[k]);
      g_autoptr (SondeRequest) request = sonde_request_new ("m");
      /* Above the model's maximum it is clamped, and -1 alternatives are none. */
      gboolean beyond = k >= 2 && !(parameter == SONDE_PARAMETER_MAX_TOKENS && k == 3) &&
                        !(parameter == SONDE_PARAMETER_TOP_LOGPROBS && k == 2);

      sonde_request_add_message (request, SONDE_ROLE_USER, "Why?", NULL);
      sonde_parameters_apply (parameters, request);
      g_assert_cmpint (sonde_request_check (request, NULL), ==, !beyond);
    }
  }
}

static void
test_bodies (void)
{
  static const struct {
    SondeParameter parameter;
    double number;
    const char *part;
    gboolean while_thinking;
  } cases[] = {
    { SONDE_PARAMETER_MAX_TOKENS, 500, "\"max_tokens\":500,", TRUE },
    { SONDE_PARAMETER_MAX_TOKENS, 5000, "\"max_tokens\":1000,", TRUE },
    { SONDE_PARAMETER_TEMPERATURE, 0.3, "\"temperature\":0.3,", FALSE },
    { SONDE_PARAMETER_TEMPERATURE, 0, "\"temperature\":0,", FALSE },
    { SONDE_PARAMETER_TOP_P, 0.95, "\"top_p\":0.95,", FALSE },
    { SONDE_PARAMETER_FREQUENCY_PENALTY, -1.5, "\"frequency_penalty\":-1.5,", FALSE },
    { SONDE_PARAMETER_PRESENCE_PENALTY, 2, "\"presence_penalty\":2,", FALSE },
  };
  static const char *const stops[] = { "END", "", "\n\n", NULL };
  g_autofree char *stop = sonde_parameters_with_strings (NULL, SONDE_PARAMETER_STOP, stops);
  g_autofree char *logprobs = sonde_parameters_with_flag (NULL, SONDE_PARAMETER_LOGPROBS, TRUE);
  g_autofree char *top = sonde_parameters_with_number (logprobs, SONDE_PARAMETER_TOP_LOGPROBS, 5);
  g_autofree char *alone = sonde_parameters_with_number (NULL, SONDE_PARAMETER_TOP_LOGPROBS, 5);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *parameters =
      sonde_parameters_with_number (NULL, cases[i].parameter, cases[i].number);

    assert_in_body (parameters, SONDE_THINKING_OFF, cases[i].part, TRUE);
    assert_in_body (parameters, SONDE_THINKING_HIGH, cases[i].part, cases[i].while_thinking);
    assert_in_body (NULL, SONDE_THINKING_OFF, sonde_parameter_get_name (cases[i].parameter), FALSE);
  }
  assert_in_body (stop, SONDE_THINKING_HIGH, "\"stop\":[\"END\",\"\\n\\n\"]", TRUE);
  assert_in_body (logprobs, SONDE_THINKING_HIGH, "\"logprobs\":true", TRUE);
  assert_in_body (logprobs, SONDE_THINKING_HIGH, "top_logprobs", FALSE);
  assert_in_body (top, SONDE_THINKING_OFF, "\"logprobs\":true,\"top_logprobs\":5", TRUE);
  assert_in_body (alone, SONDE_THINKING_OFF, "logprobs", FALSE);
}

static SondeParameterNote
get_note (SondeParameter parameter,
          const char *parameters,
          SondeThinking thinking,
          SondeServiceFlags flags)
{
  g_autoptr (SondeServiceInfo) other =
    sonde_service_info_new ("other", "Other", "https://llm.example", flags, FALSE);
  g_autoptr (SondeServiceInfo) deepseek = sonde_service_info_new_deepseek ();
  g_autoptr (SondeModelInfo) model = sonde_model_info_new ("m", NULL);

  sonde_model_info_set_max_output_tokens (model, 1000);

  return sonde_parameter_get_note (parameter, parameters, model, thinking,
                                   flags == SONDE_SERVICE_NONE ? deepseek : other);
}

static void
test_notes (void)
{
  const SondeServiceFlags all = SONDE_SERVICE_THINKING | SONDE_SERVICE_PENALTIES;
  static const SondeParameter penalties[] = { SONDE_PARAMETER_FREQUENCY_PENALTY,
                                              SONDE_PARAMETER_PRESENCE_PENALTY };
  static const SondeParameter free_choices[] = { SONDE_PARAMETER_TEMPERATURE,
                                                 SONDE_PARAMETER_TOP_P };
  g_autofree char *many = sonde_parameters_with_number (NULL, SONDE_PARAMETER_MAX_TOKENS, 1001);
  g_autofree char *enough = sonde_parameters_with_number (NULL, SONDE_PARAMETER_MAX_TOKENS, 1000);

  for (guint i = 0; i < 2; i++) {
    g_assert_cmpint (get_note (free_choices[i], NULL, SONDE_THINKING_HIGH, SONDE_SERVICE_NONE), ==,
                     SONDE_PARAMETER_NOTE_THINKING);
    g_assert_cmpint (get_note (free_choices[i], NULL, SONDE_THINKING_OFF, SONDE_SERVICE_NONE), ==,
                     SONDE_PARAMETER_NOTE_NONE);
    g_assert_cmpint (get_note (free_choices[i], NULL, SONDE_THINKING_HIGH, SONDE_SERVICE_PENALTIES),
                     ==, SONDE_PARAMETER_NOTE_NONE);
    g_assert_cmpint (get_note (penalties[i], NULL, SONDE_THINKING_HIGH, SONDE_SERVICE_NONE), ==,
                     SONDE_PARAMETER_NOTE_THINKING);
    g_assert_cmpint (get_note (penalties[i], NULL, SONDE_THINKING_OFF, SONDE_SERVICE_NONE), ==,
                     SONDE_PARAMETER_NOTE_NO_EFFECT);
    g_assert_cmpint (get_note (penalties[i], NULL, SONDE_THINKING_OFF, all), ==,
                     SONDE_PARAMETER_NOTE_NONE);
    g_assert_cmpint (get_note (penalties[i], NULL, SONDE_THINKING_OFF, SONDE_SERVICE_THINKING), ==,
                     SONDE_PARAMETER_NOTE_SERVICE);
  }
  g_assert_cmpint (get_note (SONDE_PARAMETER_MAX_TOKENS, many, SONDE_THINKING_HIGH, all), ==,
                   SONDE_PARAMETER_NOTE_CLAMPED);
  g_assert_cmpint (get_note (SONDE_PARAMETER_MAX_TOKENS, enough, SONDE_THINKING_HIGH, all), ==,
                   SONDE_PARAMETER_NOTE_NONE);
  g_assert_cmpint (get_note (SONDE_PARAMETER_TOP_LOGPROBS, NULL, SONDE_THINKING_OFF, all), ==,
                   SONDE_PARAMETER_NOTE_LOGPROBS);
  g_assert_cmpint (
    get_note (SONDE_PARAMETER_TOP_LOGPROBS, "{\"logprobs\":true}", SONDE_THINKING_OFF, all), ==,
    SONDE_PARAMETER_NOTE_NONE);
  g_assert_cmpint (get_note (SONDE_PARAMETER_STOP, NULL, SONDE_THINKING_HIGH, all), ==,
                   SONDE_PARAMETER_NOTE_NONE);
}

static void
test_editing (void)
{
  g_autofree char *one = sonde_parameters_with_number ("{\"new\":[1]}", SONDE_PARAMETER_TOP_P, 0.5);
  g_autofree char *two = sonde_parameters_with_number (one, SONDE_PARAMETER_MAX_TOKENS, 7);
  g_autofree char *back = sonde_parameters_without (two, SONDE_PARAMETER_TOP_P);
  g_autofree char *last = sonde_parameters_without ("{\"top_p\":1}", SONDE_PARAMETER_TOP_P);
  g_autofree char *off =
    sonde_parameters_with_flag ("{\"logprobs\":true}", SONDE_PARAMETER_LOGPROBS, FALSE);
  g_autofree char *broken = sonde_parameters_with_number ("[", SONDE_PARAMETER_MAX_TOKENS, 7);
  g_auto (GStrv) stops =
    sonde_parameters_get_strings ("{\"stop\":[\"a\",1,\"b\"]}", SONDE_PARAMETER_STOP);
  double number;

  g_assert_cmpstr (one, ==, "{\"new\":[1],\"top_p\":0.5}");
  g_assert_cmpstr (back, ==, "{\"new\":[1],\"max_tokens\":7}");
  g_assert_null (last);
  g_assert_null (off);
  g_assert_cmpstr (broken, ==, "{\"max_tokens\":7}");
  g_assert_cmpuint (g_strv_length (stops), ==, 2);
  g_assert_true (sonde_parameters_get_number (two, SONDE_PARAMETER_TOP_P, &number));
  g_assert_cmpfloat_with_epsilon (number, 0.5, 1e-9);
  g_assert_false (
    sonde_parameters_get_number ("{\"top_p\":\"1\"}", SONDE_PARAMETER_TOP_P, &number));
  g_assert_false (sonde_parameters_get_flag ("{\"logprobs\":1}", SONDE_PARAMETER_LOGPROBS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parameters/ranges", test_ranges);
  g_test_add_func ("/parameters/ends", test_ends);
  g_test_add_func ("/parameters/bodies", test_bodies);
  g_test_add_func ("/parameters/notes", test_notes);
  g_test_add_func ("/parameters/editing", test_editing);

  return g_test_run ();
}
