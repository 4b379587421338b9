/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Files to attach, wherever they are, as open files of this machine. For threads that may
 * wait. */

#define _GNU_SOURCE /* memfd_create() */

#include "sonde-attachment-source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sonde-attachment-reader.h"

#define BLOCK (256 * 1024)

static SondeAttachmentProblem
problem_from_io (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_MOUNTED))
    return SONDE_ATTACHMENT_PROBLEM_MISSING;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return SONDE_ATTACHMENT_PROBLEM_REFUSED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    return SONDE_ATTACHMENT_PROBLEM_FOLDER;

  return SONDE_ATTACHMENT_PROBLEM_FAILED;
}

/* Takes the cause over, unless somebody has cancelled. */
static int
refuse (GError **error, const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else
    g_set_error_literal (error, SONDE_ATTACHMENT_ERROR, (int) problem_from_io (cause),
                         cause->message);

  return -1;
}

static int
refuse_for (GError **error, SondeAttachmentProblem problem, const char *why)
{
  g_set_error_literal (error, SONDE_ATTACHMENT_ERROR, (int) problem, why);

  return -1;
}

static int
refuse_errno (GError **error, int number)
{
  g_autoptr (GError) cause =
    g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (number), g_strerror (number));

  return refuse (error, cause);
}

/* Without waiting: a pipe that nobody writes would be waited for for ever. */
static int
open_here (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

  return fd >= 0 ? fd : refuse_errno (error, errno);
}

static gboolean
copy (GInputStream *stream, int fd, GCancellable *cancellable, GError **error)
{
  g_autofree char *block = g_malloc (BLOCK);
  gsize total = 0;

  for (;;) {
    gssize n = g_input_stream_read (stream, block, BLOCK, cancellable, error);

    if (n <= 0)
      return n == 0;
    total += (gsize) n;
    if (total > SONDE_ATTACHMENT_MAX_FILE) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The file is too large");
      return FALSE;
    }
    for (gssize done = 0; done < n;) {
      gssize written = write (fd, block + done, (gsize) (n - done));

      if (written < 0 && errno != EINTR) {
        g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
        return FALSE;
      }
      done += MAX (0, written);
    }
  }
}

/* What is elsewhere is fetched into memory, where it is a file as well. */
static int
open_elsewhere (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &cause);
  g_autofd int fd = -1;

  if (stream == NULL)
    return refuse (error, cause);
  fd = memfd_create ("sonde-attachment", MFD_CLOEXEC);
  if (fd < 0)
    return refuse_errno (error, errno);
  if (!copy (G_INPUT_STREAM (stream), fd, cancellable, &cause)) {
    if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
      return refuse_for (error, SONDE_ATTACHMENT_PROBLEM_TOO_LARGE, cause->message);
    return refuse (error, cause);
  }
  if (lseek (fd, 0, SEEK_SET) != 0)
    return refuse_errno (error, errno);

  return g_steal_fd (&fd);
}

/**
 * sonde_attachment_source_open:
 * @file: a file
 * @size: (out): its size in bytes
 * @cancellable: (nullable): a cancellable
 * @error: of SONDE_ATTACHMENT_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Opens what can be attached: a regular file that is not too large.
 *
 * Returns: (transfer full): the open file at its beginning, or -1
 */
int
sonde_attachment_source_open (GFile *file, gint64 *size, GCancellable *cancellable, GError **error)
{
  const char *path = g_file_peek_path (file);
  g_autofd int fd =
    path != NULL ? open_here (path, error) : open_elsewhere (file, cancellable, error);
  struct stat status;

  if (fd < 0)
    return -1;
  if (fstat (fd, &status) != 0)
    return refuse_errno (error, errno);
  if (S_ISDIR (status.st_mode))
    return refuse_for (error, SONDE_ATTACHMENT_PROBLEM_FOLDER, "It is a folder");
  if (!S_ISREG (status.st_mode))
    return refuse_for (error, SONDE_ATTACHMENT_PROBLEM_SPECIAL, "It is no file");
  if (status.st_size > SONDE_ATTACHMENT_MAX_FILE)
    return refuse_for (error, SONDE_ATTACHMENT_PROBLEM_TOO_LARGE, "The file is too large");
  *size = status.st_size;

  return g_steal_fd (&fd);
}
