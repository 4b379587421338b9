/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-transfer-job.h"

#include <math.h>

#include "sonde-importer.h"
#include "sonde-library-private.h"

/* How long the other thread reads until it hands over what it has, in microseconds. */
#define BUDGET (25 * 1000)
/* The most conversations that are handed over at once. */
#define BATCH 32

/**
 * SondeTransferJob:
 *
 * Takes conversations out of the library and into a file, or the other way. Files are
 * read and written by another thread, a little at a time; between the steps the program
 * goes on as ever.
 *
 * What is exported comes from the store, with every version. What is imported is hidden
 * until all of it is there: where the job fails or is cancelled, nothing has changed.
 */
struct _SondeTransferJob {
  GObject parent_instance;

  SondeLibrary *library;
  GFile *file;
  double fraction;

  /* Of an export. */
  GPtrArray *conversations;
  GPtrArray *draft; /* (element-type SondeAttachment): of the conversation whose turn it is */
  SondeExportSink *sink;
  guint n_done;

  /* Of an import. */
  SondeImporter *importer;
  GHashTable *origins;    /* set of those that are here already */
  GPtrArray *new_folders; /* of SondeFolder: there as soon as all is read */
  guint64 size;
  guint64 n_duplicates;
  gint64 import_id;
  gboolean preview;
  gboolean ended;
};

enum { PROP_FRACTION = 1, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SondeTransferJob, sonde_transfer_job, G_TYPE_OBJECT)

static SondeStore *
get_store (SondeTransferJob *self)
{
  return self->library->services->store;
}

static void
set_fraction (SondeTransferJob *self, double fraction)
{
  fraction = CLAMP (fraction, 0, 1);
  if (fabs (self->fraction - fraction) < 1e-9)
    return;

  self->fraction = fraction;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
}

/* --- export -------------------------------------------------------------------- */

static void export_next (GTask *task);

/* The other thread gets a conversation of its own: this one may change meanwhile. */
static SondeConversation *
copy_conversation (SondeConversation *conversation)
{
  SondeConversation *copy = sonde_conversation_new (
    sonde_conversation_get_id (conversation), sonde_conversation_get_created_at (conversation));

  sonde_conversation_set_title (copy, sonde_conversation_get_title (conversation));
  sonde_conversation_set_title_manual (copy, sonde_conversation_get_title_manual (conversation));
  sonde_conversation_set_updated_at (copy, sonde_conversation_get_updated_at (conversation));
  sonde_conversation_set_model_id (copy, sonde_conversation_get_model_id (conversation));
  sonde_conversation_set_thinking (copy, sonde_conversation_get_thinking (conversation));
  sonde_conversation_set_json_output (copy, sonde_conversation_get_json_output (conversation));
  sonde_conversation_set_pinned (copy, sonde_conversation_get_pinned (conversation));
  sonde_conversation_set_unread (copy, sonde_conversation_get_unread (conversation));
  sonde_conversation_set_archived (copy, sonde_conversation_get_archived (conversation));
  sonde_conversation_set_trashed_at (copy, sonde_conversation_get_trashed_at (conversation));
  sonde_conversation_set_leaf_id (copy, sonde_conversation_get_leaf_id (conversation));
  sonde_conversation_set_draft (copy, sonde_conversation_get_draft (conversation));
  sonde_conversation_set_system_prompt (copy, sonde_conversation_get_system_prompt (conversation));
  sonde_conversation_set_parameters (copy, sonde_conversation_get_parameters (conversation));
  sonde_conversation_set_spelling (copy, sonde_conversation_get_spelling (conversation));
  sonde_conversation_set_origin (copy, sonde_conversation_get_origin (conversation));

  return copy;
}

static char *
dup_folder_name (SondeLibrary *library, gint64 folder_id)
{
  GListModel *folders = sonde_library_get_folders (library);
  guint n = g_list_model_get_n_items (folders);

  for (guint i = 0; folder_id != 0 && i < n; i++) {
    g_autoptr (SondeFolder) folder = g_list_model_get_item (folders, i);

    if (sonde_folder_get_id (folder) == folder_id)
      return g_strdup (sonde_folder_get_name (folder));
  }

  return NULL;
}

