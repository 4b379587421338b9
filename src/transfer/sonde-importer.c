/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-importer.h"

#include <string.h>

#include "sonde-import-batch.h"
#include "sonde-import-cherry.h"
#include "sonde-import-source.h"
#include "sonde-json-splitter.h"

#define BLOCK_SIZE     (64 * 1024)
#define FORMAT_NAME    "sonde-conversations"
#define FORMAT_VERSION 1

/**
 * SondeImporter:
 *
 * Reads the conversations out of a file that Sonde or another program exported, one at
 * a time and in little memory, however large the file is. The format is found out from
 * what the file holds.
 *
 * It does blocking I/O and belongs to the thread that calls it; so do its records until
 * they are handed over. It changes nothing anywhere: what its records come to is up to
 * the caller.
 */
struct _SondeImporter {
  GObject parent_instance;

  GInputStream *stream;
  SondeImportLimits limits;
  gint64 last_id;

  SondeImportBatch batch;
  SondeImportSource *source;
  SondeJsonSplitter *splitter; /* of the document at hand */
  SondeImportCherry *cherry;   /* once the document turns out to be such a backup */
  gboolean is_sonde;           /* so does the document */
  char *block;
  gsize block_at;
  gsize block_length;
  gboolean document_read;
  gboolean ended;
  gboolean failed;
};

G_DEFINE_FINAL_TYPE (SondeImporter, sonde_importer, G_TYPE_OBJECT)

static void
sonde_importer_finalize (GObject *object)
{
  SondeImporter *self = SONDE_IMPORTER (object);

  g_queue_clear_full (&self->batch.records, (GDestroyNotify) sonde_transfer_record_free);
  g_hash_table_unref (self->batch.origins);
  sonde_import_report_free (self->batch.report);
  g_clear_pointer (&self->splitter, sonde_json_splitter_free);
  g_clear_pointer (&self->cherry, sonde_import_cherry_free);
  g_clear_pointer (&self->source, sonde_import_source_free);
  g_clear_object (&self->stream);
  g_free (self->block);

  G_OBJECT_CLASS (sonde_importer_parent_class)->finalize (object);
}

static void
sonde_importer_class_init (SondeImporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_importer_finalize;
}

static gint64
count_up (gpointer user_data)
{
  SondeImporter *self = user_data;

  return ++self->last_id;
}

static void
sonde_importer_init (SondeImporter *self)
{
  self->limits.max_size = 64 * 1024 * 1024;
  self->limits.max_items = 1000 * 1000;
  self->limits.max_unpacked = G_GUINT64_CONSTANT (16) * 1024 * 1024 * 1024;
  self->limits.max_ratio = 100;
  self->block = g_malloc (BLOCK_SIZE);
  self->batch.report = sonde_import_report_new ();
  self->batch.origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->batch.allocate = count_up;
  self->batch.user_data = self;
  g_queue_init (&self->batch.records);
}

/* --- what a document is made of ------------------------------------------------ */

static gboolean
is_session (const char *key)
{
  return g_str_has_prefix (key, "session:");
}

static SondeJsonWish
wish_cb (const char *const *path, guint depth, gpointer user_data)
{
  static const struct {
    const char *path[SONDE_JSON_PATH_LENGTH];
    SondeJsonWish wish;
  } wishes[] = {
    { { "" }, SONDE_JSON_TAKE },
    { { "format" }, SONDE_JSON_TAKE },
    { { "version" }, SONDE_JSON_TAKE },
    { { "conversations" }, SONDE_JSON_ENTER },
    { { "conversations", "" }, SONDE_JSON_TAKE },
    { { "chat-sessions" }, SONDE_JSON_ENTER },
    { { "chat-sessions", "" }, SONDE_JSON_TAKE },
    { { "localStorage" }, SONDE_JSON_ENTER },
    { { "localStorage", "persist:cherry-studio" }, SONDE_JSON_TAKE },
    { { "indexedDB" }, SONDE_JSON_ENTER },
    { { "indexedDB", "" }, SONDE_JSON_TAKE },
    { { "indexedDB", "topics" }, SONDE_JSON_ENTER },
    { { "indexedDB", "topics", "" }, SONDE_JSON_TAKE },
    { { "indexedDB", "message_blocks" }, SONDE_JSON_ENTER },
    { { "indexedDB", "message_blocks", "" }, SONDE_JSON_TAKE },
  };

  if (depth == 1 && is_session (path[0]))
    return SONDE_JSON_TAKE;
  for (gsize i = 0; i < G_N_ELEMENTS (wishes); i++) {
    guint j = 0;

    while (j < depth && g_strcmp0 (wishes[i].path[j], path[j]) == 0)
      j++;
    if (j == depth && (depth == SONDE_JSON_PATH_LENGTH || wishes[i].path[depth] == NULL))
      return wishes[i].wish;
  }

  return SONDE_JSON_SKIP;
}

