/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-database.h"
#include "sonde-search-query.h"
#include "store-fixture.h"

/* --- what is typed ------------------------------------------------------------- */

static void
test_query (void)
{
  static const struct {
    const char *text;
    const char *match;
    const char *prefix_match;
    const char *phrases;
    const char *exclude;
  } rows[] = {
    { "", NULL, NULL, "", NULL },
    { " . ", NULL, NULL, "", NULL },
    { "tax", "\"tax\"", "\"tax\" *", "tax", NULL },
    { "tax ", "\"tax\"", NULL, "tax", NULL },
    { "t", "\"t\"", NULL, "t", NULL },
    { "tax rules", "\"tax\" AND \"rules\"", "\"tax\" AND \"rules\" *", "tax\nrules", NULL },
    { "ta* x ", "\"ta*\" * AND \"x\"", NULL, "ta*\nx", NULL },
    { "\"tax rules\"", "\"tax rules\"", NULL, "tax rules", NULL },
    { "“tax rules” x ", "\"tax rules\" AND \"x\"", NULL, "tax rules\nx", NULL },
    { "\"tax rul", "\"tax rul\"", NULL, "tax rul", NULL },
    { "tax -rules -\"a b\" ", "\"tax\"", NULL, "tax", "\"rules\" OR \"a b\"" },
    { "-", NULL, NULL, "", NULL },
    { "a - b ", "\"a\" AND \"b\"", NULL, "a\nb", NULL },
    { "搜索", "\"搜索\"", NULL, "搜索", NULL },
    { "say \"", "\"say\"", NULL, "say", NULL },
    { "a\"b ", "\"a\"\"b\"", NULL, "a\"b", NULL },
    { "getElementById ", "(\"getElementById\" OR (\"get\" AND \"element\" AND \"by\" AND \"id\"))",
      NULL, "getElementById", NULL },
    { "C++ ", "\"C++\"", NULL, "C++", NULL },
    { "before:now", "\"before now\"", "\"before now\" *", "before now", NULL },
    { "https://x.org ", "\"https //x.org\"", NULL, "https //x.org", NULL },
    { "is:odd has:fun ", "\"is odd\" AND \"has fun\"", NULL, "is odd\nhas fun", NULL },
    { "AND OR NOT NEAR( ", "\"AND\" AND \"OR\" AND \"NOT\" AND \"NEAR(\"", NULL,
      "AND\nOR\nNOT\nNEAR(", NULL },
    { "a\xff"
      "b ",
      "\"a\xef\xbf\xbd"
      "b\"",
      NULL,
      "a\xef\xbf\xbd"
      "b",
      NULL },
    { "model:", NULL, NULL, "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (SondeSearchQuery) query = sonde_search_query_parse (rows[i].text);

    g_test_message ("%s", rows[i].text);
    g_assert_cmpstr (query->match, ==, rows[i].match);
    g_assert_cmpstr (query->prefix_match, ==, rows[i].prefix_match);
    g_assert_cmpstr (query->phrases, ==, rows[i].phrases);
    g_assert_cmpstr (query->exclude, ==, rows[i].exclude);
  }
}

static gint64
local_time (int year, int month, int day)
{
  g_autoptr (GDateTime) date = g_date_time_new_local (year, month, day, 0, 0, 0);

  return g_date_time_to_unix (date) * G_USEC_PER_SEC;
}

static void
test_filters (void)
{
  g_autoptr (SondeSearchQuery) query = sonde_search_query_parse (
    "model:pro in:\"My Folder\" before:2026-05 after：2025 has:code has:reasoning is:pinned "
    "is:unread");
  g_autoptr (SondeSearchQuery) day = sonde_search_query_parse ("before:2026-02-28 after:2026-13");
  g_autoptr (SondeSearchQuery) trash = sonde_search_query_parse ("In:Trash");
  g_autoptr (SondeSearchQuery) archive = sonde_search_query_parse ("is:archived");
  g_autoptr (SondeSearchQuery) folder = sonde_search_query_parse ("in:\"trash\"");

  g_assert_null (query->match);
  g_assert_cmpstr (query->model, ==, "pro");
  g_assert_cmpstr (query->folder, ==, "My Folder");
  g_assert_cmpint (query->before, ==, local_time (2026, 5, 1));
  g_assert_cmpint (query->after, ==, local_time (2025, 1, 1));
  g_assert_true (query->has_code);
  g_assert_true (query->has_reasoning);
  g_assert_true (query->pinned);
  g_assert_true (query->unread);
  g_assert_cmpint (day->before, ==, local_time (2026, 2, 28));
  g_assert_cmpint (day->after, ==, G_MININT64);
  g_assert_cmpstr (day->match, ==, "\"after 2026-13\"");
  g_assert_cmpint (trash->scope, ==, SONDE_SEARCH_TRASH);
  g_assert_cmpint (archive->scope, ==, SONDE_SEARCH_ARCHIVE);
  g_assert_cmpstr (folder->folder, ==, "trash");
}

/* --- what is found ------------------------------------------------------------- */

static GPtrArray *
search_limit (SondeStore *store, const char *text, guint limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *hits;

  g_test_message ("%s", text);
  sonde_store_search_async (store, text, limit, NULL, result_cb, &result);
  hits = sonde_store_search_finish (store, wait_for (&result), &error);
  g_assert_no_error (error);

  return hits;
}

/* What is found, as the snippets with their matches in brackets. */
static char *
search (SondeStore *store, const char *text)
{
  g_autoptr (GPtrArray) hits = search_limit (store, text, 50);
  GString *found = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++) {
    SondeSearchHit *hit = g_ptr_array_index (hits, i);
    const char *snippet = sonde_search_hit_get_snippet (hit);
    guint n, done = 0;
    const SondeSearchRange *ranges = sonde_search_hit_get_ranges (hit, &n);

    g_string_append (found, i > 0 ? "; " : "");
    if (sonde_search_hit_get_message_id (hit) == 0)
      g_string_append (found, "#");
    if (sonde_search_hit_get_kind (hit) == SONDE_TEXT_REASONING)
      g_string_append (found, "~");
    for (guint j = 0; j < n; j++) {
      g_string_append_len (found, snippet + done, ranges[j].start - done);
      g_string_append_printf (found, "[%.*s]", (int) (ranges[j].end - ranges[j].start),
                              snippet + ranges[j].start);
      done = ranges[j].end;
    }
    g_string_append (found, snippet + done);
  }

  return g_string_free (found, FALSE);
}

