/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "transfer-fixture.h"

#define MEBIBYTE (1024 * 1024)

static const struct {
  const char *name;
  const char *member; /* its name in a zip */
  SondeImportFormat format;
  guint n_omitted;
  guint n_skipped_for[SONDE_IMPORT_N_SKIP_REASONS];
} fixtures[] = {
  { "deepseek", "conversations.json", SONDE_IMPORT_DEEPSEEK, 2, { 0, 1, 1 } },
  { "chatgpt", "conversations-003.json", SONDE_IMPORT_CHATGPT, 3, { 2, 0, 0, 0, 0, 0, 1 } },
  { "cherry", "../../tmp/data.json", SONDE_IMPORT_CHERRY_STUDIO, 2, { 0 } },
  { "cherry-1", "data.json", SONDE_IMPORT_CHERRY_STUDIO, 0, { 0 } },
  { "chatbox", "chatbox-exported-data-2026-3-1.json", SONDE_IMPORT_CHATBOX, 1, { 1 } },
  { "chatbox-old", "/Chatbox.json", SONDE_IMPORT_CHATBOX, 0, { 0 } },
};

static char *
read_fixture (const char *name, const char *suffix, gsize *length)
{
  g_autofree char *base = g_strconcat (name, suffix, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "transfer", base, NULL);
  g_autoptr (GError) error = NULL;
  char *data;

  g_file_get_contents (path, &data, length, &error);
  g_assert_no_error (error);

  return data;
}

static la_ssize_t
write_cb (struct archive *archive, void *data, const void *buffer, size_t length)
{
  g_byte_array_append (data, buffer, (guint) length);
  return (la_ssize_t) length;
}

/* A zip of members: a name, its data and their length, and so on until NULL. */
static GByteArray *
make_zip (const char *options, const char *name, ...)
{
  GByteArray *zip = g_byte_array_new ();
  struct archive *archive = archive_write_new ();
  va_list arguments;

  archive_write_set_format_zip (archive);
  archive_write_set_bytes_in_last_block (archive, 1);
  if (options != NULL) {
    g_assert_cmpint (archive_write_set_options (archive, options), ==, ARCHIVE_OK);
    archive_write_set_passphrase (archive, "secret");
  }
  g_assert_cmpint (archive_write_open2 (archive, zip, NULL, write_cb, NULL, NULL), ==, ARCHIVE_OK);
  va_start (arguments, name);
  while (name != NULL) {
    const void *data = va_arg (arguments, const void *);
    gsize length = va_arg (arguments, gsize);
    struct archive_entry *entry = archive_entry_new ();

    archive_entry_set_pathname (entry, name);
    archive_entry_set_filetype (entry, AE_IFREG);
    archive_entry_set_size (entry, (la_int64_t) length);
    archive_entry_set_perm (entry, 0600);
    g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
    g_assert_cmpint (archive_write_data (archive, data, length), ==, (gssize) length);
    archive_entry_free (entry);
    name = va_arg (arguments, const char *);
  }
  va_end (arguments);
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);

  return zip;
}

/* --- what is read --------------------------------------------------------------- */

static void
test_fixtures (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    gsize length, ignored;
    g_autofree char *data = read_fixture (fixtures[i].name, ".json", &length);
    g_autofree char *expected = read_fixture (fixtures[i].name, ".txt", &ignored);
    g_autoptr (GByteArray) zip =
      make_zip (NULL, "user.json", "{", (gsize) 1, fixtures[i].member, data, length,
                "message_feedback.json", "[{}]", (gsize) 4, NULL);

    for (guint zipped = 0; zipped < 2; zipped++) {
      g_autoptr (SondeImporter) importer = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *imported = zipped
                                    ? import_data (zip->data, zip->len, NULL, &importer, &error)
                                    : import_data (data, length, NULL, &importer, &error);
      const SondeImportReport *report;

      g_assert_no_error (error);
      g_assert_cmpstr (imported, ==, expected);
      report = sonde_importer_get_report (importer);
      g_assert_cmpint (report->format, ==, fixtures[i].format);
      g_assert_cmpuint (report->n_omitted, ==, fixtures[i].n_omitted);
      for (guint j = 0; j < SONDE_IMPORT_N_SKIP_REASONS; j++)
        g_assert_cmpuint (report->n_skipped_for[j], ==, fixtures[i].n_skipped_for[j]);
      g_assert_cmpuint (report->skips->len, ==, report->n_skipped);
      g_assert_cmpuint (sonde_importer_get_position (importer), >, 0);
      g_assert_finalize_object (g_steal_pointer (&importer));
    }
  }
}

