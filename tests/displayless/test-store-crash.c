/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A child streams into a store, edits, imports and deletes meanwhile, and is killed at a
 * random moment; another one is killed while it brings an old database to this version. It
 * says on a pipe what it has handed over and when, so that what is found afterwards can be
 * held against the moment of the kill. */

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sonde-statement.h"
#include "store-fixture.h"

#ifndef ROUNDS
#define ROUNDS 20
#endif
#define LIMIT        (250 * 1000) /* us of stream that may be lost */
#define PIECE_PERIOD 3            /* ms */
#define ANSWER       200          /* pieces of an answer */
#define LIFE_MIN     1            /* ms, see read_reports () */
#define LIFE_MAX     800
#define SIDE_PERIOD  7   /* ms, between what is done beside the streaming */
#define IMPORTED     3   /* conversations of an import */
#define MESSAGES     30  /* messages of each */
#define OLD_MESSAGES 400 /* messages of an old database */
#define MIGRATE_MAX  60  /* ms */

typedef enum {
  REPORT_PIECE,    /* a piece of the text was handed over */
  REPORT_FINISHED, /* the message is committed in its final state */
  REPORT_SAVED,    /* the question is committed */
  REPORT_IMPORTED, /* the import is committed */
  REPORT_DELETED,  /* the conversation is deleted */
} ReportKind;

/* Written in one go and shorter than PIPE_BUF: it arrives whole or not at all. */
typedef struct {
  gint64 message_id; /* IMPORTED: of the import, DELETED: of the conversation */
  gint64 time;       /* monotonic, which is the same clock in all processes */
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

  guint side;      /* what is done beside the streaming, counted */
  gboolean busy;   /* and is not answered yet */
  gint64 side_id;  /* what it is about */
  int to_import;   /* conversations that are left */
  gint64 imported; /* one that can be deleted, or 0 */
} Child;

static void
report_id (ReportKind kind, gint64 id, int piece)
{
  Report line = {
    .message_id = id,
    .time = g_get_monotonic_time (),
    .kind = (gint32) kind,
    .piece = piece,
  };

  if (write (STDOUT_FILENO, &line, sizeof line) != sizeof line)
    g_error ("The report did not get through: %s", g_strerror (errno));
}

static void
report (ReportKind kind, SondeMessage *message, int piece)
{
  report_id (kind, sonde_message_get_id (message), piece);
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

/* A question whose text follows from its number. */
static SondeMessage *
make_question (SondeStore *store, gint64 parent_id)
{
  SondeMessage *message = new_message (store, parent_id, SONDE_ROLE_USER, "");
  g_autofree char *text =
    g_strdup_printf ("question %" G_GINT64_FORMAT, sonde_message_get_id (message));

  sonde_message_set_text (message, SONDE_TEXT_CONTENT, text);

  return message;
}

static void
side_flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Child *self = user_data;

  if (!sonde_store_flush_finish (self->store, result, NULL))
    g_error ("Not flushed");
  report_id (self->side % 3 == 0 ? REPORT_SAVED : REPORT_DELETED, self->side_id, 0);
  self->side++;
  self->busy = FALSE;
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Child *self = user_data;

  if (!sonde_store_commit_import_finish (self->store, result, NULL))
    g_error ("Not committed");
  report_id (REPORT_IMPORTED, self->side_id, 0);
  self->side++;
  self->busy = FALSE;
}

static void import_next (Child *self);

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Child *self = user_data;

  if (!sonde_store_add_to_import_finish (self->store, result, NULL))
    g_error ("Not added");
  import_next (self);
}

static void
import_next (Child *self)
{
  g_autoptr (SondeConversation) conversation = NULL;
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *title = g_strdup_printf ("import %" G_GINT64_FORMAT, self->side_id);
  gint64 parent_id = 0;

  if (self->to_import-- == 0) {
    sonde_store_commit_import_async (self->store, self->side_id, committed_cb, self);
    return;
  }

  conversation = sonde_conversation_new (sonde_store_allocate_id (self->store), 1000);
  sonde_conversation_set_title (conversation, title);
  for (guint i = 0; i < MESSAGES; i++) {
    SondeMessage *message = make_question (self->store, parent_id);

    parent_id = sonde_message_get_id (message);
    g_ptr_array_add (messages, message);
  }
  self->imported = sonde_conversation_get_id (conversation);
  sonde_store_add_to_import_async (self->store, self->side_id, conversation, messages, added_cb,
                                   self);
}