#define assert_found(fixture, text, expected)                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_here = search ((fixture)->store, text);                                 \
    g_assert_cmpstr (found_here, ==, expected);                                                    \
  }                                                                                                \
  G_STMT_END

static void
flush_ok (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  flush_store (fixture->store, &error);
  g_assert_no_error (error);
}

static SondeMessage *
say (Fixture *fixture, SondeConversation *conversation, gint64 time, const char *text)
{
  SondeMessage *message =
    sonde_message_new (sonde_store_allocate_id (fixture->store), 0, SONDE_ROLE_USER, time);

  sonde_message_set_text (message, SONDE_TEXT_CONTENT, text);
  sonde_store_save_message (fixture->store, sonde_conversation_get_id (conversation), message);

  return message;
}

static void
say_only (Fixture *fixture, SondeConversation *conversation, gint64 time, const char *text)
{
  g_autoptr (SondeMessage) message = say (fixture, conversation, time, text);
}

static void
test_languages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation =
    save_conversation (fixture->store, "Über 搜索 engines", 1);

  say_only (fixture, conversation, 1000000, "全文搜索引擎");
  say_only (fixture, conversation, 2000000, "한국어 검색");
  say_only (fixture, conversation, 3000000, "ภาษาไทย");
  say_only (fixture, conversation, 4000000, "Die Größe der Straße");
  say_only (fixture, conversation, 5000000, "the parseJsonDocument function of deep_seek");
  flush_ok (fixture);

  assert_found (fixture, "搜索", "#Über [搜索] engines; 全文[搜索]引擎");
  assert_found (fixture, "擎", "全文搜索引[擎]");
  assert_found (fixture, "全文 引擎", "[全文]搜索[引擎]");
  assert_found (fixture, "文索", "");
  assert_found (fixture, "국어", "한[국어] 검색");
  assert_found (fixture, "ไทย", "ภาษา[ไทย]");
  assert_found (fixture, "grosse", "Die [Größe] der Straße");
  assert_found (fixture, "STRASSE", "Die Größe der [Straße]");
  assert_found (fixture, "uber", "#[Über] 搜索 engines");
  assert_found (fixture, "json", "the parse[Json]Document function of deep_seek");
  assert_found (fixture, "parsejsondoc", "the [parseJsonDocument] function of deep_seek");
  assert_found (fixture, "deep_se", "the parseJsonDocument function of [deep_seek]");
  assert_found (fixture, "engi", "#Über 搜索 [engines]");
  assert_found (fixture, "engi ", "");
  assert_found (fixture, "nothing", "");
  assert_found (fixture, "", "");
}

