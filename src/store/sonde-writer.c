/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-writer.h"

#include <glib/gstdio.h>

#include "sonde-database-file.h"
#include "sonde-imports-table.h"
#include "sonde-reader.h"
#include "sonde-syncer.h"
#include "sonde-upkeep.h"

/* Text waits for more text, so that a commit is worth its while. The promise is
 * 250 ms or 4 KiB in memory; half of the time is left for a busy machine. */
#define TEXT_DELAY  (125 * 1000) /* us */
#define TEXT_LENGTH 4096

#define RETRY_DELAY G_USEC_PER_SEC

/* How long an import may work before the journal has its turn again. */
#define IMPORT_TIME (25 * 1000) /* us */

/* How long readers may hold up the end of what was deleted for ever, and when it is tried
 * again. */
#define SCRUB_TIMEOUT 20           /* ms */
#define SCRUB_DELAY   (200 * 1000) /* us */

/**
 * SondeWriter:
 *
 * The thread that owns the only connection that writes.
 *
 * What is queued while it is at the disk becomes one transaction. A transaction
 * that fails is kept whole and tried again before anything newer, with the next
 * write or a second later, so that the order stays and nothing is lost.
 */
struct _SondeWriter {
  char *path;
  SondeWriterNotify notify;
  gpointer user_data;
  GMainContext *context;
  GThread *thread;

  GMutex mutex;
  GCond cond;
  /* Under the mutex. */
  GQueue queue;         /* of SondeOperation */
  gsize text_length;    /* bytes of text in the queue */
  gint64 text_deadline; /* monotonic: when that text is to be written */
  gboolean urgent;      /* something in the queue does not wait */
  GSource *notice;      /* tells the main context of the failure */
  GError *failure;      /* what it tells */

  /* The thread's own; the first two are read by others after OPEN was answered. */
  gint64 highest_id;
  char *set_aside_path;
  SondeDatabase *database;
  SondeReader *reader;
  SondeReader *searcher; /* the main thread's until CLOSE is queued */
  SondeSyncer *syncer;
  SondeUpkeep *upkeep;
  GQueue backlog;      /* of SondeOperation: writes that failed, and what was taken since */
  gint64 retry_at;     /* monotonic: when to try the backlog again */
  gboolean failing;    /* the last transaction failed */
  int failing_code;    /* why */
  GHashTable *deleted; /* (element-type gint64): conversations deleted in this run */
  GQueue imports;      /* of SondeOperation: parts of imports, for when nothing else is to do */
  gint64 scrub_at;     /* monotonic: when to empty the write-ahead log; 0: no need */
};

static gboolean
notice_cb (gpointer data)
{
  SondeWriter *self = data;
  SondeWriterNotify notify = self->notify;
  gpointer user_data = self->user_data;
  g_autoptr (GError) failure = NULL;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->notice, g_source_unref);
  failure = g_steal_pointer (&self->failure);
  g_mutex_unlock (&self->mutex);

  notify (failure, user_data); /* may end the writer */

  return G_SOURCE_REMOVE;
}

/* Only the latest news matters where the main context is slow to hear it. */
static void
tell (SondeWriter *self, const GError *failure)
{
  g_mutex_lock (&self->mutex);
  g_clear_error (&self->failure);
  if (failure != NULL)
    self->failure = g_error_copy (failure);
  if (self->notice == NULL) {
    self->notice = g_idle_source_new ();
    g_source_set_priority (self->notice, G_PRIORITY_DEFAULT);
    g_source_set_callback (self->notice, notice_cb, self, NULL);
    g_source_set_static_name (self->notice, "[sonde] news of the store");
    g_source_attach (self->notice, self->context);
  }
  g_mutex_unlock (&self->mutex);
}

/* --- the thread -------------------------------------------------------------- */

