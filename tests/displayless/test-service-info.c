/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-service-info.h"

static void
test_properties (void)
{
  SondeServiceInfo *service = sonde_service_info_new ("own", " Own ", "http://10.0.0.2:8080/v1/",
                                                      SONDE_SERVICE_PENALTIES, TRUE);
  g_autofree char *id = NULL, *name = NULL, *base_url = NULL;
  SondeServiceFlags capabilities;
  gboolean allow_plain;

  g_object_get (service, "id", &id, "name", &name, "base-url", &base_url, "flags", &capabilities,
                "allow-plain", &allow_plain, NULL);
  g_assert_cmpstr (id, ==, "own");
  g_assert_cmpstr (name, ==, "Own");
  g_assert_cmpstr (base_url, ==, "http://10.0.0.2:8080/v1");
  g_assert_cmpuint (capabilities, ==, SONDE_SERVICE_PENALTIES);
  g_assert_true (allow_plain);
  g_assert_false (sonde_service_info_is_deepseek (service));
  g_assert_finalize_object (service);

  service = sonde_service_info_new ("other", " ", "https://llm.example/api", 0, FALSE);
  g_assert_cmpstr (sonde_service_info_get_name (service), ==, "llm.example");
  g_assert_finalize_object (service);
}

static void
test_deepseek (void)
{
  g_autoptr (SondeServiceInfo) service = sonde_service_info_new_deepseek ();

  g_assert_true (sonde_service_info_is_deepseek (service));
  g_assert_cmpstr (sonde_service_info_get_base_url (service), ==, "https://api.deepseek.com");
  g_assert_cmpuint (sonde_service_info_get_flags (service), ==,
                    SONDE_SERVICE_THINKING | SONDE_SERVICE_REPLAY | SONDE_SERVICE_PREFIX |
                      SONDE_SERVICE_STRICT | SONDE_SERVICE_BALANCE | SONDE_SERVICE_PENALTIES);
  g_assert_false (sonde_service_info_get_allow_plain (service));
}

