/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-backups.h"
#include "sonde-store-private.h"

/* What reads the whole database: a part of SondeStore. Each runs in a thread of its own,
 * with a connection that only reads; the journal does not wait for it. */

typedef struct {
  char *path;
  gint64 now;
  SondeBackup *backup;
  GCancellable *ended; /* by the end of the store */
  gulong cancelled_id;
} Job;

static void
job_free (Job *job)
{
  g_free (job->path);
  g_clear_object (&job->backup);
  g_clear_object (&job->ended);
  g_free (job);
}

static void
end_cb (GCancellable *cancellable, gpointer ended)
{
  g_cancellable_cancel (ended);
}

/* --- tasks -------------------------------------------------------------------------- */

static GTask *
new_task (SondeStore *self,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (sonde_store_get_path (self));
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);

  return task;
}

/* What the end of the store ends as well as the caller. */
typedef struct {
  GTask *outer;
  GCancellable *jobs;
  gulong jobs_id;
} Running;

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Running *running = user_data;
  g_autoptr (GTask) outer = running->outer;
  Job *job = g_task_get_task_data (outer);
  GError *error = NULL;
  gssize value = g_task_propagate_int (G_TASK (result), &error);

  g_cancellable_disconnect (running->jobs, running->jobs_id);
  g_cancellable_disconnect (g_task_get_cancellable (outer), job->cancelled_id);
  g_object_unref (running->jobs);
  g_free (running);
  if (error == NULL && g_task_get_source_tag (outer) == sonde_store_purge_backups && value > 0)
    sonde_store_forget_purges (SONDE_STORE (source), value);
  sonde_store_end_job (SONDE_STORE (source));
  if (error != NULL)
    g_task_return_error (outer, error);
  else
    g_task_return_boolean (outer, TRUE);
}

/* Runs @func for @task (transfer full) until it is done, cancelled or the store closes. */
static void
run_job (SondeStore *self, GTask *task, GTaskThreadFunc func)
{
  GCancellable *jobs = sonde_store_begin_job (self);
  Job *job = g_task_get_task_data (task);
  g_autoptr (GTask) inner = NULL;
  Running *running;

  if (jobs == NULL) {
    g_task_return_new_error_literal (task, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED,
                                     "The store is not open");
    g_object_unref (task);
    return;
  }

  running = g_new0 (Running, 1);
  running->outer = task;
  running->jobs = g_object_ref (jobs);
  job->ended = g_cancellable_new ();
  running->jobs_id = g_cancellable_connect (jobs, G_CALLBACK (end_cb), job->ended, NULL);
  if (g_task_get_cancellable (task) != NULL)
    job->cancelled_id =
      g_cancellable_connect (g_task_get_cancellable (task), G_CALLBACK (end_cb), job->ended, NULL);
  inner = g_task_new (self, job->ended, ended_cb, running);
  g_task_set_task_data (inner, job, NULL);
  g_task_set_check_cancellable (inner, FALSE);
  g_task_run_in_thread (inner, func);
}

static void
return_result (GTask *task, gboolean done, gint64 value, GError *error)
{
  if (g_task_return_error_if_cancelled (task))
    g_clear_error (&error);
  else if (done)
    g_task_return_int (task, (gssize) value);
  else
    g_task_return_error (task, error);
}

/* --- checking ------------------------------------------------------------------------ */

static void
check_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  gboolean sound = sonde_backups_check (job->path, cancellable, &error);

  return_result (task, sound, 0, error);
}

/**
 * sonde_store_check_async:
 * @self: a store
 * @cancellable: (nullable): ends it; so does the end of the store
 * @callback: called with what is to be said of the database
 * @user_data: for @callback
 *
 * Reads the whole database, which may take a while.
 */
void
sonde_store_check_async (SondeStore *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SONDE_IS_STORE (self));

  task = new_task (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_store_check_async);
  run_job (self, task, check_thread);
}

/**
 * sonde_store_check_finish:
 * @self: a store
 * @result: the result
 * @error: %SONDE_STORE_ERROR_DAMAGED where the database is not sound
 *
 * Returns: whether it is sound
 */
