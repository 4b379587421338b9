/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>
#include <sys/stat.h>

#include "sonde-backups.h"
#include "sonde-database.h"
#include "store-fixture.h"

#define DAY (24 * G_TIME_SPAN_HOUR)

static const gint64 NOON = G_GINT64_CONSTANT (1780000000) * G_USEC_PER_SEC;

static void
flush_ok (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  flush_store (fixture->store, &error);
  g_assert_no_error (error);
}

static gint64
add (Fixture *fixture, const char *title, const char *text)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, title, 1);
  g_autoptr (SondeMessage) message = new_message (fixture->store, 0, SONDE_ROLE_USER, text);

  sonde_store_save_message (fixture->store, sonde_conversation_get_id (conversation), message);
  flush_ok (fixture);

  return sonde_conversation_get_id (conversation);
}

static void
back_up (Fixture *fixture, gint64 now)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sonde_store_back_up_async (fixture->store, now, NULL, result_cb, &result);
  g_assert_true (sonde_store_back_up_finish (fixture->store, wait_for (&result), &error));
  g_assert_no_error (error);
}

static GPtrArray *
list_backups (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *backups;

  sonde_store_list_backups_async (fixture->store, NULL, result_cb, &result);
  backups = sonde_store_list_backups_finish (fixture->store, wait_for (&result), &error);
  g_assert_no_error (error);

  return backups;
}

static guint
count_backups (Fixture *fixture)
{
  g_autoptr (GPtrArray) backups = list_backups (fixture);

  return backups->len;
}

static char *
get_folder (Fixture *fixture)
{
  return g_build_filename (fixture->folder, "backups", NULL);
}

static gboolean
contains (const char *path, const char *text)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));

  return memmem (bytes, length, text, strlen (text)) != NULL;
}

static void
test_daily (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) backups = NULL;
  g_autofree char *folder = get_folder (fixture);
  SondeBackup *backup;
  struct stat status;

  /* Of nothing there is none. */
  back_up (fixture, NOON);
  g_assert_cmpuint (count_backups (fixture), ==, 0);

  add (fixture, "first", "needle");
  add (fixture, "second", "thread");
  back_up (fixture, NOON);
  back_up (fixture, NOON + G_TIME_SPAN_HOUR);
  backups = list_backups (fixture);
  g_assert_cmpuint (backups->len, ==, 1);
  backup = g_ptr_array_index (backups, 0);
  g_assert_cmpint (sonde_backup_get_time (backup), ==, NOON);
  g_assert_cmpint (sonde_backup_get_n_conversations (backup), ==, 2);
  g_assert_cmpint (sonde_backup_get_n_messages (backup), ==, 2);
  g_assert_cmpuint (g_strv_length ((char **) sonde_backup_get_titles (backup)), ==, 2);
  g_assert_cmpint (g_stat (sonde_backup_get_path (backup), &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);

  /* The next day: only when something changed. */
  back_up (fixture, NOON + DAY);
  g_assert_cmpuint (count_backups (fixture), ==, 1);
  add (fixture, "third", "more");
  back_up (fixture, NOON + DAY);
  g_assert_cmpuint (count_backups (fixture), ==, 2);
}

static void
test_rotation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) backups = NULL;
  g_autofree char *folder = get_folder (fixture);
  g_autofree char *part = g_build_filename (folder, "sonde-20260101-000000.db.part", NULL);
  g_autofree char *other = g_build_filename (folder, "notes.txt", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (part, "half", -1, NULL));
  g_assert_true (g_file_set_contents (other, "mine", -1, NULL));
  for (guint i = 0; i < 9; i++) {
    add (fixture, "title", "text");
    back_up (fixture, NOON + i * DAY);
  }

  backups = list_backups (fixture);
  g_assert_cmpuint (backups->len, ==, 7);
  g_assert_cmpint (sonde_backup_get_time (g_ptr_array_index (backups, 0)), ==, NOON + 8 * DAY);
  g_assert_cmpint (sonde_backup_get_time (g_ptr_array_index (backups, 6)), ==, NOON + 2 * DAY);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

/* What is deleted for ever is in no backup, also where the program ends before that is done. */
static void
test_purge (Fixture *fixture, gconstpointer data)
{
  const gboolean end = GPOINTER_TO_INT (data);
  gint64 id = add (fixture, "quagmire", "kaleidoscope");
  g_autoptr (GPtrArray) backups = NULL;
  const char *path;

  add (fixture, "kept", "needle");
  back_up (fixture, NOON);
  backups = list_backups (fixture);
  path = sonde_backup_get_path (g_ptr_array_index (backups, 0));
  g_assert_true (contains (path, "kaleidoscope"));

  sonde_store_delete_conversation (fixture->store, id);
  if (end) {
    while (g_atomic_int_get (&G_OBJECT (fixture->store)->ref_count) > 1)
      g_thread_yield ();
    reopen (fixture);
  }
  sonde_test_wait (!contains (path, "kaleidoscope"));
  g_assert_false (contains (path, "eidoscope"));
  g_assert_false (contains (path, "gmire"));
  g_assert_true (contains (path, "needle"));
  g_ptr_array_unref (g_steal_pointer (&backups));
  backups = list_backups (fixture);
  g_assert_cmpint (sonde_backup_get_n_conversations (g_ptr_array_index (backups, 0)), ==, 1);
}