/* A session may still be writing into a conversation that is gone. */
static gboolean
is_stale (SondeWriter *self, const SondeOperation *operation)
{
  switch (operation->kind) {
  case SONDE_OPERATION_DELETE_CONVERSATION:
    g_hash_table_add (self->deleted, g_memdup2 (&operation->id, sizeof operation->id));
    return FALSE;
  case SONDE_OPERATION_SAVE_CONVERSATION:
  case SONDE_OPERATION_SAVE_MESSAGE:
  case SONDE_OPERATION_SAVE_DRAFT:
    return g_hash_table_contains (self->deleted, &operation->id);
  case SONDE_OPERATION_FORGET_PURGES:
  case SONDE_OPERATION_APPEND_TEXT:
  case SONDE_OPERATION_SAVE_FOLDER:
  case SONDE_OPERATION_DELETE_FOLDER:
  case SONDE_OPERATION_ADD_CHARGE:
  case SONDE_OPERATION_BEGIN_IMPORT:
  case SONDE_OPERATION_OPEN:
  case SONDE_OPERATION_CLOSE:
  case SONDE_OPERATION_FLUSH:
  case SONDE_OPERATION_LIST_CONVERSATIONS:
  case SONDE_OPERATION_LIST_IMPORT:
  case SONDE_OPERATION_LIST_FOLDERS:
  case SONDE_OPERATION_LIST_USAGE:
  case SONDE_OPERATION_LOAD_TAIL:
  case SONDE_OPERATION_LOAD_MESSAGES:
  case SONDE_OPERATION_LOAD_DRAFT:
  case SONDE_OPERATION_SEARCH:
  case SONDE_OPERATION_ADD_TO_IMPORT:
  case SONDE_OPERATION_COMMIT_IMPORT:
  case SONDE_OPERATION_ROLL_BACK_IMPORT:
    return FALSE;
  }

  g_return_val_if_reached (FALSE);
}

/* A write that the database refuses for what it is would be refused for ever, and
 * would hold up all others: it alone is dropped, and that is told. */
static gboolean
write_all (SondeWriter *self, GError **error)
{
  GList *next;

  for (GList *link = self->backlog.head; link != NULL; link = next) {
    SondeOperation *operation = link->data;
    g_autoptr (GError) local_error = NULL;

    next = link->next;
    if (!sonde_operation_is_write (operation) || is_stale (self, operation) ||
        sonde_operation_write (operation, self->database, &local_error))
      continue;
    if (!sonde_database_get_refused (self->database)) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    tell (self, local_error);
    sonde_operation_free (operation);
    g_queue_delete_link (&self->backlog, link);
  }

  return TRUE;
}

static gboolean
has_writes (SondeWriter *self)
{
  for (GList *link = self->backlog.head; link != NULL; link = link->next) {
    if (sonde_operation_is_write (link->data))
      return TRUE;
  }

  return FALSE;
}

static gboolean
deletes (SondeWriter *self)
{
  for (GList *link = self->backlog.head; link != NULL; link = link->next) {
    const SondeOperation *operation = link->data;

    if (operation->kind == SONDE_OPERATION_DELETE_CONVERSATION)
      return TRUE;
  }

  return FALSE;
}

static gboolean
commit (SondeWriter *self, GError **error)
{
  if (!has_writes (self))
    return TRUE;
  if (sonde_database_execute (self->database, "BEGIN IMMEDIATE", error) &&
      write_all (self, error) && sonde_database_execute (self->database, "COMMIT", error)) {
    sonde_upkeep_note_write (self->upkeep);
    return TRUE;
  }

  sonde_database_roll_back (self->database);
  return FALSE;
}

static void
note_outcome (SondeWriter *self, const GError *error)
{
  if (error == NULL && self->failing)
    tell (self, NULL);
  else if (error != NULL && (!self->failing || error->code != self->failing_code))
    tell (self, error);

  self->failing = error != NULL;
  if (error != NULL) {
    self->failing_code = error->code;
    self->retry_at = g_get_monotonic_time () + RETRY_DELAY;
  }
}

/* What was deleted for ever is in older frames of the write-ahead log as well: they are
 * taken into the database, where it was overwritten, and the log is cut. */
static void
scrub (SondeWriter *self)
{
  int code;

  sqlite3_busy_timeout (self->database->handle, SCRUB_TIMEOUT);
  code = sqlite3_wal_checkpoint_v2 (self->database->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                    NULL);
  sqlite3_busy_timeout (self->database->handle, SONDE_DATABASE_BUSY_TIMEOUT);
  self->scrub_at = code == SQLITE_OK ? 0 : g_get_monotonic_time () + SCRUB_DELAY;
}

static void
set_operation_error (SondeOperation *operation, const GError *error)
{
  g_clear_error (&operation->error);
  operation->error = g_error_copy (error);
}

