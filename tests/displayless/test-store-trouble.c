/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <signal.h>
#include <sys/fsuid.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sonde-migrations.h"
#include "sonde-statement.h"
#include "sonde-tool-call.h"
#include "sonde-usage-entry.h"
#include "store-fixture.h"

#define PAGE_SIZE 4096 /* of a database */

/* --- files ------------------------------------------------------------------- */

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *contents = NULL;
  gsize length = 0;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (contents, length);
}

static void
write_file (const char *path, const void *data, gsize length)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);
}

static void
assert_file (const char *path, GBytes *expected)
{
  g_autoptr (GBytes) bytes = read_file (path);

  g_assert_true (g_bytes_equal (bytes, expected));
}

/* What lies in a folder, in order. */
static char *
list_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort_values (names, (GCompareFunc) g_strcmp0);
  g_ptr_array_add (names, NULL);

  return g_strjoinv (" ", (char **) names->pdata);
}

static SondeDatabase *
open_database (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  SondeDatabase *database;

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  database = sonde_database_open (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &error);
  g_assert_no_error (error);

  return database;
}

static void
execute (SondeDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  sonde_database_execute (database, sql, &error);
  g_assert_no_error (error);
}

static void
assert_sound (const char *path)
{
  SondeDatabase *database = open_database (path);
  g_autoptr (GError) error = NULL;
  gint64 n;

  /* The pragmas have a row for each thing that is wrong; `ok` is one, too. */
  g_assert_true (sonde_database_get_integer (
    database, "SELECT count (*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", &n,
    &error));
  g_assert_cmpint (n, ==, 0);
  g_assert_true (sonde_database_get_integer (
    database, "SELECT count (*) FROM pragma_foreign_key_check", &n, &error));
  g_assert_cmpint (n, ==, 0);
  g_assert_true (sonde_database_get_integer (database, "PRAGMA user_version", &n, &error));
  g_assert_cmpint (n, ==, sonde_migrations_get_version ());
  sonde_database_close (database);
}

static void
assert_open_fails (Fixture *fixture, SondeStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *set_aside_path = NULL;

  g_assert_false (open_store (fixture->store, &set_aside_path, &error));
  g_assert_error (error, SONDE_STORE_ERROR, (int) code);
  g_assert_cmpstr (error->message, !=, "");
  g_assert_null (set_aside_path);
  /* The program goes on without it. */
  g_assert_cmpint (sonde_store_allocate_id (fixture->store), ==, 1);
}

/* --- opening ----------------------------------------------------------------- */

static void
test_modes (Fixture *fixture, gconstpointer data)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", ".lock" };
  GStatBuf buffer;

  open_ok (fixture);
  g_assert_no_errno (g_stat (fixture->folder, &buffer));
  g_assert_cmpuint (buffer.st_mode & 0777, ==, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);

    g_assert_no_errno (g_stat (path, &buffer));
    g_assert_cmpuint (buffer.st_mode & 0777, ==, 0600);
  }
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  SondeDatabase *database = open_database (fixture->path);
  g_autoptr (GBytes) before = NULL;
  g_autofree char *names = NULL;

  execute (database, "PRAGMA journal_mode = WAL; CREATE TABLE future (x); PRAGMA user_version = 9");
  sonde_database_close (database);
  before = read_file (fixture->path);

  assert_open_fails (fixture, SONDE_STORE_ERROR_NEWER);
  assert_file (fixture->path, before);
  names = list_folder (fixture->folder);
  g_assert_cmpstr (names, ==, "sonde.db sonde.db.lock");
}

/* The newer program was killed before its version reached the database itself. */
static void
test_newer_in_log (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) wal_before = NULL;
  SondeDatabase *database;

  open_ok (fixture);
  close_ok (fixture);
  database = open_database (fixture->path);
  sqlite3_db_config (database->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  execute (database, "PRAGMA user_version = 9");
  sonde_database_close (database);
  before = read_file (fixture->path);
  wal_before = read_file (wal);
  g_assert_cmpuint (g_bytes_get_size (wal_before), >, 0);

  assert_open_fails (fixture, SONDE_STORE_ERROR_NEWER);
  assert_file (fixture->path, before);
  assert_file (wal, wal_before);
}

static void
fill (Fixture *fixture)
{
  g_autofree char *title = g_strnfill (2000, 't');
  g_autofree char *text = g_strnfill (2000, 'x');

  open_ok (fixture);
  for (guint i = 0; i < 50; i++) {
    g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, title, i);
    g_autoptr (SondeMessage) message = new_message (fixture->store, 0, SONDE_ROLE_USER, text);

    sonde_store_save_message (fixture->store, sonde_conversation_get_id (conversation), message);
  }
  close_ok (fixture);
}