static void
test_report (void)
{
  gsize length;
  g_autofree char *data = read_fixture ("deepseek", ".json", &length);
  g_autoptr (GInputStream) stream =
    g_memory_input_stream_new_from_data (data, (gssize) length, NULL);
  g_autoptr (SondeImporter) importer = sonde_importer_new (stream);
  g_autoptr (GError) error = NULL;
  const SondeImportReport *report;
  SondeImportSkip *skip;

  g_assert_true (sonde_importer_preview (importer, NULL, &error));
  g_assert_no_error (error);
  report = sonde_importer_get_report (importer);
  g_assert_cmpuint (report->n_conversations, ==, 2);
  g_assert_cmpuint (report->n_messages, ==, 7);
  g_assert_cmpint (report->earliest, ==, G_GINT64_CONSTANT (1767578401000000));
  g_assert_cmpint (report->latest, ==, G_GINT64_CONSTANT (1767751205000000));
  g_assert_cmpuint (report->titles->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (report->titles, 0), ==, "平方根");
  g_assert_cmpstr (g_ptr_array_index (report->titles, 1), ==, "An older");
  skip = g_ptr_array_index (report->skips, 0);
  g_assert_cmpint (skip->reason, ==, SONDE_IMPORT_SKIP_EMPTY);
  g_assert_cmpstr (skip->title, ==, "Nothing in it");
}

static gint64
allocate_cb (gpointer user_data)
{
  return (*(gint64 *) user_data)++;
}

/* The example of docs/format.md is what Sonde itself writes. */
static void
test_documented (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "format.md", NULL);
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (SondeExporter) exporter = sonde_exporter_new (SONDE_EXPORT_JSON, 0, output);
  g_autoptr (SondeTransferRecord) record = NULL;
  g_autoptr (SondeImporter) importer = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *page = NULL;
  g_autofree char *example = NULL;
  g_autofree char *written = NULL;
  gint64 next_id = 7;
  const char *start;

  g_file_get_contents (path, &page, NULL, &error);
  g_assert_no_error (error);
  start = strstr (page, "```json\n") + strlen ("```json\n");
  example = g_strndup (start, (gsize) (strstr (start, "```") - start));

  stream = g_memory_input_stream_new_from_data (example, (gssize) strlen (example), NULL);
  importer = sonde_importer_new (stream);
  sonde_importer_set_allocate (importer, allocate_cb, &next_id);
  g_assert_cmpint (sonde_importer_next (importer, -1, &record, NULL, &error), ==,
                   SONDE_IMPORT_RECORD);
  g_assert_cmpint (next_id, ==, 11);
  g_assert_true (sonde_exporter_add (exporter, record, NULL, &error));
  g_assert_true (sonde_exporter_finish (exporter, NULL, &error));
  written = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (output)),
                       g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (output)));
  g_assert_cmpstr (written, ==, example);
}

