/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-account-private.h"
#include "sonde-demo-service.h"
#include "sonde-memory-keyring.h"
#include "sonde-model-updater.h"
#include "sonde-test.h"

typedef struct {
  char *folder;
  SondeDemoService *service;
  SondeKeyring *keyring;
  SondeAccount *account;
  SondeModelList *models;
  SondeModelUpdater *updater;
  gboolean done;
  GError *error;
} Fixture;

static void
make_updater (Fixture *fixture)
{
  fixture->keyring = sonde_memory_keyring_new ();
  fixture->account = sonde_account_new (fixture->keyring);
  fixture->models = sonde_model_list_new ();
  fixture->updater = sonde_model_updater_new (fixture->models, fixture->account, fixture->folder);
  sonde_model_updater_start (fixture->updater);
}

static void
clear_updater (Fixture *fixture)
{
  sonde_model_updater_stop (fixture->updater);
  sonde_test_wait (G_OBJECT (fixture->updater)->ref_count == 1 &&
                   G_OBJECT (fixture->account)->ref_count == 2);
  g_assert_finalize_object (fixture->updater);
  g_assert_finalize_object (fixture->account);
  g_assert_finalize_object (fixture->models);
  g_assert_finalize_object (fixture->keyring);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("sonde-models-XXXXXX", NULL);
  fixture->service = sonde_demo_service_new ();
  g_assert_true (sonde_demo_service_start (fixture->service, 0, NULL));
  make_updater (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  clear_updater (fixture);
  sonde_demo_service_stop (fixture->service);
  g_clear_object (&fixture->service);
  g_clear_error (&fixture->error);
  sonde_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
use (Fixture *fixture, const char *id, const char *base_url)
{
  g_autoptr (SondeServiceInfo) service =
    sonde_service_info_new (id, id, base_url, SONDE_SERVICE_NONE, FALSE);

  sonde_account_set_service (fixture->account, service, FALSE);
  sonde_account_set_key_async (fixture->account, "sk-test-0123456789", FALSE, NULL, NULL, NULL);
}

static const char *
get_subtitle (Fixture *fixture)
{
  SondeModelInfo *model = sonde_model_list_find (fixture->models, "deepseek-v4-flash");

  return model != NULL ? sonde_model_info_get_subtitle (model) : NULL;
}

/* A file that is there may still be written. */
static gboolean
is_cached (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
    g_autofree char *contents = NULL;

    if (g_str_has_prefix (name, "models-") && g_file_get_contents (path, &contents, NULL, NULL) &&
        g_str_has_suffix (g_strchomp (contents), "}"))
      return TRUE;
  }

  return FALSE;
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* The end of the writing wakes nobody here. */
static void
wait_for_cache (Fixture *fixture)
{
  guint tick = g_timeout_add (5, tick_cb, NULL);

  sonde_test_wait (is_cached (fixture));
  g_source_remove (tick);
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  sonde_model_updater_update_finish (SONDE_MODEL_UPDATER (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
update (Fixture *fixture)
{
  fixture->done = FALSE;
  g_clear_error (&fixture->error);
  sonde_model_updater_update_async (fixture->updater, updated_cb, fixture);
  sonde_test_wait (fixture->done);
}

/* The service is asked as soon as there is a way; what it said is there at the next
 * start, when the service is not. */
static void
test_cache (Fixture *fixture, gconstpointer data)
{
  g_autofree char *base_url = g_strdup (sonde_demo_service_get_base_url (fixture->service));
  g_autofree char *served = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->models)), ==, 2);
  use (fixture, "own", base_url);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->models)), ==, 0);
  sonde_test_wait (g_list_model_get_n_items (G_LIST_MODEL (fixture->models)) == 2);
  served = g_strdup (get_subtitle (fixture));
  wait_for_cache (fixture);

  clear_updater (fixture);
  sonde_demo_service_stop (fixture->service);
  make_updater (fixture);
  use (fixture, "own", base_url);
  sonde_test_wait (g_list_model_get_n_items (G_LIST_MODEL (fixture->models)) == 2);
  g_assert_cmpstr (get_subtitle (fixture), ==, served);

  /* Asked for, it is said that there is no answer, and the list stays. */
  update (fixture);
  g_assert_nonnull (fixture->error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->models)), ==, 2);

  /* Another service has a list of its own. */
  use (fixture, "other", "http://127.0.0.1:9");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->models)), ==, 0);
}

/* Offline and never asked: DeepSeek's models are known all the same. */
static void
test_builtin (Fixture *fixture, gconstpointer data)
{
  use (fixture, SONDE_COMMAND_LINE_ID, "http://127.0.0.1:9");
  update (fixture);
  g_assert_nonnull (fixture->error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->models)), ==, 2);
  g_assert_false (is_cached (fixture));
}

static void
test_on_demand (Fixture *fixture, gconstpointer data)
{
  use (fixture, "own", sonde_demo_service_get_base_url (fixture->service));
  update (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->models)), ==, 2);

  /* Asked twice, one answer is for both. */
  fixture->done = FALSE;
  sonde_model_updater_update_async (fixture->updater, NULL, NULL);
  sonde_model_updater_update_async (fixture->updater, updated_cb, fixture);
  sonde_test_wait (fixture->done);
  g_assert_no_error (fixture->error);

  /* Another service: the answer of the former is not waited for. */
  fixture->done = FALSE;
  sonde_model_updater_update_async (fixture->updater, updated_cb, fixture);
  use (fixture, "other", "http://127.0.0.1:9");
  sonde_test_wait (fixture->done);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What is on the disk is rubbish. */
static void
test_bad_cache (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sum =
    g_compute_checksum_for_string (G_CHECKSUM_SHA256, "https://api.deepseek.com", -1);
  g_autofree char *name = g_strconcat ("models-", sum, ".json", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (SondeServiceInfo) service = sonde_service_info_new_deepseek ();

  g_assert_true (g_file_set_contents (path, "{\"models\":[", -1, NULL));
  sonde_account_set_service (fixture->account, service, FALSE);
  sonde_test_wait (sonde_account_get_state (fixture->account) == SONDE_ACCOUNT_NO_KEY);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->models)), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  add ("/model-updater/cache", test_cache);
  add ("/model-updater/builtin", test_builtin);
  add ("/model-updater/on-demand", test_on_demand);
  add ("/model-updater/bad-cache", test_bad_cache);
#undef add

  return g_test_run ();
}