static void
write_record (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SondeTransferJob *self = source;
  GError *error = NULL;

  if (data != NULL ? sonde_export_sink_add (self->sink, data, cancellable, &error)
                   : sonde_export_sink_finish (self->sink, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SondeTransferJob *self = SONDE_TRANSFER_JOB (source);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gboolean last = g_task_get_task_data (G_TASK (result)) == NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    g_clear_pointer (&self->sink, sonde_export_sink_free);
    g_task_return_error (task, g_steal_pointer (&error));
  } else if (last) {
    g_clear_pointer (&self->sink, sonde_export_sink_free);
    set_fraction (self, 1);
    g_task_return_boolean (task, TRUE);
  } else {
    self->n_done++;
    set_fraction (self, (double) self->n_done / self->conversations->len);
    export_next (g_steal_pointer (&task));
  }
}

/* Writes @record, or the end where there is none. Takes both. */
static void
write_in_thread (GTask *task, SondeTransferRecord *record)
{
  SondeTransferJob *self = g_task_get_source_object (task);
  g_autoptr (GTask) step = g_task_new (self, g_task_get_cancellable (task), written_cb, task);

  g_task_set_source_tag (step, write_in_thread);
  if (record != NULL)
    g_task_set_task_data (step, record, (GDestroyNotify) sonde_transfer_record_free);
  g_task_run_in_thread (step, write_record);
}

/* A tree without what was deleted and can still be brought back: what followed it follows
 * the one before. */
static GPtrArray *
dup_without_deleted (GPtrArray *messages)
{
  g_autoptr (GHashTable) parents =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  GPtrArray *rest = g_ptr_array_new_full (messages->len, g_object_unref);

  for (guint i = 0; i < messages->len; i++) {
    SondeMessage *message = g_ptr_array_index (messages, i);
    gint64 id = sonde_message_get_id (message);
    gint64 parent_id = sonde_message_get_parent_id (message);
    const gint64 *above = g_hash_table_lookup (parents, &parent_id);

    if (sonde_message_get_deleted_at (message) != 0) {
      if (above != NULL)
        parent_id = *above;
      g_hash_table_insert (parents, g_memdup2 (&id, sizeof id),
                           g_memdup2 (&parent_id, sizeof parent_id));
    } else if (above != NULL) {
      g_ptr_array_add (rest, sonde_message_copy (message, id, *above));
    } else {
      g_ptr_array_add (rest, g_object_ref (message));
    }
  }

  return rest;
}

static void
write_conversation (GTask *task, GPtrArray *messages)
{
  SondeTransferJob *self = g_task_get_source_object (task);
  SondeConversation *conversation = g_ptr_array_index (self->conversations, self->n_done);
  g_autoptr (SondeConversation) copy = copy_conversation (conversation);
  g_autoptr (GPtrArray) rest = dup_without_deleted (messages);
  SondeTransferRecord *record = sonde_transfer_record_new (copy, rest);

  g_list_store_splice (sonde_conversation_get_attachments (copy), 0, 0, self->draft->pdata,
                       self->draft->len);
  g_clear_pointer (&self->draft, g_ptr_array_unref);
  record->origin = g_strdup (sonde_conversation_get_origin (conversation));
  record->folder = dup_folder_name (self->library, sonde_conversation_get_folder_id (conversation));
  record->system_prompt = g_strdup (sonde_conversation_get_system_prompt (conversation));
  record->archived = sonde_conversation_get_archived (conversation);
  write_in_thread (task, record);
}

/* Takes @task. */
static void
fail_export (GTask *task, GError *error)
{
  SondeTransferJob *self = g_task_get_source_object (task);

  g_clear_pointer (&self->sink, sonde_export_sink_free);
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) messages =
    sonde_store_load_messages_finish (SONDE_STORE (source), result, &error);

  if (messages != NULL)
    write_conversation (g_steal_pointer (&task), messages);
  else
    fail_export (g_steal_pointer (&task), error);
}

static void
draft_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  SondeTransferJob *self = g_task_get_source_object (task);
  SondeConversation *conversation = g_ptr_array_index (self->conversations, self->n_done);
  GError *error = NULL;

  self->draft = sonde_store_load_draft_finish (SONDE_STORE (source), result, &error);
  if (self->draft == NULL) {
    fail_export (task, error);
    return;
  }

  sonde_store_load_messages_async (get_store (self), sonde_conversation_get_id (conversation),
                                   g_task_get_cancellable (task), loaded_cb, task);
}