/* Ends the transaction of a slice of imports. What it wrote counts, or is written again. */
static void
end_slice (SondeWriter *self, GQueue *done, const GError *error)
{
  SondeOperation *operation;

  if (error != NULL)
    sonde_database_roll_back (self->database);
  while ((operation = g_queue_pop_tail (done)) != NULL) {
    if (error == NULL)
      sonde_operation_answer (operation);
    else
      g_queue_push_head (&self->imports, operation);
  }
  for (GList *link = self->imports.head; link != NULL; link = link->next) {
    operation = link->data;
    if (error == NULL)
      operation->n_committed = operation->n_written;
    else
      operation->n_written = operation->n_committed;
  }
}

/* Does a little of the imports. One part that the database refuses fails alone; with any
 * other failure all is kept, and tried again later. */
static void
import_some (SondeWriter *self)
{
  gint64 deadline = g_get_monotonic_time () + IMPORT_TIME;
  GQueue done = G_QUEUE_INIT;
  g_autoptr (GError) error = NULL;
  gboolean left;

  if (g_queue_is_empty (&self->imports) ||
      (self->failing && g_get_monotonic_time () < self->retry_at))
    return;

  if (sonde_database_execute (self->database, "BEGIN IMMEDIATE", &error)) {
    while (error == NULL && !g_queue_is_empty (&self->imports) &&
           g_get_monotonic_time () < deadline) {
      SondeOperation *operation = g_queue_peek_head (&self->imports);

      if (sonde_operation_import_some (operation, self->database, &left, &error) && !left)
        g_queue_push_tail (&done, g_queue_pop_head (&self->imports));
    }
    if (error == NULL)
      sonde_database_execute (self->database, "COMMIT", &error);
  }

  if (error != NULL && sonde_database_get_refused (self->database)) {
    SondeOperation *refused = g_queue_pop_head (&self->imports);

    set_operation_error (refused, error);
    end_slice (self, &done, error);
    sonde_operation_answer (refused);
  } else {
    end_slice (self, &done, error);
    note_outcome (self, error);
  }
}

/* Writes what there is, and answers. Returns: (transfer full) (nullable): the
 * operation that asks for the end. */
static SondeOperation *
work (SondeWriter *self)
{
  g_autoptr (GError) error = NULL;
  SondeOperation *close = NULL;
  GList *next;

  /* Where there was nothing to write, a failed import still fails. */
  if (has_writes (self) || g_queue_is_empty (&self->imports)) {
    commit (self, &error);
    note_outcome (self, error);
  }
  if (error == NULL && deletes (self))
    self->scrub_at = g_get_monotonic_time ();
  if (self->scrub_at > 0 && self->scrub_at <= g_get_monotonic_time ())
    scrub (self);

  for (GList *link = self->backlog.head; link != NULL; link = next) {
    SondeOperation *operation = link->data;

    next = link->next;
    if (sonde_operation_is_write (operation)) {
      if (error != NULL)
        continue;
      sonde_operation_free (operation);
    } else if (sonde_operation_is_import (operation)) {
      g_queue_push_tail (&self->imports, operation);
    } else if (sonde_operation_is_read (operation)) {
      sonde_reader_push (self->reader, operation);
    } else {
      operation->error = error != NULL ? g_error_copy (error) : NULL;
      if (operation->kind == SONDE_OPERATION_CLOSE)
        close = operation;
      else
        sonde_operation_answer (operation);
    }
    g_queue_delete_link (&self->backlog, link);
  }

  return close;
}

static void
take_queue (SondeWriter *self)
{
  SondeOperation *operation;

  while ((operation = g_queue_pop_head (&self->queue)) != NULL)
    g_queue_push_tail (&self->backlog, operation);
  self->text_length = 0;
  self->urgent = FALSE;
}

/* When there is something to write, with the mutex held. */
static gint64
get_deadline (SondeWriter *self)
{
  gint64 deadline = self->scrub_at > 0 ? self->scrub_at : G_MAXINT64;

  if (!g_queue_is_empty (&self->imports))
    deadline = MIN (deadline, self->failing ? self->retry_at : 0);
  if (!g_queue_is_empty (&self->queue))
    deadline = MIN (deadline, self->text_deadline);
  if (!g_queue_is_empty (&self->backlog))
    deadline = MIN (deadline, self->retry_at);

  return deadline;
}

