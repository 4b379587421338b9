/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* store-journal FOLDER: journals four answers of 200 tokens a second each for five
 * seconds, handed over once a frame, and prints the share of one core that it took. */

#include <sys/resource.h>

#include "sonde-store.h"

#define STREAMS 4
#define TOKENS  200 /* per second */
#define TOKEN   "token "
#define SECONDS 5
#define FRAME   16 /* ms */

typedef struct {
  SondeStore *store;
  SondeMessage *messages[STREAMS];
  gint64 begin;
  gint64 n_sent;
  gboolean done;
} Journal;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static double
get_cpu_time (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static gboolean
frame_cb (gpointer user_data)
{
  Journal *self = user_data;
  gint64 elapsed = g_get_monotonic_time () - self->begin;
  gint64 due = elapsed * TOKENS / G_USEC_PER_SEC;

  for (; self->n_sent < due; self->n_sent++) {
    for (guint i = 0; i < STREAMS; i++)
      sonde_store_append_text (self->store, sonde_message_get_id (self->messages[i]),
                               SONDE_TEXT_CONTENT, TOKEN, sizeof TOKEN - 1);
  }
  self->done = elapsed >= SECONDS * G_USEC_PER_SEC;

  return !self->done;
}

int
main (int argc, char *argv[])
{
  g_autofree char *path = argc == 2 ? g_build_filename (argv[1], "sonde.db", NULL) : NULL;
  g_autoptr (SondeConversation) conversation = NULL;
  Journal journal = { NULL };
  gboolean opened = FALSE, flushed = FALSE, closed = FALSE;
  double begin;

  if (path == NULL)
    return 2;
  journal.store = sonde_store_new (path);
  sonde_store_open_async (journal.store, NULL, done_cb, &opened);
  while (!opened)
    g_main_context_iteration (NULL, TRUE);
  conversation = sonde_conversation_new (sonde_store_allocate_id (journal.store), 1);
  sonde_store_save_conversation (journal.store, conversation);
  for (guint i = 0; i < STREAMS; i++) {
    journal.messages[i] = sonde_message_new (sonde_store_allocate_id (journal.store), 0,
                                             SONDE_ROLE_ASSISTANT, g_get_real_time ());
    sonde_message_set_state (journal.messages[i], SONDE_MESSAGE_STREAMING);
    sonde_store_save_message (journal.store, sonde_conversation_get_id (conversation),
                              journal.messages[i]);
  }
  sonde_store_flush_async (journal.store, done_cb, &flushed);
  while (!flushed)
    g_main_context_iteration (NULL, TRUE);

  begin = get_cpu_time ();
  journal.begin = g_get_monotonic_time ();
  g_timeout_add (FRAME, frame_cb, &journal);
  while (!journal.done)
    g_main_context_iteration (NULL, TRUE);
  g_print ("%f\n", (get_cpu_time () - begin) / SECONDS);

  sonde_store_close_async (journal.store, done_cb, &closed);
  while (!closed)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < STREAMS; i++)
    g_object_unref (journal.messages[i]);
  g_object_unref (journal.store);

  return 0;
}