/* What was never stored is only in the memory. */
static GPtrArray *
copy_messages (SondeConversation *conversation)
{
  GListModel *messages = sonde_conversation_get_messages (conversation);
  guint n = g_list_model_get_n_items (messages);
  GPtrArray *copies = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = 0; i < n; i++) {
    g_autoptr (SondeMessage) message = g_list_model_get_item (messages, i);

    g_ptr_array_add (copies, sonde_message_copy (message, sonde_message_get_id (message),
                                                 sonde_message_get_parent_id (message)));
  }

  return copies;
}

/* Takes @task. */
static void
export_next (GTask *task)
{
  SondeTransferJob *self = g_task_get_source_object (task);
  SondeConversation *conversation;

  if (self->n_done == self->conversations->len) {
    write_in_thread (task, NULL);
    return;
  }

  conversation = g_ptr_array_index (self->conversations, self->n_done);
  if (sonde_conversation_get_id (conversation) == 0 ||
      sonde_conversation_get_temporary (conversation)) {
    g_autoptr (GPtrArray) messages = copy_messages (conversation);

    self->draft = sonde_conversation_dup_attachments (conversation);
    write_conversation (task, messages);
    return;
  }

  sonde_store_load_draft_async (get_store (self), sonde_conversation_get_id (conversation),
                                g_task_get_cancellable (task), draft_loaded_cb, task);
}

/* --- import -------------------------------------------------------------------- */

static void import_next (GTask *task);

/* What the other thread has read in one step. */
typedef struct {
  GPtrArray *records;
  GQueue left; /* of records that are still to be stored */
  gboolean ended;
} Batch;

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_queue_clear (&batch->left);
  g_ptr_array_unref (batch->records);
  g_free (batch);
}

static gint64
allocate_id (gpointer store)
{
  return sonde_store_allocate_id (store);
}

static gboolean
open_file (SondeTransferJob *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GFileInfo) info = NULL;

  if (self->importer != NULL)
    return TRUE;

  stream = g_file_read (self->file, cancellable, error);
  if (stream == NULL)
    return FALSE;

  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, NULL);
  if (info != NULL)
    self->size = (guint64) MAX (g_file_info_get_size (info), 0);
  self->importer = sonde_importer_new (G_INPUT_STREAM (stream));
  if (!self->preview)
    sonde_importer_set_allocate (self->importer, allocate_id, get_store (self));

  return TRUE;
}

static void
read_batch (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SondeTransferJob *self = source;
  Batch *batch = g_new0 (Batch, 1);
  const gint64 start = g_get_monotonic_time ();
  GError *error = NULL;

  batch->records = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_transfer_record_free);
  if (!open_file (self, cancellable, &error)) {
    batch_free (batch);
    g_task_return_error (task, error);
    return;
  }

  while (batch->records->len < BATCH) {
    SondeTransferRecord *record = NULL;
    gint64 left = BUDGET - (g_get_monotonic_time () - start);
    SondeImportResult result =
      left > 0 ? sonde_importer_next (self->importer, left, &record, cancellable, &error)
               : SONDE_IMPORT_PENDING;

    if (result == SONDE_IMPORT_RECORD) {
      g_ptr_array_add (batch->records, record);
      continue;
    }
    if (result == SONDE_IMPORT_FAILED) {
      batch_free (batch);
      g_task_return_error (task, error);
      return;
    }
    batch->ended = result == SONDE_IMPORT_END;
    break;
  }

  g_task_return_pointer (task, batch, batch_free);
}

static void
rolled_back_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = g_task_get_task_data (task);

  /* What is left of it goes at the next start. */
  sonde_store_roll_back_import_finish (SONDE_STORE (source), result, NULL);
  g_task_return_error (task, g_error_copy (error));
}

/* Ends an import that failed or was cancelled, and takes back what it did. Takes both. */
static void
fail_import (GTask *task, GError *error)
{
  SondeTransferJob *self = g_task_get_source_object (task);

  g_clear_object (&self->importer);
  for (guint i = 0; i < self->new_folders->len; i++)
    sonde_library_delete_folder (self->library, g_ptr_array_index (self->new_folders, i));
  g_ptr_array_set_size (self->new_folders, 0);
  if (self->import_id == 0) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }

  g_task_set_task_data (task, error, (GDestroyNotify) g_error_free);
  sonde_store_roll_back_import_async (get_store (self), self->import_id, rolled_back_cb, task);
  self->import_id = 0;
}

