/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-search.h"

#include <string.h>

#include "sonde-search-index.h"
#include "sonde-snippet.h"
#include "sonde-statement.h"

/* The values of the statements. Those that a statement has no use for are not in it. */
enum {
  VALUE_MATCH = 1,
  VALUE_PHRASES,
  VALUE_LIMIT,
  VALUE_EXCLUDE,
  VALUE_MODEL,
  VALUE_FOLDER,
  VALUE_AFTER,
  VALUE_BEFORE,
};

/* Of a message and of a title; both statements have these columns. */
enum { COLUMN_CONVERSATION_ID, COLUMN_MESSAGE_ID, COLUMN_TIME, COLUMN_SNIPPET };

/* Of a conversation, `c`. */
#define IS_LISTED                                                                                  \
  "(c.import_id = 0 OR c.import_id NOT IN (SELECT id FROM imports)) AND c.trashed_at "
#define IN_FOLDER " AND c.folder_id IN (SELECT id FROM folders WHERE name = ?6 COLLATE NOCASE)"

/* What titles there are at most before the messages. */
#define MAX_TITLES 20

/* Conditions on the conversation, `c`. */
static void
add_conditions (GString *sql, const SondeSearchQuery *query)
{
  g_string_append (sql, IS_LISTED);
  g_string_append (sql, query->scope == SONDE_SEARCH_TRASH ? "<> 0" : "= 0");
  if (query->scope == SONDE_SEARCH_ARCHIVE)
    g_string_append (sql, " AND c.archived <> 0");
  if (query->folder != NULL)
    g_string_append (sql, IN_FOLDER);
  if (query->pinned)
    g_string_append (sql, " AND c.pinned <> 0");
  if (query->unread)
    g_string_append (sql, " AND c.unread <> 0");
}

/**
 * sonde_search_make_sql:
 * @query: a query
 * @matched: whether there are words that must be there
 *
 * Newest first, in the order of the index: what is not shown is not read.
 *
 * Returns: (transfer full): the statement that finds messages
 */
char *
sonde_search_make_sql (const SondeSearchQuery *query, gboolean matched)
{
  GString *sql = g_string_new ("SELECT m.conversation_id, m.id, m.created_at, "
                               "sonde_snippet (?2, m.content, m.reasoning, r.names) FROM ");

  if (matched)
    g_string_append (sql, "search_index CROSS JOIN search_rows r ON r.place = search_index.rowid ");
  else
    g_string_append (sql, "search_rows r ");
  g_string_append (sql, "CROSS JOIN messages m ON m.id = r.message_id "
                        "CROSS JOIN conversations c ON c.id = m.conversation_id WHERE ");
  add_conditions (sql, query);
  g_string_append (sql, " AND m.deleted_at = 0");
  if (matched)
    g_string_append (sql, " AND search_index MATCH ?1");
  if (query->exclude != NULL)
    g_string_append (
      sql, " AND r.place NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH ?4)");
  if (query->model != NULL)
    g_string_append (sql, " AND coalesce (m.model_id, c.model_id) LIKE ?5 ESCAPE '\\'");
  if (query->after != G_MININT64)
    g_string_append_printf (sql, " AND m.created_at >= ?7 AND %s >= ?7 / " SONDE_SEARCH_PLACE_UNIT,
                            matched ? "search_index.rowid" : "r.place");
  if (query->before != G_MAXINT64)
    g_string_append (sql, " AND m.created_at < ?8");
  if (query->has_code)
    g_string_append (sql, " AND instr (m.content, '```') > 0");
  if (query->has_reasoning)
    g_string_append (sql, " AND m.reasoning <> ''");
  if (query->has_file)
    g_string_append (sql, " AND r.names IS NOT NULL");
  g_string_append_printf (sql, " ORDER BY %s DESC LIMIT ?3",
                          matched ? "search_index.rowid" : "r.place");

  return g_string_free (sql, FALSE);
}

static char *
make_titles_sql (const SondeSearchQuery *query, gboolean matched)
{
  /* Only what is shown gets a snippet. */
  GString *sql =
    g_string_new ("WITH found AS MATERIALIZED (SELECT c.id, c.updated_at, c.title FROM ");

  if (matched)
    g_string_append (sql,
                     "search_titles CROSS JOIN conversations c ON c.id = search_titles.rowid ");
  else
    g_string_append (sql, "conversations c ");
  g_string_append (sql, "WHERE ");
  add_conditions (sql, query);
  if (matched)
    g_string_append (sql, " AND search_titles MATCH ?1");
  if (query->exclude != NULL)
    g_string_append (
      sql, " AND c.id NOT IN (SELECT rowid FROM search_titles WHERE search_titles MATCH ?4)");
  g_string_append (sql, " ORDER BY c.updated_at DESC LIMIT ?3) SELECT id, 0, updated_at, "
                        "sonde_snippet (?2, title) FROM found ORDER BY updated_at DESC");

  return g_string_free (sql, FALSE);
}