static void
found (SondeImporter *self, SondeImportFormat format)
{
  if (self->batch.report->format == SONDE_IMPORT_UNKNOWN)
    self->batch.report->format = format;
}

static gboolean
begin_cherry (SondeImporter *self, GError **error)
{
  found (self, SONDE_IMPORT_CHERRY_STUDIO);
  if (self->cherry == NULL)
    self->cherry = sonde_import_cherry_new (self->limits.max_size, error);

  return self->cherry != NULL;
}

/* DeepSeek and ChatGPT export an array each, which look alike at first. */
static void
take_element (SondeImporter *self, JsonObject *object)
{
  if (sonde_json_get_object (object, "mapping") == NULL) {
    sonde_import_report_add_skip (self->batch.report, SONDE_IMPORT_SKIP_UNKNOWN,
                                  sonde_json_get_string (object, "title"));
  } else if (json_object_has_member (object, "inserted_at")) {
    found (self, SONDE_IMPORT_DEEPSEEK);
    sonde_import_deepseek (&self->batch, object);
  } else {
    found (self, SONDE_IMPORT_CHATGPT);
    sonde_import_chatgpt (&self->batch, object);
  }
}

static gboolean
take_header (SondeImporter *self, const char *key, const GString *text, GError **error)
{
  if (g_str_equal (key, "format")) {
    self->is_sonde = g_str_equal (text->str, "\"" FORMAT_NAME "\"");
    if (self->is_sonde)
      found (self, SONDE_IMPORT_SONDE);
  } else if (self->is_sonde && g_ascii_strtoll (text->str, NULL, 10) > FORMAT_VERSION) {
    g_set_error_literal (error, SONDE_TRANSFER_ERROR, SONDE_TRANSFER_ERROR_NEWER,
                         "The file was written by a newer Sonde");
    return FALSE;
  }

  return TRUE;
}

static void
take_conversation (SondeImporter *self, const char *key, const GString *text)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  /* An array of that name is in the files of other programs too. */
  if (g_str_equal (key, "conversations") && !self->is_sonde)
    return;

  node = sonde_json_parse (text->str, text->len, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    sonde_import_report_add_skip (
      self->batch.report, node == NULL ? SONDE_IMPORT_SKIP_DAMAGED : SONDE_IMPORT_SKIP_UNKNOWN,
      NULL);
    return;
  }

  object = json_node_get_object (node);
  if (*key == '\0') {
    take_element (self, object);
  } else if (self->is_sonde) {
    sonde_import_sonde (&self->batch, object);
  } else {
    found (self, SONDE_IMPORT_CHATBOX);
    sonde_import_chatbox (&self->batch, object);
  }
}

static gboolean
take_value (SondeImporter *self, GError **error)
{
  const GString *text = sonde_json_splitter_get_text (self->splitter);
  const char *const *path;
  guint depth;

  path = sonde_json_splitter_get_path (self->splitter, &depth);
  if (g_str_equal (path[0], "format") || g_str_equal (path[0], "version"))
    return take_header (self, path[0], text, error);
  if (g_str_equal (path[0], "indexedDB")) {
    if (!begin_cherry (self, error))
      return FALSE;
    if (g_str_equal (path[1], "message_blocks"))
      return sonde_import_cherry_add_block (self->cherry, text, error);
    return sonde_import_cherry_add_topic (self->cherry, text, error);
  }
  if (g_str_equal (path[0], "localStorage")) {
    if (!begin_cherry (self, error))
      return FALSE;
    sonde_import_cherry_add_settings (self->cherry, text);
    return TRUE;
  }

  take_conversation (self, path[0], text);
  return TRUE;
}