gboolean
sonde_store_check_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- backups ------------------------------------------------------------------------- */

static void
back_up_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  gboolean done = sonde_backups_make (job->path, job->now, cancellable, &error);

  return_result (task, done, 0, error);
}

/**
 * sonde_store_back_up_async:
 * @self: a store
 * @now: real time in microseconds
 * @cancellable: (nullable): ends it; so does the end of the store
 * @callback: called when there is nothing left to do
 * @user_data: for @callback
 *
 * Makes today's backup, where there is none and something has changed.
 */
void
sonde_store_back_up_async (SondeStore *self,
                           gint64 now,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SONDE_IS_STORE (self));

  task = new_task (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_store_back_up_async);
  ((Job *) g_task_get_task_data (task))->now = now;
  run_job (self, task, back_up_thread);
}

/**
 * sonde_store_back_up_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether there is nothing left to do
 */
gboolean
sonde_store_back_up_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
purge_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  gint64 last = 0;
  gboolean done = sonde_backups_purge (job->path, &last, cancellable, &error);

  return_result (task, done, last, error);
}

static void
purged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* It is remembered, and done after the next start. */
  if (!g_task_propagate_boolean (G_TASK (result), &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("What was deleted is still in a backup: %s", error->message);
}

/**
 * sonde_store_purge_backups:
 * @self: an open store
 *
 * Takes what was deleted for ever out of all backups.
 */
void
sonde_store_purge_backups (SondeStore *self)
{
  GTask *task;

  g_return_if_fail (SONDE_IS_STORE (self));

  task = new_task (self, NULL, purged_cb, NULL);
  g_task_set_source_tag (task, sonde_store_purge_backups);
  run_job (self, task, purge_thread);
}

static void
list_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  GPtrArray *backups = sonde_backups_list (job->path, cancellable, &error);

  if (backups != NULL)
    g_task_return_pointer (task, backups, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * sonde_store_list_backups_async:
 * @self: a store, open or not
 * @cancellable: (nullable): ends it
 * @callback: called with the list
 * @user_data: for @callback
 *
 * Looks into all backups.
 */
void
sonde_store_list_backups_async (SondeStore *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SONDE_IS_STORE (self));

  task = new_task (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_store_list_backups_async);
  g_task_run_in_thread (task, list_thread);
}

/**
 * sonde_store_list_backups_finish:
 * @self: a store
 * @result: the result
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type SondeBackup) (nullable): the backups, the newest first
 */
GPtrArray *
sonde_store_list_backups_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
prepare_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (sonde_backups_prepare (job->path, sonde_backup_get_path (job->backup), cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sonde_store_prepare_restore_async:
 * @self: a store, open or not
 * @backup: what to put in its place
 * @cancellable: (nullable): ends it
 * @callback: called when the rest can be done at once
 * @user_data: for @callback
 *
 * Copies and checks the backup; see [method@Store.restore].
 */
void
sonde_store_prepare_restore_async (SondeStore *self,
                                   SondeBackup *backup,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (SONDE_IS_STORE (self));
  g_return_if_fail (SONDE_IS_BACKUP (backup));

  task = new_task (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_store_prepare_restore_async);
  job = g_task_get_task_data (task);
  job->backup = g_object_ref (backup);
  g_task_run_in_thread (task, prepare_thread);
}

/**
 * sonde_store_prepare_restore_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR, or a %G_IO_ERROR of copying
 *
 * Returns: whether the backup is ready to take the place of the database
 */
gboolean
sonde_store_prepare_restore_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sonde_store_restore:
 * @self: a store that is closed, for which a backup was prepared
 * @error: a SONDE_STORE_ERROR
 *
 * Puts the backup in the place of the database, which is moved aside, never deleted.
 *
 * Returns: (transfer full) (nullable) (type filename): where that is now
 */
char *
sonde_store_restore (SondeStore *self, GError **error)
{
  g_return_val_if_fail (SONDE_IS_STORE (self), NULL);

  return sonde_backups_restore (sonde_store_get_path (self), error);
}
