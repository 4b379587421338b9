/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-model-file.h"

#include <string.h>

static SondeModelInfo *
find (GPtrArray *models, const char *id)
{
  for (guint i = 0; i < models->len; i++)
    if (sonde_model_info_has_id (models->pdata[i], id))
      return models->pdata[i];

  return NULL;
}

/* contract.md sections 2.1 and 2.2 */
static void
test_builtin (void)
{
  g_autoptr (GPtrArray) models = sonde_model_file_read_builtin ();
  SondeModelInfo *flash = find (models, "deepseek-flash");

  g_assert_cmpuint (models->len, ==, 2);
  g_assert_cmpstr (sonde_model_info_get_id (flash), ==, "deepseek-v4-flash");
  g_assert_true (find (models, "deepseek-v4-flash-vision-exp") == flash);
  for (guint i = 0; i < models->len; i++) {
    g_assert_cmpint (sonde_model_info_get_context_window (models->pdata[i]), ==, 1048576);
    g_assert_cmpint (sonde_model_info_get_max_output_tokens (models->pdata[i]), ==, 393216);
    g_assert_true (sonde_model_info_supports_thinking (models->pdata[i], SONDE_THINKING_OFF));
    g_assert_false (sonde_model_info_supports_thinking (models->pdata[i], SONDE_THINKING_LOW));
    g_assert_true (sonde_model_info_supports_thinking (models->pdata[i], SONDE_THINKING_HIGH));
    g_assert_true (sonde_model_info_supports_thinking (models->pdata[i], SONDE_THINKING_MAX));
  }
}

/* contract.md section 2.4, row by row, at both ends of every hour that counts. */
static void
test_prices (void)
{
  static const struct {
    const char *id;
    const char *currency;
    const char *time;
    double rates[3]; /* hit, miss and output; below 0 where nothing is known */
  } cases[] = {
    { "deepseek-v4-flash", "USD", "2026-08-16T15:59:59Z", { 0.0028, 0.14, 0.28 } },
    { "deepseek-v4-pro", "USD", "2026-01-05T02:00:00Z", { 0.003625, 0.435, 0.87 } },
    { "deepseek-v4-flash", "USD", "2026-08-16T16:00:00Z", { 0.007, 0.22, 0.66 } },
    { "deepseek-v4-flash", "USD", "2026-08-22T01:00:00Z", { 0.014, 0.44, 1.32 } }, /* Saturday */
    { "deepseek-v4-pro", "USD", "2026-08-22T01:00:00Z", { -1, -1, -1 } },
    { "deepseek-v4-flash", "USD", "2026-11-23T00:59:59Z", { 0.003, 0.15, 0.60 } }, /* Monday */
    { "deepseek-v4-flash", "USD", "2026-11-23T01:00:00Z", { 0.006, 0.30, 1.20 } },
    { "deepseek-v4-flash", "USD", "2026-11-23T03:59:59Z", { 0.006, 0.30, 1.20 } },
    { "deepseek-v4-flash", "USD", "2026-11-23T04:00:00Z", { 0.003, 0.15, 0.60 } },
    { "deepseek-v4-flash", "USD", "2026-11-23T05:59:59Z", { 0.003, 0.15, 0.60 } },
    { "deepseek-v4-flash", "USD", "2026-11-23T06:00:00Z", { 0.006, 0.30, 1.20 } },
    { "deepseek-v4-flash", "USD", "2026-11-23T10:00:00Z", { 0.003, 0.15, 0.60 } },
    { "deepseek-v4-flash", "USD", "2026-11-27T09:59:59Z", { 0.006, 0.30, 1.20 } }, /* Friday */
    { "deepseek-v4-flash", "USD", "2026-11-28T02:00:00Z", { 0.003, 0.15, 0.60 } }, /* Saturday */
    { "deepseek-v4-flash", "USD", "2026-11-29T02:00:00Z", { 0.003, 0.15, 0.60 } }, /* Sunday */
    { "deepseek-v4-pro", "USD", "2026-11-23T02:00:00Z", { 0.044, 1.32, 3.96 } },
    { "deepseek-v4-pro", "USD", "2026-11-23T12:00:00Z", { 0.022, 0.66, 1.98 } },
    { "deepseek-v4-flash", "CNY", "2026-11-23T02:00:00Z", { 0.04, 2, 8 } },
    { "deepseek-v4-flash", "CNY", "2026-11-23T12:00:00Z", { 0.02, 1, 4 } },
    { "deepseek-v4-pro", "CNY", "2026-11-23T02:00:00Z", { 0.30, 9, 27 } },
    { "deepseek-v4-pro", "CNY", "2026-11-23T12:00:00Z", { 0.15, 4.5, 13.5 } },
    { "deepseek-v4-flash", "CNY", "2026-08-01T12:00:00Z", { -1, -1, -1 } },
    { "deepseek-v4-flash", "EUR", "2026-11-23T12:00:00Z", { -1, -1, -1 } },
  };
  g_autoptr (GPtrArray) models = sonde_model_file_read_builtin ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (cases[i].time, NULL);
    gint64 time = g_date_time_to_unix_usec (date);
    const SondePrice *price =
      sonde_model_info_find_price (find (models, cases[i].id), cases[i].currency, time);

    g_test_message ("%s %s %s", cases[i].id, cases[i].currency, cases[i].time);
    if (cases[i].rates[0] < 0) {
      g_assert_null (price);
    } else {
      const SondeRates *rates;

      g_assert_nonnull (price);
      rates = sonde_price_get_rates (price, time);
      g_assert_cmpfloat_with_epsilon (rates->hit, cases[i].rates[0], 1e-9);
      g_assert_cmpfloat_with_epsilon (rates->miss, cases[i].rates[1], 1e-9);
      g_assert_cmpfloat_with_epsilon (rates->output, cases[i].rates[2], 1e-9);
    }
  }
}