/* In steps that take no time, and stopped in the middle. */
static void
test_steps (void)
{
  gsize length, ignored;
  g_autofree char *data = read_fixture ("cherry", ".json", &length);
  g_autofree char *expected = read_fixture ("cherry", ".txt", &ignored);
  g_autoptr (GInputStream) stream =
    g_memory_input_stream_new_from_data (data, (gssize) length, NULL);
  g_autoptr (SondeImporter) importer = sonde_importer_new (stream);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  SondeTransferRecord *record = NULL;
  SondeImportResult result;
  guint n_pending = 0;

  while ((result = sonde_importer_next (importer, 0, &record, NULL, &error)) != SONDE_IMPORT_END) {
    g_assert_no_error (error);
    if (result == SONDE_IMPORT_RECORD) {
      dump_record (out, record);
      sonde_transfer_record_free (record);
    } else {
      n_pending++;
    }
  }
  g_assert_cmpstr (out->str, ==, expected);
  g_assert_cmpuint (n_pending, >, 5);

  g_clear_object (&importer);
  g_assert_true (g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, NULL));
  importer = sonde_importer_new (stream);
  g_assert_cmpint (sonde_importer_next (importer, -1, &record, cancellable, &error), ==,
                   SONDE_IMPORT_RECORD);
  sonde_transfer_record_free (record);
  g_cancellable_cancel (cancellable);
  g_assert_false (sonde_importer_preview (importer, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Records that came and that nobody asked for are not leaked. */
static void
test_dropped (void)
{
  gsize length;
  g_autofree char *data = read_fixture ("chatbox", ".json", &length);
  g_autoptr (GInputStream) stream =
    g_memory_input_stream_new_from_data (data, (gssize) length, NULL);
  SondeImporter *importer = sonde_importer_new (stream);

  g_assert_cmpint (sonde_importer_next (importer, -1, NULL, NULL, NULL), ==, SONDE_IMPORT_RECORD);
  g_assert_finalize_object (importer);
}

/* --- bad files ------------------------------------------------------------------ */

static void
assert_bad (const void *data,
            gsize length,
            const SondeImportLimits *limits,
            SondeTransferError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *imported = import_data (data, length, limits, NULL, &error);

  g_assert_null (imported);
  g_assert_error (error, SONDE_TRANSFER_ERROR, (int) code);
}

static void
test_not_json (void)
{
  static const struct {
    const char *text;
    SondeTransferError code;
  } cases[] = {
    { "", SONDE_TRANSFER_ERROR_DAMAGED },
    { "   \n", SONDE_TRANSFER_ERROR_DAMAGED },
    { "hello", SONDE_TRANSFER_ERROR_DAMAGED },
    { "\"text\"", SONDE_TRANSFER_ERROR_DAMAGED },
    { "12", SONDE_TRANSFER_ERROR_DAMAGED },
    { "[", SONDE_TRANSFER_ERROR_DAMAGED },
    { "[1,]", SONDE_TRANSFER_ERROR_DAMAGED },
    { "[1 2]", SONDE_TRANSFER_ERROR_DAMAGED },
    { "[}", SONDE_TRANSFER_ERROR_DAMAGED },
    { "[[}]", SONDE_TRANSFER_ERROR_DAMAGED },
    { "{]", SONDE_TRANSFER_ERROR_DAMAGED },
    { "{1:2}", SONDE_TRANSFER_ERROR_DAMAGED },
    { "{\"a\" 2}", SONDE_TRANSFER_ERROR_DAMAGED },
    { "{\"a\":}", SONDE_TRANSFER_ERROR_DAMAGED },
    { "{\"a\":1,}", SONDE_TRANSFER_ERROR_DAMAGED },
    { "{\"a\\\":1}", SONDE_TRANSFER_ERROR_DAMAGED },
    { "[] []", SONDE_TRANSFER_ERROR_DAMAGED },
    { "\xef\xbb\xbb[]", SONDE_TRANSFER_ERROR_DAMAGED },
    { "PK", SONDE_TRANSFER_ERROR_DAMAGED },
    { "PK\x03\x04 and nothing of a zip", SONDE_TRANSFER_ERROR_DAMAGED },
    { "[]", SONDE_TRANSFER_ERROR_UNKNOWN_FORMAT },
    { "\xef\xbb\xbf [ ] ", SONDE_TRANSFER_ERROR_UNKNOWN_FORMAT },
    { "{}", SONDE_TRANSFER_ERROR_UNKNOWN_FORMAT },
    { "[1, true, \"x\", {}]", SONDE_TRANSFER_ERROR_UNKNOWN_FORMAT },
    { "{\"a\": {\"b\": [1, 2]}, \"conversations\": [{\"messages\": []}]}",
      SONDE_TRANSFER_ERROR_UNKNOWN_FORMAT },
    { "{\"format\": \"sonde-conversations\", \"version\": 2, \"conversations\": []}",
      SONDE_TRANSFER_ERROR_NEWER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].text);
    assert_bad (cases[i].text, strlen (cases[i].text), NULL, cases[i].code);
  }
  assert_bad ("[\0]", 3, NULL, SONDE_TRANSFER_ERROR_DAMAGED);
  assert_bad ("\xff\xfe[\0]\0", 6, NULL, SONDE_TRANSFER_ERROR_DAMAGED);
}

/* Wherever a file ends, it is the whole of it or an error. */
static void
test_cut (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    gsize length;
    g_autofree char *data = read_fixture (fixtures[i].name, ".json", &length);
    gsize end = length;

    while (g_ascii_isspace (data[end - 1]))
      end--;
    for (gsize n = 0; n < end; n++) {
      g_autoptr (GError) error = NULL;
      /* A copy of that size, so that a byte too far is seen. */
      g_autofree char *start = g_memdup2 (data, n);
      g_autofree char *imported = import_data (start, n, NULL, NULL, &error);

      g_assert_null (imported);
      g_assert_error (error, SONDE_TRANSFER_ERROR, SONDE_TRANSFER_ERROR_DAMAGED);
    }
  }
}

