/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-syncer.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* How long the write-ahead log grows before it is moved into the database. */
#define CHECKPOINT_FRAMES 1000

/**
 * SondeSyncer:
 *
 * A thread that takes what was committed from the system's memory to the disk. A
 * busy disk takes its time for that; were the writer to wait for it, the text that
 * comes in the meantime would be in our own memory alone, and a kill would take it.
 */
struct _SondeSyncer {
  char *path;
  GThread *thread;

  GMutex mutex;
  GCond cond;
  /* Under the mutex. */
  gboolean requested;
  int frames; /* in the write-ahead log */
  gboolean ended;
};

static void
synchronize (int log, SondeDatabase *database, int frames)
{
  if (frames >= CHECKPOINT_FRAMES && database != NULL)
    sqlite3_wal_checkpoint_v2 (database->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  else if (log >= 0)
    fdatasync (log);
}

static gpointer
run (gpointer data)
{
  SondeSyncer *self = data;
  g_autofree char *log_path = g_strconcat (self->path, "-wal", NULL);
  g_autofd int log = g_open (log_path, O_RDONLY | O_CLOEXEC, 0);
  g_autoptr (SondeDatabase) database =
    sonde_database_open (self->path, SQLITE_OPEN_READWRITE, NULL);

  g_mutex_lock (&self->mutex);
  while (!self->ended) {
    int frames = self->frames;

    if (!self->requested) {
      g_cond_wait (&self->cond, &self->mutex);
      continue;
    }
    self->requested = FALSE;
    g_mutex_unlock (&self->mutex);
    synchronize (log, database, frames);
    g_mutex_lock (&self->mutex);
  }
  g_mutex_unlock (&self->mutex);

  return NULL;
}

static int
committed_cb (void *data, sqlite3 *handle, const char *name, int frames)
{
  SondeSyncer *self = data;

  g_mutex_lock (&self->mutex);
  self->requested = TRUE;
  self->frames = frames;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);

  return SQLITE_OK;
}

/**
 * sonde_syncer_new:
 * @path: (type filename): a database that this program has open for writing
 *
 * Returns: (transfer full): a running syncer
 */
SondeSyncer *
sonde_syncer_new (const char *path)
{
  SondeSyncer *self = g_new0 (SondeSyncer, 1);

  self->path = g_strdup (path);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("sonde-syncer", run, self);

  return self;
}

/**
 * sonde_syncer_watch:
 * @self: a syncer
 * @database: the connection that writes; when the syncer ends, it commits no more
 *
 * From now on what @database commits is taken to the disk at once, and it moves its
 * write-ahead log no longer itself.
 */
void
sonde_syncer_watch (SondeSyncer *self, SondeDatabase *database)
{
  sqlite3_wal_hook (database->handle, committed_cb, self);
}

/**
 * sonde_syncer_free:
 * @self: (transfer full): a syncer
 *
 * Ends it. The last connection that closes takes the rest to the disk.
 */
void
sonde_syncer_free (SondeSyncer *self)
{
  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self);
}