static void
skip_value (SondeImporter *self, SondeImportSkipReason reason)
{
  const char *const *path;
  guint depth;

  path = sonde_json_splitter_get_path (self->splitter, &depth);
  if (g_str_equal (path[0], "indexedDB") && depth == SONDE_JSON_PATH_LENGTH &&
      g_str_equal (path[1], "message_blocks"))
    self->batch.report->n_omitted++;
  else
    sonde_import_report_add_skip (self->batch.report, reason, NULL);
}

/* --- steps --------------------------------------------------------------------- */

/* Ends the document at hand. */
static gboolean
end_document (SondeImporter *self, GError **error)
{
  if (!sonde_json_splitter_finish (self->splitter, error))
    return FALSE;

  self->document_read = TRUE;
  return TRUE;
}

static gboolean
feed (SondeImporter *self, GError **error)
{
  SondeJsonEvent event;
  gssize consumed = sonde_json_splitter_feed (self->splitter, self->block + self->block_at,
                                              self->block_length - self->block_at, &event, error);

  if (consumed < 0)
    return FALSE;

  self->block_at += (gsize) consumed;
  switch (event) {
  case SONDE_JSON_NOTHING:
    return TRUE;
  case SONDE_JSON_VALUE:
    return take_value (self, error);
  case SONDE_JSON_TOO_LARGE:
    skip_value (self, SONDE_IMPORT_SKIP_TOO_LARGE);
    return TRUE;
  case SONDE_JSON_TOO_DEEP:
    skip_value (self, SONDE_IMPORT_SKIP_TOO_DEEP);
    return TRUE;
  }

  g_assert_not_reached ();
}

/* Goes to the next document of the file, or to the end. */
static gboolean
next_document (SondeImporter *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (self->source == NULL)
    self->source =
      sonde_import_source_new (self->stream, self->limits.max_unpacked, self->limits.max_ratio);
  g_clear_pointer (&self->splitter, sonde_json_splitter_free);
  g_clear_pointer (&self->cherry, sonde_import_cherry_free);
  self->is_sonde = FALSE;
  self->document_read = FALSE;
  if (sonde_import_source_next (self->source, cancellable, &local_error)) {
    self->splitter =
      sonde_json_splitter_new (self->limits.max_size, self->limits.max_items, wish_cb, self);
    return TRUE;
  }

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (self->batch.report->format == SONDE_IMPORT_UNKNOWN) {
    if (sonde_import_source_get_is_database (self->source))
      g_set_error_literal (error, SONDE_TRANSFER_ERROR, SONDE_TRANSFER_ERROR_UNSUPPORTED,
                           "The backup is a copy of a database folder");
    else
      g_set_error_literal (error, SONDE_TRANSFER_ERROR, SONDE_TRANSFER_ERROR_UNKNOWN_FORMAT,
                           "The file holds no conversations that Sonde understands");
    return FALSE;
  }

  self->ended = TRUE;
  return TRUE;
}

/* Does a little of what is to be done next. */
static gboolean
step (SondeImporter *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gssize n;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->splitter == NULL)
    return next_document (self, cancellable, error);
  if (self->block_at < self->block_length)
    return feed (self, error);
  if (self->document_read) {
    if (self->cherry != NULL && sonde_import_cherry_next (self->cherry, &self->batch, &local_error))
      return TRUE;
    if (local_error == NULL)
      return next_document (self, cancellable, error);
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  n = sonde_import_source_read (self->source, self->block, BLOCK_SIZE, cancellable, error);
  self->block_at = 0;
  self->block_length = (gsize) MAX (n, 0);

  return n > 0 || (n == 0 && end_document (self, error));
}

/* --- public -------------------------------------------------------------------- */

/**
 * sonde_importer_new:
 * @stream: a file's bytes; a zip is read better where it can be sought in
 *
 * Returns: (transfer full): an importer that has read nothing yet
 */