static void
test_newest_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "t", 1);
  g_autoptr (GPtrArray) hits = NULL;

  say_only (fixture, conversation, 5000000, "word five");
  say_only (fixture, conversation, 9000000, "word nine");
  /* Stored later, said earlier: imported. */
  say_only (fixture, conversation, 1000000, "word one");
  for (guint i = 0; i < 40; i++)
    say_only (fixture, conversation, 7000000, "word seven");
  flush_ok (fixture);

  assert_found (fixture, "word -seven", "[word] nine; [word] five; [word] one");
  hits = search_limit (fixture->store, "word", 10);
  g_assert_cmpuint (hits->len, ==, 10);
  g_assert_cmpint (sonde_search_hit_get_time (g_ptr_array_index (hits, 0)), ==, 9000000);
  g_assert_cmpint (sonde_search_hit_get_time (g_ptr_array_index (hits, 1)), ==, 7000000);
  g_ptr_array_unref (g_steal_pointer (&hits));
  hits = search_limit (fixture->store, "seven", 100);
  g_assert_cmpuint (hits->len, ==, 40);
}

static void
test_filtered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) first = save_conversation (fixture->store, "first word", 1);
  g_autoptr (SondeConversation) second = save_conversation (fixture->store, "second", 2);
  gint64 april = local_time (2026, 4, 30), may = local_time (2026, 5, 1);
  g_autoptr (SondeMessage) answer = NULL;

  sonde_conversation_set_pinned (second, TRUE);
  sonde_conversation_set_model_id (second, "deepseek-v4-pro");
  sonde_store_save_conversation (fixture->store, second);
  say_only (fixture, first, april, "word in April");
  say_only (fixture, first, may, "word in May with ```c\ncode```");
  answer = say (fixture, second, may + 1000000, "the word of the pro");
  sonde_message_set_text (answer, SONDE_TEXT_REASONING, "a hidden thought");
  sonde_store_save_message (fixture->store, sonde_conversation_get_id (second), answer);
  flush_ok (fixture);

  assert_found (fixture, "word before:2026-05", "[word] in April");
  assert_found (fixture, "word after:2026-05",
                "the [word] of the pro; [word] in May with ```c code```");
  assert_found (fixture, "word before:2026-05-02 after:2026-05-01 has:code",
                "[word] in May with ```c code```");
  assert_found (fixture, "has:code", "word in May with ```c code```");
  assert_found (fixture, "word model:PRO", "the [word] of the pro");
  assert_found (fixture, "word model:v_-pro", "");
  assert_found (fixture, "word is:pinned", "the [word] of the pro");
  assert_found (fixture, "is:pinned", "#second");
  assert_found (fixture, "thought", "~a hidden [thought]");
  assert_found (fixture, "has:reasoning", "the word of the pro");
  assert_found (fixture, "word -april -pro", "#first [word]; [word] in May with ```c code```");
  assert_found (fixture, "\"word in\" ", "[word in] May with ```c code```; [word in] April");
  assert_found (fixture, "-april -may has:reasoning", "the word of the pro");
}

static void
test_scopes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) usual = save_conversation (fixture->store, "usual", 4);
  g_autoptr (SondeConversation) archived = save_conversation (fixture->store, "archived", 3);
  g_autoptr (SondeConversation) trashed = save_conversation (fixture->store, "trashed", 2);
  g_autoptr (SondeConversation) filed = save_conversation (fixture->store, "filed", 1);
  g_autoptr (SondeFolder) folder =
    sonde_folder_new (sonde_store_allocate_id (fixture->store), "Steuern", 0);
  g_autoptr (SondeMessage) deleted = NULL;

  sonde_store_save_folder (fixture->store, folder);
  sonde_conversation_set_archived (archived, TRUE);
  sonde_conversation_set_trashed_at (trashed, 1);
  sonde_conversation_set_folder_id (filed, sonde_folder_get_id (folder));
  sonde_store_save_conversation (fixture->store, archived);
  sonde_store_save_conversation (fixture->store, trashed);
  sonde_store_save_conversation (fixture->store, filed);
  say_only (fixture, usual, 4000000, "word in use");
  say_only (fixture, archived, 3000000, "word kept");
  say_only (fixture, trashed, 2000000, "word thrown away");
  say_only (fixture, filed, 1000000, "word filed");
  deleted = say (fixture, usual, 5000000, "word deleted");
  sonde_message_set_deleted_at (deleted, 1);
  sonde_store_save_message (fixture->store, sonde_conversation_get_id (usual), deleted);
  flush_ok (fixture);

  assert_found (fixture, "word", "[word] in use; [word] kept; [word] filed");
  assert_found (fixture, "word in:trash", "[word] thrown away");
  assert_found (fixture, "word in:archive", "[word] kept");
  assert_found (fixture, "word in:steuern", "[word] filed");
  assert_found (fixture, "word in:elsewhere", "");
  assert_found (fixture, "in:trash", "#trashed");
  assert_found (fixture, "in:steuern", "#filed");
}

