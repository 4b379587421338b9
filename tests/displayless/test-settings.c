/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-settings.h"

#define SCHEMA_ID "io.github.sondechat.Sonde"

/* Every property, and another value for it as GSettings writes it. */
static const struct {
  const char *name;
  const char *other_value;
} keys[] = {
  { "last-version", "'0.0.9'" },
  { "model-id", "'deepseek-v4-pro'" },
  { "thinking", "'max'" },
  { "service-id", "'own'" },
  { "use-demo", "true" },
  { "titles", "'off'" },
  { "enter-sends", "false" },
  { "check-spelling", "false" },
  { "window-width", "360" },
  { "window-height", "640" },
  { "window-maximized", "true" },
  { "show-sidebar", "false" },
  { "notifications", "false" },
  { "run-in-background", "false" },
  { "zoom", "1.25" },
  { "code-scheme", "'kate'" },
  { "density", "'compact'" },
  { "folded-folders", "'3 7'" },
  { "currency", "'CNY'" },
  { "budget", "'12.50'" },
  { "default-preset", "'tutor'" },
  { "hidden-presets", "'tutor shell'" },
};

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  guint *count = data;

  (*count)++;
}

static char *
print_value (const GValue *value)
{
  g_autoptr (GVariant) variant = NULL;

  if (G_VALUE_HOLDS_STRING (value))
    variant = g_variant_new_string (g_value_get_string (value));
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    variant = g_variant_new_boolean (g_value_get_boolean (value));
  else if (G_VALUE_HOLDS_DOUBLE (value))
    variant = g_variant_new_double (g_value_get_double (value));
  else
    variant = g_variant_new_int32 (g_value_get_int (value));

  return g_variant_print (g_variant_ref_sink (variant), FALSE);
}

static char *
print_property (SondeSettings *settings, const char *name)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (settings), name, &value);
  return print_value (&value);
}

static void
set_property (SondeSettings *settings, const char *name, const char *text)
{
  g_autoptr (GVariant) variant = g_variant_parse (NULL, text, NULL, NULL, NULL);
  g_auto (GValue) value = G_VALUE_INIT;

  g_assert_nonnull (variant);
  g_dbus_gvariant_to_gvalue (variant, &value);
  g_object_set_property (G_OBJECT (settings), name, &value);
}

static void
assert_property (SondeSettings *settings, const char *name, const char *expected)
{
  g_autofree char *text = print_property (settings, name);

  g_assert_cmpstr (text, ==, expected);
}

/* The properties' own defaults are those of the schema, and no key has been left out. */
static void
test_defaults (void)
{
  SondeSettings *settings = sonde_settings_new ();
  g_autoptr (GSettings) store = g_settings_new (SCHEMA_ID);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) names = NULL;

  g_object_get (store, "settings-schema", &schema, NULL);
  names = g_settings_schema_list_keys (schema);
  /* The list of services is a key and no property. */
  g_assert_cmpuint (g_strv_length (names), ==, G_N_ELEMENTS (keys) + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (settings), keys[i].name);
    g_autofree char *own_default = print_value (g_param_spec_get_default_value (pspec));
    g_autoptr (GVariant) schema_default = g_settings_get_default_value (store, keys[i].name);
    g_autofree char *text = g_variant_print (schema_default, FALSE);

    assert_property (settings, keys[i].name, text);
    g_assert_cmpstr (own_default, ==, text);
    g_assert_cmpstr (text, !=, keys[i].other_value);
  }

  g_assert_finalize_object (settings);
}

