/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-backups.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sonde-database-file.h"
#include "sonde-statement.h"

/* Copies of the whole database in a folder beside it, one for a day on which something
 * changed. All of this takes its time: it is for threads of its own, each with its own
 * connection, which reads the database and never writes it. */

#define FOLDER      "backups"
#define PREFIX      "sonde-"
#define SUFFIX      ".db"
#define PART_SUFFIX ".part"
#define TIME_FORMAT "%Y%m%d-%H%M%S"
#define KEEP        7
#define N_TITLES    5

/* A conversation that is deleted is deleted for ever; the trash is a mark. */
const char sonde_backups_schema[] =
  "CREATE TABLE purges (seq INTEGER PRIMARY KEY, conversation_id INTEGER NOT NULL) STRICT;"
  "CREATE TRIGGER purge_deleted AFTER DELETE ON conversations BEGIN"
  "  INSERT INTO purges (conversation_id) VALUES (old.id);"
  "END;";

/* --- a connection that can be interrupted --------------------------------------- */

typedef struct {
  SondeDatabase *database;
  GCancellable *cancellable;
  gulong id;
} Connection;

static void
interrupt_cb (GCancellable *cancellable, gpointer handle)
{
  sqlite3_interrupt (handle);
}

static gboolean
connect_to (Connection *self,
            const char *path,
            int flags,
            GCancellable *cancellable,
            GError **error)
{
  self->cancellable = NULL;
  self->id = 0;
  self->database = sonde_database_open (path, flags, error);
  if (self->database == NULL)
    return FALSE;

  if (cancellable != NULL) {
    self->cancellable = g_object_ref (cancellable);
    self->id =
      g_cancellable_connect (cancellable, G_CALLBACK (interrupt_cb), self->database->handle, NULL);
  }
  return TRUE;
}

static void
disconnect (Connection *self)
{
  if (self->cancellable != NULL)
    g_cancellable_disconnect (self->cancellable, self->id);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->database, sonde_database_close);
}

/* --- files ---------------------------------------------------------------------- */

static void
set_error_from_errno (GError **error, int number, const char *path)
{
  g_set_error (error, SONDE_STORE_ERROR, sonde_store_error_from_errno (number), "%s: %s", path,
               g_strerror (number));
}

static char *
get_folder (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);

  return g_build_filename (parent, FOLDER, NULL);
}

/* Returns the time in the name of a backup, or 0 where it is none. */
static gint64
parse_name (const char *name)
{
  int year, month, day, hour, minute, second;
  g_autoptr (GDateTime) date = NULL;
  char end = '\0';

  if (!g_str_has_prefix (name, PREFIX) || !g_str_has_suffix (name, SUFFIX) ||
      sscanf (name, PREFIX "%4d%2d%2d-%2d%2d%2d.d%c", &year, &month, &day, &hour, &minute, &second,
              &end) != 7 ||
      end != 'b')
    return 0;
  date = g_date_time_new_utc (year, month, day, hour, minute, second);

  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : 0;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) b, *(const char *const *) a);
}

/* The names of the backups, the newest first; what an end has left half made goes. */
static GPtrArray *
list_names (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (parse_name (name) != 0)
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_sort (names, compare_names);

  return names;
}

static void
remove_parts (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (folder, name, NULL);

    if (strstr (name, PART_SUFFIX) != NULL)
      g_unlink (file);
  }
}