/* --- the index follows --------------------------------------------------------- */

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "old", 1);
  g_autoptr (SondeMessage) answer =
    new_message (fixture->store, 0, SONDE_ROLE_ASSISTANT, "beginning");
  gint64 id = sonde_conversation_get_id (conversation);

  /* While it streams, and once at its end. */
  sonde_message_set_state (answer, SONDE_MESSAGE_STREAMING);
  sonde_store_save_message (fixture->store, id, answer);
  append (fixture->store, answer, SONDE_TEXT_CONTENT, " middle");
  flush_ok (fixture);
  assert_found (fixture, "middle", "");
  sonde_message_set_text (answer, SONDE_TEXT_CONTENT, "beginning middle");
  sonde_message_set_state (answer, SONDE_MESSAGE_STOPPED);
  sonde_store_save_message (fixture->store, id, answer);
  flush_ok (fixture);
  assert_found (fixture, "middle", "beginning [middle]");

  /* Continued: what was there stays to be found. */
  sonde_message_set_state (answer, SONDE_MESSAGE_STREAMING);
  sonde_store_save_message (fixture->store, id, answer);
  append (fixture->store, answer, SONDE_TEXT_CONTENT, " end");
  flush_ok (fixture);
  assert_found (fixture, "middle", "beginning [middle]");
  /* Cut off by a crash. */
  reopen (fixture);
  assert_found (fixture, "end", "beginning middle [end]");

  /* Changed and stored again unchanged. */
  sonde_message_set_text (answer, SONDE_TEXT_CONTENT, "something else");
  sonde_message_set_state (answer, SONDE_MESSAGE_COMPLETE);
  sonde_store_save_message (fixture->store, id, answer);
  sonde_store_save_message (fixture->store, id, answer);
  sonde_conversation_set_title (conversation, "new");
  sonde_store_save_conversation (fixture->store, conversation);
  flush_ok (fixture);
  assert_found (fixture, "middle", "");
  assert_found (fixture, "something", "[something] else");
  assert_found (fixture, "old", "");
  assert_found (fixture, "new", "#[new]");

  sonde_store_delete_conversation (fixture->store, id);
  flush_ok (fixture);
  assert_found (fixture, "something", "");
  assert_found (fixture, "new", "");
}

static SondeDatabase *
open_database (const char *path)
{
  g_autoptr (GError) error = NULL;
  SondeDatabase *database = sonde_database_open (path, SQLITE_OPEN_READWRITE, &error);

  g_assert_no_error (error);
  return database;
}

static void
execute (SondeDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  sonde_database_execute (database, sql, &error);
  g_assert_no_error (error);
}

static gint64
get_integer (SondeDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  sonde_database_get_integer (database, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

/* No word of what was deleted is in the index any more. */
static void
test_nothing_left (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "xylophone", 1);
  g_autoptr (SondeConversation) other = save_conversation (fixture->store, "other", 2);
  SondeDatabase *database;
  g_autofree char *bytes = NULL;
  gsize length;

  say_only (fixture, conversation, 1000000, "quagmire kaleidoscope");
  say_only (fixture, other, 2000000, "kangaroo");
  sonde_store_delete_conversation (fixture->store, sonde_conversation_get_id (conversation));
  close_ok (fixture);

  database = open_database (fixture->path);
  g_assert_cmpint (get_integer (database, "SELECT count (*) FROM search_rows"), ==, 1);
  execute (database, "VACUUM; PRAGMA wal_checkpoint (TRUNCATE)");
  sonde_database_close (database);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  g_assert_nonnull (memmem (bytes, length, "kangaroo", 8));
  /* Terms share their beginnings in the index: the end is what would be left. */
  g_assert_null (memmem (bytes, length, "gmire", 5));
  g_assert_null (memmem (bytes, length, "eidoscope", 9));
  g_assert_null (memmem (bytes, length, "lophone", 7));
}

static void
test_attachments (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "t", 1);
  g_autoptr (SondeMessage) message = say (fixture, conversation, 1000000, "see here");
  gint64 id = sonde_conversation_get_id (conversation);
  SondeDatabase *database;
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO attachments VALUES (1, 'x', 'text/plain', 1, NULL, x'00');"
    "INSERT INTO message_attachments (message_id, position, attachment_id, name) VALUES "
    "(%" G_GINT64_FORMAT ", 0, 1, 'Jahres-Abschluss_2025.pdf')",
    sonde_message_get_id (message));

  close_ok (fixture);
  database = open_database (fixture->path);
  execute (database, sql);
  sonde_database_close (database);
  open_ok (fixture);
  assert_found (fixture, "abschluss", "Jahres-[Abschluss]_2025.pdf");
  assert_found (fixture, "see", "[see] here");

  sonde_message_set_text (message, SONDE_TEXT_CONTENT, "look there");
  sonde_store_save_message (fixture->store, id, message);
  flush_ok (fixture);
  assert_found (fixture, "see", "");
  assert_found (fixture, "2025", "Jahres-Abschluss_[2025].pdf");
  sonde_store_delete_conversation (fixture->store, id);
  flush_ok (fixture);
  assert_found (fixture, "abschluss", "");
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for_index (Fixture *fixture)
{
  guint tick = g_timeout_add (10, tick_cb, NULL);

  sonde_test_wait (sonde_store_get_index_progress (fixture->store) >= 1);
  g_source_remove (tick);
}

