/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-database-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#include "sonde-messages-table.h"
#include "sonde-migrations.h"
#include "sonde-statement.h"

/* How long another program's lock is waited for: it may be about to end. */
#define LOCK_TIMEOUT  (G_USEC_PER_SEC)
#define LOCK_INTERVAL (20 * 1000) /* us */

/* SQLite's own files beside the database, those that hold text first: were the
 * database moved before them, a fresh one would swallow them. */
static const char *const suffixes[] = { "-wal", "-shm", "" };

static void
set_error_from_errno (GError **error, int number, const char *path)
{
  g_set_error (error, SONDE_STORE_ERROR, sonde_store_error_from_errno (number), "%s: %s", path,
               g_strerror (number));
}

/**
 * sonde_database_file_lock:
 * @path: (type filename): the database
 * @error: a SONDE_STORE_ERROR
 *
 * Makes the folder where it is missing, for its owner alone, and takes the lock
 * beside the database. Two programs must not write one database: each numbers
 * new messages by itself, and each takes the other's streaming answers for
 * left-overs. SQLite's locks do not last long enough to say so.
 *
 * Returns: the descriptor that holds the lock until it is closed, or -1
 */
int
sonde_database_file_lock (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  g_autofd int fd = -1;
  gint64 deadline = g_get_monotonic_time () + LOCK_TIMEOUT;

  if (g_mkdir_with_parents (folder, 0700) != 0) {
    set_error_from_errno (error, errno, folder);
    return -1;
  }
  fd = g_open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) {
    set_error_from_errno (error, errno, lock_path);
    return -1;
  }

  while (flock (fd, LOCK_EX | LOCK_NB) != 0) {
    /* Where the file system knows no locks, there is nothing to wait for. */
    if (errno != EWOULDBLOCK && errno != EINTR)
      break;
    if (g_get_monotonic_time () >= deadline) {
      g_set_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_BUSY, "%s: another program holds it",
                   path);
      return -1;
    }
    g_usleep (LOCK_INTERVAL);
  }

  return g_steal_fd (&fd);
}

/* Whether the schema is newer, found without a write: not even SQLite's own files
 * come into being beside an immutable database. Whatever else may be wrong with the
 * file is not judged here, since the truth may be in the write-ahead log. */
static gboolean
looks_newer (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *immutable = g_strconcat (uri, "?immutable=1", NULL);
  g_autoptr (SondeDatabase) database =
    sonde_database_open (immutable, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
  gint64 version;

  return database != NULL &&
         sonde_database_get_integer (database, "PRAGMA user_version", &version, NULL) &&
         version > sonde_migrations_get_version ();
}

static void
set_error_newer (GError **error, const char *path)
{
  g_set_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_NEWER,
               "%s: the database was written by a newer version", path);
}

static gboolean
refuse_newer (SondeDatabase *database, const char *path, GError **error)
{
  gint64 version;

  if (!sonde_database_get_integer (database, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version <= sonde_migrations_get_version ())
    return TRUE;

  set_error_newer (error, path);
  return FALSE;
}

/* The whole file is too long to read at every start; this is what the list shows. */
static gboolean
check (SondeDatabase *database, GError **error)
{
  g_autoptr (SondeStatement) statement =
    sonde_statement_get (database, "PRAGMA quick_check ('conversations')", error);
  g_autoptr (GError) local_error = NULL;
  const char *words;

  if (statement == NULL)
    return FALSE;
  if (!sonde_statement_next (statement, &local_error)) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  words = sonde_statement_get_string (statement, 0);
  if (g_strcmp0 (words, "ok") == 0)
    return TRUE;

  database->code = SQLITE_CORRUPT;
  g_set_error_literal (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED, words);
  return FALSE;
}

static gboolean
recover (SondeDatabase *database, GError **error)
{
  if (sonde_database_execute (database, "BEGIN IMMEDIATE", error) &&
      sonde_messages_table_interrupt (database, error) &&
      sonde_messages_table_purge (database, error) &&
      sonde_database_execute (database, "COMMIT", error))
    return TRUE;

  sonde_database_roll_back (database);
  return FALSE;
}

static gboolean
use_write_ahead_log (SondeDatabase *database, GError **error)
{
  g_autoptr (SondeStatement) statement =
    sonde_statement_get (database, "PRAGMA journal_mode = WAL", error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  if (!sonde_statement_next (statement, &local_error)) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (g_strcmp0 (sonde_statement_get_string (statement, 0), "wal") == 0)
    return TRUE;

  g_set_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED,
               "The file system cannot hold a write-ahead log");
  return FALSE;
}

/* Closing the last connection moves the write-ahead log into the database. Not so
 * with a database that is newer or damaged: it stays as it was found. */
static void
set_checkpoint_on_close (SondeDatabase *database, gboolean checkpoint)
{
  sqlite3_db_config (database->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !checkpoint, NULL);
}

/* How pages are freed is settled before the first one is written; see SondeUpkeep. Said to a
 * database that is there, it would be written once more. */
static gboolean
settle_vacuum (SondeDatabase *database, GError **error)
{
  gint64 n_pages;

  if (!sonde_database_get_integer (database, "PRAGMA page_count", &n_pages, error))
    return FALSE;

  return n_pages > 0 ||
         sonde_database_execute (database, "PRAGMA auto_vacuum = INCREMENTAL", error);
}

static gboolean
prepare (SondeDatabase *database, const char *path, gint64 *highest_id, GError **error)
{
  /* NORMAL: a commit is safe from a kill at once and waits for no disk; the syncer
   * makes it safe from a power cut a moment later. */
  return refuse_newer (database, path, error) && settle_vacuum (database, error) &&
         use_write_ahead_log (database, error) &&
         sonde_database_execute (database,
                                 "PRAGMA foreign_keys = ON;"
                                 "PRAGMA secure_delete = ON;"
                                 "PRAGMA synchronous = NORMAL;"
                                 "PRAGMA journal_size_limit = 4194304",
                                 error) &&
         sonde_migrations_run (database, error) && check (database, error) &&
         sonde_database_get_integer (database,
                                     "SELECT max ("
                                     "(SELECT ifnull (max (id), 0) FROM conversations), "
                                     "(SELECT ifnull (max (import_id), 0) FROM conversations), "
                                     "(SELECT ifnull (max (id), 0) FROM imports), "
                                     "(SELECT ifnull (max (id), 0) FROM folders), "
                                     "(SELECT ifnull (max (id), 0) FROM charges), "
                                     "(SELECT ifnull (max (id), 0) FROM messages))",
                                     highest_id, error) &&
         recover (database, error);
}

static SondeDatabase *
open_once (const char *path, gint64 *highest_id, gboolean *damaged, GError **error)
{
  g_autoptr (SondeDatabase) database = NULL;
  g_autofd int fd = -1;

  *damaged = FALSE;
  if (looks_newer (path)) {
    set_error_newer (error, path);
    return NULL;
  }

  /* SQLite gives its own files the mode of the database. */
  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) {
    set_error_from_errno (error, errno, path);
    return NULL;
  }
  g_clear_fd (&fd, NULL);
  g_chmod (path, 0600);

  database = sonde_database_open (path, SQLITE_OPEN_READWRITE, error);
  if (database == NULL)
    return NULL;
  set_checkpoint_on_close (database, FALSE);
  if (!prepare (database, path, highest_id, error)) {
    *damaged = sonde_database_get_damaged (database);
    return NULL;
  }
  set_checkpoint_on_close (database, TRUE);
  sonde_database_forget_pages (database);

  return g_steal_pointer (&database);
}

