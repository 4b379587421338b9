/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-chat-context.h"
#include "sonde-database.h"
#include "sonde-memory-keyring.h"
#include "sonde-statement.h"
#include "sonde-transfer-job.h"
#include "transfer-fixture.h"

/* Two homes: what is exported from one is imported into the other. */
typedef struct {
  char *folder;
  char *data_dir;
  SondeKeyring *keyring;
  SondeChatContext *context;
  SondeLibrary *library;
} Home;

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
start (Home *home)
{
  /* The day after the last word of what is imported: the trash is emptied after a month. */
  g_autoptr (SondeClock) clock = sonde_clock_new_manual (1767664900000000);
  SondeChatOptions options = {
    .clock = clock,
    .data_dir = home->data_dir,
    .cache_dir = home->data_dir,
    .keyring = home->keyring,
  };

  home->context = sonde_chat_context_new (&options);
  home->library = sonde_chat_context_get_library (home->context);
  sonde_chat_context_start (home->context);
  sonde_test_wait (sonde_library_get_state (home->library) == SONDE_LIBRARY_READY);
}

static void
end (Home *home)
{
  g_autoptr (GAsyncResult) result = NULL;

  sonde_chat_context_shutdown_async (home->context, finished_cb, &result);
  sonde_test_wait (result != NULL);
  g_assert_true (sonde_chat_context_shutdown_finish (home->context, result, NULL));
  g_clear_object (&result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (home->context);
}

static void
set_up (Home *home, gconstpointer data)
{
  home->folder = g_dir_make_tmp ("sonde-transfer-XXXXXX", NULL);
  home->data_dir = g_build_filename (home->folder, "data", NULL);
  home->keyring = sonde_memory_keyring_new ();
  start (home);
}

static void
tear_down (Home *home, gconstpointer data)
{
  end (home);
  g_clear_object (&home->keyring);
  sonde_test_remove_tree (home->folder);
  g_free (home->data_dir);
  g_free (home->folder);
}

static guint
count_conversations (Home *home)
{
  return g_list_model_get_n_items (G_LIST_MODEL (home->library));
}

static GFile *
get_file (Home *home, const char *name)
{
  return g_file_new_build_filename (home->folder, name, NULL);
}

static GPtrArray *
list_all (Home *home)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < count_conversations (home); i++)
    g_ptr_array_add (all, g_list_model_get_item (G_LIST_MODEL (home->library), i));

  return all;
}

static gboolean
run (SondeTransferJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sonde_transfer_job_run_async (job, cancellable, finished_cb, &result);
  sonde_test_wait (result != NULL);

  return sonde_transfer_job_run_finish (job, result, error);
}

static gboolean
preview (SondeTransferJob *job, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sonde_transfer_job_preview_async (job, NULL, finished_cb, &result);
  sonde_test_wait (result != NULL);

  return sonde_transfer_job_preview_finish (job, result, error);
}

/* Writes @n conversations with everything in them, as an export would. */
static void
write_export (GFile *file, guint n)
{
  g_autoptr (GFileOutputStream) stream =
    g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL);
  g_autoptr (SondeExporter) exporter =
    sonde_exporter_new (SONDE_EXPORT_JSON, 0, G_OUTPUT_STREAM (stream));

  for (guint i = 0; i < n; i++) {
    g_autoptr (SondeTransferRecord) record = make_record (1 + i * 10);

    record->origin = g_strdup_printf ("test:%u", i);
    g_assert_true (sonde_exporter_add (exporter, record, NULL, NULL));
  }
  g_assert_true (sonde_exporter_finish (exporter, NULL, NULL));
  g_assert_true (g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, NULL));
}

