/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-caretaker.h"

#include "sonde-library-private.h"

/* A start is left alone. */
#define FIRST_DELAY 20 /* seconds */

/* How often it is looked whether another day has begun. */
#define INTERVAL (30 * 60) /* seconds */

/**
 * SondeCaretaker:
 *
 * Looks after the database while the program runs: checks it once, a moment after the
 * start, and then makes a backup of every day.
 */
struct _SondeCaretaker {
  SondeLibrary *library;
  GCancellable *cancellable;
  guint source;
  gboolean sound; /* a damaged database takes the place of no backup */
};

static gboolean visit_cb (gpointer user_data);

static void
wait (SondeCaretaker *self, guint seconds)
{
  self->source = g_timeout_add_seconds (seconds, visit_cb, self);
}

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SondeCaretaker *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!sonde_store_back_up_finish (SONDE_STORE (source), result, &error)) {
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return;
    /* A full disk is said where it matters: when something cannot be stored. */
    g_message ("No backup was made: %s", error->message);
  }
  wait (self, INTERVAL);
}

static void
back_up (SondeCaretaker *self)
{
  sonde_store_back_up_async (sonde_library_get_store (self->library),
                             sonde_clock_get_real_time (self->library->services->clock),
                             self->cancellable, backed_up_cb, self);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SondeCaretaker *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!sonde_store_check_finish (SONDE_STORE (source), result, &error)) {
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return;
    if (g_error_matches (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_DAMAGED)) {
      sonde_library_report (self->library, error);
      return;
    }
    g_message ("The database could not be checked: %s", error->message);
  }

  self->sound = TRUE;
  back_up (self);
}

static gboolean
visit_cb (gpointer user_data)
{
  SondeCaretaker *self = user_data;

  if (sonde_library_get_state (self->library) != SONDE_LIBRARY_READY)
    return G_SOURCE_CONTINUE;

  self->source = 0;
  if (self->sound)
    back_up (self);
  else
    sonde_store_check_async (sonde_library_get_store (self->library), self->cancellable, checked_cb,
                             self);

  return G_SOURCE_REMOVE;
}

/**
 * sonde_caretaker_new:
 * @library: the library that it looks after; outlives it
 *
 * Returns: (transfer full): a caretaker, who begins in a moment
 */
SondeCaretaker *
sonde_caretaker_new (SondeLibrary *library)
{
  SondeCaretaker *self = g_new0 (SondeCaretaker, 1);

  self->library = library;
  self->cancellable = g_cancellable_new ();
  wait (self, FIRST_DELAY);

  return self;
}

/**
 * sonde_caretaker_free:
 * @self: (transfer full): a caretaker; what it has begun has ended, as it does when the store
 *   is closed
 */
void
sonde_caretaker_free (SondeCaretaker *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->source, g_source_remove);
  g_object_unref (self->cancellable);
  g_free (self);
}