static void
damage_garbage (Fixture *fixture)
{
  g_autofree char *garbage = g_strnfill (5000, 'g');

  write_file (fixture->path, garbage, 5000);
}

static void
damage_truncate (Fixture *fixture)
{
  g_autoptr (GBytes) bytes = NULL;

  fill (fixture);
  bytes = read_file (fixture->path);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 100000);
  write_file (fixture->path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) / 2);
}

/* Beyond the header all is there, and is wrong. */
static void
damage_pages (Fixture *fixture)
{
  gsize length;
  g_autofree guint8 *bytes = NULL;

  fill (fixture);
  g_assert_true (g_file_get_contents (fixture->path, (char **) &bytes, &length, NULL));
  memset (bytes + 8192, 0x5a, length - 8192);
  write_file (fixture->path, bytes, length);
}

static gboolean
is_full_of (const char *page, char letter)
{
  guint n = 0;

  for (guint i = 0; i < PAGE_SIZE; i++)
    n += page[i] == letter;

  return n > PAGE_SIZE / 4;
}

/* The first or the last page with that text; everything else stays sound. */
static void
damage_page (Fixture *fixture, char letter, gboolean last)
{
  g_autofree char *bytes = NULL;
  gsize length;
  gsize damaged = 0;

  fill (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  for (gsize at = PAGE_SIZE; at < length && (last || damaged == 0); at += PAGE_SIZE) {
    if (is_full_of (bytes + at, letter))
      damaged = at;
  }
  g_assert_cmpuint (damaged, !=, 0);
  memset (bytes + damaged, 0x5a, PAGE_SIZE);
  write_file (fixture->path, bytes, length);
}

static void
damage_conversations (Fixture *fixture)
{
  damage_page (fixture, 't', FALSE);
}

static void
damage_messages (Fixture *fixture)
{
  damage_page (fixture, 'x', TRUE);
}

static char *
assert_set_aside (Fixture *fixture, void (*damage) (Fixture *))
{
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *aside = NULL;
  g_autofree char *aside_wal = NULL;
  g_autoptr (GBytes) log = g_bytes_new_static ("a log", 5);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GError) error = NULL;

  damage (fixture);
  write_file (wal, "a log", 5);
  before = read_file (fixture->path);
  g_assert_true (open_store (fixture->store, &aside, &error));
  g_assert_no_error (error);
  g_assert_nonnull (aside);
  g_assert_true (g_str_has_prefix (aside, fixture->path));
  assert_file (aside, before);
  aside_wal = g_strconcat (aside, "-wal", NULL);
  assert_file (aside_wal, log);

  conversations = list (fixture->store);
  g_assert_cmpuint (conversations->len, ==, 0);
  close_ok (fixture);

  return g_steal_pointer (&aside);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  void (*damage) (Fixture *) = (void (*) (Fixture *)) data;
  g_autofree char *first = assert_set_aside (fixture, damage);
  g_autoptr (GBytes) before = read_file (first);
  g_autofree char *second = assert_set_aside (fixture, damage);

  /* Within the same second, and the first is still there. */
  g_assert_cmpstr (first, !=, second);
  assert_file (first, before);
}

/* Root may write everywhere. As root the threads of the store therefore act for
 * another user on the file system: a thread inherits that from the one that makes it. */
static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  gboolean with_database = data != NULL;
  const uid_t nobody = 65534;

  if (with_database) {
    fill (fixture);
    g_assert_no_errno (g_chmod (fixture->path, 0444));
  } else {
    g_assert_no_errno (g_mkdir (fixture->folder, 0700));
  }
  g_assert_no_errno (g_chmod (fixture->base, 0755));
  g_assert_no_errno (g_chmod (fixture->folder, 0555));

  g_clear_object (&fixture->store);
  fixture->store = sonde_store_new (fixture->path);
  if (geteuid () == 0)
    setfsuid (nobody);
  assert_open_fails (fixture, SONDE_STORE_ERROR_READ_ONLY);
  if (geteuid () == 0)
    setfsuid (0);
  g_assert_no_errno (g_chmod (fixture->folder, 0700));
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  write_file (fixture->folder, "", 0);
  assert_open_fails (fixture, SONDE_STORE_ERROR_FAILED);
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeDatabase) other = NULL;

  open_ok (fixture);
  close_ok (fixture);
  g_clear_object (&fixture->store);
  fixture->store = sonde_store_new (fixture->path);
  other = open_database (fixture->path);
  execute (other, "BEGIN IMMEDIATE");
  assert_open_fails (fixture, SONDE_STORE_ERROR_BUSY);
  execute (other, "ROLLBACK");
  open_ok (fixture);
}

