/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "sonde-preset-list.h"
#include "sonde-test.h"

typedef struct {
  char *folder;
  char *path;
  SondeSettings *settings;
  SondePresetList *presets;
} Fixture;

static void
load (Fixture *fixture)
{
  g_clear_object (&fixture->presets);
  fixture->presets = sonde_preset_list_new (fixture->path, fixture->settings);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("sonde-presets-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "sub", "presets.json", NULL);
  fixture->settings = sonde_settings_new ();
  load (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->settings, "hidden-presets", "", "default-preset", "", NULL);
  g_assert_finalize_object (fixture->presets);
  g_assert_finalize_object (fixture->settings);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->presets));
}

static SondePreset *
put (Fixture *fixture, const char *id, const char *name)
{
  g_autoptr (SondePreset) preset = sonde_preset_new (id, name);
  g_autoptr (GError) error = NULL;

  g_object_set (preset, "icon", "🐟", "system-prompt", "Be \"brief\".\n", "parameters",
                "{\"temperature\":0.5}", "json-output", TRUE, "model-id", "deepseek-v4-flash",
                "thinking", "low", NULL);
  g_assert_true (sonde_preset_list_put (fixture->presets, preset, &error));
  g_assert_no_error (error);

  return sonde_preset_list_find (fixture->presets, id);
}

static void
test_builtin (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "translator", "code-reviewer", "tutor", "summariser",
                                     "shell-helper" };

  g_assert_cmpuint (count (fixture), ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    SondePreset *preset = sonde_preset_list_find (fixture->presets, ids[i]);

    g_assert_nonnull (preset);
    g_assert_true (sonde_preset_list_is_builtin (fixture->presets, ids[i]));
    g_assert_nonnull (sonde_preset_get_icon (preset));
    g_assert_cmpuint (strlen (sonde_preset_get_system_prompt (preset)), >, 100);
  }
  g_assert_null (sonde_preset_list_find (fixture->presets, NULL));
  g_assert_null (sonde_preset_list_find (fixture->presets, ""));
}

static void
test_apply (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = sonde_conversation_new (1, 1);
  SondePreset *own = put (fixture, "own", "Own");
  g_autoptr (SondePreset) taken = NULL;

  sonde_preset_apply (own, conversation);
  g_assert_cmpstr (sonde_conversation_get_system_prompt (conversation), ==, "Be \"brief\".\n");
  g_assert_cmpstr (sonde_conversation_get_parameters (conversation), ==, "{\"temperature\":0.5}");
  g_assert_true (sonde_conversation_get_json_output (conversation));
  taken = sonde_preset_new_from_conversation ("taken", "Own", conversation);
  g_assert_false (sonde_preset_equal (own, taken));
  g_object_set (taken, "icon", "🐟", NULL);
  g_assert_true (sonde_preset_equal (own, taken));

  /* The model and how hard it thinks are set where it says so, and stay otherwise. */
  g_object_set (own, "model-id", "deepseek-v4-pro", "thinking", "max", NULL);
  sonde_preset_apply (own, conversation);
  g_assert_cmpstr (sonde_conversation_get_model_id (conversation), ==, "deepseek-v4-pro");
  g_assert_cmpint (sonde_conversation_get_thinking (conversation), ==, SONDE_THINKING_MAX);
  g_clear_object (&taken);
  taken = sonde_preset_new_from_conversation ("taken", "Own", conversation);
  g_object_set (taken, "icon", "🐟", NULL);
  g_assert_true (sonde_preset_equal (own, taken));

  /* What it does not say goes back to its default. */
  sonde_preset_apply (sonde_preset_list_find (fixture->presets, "tutor"), conversation);
  g_assert_null (sonde_conversation_get_parameters (conversation));
  g_assert_false (sonde_conversation_get_json_output (conversation));
  g_assert_cmpstr (sonde_conversation_get_model_id (conversation), ==, "deepseek-v4-pro");
  g_assert_cmpint (sonde_conversation_get_thinking (conversation), ==, SONDE_THINKING_MAX);

  /* One from elsewhere may say what is not known. */
  g_object_set (own, "thinking", "hard", NULL);
  sonde_preset_apply (own, conversation);
  g_assert_cmpint (sonde_conversation_get_thinking (conversation), ==, SONDE_THINKING_MAX);
}