/* An empty file for its owner alone, which SQLite or a copy then fills. */
static gboolean
make_part (const char *part, GError **error)
{
  g_autofd int fd = g_open (part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  if (fd >= 0)
    return TRUE;

  set_error_from_errno (error, errno, part);
  return FALSE;
}

static gboolean
finish_part (const char *part, const char *path, GError **error)
{
  g_autofd int fd = g_open (part, O_RDWR | O_CLOEXEC, 0);

  if (fd >= 0 && fsync (fd) == 0 && g_rename (part, path) == 0)
    return TRUE;

  set_error_from_errno (error, errno, part);
  return FALSE;
}

/* --- checking ------------------------------------------------------------------- */

static gboolean
check_all (SondeDatabase *database, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SondeStatement) statement =
    sonde_statement_get (database, "PRAGMA quick_check (1)", &local_error);
  const char *words = NULL;

  if (statement != NULL && sonde_statement_next (statement, &local_error))
    words = sonde_statement_get_string (statement, 0);
  if (g_strcmp0 (words, "ok") == 0)
    return TRUE;

  if (local_error != NULL && !sonde_database_get_damaged (database))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_DAMAGED,
                         local_error != NULL ? local_error->message : words);
  return FALSE;
}

/**
 * sonde_backups_check:
 * @path: (type filename): a database
 * @cancellable: (nullable): ends it
 * @error: SONDE_STORE_ERROR_DAMAGED where the database is not sound
 *
 * Reads the whole database.
 *
 * Returns: whether it is sound
 */
gboolean
sonde_backups_check (const char *path, GCancellable *cancellable, GError **error)
{
  Connection connection;
  gboolean sound;

  if (!connect_to (&connection, path, SQLITE_OPEN_READONLY, cancellable, error))
    return FALSE;
  sound = check_all (connection.database, error);
  disconnect (&connection);

  return sound;
}

/* --- making --------------------------------------------------------------------- */

/* Something that is another one when anything a person would miss has changed. */
static char *
make_fingerprint (SondeDatabase *database, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GError) local_error = NULL;
  gint64 n, highest;
  g_autofree char *counts = NULL;

  {
    g_autoptr (SondeStatement) statement =
      sonde_statement_get (database, "SELECT * FROM conversations ORDER BY id", error);

    if (statement == NULL)
      return NULL;
    while (sonde_statement_next (statement, &local_error)) {
      int n_columns = sonde_statement_get_n_columns (statement);

      for (int i = 0; i < n_columns; i++) {
        const char *value = sonde_statement_get_string (statement, i);

        g_checksum_update (checksum, (const guchar *) (value != NULL ? value : "\001"), -1);
        g_checksum_update (checksum, (const guchar *) "\002", 1);
      }
    }
    if (local_error != NULL) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  }
  if (!sonde_database_get_integer (database, "SELECT count (*) FROM messages", &n, error) ||
      !sonde_database_get_integer (database, "SELECT ifnull (max (id), 0) FROM messages", &highest,
                                   error))
    return NULL;

  counts = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, n, highest);
  g_checksum_update (checksum, (const guchar *) counts, -1);

  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
is_changed (SondeDatabase *database,
            const char *folder,
            const char *newest,
            gboolean *changed,
            GError **error)
{
  g_autofree char *file = g_build_filename (folder, newest, NULL);
  g_autoptr (SondeDatabase) backup = sonde_database_open (file, SQLITE_OPEN_READONLY, NULL);
  g_autofree char *fingerprint = make_fingerprint (database, error);
  g_autofree char *known = backup != NULL ? make_fingerprint (backup, NULL) : NULL;

  if (fingerprint == NULL)
    return FALSE;

  *changed = g_strcmp0 (fingerprint, known) != 0;
  return TRUE;
}

static gboolean
is_same_day (gint64 a, gint64 b)
{
  g_autoptr (GDateTime) x = g_date_time_new_from_unix_local (a / G_USEC_PER_SEC);
  g_autoptr (GDateTime) y = g_date_time_new_from_unix_local (b / G_USEC_PER_SEC);

  return g_date_time_get_year (x) == g_date_time_get_year (y) &&
         g_date_time_get_day_of_year (x) == g_date_time_get_day_of_year (y);
}