static SondeSearchHit *
read_hit (SondeStatement *statement)
{
  const char *marked = sonde_statement_get_string (statement, COLUMN_SNIPPET);
  g_autoptr (GString) snippet = g_string_new (NULL);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (SondeSearchRange));
  SondeSearchRange range = { 0 };
  guint n_before = 0; /* texts without a match: content, reasoning, names */

  for (; marked != NULL && *marked != '\0'; marked++) {
    switch (*marked) {
    case '\001':
      n_before++;
      break;
    case SONDE_SNIPPET_BEGIN:
      range.start = (guint) snippet->len;
      break;
    case SONDE_SNIPPET_END:
      range.end = (guint) snippet->len;
      g_array_append_val (ranges, range);
      break;
    default:
      g_string_append_c (snippet, *marked);
    }
  }

  return sonde_search_hit_new (sonde_statement_get_int64 (statement, COLUMN_CONVERSATION_ID),
                               sonde_statement_get_int64 (statement, COLUMN_MESSAGE_ID),
                               n_before == 1 ? SONDE_TEXT_REASONING : SONDE_TEXT_CONTENT,
                               sonde_statement_get_int64 (statement, COLUMN_TIME), snippet->str,
                               (const SondeSearchRange *) (gpointer) ranges->data, ranges->len);
}

static char *
make_pattern (const char *text)
{
  GString *pattern = g_string_new ("%");

  for (const char *c = text; *c != '\0'; c++) {
    if (strchr ("%_\\", *c) != NULL)
      g_string_append_c (pattern, '\\');
    g_string_append_c (pattern, *c);
  }
  g_string_append_c (pattern, '%');

  return g_string_free (pattern, FALSE);
}

static gboolean
collect (SondeDatabase *database,
         const char *sql,
         const SondeSearchQuery *query,
         const char *match,
         const char *phrases,
         guint limit,
         GPtrArray *hits,
         GError **error)
{
  g_autofree char *pattern = query->model != NULL ? make_pattern (query->model) : NULL;
  g_autoptr (SondeStatement) statement =
    sonde_statement_get (database, g_intern_string (sql), error);
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;
  if (match != NULL)
    sonde_statement_bind_string (statement, VALUE_MATCH, match);
  sonde_statement_bind_string (statement, VALUE_PHRASES, phrases);
  sonde_statement_bind_int64 (statement, VALUE_LIMIT, limit);
  if (query->exclude != NULL)
    sonde_statement_bind_string (statement, VALUE_EXCLUDE, query->exclude);
  if (strstr (sql, "?5") != NULL)
    sonde_statement_bind_string (statement, VALUE_MODEL, pattern);
  if (query->folder != NULL)
    sonde_statement_bind_string (statement, VALUE_FOLDER, query->folder);
  if (strstr (sql, "?7") != NULL)
    sonde_statement_bind_int64 (statement, VALUE_AFTER, query->after);
  if (strstr (sql, "?8") != NULL)
    sonde_statement_bind_int64 (statement, VALUE_BEFORE, query->before);

  while (sonde_statement_next (statement, &local_error))
    g_ptr_array_add (hits, read_hit (statement));
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);
  return FALSE;
}

/* Whole words first: of common words there are enough, and the beginnings of a word
 * cost more the more words begin so. */
static gboolean
find (SondeDatabase *database,
      const SondeSearchQuery *query,
      const char *sql,
      guint limit,
      GPtrArray *hits,
      GError **error)
{
  guint n = hits->len;

  if (!collect (database, sql, query, query->match, query->phrases, limit, hits, error))
    return FALSE;
  if (query->prefix_match == NULL || hits->len - n >= limit)
    return TRUE;

  g_ptr_array_set_size (hits, (int) n);
  return collect (database, sql, query, query->prefix_match, query->prefix_phrases, limit, hits,
                  error);
}

/**
 * sonde_search_run:
 * @database: a database
 * @text: what somebody typed
 * @limit: how many messages at most
 * @error: a SONDE_STORE_ERROR
 *
 * Returns: (transfer full) (element-type SondeSearchHit) (nullable): titles, the latest
 *   conversation first, then messages, the newest first
 */
GPtrArray *
sonde_search_run (SondeDatabase *database, const char *text, guint limit, GError **error)
{
  g_autoptr (SondeSearchQuery) query = sonde_search_query_parse (text);
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean matched = query->match != NULL;
  gboolean about_messages = sonde_search_query_is_about_messages (query);
  g_autofree char *titles = make_titles_sql (query, matched);
  g_autofree char *messages = sonde_search_make_sql (query, matched);

  if (sonde_search_query_is_empty (query))
    return g_steal_pointer (&hits);
  if (!about_messages && !find (database, query, titles, matched ? MAX_TITLES : limit, hits, error))
    return NULL;
  /* Without words, a filter of conversations lists conversations. */
  if ((matched || about_messages || query->exclude != NULL) &&
      !find (database, query, messages, limit, hits, error))
    return NULL;

  return g_steal_pointer (&hits);
}
