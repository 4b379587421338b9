/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-settings.h"

#define SCHEMA_ID "io.github.sondechat.Sonde"

typedef struct {
  GSettings *store;
  SondeSettings *settings;
  SondeServiceList *list;
  guint n_changes;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->store = g_settings_new (SCHEMA_ID);
  fixture->settings = sonde_settings_new ();
  fixture->list = sonde_settings_get_services (fixture->settings);
  g_signal_connect_swapped (fixture->list, "items-changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_settings_reset (fixture->store, "services");
  g_settings_reset (fixture->store, "service-id");
  g_assert_finalize_object (fixture->settings);
  g_clear_object (&fixture->store);
}

static char *
print (Fixture *fixture)
{
  g_autoptr (GVariant) value = g_settings_get_value (fixture->store, "services");

  return g_variant_print (value, FALSE);
}

static void
put (Fixture *fixture, const char *id, const char *base_url, SondeServiceFlags capabilities)
{
  g_autoptr (SondeServiceInfo) service =
    sonde_service_info_new (id, id, base_url, capabilities, FALSE);

  sonde_service_list_put (fixture->list, service);
}

/* The schema's default is DeepSeek as the program itself knows it. */
static void
test_default (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeServiceInfo) deepseek = sonde_service_info_new_deepseek ();

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 1);
  g_assert_true (sonde_service_info_equal (sonde_service_list_get (fixture->list, 0), deepseek));
  g_assert_true (sonde_settings_get_service (fixture->settings) ==
                 sonde_service_list_get (fixture->list, 0));
}

static void
test_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeSettings) second = NULL;
  g_autofree char *text = NULL;

  put (fixture, "own", "http://localhost:8080/v1/",
       SONDE_SERVICE_KEYLESS | SONDE_SERVICE_THINK_TAGS);
  text = print (fixture);
  g_assert_cmpstr (text, ==,
                   "[('deepseek', 'DeepSeek', 'https://api.deepseek.com', ['thinking', 'replay', "
                   "'prefix', 'strict', 'balance', 'penalties'], false), "
                   "('own', 'own', 'http://localhost:8080/v1', ['think-tags', 'keyless'], false)]");
  g_assert_cmpuint (fixture->n_changes, ==, 1);

  /* Who starts next reads the same. */
  second = sonde_settings_new ();
  g_assert_true (
    sonde_service_info_equal (sonde_service_list_find (sonde_settings_get_services (second), "own"),
                              sonde_service_list_find (fixture->list, "own")));

  put (fixture, "own", "https://llm.example", SONDE_SERVICE_NONE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 2);
  g_assert_null (sonde_service_list_find_by_url (fixture->list, "http://localhost:8080/v1"));
  g_assert_true (
    sonde_service_list_find_by_url (fixture->list, "https://LLM.example/chat/completions") ==
    sonde_service_list_get (fixture->list, 1));

  sonde_settings_set_service_id (fixture->settings, "own");
  g_assert_cmpstr (sonde_service_info_get_id (sonde_settings_get_service (fixture->settings)), ==,
                   "own");

  /* The first takes over from one that is gone, and the last one stays. */
  g_assert_false (sonde_service_list_remove (fixture->list, "nobody"));
  g_assert_true (sonde_service_list_remove (fixture->list, "own"));
  g_assert_cmpstr (sonde_service_info_get_id (sonde_settings_get_service (fixture->settings)), ==,
                   "deepseek");
  g_assert_false (sonde_service_list_remove (fixture->list, "deepseek"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 1);
}

/* What another hand wrote is read as far as it makes sense. */
static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *text;
    guint n_services;
    const char *first_id;
    SondeServiceFlags first_capabilities;
  } cases[] = {
    { "@a(sssasb) []", 1, "deepseek", SONDE_SERVICE_FLAGS_DEEPSEEK },
    { "[('', 'x', 'https://a.example', @as [], false)]", 1, "deepseek",
      SONDE_SERVICE_FLAGS_DEEPSEEK },
    { "[('a', 'x', '', @as [], false)]", 1, "deepseek", SONDE_SERVICE_FLAGS_DEEPSEEK },
    { "[('a', 'x', 'https://a.example', ['prefix', 'telepathy'], false)]", 1, "a",
      SONDE_SERVICE_PREFIX },
    { "[('a', 'x', 'https://a.example', @as [], false), ('a', 'y', 'https://b.example', [], "
      "false)]",
      1, "a", SONDE_SERVICE_NONE },
    { "[('b', 'x', 'https://b.example', @as [], false), ('a', 'y', 'https://a.example', [], "
      "true)]",
      2, "b", SONDE_SERVICE_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GVariant) value =
      g_variant_parse (G_VARIANT_TYPE ("a(sssasb)"), cases[i].text, NULL, NULL, NULL);
    SondeServiceInfo *first;

    g_assert_nonnull (value);
    g_settings_set_value (fixture->store, "services", value);
    while (g_main_context_iteration (NULL, FALSE))
      ;
    first = sonde_service_list_get (fixture->list, 0);
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==,
                      cases[i].n_services);
    g_assert_cmpstr (sonde_service_info_get_id (first), ==, cases[i].first_id);
    g_assert_cmpuint (sonde_service_info_get_flags (first), ==, cases[i].first_capabilities);
  }
}

static void
test_nowhere (void)
{
  SondeServiceList *list = sonde_service_list_new (NULL);
  g_autoptr (SondeServiceInfo) service =
    sonde_service_info_new ("own", "Own", "https://llm.example", 0, FALSE);

  sonde_service_list_put (list, service);
  g_assert_true (sonde_service_list_find (list, "own") == service);
  g_assert_finalize_object (list);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  add ("/service-list/default", test_default);
  add ("/service-list/change", test_change);
  add ("/service-list/foreign", test_foreign);
#undef add
  g_test_add_func ("/service-list/nowhere", test_nowhere);

  return g_test_run ();
}