static int
compare_by_last_said (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 time_a = sonde_conversation_get_updated_at ((SondeConversation *) a);
  gint64 time_b = sonde_conversation_get_updated_at ((SondeConversation *) b);

  return (time_b > time_a) - (time_b < time_a);
}

/* All of them at once: the list is told of two changes, not of thousands. */
static void
add_to_library (SondeLibrary *library, GPtrArray *conversations)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (library->conversations));

  for (guint i = 0; i < conversations->len; i++)
    sonde_library_watch (library, g_ptr_array_index (conversations, i));
  g_list_store_splice (library->conversations, n, 0, conversations->pdata, conversations->len);
  g_list_store_sort (library->conversations, compare_by_last_said, NULL);
}

static void
import_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SondeTransferJob *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) conversations =
    sonde_store_list_import_finish (SONDE_STORE (source), result, &error);

  if (conversations == NULL) {
    g_task_return_error (task, error);
    return;
  }

  add_to_library (self->library, conversations);
  set_fraction (self, 1);
  g_task_return_boolean (task, TRUE);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SondeTransferJob *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!sonde_store_commit_import_finish (SONDE_STORE (source), result, &error)) {
    fail_import (g_steal_pointer (&task), error);
    return;
  }

  sonde_store_list_import_async (SONDE_STORE (source), self->import_id, import_listed_cb,
                                 g_steal_pointer (&task));
}

static gint64
find_folder_in (GListModel *folders, const char *name)
{
  guint n = g_list_model_get_n_items (folders);

  for (guint i = 0; i < n; i++) {
    g_autoptr (SondeFolder) folder = g_list_model_get_item (folders, i);

    if (g_strcmp0 (sonde_folder_get_name (folder), name) == 0)
      return sonde_folder_get_id (folder);
  }

  return 0;
}

/* The folder of that name, or one that is going to be there: an import that is not finished
 * leaves none. */
static gint64
find_folder (SondeTransferJob *self, const char *name)
{
  gint64 id;

  if (name == NULL || *name == '\0')
    return 0;

  id = find_folder_in (sonde_library_get_folders (self->library), name);
  for (guint i = 0; id == 0 && i < self->new_folders->len; i++) {
    SondeFolder *folder = g_ptr_array_index (self->new_folders, i);

    if (g_str_equal (sonde_folder_get_name (folder), name))
      id = sonde_folder_get_id (folder);
  }
  if (id == 0) {
    id = sonde_store_allocate_id (get_store (self));
    g_ptr_array_add (self->new_folders, sonde_folder_new (id, name, 0));
  }

  return id;
}

/* Gives the conversation of a record what the record knows beside it. */
static void
complete_conversation (SondeTransferJob *self, SondeTransferRecord *record)
{
  SondeConversation *conversation = record->conversation;

  sonde_conversation_set_origin (conversation, record->origin);
  sonde_conversation_set_folder_id (conversation, find_folder (self, record->folder));
  sonde_conversation_set_archived (conversation, record->archived);
  sonde_conversation_set_system_prompt (conversation, record->system_prompt);
}

/* Whether a conversation is here already; it is from now on. */
static gboolean
is_duplicate (SondeTransferJob *self, const SondeTransferRecord *record)
{
  if (record->origin == NULL)
    return FALSE;

  return !g_hash_table_add (self->origins, g_strdup (record->origin));
}

static void store_next (GTask *task, Batch *batch);

typedef struct {
  GTask *task;
  Batch *batch;
} Storing;

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Storing *storing = user_data;
  GError *error = NULL;

  if (sonde_store_add_to_import_finish (SONDE_STORE (source), result, &error)) {
    store_next (storing->task, storing->batch);
    return;
  }

  batch_free (storing->batch);
  fail_import (storing->task, error);
}