static gboolean
has_purges (Fixture *fixture)
{
  g_autoptr (SondeDatabase) database =
    sonde_database_open (fixture->path, SQLITE_OPEN_READONLY, NULL);
  gint64 n;

  g_assert_true (sonde_database_get_integer (database, "SELECT count (*) FROM purges", &n, NULL));
  return n > 0;
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Nobody can tell what is in a backup that is damaged, and it keeps nothing waiting. */
static void
test_purge_damaged (Fixture *fixture, gconstpointer data)
{
  gint64 id = add (fixture, "quagmire", "kaleidoscope");
  g_autofree char *folder = get_folder (fixture);
  g_autofree char *damaged = g_build_filename (folder, "sonde-20260101-000000.db", NULL);
  g_autofree char *bytes = g_strnfill (8192, 'x');
  guint tick;

  add (fixture, "kept", "needle");
  back_up (fixture, NOON);
  g_assert_true (g_file_set_contents (damaged, bytes, -1, NULL));
  sonde_store_delete_conversation (fixture->store, id);
  flush_ok (fixture);
  g_assert_true (has_purges (fixture));
  sonde_test_wait (!g_file_test (damaged, G_FILE_TEST_EXISTS));
  /* What the writer forgets, it tells nobody. */
  tick = g_timeout_add (10, tick_cb, NULL);
  sonde_test_wait (!has_purges (fixture));
  g_source_remove (tick);
  g_assert_cmpuint (count_backups (fixture), ==, 1);
}

static char *
restore (Fixture *fixture, SondeBackup *backup, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sonde_store_prepare_restore_async (fixture->store, backup, NULL, result_cb, &result);
  if (!sonde_store_prepare_restore_finish (fixture->store, wait_for (&result), error))
    return NULL;

  return sonde_store_restore (fixture->store, error);
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) backups = NULL, conversations = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;

  add (fixture, "first", "needle");
  back_up (fixture, NOON);
  add (fixture, "second", "thread");
  backups = list_backups (fixture);
  close_ok (fixture);

  aside = restore (fixture, g_ptr_array_index (backups, 0), &error);
  g_assert_no_error (error);
  g_assert_true (contains (aside, "thread"));
  open_ok (fixture);
  conversations = list (fixture->store);
  g_assert_cmpuint (conversations->len, ==, 1);
  g_assert_cmpstr (sonde_conversation_get_title (g_ptr_array_index (conversations, 0)), ==,
                   "first");
  g_assert_cmpuint (count_backups (fixture), ==, 1);
}

/* A backup that is damaged does not take the place of anything. */
static void
test_restore_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->base, "damaged.db", NULL);
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (SondeBackup) backup =
    sonde_backup_new (path, 1, 1, 1, (const char *[]) { "title", NULL });
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  add (fixture, "first", "needle");
  close_ok (fixture);
  g_assert_null (restore (fixture, backup, &error));
  g_assert_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_DAMAGED);
  open_ok (fixture);
  conversations = list (fixture->store);
  g_assert_cmpuint (conversations->len, ==, 1);
}

static gboolean
check (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sonde_store_check_async (fixture->store, NULL, result_cb, &result);
  return sonde_store_check_finish (fixture->store, wait_for (&result), error);
}

static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (1000, 'a');
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  for (guint i = 0; i < 200; i++)
    add (fixture, "title", text);
  g_assert_true (check (fixture, &error));
  g_assert_no_error (error);
  close_ok (fixture);

  /* Pages of messages, which no start reads. */
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  memset (bytes + length / 2 / 4096 * 4096, 0x55, 8 * 4096);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
  open_ok (fixture);
  g_assert_false (check (fixture, &error));
  g_assert_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_DAMAGED);
}

/* Closing ends what runs. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) checked = NULL, backed_up = NULL;
  g_autoptr (GError) error = NULL;

  add (fixture, "title", "text");
  sonde_store_check_async (fixture->store, NULL, result_cb, &checked);
  sonde_store_back_up_async (fixture->store, NOON, NULL, result_cb, &backed_up);
  close_ok (fixture);
  g_assert_nonnull (checked);
  g_assert_nonnull (backed_up);
  if (!sonde_store_check_finish (fixture->store, checked, &error))
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A thread lets go of its task a moment after it was answered. */
static void
tear_down_jobs (Fixture *fixture, gconstpointer data)
{
  while (g_atomic_int_get (&G_OBJECT (fixture->store)->ref_count) > 1)
    g_thread_yield ();
  tear_down (fixture, data);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, test)                                                                      \
  g_test_add ("/backups/" name, Fixture, GINT_TO_POINTER (data), set_up_open, test, tear_down_jobs)
  ADD ("daily", 0, test_daily);
  ADD ("rotation", 0, test_rotation);
  ADD ("purge", FALSE, test_purge);
  ADD ("purge-after-end", TRUE, test_purge);
  ADD ("purge-damaged", FALSE, test_purge_damaged);
  ADD ("restore", 0, test_restore);
  ADD ("restore-damaged", 0, test_restore_damaged);
  ADD ("check", 0, test_check);
  ADD ("close", 0, test_close);

  return g_test_run ();
}