/* Wherever a zip ends, there is an end to it; what came before is the caller's to throw away. */
static void
test_cut_zip (void)
{
  gsize length;
  g_autofree char *data = read_fixture ("chatgpt", ".json", &length);
  g_autoptr (GByteArray) zip = make_zip (NULL, "conversations.json", data, length, NULL);
  guint n_failed = 0;

  for (gsize n = 0; n < zip->len; n++) {
    g_autofree char *start = g_memdup2 (zip->data, n);
    g_autofree char *imported = import_data (start, n, NULL, NULL, NULL);

    n_failed += imported == NULL;
  }
  /* All but those that lack a piece of the directory behind a whole member. */
  g_assert_cmpuint (n_failed, >, zip->len * 3 / 4);
}

/* Any byte may be another one: every few of them are tried, at other places in each file. */
static void
test_changed (void)
{
  static const char replacements[] = { '\0', '"', '\\', '{', ']', ',', '9', '\xff' };

  for (gsize i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    gsize length;
    g_autofree char *data = read_fixture (fixtures[i].name, ".json", &length);
    g_autoptr (GByteArray) zip = make_zip (NULL, fixtures[i].member, data, length, NULL);

    for (gsize n = i; n < length; n += 5) {
      char original = data[n];

      data[n] = replacements[n % G_N_ELEMENTS (replacements)];
      g_free (import_data (data, length, NULL, NULL, NULL));
      data[n] = original;
    }
    for (gsize n = i; n < zip->len; n += 3) {
      guint8 original = zip->data[n];

      zip->data[n] ^= (guint8) (1u << n % 8);
      g_free (import_data (zip->data, zip->len, NULL, NULL, NULL));
      zip->data[n] = original;
    }
  }
}

/* Behind the value at @text. */
static const char *
skip_value (const char *text)
{
  guint depth = 0;

  do {
    if (*text == '"') {
      for (text++; *text != '"'; text++)
        text += *text == '\\';
    } else if (strchr ("{[", *text) != NULL) {
      depth++;
    } else if (strchr ("}]", *text) != NULL) {
      depth--;
    }
    text++;
  } while (depth > 0 || strchr ("{[]},\n", *text) == NULL);

  return text;
}