static void
test_equal (void)
{
  g_autoptr (SondeServiceInfo) service =
    sonde_service_info_new ("a", "A", "https://a.example", 1, FALSE);
  const struct {
    const char *id, *name, *base_url;
    guint capabilities;
    gboolean allow_plain, equal;
  } others[] = {
    { "a", "A", "https://a.example/", 1, FALSE, TRUE },
    { "b", "A", "https://a.example", 1, FALSE, FALSE },
    { "a", "B", "https://a.example", 1, FALSE, FALSE },
    { "a", "A", "https://a.example/v1", 1, FALSE, FALSE },
    { "a", "A", "https://a.example", 2, FALSE, FALSE },
    { "a", "A", "https://a.example", 1, TRUE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (SondeServiceInfo) other =
      sonde_service_info_new (others[i].id, others[i].name, others[i].base_url,
                              (SondeServiceFlags) others[i].capabilities, others[i].allow_plain);

    g_assert_cmpint (sonde_service_info_equal (service, other), ==, others[i].equal);
  }
  g_assert_true (sonde_service_info_equal (service, service));
  g_assert_false (sonde_service_info_equal (service, NULL));
}

/* contract.md section 1: with or without a slash, /v1 or the whole path. */
static void
test_addresses (void)
{
  static const struct {
    const char *address;
    const char *normalized;
    SondeAddressProblem problem;
    gboolean usable_with_consent;
  } cases[] = {
    { "https://api.deepseek.com", "https://api.deepseek.com", SONDE_ADDRESS_PROBLEM_NONE, TRUE },
    { " https://API.DeepSeek.com/ ", "https://api.deepseek.com", SONDE_ADDRESS_PROBLEM_NONE, TRUE },
    { "https://api.deepseek.com/v1//", "https://api.deepseek.com/v1", SONDE_ADDRESS_PROBLEM_NONE,
      TRUE },
    { "https://api.deepseek.com/beta", "https://api.deepseek.com/beta", SONDE_ADDRESS_PROBLEM_NONE,
      TRUE },
    { "https://llm.example/v1/chat/completions/", "https://llm.example/v1",
      SONDE_ADDRESS_PROBLEM_NONE, TRUE },
    { "http://localhost:8080", "http://localhost:8080", SONDE_ADDRESS_PROBLEM_NONE, TRUE },
    { "http://127.1.2.3/v1", "http://127.1.2.3/v1", SONDE_ADDRESS_PROBLEM_NONE, TRUE },
    { "http://[::1]:8080/", "http://[::1]:8080", SONDE_ADDRESS_PROBLEM_NONE, TRUE },
    { "HTTP://localhost", "http://localhost", SONDE_ADDRESS_PROBLEM_NONE, TRUE },
    { "http://192.168.1.2:11434/v1", "http://192.168.1.2:11434/v1", SONDE_ADDRESS_PROBLEM_PLAIN,
      TRUE },
    { "http://localhost.example", "http://localhost.example", SONDE_ADDRESS_PROBLEM_PLAIN, TRUE },
    { "", "", SONDE_ADDRESS_PROBLEM_EMPTY, FALSE },
    { "  ", "", SONDE_ADDRESS_PROBLEM_EMPTY, FALSE },
    { "api.deepseek.com", "api.deepseek.com", SONDE_ADDRESS_PROBLEM_MALFORMED, FALSE },
    { "https://", NULL, SONDE_ADDRESS_PROBLEM_MALFORMED, FALSE },
    { "ftp://llm.example", "ftp://llm.example", SONDE_ADDRESS_PROBLEM_MALFORMED, FALSE },
    { "https://me:secret@llm.example", NULL, SONDE_ADDRESS_PROBLEM_EXTRA, FALSE },
    { "https://llm.example/?key=1", NULL, SONDE_ADDRESS_PROBLEM_EXTRA, FALSE },
    { "https://llm.example/#top", NULL, SONDE_ADDRESS_PROBLEM_EXTRA, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *normalized = sonde_service_info_normalize (cases[i].address);

    g_test_message ("%s", cases[i].address);
    g_assert_cmpint (sonde_service_info_check (cases[i].address, FALSE), ==, cases[i].problem);
    g_assert_cmpint (sonde_service_info_check (cases[i].address, TRUE) ==
                       SONDE_ADDRESS_PROBLEM_NONE,
                     ==, cases[i].usable_with_consent);
    if (cases[i].normalized != NULL)
      g_assert_cmpstr (normalized, ==, cases[i].normalized);
  }
}

static void
test_guess (void)
{
  static const struct {
    const char *address;
    SondeServiceFlags some, none;
  } cases[] = {
    { "https://api.deepseek.com/v1/", SONDE_SERVICE_FLAGS_DEEPSEEK,
      SONDE_SERVICE_THINK_TAGS | SONDE_SERVICE_KEYLESS },
    { "https://llm.example", SONDE_SERVICE_PENALTIES | SONDE_SERVICE_THINK_TAGS,
      SONDE_SERVICE_THINKING | SONDE_SERVICE_REPLAY | SONDE_SERVICE_PREFIX | SONDE_SERVICE_STRICT |
        SONDE_SERVICE_BALANCE | SONDE_SERVICE_KEYLESS },
    { "http://localhost:8080", SONDE_SERVICE_KEYLESS, SONDE_SERVICE_BALANCE },
    { "nonsense", SONDE_SERVICE_PENALTIES, SONDE_SERVICE_BALANCE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    SondeServiceFlags guess = sonde_service_info_guess (cases[i].address);

    g_assert_cmpuint (guess & cases[i].some, ==, cases[i].some);
    g_assert_cmpuint (guess & cases[i].none, ==, 0);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service-info/properties", test_properties);
  g_test_add_func ("/service-info/deepseek", test_deepseek);
  g_test_add_func ("/service-info/equal", test_equal);
  g_test_add_func ("/service-info/addresses", test_addresses);
  g_test_add_func ("/service-info/guess", test_guess);

  return g_test_run ();
}