static void
test_second_store (Fixture *fixture, gconstpointer data)
{
  SondeStore *second = sonde_store_new (fixture->path);
  g_autoptr (GError) error = NULL;

  open_ok (fixture);
  g_assert_false (open_store (second, NULL, &error));
  g_assert_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_BUSY);
  g_clear_error (&error);

  close_ok (fixture);
  open_store (second, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (close_store (second, &error));
  g_assert_finalize_object (second);
}

/* --- writing ----------------------------------------------------------------- */

typedef struct {
  GError *failure;
  guint failures;
  guint recoveries;
} News;

static void
write_failed_cb (SondeStore *store, const GError *error, News *news)
{
  g_clear_error (&news->failure);
  news->failure = g_error_copy (error);
  news->failures++;
}

static void
write_recovered_cb (SondeStore *store, News *news)
{
  news->recoveries++;
}

static void
listen (Fixture *fixture, News *news)
{
  g_signal_connect (fixture->store, "write-failed", G_CALLBACK (write_failed_cb), news);
  g_signal_connect (fixture->store, "write-recovered", G_CALLBACK (write_recovered_cb), news);
}

/* No file can grow: to the program that is a full disk, on every file system. */
static void
set_file_limit (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_no_errno (getrlimit (RLIMIT_FSIZE, &limit));
  limit.rlim_cur = bytes;
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &limit));
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = NULL;
  g_autoptr (SondeConversation) other = NULL;
  g_autoptr (SondeMessage) answer = NULL;
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;
  gint64 conversation_id;
  News news = { NULL };

  open_ok (fixture);
  listen (fixture, &news);
  conversation = save_conversation (fixture->store, "c", 1);
  conversation_id = sonde_conversation_get_id (conversation);
  answer = new_message (fixture->store, 0, SONDE_ROLE_ASSISTANT, "");
  sonde_message_set_state (answer, SONDE_MESSAGE_STREAMING);
  sonde_store_save_message (fixture->store, conversation_id, answer);
  append (fixture->store, answer, SONDE_TEXT_CONTENT, "before, ");
  flush_store (fixture->store, &error);
  g_assert_no_error (error);

  set_file_limit (1);
  append (fixture->store, answer, SONDE_TEXT_CONTENT, "during, ");
  sonde_test_wait (news.failures > 0);
  g_assert_error (news.failure, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FULL);
  other = save_conversation (fixture->store, "other", 2);
  sonde_conversation_set_draft (other, "draft");
  sonde_store_save_conversation (fixture->store, other);
  g_assert_false (flush_store (fixture->store, &error));
  g_assert_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FULL);
  g_clear_error (&error);
  append (fixture->store, answer, SONDE_TEXT_CONTENT, "during too, ");
  g_assert_false (flush_store (fixture->store, &error));
  g_assert_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FULL);
  g_clear_error (&error);
  g_assert_cmpuint (news.failures, ==, 1);
  g_assert_cmpuint (news.recoveries, ==, 0);

  /* By itself, with nothing new to write. */
  set_file_limit (RLIM_INFINITY);
  sonde_test_wait (news.recoveries > 0);
  append (fixture->store, answer, SONDE_TEXT_CONTENT, "after");
  flush_store (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (news.failures, ==, 1);
  g_assert_cmpuint (news.recoveries, ==, 1);
  g_clear_error (&news.failure);

  reopen (fixture);
  messages = load (fixture->store, conversation_id);
  g_assert_cmpuint (messages->len, ==, 1);
  g_assert_cmpstr (content (g_ptr_array_index (messages, 0)), ==,
                   "before, during, during too, after");
  conversations = list (fixture->store);
  g_assert_cmpuint (conversations->len, ==, 2);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sonde_store_add_to_import_finish (SONDE_STORE (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* An import waits for room, like everything else, and nothing of it is lost or twice there. */
static void
test_full_import (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) imported = NULL;
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) loaded = NULL;
  g_autoptr (SondeFolder) folder = NULL;
  g_autoptr (GError) error = NULL;
  gboolean added = FALSE;
  gint64 import_id;
  News news = { NULL };

  open_ok (fixture);
  listen (fixture, &news);
  import_id = sonde_store_begin_import (fixture->store);
  flush_store (fixture->store, &error);
  g_assert_no_error (error);
  imported = sonde_conversation_new (sonde_store_allocate_id (fixture->store), 1000);
  for (guint i = 0; i < 100; i++)
    g_ptr_array_add (messages, new_message (fixture->store, 0, SONDE_ROLE_USER, "text"));

  set_file_limit (1);
  sonde_store_add_to_import_async (fixture->store, import_id, imported, messages, added_cb, &added);
  sonde_test_wait (news.failures > 0);
  g_assert_error (news.failure, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FULL);
  g_assert_false (added);
  g_assert_cmpuint (news.recoveries, ==, 0);

  set_file_limit (RLIM_INFINITY);
  sonde_test_wait (added);
  sonde_test_wait (news.recoveries > 0);
  g_assert_cmpuint (news.failures, ==, 1);
  folder = sonde_folder_new (sonde_store_allocate_id (fixture->store), "Work", 0);
  sonde_store_save_folder (fixture->store, folder);
  flush_store (fixture->store, &error);
  g_assert_no_error (error);
  loaded = load (fixture->store, sonde_conversation_get_id (imported));
  g_assert_cmpuint (loaded->len, ==, 100);
  g_clear_error (&news.failure);
}

static void
test_full_at_start (Fixture *fixture, gconstpointer data)
{
  set_file_limit (1);
  assert_open_fails (fixture, SONDE_STORE_ERROR_FULL);
  set_file_limit (RLIM_INFINITY);
  open_ok (fixture);
}

static void
test_close_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = NULL;
  g_autoptr (GError) error = NULL;

  open_ok (fixture);
  set_file_limit (1);
  conversation = save_conversation (fixture->store, "c", 1);
  g_assert_false (close_store (fixture->store, &error));
  g_assert_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FULL);
  set_file_limit (RLIM_INFINITY);
  open_ok (fixture);
}

