/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* store-corpus PATH CONVERSATIONS MESSAGES WORDS: makes a database of so many
 * conversations and messages, every other one in Chinese, with a fixed seed. Questions
 * have WORDS words, answers four times as many and reasoning of twice as many. */

#include <stdlib.h>

#include "sonde-database-file.h"
#include "sonde-statement.h"

#define VOCABULARY 20000
#define BATCH      5000

static char *vocabulary[VOCABULARY];

/* Words of two to four syllables: common ones are short. */
static void
make_vocabulary (GRand *rand)
{
  static const char *const syllables[] = { "ta", "re", "mi", "on", "ver", "st",  "al", "qu",
                                           "en", "lo", "ka", "du", "pri", "sha", "or", "ing" };

  for (guint i = 0; i < VOCABULARY; i++) {
    GString *word = g_string_new (NULL);
    guint n = i < 300 ? 2 : i < 6000 ? 3 : 4;

    for (guint j = 0; j < n; j++)
      g_string_append (word, syllables[g_rand_int_range (rand, 0, G_N_ELEMENTS (syllables))]);
    vocabulary[i] = g_string_free (word, FALSE);
  }
}

/* Few words make most of a text, as they do in every language. */
static guint
pick (GRand *rand, guint n)
{
  double x = g_rand_double (rand);

  return (guint) (x * x * x * n);
}

static void
add_text (GString *text, GRand *rand, guint n_words, gboolean chinese)
{
  for (guint i = 0; i < n_words; i++) {
    if (chinese) {
      g_string_append_unichar (text, 0x4e00 + pick (rand, 3500));
      g_string_append_unichar (text, 0x4e00 + pick (rand, 3500));
      if (i % 9 == 8)
        g_string_append (text, "，");
    } else {
      g_string_append (text, vocabulary[pick (rand, VOCABULARY)]);
      g_string_append (text, i % 12 == 11 ? ".\n" : " ");
    }
  }
}

static void
run (SondeDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (!sonde_database_execute (database, sql, &error))
    g_error ("%s: %s", sql, error->message);
}

static void
add_conversation (SondeDatabase *database,
                  gint64 id,
                  gint64 time,
                  gint64 leaf_id,
                  gboolean chinese,
                  GRand *rand)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    "INSERT INTO conversations (id, title, created_at, updated_at, model_id, thinking, pinned, "
    "unread, leaf_id) VALUES (?1, ?2, ?3, ?3, 'deepseek-v4-flash', 'high', 0, 0, ?4)",
    NULL);
  g_autoptr (GString) title = g_string_new (NULL);

  add_text (title, rand, 4, chinese);
  sonde_statement_bind_int64 (statement, 1, id);
  sonde_statement_bind_string (statement, 2, g_strstrip (title->str));
  sonde_statement_bind_int64 (statement, 3, time);
  sonde_statement_bind_int64 (statement, 4, leaf_id);
  if (!sonde_statement_run (statement, NULL))
    g_error ("The conversation was not stored");
}

static void
add_message (SondeDatabase *database,
             gint64 id,
             gint64 conversation_id,
             gint64 parent_id,
             gint64 time,
             guint n_words,
             gboolean chinese,
             GRand *rand)
{
  g_autoptr (SondeStatement) statement = sonde_statement_get (
    database,
    "INSERT INTO messages (id, conversation_id, parent_id, role, content, reasoning, state, "
    "model_id, thinking, created_at, thinking_started_at, thinking_duration) "
    "VALUES (?1, ?2, nullif (?3, 0), ?4, ?5, ?6, 'complete', 'deepseek-v4-flash', 'high', ?7, 0, "
    "-1)",
    NULL);
  gboolean answer = parent_id != 0 && id % 2 == 0;
  g_autoptr (GString) content = g_string_new (NULL);
  g_autoptr (GString) reasoning = answer ? g_string_new (NULL) : NULL;

  add_text (content, rand, answer ? n_words * 4 : n_words, chinese);
  if (answer)
    add_text (reasoning, rand, n_words * 2, chinese);
  sonde_statement_bind_int64 (statement, 1, id);
  sonde_statement_bind_int64 (statement, 2, conversation_id);
  sonde_statement_bind_int64 (statement, 3, parent_id);
  sonde_statement_bind_string (statement, 4, answer ? "assistant" : "user");
  sonde_statement_bind_text (statement, 5, content);
  sonde_statement_bind_text (statement, 6, reasoning);
  sonde_statement_bind_int64 (statement, 7, time);
  if (!sonde_statement_run (statement, NULL))
    g_error ("The message was not stored");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260503);
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (SondeDatabase) database = NULL;
  gint64 highest, id = 0, n_conversations, n_messages, per_conversation, n_words;
  /* One message a minute, the last one a day ago. */
  gint64 time;

  if (argc != 5)
    return 2;
  n_conversations = atoi (argv[2]);
  n_messages = atoi (argv[3]);
  n_words = atoi (argv[4]);
  per_conversation = n_messages / n_conversations;
  time = g_get_real_time () - G_TIME_SPAN_DAY - n_messages * G_TIME_SPAN_MINUTE;
  make_vocabulary (rand);
  database = sonde_database_file_open (argv[1], &highest, &aside, &error);
  if (database == NULL)
    g_error ("%s", error->message);

  run (database, "PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN");
  for (gint64 i = 0; i < n_conversations; i++) {
    gint64 conversation_id = id + 1;
    gint64 parent_id = 0;

    id = conversation_id + conversation_id % 2; /* questions are odd */
    add_conversation (database, conversation_id, time + per_conversation * G_TIME_SPAN_MINUTE,
                      id + per_conversation, i % 2 == 1, rand);
    for (gint64 j = 0; j < per_conversation; j++) {
      id++;
      time += G_TIME_SPAN_MINUTE;
      add_message (database, id, conversation_id, parent_id, time, (guint) n_words, i % 2 == 1,
                   rand);
      parent_id = id;
      if (id % BATCH == 0)
        run (database, "COMMIT; BEGIN");
    }
  }
  run (database, "COMMIT; PRAGMA wal_checkpoint (TRUNCATE)");

  return 0;
}