SondeImporter *
sonde_importer_new (GInputStream *stream)
{
  SondeImporter *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  self = g_object_new (SONDE_TYPE_IMPORTER, NULL);
  self->stream = g_object_ref (stream);

  return self;
}

/**
 * sonde_importer_set_limits:
 * @self: an importer that has read nothing yet
 * @limits: what its file may come to
 *
 * Without it: 64 MiB and 1,000,000 items for a conversation, 16 GiB and 100 times for a zip.
 */
void
sonde_importer_set_limits (SondeImporter *self, const SondeImportLimits *limits)
{
  g_return_if_fail (SONDE_IS_IMPORTER (self));
  g_return_if_fail (self->source == NULL);

  self->limits = *limits;
}

/**
 * sonde_importer_set_allocate:
 * @self: an importer that has read nothing yet
 * @allocate: (scope forever): numbers conversations and messages
 * @user_data: what to hand to @allocate
 *
 * Without it they are counted from 1, both together, over the whole import.
 */
void
sonde_importer_set_allocate (SondeImporter *self,
                             SondeTransferAllocateFunc allocate,
                             gpointer user_data)
{
  g_return_if_fail (SONDE_IS_IMPORTER (self));
  g_return_if_fail (self->source == NULL);

  self->batch.allocate = allocate;
  self->batch.user_data = user_data;
}

/**
 * sonde_importer_next:
 * @self: an importer that has not failed
 * @budget: how long it may take, in microseconds, or -1 for as long as it takes; it is
 *   overdrawn by the time for one conversation or 64 KiB
 * @record: (out) (optional): the conversation
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error of [const@TRANSFER_ERROR] or of GIO
 *
 * Reads the next conversation.
 *
 * Returns: what it came to
 */
SondeImportResult
sonde_importer_next (SondeImporter *self,
                     gint64 budget,
                     SondeTransferRecord **record,
                     GCancellable *cancellable,
                     GError **error)
{
  gint64 start = g_get_monotonic_time ();
  SondeTransferRecord *next;

  g_return_val_if_fail (SONDE_IS_IMPORTER (self), SONDE_IMPORT_FAILED);
  g_return_val_if_fail (!self->failed, SONDE_IMPORT_FAILED);

  while (g_queue_is_empty (&self->batch.records) && !self->ended) {
    if (!step (self, cancellable, error)) {
      self->failed = TRUE;
      return SONDE_IMPORT_FAILED;
    }
    if (budget >= 0 && g_queue_is_empty (&self->batch.records) && !self->ended &&
        g_get_monotonic_time () - start >= budget)
      return SONDE_IMPORT_PENDING;
  }

  next = g_queue_pop_head (&self->batch.records);
  if (next == NULL)
    return SONDE_IMPORT_END;
  if (record != NULL)
    *record = next;
  else
    sonde_transfer_record_free (next);

  return SONDE_IMPORT_RECORD;
}

/**
 * sonde_importer_preview:
 * @self: an importer that has not failed
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error of [const@TRANSFER_ERROR] or of GIO
 *
 * Reads the rest of the file for its report alone: see [method@Importer.get_report].
 *
 * Returns: whether the file can be imported
 */
gboolean
sonde_importer_preview (SondeImporter *self, GCancellable *cancellable, GError **error)
{
  SondeImportResult result;

  while ((result = sonde_importer_next (self, -1, NULL, cancellable, error)) == SONDE_IMPORT_RECORD)
    continue;

  return result == SONDE_IMPORT_END;
}

/**
 * sonde_importer_get_report:
 * @self: an importer
 *
 * Returns: (transfer none): what it has come to so far
 */
const SondeImportReport *
sonde_importer_get_report (SondeImporter *self)
{
  g_return_val_if_fail (SONDE_IS_IMPORTER (self), NULL);

  return self->batch.report;
}

/**
 * sonde_importer_get_position:
 * @self: an importer
 *
 * Returns: how many bytes of the file it has read, for a progress bar
 */
guint64
sonde_importer_get_position (SondeImporter *self)
{
  g_return_val_if_fail (SONDE_IS_IMPORTER (self), 0);

  return self->source != NULL ? sonde_import_source_get_position (self->source) : 0;
}
