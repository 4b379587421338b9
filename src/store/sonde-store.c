/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-store-private.h"

#define PURGE_DELAY 2000 /* ms */

typedef enum {
  STATE_CLOSED,
  STATE_OPENING,
  STATE_OPEN,
  STATE_CLOSING,
} State;

/**
 * SondeStore:
 *
 * The conversations on the disk: one SQLite database that one thread writes,
 * another reads and a third takes from the system's memory to the disk. Everything here is called
 * from one thread, whose main context hears the answers.
 *
 * Writes are queued and never block; they are committed in their order, within a
 * quarter of a second. A write that fails is kept and tried again until it
 * succeeds (see [signal@Store::write-failed]). While the store is not open,
 * writes are dropped and reads fail: the program works on without a store.
 */
struct _SondeStore {
  GObject parent_instance;

  char *path;
  State state;
  SondeWriter *writer;    /* NULL while the store is closed */
  _Atomic gint64 last_id; /* an import counts on in another thread */
  GCancellable *jobs;     /* ends what reads the whole database */
  guint n_jobs;
  guint purge_source;
  SondeOperation *close; /* waits for the jobs to end */
};

enum { CHARGED, WRITE_FAILED, WRITE_RECOVERED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SondeStore, sonde_store, G_TYPE_OBJECT)

static void
writer_notify_cb (const GError *error, gpointer user_data)
{
  SondeStore *self = SONDE_STORE (user_data);

  if (error != NULL)
    g_signal_emit (self, signals[WRITE_FAILED], 0, error);
  else
    g_signal_emit (self, signals[WRITE_RECOVERED], 0);
}

static void
sonde_store_finalize (GObject *object)
{
  SondeStore *self = SONDE_STORE (object);

  /* An operation that is under way holds the store: the writer is idle, or has
   * nothing but writes left. */
  if (self->writer != NULL) {
    sonde_writer_push (self->writer, sonde_operation_new (SONDE_OPERATION_CLOSE, NULL, 0));
    g_clear_pointer (&self->writer, sonde_writer_free);
  }
  g_clear_handle_id (&self->purge_source, g_source_remove);
  g_object_unref (self->jobs);
  g_free (self->path);

  G_OBJECT_CLASS (sonde_store_parent_class)->finalize (object);
}

