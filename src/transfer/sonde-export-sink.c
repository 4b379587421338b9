/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sonde-export-sink.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

/* Of a file's name, without what tells two of the same apart; every file system takes it. */
#define NAME_LENGTH 120

/**
 * SondeExportSink:
 *
 * Where an export goes: one file, a folder of files, or a zip. What is not finished
 * leaves nothing behind: a file that was there before is as it was, and of a folder the
 * files are taken away again.
 *
 * It does blocking I/O and belongs to one thread at a time.
 */
struct _SondeExportSink {
  GFile *file;
  SondeExportShape shape;
  SondeExportFormat format;
  SondeExportFlags flags;
  SondeExportLabels labels; /* the texts are ours */

  GOutputStream *stream;   /* of a file or a zip */
  SondeExporter *exporter; /* of a file */
  struct archive *archive; /* of a zip */
  GHashTable *names;       /* set of the names that are taken */
  GPtrArray *made;         /* of GFile, in a folder */
  GError *write_error;     /* why the archive could not be written */
  gboolean folder_made;
  gboolean finished;
};

static la_ssize_t
write_cb (struct archive *archive, void *data, const void *buffer, size_t length)
{
  SondeExportSink *self = data;

  g_clear_error (&self->write_error);
  if (!g_output_stream_write_all (self->stream, buffer, length, NULL, NULL, &self->write_error))
    return -1;

  return (la_ssize_t) length;
}

static gboolean
set_archive_error (SondeExportSink *self, GError **error)
{
  if (self->write_error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->write_error));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                         archive_error_string (self->archive));

  return FALSE;
}

static gboolean
open_stream (SondeExportSink *self, GCancellable *cancellable, GError **error)
{
  if (self->stream != NULL)
    return TRUE;

  self->stream = G_OUTPUT_STREAM (
    g_file_replace (self->file, NULL, FALSE,
                    G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, cancellable, error));

  return self->stream != NULL;
}

static gboolean
open_exporter (SondeExportSink *self, GCancellable *cancellable, GError **error)
{
  if (self->exporter != NULL)
    return TRUE;
  if (!open_stream (self, cancellable, error))
    return FALSE;

  self->exporter = sonde_exporter_new (self->format, self->flags, self->stream);
  sonde_exporter_set_labels (self->exporter, &self->labels);

  return TRUE;
}

static gboolean
open_archive (SondeExportSink *self, GCancellable *cancellable, GError **error)
{
  if (self->archive != NULL)
    return TRUE;
  if (!open_stream (self, cancellable, error))
    return FALSE;

  self->archive = archive_write_new ();
  archive_write_set_format_zip (self->archive);
  archive_write_set_format_option (self->archive, "zip", "hdrcharset", "UTF-8");
  if (archive_write_open (self->archive, self, NULL, write_cb, NULL) != ARCHIVE_OK)
    return set_archive_error (self, error);

  return TRUE;
}

/* A name that no other file of this export has. */
static char *
take_name (SondeExportSink *self, SondeConversation *conversation)
{
  const char *title = sonde_conversation_get_title (conversation);
  const char *suffix = sonde_export_format_get_suffix (self->format);
  g_autofree char *first = NULL;
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;

  first = sonde_export_dup_file_name (title != NULL ? title : self->labels.untitled, "");
  /* libarchive takes names through the locale's encoding. */
  if (self->shape == SONDE_EXPORT_SHAPE_ZIP && !g_get_charset (NULL)) {
    g_autofree char *plain = g_str_to_ascii (first, "C");

    g_free (first);
    first = sonde_export_dup_file_name (plain, "");
  }
  /* An import looks for that in a zip. */
  if (self->shape == SONDE_EXPORT_SHAPE_ZIP && self->format == SONDE_EXPORT_JSON) {
    g_autofree char *plain = g_steal_pointer (&first);

    first = g_strconcat ("sonde ", plain, NULL);
  }
  name = g_strconcat (first, suffix, NULL);
  key = g_utf8_casefold (name, -1);
  for (guint i = 2; g_hash_table_contains (self->names, key); i++) {
    g_free (name);
    g_free (key);
    name = g_strdup_printf ("%s (%u)%s", first, i, suffix);
    key = g_utf8_casefold (name, -1);
  }
  g_hash_table_add (self->names, g_steal_pointer (&key));

  return g_steal_pointer (&name);
}