/* Stores the next conversation of @batch, or goes on reading. Takes both. */
static void
store_next (GTask *task, Batch *batch)
{
  SondeTransferJob *self = g_task_get_source_object (task);
  SondeTransferRecord *record;
  Storing *storing;
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error)) {
    batch_free (batch);
    fail_import (task, error);
    return;
  }

  record = g_queue_pop_head (&batch->left);
  if (record == NULL) {
    batch_free (batch);
    import_next (task);
    return;
  }

  complete_conversation (self, record);
  storing = g_new (Storing, 1);
  *storing = (Storing) { task, batch };
  sonde_store_add_to_import_async (get_store (self), self->import_id, record->conversation,
                                   record->messages, added_cb, storing);
}

static void
batch_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SondeTransferJob *self = SONDE_TRANSFER_JOB (source);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Batch *batch = g_task_propagate_pointer (G_TASK (result), &error);

  if (batch == NULL) {
    fail_import (g_steal_pointer (&task), error);
    return;
  }

  self->ended = batch->ended;
  if (self->size > 0)
    set_fraction (self,
                  (double) sonde_importer_get_position (self->importer) / (double) self->size);
  for (guint i = 0; i < batch->records->len; i++) {
    SondeTransferRecord *record = g_ptr_array_index (batch->records, i);

    if (is_duplicate (self, record))
      self->n_duplicates++;
    else if (!self->preview)
      g_queue_push_tail (&batch->left, record);
  }
  store_next (g_steal_pointer (&task), batch);
}

/* Takes @task. */
static void
import_next (GTask *task)
{
  SondeTransferJob *self = g_task_get_source_object (task);
  g_autoptr (GTask) step = NULL;

  if (!self->ended) {
    step = g_task_new (self, g_task_get_cancellable (task), batch_read_cb, task);
    g_task_set_source_tag (step, import_next);
    g_task_run_in_thread (step, read_batch);
    return;
  }

  if (self->preview) {
    set_fraction (self, 1);
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }

  for (guint i = 0; i < self->new_folders->len; i++)
    sonde_library_add_folder (self->library, g_ptr_array_index (self->new_folders, i));
  sonde_store_commit_import_async (get_store (self), self->import_id, committed_cb, task);
}

/* What is in the library is recognised by where it came from, or by what an export of it
 * calls it. */
static void
collect_origins (SondeTransferJob *self)
{
  GListModel *conversations = G_LIST_MODEL (self->library);
  guint n = g_list_model_get_n_items (conversations);

  g_hash_table_remove_all (self->origins);
  for (guint i = 0; i < n; i++) {
    g_autoptr (SondeConversation) conversation = g_list_model_get_item (conversations, i);
    const char *origin = sonde_conversation_get_origin (conversation);

    g_hash_table_add (self->origins, origin != NULL ? g_strdup (origin)
                                                    : sonde_transfer_dup_origin (conversation));
  }
}

static void
begin_import (SondeTransferJob *self, gboolean preview)
{
  g_clear_object (&self->importer);
  self->preview = preview;
  self->ended = FALSE;
  self->n_duplicates = 0;
  set_fraction (self, 0);
  collect_origins (self);
}

/* --- object -------------------------------------------------------------------- */

static void
sonde_transfer_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_FRACTION:
    g_value_set_double (value, SONDE_TRANSFER_JOB (object)->fraction);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sonde_transfer_job_finalize (GObject *object)
{
  SondeTransferJob *self = SONDE_TRANSFER_JOB (object);

  g_clear_pointer (&self->sink, sonde_export_sink_free);
  g_clear_object (&self->importer);
  g_clear_object (&self->file);
  g_clear_object (&self->library);
  g_clear_pointer (&self->draft, g_ptr_array_unref);
  g_clear_pointer (&self->conversations, g_ptr_array_unref);
  g_hash_table_unref (self->origins);
  g_ptr_array_unref (self->new_folders);

  G_OBJECT_CLASS (sonde_transfer_job_parent_class)->finalize (object);
}