static void
sonde_store_class_init (SondeStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = sonde_store_finalize;

  /**
   * SondeStore::charged:
   * @self: the store
   * @purpose: what was asked for, as `title`
   * @answer: a SondeMessage with the usage and the rates
   *
   * A request that is no message of its conversation has cost something.
   */
  signals[CHARGED] =
    g_signal_new ("charged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, SONDE_TYPE_MESSAGE);

  /**
   * SondeStore::write-failed:
   * @self: the store
   * @error: why, a SONDE_STORE_ERROR
   *
   * A queued write has failed. It is kept and tried again every second, unless the
   * database refuses it for what it is (FAILED). Emitted once for every cause, in
   * the main context that opened the store.
   */
  signals[WRITE_FAILED] =
    g_signal_new ("write-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * SondeStore::write-recovered:
   * @self: the store
   *
   * Everything that had failed is on the disk now.
   */
  signals[WRITE_RECOVERED] = g_signal_new ("write-recovered", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_store_init (SondeStore *self)
{
  self->jobs = g_cancellable_new ();
}

/**
 * sonde_store_new:
 * @path: (type filename): the database; its folder is made where it is missing
 *
 * Returns: (transfer full): a store that has not touched the disk yet
 */
SondeStore *
sonde_store_new (const char *path)
{
  SondeStore *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (SONDE_TYPE_STORE, NULL);
  self->path = g_canonicalize_filename (path, NULL);

  return self;
}

static void
purge_cb (gpointer user_data)
{
  SondeStore *self = SONDE_STORE (user_data);

  self->purge_source = 0;
  sonde_store_purge_backups (self);
}

/* Several conversations are mostly deleted at once. */
static void
schedule_purge (SondeStore *self)
{
  if (self->purge_source == 0)
    self->purge_source = g_timeout_add_once (PURGE_DELAY, purge_cb, self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SondeStore *self = SONDE_STORE (source);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  g_task_set_task_data (task, g_strdup (sonde_writer_get_set_aside_path (self->writer)), g_free);
  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    if (self->state == STATE_OPENING)
      self->state = STATE_CLOSED;
    g_clear_pointer (&self->writer, sonde_writer_free);
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  self->last_id = MAX (self->last_id, sonde_writer_get_highest_id (self->writer));
  if (self->state == STATE_OPENING) {
    self->state = STATE_OPEN;
    schedule_purge (self);
  }
  g_task_return_boolean (task, TRUE);
}

/**
 * sonde_store_open_async:
 * @self: a closed store
 * @cancellable: (nullable): a cancellable; what was begun is finished nevertheless
 * @callback: called when the database is open
 * @user_data: for @callback
 *
 * Opens the database, makes it or brings it to this version where needed, and marks
 * the messages that an earlier run left streaming as interrupted, with all the text
 * that was journalled. A damaged database is moved aside and a fresh one is begun.
 */
void
sonde_store_open_async (SondeStore *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GTask *inner;

  g_return_if_fail (SONDE_IS_STORE (self));
  g_return_if_fail (self->state == STATE_CLOSED);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_store_open_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  /* An open store is not to be taken for one that is not. */
  g_task_set_check_cancellable (task, FALSE);
  inner = g_task_new (self, NULL, opened_cb, g_steal_pointer (&task));
  self->state = STATE_OPENING;
  self->writer = sonde_writer_new (self->path, sonde_operation_new (SONDE_OPERATION_OPEN, inner, 0),
                                   writer_notify_cb, self);
}

/**
 * sonde_store_open_finish:
 * @self: a store
 * @result: the result
 * @set_aside_path: (out) (optional) (nullable) (type filename): where a damaged database was
 *   moved; also set where the fresh one could not be begun
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether the store is open
 */
gboolean
sonde_store_open_finish (SondeStore *self,
                         GAsyncResult *result,
                         char **set_aside_path,
                         GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (set_aside_path != NULL)
    *set_aside_path = g_strdup (g_task_get_task_data (G_TASK (result)));

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SondeStore *self = SONDE_STORE (source);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  self->state = STATE_CLOSED;
  g_cancellable_reset (self->jobs);
  g_clear_pointer (&self->writer, sonde_writer_free);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* The last connection that closes puts the files in order: that is the writer's. */
static void
close_when_idle (SondeStore *self)
{
  if (self->close != NULL && self->n_jobs == 0)
    sonde_writer_push (self->writer, g_steal_pointer (&self->close));
}

/**
 * sonde_store_get_path:
 * @self: a store
 *
 * Returns: (type filename): its database
 */
const char *
sonde_store_get_path (SondeStore *self)
{
  return self->path;
}

/**
 * sonde_store_begin_job:
 * @self: a store
 *
 * Something that reads the database by itself begins. Closing ends it and waits for it.
 *
 * Returns: (transfer none) (nullable): what ends it; %NULL: the store is not open
 */
GCancellable *
sonde_store_begin_job (SondeStore *self)
{
  if (self->state != STATE_OPEN)
    return NULL;

  self->n_jobs++;
  return self->jobs;
}

/**
 * sonde_store_end_job:
 * @self: a store
 */
void
sonde_store_end_job (SondeStore *self)
{
  self->n_jobs--;
  close_when_idle (self);
}

/**
 * sonde_store_forget_purges:
 * @self: a store
 * @last: the last one that the backups do not have any more
 */
void
sonde_store_forget_purges (SondeStore *self, gint64 last)
{
  if (self->state == STATE_OPEN)
    sonde_writer_push (self->writer,
                       sonde_operation_new (SONDE_OPERATION_FORGET_PURGES, NULL, last));
}

/**
 * sonde_store_close_async:
 * @self: a store
 * @callback: called when the database is closed
 * @user_data: for @callback
 *
 * Commits everything that is queued, then closes the database. A store that is not
 * open is closed at once.
 */
void
sonde_store_close_async (SondeStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GTask *inner;

  g_return_if_fail (SONDE_IS_STORE (self));
  g_return_if_fail (self->state != STATE_CLOSING);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, sonde_store_close_async);
  if (self->state == STATE_CLOSED) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  inner = g_task_new (self, NULL, closed_cb, g_steal_pointer (&task));
  self->state = STATE_CLOSING;
  g_clear_handle_id (&self->purge_source, g_source_remove);
  g_cancellable_cancel (self->jobs);
  self->close = sonde_operation_new (SONDE_OPERATION_CLOSE, inner, 0);
  close_when_idle (self);
}

/**
 * sonde_store_close_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether everything was written; the store is closed in any case
 */
gboolean
sonde_store_close_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sonde_store_allocate_id:
 * @self: a store
 *
 * A number for a new conversation or message, unique among both. It counts on from
 * what the database has once [method@Store.open_finish] has succeeded, and from 1 in
 * a store that could not be opened; a number from before an opening is not to be
 * used after it.
 *
 * Any thread may ask for one.
 *
 * Returns: a number above 0
 */
gint64
sonde_store_allocate_id (SondeStore *self)
{
  g_return_val_if_fail (SONDE_IS_STORE (self), 0);

  return ++self->last_id;
}

/**
 * sonde_store_get_open_writer:
 * @self: a store
 *
 * Returns: (transfer none) (nullable): what writes; %NULL: the store is not open
 */
SondeWriter *
sonde_store_get_open_writer (SondeStore *self)
{
  return self->state == STATE_OPEN ? self->writer : NULL;
}

/**
 * sonde_store_push_asking:
 * @self: a store
 * @operation: (transfer full): an operation that answers
 *
 * Queues @operation, or answers that the store is not open.
 */
void
sonde_store_push_asking (SondeStore *self, SondeOperation *operation)
{
  if (self->state == STATE_OPEN) {
    sonde_writer_push (self->writer, operation);
    return;
  }

  operation->error =
    g_error_new_literal (SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED, "The store is not open");
  sonde_operation_answer (operation);
}

/**
 * sonde_store_ask:
 * @self: a store
 * @kind: what is asked for
 * @id: of what, or 0
 * @task: (transfer full): takes the answer
 */
void
sonde_store_ask (SondeStore *self, SondeOperationKind kind, gint64 id, GTask *task)
{
  sonde_store_push_asking (self, sonde_operation_new (kind, task, id));
}

/**
 * sonde_store_new_task:
 * @self: a store
 * @tag: the function that is called
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Returns: (transfer full): a task of that function
 */
GTask *
sonde_store_new_task (SondeStore *self,
                      gpointer tag,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);

  return task;
}

/**
 * sonde_store_get_index_progress:
 * @self: a store
 *
 * Returns: how much of what is stored can be found by searching, 0 to 1; less than 1 for a
 *   while after an update from a version that did not search
 */
double
sonde_store_get_index_progress (SondeStore *self)
{
  g_return_val_if_fail (SONDE_IS_STORE (self), 1);

  return self->state == STATE_OPEN ? sonde_writer_get_index_progress (self->writer) : 1;
}

/**
 * sonde_store_save_conversation:
 * @self: a store
 * @conversation: a conversation, stored as it stands now, without its messages
 *
 * Stores a conversation, new or changed. One that was deleted stays deleted.
 */
void
sonde_store_save_conversation (SondeStore *self, SondeConversation *conversation)
{
  g_return_if_fail (SONDE_IS_STORE (self));
  g_return_if_fail (SONDE_IS_CONVERSATION (conversation));

  if (self->state == STATE_OPEN)
    sonde_writer_push (self->writer, sonde_operation_new_save_conversation (conversation));
}

/**
 * sonde_store_delete_conversation:
 * @self: a store
 * @conversation_id: a conversation
 *
 * Deletes a conversation and its messages, for ever: what is stored of them later is
 * dropped, and the backups that hold it are rewritten a moment later, or after the next
 * start.
 */
void
sonde_store_delete_conversation (SondeStore *self, gint64 conversation_id)
{
  g_return_if_fail (SONDE_IS_STORE (self));

  if (self->state != STATE_OPEN)
    return;

  sonde_writer_push (
    self->writer, sonde_operation_new (SONDE_OPERATION_DELETE_CONVERSATION, NULL, conversation_id));
  schedule_purge (self);
}

/**
 * sonde_store_save_message:
 * @self: a store
 * @conversation_id: the conversation it belongs to, which was stored before
 * @message: a message, stored as it stands now; its parent was stored before
 *
 * Stores a message, new or changed. While it is streaming, the texts it has when it is
 * stored for the first time are taken, and from then on it grows by
 * [method@Store.append_text] alone; in any other state it is stored whole.
 */
void
sonde_store_save_message (SondeStore *self, gint64 conversation_id, SondeMessage *message)
{
  g_return_if_fail (SONDE_IS_STORE (self));
  g_return_if_fail (SONDE_IS_MESSAGE (message));

  if (self->state == STATE_OPEN)
    sonde_writer_push (self->writer, sonde_operation_new_save_message (conversation_id, message));
}

/**
 * sonde_store_save_draft:
 * @self: a store
 * @conversation_id: a conversation, which was stored before
 * @attachments: (element-type SondeAttachment): the files of its draft, all of them ready
 *
 * Stores the files of a draft, in place of those that it had.
 */
void
sonde_store_save_draft (SondeStore *self, gint64 conversation_id, GPtrArray *attachments)
{
  g_return_if_fail (SONDE_IS_STORE (self));
  g_return_if_fail (attachments != NULL);

  if (self->state == STATE_OPEN)
    sonde_writer_push (self->writer, sonde_operation_new_save_draft (conversation_id, attachments));
}

/**
 * sonde_store_append_text:
 * @self: a store
 * @message_id: a message that was stored while it was streaming
 * @kind: which of its texts grew
 * @text: by what, UTF-8; empty text makes absent reasoning empty reasoning
 * @length: its length in bytes
 *
 * Journals text of a streaming message. At most 250 ms or 4 KiB of it are only in
 * memory, and the cost does not depend on what came before. Text of a message that is
 * deleted or not streaming is dropped.
 */
void
sonde_store_append_text (SondeStore *self,
                         gint64 message_id,
                         SondeTextKind kind,
                         const char *text,
                         gsize length)
{
  g_return_if_fail (SONDE_IS_STORE (self));
  g_return_if_fail (text != NULL);

  if (self->state == STATE_OPEN)
    sonde_writer_append_text (self->writer, message_id, kind, text, length);
}

/**
 * sonde_store_save_folder:
 * @self: a store
 * @folder: a folder, new or changed, stored as it stands now
 */
void
sonde_store_save_folder (SondeStore *self, SondeFolder *folder)
{
  g_return_if_fail (SONDE_IS_STORE (self));
  g_return_if_fail (SONDE_IS_FOLDER (folder));

  if (self->state == STATE_OPEN)
    sonde_writer_push (self->writer, sonde_operation_new_save_folder (folder));
}

/**
 * sonde_store_delete_folder:
 * @self: a store
 * @folder_id: a folder
 *
 * Deletes a folder; the conversations in it are in none then.
 */
void
sonde_store_delete_folder (SondeStore *self, gint64 folder_id)
{
  g_return_if_fail (SONDE_IS_STORE (self));

  if (self->state == STATE_OPEN)
    sonde_writer_push (self->writer,
                       sonde_operation_new (SONDE_OPERATION_DELETE_FOLDER, NULL, folder_id));
}

/**
 * sonde_store_add_charge:
 * @self: a store
 * @conversation_id: the conversation that it was for
 * @purpose: what was asked for, as `title`
 * @answer: the answer, with a number of its own, its usage and its rates; it is no message of
 *   the conversation, and its texts are not kept
 *
 * Stores what a request has used that is not shown.
 */
void
sonde_store_add_charge (SondeStore *self,
                        gint64 conversation_id,
                        const char *purpose,
                        SondeMessage *answer)
{
  g_return_if_fail (SONDE_IS_STORE (self));
  g_return_if_fail (SONDE_IS_MESSAGE (answer));
  g_return_if_fail (sonde_message_get_usage (answer) != NULL);

  if (self->state == STATE_OPEN)
    sonde_writer_push (self->writer,
                       sonde_operation_new_add_charge (conversation_id, purpose, answer));
  g_signal_emit (self, signals[CHARGED], 0, purpose, answer);
}

/**
 * sonde_store_flush_async:
 * @self: a store
 * @callback: called when everything that was queued before is committed, or cannot be
 * @user_data: for @callback
 */
void
sonde_store_flush_async (SondeStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SONDE_IS_STORE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, sonde_store_flush_async);
  sonde_store_ask (self, SONDE_OPERATION_FLUSH, 0, task);
}

/**
 * sonde_store_flush_finish:
 * @self: a store
 * @result: the result
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: whether it is all committed, which no end of the program undoes; what is not is
 *   kept and tried again
 */
gboolean
sonde_store_flush_finish (SondeStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