/* One conversation as a whole file. */
static GBytes *
make_file (SondeExportSink *self,
           const SondeTransferRecord *record,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (SondeExporter) exporter = sonde_exporter_new (self->format, self->flags, memory);

  sonde_exporter_set_labels (exporter, &self->labels);
  if (!sonde_exporter_add (exporter, record, cancellable, error) ||
      !sonde_exporter_finish (exporter, cancellable, error) ||
      !g_output_stream_close (memory, cancellable, error))
    return NULL;

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static gboolean
write_entry (SondeExportSink *self, const char *name, gint64 time, GBytes *bytes, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);
  gboolean written;

  archive_entry_set_pathname_utf8 (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_size (entry, (la_int64_t) length);
  archive_entry_set_mtime (entry, time / G_USEC_PER_SEC, 0);
  written = archive_write_header (self->archive, entry) == ARCHIVE_OK &&
            archive_write_data (self->archive, data, length) == (la_ssize_t) length &&
            archive_write_finish_entry (self->archive) == ARCHIVE_OK;
  archive_entry_free (entry);

  return written || set_archive_error (self, error);
}

static gboolean
make_folder (SondeExportSink *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (self->folder_made || g_file_make_directory (self->file, cancellable, &local_error)) {
    self->folder_made = TRUE;
    return TRUE;
  }
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* A file that was in the folder before is not written over. */
static gboolean
write_in_folder (SondeExportSink *self,
                 SondeConversation *conversation,
                 GBytes *bytes,
                 GCancellable *cancellable,
                 GError **error)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  if (!make_folder (self, cancellable, error))
    return FALSE;

  for (;;) {
    g_autofree char *name = take_name (self, conversation);
    g_autoptr (GFile) file = g_file_get_child (self->file, name);
    g_autoptr (GError) local_error = NULL;
    g_autoptr (GFileOutputStream) stream =
      g_file_create (file, G_FILE_CREATE_PRIVATE, cancellable, &local_error);

    if (stream != NULL) {
      g_ptr_array_add (self->made, g_object_ref (file));
      return g_output_stream_write_all (G_OUTPUT_STREAM (stream), data, length, NULL, cancellable,
                                        error) &&
             g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);
    }
    if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_EXISTS)) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  }
}

/* Leaves things as they were before. */
static void
take_back (SondeExportSink *self)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  for (guint i = 0; i < self->made->len; i++)
    g_file_delete (g_ptr_array_index (self->made, i), NULL, NULL);
  if (self->folder_made)
    g_file_delete (self->file, NULL, NULL);
  /* Closed like this, what was written does not take the file's place. */
  g_cancellable_cancel (cancelled);
  if (self->stream != NULL)
    g_output_stream_close (self->stream, cancelled, NULL);
}

/**
 * sonde_export_sink_new:
 * @file: the file, the folder or the zip; a file that is there is replaced
 * @shape: which of them
 * @format: what to write
 * @flags: how much of it
 * @labels: (nullable): the words to use, copied; %NULL for English
 *
 * Returns: (transfer full): a sink that has written nothing yet
 */