/* SQLite's own word for it. */
static void
test_full_code (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeDatabase) database = open_database (fixture->path);
  g_autoptr (GError) error = NULL;

  execute (database, "CREATE TABLE t (x); PRAGMA max_page_count = 3");
  g_assert_false (
    sonde_database_execute (database, "INSERT INTO t VALUES (zeroblob (100000))", &error));
  g_assert_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FULL);
  g_assert_false (sonde_database_get_refused (database));
}

static void
test_locked_later (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeDatabase) other = NULL;
  g_autoptr (SondeConversation) conversation = NULL;
  g_autoptr (GPtrArray) conversations = NULL;
  News news = { NULL };

  open_ok (fixture);
  listen (fixture, &news);
  other = open_database (fixture->path);
  execute (other, "BEGIN IMMEDIATE");
  conversation = save_conversation (fixture->store, "c", 1);
  sonde_conversation_set_draft (conversation, "draft");
  sonde_store_save_conversation (fixture->store, conversation);
  sonde_test_wait (news.failures > 0);
  g_assert_error (news.failure, SONDE_STORE_ERROR, SONDE_STORE_ERROR_BUSY);
  g_clear_error (&news.failure);

  execute (other, "ROLLBACK");
  sonde_test_wait (news.recoveries > 0);
  conversations = list (fixture->store);
  g_assert_cmpuint (conversations->len, ==, 1);
}

/* What can never be written holds up nothing else. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = NULL;
  g_autoptr (SondeMessage) stray = NULL;
  g_autoptr (SondeMessage) message = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;
  News news = { NULL };

  open_ok (fixture);
  listen (fixture, &news);
  conversation = save_conversation (fixture->store, "c", 1);
  stray = new_message (fixture->store, 0, SONDE_ROLE_USER, "stray");
  sonde_store_save_message (fixture->store, 999, stray);
  message = new_message (fixture->store, 0, SONDE_ROLE_USER, "m");
  sonde_store_save_message (fixture->store, sonde_conversation_get_id (conversation), message);
  flush_store (fixture->store, &error);
  g_assert_no_error (error);
  sonde_test_wait (news.failures > 0);
  g_assert_error (news.failure, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED);
  g_clear_error (&news.failure);

  messages = load (fixture->store, sonde_conversation_get_id (conversation));
  g_assert_cmpuint (messages->len, ==, 1);
}

/* Somebody deletes the log, under the program or after it was killed. What was saved before is
 * there, what is saved afterwards is kept too, and the database stays sound. */
