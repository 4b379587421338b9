/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The documents in a file: itself, or those in it where it is a zip. A zip is read
 * without ever naming a file on disk: a member's name only says whether it is of use. */

#include "sonde-import-source.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>

#include "sonde-transfer.h"

#define BLOCK_SIZE  (64 * 1024)
#define MAX_MEMBERS 100000
#define RATIO_GRACE (16 * 1024 * 1024) /* unpacked bytes that the ratio does not judge */

struct _SondeImportSource {
  GInputStream *stream;
  guint64 max_size;
  guint max_ratio;

  gboolean begun;
  gboolean ended;
  struct archive *archive; /* NULL: the file is the document */
  guint8 *block;
  guint n_members;
  guint64 n_read;
  guint64 n_unpacked;
  gboolean is_database;

  /* While libarchive calls back. */
  GCancellable *cancellable;
  GError *error;
};

static la_ssize_t
read_cb (struct archive *archive, void *data, const void **buffer)
{
  SondeImportSource *self = data;
  gssize n = g_input_stream_read (self->stream, self->block, BLOCK_SIZE, self->cancellable,
                                  self->error == NULL ? &self->error : NULL);

  *buffer = self->block;
  if (n < 0)
    archive_set_error (archive, EIO, "The file cannot be read");
  else
    self->n_read += (guint64) n;

  return n;
}

static la_int64_t
seek_cb (struct archive *archive, void *data, la_int64_t offset, int whence)
{
  SondeImportSource *self = data;
  GSeekable *seekable = G_SEEKABLE (self->stream);
  GSeekType type = whence == SEEK_SET ? G_SEEK_SET : whence == SEEK_CUR ? G_SEEK_CUR : G_SEEK_END;

  if (!g_seekable_seek (seekable, offset, type, self->cancellable, NULL)) {
    archive_set_error (archive, EIO, "The file cannot be read");
    return ARCHIVE_FATAL;
  }

  return g_seekable_tell (seekable);
}

/* Whether a member of that name holds conversations. Folders before it do not matter. */
static gboolean
is_of_use (const char *name)
{
  static const char *const beginnings[] = { "conversations", "sonde", "chatbox", "cherry" };
  g_autofree char *base = g_path_get_basename (name);

  if (strcmp (base, "data.json") == 0)
    return TRUE;
  if (!g_str_has_suffix (base, ".json"))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++) {
    if (g_ascii_strncasecmp (base, beginnings[i], strlen (beginnings[i])) == 0)
      return TRUE;
  }

  return FALSE;
}

/* Says what libarchive, or the stream below it, failed at. */
static void
set_archive_error (SondeImportSource *self, GError **error)
{
  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else
    g_set_error (error, SONDE_TRANSFER_ERROR, SONDE_TRANSFER_ERROR_DAMAGED,
                 "The archive is damaged: %s",
                 archive_error_string (self->archive) != NULL ? archive_error_string (self->archive)
                                                              : "no further details");
}

static gboolean
begin (SondeImportSource *self, GError **error)
{
  GBufferedInputStream *buffered = G_BUFFERED_INPUT_STREAM (self->stream);
  const char *start;
  gsize length;

  self->begun = TRUE;
  do {
    gssize n = g_buffered_input_stream_fill (buffered, -1, self->cancellable, error);

    if (n < 0)
      return FALSE;
    start = g_buffered_input_stream_peek_buffer (buffered, &length);
    if (n == 0)
      break;
  } while (length < 4);

  if (length < 4 || memcmp (start, "PK", 2) != 0)
    return TRUE;

  self->archive = archive_read_new ();
  self->block = g_malloc (BLOCK_SIZE);
  archive_read_support_format_zip (self->archive);
  archive_read_set_read_callback (self->archive, read_cb);
  archive_read_set_callback_data (self->archive, self);
  /* The directory at the end of a zip is what counts, where it can be reached. */
  if (g_seekable_can_seek (G_SEEKABLE (self->stream)))
    archive_read_set_seek_callback (self->archive, seek_cb);
  if (archive_read_open1 (self->archive) != ARCHIVE_OK) {
    set_archive_error (self, error);
    return FALSE;
  }

  return TRUE;
}