static gboolean
is_due (SondeDatabase *database, const char *folder, gint64 now, gboolean *due, GError **error)
{
  g_autoptr (GPtrArray) names = list_names (folder);
  gint64 n;

  *due = FALSE;
  if (names->len > 0) {
    const char *newest = g_ptr_array_index (names, 0);

    return is_same_day (parse_name (newest), now) ||
           is_changed (database, folder, newest, due, error);
  }
  if (!sonde_database_get_integer (database, "SELECT count (*) FROM conversations", &n, error))
    return FALSE;

  *due = n > 0;
  return TRUE;
}

static gboolean
copy_into (SondeDatabase *database, const char *part, GError **error)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (database, "VACUUM INTO ?1", error);

  if (statement == NULL)
    return FALSE;
  sonde_statement_bind_string (statement, 1, part);

  return sonde_statement_run (statement, error);
}

static void
rotate (const char *folder)
{
  g_autoptr (GPtrArray) names = list_names (folder);

  for (guint i = KEEP; i < names->len; i++) {
    g_autofree char *file = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

    g_unlink (file);
  }
}

static gboolean
make_now (SondeDatabase *database, const char *folder, gint64 now, GError **error)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format (date, TIME_FORMAT);
  g_autofree char *name = g_strconcat (PREFIX, time, SUFFIX, NULL);
  g_autofree char *file = g_build_filename (folder, name, NULL);
  g_autofree char *part = g_strconcat (file, PART_SUFFIX, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0) {
    set_error_from_errno (error, errno, folder);
    return FALSE;
  }
  remove_parts (folder);
  if (make_part (part, error) && copy_into (database, part, error) &&
      finish_part (part, file, error)) {
    rotate (folder);
    return TRUE;
  }

  g_unlink (part);
  return FALSE;
}

/**
 * sonde_backups_make:
 * @path: (type filename): a database, which may be in use
 * @now: real time in microseconds
 * @cancellable: (nullable): ends it
 * @error: a SONDE_STORE_ERROR
 *
 * Makes a backup where there is none of this day and something has changed since the
 * last one. The newest seven are kept.
 *
 * Returns: whether there is nothing left to do
 */
gboolean
sonde_backups_make (const char *path, gint64 now, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = get_folder (path);
  Connection connection;
  gboolean due, done;

  if (!connect_to (&connection, path, SQLITE_OPEN_READONLY, cancellable, error))
    return FALSE;
  done = is_due (connection.database, folder, now, &due, error) &&
         (!due || make_now (connection.database, folder, now, error));
  disconnect (&connection);

  return done;
}

/* --- forgetting ------------------------------------------------------------------ */

static GArray *
list_purges (SondeDatabase *database, gint64 *last, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (SondeStatement) statement =
    sonde_statement_get (database, "SELECT seq, conversation_id FROM purges ORDER BY seq", error);
  g_autoptr (GError) local_error = NULL;

  *last = 0;
  if (statement == NULL)
    return NULL;
  while (sonde_statement_next (statement, &local_error)) {
    gint64 id = sonde_statement_get_int64 (statement, 1);

    *last = sonde_statement_get_int64 (statement, 0);
    g_array_append_val (ids, id);
  }
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }

  return g_steal_pointer (&ids);
}

