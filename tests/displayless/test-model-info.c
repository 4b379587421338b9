/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-model-info.h"

#include <string.h>

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  guint *count = data;

  (*count)++;
}

/* contract.md section 11: the names stay. */
static void
test_builtin (void)
{
  static const struct {
    const char *id;
    const char *display_name;
  } models[] = {
    { "deepseek-v4-flash", "DeepSeek V4 Flash" },
    { "deepseek-v4-pro", "DeepSeek V4 Pro" },
    { "some-other-model", "some-other-model" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++) {
    SondeModelInfo *model = sonde_model_info_new_builtin (models[i].id);

    g_assert_cmpstr (sonde_model_info_get_id (model), ==, models[i].id);
    g_assert_cmpstr (sonde_model_info_get_wire_id (model), ==, models[i].id);
    g_assert_cmpstr (sonde_model_info_get_display_name (model), ==, models[i].display_name);
    g_assert_cmpint (sonde_model_info_get_context_window (model), ==, 0);
    g_assert_cmpint (sonde_model_info_get_max_output_tokens (model), ==, 0);
    g_assert_null (sonde_model_info_get_subtitle (model));
    g_assert_true (sonde_model_info_supports_thinking (model, SONDE_THINKING_OFF));
    g_assert_false (sonde_model_info_supports_thinking (model, SONDE_THINKING_LOW));
    g_assert_true (sonde_model_info_supports_thinking (model, SONDE_THINKING_HIGH));
    g_assert_true (sonde_model_info_supports_thinking (model, SONDE_THINKING_MAX));
    g_assert_finalize_object (model);
  }
}

static void
test_names (void)
{
  SondeModelInfo *model = sonde_model_info_new ("an-id", "A Name");
  guint count = 0;

  g_assert_cmpstr (sonde_model_info_get_display_name (model), ==, "A Name");

  sonde_model_info_set_wire_id (model, "an-id-2026-11");
  g_assert_cmpstr (sonde_model_info_get_wire_id (model), ==, "an-id-2026-11");
  g_assert_cmpstr (sonde_model_info_get_id (model), ==, "an-id");
  sonde_model_info_set_wire_id (model, NULL);
  g_assert_cmpstr (sonde_model_info_get_wire_id (model), ==, "an-id");

  g_signal_connect (model, "notify::subtitle", G_CALLBACK (count_cb), &count);
  sonde_model_info_set_subtitle (model, "Its Server");
  sonde_model_info_set_subtitle (model, "Its Server");
  g_assert_cmpstr (sonde_model_info_get_subtitle (model), ==, "Its Server");
  g_assert_cmpuint (count, ==, 1);

  sonde_model_info_set_context_window (model, 4096);
  g_assert_cmpint (sonde_model_info_get_context_window (model), ==, 4096);
  g_assert_finalize_object (model);
}

static void
test_levels (void)
{
  SondeModelInfo *model = sonde_model_info_new ("an-id", NULL);
  guint count = 0, levels;

  g_signal_connect (model, "notify::thinking-levels", G_CALLBACK (count_cb), &count);
  sonde_model_info_set_supports_thinking (model, SONDE_THINKING_LOW, TRUE);
  sonde_model_info_set_supports_thinking (model, SONDE_THINKING_LOW, TRUE);
  sonde_model_info_set_supports_thinking (model, SONDE_THINKING_MAX, FALSE);
  g_assert_true (sonde_model_info_supports_thinking (model, SONDE_THINKING_LOW));
  g_assert_false (sonde_model_info_supports_thinking (model, SONDE_THINKING_MAX));
  g_assert_cmpuint (count, ==, 2);
  g_object_get (model, "thinking-levels", &levels, NULL);
  g_assert_cmpuint (
    levels, ==, 1u << SONDE_THINKING_OFF | 1u << SONDE_THINKING_LOW | 1u << SONDE_THINKING_HIGH);
  g_assert_finalize_object (model);
}

/* Levels are mapped and never refused (contract.md section 11): up, else down. */
static void
test_map (void)
{
  static const struct {
    const char *levels;
    const char *mapped[4]; /* off, low, high and max */
  } cases[] = {
    { "off low high max", { "off", "low", "high", "max" } },
    { "off high max", { "off", "high", "high", "max" } },
    { "off high", { "off", "high", "high", "high" } },
    { "off low", { "off", "low", "low", "low" } },
    { "off", { "off", "off", "off", "off" } },
    { "high max", { "high", "high", "high", "max" } },
    { "max", { "max", "max", "max", "max" } },
    { "", { "off", "off", "off", "off" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    SondeModelInfo *model = sonde_model_info_new ("an-id", NULL);

    for (gsize j = 0; j < G_N_ELEMENTS (cases[i].mapped); j++) {
      SondeThinking level = (SondeThinking) j;

      sonde_model_info_set_supports_thinking (
        model, level, strstr (cases[i].levels, sonde_thinking_to_string (level)) != NULL);
    }
    for (gsize j = 0; j < G_N_ELEMENTS (cases[i].mapped); j++) {
      SondeThinking mapped = sonde_model_info_map_thinking (model, (SondeThinking) j);

      g_assert_cmpstr (sonde_thinking_to_string (mapped), ==, cases[i].mapped[j]);
    }
    g_assert_finalize_object (model);
  }
}

static void
test_ids (void)
{
  static const char *const other_ids[] = { "another", "a-third", NULL };
  SondeModelInfo *model = sonde_model_info_new ("an-id", NULL);

  g_assert_false (sonde_model_info_has_id (model, "another"));
  sonde_model_info_set_other_ids (model, other_ids);
  g_assert_true (sonde_model_info_has_id (model, "an-id"));
  g_assert_true (sonde_model_info_has_id (model, "another"));
  g_assert_true (sonde_model_info_has_id (model, "a-third"));
  g_assert_false (sonde_model_info_has_id (model, "a-fourth"));
  g_assert_false (sonde_model_info_has_id (model, NULL));
  g_assert_finalize_object (model);
}

/* contract.md section 2.1: names that the service gave up. */
static void
test_aliases (void)
{
  static const struct {
    const char *id;
    const char *current_id;
    SondeThinking thinking;
  } cases[] = {
    { "deepseek-chat", "deepseek-v4-flash", SONDE_THINKING_OFF },
    { "deepseek-reasoner", "deepseek-v4-flash", SONDE_THINKING_HIGH },
    { "deepseek-v4-flash", NULL, SONDE_THINKING_MAX },
    { "deepseek-chat-2", NULL, SONDE_THINKING_MAX },
    { "", NULL, SONDE_THINKING_MAX },
    { NULL, NULL, SONDE_THINKING_MAX },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    SondeThinking thinking = SONDE_THINKING_MAX;

    g_assert_cmpstr (sonde_model_info_resolve_alias (cases[i].id, &thinking), ==,
                     cases[i].current_id);
    g_assert_cmpint (thinking, ==, cases[i].thinking);
    g_assert_cmpstr (sonde_model_info_resolve_alias (cases[i].id, NULL), ==, cases[i].current_id);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model-info/builtin", test_builtin);
  g_test_add_func ("/model-info/names", test_names);
  g_test_add_func ("/model-info/levels", test_levels);
  g_test_add_func ("/model-info/map", test_map);
  g_test_add_func ("/model-info/ids", test_ids);
  g_test_add_func ("/model-info/aliases", test_aliases);

  return g_test_run ();
}