/* Goes to the next member that is of use. Returns FALSE with no error where there is none. */
static gboolean
next_member (SondeImportSource *self, GError **error)
{
  struct archive_entry *entry;
  int result;

  while ((result = archive_read_next_header (self->archive, &entry)) == ARCHIVE_OK ||
         result == ARCHIVE_WARN) {
    const char *name = archive_entry_pathname_utf8 (entry);

    if (++self->n_members > MAX_MEMBERS) {
      g_set_error_literal (error, SONDE_TRANSFER_ERROR, SONDE_TRANSFER_ERROR_TOO_LARGE,
                           "The archive holds too many files");
      return FALSE;
    }
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
      return FALSE;
    if (name == NULL)
      name = archive_entry_pathname (entry);
    if (name == NULL || archive_entry_filetype (entry) == AE_IFDIR)
      continue;
    if (strstr (name, "IndexedDB/") != NULL)
      self->is_database = TRUE;
    if (!is_of_use (name))
      continue;
    if (archive_entry_is_encrypted (entry)) {
      g_set_error_literal (error, SONDE_TRANSFER_ERROR, SONDE_TRANSFER_ERROR_ENCRYPTED,
                           "The archive needs a password");
      return FALSE;
    }
    return TRUE;
  }

  if (result != ARCHIVE_EOF)
    set_archive_error (self, error);

  return FALSE;
}

/**
 * sonde_import_source_new:
 * @stream: a file
 * @max_size: the most bytes that a zip may unpack to
 * @max_ratio: the most times that they may be its size, beyond the first 16 MiB
 *
 * Returns: (transfer full): the documents in the file, before the first one
 */
SondeImportSource *
sonde_import_source_new (GInputStream *stream, guint64 max_size, guint max_ratio)
{
  SondeImportSource *self = g_new0 (SondeImportSource, 1);

  self->stream = g_buffered_input_stream_new_sized (stream, BLOCK_SIZE);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (self->stream), FALSE);
  self->max_size = max_size;
  self->max_ratio = max_ratio;

  return self;
}

/**
 * sonde_import_source_free:
 * @self: (transfer full): a source
 */
void
sonde_import_source_free (SondeImportSource *self)
{
  g_clear_pointer (&self->archive, archive_read_free);
  g_clear_error (&self->error);
  g_free (self->block);
  g_object_unref (self->stream);
  g_free (self);
}

/**
 * sonde_import_source_next:
 * @self: a source
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error of [const@TRANSFER_ERROR] or of GIO
 *
 * Goes to the next document.
 *
 * Returns: whether there is one; where @error is set, it could not be found out
 */
gboolean
sonde_import_source_next (SondeImportSource *self, GCancellable *cancellable, GError **error)
{
  gboolean found;

  if (self->ended)
    return FALSE;

  self->cancellable = cancellable;
  if (!self->begun) {
    found = begin (self, error) && (self->archive == NULL || next_member (self, error));
  } else {
    found = self->archive != NULL && next_member (self, error);
  }
  self->cancellable = NULL;
  self->ended = !found;

  return found;
}

/**
 * sonde_import_source_read:
 * @self: a source
 * @buffer: (array length=length) (element-type guint8): where to put it
 * @length: how much fits
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error of [const@TRANSFER_ERROR] or of GIO
 *
 * Reads on in the document at hand.
 *
 * Returns: how many bytes were read, 0 at its end, -1 on error
 */
gssize
sonde_import_source_read (SondeImportSource *self,
                          void *buffer,
                          gsize length,
                          GCancellable *cancellable,
                          GError **error)
{
  gssize n;

  if (self->archive == NULL) {
    n = g_input_stream_read (self->stream, buffer, length, cancellable, error);
    self->n_read += (guint64) MAX (n, 0);
    return n;
  }

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  self->cancellable = cancellable;
  n = archive_read_data (self->archive, buffer, length);
  self->cancellable = NULL;
  if (n < 0) {
    set_archive_error (self, error);
    return -1;
  }

  self->n_unpacked += (guint64) n;
  if (self->n_unpacked > self->max_size ||
      (self->n_unpacked > RATIO_GRACE && self->n_unpacked / self->max_ratio > self->n_read)) {
    g_set_error_literal (error, SONDE_TRANSFER_ERROR, SONDE_TRANSFER_ERROR_TOO_LARGE,
                         "The archive unpacks to far more than it should");
    return -1;
  }

  return n;
}

/**
 * sonde_import_source_get_position:
 * @self: a source
 *
 * Returns: how many bytes of the file were read
 */
guint64
sonde_import_source_get_position (SondeImportSource *self)
{
  return self->n_read;
}

/**
 * sonde_import_source_get_is_database:
 * @self: a source at its end
 *
 * Returns: whether the file is a zip of a browser's database folder
 */
gboolean
sonde_import_source_get_is_database (SondeImportSource *self)
{
  return self->is_database;
}