static void
test_log_deleted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  gboolean running = data != NULL;
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (SondeConversation) conversation = NULL;
  g_autoptr (SondeMessage) message = NULL;
  g_autoptr (SondeConversation) later = NULL;
  g_autoptr (SondeMessage) afterwards = NULL;
  g_autoptr (GError) error = NULL;

  open_ok (fixture);
  conversation = save_conversation (fixture->store, "before", 1);
  message = new_message (fixture->store, 0, SONDE_ROLE_USER, "kept text");
  sonde_store_save_message (fixture->store, sonde_conversation_get_id (conversation), message);
  flush_store (fixture->store, &error);
  g_assert_no_error (error);
  if (!running) {
    SondeDatabase *database;

    close_ok (fixture);
    database = open_database (fixture->path);
    sqlite3_db_config (database->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    execute (database, "UPDATE conversations SET title = 'lost with the log'");
    sonde_database_close (database);
  }
  g_assert_no_errno (g_unlink (wal));
  if (!running)
    open_ok (fixture);

  later = save_conversation (fixture->store, "after", 2);
  afterwards = new_message (fixture->store, 0, SONDE_ROLE_USER, "later text");
  sonde_store_save_message (fixture->store, sonde_conversation_get_id (later), afterwards);
  flush_store (fixture->store, &error);
  g_assert_no_error (error);
  close_ok (fixture);
  assert_sound (fixture->path);

  open_ok (fixture);
  conversations = list (fixture->store);
  g_assert_cmpuint (conversations->len, ==, 2);
  g_assert_cmpstr (sonde_conversation_get_title (g_ptr_array_index (conversations, 0)), ==,
                   "after");
  g_assert_cmpstr (sonde_conversation_get_title (g_ptr_array_index (conversations, 1)), ==,
                   "before");
  messages = load (fixture->store, sonde_conversation_get_id (conversation));
  g_assert_cmpuint (messages->len, ==, 1);
  g_assert_cmpstr (content (g_ptr_array_index (messages, 0)), ==, "kept text");
}

/* --- migrations --------------------------------------------------------------- */

/* Reads the fixtures of these versions, one behind the other; the last one is 0. */
static void
read_fixture (const char *path, const int *versions)
{
  SondeDatabase *database = open_database (path);

  for (; *versions != 0; versions++) {
    g_autofree char *name = g_strdup_printf ("store-version-%d.sql", *versions);
    g_autofree char *file = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
    g_autofree char *sql = NULL;
    g_autoptr (GError) error = NULL;

    g_file_get_contents (file, &sql, NULL, &error);
    g_assert_no_error (error);
    execute (database, sql);
  }
  sonde_database_close (database);
}

static void
test_version_1 (Fixture *fixture, gconstpointer data)
{
  static const int files[] = { 1, 0 };
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  SondeMessage *answer;

  read_fixture (fixture->path, files);
  open_ok (fixture);
  g_assert_cmpint (sonde_store_allocate_id (fixture->store), ==, 8);
  conversations = list (fixture->store);
  g_assert_cmpuint (conversations->len, ==, 2);
  g_assert_cmpstr (sonde_conversation_get_title (g_ptr_array_index (conversations, 0)), ==,
                   "无理数");
  g_assert_cmpstr (sonde_conversation_get_draft (g_ptr_array_index (conversations, 1)), ==,
                   "Why is");
  messages = load (fixture->store, 1);
  g_assert_cmpuint (messages->len, ==, 4);
  answer = g_ptr_array_index (messages, 1);
  g_assert_cmpint (sonde_message_get_parent_id (answer), ==, 2);
  g_assert_cmpint (sonde_message_get_state (answer), ==, SONDE_MESSAGE_COMPLETE);
  g_assert_cmpstr (content (answer), ==, "Assume it's p/q.");
  g_assert_cmpstr (reasoning (answer), ==, "");
  g_assert_cmpint (sonde_message_get_usage (answer)->cache_hit_tokens, ==, 64);
  g_assert_cmpint (sonde_message_get_thinking (answer), ==, SONDE_THINKING_HIGH);
  answer = g_ptr_array_index (messages, 2);
  g_assert_cmpint (sonde_message_get_state (answer), ==, SONDE_MESSAGE_FAILED);
  g_assert_cmpint (sonde_message_get_failure (answer)->kind, ==, SONDE_FAILURE_OVERLOADED);
  answer = g_ptr_array_index (messages, 3);
  g_assert_cmpint (sonde_message_get_state (answer), ==, SONDE_MESSAGE_INTERRUPTED);
  g_assert_cmpstr (content (answer), ==, "Suppose not");
  g_assert_cmpstr (reasoning (answer), ==, "First");
}

