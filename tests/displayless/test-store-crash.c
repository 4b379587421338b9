/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A child streams into a store and is killed at a random moment. It says on a pipe
 * what it has handed over and when, so that what is found afterwards can be held
 * against the moment of the kill. */

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sonde-statement.h"
#include "store-fixture.h"

#define ROUNDS       20
#define LIMIT        (250 * 1000) /* us of stream that may be lost */
#define PIECE_PERIOD 3            /* ms */
#define ANSWER       200          /* pieces of an answer */
#define LIFE_MIN     1            /* ms, see read_reports () */
#define LIFE_MAX     800

typedef enum {
  REPORT_PIECE,    /* a piece of the text was handed over */
  REPORT_FINISHED, /* the message is committed in its final state */
} ReportKind;

/* Written in one go and shorter than PIPE_BUF: it arrives whole or not at all. */
typedef struct {
  gint64 message_id;
  gint64 time; /* monotonic, which is the same clock in all processes */
  gint32 kind;
  gint32 piece; /* PIECE: its number in the message; FINISHED: how many there are */
} Report;

/* The text of a message follows from its number, so that both sides know it. */
static char *
make_piece (gint64 message_id, int piece)
{
  static const char *const words[] = { "tiefes ", "Wasser ", "深い", "🐳 ", "\n", "x", "sonde " };

  return g_strdup_printf ("%s%d", words[(message_id + piece) % G_N_ELEMENTS (words)], piece);
}

/* Reasoning comes first. */
static SondeTextKind
kind_of (int piece)
{
  return piece < ANSWER / 10 ? SONDE_TEXT_REASONING : SONDE_TEXT_CONTENT;
}

/* --- the child ------------------------------------------------------------------ */

typedef struct {
  SondeStore *store;
  SondeConversation *conversation;
  SondeMessage *message;
  int piece;
  gboolean flushing;
} Child;

static void
report (ReportKind kind, SondeMessage *message, int piece)
{
  Report line = {
    .message_id = sonde_message_get_id (message),
    .time = g_get_monotonic_time (),
    .kind = (gint32) kind,
    .piece = piece,
  };

  if (write (STDOUT_FILENO, &line, sizeof line) != sizeof line)
    g_error ("The report did not get through: %s", g_strerror (errno));
}

static void
begin_message (Child *self)
{
  self->piece = 0;
  self->message = new_message (self->store, 0, SONDE_ROLE_ASSISTANT, "");
  sonde_message_set_state (self->message, SONDE_MESSAGE_STREAMING);
  sonde_store_save_message (self->store, sonde_conversation_get_id (self->conversation),
                            self->message);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Child *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!sonde_store_flush_finish (self->store, result, &error))
    g_error ("Not flushed: %s", error->message);
  self->flushing = FALSE;
  report (REPORT_FINISHED, self->message, self->piece);
  g_clear_object (&self->message);
  begin_message (self);
}

static gboolean
stream_cb (gpointer user_data)
{
  Child *self = user_data;
  g_autofree char *text = NULL;

  if (self->flushing)
    return G_SOURCE_CONTINUE;
  if (self->piece == ANSWER) {
    sonde_message_set_state (self->message, SONDE_MESSAGE_COMPLETE);
    sonde_store_save_message (self->store, sonde_conversation_get_id (self->conversation),
                              self->message);
    self->flushing = TRUE;
    sonde_store_flush_async (self->store, flushed_cb, self);
    return G_SOURCE_CONTINUE;
  }

  text = make_piece (sonde_message_get_id (self->message), self->piece);
  sonde_message_append_text (self->message, kind_of (self->piece), text, -1);
  append (self->store, self->message, kind_of (self->piece), text);
  report (REPORT_PIECE, self->message, self->piece++);

  return G_SOURCE_CONTINUE;
}

static int
run_child (const char *path)
{
  Child child = { .store = sonde_store_new (path) };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;

  if (!open_store (child.store, NULL, &error))
    g_error ("Not open: %s", error->message);
  child.conversation = save_conversation (child.store, "c", 1);
  begin_message (&child);
  g_timeout_add (PIECE_PERIOD, stream_cb, &child);
  g_main_loop_run (loop);

  return 1; /* it ends by SIGKILL alone */
}