/* A step of the upkeep is short, and none is taken where writing fails. */
static gint64
get_upkeep_deadline (SondeWriter *self)
{
  return g_queue_is_empty (&self->backlog) ? sonde_upkeep_get_deadline (self->upkeep) : G_MAXINT64;
}

static void
wait_for_work (SondeWriter *self)
{
  g_mutex_lock (&self->mutex);
  while (!self->urgent && self->text_length < TEXT_LENGTH) {
    gint64 deadline = get_deadline (self);
    gint64 upkeep_deadline = get_upkeep_deadline (self);
    gint64 next = MIN (deadline, upkeep_deadline);

    if (next == G_MAXINT64) {
      g_cond_wait (&self->cond, &self->mutex);
    } else if (!g_cond_wait_until (&self->cond, &self->mutex, next)) {
      if (deadline <= upkeep_deadline)
        break;
      g_mutex_unlock (&self->mutex);
      sonde_upkeep_step (self->upkeep, self->database);
      g_mutex_lock (&self->mutex);
    }
  }
  take_queue (self);
  g_mutex_unlock (&self->mutex);
}

/* An import that an earlier run left unfinished stays hidden, and goes bit by bit. */
static gboolean
give_up_imports (SondeWriter *self, GError **error)
{
  g_autoptr (GArray) ids = sonde_imports_table_list (self->database, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    g_queue_push_tail (&self->imports, sonde_operation_new (SONDE_OPERATION_ROLL_BACK_IMPORT, NULL,
                                                            g_array_index (ids, gint64, i)));

  return TRUE;
}

static void
fail_imports (SondeWriter *self)
{
  g_autoptr (GError) error =
    g_error_new_literal (SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED, "The store is closed");
  SondeOperation *operation;

  while ((operation = g_queue_pop_head (&self->imports)) != NULL) {
    set_operation_error (operation, error);
    sonde_operation_answer (operation);
  }
}

static gboolean
open_database (SondeWriter *self, int *lock, GError **error)
{
  *lock = sonde_database_file_lock (self->path, error);
  if (*lock < 0)
    return FALSE;
  self->database =
    sonde_database_file_open (self->path, &self->highest_id, &self->set_aside_path, error);
  if (self->database == NULL)
    return FALSE;

  if (!give_up_imports (self, error))
    return FALSE;

  self->reader = sonde_reader_new (self->path);
  self->searcher = sonde_reader_new (self->path);
  self->upkeep = sonde_upkeep_new (self->database);
  self->syncer = sonde_syncer_new (self->path);
  sonde_syncer_watch (self->syncer, self->database);
  return TRUE;
}

static gpointer
run (gpointer data)
{
  SondeWriter *self = data;
  SondeOperation *open = g_queue_pop_head (&self->backlog);
  SondeOperation *close = NULL;
  g_autofd int lock = -1;
  gboolean opened = open_database (self, &lock, &open->error);

  sonde_operation_answer (open);
  if (!opened)
    return NULL;

  while (close == NULL) {
    wait_for_work (self);
    close = work (self);
    import_some (self);
  }
  fail_imports (self);

  g_clear_pointer (&self->reader, sonde_reader_free);
  g_clear_pointer (&self->searcher, sonde_reader_free);
  g_clear_pointer (&self->syncer, sonde_syncer_free);
  g_clear_pointer (&self->database, sonde_database_close);
  g_clear_fd (&lock, NULL);
  if (close->task != NULL)
    sonde_operation_answer (close);
  else
    sonde_operation_free (close);

  return NULL;
}

/* --- the main thread --------------------------------------------------------- */

/**
 * sonde_writer_new:
 * @path: (type filename): the database
 * @open: (transfer full): the operation to answer when the database is open, or is not
 * @notify: told when writing fails, and when it goes on again
 * @user_data: for @notify
 *
 * Returns: (transfer full): a writer whose thread runs
 */
SondeWriter *
sonde_writer_new (const char *path,
                  SondeOperation *open,
                  SondeWriterNotify notify,
                  gpointer user_data)
{
  SondeWriter *self = g_new0 (SondeWriter, 1);

  self->path = g_strdup (path);
  self->notify = notify;
  self->user_data = user_data;
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->queue);
  g_queue_init (&self->backlog);
  g_queue_init (&self->imports);
  self->deleted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_queue_push_tail (&self->backlog, open);
  self->thread = g_thread_new ("sonde-writer", run, self);

  return self;
}