/* The second version of the schema comes over whole; what it had deleted or left half imported
 * goes. */
static void
test_version_2 (Fixture *fixture, gconstpointer data)
{
  static const int files[] = { 2, 0 };
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  const SondeMessageDetails *details;
  const SondeToolCall *call;
  SondeConversation *conversation;

  read_fixture (fixture->path, files);
  open_ok (fixture);
  g_assert_cmpint (sonde_store_allocate_id (fixture->store), ==, 15);
  conversations = list (fixture->store);
  g_assert_cmpuint (conversations->len, ==, 2);
  conversation = g_ptr_array_index (conversations, 0);
  g_assert_cmpint (sonde_conversation_get_folder_id (conversation), ==, 10);
  g_assert_true (sonde_conversation_get_archived (conversation));
  g_assert_true (sonde_conversation_get_title_manual (conversation));
  g_assert_cmpstr (sonde_conversation_get_system_prompt (conversation), ==, "Be brief.");
  g_assert_cmpstr (sonde_conversation_get_origin (conversation), ==, "sonde:1");
  g_assert_cmpint (sonde_conversation_get_trashed_at (g_ptr_array_index (conversations, 1)), ==,
                   1760000000000000);
  messages = load (fixture->store, 1);
  g_assert_cmpuint (messages->len, ==, 3);
  details = sonde_message_get_details (g_ptr_array_index (messages, 1));
  call = g_ptr_array_index (details->tool_calls, 0);
  g_assert_cmpstr (call->arguments, ==, "{\"a\" : 1.50}");
  g_assert_cmpstr (details->extra, ==, "{\"x\":1.0}");
  g_assert_cmpstr (details->currency, ==, "USD");
  g_assert_cmpint (details->duration, ==, 4321);
}

static void
listed_usage_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GPtrArray **) user_data = sonde_store_list_usage_finish (SONDE_STORE (source), result, NULL);
}

/* What the fifth version has comes over whole; what was imported was not paid for here. */
static void
test_version_5 (Fixture *fixture, gconstpointer data)
{
  static const int files[] = { 2, 5, 0 };
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  GPtrArray *usage = NULL;
  const SondeUsageEntry *entry;

  read_fixture (fixture->path, files);
  open_ok (fixture);
  conversations = list (fixture->store);
  g_assert_cmpuint (conversations->len, ==, 4);
  messages = load (fixture->store, 20);
  g_assert_cmpuint (messages->len, ==, 2);
  g_assert_cmpstr (content (g_ptr_array_index (messages, 1)), ==, "A probe.");
  g_assert_null (sonde_message_get_summary (g_ptr_array_index (messages, 1)));
  g_assert_false (sonde_message_get_copied (g_ptr_array_index (messages, 1)));

  sonde_store_delete_conversation (fixture->store, 20);
  sonde_store_delete_conversation (fixture->store, 25);
  sonde_store_list_usage_async (fixture->store, 1762000000000000 - G_TIME_SPAN_DAY, NULL,
                                listed_usage_cb, &usage);
  sonde_test_wait (usage != NULL);
  g_assert_cmpuint (usage->len, ==, 2);
  entry = g_ptr_array_index (usage, 0);
  g_assert_cmpstr (entry->kind, ==, "answer");
  g_assert_cmpint (entry->conversation_id, ==, 0);
  g_assert_cmpint (entry->usage.prompt_tokens, ==, 1000);
  entry = g_ptr_array_index (usage, 1);
  g_assert_cmpstr (entry->kind, ==, "title");
  g_ptr_array_unref (usage);
}

/* All that a database is made of, whatever spaces and quotes it was written with. */
static char *
dump_schema (const char *path)
{
  SondeDatabase *database = open_database (path);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (SondeStatement) statement = sonde_statement_get (
      database,
      "SELECT type || ' ' || name || ' ' || replace (replace (replace (sql, ' ', ''), char (10), "
      "''), '\"', '') FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name",
      &error);

    g_assert_no_error (error);
    while (sonde_statement_next (statement, &error))
      g_string_append_printf (out, "%s\n", sonde_statement_get_string (statement, 0));
    g_assert_no_error (error);
  }
  sonde_database_close (database);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Who said what in a database: the text and the reasoning of each message by its id. */