/* Every value may be of every other type. */
static void
test_wrong_types (void)
{
  static const char *const values[] = {
    "null",
    "1e308",
    "9223372036854775807",
    "\"\\u0000\"",
    "\"root\"",
    "[[]]",
    "{}",
    "{\"x\": {\"parent\": \"x\", \"children\": [\"x\", 1]}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    gsize length;
    g_autofree char *data = read_fixture (fixtures[i].name, ".json", &length);

    for (const char *at = data; (at = strstr (at, "\": ")) != NULL;) {
      gboolean quoted = at[-1] == '\\';
      const char *end;

      at += 3;
      if (quoted)
        continue;
      end = skip_value (at);
      for (gsize j = 0; j < G_N_ELEMENTS (values); j++) {
        g_autoptr (GString) changed = g_string_new_len (data, at - data);
        g_autoptr (GError) error = NULL;
        g_autofree char *imported = NULL;

        g_string_append (changed, values[j]);
        g_string_append (changed, end);
        imported = import_data (changed->str, changed->len, NULL, NULL, &error);
        /* It is as good as before, or nothing that is known. */
        if (imported == NULL &&
            !g_error_matches (error, SONDE_TRANSFER_ERROR, SONDE_TRANSFER_ERROR_UNKNOWN_FORMAT))
          g_error ("%s: %s", error->message, changed->str);
      }
    }
  }
}

/* --- limits --------------------------------------------------------------------- */

#define GOOD                                                                                       \
  "{\"id\": \"%u\", \"inserted_at\": \"2026-01-05T10:00:00Z\", \"mapping\": {\"1\": "              \
  "{\"message\": "                                                                                 \
  "{\"fragments\": [{\"type\": \"REQUEST\", \"content\": \"good\"}]}}}}"

/* A conversation beyond a limit is left out; those around it come. */
static void
assert_left_out (const char *bad, const SondeImportLimits *limits, SondeImportSkipReason reason)
{
  g_autofree char *text = g_strdup_printf ("[" GOOD ", %s, " GOOD "]", 1, bad, 2);
  g_autoptr (SondeImporter) importer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *imported = import_data (text, strlen (text), limits, &importer, &error);
  const SondeImportReport *report;

  g_assert_no_error (error);
  g_assert_nonnull (imported);
  report = sonde_importer_get_report (importer);
  g_assert_cmpuint (report->n_conversations, ==, 2);
  g_assert_cmpuint (report->n_skipped, ==, 1);
  g_assert_cmpuint (report->n_skipped_for[reason], ==, 1);
}

static void
test_limits (void)
{
  const SondeImportLimits limits = { 4096, 100, MEBIBYTE, 100 };
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *shallow = g_strnfill (100000, ']');
  g_autofree char *nested = g_strconcat (deep, shallow, NULL);
  g_autofree char *unbalanced = g_strconcat ("[1, ", deep, NULL);
  g_autofree char *wide = g_strnfill (200, ',');
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *text = g_strdup_printf ("{\"id\": \"%s\"}", long_text);
  g_autofree char *items = g_strdup_printf ("[1%s 1]", wide);
  g_autofree char *digits = g_strnfill (5000, '1');

  assert_left_out (text, &limits, SONDE_IMPORT_SKIP_TOO_LARGE);
  assert_left_out (digits, &limits, SONDE_IMPORT_SKIP_TOO_LARGE);
  assert_left_out (items, &limits, SONDE_IMPORT_SKIP_TOO_LARGE);
  assert_left_out (nested, NULL, SONDE_IMPORT_SKIP_TOO_DEEP);
  assert_left_out ("{\"id\": tru}", NULL, SONDE_IMPORT_SKIP_DAMAGED);
  assert_left_out ("[]", NULL, SONDE_IMPORT_SKIP_UNKNOWN);
  assert_bad (unbalanced, strlen (unbalanced), NULL, SONDE_TRANSFER_ERROR_DAMAGED);
}