/**
 * sonde_writer_push:
 * @self: a writer
 * @operation: (transfer full): what to do after everything that was queued before
 */
void
sonde_writer_push (SondeWriter *self, SondeOperation *operation)
{
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->queue, operation);
  self->urgent = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* The text at the end of the queue that this text goes behind; there is at most one
 * for each text that is streaming. */
static SondeOperation *
find_text (SondeWriter *self, gint64 message_id, SondeTextKind kind)
{
  for (GList *link = self->queue.tail; link != NULL; link = link->prev) {
    SondeOperation *operation = link->data;

    if (operation->kind != SONDE_OPERATION_APPEND_TEXT)
      return NULL;
    if (operation->id == message_id && operation->text_kind == kind)
      return operation;
  }

  return NULL;
}

/**
 * sonde_writer_append_text:
 * @self: a writer
 * @message_id: a streaming message
 * @kind: which text grew
 * @text: by what, UTF-8
 * @length: its length in bytes
 *
 * Queues text, which waits for more, but not for long and not for much.
 */
void
sonde_writer_append_text (SondeWriter *self,
                          gint64 message_id,
                          SondeTextKind kind,
                          const char *text,
                          gsize length)
{
  SondeOperation *operation;
  gboolean first;

  g_mutex_lock (&self->mutex);
  first = g_queue_is_empty (&self->queue);
  if (first)
    self->text_deadline = g_get_monotonic_time () + TEXT_DELAY;
  operation = find_text (self, message_id, kind);
  if (operation != NULL)
    g_string_append_len (operation->text, text, (gssize) length);
  else
    g_queue_push_tail (&self->queue,
                       sonde_operation_new_append_text (message_id, kind, text, length));
  self->text_length += length;
  if (first || self->text_length >= TEXT_LENGTH)
    g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/**
 * sonde_writer_search:
 * @self: a writer whose database was opened, and that was not told to close it
 * @operation: (transfer full): a search; it waits for nothing but other searches, and finds
 *   what is committed when it begins
 */
void
sonde_writer_search (SondeWriter *self, SondeOperation *operation)
{
  sonde_reader_push (self->searcher, operation);
}

/**
 * sonde_writer_get_index_progress:
 * @self: a writer whose database was opened
 *
 * Returns: how much of what is stored can be found by searching, 0 to 1
 */
double
sonde_writer_get_index_progress (SondeWriter *self)
{
  return sonde_upkeep_get_progress (self->upkeep);
}

/**
 * sonde_writer_get_highest_id:
 * @self: a writer whose database was opened
 *
 * Returns: the highest number that a row had then
 */
gint64
sonde_writer_get_highest_id (SondeWriter *self)
{
  return self->highest_id;
}

/**
 * sonde_writer_get_set_aside_path:
 * @self: a writer that has answered whether its database is open
 *
 * Returns: (nullable) (type filename): where a damaged database was moved
 */
const char *
sonde_writer_get_set_aside_path (SondeWriter *self)
{
  return self->set_aside_path;
}

static void
answer_leftovers (SondeWriter *self)
{
  SondeOperation *operation;

  while ((operation = g_queue_pop_head (&self->queue)) != NULL) {
    if (operation->task == NULL) {
      sonde_operation_free (operation);
      continue;
    }
    if (operation->kind != SONDE_OPERATION_CLOSE)
      operation->error =
        g_error_new_literal (SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED, "The store is not open");
    sonde_operation_answer (operation);
  }
}

/**
 * sonde_writer_free:
 * @self: (transfer full): a writer
 *
 * Waits for its thread, which ends after CLOSE or where the database could not be
 * opened. What is still queued is answered with an error.
 */
void
sonde_writer_free (SondeWriter *self)
{
  g_thread_join (self->thread);
  answer_leftovers (self);
  if (self->notice != NULL) {
    g_source_destroy (self->notice);
    g_source_unref (self->notice);
  }
  g_clear_error (&self->failure);
  g_clear_pointer (&self->upkeep, sonde_upkeep_free);
  g_queue_clear_full (&self->backlog, (GDestroyNotify) sonde_operation_free);
  g_queue_clear_full (&self->imports, (GDestroyNotify) sonde_operation_free);
  g_hash_table_unref (self->deleted);
  g_free (self->set_aside_path);
  g_main_context_unref (self->context);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self);
}