static void
sonde_transfer_job_class_init (SondeTransferJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sonde_transfer_job_get_property;
  object_class->finalize = sonde_transfer_job_finalize;

  /**
   * SondeTransferJob:fraction:
   *
   * How far the job is, from 0 to 1.
   */
  properties[PROP_FRACTION] =
    g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sonde_transfer_job_init (SondeTransferJob *self)
{
  self->origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->new_folders = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * sonde_transfer_job_new_export:
 * @library: a library
 * @conversations: (element-type SondeConversation): what of it to export
 * @file: the file, folder or zip to write; see SondeExportShape
 * @options: how; copied, but for the labels, which have to outlive the job's start
 *
 * Returns: (transfer full): a job that has done nothing yet
 */
SondeTransferJob *
sonde_transfer_job_new_export (SondeLibrary *library,
                               GPtrArray *conversations,
                               GFile *file,
                               const SondeExportOptions *options)
{
  SondeTransferJob *self;

  g_return_val_if_fail (SONDE_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (conversations != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (SONDE_TYPE_TRANSFER_JOB, NULL);
  self->library = g_object_ref (library);
  self->conversations = g_ptr_array_ref (conversations);
  self->file = g_object_ref (file);
  self->sink =
    sonde_export_sink_new (file, options->shape, options->format, options->flags, options->labels);

  return self;
}

/**
 * sonde_transfer_job_new_import:
 * @library: a library
 * @file: the file to import
 *
 * Returns: (transfer full): a job that has done nothing yet
 */
SondeTransferJob *
sonde_transfer_job_new_import (SondeLibrary *library, GFile *file)
{
  SondeTransferJob *self;

  g_return_val_if_fail (SONDE_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (SONDE_TYPE_TRANSFER_JOB, NULL);
  self->library = g_object_ref (library);
  self->file = g_object_ref (file);

  return self;
}

/**
 * sonde_transfer_job_get_fraction:
 * @self: a job
 *
 * Returns: how far it is, from 0 to 1
 */
double
sonde_transfer_job_get_fraction (SondeTransferJob *self)
{
  g_return_val_if_fail (SONDE_IS_TRANSFER_JOB (self), 0);

  return self->fraction;
}

/**
 * sonde_transfer_job_get_report:
 * @self: an import or preview that has ended
 *
 * Returns: (transfer none) (nullable): what it has read and left out
 */
const SondeImportReport *
sonde_transfer_job_get_report (SondeTransferJob *self)
{
  g_return_val_if_fail (SONDE_IS_TRANSFER_JOB (self), NULL);

  return self->importer != NULL ? sonde_importer_get_report (self->importer) : NULL;
}

/**
 * sonde_transfer_job_get_n_duplicates:
 * @self: an import or preview that has ended
 *
 * Returns: how many of its conversations were in the library already
 */
guint64
sonde_transfer_job_get_n_duplicates (SondeTransferJob *self)
{
  g_return_val_if_fail (SONDE_IS_TRANSFER_JOB (self), 0);

  return self->n_duplicates;
}

/**
 * sonde_transfer_job_preview_async:
 * @self: an import
 * @cancellable: (nullable): a cancellable
 * @callback: called when the file was read
 * @user_data: for @callback
 *
 * Reads the file for its report, and changes nothing.
 */
void
sonde_transfer_job_preview_async (SondeTransferJob *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SONDE_IS_TRANSFER_JOB (self));
  g_return_if_fail (self->conversations == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_transfer_job_preview_async);
  begin_import (self, TRUE);
  import_next (task);
}

/**
 * sonde_transfer_job_preview_finish:
 * @self: an import
 * @result: the result
 * @error: why the file cannot be imported
 *
 * Returns: whether it can be imported
 */
gboolean
sonde_transfer_job_preview_finish (SondeTransferJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sonde_transfer_job_run_async:
 * @self: an export, or an import, also after its preview
 * @cancellable: (nullable): a cancellable
 * @callback: called when all is done, or nothing
 * @user_data: for @callback
 *
 * Does the job. An export can be run once.
 */
void
sonde_transfer_job_run_async (SondeTransferJob *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SONDE_IS_TRANSFER_JOB (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sonde_transfer_job_run_async);
  if (self->conversations != NULL) {
    export_next (task);
    return;
  }

  begin_import (self, FALSE);
  self->import_id = sonde_store_begin_import (get_store (self));
  import_next (task);
}

/**
 * sonde_transfer_job_run_finish:
 * @self: a job
 * @result: the result
 * @error: why nothing was done: an error of [error@TransferError], the store, or GIO
 *
 * Returns: whether it was done
 */
gboolean
sonde_transfer_job_run_finish (SondeTransferJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