/* What was stored before there was an index is indexed later, and what comes meanwhile is
 * not indexed twice. */
static void
test_backlog (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "t", 1);
  g_autoptr (GPtrArray) hits = NULL;
  SondeDatabase *database;

  for (guint i = 0; i < 300; i++)
    say_only (fixture, conversation, 1000000 * i, "needle 搜索");
  close_ok (fixture);
  database = open_database (fixture->path);
  execute (database, "DELETE FROM search_rows WHERE message_id < 250;"
                     "INSERT INTO search_index (search_index) VALUES ('delete-all');"
                     "DELETE FROM search_rows; UPDATE search_backlog SET below = 10000");
  sonde_database_close (database);
  open_ok (fixture);
  say_only (fixture, conversation, 5000, "needle now");
  flush_ok (fixture);
  wait_for_index (fixture);

  hits = search_limit (fixture->store, "needle", 1000);
  g_assert_cmpuint (hits->len, ==, 301);
  /* It does not begin anew. */
  reopen (fixture);
  g_assert_cmpfloat (sonde_store_get_index_progress (fixture->store), >=, 1);
}

static void
test_version_1 (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "data", "store-version-1.sql", NULL);
  g_autofree char *sql = NULL;
  SondeDatabase *database;

  g_assert_true (g_file_get_contents (file, &sql, NULL, NULL));
  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  database = open_database (fixture->path);
  execute (database, sql);
  sonde_database_close (database);
  open_ok (fixture);
  wait_for_index (fixture);

  assert_found (fixture, "无理", "#[无理]数");
  assert_found (fixture, "assume", "[Assume] it's p/q.");
  assert_found (fixture, "suppose", "[Suppose] not");
}

/* --- the thread ---------------------------------------------------------------- */

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SondeConversation) conversation = save_conversation (fixture->store, "t", 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  say_only (fixture, conversation, 1000000, "needle");
  flush_ok (fixture);
  sonde_store_search_async (fixture->store, "needle", 50, cancellable, result_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (sonde_store_search_finish (fixture->store, wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* The next one is not hurt. */
  assert_found (fixture, "needle", "[needle]");
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sonde_store_search_async (fixture->store, "needle", 50, NULL, result_cb, &result);
  g_assert_null (sonde_store_search_finish (fixture->store, wait_for (&result), &error));
  g_assert_error (error, SONDE_STORE_ERROR, SONDE_STORE_ERROR_FAILED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/query", test_query);
  g_test_add_func ("/search/filters", test_filters);
#define ADD(name, set_up, test) g_test_add ("/search/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("languages", set_up_open, test_languages);
  ADD ("newest-first", set_up_open, test_newest_first);
  ADD ("filtered", set_up_open, test_filtered);
  ADD ("scopes", set_up_open, test_scopes);
  ADD ("changes", set_up_open, test_changes);
  ADD ("attachments", set_up_open, test_attachments);
  ADD ("nothing-left", set_up_open, test_nothing_left);
  ADD ("backlog", set_up_open, test_backlog);
  ADD ("version-1", set_up, test_version_1);
  ADD ("cancel", set_up_open, test_cancel);
  ADD ("closed", set_up, test_closed);

  return g_test_run ();
}