/* A property that is set is stored; a key that changes is seen, and both notify once. */
static void
test_both_ways (gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  SondeSettings *settings = sonde_settings_new ();
  g_autoptr (GSettings) store = g_settings_new (SCHEMA_ID);
  g_autofree char *signal = g_strdup_printf ("notify::%s", keys[i].name);
  g_autofree char *before = print_property (settings, keys[i].name);
  g_autofree char *stored = NULL;
  g_autoptr (GVariant) value = NULL;
  guint count = 0;

  g_signal_connect (settings, signal, G_CALLBACK (count_cb), &count);

  set_property (settings, keys[i].name, keys[i].other_value);
  assert_property (settings, keys[i].name, keys[i].other_value);
  g_assert_cmpuint (count, ==, 1);
  value = g_settings_get_value (store, keys[i].name);
  stored = g_variant_print (value, FALSE);
  g_assert_cmpstr (stored, ==, keys[i].other_value);

  set_property (settings, keys[i].name, keys[i].other_value);
  g_assert_cmpuint (count, ==, 1);

  g_settings_reset (store, keys[i].name);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_property (settings, keys[i].name, before);
  g_assert_cmpuint (count, ==, 2);

  g_assert_finalize_object (settings);
}

static void
test_accessors (void)
{
  SondeSettings *settings = sonde_settings_new ();

  sonde_settings_set_model_id (settings, "some-model");
  sonde_settings_set_thinking (settings, "low");
  sonde_settings_set_service_id (settings, "own");
  sonde_settings_set_use_demo (settings, TRUE);
  sonde_settings_set_enter_sends (settings, FALSE);
  g_assert_cmpstr (sonde_settings_get_model_id (settings), ==, "some-model");
  g_assert_cmpstr (sonde_settings_get_thinking (settings), ==, "low");
  g_assert_cmpstr (sonde_settings_get_service_id (settings), ==, "own");
  g_assert_true (sonde_settings_get_use_demo (settings));
  g_assert_false (sonde_settings_get_enter_sends (settings));

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GSettings) store = g_settings_new (SCHEMA_ID);

    g_settings_reset (store, keys[i].name);
  }
  g_assert_finalize_object (settings);
}

/* What is not a level is a mistake of the program. */
static void
test_thinking_refused (void)
{
  if (g_test_subprocess ()) {
    g_autoptr (SondeSettings) settings = sonde_settings_new ();

    sonde_settings_set_thinking (settings, "very hard");
    return;
  }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*CRITICAL*sonde_settings_set_thinking*");
}

/* A window without a size does no harm. */
static void
test_size_range (void)
{
  g_autoptr (SondeSettings) settings = sonde_settings_new ();
  int width, height;

  g_object_set (settings, "window-width", -1, "window-height", G_MAXINT, NULL);
  g_object_get (settings, "window-width", &width, "window-height", &height, NULL);
  g_assert_cmpint (width, ==, 1);
  g_assert_cmpint (height, ==, G_MAXINT16);
  g_object_set (settings, "window-width", 1100, "window-height", 760, NULL);
}

static void
test_without_schema (void)
{
  g_auto (GStrv) envp = NULL;

  if (g_test_subprocess ()) {
    g_autoptr (SondeSettings) settings = sonde_settings_new ();

    for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
      set_property (settings, keys[i].name, keys[i].other_value);
      assert_property (settings, keys[i].name, keys[i].other_value);
    }
    return;
  }

  envp = g_environ_setenv (g_get_environ (), "GSETTINGS_SCHEMA_DIR", "/nonexistent", TRUE);
  envp = g_environ_setenv (envp, "XDG_DATA_HOME", "/nonexistent", TRUE);
  envp = g_environ_setenv (envp, "XDG_DATA_DIRS", "/nonexistent", TRUE);
  g_test_trap_subprocess_with_envp (NULL, (const char *const *) envp, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*schema " SCHEMA_ID " is not installed*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/defaults", test_defaults);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *path = g_strdup_printf ("/settings/both-ways/%s", keys[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_both_ways);
  }
  g_test_add_func ("/settings/accessors", test_accessors);
  g_test_add_func ("/settings/thinking-refused", test_thinking_refused);
  g_test_add_func ("/settings/size-range", test_size_range);
  g_test_add_func ("/settings/without-schema", test_without_schema);

  return g_test_run ();
}