static void
test_keeping (Fixture *fixture, gconstpointer data)
{
  SondePreset *changed;

  put (fixture, "own", "Own");
  put (fixture, "tutor", "My tutor");
  g_assert_cmpuint (count (fixture), ==, 6);
  load (fixture);
  g_assert_cmpuint (count (fixture), ==, 6);
  g_assert_true (sonde_preset_get_json_output (sonde_preset_list_find (fixture->presets, "own")));
  g_assert_cmpstr (sonde_preset_get_parameters (sonde_preset_list_find (fixture->presets, "own")),
                   ==, "{\"temperature\":0.5}");
  changed = sonde_preset_list_find (fixture->presets, "own");
  g_assert_cmpstr (sonde_preset_get_model_id (changed), ==, "deepseek-v4-flash");
  g_assert_cmpstr (sonde_preset_get_thinking (changed), ==, "low");
  changed = sonde_preset_list_find (fixture->presets, "tutor");
  g_assert_cmpstr (sonde_preset_get_name (changed), ==, "My tutor");
  put (fixture, "own", "Other");
  g_assert_cmpuint (count (fixture), ==, 6);
}

static void
test_hiding (Fixture *fixture, gconstpointer data)
{
  SondePreset *own = put (fixture, "own", "Own");
  SondePreset *tutor = sonde_preset_list_find (fixture->presets, "tutor");

  sonde_preset_list_set_default (fixture->presets, tutor);
  g_assert_true (sonde_preset_list_get_default (fixture->presets) == tutor);
  g_assert_true (sonde_preset_list_remove (fixture->presets, tutor, NULL));
  g_assert_null (sonde_preset_list_find (fixture->presets, "tutor"));
  g_assert_null (sonde_preset_list_get_default (fixture->presets));
  g_assert_true (sonde_preset_list_remove (fixture->presets, own, NULL));
  g_assert_cmpuint (count (fixture), ==, 4);
  load (fixture);
  g_assert_cmpuint (count (fixture), ==, 4);
  g_assert_cmpuint (sonde_preset_list_get_n_hidden (fixture->presets), ==, 1);
  sonde_preset_list_show_hidden (fixture->presets);
  g_assert_cmpuint (count (fixture), ==, 5);
  g_assert_null (sonde_preset_list_find (fixture->presets, "own"));
}

static void
test_transfer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autofree char *json = NULL;
  static const struct {
    const char *json;
    int n;
  } cases[] = {
    { "{\"presets\":[]}", 0 },
    { "{\"presets\":[1,{},{\"id\":\"a\"},{\"id\":\"a\",\"name\":\"\"},{\"id\":\"\",\"name\":\"A\"},"
      "{\"id\":\"a\",\"name\":\"A\",\"parameters\":[1],\"icon\":2,\"system_prompt\":{}}]}",
      1 },
    { "{\"presets\":[{\"id\":\"tutor\",\"name\":\"Tutor\",\"new\":1}]}", 1 },
    { "{}", -1 },
    { "[]", -1 },
    { "{\"presets\":", -1 },
    { "", -1 },
  };

  g_ptr_array_add (chosen, put (fixture, "own", "Own"));
  g_ptr_array_add (chosen, sonde_preset_list_find (fixture->presets, "translator"));
  json = sonde_preset_list_export (chosen);
  /* The same is not added twice, */
  g_assert_cmpint (sonde_preset_list_import (fixture->presets, json, strlen (json), NULL), ==, 0);
  g_assert_cmpuint (count (fixture), ==, 6);
  /* and what is there is never touched. */
  put (fixture, "own", "Changed");
  g_assert_cmpint (sonde_preset_list_import (fixture->presets, json, strlen (json), NULL), ==, 1);
  g_assert_cmpuint (count (fixture), ==, 7);
  g_assert_cmpstr (sonde_preset_get_name (sonde_preset_list_find (fixture->presets, "own")), ==,
                   "Changed");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (
      sonde_preset_list_import (fixture->presets, cases[i].json, strlen (cases[i].json), &error),
      ==, cases[i].n);
    g_assert_true ((error != NULL) == (cases[i].n < 0));
  }
}

/* A file that cannot be read leaves those of the program. */
static void
test_damage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *aside = NULL;
  g_autofree char *kept = NULL;

  put (fixture, "own", "Own");
  g_assert_true (g_file_set_contents (fixture->path, "{\"presets\":[", -1, NULL));
  load (fixture);
  g_assert_cmpuint (count (fixture), ==, 5);
  put (fixture, "own", "Own");
  aside = g_strconcat (fixture->path, ".damaged", NULL);
  g_assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "{\"presets\":[");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "builtin", test_builtin }, { "apply", test_apply },       { "keeping", test_keeping },
    { "hiding", test_hiding },   { "transfer", test_transfer }, { "damage", test_damage },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/presets/", tests[i].name, NULL);

    g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
  }

  return g_test_run ();
}