/* --- the parent ----------------------------------------------------------------- */

typedef struct {
  char *program;
  GArray *reports;    /* of Report: what the child of this round said */
  gint64 killed_at;   /* monotonic, before the signal is sent */
  GHashTable *stored; /* (element-type gint64 int): pieces of the messages of earlier rounds */
  guint finished;     /* how many of them are whole */
  gint64 most_lost;   /* us, of all rounds */
} Parent;

/* Reads until the child is to be killed, which is a random time after its first piece,
 * or after its first finished message. */
static void
read_reports (GArray *reports, int fd, ReportKind first)
{
  GPollFD poll = { .fd = fd, .events = G_IO_IN };
  gint64 until = g_get_monotonic_time () + SONDE_TEST_PATIENCE * G_USEC_PER_SEC;
  gboolean begun = FALSE;
  Report line;
  gint64 rest;

  while ((rest = until - g_get_monotonic_time ()) > 0) {
    if (g_poll (&poll, 1, (int) (rest / 1000) + 1) <= 0)
      continue;
    g_assert_cmpint (read (fd, &line, sizeof line), ==, sizeof line);
    g_array_append_val (reports, line);
    if (!begun && line.kind == (gint32) first) {
      begun = TRUE;
      until = g_get_monotonic_time () + 1000 * g_test_rand_int_range (LIFE_MIN, LIFE_MAX);
    }
  }
  g_assert_true (begun);
}

static void
run_and_kill (Parent *self, const char *path, ReportKind first)
{
  const char *const arguments[] = { self->program, "--child", path, NULL };
  g_autoptr (GError) error = NULL;
  g_autofd int fd = -1;
  GPid pid;
  int status;
  Report line;

  g_array_set_size (self->reports, 0);
  g_spawn_async_with_pipes (NULL, (char **) arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &pid, NULL, &fd, NULL, &error);
  g_assert_no_error (error);
  read_reports (self->reports, fd, first);

  self->killed_at = g_get_monotonic_time ();
  g_assert_no_errno (kill (pid, SIGKILL));
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  while (read (fd, &line, sizeof line) == sizeof line)
    g_array_append_val (self->reports, line);
  g_spawn_close_pid (pid);
}

/* The machine may have stopped both of the child's threads for a while; then its
 * stream has a hole of that length, which is no fault of the store. */
static gint64
longest_pause (GArray *reports)
{
  gint64 longest = 0;

  for (guint i = 1; i < reports->len; i++)
    longest = MAX (longest, g_array_index (reports, Report, i).time -
                              g_array_index (reports, Report, i - 1).time);

  return longest;
}

/* Returns: of how many pieces the texts consist; they must be the first ones, and whole. */
static int
count_pieces (SondeMessage *message)
{
  const char *rests[] = { content (message), reasoning (message) };
  int n = 0;

  while ((rests[0] != NULL && *rests[0] != '\0') || (rests[1] != NULL && *rests[1] != '\0')) {
    g_autofree char *piece = make_piece (sonde_message_get_id (message), n);
    const char **rest = &rests[kind_of (n)];

    g_assert_nonnull (*rest);
    g_assert_true (g_str_has_prefix (*rest, piece));
    *rest += strlen (piece);
    n++;
  }

  return n;
}

static void
check_interrupted (Parent *self, SondeMessage *message, int n)
{
  gint64 first_lost = G_MAXINT64;
  int handed_over = 0;

  for (guint i = 0; i < self->reports->len; i++) {
    const Report *line = &g_array_index (self->reports, Report, i);

    if (line->message_id != sonde_message_get_id (message))
      continue;
    g_assert_cmpint (line->kind, ==, REPORT_PIECE);
    handed_over = line->piece + 1;
    if (line->piece >= n)
      first_lost = MIN (first_lost, line->time);
  }

  g_assert_cmpint (sonde_message_get_state (message), ==, SONDE_MESSAGE_INTERRUPTED);
  g_assert_cmpint (n, <=, handed_over + 1); /* one may be handed over and not reported */
  if (first_lost < self->killed_at) {
    gint64 lost = self->killed_at - first_lost;

    self->most_lost = MAX (self->most_lost, lost);
    g_assert_cmpint (lost, <=, LIMIT + longest_pause (self->reports));
  }
}