static GHashTable *
read_texts (const char *path)
{
  SondeDatabase *database = open_database (path);
  GHashTable *texts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (SondeStatement) statement =
      sonde_statement_get (database,
                           "SELECT id, conversation_id || role || ': ' || ifnull (reasoning, '') "
                           "|| char (10) || content "
                           "FROM messages WHERE state != 'streaming'",
                           &error);

    g_assert_no_error (error);
    while (sonde_statement_next (statement, &error)) {
      gint64 id = sonde_statement_get_int64 (statement, 0);

      g_hash_table_insert (texts, g_memdup2 (&id, sizeof id),
                           g_strdup (sonde_statement_get_string (statement, 1)));
    }
    g_assert_no_error (error);
  }
  sonde_database_close (database);

  return texts;
}

/* That every message that is there now was there, to the byte. Returns how many there are. */
static guint
assert_texts_kept (GHashTable *before, GHashTable *after)
{
  GHashTableIter iter;
  gpointer id, text;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &id, &text))
    if (g_hash_table_contains (after, id))
      g_assert_cmpstr (g_hash_table_lookup (after, id), ==, text);

  return g_hash_table_size (after);
}

static guint
count_hits (SondeStore *store, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError) error = NULL;

  sonde_store_search_async (store, text, 10, NULL, result_cb, &result);
  hits = sonde_store_search_finish (store, wait_for (&result), &error);
  g_assert_no_error (error);

  return hits->len;
}

/* What each older schema became, and that it is the schema of a new database. A new version
 * needs a row here: its schema is that of the version before it no more. */
static void
test_every_version (Fixture *fixture, gconstpointer data)
{
  static const struct {
    int files[5];
    guint n_conversations;
    guint n_messages;
    const char *words[5]; /* each is found once */
  } rows[] = {
    { { 1 }, 2, 4, { "irrational", "无理" } },
    { { 2 }, 2, 3, { "irrational", "无理", "foo.txt" } },
    { { 2, 3 }, 3, 5, { "irrational", "anchor", "hull", "水里", "chart-of-the-bay" } },
    { { 2, 3, 4 }, 3, 5, { "irrational", "anchor", "hull", "水里", "chart-of-the-bay" } },
    { { 2, 5 }, 4, 6, { "irrational", "probe", "elsewhere" } },
    { { 2, 5, 6 }, 4, 6, { "irrational", "probe", "elsewhere" } },
    { { 2, 5, 6, 7 }, 4, 6, { "irrational", "probe", "elsewhere" } },
  };
  g_autofree char *fresh_path = g_build_filename (fixture->base, "fresh", "sonde.db", NULL);
  g_autofree char *fresh = NULL;

  g_assert_cmpint (sonde_migrations_get_version (), ==, G_N_ELEMENTS (rows) + 1);
  for (gsize i = 0; i <= G_N_ELEMENTS (rows); i++) {
    g_autofree char *name = g_strdup_printf ("%" G_GSIZE_FORMAT, i);
    g_autofree char *path = g_build_filename (fixture->base, name, "sonde.db", NULL);
    g_autoptr (SondeStore) store = sonde_store_new (i == 0 ? fresh_path : path);
    g_autoptr (GPtrArray) conversations = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *schema = NULL;
    g_autoptr (GHashTable) before = NULL;
    g_autoptr (GHashTable) after = NULL;

    if (i > 0) {
      read_fixture (path, rows[i - 1].files);
      before = read_texts (path);
    }
    g_assert_true (open_store (store, NULL, &error));
    g_assert_no_error (error);
    conversations = list (store);
    g_assert_cmpuint (conversations->len, ==, i > 0 ? rows[i - 1].n_conversations : 0);
    sonde_test_wait (sonde_store_get_index_progress (store) >= 1);
    for (guint j = 0; i > 0 && j < G_N_ELEMENTS (rows[0].words) && rows[i - 1].words[j] != NULL;
         j++) {
      g_test_message ("version %d: %s", (int) i, rows[i - 1].words[j]);
      g_assert_cmpuint (count_hits (store, rows[i - 1].words[j]), ==, 1);
    }
    g_assert_true (close_store (store, &error));

    if (i == 0) {
      fresh = dump_schema (fresh_path);
      continue;
    }
    assert_sound (path);
    after = read_texts (path);
    g_assert_cmpuint (assert_texts_kept (before, after), ==, rows[i - 1].n_messages);
    schema = dump_schema (path);
    g_assert_cmpstr (schema, ==, fresh);
  }
}

static void
draft_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GPtrArray **) user_data = sonde_store_load_draft_finish (SONDE_STORE (source), result, NULL);
}