/* Time went on before 1970, too: a Monday in it. */
static void
test_early_price (void)
{
  const SondePrice price = { .peak = SONDE_PEAK_WEEKDAYS, .low = { 1, 1, 1 }, .high = { 2, 2, 2 } };
  const gint64 monday = -3 * G_TIME_SPAN_DAY;

  g_assert_true (sonde_price_get_rates (&price, monday + G_TIME_SPAN_HOUR) == &price.high);
  g_assert_true (sonde_price_get_rates (&price, monday) == &price.low);
  g_assert_true (sonde_price_get_rates (&price, monday - 23 * G_TIME_SPAN_HOUR) == &price.low);
}

static void
test_round_trip (void)
{
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  SondeModelInfo *model = sonde_model_info_new ("llama \"3\"", NULL);

  g_ptr_array_add (models, model);
  g_ptr_array_add (models, sonde_model_info_new ("bare", NULL));
  sonde_model_info_set_subtitle (model, "Llama 三");
  sonde_model_info_set_context_window (model, 8192);
  sonde_model_info_set_max_output_tokens (model, 1024);
  sonde_model_info_set_supports_thinking (model, SONDE_THINKING_LOW, TRUE);
  sonde_model_info_set_supports_thinking (model, SONDE_THINKING_MAX, FALSE);

  json = sonde_model_file_write (models);
  read = sonde_model_file_read (json, strlen (json), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 2);
  model = read->pdata[0];
  g_assert_cmpstr (sonde_model_info_get_id (model), ==, "llama \"3\"");
  g_assert_cmpstr (sonde_model_info_get_subtitle (model), ==, "Llama 三");
  g_assert_cmpint (sonde_model_info_get_context_window (model), ==, 8192);
  g_assert_cmpint (sonde_model_info_get_max_output_tokens (model), ==, 1024);
  g_assert_true (sonde_model_info_supports_thinking (model, SONDE_THINKING_LOW));
  g_assert_true (sonde_model_info_supports_thinking (model, SONDE_THINKING_HIGH));
  g_assert_false (sonde_model_info_supports_thinking (model, SONDE_THINKING_MAX));
  g_assert_null (sonde_model_info_get_subtitle (read->pdata[1]));
  g_assert_cmpint (sonde_model_info_get_context_window (read->pdata[1]), ==, 0);
}

/* A file on disk may hold anything. */
static void
test_damaged (void)
{
  static const struct {
    const char *json;
    int n_models; /* below 0: an error */
  } cases[] = {
    { "", -1 },
    { "{", -1 },
    { "[]", 0 },
    { "{\"models\":{}}", 0 },
    { "{\"models\":[1,null,{},{\"id\":7},{\"id\":\"\"}]}", 0 },
    { "{\"models\":[{\"id\":\"a\",\"efforts\":3,\"prices\":[1,{\"currency\":\"USD\"},"
      "{\"currency\":\"USDOLLAR\",\"low\":[1,2]}],\"context-window\":\"big\",\"other-ids\":[1]}]}",
      1 },
    { "{\"models\":[{\"id\":\"a\",\"prices\":[{\"currency\":\"USDOLLAR\",\"low\":[1,\"x\",{}],"
      "\"since\":\"soon\"}]}]}",
      1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) models =
      sonde_model_file_read (cases[i].json, strlen (cases[i].json), &error);

    g_test_message ("%s", cases[i].json);
    if (cases[i].n_models < 0) {
      g_assert_null (models);
      g_assert_nonnull (error);
    } else {
      g_assert_no_error (error);
      g_assert_cmpuint (models->len, ==, cases[i].n_models);
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model-file/builtin", test_builtin);
  g_test_add_func ("/model-file/prices", test_prices);
  g_test_add_func ("/model-file/early-price", test_early_price);
  g_test_add_func ("/model-file/round-trip", test_round_trip);
  g_test_add_func ("/model-file/damaged", test_damaged);

  return g_test_run ();
}
