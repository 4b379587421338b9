/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-model-list.h"

static SondeModelInfo *
served (const char *id, const char *name)
{
  SondeModelInfo *model = sonde_model_info_new (id, NULL);

  sonde_model_info_set_subtitle (model, name);
  return model;
}

static void
test_builtin (void)
{
  SondeModelList *list = sonde_model_list_new ();

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  g_assert_cmpstr (
    sonde_model_info_get_display_name (sonde_model_list_find (list, "deepseek-v4-flash")), ==,
    "DeepSeek V4 Flash");
  g_assert_true (sonde_model_list_find (list, "deepseek-flash") ==
                 sonde_model_list_find (list, "deepseek-v4-flash"));
  g_assert_null (sonde_model_list_find (list, "llama"));
  g_assert_null (sonde_model_list_find (list, NULL));
  g_assert_finalize_object (list);
}

static void
test_merge (void)
{
  SondeModelList *list = sonde_model_list_new ();
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);
  SondeModelInfo *flash;

  g_ptr_array_add (models, served ("deepseek-flash", "DeepSeek-V4.1-Flash"));
  g_ptr_array_add (models, served ("deepseek-v4-pro", NULL));
  g_ptr_array_add (models, served ("other-model", NULL));
  sonde_model_info_set_supports_thinking (g_ptr_array_index (models, 0), SONDE_THINKING_LOW, TRUE);
  sonde_model_list_set_served (list, TRUE, models);

  /* One entry for the family, under its own name, which sends what the service lists. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  flash = sonde_model_list_find (list, "deepseek-v4-flash");
  g_assert_cmpstr (sonde_model_info_get_id (flash), ==, "deepseek-v4-flash");
  g_assert_cmpstr (sonde_model_info_get_wire_id (flash), ==, "deepseek-flash");
  g_assert_cmpstr (sonde_model_info_get_display_name (flash), ==, "DeepSeek V4 Flash");
  g_assert_cmpstr (sonde_model_info_get_subtitle (flash), ==, "DeepSeek-V4.1-Flash");
  g_assert_true (sonde_model_info_supports_thinking (flash, SONDE_THINKING_LOW));
  g_assert_cmpstr (sonde_model_info_get_wire_id (sonde_model_list_find (list, "other-model")), ==,
                   "other-model");

  /* Where the family's own id is listed, it is sent, wherever it stands. */
  g_ptr_array_insert (models, 0, served ("deepseek-v4-flash", NULL));
  sonde_model_list_set_served (list, TRUE, models);
  flash = sonde_model_list_find (list, "deepseek-v4-flash");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  g_assert_cmpstr (sonde_model_info_get_wire_id (flash), ==, "deepseek-v4-flash");

  /* Another's list is its own; of a model that is known there, the name and the limits stay. */
  sonde_model_list_set_served (list, FALSE, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_ptr_array_set_size (models, 0);
  g_ptr_array_add (models, served ("llama", NULL));
  g_ptr_array_add (models, served ("deepseek-flash", NULL));
  sonde_model_list_set_served (list, FALSE, models);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  flash = sonde_model_list_find (list, "deepseek-v4-flash");
  g_assert_cmpstr (sonde_model_info_get_wire_id (flash), ==, "deepseek-flash");
  g_assert_cmpint (sonde_model_info_get_context_window (flash), ==, 1048576);
  g_assert_finalize_object (list);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model-list/builtin", test_builtin);
  g_test_add_func ("/model-list/merge", test_merge);

  return g_test_run ();
}