/* What is passed over has no limit and takes no memory: 1 GB in a single string. */
#define SONDE_TYPE_LONG_STREAM (sonde_long_stream_get_type ())
G_DECLARE_FINAL_TYPE (SondeLongStream, sonde_long_stream, SONDE, LONG_STREAM, GInputStream)

struct _SondeLongStream {
  GInputStream parent_instance;
  const char *parts[3]; /* what stands before the string, it itself without end, behind it */
  gsize lengths[3];
  guint part;
};

G_DEFINE_FINAL_TYPE (SondeLongStream, sonde_long_stream, G_TYPE_INPUT_STREAM)

static gssize
sonde_long_stream_read (GInputStream *stream,
                        void *buffer,
                        gsize length,
                        GCancellable *cancellable,
                        GError **error)
{
  SondeLongStream *self = SONDE_LONG_STREAM (stream);
  gsize n;

  while (self->part < 3 && self->lengths[self->part] == 0)
    self->part++;
  if (self->part == 3)
    return 0;

  n = MIN (length, self->lengths[self->part]);
  if (self->part == 1) {
    memset (buffer, 'x', n);
  } else {
    memcpy (buffer, self->parts[self->part], n);
    self->parts[self->part] += n;
  }
  self->lengths[self->part] -= n;

  return (gssize) n;
}

static void
sonde_long_stream_class_init (SondeLongStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = sonde_long_stream_read;
}

static void
sonde_long_stream_init (SondeLongStream *self)
{
}

static void
test_long_string (void)
{
  g_autofree char *start = g_strdup_printf ("[" GOOD ", {\"title\": \"", 1);
  g_autofree char *end = g_strdup_printf ("\"}, " GOOD "]", 2);
  SondeLongStream *stream = g_object_new (SONDE_TYPE_LONG_STREAM, NULL);
  g_autoptr (SondeImporter) importer = sonde_importer_new (G_INPUT_STREAM (stream));
  g_autoptr (GError) error = NULL;
  const SondeImportReport *report;

  stream->parts[0] = start;
  stream->lengths[0] = strlen (start);
  stream->lengths[1] = 1000 * 1000 * 1000;
  stream->parts[2] = end;
  stream->lengths[2] = strlen (end);
  g_assert_true (sonde_importer_preview (importer, NULL, &error));
  g_assert_no_error (error);
  report = sonde_importer_get_report (importer);
  g_assert_cmpuint (report->n_conversations, ==, 2);
  g_assert_cmpuint (report->n_skipped_for[SONDE_IMPORT_SKIP_TOO_LARGE], ==, 1);
  g_assert_finalize_object (g_steal_pointer (&importer));
  g_assert_finalize_object (stream);
}

static void
test_zip_bomb (void)
{
  const gsize length = 48 * MEBIBYTE;
  g_autofree char *bomb = g_strnfill (length, ' ');
  const SondeImportLimits small = { MEBIBYTE, 1000, MEBIBYTE, 1000000 };
  g_autoptr (GByteArray) zip = NULL;

  bomb[0] = '[';
  bomb[length - 1] = ']';
  zip = make_zip (NULL, "conversations.json", bomb, length, NULL);
  g_assert_cmpuint (zip->len, <, MEBIBYTE);
  assert_bad (zip->data, zip->len, NULL, SONDE_TRANSFER_ERROR_TOO_LARGE);
  assert_bad (zip->data, zip->len, &small, SONDE_TRANSFER_ERROR_TOO_LARGE);
}