static gboolean
is_finished (GArray *reports, gint64 message_id)
{
  for (guint i = 0; i < reports->len; i++) {
    const Report *line = &g_array_index (reports, Report, i);

    if (line->message_id == message_id && line->kind == REPORT_FINISHED)
      return TRUE;
  }

  return FALSE;
}

static void
check_message (Parent *self, SondeMessage *message)
{
  gint64 id = sonde_message_get_id (message);
  int n = count_pieces (message);
  gpointer known;

  if (g_hash_table_lookup_extended (self->stored, &id, NULL, &known)) {
    g_assert_cmpint (n, ==, GPOINTER_TO_INT (known));
    return;
  }

  if (is_finished (self->reports, id))
    g_assert_cmpint (sonde_message_get_state (message), ==, SONDE_MESSAGE_COMPLETE);
  if (sonde_message_get_state (message) == SONDE_MESSAGE_COMPLETE) {
    g_assert_cmpint (n, ==, ANSWER);
    self->finished++;
  } else {
    check_interrupted (self, message, n);
  }
  g_hash_table_insert (self->stored, g_memdup2 (&id, sizeof id), GINT_TO_POINTER (n));
}

/* A message of which nothing is stored must have been too young to be. */
static void
check_missing (Parent *self)
{
  for (guint i = 0; i < self->reports->len; i++) {
    const Report *line = &g_array_index (self->reports, Report, i);

    if (!g_hash_table_contains (self->stored, &line->message_id))
      g_assert_cmpint (self->killed_at - line->time, <=, LIMIT + longest_pause (self->reports));
  }
}

static void
check_integrity (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeDatabase) database = sonde_database_open (path, SQLITE_OPEN_READONLY, &error);
  g_autoptr (SondeStatement) statement = NULL;
  gint64 value;

  g_assert_no_error (error);
  statement = sonde_statement_get (database, "PRAGMA integrity_check", &error);
  g_assert_no_error (error);
  g_assert_true (sonde_statement_next (statement, &error));
  g_assert_cmpstr (sonde_statement_get_string (statement, 0), ==, "ok");
  g_assert_true (
    sonde_database_get_integer (database, "SELECT count (*) FROM journal", &value, &error));
  g_assert_cmpint (value, ==, 0);
}

static void
check_store (Parent *self, Fixture *fixture)
{
  g_autoptr (GPtrArray) conversations = NULL;
  guint seen = 0;

  open_ok (fixture);
  conversations = list (fixture->store);
  for (guint i = 0; i < conversations->len; i++) {
    SondeConversation *conversation = g_ptr_array_index (conversations, i);
    g_autoptr (GPtrArray) messages =
      load (fixture->store, sonde_conversation_get_id (conversation));

    for (guint j = 0; j < messages->len; j++, seen++)
      check_message (self, g_ptr_array_index (messages, j));
  }
  g_assert_cmpuint (seen, ==, g_hash_table_size (self->stored));
  check_missing (self);
  check_integrity (fixture->path);
  close_ok (fixture);
}

static void
test_kill (Fixture *fixture, gconstpointer data)
{
  Parent parent = {
    .program = (char *) data,
    .reports = g_array_new (FALSE, FALSE, sizeof (Report)),
    .stored = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
  };

  for (guint i = 0; i < ROUNDS; i++) {
    run_and_kill (&parent, fixture->path, i % 4 == 0 ? REPORT_FINISHED : REPORT_PIECE);
    check_store (&parent, fixture);
  }
  g_assert_cmpuint (parent.finished, >=, ROUNDS / 4);
  g_test_message ("%u messages, %u of them finished; at most %" G_GINT64_FORMAT
                  " ms of stream were lost",
                  g_hash_table_size (parent.stored), parent.finished, parent.most_lost / 1000);

  g_array_unref (parent.reports);
  g_hash_table_unref (parent.stored);
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store-crash/kill", Fixture, argv[0], set_up, test_kill, tear_down);

  return g_test_run ();
}
