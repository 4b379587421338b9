/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-upkeep.h"

#include "sonde-search-index.h"

/* A start is left alone, and so is who writes. */
#define IDLE_DELAY  (5 * G_USEC_PER_SEC)
#define ERROR_DELAY (60 * G_USEC_PER_SEC)

/* A step keeps the journal waiting: it is short, and then as much time passes again. */
#define BATCH_MESSAGES 64
#define MERGE_PAGES    64
#define MIN_PAUSE      (5 * 1000)

#define VACUUM "PRAGMA incremental_vacuum (64)"

typedef enum { TASK_INDEX, TASK_MERGE, TASK_VACUUM, TASK_NONE } Task;

/**
 * SondeUpkeep:
 *
 * What the writer does for the database while there is nothing to write: it indexes
 * what was there before the index, merges the pieces of the index, and gives free
 * pages back. All of it in short steps, and all of it goes on after the next start.
 */
struct _SondeUpkeep {
  Task task;
  gint64 next_at; /* monotonic */
  int progress;   /* of the index, in thousandths; atomic */
};

static void
update_progress (SondeUpkeep *self, SondeDatabase *database)
{
  double progress;

  if (sonde_search_index_get_progress (database, &progress, NULL))
    g_atomic_int_set (&self->progress, (int) (progress * 1000));
}

/**
 * sonde_upkeep_new:
 * @database: the database
 *
 * Returns: (transfer full): its upkeep
 */
SondeUpkeep *
sonde_upkeep_new (SondeDatabase *database)
{
  SondeUpkeep *self = g_new0 (SondeUpkeep, 1);

  self->progress = 1000;
  update_progress (self, database);
  self->task = self->progress < 1000 ? TASK_INDEX : TASK_MERGE;
  self->next_at = self->progress < 1000 ? 0 : g_get_monotonic_time () + IDLE_DELAY;

  return self;
}

/**
 * sonde_upkeep_free:
 * @self: (transfer full): the upkeep
 */
void
sonde_upkeep_free (SondeUpkeep *self)
{
  g_free (self);
}

/**
 * sonde_upkeep_note_write:
 * @self: the upkeep
 *
 * Something was written: there may be something to tidy up, later.
 */
void
sonde_upkeep_note_write (SondeUpkeep *self)
{
  if (self->task == TASK_INDEX)
    return;

  self->task = TASK_MERGE;
  self->next_at = g_get_monotonic_time () + IDLE_DELAY;
}

/**
 * sonde_upkeep_get_deadline:
 * @self: the upkeep
 *
 * Returns: the monotonic time of the next step; %G_MAXINT64: there is none
 */
gint64
sonde_upkeep_get_deadline (SondeUpkeep *self)
{
  return self->task == TASK_NONE ? G_MAXINT64 : self->next_at;
}

static gboolean
vacuum (SondeDatabase *database, gboolean *done, GError **error)
{
  gint64 before, after;

  *done = TRUE;
  if (!sonde_database_get_integer (database, "PRAGMA freelist_count", &before, error))
    return FALSE;
  if (before == 0)
    return TRUE;
  if (!sonde_database_execute (database, VACUUM, error) ||
      !sonde_database_get_integer (database, "PRAGMA freelist_count", &after, error))
    return FALSE;

  /* An older database keeps its free pages for what comes. */
  *done = after == 0 || after == before;
  return TRUE;
}

static gboolean
take_step (SondeUpkeep *self, SondeDatabase *database, gboolean *done)
{
  switch (self->task) {
  case TASK_INDEX:
    return sonde_search_index_build (database, BATCH_MESSAGES, done, NULL);
  case TASK_MERGE:
    return sonde_search_index_merge (database, MERGE_PAGES, done, NULL);
  case TASK_VACUUM:
    return vacuum (database, done, NULL);
  case TASK_NONE:
    break;
  }

  g_return_val_if_reached (FALSE);
}

/**
 * sonde_upkeep_step:
 * @self: the upkeep
 * @database: the database, in no transaction
 *
 * Does the next piece of work. Where it fails, it is left for later: what is to be
 * written will say what is wrong.
 */
void
sonde_upkeep_step (SondeUpkeep *self, SondeDatabase *database)
{
  gint64 begin = g_get_monotonic_time (), end;
  gboolean done = FALSE;

  if (!take_step (self, database, &done)) {
    self->next_at = begin + ERROR_DELAY;
    return;
  }

  if (self->task == TASK_INDEX)
    update_progress (self, database);
  if (done)
    self->task++;
  end = g_get_monotonic_time ();
  self->next_at = end + MAX (end - begin, MIN_PAUSE);
}

/**
 * sonde_upkeep_get_progress:
 * @self: the upkeep
 *
 * Can be called by any thread.
 *
 * Returns: how much of the messages is indexed, 0 to 1
 */
double
sonde_upkeep_get_progress (SondeUpkeep *self)
{
  return g_atomic_int_get (&self->progress) / 1000.0;
}
