/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-reader.h"

#include "sonde-database-file.h"

/**
 * SondeReader:
 *
 * A thread with a connection that only reads, so that a long list keeps no answer
 * waiting that is to be written.
 */
struct _SondeReader {
  char *path;
  GAsyncQueue *queue; /* of SondeOperation; the reader itself: the end */
  GThread *thread;
};

static void
interrupt_cb (GCancellable *cancellable, gpointer handle)
{
  sqlite3_interrupt (handle);
}

/* What is cancelled ends at once, or does not begin; its task knows why. */
static void
read_cancellable (SondeOperation *operation, SondeDatabase *database)
{
  gulong id = 0;

  if (operation->cancellable != NULL)
    id = g_cancellable_connect (operation->cancellable, G_CALLBACK (interrupt_cb), database->handle,
                                NULL);
  if (g_cancellable_is_cancelled (operation->cancellable))
    g_cancellable_set_error_if_cancelled (operation->cancellable, &operation->error);
  else
    sonde_operation_read (operation, database);
  if (id != 0)
    g_cancellable_disconnect (operation->cancellable, id);
}

static gpointer
run (gpointer data)
{
  SondeReader *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeDatabase) database = sonde_database_file_open_reader (self->path, &error);
  gpointer item;

  while ((item = g_async_queue_pop (self->queue)) != self) {
    SondeOperation *operation = item;

    if (database != NULL)
      read_cancellable (operation, database);
    else
      operation->error = g_error_copy (error);
    sonde_operation_answer (operation);
  }

  return NULL;
}

/**
 * sonde_reader_new:
 * @path: (type filename): a database that this program has open for writing
 *
 * Returns: (transfer full): a reader, which runs once it has something to read
 */
SondeReader *
sonde_reader_new (const char *path)
{
  SondeReader *self = g_new0 (SondeReader, 1);

  self->path = g_strdup (path);
  self->queue = g_async_queue_new ();

  return self;
}

/**
 * sonde_reader_push:
 * @self: a reader
 * @operation: (transfer full): a read; it sees everything that is committed now
 *
 * To be called by one thread at a time.
 */
void
sonde_reader_push (SondeReader *self, SondeOperation *operation)
{
  if (self->thread == NULL)
    self->thread = g_thread_new ("sonde-reader", run, self);
  g_async_queue_push (self->queue, operation);
}

/**
 * sonde_reader_free:
 * @self: (transfer full): a reader
 *
 * Ends it once everything it was given is answered.
 */
void
sonde_reader_free (SondeReader *self)
{
  if (self->thread != NULL) {
    g_async_queue_push (self->queue, self);
    g_thread_join (self->thread);
  }
  g_async_queue_unref (self->queue);
  g_free (self->path);
  g_free (self);
}
