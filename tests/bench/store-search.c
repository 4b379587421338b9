/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* store-search PATH: searches every line of its input in the database and prints how
 * many microseconds that took, from the call until the hits are there. A line that
 * begins with a question mark is answered by the statement, for the sqlite3 shell. */

#include <stdio.h>
#include <string.h>

#include "sonde-search.h"
#include "sonde-store.h"

#define LIMIT 50

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
append_quoted (GString *sql, const char *text)
{
  g_string_append_c (sql, '\'');
  for (; *text != '\0'; text++) {
    if (*text == '\'')
      g_string_append_c (sql, '\'');
    g_string_append_c (sql, *text == '\n' ? '\n' : *text);
  }
  g_string_append_c (sql, '\'');
}

/* The statement that the program runs, with its values written into it; on one line. */
static void
print_statement (const char *text)
{
  g_autoptr (SondeSearchQuery) query = sonde_search_query_parse (text);
  g_autofree char *sql = sonde_search_make_sql (query, query->match != NULL);
  g_autoptr (GString) match = g_string_new (NULL), phrases = g_string_new (NULL);
  g_autoptr (GString) statement = g_string_new (sql);

  append_quoted (match, query->match);
  append_quoted (phrases, query->phrases);
  g_string_replace (phrases, "\n", "' || char (10) || '", 0);
  g_string_replace (statement, "?1", match->str, 0);
  g_string_replace (statement, "?2", phrases->str, 0);
  g_string_replace (statement, "?3", G_STRINGIFY (LIMIT), 0);
  g_print ("%s;\n", statement->str);
}

static void
search (SondeStore *store, const char *text)
{
  gint64 begin = g_get_monotonic_time (), end;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  sonde_store_search_async (store, text, LIMIT, NULL, done_cb, &result);
  wait_for (&result);
  hits = sonde_store_search_finish (store, result, &error);
  end = g_get_monotonic_time ();
  if (hits == NULL)
    g_error ("%s", error->message);
  g_print ("%" G_GINT64_FORMAT " %u\n", end - begin, hits->len);
}

int
main (int argc, char *argv[])
{
  g_autoptr (SondeStore) store = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;
  char line[1000];

  if (argc != 2)
    return 2;
  store = sonde_store_new (argv[1]);
  sonde_store_open_async (store, NULL, done_cb, &opened);
  wait_for (&opened);
  if (!sonde_store_open_finish (store, opened, NULL, &error))
    g_error ("%s", error->message);

  while (fgets (line, sizeof line, stdin) != NULL) {
    line[strcspn (line, "\n")] = '\0';
    if (*line == '?')
      print_statement (line + 1);
    else
      search (store, line);
    fflush (stdout);
  }

  return 0;
}
