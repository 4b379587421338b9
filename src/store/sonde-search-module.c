/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-search-module.h"

#ifdef SONDE_LOADABLE
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1
#endif

#include <string.h>

#include "sonde-snippet.h"
#include "sonde-tokenizer.h"

/* What the search adds to SQLite: the tokenizer `sonde` for FTS5 and the function
 * `sonde_snippet (phrases, text, ...)`. A part of the program, and, built with
 * SONDE_LOADABLE, a module for the sqlite3 shell. */

typedef struct {
  void *context;
  int (*func) (void *, int, const char *, int, int, int);
} Sink;

static int
token_cb (const SondeToken *token, gpointer user_data)
{
  Sink *sink = user_data;

  return sink->func (sink->context, token->same_place ? FTS5_TOKEN_COLOCATED : 0, token->text,
                     (int) token->length, (int) token->start, (int) token->end);
}

static int
create_tokenizer (void *context, const char **arguments, int n_arguments, Fts5Tokenizer **tokenizer)
{
  /* It has no state, but NULL would be taken for none. */
  static char stateless;

  *tokenizer = (Fts5Tokenizer *) (gpointer) &stateless;

  return SQLITE_OK;
}

static void
delete_tokenizer (Fts5Tokenizer *tokenizer)
{
}

static int
tokenize (Fts5Tokenizer *tokenizer,
          void *context,
          int flags,
          const char *text,
          int length,
          int (*func) (void *, int, const char *, int, int, int))
{
  Sink sink = { context, func };

  if (text == NULL || length <= 0)
    return SQLITE_OK;

  return sonde_tokenizer_run (text, (gsize) length,
                              (flags & FTS5_TOKENIZE_QUERY) != 0 ? SONDE_TOKENIZER_QUERY
                                                                 : SONDE_TOKENIZER_DOCUMENT,
                              token_cb, &sink);
}

static void
free_snippet (void *data)
{
  sonde_snippet_free (data);
}

/* sonde_snippet (phrases, text, ...): of the first text that has a match. For every text
 * before that one there is a U+0001 before the snippet. */
static void
snippet_function (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  SondeSnippet *snippet = sqlite3_get_auxdata (context, 0);
  const char *phrases = n_values > 0 ? (const char *) sqlite3_value_text (values[0]) : NULL;
  gboolean made = snippet == NULL;
  g_autofree char *first = NULL;

  if (phrases == NULL)
    return;
  if (made)
    snippet = sonde_snippet_new (phrases);
  for (int i = 1; i < n_values; i++) {
    const char *text = (const char *) sqlite3_value_text (values[i]);
    g_autofree char *line = NULL;

    if (text == NULL)
      continue;
    line = sonde_snippet_make (snippet, text, (gsize) sqlite3_value_bytes (values[i]));
    if (strchr (line, SONDE_SNIPPET_BEGIN) != NULL) {
      g_autofree char *before = g_strnfill ((gsize) i - 1, '\001');

      g_free (first);
      first = g_strconcat (before, line, NULL);
      break;
    }
    if (first == NULL)
      first = g_steal_pointer (&line);
  }
  if (first != NULL)
    sqlite3_result_text (context, first, -1, SQLITE_TRANSIENT);
  if (made)
    sqlite3_set_auxdata (context, 0, snippet, free_snippet);
}

static fts5_api *
find_fts5 (sqlite3 *handle)
{
  sqlite3_stmt *statement = NULL;
  fts5_api *api = NULL;

  if (sqlite3_prepare_v2 (handle, "SELECT fts5 (?1)", -1, &statement, NULL) == SQLITE_OK) {
    sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step (statement);
  }
  sqlite3_finalize (statement);

  return api;
}

/**
 * sonde_search_module_register:
 * @handle: a connection
 *
 * Makes the tokenizer and the function known to a connection.
 *
 * Returns: SQLite's result code
 */
int
sonde_search_module_register (sqlite3 *handle)
{
  fts5_tokenizer tokenizer = { create_tokenizer, delete_tokenizer, tokenize };
  fts5_api *api = find_fts5 (handle);
  int code;

  if (api == NULL)
    return SQLITE_ERROR;
  code = api->xCreateTokenizer (api, "sonde", NULL, &tokenizer, NULL);
  if (code != SQLITE_OK)
    return code;

  return sqlite3_create_function_v2 (handle, "sonde_snippet", -1,
                                     SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                     snippet_function, NULL, NULL, NULL);
}

#ifdef SONDE_LOADABLE
int sqlite3_sondesearch_init (sqlite3 *handle, char **message, const sqlite3_api_routines *api);

/* The name that SQLite looks for in libsonde-search.so. */
int
sqlite3_sondesearch_init (sqlite3 *handle, char **message, const sqlite3_api_routines *api)
{
  SQLITE_EXTENSION_INIT2 (api);

  return sonde_search_module_register (handle);
}
#endif