/* What the sixth version has comes over whole. */
static void
test_version_6 (Fixture *fixture, gconstpointer data)
{
  static const int files[] = { 2, 5, 6, 0 };
  g_autoptr (GPtrArray) messages = NULL;
  GPtrArray *draft = NULL;
  const SondeSummary *summary;

  read_fixture (fixture->path, files);
  open_ok (fixture);
  messages = load (fixture->store, 20);
  summary = sonde_message_get_summary (g_ptr_array_index (messages, 0));
  g_assert_cmpint (summary->state, ==, SONDE_SUMMARY_UNUSED);
  summary = sonde_message_get_summary (g_ptr_array_index (messages, 1));
  g_assert_cmpint (summary->state, ==, SONDE_SUMMARY_USED);
  g_assert_cmpstr (summary->text, ==, "It was about a probe.");
  g_assert_cmpint (summary->changed_at, ==, 1762000001000000);

  sonde_store_load_draft_async (fixture->store, 6, NULL, draft_cb, &draft);
  sonde_test_wait (draft != NULL);
  g_assert_cmpuint (draft->len, ==, 1);
  g_assert_cmpstr (sonde_attachment_get_name (g_ptr_array_index (draft, 0)), ==, "later.txt");
  g_assert_cmpstr (sonde_attachment_get_text (g_ptr_array_index (draft, 0), NULL), ==, "foo");
  g_ptr_array_unref (draft);
}

/* Every step is taken whole or not at all, and what was reached stays. */
static void
test_steps (Fixture *fixture, gconstpointer data)
{
  static const char *const broken[] = {
    "CREATE TABLE a (x)",
    "CREATE TABLE b (x); CREATE TABLE a (x)",
    NULL,
  };
  static const char *const mended[] = {
    "CREATE TABLE a (x)",
    "CREATE TABLE b (x); CREATE TABLE c (x)",
    NULL,
  };
  g_autoptr (SondeDatabase) database = open_database (fixture->path);
  g_autoptr (GError) error = NULL;
  gint64 value;

  g_assert_false (sonde_migrations_run_steps (database, broken, &error));
  g_assert_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (sonde_database_get_integer (database, "PRAGMA user_version", &value, &error));
  g_assert_cmpint (value, ==, 1);
  g_assert_true (
    sonde_database_get_integer (database, "SELECT count (*) FROM sqlite_schema", &value, &error));
  g_assert_cmpint (value, ==, 1);

  for (guint i = 0; i < 2; i++) {
    g_assert_true (sonde_migrations_run_steps (database, mended, &error));
    g_assert_true (
      sonde_database_get_integer (database, "SELECT count (*) FROM sqlite_schema", &value, &error));
    g_assert_cmpint (value, ==, 3);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);

#define ADD(name, data, test)                                                                      \
  g_test_add ("/store-trouble/" name, Fixture, data, set_up, test, tear_down)
  ADD ("modes", NULL, test_modes);
  ADD ("newer", NULL, test_newer);
  ADD ("newer-in-log", NULL, test_newer_in_log);
  ADD ("damaged/garbage", damage_garbage, test_damaged);
  ADD ("damaged/truncated", damage_truncate, test_damaged);
  ADD ("damaged/pages", damage_pages, test_damaged);
  ADD ("damaged/conversations", damage_conversations, test_damaged);
  ADD ("damaged/messages", damage_messages, test_damaged);
  ADD ("read-only/folder", NULL, test_read_only);
  ADD ("read-only/database", "database", test_read_only);
  ADD ("no-folder", NULL, test_no_folder);
  ADD ("locked", NULL, test_locked);
  ADD ("second-store", NULL, test_second_store);
  ADD ("full", NULL, test_full);
  ADD ("full-import", NULL, test_full_import);
  ADD ("full-at-start", NULL, test_full_at_start);
  ADD ("full-at-end", NULL, test_close_full);
  ADD ("full-code", NULL, test_full_code);
  ADD ("locked-later", NULL, test_locked_later);
  ADD ("refused", NULL, test_refused);
  ADD ("log-deleted/before", NULL, test_log_deleted);
  ADD ("log-deleted/running", "running", test_log_deleted);
  ADD ("version-1", NULL, test_version_1);
  ADD ("version-2", NULL, test_version_2);
  ADD ("version-5", NULL, test_version_5);
  ADD ("version-6", NULL, test_version_6);
  ADD ("every-version", NULL, test_every_version);
  ADD ("steps", NULL, test_steps);

  return g_test_run ();
}