/* By turns: a question, an import, and the end of a part of that. */
static gboolean
side_cb (gpointer user_data)
{
  Child *self = user_data;
  g_autoptr (SondeMessage) message = NULL;

  if (self->busy)
    return G_SOURCE_CONTINUE;
  self->busy = TRUE;
  switch (self->side % 3) {
  case 0:
    message = make_question (self->store, 0);
    self->side_id = sonde_message_get_id (message);
    sonde_store_save_message (self->store, sonde_conversation_get_id (self->conversation), message);
    sonde_store_flush_async (self->store, side_flushed_cb, self);
    break;
  case 1:
    self->side_id = sonde_store_begin_import (self->store);
    self->to_import = IMPORTED;
    import_next (self);
    break;
  default:
    self->side_id = self->imported;
    sonde_store_delete_conversation (self->store, self->side_id);
    sonde_store_flush_async (self->store, side_flushed_cb, self);
    break;
  }

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
  g_timeout_add (SIDE_PERIOD, side_cb, &child);
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
  GHashTable *there;  /* (element-type gint64): questions that must be there */
  GHashTable *gone;   /* (element-type gint64): conversations that must not */
  guint n_gone;
  GHashTable *imports; /* (element-type gint64): imports that must be there */
  gint64 most_lost;    /* us, of all rounds */
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

    if (line->message_id != sonde_message_get_id (message) || line->kind > REPORT_FINISHED)
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

    if (line->kind <= REPORT_FINISHED && !g_hash_table_contains (self->stored, &line->message_id))
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
note (GHashTable *table, gint64 id)
{
  g_hash_table_add (table, g_memdup2 (&id, sizeof id));
}

static void
take_reports (Parent *self)
{
  /* Numbers that are free again may be given anew in the next run. */
  g_hash_table_remove_all (self->gone);
  for (guint i = 0; i < self->reports->len; i++) {
    const Report *line = &g_array_index (self->reports, Report, i);

    switch ((ReportKind) line->kind) {
    case REPORT_SAVED:
      note (self->there, line->message_id);
      break;
    case REPORT_IMPORTED:
      note (self->imports, line->message_id);
      break;
    case REPORT_DELETED:
      note (self->gone, line->message_id);
      self->n_gone++;
      break;
    case REPORT_PIECE:
    case REPORT_FINISHED:
      break;
    }
  }
}

/* Finished messages are there byte for byte. */
static void
check_question (SondeMessage *message)
{
  g_autofree char *text =
    g_strdup_printf ("question %" G_GINT64_FORMAT, sonde_message_get_id (message));

  g_assert_cmpstr (content (message), ==, text);
  g_assert_cmpint (sonde_message_get_state (message), ==, SONDE_MESSAGE_COMPLETE);
}

/* An import is there whole, but for what was deleted since, or not at all. */
static void
check_imports (Parent *self, GHashTable *found)
{
  GHashTableIter iter;
  gpointer id, n;

  g_hash_table_iter_init (&iter, self->imports);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (found, id)), >=, IMPORTED - 1);
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, NULL, &n))
    g_assert_cmpint (GPOINTER_TO_INT (n), >=, IMPORTED - 1);
}

static void
count_import (GHashTable *found, SondeConversation *conversation, GPtrArray *messages)
{
  const char *title = sonde_conversation_get_title (conversation);
  gint64 id = g_ascii_strtoll (title + strlen ("import "), NULL, 10);
  int n = GPOINTER_TO_INT (g_hash_table_lookup (found, &id));

  g_assert_cmpuint (messages->len, ==, MESSAGES);
  g_hash_table_insert (found, g_memdup2 (&id, sizeof id), GINT_TO_POINTER (n + 1));
}