static gboolean
has_any (SondeDatabase *database, GArray *ids, gboolean *any, GError **error)
{
  *any = FALSE;
  for (guint i = 0; i < ids->len && !*any; i++) {
    g_autoptr (SondeStatement) statement =
      sonde_statement_get (database, "SELECT 1 FROM conversations WHERE id = ?1", error);
    g_autoptr (GError) local_error = NULL;

    if (statement == NULL)
      return FALSE;
    sonde_statement_bind_int64 (statement, 1, g_array_index (ids, gint64, i));
    *any = sonde_statement_next (statement, &local_error);
    if (local_error != NULL) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
delete_all (SondeDatabase *database, GArray *ids, GError **error)
{
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (SondeStatement) statement =
      sonde_statement_get (database, "DELETE FROM conversations WHERE id = ?1", error);

    if (statement == NULL)
      return FALSE;
    sonde_statement_bind_int64 (statement, 1, g_array_index (ids, gint64, i));
    if (!sonde_statement_run (statement, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
copy_file (const char *from, const char *to, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);

  return make_part (to, error) &&
         g_file_copy (source, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS,
                      cancellable, NULL, NULL, error) &&
         g_chmod (to, 0600) == 0;
}

/* A copy is changed and takes the place of the backup when it is whole. */
static gboolean
rewrite (const char *file,
         GArray *ids,
         gboolean *damaged,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *part = g_strconcat (file, PART_SUFFIX, NULL);
  Connection connection;
  gboolean done;

  *damaged = FALSE;
  if (!copy_file (file, part, cancellable, error) ||
      !connect_to (&connection, part, SQLITE_OPEN_READWRITE, cancellable, error)) {
    g_unlink (part);
    return FALSE;
  }
  done = sonde_database_execute (connection.database,
                                 "PRAGMA journal_mode = MEMORY; PRAGMA secure_delete = ON;"
                                 "PRAGMA foreign_keys = ON; BEGIN",
                                 error) &&
         delete_all (connection.database, ids, error) &&
         sonde_database_execute (connection.database, "COMMIT; VACUUM", error);
  *damaged = !done && sonde_database_get_damaged (connection.database);
  sonde_database_roll_back (connection.database);
  disconnect (&connection);
  done = done && finish_part (part, file, error);
  if (!done)
    g_unlink (part);

  return done;
}

/* What is damaged cannot be restored, and nobody can tell what is in it: it goes. */
static gboolean
remove_damaged (const char *file, GError **error)
{
  if (g_unlink (file) != 0 && errno != ENOENT) {
    set_error_from_errno (error, errno, file);
    return FALSE;
  }

  g_message ("%s is damaged; it is removed, since what was deleted may be in it", file);
  return TRUE;
}

static gboolean
purge_one (const char *file, GArray *ids, GCancellable *cancellable, GError **error)
{
  Connection connection;
  g_autoptr (GError) local_error = NULL;
  gboolean any, damaged, done;

  if (!connect_to (&connection, file, SQLITE_OPEN_READONLY, cancellable, error))
    return FALSE;
  done = has_any (connection.database, ids, &any, &local_error);
  damaged = !done && sonde_database_get_damaged (connection.database);
  disconnect (&connection);

  if (done && any)
    done = rewrite (file, ids, &damaged, cancellable, &local_error);
  if (damaged)
    return remove_damaged (file, error);
  if (!done)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return done;
}

/**
 * sonde_backups_purge:
 * @path: (type filename): a database, which may be in use
 * @done: (out): up to which of the database's `purges` all is done; 0: there were none
 * @cancellable: (nullable): ends it
 * @error: a SONDE_STORE_ERROR
 *
 * Takes the conversations that were deleted for ever out of all backups. A backup that is too
 * damaged for that is removed.
 *
 * Returns: whether no backup has them any more
 */
gboolean
sonde_backups_purge (const char *path, gint64 *done, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = get_folder (path);
  g_autoptr (GPtrArray) names = list_names (folder);
  g_autoptr (GArray) ids = NULL;
  Connection connection;
  gboolean purged = TRUE;

  *done = 0;
  if (!connect_to (&connection, path, SQLITE_OPEN_READONLY, cancellable, error))
    return FALSE;
  ids = list_purges (connection.database, done, error);
  disconnect (&connection);
  if (ids == NULL)
    return FALSE;

  /* One that fails does not keep the others. */
  for (guint i = 0; i < names->len && ids->len > 0; i++) {
    g_autofree char *file = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

    if (!purge_one (file, ids, cancellable, purged ? error : NULL)) {
      purged = FALSE;
      *done = 0;
    }
  }

  return purged;
}

/* --- showing --------------------------------------------------------------------- */

static char **
list_titles (SondeDatabase *database, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database, "SELECT title FROM conversations WHERE title <> '' ORDER BY updated_at DESC LIMIT ?1",
    error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  sonde_statement_bind_int64 (statement, 1, N_TITLES);
  while (sonde_statement_next (statement, &local_error))
    g_strv_builder_add (builder, sonde_statement_get_string (statement, 0));
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }

  return g_strv_builder_end (builder);
}

static SondeBackup *
read_backup (const char *file, gint64 time, GCancellable *cancellable, GError **error)
{
  Connection connection;
  gint64 n_conversations, n_messages;
  g_auto (GStrv) titles = NULL;
  gboolean read;

  if (!connect_to (&connection, file, SQLITE_OPEN_READONLY, cancellable, error))
    return NULL;
  read = sonde_database_get_integer (connection.database, "SELECT count (*) FROM conversations",
                                     &n_conversations, error) &&
         sonde_database_get_integer (connection.database, "SELECT count (*) FROM messages",
                                     &n_messages, error) &&
         (titles = list_titles (connection.database, error)) != NULL;
  disconnect (&connection);
  if (!read)
    return NULL;

  return sonde_backup_new (file, time, n_conversations, n_messages, (const char *const *) titles);
}

/**
 * sonde_backups_list:
 * @path: (type filename): a database
 * @cancellable: (nullable): ends it
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type SondeBackup) (nullable): its backups that can be read,
 *   the newest first
 */
GPtrArray *
sonde_backups_list (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = get_folder (path);
  g_autoptr (GPtrArray) names = list_names (folder);
  g_autoptr (GPtrArray) backups = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    g_autofree char *file = g_build_filename (folder, name, NULL);
    SondeBackup *backup = read_backup (file, parse_name (name), cancellable, NULL);

    if (g_cancellable_set_error_if_cancelled (cancellable, error)) {
      g_clear_object (&backup);
      return NULL;
    }
    if (backup != NULL)
      g_ptr_array_add (backups, backup);
  }

  return g_steal_pointer (&backups);
}

/* --- restoring -------------------------------------------------------------------- */

/**
 * sonde_backups_prepare:
 * @path: (type filename): a database, which may be in use
 * @backup: (type filename): the backup to put in its place
 * @cancellable: (nullable): ends it
 * @error: a SONDE_STORE_ERROR, or a %G_IO_ERROR of copying
 *
 * Copies the backup beside the database and checks the copy: all of restoring that takes
 * its time.
 *
 * Returns: whether [func@backups_restore] can follow
 */
gboolean
sonde_backups_prepare (const char *path,
                       const char *backup,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *part = g_strconcat (path, PART_SUFFIX, NULL);

  if (copy_file (backup, part, cancellable, error) &&
      sonde_backups_check (part, cancellable, error) &&
      !g_cancellable_set_error_if_cancelled (cancellable, error))
    return TRUE;

  g_unlink (part);
  return FALSE;
}

/**
 * sonde_backups_restore:
 * @path: (type filename): a database that is not open, for which a backup was prepared
 * @error: a SONDE_STORE_ERROR
 *
 * Puts the prepared backup in the place of the database, which is moved aside, never
 * deleted.
 *
 * Returns: (transfer full) (nullable) (type filename): where that is now
 */
char *
sonde_backups_restore (const char *path, GError **error)
{
  g_autofree char *part = g_strconcat (path, PART_SUFFIX, NULL);
  g_autofree char *aside = NULL;
  g_autofd int lock = -1;

  if (!g_file_test (part, G_FILE_TEST_EXISTS)) {
    g_set_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED, "%s is missing", part);
    return NULL;
  }
  lock = sonde_database_file_lock (path, error);
  if (lock < 0)
    return NULL;
  aside = sonde_database_file_set_aside (path, "replaced", error);
  if (aside != NULL && finish_part (part, path, error))
    return g_steal_pointer (&aside);

  return NULL;
}