static gboolean
any_exists (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

    if (g_file_test (file, G_FILE_TEST_EXISTS))
      return TRUE;
  }

  return FALSE;
}

static char *
choose_aside_path (const char *path, const char *reason)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *first = g_strconcat (path, ".", reason, "-", time, NULL);
  g_autofree char *aside = g_strdup (first);

  for (guint i = 2; any_exists (aside); i++) {
    g_free (aside);
    aside = g_strdup_printf ("%s-%u", first, i);
  }

  return g_steal_pointer (&aside);
}

/**
 * sonde_database_file_set_aside:
 * @path: (type filename): a database that is not open
 * @reason: a word for its new name
 * @error: a SONDE_STORE_ERROR
 *
 * Moves it, with what belongs to it, to a name of its own beside it.
 *
 * Returns: (transfer full) (nullable) (type filename): where it is now
 */
char *
sonde_database_file_set_aside (const char *path, const char *reason, GError **error)
{
  g_autofree char *aside = choose_aside_path (path, reason);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
    g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

    if (g_rename (from, to) != 0 && errno != ENOENT) {
      set_error_from_errno (error, errno, from);
      return NULL;
    }
  }

  return g_steal_pointer (&aside);
}

/**
 * sonde_database_file_open:
 * @path: (type filename): the database, absolute, in a folder that is there
 * @highest_id: (out): the highest number of a conversation or message, or 0
 * @set_aside_path: (out) (nullable): where a damaged database was moved
 * @error: a SONDE_STORE_ERROR
 *
 * Opens the database for writing, makes it where it is missing, brings it to
 * this program's schema and closes what an earlier run left streaming. A newer
 * one is refused untouched. A damaged one is moved aside, never deleted, and a
 * fresh one is begun. The caller holds the lock.
 *
 * Returns: (transfer full) (nullable): the connection
 */
SondeDatabase *
sonde_database_file_open (const char *path,
                          gint64 *highest_id,
                          char **set_aside_path,
                          GError **error)
{
  g_autoptr (GError) local_error = NULL;
  SondeDatabase *database;
  gboolean damaged;

  *set_aside_path = NULL;
  database = open_once (path, highest_id, &damaged, &local_error);
  if (database == NULL && damaged) {
    g_clear_error (&local_error);
    *set_aside_path = sonde_database_file_set_aside (path, "damaged", &local_error);
    if (*set_aside_path != NULL)
      database = open_once (path, highest_id, &damaged, &local_error);
  }
  if (database == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return database;
}

/**
 * sonde_database_file_open_reader:
 * @path: (type filename): a database that this program has open for writing
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): a connection that cannot write
 */
SondeDatabase *
sonde_database_file_open_reader (const char *path, GError **error)
{
  return sonde_database_open (path, SQLITE_OPEN_READONLY, error);
}