static void
check_store (Parent *self, Fixture *fixture)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) questions =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;
  g_autoptr (GPtrArray) conversations = NULL;
  guint seen = 0;

  take_reports (self);
  open_ok (fixture);
  conversations = list (fixture->store);
  for (guint i = 0; i < conversations->len; i++) {
    SondeConversation *conversation = g_ptr_array_index (conversations, i);
    g_autoptr (GPtrArray) messages =
      load (fixture->store, sonde_conversation_get_id (conversation));

    gint64 conversation_id = sonde_conversation_get_id (conversation);

    g_assert_false (g_hash_table_contains (self->gone, &conversation_id));
    if (g_str_has_prefix (sonde_conversation_get_title (conversation), "import "))
      count_import (found, conversation, messages);
    for (guint j = 0; j < messages->len; j++) {
      SondeMessage *message = g_ptr_array_index (messages, j);

      if (sonde_message_get_role (message) == SONDE_ROLE_USER) {
        check_question (message);
        note (questions, sonde_message_get_id (message));
        continue;
      }
      check_message (self, message);
      seen++;
    }
  }
  check_imports (self, found);
  g_hash_table_iter_init (&iter, self->there);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_assert_true (g_hash_table_contains (questions, id));
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
    .there = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
    .gone = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
    .imports = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
  };

  for (guint i = 0; i < ROUNDS; i++) {
    run_and_kill (&parent, fixture->path, i % 4 == 0 ? REPORT_FINISHED : REPORT_PIECE);
    check_store (&parent, fixture);
  }
  g_assert_cmpuint (parent.finished, >=, ROUNDS / 4);
  g_assert_cmpuint (g_hash_table_size (parent.imports), >, 0);
  g_assert_cmpuint (parent.n_gone, >, 0);
  g_test_message ("%u messages, %u of them finished; at most %" G_GINT64_FORMAT
                  " ms of stream were lost",
                  g_hash_table_size (parent.stored), parent.finished, parent.most_lost / 1000);
  if (ROUNDS >= 200)
    g_print ("# figure crash ratio=%.2f limit=1 runs=%d spread=0..%.2f ok\n",
             (double) parent.most_lost / LIMIT, ROUNDS, (double) parent.most_lost / LIMIT);

  g_array_unref (parent.reports);
  g_hash_table_unref (parent.stored);
  g_hash_table_unref (parent.there);
  g_hash_table_unref (parent.gone);
  g_hash_table_unref (parent.imports);
}

static void
execute (SondeDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  sonde_database_execute (database, sql, &error);
  g_assert_no_error (error);
}

/* A database of the first version, with as much in it as takes a while. */
static void
make_old_database (Fixture *fixture)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "data", "store-version-1.sql", NULL);
  g_autofree char *sql = NULL;
  g_autoptr (SondeDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (file, &sql, NULL, &error);
  g_assert_no_error (error);
  sonde_test_remove_tree (fixture->folder);
  g_assert_no_errno (g_mkdir (fixture->folder, 0700));
  database =
    sonde_database_open (fixture->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &error);
  g_assert_no_error (error);
  execute (database, sql);
  execute (database,
           "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT " G_STRINGIFY (
             OLD_MESSAGES) ") "
                           "INSERT INTO messages (id, conversation_id, role, content, state, "
                           "thinking, created_at, "
                           "thinking_started_at, thinking_duration) "
                           "SELECT 100 + i, 1, 'user', 'question ' || (100 + i), 'complete', "
                           "'off', i, 0, -1 FROM n");
}

static void
check_old_messages (Fixture *fixture)
{
  g_autoptr (GPtrArray) messages = NULL;
  guint n = 0;

  open_ok (fixture);
  messages = load (fixture->store, 1);
  for (guint i = 0; i < messages->len; i++) {
    SondeMessage *message = g_ptr_array_index (messages, i);

    if (sonde_message_get_id (message) <= 100 ||
        sonde_message_get_role (message) != SONDE_ROLE_USER)
      continue;
    check_question (message);
    n++;
  }
  g_assert_cmpuint (n, ==, OLD_MESSAGES);
  check_integrity (fixture->path);
  close_ok (fixture);
}

/* A database is of one version or of the other, and has all that was in it. */
static void
test_kill_migrating (Fixture *fixture, gconstpointer data)
{
  const char *const arguments[] = { data, "--child", fixture->path, NULL };

  for (guint i = 0; i < ROUNDS / 2; i++) {
    g_autoptr (GError) error = NULL;
    GPid pid;
    int status;

    make_old_database (fixture);
    g_spawn_async (NULL, (char **) arguments, NULL,
                   G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, &pid,
                   &error);
    g_assert_no_error (error);
    g_usleep (1000 * (gulong) g_test_rand_int_range (0, MIGRATE_MAX));
    g_assert_no_errno (kill (pid, SIGKILL));
    g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
    g_assert_true (WIFSIGNALED (status));
    g_spawn_close_pid (pid);
    check_old_messages (fixture);
  }
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store-crash/kill", Fixture, argv[0], set_up, test_kill, tear_down);
  g_test_add ("/store-crash/kill-migrating", Fixture, argv[0], set_up, test_kill_migrating,
              tear_down);

  return g_test_run ();
}