static void
import (Home *home, GFile *file)
{
  g_autoptr (SondeTransferJob) job = sonde_transfer_job_new_import (home->library, file);
  g_autoptr (GError) error = NULL;

  run (job, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (sonde_transfer_job_get_fraction (job), 1, 0.001);
}

static void
export_all (Home *home, GFile *file, SondeExportFormat format, SondeExportShape shape)
{
  const SondeExportOptions options = { format, SONDE_EXPORT_REASONING, shape, NULL };
  g_autoptr (GPtrArray) all = list_all (home);
  g_autoptr (SondeTransferJob) job =
    sonde_transfer_job_new_export (home->library, all, file, &options);
  g_autoptr (GError) error = NULL;

  run (job, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (sonde_transfer_job_get_fraction (job), 1, 0.001);
}

static char *
dump_file (GFile *file)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  char *dump;

  g_assert_true (g_file_load_contents (file, NULL, &data, &length, NULL, NULL));
  dump = import_data (data, length, NULL, NULL, &error);
  g_assert_no_error (error);

  return dump;
}

/* --- tests --------------------------------------------------------------------- */

/* Everything comes back as it was, through the database and a restart. */
static void
test_round_trip (Home *home, gconstpointer data)
{
  g_autoptr (GFile) first = get_file (home, "first.json");
  g_autoptr (GFile) second = get_file (home, "second.json");
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  write_export (first, 1);
  import (home, first);
  g_assert_cmpuint (count_conversations (home), ==, 1);
  end (home);
  start (home);
  g_assert_cmpuint (count_conversations (home), ==, 1);
  export_all (home, second, SONDE_EXPORT_JSON, SONDE_EXPORT_SHAPE_FILE);

  expected = dump_file (first);
  found = dump_file (second);
  g_assert_cmpstr (found, ==, expected);
}

/* Reads @sql, a value and a tab behind it at a time. */
static char *
dump_query (const char *data_dir, const char *sql)
{
  g_autofree char *path = g_build_filename (data_dir, "sonde.db", NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  SondeDatabase *database = sonde_database_open (path, SQLITE_OPEN_READWRITE, &error);
  SondeStatement *statement;

  g_assert_no_error (error);
  statement = sonde_statement_get (database, sql, &error);
  g_assert_no_error (error);
  while (sonde_statement_next (statement, &error))
    for (int i = 0; i < sonde_statement_get_n_columns (statement); i++)
      g_string_append_printf (out, "%s\t", sonde_statement_get_string (statement, i));
  g_assert_no_error (error);
  sonde_statement_release (statement);
  sonde_database_close (database);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Every column of every table that has what people said, and whether it says anything. */
static char *
dump_rows (const char *data_dir)
{
  static const char *const tables[] = {
    "conversations",     "messages", "attachments", "message_attachments",
    "draft_attachments", "folders",  "summaries",
  };
  g_autoptr (GString) out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *columns_sql =
      g_strdup_printf ("SELECT name, coalesce (dflt_value, iif (\"notnull\", '0', 'NULL')) "
                       "FROM pragma_table_info ('%s')",
                       tables[i]);
    g_autofree char *columns_text = dump_query (data_dir, columns_sql);
    g_auto (GStrv) columns = g_strsplit (columns_text, "\t", -1);

    for (guint j = 0; columns[j] != NULL && columns[j + 1] != NULL; j += 2) {
      g_autofree char *sql =
        g_strdup_printf ("SELECT quote (%s) FROM %s ORDER BY %s", columns[j], tables[i],
                         g_str_has_suffix (tables[i], "_attachments") ? "position, name" : "rowid");
      g_autofree char *rows = dump_query (data_dir, sql);
      g_auto (GStrv) values = g_strsplit (rows, "\t", -1);
      gboolean said = FALSE;

      for (guint k = 0; values[k] != NULL && values[k + 1] != NULL; k++)
        said |= !g_str_equal (values[k], columns[j + 1]);
      g_string_append_printf (out, "%s.%s: %s\n", tables[i], columns[j], rows);

      /* What is deleted is in no export, and the one folder is the first; the rest is to be
       * in this one. */
      if (!g_str_equal (columns[j], "deleted_at") && !g_str_equal (columns[j], "position") && !said)
        g_error ("%s.%s has nothing in it: %s", tables[i], columns[j], rows);
    }
  }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The rows of two databases are the same when one was filled with the export of the other:
 * a column that is added and not exported fails here. */
static void
test_every_column (Home *home, gconstpointer data)
{
  g_autoptr (GFile) first = get_file (home, "first.json");
  g_autoptr (GFile) second = get_file (home, "second.json");
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  write_export (first, 1);
  import (home, first);
  export_all (home, second, SONDE_EXPORT_JSON, SONDE_EXPORT_SHAPE_FILE);
  end (home);
  expected = dump_rows (home->data_dir);

  g_free (home->data_dir);
  home->data_dir = g_build_filename (home->folder, "other", NULL);
  start (home);
  import (home, second);
  end (home);
  found = dump_rows (home->data_dir);
  g_assert_cmpstr (found, ==, expected);
  start (home);
}

/* What has no more than a draft comes back, too. */
static void
test_draft_alone (Home *home, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (home, "draft.json");
  g_autoptr (SondeConversation) conversation = NULL;
  g_autoptr (SondeConversation) returned = NULL;
  g_autoptr (SondeTransferJob) job = NULL;
  g_autoptr (GError) error = NULL;

  conversation = sonde_library_create (home->library);
  sonde_library_open (home->library, conversation);
  add_draft_attachments (conversation);
  sonde_library_open (home->library, NULL);
  sonde_test_wait (count_conversations (home) == 1);
  export_all (home, file, SONDE_EXPORT_JSON, SONDE_EXPORT_SHAPE_FILE);
  end (home);

  g_free (home->data_dir);
  home->data_dir = g_build_filename (home->folder, "other", NULL);
  start (home);
  job = sonde_transfer_job_new_import (home->library, file);
  g_assert_true (run (job, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sonde_transfer_job_get_report (job)->n_conversations, ==, 1);
  g_assert_cmpuint (count_conversations (home), ==, 1);
  returned = g_list_model_get_item (G_LIST_MODEL (home->library), 0);
  sonde_library_open (home->library, returned);
  sonde_test_wait (sonde_conversation_has_attachments (returned));
  g_assert_cmpuint (
    g_list_model_get_n_items (G_LIST_MODEL (sonde_conversation_get_attachments (returned))), ==, 2);
}

/* What was deleted is in no export, be it that it could still be brought back. */
static void
test_deleted (Home *home, gconstpointer data)
{
  g_autoptr (GFile) first = get_file (home, "first.json");
  g_autoptr (GFile) second = get_file (home, "second.json");
  g_autoptr (SondeConversation) conversation = NULL;
  g_autoptr (SondeMessage) message = NULL;
  g_autofree char *text = NULL;

  write_export (first, 1);
  import (home, first);
  conversation = g_list_model_get_item (G_LIST_MODEL (home->library), 0);
  sonde_library_open (home->library, conversation);
  sonde_test_wait (sonde_conversation_get_loaded (conversation) &&
                   g_list_model_get_n_items (sonde_conversation_get_messages (conversation)) == 3);
  message = g_list_model_get_item (sonde_conversation_get_messages (conversation), 0);
  g_assert_true (sonde_session_delete_message (
    sonde_library_get_session (home->library, conversation), message));
  export_all (home, second, SONDE_EXPORT_JSON, SONDE_EXPORT_SHAPE_FILE);

  g_assert_true (g_file_load_contents (second, NULL, &text, NULL, NULL, NULL));
  g_assert_null (strstr (text, "Be brief."));
  g_free (text);
  text = dump_file (second);
  g_assert_nonnull (strstr (text, "\n1<0 user c=[Show"));
  g_assert_nonnull (strstr (text, "\n2<1 assistant c=[First *answer*]"));
}

static void
test_folder_of_import (Home *home, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (home, "first.json");
  GListModel *folders = sonde_library_get_folders (home->library);
  g_autoptr (SondeConversation) conversation = NULL;
  g_autoptr (SondeFolder) folder = NULL;

  write_export (file, 3);
  import (home, file);

  /* All three are in the one. */
  g_assert_cmpuint (g_list_model_get_n_items (folders), ==, 1);
  folder = g_list_model_get_item (folders, 0);
  g_assert_cmpstr (sonde_folder_get_name (folder), ==, "Money");
  conversation = g_list_model_get_item (G_LIST_MODEL (home->library), 2);
  g_assert_cmpint (sonde_conversation_get_folder_id (conversation), ==,
                   sonde_folder_get_id (folder));
}

/* The preview changes nothing, and what is here already is recognised. */
static void
test_duplicates (Home *home, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (home, "first.json");
  g_autoptr (GFile) own = get_file (home, "own.json");
  g_autoptr (SondeTransferJob) job = sonde_transfer_job_new_import (home->library, file);
  g_autoptr (SondeTransferJob) again = NULL;
  g_autoptr (GError) error = NULL;

  write_export (file, 5);
  g_assert_true (preview (job, &error));
  g_assert_cmpuint (count_conversations (home), ==, 0);
  g_assert_cmpuint (sonde_transfer_job_get_report (job)->n_conversations, ==, 5);
  g_assert_cmpuint (sonde_transfer_job_get_n_duplicates (job), ==, 0);

  g_assert_true (run (job, NULL, &error));
  g_assert_cmpuint (count_conversations (home), ==, 5);
  g_assert_cmpuint (sonde_transfer_job_get_n_duplicates (job), ==, 0);

  write_export (file, 7);
  g_assert_true (preview (job, &error));
  g_assert_cmpuint (sonde_transfer_job_get_n_duplicates (job), ==, 5);
  g_assert_true (run (job, NULL, &error));
  g_assert_cmpuint (count_conversations (home), ==, 7);

  /* An export of one's own is, too. */
  export_all (home, own, SONDE_EXPORT_JSON, SONDE_EXPORT_SHAPE_FILE);
  again = sonde_transfer_job_new_import (home->library, own);
  g_assert_true (run (again, NULL, &error));
  g_assert_cmpuint (sonde_transfer_job_get_n_duplicates (again), ==, 7);
  g_assert_cmpuint (count_conversations (home), ==, 7);
}

/* Where the program is killed in the middle, no empty folder stays: there is none yet. */
static void
no_folder_cb (SondeTransferJob *job, GParamSpec *pspec, Home *home)
{
  if (sonde_transfer_job_get_fraction (job) < 1)
    g_assert_cmpuint (g_list_model_get_n_items (sonde_library_get_folders (home->library)), ==, 0);
}

static void
cancel_cb (SondeTransferJob *job, GParamSpec *pspec, GCancellable *cancellable)
{
  if (sonde_transfer_job_get_fraction (job) > 0.3)
    g_cancellable_cancel (cancellable);
}

static void
assert_nothing_changed (Home *home)
{
  g_assert_cmpuint (count_conversations (home), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (sonde_library_get_folders (home->library)), ==, 0);
  end (home);
  start (home);
  g_assert_cmpuint (count_conversations (home), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (sonde_library_get_folders (home->library)), ==, 0);
}

static void
test_cancelled (Home *home, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (home, "many.json");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (SondeTransferJob) job = sonde_transfer_job_new_import (home->library, file);
  g_autoptr (GError) error = NULL;

  write_export (file, 2000);
  g_signal_connect (job, "notify::fraction", G_CALLBACK (no_folder_cb), home);
  g_signal_connect (job, "notify::fraction", G_CALLBACK (cancel_cb), cancellable);
  g_assert_false (run (job, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&job);
  assert_nothing_changed (home);
}

/* The file ends in the middle: what came before is not kept. */
static void
test_cut (Home *home, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (home, "cut.json");
  g_autoptr (SondeTransferJob) job = sonde_transfer_job_new_import (home->library, file);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  write_export (file, 300);
  g_assert_true (g_file_load_contents (file, NULL, &text, &length, NULL, NULL));
  g_assert_true (g_file_set_contents (g_file_peek_path (file), text, (gssize) length - 40, NULL));

  g_assert_false (run (job, NULL, &error));
  g_assert_error (error, SONDE_TRANSFER_ERROR, SONDE_TRANSFER_ERROR_DAMAGED);
  g_clear_object (&job);
  assert_nothing_changed (home);
}

static void
test_no_file (Home *home, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (home, "missing.json");
  g_autoptr (SondeTransferJob) job = sonde_transfer_job_new_import (home->library, file);
  g_autoptr (GError) error = NULL;

  g_assert_false (preview (job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Ten thousand come in one list at last, sorted, and are all there after a restart. */
static void
test_many (Home *home, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (home, "many.json");

  write_export (file, 10000);
  import (home, file);
  g_assert_cmpuint (count_conversations (home), ==, 10000);
  end (home);
  start (home);
  sonde_test_wait (count_conversations (home) == 10000);
}

static void
assert_names (GFile *folder, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++) {
    g_autoptr (GFile) file = g_file_get_child (folder, names[i]);
    g_autofree char *text = NULL;

    g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, NULL));
    g_assert_true (g_str_has_prefix (text, "---\ntitle: "));
  }
}

static void
test_export_shapes (Home *home, gconstpointer data)
{
  static const char *const names[] = { "b Steuern b , 税 x &.md", "b Steuern b , 税 x & (2).md",
                                       NULL };
  g_autoptr (GFile) file = get_file (home, "two.json");
  g_autoptr (GFile) folder = get_file (home, "folder");
  g_autoptr (GFile) zip = get_file (home, "all.zip");
  g_autofree char *bytes = NULL;

  write_export (file, 2);
  import (home, file);
  export_all (home, folder, SONDE_EXPORT_MARKDOWN, SONDE_EXPORT_SHAPE_FOLDER);
  assert_names (folder, names);

  /* A zip of JSON can be imported again: all are here. */
  export_all (home, zip, SONDE_EXPORT_JSON, SONDE_EXPORT_SHAPE_ZIP);
  g_assert_true (g_file_load_contents (zip, NULL, &bytes, NULL, NULL, NULL));
  g_assert_true (g_str_has_prefix (bytes, "PK"));
  {
    g_autoptr (SondeTransferJob) job = sonde_transfer_job_new_import (home->library, zip);
    g_autoptr (GError) error = NULL;

    preview (job, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (sonde_transfer_job_get_n_duplicates (job), ==, 2);
  }
}

/* A file that was there before is as it was, and a folder has nothing new in it. */
static void
test_export_cancelled (Home *home, gconstpointer data)
{
  static const SondeExportShape shapes[] = {
    SONDE_EXPORT_SHAPE_FILE,
    SONDE_EXPORT_SHAPE_ZIP,
    SONDE_EXPORT_SHAPE_FOLDER,
  };
  g_autoptr (GFile) file = get_file (home, "source.json");

  write_export (file, 20);
  import (home, file);
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    const SondeExportOptions options = { SONDE_EXPORT_TEXT, 0, shapes[i], NULL };
    g_autofree char *name = g_strdup_printf ("target-%zu", i);
    g_autoptr (GFile) target = get_file (home, name);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GPtrArray) all = list_all (home);
    g_autoptr (SondeTransferJob) job =
      sonde_transfer_job_new_export (home->library, all, target, &options);
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;

    if (shapes[i] != SONDE_EXPORT_SHAPE_FOLDER)
      g_assert_true (g_file_set_contents (g_file_peek_path (target), "before", -1, NULL));
    g_signal_connect (job, "notify::fraction", G_CALLBACK (cancel_cb), cancellable);
    g_assert_false (run (job, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

    if (shapes[i] == SONDE_EXPORT_SHAPE_FOLDER) {
      g_assert_false (g_file_query_exists (target, NULL));
    } else {
      g_assert_true (g_file_load_contents (target, NULL, &text, NULL, NULL, NULL));
      g_assert_cmpstr (text, ==, "before");
    }
  }
}

static void
test_file_names (void)
{
  static const struct {
    const char *title;
    const char *name;
  } rows[] = {
    { "Tax rules", "Tax rules.md" },
    { "../../etc/passwd", "etc passwd.md" },
    { "...", "-.md" },
    { "", "-.md" },
    { "a/b\\c:d\n\te", "a b c d e.md" },
    { "  spaces  ", "spaces.md" },
    { "end.", "end.md" },
    { "税: 水", "税 水.md" },
  };
  g_autofree char *many = g_strnfill (500, 'x');
  g_autofree char *name = sonde_export_dup_file_name (many, ".json");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *found = sonde_export_dup_file_name (rows[i].title, ".md");

    g_assert_cmpstr (found, ==, rows[i].name);
  }
  g_assert_cmpuint (strlen (name), <=, 140);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add ("/transfer-job/" path, Home, NULL, set_up, function, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("every-column", test_every_column);
  ADD ("draft-alone", test_draft_alone);
  ADD ("deleted", test_deleted);
  ADD ("folder-of-import", test_folder_of_import);
  ADD ("duplicates", test_duplicates);
  ADD ("cancelled", test_cancelled);
  ADD ("cut", test_cut);
  ADD ("no-file", test_no_file);
  ADD ("many", test_many);
  ADD ("export-shapes", test_export_shapes);
  ADD ("export-cancelled", test_export_cancelled);
#undef ADD
  g_test_add_func ("/transfer-job/file-names", test_file_names);

  return g_test_run ();
}