static void
test_zips (void)
{
  gsize length;
  g_autofree char *data = read_fixture ("deepseek", ".json", &length);
  g_autoptr (GByteArray) locked =
    make_zip ("zip:encryption=traditional", "conversations.json", data, length, NULL);
  g_autoptr (GByteArray) folder =
    make_zip (NULL, "metadata.json", "{}", (gsize) 2,
              "IndexedDB/file__0.indexeddb.leveldb/000003.log", "x", (gsize) 1, NULL);
  g_autoptr (GByteArray) empty = make_zip (NULL, NULL);
  g_autoptr (GByteArray) other = make_zip (NULL, "photo.png", "x", (gsize) 1, NULL);
  g_autoptr (GByteArray) twice = make_zip ("zip:compression=store", "conversations-000.json", data,
                                           length, "conversations-001.json", data, length, NULL);
  g_autoptr (SondeImporter) importer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *imported = NULL;

  assert_bad (locked->data, locked->len, NULL, SONDE_TRANSFER_ERROR_ENCRYPTED);
  assert_bad (folder->data, folder->len, NULL, SONDE_TRANSFER_ERROR_UNSUPPORTED);
  assert_bad (empty->data, empty->len, NULL, SONDE_TRANSFER_ERROR_UNKNOWN_FORMAT);
  assert_bad (other->data, other->len, NULL, SONDE_TRANSFER_ERROR_UNKNOWN_FORMAT);

  imported = import_data (twice->data, twice->len, NULL, &importer, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sonde_importer_get_report (importer)->n_conversations, ==, 2);
  g_assert_cmpuint (
    sonde_importer_get_report (importer)->n_skipped_for[SONDE_IMPORT_SKIP_DUPLICATE], ==, 4);
}

/* A file that cannot be sought in, such as one that a portal hands over. */
static void
test_pipe (void)
{
  gsize length, ignored;
  g_autofree char *data = read_fixture ("chatgpt", ".json", &length);
  g_autofree char *expected = read_fixture ("chatgpt", ".txt", &ignored);
  g_autoptr (GByteArray) zip = make_zip (NULL, "conversations.json", data, length, NULL);
  SondeLongStream *stream = g_object_new (SONDE_TYPE_LONG_STREAM, NULL);
  g_autoptr (SondeImporter) importer = sonde_importer_new (G_INPUT_STREAM (stream));
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  SondeTransferRecord *record = NULL;

  stream->parts[0] = (const char *) zip->data;
  stream->lengths[0] = zip->len;
  g_assert_cmpint (sonde_importer_next (importer, -1, &record, NULL, &error), ==,
                   SONDE_IMPORT_RECORD);
  dump_record (out, record);
  sonde_transfer_record_free (record);
  g_assert_cmpint (sonde_importer_next (importer, -1, &record, NULL, &error), ==, SONDE_IMPORT_END);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, expected);
  g_object_unref (stream);
}

/* 10,000 conversations out of an exporter and into an importer. */
static void
test_many (void)
{
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (SondeExporter) exporter = sonde_exporter_new (SONDE_EXPORT_JSON, 0, output);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (SondeImporter) importer = NULL;
  g_autoptr (GError) error = NULL;
  const SondeImportReport *report;

  for (guint i = 0; i < 10000; i++) {
    g_autoptr (SondeTransferRecord) record = make_record (1 + 6 * i);

    g_assert_true (sonde_exporter_add (exporter, record, NULL, &error));
  }
  g_assert_true (sonde_exporter_finish (exporter, NULL, &error));
  stream = g_memory_input_stream_new_from_data (
    g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (output)),
    (gssize) g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (output)), NULL);
  importer = sonde_importer_new (stream);
  g_assert_true (sonde_importer_preview (importer, NULL, &error));
  report = sonde_importer_get_report (importer);
  g_assert_cmpuint (report->n_conversations, ==, 10000);
  g_assert_cmpuint (report->n_messages, ==, 50000);
  g_assert_cmpuint (report->n_skipped, ==, 0);
  g_assert_cmpuint (report->titles->len, ==, 5);
}

