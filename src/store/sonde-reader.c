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
      sonde_operation_read (operation, database);
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
 * Returns: (transfer full): a running reader
 */
SondeReader *
sonde_reader_new (const char *path)
{
  SondeReader *self = g_new0 (SondeReader, 1);

  self->path = g_strdup (path);
  self->queue = g_async_queue_new ();
  self->thread = g_thread_new ("sonde-reader", run, self);

  return self;
}

/**
 * sonde_reader_push:
 * @self: a reader
 * @operation: (transfer full): a read; it sees everything that is committed now
 */
void
sonde_reader_push (SondeReader *self, SondeOperation *operation)
{
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
  g_async_queue_push (self->queue, self);
  g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  g_free (self->path);
  g_free (self);
}
