/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where parts of a file wait for the others that they belong to: a file that has no
 * name, so that nobody else opens it and nothing is left of it, whatever happens. */

#include "sonde-import-spool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct _SondeImportSpool {
  int fd;
  goffset length;
};

static void
set_error (GError **error)
{
  int number = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number),
               "The temporary file cannot be used: %s", g_strerror (number));
}

/**
 * sonde_import_spool_new:
 * @error: return location for an error of %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): an empty spool, in the user's cache folder
 */
SondeImportSpool *
sonde_import_spool_new (GError **error)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "sonde-import-XXXXXX", NULL);
  SondeImportSpool *self;
  int fd;

  /* Where the folder cannot be made, making the file says why. */
  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0) {
    set_error (error);
    return NULL;
  }
  g_unlink (path);

  self = g_new0 (SondeImportSpool, 1);
  self->fd = fd;

  return self;
}

/**
 * sonde_import_spool_free:
 * @self: (transfer full): a spool
 */
void
sonde_import_spool_free (SondeImportSpool *self)
{
  close (self->fd);
  g_free (self);
}

/**
 * sonde_import_spool_append:
 * @self: a spool
 * @data: (array length=length): what to keep
 * @length: its length in bytes
 * @offset: (out): where it is
 * @error: return location for an error of %G_IO_ERROR
 *
 * Returns: whether it is kept
 */
gboolean
sonde_import_spool_append (SondeImportSpool *self,
                           const char *data,
                           gsize length,
                           goffset *offset,
                           GError **error)
{
  *offset = self->length;
  while (length > 0) {
    gssize n = pwrite (self->fd, data, length, self->length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      set_error (error);
      return FALSE;
    }
    self->length += n;
    data += n;
    length -= (gsize) n;
  }

  return TRUE;
}

/**
 * sonde_import_spool_read:
 * @self: a spool
 * @offset: where something is
 * @length: its length in bytes
 * @error: return location for an error of %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): what is there
 */
GBytes *
sonde_import_spool_read (SondeImportSpool *self, goffset offset, gsize length, GError **error)
{
  g_autofree char *data = g_malloc (length);
  gsize done = 0;

  while (done < length) {
    gssize n = pread (self->fd, data + done, length - done, offset + (goffset) done);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      errno = n == 0 ? EIO : errno;
      set_error (error);
      return NULL;
    }
    done += (gsize) n;
  }

  return g_bytes_new_take (g_steal_pointer (&data), length);
}