SondeExportSink *
sonde_export_sink_new (GFile *file,
                       SondeExportShape shape,
                       SondeExportFormat format,
                       SondeExportFlags flags,
                       const SondeExportLabels *labels)
{
  static const SondeExportLabels english = {
    .you = "You",
    .assistant = "Assistant",
    .system = "System",
    .tool = "Tool",
    .reasoning = "Reasoning",
    .untitled = "Untitled",
  };
  SondeExportSink *self = g_new0 (SondeExportSink, 1);

  if (labels == NULL)
    labels = &english;
  self->file = g_object_ref (file);
  self->shape = shape;
  self->format = format;
  self->flags = flags;
  self->labels = (SondeExportLabels) {
    .you = g_strdup (labels->you),
    .assistant = g_strdup (labels->assistant),
    .system = g_strdup (labels->system),
    .tool = g_strdup (labels->tool),
    .reasoning = g_strdup (labels->reasoning),
    .untitled = g_strdup (labels->untitled),
  };
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->made = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

/**
 * sonde_export_sink_free:
 * @self: (transfer full): a sink
 *
 * Frees it. What was not finished is taken back.
 */
void
sonde_export_sink_free (SondeExportSink *self)
{
  /* The archive writes its end when it is freed. */
  if (self->archive != NULL) {
    if (!self->finished)
      archive_write_fail (self->archive);
    archive_write_free (self->archive);
  }
  if (!self->finished)
    take_back (self);
  g_clear_object (&self->exporter);
  g_clear_object (&self->stream);
  g_clear_object (&self->file);
  g_clear_error (&self->write_error);
  g_hash_table_unref (self->names);
  g_ptr_array_unref (self->made);
  g_free ((char *) self->labels.you);
  g_free ((char *) self->labels.assistant);
  g_free ((char *) self->labels.system);
  g_free ((char *) self->labels.tool);
  g_free ((char *) self->labels.reasoning);
  g_free ((char *) self->labels.untitled);
  g_free (self);
}

/**
 * sonde_export_sink_add:
 * @self: a sink
 * @record: a conversation
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error of GIO
 *
 * Writes a conversation.
 *
 * Returns: whether it was written
 */
gboolean
sonde_export_sink_add (SondeExportSink *self,
                       const SondeTransferRecord *record,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (self != NULL && !self->finished, FALSE);

  if (self->shape == SONDE_EXPORT_SHAPE_FILE)
    return open_exporter (self, cancellable, error) &&
           sonde_exporter_add (self->exporter, record, cancellable, error);

  bytes = make_file (self, record, cancellable, error);
  if (bytes == NULL)
    return FALSE;

  if (self->shape == SONDE_EXPORT_SHAPE_ZIP) {
    g_autofree char *name = take_name (self, record->conversation);

    return open_archive (self, cancellable, error) &&
           write_entry (self, name, sonde_conversation_get_updated_at (record->conversation), bytes,
                        error);
  }

  return write_in_folder (self, record->conversation, bytes, cancellable, error);
}

/**
 * sonde_export_sink_finish:
 * @self: a sink
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error of GIO
 *
 * Writes what stands behind the last conversation, and puts the file into its place.
 *
 * Returns: whether all was written
 */
gboolean
sonde_export_sink_finish (SondeExportSink *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL && !self->finished, FALSE);

  switch (self->shape) {
  case SONDE_EXPORT_SHAPE_FILE:
    if (!open_exporter (self, cancellable, error) ||
        !sonde_exporter_finish (self->exporter, cancellable, error) ||
        !g_output_stream_close (self->stream, cancellable, error))
      return FALSE;
    break;
  case SONDE_EXPORT_SHAPE_ZIP:
    if (!open_archive (self, cancellable, error))
      return FALSE;
    if (archive_write_close (self->archive) != ARCHIVE_OK)
      return set_archive_error (self, error);
    if (!g_output_stream_close (self->stream, cancellable, error))
      return FALSE;
    break;
  case SONDE_EXPORT_SHAPE_FOLDER:
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !make_folder (self, cancellable, error))
      return FALSE;
    break;
  }
  self->finished = TRUE;

  return TRUE;
}

/**
 * sonde_export_dup_file_name:
 * @title: the title of a conversation
 * @suffix: what the name ends with
 *
 * Returns: (transfer full): a name for its file that every file system takes, without
 *   a folder, however the title reads
 */
char *
sonde_export_dup_file_name (const char *title, const char *suffix)
{
  g_autoptr (GString) name = g_string_new (NULL);

  g_return_val_if_fail (title != NULL, NULL);

  for (const char *at = title; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (name->len + 4 > NAME_LENGTH)
      break;
    if (g_unichar_iscntrl (character) || g_unichar_isspace (character) ||
        (character < 128 && strchr ("/\\:*?\"<>|", (int) character) != NULL)) {
      if (name->len > 0 && name->str[name->len - 1] != ' ')
        g_string_append_c (name, ' ');
    } else if (name->len > 0 || character != '.') {
      g_string_append_unichar (name, character);
    }
  }
  while (name->len > 0 && strchr (" .", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);

  return g_strconcat (name->len > 0 ? name->str : "-", suffix, NULL);
}