/* A tree that is one path of 20,000 messages, and one that is all versions of one. */
static void
test_large_trees (void)
{
  for (guint wide = 0; wide < 2; wide++) {
    g_autoptr (GString) text = g_string_new ("[{\"id\": \"x\", \"inserted_at\": 1, \"mapping\": {");
    g_autoptr (GError) error = NULL;
    g_autoptr (SondeImporter) importer = NULL;
    g_autofree char *imported = NULL;

    for (guint i = 0; i < 20000; i++)
      g_string_append_printf (text,
                              "%s\"%u\": {\"parent\": \"%u\", \"message\": {\"fragments\": "
                              "[{\"type\": \"REQUEST\", \"content\": \"x\"}]}}",
                              i > 0 ? "," : "", i, wide || i == 0 ? 0 : i - 1);
    g_string_replace (text, "\"0\": {\"parent\": \"0\",", "\"0\": {\"parent\": null,", 1);
    g_string_append (text, "}}]");
    imported = import_data (text->str, text->len, NULL, &importer, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (sonde_importer_get_report (importer)->n_messages, ==, 20000);
    g_assert_cmpuint (sonde_importer_get_report (importer)->n_omitted, ==, 0);
  }
}

/* Reasoning that a thousand answers would each take a copy of is not copied without end. */
static void
test_lent_reasoning (void)
{
  g_autofree char *thought = g_strnfill (MEBIBYTE, 'x');
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (SondeImporter) importer = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (SondeTransferRecord) record = NULL;
  gsize size = 0;

  g_string_append_printf (text,
                          "[{\"mapping\": {\"t\": {\"message\": {\"author\": {\"role\": "
                          "\"assistant\"}, \"content\": {\"content_type\": \"thoughts\", "
                          "\"thoughts\": [{\"content\": \"%s\"}]}}}",
                          thought);
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text,
                            ",\"%u\": {\"parent\": \"t\", \"message\": {\"author\": {\"role\": "
                            "\"assistant\"}, \"content\": {\"content_type\": \"text\", \"parts\": "
                            "[\"x\"]}}}",
                            i);
  g_string_append (text, "}}]");
  stream = g_memory_input_stream_new_from_data (text->str, (gssize) text->len, NULL);
  importer = sonde_importer_new (stream);
  g_assert_cmpint (sonde_importer_next (importer, -1, &record, NULL, &error), ==,
                   SONDE_IMPORT_RECORD);
  g_assert_cmpuint (record->messages->len, ==, 1000);
  for (guint i = 0; i < record->messages->len; i++)
    size +=
      sonde_message_get_text_length (g_ptr_array_index (record->messages, i), SONDE_TEXT_REASONING);
  g_assert_cmpuint (size, >=, 32 * MEBIBYTE);
  g_assert_cmpuint (size, <=, 64 * MEBIBYTE);
  g_assert_cmpuint (sonde_importer_get_report (importer)->n_omitted, >, 900);
}

int
main (int argc, char *argv[])
{
  g_autofree char *cache = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  cache = g_dir_make_tmp ("sonde-test-XXXXXX", NULL);
  g_assert_true (g_setenv ("XDG_CACHE_HOME", cache, TRUE));

  g_test_add_func ("/importer/fixtures", test_fixtures);
  g_test_add_func ("/importer/report", test_report);
  g_test_add_func ("/importer/documented", test_documented);
  g_test_add_func ("/importer/steps", test_steps);
  g_test_add_func ("/importer/dropped", test_dropped);
  g_test_add_func ("/importer/not-json", test_not_json);
  g_test_add_func ("/importer/cut", test_cut);
  g_test_add_func ("/importer/cut-zip", test_cut_zip);
  g_test_add_func ("/importer/changed", test_changed);
  g_test_add_func ("/importer/wrong-types", test_wrong_types);
  g_test_add_func ("/importer/limits", test_limits);
  g_test_add_func ("/importer/long-string", test_long_string);
  g_test_add_func ("/importer/zip-bomb", test_zip_bomb);
  g_test_add_func ("/importer/zips", test_zips);
  g_test_add_func ("/importer/pipe", test_pipe);
  g_test_add_func ("/importer/many", test_many);
  g_test_add_func ("/importer/large-trees", test_large_trees);
  g_test_add_func ("/importer/lent-reasoning", test_lent_reasoning);

  result = g_test_run ();
  /* Nothing is left of the spools. */
  g_assert_cmpint (g_rmdir (cache), ==, 0);

  return result;
}
